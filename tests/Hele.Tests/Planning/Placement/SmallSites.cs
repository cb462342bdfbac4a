using Hele.Planning.Placement;

namespace Hele.Tests.Planning.Placement;

/// <summary>Small problems of all kinds, and their optimum by looking at every set of sites.</summary>
static class SmallSites
{
    public static DistanceProblem Draw(int seed, bool capacities, int most = 9)
    {
        var random = new Random(seed);
        var (sites, customers) = (random.Next(1, most), random.Next(1, most + 3));
        var costs = new int[customers, sites];
        var (lost, size) = (random.Next(3) == 0 ? 3 : 0, random.Next(2) == 0 ? 12 : 1000);
        for (var j = 0; j < customers; j++)
            for (var i = 0; i < sites; i++)
                costs[j, i] = random.Next(10) < lost ? DistanceProblem.Unreachable : random.Next(size);
        var all = Enumerable.Range(0, sites).ToArray();
        random.Shuffle(all);
        var weights = random.Next(3) == 0 ? null : Enumerable.Range(0, customers).Select(_ => (long)random.Next(6)).ToArray();
        return new()
        {
            Costs = costs,
            Weights = weights,
            Choice = new()
            {
                Sites = sites,
                Costs = random.Next(3) == 0 ? [.. Enumerable.Range(0, sites).Select(_ => (long)random.Next(5))] : null,
                Capacities = capacities ? [.. Enumerable.Range(0, sites).Select(_ => (long)random.Next(2 + (int)(weights?.Sum() ?? customers)))] : null,
                Fixed = [.. all.Take(random.Next(4) == 0 ? random.Next(3) : 0)],
                Forbidden = [.. all.Skip(2).Take(random.Next(4) == 0 ? random.Next(3) : 0)],
                Most = random.Next(5) == 0 ? null : random.Next(sites + 1),
                Budget = random.Next(3) == 0 ? random.Next(10) : null,
            },
        };
    }

    public static IEnumerable<List<int>> Choices(SiteChoice c)
    {
        for (var mask = 0; mask < 1 << c.Sites; mask++)
        {
            var open = Enumerable.Range(0, c.Sites).Where(i => (mask >> i & 1) == 1).ToList();
            if (c.Fixed.All(open.Contains) && !c.Forbidden.Any(open.Contains) && !(open.Count > c.Most) && !(open.Sum(i => c.Costs?[i] ?? 1) > c.Budget))
                yield return open;
        }
    }

    static IEnumerable<int> Counted(DistanceProblem p) => Enumerable.Range(0, p.Costs.GetLength(0)).Where(j => (p.Weights?[j] ?? 1) > 0 && Enumerable.Range(0, p.Choice.Sites).Any(i => p.Costs[j, i] >= 0 && !p.Choice.Forbidden.Contains(i)));

    public static long? Median(DistanceProblem p, List<int> open)
    {
        if (p.Choice.Capacities is { } room)
            return Flow(p, open, room);
        var sum = 0L;
        foreach (var j in Counted(p))
        {
            var near = open.Where(i => p.Costs[j, i] >= 0).Select(i => (int?)p.Costs[j, i]).Min();
            if (near == null)
                return null;
            sum += (p.Weights?[j] ?? 1) * near.Value;
        }
        return sum;
    }

    public static long? Centre(DistanceProblem p, List<int> open)
    {
        var most = 0L;
        foreach (var j in Counted(p))
        {
            var near = open.Where(i => p.Costs[j, i] >= 0).Select(i => (int?)p.Costs[j, i]).Min();
            if (near == null)
                return null;
            most = Math.Max(most, near.Value);
        }
        return most;
    }

    /// <summary>One unit after the other along the cheapest way through a graph of source, customers, sites and sink.</summary>
    static long? Flow(DistanceProblem p, List<int> open, IReadOnlyList<long> room)
    {
        var counted = Counted(p).ToList();
        var (source, sink) = (0, counted.Count + open.Count + 1);
        var arcs = new List<(int From, int To, long Cost)>();
        var left = new List<long>();
        void Arc(int from, int to, long space, long cost)
        {
            arcs.Add((from, to, cost));
            left.Add(space);
            arcs.Add((to, from, -cost));
            left.Add(0);
        }
        for (var k = 0; k < counted.Count; k++)
        {
            Arc(source, 1 + k, p.Weights?[counted[k]] ?? 1, 0);
            for (var s = 0; s < open.Count; s++)
                if (p.Costs[counted[k], open[s]] >= 0)
                    Arc(1 + k, 1 + counted.Count + s, 1000, p.Costs[counted[k], open[s]]);
        }
        for (var s = 0; s < open.Count; s++)
            Arc(1 + counted.Count + s, sink, room[open[s]], 0);
        var total = 0L;
        for (var units = counted.Sum(j => p.Weights?[j] ?? 1); units > 0; units--)
        {
            var (far, by) = (Enumerable.Repeat(long.MaxValue, sink + 1).ToArray(), new int[sink + 1]);
            far[source] = 0;
            for (var again = true; again;)
            {
                again = false;
                for (var a = 0; a < arcs.Count; a++)
                    if (left[a] > 0 && far[arcs[a].From] < long.MaxValue && far[arcs[a].From] + arcs[a].Cost < far[arcs[a].To])
                        (far[arcs[a].To], by[arcs[a].To], again) = (far[arcs[a].From] + arcs[a].Cost, a, true);
            }
            if (far[sink] == long.MaxValue)
                return null;
            for (var v = sink; v != source; v = arcs[by[v]].From)
            {
                left[by[v]]--;
                left[by[v] ^ 1]++;
            }
            total += far[sink];
        }
        return total;
    }
}
