namespace Hele.Planning.Partition;

/// <summary>What a plan was made for.</summary>
public enum PlanAim
{
    /// <summary>As few households as possible change their grid.</summary>
    FewestMoves,
    /// <summary>Borders where they cost least: along big roads, around compounds, short ones.</summary>
    NaturalBorders,
    /// <summary>As even as possible.</summary>
    MostBalanced,
    /// <summary>Drawn by a person.</summary>
    ByHand,
}

/// <summary>What falls short of the wish.</summary>
public enum ShortfallKind
{
    /// <summary>A lot stands in no grid.</summary>
    Unassigned,
    /// <summary>A grid without any lot.</summary>
    Empty,
    /// <summary>Not every lot is walked to from every other without leaving the grid. <see cref="Shortfall.Have"/>: pieces.</summary>
    NotContiguous,
    /// <summary>Fewer households than the least; more than the most.</summary>
    TooFewHouseholds,
    TooManyHouseholds,
    /// <summary>Further above or below the mean than the tolerance: Have and Limit in households, members, people in need.</summary>
    HouseholdsUneven,
    MembersUneven,
    CareUneven,
    /// <summary>Too few Party members for a branch of its own.</summary>
    TooFewMembers,
    /// <summary>Two lots that must not be are in one grid.</summary>
    Together,
    /// <summary>A locked lot changes its grid.</summary>
    LockedMoves,
    /// <summary>More households change their grid than may.</summary>
    TooManyMoved,
}

/// <param name="Grid">-1 where it concerns no one grid.</param>
/// <param name="Lot">The lot it concerns; -1: none. <paramref name="Other"/>: the second of a pair.</param>
public sealed record Shortfall(ShortfallKind Kind, int Grid, double Have, double Limit, int Lot = -1, int Other = -1);

/// <summary>One grid of a plan.</summary>
/// <param name="Today">Today's grid that it continues; -1: it is new.</param>
/// <param name="Lots">Its lots, ascending.</param>
/// <param name="Pieces">1: contiguous on foot.</param>
/// <param name="Compactness">0 to 1: the mean square of its lots' distances from their middle, of as many lots nearest to there, divided by its own. 1: nobody nearer lies outside.</param>
/// <param name="WalkMetres">From its middle lot (the one nearest to the middle of its households) to its households on the mean, walking from neighbour to neighbour inside the grid.</param>
/// <param name="FarthestMetres">To the last lot that is reached so.</param>
/// <param name="Arrive">Households that come from another of today's grids; <paramref name="Leave"/>: that go from the one it continues.</param>
public sealed record GridFigures(
    int Number, int Today, IReadOnlyList<int> Lots, int Households, int Members, int Care, int Pieces, double Compactness, double WalkMetres, double FarthestMetres, int Arrive, int Leave)
{
    public int Buildings => Lots.Count;
    public bool Contiguous => Pieces == 1;
}

/// <summary>A lot that changes its grid.</summary>
/// <param name="From">Today's grid.</param>
/// <param name="To">The plan's grid, by number in the plan.</param>
public readonly record struct LotMove(int Lot, int From, int To, int Households);

/// <summary>A proposal: which lot in which grid, what that means, and what it falls short of. A person decides.</summary>
public sealed record GridPlan
{
    internal GridPlan() { }

    public required PlanAim Aim { get; init; }
    /// <summary>Aims at which none of the proposals beside it is better; none of a plan drawn by a person.</summary>
    public IReadOnlyList<PlanAim> BestAt { get; init; } = [];
    /// <summary>For each lot its grid, 0 to k − 1; -1: none.</summary>
    public required IReadOnlyList<int> Assignment { get; init; }
    public required IReadOnlyList<GridFigures> Grids { get; init; }
    /// <summary>The sum of the weights of the edges between different grids.</summary>
    public required long Cut { get; init; }
    public required int EdgesCut { get; init; }
    /// <summary>Compounds (by number) whose lots are in more than one grid.</summary>
    public required IReadOnlyList<int> CompoundsSplit { get; init; }
    /// <summary>Grids that lie on both sides of a big road: edges within a grid that cross one.</summary>
    public required int BigRoadsCrossed { get; init; }
    /// <summary>Lots that change their grid, ascending; lots in no grid today are new, not moved.</summary>
    public required IReadOnlyList<LotMove> Moves { get; init; }
    public required int MovedHouseholds { get; init; }
    /// <summary>The largest grid's households divided by the mean; 1 where nobody lives. Members and care alike.</summary>
    public required double MaxToMean { get; init; }
    /// <summary>How far the grid farthest from the mean of households lies from it, above or below, as a share of the mean; 0 where nobody lives.</summary>
    public required double OffMean { get; init; }
    public required double MembersMaxToMean { get; init; }
    public required double CareMaxToMean { get; init; }
    public required IReadOnlyList<Shortfall> Shortfalls { get; init; }

    public bool Contiguous => Grids.All(g => g.Pieces <= 1);
    public int MovedBuildings => Moves.Count;
}

/// <summary>What moving one lot changes.</summary>
/// <param name="After">The plan with the move.</param>
/// <param name="Cut">Change of the cut; negative: the borders cost less.</param>
/// <param name="MovedHouseholds">Change of the households that leave today's grid.</param>
/// <param name="Arisen">Shortfalls that weren't there before, or that grew; <paramref name="Settled"/>: that are gone.</param>
public sealed record MoveEffect(GridPlan Before, GridPlan After, long Cut, int MovedHouseholds, IReadOnlyList<Shortfall> Arisen, IReadOnlyList<Shortfall> Settled);

/// <summary>Why the wish can't be met in full, whatever the plan.</summary>
public enum Obstacle
{
    /// <summary>More islands than grids: some grid has to lie on two of them. Have: islands, Limit: grids.</summary>
    MoreIslandsThanGrids,
    /// <summary>An island too small for a grid of its own was counted to the nearest one. Lot: its first; Have: its households.</summary>
    SmallIsland,
    /// <summary>One lot alone exceeds what a grid may have.</summary>
    LotTooLarge,
    /// <summary>All households together are too few or too many for so many grids of such sizes.</summary>
    SizesDontAddUp,
    /// <summary>A pair that must not be together is locked to one grid.</summary>
    LockedTogether,
}

/// <param name="Lot">The lot it concerns; -1: none.</param>
public sealed record ObstacleFound(Obstacle Kind, int Lot, double Have, double Limit);

/// <summary>Several plans beside each other, the best first, and why none can meet the wish in full where none can.</summary>
public sealed record Proposals(int GridCount, IReadOnlyList<GridPlan> Plans, IReadOnlyList<ObstacleFound> Obstacles);
