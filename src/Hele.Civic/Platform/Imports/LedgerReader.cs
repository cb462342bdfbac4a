using Hele.Civic.Kernel;

namespace Hele.Civic.Platform.Imports;

/// <summary>Rows under a mapping: what a ledger plans over.</summary>
internal static class LedgerReader
{
    /// <summary>What begins a row that is no data: sums, notes, who filled it in and when.</summary>
    private static readonly Bilingual Footers = ("合计 总计 小计 共计 备注 说明 注 填表人 制表人 审核人 填报人 填表日期 制表日期 填报日期", "total totals note notes");

    private static readonly HashSet<string> FooterWords = [.. $"{Footers.Zh} {Footers.En}".Split(' ')];

    /// <summary>The plan of a whole table, with its footers as skipped lines.</summary>
    public static async Task<LedgerPlan> Plan(LedgerKind kind, LedgerContext on, SheetTable table, IReadOnlyList<string?> columns)
    {
        var where = columns.Select((c, i) => (Code: c, At: i)).Where(c => c.Code is not null).ToDictionary(c => c.Code!, c => c.At);
        var rows = new List<LedgerRow>();
        var skipped = new List<LedgerLine>();
        foreach (var row in table.Rows)
        {
            // A ledger that goes on over several pages repeats its headings on each.
            if (IsFooter(row) || table.Headings.Select(LedgerKind.Plain).SequenceEqual(Enumerable.Range(0, table.Headings.Count).Select(i => LedgerKind.Plain(row.At(i)))))
                skipped.Add(new(row.Number, Verdict.Skipped, []) { Name = row.Cells.First(c => c.Length > 0) });
            else if (where.Values.Any(i => row.At(i).Length > 0))
                rows.Add(new(row, where, on.Today));
        }
        var plan = await kind.Plan(on, rows);
        return skipped.Count == 0 ? plan : plan with { Lines = [.. plan.Lines.Concat(skipped).OrderBy(l => l.Number)] };
    }

    private static bool IsFooter(SheetRow row)
    {
        var first = row.Cells.First(c => c.Length > 0);
        var mark = first.IndexOfAny([':', '：', ' ']);
        return FooterWords.Contains(LedgerKind.Plain(mark > 0 ? first[..mark] : first)) && row.Cells.Where(c => c.Length > 0).Distinct().Count() <= 4;
    }
}
