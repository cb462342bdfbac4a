using Hele.Civic.Kernel;

namespace Hele.Civic.Appeals;

/// <summary>Why an appeal may not be accepted, and where the resident can go instead: dated, placed, with its citation.</summary>
/// <param name="Instead">What the resident is told to do instead.</param>
/// <param name="Place">The division code whose territory it holds in; empty for the whole country.</param>
public sealed record RefusalReason(string Code, Bilingual Title, Bilingual Instead, Bilingual Source, SourceStatus SourceStatus, DateOnly? From, DateOnly? To, string Place)
{
    public bool IsInForce(DateOnly date, string place) => (From is null || date >= From) && (To is null || date <= To) && place.StartsWith(Place, StringComparison.Ordinal);
}

/// <summary>The reasons, from data/refusal-reasons.csv: reference data, not code.</summary>
public static class RefusalReasons
{
    private static readonly Lazy<IReadOnlyList<RefusalReason>> Loaded = new(() => [.. Csv.Load(ReferenceData.Path("refusal-reasons.csv")).Select(row => new RefusalReason(
        row["code"], (row["zh"], row["en"]), (row["instead"], row["instead_en"]), (row["source"], row["source_en"]), row.Get("source_status", RuleSet.Named<SourceStatus>), row.Date("from"), row.Date("to"), row["place"]))]);

    public static IReadOnlyList<RefusalReason> All => Loaded.Value;

    /// <summary>Those that may be given on a day in a place; of one code the row with the longest place.</summary>
    public static IReadOnlyList<RefusalReason> InForce(DateOnly date, string place) =>
        [.. All.Where(r => r.IsInForce(date, place)).GroupBy(r => r.Code).Select(g => g.MaxBy(r => r.Place.Length)!)];

    /// <summary>The reason as it was on the day it was given; null when no table knows it any more.</summary>
    public static RefusalReason? On(string? code, DateOnly date, string place) => InForce(date, place).FirstOrDefault(r => r.Code == code);
}
