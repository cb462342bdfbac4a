using System.Runtime.CompilerServices;

namespace Hele.Planning.Roster;

/// <summary>
/// Rounds as linked lists, with the earliest start of every visit. Starts are the least solution of a system of differences (each visit after the one before it, both of a pair within their gap), so a visit put in only ever
/// makes others later: what it would cost is found by pushing the delay along until it is used up, and given up once it costs more than the best place known. A circle in which visits push each other for ever is cut off.
/// </summary>
sealed class RoundsState
{
    /// <summary>A start isn't moved by less: sums of fractions differ in their last digits by the way they are added.</summary>
    const double Grain = 1e-9;
    const double Nowhere = double.NegativeInfinity;

    readonly RoundsProblem problem;
    readonly int visits, carers, nodes, patience;
    /// <summary>By node and node: walking, and from start to start (with the time of the first visit). Nodes are the visits, then start and end of each carer.</summary>
    readonly double[] walk, step;
    readonly double[] earliest, latest, gap;
    readonly int[] partner;
    readonly bool[] able, apart;
    readonly double travelWeight, lateWeight, largestWeight;

    readonly int[] next, previous, carer;
    readonly double[] start;
    double travel, late, largest;

    // Scratch of pushing.
    readonly double[] pushed;
    readonly int[] mark, stack, touched;
    int generation, depth, touchedCount;
    double pushedLate, pushedLargest;

    // Scratch of placing two together.
    readonly Slot[] slots0, slots1;

    struct Slot
    {
        public double Walk, Late;
        public int After;
        public readonly double Least => Walk + Late;
    }

    public RoundsState(RoundsProblem problem)
    {
        this.problem = problem;
        (visits, carers) = (problem.Visits.Count, problem.Carers.Count);
        nodes = visits + 2 * carers;
        patience = 6 * visits + 32;
        (walk, step) = (new double[nodes * nodes], new double[nodes * nodes]);
        int Place(int node) => node < visits ? problem.Visits[node].Place : (node - visits) % 2 == 0 ? problem.Carers[(node - visits) / 2].Start : problem.Carers[(node - visits) / 2].End;
        for (var i = 0; i < nodes; i++)
            for (var j = 0; j < nodes; j++)
            {
                walk[i * nodes + j] = problem.Travel(Place(i), Place(j));
                step[i * nodes + j] = walk[i * nodes + j] + (i < visits ? problem.Visits[i].Duration : 0);
            }
        (earliest, latest, gap) = (new double[nodes], new double[nodes], new double[visits]);
        (partner, able, apart) = (new int[visits], new bool[visits * carers], new bool[visits]);
        Array.Fill(partner, -1);
        for (var v = 0; v < visits; v++)
        {
            (earliest[v], latest[v]) = (problem.Visits[v].Earliest, problem.Visits[v].Latest);
            for (var c = 0; c < carers; c++)
                able[v * carers + c] = problem.Carers[c].Skills.Contains(problem.Visits[v].Skill);
        }
        foreach (var pair in problem.Pairs)
        {
            (partner[pair.First], partner[pair.Second]) = (pair.Second, pair.First);
            (gap[pair.First], gap[pair.Second]) = (pair.MinGap, -pair.MaxGap);
            apart[pair.First] = apart[pair.Second] = pair.TwoCarers;
        }
        (travelWeight, lateWeight, largestWeight) = problem.Weights;
        (next, previous, carer, start) = (new int[nodes], new int[nodes], new int[nodes], new double[nodes]);
        (pushed, mark, stack, touched) = (new double[nodes], new int[nodes], new int[patience * 2 + 8], new int[nodes]);
        (slots0, slots1) = (new Slot[visits + carers], new Slot[visits + carers]);
        Clear();
    }

    public int Visits => visits;
    public int Carers => carers;
    public double Cost => travelWeight * travel + lateWeight * late + largestWeight * largest;

    public int Partner(int visit) => partner[visit];
    public bool Placed(int visit) => carer[visit] >= 0;
    public int CarerOf(int visit) => carer[visit];
    public double StartOf(int visit) => start[visit];
    public double EarliestOf(int visit) => earliest[visit];
    public double LatestOf(int visit) => latest[visit];
    public double LateOf(int visit) => Math.Max(0, start[visit] - latest[visit]);
    public double Walk(int from, int to) => walk[from * nodes + to];
    public int First(int round) => next[StartNode(round)];
    public int StartNode(int round) => visits + 2 * round;
    public int Next(int node) => next[node];
    public int Previous(int node) => previous[node];
    public bool IsVisit(int node) => node < visits;

    /// <summary>What leaving a visit out would save on the way.</summary>
    public double Detour(int visit) => Walk(previous[visit], visit) + Walk(visit, next[visit]) - Walk(previous[visit], next[visit]);

    public void Clear()
    {
        Array.Fill(carer, -1);
        Array.Fill(start, Nowhere);
        travel = late = largest = 0;
        for (var c = 0; c < carers; c++)
        {
            var node = StartNode(c);
            (next[node], previous[node + 1], previous[node], next[node + 1]) = (node + 1, node, -1, -1);
            start[node] = problem.Carers[c].Leaves;
            (carer[node], carer[node + 1]) = (c, c);
            travel += Walk(node, node + 1);
        }
    }

    public void Load(IReadOnlyList<IReadOnlyList<int>> rounds)
    {
        Clear();
        for (var c = 0; c < carers; c++)
            foreach (var v in rounds[c])
                Link(v, previous[StartNode(c) + 1]);
    }

    public void CopyFrom(RoundsState other)
    {
        other.next.AsSpan().CopyTo(next);
        other.previous.AsSpan().CopyTo(previous);
        other.carer.AsSpan().CopyTo(carer);
        other.start.AsSpan().CopyTo(start);
        (travel, late, largest) = (other.travel, other.late, other.largest);
    }

    void Link(int visit, int after)
    {
        var before = next[after];
        travel += Walk(after, visit) + Walk(visit, before) - Walk(after, before);
        (next[after], previous[visit], next[visit], previous[before]) = (visit, after, before, visit);
        carer[visit] = carer[after];
    }

    /// <summary>Takes a visit out. The times are right again after <see cref="Time"/>.</summary>
    public void Remove(int visit)
    {
        travel -= Detour(visit);
        (next[previous[visit]], previous[next[visit]]) = (next[visit], previous[visit]);
        carer[visit] = -1;
        start[visit] = Nowhere;
    }

    /// <summary>Computes every start anew; false when pairs push each other for ever.</summary>
    public bool Time()
    {
        for (var v = 0; v < visits; v++)
            if (carer[v] >= 0)
                start[v] = earliest[v];
        for (var sweep = 0; ; sweep++)
        {
            var moved = false;
            for (var c = 0; c < carers; c++)
            {
                var before = StartNode(c);
                for (var v = next[before]; v < visits; before = v, v = next[v])
                {
                    var t = start[before] + step[before * nodes + v];
                    if (partner[v] is >= 0 and var p && carer[p] >= 0)
                        t = Math.Max(t, start[p] + gap[p]);
                    if (t <= start[v] + Grain)
                        continue;
                    start[v] = t;
                    moved = true;
                }
            }
            if (!moved)
                break;
            if (sweep > visits)
                return false;
        }
        // Summed anew, so that a long search doesn't gather what is lost in rounding.
        travel = late = largest = 0;
        for (var c = 0; c < carers; c++)
            for (var v = StartNode(c); next[v] >= 0; v = next[v])
            {
                travel += Walk(v, next[v]);
                if (v >= visits)
                    continue;
                var mine = Math.Max(0, start[v] - latest[v]);
                late += mine;
                largest = Math.Max(largest, mine);
            }
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    void Raise(int visit, double time)
    {
        double known;
        if (mark[visit] == generation)
            known = pushed[visit];
        else
        {
            known = start[visit];
            if (time <= known + Grain)
                return;
            mark[visit] = generation;
            touched[touchedCount++] = visit;
        }
        if (time <= known + Grain)
            return;
        pushed[visit] = time;
        var over = time - latest[visit];
        if (over > 0)
        {
            pushedLate += over - Math.Max(0, known - latest[visit]);
            pushedLargest = Math.Max(pushedLargest, over);
        }
        stack[depth++] = visit;
    }

    void Begin()
    {
        generation++;
        (depth, touchedCount, pushedLate, pushedLargest) = (0, 0, 0, largest);
    }

    double PushedCost => lateWeight * pushedLate + largestWeight * (pushedLargest - largest);

    /// <summary>Pushes until nothing moves; false once lateness costs the bound or more, or for ever.</summary>
    bool Push(double bound)
    {
        var steps = 0;
        while (depth > 0)
        {
            if (PushedCost >= bound || ++steps > patience)
                return false;
            var visit = stack[--depth];
            var time = pushed[visit];
            if (partner[visit] is >= 0 and var p && carer[p] >= 0)
                Raise(p, time + gap[visit]);
            var after = next[visit];
            if (after < visits)
                Raise(after, time + step[visit * nodes + after]);
        }
        return PushedCost < bound;
    }

    double Arrival(int visit, int after)
    {
        var t = Math.Max(earliest[visit], start[after] + step[after * nodes + visit]);
        return partner[visit] is >= 0 and var p && carer[p] >= 0 ? Math.Max(t, start[p] + gap[p]) : t;
    }

    double Added(int visit, int after) => travelWeight * (Walk(after, visit) + Walk(visit, next[after]) - Walk(after, next[after]));

    /// <summary>What a visit placed after a node would cost; infinite from the bound on.</summary>
    double Probe(int visit, int after, double bound)
    {
        var added = Added(visit, after);
        if (added >= bound)
            return double.PositiveInfinity;
        var before = next[after];
        Begin();
        (next[after], next[visit], carer[visit]) = (visit, before, carer[after]);
        Raise(visit, Arrival(visit, after));
        var fits = Push(bound - added);
        (next[after], carer[visit]) = (before, -1);
        return fits ? added + PushedCost : double.PositiveInfinity;
    }

    /// <summary>What a pair would cost, the first placed after a node and then the second after another, which may be the first.</summary>
    double Probe(int first, int afterFirst, int second, int afterSecond, double bound)
    {
        var (t, u) = (Arrival(first, afterFirst), Arrival(second, afterSecond));
        var added = Added(first, afterFirst);
        var beforeFirst = next[afterFirst];
        (next[afterFirst], next[first]) = (first, beforeFirst);
        added += Added(second, afterSecond);
        var fits = added < bound;
        if (fits)
        {
            var beforeSecond = next[afterSecond];
            Begin();
            (next[afterSecond], next[second]) = (second, beforeSecond);
            carer[first] = carer[afterFirst];
            carer[second] = carer[afterSecond];
            Raise(first, t);
            Raise(second, u);
            fits = Push(bound - added);
            (next[afterSecond], carer[first], carer[second]) = (beforeSecond, -1, -1);
        }
        next[afterFirst] = beforeFirst;
        return fits ? added + PushedCost : double.PositiveInfinity;
    }

    void Place(int visit, int after)
    {
        Begin();
        var t = Arrival(visit, after);
        Link(visit, after);
        Raise(visit, t);
        Push(double.PositiveInfinity);
        for (var i = 0; i < touchedCount; i++)
            start[touched[i]] = pushed[touched[i]];
        (late, largest) = (late + pushedLate, pushedLargest);
    }

    /// <summary>Puts a visit where it costs least, leaving out one place in so many by the dice (0: none); false when it fits nowhere.</summary>
    public bool Insert(int visit, Dice dice, int blink)
    {
        var (best, place) = (double.PositiveInfinity, -1);
        var never = apart[visit] ? carer[partner[visit]] : -1;
        for (var c = 0; c < carers; c++)
        {
            if (!able[visit * carers + c] || c == never)
                continue;
            for (var after = StartNode(c); next[after] >= 0; after = next[after])
            {
                if (blink > 0 && dice.Below(blink) == 0)
                    continue;
                var cost = Probe(visit, after, best);
                if (cost < best)
                    (best, place) = (cost, after);
            }
        }
        if (place < 0)
            return false;
        Place(visit, place);
        return true;
    }

    int Slots(int visit, Slot[] slots, Dice dice, int blink)
    {
        var count = 0;
        for (var c = 0; c < carers; c++)
        {
            if (!able[visit * carers + c])
                continue;
            for (var after = StartNode(c); next[after] >= 0; after = next[after])
            {
                if (blink > 0 && dice.Below(blink) == 0)
                    continue;
                var cost = Probe(visit, after, double.PositiveInfinity);
                if (cost == double.PositiveInfinity)
                    continue;
                var walking = Added(visit, after);
                slots[count++] = new() { After = after, Walk = walking, Late = cost - walking };
            }
        }
        slots.AsSpan(0, count).Sort(static (a, b) => a.Least.CompareTo(b.Least) is var order and not 0 ? order : a.After.CompareTo(b.After));
        return count;
    }

    /// <summary>Puts both of a pair where they cost least together. Each alone bounds what both cost from below, which leaves few places to try.</summary>
    public bool InsertPair(int first, int second, Dice dice, int blink)
    {
        var (count0, count1) = (Slots(first, slots0, dice, blink), Slots(second, slots1, dice, blink));
        var (best, at0, at1) = (double.PositiveInfinity, -1, -1);
        for (var i = 0; i < count0; i++)
        {
            var a = slots0[i];
            if (a.Least >= best)
                break;
            for (var j = 0; j < count1; j++)
            {
                var b = slots1[j];
                if (b.Least >= best)
                    break;
                if (a.After == b.After || apart[first] && carer[a.After] == carer[b.After] || a.Walk + b.Walk + Math.Max(a.Late, b.Late) >= best)
                    continue;
                var cost = Probe(first, a.After, second, b.After, best);
                if (cost < best)
                    (best, at0, at1) = (cost, a.After, b.After);
            }
        }
        // Both by one carer, the one straight after the other: a place that neither has before the other is there.
        if (!apart[first])
        {
            for (var i = 0; i < count0; i++)
                if (able[second * carers + carer[slots0[i].After]] && Probe(first, slots0[i].After, second, first, best) is var cost && cost < best)
                    (best, at0, at1) = (cost, slots0[i].After, first);
            for (var j = 0; j < count1; j++)
                if (able[first * carers + carer[slots1[j].After]] && Probe(second, slots1[j].After, first, second, best) is var cost && cost < best)
                    (best, at0, at1) = (cost, second, slots1[j].After);
        }
        if (best == double.PositiveInfinity)
            return false;
        if (at0 == second)
            (first, at0, second, at1) = (second, at1, first, second);
        Begin();
        var (t, u) = (Arrival(first, at0), Arrival(second, at1));
        Link(first, at0);
        Link(second, at1);
        Raise(first, t);
        Raise(second, u);
        Push(double.PositiveInfinity);
        for (var i = 0; i < touchedCount; i++)
            start[touched[i]] = pushed[touched[i]];
        (late, largest) = (late + pushedLate, pushedLargest);
        return true;
    }

    public RoundsPlan ToPlan()
    {
        var rounds = new int[carers][];
        for (var c = 0; c < carers; c++)
        {
            var list = new List<int>();
            for (var v = First(c); v < visits; v = next[v])
                list.Add(v);
            rounds[c] = [.. list];
        }
        return new(rounds, [.. start.AsSpan(0, visits)], travel, late, largest, Cost);
    }
}
