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
            {
                var joint = joints.At(j);
                if (graph.EdgeTime[joint.Edge] < 0)
                    continue;
                var (a, b) = network.Ends(joint.Edge);
                var stub = graph.Profile.Milliseconds(joint.StubMillimetres);
                var toA = graph.TimeToA(joint.Edge, joint.Millimetres);
                if (!graph.Blocked(a))
                    visit(a, new(joints.BuildingOf(j), stub + toA));
                if (!graph.Blocked(b))
                    visit(b, new(joints.BuildingOf(j), stub + graph.EdgeTime[joint.Edge] - toA));
            }
        }
    }

    public long Bytes => Graph.Bytes + 4L * FirstDoor.Length + 8L * Doors.Length;

    /// <summary>Starts a search at a joint.</summary>
    public void Seed(NearSearch search, Joint joint, int label)
    {
        if (Graph.EdgeTime[joint.Edge] < 0)
            return;
        var (a, b) = Graph.Network.Ends(joint.Edge);
        var (stub, toA) = (Graph.Profile.Milliseconds(joint.StubMillimetres), Graph.TimeToA(joint.Edge, joint.Millimetres));
        search.Seed(a, stub + toA, label);
        search.Seed(b, stub + Graph.EdgeTime[joint.Edge] - toA, label);
    }

    public bool AnyOn(int edge) => joints.On(edge) is var (from, to) && from < to;

    /// <summary>Buildings on the very edge of a joint, reached along it without any junction: (building, milliseconds).</summary>
    public void OnSameEdge(Joint joint, Action<int, int> visit)
    {
        if (Graph.EdgeTime[joint.Edge] < 0)
            return;
        var (stub, toA) = (Graph.Profile.Milliseconds(joint.StubMillimetres), Graph.TimeToA(joint.Edge, joint.Millimetres));
        var (from, to) = joints.On(joint.Edge);
        for (var j = from; j < to; j++)
            visit(joints.BuildingOf(j), stub + Math.Abs(toA - Graph.TimeToA(joint.Edge, joints.At(j).Millimetres)) + Graph.Profile.Milliseconds(joints.At(j).StubMillimetres));
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

/// <summary>All joints of all buildings, in the order of their edges.</summary>
sealed class BuildingJoints
{
    readonly Joint[] joints;
    readonly int[] building, byBuilding, firstOf, firstOn;

    public BuildingJoints(List<(int Building, Joint Joint)> list, int buildings, int edges)
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
    public ref readonly Joint At(int j) => ref joints[j];
    public int BuildingOf(int j) => building[j];
    public ReadOnlySpan<int> Of(int b) => byBuilding.AsSpan(firstOf[b], firstOf[b + 1] - firstOf[b]);

    /// <summary>The joints on an edge: from the first to before the second.</summary>
    public (int From, int To) On(int edge) => (firstOn[edge], firstOn[edge + 1]);
}
