namespace Hele.Planning.Placement;

/// <summary>
/// Recomputes an answer of <see cref="Centres"/> by whole numbers, sharing nothing with the search.
/// <para>The tree shows that not everybody can have an open site for less than the bound. Only such pairs of customer and site are left, and a row of multipliers has one price from 0 per customer that counts (with weight and within reach
/// of an allowed site, ascending). At a leaf with the open sites O and k more to be opened out of the rest R for what is left of the budget, a site collects the prices of the customers it is left to; serving everybody would collect all
/// prices at least. The leaf is impossible when all prices are more than what O collects and the most that a choice from R can: the k largest, and by money the largest for their price, the last in part, rounded up; the smaller of both.</para>
/// <para>A leaf without a row says that the open sites break a limit, or that a customer that counts is left to no site that may be open.</para>
/// </summary>
public static class CentreProof
{
    public static DistanceCheck Check(DistanceProblem problem, Placement placement)
    {
        var faults = new List<string>();
        var judge = new Judge(problem);
        // Costs are no less than 0, which needs no proof.
        var isBorneOut = placement.Bound <= 0 || judge.IsImpossibleBelow(placement.Bound, placement.Proof, faults);
        if (!isBorneOut)
            faults.Add($"The bound {placement.Bound} isn't proven.");
        long? value = null;
        if (placement.Best is { } best)
        {
            value = judge.Value(best.Open, faults);
            if (value != best.Value)
                faults.Add($"The best comes to {value}, not {best.Value}.");
            if (placement.IsProven != (placement.Bound >= best.Value))
                faults.Add("Whether the best is proven doesn't follow from the bound.");
            if (placement.Bound > best.Value)
                faults.Add("The bound is above the best.");
        }
        else if (placement.IsProven && placement.Bound <= judge.Greatest)
            faults.Add("That there is no answer isn't proven.");
        var seen = new HashSet<string>();
        var last = placement.Best;
        if (last != null)
            seen.Add(string.Join(' ', last.Open));
        foreach (var other in placement.Alternatives)
        {
            if (judge.Value(other.Open, faults) != other.Value)
                faults.Add($"An alternative doesn't come to {other.Value}.");
            if (last == null || other.Value < last.Value || !seen.Add(string.Join(' ', other.Open)))
                faults.Add("The alternatives aren't different sets of sites, best first.");
            last = other;
        }
        return new(value, isBorneOut ? Math.Max(0, placement.Bound) : 0, faults);
    }

    sealed class Judge
    {
        readonly DistanceProblem problem;
        readonly SiteChoice choice;
        readonly int[] customers;
        readonly HashSet<int> forbidden;

        public Judge(DistanceProblem problem)
        {
            (this.problem, choice) = (problem, problem.Choice);
            var left = problem.BeyondReach().ToHashSet();
            customers = [.. Enumerable.Range(0, problem.Costs.GetLength(0)).Where(j => (problem.Weights?[j] ?? 1) > 0 && !left.Contains(j))];
            forbidden = [.. choice.Forbidden];
            Greatest = customers.Select(j => (long)Enumerable.Range(0, choice.Sites).Where(i => !forbidden.Contains(i)).Max(i => problem.Costs[j, i])).DefaultIfEmpty(0).Max();
        }

        public long Greatest { get; }

        long Price(int site) => choice.Costs?[site] ?? 1;

        public long? Value(IReadOnlyList<int> open, List<string> faults)
        {
            if (open.Where((o, k) => o < 0 || o >= choice.Sites || k > 0 && open[k - 1] >= o).Any() || open.Any(forbidden.Contains) || !choice.Fixed.All(open.Contains))
            {
                faults.Add("The open sites aren't ascending, allowed, and all the fixed ones among them.");
                return null;
            }
            if (open.Count > choice.Most || open.Sum(Price) > choice.Budget)
                faults.Add("The open sites break a limit.");
            var value = 0L;
            foreach (var j in customers)
            {
                var nearest = open.Select(i => problem.Costs[j, i]).Where(c => c >= 0).DefaultIfEmpty(-1).Min();
                if (nearest < 0)
                {
                    faults.Add($"Customer {j} isn't reached.");
                    return null;
                }
                value = Math.Max(value, nearest);
            }
            return value;
        }

        public bool IsImpossibleBelow(long bound, BranchProof proof, List<string> faults)
        {
            var (nodes, rows) = (proof.Nodes, proof.Multipliers);
            if (nodes.Count == 0 || rows.Any(r => r.Count != customers.Length || r.Any(v => v < 0)))
            {
                faults.Add("The proof has no root, or a row that isn't one price from 0 for each customer that counts.");
                return false;
            }
            // By site, the places in a row of the customers it is left to.
            var leftTo = Enumerable.Range(0, choice.Sites).Select(i => Enumerable.Range(0, customers.Length).Where(k => problem.Costs[customers[k], i] is >= 0 and var c && c < bound).ToArray()).ToArray();
            var collected = rows.Select(r => leftTo.Select(those => those.Aggregate((Int128)0, (sum, k) => sum + r[k])).ToArray()).ToArray();
            var totals = rows.Select(r => r.Aggregate((Int128)0, (sum, v) => sum + v)).ToArray();
            var seen = new bool[nodes.Count];
            var (opened, closed) = (new HashSet<int>(choice.Fixed), new HashSet<int>(forbidden));

            bool Holds(int at)
            {
                if (at < 0 || at >= nodes.Count || seen[at])
                {
                    faults.Add($"Node {at} isn't there, or is there by two ways.");
                    return false;
                }
                seen[at] = true;
                var (site, ifOpen, ifClosed) = nodes[at];
                if (site < 0)
                    return Leaf(at, ifOpen);
                if (site >= choice.Sites || opened.Contains(site) || closed.Contains(site))
                {
                    faults.Add($"Node {at} decides what isn't open to decision.");
                    return false;
                }
                opened.Add(site);
                var holds = Holds(ifOpen);
                opened.Remove(site);
                if (!holds)
                    return false;
                closed.Add(site);
                holds = Holds(ifClosed);
                closed.Remove(site);
                return holds;
            }

            bool Leaf(int at, int row)
            {
                var count = (choice.Most ?? choice.Sites) - opened.Count;
                var money = (choice.Budget ?? long.MaxValue) - (choice.Budget == null ? 0 : opened.Sum(Price));
                var may = count <= 0 ? [] : Enumerable.Range(0, choice.Sites).Where(i => !opened.Contains(i) && !closed.Contains(i) && Price(i) <= money).ToList();
                if (count < 0 || money < 0)
                    return true;
                var left = new bool[customers.Length];
                foreach (var i in may.Concat(opened))
                    foreach (var k in leftTo[i])
                        left[k] = true;
                if (left.Contains(false))
                    return true;
                if (row < 0 || row >= rows.Count)
                {
                    faults.Add($"Leaf {at} may have answers.");
                    return false;
                }
                var g = collected[row];
                Int128 most = 0;
                foreach (var i in may.OrderByDescending(i => g[i]).Take(count))
                    most += g[i];
                if (choice.Budget != null)
                {
                    may.Sort((a, b) => (g[b] * Price(a)).CompareTo(g[a] * Price(b)) is not 0 and var by ? by : Price(a).CompareTo(Price(b)));
                    Int128 byMoney = 0;
                    foreach (var i in may)
                    {
                        if (Price(i) > money)
                        {
                            byMoney += (g[i] * money + Price(i) - 1) / Price(i);
                            break;
                        }
                        byMoney += g[i];
                        money -= Price(i);
                    }
                    most = Int128.Min(most, byMoney);
                }
                if (totals[row] > opened.Aggregate(most, (sum, i) => sum + g[i]))
                    return true;
                faults.Add($"The prices of leaf {at} don't show that it is impossible.");
                return false;
            }

            var all = Holds(0);
            if (all && seen.Contains(false))
                faults.Add("Some nodes hang nowhere.");
            return all;
        }
    }
}
