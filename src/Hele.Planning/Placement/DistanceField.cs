namespace Hele.Planning.Placement;

/// <summary>A <see cref="DistanceProblem"/> laid out flat: only customers that count, each with the allowed sites that reach them, nearest first. Weights and sums are whole numbers below 2^53, so doubles hold them exactly.</summary>
sealed class DistanceField
{
    public DistanceField(DistanceProblem problem, PlacementOptions options)
    {
        problem.Check();
        options.Check();
        var (choice, costs) = (problem.Choice, problem.Costs);
        Sites = choice.Sites;
        State = new sbyte[Sites];
        foreach (var i in choice.Forbidden)
            State[i] = -1;
        foreach (var i in choice.Fixed)
            State[i] = 1;
        Price = [.. Enumerable.Range(0, Sites).Select(i => choice.Costs?[i] ?? 1)];
        Allowed = State.Count(s => s >= 0);
        Most = Math.Min(choice.Most ?? Sites, Allowed);
        Budget = choice.Budget;
        Capacity = choice.Capacities is { } c ? [.. c] : null;
        // Fixed sites alone may already be too many: nothing else can be chosen then, and there is no answer.
        Possible = State.Count(s => s > 0) <= (choice.Most ?? Sites) && !(Enumerable.Range(0, Sites).Where(i => State[i] > 0).Sum(i => Price[i]) > Budget);

        var counted = new List<int>();
        var (weights, starts, sites, reach) = (new List<double>(), new List<int>(), new List<int>(), new List<double>());
        var keys = new long[Sites];
        for (var j = 0; j < costs.GetLength(0); j++)
        {
            var weight = problem.Weights?[j] ?? 1;
            if (weight == 0)
                continue;
            var n = 0;
            for (var i = 0; i < Sites; i++)
                if (costs[j, i] >= 0 && State[i] >= 0)
                    keys[n++] = (long)costs[j, i] << 32 | (uint)i;
            if (n == 0)
                continue;
            Array.Sort(keys, 0, n);
            counted.Add(j);
            weights.Add(weight);
            starts.Add(sites.Count);
            for (var t = 0; t < n; t++)
            {
                sites.Add((int)(keys[t] & int.MaxValue));
                reach.Add(keys[t] >> 32);
            }
            // Scans end here without asking how long the list is.
            sites.Add(0);
            reach.Add(double.PositiveInfinity);
            Worst += weight * (keys[n - 1] >> 32);
            Greatest = Math.Max(Greatest, keys[n - 1] >> 32);
            Weight += weight;
        }
        (Customers, Weights, Start, Site, Cost) = (counted.Count, [.. weights], [.. starts, sites.Count], [.. sites], [.. reach]);
        Rows = new double[(long)Sites * Customers];
        for (var j = 0; j < Customers; j++)
            for (var i = 0; i < Sites; i++)
                Rows[i * Customers + j] = costs[counted[j], i] is >= 0 and var cost ? cost : double.PositiveInfinity;
        Far = Math.Max(Greatest + 1, Math.Min(Worst + 1, Math.Floor((1L << 52) / Math.Max(1.0, Weight))));
        Ceilings = [.. Weights.Select(w => 2.0 * (Worst + 1) / w)];
        Scale = 1;
        while (Scale < 1 << 20 && Scale * 8 * Math.Max(1, Customers) * (double)(Worst + 1) < 1L << 61)
            Scale *= 2;
    }

    /// <summary>The question whether everybody can be within the radius: being so costs nothing, not being so one, and only a set that costs nothing is an answer.</summary>
    public DistanceField(DistanceField of, double radius)
    {
        (Sites, Customers, State, Allowed, Most, Budget, Price, Possible) = (of.Sites, of.Customers, of.State, of.Allowed, of.Most, of.Budget, of.Price, of.Possible);
        (Weights, Weight, Far, Scale) = ([.. Enumerable.Repeat(1.0, Customers)], Customers, 1, 1 << 20);
        Ceilings = Weights;
        Rows = new double[of.Rows.Length];
        for (var at = 0; at < Rows.Length; at++)
            Rows[at] = of.Rows[at] <= radius ? 0 : double.PositiveInfinity;
        var (starts, sites, reach) = (new int[Customers + 1], new List<int>(), new List<double>());
        for (var j = 0; j < Customers; j++)
        {
            starts[j] = sites.Count;
            for (var t = of.Start[j]; of.Cost[t] <= radius; t++)
            {
                sites.Add(of.Site[t]);
                reach.Add(0);
            }
            sites.Add(0);
            reach.Add(double.PositiveInfinity);
        }
        starts[^1] = sites.Count;
        (Start, Site, Cost) = (starts, [.. sites], [.. reach]);
    }

    public int Sites { get; }
    public int Customers { get; }
    /// <summary>By site: 1 fixed, −1 forbidden, 0 to be chosen.</summary>
    public sbyte[] State { get; }
    public int Allowed { get; }
    public int Most { get; }
    public long? Budget { get; }
    public long[] Price { get; }
    public long[]? Capacity { get; }
    /// <summary>The fixed sites keep the limits.</summary>
    public bool Possible { get; }
    public double[] Weights { get; }
    public long Weight { get; }
    /// <summary>Customer j's sites are <see cref="Site"/>[Start[j] … Start[j + 1] − 2], nearest first, equals by number; the last place is infinitely far.</summary>
    public int[] Start { get; }
    public int[] Site { get; }
    public double[] Cost { get; }
    /// <summary>[site × customers + customer]: the same costs, infinite where unreachable.</summary>
    public double[] Rows { get; }
    /// <summary>Above what any answer can come to; one more than it is the bound where there is none.</summary>
    public long Worst { get; }
    public long Greatest { get; }
    /// <summary>What the search lets an unreached unit of weight cost. Such sets are never told as answers.</summary>
    public double Far { get; }
    /// <summary>By customer: no price needs to be higher, not even to prove that there is no answer.</summary>
    public double[] Ceilings { get; }
    public long Scale { get; }

    public bool Limited => Budget != null;

    /// <summary>What may still be opened: how many more sites, and for how much.</summary>
    public (int Count, long Money) Left(ReadOnlySpan<sbyte> state)
    {
        var (count, money) = (Most, Budget ?? long.MaxValue);
        for (var i = 0; i < state.Length; i++)
            if (state[i] > 0)
                (count, money) = (count - 1, Budget == null ? money : money - Price[i]);
        return (count, money);
    }
}

/// <summary>The best distinct sets of sites seen.</summary>
sealed class AnswerPool(int size)
{
    readonly SortedSet<SiteSet> sets = new(Comparer<SiteSet>.Create((a, b) =>
    {
        if (a.Value != b.Value)
            return a.Value.CompareTo(b.Value);
        for (var i = 0; i < a.Open.Count && i < b.Open.Count; i++)
            if (a.Open[i] != b.Open[i])
                return a.Open[i].CompareTo(b.Open[i]);
        return a.Open.Count.CompareTo(b.Open.Count);
    }));

    public SiteSet? Best => sets.Min;

    /// <returns>It is better than all before.</returns>
    public bool Offer(long value, IReadOnlyList<int> open)
    {
        var better = Best is not { } best || value < best.Value;
        if (!better && sets.Count >= size && value >= sets.Max!.Value)
            return false;
        sets.Add(new(open, value));
        if (sets.Count > size)
            sets.Remove(sets.Max!);
        return better;
    }

    public IReadOnlyList<SiteSet> Others(PlacementOptions options) =>
        Best is not { } best ? [] : [.. sets.Skip(1).TakeWhile(s => s.Value <= best.Value + (long)Math.Floor(Math.Min(options.Within, 1e3) * best.Value)).Take(options.Alternatives)];
}
