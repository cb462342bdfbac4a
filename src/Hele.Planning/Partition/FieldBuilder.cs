namespace Hele.Planning.Partition;

static class FieldBuilder
{
    public static Field Of(LotGraph graph, PartitionWish wish, int k)
    {
        var n = graph.Lots.Count;
        var edges = graph.Edges.Select(e => (e.A, e.B, Tie: (long)e.Weight)).ToList();
        var mean = Math.Max(1, edges.Count == 0 ? 1 : edges.Sum(e => e.Tie) / edges.Count);
        var strong = Math.Max(mean, edges.Count == 0 ? 1 : edges.Max(e => e.Tie)) * 8;
        foreach (var (a, b) in Bridges(graph))
            edges.Add((a, b, -strong));
        var (first, heads, ties) = Rows(n, edges);
        // Parting a pair is worth more than being even: unevenness is priced by the lots of a grid, and so is this.
        var parted = -64 * strong * Math.Max(1, n / k);
        var pairs = wish.Apart.Select(p => (Math.Min(p.A, p.B), Math.Max(p.A, p.B))).Distinct().Order().Select(p => (p.Item1, p.Item2, parted)).ToList();
        var (pairFirst, pairHeads, pairTies) = Rows(n, pairs);

        var locked = Judging.Locked(graph, wish);
        var label = Labels(graph, locked, k);
        var gridOf = new int[graph.TodayGrids + 1];
        Array.Fill(gridOf, -1);
        for (var g = 0; g < k; g++)
            if (label[g] >= 0)
                gridOf[label[g]] = g;
        var home = new int[n];
        for (var v = 0; v < n; v++)
            home[v] = graph.Lots[v].Today >= 0 ? gridOf[graph.Lots[v].Today] : -1;

        var kinds = new List<(double[] Share, double Most, double Least, double Price)>();
        // A lot is the n/k-th part of a grid: moving one must be worth more than a few ties.
        var price = 8.0 * mean * n / k;
        void Kind(Func<Lot, int> what, Balance balance, double most, double least)
        {
            var total = graph.Lots.Sum(l => (long)what(l));
            if (total > 0)
                kinds.Add(([.. graph.Lots.Select(l => what(l) * (double)k / total)], most, least, price * (balance.Weight > 0 ? balance.Weight : 1)));
        }
        var households = Math.Max(1, graph.Households) / (double)k;
        var even = wish.Households.Weight > 0;
        if (even || wish.MostHouseholds != null || wish.LeastHouseholds != null)
            Kind(l => l.Households, wish.Households, Math.Min(even ? 1 + wish.Households.Tolerance : double.MaxValue, wish.MostHouseholds / households ?? double.MaxValue),
                Math.Max(even ? 1 - wish.Below : 0, wish.LeastHouseholds / households ?? 0));
        if (wish.Members.Weight > 0)
            Kind(l => l.Members, wish.Members, 1 + wish.Members.Tolerance, 0);
        if (wish.Care.Weight > 0)
            Kind(l => l.Care, wish.Care, 1 + wish.Care.Tolerance, 0);
        // Without any wish, or where nobody lives, buildings count, loosely: no grid is empty.
        if (kinds.Count == 0)
            kinds.Add(([.. Enumerable.Repeat((double)k / n, n)], double.MaxValue, 0, price));
        var together = graph.Lots.Where(l => l.Compound >= 0).GroupBy(l => l.Compound).Where(c => c.Skip(1).Any()).Select((c, i) => (c.Key, i)).ToDictionary(c => c.Key, c => c.i);
        var share = new double[n * kinds.Count];
        for (var v = 0; v < n; v++)
            for (var d = 0; d < kinds.Count; d++)
                share[v * kinds.Count + d] = kinds[d].Share[v];
        return new()
        {
            N = n, K = k, First = first, Heads = heads, Tie = ties, PairFirst = pairFirst, PairHeads = pairHeads, PairTie = pairTies, Share = share, Kinds = kinds.Count,
            Most = [.. kinds.Select(d => d.Most)], Least = [.. kinds.Select(d => d.Least)], Price = [.. kinds.Select(d => d.Price)],
            Compound = [.. graph.Lots.Select(l => together.GetValueOrDefault(l.Compound, -1))], Compounds = together.Count, Home = home, Leave = new long[n], Locked = locked, Label = label,
        };
    }

    static (int[] First, int[] Heads, long[] Ties) Rows(int n, List<(int A, int B, long Tie)> edges)
    {
        var first = new int[n + 1];
        foreach (var (a, b, _) in edges)
        {
            first[a + 1]++;
            first[b + 1]++;
        }
        for (var v = 0; v < n; v++)
            first[v + 1] += first[v];
        var (heads, ties) = (new int[first[n]], new long[first[n]]);
        var next = first.AsSpan(0, n).ToArray();
        foreach (var (a, b, tie) in edges)
        {
            (heads[next[a]], ties[next[a]++]) = (b, tie);
            (heads[next[b]], ties[next[b]++]) = (a, tie);
        }
        return (first, heads, ties);
    }

    /// <summary>The shortest straight lines that join all islands (Prim).</summary>
    static List<(int A, int B)> Bridges(LotGraph graph)
    {
        var bridges = new List<(int, int)>();
        if (graph.Islands == 1)
            return bridges;
        var n = graph.Lots.Count;
        var (near, square) = (new int[n], new double[n]);
        Array.Fill(square, double.PositiveInfinity);
        var joined = new bool[graph.Islands];
        void Join(int island)
        {
            joined[island] = true;
            for (var v = 0; v < n; v++)
            {
                if (graph.Island[v] != island)
                    continue;
                for (var u = 0; u < n; u++)
                    if (!joined[graph.Island[u]] && graph.Square(u, v) is var d && d < square[u])
                        (square[u], near[u]) = (d, v);
            }
        }
        Join(0);
        for (var i = 1; i < graph.Islands; i++)
        {
            var best = -1;
            for (var u = 0; u < n; u++)
                if (!joined[graph.Island[u]] && (best < 0 || square[u] < square[best]))
                    best = u;
            bridges.Add((near[best], best));
            Join(graph.Island[best]);
        }
        return bridges;
    }

    /// <summary>Which of today's grids keep their number: those with locked lots, then the largest. In ascending order.</summary>
    static int[] Labels(LotGraph graph, bool[] locked, int k)
    {
        var size = new long[graph.TodayGrids];
        for (var v = 0; v < locked.Length; v++)
            if (graph.Lots[v].Today is >= 0 and var t)
                size[t] += (long)graph.Lots[v].Households * (locked.Length + 1) + 1 + (locked[v] ? Judging.LockedKept : 0);
        var kept = Enumerable.Range(0, size.Length).Where(t => size[t] > 0).OrderByDescending(t => size[t]).ThenBy(t => t).Take(k).Order().ToList();
        return [.. Enumerable.Range(0, k).Select(g => g < kept.Count ? kept[g] : -1)];
    }
}
