using Hele.Planning.Reach;
using Hele.Planning.Streets;

namespace Hele.Tests.Planning;

/// <summary>Streets drawn by hand or by a seed, in metres around one place.</summary>
static class Drawn
{
    public static readonly GeoPoint Origin = new(34.75, 113.65);
    public static readonly WeekMoment Noon = new(3, 12), Night = new(3, 23);

    public static GeoPoint At(double east, double north)
    {
        var (perLat, perLon) = Ground.MetresPerDegree(Origin.Latitude);
        return new(Origin.Latitude + north / perLat, Origin.Longitude + east / perLon);
    }

    public static StreetNetwork Network(IEnumerable<(GeoPoint, GeoPoint)> ways, params Correction[] corrections) => Network(ways, new NetworkOptions { Corrections = corrections, IslandMetres = 0 });

    public static StreetNetwork Network(IEnumerable<(GeoPoint, GeoPoint)> ways, NetworkOptions options)
    {
        var draft = new StreetDraft();
        var number = 0;
        foreach (var (a, b) in ways)
            draft.AddWay([a, b], new(), $"way {++number}");
        return draft.Build(options);
    }

    /// <summary>A lattice of streets with corners moved, some missing, some steps and private ways, waits and gates: what a district has, in small.</summary>
    public static (StreetNetwork Network, ReachIndex Index, List<ServicePoint> Points) Town(int seed, int side = 7, WalkingProfile? profile = null, int buildings = 40, int points = 5)
    {
        var random = new Random(seed);
        var corner = new GeoPoint[side, side];
        for (var x = 0; x < side; x++)
            for (var y = 0; y < side; y++)
                corner[x, y] = At(x * 90 + random.Next(-25, 25), y * 90 + random.Next(-25, 25));
        var draft = new StreetDraft();
        var number = 0;
        void Way(GeoPoint a, GeoPoint b)
        {
            if (random.Next(8) == 0)
                return;
            var flags = random.Next(10) switch { 0 => WayFlags.Steps | WayFlags.NoWheels, 1 => WayFlags.Private, _ => WayFlags.None };
            var bend = new GeoPoint((a.Latitude + b.Latitude) / 2 + random.Next(-9, 9) * 1e-5, (a.Longitude + b.Longitude) / 2 + random.Next(-9, 9) * 1e-5);
            draft.AddWay(random.Next(2) == 0 ? [a, b] : [a, bend, b],
                new(flags, WaitMilliseconds: random.Next(6) == 0 ? 20_000 : 0, Hours: random.Next(15) == 0 ? WeekHours.Parse("06:00-22:00") : null), $"way {++number}");
        }
        for (var x = 0; x < side; x++)
        {
            for (var y = 0; y < side; y++)
            {
                if (x + 1 < side)
                    Way(corner[x, y], corner[x + 1, y]);
                if (y + 1 < side)
                    Way(corner[x, y], corner[x, y + 1]);
                if (random.Next(20) == 0)
                    draft.SetBarrier(draft.Node(corner[x, y]), random.Next(3) switch { 0 => WeekHours.Never, 1 => WeekHours.Parse("06:00-22:00"), _ => null }, random.Next(3) switch { 0 => WayFlags.Private, 1 => WayFlags.NoWheels, _ => WayFlags.None });
            }
        }
        var network = draft.Build(new() { IslandMetres = 0 });
        GeoPoint Anywhere() => At(random.Next(-20, side * 90), random.Next(-20, side * 90));
        var houses = Enumerable.Range(0, buildings).Select(i => new Building($"b{i}", Anywhere(), random.Next(1, 60), random.Next(5) == 0 ? [Anywhere(), Anywhere()] : null)).ToList();
        WeekHours[] hours = [WeekHours.Always, WeekHours.Parse("08:00-18:00")!, WeekHours.Parse("Mo-Fr 08:00-12:00,14:00-18:00")!];
        var desks = Enumerable.Range(0, points).Select(i => new ServicePoint($"p{i}", Anywhere(), hours[random.Next(3)])).ToList();
        return (network, ReachIndex.Build(network, profile ?? WalkingProfile.Adult, houses, 120), desks);
    }
}

/// <summary>
/// The slow reference: every joint becomes a vertex of its own, and a Dijkstra over sorted sets walks all of it. It knows the network's public face only, and nothing of search,
/// contraction or sweeps. Where private ways are walked at the ends alone they stand twice, once for him who comes from a point and once for him who comes home: from the first one gets out
/// at public corners and never in, into the second in and never out.
/// </summary>
sealed class PlainReach
{
    readonly List<List<(int To, int Time)>> graph = [];
    readonly List<int>[] doors;
    readonly ReachIndex index;
    readonly WeekMoment at;

    /// <summary>The public corners, and for each edge the private area it lies in; -1: none.</summary>
    readonly HashSet<int> outside = [];
    readonly int[] area;

    public PlainReach(ReachIndex index, WeekMoment at, IReadOnlyList<GeoPoint> points)
    {
        (this.index, this.at) = (index, at);
        var network = index.Network;
        var profile = index.Profile;
        area = Areas();
        var onEdge = new Dictionary<int, List<(int From, int Home, int Along)>>();
        (int Start, int End) Hang(Joint joint)
        {
            var (start, end, from) = (New(), New(), New());
            var home = area[joint.Edge] < 0 ? from : New();
            var stub = profile.Milliseconds(joint.StubMillimetres);
            graph[start].Add((from, stub));
            graph[from].Add((end, stub));
            graph[home].Add((end, stub));
            if (!onEdge.TryGetValue(joint.Edge, out var list))
                onEdge[joint.Edge] = list = [];
            list.Add((from, home, (int)((long)Time(joint.Edge) * joint.Millimetres / network.LengthMillimetres(joint.Edge))));
            return (start, end);
        }
        doors = [.. Enumerable.Range(0, index.Buildings.Count).Select(b => index.JointsOf(b).Select(j => Hang(j).End).ToList())];
        Points = [.. points.Select(p => index.Join(p) is { } joint ? Hang(joint).Start : -1)];
        var open = Enumerable.Range(0, network.VertexCount).Select(_ => New()).ToArray();
        var corners = new Dictionary<(int, int), (int From, int Home)>();
        (int From, int Home) Corner(int e, int v)
        {
            if (area[e] < 0)
                return (open[v], open[v]);
            if (corners.TryGetValue((area[e], v), out var known))
                return known;
            known = corners[(area[e], v)] = (New(), New());
            if (outside.Contains(v))
            {
                graph[known.From].Add((open[v], 0));
                graph[open[v]].Add((known.Home, 0));
            }
            return known;
        }
        for (var e = 0; e < network.EdgeCount; e++)
        {
            if (!Walked(e))
                continue;
            var (a, b) = network.Ends(e);
            var stops = new List<(int From, int Home, int Along)>();
            if (Passed(a))
                stops.Add((Corner(e, a).From, Corner(e, a).Home, 0));
            if (onEdge.TryGetValue(e, out var list))
                stops.AddRange(list);
            if (Passed(b))
                stops.Add((Corner(e, b).From, Corner(e, b).Home, Time(e)));
            for (var i = 0; i < stops.Count; i++)
            {
                for (var j = i + 1; j < stops.Count; j++)
                {
                    Connect(stops[i].From, stops[j].From, Math.Abs(stops[i].Along - stops[j].Along));
                    Connect(stops[i].Home, stops[j].Home, Math.Abs(stops[i].Along - stops[j].Along));
                }
            }
        }
    }

    public int[] Points { get; }

    int New()
    {
        graph.Add([]);
        return graph.Count - 1;
    }

    /// <summary>Filled step by step: first the longest public part, then what is private with all that only it leads to.</summary>
    int[] Areas()
    {
        var network = index.Network;
        var areas = Enumerable.Repeat(-1, network.EdgeCount).ToArray();
        if (index.Profile.Private != PrivateWays.AtTheEnds)
            return areas;
        bool Gate(int v) => network.FlagsAt(v).HasFlag(WayFlags.Private);
        bool Private(int e) => network.FlagsOf(e).HasFlag(WayFlags.Private) || network.Ends(e) is var (a, b) && (Gate(a) && Passed(a) || Gate(b) && Passed(b));
        var walked = Enumerable.Range(0, network.EdgeCount).Where(Walked).ToList();
        // Whoever stands at a corner goes on along the edges that may be taken, past corners that may be passed.
        (HashSet<int> Corners, HashSet<int> Edges) Flood(IEnumerable<int> from, Func<int, bool> edge, Func<int, bool> corner)
        {
            var (corners, edges) = (new HashSet<int>(), new HashSet<int>(from));
            for (var more = true; more;)
            {
                more = false;
                foreach (var e in edges.ToList())
                    foreach (var v in new[] { network.Ends(e).A, network.Ends(e).B })
                        if (corner(v))
                            more |= corners.Add(v);
                foreach (var e in walked)
                    if (edge(e) && (corners.Contains(network.Ends(e).A) || corners.Contains(network.Ends(e).B)))
                        more |= edges.Add(e);
            }
            return (corners, edges);
        }
        bool Public(int e) => !Private(e) && Passed(network.Ends(e).A) && Passed(network.Ends(e).B);
        var (left, longest) = (walked.Where(Public).ToHashSet(), 0L);
        while (left.Count > 0)
        {
            var part = Flood([left.First()], Public, v => Passed(v) && !Gate(v));
            left.ExceptWith(part.Edges);
            if (part.Edges.Sum(e => (long)network.LengthMillimetres(e)) is var length && length > longest)
            {
                longest = length;
                outside.Clear();
                outside.UnionWith(part.Corners);
            }
        }
        bool Outdoors(int e) => Public(e) && outside.Contains(network.Ends(e).A);
        for (var e = 0; e < areas.Length; e++)
            if (Walked(e) && Private(e) && areas[e] < 0)
                foreach (var x in Flood([e], x => !Outdoors(x), v => Passed(v) && !outside.Contains(v)).Edges)
                    areas[x] = e;
        return areas;
    }

    int Time(int e) => Math.Max(1, index.Profile.Milliseconds(index.Network.LengthMillimetres(e)) + index.Network.WaitMilliseconds(e));

    bool Walked(int e) => (index.Network.HoursOf(e)?.IsOpen(at) ?? true) && Takes(index.Network.FlagsOf(e));

    bool Passed(int v) => (index.Network.HoursAt(v)?.IsOpen(at) ?? true) && Takes(index.Network.FlagsAt(v));

    bool Takes(WayFlags way) => !(index.Profile.OnWheels && way.HasFlag(WayFlags.NoWheels)) && !(way.HasFlag(WayFlags.Private) && index.Profile.Private == PrivateWays.Never);

    void Connect(int a, int b, int time)
    {
        graph[a].Add((b, time));
        graph[b].Add((a, time));
    }

    /// <summary>Milliseconds from a node to every building; -1: no way.</summary>
    public int[] Row(int node)
    {
        var time = new int[graph.Count];
        Array.Fill(time, int.MaxValue);
        var open = new SortedSet<(int Time, int Node)>();
        if (node >= 0)
        {
            time[node] = 0;
            open.Add((0, node));
        }
        while (open.Count > 0)
        {
            var (t, v) = open.Min;
            open.Remove((t, v));
            foreach (var (to, step) in graph[v])
            {
                if (t + step >= time[to])
                    continue;
                open.Remove((time[to], to));
                time[to] = t + step;
                open.Add((t + step, to));
            }
        }
        return [.. doors.Select(d => d.Select(n => time[n]).Append(int.MaxValue).Min() is var best and < int.MaxValue ? best : -1)];
    }
}
