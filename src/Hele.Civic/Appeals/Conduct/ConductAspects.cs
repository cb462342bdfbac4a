using Hele.Civic.Kernel;

namespace Hele.Civic.Appeals;

/// <summary>What a complaint about conduct can be about.</summary>
/// <param name="IsLead">A lead on a breach of discipline or law: it isn't taken here, and nothing of it is stored.</param>
public sealed record ConductAspect(string Code, Bilingual Title, bool IsLead);

/// <summary>The aspects, from data/conduct-aspects.csv, and the words that look like a lead, from data/lead-words.csv: reference data, not code.</summary>
public static class ConductAspects
{
    private static readonly Lazy<IReadOnlyList<ConductAspect>> Loaded = new(() =>
        [.. Csv.Load(ReferenceData.Path("conduct-aspects.csv")).Select(row => new ConductAspect(row["code"], (row["zh"], row["en"]), row["lead"] == "yes"))]);

    private static readonly Lazy<IReadOnlyList<string>> Words = new(() => [.. Csv.Load(ReferenceData.Path("lead-words.csv")).Select(row => row["word"])]);

    public static IReadOnlyList<ConductAspect> All => Loaded.Value;

    public static ConductAspect? Find(string? code) => All.FirstOrDefault(a => a.Code == code);

    /// <summary>The words in what was typed that look like a lead.</summary>
    public static IReadOnlyList<string> LeadWords(params string?[] typed) => [.. Words.Value.Where(w => typed.Any(t => t?.Replace(" ", "", StringComparison.Ordinal).Contains(w, StringComparison.Ordinal) == true))];
}
