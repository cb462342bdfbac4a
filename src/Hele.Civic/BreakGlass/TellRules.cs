using Hele.Civic.Kernel;

namespace Hele.Civic.BreakGlass;

/// <summary>Whether people are told that something sealed about them was opened in an emergency: dated, placed, with its citation.</summary>
/// <param name="Record">Code of the kind of record (<c>person.phone</c>); empty for all.</param>
/// <param name="Place">The division code whose territory it holds in; empty for the whole country.</param>
public sealed record TellRule(string Record, bool Tell, Bilingual Source, SourceStatus SourceStatus, DateOnly From, DateOnly? To, string Place);

/// <summary>The rules of data/telling.csv. Where none says otherwise, people are told.</summary>
public sealed class TellRules(IEnumerable<TellRule> rules)
{
    private readonly IReadOnlyList<TellRule> _rules = [.. rules];

    /// <summary>As shipped.</summary>
    public static TellRules Load() => new(Csv.Load(ReferenceData.Path("telling.csv")).Select(row => new TellRule(row["record"], row["tell"] switch
    {
        "yes" => true,
        "no" => false,
        var other => throw new FormatException($"telling.csv, line {row.LineNumber}: tell is yes or no, not {other}."),
    }, (row["source"], row["source_en"]), row.Get("source_status", RuleSet.Named<SourceStatus>), row.Date("from") ?? DateOnly.MinValue, row.Date("to"), row["place"])));

    /// <summary>What an access keeps of its rule's source, in both languages; in its own words when the rule is there no more.</summary>
    public Bilingual Source(string kept) => _rules.Select(r => r.Source).FirstOrDefault(s => s.Zh == kept, (kept, kept));

    /// <summary>The rule in force: the longest place first, then the row that names this kind of record; null when there is none.</summary>
    public TellRule? InForce(string record, DateOnly date, string place) => _rules
        .Where(r => r.From <= date && (r.To is null || r.To >= date) && place.StartsWith(r.Place, StringComparison.Ordinal) && (r.Record.Length == 0 || r.Record == record))
        .OrderByDescending(r => r.Place.Length).ThenByDescending(r => r.Record.Length).FirstOrDefault();
}
