using System.Runtime.CompilerServices;

namespace Hele.Planning.Partition;

sealed partial class Recombination
{
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
