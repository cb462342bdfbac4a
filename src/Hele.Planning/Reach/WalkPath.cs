using Hele.Planning.Search;
using Hele.Planning.Streets;

namespace Hele.Planning.Reach;

/// <summary>A stretch of a walk along one way.</summary>
/// <param name="Name">The street's name where the map has one.</param>
/// <param name="Milliseconds">Waits at crossings included.</param>
public sealed record PathLeg(string? Name, WayFlags Flags, double Metres, int Milliseconds);

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
        var search = ready.Lend();
        try
        {
            // From the point outward, further each time: the walk of a neighbour isn't paid for with a search of the whole city.
            for (var limit = 900_000L; ; limit *= 4)
            {
                search.Clear();
                ready.Seed(search, goal, 0);
                search.Run((int)Math.Min(limit, WalkGraph.Never), cancel);
                if (Best(ready, search, building, goal) is { } best && (best.Time <= limit || limit >= WalkGraph.Never))
                    return Trace(ready, search, best.Joint, best.Vertex, goal, best.Time);
                if (limit >= WalkGraph.Never)
                    return null;
            }
        }
        finally
        {
            ready.GiveBack(search);
        }
    }

    /// <summary>The building's best joint and the end of its edge from which it is left; vertex -1: along the goal's own edge.</summary>
    (int Time, Joint Joint, int Vertex)? Best(Prepared ready, NearSearch search, int building, Joint goal)
    {
        (int Time, Joint Joint, int Vertex)? best = null;
        var graph = ready.Graph;
        void Offer(int time, Joint joint, int vertex)
        {
            if (time < WalkGraph.Never && (best == null || time < best.Value.Time))
                best = (time, joint, vertex);
        }
        foreach (var j in joints.Of(building))
        {
            var joint = joints.At(j);
            if (graph.EdgeTime[joint.Edge] < 0)
                continue;
            var stub = Profile.Milliseconds(joint.StubMillimetres);
            var toA = graph.TimeToA(joint.Edge, joint.Millimetres);
            if (joint.Edge == goal.Edge)
                Offer(Profile.Milliseconds(goal.StubMillimetres) + Math.Abs(toA - graph.TimeToA(goal.Edge, goal.Millimetres)) + stub, joint, -1);
            var (a, b) = Network.Ends(joint.Edge);
            Offer(search.Time(a) + stub + toA, joint, a);
            Offer(search.Time(b) + stub + graph.EdgeTime[joint.Edge] - toA, joint, b);
        }
        return best;
    }

    WalkPath Trace(Prepared ready, NearSearch search, Joint from, int vertex, Joint goal, int time)
    {
        var graph = ready.Graph;
        var line = new List<GeoPoint> { from.From, from.Place };
        var legs = new List<PathLeg> { new(null, WayFlags.None, from.StubMetres, Profile.Milliseconds(from.StubMillimetres)) };
        if (vertex < 0)
            Part(from.Edge, from.Millimetres, goal.Millimetres);
        else
        {
            Part(from.Edge, from.Millimetres, vertex == Network.EdgeA[from.Edge] ? 0 : Network.Length[from.Edge]);
            while (!AtGoal(vertex))
            {
                var edge = Back(vertex);
                var to = Network.Other(edge, vertex);
                Part(edge, vertex == Network.EdgeA[edge] ? 0 : Network.Length[edge], to == Network.EdgeA[edge] ? 0 : Network.Length[edge]);
                vertex = to;
            }
            Part(goal.Edge, vertex == Network.EdgeA[goal.Edge] ? 0 : Network.Length[goal.Edge], goal.Millimetres);
        }
        line.Add(goal.From);
        legs.Add(new(null, WayFlags.None, goal.StubMetres, Profile.Milliseconds(goal.StubMillimetres)));
        return new(time, legs.Sum(l => l.Metres), Distinct(line), legs);

        bool AtGoal(int v)
        {
            var (a, b) = Network.Ends(goal.Edge);
            var (stub, toA) = (Profile.Milliseconds(goal.StubMillimetres), graph.TimeToA(goal.Edge, goal.Millimetres));
            return v == a && search.Time(v) == stub + toA || v == b && search.Time(v) == stub + graph.EdgeTime[goal.Edge] - toA;
        }

        // The edge over which the vertex was reached: its times fit. Of several the first of the network.
        int Back(int v)
        {
            for (var i = Network.First[v]; i < Network.First[v + 1]; i++)
            {
                var edge = Network.AdjacentEdges[i];
                if (graph.EdgeTime[edge] >= 0 && search.Time(Network.Other(edge, v)) + graph.EdgeTime[edge] == search.Time(v))
                    return edge;
            }
            throw new InvalidOperationException("A vertex that was reached from nowhere.");
        }

        void Part(int edge, int start, int end)
        {
            var shape = Along(edge, Math.Min(start, end), Math.Max(start, end));
            if (end < start)
                shape.Reverse();
            line.AddRange(shape);
            var metres = Math.Abs(end - start) / 1000.0;
            var ms = Math.Abs(graph.TimeToA(edge, end) - graph.TimeToA(edge, start));
            var (name, flags) = (Network.Name(edge), Network.FlagsOf(edge));
            if (legs.Count > 1 && legs[^1].Name == name && legs[^1].Flags == flags)
                legs[^1] = legs[^1] with { Metres = legs[^1].Metres + metres, Milliseconds = legs[^1].Milliseconds + ms };
            else if (metres > 0)
                legs.Add(new(name, flags, metres, ms));
        }
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
