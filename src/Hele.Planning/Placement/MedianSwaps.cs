using System.Numerics;

namespace Hele.Planning.Placement;

/// <summary>
/// A set of open sites and what every exchange of one site for another would save, kept up to date while sites are exchanged (after Resende and Werneck 2007): what a new site gains, what a lost site costs, and what both together
/// come to more than the two apart, since a customer of the lost one may go to the new one. All sums are whole numbers, exactly.
/// </summary>
sealed class MedianSwaps
{
    readonly DistanceField f;
    readonly int lanes;
    readonly int[] slotOf, siteAt, first, second;
    readonly double[] near, next, gain, loss, extra, scratch;
    readonly Stack<int> free = [];
    long spent;

    public MedianSwaps(DistanceField field)
    {
        f = field;
        lanes = (Math.Max(1, f.Most) + Vector<double>.Count - 1) / Vector<double>.Count * Vector<double>.Count;
        (slotOf, siteAt) = (new int[f.Sites], new int[lanes]);
        (first, second, near, next) = (new int[f.Customers], new int[f.Customers], new double[f.Customers], new double[f.Customers]);
        (gain, loss, scratch, extra) = (new double[f.Sites], new double[lanes], new double[lanes], new double[(long)f.Sites * lanes]);
        Set([]);
    }

    public int Count { get; private set; }
    /// <summary>Places of lists looked at so far.</summary>
    public long Work { get; private set; }
    public bool IsOpen(int site) => slotOf[site] >= 0;
    /// <summary>What customer j pays now, and would pay without the nearest site.</summary>
    public (double Now, double Without) Paid(int j) => (near[j], next[j]);
    public IEnumerable<int> Open => Enumerable.Range(0, f.Sites).Where(IsOpen);
    /// <summary>Sum of weight × cost, the unreached at <see cref="DistanceField.Far"/>.</summary>
    public double Total { get; private set; }

    public void Set(IReadOnlyCollection<int> open)
    {
        Array.Fill(slotOf, -1);
        Array.Fill(siteAt, -1);
        free.Clear();
        for (var s = Math.Max(1, f.Most) - 1; s >= 0; s--)
            free.Push(s);
        Array.Clear(gain);
        Array.Clear(loss);
        Array.Clear(extra);
        (Count, spent, Total) = (0, 0, 0);
        foreach (var site in open)
            Enter(site);
        for (var j = 0; j < f.Customers; j++)
        {
            Find(j);
            Tally(j, 1);
        }
    }

    void Enter(int site)
    {
        slotOf[site] = free.Pop();
        siteAt[slotOf[site]] = site;
        (Count, spent) = (Count + 1, spent + f.Price[site]);
    }

    void Find(int j)
    {
        var t = f.Start[j];
        var end = f.Start[j + 1] - 1;
        while (t < end && slotOf[f.Site[t]] < 0)
            t++;
        (first[j], near[j]) = t < end ? (f.Site[t], f.Cost[t]) : (-1, f.Far);
        for (t++; t < end && slotOf[f.Site[t]] < 0;)
            t++;
        (second[j], next[j]) = t < end ? (f.Site[t], f.Cost[t]) : (-1, f.Far);
    }

    /// <summary>Adds (sign 1) or takes back (−1) what a customer contributes to all sums.</summary>
    void Tally(int j, double sign)
    {
        var (weight, d1, d2) = (sign * f.Weights[j], near[j], next[j]);
        Total += weight * d1;
        var slot = first[j] < 0 ? 0 : slotOf[first[j]];
        loss[slot] += weight * (d2 - d1);
        var t = f.Start[j];
        for (; f.Cost[t] < d1; t++)
        {
            gain[f.Site[t]] += weight * (d1 - f.Cost[t]);
            extra[f.Site[t] * lanes + slot] += weight * (d2 - d1);
        }
        for (; f.Cost[t] < d2; t++)
            extra[f.Site[t] * lanes + slot] += weight * (d2 - f.Cost[t]);
        Work += t - f.Start[j];
    }

    /// <param name="enter">−1: none.</param>
    /// <param name="leave">−1: none.</param>
    public void Exchange(int enter, int leave)
    {
        Span<double> row = enter < 0 ? [] : f.Rows.AsSpan(enter * f.Customers, f.Customers);
        var hit = new List<int>();
        for (var j = 0; j < f.Customers; j++)
            if (leave >= 0 && (first[j] == leave || second[j] == leave) || enter >= 0 && row[j] < next[j])
            {
                hit.Add(j);
                Tally(j, -1);
            }
        if (leave >= 0)
        {
            free.Push(slotOf[leave]);
            siteAt[slotOf[leave]] = -1;
            slotOf[leave] = -1;
            (Count, spent) = (Count - 1, spent - f.Price[leave]);
        }
        if (enter >= 0)
            Enter(enter);
        Work += f.Customers / 4;
        foreach (var j in hit)
        {
            Find(j);
            Tally(j, 1);
        }
    }

    bool MayEnter(int site, long saved = 0) => slotOf[site] < 0 && f.State[site] >= 0 && !(spent - saved + f.Price[site] > f.Budget);

    /// <summary>The site whose opening alone saves most, or most for its price; −1: none saves anything, or there's no room.</summary>
    int BestToAdd(bool forPrice)
    {
        var (best, chosen) = (0.0, -1);
        for (var i = 0; Count < f.Most && i < f.Sites; i++)
            if (MayEnter(i) && (forPrice ? gain[i] / Math.Max(1, f.Price[i]) : gain[i]) is var g && g > best)
                (best, chosen) = (g, i);
        return chosen;
    }

    /// <summary>The exchange that saves most; no more than 0: there is none.</summary>
    public (double Saved, int Enter, int Leave) BestExchange()
    {
        for (var s = 0; s < lanes; s++)
            scratch[s] = siteAt[s] >= 0 && f.State[siteAt[s]] == 0 ? loss[s] : double.PositiveInfinity;
        var (saved, enter, leave) = (0.0, -1, -1);
        for (var i = 0; i < f.Sites; i++)
        {
            // Together they never save more than the new site gains alone.
            if (gain[i] <= saved || slotOf[i] >= 0 || f.State[i] < 0)
                continue;
            var row = extra.AsSpan(i * lanes, lanes);
            Work += lanes / 4;
            if (!f.Limited && gain[i] + Most(row) <= saved)
                continue;
            for (var s = 0; s < lanes; s++)
                if (gain[i] + row[s] - scratch[s] > saved && MayEnter(i, f.Price[siteAt[s]]))
                    (saved, enter, leave) = (gain[i] + row[s] - scratch[s], i, siteAt[s]);
        }
        return (saved, enter, leave);
    }

    double Most(ReadOnlySpan<double> row)
    {
        var most = new Vector<double>(double.NegativeInfinity);
        for (var s = 0; s < lanes; s += Vector<double>.Count)
            most = Vector.Max(most, new Vector<double>(row[s..]) - new Vector<double>(scratch, s));
        var best = double.NegativeInfinity;
        for (var s = 0; s < Vector<double>.Count; s++)
            best = Math.Max(best, most[s]);
        return best;
    }

    public void Fill(bool forPrice = false)
    {
        while (BestToAdd(forPrice) is >= 0 and var site)
            Exchange(site, -1);
    }

    /// <summary>Adds and exchanges as long as that saves anything.</summary>
    public void Descend(CancellationToken cancel)
    {
        while (true)
        {
            cancel.ThrowIfCancellationRequested();
            Fill();
            if (BestExchange() is not (> 0, var enter, var leave))
                return;
            Exchange(enter, leave);
        }
    }

    /// <summary>Replaces sites by others at random.</summary>
    public void Shake(int sites, Dice dice)
    {
        for (var k = 0; k < sites; k++)
        {
            var leaving = Open.Where(i => f.State[i] == 0).ToList();
            if (leaving.Count == 0)
                return;
            var leave = leaving[dice.Below(leaving.Count)];
            for (var tries = 0; tries < 20; tries++)
                if (dice.Below(f.Sites) is var enter && MayEnter(enter, f.Price[leave]))
                {
                    Exchange(enter, leave);
                    break;
                }
        }
    }

    /// <summary>Saved by each exchange of the present set, the largest first.</summary>
    public IEnumerable<(double Saved, int Enter, int Leave)> Exchanges(int most) =>
        (from i in Enumerable.Range(0, f.Sites)
         from s in Enumerable.Range(0, lanes)
         where siteAt[s] >= 0 && f.State[siteAt[s]] == 0 && MayEnter(i, f.Price[siteAt[s]])
         select (Saved: gain[i] - loss[s] + extra[i * lanes + s], i, siteAt[s])).OrderByDescending(x => x.Saved).ThenBy(x => x.i).ThenBy(x => x.Item3).Take(most);

    /// <summary>The open sites, ascending, without those that nobody needs; null: somebody isn't reached.</summary>
    public List<int>? Needed()
    {
        if (Array.IndexOf(first, -1) >= 0)
            return null;
        // A site is let go when everybody has another as near; letting several go needs a look at what remains.
        var open = Open.ToList();
        for (var at = open.Count - 1; at >= 0; at--)
        {
            var site = open[at];
            if (f.State[site] == 0 && loss[slotOf[site]] == 0 && !Enumerable.Range(0, f.Customers).Any(j => f.Rows[site * f.Customers + j] <= near[j] && !open.Exists(o => o != site && f.Rows[o * f.Customers + j] <= near[j])))
                open.RemoveAt(at);
        }
        return open;
    }
}
