using Hele.Planning.Streets;

namespace Hele.Planning.Partition;

/// <summary>
/// The lots of a community and which of them are neighbours on foot. What isn't reached on foot from the rest is an island of its own: nothing is joined that isn't. Immutable.
/// </summary>
public sealed partial class LotGraph
{
    public const int MostWeight = 1_000_000;
    const int MostOfAnything = 10_000_000;

    /// <summary>The neighbours of lot v: entries <c>First[v]</c> to before <c>First[v + 1]</c> of <see cref="Heads"/> and <see cref="EdgeOf"/>.</summary>
    internal readonly int[] First, Heads, EdgeOf;

    /// <param name="edges">Each pair once, in any order and direction.</param>
    /// <exception cref="ArgumentException">A lot that isn't on earth or has fewer than no households; an edge to a lot that isn't there or to itself, a pair twice, a weight or walk out of range.</exception>
    public LotGraph(IReadOnlyList<Lot> lots, IReadOnlyList<LotEdge> edges)
    {
        for (var i = 0; i < lots.Count; i++)
        {
            var lot = lots[i];
            if (!lot.Place.IsOnEarth)
                throw new ArgumentException($"Lot {i} ({lot.Id}) isn't at a place on earth: {lot.Place.Latitude}, {lot.Place.Longitude}.", nameof(lots));
            if (lot.Households is < 0 or > MostOfAnything || lot.Members is < 0 or > MostOfAnything || lot.Care is < 0 or > MostOfAnything)
                throw new ArgumentException($"Lot {i} ({lot.Id}): households, members and care lie between 0 and {MostOfAnything}.", nameof(lots));
            if (lot.Today < -1 || lot.Today >= 100_000 || lot.Compound < -1)
                throw new ArgumentException($"Lot {i} ({lot.Id}): a grid and a compound are numbers from 0 on, or -1 for none.", nameof(lots));
            if (lot.Locked && lot.Today < 0)
                throw new ArgumentException($"Lot {i} ({lot.Id}) is locked to today's grid, and belongs to none.", nameof(lots));
        }
        var sorted = new LotEdge[edges.Count];
        for (var e = 0; e < edges.Count; e++)
        {
            var edge = edges[e];
            if (edge.A < 0 || edge.A >= lots.Count || edge.B < 0 || edge.B >= lots.Count || edge.A == edge.B)
                throw new ArgumentException($"Edge {e} joins {edge.A} and {edge.B}; there are {lots.Count} lots, and none is its own neighbour.", nameof(edges));
            if (edge.Weight is < 0 or > MostWeight)
                throw new ArgumentException($"Edge {e} has weight {edge.Weight}; a weight lies between 0 and {MostWeight}.", nameof(edges));
            if (!(edge.Metres is >= 0 and < 1e7))
                throw new ArgumentException($"Edge {e} is {edge.Metres} m long; a walk is 0 m and more.", nameof(edges));
            sorted[e] = edge.A < edge.B ? edge : edge with { A = edge.B, B = edge.A };
        }
        // The same graph, however it was written down, is the same to every search.
        Array.Sort(sorted, (x, y) => x.A != y.A ? x.A.CompareTo(y.A) : x.B.CompareTo(y.B));
        for (var e = 1; e < sorted.Length; e++)
            if (sorted[e].A == sorted[e - 1].A && sorted[e].B == sorted[e - 1].B)
                throw new ArgumentException($"Lots {sorted[e].A} and {sorted[e].B} are joined twice.", nameof(edges));
        (Lots, Edges) = ([.. lots], sorted);
        First = new int[Lots.Count + 1];
        foreach (var edge in sorted)
        {
            First[edge.A + 1]++;
            First[edge.B + 1]++;
        }
        for (var v = 0; v < Lots.Count; v++)
            First[v + 1] += First[v];
        (Heads, EdgeOf) = (new int[First[^1]], new int[First[^1]]);
        var next = First.AsSpan(0, Lots.Count).ToArray();
        for (var e = 0; e < sorted.Length; e++)
        {
            (Heads[next[sorted[e].A]], EdgeOf[next[sorted[e].A]++]) = (sorted[e].B, e);
            (Heads[next[sorted[e].B]], EdgeOf[next[sorted[e].B]++]) = (sorted[e].A, e);
        }
        Island = new int[Lots.Count];
        Array.Fill((int[])Island, -1);
        var stack = new Stack<int>();
        for (var v = 0; v < Lots.Count; v++)
        {
            if (Island[v] >= 0)
                continue;
            ((int[])Island)[v] = Islands;
            stack.Push(v);
            while (stack.TryPop(out var at))
                for (var a = First[at]; a < First[at + 1]; a++)
                    if (Island[Heads[a]] < 0)
                    {
                        ((int[])Island)[Heads[a]] = Islands;
                        stack.Push(Heads[a]);
                    }
            Islands++;
        }
        var centre = Lots.Count == 0 ? default : new GeoPoint(Lots.Average(l => l.Place.Latitude), Lots.Average(l => l.Place.Longitude));
        var plane = new Plane(centre);
        (East, North) = (new double[Lots.Count], new double[Lots.Count]);
        for (var v = 0; v < Lots.Count; v++)
            (East[v], North[v]) = plane.Of(Lots[v].Place);
        TodayGrids = Lots.Count == 0 ? 0 : Lots.Max(l => l.Today) + 1;
    }

    public IReadOnlyList<Lot> Lots { get; }
    /// <summary>Sorted by their lots, the lower number first.</summary>
    public IReadOnlyList<LotEdge> Edges { get; }
    /// <summary>For each lot the number of its island. One island: everybody walks to everybody.</summary>
    public IReadOnlyList<int> Island { get; }
    public int Islands { get; }
    /// <summary>One more than the highest number of a grid of today.</summary>
    public int TodayGrids { get; }
    /// <summary>Lots near which no street passes; each is an island unless its compound joins it.</summary>
    public IReadOnlyList<int> NotJoined { get; private init; } = [];

    /// <summary>Metres from the middle of all lots.</summary>
    internal readonly double[] East, North;

    public IEnumerable<int> Neighbours(int lot) => Heads[First[lot]..First[lot + 1]];

    internal long Households => Lots.Sum(l => (long)l.Households);
}
