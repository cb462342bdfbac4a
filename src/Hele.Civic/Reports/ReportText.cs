using System.Text.RegularExpressions;
using Hele.Civic.Appeals;
using Hele.Civic.Kernel;
using Hele.Civic.Platform.Storage;

namespace Hele.Civic.Reports;

/// <summary>What may stand in words that go into the report and come from no template.</summary>
internal static partial class ReportText
{
    /// <summary>
    /// What in a text names somebody or their door: full names of the register and those given, telephone and other long numbers, flats, entrances and buildings. An address reaches as far as the grid or the
    /// compound. It refuses what it knows; that nobody can be recognized, the second reader answers for.
    /// </summary>
    /// <param name="others">Names that the register may not have.</param>
    public static async Task<IReadOnlyList<string>> Names(HeleDb db, string text, params IReadOnlyList<string?> others)
    {
        var found = (await PersonalHints.In(db, others, text)).Select(h => h.Words).ToList();
        found.AddRange(Buildings().Matches(ChineseText.Normalize(text)).Select(m => m.Value));
        return [.. found.Distinct()];
    }

    /// <summary>What in a statement looks like a figure: a number that is no date. In the report a number is computed from records, or it isn't there.</summary>
    public static IReadOnlyList<string> Numbers(string text) => [.. Digits().Matches(Dates().Replace(ChineseText.Normalize(text), " ")).Select(m => m.Value).Distinct()];

    // 3号楼 三号楼 12栋 2幢: the escapes are the Chinese numerals and the words for a building.
    [GeneratedRegex(@"[0-9\u4e00\u4e8c\u4e09\u56db\u4e94\u516d\u4e03\u516b\u4e5d\u5341]{1,3}(?:\u53f7\u697c|\u680b|\u5e62)")]
    private static partial Regex Buildings();

    // 2026年 2026年6月 2026年6月30日 6月30日 2026-06-30
    [GeneratedRegex(@"[0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{4}\u5e74(?:[0-9]{1,2}\u6708(?:[0-9]{1,2}\u65e5)?)?|[0-9]{1,2}\u6708(?:[0-9]{1,2}\u65e5)?")]
    private static partial Regex Dates();

    [GeneratedRegex(@"[0-9]+(?:[.,][0-9]+)*%?")]
    private static partial Regex Digits();
}
