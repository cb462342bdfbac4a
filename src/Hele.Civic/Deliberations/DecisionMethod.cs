using Hele.Civic.Kernel;

namespace Hele.Civic.Deliberations;

/// <summary>One step of a method: who takes it and what has to be on record afterwards.</summary>
/// <param name="Rule">The id of the time limit that binds it; null for none.</param>
public sealed record DecisionStep(string Code, Bilingual Title, Bilingual Who, Bilingual Record, string? Rule);

/// <summary>A working method by which a community comes to a decision: its steps in their order, dated, placed, with its citation.</summary>
/// <param name="IsDefault">It is followed in its place where the community has adopted none.</param>
/// <param name="Place">The division code whose practice it is; empty for the whole country.</param>
public sealed record DecisionMethod(string Code, Bilingual Title, Bilingual Says, bool IsDefault, Bilingual Source, SourceStatus SourceStatus, DateOnly? From, DateOnly? To, string Place, IReadOnlyList<DecisionStep> Steps)
{
    public bool IsInForce(DateOnly date) => (From is null || date >= From) && (To is null || date <= To);
}

/// <summary>The methods, from data/decision-methods.csv and data/decision-steps.csv: reference data, not code.</summary>
public static class DecisionMethods
{
    private static readonly Lazy<IReadOnlyList<DecisionMethod>> Loaded = new(() => Read(Csv.Load(ReferenceData.Path("decision-methods.csv")), Csv.Load(ReferenceData.Path("decision-steps.csv"))));

    public static IReadOnlyList<DecisionMethod> All => Loaded.Value;

    /// <summary>Those that a community can follow on a day, in the file's order.</summary>
    public static IReadOnlyList<DecisionMethod> InForce(DateOnly date) => [.. All.Where(m => m.IsInForce(date))];

    /// <summary>What a place follows on a day where it has adopted nothing: of the defaults the one with the longest place; null before the law that the general one rests on.</summary>
    /// <param name="place">A division code of up to twelve digits.</param>
    public static DecisionMethod? Default(DateOnly date, string place) => InForce(date).Where(m => m.IsDefault && place.StartsWith(m.Place, StringComparison.Ordinal)).MaxBy(m => m.Place.Length);

    /// <summary>The methods of two tables, each with its steps.</summary>
    /// <exception cref="FormatException">A method without steps or a step without its method, a step's code twice in one method, or a time limit that isn't in the rules.</exception>
    public static IReadOnlyList<DecisionMethod> Read(IReadOnlyList<CsvRow> methods, IReadOnlyList<CsvRow> steps)
    {
        var known = ReferenceData.Rules.All.Select(r => r.Id).ToHashSet();
        var byMethod = steps.GroupBy(row => row["method"]).ToDictionary(g => g.Key, g => g.Select(row => new DecisionStep(row["code"], (row["zh"], row["en"]), (row["who"], row["who_en"]), (row["record"], row["record_en"]),
            row.Get("rule", id => id.Length == 0 ? null : known.Contains(id) ? id : throw new FormatException($"there is no rule {id}")))).ToList());
        foreach (var (method, its) in byMethod)
        {
            if (methods.All(row => row["code"] != method))
                throw new FormatException($"Steps of a method {method} that isn't there.");
            if (its.Select(s => s.Code).Distinct().Count() < its.Count)
                throw new FormatException($"The method {method} has a step twice.");
        }
        return [.. methods.Select(row => new DecisionMethod(row["code"], (row["zh"], row["en"]), (row["says"], row["says_en"]), row["default"] == "yes", (row["source"], row["source_en"]), row.Get("source_status", RuleSet.Named<SourceStatus>),
            row.Date("from"), row.Date("to"), row["place"], byMethod.GetValueOrDefault(row["code"]) ?? throw new FormatException($"The method {row["code"]} has no steps.")))];
    }
}
