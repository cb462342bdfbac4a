namespace Hele.Planning.Placement;

/// <summary>
/// Branch and bound over sites, depth first. At each node the Lagrangian's prices, at first from the volume method and then from the linear program's interior point, give a bound; sites whose other case it rules out are
/// decided at once; what is left is made smaller and asked again, until a site in doubt has to be tried both ways.
/// </summary>
sealed class CoverSearch
{
    const long WorkPerEffort = 400_000_000;
    readonly CoverProblem problem;
    readonly bool most;
    readonly PlacementOptions options;
    readonly IProgress<PlacementProgress>? progress;
    readonly CancellationToken cancel;
    readonly Dice dice;
    readonly CoverPool pool;
    readonly CoverReduction reduction;
    readonly CoverCore root;
    readonly BranchTree tree;
    readonly long mostWork;
    long work, rootBound, nextPolish = 64;
    int branches;

    public CoverSearch(CoverProblem problem, bool most, PlacementOptions options, IProgress<PlacementProgress>? progress, CancellationToken cancel)
    {
        (this.problem, this.most, this.options, this.progress, this.cancel) = (problem, most, options, progress, cancel);
        options.Check();
        dice = new((ulong)options.Seed);
        pool = new(problem, most);
        reduction = new(problem, most);
        root = reduction.Core(out var of);
        mostWork = options.Effort * WorkPerEffort;
        var size = (Int128)Math.Max(1, most ? problem.Weights.ToArray().Sum() : root.TotalWeight + root.Cost.Sum());
        var scale = 1L << 40;
        while (scale > 1 << 10 && size * scale > 1L << 61)
            scale >>= 1;
        tree = new(of, scale);
    }

    public Placement Run()
    {
        rootBound = most ? root.Base + root.TotalWeight : 0;
        if (root.Limit < 0 || root.Budget < 0)
            tree.Empty(0);
        else
        {
            // The bounds of no prices at all, by which nobody is paid for and everything may be had, and of the first guess: something to say when it is stopped at once.
            var (none, guess) = (new CoverPrices(root, tree.Scale, new double[root.Customers], 0), new CoverPrices(root, tree.Scale, Start(root), 0));
            var first = guess.Bound < none.Bound ? guess : none;
            // Whatever comes, there is an answer: where all are to be covered, every site but those that add nothing.
            if (!most)
                pool.Offer([.. root.Open, .. root.Site]);
            if (root.Sites > 0)
                Seek(root, [], 300);
            rootBound = first.Bound;
            Tell();
            Branch(0, root, Start(root), 0, tree.Row(first.Row()), first.Bound, 0);
        }
        // Looking for others may meet a better one.
        var others = pool.Others(options.Alternatives, options.Within);
        var best = pool.Best;
        var bound = best is null ? tree.Bound : Math.Max(tree.Bound, most ? best.Value : -best.Value);
        var proven = bound <= pool.Floor;
        Tell();
        cancel.ThrowIfCancellationRequested();
        return new()
        {
            Best = best, Bound = most ? Math.Max(0, bound) : -bound, IsProven = proven, Proof = tree.Proof(reduction.Dominated), Alternatives = others,
        };
    }

    bool IsOver => work > mostWork || options.Enough.IsCancellationRequested || tree.IsFull;

    bool Stop()
    {
        cancel.ThrowIfCancellationRequested();
        return options.Enough.IsCancellationRequested;
    }

    void Tell() => progress?.Report(new(pool.Best?.Value, most ? Math.Max(rootBound, pool.Best?.Value ?? 0) : pool.Best is { } best ? Math.Min(-rootBound, best.Value) : -rootBound, branches));

    /// <summary>Half of what a customer is worth, less where many sites would cover it.</summary>
    static double[] Start(CoverCore core)
    {
        var prices = new double[core.Customers];
        for (var j = 0; j < prices.Length; j++)
            prices[j] = core.Weight[j] * (core.Most ? 0.5 : 1.0 / core.SitesOf(j).Length);
        if (core.Most)
            return prices;
        // Where all are to be covered: the cheapest share of a site's cost.
        for (var j = 0; j < prices.Length; j++)
        {
            prices[j] = core.Weight[j];
            foreach (var i in core.SitesOf(j))
                prices[j] = Math.Min(prices[j], core.Cost[i] / (double)core.CustomersOf(i).Length);
        }
        return prices;
    }

    void Branch(int slot, CoverCore core, double[] prices, double budgetPrice, int row, long bound, int depth)
    {
        var refined = false;
        while (true)
        {
            cancel.ThrowIfCancellationRequested();
            if (IsOver)
            {
                tree.Leaf(slot, row, bound);
                return;
            }
            if (Forced(ref slot, ref core, ref prices, row, bound) is false)
                return;
            if (core.Customers == 0 || core.Limit == 0 || core.Most && core.IsFree)
            {
                pool.Offer([.. core.Open, .. core.Limit == 0 || !core.Most ? [] : core.Site]);
                // Everybody at the price of their weight where nobody more can be covered, for nothing where all can.
                var end = new CoverPrices(core, tree.Scale, [.. core.Weight.Select(w => core.Limit == 0 ? w : 0.0)], 0);
                if (end.Bound <= pool.Floor)
                {
                    tree.Leaf(slot, tree.Row(end.Row()), end.Bound);
                    return;
                }
            }
            work += 40 + core.CustomerItem.Length;
            var system = CoverInterior.Work(core);
            var cheap = system < 400_000;
            double[]? share = null;
            if (!refined)
            {
                refined = true;
                var steps = depth > 0 ? cheap ? 0 : 30 : cheap ? 60 : 400;
                var ascent = new CoverAscent(core, prices, budgetPrice);
                if (steps > 0)
                {
                    var met = 0;
                    ascent.Run(steps, pool.Floor, depth > 0 ? 0.5 : 1, depth > 0 ? null : taken =>
                    {
                        if (core.Most && met++ < 6)
                            Seek(core, taken, 0);
                    }, Stop);
                    work += (long)steps * (core.SiteItem.Length + core.Sites * 8L);
                    (prices, budgetPrice, share) = (ascent.Prices, ascent.BudgetPrice, ascent.Share);
                    if (Settle(ref slot, ref core, ref prices, ref row, ref bound, budgetPrice, out var less))
                        return;
                    if (depth == 0)
                    {
                        (rootBound, refined) = (bound, !less);
                        Tell();
                    }
                    if (less)
                        continue;
                }
            }
            if (system < 500_000_000 && !Stop())
            {
                var program = new CoverInterior(core);
                program.Run(60, pool.Floor, Stop);
                work += program.Steps * (system + 60L * core.Customers);
                (prices, budgetPrice, share) = (program.Prices, program.BudgetPrice, program.Share);
                if (Settle(ref slot, ref core, ref prices, ref row, ref bound, budgetPrice, out var less))
                    return;
                if (depth == 0)
                {
                    rootBound = bound;
                    Tell();
                }
                if (less)
                    continue;
                if (depth == 0 || branches >= nextPolish)
                {
                    nextPolish = branches + 64 + branches / 4;
                    var before = pool.Floor;
                    Seek(core, Enumerable.Range(0, core.Sites).Where(i => share[i] > 0.01).OrderByDescending(i => share[i]).ThenBy(i => i).Take(core.Most ? core.Limit : core.Sites), depth == 0 ? 200 : 40);
                    if (pool.Floor > before)
                        continue;
                }
            }
            share ??= new CoverAscent(core, prices, budgetPrice).Share;
            var site = Doubtful(core, share);
            branches++;
            if (branches % 16 == 1)
                Tell();
            var (open, closed) = tree.Split(slot, core.Site[site]);
            var state = new byte[core.Sites];
            state[site] = 1;
            if (core.After(state, prices, out var carried) is { } left)
                Branch(open, left, carried, budgetPrice, row, bound, depth + 1);
            state[site] = 2;
            if (core.After(state, prices, out carried) is not { } right)
            {
                tree.Empty(closed);
                return;
            }
            (slot, core, prices, refined) = (closed, right, carried, false);
            depth++;
        }
    }

    /// <summary>The site whose part is nearest to a half, weighed by how many it covers.</summary>
    static int Doubtful(CoverCore core, double[] share)
    {
        var (best, most) = (0, double.NegativeInfinity);
        for (var i = 0; i < core.Sites; i++)
        {
            var weight = 0.0;
            foreach (var j in core.CustomersOf(i))
                weight += core.Weight[j];
            var doubt = Math.Min(share[i], 1 - share[i]);
            var score = (doubt + 0.001) * Math.Sqrt(weight);
            if (score > most)
                (best, most) = (i, score);
        }
        return best;
    }

    /// <summary>Sites that must open because somebody has no other, or that the budget no longer allows. False: the node is done with.</summary>
    bool Forced(ref int slot, ref CoverCore core, ref double[] prices, int row, long bound)
    {
        while (true)
        {
            // Sites that each must open can be more than may open together.
            if (core.Limit < 0 || core.Budget < 0)
            {
                tree.Empty(slot);
                return false;
            }
            var state = new byte[core.Sites];
            var any = false;
            if (!core.Most)
            {
                for (var j = 0; j < core.Customers; j++)
                    if (core.SitesOf(j) is [var only] && state[only] == 0)
                    {
                        var (open, closed) = tree.Split(slot, core.Site[only]);
                        tree.Empty(closed);
                        (slot, state[only], any) = (open, 1, true);
                    }
            }
            else if (core.Price is not null)
            {
                for (var i = 0; i < core.Sites; i++)
                    if (core.Price[i] > core.Budget)
                    {
                        var (open, closed) = tree.Split(slot, core.Site[i]);
                        tree.Empty(open);
                        (slot, state[i], any) = (closed, 2, true);
                    }
            }
            if (!any)
                return true;
            if (core.After(state, prices, out var carried) is not { } next)
            {
                tree.Empty(slot);
                return false;
            }
            (core, prices) = (next, carried);
        }
    }

    /// <summary>Ends the node where the bound allows it; else decides the sites whose other case it rules out. <paramref name="less"/>: so many that the node is worth asking again.</summary>
    /// <returns>The node is done with.</returns>
    bool Settle(ref int slot, ref CoverCore core, ref double[] prices, ref int row, ref long bound, double budgetPrice, out bool less)
    {
        less = false;
        var exact = new CoverPrices(core, tree.Scale, prices, budgetPrice);
        work += core.SiteItem.Length;
        if (exact.Bound <= pool.Floor)
        {
            tree.Leaf(slot, tree.Row(exact.Row()), exact.Bound);
            return true;
        }
        var fresh = -1;
        if (exact.Bound < bound || core.Owner.Length < 20_000)
            (row, bound) = (fresh = tree.Row(exact.Row()), Math.Min(bound, exact.Bound));
        var state = new byte[core.Sites];
        var decided = 0;
        for (var i = 0; i < core.Sites; i++)
        {
            var (with, without) = (exact.BoundWith(i), exact.BoundWithout(i));
            if (with > pool.Floor && without > pool.Floor)
                continue;
            if (fresh < 0)
                fresh = tree.Row(exact.Row());
            var (open, closed) = tree.Split(slot, core.Site[i]);
            decided++;
            if (with <= pool.Floor)
            {
                tree.Leaf(open, fresh, with);
                (slot, state[i]) = (closed, 2);
            }
            else
            {
                tree.Leaf(closed, fresh, without);
                (slot, state[i]) = (open, 1);
            }
        }
        if (decided == 0)
            return false;
        var before = core.Sites;
        if (core.After(state, prices, out var carried) is not { } next)
        {
            tree.Empty(slot);
            return true;
        }
        (core, prices) = (next, carried);
        less = core.Sites != before;
        return false;
    }

    /// <summary>Looks for better sites within a core.</summary>
    void Seek(CoverCore core, IEnumerable<int> start, int steps)
    {
        if (core.Most)
        {
            var swap = new CoverSwap(core, dice);
            swap.Run(start, steps, Stop);
            pool.Offer([.. core.Open, .. swap.Best.Select(i => core.Site[i])]);
        }
        else
        {
            var weighting = new CoverWeighting(core, dice);
            weighting.Run(start, steps * 20, core.Base - pool.Floor, Stop);
            if (weighting.Best is { } best)
                pool.Offer([.. core.Open, .. best.Select(i => core.Site[i])]);
        }
    }
}
