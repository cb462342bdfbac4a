using Hele.Civic.Kernel;

namespace Hele.Civic.Disclosures;

/// <summary>What is refused about disclosures, in words for people.</summary>
public static class DisclosureProblems
{
    public static readonly Problem NotFound = new("disclosure.not-found", ("没有找到这份公开。", "This disclosure was not found."), Kind: ProblemKind.NotFound);
    public static readonly Problem KindMissing = new("disclosure.kind-missing", ("请选择公开哪一类。", "Choose what kind it is."), "Kind");
    public static readonly Problem NotYours = new("disclosure.not-yours", ("这一类不由您的岗位公开。", "This kind is not put up by your post."), "Kind");
    public static readonly Problem PeriodMissing = new("disclosure.period-missing", ("请选择是哪一期的。", "Choose the period it is about."), "Covers");
    public static readonly Problem PeriodNotOver = new("disclosure.period-not-over", ("这一期还没有结束。", "This period isn't over yet."), "Covers");
    public static readonly Problem PeriodTaken = new("disclosure.period-taken", ("这一期已经有一份：{0}，{1}。请在那一份上修改。", "There is one of this period already: {0}, {1}. Please change that one."), "Covers", ProblemKind.Conflict);
    public static readonly Problem TitleMissing = new("disclosure.title-missing", ("请写标题，最多{0}个字。", "Give it a title, at most {0} characters."), "Title");
    public static readonly Problem FieldMissing = new("disclosure.field-missing", ("请填写“{0}”。", "Please fill in “{0}”."), "Head");
    public static readonly Problem TooLong = new("disclosure.too-long", ("最多{0}个字，现在是{1}个。", "At most {0} characters; there are {1}."), "Head");
    public static readonly Problem NoNumber = new("disclosure.no-number", ("请填整数，例如 35。", "Give a whole number, such as 35."), "Head");
    public static readonly Problem NoMoney = new("disclosure.no-money", ("请填金额（元），最多两位小数，例如 1280.50。", "Give an amount in yuan with at most two decimals, such as 1280.50."), "Head");
    public static readonly Problem NoDate = new("disclosure.no-date", ("请填日期，例如 2026-09-30。", "Give a date, such as 2026-09-30."), "Head");
    public static readonly Problem TooManyLines = new("disclosure.too-many-lines", ("一份最多{0}行，请分开公开。", "At most {0} lines in one; please split it."), "Lines");
    public static readonly Problem TooManyColumns = new("disclosure.too-many-columns", ("第{0}行有{1}列，最多{2}列：能公开的只有上面列出的这几项。", "Line {0} has {1} columns, at most {2}: only the fields listed above can be shown."), "Lines");
    public static readonly Problem CellMissing = new("disclosure.cell-missing", ("第{0}行没有填“{1}”。", "Line {0} lacks “{1}”."), "Lines");
    public static readonly Problem CellTooLong = new("disclosure.cell-too-long", ("第{0}行的“{1}”最多{2}个字。", "“{1}” in line {0} has at most {2} characters."), "Lines");
    public static readonly Problem CellUnreadable = new("disclosure.cell-unreadable", ("第{0}行的“{1}”看不懂：{2}", "“{1}” in line {0} can't be read: {2}"), "Lines");
    public static readonly Problem LinesMissing = new("disclosure.lines-missing", ("请至少写一行。", "Give at least one line."), "Lines");
    public static readonly Problem LooksPersonal = new("disclosure.looks-personal", ("这里像是有个人信息：{0}。这一类不公开个人信息，请去掉；确实不是的，勾选下面一项再办。", "This seems to hold personal data: {0}. This kind shows none: please take it out, or say below that it is none."), "Checked");
    public static readonly Problem OwnText = new("disclosure.own-text", ("您自己写的由另一个人核对。", "Somebody else checks what you wrote."), Kind: ProblemKind.Conflict);
    public static readonly Problem NotNow = new("disclosure.not-now", ("这份公开现在是“{0}”，不能这样办。", "This disclosure is now “{0}”, so that can't be done."), Kind: ProblemKind.Conflict);
    public static readonly Problem ChangedMeanwhile = new("disclosure.changed-meanwhile", ("您打开以后，{0}在{1}{2}。您填的都在：请看过现在的内容再办。", "Since you opened it, {0} did this at {1}: {2}. What you typed is still here: please look at what stands now first."), Kind: ProblemKind.Conflict);
    public static readonly Problem ReasonMissing = new("disclosure.reason-missing", ("请写明原因，最多{0}个字。", "Say why, in at most {0} characters."), "Reason");
    public static readonly Problem WhereMissing = new("disclosure.where-missing", ("请写明贴在哪些公开栏，最多{0}个字。", "Say on which boards it hangs, in at most {0} characters."), "Where");
    public static readonly Problem TooShort = new("disclosure.too-short", ("最早到{0}：公开不得少于{1}（{2}）。", "Until {0} at the earliest: it stays up for no less than {1} ({2})."), "To");
    public static readonly Problem TooLongUp = new("disclosure.too-long-up", ("最晚到{0}。", "Until {0} at the latest."), "To");
    public static readonly Problem WhyMissing = new("disclosure.why-missing", ("请选择为什么撤下。", "Choose why it is taken down."), "Why");
    public static readonly Problem SameText = new("disclosure.same-text", ("内容没有改动，没有可更正的。", "Nothing was changed: there is nothing to correct."), Kind: ProblemKind.Conflict);
    public static readonly Problem CorrectionWaits = new("disclosure.correction-waits", ("已经有一处更正等待核对：{0}于{1}提出。", "A correction waits to be checked already: written by {0} at {1}."), Kind: ProblemKind.Conflict);
    public static readonly Problem NoCorrection = new("disclosure.no-correction", ("没有等待核对的更正。", "No correction waits to be checked."), Kind: ProblemKind.Conflict);
    public static readonly Problem PurposeMissing = new("disclosure.purpose-missing", ("请写明为什么查看，最多{0}个字。", "Say what for, in at most {0} characters."), "Why");
    public static readonly Problem ObjectionMissing = new("disclosure.objection-missing", ("请写下异议，最多{0}个字。", "Say what you object to, in at most {0} characters."), "Text");
    public static readonly Problem ObjectionTooLate = new("disclosure.objection-too-late", ("提异议的时间到{0}为止，已经过了。可以向街道办事处反映。", "Objections were taken until {0}; that is over. You can still turn to the sub-district office."), Kind: ProblemKind.Conflict);
    public static readonly Problem DoorMissing = new("disclosure.door-missing", ("请选择怎么提的。", "Choose how it was brought."), "Door");
    public static readonly Problem AskedMissing = new("disclosure.asked-missing", ("请写公开的说法：不带姓名、电话、住址，最多{0}个字。", "Give the wording for the public, without names, numbers or addresses; at most {0} characters."), "Asked");
    public static readonly Problem AnswerMissing = new("disclosure.answer-missing", ("请写答复，最多{0}个字。", "Write the answer, at most {0} characters."), "Answer");
    public static readonly Problem AnsweredAlready = new("disclosure.answered-already", ("{0}已经在{1}答复。", "Answered already, by {0} on {1}."), Kind: ProblemKind.Conflict);
    public static readonly Problem PersonalWords = new("disclosure.personal-words", ("这里像是有个人信息：{0}。这段话会公开，请去掉；确实不是的，勾选下面一项再办。", "This seems to hold personal data: {0}. It will be public: please take it out, or say below that it is none."), "Asked");
}
