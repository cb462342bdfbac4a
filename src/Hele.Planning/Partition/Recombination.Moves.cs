namespace Hele.Planning.Partition;

sealed partial class Recombination
{
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
}
