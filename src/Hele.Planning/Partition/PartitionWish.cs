namespace Hele.Planning.Partition;

/// <summary>How evenly something is to be shared out.</summary>
/// <param name="Weight">0: not at all; 1: as much as households usually do. At most 100.</param>
/// <param name="Tolerance">How far above the mean a grid may lie, as a share of the mean; 0 to 10.</param>
public readonly record struct Balance(double Weight, double Tolerance);

/// <summary>What a community wishes of its grids.</summary>
public sealed record PartitionWish
{
    /// <summary>How many grids; null: as many as the sizes ask for, or as there are today.</summary>
    public int? Grids { get; init; }
    /// <summary>Households of a grid at least and at most; null: no limit.</summary>
    public int? LeastHouseholds { get; init; }
    public int? MostHouseholds { get; init; }
    public Balance Households { get; init; } = new(1, 0.03);
    public Balance Members { get; init; } = new(0, 0.15);
    public Balance Care { get; init; } = new(0, 0.15);
    /// <summary>How far below the mean of households a grid may lie, as a share of the mean; 0 to 1. Only where households are balanced.</summary>
    public double Below { get; init; } = 0.1;
    /// <summary>Natural borders divide as few compounds as can be, and only then the weakest ties; else ties alone count, those within a compound by their weight.</summary>
    public bool WholeCompounds { get; init; } = true;
    /// <summary>Pairs of lots that must not be in one grid.</summary>
    public IReadOnlyList<(int A, int B)> Apart { get; init; } = [];
    /// <summary>Lots that stay in today's grid, besides those that are <see cref="Lot.Locked"/>.</summary>
    public IReadOnlyCollection<int> Locked { get; init; } = [];
    /// <summary>Starts from today's grids and lets as few households change theirs as possible.</summary>
    public bool KeepToday { get; init; }
    /// <summary>Households that may change their grid at most; null: no limit. A plan with more says so.</summary>
    public int? MostMovedHouseholds { get; init; }
    /// <summary>Members that a branch of its own needs: a grid with fewer says so.</summary>
    public int LeastMembers { get; init; } = 3;
    /// <summary>Same seed, same answer.</summary>
    public int Seed { get; init; } = 1;
    /// <summary>Different plans wanted at most, 1 to 20.</summary>
    public int Proposals { get; init; } = 3;
    /// <summary>How much work is done, 1 (a tenth) to 100 (ten times as much); 10 is a second or two at 1,500 lots.</summary>
    public int Effort { get; init; } = 10;
}
