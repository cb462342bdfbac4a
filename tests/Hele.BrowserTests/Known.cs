using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.RegularExpressions;
using Hele.TestKit;

namespace Hele.BrowserTests;

/// <summary>
/// Chinese that is data and stays Chinese on an English page: what the demo's files say, what the journeys typed, and the titles of documents that
/// rules cite. Everything else on such a page is the program's own word.
/// </summary>
internal static partial class Known
{
    private static readonly ConcurrentDictionary<string, byte> TypedTexts = new();
    private static readonly Lazy<IReadOnlyList<string>> Data = new(() => [.. Demo().Concat(Ground()).Concat(Civic.Demo.DemoPeople.Neighbours).Concat(Givers()).Concat(Citations()).Distinct()]);

    /// <summary>The names of the demo's people.</summary>
    public static IReadOnlyList<string> People { get; } =
        [.. JsonDocument.Parse(File.ReadAllText(Repo.At("data", "demo", "people.json"))).RootElement.GetProperty("people").EnumerateArray().Select(p => p.GetProperty("name").GetString()!)];

    public static void Typed(string text) => TypedTexts.TryAdd(Plain(text), 0);

    /// <summary>What is left of a page's text when the data is taken out; null when no Chinese is left.</summary>
    public static string? Foreign(string text)
    {
        var left = Plain(text);
        foreach (var known in Data.Value.Concat(TypedTexts.Keys).Where(k => k.Length > 0).OrderByDescending(k => k.Length))
            left = left.Replace(known, "", StringComparison.Ordinal);
        return Han().IsMatch(left) && !IsPiecedFromOne(left) ? left.Trim() : null;
    }

    /// <summary>Whether a longer text is one of the data's with something cut out of it, as when a place is left out before a text is published.</summary>
    private static bool IsPiecedFromOne(string left)
    {
        var pieces = HanRun().Matches(left).Select(m => m.Value).ToList();
        return pieces.Sum(p => p.Length) >= 20 && Data.Value.Any(cell => pieces.TrueForAll(p => cell.Contains(p, StringComparison.Ordinal)));
    }

    private static string Plain(string text) => Space().Replace(text.Normalize(System.Text.NormalizationForm.FormKC), "");

    private static IEnumerable<string> Demo() =>
        Repo.Files("data/demo", "*.json").SelectMany(f => Strings(JsonDocument.Parse(File.ReadAllText(f)).RootElement))
            // On the board every cell of a line stands by itself.
            .SelectMany(s => s.Contains('|', StringComparison.Ordinal) ? [s, .. s.Split('|', '\n')] : new[] { s }).Select(Plain)
            // A list shows the beginning of what was said about the program.
            .SelectMany(s => s.Length > 30 ? [s, s[..30]] : new[] { s }).Distinct();

    /// <summary>What the demo's compounds, buildings, entrances and grids are called.</summary>
    private static IEnumerable<string> Ground() =>
        Repo.Files("data/demo", "*.csv").Where(f => Path.GetFileName(f) != "names.csv").SelectMany(f => Hele.Civic.Kernel.Csv.Read(new StringReader(File.ReadAllText(f))).SelectMany(line => line.Cells))
            // A course with two texts keeps them in one cell.
            .SelectMany(cell => cell.Split(": ").Append(cell)).Select(Plain)
            .Concat(Enumerable.Range(1, 30).Select(n => $"{n}单元")).Concat("一二三四五六七八九十".Select(n => $"{n}单元")).Distinct();

    /// <summary>Of whoever gave thanks, the surname.</summary>
    private static IEnumerable<string> Givers() => JsonDocument.Parse(File.ReadAllText(Repo.At("data", "demo", "thanks.zh.json"))).RootElement.EnumerateArray()
        .Select(t => t.TryGetProperty("giver", out var name) ? name.GetString()! : "").Concat(People).Where(n => n.Length > 0).Select(n => Plain(Civic.Kernel.Masking.Surname(n))).Distinct();

    private static IEnumerable<string> Strings(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => [element.GetString()!],
        JsonValueKind.Array => element.EnumerateArray().SelectMany(Strings),
        JsonValueKind.Object => element.EnumerateObject().SelectMany(p => Strings(p.Value)),
        _ => [],
    };

    private static IEnumerable<string> Citations() =>
        File.ReadLines(Repo.At("data", "holidays.csv")).Skip(1).Select(l => Plain(l.Split(',', 5)[^1].Trim('"'))).Distinct();

    [GeneratedRegex(@"[\u3400-\u9fff]+")]
    private static partial Regex HanRun();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();

    [GeneratedRegex(@"[\u3400-\u9fff\uf900-\ufaff\ud840-\ud88d]")]
    private static partial Regex Han();
}
