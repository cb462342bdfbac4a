namespace Hele.Planning.Streets;

/// <summary>
/// Takes an OpenStreetMap file's nodes and ways in any order and draws the walkable ones. It keeps sixteen bytes a node, the tags of the few nodes that matter, and the ways that
/// are walked or are buildings.
/// </summary>
sealed class OsmCollector(StreetDraft draft, WalkingRules rules, ImportLimits limits, Datum datum, List<ImportedBuilding> buildings)
{
    readonly ImportReport report = draft.Report;
    long[] ids = new long[1024];
    int[] lat = new int[1024], lon = new int[1024];
    int count;
    long positions;
    readonly Dictionary<long, Dictionary<string, string>> tagged = [];
    readonly List<(long Id, long[] Nodes, WalkingRules.Way Walk, DraftWay Way)> ways = [];
    readonly List<(long Id, long[] Nodes, string? Name)> outlines = [];

    static readonly string[] NodeKeys = ["barrier", "entrance", "locked"];

    /// <summary>Degrees as the file has them; unusable ones are reported.</summary>
    public void Node(long id, double latitude, double longitude, Dictionary<string, string>? tags)
    {
        report.NodesRead++;
        var place = new GeoPoint(latitude, longitude);
        if (!place.IsOnEarth)
        {
            report.Add(ImportFinding.BadPosition, $"node {id}");
            return;
        }
        place = Coordinates.ToWgs84(place, datum);
        if (count == limits.Nodes)
            throw new TooLargeException($"more than {limits.Nodes} nodes");
        if (count == ids.Length)
        {
            var size = Math.Min(limits.Nodes, count * 2);
            Array.Resize(ref ids, size);
            Array.Resize(ref lat, size);
            Array.Resize(ref lon, size);
        }
        (ids[count], lat[count], lon[count]) = (id, place.LatE7, place.LonE7);
        count++;
        if (tags != null && (NodeKeys.Any(tags.ContainsKey) || IsCrossing(tags)))
            tagged[id] = tags;
    }

    static bool IsCrossing(Dictionary<string, string> tags) =>
        tags.GetValueOrDefault("highway") is "crossing" || tags.TryGetValue("crossing", out var crossing) && crossing != "no";

    public void Way(long id, long[] over, Dictionary<string, string> tags)
    {
        report.WaysRead++;
        if ((positions += over.Length) > limits.WayPositions)
            throw new TooLargeException($"more than {limits.WayPositions} positions of ways");
        if (tags.TryGetValue("building", out var building) && building != "no" && !tags.ContainsKey("highway"))
        {
            outlines.Add((id, over, tags.GetValueOrDefault("name")));
            return;
        }
        if (rules.Judge(tags) is not { } way)
        {
            if (tags.ContainsKey("highway"))
                report.Add(ImportFinding.NotWalkable, $"way {id}", detail: Why(tags));
            else
                report.Add(ImportFinding.Unused, $"way {id}");
            return;
        }
        if (way.OneWay)
            report.Add(ImportFinding.OneWay, $"way {id}");
        ways.Add((id, over, way, Describe(tags, way, $"way {id}", report)));
    }

    internal static string Why(IReadOnlyDictionary<string, string> tags) =>
        string.Join(' ', new[] { "highway", "foot", "access", "motorroad" }.Where(tags.ContainsKey).Select(k => $"{k}={tags[k]}"));

    internal static DraftWay Describe(IReadOnlyDictionary<string, string> tags, WalkingRules.Way way, string reference, ImportReport report)
    {
        WeekHours? hours = null;
        if (tags.TryGetValue("opening_hours", out var text) && (hours = WeekHours.Parse(text)) == null)
            report.Add(ImportFinding.UnknownHours, reference, detail: text);
        return new(way.Flags, tags.GetValueOrDefault("name"), way.WaitMilliseconds, hours, way.OnFoot);
    }

    public void Finish()
    {
        draft.NodesHaveNumbers();
        SortNodes();
        foreach (var (id, over, walk, way) in ways)
        {
            var list = new List<int>(over.Length);
            foreach (var node in over)
            {
                if (Find(node) is var i and >= 0)
                    list.Add(Draw(i));
                else
                    report.Add(ImportFinding.MissingNode, $"way {id}", detail: $"node {node}");
            }
            if (list.Count < 2 && over.Length >= 2)
                report.Add(ImportFinding.BrokenGeometry, $"way {id}", detail: "fewer than two of its nodes are in the file");
            else
                draft.AddWay(list, way, $"way {id}");
        }
        foreach (var (id, over, name) in outlines)
            Outline(id, over, name);
    }

    int Draw(int i)
    {
        var place = GeoPoint.OfE7(lat[i], lon[i]);
        var node = draft.Node(ids[i], place);
        if (tagged.TryGetValue(ids[i], out var tags))
        {
            if (IsCrossing(tags))
                draft.SetCrossing(node);
            WeekHours? hours = null;
            var barrier = rules.JudgeBarrier(tags);
            if (tags.ContainsKey("barrier") && tags.TryGetValue("opening_hours", out var text) && (hours = WeekHours.Parse(text)) == null)
                report.Add(ImportFinding.UnknownHours, $"node {ids[i]}", place, text);
            if (barrier is { Shut: true })
                hours = WeekHours.Never;
            if (hours != null || barrier != null)
                draft.SetBarrier(node, hours, barrier?.Flags ?? WayFlags.None);
        }
        return node;
    }

    void Outline(long id, long[] over, string? name)
    {
        var ring = new List<GeoPoint>(over.Length);
        var doors = new List<GeoPoint>();
        foreach (var node in over)
        {
            if (Find(node) is not (var i and >= 0))
                continue;
            var place = GeoPoint.OfE7(lat[i], lon[i]);
            if (tagged.TryGetValue(node, out var tags) && tags.TryGetValue("entrance", out var entrance) && entrance is not ("no" or "emergency" or "exit") && !doors.Contains(place))
                doors.Add(place);
            ring.Add(place);
        }
        if (ring.Count < 4)
            report.Add(ImportFinding.BrokenGeometry, $"way {id}", detail: "building of fewer than three corners");
        else
            buildings.Add(new($"way/{id}", name, GeoJsonStreets.Middle(ring).Place, doors) { Outline = doors.Count > 0 ? ring : [] });
    }

    void SortNodes()
    {
        var sorted = true;
        for (var i = 1; i < count && sorted; i++)
            sorted = ids[i - 1] < ids[i];
        if (sorted)
            return;
        // Stable by the order in the file, so that of a node told twice the first stands.
        var order = Enumerable.Range(0, count).OrderBy(i => ids[i]).ToArray();
        (ids, lat, lon) = ([.. order.Select(i => ids[i])], [.. order.Select(i => lat[i])], [.. order.Select(i => lon[i])]);
        var kept = 0;
        for (var i = 0; i < count; i++)
        {
            if (kept > 0 && ids[kept - 1] == ids[i])
            {
                if (lat[kept - 1] != lat[i] || lon[kept - 1] != lon[i])
                    report.Add(ImportFinding.DuplicateNode, $"node {ids[i]}", GeoPoint.OfE7(lat[i], lon[i]));
                continue;
            }
            (ids[kept], lat[kept], lon[kept]) = (ids[i], lat[i], lon[i]);
            kept++;
        }
        count = kept;
    }

    int Find(long id)
    {
        var i = Array.BinarySearch(ids, 0, count, id);
        return i < 0 ? -1 : i;
    }
}
