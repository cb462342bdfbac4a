using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Xml;

namespace Hele.Civic.Platform.Imports;

/// <summary>
/// The sheets of an .xlsx (ECMA-376), read part by part without a document type and without a temporary file. Formulas are their last values, dates
/// become yyyy-MM-dd, a merged range holds its first cell's text everywhere. Rows and columns of hidden sheets aren't read.
/// </summary>
internal sealed class XlsxFile(ZipArchive archive)
{
    /// <summary>Most cells a merged range fills in; a title merged over everything needs no more.</summary>
    private const int MostMerged = 50_000;

    /// <summary>Number formats that every workbook knows and that show a date (18.8.30).</summary>
    private static readonly HashSet<int> DateFormats = [14, 15, 16, 17, 22, 27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 57, 58];

    private readonly List<string> _shared = [];
    private readonly List<bool> _isDate = [];
    private bool _from1904;

    public SheetFile Read()
    {
        // The parts may be called anything; the relations say which is which.
        var root = Relations("_rels/.rels", "");
        var book = root.FirstOrDefault(r => r.Value.Type.EndsWith("/officeDocument", StringComparison.Ordinal)).Value?.Target ?? "xl/workbook.xml";
        var folder = book[..(book.LastIndexOf('/') + 1)];
        var parts = Relations($"{folder}_rels/{book[folder.Length..]}.rels", folder);
        if (parts.Values.FirstOrDefault(p => p.Type.EndsWith("/sharedStrings", StringComparison.Ordinal))?.Target is { } strings)
            ReadShared(strings);
        if (parts.Values.FirstOrDefault(p => p.Type.EndsWith("/styles", StringComparison.Ordinal))?.Target is { } styles)
            ReadStyles(styles);
        var (sheets, hidden) = (new List<Sheet>(), new List<string>());
        foreach (var (name, id, visible) in Sheets(book))
        {
            if (!visible)
                hidden.Add(name);
            else if (parts.GetValueOrDefault(id) is { } part && part.Type.EndsWith("/worksheet", StringComparison.Ordinal) && ReadSheet(part.Target, name) is { Count: > 0 } rows)
                sheets.Add(new(name, rows));
        }
        return new(sheets, hidden);
    }

    private sealed record Part(string Type, string Target);

    private XmlReader Open(string part) => XmlReader.Create((archive.GetEntry(part) ?? throw new InvalidDataException(part)).Open(),
        new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, IgnoreComments = true, IgnoreProcessingInstructions = true, CheckCharacters = false, MaxCharactersInDocument = SheetReader.MostUnpacked });

    private Dictionary<string, Part> Relations(string part, string folder)
    {
        var found = new Dictionary<string, Part>();
        if (archive.GetEntry(part) is null)
            return found;
        using var xml = Open(part);
        while (xml.Read())
        {
            if (xml is { NodeType: XmlNodeType.Element, LocalName: "Relationship" } && xml.GetAttribute("TargetMode") != "External" && xml.GetAttribute("Id") is { } id && xml.GetAttribute("Target") is { } target)
                found[id] = new(xml.GetAttribute("Type") ?? "", target.StartsWith('/') ? target[1..] : folder + target);
        }
        return found;
    }

    private List<(string Name, string Id, bool Visible)> Sheets(string book)
    {
        var sheets = new List<(string, string, bool)>();
        using var xml = Open(book);
        while (xml.Read())
        {
            if (xml.NodeType != XmlNodeType.Element)
                continue;
            if (xml.LocalName == "workbookPr")
                _from1904 = xml.GetAttribute("date1904") is "1" or "true";
            if (xml.LocalName == "sheet" && sheets.Count < SheetReader.MostSheets)
            {
                string? id = null;
                var (name, state) = (xml.GetAttribute("name") ?? "", xml.GetAttribute("state"));
                while (xml.MoveToNextAttribute())
                    if (xml.LocalName == "id" && xml.NamespaceURI.Contains("relationships", StringComparison.OrdinalIgnoreCase))
                        id = xml.Value;
                sheets.Add((name, id ?? "", state is null or "visible"));
            }
        }
        return sheets;
    }

    private void ReadShared(string part)
    {
        using var xml = Open(part);
        while (xml.Read())
            if (xml is { NodeType: XmlNodeType.Element, LocalName: "si" })
                _shared.Add(TextOf(xml));
    }

    /// <summary>The text of a string item: its runs joined, without the reading aids beside them.</summary>
    private static string TextOf(XmlReader xml)
    {
        if (xml.IsEmptyElement)
            return "";
        var text = new StringBuilder();
        var depth = xml.Depth;
        var aside = 0;
        while (xml.Read() && xml.Depth > depth)
        {
            if (xml.LocalName == "rPh" && !xml.IsEmptyElement)
                aside += xml.NodeType == XmlNodeType.Element ? 1 : xml.NodeType == XmlNodeType.EndElement ? -1 : 0;
            else if (aside == 0 && xml.NodeType is XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace or XmlNodeType.Whitespace && text.Length <= SheetReader.MostCharacters * 2)
                text.Append(xml.Value);
        }
        return Unescaped(text.ToString());
    }

    /// <summary>_x000D_ and its like (22.9.2.19): characters XML can't hold.</summary>
    private static string Unescaped(string text) => text.Contains("_x", StringComparison.Ordinal)
        ? System.Text.RegularExpressions.Regex.Replace(text, "_x([0-9A-Fa-f]{4})_", m => ((char)int.Parse(m.Groups[1].ValueSpan, NumberStyles.HexNumber, CultureInfo.InvariantCulture)).ToString())
        : text;

    private void ReadStyles(string part)
    {
        var custom = new Dictionary<int, bool>();
        var inCells = false;
        using var xml = Open(part);
        while (xml.Read())
        {
            switch (xml.LocalName)
            {
                case "numFmt" when xml.NodeType == XmlNodeType.Element && int.TryParse(xml.GetAttribute("numFmtId"), CultureInfo.InvariantCulture, out var id):
                    custom[id] = ShowsDate(xml.GetAttribute("formatCode") ?? "");
                    break;
                case "cellXfs":
                    inCells = xml.NodeType == XmlNodeType.Element && !xml.IsEmptyElement;
                    break;
                case "xf" when inCells && xml.NodeType == XmlNodeType.Element:
                    _ = int.TryParse(xml.GetAttribute("numFmtId"), CultureInfo.InvariantCulture, out var format);
                    _isDate.Add(custom.TryGetValue(format, out var date) ? date : DateFormats.Contains(format));
                    break;
            }
        }
    }

    /// <summary>Whether a format shows a year or a day: quoted words, escapes and [conditions] aside. Times alone are no dates.</summary>
    private static bool ShowsDate(string format)
    {
        var bare = System.Text.RegularExpressions.Regex.Replace(format.Split(';')[0], "\"[^\"]*\"|\\\\.|\\[[^\\]]*\\]|_.", "");
        return bare.AsSpan().IndexOfAny("yYdDeE") >= 0 && !bare.Contains('0') && !bare.Contains('#');
    }

    private List<SheetRow> ReadSheet(string part, string name)
    {
        var rows = new Dictionary<int, List<string>>();
        var merged = new List<(int Top, int Left, int Bottom, int Right)>();
        using (var xml = Open(part))
        {
            var (row, column) = (0, -1);
            List<string>? cells = null;
            // Reading a cell already stands on what follows it.
            for (var more = xml.Read(); more;)
            {
                if (xml is { NodeType: XmlNodeType.Element, LocalName: "row" })
                {
                    row = int.TryParse(xml.GetAttribute("r"), NumberStyles.None, CultureInfo.InvariantCulture, out var r) ? r : row + 1;
                    (column, cells) = (-1, null);
                }
                else if (xml is { NodeType: XmlNodeType.Element, LocalName: "c" })
                {
                    column = ColumnOf(xml.GetAttribute("r")) ?? column + 1;
                    var text = Cell(xml);
                    if (text.Length > 0)
                    {
                        if (column >= SheetReader.MostColumns)
                            throw new RefusedException(ImportProblems.TooManyColumns.With(SheetReader.MostColumns, name));
                        if (cells is null && !rows.TryGetValue(row, out cells))
                        {
                            if (rows.Count >= SheetReader.MostRows)
                                throw new RefusedException(ImportProblems.TooManyRows.With(SheetReader.MostRows));
                            rows[row] = cells = [];
                        }
                        while (cells!.Count <= column)
                            cells.Add("");
                        cells[column] = text;
                    }
                    continue;
                }
                else if (xml is { NodeType: XmlNodeType.Element, LocalName: "mergeCell" } && xml.GetAttribute("ref") is { } range && RangeOf(range) is { } box)
                {
                    merged.Add(box);
                }
                more = xml.Read();
            }
        }
        Fill(rows, merged);
        var kept = new List<SheetRow>();
        foreach (var (number, row) in rows.OrderBy(r => r.Key))
            SheetReader.Keep(kept, new(number, row), name);
        return kept;
    }

    /// <summary>The text of the cell the reader stands on; leaves it behind the cell.</summary>
    private string Cell(XmlReader xml)
    {
        var (type, style) = (xml.GetAttribute("t"), xml.GetAttribute("s"));
        if (xml.IsEmptyElement)
        {
            xml.Read();
            return "";
        }
        string value = "", inline = "";
        var depth = xml.Depth;
        xml.Read();
        while (xml.Depth > depth)
        {
            if (xml is { NodeType: XmlNodeType.Element, LocalName: "v" })
            {
                value = xml.ReadElementContentAsString();
                continue;
            }
            if (xml is { NodeType: XmlNodeType.Element, LocalName: "is" })
                inline = TextOf(xml);
            xml.Read();
        }
        xml.Read();
        return type switch
        {
            "s" => int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var at) && at < _shared.Count ? SheetReader.Plain(_shared[at]) : "",
            "inlineStr" => SheetReader.Plain(inline),
            "str" or "e" => SheetReader.Plain(Unescaped(value)),
            "b" => value.Length == 0 ? "" : value == "1" ? "TRUE" : "FALSE",
            "d" => value.Length >= 10 ? value[..10] : value,
            _ => Number(value.Trim(), style),
        };
    }

    private string Number(string value, string? style)
    {
        if (value.Length == 0 || !double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
            return value;
        var isDate = int.TryParse(style, NumberStyles.None, CultureInfo.InvariantCulture, out var s) && s < _isDate.Count && _isDate[s];
        if (isDate && DateOf(number, _from1904) is { } day)
            return day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        // Beyond fifteen digits a spreadsheet's number has lost its end: it is shown as it stands, so that the cell's own check can say so.
        return Math.Abs(number) < 1e15 && number == Math.Floor(number) ? ((long)number).ToString(CultureInfo.InvariantCulture) : number.ToString("R", CultureInfo.InvariantCulture);
    }

    /// <summary>The day of a serial number; null outside the years people live in. The calendar of 1900 counts a 29 February that never was.</summary>
    internal static DateOnly? DateOf(double serial, bool from1904 = false)
    {
        var days = (int)Math.Floor(serial);
        if (days is < 1 or > 80_000)
            return null;
        return from1904 ? new DateOnly(1904, 1, 1).AddDays(days) : new DateOnly(1899, 12, days < 60 ? 31 : 30).AddDays(days);
    }

    private static void Fill(Dictionary<int, List<string>> rows, List<(int Top, int Left, int Bottom, int Right)> merged)
    {
        var filled = 0;
        foreach (var (top, left, bottom, right) in merged)
        {
            if (!rows.TryGetValue(top, out var first) || left >= first.Count || first[left].Length == 0)
                continue;
            var text = first[left];
            for (var row = top; row <= bottom && filled < MostMerged; row++)
            {
                // Only where there is something else in the row: a merged block below the table is not a person.
                if (!rows.TryGetValue(row, out var cells))
                    continue;
                for (var column = left; column <= Math.Min(right, SheetReader.MostColumns - 1); column++)
                {
                    while (cells.Count <= column)
                        cells.Add("");
                    if (cells[column].Length == 0)
                        (cells[column], filled) = (text, filled + 1);
                }
            }
        }
    }

    private static int? ColumnOf(string? reference)
    {
        var column = 0;
        foreach (var c in reference ?? "")
        {
            if (!char.IsAsciiLetterUpper(c))
                break;
            column = (column * 26) + c - 'A' + 1;
            if (column > 20_000)
                return 20_000;
        }
        return column == 0 ? null : column - 1;
    }

    private static (int, int, int, int)? RangeOf(string range)
    {
        var ends = range.Split(':');
        return ends.Length == 2 && ColumnOf(ends[0]) is { } left && ColumnOf(ends[1]) is { } right && RowOf(ends[0]) is { } top && RowOf(ends[1]) is { } bottom ? (top, left, bottom, right) : null;
    }

    private static int? RowOf(string reference) => int.TryParse(reference.AsSpan().TrimStart("ABCDEFGHIJKLMNOPQRSTUVWXYZ"), NumberStyles.None, CultureInfo.InvariantCulture, out var row) ? row : null;
}
