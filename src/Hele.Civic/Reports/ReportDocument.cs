using System.Globalization;
using System.IO.Compression;
using System.Text;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;
using Hele.Civic.Kernel;
using Hele.Civic.Platform.Figures;

namespace Hele.Civic.Reports;

/// <summary>
/// The report as a Word document in the official layout of GB/T 9704-2012 (rules.md 9.1): A4, type area 156 × 225 mm with 22 lines of 28 characters, title in 2号小标宋,
/// body in 3号仿宋, page numbers on the outer side. Every number is a link to its figure's page, and the annex says what each of them is.
/// </summary>
/// <remarks>
/// One report gives one file, byte for byte: relation ids are given, nothing is taken from the clock, and the zip is written anew in fixed order with fixed times.
/// The fonts are named with what stands in for them; none is embedded.
/// </remarks>
public sealed class ReportDocument
{
    /// <summary>The media type of .docx.</summary>
    public const string MediaType = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

    // Twentieths of a point, as Word counts. 22 lines of 28.99 pt fill 225 mm; in whole twips 580 would be a line too many by a fifth of a point.
    private const int Line = 579, Character = 320, Millimetre10 = 567;

    // 28 characters of 16 pt are 2 mm wider than the type area: each stands a quarter of a point closer. A character grid of the section would say the same,
    // but LibreOffice makes 18 characters of it.
    private const int Closer = -5;

    /// <summary>data/report-fonts.csv: which font stands where, and what stands in for it.</summary>
    private static readonly Lazy<IReadOnlyDictionary<string, (string Font, string Instead, string Family)>> Fonts = new(() =>
        Csv.Load(ReferenceData.Path("report-fonts.csv")).ToDictionary(r => r["use"], r => (r["font"], r["instead"], r["family"])));

    private static readonly Bilingual
        Annex = ("附件", "Annex"), Basis = ("报告的依据", "What the report is based on"), Span = ("统计期：{0}。", "Period: {0}."),
        Closed = ("这一期已于{0}结账，报告按结账时的数字，不再变动；以后的补录和更正在数字的页面上另列。", "The period was closed on {0}. The report states the figures of that moment and doesn't change; late entries and corrections stand on the figures' pages."),
        Running = ("数字截至{0}。这一期还没有结账，以后的补录仍会计入。", "The figures are as of {0}. The period isn't closed yet: late entries still count."),
        Checkpoint = ("校验点：日志{0}第{1}条为止；在和乐的“记录如何防篡改”页上可以核对。", "Checkpoint: log {0}, {1} entries; it can be checked on Hele's page on the log."),
        Rule = ("每个数字都由记录算出，正文里的数字可以点开；打开要登录，看得到多少记录由各人的岗位决定。没有记录支持的话，报告里不写。", "Every number is computed from records, and each of them in the text is a link; opening it needs signing in, and one's post decides which records one sees. What no record carries is not said."),
        Story = ("案例：", "A story: "), Colon = ("：", ":"), Quoted = ("“{0}”", "“{0}”"),
        NoSite = ("地址前面加上本单位和乐的网址。", "Addresses go after the site's own."),
        Head1 = ("数字", "Figure"), Head2 = ("统计期", "Period"), Head3 = ("数值", "Value"), Head4 = ("定义、版本和地址", "Definition, version and address"), Version = ("（定义第{0}版）", " (version {0})"),
        Table = ("报告里的数字", "The figures in the report");

    private readonly Report _report;
    private readonly string _language;
    private readonly string? _site;
    private readonly Dictionary<Uri, string> _links = [];
    private MainDocumentPart _main = null!;

    private ReportDocument(Report report, string language, string? site) => (_report, _language, _site) = (report, language, site);

    /// <param name="language">zh or en.</param>
    /// <param name="site">Where people open this installation, such as https://hele.example; null when that isn't known: then addresses begin with the slash and nothing is a link.</param>
    public static byte[] Write(Report report, string language, string? site)
    {
        using var made = new MemoryStream();
        using (var document = WordprocessingDocument.Create(made, WordprocessingDocumentType.Document))
            new ReportDocument(report, language, site).Fill(document);
        return WithFixedTimes(made);
    }

    /// <summary>河西社区2026年工作报告.docx.</summary>
    public static string FileName(Report report, string language) => language == "en"
        ? $"report-{report.Community.Code}-{report.Period}.docx"
        : $"{report.Title.Zh}.docx";

    private string In(Bilingual text, params object[] values) => string.Format(CultureInfo.InvariantCulture, text.In(_language), values);

    private bool English => _language == "en";

    private void Fill(WordprocessingDocument document)
    {
        _main = document.AddNewPart<MainDocumentPart>("application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml", "rIdMain");
        _main.AddNewPart<StyleDefinitionsPart>("rIdStyles").Styles = Styles();
        _main.AddNewPart<FontTablePart>("rIdFonts").Fonts = FontTable();
        _main.AddNewPart<DocumentSettingsPart>("rIdSettings").Settings = new Settings(new Zoom { Percent = "100" }, new DefaultTabStop { Val = 420 }, new EvenAndOddHeaders(), new CharacterSpacingControl { Val = CharacterSpacingValues.CompressPunctuation },
            new Compatibility(new CompatibilitySetting { Name = CompatSettingNameValues.CompatibilityMode, Uri = "http://schemas.microsoft.com/office/word", Val = "15" }));
        // Odd pages have their number on the right, even ones on the left: the outer side of a sheet printed on both sides.
        _main.AddNewPart<FooterPart>("rIdOdd").Footer = PageNumber(JustificationValues.Right);
        _main.AddNewPart<FooterPart>("rIdEven").Footer = PageNumber(JustificationValues.Left);

        var body = new Body(Styled("HeleTitle", Words(_report.Title.In(_language))), Styled("HeleBody"));
        foreach (var chapter in _report.Chapters)
        {
            if (chapter.Place.Level > 0)
                body.Append(Styled($"HeleHeading{chapter.Place.Level}", Words(chapter.Number.In(_language) + chapter.Place.Title.In(_language))));
            if (chapter.Sentences.Count > 0)
                body.Append(Told(chapter.Sentences));
            foreach (var story in chapter.Stories)
                body.Append(story.Text is { } text ? Styled("HeleBody", Words(In(Story)), Words(text)) : Styled("HeleBody", Words(story.Withdrawn.In(_language))));
            foreach (var statement in chapter.Statements)
                body.Append(Styled("HeleStatement", Words(SignedWords.Heading.In(_language) + In(Colon))), Styled("HeleStatement", Words(In(Quoted, statement.Text))), Styled("HeleStatement", Words(statement.Signature.In(_language))));
        }
        body.Append(Styled("HeleBody"), Styled("HeleSigned", Words(English ? _report.Community.NameEn : _report.Community.Name)), Styled("HeleSigned", Words(Day(_report.AsOf))));
        body.Append(AnnexOf());
        body.Append(new SectionProperties(
            new FooterReference { Type = HeaderFooterValues.Default, Id = "rIdOdd" }, new FooterReference { Type = HeaderFooterValues.Even, Id = "rIdEven" },
            new PageSize { Width = 11906, Height = 16838 },
            new PageMargin { Top = Mm(37), Bottom = Mm(35), Left = (uint)Mm(28), Right = (uint)Mm(26), Header = 851, Footer = (uint)Mm(23), Gutter = 0 },
            new DocGrid { Type = DocGridValues.Lines, LinePitch = Line }));
        _main.Document = new Document(body);

        using var core = document.AddNewPart<CoreFilePropertiesPart>("application/vnd.openxmlformats-package.core-properties+xml", "rIdCore").GetStream(FileMode.Create);
        core.Write(Encoding.UTF8.GetBytes($"""
            <?xml version="1.0" encoding="UTF-8" standalone="yes"?>
            <cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>{Xml(_report.Title.In(_language))}</dc:title><dc:creator>{Xml(English ? _report.Community.NameEn : _report.Community.Name)}</dc:creator><dcterms:created xsi:type="dcterms:W3CDTF">{_report.AsOf.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture)}</dcterms:created><dc:language>{(English ? "en-GB" : "zh-CN")}</dc:language></cp:coreProperties>
            """));
    }

    /// <summary>One paragraph of sentences.</summary>
    private Paragraph Told(IReadOnlyList<ReportSentence> sentences)
    {
        var paragraph = Styled("HeleBody");
        for (var i = 0; i < sentences.Count; i++)
        {
            if (i > 0 && English)
                paragraph.Append(Words(" "));
            foreach (var part in sentences[i].In(_language))
            {
                paragraph.Append(part switch
                {
                    FigurePart figure => Opening(figure.Text, figure.Value),
                    SharePart share => Opening(share.Text, share.Of),
                    // A matter by its number only: its code would be a key to it.
                    _ => Words(part.Text),
                });
            }
        }
        return paragraph;
    }

    /// <summary>A number that opens its figure.</summary>
    private OpenXmlElement Opening(string text, FigureValue value) => ReportAddress.On(_site, value) is not { } address ? Words(text)
        : new Hyperlink(Words(text)) { Id = Link(address), Tooltip = $"{value.Figure.Title.In(_language)} {value.Period.Title.In(_language)}", History = OnOffValue.FromBoolean(true) };

    private string Link(Uri address)
    {
        if (!_links.TryGetValue(address, out var id))
            _main.AddHyperlinkRelationship(address, isExternal: true, id = _links[address] = $"rIdLink{_links.Count + 1}");
        return id;
    }

    private IEnumerable<OpenXmlElement> AnnexOf()
    {
        var first = Styled("HeleAnnex", Words(In(Annex)));
        first.ParagraphProperties!.PageBreakBefore = new PageBreakBefore();
        yield return first;
        yield return Styled("HeleTitle", Words(In(Basis)));
        yield return Styled("HeleBody");
        yield return Styled("HeleBody", Words(In(Span, new Period(_report.Period.From, _report.Period.To).Title.In(_language))));
        yield return Styled("HeleBody", Words(_report.ClosedAt is { } closed ? In(Closed, Moment(closed)) : In(Running, Moment(_report.AsOf))));
        yield return Styled("HeleBody", Words(In(Checkpoint, _report.Community.Origin, _report.LogSize)));
        yield return Styled("HeleBody", Words(In(Rule)));
        if (_report.Figures.Count == 0)
            yield break;
        if (_site is null)
            yield return Styled("HeleBody", Words(In(NoSite)));
        yield return Styled("HeleCaption", Words(In(Table)));
        yield return FiguresTable();
        // A table is never a document's last paragraph.
        yield return Styled("HeleCell");
    }

    private Table FiguresTable()
    {
        int[] widths = [Mm(28), Mm(26), Mm(22), Mm(80)];
        static T Border<T>() where T : BorderType, new() => new() { Val = BorderValues.Single, Size = 4, Space = 0, Color = "000000" };
        var table = new Table(
            new TableProperties(new TableWidth { Width = widths.Sum().ToString(CultureInfo.InvariantCulture), Type = TableWidthUnitValues.Dxa },
                new TableBorders(Border<TopBorder>(), Border<LeftBorder>(), Border<BottomBorder>(), Border<RightBorder>(), Border<InsideHorizontalBorder>(), Border<InsideVerticalBorder>()),
                new TableLayout { Type = TableLayoutValues.Fixed }),
            new TableGrid(widths.Select(w => new GridColumn { Width = w.ToString(CultureInfo.InvariantCulture) })));
        TableRow Row(bool head, params IEnumerable<OpenXmlElement>[] cells)
        {
            var row = new TableRow(new TableRowProperties(head ? [new CantSplit(), new TableHeader()] : new OpenXmlElement[] { new CantSplit() }));
            for (var i = 0; i < cells.Length; i++)
                row.Append(new TableCell(new[] { new TableCellProperties(new TableCellWidth { Width = widths[i].ToString(CultureInfo.InvariantCulture), Type = TableWidthUnitValues.Dxa }) }.Concat(cells[i])));
            return row;
        }
        Paragraph[] Cell(params OpenXmlElement[] content) => [Styled("HeleCell", content)];
        table.Append(Row(true, Cell(Words(In(Head1))), Cell(Words(In(Head2))), Cell(Words(In(Head3))), Cell(Words(In(Head4)))));
        foreach (var value in _report.Figures)
        {
            var address = ReportAddress.On(_site, value);
            var number = value.Text;
            table.Append(Row(false, Cell(Words(value.Figure.Title.In(_language))), Cell(Words(value.Period.Title.In(_language))), Cell(Opening(number, value), Words((English ? " " : "") + value.Figure.Measure.In(_language))),
                [.. Cell(Words(value.Figure.Definition.In(_language) + In(Version, value.Figure.Version))), .. Cell(Words(address?.AbsoluteUri ?? ReportAddress.Of(value)))]));
        }
        return table;
    }

    private static Paragraph Styled(string style, params OpenXmlElement[] content) => new([new ParagraphProperties(new ParagraphStyleId { Val = style }), .. content]);

    private static Run Words(string text) => new(new Text(text) { Space = SpaceProcessingModeValues.Preserve });

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

    private string Day(DateTimeOffset at) => new Period(China.DateIn(at), China.DateIn(at)).Title.In(_language);

    private string Moment(DateTimeOffset at) => $"{Day(at)} {China.TimeIn(at):HH:mm}";

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
