namespace Hele.Planning.Placement;

/// <summary>
/// What is left to decide of a covering question without capacities: free sites, and customers that no open site covers yet, equal ones merged. Both questions are the same one here: the most value, which is covered
/// weight, or the cost with its sign turned, where <see cref="Base"/> is what the sites opened so far come to.
/// </summary>
sealed class CoverCore
{
    /// <summary>In <see cref="Owner"/>: an open site covers it, or another customer stands for it.</summary>
    public const int Settled = -1;
    /// <summary>In <see cref="Owner"/>: no free or open site covers it.</summary>
    public const int Lost = -2;

    public required bool Most { get; init; }
    /// <summary>Free sites by the problem's numbers.</summary>
    public required int[] Site { get; init; }
    /// <summary>What opening a site takes from the value: nothing where weight is sought.</summary>
    public required long[] Cost { get; init; }
    /// <summary>What opening a site takes from the budget; null: there is none.</summary>
    public required long[]? Price { get; init; }
    /// <summary>A customer's weight; where all are to be covered the cheapest cost of covering it, which no price for it need pass.</summary>
    public required long[] Weight { get; init; }
    public required int[] SiteStart { get; init; }
    public required int[] SiteItem { get; init; }
    public required int[] CustomerStart { get; init; }
    public required int[] CustomerItem { get; init; }
    /// <summary>For each customer of the first core: its number here, or <see cref="Settled"/> or <see cref="Lost"/>.</summary>
    public required int[] Owner { get; init; }
    public required long Base { get; init; }
    /// <summary>How many more sites may open.</summary>
    public required int Limit { get; init; }
    public required long Budget { get; init; }
    /// <summary>Of the problem's numbers, those opened on the way here.</summary>
    public required IReadOnlyList<int> Open { get; init; }

    public int Sites => Site.Length;
    public int Customers => Weight.Length;
    public ReadOnlySpan<int> CustomersOf(int i) => SiteItem.AsSpan(SiteStart[i]..SiteStart[i + 1]);
    public ReadOnlySpan<int> SitesOf(int j) => CustomerItem.AsSpan(CustomerStart[j]..CustomerStart[j + 1]);
    public long TotalWeight => Weight.Sum();
    /// <summary>All free sites may be opened together.</summary>
    public bool IsFree => Limit >= Sites && Price is null;

    /// <summary>The core after some free sites were opened (1) or closed (2); prices of customers go along. Null: a customer that must be covered can't be.</summary>
    public CoverCore? After(ReadOnlySpan<byte> state, ReadOnlySpan<double> prices, out double[] carried)
    {
        carried = [];
        var (n, m) = (Sites, Customers);
        var covered = new bool[m];
        var number = new int[n];
        var (open, site, worth, limit, budget) = (new List<int>(Open), new List<int>(), Base, Limit, Budget);
        for (var i = 0; i < n; i++)
        {
            if (state[i] == 1)
            {
                open.Add(Site[i]);
                worth -= Cost[i];
                limit--;
                budget -= Price is null ? 0 : Price[i];
                foreach (var j in CustomersOf(i))
                {
                    if (Most && !covered[j])
                        worth += Weight[j];
                    covered[j] = true;
                }
            }
        }
        for (var i = 0; i < n; i++)
        {
            number[i] = -1;
            // A site that nobody is left for adds nothing to any bound: it is dropped without a case in the proof.
            if (state[i] != 0 || !Needed(i))
                continue;
            number[i] = site.Count;
            site.Add(i);
        }
        bool Needed(int i)
        {
            foreach (var j in CustomersOf(i))
                if (!covered[j])
                    return true;
            return false;
        }
        var local = new int[m];
        var start = new List<int>(m + 1) { 0 };
        var item = new List<int>(CustomerItem.Length);
        var (weight, price) = (new List<long>(m), new List<double>(m));
        var seen = new Dictionary<ulong, int>(m);
        for (var j = 0; j < m; j++)
        {
            if (covered[j])
            {
                local[j] = Settled;
                continue;
            }
            var hash = 0UL;
            var from = item.Count;
            var cheapest = long.MaxValue;
            foreach (var i in SitesOf(j))
            {
                var k = number[i];
                if (k < 0)
                    continue;
                item.Add(k);
                hash += (ulong)(k + 1) * 0x9E3779B97F4A7C15 ^ (ulong)(k + 7) * (ulong)(k + 3) * 0xC2B2AE3D27D4EB4F;
                cheapest = Math.Min(cheapest, Cost[i]);
            }
            if (item.Count == from)
            {
                if (!Most)
                    return null;
                local[j] = Lost;
                continue;
            }
            // No price is above what the cheapest site costs; one at least, so that there is room between it and nothing.
            var own = Most ? Weight[j] : Math.Max(1, cheapest);
            if (seen.TryGetValue(hash, out var same) && Same(start, item, same, from))
            {
                item.RemoveRange(from, item.Count - from);
                local[j] = Most ? same : Settled;
                weight[same] = Most ? weight[same] + own : own;
                price[same] = Math.Min(price[same] + prices[j], weight[same]);
                continue;
            }
            seen[hash] = local[j] = weight.Count;
            weight.Add(own);
            price.Add(Math.Min(prices[j], own));
            start.Add(item.Count);
        }
        carried = [.. price];
        var owner = new int[Owner.Length];
        for (var k = 0; k < owner.Length; k++)
            owner[k] = Owner[k] < 0 ? Owner[k] : local[Owner[k]];
        var (starts, items) = (start.ToArray(), item.ToArray());
        var (siteStart, siteItem) = Turned(starts, items, site.Count);
        return new()
        {
            Most = Most, Site = [.. site.Select(i => Site[i])], Cost = [.. site.Select(i => Cost[i])], Price = Price is null ? null : [.. site.Select(i => Price[i])], Weight = [.. weight],
            CustomerStart = starts, CustomerItem = items, SiteStart = siteStart, SiteItem = siteItem, Owner = owner, Base = worth, Limit = Math.Min(limit, site.Count), Budget = budget, Open = open,
        };
    }

    static bool Same(List<int> start, List<int> item, int customer, int from)
    {
        var (a, b) = (start[customer], start[customer + 1]);
        if (b - a != item.Count - from)
            return false;
        for (var k = 0; a + k < b; k++)
            if (item[a + k] != item[from + k])
                return false;
        return true;
    }

    /// <summary>Rows as columns: of each item the rows it stands in, ascending.</summary>
    public static (int[] Start, int[] Item) Turned(int[] start, int[] item, int columns)
    {
        var turnedStart = new int[columns + 1];
        foreach (var i in item)
            turnedStart[i + 1]++;
        for (var i = 0; i < columns; i++)
            turnedStart[i + 1] += turnedStart[i];
        var next = turnedStart.AsSpan(0, columns).ToArray();
        var turned = new int[item.Length];
        for (var row = 0; row + 1 < start.Length; row++)
            for (var k = start[row]; k < start[row + 1]; k++)
                turned[next[item[k]]++] = row;
        return (turnedStart, turned);
    }
}
