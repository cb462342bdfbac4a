using Hele.Planning.Streets;

namespace Hele.Planning.Search;

/// <summary>One area that is walked by those alone who live in it or go to somebody there.</summary>
/// <param name="Exits">The public vertices at its border.</param>
/// <param name="Edges">Its edges, in order.</param>
sealed record PrivateArea(int[] Exits, int[] Edges);

/// <summary>
/// What of a network lies behind private ways and gates, at an hour. Public is the largest part that hangs together without anything private; each further part that a private way or gate
/// touches is an area with it, and so is each private way between two public corners. A walk may begin and end in an area and never passes through one: whoever lives there goes out at
/// one of its exits. Areas that only meet at a public corner are two.
/// </summary>
sealed class PrivateAreas
{
    readonly StreetNetwork network;
    readonly int[] edgeTime, areaOf;
    readonly bool[] barred;

    public IReadOnlyList<PrivateArea> All { get; }

    /// <summary>The area of an edge; -1: public, or walked by nobody.</summary>
    public int Of(int edge) => areaOf[edge];

    public long Bytes => 4L * areaOf.Length + barred.Length + All.Sum(a => 4L * (a.Exits.Length + a.Edges.Length));

    /// <summary>Null where nothing private is walked at that hour.</summary>
    /// <param name="edgeTime">Milliseconds along each edge, private ones too; -1 where nobody walks.</param>
    /// <param name="barred">The vertices that nobody passes, private gates not among them.</param>
    public static PrivateAreas? Of(StreetNetwork network, int[] edgeTime, bool[] barred)
    {
        for (var e = 0; e < network.EdgeCount; e++)
        {
            var (a, b) = network.Ends(e);
            if (edgeTime[e] >= 0 && (IsPrivate(network.Flags[e]) || Gate(a) || Gate(b)))
                return new(network, edgeTime, barred);
        }
        return null;

        bool Gate(int v) => !barred[v] && IsPrivate(network.VertexFlags[v]);
    }

    static bool IsPrivate(byte flags) => ((WayFlags)flags & WayFlags.Private) != 0;

    PrivateAreas(StreetNetwork network, int[] edgeTime, bool[] barred)
    {
        (this.network, this.edgeTime, this.barred) = (network, edgeTime, barred);
        var (n, m) = (network.VertexCount, network.EdgeCount);
        bool IsGate(int v) => IsPrivate(network.VertexFlags[v]);
        bool IsPublic(int e) => network.Ends(e) is var (a, b) && edgeTime[e] >= 0 && !IsPrivate(network.Flags[e]) && !barred[a] && !barred[b] && !IsGate(a) && !IsGate(b);

        // The public part: of all that hangs together the longest, of equals the one with the lowest vertex.
        var parts = new Unions(n);
        for (var e = 0; e < m; e++)
            if (IsPublic(e))
                parts.Join(network.EdgeA[e], network.EdgeB[e]);
        var length = new long[n];
        for (var e = 0; e < m; e++)
            if (IsPublic(e))
                length[parts.Of(network.EdgeA[e])] += network.Length[e];
        var longest = -1;
        for (var v = 0; v < n; v++)
            if (length[v] > (longest < 0 ? 0 : length[longest]))
                longest = v;
        bool Outside(int v) => longest >= 0 && parts.Of(v) == longest;

        // The rest by what hangs together without passing a public vertex.
        var rest = new Unions(n + m);
        for (var e = 0; e < m; e++)
        {
            if (edgeTime[e] < 0 || IsPublic(e) && Outside(network.EdgeA[e]))
                continue;
            foreach (var v in (ReadOnlySpan<int>)[network.EdgeA[e], network.EdgeB[e]])
                if (!barred[v] && !Outside(v))
                    rest.Join(n + e, v);
        }
        // Parts without anything private are islands, not areas.
        var isArea = new bool[n + m];
        for (var e = 0; e < m; e++)
            if (edgeTime[e] >= 0 && !IsPublic(e) && (IsPrivate(network.Flags[e]) || Passed(network.EdgeA[e]) || Passed(network.EdgeB[e])))
                isArea[rest.Of(n + e)] = true;
        bool Passed(int v) => IsGate(v) && !barred[v];

        areaOf = new int[m];
        Array.Fill(areaOf, -1);
        var number = new Dictionary<int, int>();
        var (edges, exits) = (new List<List<int>>(), new List<SortedSet<int>>());
        for (var e = 0; e < m; e++)
        {
            if (edgeTime[e] < 0 || IsPublic(e) && Outside(network.EdgeA[e]) || !isArea[rest.Of(n + e)])
                continue;
            if (!number.TryGetValue(rest.Of(n + e), out var area))
            {
                number[rest.Of(n + e)] = area = edges.Count;
                edges.Add([]);
                exits.Add([]);
            }
            areaOf[e] = area;
            edges[area].Add(e);
            foreach (var v in (ReadOnlySpan<int>)[network.EdgeA[e], network.EdgeB[e]])
                if (!barred[v] && Outside(v))
                    exits[area].Add(v);
        }
        All = [.. edges.Select((list, i) => new PrivateArea([.. exits[i]], [.. list]))];
    }

    /// <summary>Milliseconds along an area's own edges from where one starts to its vertices, as far as the limit.</summary>
    /// <param name="starts">Vertices and when one is there; those that nobody passes are left out.</param>
    public Dictionary<int, int> Within(int area, IEnumerable<(int Vertex, int Time)> starts, int limit = WalkGraph.Never)
    {
        var time = new Dictionary<int, int>();
        var open = new PriorityQueue<int, int>();
        void Reach(int v, int t)
        {
            if (barred[v] || t > limit || time.TryGetValue(v, out var known) && known <= t)
                return;
            time[v] = t;
            open.Enqueue(v, t);
        }
        foreach (var (v, t) in starts)
            Reach(v, t);
        while (open.TryDequeue(out var v, out var t))
        {
            if (time[v] < t)
                continue;
            for (var i = network.First[v]; i < network.First[v + 1]; i++)
            {
                var e = network.AdjacentEdges[i];
                if (areaOf[e] == area)
                    Reach(network.Other(e, v), t + edgeTime[e]);
            }
        }
        return time;
    }

    /// <summary>The edge of the area over which a vertex was reached in these times; null where one started there.</summary>
    public int? Back(int area, Dictionary<int, int> time, int vertex)
    {
        for (var i = network.First[vertex]; i < network.First[vertex + 1]; i++)
        {
            var e = network.AdjacentEdges[i];
            if (areaOf[e] == area && time.TryGetValue(network.Other(e, vertex), out var before) && before + edgeTime[e] == time[vertex])
                return e;
        }
        return null;
    }
}
