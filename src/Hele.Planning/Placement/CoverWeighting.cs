namespace Hele.Planning.Placement;

/// <summary>
/// Cheap sites that cover everybody, by weighting customers: a site is given up, one that covers somebody left out is taken, and who stays left out weighs more from then on (Gao, Weise, Li 2015).
/// </summary>
sealed class CoverWeighting
{
    readonly CoverCore core;
    readonly Dice dice;
    readonly int[] count, who, moved, missing, place;
    readonly long[] weight, score;
    readonly bool[] isOpen, changed;
    readonly List<int> open = [];
    int missingCount;
    long cost;

    public CoverWeighting(CoverCore core, Dice dice)
    {
        (this.core, this.dice) = (core, dice);
        (count, who, missing, place, weight) = (new int[core.Customers], new int[core.Customers], new int[core.Customers], new int[core.Customers], new long[core.Customers]);
        (moved, score, isOpen, changed) = (new int[core.Sites], new long[core.Sites], new bool[core.Sites], new bool[core.Sites]);
    }

    /// <summary>Null: nothing cheaper than the ceiling was found.</summary>
    public List<int>? Best { get; private set; }

    /// <param name="ceiling">Only what costs less is kept.</param>
    public void Run(IEnumerable<int> start, int steps, long ceiling, Func<bool> stop)
    {
        Array.Clear(count);
        Array.Clear(who);
        Array.Clear(isOpen);
        Array.Clear(moved);
        Array.Fill(changed, true);
        Array.Fill(weight, 1);
        open.Clear();
        (cost, missingCount) = (0, 0);
        for (var j = 0; j < core.Customers; j++)
            Miss(j);
        for (var i = 0; i < core.Sites; i++)
            score[i] = core.CustomersOf(i).Length;
        foreach (var i in start)
            if (!isOpen[i])
                Add(i);
        while (missingCount > 0)
        {
            var best = 0;
            for (var i = 1; i < core.Sites; i++)
                if (!isOpen[i] && (isOpen[best] || Worthier(i, best)))
                    best = i;
            Add(best);
        }
        for (var step = 1; step <= steps && !stop(); step++)
        {
            while (missingCount == 0)
            {
                if (cost < ceiling)
                    (ceiling, Best) = (cost, [.. open]);
                if (open.Count == 0)
                    return;
                Drop(Easiest(0), step);
            }
            if (open.Count == 0)
                return;
            Drop(Easiest(step), step);
            while (missingCount > 0)
            {
                var j = missing[dice.Below(missingCount)];
                var best = -1;
                foreach (var i in core.SitesOf(j))
                    if (changed[i] && (best < 0 || Worthier(i, best)))
                        best = i;
                if (best < 0 || cost + core.Cost[best] >= ceiling)
                    break;
                Add(best);
                moved[best] = step;
            }
            for (var k = 0; k < missingCount; k++)
            {
                weight[missing[k]]++;
                foreach (var i in core.SitesOf(missing[k]))
                    score[i]++;
            }
        }
    }

    bool Worthier(int a, int b)
    {
        var (left, right) = ((Int128)score[a] * Math.Max(1, core.Cost[b]), (Int128)score[b] * Math.Max(1, core.Cost[a]));
        return left > right || left == right && moved[a] < moved[b];
    }

    /// <summary>The open site that is missed least for what it costs; the oldest of equals, and none of this step or the last.</summary>
    int Easiest(int step)
    {
        var best = -1;
        foreach (var i in open)
        {
            if (step > 1 && moved[i] >= step - 1 && open.Count > 2)
                continue;
            if (best < 0)
            {
                best = i;
                continue;
            }
            var (left, right) = ((Int128)score[i] * Math.Max(1, core.Cost[best]), (Int128)score[best] * Math.Max(1, core.Cost[i]));
            if (left < right || left == right && moved[i] < moved[best])
                best = i;
        }
        return best < 0 ? open[dice.Below(open.Count)] : best;
    }

    void Miss(int j) => (missing[missingCount], place[j]) = (j, missingCount++);

    void Found(int j)
    {
        var last = missing[--missingCount];
        (missing[place[j]], place[last]) = (last, place[j]);
    }

    void Add(int s)
    {
        isOpen[s] = true;
        open.Add(s);
        cost += core.Cost[s];
        foreach (var j in core.CustomersOf(s))
        {
            if (count[j] == 0)
            {
                foreach (var k in core.SitesOf(j))
                {
                    if (k != s)
                        score[k] -= weight[j];
                    changed[k] = true;
                }
                Found(j);
            }
            else if (count[j] == 1)
                score[who[j]] -= weight[j];
            count[j]++;
            who[j] ^= s;
        }
    }

    void Drop(int s, int step)
    {
        isOpen[s] = false;
        open.Remove(s);
        cost -= core.Cost[s];
        moved[s] = step;
        foreach (var j in core.CustomersOf(s))
        {
            count[j]--;
            who[j] ^= s;
            if (count[j] == 0)
            {
                foreach (var k in core.SitesOf(j))
                {
                    if (k != s)
                        score[k] += weight[j];
                    changed[k] = true;
                }
                Miss(j);
            }
            else if (count[j] == 1)
                score[who[j]] += weight[j];
        }
        changed[s] = false;
    }
}
