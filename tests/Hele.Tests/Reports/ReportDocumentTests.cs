using System.Diagnostics;
using System.IO.Compression;
using System.Text.RegularExpressions;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Validation;
using DocumentFormat.OpenXml.Wordprocessing;
using Hele.Civic.Appeals;
using Hele.Civic.Kernel;
using Hele.Civic.Reports;
using Hele.TestKit;
using Hele.Tests.Cli;
using Hele.Tests.Figures;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Hele.Tests.Reports;

/// <summary>The report as .docx: valid, in the official layout, opening its figures by addresses, and read back through LibreOffice.</summary>
public class ReportDocumentTests
{
    private const string Site = "https://hele.example";

    [Theory, InlineData("zh"), InlineData("en")]
    public async Task Write_WithAndWithoutRecords_IsAValidDocument(string language)
    {
        await using var hele = await TestInstallation.Create(TestDatabase.Sqlite);
        Valid(await hele.Report(Period.Year(2025)));
        await hele.Furnish();
        Valid(await hele.Report(Period.Year(2026)));

        void Valid(Report report)
        {
            foreach (var site in new[] { Site, null })
            {
                using var file = new MemoryStream(ReportDocument.Write(report, language, site));
                using var document = WordprocessingDocument.Open(file, isEditable: false);
                var faults = new OpenXmlValidator(FileFormatVersions.Microsoft365).Validate(document, TestContext.Current.CancellationToken).Select(e => $"{e.Part?.Uri} {e.Path?.XPath} {e.Description}").ToList();
                Assert.True(faults.Count == 0, string.Join('\n', faults));
            }
        }
    }

    [Fact]
    public async Task Write_Layout_IsTheOneOfTheStandard()
    {
        await using var hele = await TestInstallation.Create(TestDatabase.Sqlite);
        await hele.Furnish();
        using var file = new MemoryStream(ReportDocument.Write(await hele.Report(Period.Year(2026)), "zh", Site));
        using var document = WordprocessingDocument.Open(file, isEditable: false);
        var main = document.MainDocumentPart!;
        var section = main.Document!.Body!.Elements<SectionProperties>().Single();
        var (size, margin, grid) = (section.GetFirstChild<PageSize>()!, section.GetFirstChild<PageMargin>()!, section.GetFirstChild<DocGrid>()!);
        // A4 with margins of 37, 35, 28 and 26 mm: the type area is 156 by 225 mm.
        Assert.Equal((210, 297, 37, 35, 28, 26), (Mm(size.Width!), Mm(size.Height!), Mm(margin.Top!), Mm(margin.Bottom!), Mm(margin.Left!), Mm(margin.Right!)));
        var height = (int)size.Height!.Value - margin.Top!.Value - margin.Bottom!.Value;
        var width = (int)size.Width!.Value - (int)margin.Left!.Value - (int)margin.Right!.Value;
        var styles = main.StyleDefinitionsPart!.Styles!.Elements<Style>().ToDictionary(s => s.StyleId!.Value!);
        Assert.Equal((22, 28), (height / grid.LinePitch!.Value, width / (320 + styles["HeleBody"].StyleRunProperties!.Spacing!.Val!.Value)));
        Assert.Equal([("HeleTitle", "方正小标宋_GBK", "44"), ("HeleHeading1", "黑体", "32"), ("HeleHeading2", "楷体_GB2312", "32"), ("HeleBody", "仿宋_GB2312", "32"), ("HeleFooter", "宋体", "28")],
            new[] { "HeleTitle", "HeleHeading1", "HeleHeading2", "HeleBody", "HeleFooter" }.Select(id => (id, styles[id].StyleRunProperties!.RunFonts!.EastAsia!.Value!, styles[id].StyleRunProperties!.FontSize!.Val!.Value!)));
        Assert.Equal("579", styles["HeleBody"].StyleParagraphProperties!.SpacingBetweenLines!.Line!.Value);
        Assert.Contains("FangSong", main.FontTablePart!.Fonts!.Elements<Font>().Single(f => f.Name == "仿宋_GB2312").AltName!.Val!.Value);
        // The number stands on the outer side: right on odd pages, left on even ones.
        Assert.NotNull(main.DocumentSettingsPart!.Settings!.GetFirstChild<EvenAndOddHeaders>());
        foreach (var (type, side) in new[] { (HeaderFooterValues.Default, JustificationValues.Right), (HeaderFooterValues.Even, JustificationValues.Left) })
        {
            var footer = ((FooterPart)main.GetPartById(section.Elements<FooterReference>().Single(r => r.Type! == type).Id!.Value!)).Footer!;
            Assert.Equal(("— 1 —", side), (footer.InnerText, footer.GetFirstChild<Paragraph>()!.ParagraphProperties!.Justification!.Val!.Value));
            Assert.Equal(" PAGE ", footer.Descendants<SimpleField>().Single().Instruction!.Value);
        }
        Assert.DoesNotContain(document.Parts.SelectMany(p => p.OpenXmlPart.Parts), p => p.OpenXmlPart is FontPart or ImagePart);

        static int Mm(OpenXmlSimpleType twips) => (int)Math.Round(double.Parse(twips.InnerText!, System.Globalization.CultureInfo.InvariantCulture) / 56.6929);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Write_Numbers_OpenTheirFiguresByAddressAndCarryNoKey(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        await hele.Furnish();
        hele.MoveTo(2026, 11, 20);
        var report = await hele.Report(Period.Year(2026));
        var numbers = Numbers(ReportDocument.Write(report, "zh", Site));
        Assert.NotEmpty(numbers);
        foreach (var (id, period, text) in numbers.Where(n => !n.Text.Contains('%', StringComparison.Ordinal)))
            Assert.Equal(report.Figures.Single(f => f.Figure.Id == id && f.Period == period).Text, text);
        // Each figure of the report stands in the annex too, with its definition's version and its address in print.
        var words = Words(ReportDocument.Write(report, "zh", Site));
        foreach (var value in report.Figures)
        {
            Assert.Contains($"{value.Figure.Definition.Zh}（定义第{value.Figure.Version}版）", words);
            Assert.Contains($"{Site}/figures/{value.Figure.Id}?period=2026", words);
        }
        Assert.Contains("这一期还没有结账", words);
        Assert.Contains($"日志{report.Community.Origin}第{report.LogSize}条为止", words);
        Assert.Contains("诉求2026-000003已过期限", words);
        // The late matters stand there by their number. What opens a matter stands nowhere, in no part of the file.
        var codes = await hele.Read(db => db.Set<Appeal>().Select(a => a.PublicCode).ToListAsync());
        Assert.Equal(3, codes.Count);
        Assert.All(codes, c => Assert.DoesNotContain(c, AllText(ReportDocument.Write(report, "zh", Site))));
        // Where it isn't known where people open the installation, an address is printed as it is on every one.
        var placeless = ReportDocument.Write(report, "en", null);
        Assert.Empty(Numbers(placeless));
        Assert.Contains("/figures/appeals.filed?period=2026", Words(placeless));
        Assert.DoesNotContain("https://hele", Words(placeless));
        // The zip says nothing of when it was made.
        using var zip = new ZipArchive(new MemoryStream(placeless));
        Assert.All(zip.Entries, e => Assert.Equal(new DateTime(1980, 1, 1), e.LastWriteTime.DateTime));
        Assert.Equal("[Content_Types].xml", zip.Entries[0].FullName);
    }

    [Fact]
    public async Task Command_WhileTheServerRuns_WritesTheSameFileAndRefusesWhatMakesNoSense()
    {
        await using var host = await TestHost.Start(TestDatabase.Sqlite);
        var hele = host.Hele;
        await hele.Furnish();
        hele.MoveTo(2026, 11, 3);
        NumberSteps.Ok(await hele.Close(await hele.Viewer(TestPeople.Ma), Period.Month(2026, 10)));
        using var folder = new TempFolder();
        var file = folder.At("报告.docx");
        string[] where = ["--data", hele.Options.DataDirectory, "--pins", hele.Options.PinDirectory, "--jurisdiction", TestInstallation.HexiCode];
        var done = await CommandLine.Say("zh", ["report", "--from", "2026-10-01", "--to", "2026-10-31", "--out", file, "--address", Site + "/", .. where]);
        Assert.Equal((0, ""), (done.Code, done.Error));
        Assert.Contains("河西社区2026年10月工作报告", done.Output);
        Assert.Equal(ReportDocument.Write(await hele.Report(Period.Month(2026, 10)), "zh", Site), await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken));
        // The page gives the same, with its own address, to whoever may read the report.
        var downloaded = await (await host.SignIn(TestPeople.Ma)).GetAsync("/report.docx?period=2026-10", TestContext.Current.CancellationToken);
        Assert.Equal((ReportDocument.MediaType, "河西社区2026年10月工作报告.docx"), (downloaded.Content.Headers.ContentType!.MediaType, downloaded.Content.Headers.ContentDisposition!.FileNameStar));
        Assert.Equal(ReportDocument.Write(await hele.Report(Period.Month(2026, 10)), "zh", "http://localhost"), await downloaded.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        Assert.Equal(System.Net.HttpStatusCode.NotFound, (await (await host.SignIn(TestPeople.Liu)).GetAsync("/report.docx?period=2026-10", TestContext.Current.CancellationToken)).StatusCode);

        Assert.Equal(0, (await CommandLine.Say("en", ["report", "--from", "2026-01-01", "--to", "2026-12-31", "--out", file, .. where])).Code);
        Assert.Contains("Hexi Community: report on work, 2026", Words(await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken)));
        foreach (var (given, says) in new (string[], string)[]
        {
            (["--from", "2026-12-31", "--to", "2026-01-01", "--out", file], "lies before its first"),
            (["--from", "2026-01-01", "--to", "2026-12-31", "--out", file, "--address", "hele.example"], "is no address such as"),
            (["--from", "2026-01-01", "--to", "2026-12-31", "--out", file, "--address", Site + "/report?key=1"], "is no address such as"),
            (["--from", "2026-01-01", "--to", "2026-12-31"], "--out"),
        })
        {
            var refused = await CommandLine.Say("en", ["report", .. given, .. where]);
            Assert.Equal(2, refused.Code);
            Assert.Contains(says, refused.Error);
        }
        Assert.Equal(3, (await CommandLine.Say("en", ["report", "--from", "2026-01-01", "--to", "2026-12-31", "--out", folder.At("missing", "a.docx"), .. where])).Code);
        Assert.Equal([file], Directory.GetFiles(folder.Path));
    }

    /// <summary>LibreOffice opens it and says the same: every sentence, every number.</summary>
    [Fact, Trait("Needs", "libreoffice")]
    public async Task Convert_ByLibreOffice_ReadsBackEverySentenceAndNumber()
    {
        await using var hele = await TestInstallation.Create(TestDatabase.Sqlite);
        await hele.Furnish();
        var report = await hele.Report(Period.Year(2026));
        using var folder = new TempFolder();
        var file = folder.At("report.docx");
        await File.WriteAllBytesAsync(file, ReportDocument.Write(report, "zh", Site), TestContext.Current.CancellationToken);
        await Convert("txt:Text (encoded):UTF8");
        await Convert("pdf");

        var text = await File.ReadAllTextAsync(folder.At("report.txt"), TestContext.Current.CancellationToken);
        Assert.Contains("河西社区2026年工作报告", text);
        foreach (var chapter in report.Chapters)
        {
            if (chapter.Place.Level > 0)
                Assert.Contains(chapter.Number.Zh + chapter.Place.Title.Zh, text);
            if (chapter.Sentences.Count > 0)
                Assert.Contains(string.Concat(chapter.Sentences.Select(s => s.TextIn("zh"))), text);
        }
        // As many addresses in print as the report has figures.
        Assert.Equal(report.Figures.Count, Regex.Matches(text, Regex.Escape(Site) + "/figures/").Count);
        // The official layout holds in another program: several A4 pages.
        var pdf = System.Text.Encoding.Latin1.GetString(await File.ReadAllBytesAsync(folder.At("report.pdf"), TestContext.Current.CancellationToken));
        Assert.True(Regex.Matches(pdf, "/Type ?/Page\\b").Count >= 4, "Fewer pages than the report has.");
        Assert.Matches(@"/MediaBox ?\[ ?0 0 595\.[0-9]+ 841\.[0-9]+ ?\]", pdf);

        async Task Convert(string to)
        {
            // A profile of its own: two runs at once would wait for each other, and nothing stays behind.
            using var office = Process.Start(new ProcessStartInfo("soffice", [$"-env:UserInstallation=file://{folder.At("profile")}", "--headless", "--convert-to", to, "--outdir", folder.Path, file]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            var (output, error) = (office.StandardOutput.ReadToEndAsync(), office.StandardError.ReadToEndAsync());
            await office.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.True(office.ExitCode == 0, await output + await error);
        }
    }

    /// <summary>The numbers of a document that open something: the figure, its period, and what stands there.</summary>
    internal static List<(string Id, Period Period, string Text)> Numbers(byte[] docx)
    {
        using var document = WordprocessingDocument.Open(new MemoryStream(docx), isEditable: false);
        var links = document.MainDocumentPart!.HyperlinkRelationships.ToDictionary(r => r.Id, r => r.Uri);
        return [.. document.MainDocumentPart.Document!.Descendants<Hyperlink>().Select(h =>
        {
            var address = Regex.Match(links[h.Id!.Value!].PathAndQuery, @"^/figures/([a-z.-]+)\?period=([0-9A-Z.-]+)$");
            Assert.True(address.Success, links[h.Id!.Value!].ToString());
            return (address.Groups[1].Value, Period.Parse(address.Groups[2].Value), h.InnerText.Replace(",", "", StringComparison.Ordinal));
        })];
    }

    internal static string Words(byte[] docx)
    {
        using var document = WordprocessingDocument.Open(new MemoryStream(docx), isEditable: false);
        return string.Join('\n', document.MainDocumentPart!.Document!.Descendants<Paragraph>().Select(p => p.InnerText));
    }

    private static string AllText(byte[] docx)
    {
        using var zip = new ZipArchive(new MemoryStream(docx));
        return string.Join('\n', zip.Entries.Select(e =>
        {
            using var reader = new StreamReader(e.Open());
            return reader.ReadToEnd();
        }));
    }
}
