using Hele.Civic.Kernel;

namespace Hele.Civic.People;

/// <summary>What the people module refuses, in words for people.</summary>
public static class PeopleProblems
{
    public static readonly Problem NotFound = new("person.not-found", ("没有找到这个人。", "This person was not found."), Kind: ProblemKind.NotFound);
    public static readonly Problem HoldsPost = new("person.holds-post", ("此人还在岗，先办移交、终止岗位，再删除信息。", "This person still holds a post. Hand it over and end it first."), Kind: ProblemKind.Conflict);
    public static readonly Problem RequestKindMissing = new("data-request.kind-missing", ("请选择要求什么。", "Choose what you ask for."), "Kind");
    public static readonly Problem RequestTextMissing = new("data-request.text-missing", ("请写清楚要更正或说明的是哪一项。", "Say which entry should be corrected or explained."), "Text");
    public static readonly Problem RequestTooLong = new("data-request.too-long", ("最多{0}个字，现在是{1}个。", "At most {0} characters; there are {1}."), "Text");
    public static readonly Problem RequestWaiting = new("data-request.waiting", ("同样的请求已经提出，正在等答复。", "The same was asked already and waits for its answer."), Kind: ProblemKind.Conflict);
    public static readonly Problem RequestAnswered = new("data-request.answered", ("这个请求已经答复过了。", "This request has been answered already."), Kind: ProblemKind.Conflict);
    public static readonly Problem OwnRequest = new("data-request.own", ("自己提的请求由别人答复。", "Somebody else answers what you asked yourself."), Kind: ProblemKind.Conflict);
    public static readonly Problem DecisionMissing = new("data-request.decision-missing", ("请选择能不能办理。", "Choose whether it can be done."), "Grant");
    public static readonly Problem AnswerMissing = new("data-request.answer-missing", ("请写答复；不能办理的写明理由和法条。最多{0}个字。", "Write the answer; a refusal names its reason and article. At most {0} characters."), "Answer");
}
