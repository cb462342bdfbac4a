using Hele.Civic.Kernel;

namespace Hele.Civic.Appeals;

/// <summary>Whose clock a kind of matter starts on.</summary>
public enum GoesTo
{
    /// <summary>The worker of the grid the place lies in.</summary>
    Grid,

    /// <summary>The community's own staff: it isn't settled in a courtyard.</summary>
    Community,

    /// <summary>Past everybody it may be about.</summary>
    Supervision,
}

/// <summary>Whether whoever handles a kind of matter sees who raised it.</summary>
public enum NameRule
{
    /// <summary>It can't be handled without knowing who.</summary>
    Shown,

    /// <summary>The resident may ask that it isn't shown.</summary>
    Choice,

    /// <summary>It isn't shown.</summary>
    Withheld,
}

/// <summary>A kind of appeal: what residents choose from, and whether its matters may stand in the public list.</summary>
public sealed record AppealKind(string Code, Bilingual Title, bool IsListed, bool IsOffered, GoesTo GoesTo, NameRule Name)
{
    /// <summary>Somebody has to respond within hours.</summary>
    public bool IsUrgent { get; init; }

    /// <summary>With the consent of whoever raised it, the report may tell its story: never of conduct, family, neighbours and minors.</summary>
    public bool MayBeTold { get; init; }
}

/// <summary>The kinds, from data/appeal-kinds.csv: reference data, not code.</summary>
public static class AppealKinds
{
    private static readonly Lazy<IReadOnlyList<AppealKind>> Loaded = new(() =>
        [.. Csv.Load(ReferenceData.Path("appeal-kinds.csv")).Select(row => new AppealKind(row["code"], (row["zh"], row["en"]), row["listed"] == "yes", row["offered"] == "yes",
            row.Get("goes_to", RuleSet.Named<GoesTo>), row.Get("name", RuleSet.Named<NameRule>)) { IsUrgent = row["urgent"] == "yes", MayBeTold = row["story"] == "yes" })]);

    public static IReadOnlyList<AppealKind> All => Loaded.Value;

    /// <summary>Those one can file today.</summary>
    public static IEnumerable<AppealKind> Offered => All.Where(k => k.IsOffered);

    public static AppealKind? Find(string? code) => All.FirstOrDefault(k => k.Code == code);

    /// <summary>Codes of the kinds that go past everybody they may be about: their own people see them, nobody else.</summary>
    public static IReadOnlyList<string> Shielded { get; } = [.. Loaded.Value.Where(k => k.GoesTo == GoesTo.Supervision).Select(k => k.Code)];

    /// <summary>Codes of the kinds that may be listed in public.</summary>
    public static IReadOnlyList<string> Listed { get; } = [.. Loaded.Value.Where(k => k.IsListed).Select(k => k.Code)];
}
