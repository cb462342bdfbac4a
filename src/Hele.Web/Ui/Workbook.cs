using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml;

namespace Hele.Web.Ui;

/// <summary>A sheet to be written: its headings, and its rows one after the other, as many cells each: texts, numbers, days, instants, null.</summary>
/// <param name="Widths">Of the columns, in characters; a column without one is 16 wide.</param>
public sealed record SheetOut(string Title, IReadOnlyList<string> Headings, IAsyncEnumerable<IReadOnlyList<object?>> Rows, IReadOnlyList<int>? Widths = null);

/// <summary>
/// Writes .xlsx (ECMA-376). What people typed is a text cell with the text format, so that it is never a formula, neither when it is opened nor when
/// somebody edits it; days and instants are dates. Rows are taken one at a time, only the packed file is held in memory.
/// </summary>
public static partial class Workbook
{
    public const string Type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main", Office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships", Package = "http://schemas.openxmlformats.org/package/2006/relationships";

    /// <summary>Excel cuts a cell off here, and calls the file damaged when it is longer.</summary>
    private const int MostInCell = 32_767;

    private const int Heading = 1, Text = 2, Quoted = 3, Day = 4, Instant = 5;

    private const string Styles = $"""
        <styleSheet xmlns="{Main}"><numFmts count="2"><numFmt numFmtId="164" formatCode="yyyy\-mm\-dd"/><numFmt numFmtId="165" formatCode="yyyy\-mm\-dd\ hh:mm"/></numFmts>
        <fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts>
        <fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders>
        <cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>
        <cellXfs count="6"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0" applyAlignment="1"><alignment vertical="top"/></xf><xf numFmtId="49" fontId="1" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1"/>
        <xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf>
        <xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" quotePrefix="1" applyNumberFormat="1" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf>
        <xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyAlignment="1"><alignment vertical="top"/></xf><xf numFmtId="165" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyAlignment="1"><alignment vertical="top"/></xf></cellXfs>
        <cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>
        """;

    /// <summary>One sheet as an answer.</summary>
    /// <param name="name">Of the file, without ending.</param>
    public static async Task<IResult> Of(string name, string sheet, IReadOnlyList<string> headings, IEnumerable<IReadOnlyList<object?>> cells, CancellationToken cancel = default) =>
        Results.File(await Write([new(sheet, headings, cells.ToAsyncEnumerable())], cancel), Type, FileName(name));

    /// <summary>What no system takes in a file's name is left out.</summary>
    public static string FileName(string name) => string.Concat(name.Where(c => !char.IsControl(c) && c is not ('/' or '\\' or ':' or '*' or '?' or '"' or '<' or '>' or '|'))).Trim() + ".xlsx";

    /// <summary>The bytes of a file. A later sheet's rows are asked for when those before it are written.</summary>
    public static async Task<byte[]> Write(IReadOnlyList<SheetOut> sheets, CancellationToken cancel = default)
    {
        var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            for (var i = 0; i < sheets.Count; i++)
            {
                using var xml = XmlWriter.Create(archive.CreateEntry($"xl/worksheets/sheet{i + 1}.xml", CompressionLevel.Fastest).Open(), new XmlWriterSettings { Encoding = new UTF8Encoding(false), CloseOutput = true });
                await Sheet(xml, sheets[i], cancel);
            }
            Part(archive, "[Content_Types].xml", $"""<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/>{Each(n => $"""<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>""")}</Types>""");
            Part(archive, "_rels/.rels", $"""<Relationships xmlns="{Package}"><Relationship Id="book" Type="{Office}/officeDocument" Target="xl/workbook.xml"/></Relationships>""");
            Part(archive, "xl/_rels/workbook.xml.rels", $"""<Relationships xmlns="{Package}">{Each(n => $"""<Relationship Id="s{n}" Type="{Office}/worksheet" Target="worksheets/sheet{n}.xml"/>""")}<Relationship Id="styles" Type="{Office}/styles" Target="styles.xml"/></Relationships>""");
            Part(archive, "xl/styles.xml", Styles);
            Part(archive, "xl/workbook.xml", $"""<workbook xmlns="{Main}" xmlns:r="{Office}"><sheets>{Each(n => $"""<sheet name="{System.Security.SecurityElement.Escape(Title(n - 1))}" sheetId="{n}" r:id="s{n}"/>""")}</sheets></workbook>""");
        }
        return stream.ToArray();

        string Each(Func<int, string> part) => string.Concat(Enumerable.Range(1, sheets.Count).Select(part));

        // Excel takes 31 characters without these, and no two alike.
        string Title(int sheet)
        {
            var title = string.Concat(sheets[sheet].Title.Where(c => c is not (':' or '\\' or '/' or '?' or '*' or '[' or ']' or '\''))).Trim();
            return (title.Length > 28 ? title[..28] : title.Length == 0 ? "1" : title) + (Enumerable.Range(0, sheet).Any(s => sheets[s].Title == sheets[sheet].Title) ? " " + (sheet + 1) : "");
        }
    }

    private static void Part(ZipArchive archive, string name, string text)
    {
        using var writer = new StreamWriter(archive.CreateEntry(name, CompressionLevel.Fastest).Open(), new UTF8Encoding(false));
        writer.Write(text);
    }

    private static async Task Sheet(XmlWriter xml, SheetOut sheet, CancellationToken cancel)
    {
        xml.WriteStartElement("worksheet", Main);
        // The headings stay in sight.
        xml.WriteRaw("""<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>""");
        if (sheet.Headings.Count > 0)
            xml.WriteRaw($"<cols>{string.Concat(sheet.Headings.Select((_, i) => $"""<col min="{i + 1}" max="{i + 1}" width="{(sheet.Widths is { } widths && i < widths.Count ? widths[i] : 16)}" customWidth="1"/>"""))}</cols>");
        xml.WriteStartElement("sheetData");
        Row(xml, 1, sheet.Headings, Heading);
        var row = 1;
        await foreach (var cells in sheet.Rows.WithCancellation(cancel))
            Row(xml, ++row, cells, Text);
        xml.WriteEndElement();
        if (sheet.Headings.Count > 0)
            xml.WriteRaw($"""<autoFilter ref="A1:{Column(sheet.Headings.Count - 1)}{row}"/>""");
        xml.WriteEndElement();
    }

    private static void Row(XmlWriter xml, int number, IReadOnlyList<object?> cells, int style)
    {
        xml.WriteStartElement("row");
        xml.WriteAttributeString("r", number.ToString(CultureInfo.InvariantCulture));
        for (var i = 0; i < cells.Count; i++)
        {
            var at = Column(i) + number.ToString(CultureInfo.InvariantCulture);
            switch (cells[i])
            {
                case null or "":
                    break;
                case DateOnly day:
                    Number(xml, at, Day, day.ToDateTime(TimeOnly.MinValue).ToOADate());
                    break;
                case DateTimeOffset instant:
                    // As people here read it.
                    Number(xml, at, Instant, instant.ToOffset(TimeSpan.FromHours(8)).DateTime.ToOADate());
                    break;
                case int or long or double or decimal:
                    Number(xml, at, 0, Convert.ToDouble(cells[i], CultureInfo.InvariantCulture));
                    break;
                case string text:
                    xml.WriteStartElement("c");
                    xml.WriteAttributeString("r", at);
                    xml.WriteAttributeString("s", (style == Text && IsQuoted(text) ? Quoted : style).ToString(CultureInfo.InvariantCulture));
                    xml.WriteAttributeString("t", "inlineStr");
                    xml.WriteStartElement("is");
                    xml.WriteStartElement("t");
                    xml.WriteAttributeString("xml", "space", null, "preserve");
                    xml.WriteString(Whole(text));
                    xml.WriteEndElement();
                    xml.WriteEndElement();
                    xml.WriteEndElement();
                    break;
                default:
                    throw new ArgumentException($"A cell can't hold a {cells[i]!.GetType().Name}: say it in words.", nameof(cells));
            }
        }
        xml.WriteEndElement();
    }

    /// <summary>What a spreadsheet would take for a formula if somebody typed it, or once the file is saved as CSV.</summary>
    private static bool IsQuoted(string text) => text[0] is '=' or '+' or '-' or '@' or '\t' or '\r';

    private static void Number(XmlWriter xml, string at, int style, double value)
    {
        xml.WriteStartElement("c");
        xml.WriteAttributeString("r", at);
        if (style > 0)
            xml.WriteAttributeString("s", style.ToString(CultureInfo.InvariantCulture));
        xml.WriteElementString("v", value.ToString("R", CultureInfo.InvariantCulture));
        xml.WriteEndElement();
    }

    /// <summary>Without what XML can't hold, and with what would be read as an escape escaped (22.9.2.19).</summary>
    private static string Whole(string text)
    {
        if (text.Length > MostInCell)
            text = text[..MostInCell];
        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
            if (rune.Value is '\t' or '\n' or '\r' or (>= 0x20 and not (0xFFFE or 0xFFFF)))
                clean.Append(rune.ToString());
        return Escaped().Replace(clean.ToString(), "_x005F$0");
    }

    [GeneratedRegex("_(?=x[0-9A-Fa-f]{4}_)")]
    private static partial Regex Escaped();

    private static string Column(int column) => column < 26 ? ((char)('A' + column)).ToString() : Column((column / 26) - 1) + Column(column % 26);
}
