namespace Hele.Planning.Streets;

/// <summary>Squares of the ground with the items whose segments pass through them, so that what lies near a place is found without looking at all of it.</summary>
sealed class SegmentGrid
{
    public delegate void Segments(Action<int, GeoPoint, GeoPoint> visit);

    readonly double south, west, stepLat, stepLon, cellMetres;
    readonly int width, height;
    readonly int[] first, items;

    public SegmentGrid(int count, Segments segments)
    {
        double n = -90, e = -180, s = 90, w = 180;
        var (total, pieces) = (0.0, 0);
        segments((_, a, b) =>
        {
            total += Ground.Metres(a, b);
            pieces++;
            (s, n) = (Math.Min(s, Math.Min(a.Latitude, b.Latitude)), Math.Max(n, Math.Max(a.Latitude, b.Latitude)));
            (w, e) = (Math.Min(w, Math.Min(a.Longitude, b.Longitude)), Math.Max(e, Math.Max(a.Longitude, b.Longitude)));
        });
        if (n < s)
            (s, n, w, e) = (0, 0, 0, 0);
        (south, west) = (s, w);
        var scale = Ground.MetresPerDegree(Math.Clamp(Math.Abs((s + n) / 2), 0, 89));
        var (high, wide) = ((n - s) * scale.North, (e - w) * scale.East);
        // Not more cells than items, and not more cells along a segment than a few: no file makes the index large, and few items lie in one cell wherever they could lie apart.
        cellMetres = Math.Max(Math.Max(4, total / (pieces + 1) / 2), Math.Max(Math.Sqrt(high * wide / (count + 1)), Math.Max(high, wide) / 30_000));
        // At the far end of a tall region a degree of longitude is shorter: the smallest counts for the bound below.
        var narrow = Ground.MetresPerDegree(Math.Clamp(Math.Max(Math.Abs(s), Math.Abs(n)), 0, 89)).East;
        (stepLat, stepLon) = (cellMetres / Math.Min(scale.North, 110_574), cellMetres / narrow);
        (width, height) = ((int)((e - w) / stepLon) + 1, (int)((n - s) / stepLat) + 1);
        first = new int[width * height + 1];
        // An item with a thousand segments in one cell is there once.
        var last = new int[width * height];
        Array.Fill(last, -1);
        void Each(Action<int, int> take) => segments((item, a, b) => Cross(a, b, cell =>
        {
            if (last[cell] != item)
                take(last[cell] = item, cell);
        }));
        Each((_, cell) => first[cell + 1]++);
        for (var i = 0; i < first.Length - 1; i++)
            first[i + 1] += first[i];
        items = new int[first[^1]];
        var next = first.AsSpan(0, first.Length - 1).ToArray();
        Array.Fill(last, -1);
        Each((item, cell) => items[next[cell]++] = item);
    }

    /// <summary>Pairs of items that share a cell, each with itself too: about the work of asking for the nearest to each.</summary>
    public double Pairs => Enumerable.Range(0, first.Length - 1).Sum(c => Math.Pow(first[c + 1] - first[c], 2));

    public long Bytes => 4L * (first.Length + items.Length);

    int Column(double longitude) => (int)Math.Floor((longitude - west) / stepLon);
    int Row(double latitude) => (int)Math.Floor((latitude - south) / stepLat);

    /// <summary>Every cell that the segment touches, row by row.</summary>
    void Cross(GeoPoint a, GeoPoint b, Action<int> cell)
    {
        if (a.Latitude > b.Latitude)
            (a, b) = (b, a);
        var (from, to) = (Math.Clamp(Row(a.Latitude), 0, height - 1), Math.Clamp(Row(b.Latitude), 0, height - 1));
        for (var row = from; row <= to; row++)
        {
            double At(double latitude) => b.Latitude == a.Latitude ? a.Longitude
                : a.Longitude + (b.Longitude - a.Longitude) * Math.Clamp((latitude - a.Latitude) / (b.Latitude - a.Latitude), 0, 1);
            var (x, y) = from == to ? (a.Longitude, b.Longitude) : (At(south + row * stepLat), At(south + (row + 1) * stepLat));
            var (left, right) = (Math.Clamp(Column(Math.Min(x, y) - 1e-9), 0, width - 1), Math.Clamp(Column(Math.Max(x, y) + 1e-9), 0, width - 1));
            for (var column = left; column <= right; column++)
                cell(row * width + column);
        }
    }

    /// <summary>
    /// The item nearest to a place within so many metres. <paramref name="distance"/> says how far an item is; infinity refuses it. Of equals the lowest number. -1: none.
    /// </summary>
    public int Nearest(GeoPoint place, double metres, Func<int, double> distance)
    {
        var (best, found) = (metres, -1);
        // The last few looked at: a long item is met in cell after cell.
        Span<int> seen = stackalloc int[8];
        seen.Fill(-1);
        var looked = 0;
        var (column, row) = (Column(place.Longitude), Row(place.Latitude));
        for (var ring = 0; ; ring++)
        {
            // What lies outside the rings looked at is at least that far away.
            if ((ring - 1) * cellMetres > best)
                return found;
            for (var r = Math.Max(row - ring, 0); r <= Math.Min(row + ring, height - 1); r++)
            {
                var whole = Math.Abs(r - row) == ring;
                for (var c = column - ring; c <= column + ring; c += whole || ring == 0 ? 1 : 2 * ring)
                {
                    if (c < 0 || c >= width)
                        continue;
                    var cell = r * width + c;
                    for (var i = first[cell]; i < first[cell + 1]; i++)
                    {
                        var item = items[i];
                        if (seen.Contains(item))
                            continue;
                        seen[looked++ % seen.Length] = item;
                        var d = distance(item);
                        if (d < best || d == best && (found < 0 || item < found))
                            (best, found) = (d, item);
                    }
                }
            }
        }
    }
}
