using Hele.Civic.Kernel;
using NetTopologySuite;
using NetTopologySuite.Geometries;
using NetTopologySuite.IO;

namespace Hele.Civic.Grids;

/// <summary>A position in WGS-84 (CGCS2000 within a metre), in ten-millionths of a degree: about a centimetre, and exact in the log.</summary>
public readonly record struct Position(int LonE7, int LatE7)
{
    public const double Scale = 1e7;

    public double Lon => LonE7 / Scale;
    public double Lat => LatE7 / Scale;

    /// <param name="lon">Degrees east.</param>
    /// <param name="lat">Degrees north.</param>
    public static Position Of(double lon, double lat) => new((int)Math.Round(lon * Scale), (int)Math.Round(lat * Scale));
}

/// <summary>Outlines on the ground: read, checked, measured. Text is WKT in WGS-84 degrees, longitude first, seven decimals.</summary>
public static class Geo
{
    /// <summary>Longest outline that is kept, in characters.</summary>
    public const int OutlineLength = 20_000;

    /// <summary>Areas below this are the rounding of shared borders, not an overlap or a gap; square metres.</summary>
    public const double Nothing = 2;

    /// <summary>Metres of one degree of latitude (mean).</summary>
    private const double MetresPerDegree = 111_195;

    // Overlay on a fixed grid of a ten-millionth of a degree: robust, and every corner stays one that can be stored.
    private static readonly NtsGeometryServices Services = new(NetTopologySuite.Geometries.Implementation.CoordinateArraySequenceFactory.Instance, new PrecisionModel(Position.Scale), 4326,
        GeometryOverlay.NG, new CoordinateEqualityComparer());

    public static GeometryFactory Factory { get; } = Services.CreateGeometryFactory();

    /// <summary>Reads an outline as stored, or as a person pasted it: WKT, or "longitude latitude" pairs a line or a comma apart. A ring that isn't closed is closed.</summary>
    /// <returns>Null and a problem when it is none.</returns>
    public static (Polygon? Outline, Problem? Problem) Read(string? text)
    {
        var words = (text ?? "").Trim();
        if (words.Length == 0)
            return (null, GridProblems.OutlineMissing);
        if (words.Length > OutlineLength)
            return (null, GridProblems.OutlineTooLong);
        Polygon outline;
        try
        {
            outline = words.StartsWith("POLYGON", StringComparison.OrdinalIgnoreCase)
                ? new WKTReader(Services).Read(words) as Polygon ?? throw new FormatException()
                : Factory.CreatePolygon(Ring(words));
        }
        catch (Exception broken) when (broken is FormatException or ParseException or ArgumentException or OverflowException)
        {
            return (null, GridProblems.OutlineUnreadable);
        }
        var box = outline.EnvelopeInternal;
        if (outline.IsEmpty || box.MinX < 73 || box.MaxX > 136 || box.MinY < 3 || box.MaxY > 54)
            return (null, GridProblems.OutlineElsewhere);
        if (!outline.IsValid || outline.NumInteriorRings > 0)
            return (null, GridProblems.OutlineCrossesItself);
        return SquareMetres(outline) is < 100 or > 50e6 ? (null, GridProblems.OutlineSize) : (outline, null);
    }

    /// <summary>A stored outline.</summary>
    public static Polygon Stored(string outline) => (Polygon)new WKTReader(Services).Read(outline);

    public static string Text(Polygon outline) => new WKTWriter { OutputOrdinates = Ordinates.XY, PrecisionModel = Factory.PrecisionModel }.Write(outline);

    public static Point Point(Position at) => Factory.CreatePoint(new Coordinate(at.Lon, at.Lat));

    /// <summary>Whether a position lies in an outline; on its border counts.</summary>
    public static bool Covers(Geometry outline, Position at) => outline.Covers(Point(at));

    /// <summary>Area in square metres, on a plane that touches the sphere at the outline: right to a thousandth for anything the size of a community.</summary>
    public static double SquareMetres(Geometry outline) =>
        outline.IsEmpty ? 0 : outline.Area * MetresPerDegree * MetresPerDegree * Math.Cos(outline.EnvelopeInternal.Centre.Y * Math.PI / 180);

    // WGS-84 (NIMA TR8350.2): semi-major axis in metres, and the flattening.
    private const double SemiMajor = 6_378_137, Flattening = 1 / 298.257223563;

    /// <summary>
    /// Area on the WGS-84 ellipsoid in whole square metres, for what is told of an outline. The corners are mapped to the authalic sphere, which has the ellipsoid's area (Snyder, Map Projections, USGS
    /// Professional Paper 1395, formulas 3-11 and 3-12), on a cylindrical equal-area plane; a side is straight there. Whether a side of a kilometre is
    /// taken as straight there, on the map, or as a geodesic, moves the area by some square metres: nobody draws finer than that.
    /// </summary>
    public static long EllipsoidSquareMetres(Polygon outline)
    {
        var e2 = Flattening * (2 - Flattening);
        var e = Math.Sqrt(e2);
        double Q(double latitude)
        {
            var sin = Math.Sin(latitude * Math.PI / 180);
            return (1 - e2) * ((sin / (1 - (e2 * sin * sin))) - (Math.Log((1 - (e * sin)) / (1 + (e * sin))) / (2 * e)));
        }

        var ring = outline.ExteriorRing.Coordinates;
        // From the first corner, so that the products stay small against what a double holds.
        var (lon0, q0, twice) = (ring[0].X, Q(ring[0].Y), 0.0);
        for (var i = 0; i + 1 < ring.Length; i++)
            twice += ((ring[i].X - lon0) * (Q(ring[i + 1].Y) - q0)) - ((ring[i + 1].X - lon0) * (Q(ring[i].Y) - q0));
        return (long)Math.Round(Math.Abs(twice) * Math.PI / 180 * SemiMajor * SemiMajor / 4, MidpointRounding.AwayFromZero);
    }

    /// <summary>Straight distance in metres; no walk.</summary>
    public static double Metres(Position a, Position b)
    {
        var (x, y) = ((a.Lon - b.Lon) * Math.Cos((a.Lat + b.Lat) / 2 * Math.PI / 180), a.Lat - b.Lat);
        return MetresPerDegree * Math.Sqrt((x * x) + (y * y));
    }

    private static Coordinate[] Ring(string words)
    {
        var numbers = words.Split([' ', ',', ';', '\t', '\r', '\n', '，', '；'], StringSplitOptions.RemoveEmptyEntries)
            .Select(w => double.Parse(w, System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture)).ToArray();
        if (numbers.Length % 2 != 0 || numbers.Length < 6 || numbers.Any(n => !double.IsFinite(n)))
            throw new FormatException();
        var ring = numbers.Chunk(2).Select(p => new Coordinate(Services.DefaultPrecisionModel.MakePrecise(p[0]), Services.DefaultPrecisionModel.MakePrecise(p[1]))).ToList();
        if (!ring[0].Equals2D(ring[^1]))
            ring.Add(ring[0].Copy());
        return [.. ring];
    }
}
