using System.Security.Cryptography;
using System.Text;
using Hele.Civic.Kernel;

namespace Hele.Civic.Platform.Imports;

/// <summary>One line of a sheet as it was written: every cell a text, merged cells filled in.</summary>
/// <param name="Number">The row's number as the spreadsheet shows it, from 1.</param>
public sealed record SheetRow(int Number, IReadOnlyList<string> Cells)
{
    /// <summary>The cell in a column; empty where the row ends earlier.</summary>
    public string At(int column) => column < Cells.Count ? Cells[column] : "";

    public bool IsBlank => Cells.All(c => c.Length == 0);
}

/// <summary>A sheet of a file. Blank rows are left out; the others keep their numbers.</summary>
public sealed record Sheet(string Name, IReadOnlyList<SheetRow> Rows);

/// <summary>What a file holds for the reader.</summary>
/// <param name="Hidden">Names of sheets that are hidden in the file and therefore not read.</param>
public sealed record SheetFile(IReadOnlyList<Sheet> Sheets, IReadOnlyList<string> Hidden);

/// <summary>The rows of a ledger under their headings: what an import is made of, wherever it came from.</summary>
public sealed record SheetTable(IReadOnlyList<string> Headings, IReadOnlyList<SheetRow> Rows)
{
    /// <summary>Longest list of rows above the headings (a title, who filled it in, a note) that is looked through for them.</summary>
    private const int LookedThrough = 20;

    /// <summary>A table made by a program: the first row of data counts as row 2, below the headings.</summary>
    public static SheetTable Of(IReadOnlyList<string> headings, params IEnumerable<IReadOnlyList<string>> rows) => new(headings, [.. rows.Select((cells, i) => new SheetRow(i + 2, cells))]);

    /// <summary>Splits a sheet at its headings.</summary>
    /// <param name="heading">The row number of the headings; null to let it be found: the row that names most of the ledger's columns.</param>
    public static SheetTable? From(Sheet sheet, LedgerKind kind, int? heading = null)
    {
        var at = heading is { } given
            ? sheet.Rows.FirstOrDefault(r => r.Number == given)
            // The later of two equals: of a heading in two lines the lower one is the finer.
            : sheet.Rows.Take(LookedThrough).Select(r => (Row: r, Known: r.Cells.Select(kind.Guess).OfType<LedgerColumn>().Distinct().Count())).Where(r => r.Known > 1).OrderByDescending(r => r.Known).ThenByDescending(r => r.Row.Number).FirstOrDefault().Row
              ?? sheet.Rows.FirstOrDefault(r => r.Cells.Count(c => c.Length > 0) > 1);
        if (at is null)
            return null;
        var width = sheet.Rows.Max(r => r.Cells.Count);
        return new([.. Enumerable.Range(0, width).Select(i => ChineseText.Line(at.At(i)))], [.. sheet.Rows.Where(r => r.Number > at.Number)]);
    }

    /// <summary>What a layout is remembered by: the headings in their order, in a form that shows none of them.</summary>
    public byte[] Fingerprint() => SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', Headings.Select(LedgerKind.Plain))));
}
