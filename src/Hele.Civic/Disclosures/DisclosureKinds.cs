using Hele.Civic.Kernel;
using Hele.Civic.Platform.Access;

namespace Hele.Civic.Disclosures;

/// <summary>What a kind is before the law.</summary>
public enum DisclosureNature
{
    /// <summary>居务公开: it was decided or done, and residents are told.</summary>
    Disclosure,

    /// <summary>公示: it isn't decided yet, and whoever knows better is asked to say so. It is no 公布 or 公告, which comes after.</summary>
    Notice,

    /// <summary>Must not be put up: named so that nobody has to remember it.</summary>
    Never,
}

public enum FieldType
{
    Text,
    Number,
    Money,
    Date,

    /// <summary>The number of a voucher or a paper: digits and letters as it has them, and none that could be a telephone or an identity number.</summary>
    Code,
}

/// <summary>One field that may be shown. What is not listed can't be.</summary>
/// <param name="IsLine">A column of the list instead of a field of the head.</param>
public sealed record DisclosureField(string Code, bool IsLine, Bilingual Title, FieldType Type, bool IsRequired, bool IsPersonal);

/// <summary>A kind of disclosure: who puts it up, who checks it, how often, how long, which fields, and by what article.</summary>
/// <param name="Posts">Roles that write and publish it.</param>
/// <param name="Checks">Roles of whoever checks it: always another person.</param>
/// <param name="Every">The rule for the months of its period; null for what comes with an event.</param>
/// <param name="Min">The rule for how long it stays up at least; null only for what must never be.</param>
/// <param name="Objection">The rule for how long somebody can object, where that is shorter than it stays up.</param>
public sealed record DisclosureKind(string Code, Bilingual Title, DisclosureNature Nature, IReadOnlyList<Role> Posts, IReadOnlyList<Role> Checks, string? Every, string? Min, string? Objection, string? Answer,
    bool IsPersonal, Bilingual Citation, SourceStatus Status, IReadOnlyList<DisclosureField> Fields)
{
    public const int CodeLength = 40;

    public IEnumerable<DisclosureField> Head => Fields.Where(f => !f.IsLine);
    public IReadOnlyList<DisclosureField> Columns { get; } = [.. Fields.Where(f => f.IsLine)];
    public bool HasPeriod => Every is not null;
}

/// <summary>The catalogue, from data/disclosure-kinds.csv and data/disclosure-fields.csv: reference data, not code.</summary>
public static class DisclosureKinds
{
    private static readonly Lazy<IReadOnlyList<DisclosureKind>> Loaded = new(Load);

    public static IReadOnlyList<DisclosureKind> All => Loaded.Value;

    /// <summary>Those that are put up.</summary>
    public static IReadOnlyList<DisclosureKind> Shown { get; } = [.. Loaded.Value.Where(k => k.Nature != DisclosureNature.Never)];

    /// <summary>Codes of those with personal data: never found, fed, listed after their time, or read by programs.</summary>
    public static IReadOnlyList<string> Personal { get; } = [.. Loaded.Value.Where(k => k.IsPersonal).Select(k => k.Code)];

    public static DisclosureKind? Find(string? code) => Shown.FirstOrDefault(k => k.Code == code);

    /// <summary>A kind that stands in a row.</summary>
    public static DisclosureKind Of(string code) => Find(code) ?? throw new InvalidOperationException($"The kind {code} stands in a record and isn't in data/disclosure-kinds.csv.");

    private static IReadOnlyList<DisclosureKind> Load()
    {
        var fields = Csv.Load(ReferenceData.Path("disclosure-fields.csv")).ToLookup(row => row["kind"], row =>
            new DisclosureField(row["code"], row["part"] == "line", (row["zh"], row["en"]), row.Get("type", RuleSet.Named<FieldType>), row["required"] == "yes", row["personal"] == "yes"));
        return [.. Csv.Load(ReferenceData.Path("disclosure-kinds.csv")).Select(row => new DisclosureKind(row["code"], (row["zh"], row["en"]), row.Get("nature", RuleSet.Named<DisclosureNature>), Roles(row, "posts"), Roles(row, "checks"),
            Given(row["every"]), Given(row["min"]), Given(row["objection"]), Given(row["answer"]), row["personal"] == "yes", (row["citation"], row["citation_en"]), row.Get("status", RuleSet.Named<SourceStatus>), [.. fields[row["code"]]]))];
    }

    private static IReadOnlyList<Role> Roles(CsvRow row, string column) => [.. row[column].Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(RuleSet.Named<Role>)];

    private static string? Given(string value) => value.Length == 0 ? null : value;
}
