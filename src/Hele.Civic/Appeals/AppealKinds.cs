using Hele.Civic.Kernel;

namespace Hele.Civic.Appeals;

/// <summary>A kind of appeal: what residents choose from, and whether its matters may stand in the public list.</summary>
public sealed record AppealKind(string Code, Bilingual Title, bool IsListed, bool IsOffered);

/// <summary>The kinds, from data/appeal-kinds.csv: reference data, not code.</summary>
public static class AppealKinds
{
    private static readonly Lazy<IReadOnlyList<AppealKind>> Loaded = new(() =>
        [.. Csv.Load(ReferenceData.Path("appeal-kinds.csv")).Select(row => new AppealKind(row["code"], (row["zh"], row["en"]), row["listed"] == "yes", row["offered"] == "yes"))]);

    public static IReadOnlyList<AppealKind> All => Loaded.Value;

    /// <summary>Those one can file today.</summary>
    public static IEnumerable<AppealKind> Offered => All.Where(k => k.IsOffered);

    public static AppealKind? Find(string? code) => All.FirstOrDefault(k => k.Code == code);

    /// <summary>Codes of the kinds that may be listed in public.</summary>
    public static IReadOnlyList<string> Listed { get; } = [.. Loaded.Value.Where(k => k.IsListed).Select(k => k.Code)];
}
