using Hele.Planning.Search;
using Hele.Planning.Streets;

namespace Hele.Planning.Reach;

/// <summary>One end of a joint as a search sees it: a vertex and the milliseconds from it to the building's door, stub included.</summary>
readonly record struct Door(int Building, int Time);

/// <summary>The network with certain gates shut, and the buildings hung on it. Read by any number of threads; searches are lent out.</summary>
sealed class Prepared
{
    public readonly WalkGraph Graph;
    readonly BuildingJoints joints;
    /// <summary>The doors at vertex v: <c>Doors[FirstDoor[v]..FirstDoor[v+1]]</c>. None where no one gets through.</summary>
    public readonly int[] FirstDoor;
    public readonly Door[] Doors;

    public Prepared(WalkGraph graph, BuildingJoints joints)
    {
        (Graph, this.joints) = (graph, joints);
        var network = graph.Network;
        FirstDoor = new int[graph.VertexCount + 1];
        Each((vertex, door) => FirstDoor[vertex + 1]++);
        for (var v = 0; v < graph.VertexCount; v++)
            FirstDoor[v + 1] += FirstDoor[v];
        Doors = new Door[FirstDoor[^1]];
        var next = FirstDoor.AsSpan(0, graph.VertexCount).ToArray();
        Each((vertex, door) => Doors[next[vertex]++] = door);

        void Each(Action<int, Door> visit)
        {
            for (var j = 0; j < joints.Count; j++)
                if (graph.AreaOf(joints.At(j).Edge) < 0)
                    foreach (var (vertex, time) in Ends(joints.At(j)))
                        visit(vertex, new(joints.BuildingOf(j), time));
            for (var a = 0; a < graph.Areas?.All.Count; a++)
            {
                var area = graph.Areas.All[a];
                if (!area.Edges.Any(e => AnyOn(e)))
                    continue;
                foreach (var exit in area.Exits)
                    InArea(a, graph.Areas.Within(a, [(exit, 0)]), (building, time) => visit(exit, new(building, time)));
            }
        }
    }

    /// <summary>The ends of a joint's edge that somebody passes, and how long it takes there from the door, stub included, in milliseconds.</summary>
    public (int Vertex, int Time)[] Ends(Hook joint)
    {
        if (Graph.EdgeTime[joint.Edge] < 0)
            return [];
        var (a, b) = Graph.Network.Ends(joint.Edge);
        var (stub, toA) = (Graph.Profile.Milliseconds(joint.StubMillimetres), Graph.TimeToA(joint.Edge, joint.Millimetres));
        var (atA, atB) = ((a, stub + toA), (b, stub + Graph.EdgeTime[joint.Edge] - toA));
        return (Graph.Blocked(a), Graph.Blocked(b)) switch { (false, false) => [atA, atB], (false, true) => [atA], (true, false) => [atB], _ => [] };
    }

    /// <summary>The public vertices at which one comes out from a joint, and how long it takes there, in milliseconds.</summary>
    public (int Vertex, int Time)[] Exits(Hook joint)
    {
        if (Graph.AreaOf(joint.Edge) is not (>= 0 and var area))
            return Ends(joint);
        var within = Graph.Areas!.Within(area, Ends(joint));
        return [.. Graph.Areas.All[area].Exits.Where(within.ContainsKey).Select(v => (v, within[v]))];
    }

    /// <summary>The buildings of an area by the earliest of their ends: (building, milliseconds).</summary>
    void InArea(int area, Dictionary<int, int> within, Action<int, int> visit)
    {
        foreach (var e in Graph.Areas!.All[area].Edges)
        {
            var (from, to) = joints.On(e);
            for (var j = from; j < to; j++)
            {
                var best = int.MaxValue;
                foreach (var (vertex, time) in Ends(joints.At(j)))
                    if (within.TryGetValue(vertex, out var there))
                        best = Math.Min(best, there + time);
                if (best < int.MaxValue)
                    visit(joints.BuildingOf(j), best);
            }
        }
    }

    public long Bytes => Graph.Bytes + 4L * FirstDoor.Length + 8L * Doors.Length;

    /// <summary>Starts a search at a joint.</summary>
    public void Seed(NearSearch search, Hook joint, int label)
    {
        foreach (var (vertex, time) in Exits(joint))
            search.Seed(vertex, time, label);
    }

    public bool AnyOn(int edge) => joints.On(edge) is var (from, to) && from < to;

    /// <summary>Whether <see cref="Beside"/> may find somebody.</summary>
    public bool AnyBeside(Hook joint) => AnyOn(joint.Edge) || Graph.AreaOf(joint.Edge) >= 0;

    /// <summary>Buildings that are reached without coming out anywhere, on the joint's very edge or in its area: (building, milliseconds).</summary>
    public void Beside(Hook joint, Action<int, int> visit)
    {
        if (Graph.EdgeTime[joint.Edge] < 0)
            return;
        var (stub, toA) = (Graph.Profile.Milliseconds(joint.StubMillimetres), Graph.TimeToA(joint.Edge, joint.Millimetres));
        var (from, to) = joints.On(joint.Edge);
        for (var j = from; j < to; j++)
            visit(joints.BuildingOf(j), stub + Math.Abs(toA - Graph.TimeToA(joint.Edge, joints.At(j).Millimetres)) + Graph.Profile.Milliseconds(joints.At(j).StubMillimetres));
        if (Graph.AreaOf(joint.Edge) is >= 0 and var area)
            InArea(area, Graph.Areas!.Within(area, Ends(joint)), visit);
    }

    MatrixPlan? plan;

    /// <summary>The plan of full rows if somebody has made it already.</summary>
    public MatrixPlan? Planned => Volatile.Read(ref plan);
    readonly SemaphoreSlim planning = new(1);

    /// <summary>What full rows need: made once, by whoever asks first; who is cancelled leaves it to the next.</summary>
    public MatrixPlan Plan(int buildings, IProgress<double>? progress, CancellationToken cancel)
    {
        if (Volatile.Read(ref plan) is { } made)
            return made;
        planning.Wait(cancel);
        try
        {
            return plan ??= new(this, buildings, progress, cancel);
        }
        finally
        {
            planning.Release();
        }
    }

    readonly System.Collections.Concurrent.ConcurrentBag<NearSearch> idle = [];

    public NearSearch Lend() => idle.TryTake(out var search) ? search : new(Graph);

    public void GiveBack(NearSearch search)
    {
        search.Clear();
        idle.Add(search);
    }
}

/// <summary>All joints of all buildings, in the order of their edges. Where on earth they are isn't kept: it is found again when a walk is drawn.</summary>
sealed class BuildingJoints
{
    readonly Hook[] joints;
    readonly int[] building, byBuilding, firstOf, firstOn;

    public BuildingJoints(List<(int Building, Hook Joint)> list, int buildings, int edges)
    {
        var sorted = list.OrderBy(j => j.Joint.Edge).ThenBy(j => j.Joint.Millimetres).ThenBy(j => j.Building).ToArray();
        joints = [.. sorted.Select(j => j.Joint)];
        building = [.. sorted.Select(j => j.Building)];
        firstOn = new int[edges + 1];
        foreach (var joint in joints)
            firstOn[joint.Edge + 1]++;
        for (var e = 0; e < edges; e++)
            firstOn[e + 1] += firstOn[e];
        firstOf = new int[buildings + 1];
        foreach (var b in building)
            firstOf[b + 1]++;
        for (var b = 0; b < buildings; b++)
            firstOf[b + 1] += firstOf[b];
        byBuilding = new int[joints.Length];
        var next = firstOf.AsSpan(0, buildings).ToArray();
        for (var j = 0; j < joints.Length; j++)
            byBuilding[next[building[j]]++] = j;
    }

    public int Count => joints.Length;
    public long Bytes => 12L * joints.Length + 4L * (building.Length + byBuilding.Length + firstOf.Length + firstOn.Length);
    public ref readonly Hook At(int j) => ref joints[j];
    public int BuildingOf(int j) => building[j];
    public ReadOnlySpan<int> Of(int b) => byBuilding.AsSpan(firstOf[b], firstOf[b + 1] - firstOf[b]);

    /// <summary>The joints on an edge: from the first to before the second.</summary>
    public (int From, int To) On(int edge) => (firstOn[edge], firstOn[edge + 1]);
}
