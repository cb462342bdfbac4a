using System.Runtime.CompilerServices;

namespace Hele.Planning.Partition;

/// <summary>
/// Searches for grids that cost little. Recombination (DeFord, Duchin and Solomon 2021): two neighbouring grids are merged, a random spanning tree is drawn over them in which strong ties are
/// likely, and it is cut at the edge that leaves the cheapest two. Around it boundary moves in the manner of Kernighan and Lin (1970) and of Fiduccia and Mattheyses (1982): the best lot
/// changes sides, even at a loss, each at most once, and of all states passed through the best one is kept; a lot without which its grid falls apart doesn't move. Worse plans are accepted up to a
/// threshold that sinks (Dueck and Scheuer 1990). Every grid stays as contiguous as it was at the start. Work is counted in rounds, never in time.
/// </summary>
sealed class Recombination
{
    readonly Field field;
    readonly Dice dice;
    readonly int n, k, kinds;
    readonly int[] grid, count;
    readonly double[] load, uneven;
    // How many lots of a compound each grid has, and in how many grids it lies; nothing where dividing it costs nothing.
    readonly int compounds;
    readonly int[] lotsIn, lies;

    // Boundary moves.
    readonly int[] foreign, boundary, placeOf;
    int boundaryCount;
    /// <summary>How much likelier a tie within a compound comes into a tree that keeps compounds whole.</summary>
    const double Welded = 1e6;
    const int MostParties = 32, MostHanging = 24, MostTried = 6;
    readonly List<int> hanging = [], block = [];
    readonly int[] stamp, nextInQueue;
    readonly int[] partyOf = new int[MostParties], queueHead = new int[MostParties], queueTail = new int[MostParties], queueFirst = new int[MostParties];
    int stamps;
    readonly int[] offerLot, offerTarget;
    readonly double[] offerCost;
    int offers;
    readonly int[] moved;
    int passes;
    readonly bool[] active;
    readonly long[] tieTo;
    readonly int[] gridsMet;
    readonly List<(int Lot, int From)> trail = [];

    // Trees.
    readonly int[] local, members, parent, order, depth, union, treeFirst, treeHeads, lockedBelow, sizeBelow;
    readonly double[] below;
    readonly long[] cutBelow, leaveBelow;
    readonly int[] compoundFirst, compoundLots, treeStamp;
    int treeStamps;
    readonly List<(double Key, int A, int B)> keyed = [];
    readonly List<(int A, int B)> tree = [];

    public Recombination(Field field, int[] start, Dice dice)
    {
        (this.field, this.dice, n, k, kinds) = (field, dice, field.N, field.K, field.Kinds);
        grid = start.ToArray();
        (count, load, uneven) = (new int[k], new double[k * kinds], new double[k]);
        compounds = field.Divided > 0 ? field.Compounds : 0;
        (lotsIn, lies, compoundFirst, compoundLots, treeStamp) = (new int[compounds * k], new int[compounds], new int[compounds + 1], new int[n], new int[n]);
        (foreign, boundary, placeOf, stamp, nextInQueue, moved, offerLot, offerTarget, offerCost) = (new int[n], new int[n], new int[n], new int[n], new int[n], new int[n], new int[n], new int[n], new double[n]);
        Array.Fill(placeOf, -1);
        (active, tieTo, gridsMet) = (new bool[k], new long[k], new int[k]);
        (local, members, parent, order, depth, union) = (new int[n], new int[n], new int[n], new int[n], new int[n], new int[n]);
        (treeFirst, treeHeads, lockedBelow, sizeBelow) = (new int[n + 1], new int[2 * n], new int[2 * n], new int[n]);
        (below, cutBelow, leaveBelow) = (new double[n * kinds], new long[n], new long[n]);
        Array.Fill(local, -1);
        for (var c = 0; c < compounds; c++)
        {
            compoundFirst[c + 1] = compoundFirst[c];
            for (var v = 0; v < n; v++)
                if (field.Compound[v] == c)
                    compoundLots[compoundFirst[c + 1]++] = v;
        }
        Recount();
        Best = grid.ToArray();
        (BestCost, BestUneven) = (Cost, uneven.Sum());
    }

    /// <summary>The cheapest grids so far.</summary>
    public int[] Best { get; private set; }
    public double BestCost { get; private set; }
    public double Cost { get; private set; }

    /// <summary>What is paid for unevenness in the best plan.</summary>
    public double BestUneven { get; private set; }

    /// <summary>All that is kept beside the grids, anew, so that no rounding gathers.</summary>
    void Recount()
    {
        Array.Clear(count);
        Array.Clear(load);
        Array.Clear(lotsIn);
        Array.Clear(lies);
        var cost = 0.0;
        for (var v = 0; v < n; v++)
        {
            count[grid[v]]++;
            if (CompoundOf(v) is >= 0 and var c && lotsIn[c * k + grid[v]]++ == 0)
                lies[c]++;
            for (var d = 0; d < kinds; d++)
                load[grid[v] * kinds + d] += field.Share[v * kinds + d];
            foreign[v] = 0;
            for (var a = field.First[v]; a < field.First[v + 1]; a++)
                if (grid[field.Heads[a]] != grid[v])
                {
                    foreign[v]++;
                    if (v < field.Heads[a])
                        cost += field.Tie[a];
                }
            for (var a = field.PairFirst[v]; a < field.PairFirst[v + 1]; a++)
                if (v < field.PairHeads[a] && grid[field.PairHeads[a]] != grid[v])
                    cost += field.PairTie[a];
            cost += Away(v, grid[v]);
        }
        foreach (var grids in lies)
            cost += field.Division(grids);
        for (var g = 0; g < k; g++)
            cost += uneven[g] = Uneven(g);
        Cost = cost;
    }

    /// <summary>The compound whose dividing the lot has a part in; -1: none.</summary>
    int CompoundOf(int v) => compounds > 0 ? field.Compound[v] : -1;

    /// <summary>In how many grids more the lot's compound lies when the lot goes from one to the other.</summary>
    int Spreads(int compound, int from, int to) => (lotsIn[compound * k + to] == 0 ? 1 : 0) - (lotsIn[compound * k + from] == 1 ? 1 : 0);

    long Away(int v, int g) => field.Home[v] >= 0 && field.Home[v] != g ? field.Leave[v] : 0;

    double Uneven(int g)
    {
        var cost = 0.0;
        for (var d = 0; d < kinds; d++)
            cost += field.Uneven(d, load[g * kinds + d]);
        return cost;
    }

    /// <summary>Rounds of recombination with a sinking threshold, and boundary moves over everything now and then.</summary>
    /// <param name="warmth">The first threshold.</param>
    public void Run(int rounds, double warmth, Action step, double recombine = 1)
    {
        Polish(4);
        Keep();
        if (k == 1)
            return;
        var saved = new int[n];
        for (var round = 0; round < rounds; round++)
        {
            step();
            // Linear to nothing at nine tenths: the rest only betters.
            var threshold = warmth * Math.Max(0, 1 - round / (0.9 * rounds));
            if (!PickPair(out var a, out var b))
                return;
            var before = Cost;
            var size = Members(a, b);
            for (var i = 0; i < size; i++)
                saved[i] = grid[members[i]];
            Array.Clear(active);
            active[a] = active[b] = true;
            // Now and then a cut that chance prefers, and left as it is: two grids of few lots would always come out the same.
            var loose = threshold > 0 && dice.Below(8) == 0;
            if (loose || recombine >= 1 || dice.Share() < recombine)
                Split(a, b, size, loose ? 2 * threshold : 0);
            else
                Shake(size);
            if (!loose)
                Moves(members.AsSpan(0, size), 3);
            if (Cost > before + threshold + 1e-9)
            {
                for (var i = 0; i < size; i++)
                    if (grid[members[i]] != saved[i])
                        Put(members[i], saved[i]);
            }
            if (round % 256 == 255)
            {
                Recount();
                if (threshold < warmth / 2)
                    Polish(1);
            }
            if (Cost < BestCost - 1e-9)
                Keep();
            else if (threshold == 0 && Cost > BestCost + 1e-9)
                Restore();
        }
        Restore();
        Polish(4);
        Keep();
    }

    public void Restore()
    {
        Best.CopyTo(grid, 0);
        Recount();
    }

    void Keep()
    {
        if (Cost > BestCost - 1e-9)
            return;
        grid.CopyTo(Best, 0);
        (BestCost, BestUneven) = (Cost, uneven.Sum());
    }

    /// <summary>Boundary moves among all grids until they better nothing.</summary>
    public void Polish(int most)
    {
        Array.Fill(active, true);
        for (var v = 0; v < n; v++)
            members[v] = v;
        Moves(members.AsSpan(0, n), most);
        Recount();
    }

    /// <summary>Two neighbouring grids: a border chosen at random; every other time one of the most uneven grid.</summary>
    bool PickPair(out int a, out int b)
    {
        (a, b) = (-1, -1);
        var worst = -1;
        if (dice.Below(2) == 0)
            for (var g = 0; g < k; g++)
                if (uneven[g] > 1e-9 && (worst < 0 || uneven[g] > uneven[worst]))
                    worst = g;
        var begin = dice.Below(n);
        for (var i = 0; i < n; i++)
        {
            var v = begin + i < n ? begin + i : begin + i - n;
            if (foreign[v] == 0 || worst >= 0 && grid[v] != worst)
                continue;
            var arcs = field.First[v + 1] - field.First[v];
            var turn = dice.Below(arcs);
            for (var j = 0; j < arcs; j++)
            {
                var to = field.Heads[field.First[v] + (j + turn) % arcs];
                if (grid[to] != grid[v])
                {
                    (a, b) = grid[v] < grid[to] ? (grid[v], grid[to]) : (grid[to], grid[v]);
                    return true;
                }
            }
        }
        return false;
    }

    /// <summary>A few lots at the border change sides, whatever that costs: where the boundary moves begin anew.</summary>
    void Shake(int size)
    {
        Span<int> edge = stackalloc int[64];
        for (var shake = 1 + dice.Below(4); shake > 0; shake--)
        {
            var found = 0;
            var begin = dice.Below(size);
            for (var i = 0; i < size && found < edge.Length; i++)
                if (members[begin + i < size ? begin + i : begin + i - size] is var v && foreign[v] > 0 && !field.Locked[v] && count[grid[v]] > 1)
                    edge[found++] = v;
            if (found == 0)
                return;
            var lot = edge[dice.Below(found)];
            var other = -1;
            for (var a = field.First[lot]; a < field.First[lot + 1] && other < 0; a++)
                if (grid[field.Heads[a]] is var g && g != grid[lot] && active[g])
                    other = g;
            if (other >= 0 && Leaves(lot) && hanging.Count == 0)
                Put(lot, other);
        }
    }

    int Members(int a, int b)
    {
        var size = 0;
        for (var v = 0; v < n; v++)
            if (grid[v] == a || grid[v] == b)
                members[size++] = v;
        return size;
    }

    void Put(int v, int to)
    {
        var from = grid[v];
        if (from == to)
            return;
        var ties = 0L;
        for (var a = field.First[v]; a < field.First[v + 1]; a++)
        {
            var u = field.Heads[a];
            if (grid[u] == from)
            {
                ties += field.Tie[a];
                foreign[v]++;
                foreign[u]++;
            }
            else if (grid[u] == to)
            {
                ties -= field.Tie[a];
                foreign[v]--;
                foreign[u]--;
            }
        }
        for (var a = field.PairFirst[v]; a < field.PairFirst[v + 1]; a++)
            ties += grid[field.PairHeads[a]] == from ? field.PairTie[a] : grid[field.PairHeads[a]] == to ? -field.PairTie[a] : 0;
        if (CompoundOf(v) is >= 0 and var c)
        {
            var spreads = Spreads(c, from, to);
            ties += field.Division(lies[c] + spreads) - field.Division(lies[c]);
            lies[c] += spreads;
            lotsIn[c * k + from]--;
            lotsIn[c * k + to]++;
        }
        grid[v] = to;
        count[from]--;
        count[to]++;
        for (var d = 0; d < kinds; d++)
        {
            load[from * kinds + d] -= field.Share[v * kinds + d];
            load[to * kinds + d] += field.Share[v * kinds + d];
        }
        Cost += ties + Away(v, to) - Away(v, from) - uneven[from] - uneven[to];
        uneven[from] = Uneven(from);
        uneven[to] = Uneven(to);
        Cost += uneven[from] + uneven[to];
    }

    /// <summary>Boundary moves between the active grids.</summary>
    void Moves(ReadOnlySpan<int> among, int most)
    {
        for (var pass = 0; pass < most; pass++)
            if (!Pass(among))
                return;
    }

    bool Pass(ReadOnlySpan<int> among)
    {
        passes++;
        for (var i = 0; i < boundaryCount; i++)
            placeOf[boundary[i]] = -1;
        boundaryCount = 0;
        foreach (var v in among)
            if (foreign[v] > 0)
                Enter(v);
        trail.Clear();
        var (start, best, bestLength) = (Cost, Cost, 0);
        var patience = Math.Min(60, 12 + among.Length / 12);
        var idle = 0;
        while (idle++ < patience)
        {
            if (!BestMove(out var to))
                break;
            foreach (var lot in block)
            {
                trail.Add((lot, grid[lot]));
                Put(lot, to);
                moved[lot] = passes;
            }
            foreach (var lot in block)
            {
                if (foreign[lot] > 0)
                    Enter(lot);
                for (var a = field.First[lot]; a < field.First[lot + 1]; a++)
                    if (active[grid[field.Heads[a]]] && foreign[field.Heads[a]] > 0)
                        Enter(field.Heads[a]);
            }
            if (Cost < best - 1e-9)
                (best, bestLength, idle) = (Cost, trail.Count, 0);
        }
        for (var i = trail.Count - 1; i >= bestLength; i--)
            Put(trail[i].Lot, trail[i].From);
        return best < start - 1e-9;
    }

    void Enter(int v)
    {
        if (placeOf[v] >= 0)
            return;
        placeOf[v] = boundaryCount;
        boundary[boundaryCount++] = v;
    }

    /// <summary>
    /// The move that costs least, now: a lot alone, or, where its grid would fall apart, with the small pieces that hang on it (houses along a dead end go together). The lots are left in
    /// <see cref="block"/>.
    /// </summary>
    bool BestMove(out int target)
    {
        offers = 0;
        for (var i = 0; i < boundaryCount; i++)
        {
            var v = boundary[i];
            if (foreign[v] == 0)
            {
                placeOf[v] = -1;
                boundary[i] = boundary[--boundaryCount];
                if (i < boundaryCount)
                    placeOf[boundary[i]] = i;
                i--;
                continue;
            }
            if (moved[v] != passes && !field.Locked[v] && count[grid[v]] > 1)
                Offer(v);
        }
        // Whether a lot can be spared is dearer to find out than what its move costs: asked in the order of cost.
        var (bestCost, tried) = (double.PositiveInfinity, 0);
        target = -1;
        while (offers > 0)
        {
            var best = 0;
            for (var i = 1; i < offers; i++)
                if (offerCost[i] < offerCost[best])
                    best = i;
            var (cost, lot, to) = (offerCost[best], offerLot[best], offerTarget[best]);
            if (cost >= bestCost)
                break;
            if (Leaves(lot))
            {
                if (hanging.Count == 0)
                {
                    block.Clear();
                    block.Add(lot);
                    target = to;
                    return true;
                }
                if (tried++ < MostTried && Together(lot, to) is var together && together < bestCost)
                {
                    (bestCost, target) = (together, to);
                    block.Clear();
                    block.Add(lot);
                    block.AddRange(hanging);
                }
            }
            offers--;
            (offerCost[best], offerLot[best], offerTarget[best]) = (offerCost[offers], offerLot[offers], offerTarget[offers]);
        }
        return target >= 0;
    }

    /// <summary>What it costs to move a lot and what hangs on it; infinite where one of them may not.</summary>
    double Together(int lot, int to)
    {
        var from = grid[lot];
        if (count[from] <= hanging.Count + 1)
            return double.PositiveInfinity;
        foreach (var v in hanging)
            if (field.Locked[v] || moved[v] == passes)
                return double.PositiveInfinity;
        var before = Cost;
        Put(lot, to);
        foreach (var v in hanging)
            Put(v, to);
        var cost = Cost - before;
        for (var i = hanging.Count - 1; i >= 0; i--)
            Put(hanging[i], from);
        Put(lot, from);
        return cost;
    }

    /// <summary>The cheapest active grid beside the lot, and what moving there costs.</summary>
    void Offer(int v)
    {
        var from = grid[v];
        var met = 0;
        var own = 0L;
        for (var a = field.First[v]; a < field.First[v + 1]; a++)
        {
            var g = grid[field.Heads[a]];
            if (g == from)
                own += field.Tie[a];
            else if (active[g])
            {
                var known = false;
                for (var m = 0; m < met; m++)
                    known |= gridsMet[m] == g;
                if (!known)
                {
                    gridsMet[met++] = g;
                    tieTo[g] = 0;
                }
                tieTo[g] += field.Tie[a];
            }
        }
        if (met == 0)
            return;
        var pairs = field.PairFirst[v + 1] > field.PairFirst[v];
        var relief = -uneven[from];
        for (var d = 0; d < kinds; d++)
            relief += field.Uneven(d, load[from * kinds + d] - field.Share[v * kinds + d]);
        relief += own - Away(v, from);
        var (best, target) = (double.PositiveInfinity, -1);
        for (var m = 0; m < met; m++)
        {
            var g = gridsMet[m];
            var cost = relief - tieTo[g] + Away(v, g) - uneven[g];
            if (CompoundOf(v) is >= 0 and var c)
                cost += field.Division(lies[c] + Spreads(c, from, g)) - field.Division(lies[c]);
            for (var d = 0; d < kinds; d++)
                cost += field.Uneven(d, load[g * kinds + d] + field.Share[v * kinds + d]);
            if (pairs)
                for (var a = field.PairFirst[v]; a < field.PairFirst[v + 1]; a++)
                    cost += grid[field.PairHeads[a]] == from ? field.PairTie[a] : grid[field.PairHeads[a]] == g ? -field.PairTie[a] : 0;
            if (cost < best)
                (best, target) = (cost, g);
        }
        (offerCost[offers], offerLot[offers], offerTarget[offers]) = (best, v, target);
        offers++;
    }

    /// <summary>
    /// Whether what is left of its piece hangs together without the lot and without a few lots that hang on it alone, which are left in <see cref="hanging"/>: a search from each of its
    /// neighbours, all in step, until all have met or all but one have found their end. On the ground the way around is short, and so is what would be cut off.
    /// </summary>
    bool Leaves(int v)
    {
        var g = grid[v];
        var parties = 0;
        hanging.Clear();
        stamps += MostParties;
        for (var a = field.First[v]; a < field.First[v + 1]; a++)
        {
            if (grid[field.Heads[a]] != g)
                continue;
            // More neighbours than that has none in a street.
            if (parties == MostParties)
                return false;
            stamp[field.Heads[a]] = stamps + parties;
            partyOf[parties] = parties;
            (queueHead[parties], queueTail[parties], queueFirst[parties]) = (field.Heads[a], field.Heads[a], field.Heads[a]);
            nextInQueue[field.Heads[a]] = -1;
            parties++;
        }
        var apart = parties;
        while (apart > 1)
            for (var p = 0; p < parties && apart > 1; p++)
            {
                if (partyOf[p] != p)
                    continue;
                var at = queueHead[p];
                if (at < 0)
                {
                    // Its end: all of it hangs on the lot.
                    partyOf[p] = -1;
                    apart--;
                    for (var u = queueFirst[p]; u >= 0; u = nextInQueue[u])
                    {
                        if (hanging.Count == MostHanging)
                            return false;
                        hanging.Add(u);
                    }
                    continue;
                }
                queueHead[p] = nextInQueue[at];
                for (var a = field.First[at]; a < field.First[at + 1]; a++)
                {
                    var to = field.Heads[a];
                    if (grid[to] != g || to == v)
                        continue;
                    if (stamp[to] < stamps)
                    {
                        stamp[to] = stamps + p;
                        nextInQueue[to] = -1;
                        nextInQueue[queueTail[p]] = to;
                        queueTail[p] = to;
                        if (queueHead[p] < 0)
                            queueHead[p] = to;
                        continue;
                    }
                    var other = stamp[to] - stamps;
                    while (partyOf[other] != other)
                        other = partyOf[other];
                    if (other == p)
                        continue;
                    // Met: one party from here on. What the other has seen goes before what this one has, what waits stays behind it.
                    partyOf[other] = p;
                    Join(p, other);
                    if (--apart == 1)
                        break;
                }
            }
        return true;
    }

    /// <summary>One list of what both have seen, in which what waits comes last.</summary>
    void Join(int p, int other)
    {
        // Each list: seen lots, then waiting ones from queueHead on. Seen of the other is put in front, its waiting at the end.
        var waiting = queueHead[other];
        if (queueFirst[other] != waiting)
        {
            var last = queueFirst[other];
            while (nextInQueue[last] != waiting)
                last = nextInQueue[last];
            nextInQueue[last] = queueFirst[p];
            queueFirst[p] = queueFirst[other];
        }
        if (waiting < 0)
            return;
        nextInQueue[queueTail[p]] = waiting;
        queueTail[p] = queueTail[other];
        if (queueHead[p] < 0)
            queueHead[p] = waiting;
    }

    /// <summary>Draws a tree over both grids and cuts it where the two halves cost least; false where no cut is allowed.</summary>
    /// <param name="noise">How much chance adds to the cost of each cut at most.</param>
    bool Split(int a, int b, int size, double noise)
    {
        keyed.Clear();
        // Every other tree keeps compounds whole as far as it can, so that it is cut between them.
        var whole = compounds > 0 && dice.Below(2) == 0;
        for (var i = 0; i < size; i++)
            local[members[i]] = i;
        for (var i = 0; i < size; i++)
        {
            var v = members[i];
            union[i] = i;
            for (var arc = field.First[v]; arc < field.First[v + 1]; arc++)
                if (field.Heads[arc] is var u && u > v && local[u] >= 0)
                    keyed.Add((dice.Share() / (field.Tie[arc] > 0 ? field.Tie[arc] : 0.1) / (whole && field.Compound[v] >= 0 && field.Compound[v] == field.Compound[u] ? Welded : 1), i, local[u]));
        }
        keyed.Sort(static (x, y) => x.Key != y.Key ? x.Key.CompareTo(y.Key) : x.A != y.A ? x.A.CompareTo(y.A) : x.B.CompareTo(y.B));
        tree.Clear();
        foreach (var (_, x, y) in keyed)
        {
            var (rx, ry) = (Root(x), Root(y));
            if (rx == ry)
                continue;
            union[rx] = ry;
            tree.Add((x, y));
        }
        // As rows.
        Array.Clear(treeFirst, 0, size + 1);
        foreach (var (x, y) in tree)
        {
            treeFirst[x + 1]++;
            treeFirst[y + 1]++;
        }
        for (var i = 0; i < size; i++)
            treeFirst[i + 1] += treeFirst[i];
        for (var i = 0; i < size; i++)
            order[i] = treeFirst[i];
        foreach (var (x, y) in tree)
        {
            treeHeads[order[x]++] = y;
            treeHeads[order[y]++] = x;
        }
        // Breadth first from the lot where both grids meet. What isn't reached (a grid in pieces) stays as it is.
        var root = tree.Count > 0 ? tree[dice.Below(tree.Count)].A : 0;
        for (var i = 0; i < size; i++)
            depth[i] = -1;
        var reached = 0;
        order[reached++] = root;
        (depth[root], parent[root]) = (0, -1);
        for (var head = 0; head < reached; head++)
            for (var t = treeFirst[order[head]]; t < treeFirst[order[head] + 1]; t++)
                if (depth[treeHeads[t]] < 0)
                {
                    (depth[treeHeads[t]], parent[treeHeads[t]]) = (depth[order[head]] + 1, order[head]);
                    order[reached++] = treeHeads[t];
                }
        Span<double> total = stackalloc double[kinds], rest = stackalloc double[2 * kinds];
        // What stays in each grid whatever the cut: nothing, unless it lies in pieces.
        for (var d = 0; d < kinds; d++)
            (rest[d], rest[kinds + d]) = (load[a * kinds + d], load[b * kinds + d]);
        var (lockedA, lockedB, fixedCost) = (0, 0, 0L);
        for (var o = 0; o < reached; o++)
        {
            var i = order[o];
            var v = members[i];
            sizeBelow[i] = 1;
            (lockedBelow[2 * i], lockedBelow[2 * i + 1]) = (field.Locked[v] && field.Home[v] == a ? 1 : 0, field.Locked[v] && field.Home[v] == b ? 1 : 0);
            lockedA += lockedBelow[2 * i];
            lockedB += lockedBelow[2 * i + 1];
            for (var d = 0; d < kinds; d++)
            {
                var share = field.Share[v * kinds + d];
                below[i * kinds + d] = share;
                total[d] += share;
                rest[(grid[v] == a ? 0 : kinds) + d] -= share;
            }
            // What the lot costs in A beyond what it costs in B.
            leaveBelow[i] = Away(v, a) - Away(v, b);
            fixedCost += Away(v, b);
            cutBelow[i] = 0;
        }
        for (var o = 0; o < reached; o++)
        {
            var i = order[o];
            var v = members[i];
            for (var arc = field.First[v]; arc < field.First[v + 1]; arc++)
                if (field.Heads[arc] is var u && u > v && local[u] is >= 0 and var j && depth[j] >= 0)
                    Crossing(i, j, field.Tie[arc]);
            for (var arc = field.PairFirst[v]; arc < field.PairFirst[v + 1]; arc++)
                if (field.PairHeads[arc] is var u && u > v && local[u] is >= 0 and var j && depth[j] >= 0)
                    Crossing(i, j, field.PairTie[arc]);
        }
        for (var c = 0; c < compounds; c++)
            Dividing(c, a, b);
        var leaveTotal = 0L;
        for (var o = 0; o < reached; o++)
            leaveTotal += leaveBelow[order[o]];
        var (best, cut, toA) = (double.PositiveInfinity, -1, false);
        for (var o = reached - 1; o > 0; o--)
        {
            var (i, up) = (order[o], parent[order[o]]);
            // Below it everything is summed by now.
            for (var way = 0; way < 2; way++)
            {
                // The lower part becomes A, or B.
                if (way == 0 ? lockedBelow[2 * i + 1] > 0 || lockedBelow[2 * i] < lockedA : lockedBelow[2 * i] > 0 || lockedBelow[2 * i + 1] < lockedB)
                    continue;
                var cost = cutBelow[i] + (double)(way == 0 ? leaveBelow[i] : leaveTotal - leaveBelow[i]);
                for (var d = 0; d < kinds; d++)
                {
                    var low = below[i * kinds + d];
                    cost += field.Uneven(d, rest[d] + (way == 0 ? low : total[d] - low)) + field.Uneven(d, rest[kinds + d] + (way == 0 ? total[d] - low : low));
                }
                if (noise > 0)
                    cost += noise * dice.Share();
                if (cost < best)
                    (best, cut, toA) = (cost, i, way == 0);
            }
            sizeBelow[up] += sizeBelow[i];
            lockedBelow[2 * up] += lockedBelow[2 * i];
            lockedBelow[2 * up + 1] += lockedBelow[2 * i + 1];
            cutBelow[up] += cutBelow[i];
            leaveBelow[up] += leaveBelow[i];
            for (var d = 0; d < kinds; d++)
                below[up * kinds + d] += below[i * kinds + d];
        }
        if (cut >= 0)
        {
            // Mark the part below the cut: parents come before their children.
            for (var o = 0; o < reached; o++)
            {
                var i = order[o];
                sizeBelow[i] = i == cut || parent[i] >= 0 && sizeBelow[parent[i]] == -1 ? -1 : 0;
            }
            for (var o = 0; o < reached; o++)
                Put(members[order[o]], sizeBelow[order[o]] == -1 == toA ? a : b);
        }
        for (var i = 0; i < size; i++)
            local[members[i]] = -1;
        return cut >= 0;
    }

    /// <summary>A compound's lots in the tree and the ways between them: every cut there divides it. Counted edge by edge, from each lot up to what is already joined.</summary>
    void Dividing(int compound, int a, int b)
    {
        var elsewhere = lies[compound] - (lotsIn[compound * k + a] > 0 ? 1 : 0) - (lotsIn[compound * k + b] > 0 ? 1 : 0);
        var price = field.Division(elsewhere + 2) - field.Division(elsewhere + 1);
        var top = -1;
        treeStamps++;
        for (var at = compoundFirst[compound]; at < compoundFirst[compound + 1]; at++)
        {
            var i = local[compoundLots[at]];
            if (i < 0 || depth[i] < 0)
                continue;
            if (top < 0)
            {
                treeStamp[top = i] = treeStamps;
                continue;
            }
            // One edge up: what is added at its lower end and taken back at its upper end stands at this edge alone.
            while (treeStamp[i] != treeStamps && depth[i] > depth[top])
                i = Up(i, price);
            if (treeStamp[i] == treeStamps)
                continue;
            while (i != top)
            {
                if (depth[i] >= depth[top])
                {
                    i = Up(i, price);
                    continue;
                }
                treeStamp[top] = treeStamps;
                top = Up(top, price);
            }
            treeStamp[top] = treeStamps;
        }
    }

    int Up(int i, long price)
    {
        treeStamp[i] = treeStamps;
        cutBelow[i] += price;
        cutBelow[parent[i]] -= price;
        return parent[i];
    }

    int Root(int i)
    {
        while (union[i] != i)
            i = union[i] = union[union[i]];
        return i;
    }

    /// <summary>A tie within the tree's lots is cut by every cut between its two ends: counted at both, and twice taken back where their ways to the root meet.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    void Crossing(int i, int j, long tie)
    {
        cutBelow[i] += tie;
        cutBelow[j] += tie;
        while (depth[i] > depth[j])
            i = parent[i];
        while (depth[j] > depth[i])
            j = parent[j];
        while (i != j)
            (i, j) = (parent[i], parent[j]);
        cutBelow[i] -= 2 * tie;
    }
}
