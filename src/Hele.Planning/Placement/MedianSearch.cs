namespace Hele.Planning.Placement;

/// <summary>Branch and bound for medians: a set of sites bettered by exchanges, a bound bettered by prices, each helping the other; sites decided by reduced costs, and a tree over what remains, the least bound first.</summary>
sealed class MedianSearch
{
    /// <summary>Places of lists looked at for each step of effort.</summary>
    public const long WorkPerEffort = 100_000_000;

    sealed record Case(int Slot, sbyte[] State, int Row, long Bound);

    readonly DistanceField f;
    readonly PlacementOptions options;
    readonly IProgress<PlacementProgress>? progress;
    readonly CancellationToken cancel;
    readonly MedianPrices prices;
    readonly MedianSwaps swaps;
    readonly AnswerPool pool;
    readonly Dice dice;
    readonly List<ProofNode> nodes = [default];
    readonly List<long[]> rows = [];
    readonly PriorityQueue<Case, (long, int)> open = new();
    readonly HashSet<string> weighed = [];
    int cases;
    long transports, closedBound = long.MaxValue;
    readonly long allowance;
    /// <summary>Where to wander from while there is no answer yet: the set with the least total.</summary>
    (double Total, List<int> Sites) home = (double.PositiveInfinity, []);

    /// <param name="allowance">Work until the search ends: places of lists looked at.</param>
    public MedianSearch(DistanceField field, PlacementOptions options, long allowance, IProgress<PlacementProgress>? progress, CancellationToken cancel)
    {
        (f, this.options, this.allowance, this.progress, this.cancel) = (field, options, allowance, progress, cancel);
        (prices, swaps, pool, dice) = (new(f), new(f), new(Math.Max(16, 4 * options.Alternatives)), new((ulong)options.Seed));
    }

    public long Work => prices.Work + swaps.Work + transports;
    bool Ends => options.Enough.IsCancellationRequested || Work > allowance;
    /// <summary>An answer better than the best has at most one less; without any, none is above the worst.</summary>
    long Cutoff => pool.Best is { } best ? best.Value - 1 : f.Worst;

    public Placement Solve()
    {
        cancel.ThrowIfCancellationRequested();
        if (!f.Possible || prices.IsHopeless())
        {
            nodes[0] = new(-1, -1, 0);
            return Told(f.Worst + 1);
        }
        First();
        Root();
        while (!Ends && open.TryDequeue(out var next, out _))
            Look(next, 80, 0.5);
        var bound = Math.Min(closedBound, pool.Best?.Value ?? f.Worst + 1);
        while (open.TryDequeue(out var left, out _))
        {
            Leaf(left.Slot, left.Row);
            bound = Math.Min(bound, Up(left.Bound));
        }
        return Told(bound);
    }

    long Up(long scaled) => (long)((scaled + (Int128)f.Scale - 1) / f.Scale);

    Placement Told(long bound)
    {
        cancel.ThrowIfCancellationRequested();
        // Only rows that a leaf reads are handed out.
        var (kept, numbers) = (new List<IReadOnlyList<long>>(), new Dictionary<int, int>());
        for (var n = 0; n < nodes.Count; n++)
            if (nodes[n] is { IsLeaf: true, IfOpen: >= 0 and var row })
            {
                if (!numbers.TryGetValue(row, out var number))
                {
                    numbers[row] = number = kept.Count;
                    kept.Add(rows[row]);
                }
                nodes[n] = new(-1, number, 0);
            }
        if (options.Alternatives > 0 && pool.Best is { } best)
            Neighbours(best);
        return new()
        {
            Best = pool.Best, Bound = bound, IsProven = bound >= (pool.Best?.Value ?? f.Worst + 1), Alternatives = pool.Others(options), Proof = new(nodes, kept, f.Scale),
        };
    }

    void Neighbours(SiteSet best)
    {
        swaps.Set([.. best.Open]);
        foreach (var (_, enter, leave) in swaps.Exchanges(f.Capacity == null ? 4 * options.Alternatives : 2 * options.Alternatives).ToList())
        {
            swaps.Exchange(enter, leave);
            Offer();
            swaps.Exchange(leave, enter);
        }
    }

    /// <summary>The first set of sites, and a few more from it by shaking.</summary>
    void First()
    {
        foreach (var forPrice in f.Limited ? new[] { true, false } : [false])
        {
            swaps.Set([.. Enumerable.Range(0, f.Sites).Where(i => f.State[i] > 0)]);
            swaps.Fill(forPrice);
            Offer();
            if (!Ends)
                Better();
        }
    }

    void Better()
    {
        swaps.Descend(cancel);
        Offer();
        if (pool.Best == null && swaps.Total < home.Total)
            home = (swaps.Total, [.. swaps.Open]);
        if (f.Capacity != null)
            Spread();
    }

    IReadOnlyList<int> Base => pool.Best?.Open ?? home.Sites;

    /// <summary>Around the best set: ever more sites exchanged at random, then bettered (variable neighbourhoods, Hansen and Mladenović 1997).</summary>
    void Wander(int times)
    {
        for (int k = 1, t = 0; t < times && !Ends && Cutoff >= 0; t++)
        {
            var (value, total) = (pool.Best?.Value, home.Total);
            swaps.Set([.. Base]);
            swaps.Fill();
            swaps.Shake(k, dice);
            Better();
            k = pool.Best?.Value != value || home.Total < total ? 1 : k % Math.Max(1, Math.Min(f.Most, 12)) + 1;
        }
    }

    /// <summary>Tells the pool of the present set. With capacities its value is that of the transport.</summary>
    void Offer()
    {
        if (f.Capacity != null)
            Weigh([.. swaps.Open]);
        else if (swaps.Needed() is { } needed)
            Offer((long)swaps.Total, needed);
    }

    void Offer(long value, List<int> sites)
    {
        if (pool.Offer(value, sites))
            progress?.Report(new(value, open.TryPeek(out _, out var first) ? Math.Min(value, Up(first.Item1)) : 0, cases));
    }

    long? Weigh(List<int> sites)
    {
        if (!weighed.Add(string.Join(' ', sites)))
            return null;
        var value = Transport.Solve(f, sites, ref transports).Value;
        if (value is { } v)
            Offer(v, sites);
        return value;
    }

    /// <summary>With capacities, exchanges judged by the transport itself, those first that would be best without; with half of the work at most, so that a bound is sought, too.</summary>
    void Spread()
    {
        var present = Transport.Solve(f, [.. swaps.Open], ref transports).Value ?? long.MaxValue;
        for (var better = true; better && !Ends;)
        {
            better = false;
            foreach (var (_, enter, leave) in swaps.Exchanges(60).ToList())
            {
                cancel.ThrowIfCancellationRequested();
                if (Ends || transports > allowance / 2)
                    return;
                swaps.Exchange(enter, leave);
                if (Weigh([.. swaps.Open]) is { } value && value < present)
                {
                    (present, better) = (value, true);
                    break;
                }
                swaps.Exchange(leave, enter);
            }
        }
    }

    void Root()
    {
        prices.Take(f.State);
        // The nearest site of each as price: nothing is taken back, and what everybody pays at least is a bound.
        var (row, bound) = prices.Exactly();
        rows.Add(row);
        var slot = 0;
        if (!Ends)
        {
            Wander(8);
            // What everybody pays with the best set, and a little of what losing that site would cost them, is a price not far from the best.
            swaps.Set([.. Base]);
            for (var j = 0; j < f.Customers; j++)
                prices.Price[j] = swaps.Paid(j) is var (now, without) ? Math.Min(f.Ceilings[j], now + 0.3 * Math.Min(without - now, now + 1)) : 0;
            for (var turn = 0; turn < 12 && !Ends && bound <= Scaled(Cutoff); turn++)
            {
                Climb(turn == 0 ? 300 : 100, turn == 0 ? 1.5 : 0.7);
                var (better, at) = prices.Exactly();
                if (at > bound)
                {
                    bound = at;
                    rows.Add(better);
                }
                if (bound > Scaled(Cutoff))
                    break;
                prices.Exactly(rows[^1]);
                slot = Fixed(slot, prices.Fix(bound, Scaled(Cutoff)), rows.Count - 1);
                prices.Compact();
                if (prices.IsDecided() || prices.IsHopeless())
                    break;
                Wander(6);
                progress?.Report(new(pool.Best?.Value, Up(bound), cases));
            }
        }
        open.Enqueue(new(slot, [.. prices.State], rows.Count - 1, bound), (bound, 0));
    }

    long Scaled(long value) => value * f.Scale;

    void Climb(int rounds, double step, int patience = 15)
    {
        var tried = 0;
        prices.Climb(rounds, step, patience, Cutoff + 1, (bound, better) =>
        {
            if (better && ++tried % 8 == 1 || tried == 0)
                TryChoice();
            return !Ends;
        }, cancel);
        TryChoice();
    }

    /// <summary>The sites that the prices would open, as a set of their own, bettered.</summary>
    void TryChoice()
    {
        var choice = prices.Choice();
        var key = string.Join(' ', choice);
        if (!weighed.Add("prices " + key) || Ends)
            return;
        swaps.Set(choice);
        Better();
    }

    /// <summary>Decisions that reduced costs force, as nodes with one case closed.</summary>
    int Fixed(int slot, List<(int Site, bool Open)> decisions, int row)
    {
        foreach (var (site, isOpen) in decisions)
        {
            var (leaf, on) = (nodes.Count, nodes.Count + 1);
            nodes.Add(new(-1, row, 0));
            nodes.Add(default);
            nodes[slot] = isOpen ? new(site, on, leaf) : new(site, leaf, on);
            slot = on;
        }
        return slot;
    }

    void Leaf(int slot, int row) => nodes[slot] = new(-1, row, 0);

    void Look(Case next, int rounds, double step)
    {
        cancel.ThrowIfCancellationRequested();
        var (slot, row, bound) = (next.Slot, next.Row, next.Bound);
        if (bound > Scaled(Cutoff))
        {
            Leaf(slot, row);
            return;
        }
        if (++cases % 64 == 0)
            progress?.Report(new(pool.Best?.Value, Up(bound), cases));
        prices.Take(next.State);
        if (prices.IsHopeless())
        {
            Leaf(slot, -1);
            return;
        }
        if (prices.IsDecided())
        {
            Decide(slot);
            return;
        }
        for (var j = 0; j < f.Customers; j++)
            prices.Price[j] = rows[row][j] / (double)f.Scale;
        prices.State.CopyTo(next.State, 0);
        Climb(rounds, step, 8);
        var (better, at) = prices.Exactly();
        if (at > bound)
        {
            (row, bound) = (rows.Count, at);
            rows.Add(better);
        }
        if (bound > Scaled(Cutoff))
        {
            Leaf(slot, row);
            return;
        }
        prices.Exactly(rows[row]);
        var made = prices.Fix(bound, Scaled(Cutoff));
        slot = Fixed(slot, made, row);
        if (made.Count > 0 && prices.IsHopeless())
        {
            Leaf(slot, -1);
            return;
        }
        if (prices.IsDecided())
        {
            Decide(slot);
            return;
        }
        // The site that the choices of the last rounds disagree about most.
        var (_, money) = f.Left(prices.State);
        var branch = Enumerable.Range(0, f.Sites).Where(i => prices.State[i] == 0 && f.Price[i] <= money).MinBy(i => (Math.Abs(prices.Chosen[i] - 0.5), i));
        var (ifOpen, ifClosed) = (nodes.Count, nodes.Count + 1);
        nodes[slot] = new(branch, ifOpen, ifClosed);
        foreach (var s in new sbyte[] { 1, -1 })
        {
            nodes.Add(default);
            sbyte[] state = [.. prices.State];
            state[branch] = s;
            open.Enqueue(new(s > 0 ? ifOpen : ifClosed, state, row, bound), (bound, -nodes.Count));
        }
    }

    /// <summary>Nothing is left to choose: the value, and prices that prove it.</summary>
    void Decide(int slot)
    {
        var sites = Enumerable.Range(0, f.Sites).Where(i => prices.State[i] > 0).ToList();
        var row = new long[f.Customers];
        long? value = 0;
        if (f.Capacity != null)
        {
            (value, row) = Transport.Solve(f, sites, ref transports);
            if (value is { } v)
                Offer(v, sites);
        }
        else
        {
            swaps.Set(sites);
            Offer();
            value = (long)swaps.Total;
            for (var j = 0; j < f.Customers; j++)
                row[j] = sites.Min(i => f.Rows[i * f.Customers + j]) is var c && double.IsInfinity(c) ? f.Worst + 1 : (long)c;
        }
        Leaf(slot, rows.Count);
        rows.Add([.. row.Select(x => x * f.Scale)]);
        if (value is { } found)
            closedBound = Math.Min(closedBound, found);
    }
}
