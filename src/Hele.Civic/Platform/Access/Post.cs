using System.Linq.Expressions;
using Hele.Civic.Kernel;
using Hele.Civic.Platform.Storage;

namespace Hele.Civic.Platform.Access;

/// <summary>Where a post stands. Only a confirmed one gives anything, and only within its term.</summary>
public enum PostState
{
    Proposed,
    Confirmed,
    Ended,
    Refused,
    Withdrawn,
}

/// <summary>岗位 as authority: a role in a scope, held by a person from a day to a day. Proposed by one, confirmed by another, ended when nothing hangs on it any more.</summary>
public sealed class Post : Owned
{
    public const int TitleLength = 40, ReasonLength = 200;

    public const string Give = "give", Propose = "propose", Confirm = "confirm", Refuse = "refuse", Withdraw = "withdraw", End = "end";

    // Stryker disable once String,Initializer: words, in a table that is made once, before a mutant is chosen
    public static readonly Transitions<PostState> LifeCycle = new("post", ("岗位", "Post"),
        new Dictionary<PostState, Bilingual>
        {
            [PostState.Proposed] = ("待确认", "Waiting to be confirmed"),
            [PostState.Confirmed] = ("已任用", "Confirmed"),
            [PostState.Ended] = ("已终止", "Ended"),
            [PostState.Refused] = ("未同意", "Refused"),
            [PostState.Withdrawn] = ("已撤回", "Withdrawn"),
        },
        [
            (null, Give, PostState.Confirmed, PostAccess.Confirm, ("运维人员在服务器命令行设立", "the operator, from the command line"), null),
            (null, Propose, PostState.Proposed, PostAccess.Propose, ("人、角色、任期、理由", "person, role, term, reason"), null),
            (PostState.Proposed, Confirm, PostState.Confirmed, PostAccess.Confirm, ("另一个人", "another person"), null),
            (PostState.Proposed, Refuse, PostState.Refused, PostAccess.Confirm, ("理由", "a reason"), null),
            (PostState.Proposed, Withdraw, PostState.Withdrawn, PostAccess.Propose, ("提出的人本人", "whoever proposed it"), null),
            (PostState.Confirmed, End, PostState.Ended, PostAccess.End, ("理由；名下没有未了的事，或有接手的岗位", "a reason; nothing left on it, or a successor"), null),
        ]);

    /// <summary>Random code by which pages name the post.</summary>
    public string PublicCode { get; init; } = Kernel.PublicCode.New().Text;

    public required Guid PersonId { get; init; }
    public required Role Role { get; init; }

    /// <summary>Kind of scope (<see cref="PostScope"/>).</summary>
    public string Scope { get; init; } = PostScope.Jurisdiction.Code;

    /// <summary>Which grid, team or case; null for the whole jurisdiction.</summary>
    public Guid? ScopeId { get; init; }

    /// <summary>How the post is called on a timeline: 一网格网格员. It holds no name of a person.</summary>
    public required string Title { get; init; }

    public DateOnly From { get; private set; }

    /// <summary>Last day, inclusive; null while it lasts.</summary>
    public DateOnly? To { get; private set; }

    public PostState State { get; private set; }

    /// <summary>The day its holder died: it gives nothing from then on, and waits for somebody to end it and hand over what hangs on it.</summary>
    public DateOnly? VacantSince { get; private set; }

    /// <summary>Who proposed it; null when the operator gave it from the command line.</summary>
    public Guid? ProposedById { get; private set; }

    /// <summary>Who confirmed it: never who proposed it, never who it is for.</summary>
    public Guid? ConfirmedById { get; private set; }

    /// <summary>Given by the operator: the first posts of a community, when nobody is there to propose or confirm.</summary>
    public static Post GivenByOperator(Guid person, Role role, string title, DateOnly from)
    {
        var post = new Post { PersonId = person, Role = role, Title = title, From = from };
        post.Enter(LifeCycle.Find(null, Give)!);
        return post;
    }

    public static Post ProposedBy(Guid proposer, Guid person, Role role, PostScope scope, Guid? scopeId, string title, DateOnly from, DateOnly? to)
    {
        var post = new Post { PersonId = person, Role = role, Scope = scope.Code, ScopeId = scopeId, Title = title, From = from, To = to, ProposedById = proposer };
        post.Enter(LifeCycle.Find(null, Propose)!);
        return post;
    }

    /// <summary>The posts that give something on a day: confirmed and within their term.</summary>
    public static Expression<Func<Post, bool>> ActiveOn(DateOnly day) => p => p.State == PostState.Confirmed && p.VacantSince == null && p.From <= day && (p.To == null || p.To >= day);

    public bool IsActiveOn(DateOnly day) => State == PostState.Confirmed && VacantSince is null && From <= day && (To is null || To >= day);

    /// <summary>The posts that are somebody's now or may become so: what stands against the erasure of a person.</summary>
    public static Expression<Func<Post, bool>> HeldOrWaitingOn(DateOnly day) => p => (p.State == PostState.Confirmed || p.State == PostState.Proposed) && (p.To == null || p.To >= day);

    /// <param name="by">The person who confirms. That it is another is the operation's business, and the database's.</param>
    public Problem? ConfirmBy(Guid by, DateOnly on)
    {
        if (Move(Confirm) is { } problem)
            return problem;
        ConfirmedById = by;
        // It gives nothing for days on which nobody had agreed yet.
        From = From < on ? on : From;
        return null;
    }

    public Problem? RefuseIt() => Move(Refuse);

    public Problem? WithdrawIt() => Move(Withdraw);

    /// <summary>Ends at once; a term that was over keeps its last day.</summary>
    public Problem? EndOn(DateOnly on)
    {
        if (Move(End) is { } problem)
            return problem;
        To = To < on ? To : on;
        return null;
    }

    /// <summary>Its holder died, or that was a mistake. No step of its life: whoever keeps posts ends it.</summary>
    public void BeVacant(DateOnly? since) => VacantSince = since;

    private Problem? Move(string act)
    {
        if (LifeCycle.Find(State, act) is not { } line)
            return PostProblems.NotNow.With(LifeCycle.StateTitle(State));
        Enter(line);
        return null;
    }

    /// <summary>The only place where the state changes.</summary>
    private void Enter(Transition line) => State = Enum.Parse<PostState>(line.To);
}
