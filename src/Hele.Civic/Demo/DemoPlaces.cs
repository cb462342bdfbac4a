using Hele.Civic.Grids;
using Hele.Civic.Kernel;

namespace Hele.Civic.Demo;

/// <summary>The demo's ground: real buildings under invented names (data/demo/*buildings.csv, *grids.csv).</summary>
internal sealed record DemoPlaces(IReadOnlyList<DemoPlaces.House> Houses, IReadOnlyList<DemoPlaces.Area> Grids)
{
    /// <param name="Position">Empty for one that nobody has placed on the map yet.</param>
    internal sealed record House(string Compound, CompoundKind Kind, string Manager, string Name, int Floors, int Entrances, string Position);

    internal sealed record Area(string Name, string DutyPhone, string Outline);

    /// <param name="prefix">Of the community's files.</param>
    public static DemoPlaces Load(string prefix) => new(
        [.. Csv.Load(ReferenceData.Path($"demo/{prefix}buildings.csv")).Select(r => new House(r["compound"], Enum.Parse<CompoundKind>(r["kind"]), r["manager"], r["building"],
            int.Parse(r["floors"], System.Globalization.CultureInfo.InvariantCulture), int.Parse(r["entrances"], System.Globalization.CultureInfo.InvariantCulture), $"{r["lon"]} {r["lat"]}".Trim()))],
        [.. Csv.Load(ReferenceData.Path($"demo/{prefix}grids.csv")).Select(r => new Area(r["grid"], r["duty_phone"], r["outline"]))]);
}
