using System.Globalization;
using System.IO.Compression;
using System.Text;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;
using Hele.Civic.Kernel;

namespace Hele.Civic.Platform.Documents;

/// <summary>
/// A Word document in the official layout of GB/T 9704-2012 (rules.md 9.1): A4, type area 156 × 225 mm with 22 lines of 28 characters, title in 2号小标宋, body in 3号仿宋, page numbers on the outer side.
/// </summary>
/// <remarks>
/// The same content gives one file, byte for byte: relation ids are given, nothing is taken from the clock, and the zip is written anew in fixed order with fixed times.
/// The fonts are named with what stands in for them; none is embedded.
/// </remarks>
public sealed class OfficialPaper
{
    /// <summary>The media type of .docx.</summary>
    public const string MediaType = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

    /// <summary>Styles of paragraphs.</summary>
    public const string Title = "HeleTitle", Body = "HeleBody", Statement = "HeleStatement", Signed = "HeleSigned", Annex = "HeleAnnex", Caption = "HeleCaption", Cell = "HeleCell";

    // Twentieths of a point, as Word counts. 22 lines of 28.99 pt fill 225 mm; in whole twips 580 would be a line too many by a fifth of a point.
    private const int Line = 579, Character = 320, Millimetre10 = 567;

    // 28 characters of 16 pt are 2 mm wider than the type area: each stands a quarter of a point closer. A character grid of the section would say the same,
    // but LibreOffice makes 18 characters of it.
    private const int Closer = -5;

    /// <summary>data/report-fonts.csv: which font stands where, and what stands in for it.</summary>
    private static readonly Lazy<IReadOnlyDictionary<string, (string Font, string Instead, string Family)>> Fonts = new(() =>
        Csv.Load(ReferenceData.Path("report-fonts.csv")).ToDictionary(r => r["use"], r => (r["font"], r["instead"], r["family"])));

    private readonly string _language;
    private readonly Dictionary<Uri, string> _links = [];
    private MainDocumentPart _main = null!;

    private OfficialPaper(string language) => _language = language;

    private bool English => _language == "en";

    /// <param name="language">zh or en.</param>
    /// <param name="asOf">The instant the content is of: what the file says it was made at.</param>
    /// <param name="content">The paragraphs and tables; a table is never the last of them.</param>
    public static byte[] Write(string language, string title, string author, DateTimeOffset asOf, Func<OfficialPaper, IEnumerable<OpenXmlElement>> content)
    {
        using var made = new MemoryStream();
        using (var document = WordprocessingDocument.Create(made, WordprocessingDocumentType.Document))
            new OfficialPaper(language).Fill(document, title, author, asOf, content);
        return WithFixedTimes(made);
    }

    /// <param name="level">1 to 3.</param>
    public static string Heading(int level) => $"HeleHeading{level}";

    private void Fill(WordprocessingDocument document, string title, string author, DateTimeOffset asOf, Func<OfficialPaper, IEnumerable<OpenXmlElement>> content)
    {
        _main = document.AddNewPart<MainDocumentPart>("application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml", "rIdMain");
        _main.AddNewPart<StyleDefinitionsPart>("rIdStyles").Styles = Styles();
        _main.AddNewPart<FontTablePart>("rIdFonts").Fonts = FontTable();
        _main.AddNewPart<DocumentSettingsPart>("rIdSettings").Settings = new Settings(new Zoom { Percent = "100" }, new DefaultTabStop { Val = 420 }, new EvenAndOddHeaders(), new CharacterSpacingControl { Val = CharacterSpacingValues.CompressPunctuation },
            new Compatibility(new CompatibilitySetting { Name = CompatSettingNameValues.CompatibilityMode, Uri = "http://schemas.microsoft.com/office/word", Val = "15" }));
        // Odd pages have their number on the right, even ones on the left: the outer side of a sheet printed on both sides.
        _main.AddNewPart<FooterPart>("rIdOdd").Footer = PageNumber(JustificationValues.Right);
        _main.AddNewPart<FooterPart>("rIdEven").Footer = PageNumber(JustificationValues.Left);

        var body = new Body(content(this));
        body.Append(new SectionProperties(
            new FooterReference { Type = HeaderFooterValues.Default, Id = "rIdOdd" }, new FooterReference { Type = HeaderFooterValues.Even, Id = "rIdEven" },
            new PageSize { Width = 11906, Height = 16838 },
            new PageMargin { Top = Mm(37), Bottom = Mm(35), Left = (uint)Mm(28), Right = (uint)Mm(26), Header = 851, Footer = (uint)Mm(23), Gutter = 0 },
            new DocGrid { Type = DocGridValues.Lines, LinePitch = Line }));
        _main.Document = new Document(body);

        using var core = document.AddNewPart<CoreFilePropertiesPart>("application/vnd.openxmlformats-package.core-properties+xml", "rIdCore").GetStream(FileMode.Create);
        core.Write(Encoding.UTF8.GetBytes($"""
            <?xml version="1.0" encoding="UTF-8" standalone="yes"?>
            <cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>{Xml(title)}</dc:title><dc:creator>{Xml(author)}</dc:creator><dcterms:created xsi:type="dcterms:W3CDTF">{asOf.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture)}</dcterms:created><dc:language>{(English ? "en-GB" : "zh-CN")}</dc:language></cp:coreProperties>
            """));
    }

    public static Paragraph Styled(string style, params OpenXmlElement[] content) => new([new ParagraphProperties(new ParagraphStyleId { Val = style }), .. content]);

    /// <summary>A paragraph on a new page.</summary>
    public static Paragraph OnNewPage(string style, params OpenXmlElement[] content)
    {
        var paragraph = Styled(style, content);
        paragraph.ParagraphProperties!.PageBreakBefore = new PageBreakBefore();
        return paragraph;
    }

    public static Run Words(string text) => new(new Text(text) { Space = SpaceProcessingModeValues.Preserve });

    /// <summary>Words that open an address.</summary>
    public OpenXmlElement Opening(string text, Uri? address, string tooltip) => address is null ? Words(text) : new Hyperlink(Words(text)) { Id = Link(address), Tooltip = tooltip, History = OnOffValue.FromBoolean(true) };

    private string Link(Uri address)
    {
        if (!_links.TryGetValue(address, out var id))
            _main.AddHyperlinkRelationship(address, isExternal: true, id = _links[address] = $"rIdLink{_links.Count + 1}");
        return id;
    }

    /// <summary>A table with lines; its first row is repeated on every page, no row is torn.</summary>
    /// <param name="millimetres">Widths of the columns; 156 together.</param>
    /// <param name="rows">Of each row its cells, of each cell its paragraphs.</param>
    public static Table Table(IReadOnlyList<int> millimetres, IEnumerable<IReadOnlyList<IEnumerable<OpenXmlElement>>> rows)
    {
        int[] widths = [.. millimetres.Select(Mm)];
        static T Border<T>() where T : BorderType, new() => new() { Val = BorderValues.Single, Size = 4, Space = 0, Color = "000000" };
        var table = new Table(
            new TableProperties(new TableWidth { Width = widths.Sum().ToString(CultureInfo.InvariantCulture), Type = TableWidthUnitValues.Dxa },
                new TableBorders(Border<TopBorder>(), Border<LeftBorder>(), Border<BottomBorder>(), Border<RightBorder>(), Border<InsideHorizontalBorder>(), Border<InsideVerticalBorder>()),
                new TableLayout { Type = TableLayoutValues.Fixed }),
            new TableGrid(widths.Select(w => new GridColumn { Width = w.ToString(CultureInfo.InvariantCulture) })));
        var head = true;
        foreach (var cells in rows)
        {
            var row = new TableRow(new TableRowProperties(head ? [new CantSplit(), new TableHeader()] : new OpenXmlElement[] { new CantSplit() }));
            for (var i = 0; i < cells.Count; i++)
                row.Append(new TableCell(new[] { new TableCellProperties(new TableCellWidth { Width = widths[i].ToString(CultureInfo.InvariantCulture), Type = TableWidthUnitValues.Dxa }) }.Concat(cells[i])));
            table.Append(row);
            head = false;
        }
        return table;
    }

    /// <summary>A cell of one paragraph.</summary>
    public static IEnumerable<OpenXmlElement> CellOf(params OpenXmlElement[] content) => [Styled(Cell, content)];

    private static Footer PageNumber(JustificationValues side)
    {
        var properties = new ParagraphProperties(new ParagraphStyleId { Val = "HeleFooter" }, new Indentation { Left = side == JustificationValues.Left ? "280" : "0", Right = side == JustificationValues.Left ? "0" : "280" }, new Justification { Val = side });
        return new Footer(new Paragraph(properties, Words("— "), new SimpleField(Words("1")) { Instruction = " PAGE " }, Words(" —")));
    }

    private Styles Styles()
    {
        var styles = new Styles(new DocDefaults(
            new RunPropertiesDefault(new RunPropertiesBaseStyle(Font("body"), new FontSize { Val = "32" }, new FontSizeComplexScript { Val = "32" }, new Languages { Val = "en-GB", EastAsia = "zh-CN" })),
            new ParagraphPropertiesDefault(new ParagraphPropertiesBaseStyle(new SpacingBetweenLines { Before = "0", After = "0", Line = $"{Line}", LineRule = LineSpacingRuleValues.Exact }))));
        var normal = new Style(new StyleName { Val = "Normal" }, new PrimaryStyle()) { Type = StyleValues.Paragraph, StyleId = "Normal", Default = true };
        styles.Append(normal);
        Add("HeleBody", "Report body", "body", 32, twoIn: true, JustificationValues.Both);
        // A rule on its left side and the type of a quotation: nobody takes it for what was counted.
        Add("HeleStatement", "Report signed statement", "heading2", 28, twoIn: false, JustificationValues.Both, bar: true);
        Add("HeleTitle", "Report title", "title", 44, twoIn: false, JustificationValues.Center);
        Add("HeleHeading1", "Report heading 1", "heading1", 32, twoIn: true, JustificationValues.Left, outline: 0, bold: English);
        Add("HeleHeading2", "Report heading 2", "heading2", 32, twoIn: true, JustificationValues.Left, outline: 1, bold: English);
        Add("HeleHeading3", "Report heading 3", "body", 32, twoIn: true, JustificationValues.Left, outline: 2, bold: true);
        Add("HeleSigned", "Report signature", "body", 32, twoIn: false, JustificationValues.Right, right: 4 * Character);
        Add("HeleAnnex", "Report annex", "heading1", 32, twoIn: false, JustificationValues.Left);
        Add("HeleCaption", "Report table caption", "heading1", 28, twoIn: false, JustificationValues.Center, keep: true);
        Add("HeleCell", "Report table cell", "body", 21, twoIn: false, JustificationValues.Left, line: 300);
        Add("HeleFooter", "Report footer", "page", 28, twoIn: false, JustificationValues.Right, line: 0);
        return styles;

        void Add(string id, string name, string use, int halfPoints, bool twoIn, JustificationValues side, int? outline = null, bool bold = false, int right = 0, int line = Line, bool keep = false, bool bar = false)
        {
            var paragraph = new StyleParagraphProperties();
            if (outline is not null || keep)
                paragraph.Append(new KeepNext());
            if (bar)
                paragraph.Append(new ParagraphBorders(new LeftBorder { Val = BorderValues.Single, Size = 12, Space = 8, Color = "808080" }));
            // Small lines of a table don't take a whole line of the page each.
            if (line is not (Line or 0))
                paragraph.Append(new SnapToGrid { Val = false });
            paragraph.Append(new SpacingBetweenLines { Before = "0", After = "0", Line = line == 0 ? "240" : $"{line}", LineRule = line == 0 ? LineSpacingRuleValues.Auto : LineSpacingRuleValues.Exact });
            if (twoIn)
                paragraph.Append(new Indentation { FirstLine = $"{2 * Character}", FirstLineChars = 200 });
            else if (bar)
                paragraph.Append(new Indentation { Left = $"{2 * Character}" });
            else if (right > 0)
                paragraph.Append(new Indentation { Right = $"{right}", RightChars = right * 100 / Character });
            paragraph.Append(new Justification { Val = side });
            if (outline is { } level)
                paragraph.Append(new OutlineLevel { Val = level });
            var run = new StyleRunProperties(Font(use));
            if (bold)
                run.Append(new Bold());
            if (halfPoints == 32 && !English)
                run.Append(new Spacing { Val = Closer });
            run.Append(new FontSize { Val = $"{halfPoints}" }, new FontSizeComplexScript { Val = $"{halfPoints}" });
            styles.Append(new Style(new StyleName { Val = name }, new BasedOn { Val = "Normal" }, new PrimaryStyle(), paragraph, run) { Type = StyleValues.Paragraph, StyleId = id, CustomStyle = true });
        }

        // Figures in the page number are as wide as half a character: they come from the same font.
        static RunFonts Font(string use)
        {
            var (font, latin) = (Fonts.Value[use].Font, Fonts.Value[use == "page" ? "page" : "latin"].Font);
            return new() { Ascii = latin, HighAnsi = latin, EastAsia = font, ComplexScript = latin };
        }
    }

    private static Fonts FontTable() => new(Fonts.Value.Select(f => new Font(
        new AltName { Val = f.Value.Instead },
        new FontCharSet { Val = f.Key == "latin" ? "00" : "86" },
        new FontFamily { Val = f.Value.Family switch { "modern" => FontFamilyValues.Modern, "roman" => FontFamilyValues.Roman, _ => FontFamilyValues.Auto } },
        new Pitch { Val = FontPitchValues.Variable }) { Name = f.Value.Font }));

    private static int Mm(int millimetres) => (int)Math.Round(millimetres * Millimetre10 / 10.0, MidpointRounding.ToZero);

    private static string Xml(string text) => System.Security.SecurityElement.Escape(text);

    /// <summary>The same zip with its entries in one order and of one time.</summary>
    private static byte[] WithFixedTimes(MemoryStream made)
    {
        using var result = new MemoryStream();
        made.Position = 0;
        using (var from = new ZipArchive(made, ZipArchiveMode.Read, leaveOpen: true))
        using (var to = new ZipArchive(result, ZipArchiveMode.Create, leaveOpen: true))
        {
            // The content types come first, as readers of a stream expect.
            foreach (var entry in from.Entries.OrderBy(e => e.FullName != "[Content_Types].xml").ThenBy(e => e.FullName, StringComparer.Ordinal))
            {
                var copy = to.CreateEntry(entry.FullName, CompressionLevel.Optimal);
                copy.LastWriteTime = new DateTimeOffset(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);
                using var read = entry.Open();
                using var write = copy.Open();
                read.CopyTo(write);
            }
        }
        return result.ToArray();
    }
}
