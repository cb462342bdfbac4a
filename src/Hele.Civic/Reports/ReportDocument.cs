using System.Globalization;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Wordprocessing;
using Hele.Civic.Kernel;
using Hele.Civic.Platform.Documents;
using Hele.Civic.Platform.Figures;

namespace Hele.Civic.Reports;

/// <summary>The report as a Word document in the official layout (<see cref="OfficialPaper"/>). Every number is a link to its figure's page, and the annex says what each of them is. One report gives one file, byte for byte.</summary>
public sealed class ReportDocument
{
    /// <summary>The media type of .docx.</summary>
    public const string MediaType = OfficialPaper.MediaType;

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
    private OfficialPaper _paper = null!;

    private ReportDocument(Report report, string language, string? site) => (_report, _language, _site) = (report, language, site);

    /// <param name="language">zh or en.</param>
    /// <param name="site">Where people open this installation, such as https://hele.example; null when that isn't known: then addresses begin with the slash and nothing is a link.</param>
    public static byte[] Write(Report report, string language, string? site) =>
        OfficialPaper.Write(language, report.Title.In(language), language == "en" ? report.Community.NameEn : report.Community.Name, report.AsOf, new ReportDocument(report, language, site).Content);

    /// <summary>河西社区2026年工作报告.docx.</summary>
    public static string FileName(Report report, string language) => language == "en"
        ? $"report-{report.Community.Code}-{report.Period}.docx"
        : $"{report.Title.Zh}.docx";

    private string In(Bilingual text, params object[] values) => string.Format(CultureInfo.InvariantCulture, text.In(_language), values);

    private bool English => _language == "en";

    private IEnumerable<OpenXmlElement> Content(OfficialPaper paper)
    {
        _paper = paper;
        yield return Styled("HeleTitle", Words(_report.Title.In(_language)));
        yield return Styled("HeleBody");
        foreach (var chapter in _report.Chapters)
        {
            if (chapter.Place.Level > 0)
                yield return Styled(OfficialPaper.Heading(chapter.Place.Level), Words(chapter.Number.In(_language) + chapter.Place.Title.In(_language)));
            if (chapter.Sentences.Count > 0)
                yield return Told(chapter.Sentences);
            foreach (var story in chapter.Stories)
                yield return story.Text is { } text ? Styled("HeleBody", Words(In(Story)), Words(text)) : Styled("HeleBody", Words(story.Withdrawn.In(_language)));
            foreach (var statement in chapter.Statements)
            {
                yield return Styled("HeleStatement", Words(SignedWords.Heading.In(_language) + In(Colon)));
                yield return Styled("HeleStatement", Words(In(Quoted, statement.Text)));
                yield return Styled("HeleStatement", Words(statement.Signature.In(_language)));
            }
        }
        yield return Styled("HeleBody");
        yield return Styled("HeleSigned", Words(English ? _report.Community.NameEn : _report.Community.Name));
        yield return Styled("HeleSigned", Words(Day(_report.AsOf)));
        foreach (var part in AnnexOf())
            yield return part;
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
    private OpenXmlElement Opening(string text, FigureValue value) => _paper.Opening(text, ReportAddress.On(_site, value), $"{value.Figure.Title.In(_language)} {value.Period.Title.In(_language)}");

    private IEnumerable<OpenXmlElement> AnnexOf()
    {
        yield return OfficialPaper.OnNewPage("HeleAnnex", Words(In(Annex)));
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
        static IEnumerable<OpenXmlElement> Cell(params OpenXmlElement[] content) => OfficialPaper.CellOf(content);
        return OfficialPaper.Table([28, 26, 22, 80],
        [
            [Cell(Words(In(Head1))), Cell(Words(In(Head2))), Cell(Words(In(Head3))), Cell(Words(In(Head4)))],
            .. _report.Figures.Select(value => (IReadOnlyList<IEnumerable<OpenXmlElement>>)
            [
                Cell(Words(value.Figure.Title.In(_language))), Cell(Words(value.Period.Title.In(_language))), Cell(Opening(value.Text, value), Words((English ? " " : "") + value.Figure.Measure.In(_language))),
                [.. Cell(Words(value.Figure.Definition.In(_language) + In(Version, value.Figure.Version))), .. Cell(Words(ReportAddress.On(_site, value)?.AbsoluteUri ?? ReportAddress.Of(value)))],
            ]),
        ]);
    }

    private static Paragraph Styled(string style, params OpenXmlElement[] content) => OfficialPaper.Styled(style, content);

    private static Run Words(string text) => OfficialPaper.Words(text);

    private string Day(DateTimeOffset at) => new Period(China.DateIn(at), China.DateIn(at)).Title.In(_language);

    private string Moment(DateTimeOffset at) => $"{Day(at)} {China.TimeIn(at):HH:mm}";
}
