using System.Numerics;

namespace Hele.Planning.Placement;

/// <summary>
/// The Lagrangian bound for one case of the tree: prices v for customers, and L(v) = Σ w·v + the least that open sites and the best choice of further ones take back, a site taking Σ w·(v − cost) of the customers it serves for less than
/// their price (with a capacity: of the dearest it has room for). Prices climb by deflected subgradients; in doubles while searching, in whole numbers where it counts.
/// </summary>
sealed class MedianPrices
{
    readonly DistanceField f;
    readonly double[] rho, share, served, way, keys, best;
    readonly int[] ids, taken;
    readonly long[] exact, exactPrice;
    readonly double[] prefer;
    int[] start, site;
    double[] cost;
    int alive;

    public MedianPrices(DistanceField field)
    {
        f = field;
        (State, Price, best, served, way) = ([.. f.State], new double[f.Customers], new double[f.Customers], new double[f.Customers], new double[f.Customers]);
        (rho, share, Chosen, keys, ids, exact) = (new double[f.Sites], new double[f.Sites], new double[f.Sites], new double[f.Sites], new int[f.Sites], new long[f.Sites]);
        (taken, prefer, exactPrice) = (new int[f.Customers], new double[f.Customers], new long[f.Customers]);
        (start, site, cost, alive) = (f.Start, f.Site, f.Cost, f.Allowed);
        for (var j = 0; j < f.Customers; j++)
            Price[j] = Math.Min(cost[start[j]], f.Ceilings[j]);
    }

    /// <summary>By site: 1 open, −1 closed, 0 undecided.</summary>
    public sbyte[] State { get; private set; }
    public double[] Price { get; }
    /// <summary>How much of each site was chosen lately, 0 to 1.</summary>
    public double[] Chosen { get; }
    public long Work { get; private set; }

    public void Take(sbyte[] state) => State = [.. state];

    /// <summary>Sites closed for good drop out of all lists.</summary>
    public void Compact()
    {
        var left = State.Count(s => s >= 0);
        if (left > alive * 9 / 10)
            return;
        alive = left;
        var (starts, sites, costs) = (new int[f.Customers + 1], new List<int>(), new List<double>());
        for (var j = 0; j < f.Customers; j++)
        {
            starts[j] = sites.Count;
            for (var t = start[j]; t < start[j + 1] - 1; t++)
                if (State[site[t]] >= 0)
                {
                    sites.Add(site[t]);
                    costs.Add(cost[t]);
                }
            sites.Add(0);
            costs.Add(double.PositiveInfinity);
        }
        starts[^1] = sites.Count;
        (start, site, cost) = (starts, [.. sites], [.. costs]);
    }

    /// <summary>Some customer can't be reached, or there isn't room for all: no choice of what's left is an answer.</summary>
    public bool IsHopeless()
    {
        var (count, money) = f.Left(State);
        if (count < 0 || money < 0)
            return true;
        for (var j = 0; j < f.Customers; j++)
        {
            var t = start[j];
            while (t < start[j + 1] - 1 && !(State[site[t]] > 0 || State[site[t]] == 0 && count > 0 && f.Price[site[t]] <= money))
                t++;
            if (t == start[j + 1] - 1)
                return true;
        }
        if (f.Capacity is not { } capacity)
            return false;
        Int128 room = 0;
        for (var i = 0; i < f.Sites; i++)
            if (State[i] > 0)
                room += capacity[i];
        foreach (var c in Enumerable.Range(0, f.Sites).Where(i => State[i] == 0 && f.Price[i] <= money).Select(i => capacity[i]).OrderDescending().Take(count))
            room += c;
        return room < f.Weight;
    }

    /// <summary>Nothing is left to choose; the open sites are the answer of this case.</summary>
    public bool IsDecided()
    {
        var (count, money) = f.Left(State);
        return count <= 0 || !Enumerable.Range(0, f.Sites).Any(i => State[i] == 0 && f.Price[i] <= money);
    }

    /// <summary>Runs rounds of climbing and leaves the best prices met in <see cref="Price"/>.</summary>
    /// <param name="aim">A value known to be reached by an answer, or the cut-off.</param>
    /// <param name="each">Told each round the bound and whether it is the best so far; false: stop.</param>
    public double Climb(int rounds, double step, int patience, double aim, Func<double, bool, bool> each, CancellationToken cancel)
    {
        var (most, stall) = (double.NegativeInfinity, 0);
        var enough = aim - 1 + 2.0 * f.Weight / f.Scale;
        Array.Clear(way);
        for (var round = 0; round < rounds; round++)
        {
            cancel.ThrowIfCancellationRequested();
            var bound = Evaluate();
            var better = round == 0 || bound > most + 1e-9 * Math.Abs(most);
            if (better)
            {
                (most, stall) = (bound, 0);
                Price.CopyTo(best, 0);
            }
            if (!each(bound, better) || most > enough)
                break;
            if (!better && ++stall >= patience)
            {
                (step, stall) = (step / 2, 0);
                best.CopyTo(Price, 0);
                Array.Clear(way);
                if (step < 0.002)
                    break;
            }
            for (var i = 0; i < f.Sites; i++)
                Chosen[i] += 0.05 * (share[i] - Chosen[i]);
            var norm = 0.0;
            for (var j = 0; j < f.Customers; j++)
            {
                way[j] = 0.7 * way[j] + 1 - served[j];
                norm += f.Weights[j] * way[j] * way[j];
            }
            if (norm < 1e-12)
                break;
            var pace = step * Math.Max(aim - bound, 1e-6 * Math.Abs(aim)) / norm;
            for (var j = 0; j < f.Customers; j++)
                Price[j] = Math.Clamp(Price[j] + pace * way[j], Math.Min(cost[start[j]], f.Ceilings[j]), f.Ceilings[j]);
        }
        best.CopyTo(Price, 0);
        return most;
    }

    /// <summary>The sites that the last round would open, as far as both limits allow.</summary>
    public List<int> Choice()
    {
        var (count, money) = f.Left(State);
        var chosen = Enumerable.Range(0, f.Sites).Where(i => State[i] > 0).ToList();
        foreach (var i in Enumerable.Range(0, f.Sites).Where(i => State[i] == 0 && share[i] >= 1).OrderBy(i => rho[i]))
            if (count > 0 && f.Price[i] <= money)
            {
                chosen.Add(i);
                (count, money) = (count - 1, f.Limited ? money - f.Price[i] : money);
            }
        chosen.Sort();
        return chosen;
    }

    double Evaluate()
    {
        Array.Clear(rho);
        var total = 0.0;
        for (var j = 0; j < f.Customers; j++)
            total += f.Weights[j] * Price[j];
        if (f.Capacity == null)
            for (var j = 0; j < f.Customers; j++)
            {
                var (price, weight, t) = (Price[j], f.Weights[j], start[j]);
                for (; cost[t] < price; t++)
                    rho[site[t]] += weight * (cost[t] - price);
                Work += t - start[j];
            }
        else
            for (var i = 0; i < f.Sites; i++)
                if (State[i] >= 0)
                    rho[i] = -Serve(i, 0);
        total += Choose();
        Array.Clear(served);
        for (var i = 0; i < f.Sites; i++)
            if (share[i] > 0)
                if (f.Capacity == null)
                    CountServed(f.Rows.AsSpan(i * f.Customers, f.Customers), share[i]);
                else
                    Serve(i, share[i]);
        return total;
    }

    void CountServed(ReadOnlySpan<double> row, double part)
    {
        var j = 0;
        var parts = new Vector<double>(part);
        for (; j <= row.Length - Vector<double>.Count; j += Vector<double>.Count)
            (new Vector<double>(served, j) + Vector.ConditionalSelect(Vector.LessThan(new Vector<double>(row[j..]), new Vector<double>(Price, j)), parts, Vector<double>.Zero)).CopyTo(served, j);
        for (; j < row.Length; j++)
            if (row[j] < Price[j])
                served[j] += part;
        Work += row.Length / 4;
    }

    /// <summary>What a site with a capacity takes back at the present prices; with a part, also counts who is served there.</summary>
    double Serve(int i, double part)
    {
        var row = f.Rows.AsSpan(i * f.Customers, f.Customers);
        var (n, wanted) = (0, 0.0);
        for (var j = 0; j < row.Length; j++)
            if (row[j] < Price[j])
            {
                (taken[n], prefer[n]) = (j, row[j] - Price[j]);
                n++;
                wanted += f.Weights[j];
            }
        Work += row.Length / 2 + n * 2;
        var room = (double)f.Capacity![i];
        if (wanted > room)
            prefer.AsSpan(0, n).Sort(taken.AsSpan(0, n));
        var back = 0.0;
        for (var k = 0; k < n && room > 0; k++)
        {
            var here = Math.Min(room, f.Weights[taken[k]]);
            room -= here;
            back -= here * prefer[k];
            served[taken[k]] += part * here / f.Weights[taken[k]];
        }
        return back;
    }

    /// <summary>Sets the shares of the cheapest choice and returns what it takes back.</summary>
    double Choose()
    {
        Array.Clear(share);
        var (count, money) = f.Left(State);
        var (sum, n) = (0.0, 0);
        for (var i = 0; i < f.Sites; i++)
            if (State[i] > 0)
            {
                share[i] = 1;
                sum += rho[i];
            }
            else if (State[i] == 0 && rho[i] < 0 && f.Price[i] <= money)
                (keys[n], ids[n++]) = (rho[i], i);
        var picked = keys.AsSpan(0, n);
        picked.Sort(ids.AsSpan(0, n));
        var (byCount, k) = (0.0, Math.Min(count, n));
        for (var at = 0; at < k; at++)
            byCount += keys[at];
        var byMoney = double.NegativeInfinity;
        if (f.Limited)
        {
            byMoney = 0;
            var order = ids[..n];
            Array.Sort([.. order.Select(i => rho[i] / Math.Max(1e-9, f.Price[i]))], order);
            var parts = new List<(int, double)>();
            foreach (var i in order)
            {
                var part = f.Price[i] <= money ? 1 : (double)money / f.Price[i];
                parts.Add((i, part));
                byMoney += part * rho[i];
                if (part < 1)
                    break;
                money -= f.Price[i];
            }
            if (byMoney > byCount)
                foreach (var (i, part) in parts)
                    share[i] = part;
        }
        if (byCount >= byMoney)
            for (var at = 0; at < k; at++)
                share[ids[at]] = 1;
        return sum + Math.Max(byCount, byMoney);
    }

    /// <summary>The prices as whole numbers of 1/Scale, and the bound they give by whole numbers, in 1/Scale.</summary>
    public (long[] Prices, long Bound) Exactly()
    {
        for (var j = 0; j < f.Customers; j++)
            exactPrice[j] = (long)Math.Round(Price[j] * f.Scale);
        return ([.. exactPrice], Exactly(exactPrice));
    }

    /// <summary>The bound that a row of whole prices gives for the present case, in 1/Scale.</summary>
    public long Exactly(long[] prices)
    {
        Array.Clear(exact);
        for (var j = 0; f.Capacity == null && j < f.Customers; j++)
        {
            var (price, weight, t) = (prices[j], (long)f.Weights[j], start[j]);
            for (; t < start[j + 1] - 1 && (long)cost[t] * f.Scale is var c && c < price; t++)
                exact[site[t]] += weight * (c - price);
            Work += t - start[j];
        }
        for (var i = 0; f.Capacity is { } capacity && i < f.Sites; i++)
            if (State[i] >= 0)
            {
                var room = capacity[i];
                Work += f.Customers;
                foreach (var (less, weight) in Enumerable.Range(0, f.Customers).Where(j => f.Rows[i * f.Customers + j] * f.Scale < prices[j])
                    .Select(j => (Less: (long)f.Rows[i * f.Customers + j] * f.Scale - prices[j], (long)f.Weights[j])).OrderBy(x => x.Less))
                {
                    exact[i] += Math.Min(room, weight) * less;
                    room -= Math.Min(room, weight);
                }
            }
        paid = 0;
        for (var j = 0; j < f.Customers; j++)
            paid += (long)f.Weights[j] * prices[j];
        return Whole();
    }

    long paid;

    /// <summary>The bound of the present case with the site sums already taken.</summary>
    long Whole()
    {
        var (count, money) = f.Left(State);
        if (count < 0 || money < 0)
            return long.MaxValue;
        Int128 sum = paid;
        var choosable = new List<(long Rho, int Site)>();
        for (var i = 0; i < f.Sites; i++)
            if (State[i] > 0)
                sum += exact[i];
            else if (State[i] == 0 && exact[i] < 0 && f.Price[i] <= money)
                choosable.Add((exact[i], i));
        choosable.Sort();
        Int128 byCount = 0, byMoney = 0;
        foreach (var (r, _) in choosable.Take(count))
            byCount += r;
        // Far below any bound worth having, and far enough from the ends that differences of such numbers fit.
        long Told(Int128 back) => (long)Int128.Max(long.MinValue / 8, sum + back);
        if (!f.Limited)
            return Told(byCount);
        // Compared by whole numbers: an order that isn't quite right would give a bound that isn't one.
        choosable.Sort((a, b) => ((Int128)a.Rho * f.Price[b.Site]).CompareTo((Int128)b.Rho * f.Price[a.Site]) is not 0 and var by ? by : a.Site.CompareTo(b.Site));
        foreach (var (r, i) in choosable)
            if (f.Price[i] <= money)
                (byMoney, money) = (byMoney + r, money - f.Price[i]);
            else
            {
                byMoney -= ((Int128)(-r) * money + f.Price[i] - 1) / f.Price[i];
                break;
            }
        return Told(Int128.Max(byCount, byMoney));
    }

    /// <summary>After <see cref="Exactly(long[])"/>: decides every site whose other case can't have an answer below the cut-off, in order, and tells each.</summary>
    public List<(int Site, bool Open)> Fix(long bound, long cutoff)
    {
        var made = new List<(int, bool)>();
        var (count, money) = f.Left(State);
        if (f.Limited)
        {
            for (var i = 0; i < f.Sites; i++)
            {
                if (State[i] != 0)
                    continue;
                State[i] = 1;
                var closes = Whole() > cutoff;
                State[i] = -1;
                if (closes)
                    made.Add((i, false));
                else if (Whole() > cutoff)
                {
                    State[i] = 1;
                    made.Add((i, true));
                }
                else
                    State[i] = 0;
            }
            return made;
        }
        var order = Enumerable.Range(0, f.Sites).Where(i => State[i] == 0).Select(i => (Rho: exact[i], i)).Order().ToList();
        var k = Math.Min(count, order.Count);
        if (k <= 0)
            return made;
        var (last, after) = (k < order.Count ? order[k - 1].Rho : 0, k < order.Count ? order[k].Rho : 0);
        for (var at = 0; at < order.Count; at++)
        {
            var (r, i) = order[at];
            if (at >= k && bound - last + r > cutoff)
            {
                State[i] = -1;
                made.Add((i, false));
            }
            else if (at < k && bound - r + after > cutoff)
            {
                State[i] = 1;
                made.Add((i, true));
            }
        }
        return made;
    }
}
