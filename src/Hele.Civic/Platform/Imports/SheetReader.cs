using System.IO.Compression;
using System.Text;
using System.Xml;
using Hele.Civic.Kernel;

namespace Hele.Civic.Platform.Imports;

/// <summary>
/// Reads what people have: .xlsx and .csv. It trusts nothing about a file: sizes are checked before anything is unpacked, every fault is a sentence
/// that says what to do (docs/adr/0013-imports.md).
/// </summary>
public static class SheetReader
{
    /// <summary>Largest file, in bytes.</summary>
    public const int MostBytes = 8 << 20;

    /// <summary>Largest it may be unpacked, in bytes; a ledger of 20,000 rows and 40 columns has a third of it.</summary>
    public const int MostUnpacked = 120 << 20;

    public const int MostRows = 20_000, MostColumns = 100, MostCharacters = 2_000, MostSheets = 40;

    private static readonly byte[] Zip = "PK\x03\x04"u8.ToArray(), Compound = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];

    static SheetReader() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <summary>The sheets of a file, or why they can't be read.</summary>
    /// <param name="name">As the person's computer calls it; only its ending counts, and only where the bytes say nothing.</param>
    public static (SheetFile? File, Problem? Problem) Read(byte[] bytes, string name)
    {
        if (bytes.Length == 0)
            return (null, ImportProblems.FileEmpty);
        if (bytes.Length > MostBytes)
            return (null, ImportProblems.FileTooLarge.With(MostBytes >> 20));
        var ending = Path.GetExtension(name).ToLowerInvariant();
        if (bytes.AsSpan().StartsWith(Compound))
            // A locked .xlsx is wrapped in the old container; the stream's name stands in it in UTF-16.
            return (null, bytes.AsSpan().IndexOf(Encoding.Unicode.GetBytes("EncryptedPackage")) >= 0 ? ImportProblems.Locked : ImportProblems.OldExcel);
        try
        {
            if (bytes.AsSpan().StartsWith(Zip))
                return Workbook(bytes, ending);
            return ending is ".csv" or ".txt" or ".tsv" ? Text(bytes) : (null, ending is ".xls" ? ImportProblems.OldExcel : ending is ".xlsm" or ".xlsb" ? ImportProblems.HasMacros : ImportProblems.NotASheet);
        }
        catch (RefusedException refused)
        {
            return (null, refused.Problem);
        }
        catch (Exception broken) when (broken is InvalidDataException or XmlException or FormatException or KeyNotFoundException or IndexOutOfRangeException or ArgumentException or OverflowException or EndOfStreamException or NotSupportedException or InvalidOperationException)
        {
            return (null, ImportProblems.Damaged);
        }
    }

    private static (SheetFile?, Problem?) Workbook(byte[] bytes, string ending)
    {
        using var archive = new ZipArchive(new MemoryStream(bytes, writable: false), ZipArchiveMode.Read);
        if (archive.GetEntry("[Content_Types].xml") is null)
            return (null, ImportProblems.NotASheet);
        // An entry never unpacks to more than it declares: .NET cuts it off there. So the sum of what is declared is the most there can be.
        if (archive.Entries.Count > 5_000 || archive.Entries.Sum(e => e.Length) > MostUnpacked)
            return (null, ImportProblems.Inflated.With(MostUnpacked >> 20));
        if (ending is ".xlsm" or ".xlsb" or ".xltm" || archive.Entries.Any(e => e.Name.Equals("vbaProject.bin", StringComparison.OrdinalIgnoreCase) || e.FullName.Equals("xl/workbook.bin", StringComparison.OrdinalIgnoreCase)))
            return (null, ImportProblems.HasMacros);
        if (archive.Entries.All(e => !e.FullName.StartsWith("xl/", StringComparison.OrdinalIgnoreCase)))
            return (null, ImportProblems.NotASheet);
        var file = new XlsxFile(archive).Read();
        return file.Sheets.Count == 0 ? (null, ImportProblems.FileEmpty) : (file, null);
    }

    private static (SheetFile?, Problem?) Text(byte[] bytes)
    {
        string text;
        try
        {
            text = bytes switch
            {
                [0xEF, 0xBB, 0xBF, ..] => new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes, 3, bytes.Length - 3),
                [0xFF, 0xFE, ..] => new UnicodeEncoding(false, false, throwOnInvalidBytes: true).GetString(bytes, 2, bytes.Length - 2),
                [0xFE, 0xFF, ..] => new UnicodeEncoding(true, false, throwOnInvalidBytes: true).GetString(bytes, 2, bytes.Length - 2),
                _ => Guessed(bytes),
            };
            // What no text holds: this is something else with the ending of a table.
            if (text.AsSpan().IndexOf('\0') >= 0)
                return (null, ImportProblems.NotASheet);
            var first = text.AsSpan(0, Math.Max(0, text.IndexOf('\n')) is var end && end > 0 ? end : text.Length);
            var separator = first.Contains('\t') && !first.Contains(',') ? '\t' : first.Contains(';') && !first.Contains(',') ? ';' : ',';
            var rows = new List<SheetRow>();
            // A spreadsheet counts a row once, however many lines its cells have.
            var within = 0;
            foreach (var (cells, line) in Csv.Read(new StringReader(text), separator: separator))
            {
                Keep(rows, new(line - within, [.. cells.Select(Plain)]), "csv");
                within += cells.Sum(c => c.Count(x => x == '\n'));
            }
            return rows.Count == 0 ? (null, ImportProblems.FileEmpty) : (new([new("csv", rows)], []), null);
        }
        catch (Exception broken) when (broken is DecoderFallbackException or FormatException)
        {
            return (null, ImportProblems.BadText);
        }
    }

    /// <summary>Most files without a mark are what Excel writes on a Chinese Windows, GB18030; text that is well-formed UTF-8 is that.</summary>
    private static string Guessed(byte[] bytes)
    {
        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return Encoding.GetEncoding("GB18030", EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback).GetString(bytes);
        }
    }

    /// <summary>A cell as it was meant: trimmed, on one line, without the marks by which people make a spreadsheet leave a number alone ('410…, ="410…").</summary>
    internal static string Plain(string cell)
    {
        var text = ChineseText.Line(cell);
        if (text.Length > 3 && text.StartsWith("=\"", StringComparison.Ordinal) && text[^1] == '"')
            text = text[2..^1];
        return text.TrimStart('\'');
    }

    internal static void Keep(List<SheetRow> rows, SheetRow row, string sheet)
    {
        var cells = row.Cells;
        var width = cells.Count;
        while (width > 0 && cells[width - 1].Length == 0)
            width--;
        if (width == 0)
            return;
        if (width > MostColumns)
            throw new RefusedException(ImportProblems.TooManyColumns.With(MostColumns, sheet));
        if (cells.Any(c => c.Length > MostCharacters))
            throw new RefusedException(ImportProblems.CellTooLong.With(sheet, row.Number, MostCharacters));
        if (rows.Count >= MostRows)
            throw new RefusedException(ImportProblems.TooManyRows.With(MostRows));
        rows.Add(row with { Cells = [.. cells.Take(width)] });
    }
}

/// <summary>Carries a refusal out of the depth of a file; never leaves <see cref="SheetReader"/>.</summary>
internal sealed class RefusedException(Problem problem) : Exception(problem.Code)
{
    public Problem Problem => problem;
}
