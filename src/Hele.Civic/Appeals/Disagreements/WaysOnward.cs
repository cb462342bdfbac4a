using Hele.Civic.Kernel;

namespace Hele.Civic.Appeals;

/// <summary>Where a resident can go on with a matter that ends here, with the citation behind it.</summary>
public sealed record WayOnward(string Code, Bilingual Title, Bilingual Says, Bilingual Source, SourceStatus SourceStatus);

/// <summary>The ways onward, from data/ways-onward.csv: reference data, not code.</summary>
public static class WaysOnward
{
    private static readonly Lazy<IReadOnlyList<WayOnward>> Loaded = new(() => [.. Csv.Load(ReferenceData.Path("ways-onward.csv")).Select(row => new WayOnward(
        row["code"], (row["zh"], row["en"]), (row["says"], row["says_en"]), (row["source"], row["source_en"]), row.Get("source_status", RuleSet.Named<SourceStatus>)))]);

    public static IReadOnlyList<WayOnward> All => Loaded.Value;
}
