using Hele.Planning.Partition;
using Hele.Planning.Streets;

namespace Hele.Tests.Planning;

/// <summary>Communities drawn by hand or by a seed, and a plain judge that knows nothing of the engine.</summary>
static class Community
{
    /// <summary>Lots in a row, next to each other.</summary>
    public static LotGraph Row(params int[] households) => Row(households, null);

    public static LotGraph Row(int[] households, int[]? today, Func<Lot, int, Lot>? more = null) =>
        new([.. households.Select((h, i) => (more ?? ((l, _) => l))(new Lot($"b{i}", Drawn.At(i * 50, 0), h, Today: today?[i] ?? -1), i))], [.. Enumerable.Range(0, households.Length - 1).Select(i => new LotEdge(i, i + 1, 10, 50))]);

    /// <summary>A field of so many by so many lots.</summary>
    public static LotGraph Square(int wide, int high, Func<int, Lot, Lot>? lot = null, Func<int, int, int>? weight = null)
    {
        var lots = Enumerable.Range(0, wide * high).Select(i => (lot ?? ((_, l) => l))(i, new Lot($"b{i}", Drawn.At(i % wide * 50, i / wide * 50), 10, 4, 2))).ToList();
        var edges = new List<LotEdge>();
        for (var i = 0; i < lots.Count; i++)
        {
            if (i % wide + 1 < wide)
                edges.Add(new(i, i + 1, weight?.Invoke(i, i + 1) ?? 10, 50));
            if (i + wide < lots.Count)
                edges.Add(new(i, i + wide, weight?.Invoke(i, i + wide) ?? 10, 50));
        }
        return new(lots, edges);
    }

    /// <summary>Neighbours along a random tree and some more, in one piece or in several.</summary>
    public static LotGraph Any(int seed, int lots, int grids, int islands = 1)
    {
        var random = new Random(seed);
        var list = Enumerable.Range(0, lots).Select(i => new Lot($"b{i}", Drawn.At(random.Next(1000), random.Next(1000)), random.Next(1, 30), random.Next(6), random.Next(4), random.Next(-1, 5))).ToList();
        var pairs = new Dictionary<(int, int), LotEdge>();
        void Join(int a, int b)
        {
            if (a != b && a % islands == b % islands)
                pairs.TryAdd((Math.Min(a, b), Math.Max(a, b)), new(a, b, random.Next(0, 50), random.Next(10, 200), random.Next(4) == 0));
        }
        for (var i = islands; i < lots; i++)
            Join(i, random.Next(i / islands) * islands + i % islands);
        for (var i = 0; i < lots; i++)
            Join(random.Next(lots), random.Next(lots));
        var graph = new LotGraph(list, [.. pairs.Values]);
        // Today: grown from seeds, so that it is a plan like any other.
        var today = Partitioner.Propose(graph, new() { Grids = grids, Seed = seed + 1, Proposals = 1, Effort = 1 }).Plans[0].Assignment;
        return new([.. list.Select((l, i) => l with { Today = today[i] })], [.. pairs.Values]);
    }

    /// <summary>In how many pieces a grid lies.</summary>
    public static int Pieces(LotGraph graph, IReadOnlyList<int> assignment, int grid)
    {
        var left = Enumerable.Range(0, assignment.Count).Where(v => assignment[v] == grid).ToHashSet();
        var pieces = 0;
        while (left.Count > 0)
        {
            pieces++;
            var open = new Queue<int>([left.First()]);
            left.Remove(open.Peek());
            while (open.TryDequeue(out var at))
                foreach (var e in graph.Edges)
                    if ((e.A == at ? e.B : e.B == at ? e.A : -1) is >= 0 and var to && left.Remove(to))
                        open.Enqueue(to);
        }
        return pieces;
    }

    public static long Cut(LotGraph graph, IReadOnlyList<int> assignment) => graph.Edges.Where(e => assignment[e.A] != assignment[e.B]).Sum(e => (long)e.Weight);

    public static double MaxToMean(LotGraph graph, IReadOnlyList<int> assignment, int k) =>
        Enumerable.Range(0, k).Max(g => graph.Lots.Where((_, v) => assignment[v] == g).Sum(l => l.Households)) * (double)k / graph.Lots.Sum(l => l.Households);

    /// <summary>Every way to cut the lots into k grids, the first lot of each new grid in ascending order.</summary>
    public static IEnumerable<int[]> All(int lots, int k)
    {
        var grid = new int[lots];
        IEnumerable<int[]> From(int v, int used)
        {
            if (v == lots)
            {
                if (used == k)
                    yield return grid;
                yield break;
            }
            for (var g = 0; g <= Math.Min(used, k - 1); g++)
            {
                grid[v] = g;
                foreach (var one in From(v + 1, Math.Max(used, g + 1)))
                    yield return one;
            }
        }
        return From(0, 0);
    }
}
