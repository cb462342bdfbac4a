using Hele.Planning.Streets;

namespace Hele.Planning.Reach;

/// <summary>
/// The outline of all ground within some metres of a set of lines: distances on a grid of squares, and the line at which they equal the band (marching squares). Coarser squares
/// where the ground is large, so that memory is bounded.
/// </summary>
static class BandOutline
{
    const int MostSquares = 4_000_000;

    public static IReadOnlyList<ZonePiece> Of(List<List<GeoPoint>> lines, double band, CancellationToken cancel)
    {
        if (lines.Count == 0)
            return [];
        var all = lines.SelectMany(l => l);
        var (south, north) = (all.Min(p => p.Latitude), all.Max(p => p.Latitude));
        var (west, east) = (all.Min(p => p.Longitude), all.Max(p => p.Longitude));
        var plane = new Plane(new((south + north) / 2, (west + east) / 2));
        var (right, top) = plane.Of(new(north, east));
        var (left, bottom) = plane.Of(new(south, west));
        var square = Math.Max(band / 4, Math.Sqrt((right - left + 4 * band) * (top - bottom + 4 * band) / MostSquares));
        // Two squares of margin: the outline closes inside the grid.
        var (x0, y0) = (left - band - 2 * square, bottom - band - 2 * square);
        var (width, height) = ((int)((right - left + 2 * band) / square) + 6, (int)((top - bottom + 2 * band) / square) + 6);
        var inside = new float[width * height];
        Array.Fill(inside, -(float)square);
        foreach (var line in lines)
        {
            cancel.ThrowIfCancellationRequested();
            for (var i = 0; i + 1 < line.Count || i == 0; i++)
                Paint(plane.Of(line[i]), plane.Of(line[Math.Min(i + 1, line.Count - 1)]));
        }
        return Pieces(Rings());

        // The field: how many metres a corner lies within the band.
        void Paint((double X, double Y) a, (double X, double Y) b)
        {
            var (dx, dy) = (b.X - a.X, b.Y - a.Y);
            var length = dx * dx + dy * dy;
            var reach = band + square;
            int Column(double x) => Math.Clamp((int)Math.Floor((x - x0) / square), 0, width - 1);
            int Row(double y) => Math.Clamp((int)Math.Floor((y - y0) / square), 0, height - 1);
            for (var r = Row(Math.Min(a.Y, b.Y) - reach); r <= Row(Math.Max(a.Y, b.Y) + reach); r++)
            {
                for (var c = Column(Math.Min(a.X, b.X) - reach); c <= Column(Math.Max(a.X, b.X) + reach); c++)
                {
                    var (px, py) = (x0 + c * square - a.X, y0 + r * square - a.Y);
                    var t = length > 0 ? Math.Clamp((px * dx + py * dy) / length, 0, 1) : 0;
                    var deep = (float)(band - Math.Sqrt((px - t * dx) * (px - t * dx) + (py - t * dy) * (py - t * dy)));
                    ref var known = ref inside[r * width + c];
                    known = Math.Max(known, deep);
                }
            }
        }

        // Each square's corners in and out give pieces of the outline, the inside on their left; pieces meet in points on the sides of squares, which are numbered.
        List<List<(double X, double Y)>> Rings()
        {
            var next = new Dictionary<long, long>();
            bool In(int c, int r) => inside[r * width + c] > 0;
            long Across(int c, int r) => 2L * (r * width + c); // between (c, r) and (c + 1, r)
            long Up(int c, int r) => 2L * (r * width + c) + 1; // between (c, r) and (c, r + 1)
            for (var r = 0; r + 1 < height; r++)
            {
                cancel.ThrowIfCancellationRequested();
                for (var c = 0; c + 1 < width; c++)
                {
                    var (b, rt, t, l) = (Across(c, r), Up(c + 1, r), Across(c, r + 1), Up(c, r));
                    switch ((In(c, r) ? 1 : 0) | (In(c + 1, r) ? 2 : 0) | (In(c + 1, r + 1) ? 4 : 0) | (In(c, r + 1) ? 8 : 0))
                    {
                        case 1: next[b] = l; break;
                        case 2: next[rt] = b; break;
                        case 3: next[rt] = l; break;
                        case 4: next[t] = rt; break;
                        case 5: next[b] = l; next[t] = rt; break;
                        case 6: next[t] = b; break;
                        case 7: next[t] = l; break;
                        case 8: next[l] = t; break;
                        case 9: next[b] = t; break;
                        case 10: next[rt] = b; next[l] = t; break;
                        case 11: next[rt] = t; break;
                        case 12: next[l] = rt; break;
                        case 13: next[b] = rt; break;
                        case 14: next[l] = b; break;
                    }
                }
            }
            var rings = new List<List<(double, double)>>();
            foreach (var start in next.Keys.Order().ToArray())
            {
                if (!next.ContainsKey(start))
                    continue;
                cancel.ThrowIfCancellationRequested();
                var ring = new List<(double X, double Y)>();
                for (var at = start; next.Remove(at, out var to); at = to)
                    ring.Add(Spot(at));
                ring.Add(ring[0]);
                rings.Add(Straighten(ring, square / 5, cancel));
            }
            return rings;
        }

        (double, double) Spot(long side)
        {
            var (cell, up) = (side / 2, side % 2 == 1);
            var (c, r) = ((int)(cell % width), (int)(cell / width));
            double a = inside[r * width + c], b = up ? inside[(r + 1) * width + c] : inside[r * width + c + 1];
            var t = Math.Clamp(a / (a - b), 0.02, 0.98);
            return (x0 + (c + (up ? 0 : t)) * square, y0 + (r + (up ? t : 0)) * square);
        }

        List<ZonePiece> Pieces(List<List<(double X, double Y)>> rings)
        {
            var outlines = rings.Where(r => Area(r) > 0).OrderByDescending(Area).Select(r => (Ring: Places(r), Holes: new List<IReadOnlyList<GeoPoint>>())).ToList();
            foreach (var hole in rings.Where(r => Area(r) < 0))
            {
                cancel.ThrowIfCancellationRequested();
                var places = Places(hole);
                // The smallest outline around it.
                for (var i = outlines.Count - 1; i >= 0; i--)
                {
                    if (!Ground.Inside(outlines[i].Ring, places[0]))
                        continue;
                    outlines[i].Holes.Add(places);
                    break;
                }
            }
            return [.. outlines.Select(o => new ZonePiece(o.Ring, o.Holes))];
        }

        List<GeoPoint> Places(List<(double X, double Y)> ring) => [.. ring.Select(p => plane.Back(p.X, p.Y))];
    }

    static double Area(List<(double X, double Y)> ring)
    {
        double area = 0;
        for (var i = 0; i + 1 < ring.Count; i++)
            area += (ring[i].X * ring[i + 1].Y - ring[i + 1].X * ring[i].Y) / 2;
        return area;
    }

    /// <summary>Leaves out corners that stand in line with their neighbours (Douglas and Peucker), each half of the ring for itself.</summary>
    static List<(double X, double Y)> Straighten(List<(double X, double Y)> ring, double metres, CancellationToken cancel)
    {
        if (ring.Count < 8)
            return ring;
        var keep = new bool[ring.Count];
        var open = new Stack<(int, int)>();
        var half = ring.Count / 2;
        keep[0] = keep[half] = keep[^1] = true;
        open.Push((0, half));
        open.Push((half, ring.Count - 1));
        while (open.TryPop(out var part))
        {
            cancel.ThrowIfCancellationRequested();
            var (from, to) = part;
            var (a, b) = (ring[from], ring[to]);
            var (dx, dy) = (b.X - a.X, b.Y - a.Y);
            var length = Math.Sqrt(dx * dx + dy * dy);
            var (worst, at) = (metres, -1);
            for (var i = from + 1; i < to; i++)
            {
                var (px, py) = (ring[i].X - a.X, ring[i].Y - a.Y);
                var off = length > 0 ? Math.Abs(px * dy - py * dx) / length : Math.Sqrt(px * px + py * py);
                if (off > worst)
                    (worst, at) = (off, i);
            }
            if (at < 0)
                continue;
            keep[at] = true;
            open.Push((from, at));
            open.Push((at, to));
        }
        return [.. ring.Where((_, i) => keep[i])];
    }
}
