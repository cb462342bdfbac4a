using Hele.Planning.Search;
using Hele.Planning.Streets;

namespace Hele.Planning.Reach;

/// <summary>A stretch of a walk along one way.</summary>
/// <param name="Name">The street's name where the map has one.</param>
/// <param name="Milliseconds">Waits at crossings included.</param>
/// <param name="Turn">How one turns into it, in degrees: above 0 to the right, below to the left, 180 at most; null for the straight ways to and from the street.</param>
public sealed record PathLeg(string? Name, WayFlags Flags, double Metres, int Milliseconds, int? Turn = null);

/// <summary>A walk from a building's door to a point: what the map draws. The first and the last stretch are the straight ways to and from the street.</summary>
public sealed record WalkPath(int Milliseconds, double Metres, IReadOnlyList<GeoPoint> Line, IReadOnlyList<PathLeg> Legs)
{
    /// <summary>Whole seconds, rounded up.</summary>
    public int Seconds => (Milliseconds + 999) / 1000;
}

public sealed partial class ReachIndex
{
    /// <summary>The shortest walk from a building to a place at an hour; null when no way leads there.</summary>
    public WalkPath? Path(int building, GeoPoint to, WeekMoment at, CancellationToken cancel = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(building);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(building, Buildings.Count);
        if (Join(to) is not { } goal)
            return null;
        var ready = At(at);
        if (ready.Graph.EdgeTime[goal.Edge] < 0)
            return null;
        var doors = JointsOf(building);
        var search = ready.Lend();
        try
        {
            // From the point outward, further each time: the walk of a neighbour isn't paid for with a search of the whole city.
            for (var limit = 900_000L; ; limit *= 4)
            {
                search.Clear();
                ready.Seed(search, goal.Hook, 0);
                search.Run((int)Math.Min(limit, WalkGraph.Never), cancel);
                if (Best(ready, search, doors, goal) is { } best && (best.Time <= limit || limit >= WalkGraph.Never))
                    return Trace(ready, search, best, goal);
                if (limit >= WalkGraph.Never)
                    return null;
            }
        }
        finally
        {
            ready.GiveBack(search);
        }
    }

    /// <summary>The joint from which a building's walk begins, and the vertex at which it comes out.</summary>
    /// <param name="Vertex">-1: along the goal's own edge.</param>
    /// <param name="Inside">The vertex lies on the way to the goal through the area of both, and nobody comes out.</param>
    readonly record struct Start(int Time, Joint Joint, int Vertex, bool Inside);

    Start? Best(Prepared ready, NearSearch search, IReadOnlyList<Joint> doors, Joint goal)
    {
        Start? best = null;
        var graph = ready.Graph;
        void Offer(Start start)
        {
            if (start.Time < WalkGraph.Never && (best == null || start.Time < best.Value.Time))
                best = start;
        }
        var area = graph.AreaOf(goal.Edge);
        var inside = area < 0 ? null : graph.Areas!.Within(area, ready.Ends(goal.Hook));
        foreach (var joint in doors)
        {
            if (graph.EdgeTime[joint.Edge] < 0)
                continue;
            if (joint.Edge == goal.Edge)
                Offer(new(Profile.Milliseconds(goal.StubMillimetres) + Math.Abs(graph.TimeToA(joint.Edge, joint.Millimetres) - graph.TimeToA(goal.Edge, goal.Millimetres)) + Profile.Milliseconds(joint.StubMillimetres), joint, -1, false));
            foreach (var (vertex, time) in ready.Exits(joint.Hook))
                Offer(new(search.Time(vertex) + time, joint, vertex, false));
            if (inside != null && graph.AreaOf(joint.Edge) == area)
                foreach (var (vertex, time) in ready.Ends(joint.Hook))
                    if (inside.TryGetValue(vertex, out var left))
                        Offer(new(left + time, joint, vertex, true));
        }
        return best;
    }

    WalkPath Trace(Prepared ready, NearSearch search, Start start, Joint goal)
    {
        var graph = ready.Graph;
        var from = start.Joint;
        var line = new List<GeoPoint> { from.From, from.Place };
        var legs = new List<PathLeg> { new(null, WayFlags.None, from.StubMetres, Profile.Milliseconds(from.StubMillimetres)) };
        if (start.Vertex < 0)
            Part(from.Edge, from.Millimetres, goal.Millimetres);
        else
        {
            var vertex = start.Vertex;
            if (start.Inside)
                Part(from.Edge, from.Millimetres, MillimetresAt(from.Edge, vertex));
            else
            {
                foreach (var (edge, begin, end) in Out(from, vertex).Reverse())
                    Part(edge, end, begin);
                var exits = ready.Exits(goal.Hook);
                while (!exits.Contains((vertex, search.Time(vertex))))
                    Step(Back(vertex), ref vertex);
            }
            foreach (var (edge, begin, end) in Out(goal, vertex))
                Part(edge, begin, end);
        }
        line.Add(goal.From);
        legs.Add(new(null, WayFlags.None, goal.StubMetres, Profile.Milliseconds(goal.StubMillimetres)));
        return new(start.Time, legs.Sum(l => l.Metres), Distinct(line), legs);

        int MillimetresAt(int edge, int v) => v == Network.EdgeA[edge] ? 0 : Network.Length[edge];

        void Step(int edge, ref int vertex)
        {
            var to = Network.Other(edge, vertex);
            Part(edge, MillimetresAt(edge, vertex), MillimetresAt(edge, to));
            vertex = to;
        }

        // The stretches from a vertex to a joint, through its area where it lies in one.
        IEnumerable<(int Edge, int Begin, int End)> Out(Joint joint, int v)
        {
            var ends = ready.Ends(joint.Hook);
            if (graph.AreaOf(joint.Edge) is >= 0 and var area)
            {
                var within = graph.Areas!.Within(area, ends);
                while (!ends.Contains((v, within[v])))
                {
                    var edge = graph.Areas.Back(area, within, v) ?? throw new InvalidOperationException("A vertex of an area that was reached from nowhere.");
                    var to = Network.Other(edge, v);
                    yield return (edge, MillimetresAt(edge, v), MillimetresAt(edge, to));
                    v = to;
                }
            }
            yield return (joint.Edge, MillimetresAt(joint.Edge, v), joint.Millimetres);
        }

        // The edge over which the vertex was reached: its times fit. Of several the first of the network.
        int Back(int v)
        {
            for (var i = Network.First[v]; i < Network.First[v + 1]; i++)
            {
                var edge = Network.AdjacentEdges[i];
                if (graph.EdgeTime[edge] >= 0 && graph.AreaOf(edge) < 0 && search.Time(Network.Other(edge, v)) + graph.EdgeTime[edge] == search.Time(v))
                    return edge;
            }
            throw new InvalidOperationException("A vertex that was reached from nowhere.");
        }

        void Part(int edge, int start, int end)
        {
            var shape = Along(edge, Math.Min(start, end), Math.Max(start, end));
            if (end < start)
                shape.Reverse();
            var turn = Turn(line, shape);
            line.AddRange(shape);
            var metres = Math.Abs(end - start) / 1000.0;
            var ms = Math.Abs(graph.TimeToA(edge, end) - graph.TimeToA(edge, start));
            var (name, flags) = (Network.Name(edge), Network.FlagsOf(edge));
            // A way without a name is told by its turns.
            if (legs.Count > 1 && legs[^1].Name == name && legs[^1].Flags == flags && (name != null || Math.Abs(turn) <= Straight))
                legs[^1] = legs[^1] with { Metres = legs[^1].Metres + metres, Milliseconds = legs[^1].Milliseconds + ms };
            else if (metres > 0)
                legs.Add(new(name, flags, metres, ms, turn));
        }
    }

    /// <summary>Degrees below which one goes straight on.</summary>
    public const int Straight = 45;

    /// <summary>Degrees to the right from the way that one line ends to the way that the next begins; pieces shorter than a step have no direction.</summary>
    static int Turn(IReadOnlyList<GeoPoint> before, IReadOnlyList<GeoPoint> after)
    {
        const double Step = 0.5;
        double? Heading(IEnumerable<(GeoPoint From, GeoPoint To)> pieces)
        {
            foreach (var (from, to) in pieces)
            {
                if (Ground.Metres(from, to) < Step)
                    continue;
                var (perLat, perLon) = Ground.MetresPerDegree(from.Latitude);
                return Math.Atan2((to.Longitude - from.Longitude) * perLon, (to.Latitude - from.Latitude) * perLat);
            }
            return null;
        }
        return Heading(before.Zip(before.Skip(1)).Reverse()) is { } came && Heading(after.Zip(after.Skip(1))) is { } goes ? (int)Math.Round(Math.IEEERemainder((goes - came) * 180 / Math.PI, 360)) : 0;
    }

    /// <summary>The edge's line between two distances from its end A.</summary>
    internal List<GeoPoint> Along(int edge, int fromMillimetres, int toMillimetres)
    {
        var shape = Network.Shape(edge);
        var lengths = new double[shape.Length - 1];
        double total = 0;
        for (var i = 0; i < lengths.Length; i++)
            total += lengths[i] = Ground.Metres(shape[i], shape[i + 1]);
        var (from, to) = (fromMillimetres * total / Network.Length[edge], toMillimetres * total / Network.Length[edge]);
        var line = new List<GeoPoint> { PlaceAt(from) };
        double walked = 0;
        for (var i = 0; i < lengths.Length - 1; i++)
        {
            walked += lengths[i];
            if (walked > from && walked < to)
                line.Add(shape[i + 1]);
        }
        line.Add(PlaceAt(to));
        return line;

        GeoPoint PlaceAt(double metres)
        {
            for (var i = 0; i < lengths.Length; i++)
            {
                if (metres > lengths[i] && i < lengths.Length - 1)
                {
                    metres -= lengths[i];
                    continue;
                }
                var t = lengths[i] > 0 ? Math.Clamp(metres / lengths[i], 0, 1) : 0;
                var (a, b) = (shape[i], shape[i + 1]);
                return new(a.Latitude + (b.Latitude - a.Latitude) * t, a.Longitude + (b.Longitude - a.Longitude) * t);
            }
            return shape[^1];
        }
    }

    static List<GeoPoint> Distinct(List<GeoPoint> line)
    {
        var distinct = new List<GeoPoint>();
        foreach (var p in line)
            if (distinct.Count == 0 || Ground.Metres(distinct[^1], p) > 0.005)
                distinct.Add(p);
        return distinct;
    }
}
