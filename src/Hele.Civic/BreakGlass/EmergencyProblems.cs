using Hele.Civic.Kernel;

namespace Hele.Civic.BreakGlass;

/// <summary>What break-glass refuses, in words for people.</summary>
public static class EmergencyProblems
{
    public static readonly Problem NotFound = new("break-glass.not-found", ("没有找到这次应急查看。", "This break-glass access was not found."), Kind: ProblemKind.NotFound);
    public static readonly Problem KindMissing = new("break-glass.kind-missing", ("请选择要看哪一项。", "Choose what is to be opened."), "Seal");
    public static readonly Problem RecordMissing = new("break-glass.record-missing", ("没有找到这个代码的人员或事项，请核对。", "There is no record of this code. Please check it."), "Code");
    public static readonly Problem NothingThere = new("break-glass.nothing-there", ("这里没有登记密封的内容，没有什么可打开。", "Nothing sealed is registered there: there is nothing to open."), "Code", ProblemKind.Conflict);
    public static readonly Problem NotNeeded = new("break-glass.not-needed", ("您的岗位本来就能看这一项，不用应急查看。", "Your post opens this anyway; no emergency is needed."), Kind: ProblemKind.Conflict);
    public static readonly Problem ReasonMissing = new("break-glass.reason-missing", ("请写明紧急情况，至少{0}个字，最多{1}个字。本人和复核的人都会看到。", "Say what the emergency is: at least {0} and at most {1} characters. The person and the reviewer read it."), "Reason");
    public static readonly Problem MinutesWrong = new("break-glass.minutes-wrong", ("请选择打开多久（最多{0}分钟）。", "Choose how long it opens, at most {0} minutes."), "Minutes");
    public static readonly Problem Running = new("break-glass.running", ("您已经应急打开了这一项，还没有到时间。", "You have opened this already and its time isn't over."), Kind: ProblemKind.Conflict);
    public static readonly Problem Over = new("break-glass.over", ("这次应急查看已经结束，不能再看。确有需要，请重新说明理由。", "This break-glass access is over. If it is needed again, give the reason anew."), Kind: ProblemKind.Conflict);
    public static readonly Problem NotNow = new("break-glass.not-now", ("这次应急查看现在是“{0}”，不能这样办。", "This break-glass access is now “{0}”, so that can't be done."), Kind: ProblemKind.Conflict);
    public static readonly Problem OwnAccess = new("break-glass.own-access", ("自己的应急查看由别人复核。一个人有几个岗位、几个账号也算同一个人。", "Somebody else reviews your own access. Several posts or accounts of one person count as one."), Kind: ProblemKind.Conflict);
    public static readonly Problem JudgementMissing = new("break-glass.judgement-missing", ("请选择正当或不正当。", "Choose justified or not justified."), "Justified");
    public static readonly Problem WordsMissing = new("break-glass.words-missing", ("请写复核意见，最多{0}个字。", "Write down what you found, at most {0} characters."), "Words");
    public static readonly Problem KnownAlready = new("break-glass.known-already", ("已经记下您知悉了。", "It is noted already that you know."), Kind: ProblemKind.Conflict);
}
