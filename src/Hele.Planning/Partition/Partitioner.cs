namespace Hele.Planning.Partition;

/// <summary>
/// Proposes how to cut a community into grids of whole buildings, contiguous on foot, and judges any cut a person draws. Pure: same graph, wish and seed, same answer on every machine. Any
/// number of threads may ask. It only proposes.
/// </summary>
public static class Partitioner
{
    /// <summary>Several different plans, the best first.</summary>
    /// <param name="progress">Parts of the work done, 0 to 1.</param>
    /// <exception cref="ArgumentException">The wish doesn't fit the lots; says how.</exception>
    /// <exception cref="OperationCanceledException" />
    public static Proposals Propose(LotGraph graph, PartitionWish wish, IProgress<double>? progress = null, CancellationToken cancel = default)
    {
        cancel.ThrowIfCancellationRequested();
        var k = Check(graph, wish);
        var obstacles = Obstacles.Find(graph, wish, k);
        var plans = PlanSearch.Plans(graph, wish, k, progress, cancel);
        progress?.Report(1);
        return new(k, plans, obstacles);
    }

    /// <summary>How many grids the wish asks for.</summary>
    /// <exception cref="ArgumentException">As <see cref="Propose"/>.</exception>
    public static int GridCount(LotGraph graph, PartitionWish wish) => Check(graph, wish);

    /// <summary>What an assignment means, drawn by anybody: a millisecond for a community.</summary>
    /// <param name="assignment">For each lot its grid, 0 to k − 1, or -1 for none. There are as many grids as the wish asks for, or more where the assignment has them.</param>
    /// <exception cref="ArgumentException">As <see cref="Propose"/>; an assignment of another length or with a number below -1.</exception>
    public static GridPlan Judge(LotGraph graph, PartitionWish wish, IReadOnlyList<int> assignment) => Judge(graph, wish, assignment, PlanAim.ByHand);

    static GridPlan Judge(LotGraph graph, PartitionWish wish, IReadOnlyList<int> assignment, PlanAim aim)
    {
        var k = Check(graph, wish);
        if (assignment.Count != graph.Lots.Count)
            throw new ArgumentException($"The assignment has {assignment.Count} lots, the graph {graph.Lots.Count}.", nameof(assignment));
        foreach (var g in assignment)
        {
            if (g < -1 || g >= graph.Lots.Count)
                throw new ArgumentException($"{g} is no grid: numbers from 0 to before the number of lots, or -1 for none.", nameof(assignment));
            k = Math.Max(k, g + 1);
        }
        return Judging.Judge(graph, wish, k, assignment, aim);
    }

    /// <summary>What changes when one lot goes to another grid.</summary>
    /// <exception cref="ArgumentException">As <see cref="Judge(LotGraph, PartitionWish, IReadOnlyList{int})"/>; a lot that isn't there.</exception>
    public static MoveEffect TryMove(LotGraph graph, PartitionWish wish, GridPlan plan, int lot, int grid)
    {
        if (lot < 0 || lot >= plan.Assignment.Count)
            throw new ArgumentOutOfRangeException(nameof(lot), lot, "There is no such lot.");
        var assignment = plan.Assignment.ToArray();
        assignment[lot] = grid;
        var after = Judge(graph, wish, assignment, PlanAim.ByHand);
        static (ShortfallKind, int, int, int) Key(Shortfall s) => (s.Kind, s.Grid, s.Lot, s.Other);
        var (was, now) = (plan.Shortfalls.ToDictionary(Key), after.Shortfalls.ToDictionary(Key));
        return new(plan, after, after.Cut - plan.Cut, after.MovedHouseholds - plan.MovedHouseholds,
            [.. after.Shortfalls.Where(s => !was.TryGetValue(Key(s), out var before) || Math.Abs(s.Have - s.Limit) > Math.Abs(before.Have - before.Limit) + 1e-9)],
            [.. plan.Shortfalls.Where(s => !now.ContainsKey(Key(s)))]);
    }

    static int Check(LotGraph graph, PartitionWish wish)
    {
        var n = graph.Lots.Count;
        if (n == 0)
            throw new ArgumentException("There are no lots.", nameof(graph));
        foreach (var (name, balance) in new[] { (nameof(wish.Households), wish.Households), (nameof(wish.Members), wish.Members), (nameof(wish.Care), wish.Care) })
            if (!(balance.Weight is >= 0 and <= 100) || !(balance.Tolerance is >= 0 and <= 10))
                throw new ArgumentException($"{name}: a weight lies between 0 and 100, a tolerance between 0 and 10.", nameof(wish));
        if (!(wish.Below is >= 0 and <= 1))
            throw new ArgumentException($"{nameof(wish.Below)} is {wish.Below}; it lies between 0 and 1.", nameof(wish));
        if (wish.LeastHouseholds < 0 || wish.MostHouseholds < 1 || wish.LeastHouseholds > wish.MostHouseholds)
            throw new ArgumentException($"A grid can't have at least {wish.LeastHouseholds} and at most {wish.MostHouseholds} households.", nameof(wish));
        if (wish.MostMovedHouseholds < 0 || wish.LeastMembers < 0)
            throw new ArgumentException("Households that may move and members of a branch are 0 and more.", nameof(wish));
        if (wish.Proposals is < 1 or > 20 || wish.Effort is < 1 or > 100)
            throw new ArgumentException("From 1 to 20 proposals, with an effort of 1 to 100.", nameof(wish));
        foreach (var (a, b) in wish.Apart)
            if (a < 0 || a >= n || b < 0 || b >= n || a == b)
                throw new ArgumentException($"Lots {a} and {b} can't be kept apart: there are {n} lots.", nameof(wish));
        foreach (var v in wish.Locked)
            if (v < 0 || v >= n || graph.Lots[v].Today < 0)
                throw new ArgumentException($"Lot {v} can't be locked: there are {n} lots, and only what is in a grid today can stay in it.", nameof(wish));
        var k = wish.Grids ?? Derive(graph, wish);
        if (k < 1 || k > n)
            throw new ArgumentException($"{n} lots can't be cut into {k} grids.", nameof(wish));
        var locked = Judging.Locked(graph, wish);
        var fixedGrids = graph.Lots.Where((_, v) => locked[v]).Select(l => l.Today).Distinct().Count();
        if (fixedGrids > k)
            throw new ArgumentException($"Lots are locked to {fixedGrids} of today's grids; {k} are wished.", nameof(wish));
        return k;
    }

    static int Derive(LotGraph graph, PartitionWish wish)
    {
        var today = graph.Lots.Select(l => l.Today).Where(t => t >= 0).Distinct().Count();
        if (wish.LeastHouseholds is null && wish.MostHouseholds is null)
            return today > 0 ? today : throw new ArgumentException("Neither the number of grids nor their sizes are wished, and there are no grids today.", nameof(wish));
        var households = graph.Households;
        var fewest = wish.MostHouseholds is { } most ? (int)Math.Min(int.MaxValue, (households + most - 1) / most) : 1;
        var greatest = wish.LeastHouseholds is { } least and > 0 ? (int)Math.Min(int.MaxValue, households / least) : graph.Lots.Count;
        (fewest, greatest) = (Math.Clamp(fewest, 1, graph.Lots.Count), Math.Clamp(greatest, 1, graph.Lots.Count));
        if (wish.KeepToday && today >= fewest && today <= greatest)
            return today;
        var middle = wish is { LeastHouseholds: { } a, MostHouseholds: { } b } ? (a + b) / 2.0 : wish.MostHouseholds ?? wish.LeastHouseholds!.Value;
        var near = (int)Math.Clamp(Math.Round(households / Math.Max(1, middle)), 1, graph.Lots.Count);
        return fewest <= greatest ? Math.Clamp(near, fewest, greatest) : near;
    }
}
