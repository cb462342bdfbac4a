using System.Globalization;
using Hele.Planning.Placement;

namespace Hele.TestKit.Planning;

/// <summary>Instances of the p-median problem in the form of the OR-Library (Beasley 1990): vertices, edges and p in the first line, then edges with their length. Of an edge that is there twice the last line holds.</summary>
public static class Pmed
{
    /// <summary>The published optima of pmed1 to pmed40.</summary>
    public static IReadOnlyList<long> Optima { get; } =
    [
        5819, 4093, 4250, 3034, 1355, 7824, 5631, 4445, 2734, 1255, 7696, 6634, 4374, 2968, 1729, 8162, 6999, 4809, 2845, 1789, 9138, 8579, 4619, 2961, 1828, 9917, 8307, 4498, 3033, 1989, 10086, 9297, 4700, 3013, 10400, 9934, 5057,
        11060, 9423, 5128,
    ];

    /// <summary>Every vertex is a customer and a site.</summary>
    public static DistanceProblem Read(string file)
    {
        var numbers = File.ReadAllText(file).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(w => int.Parse(w, CultureInfo.InvariantCulture)).ToArray();
        var (n, p) = (numbers[0], numbers[2]);
        var lengths = new Dictionary<(int, int), int>();
        for (var at = 3; at + 2 < numbers.Length; at += 3)
            lengths[(Math.Min(numbers[at], numbers[at + 1]) - 1, Math.Max(numbers[at], numbers[at + 1]) - 1)] = numbers[at + 2];
        var edges = new List<(int To, int Length)>[n];
        for (var v = 0; v < n; v++)
            edges[v] = [];
        foreach (var ((a, b), length) in lengths)
        {
            edges[a].Add((b, length));
            edges[b].Add((a, length));
        }
        var costs = new int[n, n];
        var distance = new int[n];
        var heap = new PriorityQueue<int, int>();
        for (var from = 0; from < n; from++)
        {
            Array.Fill(distance, int.MaxValue);
            distance[from] = 0;
            heap.Enqueue(from, 0);
            while (heap.TryDequeue(out var v, out var far))
                if (far == distance[v])
                    foreach (var (to, length) in edges[v])
                        if (far + length < distance[to])
                            heap.Enqueue(to, distance[to] = far + length);
            for (var to = 0; to < n; to++)
                costs[from, to] = distance[to] == int.MaxValue ? DistanceProblem.Unreachable : distance[to];
        }
        return new() { Choice = new() { Sites = n, Most = p }, Costs = costs };
    }
}
