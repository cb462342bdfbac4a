using Hele.Civic.Kernel;
using Hele.Civic.Platform;
using Hele.Civic.Platform.Journal;
using Hele.Civic.Platform.Storage;

namespace Hele.Civic.GridPlanning;

/// <summary>Where a plan stands.</summary>
public enum PlanState
{
    /// <summary>Kept to come back to; it changes nothing.</summary>
    Kept,

    /// <summary>The grids are as it says.</summary>
    Adopted,

    /// <summary>Given up.</summary>
    Discarded,
}

/// <summary>网格方案: how a community could be cut into grids, kept to be compared, changed and perhaps adopted. Only adopting it changes the grids.</summary>
public sealed class PlanDraft : Owned
{
    public const int NameLength = 40, WishLength = 4000, CutLength = 400_000, ReasonLength = 300, NumberLength = 60, DecidedLength = 400_000;

    public const string Keep = "keep", Change = "change", Adopt = "adopt", Discard = "discard";

    public static readonly EventKind WasKept = new("plan.kept", ("保存了网格方案", "Kept a plan of grids"));
    public static readonly EventKind WasChanged = new("plan.changed", ("改动了网格方案", "Changed a plan of grids"));
    public static readonly EventKind WasAdopted = new("plan.adopted", ("采用了网格方案", "Adopted a plan of grids"));
    public static readonly EventKind WasDiscarded = new("plan.discarded", ("放弃了网格方案", "Gave up a plan of grids"));

    public static readonly Transitions<PlanState> LifeCycle = new("plan-draft", ("网格方案", "Plan of grids"),
        new Dictionary<PlanState, Bilingual>
        {
            [PlanState.Kept] = ("已保存，没有采用", "Kept, not adopted"),
            [PlanState.Adopted] = ("已采用", "Adopted"),
            [PlanState.Discarded] = ("已放弃", "Given up"),
        },
        [
            (null, Keep, PlanState.Kept, PlanAccess.Keep, ("名称；每栋楼在哪个网格", "a name; which grid each building is in"), null),
            (PlanState.Kept, Change, PlanState.Kept, PlanAccess.Keep, ("改过的划分", "how it is cut now"), null),
            (PlanState.Kept, Adopt, PlanState.Adopted, PlanAccess.Adopt, ("理由、决定的文号、执行日期；登记没有变过", "a reason, the decision's number, the day; the register hasn't changed meanwhile"), null),
            (PlanState.Kept, Discard, PlanState.Discarded, PlanAccess.Keep, ("不需要", "nothing"), null),
        ]);

    public string PublicCode { get; init; } = Kernel.PublicCode.New().Text;

    public required string Name { get; set; }

    /// <summary>What was wished for, as the planner's address says it; it only explains how the plan came about.</summary>
    public required string Wish { get; set; }

    /// <summary>How the grids were when it was kept: the ground the plan stands on (<see cref="PlanCut"/>).</summary>
    public required string Before { get; set; }

    /// <summary>How it cuts the community (<see cref="PlanCut"/>).</summary>
    public required string Cut { get; set; }

    public required DateOnly KeptOn { get; set; }
    public required DateTimeOffset LoggedAt { get; init; }
    public PlanState State { get; private set; } = PlanState.Kept;

    /// <summary>The day on which it was adopted or given up.</summary>
    public DateOnly? ClosedOn { get; private set; }

    /// <summary>The day from which an adopted plan holds.</summary>
    public DateOnly? ValidFrom { get; private set; }

    /// <summary>文号: the document or meeting that decided it.</summary>
    public string? Number { get; private set; }

    public string? Reason { get; private set; }

    /// <summary>In which post it was adopted.</summary>
    public Guid? AdoptedByPostId { get; private set; }

    /// <summary>The figures it was decided by, as <see cref="PlanStand"/> writes them: the decision document says the same for good.</summary>
    public string? Decided { get; private set; }

    /// <summary>The act is possible as it stands.</summary>
    public bool May(string act) => LifeCycle.Find(State, act) is not null;

    public Problem? DiscardOn(DateOnly day)
    {
        if (Move(Discard) is { } problem)
            return problem;
        ClosedOn = day;
        return null;
    }

    public Problem? AdoptOn(DateOnly day, DateOnly from, string number, string reason, Guid? post, string decided)
    {
        if (Move(Adopt) is { } problem)
            return problem;
        (ClosedOn, ValidFrom, Number, Reason, AdoptedByPostId, Decided) = (day, from, number, reason, post, decided);
        return null;
    }

    private Problem? Move(string act)
    {
        if (LifeCycle.Find(State, act) is not { } line)
            return PlanProblems.NotNow.With(LifeCycle.StateTitle(State));
        State = Enum.Parse<PlanState>(line.To);
        return null;
    }
}
