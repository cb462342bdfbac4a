using Hele.Civic.Kernel;

namespace Hele.Civic.Feedback;

/// <summary>What is refused about notes on Hele, in words for people.</summary>
public static class FeedbackProblems
{
    public static readonly Problem NotFound = new("feedback.not-found", ("没有找到这条意见。", "This note was not found."), Kind: ProblemKind.NotFound);
    public static readonly Problem KindMissing = new("feedback.kind-missing", ("请选择是哪一种意见。", "Choose what kind it is."), "Kind");
    public static readonly Problem TextMissing = new("feedback.text-missing", ("请写下您的意见，一句话就行。", "Say what it is; one sentence will do."), "Text");
    public static readonly Problem TextTooLong = new("feedback.text-too-long", ("最多{0}个字，现在是{1}个。", "At most {0} characters; there are {1}."), "Text");
    public static readonly Problem NotNow = new("feedback.not-now", ("这条意见现在是“{0}”，不能这样办。", "This note is now “{0}”, so that can't be done."), Kind: ProblemKind.Conflict);
    public static readonly Problem OwnNote = new("feedback.own-note", ("自己提的意见由别人答复。", "Somebody else answers what you said yourself."), Kind: ProblemKind.Conflict);
    public static readonly Problem AskedMissing = new("feedback.asked-missing", ("请写公开的说法：不带姓名、电话、住址，最多{0}个字。", "Give the wording for the public, without names, numbers or addresses; at most {0} characters."), "Asked");
    public static readonly Problem AnswerMissing = new("feedback.answer-missing", ("请写答复，最多{0}个字。", "Write the answer, at most {0} characters."), "Text");
    public static readonly Problem ChangedTooLong = new("feedback.changed-too-long", ("最多{0}个字，现在是{1}个。", "At most {0} characters; there are {1}."), "Changed");
    public static readonly Problem ReasonMissing = new("feedback.reason-missing", ("请选择为什么不公开内容。", "Choose why the words aren't published."), "Reason");
    public static readonly Problem Personal = new("feedback.personal", ("这里像是有电话号码、证件号码或提意见人的姓名（{0}）。这段话会公开，请去掉。", "This seems to hold a telephone or identity number, or the name of whoever said it ({0}). It will be public: please take it out."), "Asked");
    public static readonly Problem ContestMissing = new("feedback.contest-missing", ("请写一句为什么不认可，最多{0}个字。", "Say in a sentence why not, at most {0} characters."), "Text");
    public static readonly Problem NothingPublished = new("feedback.nothing-published", ("这一次没有公开内容，没有可改的说法。", "Nothing was published with this answer: there is no wording to put right."), Kind: ProblemKind.Conflict);
}
