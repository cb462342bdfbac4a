namespace Hele.Planning.Streets;

public sealed partial class StreetDraft
{
    /// <summary>Metres from a drawn gate to the street that it stands in, at most.</summary>
    public const double GateReach = 15;
    /// <summary>Metres from a drawn footpath's end to the street that it joins, at most.</summary>
    public const double PathReach = 15;

    /// <summary>Pairs of pieces of street lying close together that are looked at while loose ends are joined: so many in any case, and so many for each piece. Streets have about ten.</summary>
    const int MostPairs = 1_000_000, PairsOfEach = 60;

    readonly record struct Cut(int Line, int Segment, double Along, int Node);

    /// <summary>Footpaths first, so that gates and barriers stand in them too.</summary>
    void Correct(NetworkOptions options, CancellationToken cancel)
    {
        if (options.JoinEndsMetres > 0)
            JoinEnds(options.JoinEndsMetres, cancel);
        foreach (var path in options.Corrections.OfType<Footpath>())
        {
            cancel.ThrowIfCancellationRequested();
            AddFootpath(path);
        }
        var cuts = new List<Cut>();
        foreach (var barrier in options.Corrections.OfType<StreetBarrier>())
        {
            cancel.ThrowIfCancellationRequested();
            AddBarrier(barrier, cuts);
        }
        Insert(cuts);
        foreach (var gate in options.Corrections.OfType<Gate>())
        {
            cancel.ThrowIfCancellationRequested();
            AddGate(gate);
        }
    }

    void AddFootpath(Footpath path)
    {
        var line = path.Line.Where(p => p.IsOnEarth).ToList();
        if (line.Count < path.Line.Count)
            Report.Add(ImportFinding.BadPosition, path.Id);
        if (line.Count < 2)
        {
            Report.Add(ImportFinding.BrokenGeometry, path.Id);
            return;
        }
        var cuts = new List<Cut>();
        var over = line.Select(Node).ToList();
        var joined = 0;
        foreach (var (end, first) in new[] { (line[0], true), (line[^1], false) })
        {
            if (NearestLine(end, PathReach) is not { } near)
                continue;
            joined++;
            var node = Meet(near, cuts);
            if (first)
                over.Insert(0, node);
            else
                over.Add(node);
        }
        if (joined == 0)
            Report.Add(ImportFinding.LooseCorrection, path.Id, line[0], "footpath that joins no street");
        Insert(cuts);
        AddWay(over, new(WayFlags.Drawn | (path.Steps ? WayFlags.Steps | WayFlags.NoWheels : 0), path.Name, OnFoot: true), path.Id);
    }

    void AddGate(Gate gate)
    {
        if (!gate.Place.IsOnEarth || NearestLine(gate.Place, GateReach) is not { } near)
        {
            Report.Add(ImportFinding.LooseCorrection, gate.Id, gate.Place, "gate in no street");
            return;
        }
        var cuts = new List<Cut>();
        SetBarrier(Meet(near, cuts), gate.Open);
        Insert(cuts);
    }

    void AddBarrier(StreetBarrier barrier, List<Cut> cuts)
    {
        var met = 0;
        for (var i = 0; i + 1 < barrier.Line.Count; i++)
        {
            var (from, to) = (barrier.Line[i], barrier.Line[i + 1]);
            if (!from.IsOnEarth || !to.IsOnEarth)
            {
                Report.Add(ImportFinding.BadPosition, barrier.Id);
                continue;
            }
            var plane = new Plane(from);
            var (bx, by) = plane.Of(to);
            for (var l = 0; l < lines.Count; l++)
            {
                if (lines[l].Level != 0 && !barrier.Everything)
                    continue;
                var over = lines[l].Nodes;
                for (var s = 0; s + 1 < over.Count; s++)
                {
                    var (px, py) = plane.Of(At(over[s]));
                    var (qx, qy) = plane.Of(At(over[s + 1]));
                    var (dx, dy) = (qx - px, qy - py);
                    var cross = bx * dy - by * dx;
                    if (cross == 0)
                        continue;
                    var onBarrier = (px * dy - py * dx) / cross;
                    var onStreet = (px * by - py * bx) / cross;
                    if (onBarrier is < 0 or > 1 || onStreet is < 0 or > 1)
                        continue;
                    met++;
                    SetBarrier(Meet((l, s, onStreet), cuts), WeekHours.Never);
                }
            }
        }
        if (met == 0)
            Report.Add(ImportFinding.LooseCorrection, barrier.Id, barrier.Line.Count > 0 ? barrier.Line[0] : null, "barrier across no street");
    }

    /// <summary>The node at a place on a line: one that is there already, within a hand's breadth, or a new one, to be inserted.</summary>
    int Meet((int Line, int Segment, double Along) near, List<Cut> cuts)
    {
        var over = lines[near.Line].Nodes;
        var (a, b) = (over[near.Segment], over[near.Segment + 1]);
        var length = Ground.Metres(At(a), At(b));
        if (length * near.Along < 0.05)
            return a;
        if (length * (1 - near.Along) < 0.05)
            return b;
        var (p, q) = (At(a), At(b));
        var node = NewNode(new(p.Latitude + (q.Latitude - p.Latitude) * near.Along, p.Longitude + (q.Longitude - p.Longitude) * near.Along));
        cuts.Add(new(near.Line, near.Segment, near.Along, node));
        return node;
    }

    void Insert(List<Cut> cuts)
    {
        foreach (var group in cuts.GroupBy(c => c.Line))
        {
            var line = lines[group.Key];
            var longer = new List<int>(line.Nodes.Count + 4);
            var inserts = group.OrderBy(c => c.Segment).ThenBy(c => c.Along).ToList();
            var next = 0;
            for (var s = 0; s < line.Nodes.Count; s++)
            {
                longer.Add(line.Nodes[s]);
                for (; next < inserts.Count && inserts[next].Segment == s; next++)
                    longer.Add(inserts[next].Node);
            }
            line.Nodes = longer;
        }
        cuts.Clear();
    }

    /// <summary>Few corrections, each looked for along all lines: no index that would have to follow every cut.</summary>
    (int Line, int Segment, double Along)? NearestLine(GeoPoint place, double metres)
    {
        var plane = new Plane(place);
        (int, int, double)? best = null;
        for (var l = 0; l < lines.Count; l++)
        {
            var over = lines[l].Nodes;
            for (var s = 0; s + 1 < over.Count; s++)
            {
                var (along, far) = plane.Nearest(At(over[s]), At(over[s + 1]));
                if (far < metres)
                    (metres, best) = (far, (l, s, along));
            }
        }
        return best;
    }

    void JoinEnds(double metres, CancellationToken cancel)
    {
        var use = new int[lat.Count];
        foreach (var line in lines)
            foreach (var node in line.Nodes)
                use[node]++;
        var segments = new List<(int Line, int Segment)>();
        for (var l = 0; l < lines.Count; l++)
            for (var s = 0; s + 1 < lines[l].Nodes.Count; s++)
                segments.Add((l, s));
        var grid = new SegmentGrid(segments.Count, visit =>
        {
            for (var i = 0; i < segments.Count; i++)
                visit(i, At(lines[segments[i].Line].Nodes[segments[i].Segment]), At(lines[segments[i].Line].Nodes[segments[i].Segment + 1]));
        });
        // Streets that lie on one another like this are none, and each end would be measured against all of them.
        if (grid.Pairs > MostPairs + PairsOfEach * (double)segments.Count)
        {
            Report.Add(ImportFinding.TooDense, "");
            return;
        }
        var cuts = new List<Cut>();
        var ends = new List<(int Line, bool First, int Node)>();
        for (var l = 0; l < lines.Count; l++)
        {
            cancel.ThrowIfCancellationRequested();
            var line = lines[l];
            foreach (var (end, first) in new[] { (line.Nodes[0], true), (line.Nodes[^1], false) })
            {
                if (use[end] != 1)
                    continue;
                var plane = new Plane(At(end));
                var found = grid.Nearest(At(end), metres, i =>
                {
                    var other = lines[segments[i].Line];
                    var (a, b) = (other.Nodes[segments[i].Segment], other.Nodes[segments[i].Segment + 1]);
                    return other == line || other.Level != line.Level ? double.PositiveInfinity : plane.Nearest(At(a), At(b)).Metres;
                });
                if (found < 0)
                    continue;
                var (near, segment) = segments[found];
                var (along, _) = plane.Nearest(At(lines[near].Nodes[segment]), At(lines[near].Nodes[segment + 1]));
                ends.Add((l, first, Meet((near, segment, along), cuts)));
                Report.Add(ImportFinding.JoinedEnd, line.Reference, At(end));
            }
        }
        Insert(cuts);
        // Ends last: cuts are counted by the segments as they were.
        foreach (var (l, first, node) in ends)
            lines[l].Nodes.Insert(first ? 0 : lines[l].Nodes.Count, node);
    }
}
