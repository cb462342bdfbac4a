using Hele.Civic.Kernel;

namespace Hele.Civic.Appeals;

/// <summary>Where a resident can go on with a matter that ends here, with the citation behind it.</summary>
public sealed record WayOnward(string Code, Bilingual Title, Bilingual Says, Bilingual Source, SourceStatus SourceStatus);

/// <summary>The ways onward, from data/ways-onward.csv: reference data, not code.</summary>
public static class WaysOnward
{
    private static readonly Lazy<IReadOnlyList<WayOnward>> Loaded = new(() => Load("ways-onward.csv")), Leads = new(() => Load("lead-advice.csv")), Duties = new(() => Load("kind-duties.csv"));

    private static IReadOnlyList<WayOnward> Load(string file) => [.. Csv.Load(ReferenceData.Path(file)).Select(row => new WayOnward(
        row["code"], (row["zh"], row["en"]), (row["says"], row["says_en"]), (row["source"], row["source_en"]), row.Get("source_status", RuleSet.Named<SourceStatus>)))];

    public static IReadOnlyList<WayOnward> All => Loaded.Value;

    /// <summary>Where a lead on a breach of discipline or law goes, from data/lead-advice.csv.</summary>
    public static IReadOnlyList<WayOnward> ForLeads => Leads.Value;

    /// <summary>What whoever hears of a matter of this kind has to do at once, from data/kind-duties.csv; null for most kinds.</summary>
    public static WayOnward? DutyOf(string kind) => Duties.Value.FirstOrDefault(d => d.Code == kind);
}
