namespace Hele.Planning.Partition;

/// <summary>
/// Searches for grids that cost little. Recombination (DeFord, Duchin and Solomon 2021): two neighbouring grids are merged, a random spanning tree is drawn over them in which strong ties are
/// likely, and it is cut at the edge that leaves the cheapest two. Around it boundary moves in the manner of Kernighan and Lin (1970) and of Fiduccia and Mattheyses (1982): the best lot
/// changes sides, even at a loss, each at most once, and of all states passed through the best one is kept; a lot without which its grid falls apart doesn't move. Worse plans are accepted up to a
/// threshold that sinks (Dueck and Scheuer 1990). Every grid stays as contiguous as it was at the start. Work is counted in rounds, never in time.
/// </summary>
sealed partial class Recombination
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
}
