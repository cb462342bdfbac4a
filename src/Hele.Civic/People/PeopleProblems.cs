using Hele.Civic.Kernel;

namespace Hele.Civic.People;

/// <summary>What the people module refuses, in words for people.</summary>
public static class PeopleProblems
{
    public static readonly Problem NotFound = new("person.not-found", ("没有找到这个人。", "This person was not found."), Kind: ProblemKind.NotFound);
    public static readonly Problem HoldsPost = new("person.holds-post", ("此人还在岗，请先办移交、终止岗位。", "This person still holds a post. Hand it over and end it first."), Kind: ProblemKind.Conflict);
    public static readonly Problem Duplicate = new("person.duplicate", ("可能已经登记过。请核对下面的人；确实是另一个人，打勾后再登记。", "Perhaps registered already. Compare the people below; if it really is somebody else, tick the box and register again."), Kind: ProblemKind.Conflict);
    public static readonly Problem SideMissing = new("guardianship.side-missing", ("请选择谁是监护人、谁是被监护人。", "Choose which of the two is the guardian."), "Side");
    public static readonly Problem OtherUnknown = new("guardianship.other-unknown", ("登记里没有这个人，请先登记。", "Nobody of that name or code is registered. Register them first."), "Other");
    public static readonly Problem OtherAmbiguous = new("guardianship.other-ambiguous", ("有几个人同名，请填编码。", "Several people are called so: give the code."), "Other");
    public static readonly Problem DeathDayMissing = new("death.day-missing", ("请填去世的日期；只知道大概的，填最接近的一天。", "Give the day of death; the nearest one when it is known roughly."), "On");
    public static readonly Problem DeathInFuture = new("death.day-in-future", ("去世的日期不能晚于今天。", "The day of death can't lie after today."), "On");
    public static readonly Problem DeathSourceMissing = new("death.source-missing", ("请选择依据是什么。", "Choose what it is known by."), "Source");
    public static readonly Problem ToldByMissing = new("death.told-by-missing", ("请写是谁告知的，例如：女儿王丽，最多{0}个字。", "Say who told, e.g. the daughter, at most {0} characters."), "ToldBy");
    public static readonly Problem DeathRecorded = new("death.recorded", ("{0}已经登记了去世。下面是登记的内容；不对可以更正。", "{0} has registered the death already. It stands below; correct it where it is wrong."), Kind: ProblemKind.Conflict);
    public static readonly Problem NotDead = new("death.none", ("没有登记去世，或者已经撤销。", "No death is registered, or it was taken back."), Kind: ProblemKind.Conflict);
    public static readonly Problem OwnDeath = new("death.own", ("不能登记自己去世。", "Nobody registers their own death."), Kind: ProblemKind.Conflict);
    public static readonly Problem MistakeMissing = new("death.mistake-missing", ("请选择哪里不对。", "Choose what is wrong."), "What");
    public static readonly Problem SameDeathDay = new("death.same-day", ("日期和登记的一样，没有要更正的。", "The day is the one that is registered: nothing to correct."), "On", ProblemKind.Conflict);
    public static readonly Problem CorrectionReasonMissing = new("death.reason-missing", ("请写更正的原因，例如：同名，登记错了人，最多{0}个字。", "Say why, e.g. somebody else of this name, at most {0} characters."), "Reason");
    public static readonly Problem Dead = new("person.dead", ("已登记为去世。登记错了，请先更正去世登记。", "Registered as having died. If that is wrong, correct it first."), Kind: ProblemKind.Conflict);
    public static readonly Problem LeftInFuture = new("person.left-in-future", ("离开的日期不能晚于今天。", "The day of leaving can't lie after today."), "On");
    public static readonly Problem LeftMissing = new("person.left-missing", ("请填离开的日期。", "Give the day of leaving."), "On");
    public static readonly Problem AlreadyLeft = new("person.already-left", ("已经登记为离开。", "Registered as gone already."), Kind: ProblemKind.Conflict);
    public static readonly Problem NotLeft = new("person.not-left", ("没有登记为离开。", "Not registered as gone."), Kind: ProblemKind.Conflict);
    public static readonly Problem ReasonMissing = new("person.reason-missing", ("请写明用途，如：通知三号楼停水。每个人都会看到。最多{0}个字。", "Say what for, e.g. telling building 3 about the water. Everybody on the list will see it. At most {0} characters."), "Reason");
    public static readonly Problem NobodyChosen = new("person.nobody-chosen", ("请先勾选要打印的人。", "Tick the people to be printed first."));
    public static readonly Problem TooManyChosen = new("person.too-many-chosen", ("一次最多打印{0}个人。", "At most {0} people at a time."));
    public static readonly Problem RequestKindMissing = new("data-request.kind-missing", ("请选择要求什么。", "Choose what you ask for."), "Kind");
    public static readonly Problem RequestTextMissing = new("data-request.text-missing", ("请写清楚要更正或说明的是哪一项。", "Say which entry should be corrected or explained."), "Text");
    public static readonly Problem RequestTooLong = new("data-request.too-long", ("最多{0}个字，现在是{1}个。", "At most {0} characters; there are {1}."), "Text");
    public static readonly Problem RequestWaiting = new("data-request.waiting", ("同样的请求已经提出，正在等答复。", "The same was asked already and waits for its answer."), Kind: ProblemKind.Conflict);
    public static readonly Problem RequestAnswered = new("data-request.answered", ("这个请求已经答复过了。", "This request has been answered already."), Kind: ProblemKind.Conflict);
    public static readonly Problem OwnRequest = new("data-request.own", ("自己提的请求由别人答复。", "Somebody else answers what you asked yourself."), Kind: ProblemKind.Conflict);
    public static readonly Problem DecisionMissing = new("data-request.decision-missing", ("请选择能不能办理。", "Choose whether it can be done."), "Grant");
    public static readonly Problem AnswerMissing = new("data-request.answer-missing", ("请写答复；不能办理的写明理由和法条。最多{0}个字。", "Write the answer; a refusal names its reason and article. At most {0} characters."), "Answer");
}
