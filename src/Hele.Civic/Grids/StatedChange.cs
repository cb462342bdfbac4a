using Hele.Civic.Kernel;
using Hele.Civic.People;
using Hele.Civic.Platform;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Journal;
using Hele.Civic.Platform.Storage;

namespace Hele.Civic.Grids;

/// <summary>What somebody says has changed behind a door.</summary>
public enum ChangeKind
{
    MovedOut,
    Born,
    Died,

    /// <summary>Somebody new lives there: a relative, a tenant.</summary>
    MovedIn,

    /// <summary>The flat is let, or the letting changed.</summary>
    Let,

    /// <summary>Another telephone number; the number itself is told to whoever checks, not written here.</summary>
    Phone,

    /// <summary>A name is spelt otherwise.</summary>
    Name,

    /// <summary>Anything else that stands wrong: done by hand, then said how.</summary>
    Other,
}

/// <summary>Where those who left a door went, as far as the keeper found out.</summary>
public enum WentTo
{
    /// <summary>Elsewhere, or nobody knows.</summary>
    Elsewhere,

    /// <summary>Behind another door of the community.</summary>
    Within,

    /// <summary>Gone from the community for good.</summary>
    Left,
}

/// <summary>Where it stands.</summary>
public enum ChangeState { Stated, Confirmed, Rejected, Withdrawn }

/// <summary>How a keeper found out whether it is so.</summary>
public enum ChangeCheck
{
    /// <summary>Rang.</summary>
    Call,

    /// <summary>Went there.</summary>
    Visit,

    /// <summary>Saw a paper.</summary>
    Paper,
}

/// <summary>
/// 待核实的变动: somebody who doesn't keep a household says that something about it has changed. It changes nothing by itself; whoever keeps the household checks it, and
/// what they confirm is the very operation, in one act with this.
/// </summary>
public sealed class StatedChange : Owned
{
    public const int AboutLength = 120, TextLength = 500, AnswerLength = 300;

    public const string State_ = "state", Confirm = "confirm", Reject = "reject", Withdraw = "withdraw";

    public static readonly EventKind Stated = new("change.stated", ("报告了一处变动，等核实", "Said that something changed; it is to be checked"));
    public static readonly EventKind Confirmed = new("change.confirmed", ("核实属实，已登记", "Checked, true, registered"));
    public static readonly EventKind Rejected = new("change.rejected", ("核实不属实，说明原因", "Checked, not so, with the reason"));
    public static readonly EventKind TakenBack = new("change.withdrawn", ("报告的人撤回了", "Withdrawn by whoever said it"));
    public static readonly EventKind Erased = new("change.erased", ("删除了报告的内容", "Erased what was said"), Whole: true);

    /// <summary>Working days within which somebody looks into it.</summary>
    public const string CheckRule = "household.change.check";

    public static readonly Transitions<ChangeState> LifeCycle = new("stated-change", ("待核实的变动", "Stated change"),
        new Dictionary<ChangeState, Bilingual>
        {
            [ChangeState.Stated] = ("等核实", "To be checked"),
            [ChangeState.Confirmed] = ("已核实并登记", "Checked and registered"),
            [ChangeState.Rejected] = ("核实不属实", "Checked: not so"),
            [ChangeState.Withdrawn] = ("已撤回", "Withdrawn"),
        },
        [
            (null, State_, ChangeState.Stated, StatedAccess.Tell, ("哪一户、什么变了、怎么知道的", "which household, what changed, how it is known"), CheckRule),
            (ChangeState.Stated, Confirm, ChangeState.Confirmed, StatedAccess.Check, ("怎么核实的；随同办好登记", "how it was checked; the registration is done with it"), null),
            (ChangeState.Stated, Reject, ChangeState.Rejected, StatedAccess.Check, ("怎么核实的、原因", "how it was checked, and the reason"), null),
            (ChangeState.Stated, Withdraw, ChangeState.Withdrawn, StatedAccess.Tell, ("报告的人本人", "whoever said it"), null),
        ]);

    public string PublicCode { get; init; } = Kernel.PublicCode.New().Text;

    public required ChangeKind Kind { get; init; }

    public required Guid BuildingId { get; init; }
    public Guid? EntranceId { get; init; }
    public required string Room { get; init; }

    /// <summary>Who lived there when it was said; null where the register knows nobody behind that door. Never told to whoever said it.</summary>
    public Guid? HouseholdId { get; init; }

    /// <summary>Whom it is about, as they were called. Empty once erased.</summary>
    public required string About { get; set; }

    /// <summary>How it is known. Empty once erased.</summary>
    public required string Text { get; set; }

    /// <summary>When it happened, as far as they know.</summary>
    public DateOnly? HappenedOn { get; init; }

    /// <summary>The refused one that is said again, put right.</summary>
    public Guid? PriorId { get; init; }

    public required Guid StatedById { get; init; }
    public required DateOnly StatedOn { get; init; }

    /// <summary>The day by which somebody looks into it; null once they have.</summary>
    public DateOnly? DueOn { get; private set; }

    public ChangeState State { get; private set; }
    public ChangeCheck? CheckedBy { get; private set; }
    public DateOnly? AnsweredOn { get; private set; }

    /// <summary>When it was written down.</summary>
    public DateTimeOffset? AnsweredAt { get; private set; }

    /// <summary>What is told to whoever said it.</summary>
    public string? Answer { get; private set; }

    /// <summary>The post that checked it.</summary>
    public Guid? PostId { get; private set; }

    public static StatedChange By(StatedChange draft, DateOnly due)
    {
        draft.Enter(LifeCycle.Find(null, State_)!);
        draft.DueOn = due;
        return draft;
    }

    public Problem? Decide(bool so, ChangeCheck check, string? answer, Guid post, DateOnly on, DateTimeOffset at)
    {
        if (Move(so ? Confirm : Reject) is { } problem)
            return problem;
        (CheckedBy, Answer, PostId, AnsweredOn, AnsweredAt, DueOn) = (check, answer, post, on, at, null);
        return null;
    }

    public Problem? WithdrawIt(DateOnly on, DateTimeOffset at)
    {
        if (Move(Withdraw) is { } problem)
            return problem;
        (AnsweredOn, AnsweredAt, DueOn) = (on, at, null);
        return null;
    }

    public void Erase() => (About, Text, Answer) = ("", "", null);

    private Problem? Move(string act)
    {
        if (LifeCycle.Find(State, act) is not { } line)
            return GridProblems.ChangeNotNow.With(LifeCycle.StateTitle(State));
        Enter(line);
        return null;
    }

    /// <summary>The only place where the state changes.</summary>
    private void Enter(Transition line) => State = Enum.Parse<ChangeState>(line.To);

    /// <summary>Whether a statement of this kind is about one person: what registers it takes one.</summary>
    public static bool OfOne(ChangeKind kind) => kind is ChangeKind.Died or ChangeKind.Phone or ChangeKind.Name;

    public static Bilingual Word(ChangeKind kind) => kind switch
    {
        ChangeKind.MovedOut => ("搬走了", "Moved out"),
        ChangeKind.Born => ("添了孩子", "A child was born"),
        ChangeKind.Died => ("有人去世", "Somebody died"),
        ChangeKind.MovedIn => ("有人搬来同住", "Somebody moved in"),
        ChangeKind.Let => ("租住有变化", "The letting changed"),
        ChangeKind.Phone => ("电话换了", "Another telephone number"),
        ChangeKind.Name => ("姓名写错了", "A name is misspelt"),
        _ => ("别的不对", "Something else is wrong"),
    };

    public static Bilingual Word(ChangeCheck check) => check switch
    {
        ChangeCheck.Call => ("打电话核实", "by telephone"),
        ChangeCheck.Visit => ("上门核实", "at the door"),
        _ => ("看了证明", "by a paper"),
    };
}

/// <summary>Who may say, see and check that something changed. Both functions default to nothing.</summary>
public static class StatedAccess
{
    /// <summary>Whoever holds no post that keeps households says it as a resident, and sees what they said.</summary>
    public static readonly Permission Tell = new("change.tell", ("报告住户的变动", "Say that a household changed"), [Role.GridWorker, Role.Clerk, Role.Secretary], Residents: true) { ResidentsOfCommunities = true };
    public static readonly Permission Check = new("change.check", ("核实住户的变动", "Check what was said about a household"), [Role.GridWorker, Role.Clerk, Role.Secretary]);

    public static IEnumerable<Permission> All => [Tell, Check];

    /// <summary>What whoever checks a change must be allowed besides keeping the household: what registers it asks for it.</summary>
    public static Permission Registers(ChangeKind kind) => kind switch
    {
        ChangeKind.Died => PeopleAccess.RecordDeath,
        ChangeKind.Phone or ChangeKind.Name => PeopleAccess.Correct,
        _ => GridAccess.KeepHouseholds,
    };

    /// <summary>Kinds that a grid worker can't register.</summary>
    public static readonly IReadOnlyList<ChangeKind> CounterOnly = [.. Enum.GetValues<ChangeKind>().Where(k => !Registers(k).Roles.Contains(Role.GridWorker))];

    /// <summary>The changes that this viewer may see: their own, and those at doors they keep.</summary>
    public static IQueryable<StatedChange> Visible(HeleDb db, Viewer? viewer, IQueryable<StatedChange> changes)
    {
        if (viewer is null || !viewer.Has(Tell))
            return changes.Where(c => false);
        var (jurisdiction, person) = (viewer.JurisdictionId, viewer.PersonId);
        var posts = viewer.Posts.Where(p => Check.Roles.Contains(p.Role)).ToList();
        if (posts.Exists(p => p.ScopeId is null))
            return changes.Where(c => c.JurisdictionId == jurisdiction);
        var grids = posts.ConvertAll(p => p.ScopeId!.Value);
        return changes.Where(c => c.JurisdictionId == jurisdiction
            && (c.StatedById == person || db.Set<GridBuilding>().Any(g => g.BuildingId == c.BuildingId && g.To == null && grids.Contains(g.GridId))));
    }

    /// <summary>The same, asked of one.</summary>
    public static async Task<bool> May(HeleDb db, Viewer? viewer, StatedChange change)
    {
        if (viewer is null || viewer.JurisdictionId != change.JurisdictionId || !viewer.Has(Tell))
            return false;
        return change.StatedById == viewer.PersonId || await GridAccess.PostAt(db, viewer, change.BuildingId, Check) is not null;
    }

    /// <summary>The post in which this viewer may check one: they keep the household, and may register what it says. Null when they can't.</summary>
    public static async Task<HeldPost?> Keeps(HeleDb db, Viewer viewer, ChangeKind kind, Guid building, CancellationToken cancel = default) =>
        viewer.PostFor(Registers(kind)) is null ? null : await GridAccess.PostAt(db, viewer, building, Registers(kind) == GridAccess.KeepHouseholds ? Check : Registers(kind), cancel);
}
