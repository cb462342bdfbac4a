namespace Hele.Planning.Streets;

/// <summary>The systems in which Chinese maps give positions.</summary>
public enum Datum
{
    /// <summary>WGS-84, and CGCS2000, which differs from it by less than a metre. What Hele keeps.</summary>
    Wgs84,
    /// <summary>GCJ-02: Amap, Tencent and Google's maps of China; WGS-84 shifted by 100 to 700 m.</summary>
    Gcj02,
    /// <summary>BD-09: Baidu; GCJ-02 shifted once more.</summary>
    Bd09,
}

/// <summary>
/// Between WGS-84 and the shifted systems of Chinese maps. The forward formulas are those published with the "eviltransform" and "coordtransform"
/// projects (a fifth-degree-like series of sines over the Krasovsky ellipsoid); backward there is no formula, so the forward one is inverted by iteration to
/// less than a centimetre.
/// </summary>
public static class Coordinates
{
    const double KrasovskyAxis = 6378245.0, KrasovskyEccentricity2 = 0.00669342162296594323, BaiduTurn = Math.PI * 3000.0 / 180.0;

    /// <summary>The place in WGS-84 of numbers read in another system. Unusable numbers come back as they are: whoever imports refuses them.</summary>
    public static GeoPoint ToWgs84(GeoPoint p, Datum from) => !p.IsOnEarth ? p : from switch
    {
        Datum.Gcj02 => Undo(p),
        Datum.Bd09 => Undo(OfBaidu(p)),
        _ => p,
    };

    /// <summary>What a map in the other system has to be given so that it shows this place.</summary>
    public static GeoPoint FromWgs84(GeoPoint p, Datum to) => !p.IsOnEarth ? p : to switch
    {
        Datum.Gcj02 => Shift(p),
        Datum.Bd09 => ToBaidu(Shift(p)),
        _ => p,
    };

    /// <summary>The shift isn't applied outside this rectangle around China (the rectangle of the published formulas).</summary>
    static bool Shifted(GeoPoint p) => p.Longitude is >= 72.004 and <= 137.8347 && p.Latitude is >= 0.8293 and <= 55.8271;

    static GeoPoint Shift(GeoPoint p)
    {
        if (!Shifted(p))
            return p;
        var (x, y) = (p.Longitude - 105.0, p.Latitude - 35.0);
        var root = Math.Sqrt(Math.Abs(x));
        var common = (20 * Math.Sin(6 * x * Math.PI) + 20 * Math.Sin(2 * x * Math.PI)) * 2 / 3;
        var north = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * root + common
            + (20 * Math.Sin(y * Math.PI) + 40 * Math.Sin(y / 3 * Math.PI)) * 2 / 3
            + (160 * Math.Sin(y / 12 * Math.PI) + 320 * Math.Sin(y * Math.PI / 30)) * 2 / 3;
        var east = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * root + common
            + (20 * Math.Sin(x * Math.PI) + 40 * Math.Sin(x / 3 * Math.PI)) * 2 / 3
            + (150 * Math.Sin(x / 12 * Math.PI) + 300 * Math.Sin(x / 30 * Math.PI)) * 2 / 3;
        var (sin, cos) = Math.SinCos(p.Latitude / 180 * Math.PI);
        var w = 1 - KrasovskyEccentricity2 * sin * sin;
        var meridian = KrasovskyAxis * (1 - KrasovskyEccentricity2) / (w * Math.Sqrt(w));
        return new(p.Latitude + north * 180 / (meridian * Math.PI), p.Longitude + east * 180 / (KrasovskyAxis / Math.Sqrt(w) * cos * Math.PI));
    }

    static GeoPoint Undo(GeoPoint shifted)
    {
        if (!Shifted(shifted))
            return shifted;
        var guess = shifted;
        // The shift changes by less than a thousandth of the way moved: five rounds are below a millimetre.
        for (var i = 0; i < 5; i++)
        {
            var there = Shift(guess);
            guess = new(guess.Latitude + shifted.Latitude - there.Latitude, guess.Longitude + shifted.Longitude - there.Longitude);
        }
        return guess;
    }

    static GeoPoint ToBaidu(GeoPoint p)
    {
        var far = Math.Sqrt(p.Longitude * p.Longitude + p.Latitude * p.Latitude) + 0.00002 * Math.Sin(p.Latitude * BaiduTurn);
        var angle = Math.Atan2(p.Latitude, p.Longitude) + 0.000003 * Math.Cos(p.Longitude * BaiduTurn);
        return new(far * Math.Sin(angle) + 0.006, far * Math.Cos(angle) + 0.0065);
    }

    static GeoPoint OfBaidu(GeoPoint p)
    {
        var guess = new GeoPoint(p.Latitude - 0.006, p.Longitude - 0.0065);
        for (var i = 0; i < 5; i++)
        {
            var there = ToBaidu(guess);
            guess = new(guess.Latitude + p.Latitude - there.Latitude, guess.Longitude + p.Longitude - there.Longitude);
        }
        return guess;
    }
}
