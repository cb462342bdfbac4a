namespace Hele.Planning.Partition;

/// <summary>From a wish to plans.</summary>
static class PlanSearch
{
    // Found by trials on the bench's towns. All but the rounds are in mean ties.
    const double Warmth = 5, LeaveLightly = 1, Leave = 20, LeaveWarmth = 20, LeavePrice = 200, RecombineKept = 0.25, Charge = 0.25;
    /// <summary>What dividing a compound costs where natural borders are sought, in mean ties. They are sought twice: so that hardly any gain outweighs it, and warm enough to pass from one choice of compounds to another.</summary>
    const double DividedNever = 60, DividedWarm = 20, WarmthBetweenCompounds = 60;
    /// <summary>How far from even the most balanced plan may stay unpunished.</summary>
    const double Even = 0.002;
    const int Rises = 3, MoreTries = 1;

    /// <summary>Enough that every pair of neighbours has its turn often; pairs of few lots cost little, and get more.</summary>
    static int Rounds(int lots, int k, int effort) => (int)(effort * (60L + 12 * k) * Math.Clamp(225.0 * k / lots, 1, lots < 200 ? 2 : 3));

    public static List<GridPlan> Plans(LotGraph graph, PartitionWish wish, int k, IProgress<double>? progress, CancellationToken cancel)
    {
        var field = FieldBuilder.Of(graph, wish, k) with { Charge = Charge * k / graph.Lots.Count };
        var aims = Aims(graph, wish);
        var rounds = Rounds(graph.Lots.Count, k, wish.Effort);
        var work = new Work((long)rounds * aims.Count, progress, cancel);
        var plans = new List<GridPlan>();
        for (var i = 0; i < aims.Count && plans.Count < wish.Proposals; i++)
        {
            var dice = new Dice(((ulong)(uint)wish.Seed << 8) + (ulong)i);
            var natural = aims[i] == PlanAim.NaturalBorders && wish.WholeCompounds && field.Compounds > 0;
            var assignment = Number(graph, wish, k, Seek(graph, wish, field, aims[i], (natural ? DividedNever : 0, Warmth), rounds, dice, work));
            if (natural)
            {
                var other = Number(graph, wish, k, Seek(graph, wish, field, aims[i], (DividedWarm, WarmthBetweenCompounds), rounds, dice, work));
                assignment = [.. Best([Judging.Judge(graph, wish, k, assignment, aims[i]), Judging.Judge(graph, wish, k, other, aims[i])], wish, aims[i]).Assignment];
            }
            work.Reach((long)rounds * (i + 1));
            // The second plan for the same aim must be another one to be worth a look.
            var least = plans.Any(p => p.Aim == aims[i]) ? Math.Max(1, graph.Lots.Count / 50) : 1;
            if (plans.All(p => Differ(p.Assignment, assignment) >= least))
                plans.Add(Judging.Judge(graph, wish, k, assignment, aims[i]));
        }
        // Whatever a search was for, its plan may be the best at something else: each aim gets the best that any search found, and a plan that is best at nothing stays only as another one to look at.
        var best = aims.Distinct().Select(a => (Aim: a, Plan: Best(plans, wish, a))).GroupBy(b => b.Plan).Select(b => b.Key with { Aim = b.First().Aim, BestAt = [.. b.Select(x => x.Aim)] }).ToList();
        best.AddRange(plans.Where(p => best.All(b => b.Assignment != p.Assignment && !AtLeastAsGood(b, p, wish))).ToList());
        return [.. best.Take(wish.Proposals).OrderBy(p => p.Shortfalls.Any(s => s.Kind == ShortfallKind.TooManyMoved)).ThenBy(Missed)];
    }

    static int Missed(GridPlan plan) => plan.Shortfalls.Count(s => s.Kind != ShortfallKind.TooFewMembers);

    /// <summary>What an aim counts, the less the better, the first number first. The fewest moves are those of a plan that is even as wished; natural borders and evenness go before it.</summary>
    static double[] Measure(GridPlan plan, PartitionWish wish, PlanAim aim) => aim switch
    {
        PlanAim.FewestMoves => [Missed(plan), plan.MovedHouseholds, plan.MovedBuildings, plan.CompoundsSplit.Count],
        PlanAim.NaturalBorders => [Broken(plan), wish.WholeCompounds ? plan.CompoundsSplit.Count : 0, plan.Cut],
        // Households are what a grid's size is told by: the rest only decides between plans alike in them, unless it alone is shared out.
        _ => [Broken(plan), wish.Households.Weight > 0 || wish.Members.Weight + wish.Care.Weight == 0 ? plan.OffMean : 0, Others(plan, wish), plan.MovedHouseholds],
    };

    /// <summary>What is missed besides evenness.</summary>
    static int Broken(GridPlan plan) => plan.Shortfalls.Count(s => s.Kind is not (ShortfallKind.TooFewMembers or ShortfallKind.HouseholdsUneven or ShortfallKind.MembersUneven or ShortfallKind.CareUneven));

    /// <summary>How far members and care lie from their means, each by its weight.</summary>
    static double Others(GridPlan plan, PartitionWish wish) => (wish.Members.Weight * Judging.Off(plan.Grids, g => g.Members)) + (wish.Care.Weight * Judging.Off(plan.Grids, g => g.Care));

    static GridPlan Best(List<GridPlan> plans, PartitionWish wish, PlanAim aim) => plans.MinBy(p => Measure(p, wish, aim), Comparer<double[]>.Create(static (a, b) => a.AsSpan().SequenceCompareTo(b)))!;

    /// <summary>No aim is served better by the other.</summary>
    static bool AtLeastAsGood(GridPlan plan, GridPlan other, PartitionWish wish) =>
        new[] { PlanAim.FewestMoves, PlanAim.NaturalBorders, PlanAim.MostBalanced }.All(a => Measure(plan, wish, a).AsSpan().SequenceCompareTo(Measure(other, wish, a)) <= 0);

    static int Differ(IReadOnlyList<int> a, int[] b) => a.Where((g, v) => g != b[v]).Count();

    /// <summary>One search for each; a few more where two come out alike.</summary>
    static List<PlanAim> Aims(LotGraph graph, PartitionWish wish)
    {
        var aims = new List<PlanAim>();
        var today = graph.Lots.Any(l => l.Today >= 0);
        if (today && wish.KeepToday)
            aims.Add(PlanAim.FewestMoves);
        aims.Add(PlanAim.NaturalBorders);
        aims.Add(PlanAim.MostBalanced);
        if (today && !wish.KeepToday)
            aims.Add(PlanAim.FewestMoves);
        var wanted = wish.Proposals == 1 ? 1 : wish.Proposals + MoreTries;
        while (aims.Count < wanted)
            aims.Add(PlanAim.NaturalBorders);
        return aims[..wanted];
    }

    static int[] Seek(LotGraph graph, PartitionWish wish, Field field, PlanAim aim, (double Divided, double Warmth) price, int rounds, Dice dice, Work work)
    {
        var tie = field.Tie.Where(t => t > 0).DefaultIfEmpty(1).Average();
        // Where the sizes of a grid are wished, natural borders keep to them alone; the plan says how uneven that is.
        if (aim == PlanAim.NaturalBorders && wish is { LeastHouseholds: not null, MostHouseholds: not null })
            field = FieldBuilder.Of(graph, wish with { Households = wish.Households with { Weight = 0 } }, field.K) with { Charge = field.Charge };
        field = field with { Divided = (long)(price.Divided * tie) };
        var wished = field;
        if (aim == PlanAim.MostBalanced)
            field = field with { Most = [.. field.Most.Select(m => Math.Min(m, 1 + Even))], Least = [.. field.Least.Select(l => Math.Max(l, 1 - 5 * Even))] };
        if (aim != PlanAim.FewestMoves && !wish.KeepToday)
            return Levelled(field, Anew(field, dice), price.Warmth * tie, 1);

        var fewest = aim == PlanAim.FewestMoves;
        var (leave, uneven) = fewest ? (Leave * tie, LeavePrice) : (LeaveLightly * tie, 2.0);
        var best = Levelled(Dearer(field, uneven) with { Leave = Leaving(graph, leave) }, Today(graph, field, dice), (fewest ? LeaveWarmth : price.Warmth) * tie, fewest ? RecombineKept : 1);
        // Where more move than may, moving gets dearer, first with unevenness that it stays what counts most.
        for (var rise = 1; rise <= Rises && Moved(best) > wish.MostMovedHouseholds; rise++)
            best = Levelled(Dearer(field, uneven * Math.Pow(5, rise)) with { Leave = Leaving(graph, leave * Math.Pow(5, rise)) }, rise < Rises ? best : Today(graph, field, dice), LeaveWarmth * tie, RecombineKept);
        // Then alone: the limit goes before evenness. Last of all nobody moves but for what hangs together with nothing.
        for (var rise = 1; rise <= 2 * Rises && Moved(best) > wish.MostMovedHouseholds; rise++)
        {
            var search = new Recombination(Dearer(field, uneven) with { Leave = Leaving(graph, leave * Math.Pow(5, rise)) }, Today(graph, field, dice), dice);
            if (rise < 2 * Rises)
                search.Run(rounds / 2, LeaveWarmth * tie, work.Step, RecombineKept);
            if (Moved(search.Best) < Moved(best))
                best = search.Best;
        }
        return best;

        long Moved(int[] grid) => grid.Select((g, v) => field.Home[v] >= 0 && field.Home[v] != g ? (long)graph.Lots[v].Households : 0).Sum();

        // Unevenness, and with it parting what must not be together, which stays worth more.
        static Field Dearer(Field field, double factor) => field with { Price = [.. field.Price.Select(p => p * factor)], PairTie = [.. field.PairTie.Select(t => (long)(t * factor))] };

        // Unevenness is a price, so that the search passes through it. Where it is paid at the end, the price rises, and the search gets warm enough to pass from one unevenness to another; at
        // last it begins anew.
        int[] Levelled(Field priced, int[] start, double warmth, double recombine)
        {
            var (best, least) = (start, double.PositiveInfinity);
            for (var rise = 0; ; rise++)
            {
                var search = new Recombination(priced, start, dice);
                search.Run(rise == 0 ? rounds : rounds / 2, warmth, work.Step, recombine);
                var paid = new Recombination(field, search.Best, dice).BestUneven;
                if (paid < least)
                    (best, least) = (search.Best, paid);
                // Whoever seeks more than is wished doesn't begin anew for it.
                if (rise == Rises || least <= 1e-9 || (rise + 1 == Rises && new Recombination(wished, best, dice).BestUneven <= 1e-9))
                    return best;
                (priced, start, recombine) = (Dearer(priced, 4), rise + 1 == Rises ? Anew(field, dice) : best, 1);
                warmth = priced.Price[0] * field.K / field.N * (rise == 0 ? 0.5 : 2);
            }
        }
    }

    /// <summary>The grids in the order of today's that they continue, new ones after them by their first lot.</summary>
    static int[] Number(LotGraph graph, PartitionWish wish, int k, int[] grid)
    {
        var today = Judging.Continues(graph, k, grid, Judging.Locked(graph, wish));
        var order = Enumerable.Range(0, k).OrderBy(g => today[g] < 0).ThenBy(g => today[g]).ThenBy(g => Array.IndexOf(grid, g)).ToList();
        var number = new int[k];
        for (var i = 0; i < k; i++)
            number[order[i]] = i;
        return [.. grid.Select(g => number[g])];
    }

    static int[] Anew(Field field, Dice dice)
    {
        var none = new int[field.N];
        Array.Fill(none, -1);
        return Growth.Grow(field, none, dice);
    }

    /// <summary>What leaving costs: its households' part, and a little for the building itself.</summary>
    static long[] Leaving(LotGraph graph, double perLot)
    {
        var mean = Math.Max(1, graph.Households / (double)graph.Lots.Count);
        return [.. graph.Lots.Select(l => 1 + (long)(perLot * (0.7 * l.Households / mean + 0.3)))];
    }

    /// <summary>Today's grids: of a grid in pieces the largest piece, of one that isn't kept nothing; what is left over grows onto its neighbours.</summary>
    static int[] Today(LotGraph graph, Field field, Dice dice)
    {
        var grid = new int[field.N];
        var piece = new int[field.N];
        Array.Fill(piece, -1);
        var weight = new List<long>();
        var stack = new Stack<int>();
        for (var v = 0; v < field.N; v++)
        {
            if (piece[v] >= 0 || field.Home[v] < 0)
                continue;
            weight.Add(0);
            piece[v] = weight.Count - 1;
            stack.Push(v);
            while (stack.TryPop(out var at))
            {
                weight[^1] += (long)graph.Lots[at].Households * (field.N + 1) + 1;
                for (var a = field.First[at]; a < field.First[at + 1]; a++)
                    if (field.Heads[a] is var to && piece[to] < 0 && field.Home[to] == field.Home[at])
                    {
                        piece[to] = piece[at];
                        stack.Push(to);
                    }
            }
        }
        var largest = new int[field.K];
        Array.Fill(largest, -1);
        for (var v = 0; v < field.N; v++)
            if (piece[v] >= 0 && (largest[field.Home[v]] is var l && l < 0 || weight[piece[v]] > weight[l]))
                largest[field.Home[v]] = piece[v];
        for (var v = 0; v < field.N; v++)
            grid[v] = piece[v] >= 0 && largest[field.Home[v]] == piece[v] ? field.Home[v] : -1;
        return Growth.Grow(field, grid, dice);
    }

    /// <summary>Counts rounds for whoever waits.</summary>
    sealed class Work(long all, IProgress<double>? progress, CancellationToken cancel)
    {
        long done;
        double told;

        public void Step()
        {
            done++;
            if ((done & 15) == 0)
                Tell();
        }

        public void Reach(long rounds)
        {
            done = rounds;
            Tell();
        }

        void Tell()
        {
            cancel.ThrowIfCancellationRequested();
            var share = Math.Min(1, done / (double)Math.Max(1, all));
            if (progress != null && share >= told + 0.005)
                progress.Report(told = share);
        }
    }
}
