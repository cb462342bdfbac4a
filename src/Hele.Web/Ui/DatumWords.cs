using Hele.Planning.Streets;

namespace Hele.Web.Ui;

/// <summary>The systems of Chinese maps in words.</summary>
public static class DatumWords
{
    public static string Datum(this Texts L, Datum datum) => datum switch
    {
        Planning.Streets.Datum.Gcj02 => L["GCJ-02（高德、腾讯）"],
        Planning.Streets.Datum.Bd09 => L["BD-09（百度）"],
        _ => L["WGS-84 或 CGCS2000（OpenStreetMap、天地图）"],
    };

    public static IReadOnlyList<Option> Datums(this Texts L) => Option.Of<Datum>(L.Datum);
}
