namespace Hele.Planning.Streets;

/// <summary>How a network is made of lines.</summary>
public sealed record NetworkOptions
{
    public static readonly NetworkOptions Default = new();
    /// <summary>Loose ends join a street that passes within so many metres. For files without node numbers, where a junction may be missed by a hand's breadth; 0: not at all.</summary>
    public double JoinEndsMetres { get; init; }
    /// <summary>A piece that hangs together but with nothing else is left out when its streets measure less than so many metres. The longest piece always stays.</summary>
    public double IslandMetres { get; init; } = 200;
    public IReadOnlyList<Correction> Corrections { get; init; } = [];
}

/// <summary>What the draft has to know of a way.</summary>
/// <param name="WaitMilliseconds">Spread over the way's length: who walks half of it waits half as long.</param>
/// <param name="OnFoot">A way of walkers, not a carriageway: it waits where it meets a carriageway at a mapped crossing.</param>
public sealed record DraftWay(WayFlags Flags = WayFlags.None, string? Name = null, int WaitMilliseconds = 0, WeekHours? Hours = null, bool OnFoot = false);

/// <summary>
/// A network being drawn: nodes, ways over them, barriers on nodes. <see cref="Build"/> corrects it, cuts it at its junctions and makes the network. Not thread-safe.
/// </summary>
public sealed partial class StreetDraft(ImportReport? report = null)
{
    /// <summary>Two neighbouring positions of one way further apart than this are an error of the file, not a street.</summary>
    public const double LongestStep = 20_000;

    readonly Dictionary<(long, bool), int> nodes = [];
    readonly List<int> lat = [], lon = [];
    readonly List<Line> lines = [];
    readonly Dictionary<int, (WeekHours? Hours, WayFlags Flags)> barriers = [];
    readonly HashSet<int> crossings = [];

    public ImportReport Report { get; } = report ?? new();

    sealed class Line(List<int> nodes, DraftWay way, string reference)
    {
        public List<int> Nodes = nodes;
        public readonly DraftWay Way = way;
        public readonly string Reference = reference;
        public int Level => (Way.Flags & WayFlags.Tunnel) != 0 ? -1 : (Way.Flags & WayFlags.Bridge) != 0 ? 1 : 0;
    }

    GeoPoint At(int node) => GeoPoint.OfE7(lat[node], lon[node]);

    /// <summary>A node that is known by the file's number. Ways meet where they have a node in common, and only there.</summary>
    public int Node(long id, GeoPoint place) => Node((id, true), place);

    /// <summary>A node that is known by its position (to a hundredth of a metre): files without node numbers.</summary>
    public int Node(GeoPoint place) => Node((((long)place.LatE7 << 32) ^ (uint)place.LonE7, false), place);

    int Node((long, bool) key, GeoPoint place)
    {
        if (nodes.TryGetValue(key, out var node))
            return node;
        nodes[key] = node = NewNode(place);
        return node;
    }

    int NewNode(GeoPoint place)
    {
        if (!place.IsOnEarth)
            throw new ArgumentOutOfRangeException(nameof(place), $"Not a place on earth: {place.Latitude}, {place.Longitude}.");
        lat.Add(place.LatE7);
        lon.Add(place.LonE7);
        return lat.Count - 1;
    }

    /// <summary>Whoever comes to the node passes only while it is open, and only if their profile takes these flags.</summary>
    public void SetBarrier(int node, WeekHours? open, WayFlags flags = WayFlags.None) => barriers[node] = (open, flags);

    /// <summary>A mapped crossing of a carriageway.</summary>
    public void SetCrossing(int node) => crossings.Add(node);

    /// <summary>Adds a way over nodes; what can't be one is told in the report instead.</summary>
    public void AddWay(IReadOnlyList<int> over, DraftWay way, string reference)
    {
        var list = new List<int>(over.Count);
        var (torn, broken) = (false, Report.Count(ImportFinding.BrokenGeometry));
        foreach (var node in over)
        {
            if (list.Count > 0 && (list[^1] == node || lat[list[^1]] == lat[node] && lon[list[^1]] == lon[node] && !Matters(node)))
                continue;
            if (list.Count > 0 && Ground.Metres(At(list[^1]), At(node)) > LongestStep)
            {
                Report.Add(ImportFinding.BrokenGeometry, reference, At(node), "neighbouring positions more than 20 km apart");
                torn |= Keep(list, way, reference);
                list = [];
            }
            list.Add(node);
        }
        if (Keep(list, way, reference) || torn)
            Report.WaysTaken++;
        else if (Report.Count(ImportFinding.BrokenGeometry) == broken)
            Report.Add(over.Count < 2 ? ImportFinding.BrokenGeometry : ImportFinding.ZeroLength, reference, over.Count > 0 ? At(over[0]) : null);
    }

    // Two nodes at one position are one place only if nothing hangs on the second.
    bool Matters(int node) => barriers.ContainsKey(node) || crossings.Contains(node) || nodes.Count > 0 && numbered;
    bool numbered;
    internal void NodesHaveNumbers() => numbered = true;

    bool Keep(List<int> list, DraftWay way, string reference)
    {
        if (list.Count < 2)
            return false;
        lines.Add(new(list, way, reference));
        return true;
    }

    /// <summary>Adds a way of positions: the short form for files without node numbers.</summary>
    public void AddWay(IReadOnlyList<GeoPoint> line, DraftWay way, string reference)
    {
        var list = new List<int>(line.Count);
        foreach (var place in line)
        {
            if (place.IsOnEarth)
                list.Add(Node(place));
            else
                Report.Add(ImportFinding.BadPosition, reference);
        }
        AddWay(list, way, reference);
    }
}
