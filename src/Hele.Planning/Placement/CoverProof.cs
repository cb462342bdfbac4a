namespace Hele.Planning.Placement;

/// <param name="Value">Of the best sites, counted anew; null without any.</param>
/// <param name="Bound">What the proof's leaves leave possible: no answer is better. Null: the proof doesn't hold, or its leaves show that there is no answer.</param>
/// <param name="Faults">What is wrong; none: everything the placement says holds.</param>
public sealed record ProofReport(long? Value, long? Bound, IReadOnlyList<string> Faults)
{
    public bool Holds => Faults.Count == 0;
}

/// <summary>
/// Recomputes what a covering says about itself, on the problem as it was given, in whole numbers, sharing nothing with the search. A row of multipliers is read thus, in 1/Scale:
/// <list type="bullet">
/// <item>Most: entry j is the price q of one unit of customer j's weight w, 0 to 1. What is covered is at most Σ w(1 − q) + Σ worth of the open sites, where a site's worth is the most that it can collect: Σ q·w over its customers,
/// within its capacity. An entry after the customers' is a price λ ≥ 0 for the budget: λ·budget is added and λ·cost taken from each site's worth.</item>
/// <item>All: entry j is the price t ≥ 0 for covering customer j, and with capacities the entries from the number of customers on are prices u ≥ 0 for one unit of their weight. The cost is at least Σ t + Σ u·w + Σ of the open sites'
/// cost less what they collect, Σ t and the most of Σ u·served within their capacity.</item>
/// </list>
/// Open sites count with their worth whatever it is; of the undecided ones as many of the best as the number allows, and none that is worth less than nothing. Where most is sought within a budget, no site that costs more than what is left, and
/// altogether no more than the best for their cost come to for that money, the last of them in part.
/// </summary>
public static class CoverProof
{
    public static ProofReport CheckMost(CoverProblem problem, Placement placement) => new Examination(problem, placement, most: true).Report();

    public static ProofReport CheckAll(CoverProblem problem, Placement placement) => new Examination(problem, placement, most: false).Report();

    sealed class Examination(CoverProblem problem, Placement placement, bool most)
    {
        readonly List<string> faults = [];
        readonly BranchProof proof = placement.Proof;
        readonly bool[] isOut = new bool[problem.Sites];

        public ProofReport Report()
        {
            for (var i = 0; i < problem.Sites; i++)
                isOut[i] = problem.IsForbidden(i);
            var value = placement.Best is { } best ? Value(best, "The best") : null;
            CheckAlternatives();
            CheckDominated();
            var bound = proof.Scale < 1 ? null : Bound();
            if (proof.Scale < 1)
                faults.Add("The scale isn't a positive number.");
            CheckClaims(value, bound);
            return new(value, faults.Count == 0 ? bound : null, faults);
        }

        void CheckClaims(long? value, long? bound)
        {
            if (faults.Count > 0)
                return;
            // No leaf with an answer: the bound is whatever the value is.
            var left = bound is { } b && value is { } v ? most ? Math.Max(b, v) : Math.Min(b, v) : bound ?? value;
            if (left is { } most1 && (most ? placement.Bound < most1 : placement.Bound > most1))
                faults.Add($"The bound {placement.Bound} is better than the {most1} that the proof shows.");
            var proven = value is null ? bound is null : bound is null || (most ? bound <= value : bound >= value);
            if (placement.IsProven && !proven)
                faults.Add("It says that it is proven, and it isn't.");
            if (placement.IsProven && value is not null && placement.Bound != value)
                faults.Add($"It says that it is proven, and its bound is {placement.Bound} for a value of {value}.");
        }

        void CheckAlternatives()
        {
            var seen = new HashSet<string>();
            if (placement.Best is { } best)
                seen.Add(string.Join(',', best.Open));
            foreach (var set in placement.Alternatives)
            {
                Value(set, "An alternative");
                if (!seen.Add(string.Join(',', set.Open)))
                    faults.Add("An alternative is there twice.");
                if (placement.Best is null || (most ? set.Value > placement.Best.Value : set.Value < placement.Best.Value))
                    faults.Add("An alternative is better than the best.");
            }
        }

        long? Value(SiteSet set, string what)
        {
            var open = new bool[problem.Sites];
            for (var k = 0; k < set.Open.Count; k++)
            {
                var i = set.Open[k];
                if ((uint)i >= (uint)problem.Sites || open[i] || problem.IsForbidden(i) || k > 0 && set.Open[k - 1] > i)
                {
                    faults.Add($"{what} opens site {i}, which can't be, or not in its place.");
                    return null;
                }
                open[i] = true;
            }
            for (var i = 0; i < problem.Sites; i++)
                if (problem.IsFixed(i) && !open[i])
                    faults.Add($"{what} closes site {i}, which is fixed.");
            var cost = 0L;
            foreach (var i in set.Open)
                cost += problem.Costs[i];
            if (set.Open.Count > (problem.Choice.Most ?? int.MaxValue) || cost > (problem.Choice.Budget ?? long.MaxValue))
                faults.Add($"{what} opens more than number and budget allow.");
            var (served, all) = problem.HasCapacities ? Shared(open) : Covered(open);
            if (!most && !all)
                faults.Add($"{what} leaves somebody uncovered.");
            var value = most ? served : cost;
            if (value != set.Value)
                faults.Add($"{what} says {set.Value} and comes to {value}.");
            return value;
        }

        (long Served, bool All) Covered(bool[] open)
        {
            var (served, all) = (0L, true);
            for (var j = 0; j < problem.Customers; j++)
            {
                var (covered, reachable) = (false, false);
                foreach (var i in problem.SitesOf(j))
                    (covered, reachable) = (covered || open[i], reachable || !problem.IsForbidden(i));
                served += covered ? problem.Weights[j] : 0;
                all &= covered || !reachable;
            }
            return (served, all);
        }

        /// <summary>Demand is shared out by the shortest ways on which more can be served (Edmonds, Karp 1972).</summary>
        (long Served, bool All) Shared(bool[] open)
        {
            var (n, m) = (problem.Sites, problem.Customers);
            var (free, need) = (problem.Capacities.ToArray(), problem.Weights.ToArray());
            var flow = new Dictionary<(int Site, int Customer), long>();
            while (true)
            {
                var (fromSite, fromCustomer) = (new int[n], new int[m]);
                Array.Fill(fromSite, -2);
                Array.Fill(fromCustomer, -1);
                var queue = new Queue<int>();
                for (var i = 0; i < n; i++)
                    if (open[i] && free[i] > 0)
                    {
                        fromSite[i] = -1;
                        queue.Enqueue(i);
                    }
                var end = -1;
                while (end < 0 && queue.TryDequeue(out var i))
                    foreach (var j in problem.CustomersOf(i))
                    {
                        if (fromCustomer[j] >= 0)
                            continue;
                        fromCustomer[j] = i;
                        if (need[j] > 0)
                        {
                            end = j;
                            break;
                        }
                        foreach (var k in problem.SitesOf(j))
                            if (open[k] && fromSite[k] == -2 && flow.GetValueOrDefault((k, j)) > 0)
                            {
                                fromSite[k] = j;
                                queue.Enqueue(k);
                            }
                    }
                if (end < 0)
                    break;
                var more = need[end];
                for (var j = end; ;)
                {
                    var i = fromCustomer[j];
                    if (fromSite[i] < 0)
                    {
                        more = Math.Min(more, free[i]);
                        break;
                    }
                    more = Math.Min(more, flow[(i, fromSite[i])]);
                    j = fromSite[i];
                }
                need[end] -= more;
                for (var j = end; ;)
                {
                    var i = fromCustomer[j];
                    flow[(i, j)] = flow.GetValueOrDefault((i, j)) + more;
                    if (fromSite[i] < 0)
                    {
                        free[i] -= more;
                        break;
                    }
                    j = fromSite[i];
                    flow[(i, j)] -= more;
                }
            }
            var (served, all) = (0L, Covered(open).All);
            for (var j = 0; j < m; j++)
            {
                served += problem.Weights[j] - need[j];
                all &= need[j] == 0 || problem.SitesOf(j).ToArray().All(problem.IsForbidden);
            }
            return (served, all);
        }

        /// <summary>Site after site: another that is still there covers all that matters, for no more. Then any answer with the site is no better than one with the other.</summary>
        void CheckDominated()
        {
            var left = new int[problem.Customers];
            for (var j = 0; j < left.Length; j++)
                foreach (var i in problem.SitesOf(j))
                    left[j] += isOut[i] ? 0 : 1;
            foreach (var (site, by) in proof.Dominated)
            {
                if ((uint)site >= (uint)problem.Sites || (uint)by >= (uint)problem.Sites || site == by || isOut[site] || isOut[by] || problem.IsFixed(site))
                {
                    faults.Add($"Site {site} can't be left out for site {by}.");
                    return;
                }
                var sum = 0L;
                foreach (var j in problem.CustomersOf(by))
                    sum += problem.Weights[j];
                if (problem.Costs[site] < problem.Costs[by] || problem.HasCapacities && problem.Capacities[by] < sum)
                    faults.Add($"Site {site} is left out for site {by}, which costs more or serves less.");
                foreach (var j in problem.CustomersOf(site))
                    if (!problem.CustomersOf(by).Contains(j) && !IsNoMatter(j, site, by))
                        faults.Add($"Site {site} is left out for site {by}, which doesn't cover customer {j}.");
                isOut[site] = true;
                foreach (var j in problem.CustomersOf(site))
                    left[j]--;
            }

            // A customer without weight, one whom a fixed site covers, or whom a site covers that must be open; or where everybody is covered, one who is covered wherever another is that the exchange leaves as it was.
            bool IsNoMatter(int j, int site, int by)
            {
                if (problem.HasCapacities)
                    return most && problem.Weights[j] == 0;
                if (most && problem.Weights[j] == 0)
                    return true;
                foreach (var i in problem.SitesOf(j))
                    if (problem.IsFixed(i))
                        return true;
                if (most)
                    return false;
                foreach (var i in problem.SitesOf(j))
                {
                    if (isOut[i])
                        continue;
                    foreach (var k in problem.CustomersOf(i))
                    {
                        if (k == j || left[k] == 0)
                            continue;
                        var within = true;
                        foreach (var other in problem.SitesOf(k))
                            within &= isOut[other] || other != site && other != by && problem.SitesOf(j).BinarySearch(other) >= 0;
                        if (within)
                            return true;
                    }
                }
                return false;
            }
        }

        /// <summary>The worst of the leaves; null where none leaves an answer.</summary>
        long? Bound()
        {
            var nodes = proof.Nodes;
            if (nodes.Count == 0)
            {
                faults.Add("The proof has no nodes.");
                return null;
            }
            var state = new byte[problem.Sites];
            for (var i = 0; i < state.Length; i++)
                state[i] = isOut[i] ? (byte)2 : problem.IsFixed(i) ? (byte)1 : (byte)0;
            var visited = new bool[nodes.Count];
            var rows = new Dictionary<int, PricedSites>();
            var waiting = new Stack<(int Node, int Site, byte Was, byte Becomes)>();
            waiting.Push((0, -1, 0, 0));
            long? worst = null;
            while (waiting.TryPop(out var next) && faults.Count == 0)
            {
                if (next.Site >= 0)
                    state[next.Site] = next.Becomes;
                if (next.Node < 0)
                    continue;
                if (next.Node >= nodes.Count || visited[next.Node])
                {
                    faults.Add($"Node {next.Node} isn't there, or is reached twice.");
                    break;
                }
                visited[next.Node] = true;
                var node = nodes[next.Node];
                if (node.IsLeaf)
                {
                    if (Leaf(node, state, rows) is { } bound)
                        worst = worst is not { } w ? bound : most ? Math.Max(w, bound) : Math.Min(w, bound);
                    continue;
                }
                if (node.Site >= problem.Sites || state[node.Site] != 0 || node.IfOpen < 0 || node.IfClosed < 0)
                {
                    faults.Add($"Node {next.Node} decides site {node.Site}, which isn't open to decision.");
                    break;
                }
                waiting.Push((-1, node.Site, 0, 0));
                waiting.Push((node.IfClosed, node.Site, 0, 2));
                waiting.Push((node.IfOpen, node.Site, 0, 1));
            }
            if (faults.Count == 0 && visited.Contains(false))
                faults.Add("Some nodes hang on no other.");
            return worst;
        }

        long? Leaf(ProofNode leaf, byte[] state, Dictionary<int, PricedSites> rows)
        {
            var (count, paid) = (0, 0L);
            for (var i = 0; i < state.Length; i++)
                if (state[i] == 1)
                    (count, paid) = (count + 1, paid + problem.Costs[i]);
            var nothing = count > (problem.Choice.Most ?? int.MaxValue) || paid > (problem.Choice.Budget ?? long.MaxValue);
            if (leaf.IfOpen < 0)
            {
                if (!nothing && (most || !SomebodyLeftOut(state)))
                    faults.Add("A leaf says that there is no answer, and doesn't say why.");
                return null;
            }
            if (nothing)
                return null;
            if (leaf.IfOpen >= proof.Multipliers.Count)
            {
                faults.Add($"There is no row {leaf.IfOpen} of multipliers.");
                return null;
            }
            if (!rows.TryGetValue(leaf.IfOpen, out var priced))
            {
                // A search leaves a row's leaves near each other; a few are kept.
                if (rows.Count >= 64)
                    rows.Clear();
                if ((priced = Price(proof.Multipliers[leaf.IfOpen])) is null)
                    return null;
                rows[leaf.IfOpen] = priced;
            }
            var total = priced.Sum;
            for (var i = 0; i < state.Length; i++)
                if (state[i] == 1)
                    total += priced.Worths[i];
            var money = most && problem.Choice.Budget is { } whole ? whole - paid : long.MaxValue;
            var free = priced.Order.Where(i => state[i] == 0 && priced.Worths[i] > 0 && problem.Costs[i] <= money).ToList();
            var more = Int128.Zero;
            foreach (var i in free.Take((problem.Choice.Most ?? int.MaxValue) - count))
                more += priced.Worths[i];
            total += money == long.MaxValue ? more : Int128.Min(more, ForMoney(free, priced.Worths, money));
            if (most)
                return (long)Int128.Min(Floor(total), long.MaxValue);
            // Sums are of what is gained; the least cost is their negative, rounded up, and more than the budget or than as many sites as may open is no answer.
            var least = -Floor(total);
            var allowed = new List<long>();
            for (var i = 0; i < state.Length; i++)
                if (state[i] != 2)
                    allowed.Add(problem.Costs[i]);
            var ceiling = Int128.Zero;
            foreach (var cost in allowed.OrderDescending().Take(problem.Choice.Most ?? int.MaxValue))
                ceiling += cost;
            if (problem.Choice.Budget is { } budget)
                ceiling = Int128.Min(ceiling, budget);
            return least > ceiling ? null : (long)least;
        }

        /// <summary>The most worth that sites have for so much money: those worth most for their cost, the last in part, rounded up.</summary>
        Int128 ForMoney(List<int> sites, Int128[] worths, long money)
        {
            var sum = Int128.Zero;
            foreach (var i in sites.Order(Comparer<int>.Create((a, b) => (worths[b] * problem.Costs[a]).CompareTo(worths[a] * problem.Costs[b]))))
            {
                if (problem.Costs[i] > money)
                    return sum + (((worths[i] * money) + problem.Costs[i] - 1) / problem.Costs[i]);
                sum += worths[i];
                money -= problem.Costs[i];
            }
            return sum;
        }

        Int128 Floor(Int128 total)
        {
            var whole = total / proof.Scale;
            return total < 0 && whole * proof.Scale != total ? whole - 1 : whole;
        }

        bool SomebodyLeftOut(byte[] state)
        {
            for (var j = 0; j < problem.Customers; j++)
            {
                var (reachable, left) = (false, false);
                foreach (var i in problem.SitesOf(j))
                    (reachable, left) = (reachable || !problem.IsForbidden(i), left || state[i] != 2);
                if (reachable && !left)
                    return true;
            }
            return false;
        }

        sealed record PricedSites(Int128 Sum, Int128[] Worths, int[] Order);

        PricedSites? Price(IReadOnlyList<long> row)
        {
            var m = problem.Customers;
            var shares = !most && problem.HasCapacities;
            var has = row.Count > m;
            if (row.Count < m || has && row.Count != (shares ? 2 * m : m + 1) && !(shares && row.Count == m + 1))
            {
                faults.Add("A row of multipliers has another length than there are customers.");
                return null;
            }
            var prices = row.ToArray();
            if (prices.Any(p => p < 0) || most && prices.Take(m).Any(p => p > proof.Scale))
            {
                faults.Add("A multiplier is out of its range.");
                return null;
            }
            var budgetPrice = most && has ? prices[m] : 0;
            if (budgetPrice > 0 && problem.Choice.Budget is null)
            {
                faults.Add("A budget has a price, and there is none.");
                return null;
            }
            var sum = (Int128)budgetPrice * (problem.Choice.Budget ?? 0);
            for (var j = 0; j < m; j++)
            {
                var reachable = false;
                foreach (var i in problem.SitesOf(j))
                    reachable |= !problem.IsForbidden(i);
                if (most)
                    sum += reachable ? (Int128)(proof.Scale - prices[j]) * problem.Weights[j] : 0;
                else if (reachable)
                    sum -= prices[j] + (shares && row.Count == 2 * m ? (Int128)prices[m + j] * problem.Weights[j] : 0);
            }
            var worths = new Int128[problem.Sites];
            for (var i = 0; i < worths.Length; i++)
            {
                worths[i] = -(most ? (Int128)budgetPrice : proof.Scale) * problem.Costs[i];
                if (!most)
                    foreach (var j in problem.CustomersOf(i))
                        worths[i] += prices[j];
                if (most || shares && row.Count == 2 * m)
                    worths[i] += Collected(i, most ? prices.AsSpan(0, m) : prices.AsSpan(m));
            }
            return new(sum, worths, [.. Enumerable.Range(0, worths.Length).OrderByDescending(i => worths[i])]);
        }

        Int128 Collected(int site, ReadOnlySpan<long> unit)
        {
            var own = problem.CustomersOf(site).ToArray();
            var sum = Int128.Zero;
            if (!problem.HasCapacities)
            {
                foreach (var j in own)
                    sum += (Int128)unit[j] * problem.Weights[j];
                return sum;
            }
            var keys = new long[own.Length];
            for (var k = 0; k < own.Length; k++)
                keys[k] = -unit[own[k]];
            Array.Sort(keys, own);
            var room = problem.Capacities[site];
            for (var k = 0; k < own.Length && room > 0; k++)
            {
                var taken = Math.Min(room, problem.Weights[own[k]]);
                sum -= (Int128)keys[k] * taken;
                room -= taken;
            }
            return sum;
        }
    }
}
