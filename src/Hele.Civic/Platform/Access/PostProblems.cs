using Hele.Civic.Kernel;

namespace Hele.Civic.Platform.Access;

/// <summary>What is refused about posts, in words for people.</summary>
public static class PostProblems
{
    public static readonly Problem NotFound = new("post.not-found", ("没有找到这个岗位。", "This post was not found."), Kind: ProblemKind.NotFound);
    public static readonly Problem Over = new("post.over", ("您办这件事的岗位已经终止，或者不在任期内，这次没有保存。", "The post in which you did this has ended or isn't in its term. Nothing was saved."), Kind: ProblemKind.Conflict);
    public static readonly Problem NotNow = new("post.not-now", ("这个岗位现在是“{0}”，不能这样办。可能有人刚刚办过，请看最新情况。", "This post is now “{0}”, so that can't be done. Somebody may have been faster; please look at where it stands."), Kind: ProblemKind.Conflict);
    public static readonly Problem PersonMissing = new("post.person-missing", ("请选择给谁。先按姓名找，再选这个人。", "Choose who it is for: search by name, then choose the person."), "Person");
    public static readonly Problem RoleMissing = new("post.role-missing", ("请选择角色。", "Choose the role."), "Role");
    public static readonly Problem ScopeUnknown = new("post.scope-unknown", ("没有这样的范围。", "There is no such scope."), "Scope");
    public static readonly Problem TitleMissing = new("post.title-missing", ("请写岗位怎么称呼，例如：第三网格网格员。最多{0}个字，不写人名。", "Say what the post is called, e.g. worker of grid 3: at most {0} characters, no person's name."), "Title");
    public static readonly Problem FromMissing = new("post.from-missing", ("请写从哪一天起，不能早于今天。", "Say from which day; it can't lie before today."), "From");
    public static readonly Problem ToBeforeFrom = new("post.to-before-from", ("最后一天不能早于第一天。", "The last day can't lie before the first."), "To");
    public static readonly Problem ReasonMissing = new("post.reason-missing", ("请写明理由，最多{0}个字。", "Give the reason, at most {0} characters."), "Reason");
    public static readonly Problem DecisionMissing = new("post.decision-missing", ("请选择同意或不同意。", "Choose whether you agree."), "Agree");
    public static readonly Problem HoldsAlready = new("post.holds-already", ("此人在这段时间里已经有（或正在等确认）这个角色的岗位。", "In this time they hold a post of this role already, or one waits to be confirmed."), "Role", ProblemKind.Conflict);
    public static readonly Problem AdministratorAndSupervisor = new("post.administrator-and-supervisor",
        ("系统管理员、安全管理员不能同时担任监督岗位：查账的人不能管账号和权限。请先终止其中一个。", "An administrator can't be supervisor as well: whoever checks doesn't manage accounts and rights. End one of the two first."), "Role", ProblemKind.Conflict);
    public static readonly Problem OwnProposal = new("post.own-proposal", ("这是您自己提出的，要由别人确认。一个人有几个岗位、几个账号也算同一个人。", "You proposed this yourself: somebody else confirms it. Several posts or accounts of one person count as one."), Kind: ProblemKind.Conflict);
    public static readonly Problem OwnGrant = new("post.own-grant", ("这是给您自己的岗位，要由别人确认。一个人有几个岗位、几个账号也算同一个人。", "This post is for yourself: somebody else confirms it. Several posts or accounts of one person count as one."), Kind: ProblemKind.Conflict);
    public static readonly Problem NotYours = new("post.not-yours", ("只有提出的人可以撤回；您可以选择“不同意”。", "Only whoever proposed it can withdraw it; you can refuse it."), Kind: ProblemKind.Conflict);
    public static readonly Problem TermOver = new("post.term-over", ("任期的最后一天已经过去，请重新提出。", "The last day of its term is over: propose it again."), Kind: ProblemKind.Conflict);
    public static readonly Problem PersonGone = new("post.person-gone", ("此人的信息已按本人要求删除，不能再任用。", "This person's data were erased at their request; they can't be given a post."), Kind: ProblemKind.Conflict);
    public static readonly Problem StillHangs = new("post.still-hangs", ("还有{0}件没有了结的事挂在这个岗位名下。请选择由哪个岗位接手，再终止。", "{0} open matters still hang on this post. Choose the post that takes them over, then end it."), "Successor", ProblemKind.Conflict);
    public static readonly Problem SuccessorUnfit = new("post.successor-unfit", ("这个岗位不能接手：要在任期内，并且角色能办这些事。", "This post can't take over: it must be in its term, in a role that can do this work."), "Successor", ProblemKind.Conflict);
    public static readonly Problem LastKeeper = new("post.last-keeper", ("这是最后一个能任用和终止岗位的岗位。请先任用别人，再终止它。", "This is the last post that can grant and end posts. Give it to somebody else first."), Kind: ProblemKind.Conflict);
}
