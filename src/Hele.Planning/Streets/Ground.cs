namespace Hele.Planning.Streets;

/// <summary>
/// Distances on the WGS-84 ellipsoid for places near each other: a plane scaled by the ellipsoid's two radii of curvature at a latitude.
/// Within a city it is true to a few parts in a million; it isn't meant for routes across countries.
/// </summary>
public static class Ground
{
    const double SemiMajor = 6378137.0, Eccentricity2 = 0.00669437999014;

    /// <summary>Metres that one degree of latitude and one degree of longitude measure at this latitude (degrees).</summary>
    public static (double North, double East) MetresPerDegree(double latitude)
    {
        var (sin, cos) = Math.SinCos(latitude * (Math.PI / 180));
        var w = 1 - Eccentricity2 * sin * sin;
        var prime = SemiMajor / Math.Sqrt(w);
        return (prime * (1 - Eccentricity2) / w * (Math.PI / 180), prime * cos * (Math.PI / 180));
    }

    /// <summary>Metres between two places in a straight line.</summary>
    public static double Metres(GeoPoint a, GeoPoint b)
    {
        var (north, east) = MetresPerDegree((a.Latitude + b.Latitude) / 2);
        var dy = (a.Latitude - b.Latitude) * north;
        var dx = (a.Longitude - b.Longitude) * east;
        return Math.Sqrt(dx * dx + dy * dy);
    }

    /// <summary>Whether a place lies within a ring that ends where it began.</summary>
    internal static bool Inside(IReadOnlyList<GeoPoint> ring, GeoPoint p)
    {
        var inside = false;
        for (var i = 0; i + 1 < ring.Count; i++)
        {
            var (a, b) = (ring[i], ring[i + 1]);
            if (a.Latitude > p.Latitude != b.Latitude > p.Latitude
                && p.Longitude < a.Longitude + (p.Latitude - a.Latitude) / (b.Latitude - a.Latitude) * (b.Longitude - a.Longitude))
                inside = !inside;
        }
        return inside;
    }
}

/// <summary>A flat plane in metres around one place: x east, y north.</summary>
readonly struct Plane(GeoPoint centre)
{
    readonly double latitude = centre.Latitude, longitude = centre.Longitude;
    readonly (double North, double East) scale = Ground.MetresPerDegree(centre.Latitude);

    public (double X, double Y) Of(GeoPoint p) => ((p.Longitude - longitude) * scale.East, (p.Latitude - latitude) * scale.North);

    public GeoPoint Back(double x, double y) => new(latitude + y / scale.North, longitude + x / scale.East);

    /// <summary>How far along a–b (0 to 1) the place nearest to the plane's centre lies, and its distance in metres.</summary>
    public (double Along, double Metres) Nearest(GeoPoint a, GeoPoint b)
    {
        var (ax, ay) = Of(a);
        var (bx, by) = Of(b);
        var (dx, dy) = (bx - ax, by - ay);
        var square = dx * dx + dy * dy;
        var along = square > 0 ? Math.Clamp(-(ax * dx + ay * dy) / square, 0, 1) : 0;
        var (x, y) = (ax + along * dx, ay + along * dy);
        return (along, Math.Sqrt(x * x + y * y));
    }
}
