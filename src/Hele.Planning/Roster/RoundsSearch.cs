namespace Hele.Planning.Roster;

/// <summary>How long and by which seed to search. The same options give the same plan on every machine and with any number of threads, unless <see cref="Enough"/> cuts the search short.</summary>
public sealed record RoundsOptions
{
    public int Seed { get; init; } = 1;
    /// <summary>How often each chain takes the rounds apart and puts them together again.</summary>
    public long Steps { get; init; } = 200_000;
    /// <summary>Searches that start anew, of which the best is kept.</summary>
    public int Chains { get; init; } = 2;
    /// <summary>How many chains run at once.</summary>
    public int Threads { get; init; } = 1;
    /// <summary>Ends the search early with the best found so far: a caller's outer limit on time. What is found then depends on the machine.</summary>
    public CancellationToken Enough { get; init; }
}

/// <summary>Steps done of all, and the least cost so far.</summary>
public readonly record struct RoundsProgress(long Done, long All, double Cost);

/// <summary>
/// Adaptive large neighbourhood search (Ropke and Pisinger 2006) with removal of neighbouring strings and insertion that blinks (Christiaens and Vanden Berghe 2020), accepted by simulated annealing. A few visits that have
/// something to do with each other are taken out and put back where they cost least; which way of taking out is chosen by what it has brought.
/// </summary>
public static class RoundsSearch
{
    const int Blink = 100, Segment = 500, Look = 512;

    /// <exception cref="ArgumentOutOfRangeException">No steps, chains or threads.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; nothing is kept.</exception>
    /// <exception cref="InvalidOperationException">No rounds were found that keep every pair within its gap.</exception>
    public static RoundsPlan Solve(RoundsProblem problem, RoundsOptions? options = null, IProgress<RoundsProgress>? progress = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(problem);
        options ??= new();
        ArgumentOutOfRangeException.ThrowIfNegative(options.Steps);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Chains, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Threads, 1);
        cancel.ThrowIfCancellationRequested();
        var report = new Report(progress, options.Steps * options.Chains);
        var plans = new RoundsPlan?[options.Chains];
        if (options.Threads == 1)
            for (var chain = 0; chain < plans.Length; chain++)
                plans[chain] = Chain(problem, options, chain, report, cancel);
        else
            Parallel.For(0, plans.Length, new() { MaxDegreeOfParallelism = options.Threads, CancellationToken = cancel }, chain => plans[chain] = Chain(problem, options, chain, report, cancel));
        return plans.Where(p => p != null).MinBy(p => p!.Cost) ?? throw new InvalidOperationException("No rounds were found that keep every pair within its gap.");
    }

    sealed class Report(IProgress<RoundsProgress>? progress, long all)
    {
        readonly Lock gate = new();
        long done;
        double least = double.PositiveInfinity;

        public void Add(long steps, double cost)
        {
            if (progress == null)
                return;
            lock (gate)
            {
                (done, least) = (done + steps, Math.Min(least, cost));
                progress.Report(new(done, all, least));
            }
        }
    }

    static RoundsPlan? Chain(RoundsProblem problem, RoundsOptions options, int chain, Report report, CancellationToken cancel)
    {
        var dice = new Dice((ulong)(uint)options.Seed << 32 | (uint)chain);
        dice.Bits();
        RoundsState now = new(problem), before = new(problem), best = new(problem);
        if (!Construct(now, dice))
            return null;
        best.CopyFrom(now);
        if (now.Visits == 0)
            return now.ToPlan();
        var removal = new Removal(now);
        var list = new List<int>();
        // A change of so many parts of the cost is taken as often as not, at first and at the end.
        var (hot, cold) = (0.01 * now.Cost, 0.0002 * now.Cost);
        var weights = new double[Removal.Ways];
        var (gained, used) = (new double[Removal.Ways], new int[Removal.Ways]);
        Array.Fill(weights, 1);
        var steps = options.Steps;
        var heat = hot;
        for (long step = 0; step < steps; step++)
        {
            if (step % Look == 0)
            {
                cancel.ThrowIfCancellationRequested();
                if (options.Enough.IsCancellationRequested)
                    break;
                heat = hot * Math.Pow(cold / hot, step / (double)steps);
                if (step > 0 && step % (Look * 64) == 0)
                    report.Add(Look * 64, best.Cost);
            }
            if (step > 0 && step % Segment == 0)
                for (var w = 0; w < weights.Length; w++)
                {
                    if (used[w] > 0)
                        weights[w] = Math.Max(0.1, 0.8 * weights[w] + 0.2 * gained[w] / used[w]);
                    (gained[w], used[w]) = (0, 0);
                }
            before.CopyFrom(now);
            var way = Draw(weights, dice);
            removal.Choose(now, way, list, dice);
            foreach (var v in list)
                now.Remove(v);
            if (!now.Time() || !PutBack(now, list, dice, Blink))
            {
                now.CopyFrom(before);
                continue;
            }
            used[way]++;
            var change = now.Cost - before.Cost;
            if (now.Cost < best.Cost - 1e-7)
            {
                // Everything anew, so that what is kept has no errors of rounding.
                now.Time();
                best.CopyFrom(now);
                gained[way] += 10;
            }
            else if (change < -1e-9)
                gained[way] += 3;
            else if (change < -heat * Math.Log(1 - dice.Share()))
                gained[way] += change > 1e-9 ? 1 : 0;
            else
                now.CopyFrom(before);
        }
        report.Add(steps % (Look * 64), best.Cost);
        best.Time();
        return best.ToPlan();
    }

    static int Draw(double[] weights, Dice dice)
    {
        var left = dice.Share() * weights.Sum();
        for (var w = 0; w < weights.Length; w++)
            if ((left -= weights[w]) < 0)
                return w;
        return weights.Length - 1;
    }

    static bool Construct(RoundsState state, Dice dice)
    {
        var order = Enumerable.Range(0, state.Visits).OrderBy(v => state.Partner(v) < 0 ? state.LatestOf(v) : Math.Min(state.LatestOf(v), state.LatestOf(state.Partner(v)))).ThenBy(v => v).ToList();
        for (var round = 0; round < 100; round++)
        {
            state.Clear();
            if (PutBack(state, order, dice, round == 0 ? 0 : 10, sort: false) && state.Time())
                return true;
            var mixed = order.ToArray();
            dice.Shuffle(mixed);
            order = [.. mixed];
        }
        return false;
    }

    static bool PutBack(RoundsState state, List<int> list, Dice dice, int blink, bool sort = true)
    {
        if (sort)
            Order(state, list, dice);
        foreach (var v in list)
        {
            if (state.Placed(v))
                continue;
            if (state.Partner(v) is >= 0 and var p && !state.Placed(p))
            {
                if (!state.InsertPair(v, p, dice, blink))
                    return false;
            }
            else if (!state.Insert(v, dice, blink))
                return false;
        }
        return true;
    }

    static void Order(RoundsState state, List<int> list, Dice dice)
    {
        var span = System.Runtime.InteropServices.CollectionsMarshal.AsSpan(list);
        dice.Shuffle(span);
        Span<double> keys = stackalloc double[span.Length];
        var way = dice.Below(8);
        if (way < 3)
            return;
        for (var i = 0; i < span.Length; i++)
            keys[i] = way switch
            {
                3 => state.LatestOf(span[i]),
                4 => -state.LatestOf(span[i]),
                5 => -state.Walk(state.StartNode(0), span[i]),
                6 => state.Walk(state.StartNode(0), span[i]),
                _ => state.Partner(span[i]) >= 0 ? 0 : 1,
            };
        keys.Sort(span);
    }
}

/// <summary>Ways to choose what is taken out of the rounds.</summary>
sealed class Removal(RoundsState shape)
{
    public const int Ways = 5;
    readonly int[][] near = Near(shape);
    readonly bool[] chosen = new bool[shape.Visits];
    readonly bool[] touched = new bool[shape.Carers];
    readonly int[] round = new int[shape.Visits];

    /// <summary>For each visit the others by walking and by how far their hours lie apart.</summary>
    static int[][] Near(RoundsState state)
    {
        var near = new int[state.Visits][];
        for (var v = 0; v < near.Length; v++)
        {
            double Apart(int other) => other == state.Partner(v) ? 0 : state.Walk(v, other) + 0.25 * Math.Abs(state.EarliestOf(v) - state.EarliestOf(other));
            near[v] = [.. Enumerable.Range(0, near.Length).OrderBy(Apart).ThenBy(o => o)];
        }
        return near;
    }

    public void Choose(RoundsState state, int way, List<int> list, Dice dice)
    {
        list.Clear();
        var most = Math.Min(state.Visits, 4 + state.Visits / 5);
        var count = 1 + dice.Below(most);
        switch (way)
        {
            case 0:
                Strings(state, list, count, dice);
                break;
            case 1:
                while (list.Count < count)
                    Add(list, dice.Below(state.Visits));
                break;
            case 2:
                var seed = dice.Below(state.Visits);
                for (var i = 0; list.Count < count && i < near[seed].Length; i++)
                    if (dice.Below(5) > 0)
                        Add(list, near[seed][i]);
                break;
            case 3:
                Late(state, list, count, dice);
                break;
            default:
                // Those that cost most on the way or by being late, the dice deciding among them.
                while (list.Count < count)
                {
                    var (worst, dearest) = (-1, double.NegativeInfinity);
                    for (var k = 0; k < 4; k++)
                    {
                        var v = dice.Below(state.Visits);
                        if (!chosen[v] && state.Detour(v) + state.LateOf(v) is var cost && cost > dearest)
                            (worst, dearest) = (v, cost);
                    }
                    if (worst >= 0)
                        Add(list, worst);
                }
                break;
        }
        // Both of a pair mostly move together; one alone sometimes finds a place beside the other.
        var together = dice.Below(4) > 0;
        var first = list.Count;
        for (var i = 0; together && i < first; i++)
            if (state.Partner(list[i]) is >= 0 and var p)
                Add(list, p);
        foreach (var v in list)
            chosen[v] = false;
    }

    void Add(List<int> list, int visit)
    {
        if (chosen[visit])
            return;
        chosen[visit] = true;
        list.Add(visit);
    }

    /// <summary>A string out of each of a few rounds that pass near one visit.</summary>
    void Strings(RoundsState state, List<int> list, int count, Dice dice)
    {
        Array.Clear(touched);
        var seed = dice.Below(state.Visits);
        foreach (var v in near[seed])
        {
            if (list.Count >= count)
                return;
            var c = state.CarerOf(v);
            if (chosen[v] || touched[c])
                continue;
            touched[c] = true;
            var (length, at) = (0, 0);
            for (var n = state.First(c); state.IsVisit(n); n = state.Next(n))
            {
                if (n == v)
                    at = length;
                round[length++] = n;
            }
            var cut = Math.Min(length, 1 + dice.Below(Math.Min(8, count)));
            var from = Math.Max(0, Math.Min(length - cut, at - dice.Below(cut)));
            // Sometimes some in the middle stay.
            var kept = cut < length && dice.Below(2) == 0 ? 1 + dice.Below(Math.Max(1, Math.Min(3, length - cut))) : 0;
            var hole = kept > 0 ? dice.Below(cut) : cut;
            for (var i = 0; i < cut; i++)
            {
                var index = from + i + (i >= hole ? kept : 0);
                if (index < length)
                    Add(list, round[index]);
            }
        }
    }

    /// <summary>A late visit with those before it in its round, and with its partner and those before that.</summary>
    void Late(RoundsState state, List<int> list, int count, Dice dice)
    {
        var (late, most) = (dice.Below(state.Visits), -1.0);
        for (var v = 0; v < state.Visits; v++)
            if (state.LateOf(v) * (0.2 + dice.Share()) is var mine && mine > most)
                (late, most) = (v, mine);
        for (var v = late; v >= 0;)
        {
            for (var n = v; list.Count < count && n >= 0 && state.IsVisit(n); n = state.Previous(n))
                Add(list, n);
            var p = state.Partner(v);
            if (p < 0 || chosen[p])
                break;
            v = p;
        }
        while (list.Count < count)
            Add(list, near[late][dice.Below(state.Visits)]);
    }
}
