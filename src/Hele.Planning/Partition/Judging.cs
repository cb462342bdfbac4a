namespace Hele.Planning.Partition;

/// <summary>Works out what an assignment means. Knows nothing of how it was found.</summary>
static class Judging
{
    public static GridPlan Judge(LotGraph graph, PartitionWish wish, int k, IReadOnlyList<int> assignment, PlanAim aim)
    {
        var lots = graph.Lots;
        var members = new List<int>[k];
        for (var g = 0; g < k; g++)
            members[g] = [];
        var shortfalls = new List<Shortfall>();
        for (var v = 0; v < lots.Count; v++)
        {
            if (assignment[v] < 0)
                shortfalls.Add(new(ShortfallKind.Unassigned, -1, 0, 1, v));
            else
                members[assignment[v]].Add(v);
        }
        var locked = Locked(graph, wish);
        var today = Continues(graph, k, assignment, locked);
        var pieces = Pieces(graph, k, assignment);
        var moves = new List<LotMove>();
        var moved = 0L;
        var (arrive, leave) = (new int[k], new int[k]);
        var gridOf = new Dictionary<int, int>();
        for (var g = 0; g < k; g++)
            if (today[g] >= 0)
                gridOf[today[g]] = g;
        for (var v = 0; v < lots.Count; v++)
        {
            if (lots[v].Today < 0 || assignment[v] < 0 || today[assignment[v]] == lots[v].Today)
                continue;
            moves.Add(new(v, lots[v].Today, assignment[v], lots[v].Households));
            moved += lots[v].Households;
            arrive[assignment[v]] += lots[v].Households;
            if (gridOf.TryGetValue(lots[v].Today, out var from))
                leave[from] += lots[v].Households;
            if (locked[v])
                shortfalls.Add(new(ShortfallKind.LockedMoves, assignment[v], assignment[v], lots[v].Today, v));
        }
        var (cut, edgesCut, roads) = (0L, 0, 0);
        foreach (var e in graph.Edges)
        {
            if (assignment[e.A] != assignment[e.B])
                (cut, edgesCut) = (cut + e.Weight, edgesCut + 1);
            else if (e.BigRoad && assignment[e.A] >= 0)
                roads++;
        }
        var split = lots.Select((l, v) => (l.Compound, Grid: assignment[v])).Where(l => l.Compound >= 0 && l.Grid >= 0).Distinct().GroupBy(l => l.Compound).Where(c => c.Count() > 1).Select(c => c.Key).Order().ToList();
        foreach (var (a, b) in wish.Apart)
            if (assignment[a] >= 0 && assignment[a] == assignment[b])
                shortfalls.Add(new(ShortfallKind.Together, assignment[a], 0, 0, a, b));

        var shape = new Shape(graph);
        var grids = new GridFigures[k];
        for (var g = 0; g < k; g++)
        {
            var list = members[g];
            var (walk, farthest) = shape.Walk(list, assignment);
            grids[g] = new(g, today[g], list, Sum(list, l => l.Households), Sum(list, l => l.Members), Sum(list, l => l.Care), pieces[g], shape.Compactness(list), walk, farthest, arrive[g], leave[g]);
            if (list.Count == 0)
                shortfalls.Add(new(ShortfallKind.Empty, g, 0, 1));
            else if (pieces[g] > 1)
                shortfalls.Add(new(ShortfallKind.NotContiguous, g, pieces[g], 1));
            if (grids[g].Households < wish.LeastHouseholds)
                shortfalls.Add(new(ShortfallKind.TooFewHouseholds, g, grids[g].Households, wish.LeastHouseholds.Value));
            if (grids[g].Households > wish.MostHouseholds)
                shortfalls.Add(new(ShortfallKind.TooManyHouseholds, g, grids[g].Households, wish.MostHouseholds.Value));
            if (list.Count > 0 && grids[g].Members < wish.LeastMembers)
                shortfalls.Add(new(ShortfallKind.TooFewMembers, g, grids[g].Members, wish.LeastMembers));
        }
        var households = Even(shortfalls, ShortfallKind.HouseholdsUneven, wish.Households, wish.Below, grids, g => g.Households);
        var party = Even(shortfalls, ShortfallKind.MembersUneven, wish.Members, 1, grids, g => g.Members);
        var care = Even(shortfalls, ShortfallKind.CareUneven, wish.Care, 1, grids, g => g.Care);
        if (moved > wish.MostMovedHouseholds)
            shortfalls.Add(new(ShortfallKind.TooManyMoved, -1, moved, wish.MostMovedHouseholds.Value));
        return new()
        {
            Aim = aim, Assignment = [.. assignment], Grids = grids, Cut = cut, EdgesCut = edgesCut, CompoundsSplit = split, BigRoadsCrossed = roads, Moves = moves, MovedHouseholds = (int)Math.Min(int.MaxValue, moved),
            MaxToMean = households, OffMean = Off(grids, g => g.Households), MembersMaxToMean = party, CareMaxToMean = care, Shortfalls = [.. shortfalls.OrderBy(s => s.Kind).ThenBy(s => s.Grid).ThenBy(s => s.Lot).ThenBy(s => s.Other)],
        };

        int Sum(List<int> list, Func<Lot, int> what) => (int)Math.Min(int.MaxValue, list.Sum(v => (long)what(lots[v])));
    }

    public static bool[] Locked(LotGraph graph, PartitionWish wish)
    {
        var locked = new bool[graph.Lots.Count];
        for (var v = 0; v < locked.Length; v++)
            locked[v] = graph.Lots[v].Locked;
        foreach (var v in wish.Locked)
            locked[v] = true;
        return locked;
    }

    /// <summary>How far the grid farthest from the mean lies from it, as a share of the mean.</summary>
    internal static double Off(IReadOnlyList<GridFigures> grids, Func<GridFigures, int> what)
    {
        var mean = grids.Sum(g => (long)what(g)) / (double)grids.Count;
        return mean == 0 ? 0 : grids.Max(g => Math.Abs(what(g) - mean)) / mean;
    }

    static double Even(List<Shortfall> shortfalls, ShortfallKind kind, Balance balance, double below, GridFigures[] grids, Func<GridFigures, int> what)
    {
        var total = grids.Sum(g => (long)what(g));
        if (total == 0)
            return 1;
        var mean = total / (double)grids.Length;
        if (balance.Weight > 0)
            foreach (var g in grids)
            {
                if (what(g) > mean * (1 + balance.Tolerance) + 1e-9)
                    shortfalls.Add(new(kind, g.Number, what(g), mean * (1 + balance.Tolerance)));
                else if (what(g) < mean * (1 - below) - 1e-9)
                    shortfalls.Add(new(kind, g.Number, what(g), mean * (1 - below)));
            }
        return grids.Max(what) / mean;
    }

    /// <summary>Which of today's grids each grid continues: locked lots first, then as many households as possible stay, then lots.</summary>
    public static int[] Continues(LotGraph graph, int k, IReadOnlyList<int> assignment, bool[] locked)
    {
        var labels = graph.Lots.Select(l => l.Today).Where(t => t >= 0).Distinct().Order().ToArray();
        var kept = new long[k, labels.Length];
        for (var v = 0; v < assignment.Count; v++)
        {
            var lot = graph.Lots[v];
            if (assignment[v] >= 0 && lot.Today >= 0)
                kept[assignment[v], Array.BinarySearch(labels, lot.Today)] += (long)lot.Households * (graph.Lots.Count + 1) + 1 + (locked[v] ? LockedKept : 0);
        }
        return [.. Matching.Best(kept).Select(c => c < 0 ? -1 : labels[c])];
    }

    /// <summary>Outweighs the households of any city, and thirty thousand of it still are a number.</summary>
    internal const long LockedKept = 1L << 46;

    static int[] Pieces(LotGraph graph, int k, IReadOnlyList<int> assignment)
    {
        var pieces = new int[k];
        var seen = new bool[assignment.Count];
        var stack = new Stack<int>();
        for (var v = 0; v < seen.Length; v++)
        {
            if (seen[v] || assignment[v] < 0)
                continue;
            pieces[assignment[v]]++;
            seen[v] = true;
            stack.Push(v);
            while (stack.TryPop(out var at))
                for (var a = graph.First[at]; a < graph.First[at + 1]; a++)
                    if (graph.Heads[a] is var to && !seen[to] && assignment[to] == assignment[v])
                    {
                        seen[to] = true;
                        stack.Push(to);
                    }
        }
        return pieces;
    }

    /// <summary>How a grid lies on the ground.</summary>
    sealed class Shape(LotGraph graph)
    {
        readonly double[] distance = new double[graph.Lots.Count];
        readonly double[] walk = new double[graph.Lots.Count];

        public double Compactness(List<int> list)
        {
            if (list.Count < 2)
                return 1;
            double x = 0, y = 0, own = 0;
            foreach (var v in list)
                (x, y) = (x + graph.East[v], y + graph.North[v]);
            (x, y) = (x / list.Count, y / list.Count);
            for (var v = 0; v < distance.Length; v++)
                distance[v] = (graph.East[v] - x) * (graph.East[v] - x) + (graph.North[v] - y) * (graph.North[v] - y);
            foreach (var v in list)
                own += distance[v];
            Array.Sort(distance);
            double nearest = 0;
            for (var i = 0; i < list.Count; i++)
                nearest += distance[i];
            return own > 0 ? Math.Min(1, nearest / own) : 1;
        }

        public (double Mean, double Farthest) Walk(List<int> list, IReadOnlyList<int> assignment)
        {
            if (list.Count == 0)
                return (0, 0);
            double x = 0, y = 0, all = 0;
            foreach (var v in list)
            {
                // A grid in which nobody lives has a middle too.
                var weight = graph.Lots[v].Households + 1e-6;
                (x, y, all) = (x + weight * graph.East[v], y + weight * graph.North[v], all + weight);
            }
            (x, y) = (x / all, y / all);
            var middle = list.MinBy(v => (graph.East[v] - x) * (graph.East[v] - x) + (graph.North[v] - y) * (graph.North[v] - y));
            foreach (var v in list)
                walk[v] = double.PositiveInfinity;
            walk[middle] = 0;
            var queue = new PriorityQueue<int, (double, int)>();
            queue.Enqueue(middle, (0, middle));
            while (queue.TryDequeue(out var at, out var key))
            {
                if (key.Item1 > walk[at])
                    continue;
                for (var a = graph.First[at]; a < graph.First[at + 1]; a++)
                    if (graph.Heads[a] is var to && assignment[to] == assignment[middle] && walk[at] + graph.Edges[graph.EdgeOf[a]].Metres is var there && there < walk[to])
                    {
                        walk[to] = there;
                        queue.Enqueue(to, (there, to));
                    }
            }
            double sum = 0, weights = 0, farthest = 0;
            foreach (var v in list)
                if (double.IsFinite(walk[v]))
                {
                    var weight = graph.Lots[v].Households + 1e-6;
                    (sum, weights, farthest) = (sum + weight * walk[v], weights + weight, Math.Max(farthest, walk[v]));
                }
            return (sum / weights, farthest);
        }
    }
}
