using System.Globalization;
using System.Text.RegularExpressions;
using Hele.Planning.Streets;

namespace Hele.Civic.Grids;

/// <summary>Positions as other maps give them and want them given: shifted by some hundred metres from what Hele keeps (<see cref="Coordinates"/>).</summary>
public static partial class OtherMaps
{
    /// <summary>The same text with every "longitude latitude" in it in WGS-84; what is none stays as it was typed, for whoever reads it next to refuse.</summary>
    public static string ToWgs84(string? text, Datum from) => from == Datum.Wgs84 ? text ?? "" : Pair().Replace(text ?? "", pair =>
    {
        var there = Coordinates.ToWgs84(new(Number(pair.Groups[2].Value), Number(pair.Groups[1].Value)), from);
        return FormattableString.Invariant($"{there.Longitude:F7} {there.Latitude:F7}");
    });

    public static Position In(this Position at, Datum datum)
    {
        var there = Coordinates.FromWgs84(new(at.Lat, at.Lon), datum);
        return Position.Of(there.Longitude, there.Latitude);
    }

    /// <summary>"longitude,latitude" with six decimals (a tenth of a metre), as the search fields of those maps take it.</summary>
    public static string Text(this Position at, Datum datum)
    {
        var there = at.In(datum);
        return FormattableString.Invariant($"{there.Lon:F6},{there.Lat:F6}");
    }

    private static double Number(string digits) => double.Parse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"(?<![\d.])(\d{1,3}(?:\.\d+)?)[\s,，]+(\d{1,2}(?:\.\d+)?)(?![\d.])", RegexOptions.CultureInvariant)]
    private static partial Regex Pair();
}
