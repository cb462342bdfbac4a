using Hele.Planning.Search;
namespace Hele.Planning.Streets;

public sealed partial class StreetDraft
{
    sealed record Piece(int[] Nodes, Line Line, int Wait);

    /// <summary>
    /// Makes the network. Same lines, same order: same network, bit for bit. What is left out is in <see cref="Report"/>. The draft is used up.
    /// </summary>
    public StreetNetwork Build(NetworkOptions? options = null, IProgress<double>? progress = null, CancellationToken cancel = default)
    {
        options ??= NetworkOptions.Default;
        Correct(options, cancel);
        progress?.Report(0.2);
        cancel.ThrowIfCancellationRequested();
        var pieces = CutToPieces(cancel);
        progress?.Report(0.5);
        pieces = WithoutIslands(pieces, options.IslandMetres);
        cancel.ThrowIfCancellationRequested();
        var network = Arrange(pieces);
        progress?.Report(1);
        return network;
    }

    /// <summary>Ways end at junctions, at their ends and at barriers; between them they are edges.</summary>
    List<Piece> CutToPieces(CancellationToken cancel)
    {
        var use = new byte[lat.Count];
        var onFoot = new bool[lat.Count];
        var carriage = new bool[lat.Count];
        foreach (var line in lines)
        {
            for (var i = 0; i < line.Nodes.Count; i++)
            {
                var node = line.Nodes[i];
                use[node] = (byte)Math.Min(2, use[node] + (i == 0 || i == line.Nodes.Count - 1 ? 2 : 1));
                (line.Way.OnFoot ? onFoot : carriage)[node] = true;
            }
        }
        foreach (var node in barriers.Keys)
            use[node] = 2;
        foreach (var node in crossings)
            if (onFoot[node] && carriage[node])
                use[node] = 2;
        var pieces = new List<Piece>();
        foreach (var line in lines)
        {
            cancel.ThrowIfCancellationRequested();
            var total = LengthOf(line.Nodes, 0, line.Nodes.Count - 1);
            var from = 0;
            for (var i = 1; i < line.Nodes.Count; i++)
            {
                if (use[line.Nodes[i]] < 2)
                    continue;
                Add(line, from, i, total);
                from = i;
            }
        }
        return pieces;

        void Add(Line line, int from, int to, double total)
        {
            // An edge that ends where it began is walked both ways round: it is cut in the middle.
            if (line.Nodes[from] == line.Nodes[to])
            {
                if (to - from < 2)
                {
                    Report.Add(ImportFinding.ZeroLength, line.Reference, At(line.Nodes[from]));
                    return;
                }
                var middle = (from + to) / 2;
                Add(line, from, middle, total);
                Add(line, middle, to, total);
                return;
            }
            var wait = total > 0 ? (int)Math.Round(line.Way.WaitMilliseconds * LengthOf(line.Nodes, from, to) / total) : 0;
            // A path that meets a carriageway at a mapped crossing waits half on either side of the meeting, unless the crossing is a way of its own.
            if (line.Way.OnFoot && (line.Way.Flags & WayFlags.Crossing) == 0)
                wait += Half(line.Nodes[from]) + Half(line.Nodes[to]);
            pieces.Add(new([.. line.Nodes[from..(to + 1)]], line, wait));
        }

        int Half(int node) => crossings.Contains(node) && carriage[node] ? crossingMilliseconds / 2 : 0;
    }

    int crossingMilliseconds = 20_000;
    /// <summary>The wait at crossings that are mapped as nodes.</summary>
    internal void CrossingTakes(int milliseconds) => crossingMilliseconds = milliseconds;

    double LengthOf(IReadOnlyList<int> over, int from, int to)
    {
        double metres = 0;
        for (var i = from; i < to; i++)
            metres += Ground.Metres(At(over[i]), At(over[i + 1]));
        return metres;
    }

    List<Piece> WithoutIslands(List<Piece> pieces, double metres)
    {
        var parts = new Unions(lat.Count);
        foreach (var piece in pieces)
            parts.Join(piece.Nodes[0], piece.Nodes[^1]);
        var length = new double[lat.Count];
        foreach (var piece in pieces)
            length[parts.Of(piece.Nodes[0])] += LengthOf(piece.Nodes, 0, piece.Nodes.Length - 1);
        var longest = length.DefaultIfEmpty().Max();
        var told = new HashSet<int>();
        var kept = new List<Piece>(pieces.Count);
        foreach (var piece in pieces)
        {
            var island = parts.Of(piece.Nodes[0]);
            if (length[island] >= metres || length[island] >= longest)
                kept.Add(piece);
            else if (told.Add(island))
                Report.Add(ImportFinding.Island, piece.Line.Reference, At(piece.Nodes[0]), $"{length[island]:F0} m");
        }
        return kept;
    }

    StreetNetwork Arrange(List<Piece> pieces)
    {
        var ends = pieces.SelectMany(p => new[] { p.Nodes[0], p.Nodes[^1] }).Distinct().ToArray();
        // Neighbours on the ground become neighbours in memory: a search touches few cache lines.
        var keys = Curve(ends);
        Array.Sort(keys, ends);
        var number = new Dictionary<int, int>(ends.Length);
        for (var v = 0; v < ends.Length; v++)
            number[ends[v]] = v;
        var sorted = pieces
            .Select((p, i) => (Piece: p, A: number[p.Nodes[0]], B: number[p.Nodes[^1]], Order: i))
            .OrderBy(p => Math.Min(p.A, p.B)).ThenBy(p => Math.Max(p.A, p.B)).ThenBy(p => p.Order).ToArray();
        var (n, m) = (ends.Length, sorted.Length);
        var hours = new List<WeekHours> { WeekHours.Always };
        var hourIndex = new Dictionary<WeekHours, ushort>();
        ushort HoursOf(WeekHours? open)
        {
            if (open == null || open.Equals(WeekHours.Always))
                return 0;
            if (!hourIndex.TryGetValue(open, out var index))
            {
                if (hours.Count > ushort.MaxValue)
                    throw new InvalidOperationException("More than 65,535 different opening hours.");
                hourIndex[open] = index = (ushort)hours.Count;
                hours.Add(open);
            }
            return index;
        }
        var names = new List<string> { "" };
        var nameIndex = new Dictionary<string, int>();
        int NameOf(string? name)
        {
            if (string.IsNullOrEmpty(name))
                return 0;
            if (!nameIndex.TryGetValue(name, out var index))
            {
                nameIndex[name] = index = names.Count;
                names.Add(name);
            }
            return index;
        }
        var network = new StreetNetwork
        {
            Lat = [.. ends.Select(v => lat[v])],
            Lon = [.. ends.Select(v => lon[v])],
            VertexHours = [.. ends.Select(v => barriers.TryGetValue(v, out var b) ? HoursOf(b.Hours) : (ushort)0)],
            VertexFlags = [.. ends.Select(v => barriers.TryGetValue(v, out var b) ? (byte)b.Flags : (byte)0)],
            EdgeA = [.. sorted.Select(e => e.A)],
            EdgeB = [.. sorted.Select(e => e.B)],
            // Two nodes at one position are a millimetre apart: every edge takes time, so that an order of arrival exists.
            Length = [.. sorted.Select(e => (int)Math.Clamp(Math.Round(LengthOf(e.Piece.Nodes, 0, e.Piece.Nodes.Length - 1) * 1000), 1, int.MaxValue / 2))],
            Wait = [.. sorted.Select(e => e.Piece.Wait)],
            Flags = [.. sorted.Select(e => (byte)e.Piece.Line.Way.Flags)],
            EdgeHours = [.. sorted.Select(e => HoursOf(e.Piece.Line.Way.Hours))],
            NameOf = [.. sorted.Select(e => NameOf(e.Piece.Line.Way.Name))],
            ShapeFirst = new int[m + 1],
            ShapeLat = [.. sorted.SelectMany(e => e.Piece.Nodes[1..^1]).Select(v => lat[v])],
            ShapeLon = [.. sorted.SelectMany(e => e.Piece.Nodes[1..^1]).Select(v => lon[v])],
            First = new int[n + 1],
            AdjacentEdges = new int[2 * m],
            Hours = [],
            Names = [],
        };
        for (var e = 0; e < m; e++)
        {
            network.ShapeFirst[e + 1] = network.ShapeFirst[e] + sorted[e].Piece.Nodes.Length - 2;
            network.First[sorted[e].A + 1]++;
            network.First[sorted[e].B + 1]++;
            Report.Metres += network.Length[e] / 1000.0;
        }
        for (var v = 0; v < n; v++)
            network.First[v + 1] += network.First[v];
        var next = network.First.AsSpan(0, n).ToArray();
        for (var e = 0; e < m; e++)
        {
            network.AdjacentEdges[next[sorted[e].A]++] = e;
            network.AdjacentEdges[next[sorted[e].B]++] = e;
        }
        network.Hours = [.. hours];
        network.Names = [.. names];
        return network;
    }

    /// <summary>Where each node lies on a Hilbert curve over the region (the upper half of the key; the lower keeps equals in order).</summary>
    ulong[] Curve(int[] list)
    {
        if (list.Length == 0)
            return [];
        var (south, west) = (list.Min(v => lat[v]), list.Min(v => lon[v]));
        var span = Math.Max(1, Math.Max((long)list.Max(v => lat[v]) - south, (long)list.Max(v => lon[v]) - west));
        return [.. list.Select((v, i) =>
        {
            var (x, y) = ((uint)(((long)lon[v] - west) * 65535 / span), (uint)(((long)lat[v] - south) * 65535 / span));
            ulong along = 0;
            for (var s = 32768u; s > 0; s >>= 1)
            {
                var (right, upper) = ((x & s) != 0 ? 1u : 0u, (y & s) != 0 ? 1u : 0u);
                along += (ulong)s * s * ((3 * right) ^ upper);
                if (upper == 0)
                {
                    if (right == 1)
                        (x, y) = (65535 - x, 65535 - y);
                    (x, y) = (y, x);
                }
            }
            return along << 32 | (uint)i;
        })];
    }
}
