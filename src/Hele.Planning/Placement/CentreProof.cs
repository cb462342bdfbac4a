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
        if (placement is { Best: null, IsProven: true } && placement.Bound <= judge.GreatestOfAll)
            faults.Add("That there is no answer isn't proven.");
        return new(judge.Claims(placement, faults), isBorneOut ? Math.Max(0, placement.Bound) : 0, faults);
    }

    sealed class Judge : DistanceJudge
    {
        public Judge(DistanceProblem problem) : base(problem) => GreatestOfAll = customers.Select(j => (long)Greatest(j)).DefaultIfEmpty(0).Max();

        public long GreatestOfAll { get; }

        protected override long? Served(IReadOnlyList<int> open, List<string> faults)
        {
            var value = 0L;
            foreach (var j in customers)
            {
                var nearest = Nearest(j, open);
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
            var (opened, closed) = (new HashSet<int>(choice.Fixed), new HashSet<int>(choice.Forbidden));

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
