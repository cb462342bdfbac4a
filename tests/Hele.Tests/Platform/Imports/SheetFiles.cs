using System.IO.Compression;
using System.Security;
using System.Text;

namespace Hele.Tests.Platform.Imports;

/// <summary>Files as spreadsheets write them, and as nobody should: made part by part.</summary>
internal static class SheetFiles
{
    /// <summary>A sheet of an .xlsx: its name, its rows as XML, and what else stands in it.</summary>
    internal sealed record Part(string Name, string Rows, string After = "", string? State = null);

    /// <summary>A cell that holds a text.</summary>
    public static string T(string at, string text) => $"<c r=\"{at}\" t=\"inlineStr\"><is><t>{SecurityElement.Escape(text)}</t></is></c>";

    /// <summary>A cell that holds a number, with the style of that place in <see cref="Styles"/>: 1 and 2 are dates.</summary>
    public static string N(string at, string number, int style = 0) => $"<c r=\"{at}\" s=\"{style}\"><v>{number}</v></c>";

    public static string Row(int number, params string[] cells) => $"<row r=\"{number}\">{string.Concat(cells)}</row>";

    private const string Styles = """
        <styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><numFmts count="2"><numFmt numFmtId="176" formatCode="yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;"/><numFmt numFmtId="177" formatCode="0&quot;ed&quot;"/></numFmts>
        <cellXfs count="4"><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="176"/><xf numFmtId="177"/></cellXfs></styleSheet>
        """;

    public static byte[] Xlsx(params Part[] sheets) => Xlsx(null, "", sheets);

    /// <param name="shared">Items of the shared strings, as XML.</param>
    public static byte[] Xlsx(IEnumerable<string>? shared, string bookProperties, params Part[] sheets)
    {
        const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main", Office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships", Package = "http://schemas.openxmlformats.org/package/2006/relationships";
        var parts = new List<(string, string)>
        {
            ("[Content_Types].xml", "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>"),
            ("_rels/.rels", $"<Relationships xmlns=\"{Package}\"><Relationship Id=\"r1\" Type=\"{Office}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"),
            ("xl/workbook.xml", $"<workbook xmlns=\"{Main}\" xmlns:r=\"{Office}\">{bookProperties}<sheets>{string.Concat(sheets.Select((s, i) => $"<sheet name=\"{SecurityElement.Escape(s.Name)}\" sheetId=\"{i + 1}\" {(s.State is null ? "" : $"state=\"{s.State}\"")} r:id=\"s{i}\"/>"))}</sheets></workbook>"),
            ("xl/_rels/workbook.xml.rels", $"<Relationships xmlns=\"{Package}\">{string.Concat(sheets.Select((_, i) => $"<Relationship Id=\"s{i}\" Type=\"{Office}/worksheet\" Target=\"worksheets/sheet{i + 1}.xml\"/>"))}<Relationship Id=\"st\" Type=\"{Office}/styles\" Target=\"styles.xml\"/><Relationship Id=\"ss\" Type=\"{Office}/sharedStrings\" Target=\"/xl/sharedStrings.xml\"/></Relationships>"),
            ("xl/styles.xml", Styles),
            ("xl/sharedStrings.xml", $"<sst xmlns=\"{Main}\">{string.Concat(shared ?? [])}</sst>"),
        };
        parts.AddRange(sheets.Select((s, i) => ($"xl/worksheets/sheet{i + 1}.xml", $"<worksheet xmlns=\"{Main}\"><sheetData>{s.Rows}</sheetData>{s.After}</worksheet>")));
        return Zip([.. parts]);
    }

    /// <summary>A sheet of texts with its headings in the first row.</summary>
    public static byte[] Table(string[] headings, params IEnumerable<string[]> rows) =>
        Xlsx(new Part("台账", string.Concat(rows.Prepend(headings).Select((cells, i) => Row(i + 1, [.. cells.Select((c, j) => T($"{(char)('A' + j)}{i + 1}", c))])))));

    public static byte[] Zip(params (string Name, string Text)[] parts)
    {
        var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, text) in parts)
            {
                using var writer = new StreamWriter(archive.CreateEntry(name, CompressionLevel.Optimal).Open(), new UTF8Encoding(false));
                writer.Write(text);
            }
        }
        return stream.ToArray();
    }

    /// <summary>A small file that unpacks to many megabytes.</summary>
    public static byte[] Bomb()
    {
        var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            using (var types = new StreamWriter(archive.CreateEntry("[Content_Types].xml").Open()))
                types.Write("<Types/>");
            using var sheet = archive.CreateEntry("xl/worksheets/sheet1.xml", CompressionLevel.Fastest).Open();
            var zeros = new byte[1 << 20];
            for (var i = 0; i < 200; i++)
                sheet.Write(zeros);
        }
        return stream.ToArray();
    }

    /// <summary>The old container with a stream of a name: what a locked .xlsx and an .xls look like from outside.</summary>
    public static byte[] Container(string stream) => [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, .. new byte[504], .. Encoding.Unicode.GetBytes(stream), .. new byte[512]];

    /// <summary>A valid citizen's number of a day and a serial.</summary>
    public static string Identity(string born, int serial)
    {
        var first = "410505" + born + serial.ToString("D3", System.Globalization.CultureInfo.InvariantCulture);
        int[] weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
        return first + "10X98765432"[weights.Select((w, i) => w * (first[i] - '0')).Sum() % 11];
    }
}
