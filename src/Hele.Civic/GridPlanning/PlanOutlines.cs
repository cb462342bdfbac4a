using Hele.Civic.Grids;
using NetTopologySuite.Geometries;
using NetTopologySuite.Geometries.Utilities;
using NetTopologySuite.Operation.Distance;
using NetTopologySuite.Triangulate;
using Position = Hele.Civic.Grids.Position;

namespace Hele.Civic.GridPlanning;

/// <summary>A building that stands somewhere.</summary>
/// <param name="Was">Key of the grid it belongs to today; null for none.</param>
public sealed record PlacedLot(string Code, Position At, string? Was);

/// <summary>The outlines of a plan, in degrees (WGS-84), as <see cref="Geo"/> stores them.</summary>
/// <param name="Torn">Grids whose buildings others' lie between: no single outline goes round them.</param>
public sealed record PlannedOutlines(IReadOnlyDictionary<string, Polygon> Outlines, IReadOnlyList<string> Torn);

/// <summary>
/// Draws the outlines of plans from today's: the ground of each of today's grids is divided among the buildings that stand on it (each point goes to the nearest, a Voronoi diagram), and every piece goes
/// with its building. What nobody moves keeps its outline corner for corner, and no two grids lie on each other. Buildings that stand outside every outline get the ground around them. Dividing the ground is done
/// once; safe to draw from in any number of threads.
/// </summary>
public sealed class PlanOutlines
{
    /// <summary>One of today's outlines, or the ground around buildings outside them, with its buildings and their cells.</summary>
    private sealed record Ground(string? Grid, Geometry Whole, IReadOnlyList<PlacedLot> On, IReadOnlyList<(string Code, Geometry Cell)> Cells);

    private readonly List<Ground> _grounds = [];
    private readonly IReadOnlyList<PlacedLot> _lots;
    private readonly IReadOnlyList<Polygon> _kept;

    /// <summary>Metres of ground around buildings that stand in no outline.</summary>
    private const double Around = 20;

    /// <summary>Metres; half the width of a strip that joins or cuts.</summary>
    private const double Strip = 1;

    /// <summary>Metres; parts further apart aren't joined by a strip: somebody else's ground lies between.</summary>
    private const double Gap = 30;

    private const double Degree = 1 / 111_195.0;

    /// <param name="today">Outlines of the grids the plans are about, by key.</param>
    /// <param name="kept">Outlines nothing may lie on: of grids the plans aren't about.</param>
    /// <param name="lots">Every building that stands somewhere.</param>
    public PlanOutlines(IReadOnlyDictionary<string, Polygon> today, IReadOnlyList<Polygon> kept, IReadOnlyList<PlacedLot> lots)
    {
        (_lots, _kept) = (lots, kept);
        var on = today.Keys.ToDictionary(k => k, _ => new List<PlacedLot>());
        var outside = new List<PlacedLot>();
        foreach (var lot in lots)
        {
            // On a border that two share: with its own.
            if (lot.Was is { } was && today.TryGetValue(was, out var own) && Geo.Covers(own, lot.At))
                on[was].Add(lot);
            else if (today.OrderBy(t => t.Key, StringComparer.Ordinal).FirstOrDefault(t => Geo.Covers(t.Value, lot.At)) is { Key: { } found })
                on[found].Add(lot);
            else if (!kept.Any(k => Geo.Covers(k, lot.At)))
                outside.Add(lot);
        }
        foreach (var (grid, outline) in today.OrderBy(t => t.Key, StringComparer.Ordinal))
            _grounds.Add(new(grid, outline, on[grid], Divide(outline, on[grid])));
        if (outside.Count > 0)
        {
            var shrink = Math.Cos(outside[0].At.Lat * Math.PI / 180);
            Geometry around = Flat(Geo.Factory.CreateMultiPointFromCoords([.. outside.Select(l => new Coordinate(l.At.Lon, l.At.Lat))]).ConvexHull(), shrink).Buffer(Around * Degree);
            around = Precise(Round(around, shrink));
            foreach (var taken in today.Values.Concat(kept))
                around = around.Difference(taken);
            _grounds.Add(new(null, around, outside, Divide(around, outside)));
        }
    }

    /// <summary>The outlines of a plan.</summary>
    /// <param name="keyOf">The plan's grid of each building; null for none.</param>
    /// <returns>An outline for every grid that has a building on the map, unless it is torn.</returns>
    public PlannedOutlines Draw(Func<string, string?> keyOf)
    {
        var planned = _lots.Select(l => (l.Code, l.At, Key: keyOf(l.Code))).Where(l => l.Key is not null).Select(l => (l.Code, l.At, Key: l.Key!)).ToList();
        var keys = planned.Select(l => l.Key).ToHashSet(StringComparer.Ordinal);
        var ground = new SortedDictionary<string, List<Geometry>>(StringComparer.Ordinal);
        void Give(string key, Geometry piece) => (ground.TryGetValue(key, out var pieces) ? pieces : ground[key] = []).Add(piece);
        foreach (var (grid, whole, on, cells) in _grounds)
        {
            var here = on.Select(l => keyOf(l.Code)).OfType<string>().Distinct().ToList();
            if (here.Count == 0 && grid is not null && keys.Contains(grid))
                Give(grid, whole);
            else if (here.Count == 1)
                Give(here[0], whole);
            else if (here.Count > 1)
                foreach (var (code, cell) in cells)
                    Give(keyOf(code) ?? here[0], cell);
        }

        var drawn = ground.ToDictionary(g => g.Key, g => g.Value.Count == 1 ? g.Value[0] : NetTopologySuite.Operation.OverlayNG.OverlayNGRobust.Union(g.Value), StringComparer.Ordinal);
        GiveAwayEmptyParts(drawn, planned);
        JoinParts(drawn, _kept);
        OpenHoles(drawn, _kept);
        var torn = keys.Where(k => !drawn.TryGetValue(k, out var made) || made is not Polygon { NumInteriorRings: 0, IsValid: true }).Concat(drawn.Where(d => d.Value is Polygon && Misses(d.Key, d.Value, planned)).Select(d => d.Key))
            .Distinct().Order(StringComparer.Ordinal).ToList();
        return new(drawn.Where(d => keys.Contains(d.Key) && !torn.Contains(d.Key)).ToDictionary(d => d.Key, d => (Polygon)d.Value, StringComparer.Ordinal), torn);
    }

    /// <summary>Pairs of buildings whose pieces of ground share more than a corner: grids of such buildings can be drawn in one piece.</summary>
    public IReadOnlySet<(string A, string B)> Adjoining()
    {
        // A hand wide: where two outlines meet, the corners of one lie beside the line of the other.
        const double Hand = 0.5;
        var cells = _grounds.SelectMany(g => g.Cells).ToList();
        var wide = cells.ConvertAll(c => c.Cell.Buffer(Hand * Degree));
        var found = new HashSet<(string, string)>();
        for (var a = 0; a < cells.Count; a++)
            for (var b = a + 1; b < cells.Count; b++)
                if (wide[a].EnvelopeInternal.Intersects(cells[b].Cell.EnvelopeInternal) && Geo.SquareMetres(wide[a].Intersection(cells[b].Cell)) > 2 * Hand * Strip)
                    found.Add(string.CompareOrdinal(cells[a].Code, cells[b].Code) < 0 ? (cells[a].Code, cells[b].Code) : (cells[b].Code, cells[a].Code));
        return found;
    }

    /// <summary>The ground divided among the buildings that stand on it. Of several in one place the first has the cell.</summary>
    private static List<(string Code, Geometry Cell)> Divide(Geometry ground, IReadOnlyList<PlacedLot> lots)
    {
        if (lots.Count == 0)
            return [];
        var shrink = Math.Cos(ground.EnvelopeInternal.Centre.Y * Math.PI / 180);
        var places = lots.GroupBy(l => l.At).Select(g => g.First()).ToList();
        if (places.Count == 1)
            return [(places[0].Code, ground)];
        var around = new Envelope(Flat(ground, shrink).EnvelopeInternal);
        around.ExpandBy(1e-3);
        var builder = new VoronoiDiagramBuilder { ClipEnvelope = around };
        builder.SetSites([.. places.Select(l => new Coordinate(l.At.Lon * shrink, l.At.Lat))]);
        var faces = builder.GetDiagram(new GeometryFactory());
        var cells = new List<(string, Geometry)>();
        for (var i = 0; i < faces.NumGeometries; i++)
        {
            var face = faces.GetGeometryN(i);
            // The builder says for which site a face is.
            var site = (Coordinate)face.UserData;
            var lot = places.MinBy(l => Math.Abs((l.At.Lon * shrink) - site.X) + Math.Abs(l.At.Lat - site.Y))!;
            // Where the face only touches the ground beyond its own piece there are lines beside the polygons; they are nobody's ground.
            var cell = Geo.Factory.BuildGeometry(PolygonExtracter.GetPolygons(ground.Intersection(Precise(Round(face, shrink)))));
            if (!cell.IsEmpty)
                cells.Add((lot.Code, cell));
        }
        return cells;
    }

    /// <summary>Parts of a grid on which none of its buildings stands go to the grid they border most.</summary>
    private static void GiveAwayEmptyParts(Dictionary<string, Geometry> drawn, IReadOnlyList<(string Code, Position At, string Key)> lots)
    {
        foreach (var key in drawn.Keys.Order(StringComparer.Ordinal).ToList())
        {
            var parts = Parts(drawn[key]);
            if (parts.Count < 2)
            {
                drawn[key] = parts.Count == 1 ? parts[0] : drawn[key];
                continue;
            }
            var own = lots.Where(l => l.Key == key).ToList();
            var full = parts.Where(p => own.Exists(l => Geo.Covers(p, l.At))).ToList();
            if (full.Count == 0)
                full = [parts.MaxBy(p => p.Area)!];
            foreach (var part in parts.Except(full))
            {
                var border = drawn.Where(d => d.Key != key).Select(d => (d.Key, Length: part.Intersection(d.Value).Length)).Where(d => d.Length > 0).OrderByDescending(d => d.Length).ThenBy(d => d.Key, StringComparer.Ordinal).FirstOrDefault();
                if (border.Key is { } to)
                    drawn[to] = drawn[to].Union(part);
            }
            drawn[key] = full.Count == 1 ? full[0] : Geo.Factory.CreateMultiPolygon([.. full]);
        }
    }

    /// <summary>Two parts of one grid are joined by a strip where that leaves every other grid in one piece.</summary>
    private static void JoinParts(Dictionary<string, Geometry> drawn, IReadOnlyList<Polygon> kept)
    {
        foreach (var key in drawn.Keys.Order(StringComparer.Ordinal).ToList())
        {
            for (var parts = Parts(drawn[key]); parts.Count > 1; parts = Parts(drawn[key]))
            {
                var joined = false;
                foreach (var (a, b, _) in Pairs(parts).OrderBy(p => p.Distance))
                {
                    var ends = DistanceOp.NearestPoints(a, b);
                    if (Geo.Metres(Position.Of(ends[0].X, ends[0].Y), Position.Of(ends[1].X, ends[1].Y)) > Gap)
                        continue;
                    Geometry line = ends[0].Equals2D(ends[1]) ? Geo.Factory.CreatePoint(ends[0]) : Geo.Factory.CreateLineString([ends[0], ends[1]]);
                    var strip = Precise(line.Buffer(Strip * 2 * Degree));
                    if (kept.Any(k => Geo.SquareMetres(k.Intersection(strip)) > Geo.Nothing))
                        continue;
                    var others = drawn.Where(d => d.Key != key && d.Value.Intersects(strip)).ToDictionary(d => d.Key, d => d.Value.Difference(strip));
                    if (others.Any(o => Parts(o.Value).Count > Parts(drawn[o.Key]).Count))
                        continue;
                    foreach (var (other, rest) in others)
                        drawn[other] = rest;
                    drawn[key] = drawn[key].Union(strip);
                    joined = true;
                    break;
                }
                if (!joined)
                    break;
            }
        }
    }

    /// <summary>An outline has no holes: one with nobody in it is filled, one with another grid in it is opened to the outside by a strip that belongs to nobody.</summary>
    private static void OpenHoles(Dictionary<string, Geometry> drawn, IReadOnlyList<Polygon> kept)
    {
        foreach (var key in drawn.Keys.Order(StringComparer.Ordinal).ToList())
        {
            while (drawn[key] is Polygon { NumInteriorRings: > 0 } holed)
            {
                var hole = Geo.Factory.CreatePolygon(holed.InteriorRings[0].Coordinates);
                if (drawn.Where(d => d.Key != key).Select(d => d.Value).Concat(kept).Any(o => Geo.SquareMetres(hole.Intersection(o)) > Geo.Nothing))
                {
                    var ends = DistanceOp.NearestPoints(holed.InteriorRings[0], holed.ExteriorRing);
                    Geometry line = ends[0].Equals2D(ends[1]) ? Geo.Factory.CreatePoint(ends[0]) : Geo.Factory.CreateLineString([ends[0], ends[1]]);
                    var opened = holed.Difference(Precise(line.Buffer(Strip * Degree)));
                    // Crumbs beside the strip belong to nobody.
                    drawn[key] = Parts(opened).MaxBy(p => p.Area) ?? opened;
                    if (drawn[key] is Polygon { NumInteriorRings: var left } && left >= holed.NumInteriorRings)
                        break;
                }
                else
                {
                    drawn[key] = Geo.Factory.CreatePolygon((LinearRing)holed.ExteriorRing, [.. holed.InteriorRings.Skip(1).Cast<LinearRing>()]);
                }
            }
        }
    }

    private static bool Misses(string key, Geometry outline, IReadOnlyList<(string Code, Position At, string Key)> lots) => lots.Any(l => l.Key == key && !Geo.Covers(outline, l.At));

    private static IEnumerable<(Polygon A, Polygon B, double Distance)> Pairs(List<Polygon> parts)
    {
        for (var i = 0; i < parts.Count; i++)
            for (var j = i + 1; j < parts.Count; j++)
                yield return (parts[i], parts[j], parts[i].Distance(parts[j]));
    }

    /// <summary>Its polygons; crumbs that are the rounding of borders are none.</summary>
    private static List<Polygon> Parts(Geometry geometry) =>
        [.. Enumerable.Range(0, geometry.NumGeometries).Select(geometry.GetGeometryN).OfType<Polygon>().Where(p => !p.IsEmpty && Geo.SquareMetres(p) > Geo.Nothing)];

    /// <summary>Degrees to a plane on which a metre is as long in every direction: longitudes shrunk.</summary>
    private static Geometry Flat(Geometry degrees, double shrink) => Mapped(degrees, shrink);

    private static Geometry Round(Geometry flat, double shrink) => Mapped(flat, 1 / shrink);

    private static Geometry Mapped(Geometry geometry, double factor)
    {
        var copy = geometry.Copy();
        copy.Apply(new AffineTransformation(factor, 0, 0, 0, 1, 0));
        copy.GeometryChanged();
        return copy;
    }

    /// <summary>With corners that can be stored.</summary>
    private static Geometry Precise(Geometry geometry) => NetTopologySuite.Precision.GeometryPrecisionReducer.Reduce(Geo.Factory.CreateGeometry(geometry), Geo.Factory.PrecisionModel);
}
