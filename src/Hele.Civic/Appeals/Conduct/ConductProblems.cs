using Hele.Civic.Kernel;

namespace Hele.Civic.Appeals;

/// <summary>Everything that taking a complaint about conduct can refuse.</summary>
public static class ConductProblems
{
    public static readonly Problem AboutMissing = new("conduct.about-missing", ("请选择反映的是谁；说不清就选“说不清是谁”。", "Choose whom it is about, or “not sure”."), "About");
    public static readonly Problem PostUnknown = new("conduct.post-unknown", ("选的岗位刚刚有变动，请重新选择。", "One of the posts chosen has just changed; please choose again."), "About");
    public static readonly Problem AspectMissing = new("conduct.aspect-missing", ("请选择是哪一方面。", "Choose what it is about."), "Aspect");
    public static readonly Problem TextMissing = new("conduct.text-missing", ("请写清楚发生了什么。", "Describe what happened."), "Text");
    public static readonly Problem TextTooLong = new("conduct.text-too-long", ("最多{0}个字，现在是{1}个。", "At most {0} characters; there are {1}."), "Text");
    public static readonly Problem WhenTooLong = new("conduct.when-too-long", ("时间最多{0}个字，现在是{1}个。", "The time has at most {0} characters; this one has {1}."), "When");
    public static readonly Problem Lead = new("conduct.lead", ("违纪违法线索请向纪检监察机关反映，这里不接收，也没有保存您写的内容。", "Take leads on breaches of discipline or law to the discipline inspection; they aren't taken here, and nothing you wrote was stored."), "Aspect", ProblemKind.Conflict);
    public static readonly Problem LooksLikeLead = new("conduct.looks-like-lead", ("您写到了“{0}”。反映违纪违法线索请看上面的办法；不是线索，请在下面打勾后再提交。还没有保存。", "You wrote “{0}”. For a lead on a breach of discipline or law see above; if it is none, tick the box below and send again. Nothing was stored."), "NotALead");
    public static readonly Problem NothingAbove = new("conduct.nothing-above", ("这件意见要由街道办理，但本系统里没有设街道，所以没有保存。请到街道办事处当面反映，或拨打12345。", "This complaint would be the sub-district's to handle, but there is none in this system, so it was not stored. Please go to the sub-district office in person, or call 12345."), Kind: ProblemKind.Conflict);
    public static readonly Problem NamedCantTakeDown = new("conduct.named-cant-take-down", ("意见涉及您本人，不能由您登记。请居民本人在网上提交，或请另一位监督人员、街道登记。", "It is about you, so you can't take it down. The resident files it on the web, or another supervisor or the sub-district takes it down."), "About", ProblemKind.Conflict);
    public static readonly Problem RaiseAnew = new("conduct.raise-anew", ("这件意见撤回后不能恢复，要再反映请重新提交。", "Once withdrawn this complaint can't be taken up again; please raise it anew."), Kind: ProblemKind.Conflict);
    public static readonly Problem Changed = new("conduct.changed", ("监督岗位刚刚有变动，请再提交一次。", "The supervisors' posts have just changed; please send it once more."), Kind: ProblemKind.Conflict);
}
