using Hele.Planning.Streets;

namespace Hele.Planning.Search;

/// <summary>One step of a walk: to which vertex, in how many milliseconds.</summary>
readonly record struct Arc(int Head, int Time);

/// <summary>
/// A network as one group walks it while certain gates are shut: what isn't walked isn't there. Times are whole milliseconds and at least one, so that answers don't depend on the
/// order of work. Walked both ways alike. Read by any number of threads.
/// </summary>
sealed class WalkGraph
{
    /// <summary>Later than anything that can be reached; small enough that two of them don't overflow.</summary>
    public const int Never = int.MaxValue / 4;

    public readonly StreetNetwork Network;
    public readonly WalkingProfile Profile;
    /// <summary>The arcs from vertex v: <c>Arcs[First[v]..First[v+1]]</c>.</summary>
    public readonly int[] First;
    public readonly Arc[] Arcs;
    /// <summary>Milliseconds along the whole edge; -1 where it isn't walked now.</summary>
    public readonly int[] EdgeTime;
    /// <summary>What is walked at the ends of a walk alone, and is no arc; null where nothing is.</summary>
    public readonly PrivateAreas? Areas;
    public readonly int LongestArc, MeanArc;
    readonly bool[] blocked;

    /// <param name="shut">For each entry of the network's hours whether it is shut.</param>
    public WalkGraph(StreetNetwork network, WalkingProfile profile, bool[] shut)
    {
        (Network, Profile) = (network, profile);
        var (n, m) = (network.VertexCount, network.EdgeCount);
        blocked = new bool[n];
        for (var v = 0; v < n; v++)
            blocked[v] = shut[network.VertexHours[v]] || !profile.Takes((WayFlags)network.VertexFlags[v]);
        EdgeTime = new int[m];
        for (var e = 0; e < m; e++)
        {
            var walked = !shut[network.EdgeHours[e]] && profile.Takes((WayFlags)network.Flags[e]);
            EdgeTime[e] = walked ? Math.Max(1, Math.Min(Never / 2, profile.Milliseconds(network.Length[e]) + network.Wait[e])) : -1;
        }
        if (profile.Private == PrivateWays.AtTheEnds)
            Areas = PrivateAreas.Of(network, EdgeTime, blocked);
        First = new int[n + 1];
        long total = 0;
        for (var e = 0; e < m; e++)
        {
            if (!Open(e))
                continue;
            First[network.EdgeA[e] + 1]++;
            First[network.EdgeB[e] + 1]++;
            LongestArc = Math.Max(LongestArc, EdgeTime[e]);
            total += EdgeTime[e];
        }
        for (var v = 0; v < n; v++)
            First[v + 1] += First[v];
        Arcs = new Arc[First[n]];
        MeanArc = Arcs.Length == 0 ? 1 : (int)(total * 2 / Arcs.Length);
        var next = First.AsSpan(0, n).ToArray();
        for (var e = 0; e < m; e++)
        {
            if (!Open(e))
                continue;
            var (a, b) = (network.EdgeA[e], network.EdgeB[e]);
            Arcs[next[a]++] = new(b, EdgeTime[e]);
            Arcs[next[b]++] = new(a, EdgeTime[e]);
        }
    }

    public int VertexCount => First.Length - 1;

    /// <summary>The area that an edge lies in; -1: none, it is walked by everybody.</summary>
    public int AreaOf(int edge) => Areas?.Of(edge) ?? -1;

    /// <summary>Nobody passes the vertex, nor arrives at it: what lies on its edges is reached from their other ends.</summary>
    public bool Blocked(int vertex) => blocked[vertex];

    bool Open(int e) => EdgeTime[e] >= 0 && AreaOf(e) < 0 && !blocked[Network.EdgeA[e]] && !blocked[Network.EdgeB[e]];

    /// <summary>Milliseconds from end A of an edge to a place on it; the rest of the edge's time is to end B.</summary>
    public int TimeToA(int edge, int millimetres) => (int)((long)EdgeTime[edge] * millimetres / Network.Length[edge]);

    public long Bytes => 4L * (First.Length + EdgeTime.Length) + 8L * Arcs.Length + blocked.Length + (Areas?.Bytes ?? 0);
}
