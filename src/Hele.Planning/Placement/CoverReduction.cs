namespace Hele.Planning.Placement;

/// <summary>
/// The first core of a question, without what can't matter: sites that another dominates, customers whose covering follows from another's, equal customers. After Beasley (1987) and Caprara, Fischetti, Toth (1999);
/// each step is one that the checker can repeat on the problem as it was given.
/// </summary>
sealed class CoverReduction
{
    readonly CoverProblem problem;
    readonly bool most;
    readonly bool[] gone, idle;
    readonly int[] left;
    readonly int[] mark;
    int stamp;

    /// <param name="most">Weight is sought, within number and budget; else everybody is to be covered.</param>
    public CoverReduction(CoverProblem problem, bool most)
    {
        (this.problem, this.most) = (problem, most);
        gone = new bool[problem.Sites];
        idle = new bool[problem.Customers];
        left = new int[problem.Customers];
        mark = new int[Math.Max(problem.Sites, problem.Customers)];
        for (var i = 0; i < problem.Sites; i++)
        {
            gone[i] = problem.IsForbidden(i);
            if (problem.IsFixed(i))
                foreach (var j in problem.CustomersOf(i))
                    idle[j] = true;
        }
        for (var j = 0; j < problem.Customers; j++)
        {
            foreach (var i in problem.SitesOf(j))
                left[j] += gone[i] ? 0 : 1;
            idle[j] |= left[j] == 0 || most && problem.Weights[j] == 0;
        }
        var changed = true;
        for (var round = 0; changed && round < 20; round++)
        {
            changed = LeaveOutSites();
            if (most)
                break;
            SetAsideCustomers();
        }
    }

    public List<(int Site, int By)> Dominated { get; } = [];

    /// <summary>A site of which another covers all that matters, for no more.</summary>
    bool LeaveOutSites()
    {
        var before = Dominated.Count;
        var live = new int[problem.Sites];
        for (var i = 0; i < problem.Sites; i++)
            foreach (var j in problem.CustomersOf(i))
                live[i] += idle[j] ? 0 : 1;
        foreach (var i in Enumerable.Range(0, problem.Sites).Where(i => !gone[i] && !problem.IsFixed(i)).OrderBy(i => live[i]).ThenByDescending(i => problem.Costs[i]).ThenByDescending(i => i).ToList())
        {
            if (live[i] == 0)
                continue;
            var rarest = -1;
            foreach (var j in problem.CustomersOf(i))
                if (!idle[j] && (rarest < 0 || left[j] < left[rarest]))
                    rarest = j;
            if (left[rarest] < 2)
                continue;
            stamp++;
            foreach (var j in problem.CustomersOf(i))
                if (!idle[j])
                    mark[j] = stamp;
            foreach (var by in problem.SitesOf(rarest))
            {
                if (by == i || gone[by] || live[by] < live[i] || problem.Costs[by] > problem.Costs[i])
                    continue;
                var shared = 0;
                foreach (var j in problem.CustomersOf(by))
                    shared += mark[j] == stamp ? 1 : 0;
                if (shared < live[i])
                    continue;
                gone[i] = true;
                Dominated.Add((i, by));
                foreach (var j in problem.CustomersOf(i))
                    left[j]--;
                break;
            }
        }
        return Dominated.Count > before;
    }

    /// <summary>Customers of whom another can only be covered together with them.</summary>
    void SetAsideCustomers()
    {
        // Whoever has one site left will have it open, and everybody it covers is done with; they are set aside as well, but for the one that says so.
        foreach (var j in Enumerable.Range(0, problem.Customers).Where(j => !idle[j]).OrderBy(j => left[j]).ThenBy(j => j).ToList())
        {
            if (idle[j])
                continue;
            stamp++;
            var fewest = -1;
            foreach (var i in problem.SitesOf(j))
            {
                if (gone[i])
                    continue;
                mark[i] = stamp;
                if (fewest < 0 || problem.CustomersOf(i).Length < problem.CustomersOf(fewest).Length)
                    fewest = i;
            }
            foreach (var k in problem.CustomersOf(fewest))
            {
                if (k == j || idle[k] || left[k] < left[j])
                    continue;
                var shared = 0;
                foreach (var i in problem.SitesOf(k))
                    shared += mark[i] == stamp ? 1 : 0;
                idle[k] = shared == left[j];
            }
        }
    }

    /// <summary>The core, its sites in an order in which those that share customers are near each other; <paramref name="of"/> says for each customer of the problem which of the core's first customers it is.</summary>
    public CoverCore Core(out int[] of)
    {
        var order = Order();
        var number = new int[problem.Sites];
        Array.Fill(number, -1);
        for (var k = 0; k < order.Count; k++)
            number[order[k]] = k;
        var start = new List<int> { 0 };
        var item = new List<int>();
        var weight = new List<long>();
        of = new int[problem.Customers];
        var worth = 0L;
        for (var j = 0; j < problem.Customers; j++)
        {
            of[j] = CoverCore.Settled;
            if (idle[j])
            {
                worth += most && problem.Weights[j] > 0 && IsServedByFixed(j) ? problem.Weights[j] : 0;
                continue;
            }
            var from = item.Count;
            var cheapest = long.MaxValue;
            foreach (var i in problem.SitesOf(j))
            {
                if (number[i] < 0)
                    continue;
                item.Add(number[i]);
                cheapest = Math.Min(cheapest, problem.Costs[i]);
            }
            item.Sort(from, item.Count - from, null);
            of[j] = weight.Count;
            weight.Add(most ? problem.Weights[j] : cheapest);
            start.Add(item.Count);
        }
        var open = Enumerable.Range(0, problem.Sites).Where(problem.IsFixed).ToList();
        var paid = open.Sum(i => problem.Costs[i]);
        var (starts, items) = (start.ToArray(), item.ToArray());
        var (siteStart, siteItem) = CoverCore.Turned(starts, items, order.Count);
        var hasBudget = most && problem.Choice.Budget is not null;
        return new()
        {
            Most = most, Site = [.. order], Cost = [.. order.Select(i => most ? 0 : problem.Costs[i])], Price = hasBudget ? [.. order.Select(i => problem.Costs[i])] : null, Weight = [.. weight],
            CustomerStart = starts, CustomerItem = items, SiteStart = siteStart, SiteItem = siteItem, Owner = [.. Enumerable.Range(0, weight.Count)], Base = most ? worth : -paid,
            Limit = Math.Min(most && problem.Choice.Most is { } limit ? limit - open.Count : order.Count, order.Count), Budget = hasBudget ? problem.Choice.Budget!.Value - paid : 0, Open = open,
        };
    }

    bool IsServedByFixed(int j)
    {
        foreach (var i in problem.SitesOf(j))
            if (problem.IsFixed(i))
                return true;
        return false;
    }

    /// <summary>Reverse Cuthill-McKee (1969) over sites that share a customer.</summary>
    List<int> Order()
    {
        var order = new List<int>();
        var free = Enumerable.Range(0, problem.Sites).Where(i => !gone[i] && !problem.IsFixed(i) && problem.CustomersOf(i).ToArray().Any(j => !idle[j])).ToList();
        var isFree = new bool[problem.Sites];
        foreach (var i in free)
            isFree[i] = true;
        var seenCustomer = new bool[problem.Customers];
        var placed = new bool[problem.Sites];
        foreach (var root in free.OrderBy(i => problem.CustomersOf(i).Length).ThenBy(i => i))
        {
            if (placed[root])
                continue;
            // From the end of a first walk the levels are narrow.
            var far = Walk(root, order.Count, order, placed, seenCustomer, isFree);
            foreach (var i in order.Skip(far))
            {
                placed[i] = false;
                foreach (var j in problem.CustomersOf(i))
                    seenCustomer[j] = false;
            }
            var end = order[^1];
            order.RemoveRange(far, order.Count - far);
            Walk(end, order.Count, order, placed, seenCustomer, isFree);
        }
        order.Reverse();
        return order;
    }

    int Walk(int root, int from, List<int> order, bool[] placed, bool[] seenCustomer, bool[] isFree)
    {
        placed[root] = true;
        order.Add(root);
        var fresh = new List<int>();
        for (var at = from; at < order.Count; at++)
        {
            fresh.Clear();
            foreach (var j in problem.CustomersOf(order[at]))
            {
                if (seenCustomer[j])
                    continue;
                seenCustomer[j] = true;
                foreach (var i in problem.SitesOf(j))
                {
                    if (placed[i] || !isFree[i])
                        continue;
                    placed[i] = true;
                    fresh.Add(i);
                }
            }
            fresh.Sort((a, b) => problem.CustomersOf(a).Length.CompareTo(problem.CustomersOf(b).Length) is var c && c != 0 ? c : a - b);
            order.AddRange(fresh);
        }
        return from;
    }
}
