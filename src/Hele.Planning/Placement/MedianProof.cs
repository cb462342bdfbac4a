namespace Hele.Planning.Placement;

/// <summary>
/// Recomputes an answer of <see cref="Medians"/> by whole numbers, sharing nothing with the search.
/// <para>A row of multipliers has one price v per customer that counts (with weight and within reach of an allowed site, ascending), in 1/Scale per unit of weight. At a leaf with the open sites O, the closed ones, and the rest R, of which k
/// more may be opened for what is left of the budget, every answer comes to at least Σ w·v − Σ over O of g − the most that a choice from R can take back, where a site takes back g = the sum of w·(v − cost) over the customers whose
/// cost there is below their price; with a capacity, of the largest differences it has room for, the last one in part. What a choice takes back at most: the k largest g, and by money the largest g for their price, the last in part,
/// rounded up; the smaller of both. Sites of R dearer than what is left are out of the question.</para>
/// <para>A leaf without a row says that its case has no answer: the open sites break a limit, a customer that counts is reached by no site that may be open, or the open sites and the k roomiest of R have less room than there is weight.</para>
/// </summary>
public static class MedianProof
{
    public static DistanceCheck Check(DistanceProblem problem, Placement placement)
    {
        var faults = new List<string>();
        var judge = new Judge(problem);
        var bound = judge.Bound(placement.Proof, faults);
        if (placement.Bound > bound)
            faults.Add($"The bound {placement.Bound} isn't proven, only {bound}.");
        if (placement is { Best: null, IsProven: true } && bound <= judge.Worst)
            faults.Add("That there is no answer isn't proven.");
        return new(judge.Claims(placement, faults), bound, faults);
    }

    sealed class Judge : DistanceJudge
    {
        readonly long[] weights;
        readonly Dictionary<int, Int128[]> takenBack = [];

        public Judge(DistanceProblem problem) : base(problem)
        {
            weights = [.. customers.Select(j => problem.Weights?[j] ?? 1)];
            for (var k = 0; k < customers.Length; k++)
                Worst += weights[k] * Greatest(customers[k]);
        }

        public long Worst { get; }

        protected override long? Served(IReadOnlyList<int> open, List<string> faults)
        {
            if (choice.Capacities is { } room)
                return Shared(open, room, faults);
            Int128 value = 0;
            for (var k = 0; k < customers.Length; k++)
            {
                var nearest = Nearest(customers[k], open);
                if (nearest < 0)
                {
                    faults.Add($"Customer {customers[k]} isn't reached.");
                    return null;
                }
                value += (Int128)weights[k] * nearest;
            }
            return (long)value;
        }

        /// <summary>Everybody shared out at least cost: a flow from customers to sites, along ever longer shortest paths by Bellman and Ford.</summary>
        long? Shared(IReadOnlyList<int> open, IReadOnlyList<long> room, List<string> faults)
        {
            var (n, m) = (customers.Length, open.Count);
            var (flow, used) = (new long[n, m], new long[m]);
            for (var k = 0; k < n; k++)
                for (var rest = weights[k]; rest > 0;)
                {
                    // Distances from this customer to the sites; a site is left again through somebody who is served there.
                    var (distance, before, through) = (new long[m], new int[m], new int[m]);
                    for (var s = 0; s < m; s++)
                        (distance[s], before[s]) = (problem.Costs[customers[k], open[s]] is >= 0 and var c ? c : long.MaxValue, -1);
                    for (var changed = true; changed;)
                    {
                        changed = false;
                        for (var s = 0; s < m; s++)
                            for (var j = 0; distance[s] < long.MaxValue && j < n; j++)
                                for (var t = 0; flow[j, s] > 0 && t < m; t++)
                                    if (problem.Costs[customers[j], open[t]] is >= 0 and var there && distance[s] - problem.Costs[customers[j], open[s]] + there is var longer && longer < distance[t])
                                        (distance[t], before[t], through[t], changed) = (longer, s, j, true);
                    }
                    var end = Enumerable.Range(0, m).Where(s => used[s] < room[open[s]] && distance[s] < long.MaxValue).OrderBy(s => distance[s]).FirstOrDefault(-1);
                    if (end < 0)
                    {
                        faults.Add("There isn't room for everybody.");
                        return null;
                    }
                    var pass = Math.Min(rest, room[open[end]] - used[end]);
                    var start = end;
                    for (; before[start] >= 0; start = before[start])
                        pass = Math.Min(pass, flow[through[start], before[start]]);
                    for (var s = end; before[s] >= 0; s = before[s])
                    {
                        flow[through[s], s] += pass;
                        flow[through[s], before[s]] -= pass;
                    }
                    flow[k, start] += pass;
                    used[end] += pass;
                    rest -= pass;
                }
            Int128 value = 0;
            for (var k = 0; k < n; k++)
                for (var s = 0; s < m; s++)
                    value += (Int128)flow[k, s] * Math.Max(0, problem.Costs[customers[k], open[s]]);
            return (long)value;
        }

        /// <summary>The least bound of all leaves; 0 where the tree is none.</summary>
        public long Bound(BranchProof proof, List<string> faults)
        {
            var (nodes, bound, seen) = (proof.Nodes, (Int128)Worst + 1, new bool[proof.Nodes.Count]);
            if (nodes.Count == 0 || proof.Scale < 1 || proof.Multipliers.Any(r => r.Count != customers.Length || r.Any(v => v < 0)))
            {
                faults.Add("The proof has no root, no scale, or a row that isn't one price from 0 for each customer that counts.");
                return 0;
            }
            var state = new int[choice.Sites];
            foreach (var i in choice.Fixed)
                state[i] = 1;
            foreach (var i in choice.Forbidden)
                state[i] = -1;
            var path = new Stack<(int Node, int Site, int Says)>();
            path.Push((0, -1, 0));
            while (path.TryPop(out var step))
            {
                var (at, site, says) = step;
                if (at == -1)
                {
                    state[site] = 0;
                    continue;
                }
                if (site >= 0)
                    state[site] = says;
                if (at < 0 || at >= nodes.Count || seen[at])
                {
                    faults.Add($"Node {at} isn't there, or is there by two ways.");
                    return 0;
                }
                seen[at] = true;
                var node = nodes[at];
                if (!node.IsLeaf)
                {
                    if (node.Site >= choice.Sites || state[node.Site] != 0 || node.IfOpen < 0 || node.IfClosed < 0)
                    {
                        faults.Add($"Node {at} decides what isn't open to decision.");
                        return 0;
                    }
                    path.Push((-1, node.Site, 0));
                    path.Push((node.IfOpen, node.Site, 1));
                    path.Push((node.IfClosed, node.Site, -1));
                }
                else if (node.IfOpen >= proof.Multipliers.Count || node.IfOpen < -1)
                {
                    faults.Add($"Leaf {at} reads a row that isn't there.");
                    return 0;
                }
                else if (IsImpossible(state))
                    continue;
                else if (node.IfOpen < 0)
                {
                    faults.Add($"Leaf {at} may have answers.");
                    return 0;
                }
                else
                    bound = Int128.Min(bound, Leaf(proof, node.IfOpen, state));
            }
            if (seen.Contains(false))
                faults.Add("Some nodes hang nowhere.");
            return (long)Int128.Max(0, bound);
        }

        (long Count, long Money) Left(int[] state)
        {
            long count = choice.Most ?? choice.Sites, money = choice.Budget ?? long.MaxValue;
            for (var i = 0; i < state.Length; i++)
                if (state[i] == 1)
                {
                    count--;
                    money -= choice.Budget == null ? 0 : Price(i);
                }
            return (count, money);
        }

        bool IsImpossible(int[] state)
        {
            var (count, money) = Left(state);
            if (count < 0 || money < 0)
                return true;
            var may = Enumerable.Range(0, choice.Sites).Where(i => state[i] == 1 || state[i] == 0 && count > 0 && Price(i) <= money).ToArray();
            if (customers.Any(j => !may.Any(i => problem.Costs[j, i] >= 0)))
                return true;
            return choice.Capacities is { } room && may.Where(i => state[i] == 1).Sum(i => room[i]) + may.Where(i => state[i] == 0).Select(i => room[i]).OrderDescending().Take((int)Math.Min(count, int.MaxValue)).Sum() < weights.Sum();
        }

        Int128 Leaf(BranchProof proof, int row, int[] state)
        {
            if (!takenBack.TryGetValue(row, out var g))
                takenBack[row] = g = TakenBack(proof.Multipliers[row], proof.Scale);
            Int128 sum = 0;
            for (var k = 0; k < customers.Length; k++)
                sum += (Int128)weights[k] * proof.Multipliers[row][k];
            var (count, money) = Left(state);
            var free = new List<int>();
            for (var i = 0; i < state.Length; i++)
                if (state[i] == 1)
                    sum -= g[i];
                else if (state[i] == 0 && Price(i) <= money && g[i] > 0)
                    free.Add(i);
            free.Sort((a, b) => g[b].CompareTo(g[a]));
            Int128 back = 0;
            foreach (var i in free.Take((int)Math.Min(count, int.MaxValue)))
                back += g[i];
            if (choice.Budget != null)
            {
                free.Sort((a, b) => (g[b] * Price(a)).CompareTo(g[a] * Price(b)));
                Int128 byMoney = 0;
                foreach (var i in free)
                {
                    if (Price(i) > money)
                    {
                        byMoney += (g[i] * money + Price(i) - 1) / Price(i);
                        break;
                    }
                    byMoney += g[i];
                    money -= Price(i);
                }
                back = Int128.Min(back, byMoney);
            }
            sum -= back;
            // Rounded up: every answer is a whole number.
            return sum <= 0 ? 0 : (sum + proof.Scale - 1) / proof.Scale;
        }

        Int128[] TakenBack(IReadOnlyList<long> prices, long scale)
        {
            var g = new Int128[choice.Sites];
            for (var i = 0; i < g.Length; i++)
            {
                if (choice.Capacities is not { } room)
                {
                    for (var k = 0; k < customers.Length; k++)
                        if (problem.Costs[customers[k], i] is >= 0 and var cost && (Int128)cost * scale < prices[k])
                            g[i] += weights[k] * (prices[k] - (Int128)cost * scale);
                    continue;
                }
                var rest = room[i];
                foreach (var (worth, weight) in Enumerable.Range(0, customers.Length).Where(k => problem.Costs[customers[k], i] >= 0)
                    .Select(k => (Worth: prices[k] - (Int128)problem.Costs[customers[k], i] * scale, weights[k])).Where(x => x.Worth > 0).OrderByDescending(x => x.Worth))
                {
                    g[i] += Math.Min(rest, weight) * worth;
                    rest -= Math.Min(rest, weight);
                }
            }
            return g;
        }
    }
}
