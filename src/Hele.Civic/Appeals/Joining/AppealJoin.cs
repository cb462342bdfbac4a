using Hele.Civic.Kernel;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Journal;
using Hele.Civic.Platform.Storage;

namespace Hele.Civic.Appeals;

/// <summary>
/// Somebody whose matter it is too: they joined one that stands in public instead of filing it again. They judge its answers like whoever filed it, and see of it what the
/// public sees, never the first filer's name or words.
/// </summary>
public sealed class AppealJoin : Owned
{
    public const int WordsLength = Appeal.TextLength;

    public required Guid AppealId { get; init; }

    /// <summary>Random code of this join: it leads to what the joiner sees, and to nothing else of the matter.</summary>
    public required string PublicCode { get; init; }

    /// <summary>Who joined, when they are in the register.</summary>
    public Guid? PersonId { get; init; }

    /// <summary>Who joined at the counter and isn't in the register.</summary>
    public string? Name { get; init; }

    /// <summary>How it is with them; only the community reads it.</summary>
    public string? Words { get; init; }

    public required Channel Channel { get; init; }

    /// <summary>The post that took it down; null when the resident joined on the web.</summary>
    public Guid? EnteredByPostId { get; init; }

    /// <summary>The day the resident said it.</summary>
    public required DateOnly JoinedOn { get; init; }
    public required DateTimeOffset LoggedAt { get; init; }

    /// <summary>The matter they had filed themselves, when the community merged it into this one; null when they joined.</summary>
    public Guid? FromAppealId { get; init; }

    /// <summary>
    /// The merged matter was filed by somebody who has the other one already: it only says that the two go together. It names nobody and isn't asked, because one person judges an answer once.
    /// </summary>
    public bool IsSamePerson { get; init; }

    /// <summary>Set when it is their matter no longer.</summary>
    public DateOnly? LeftOn { get; private set; }

    public void Leave(DateOnly on) => LeftOn = on;

    /// <summary>Whether a joiner can judge: an answer waits, or whoever filed it was satisfied and the days of asking again aren't over.</summary>
    public static bool IsAsked(AppealState state, DateOnly? askAgainUntil, DateOnly day) => state == AppealState.Answered || (state == AppealState.Satisfied && askAgainUntil >= day);
}

/// <summary>Who may join, and what joiners may do.</summary>
public static class JoiningAccess
{
    public static readonly Permission Join = new("appeal.join", ("加入别人反映的同一件事", "Join a matter that is one's own too"), [], Residents: true) { ResidentsOfCommunities = true };
    public static readonly Permission Leave = new("appeal.leave", ("退出加入的诉求", "Leave a matter one joined"), [], Residents: true) { ResidentsOfCommunities = true };
    public static readonly Permission Judge = new("appeal.judge-joined", ("评价加入的诉求", "Judge the answer to a matter one joined"), [], Residents: true) { ResidentsOfCommunities = true };

    public static IEnumerable<Permission> All => [Join, Leave, Judge];
}

/// <summary>What can happen to a join.</summary>
public static class JoiningEvents
{
    public static readonly EventKind Joined = new("join.joined", ("加入了这件诉求", "Joined the matter"));
    public static readonly EventKind TakenDown = new("join.taken-down", ("代居民登记加入", "Took the joining down for the resident"));
    public static readonly EventKind Left = new("join.left", ("退出了这件诉求", "Left the matter"));
    public static readonly EventKind SteppedBack = new("appeal.stepped-back", ("提出的居民撤回，还有加入的居民，继续办理", "Whoever filed it withdrew; others joined, so it goes on"));
    public static readonly EventKind JudgedSatisfied = new("appeal.joined-satisfied", ("一位加入的居民评价：满意", "Somebody who joined is satisfied"));
    public static readonly EventKind JudgedDissatisfied = new("appeal.joined-dissatisfied", ("一位加入的居民评价：不满意，重新办理", "Somebody who joined is not satisfied; handled again"));
    public static readonly EventKind JudgedDisagreed = new("appeal.joined-disagreed", ("一位加入的居民评价：不满意，公开分歧", "Somebody who joined is not satisfied; an open disagreement"));

    public static readonly EventKind VerdictContested = new("appeal.joined-verdict-contested", ("一位加入的居民说代录的评价不是本人的意思，划去，等居民评价", "Somebody who joined says that the verdict entered for them isn't theirs; struck, and it waits for verdicts"));
    public static readonly EventKind ClosedAgain = new("appeal.joined-verdict-contested-closed", ("一位加入的居民说代录的评价不是本人的意思，划去，提出的居民满意仍算，办结", "Somebody who joined says that the verdict entered for them isn't theirs; struck, and it stands closed by the word of whoever filed it"));
    public static readonly EventKind OldVerdictContested = new("appeal.joined-old-verdict-contested", ("一位加入的居民说以前代录的评价不是本人的意思，划去", "Somebody who joined says that an earlier verdict entered for them isn't theirs; struck"));

    public static IEnumerable<EventKind> All => [Joined, TakenDown, Left, SteppedBack, JudgedSatisfied, JudgedDissatisfied, JudgedDisagreed, VerdictContested, ClosedAgain, OldVerdictContested];
}

/// <summary>What joining can be refused for.</summary>
public static class JoiningProblems
{
    public static readonly Problem Choose = new("join.choose", ("附近已经有人反映过同类的事。请看是不是您这件，再选一项。", "Somebody nearby has raised a matter of this kind. Please see whether it is yours, and choose."), "Same");
    public static readonly Problem Gone = new("join.gone", ("这件事已经办结或不再公开，不能加入了。请作为新的反映。", "This matter is closed or no longer public and can't be joined. Please file yours as new."), "Same", ProblemKind.Conflict);
    public static readonly Problem Own = new("join.own", ("这件就是您自己反映的，不用加入。", "You filed this one yourself; there is no need to join."), "Same", ProblemKind.Conflict);
    public static readonly Problem Already = new("join.already", ("您已经加入过这件事。", "You have joined this matter already."), "Same", ProblemKind.Conflict);
    public static readonly Problem WordsTooLong = new("join.words-too-long", ("最多{0}个字，现在是{1}个。", "At most {0} characters; there are {1}."), "Text");
    public static readonly Problem NotFound = new("join.not-found", ("没有找到您加入的这件事。", "This matter that you joined was not found."), Kind: ProblemKind.NotFound);
    public static readonly Problem JudgedAlready = new("join.judged-already", ("这一次答复您已经评价过。", "You have judged this answer already."), Kind: ProblemKind.Conflict);
    public static readonly Problem IsMerged = new("join.is-merged", ("这是您自己反映、并案办理的事；不要了，请在您自己那一件上撤回。", "You filed this yourself and it was merged; to give it up, withdraw your own matter."), Kind: ProblemKind.Conflict);
    public static readonly Problem FilerLeft = new("join.filer-left", ("提出的居民已经撤回，由加入的居民评价。", "Whoever filed it has withdrawn; those who joined judge it."), Kind: ProblemKind.Conflict);
}
