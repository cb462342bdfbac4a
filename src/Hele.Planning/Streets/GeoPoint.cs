namespace Hele.Planning.Streets;

/// <summary>A place on the ground: degrees north and east, WGS-84 (CGCS2000 differs from it by less than a metre).</summary>
public readonly record struct GeoPoint(double Latitude, double Longitude)
{
    /// <summary>Whether both numbers are finite and on the globe. Nothing else may enter a network.</summary>
    public bool IsOnEarth => double.IsFinite(Latitude) && double.IsFinite(Longitude) && Math.Abs(Latitude) <= 90 && Math.Abs(Longitude) <= 180;

    internal int LatE7 => (int)Math.Round(Latitude * 1e7);
    internal int LonE7 => (int)Math.Round(Longitude * 1e7);
    internal static GeoPoint OfE7(int lat, int lon) => new(lat / 1e7, lon / 1e7);
}
