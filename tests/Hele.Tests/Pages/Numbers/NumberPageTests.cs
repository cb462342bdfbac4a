using System.IO.Compression;
using System.Text.Json;
using System.Text.RegularExpressions;
using Hele.Civic.Appeals;
using Hele.Civic.Grids;
using Hele.Civic.Kernel;
using Hele.Civic.Platform.Figures;
using Hele.Civic.Platform.Rules;
using Hele.Evidence;
using Hele.TestKit;
using Hele.Tests.Figures;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Hele.Tests.Pages.Numbers;

public class NumberPageTests(TestHosts hosts) : IClassFixture<TestHosts>
{
    private static readonly string[] ForStaff = ["/dashboard", "/figures/appeals.filed", "/report", "/figures/appeals.filed/records.csv?period=2026", "/figures/appeals.filed/records.json?period=2026"];
    private static readonly string[] ForSecretary = ["/periods", "/rules/appeal.accept"];

    [Fact]
    public async Task Open_EachPage_OnlyForWhoMay()
    {
        var host = await hosts.On(TestDatabase.Sqlite);
        var (ma, feng, liu, nobody) = (await host.As(TestPeople.Ma), await host.As(TestPeople.Feng), await host.As(TestPeople.Liu), host.Browser());
        foreach (var path in ForStaff.Concat(ForSecretary))
        {
            await HtmlPage.Get(ma, path);
            await HtmlPage.Get(feng, path, ForStaff.Contains(path) ? 200 : 404);
            await HtmlPage.Get(liu, path, 404);
            (await HtmlPage.Get(nobody, path, 302)).ExpectRedirect("/sign-in*");
        }
        foreach (var path in new[] { "/log", $"/log/{TestInstallation.OtherCode}", "/log?size=3", "/rules", "/rules?year=2027" })
            await HtmlPage.Get(nobody, path);
        foreach (var path in new[] { "/figures/appeals.nothing", "/figures/appeals.filed?period=lately", "/dashboard?period=2026-13", "/report?period=x", "/log/123456789012", "/rules/voter.list.publish", "/rules/none", "/figures/appeals.filed/records.csv" })
            await HtmlPage.Get(ma, path, 404);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Open_FigureOnTheDashboard_ListsAsManyRecordsInEveryForm(TestDatabase kind)
    {
        await using var host = await TestHost.Start(kind);
        var (liu, zhao) = (await host.Hele.Viewer(TestPeople.Liu), await host.Hele.Viewer(TestPeople.Zhao));
        for (var i = 0; i < 23; i++)
            await host.Hele.Finished(liu, zhao, i % 3 > 0);
        var ma = await host.SignIn(TestPeople.Ma);
        var dashboard = await HtmlPage.Get(ma, "/dashboard?period=2026-10");
        Assert.Equal(AppealFigures.All.Count() + PopulationFigures.All.Count() + Civic.Thanks.ThanksFigures.All.Count(), dashboard.Document.QuerySelectorAll(".figure").Length);
        foreach (var link in dashboard.Document.QuerySelectorAll(".figure a"))
        {
            var shown = int.Parse(link.QuerySelector("b")!.TextContent);
            var page = await HtmlPage.Get(ma, link.GetAttribute("href")!);
            Assert.Equal(shown.ToString(), page.Text("aside .figure b"));
            var codes = new List<string>();
            for (var at = page; ; at = await at.Click("#records [rel=next]"))
            {
                codes.AddRange(at.Texts("#records tbody th"));
                Assert.True(codes.Count <= shown, "The list goes on beyond its number.");
                if (!at.Has("#records [rel=next]"))
                    break;
            }
            Assert.Equal(shown, codes.Count);
            var csv = (await ma.GetStringAsync(page.One("[href*='records.csv']").GetAttribute("href"))).Trim().Split("\r\n");
            Assert.Equal(("code,date,logged", shown), (csv[0], csv.Length - 1));
            Assert.Equal(codes, csv.Skip(1).Select(l => l.Split(',')[0]));
            using var json = JsonDocument.Parse(await ma.GetStringAsync(page.One("[href*='records.json']").GetAttribute("href")));
            Assert.Equal((shown, shown), (json.RootElement.GetProperty("value").GetInt32(), json.RootElement.GetProperty("records").GetArrayLength()));
        }
        Assert.Equal("/23", dashboard.Document.QuerySelectorAll(".figure").Single(f => f.TextContent.Contains("评价满意")).QuerySelector(".base")!.TextContent);
        var bar = dashboard.Document.QuerySelectorAll(".chart a.here")[0];
        Assert.Equal(("/figures/appeals.filed?period=2026-10", "2026年10月：23 件"), (bar.GetAttribute("href"), bar.GetAttribute("aria-label")));
        Assert.Contains("23", dashboard.Texts(".chart-table td a"));
    }

    [Fact]
    public async Task Read_Report_EveryNumberOpensTheFigureThatSaysTheSame()
    {
        await using var host = await TestHost.Start(TestDatabase.Sqlite);
        await host.Hele.RandomAutumn(3, 45);
        var ma = await host.SignIn(TestPeople.Ma);
        foreach (var period in new[] { "2026", "2026-10", "2026-11", "2026-Q4" })
        {
            var report = await HtmlPage.Get(ma, "/report?period=" + period);
            var numbers = report.Document.QuerySelectorAll(".report a").Where(a => Regex.IsMatch(a.TextContent, "^[0-9]+$")).ToList();
            Assert.NotEmpty(numbers);
            foreach (var link in numbers)
                Assert.Equal(link.TextContent, (await HtmlPage.Get(ma, link.GetAttribute("href")!)).Text("aside .figure b"));
            Assert.DoesNotContain(report.Document.QuerySelectorAll(".report a"), a => a.GetAttribute("href") is null);
        }
    }

    [Fact]
    public async Task Close_OnThePage_FreezesAndLateEntriesStandBeside()
    {
        await using var host = await TestHost.Start(TestDatabase.Sqlite);
        var hele = host.Hele;
        await hele.FileAppeal(await hele.Viewer(TestPeople.Liu));
        var ma = await host.SignIn(TestPeople.Ma);
        Assert.Contains("现在没有可以结账的统计期", (await HtmlPage.Get(ma, "/periods")).VisibleText);
        hele.MoveTo(2026, 11, 5, 8);
        ma = await host.SignIn(TestPeople.Ma);
        var page = await HtmlPage.Get(ma, "/periods");
        var refused = (await page.Form("main form").Force("Input.Period", "2026-11").Submit()).Expect(400);
        Assert.Contains("这个统计期还没有结束", refused.Problems[0]);
        Assert.Contains("只能对整年、半年、季度或月份结账", (await page.Form("main form").Force("Input.Period", "").Submit()).Expect(400).Problems[0]);
        var done = await (await page.Form("main form").Fill("Input.Period", "2026-10").Submit()).Follow();
        Assert.Contains("2026年10月已结账", done.Text(".notice"));
        Assert.Equal(["2026年10月"], done.Texts("tbody th"));
        Assert.Contains("这个统计期已经结账", (await page.Form("main form").Force("op", Guid.NewGuid().ToString()).Fill("Input.Period", "2026-10").Submit()).Expect(409).Problems[0]);

        var late = await hele.TakeDown(await hele.Viewer(TestPeople.Zhou), new(2026, 10, 29));
        var figure = await HtmlPage.Get(ma, "/figures/appeals.filed?period=2026-10");
        Assert.Equal("1", figure.Text("aside .figure b"));
        Assert.Single(figure.Texts("#records tbody th"));
        Assert.Equal([late], figure.Texts(".later tbody th"));
        Assert.Equal("补录", figure.Text(".later tbody .backfilled"));
        Assert.Contains("按现在的全部记录是 2", figure.Text(".later"));
        var size = Regex.Match(figure.One("a[href^='/log?size=']").GetAttribute("href")!, "[0-9]+$").Value;
        Assert.Equal(size, (await HtmlPage.Get(host.Browser(), "/log?size=" + size)).One(".checkpoint").TextContent.Split('\n')[1]);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Check_Receipt_HoldsAsItIsAndFailsWhenChanged(TestDatabase kind)
    {
        var host = await hosts.On(kind);
        var liu = await host.As(TestPeople.Liu);
        var code = await PageSteps.FileAppeal(liu, "要查的一件");
        var receipt = await liu.GetStringAsync($"/appeals/{code}/receipt/proof");
        var nobody = host.Browser();
        var page = await HtmlPage.Get(nobody, "/log");
        Assert.Contains("演示数据，时间是模拟的", page.VisibleText);

        var good = (await page.Form("#check form").Fill("Input.Receipt", receipt.Replace("\n", "\r\n")).Submit()).Expect(200);
        Assert.Contains("证明成立", good.Text("#result"));
        Assert.Contains("日志只往后加过", good.Text("#result"));
        var bad = (await page.Form("#check form").Fill("Input.Receipt", receipt.Replace("要查的一件", "要查的二件")).Submit()).Expect(200);
        Assert.Contains("证明不成立", bad.Text("#result"));
        var attached = (await page.Form("#check form").Attach("Input.File", "hele.txt", System.Text.Encoding.UTF8.GetBytes(receipt), "text/plain").Submit()).Expect(200);
        Assert.Contains("证明成立", attached.Text("#result"));
        var elsewhere = await HtmlPage.Get(nobody, $"/log/{TestInstallation.OtherCode}");
        Assert.Contains("证明不成立", (await elsewhere.Form("#check form").Fill("Input.Receipt", receipt).Submit()).Expect(200).Text("#result"));
        Assert.Contains("请粘贴证明文件的全文", (await page.Form("#check form").Submit()).Expect(400).Problems[0]);
        Assert.Contains("太大", (await page.Form("#check form").Fill("Input.Receipt", new string('x', 200_001)).Submit()).Expect(400).Problems[0]);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Kit_TakenByTheSupervisor_HoldsAgainstTheNoticeBoard_AndIsNobodyElses(TestDatabase kind)
    {
        var host = await hosts.On(kind);
        await PageSteps.FileAppeal(await host.As(TestPeople.Liu), "为核验包写的一件");
        var nobody = host.Browser();
        var sheet = await HtmlPage.Get(nobody, $"/log/{TestInstallation.HexiCode}/sheet");
        Assert.Equal(16, sheet.Document.QuerySelectorAll(".digits b").Length);
        Assert.Contains("演示数据，时间是模拟的", sheet.Text(".sheet"));
        Assert.Contains(VerifierPage.Sha256Hex, sheet.Text(".sheet dl"));
        var board = Regex.Replace(sheet.Text(".sheet .count"), "[^0-9]", "") + " " + string.Join(' ', sheet.Texts(".digits b"));
        // Written after the sheet was printed.
        await PageSteps.FileAppeal(await host.As(TestPeople.Liu), "贴出以后又来的一件");

        var feng = await host.As(TestPeople.Feng);
        var kit = await feng.GetAsync($"/log/{TestInstallation.HexiCode}/kit", TestContext.Current.CancellationToken);
        Assert.Equal("application/zip", kit.Content.Headers.ContentType!.MediaType);
        Assert.Equal("attachment", kit.Content.Headers.ContentDisposition!.DispositionType);
        using var bytes = new MemoryStream(await kit.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        Assert.True(Pinned.TryParse(board, out var pinned));
        var report = await KitVerifier.Verify(bytes, (await nobody.GetStringAsync($"/log/{TestInstallation.HexiCode}/key")).Trim(), [pinned], cancel: TestContext.Current.CancellationToken);
        Assert.True(report.Ok, string.Join('\n', report.Findings.Select(f => f.Says.Zh)));
        Assert.Contains(report.Findings, f => f.Code == "pinned" && f.Holds);
        Assert.True(report.Size > pinned.Size);
        using (var zip = new ZipArchive(bytes))
            Assert.Equal(VerifierPage.Html.Length, zip.GetEntry(VerifierPage.FileName)!.Length);

        // The neighbours' log is not hers, the clerk has no kit, and the button is there for her alone.
        Assert.Equal(404, (int)(await feng.GetAsync($"/log/{TestInstallation.OtherCode}/kit", TestContext.Current.CancellationToken)).StatusCode);
        var zhou = await host.As(TestPeople.Zhou);
        Assert.Equal(404, (int)(await zhou.GetAsync($"/log/{TestInstallation.HexiCode}/kit", TestContext.Current.CancellationToken)).StatusCode);
        Assert.Single((await HtmlPage.Get(feng, "/log")).Document.QuerySelectorAll("#offline a[href$='/kit']"));
        foreach (var (who, where) in new[] { (zhou, "/log"), (nobody, "/log"), (feng, $"/log/{TestInstallation.OtherCode}") })
            Assert.Empty((await HtmlPage.Get(who, where)).Document.QuerySelectorAll("#offline a[href$='/kit']"));

        // The page that verifies is a download, the same bytes for everybody.
        var page = await nobody.GetAsync("/log/" + VerifierPage.FileName, TestContext.Current.CancellationToken);
        Assert.Equal("attachment", page.Content.Headers.ContentDisposition!.DispositionType);
        Assert.Equal(VerifierPage.Sha256Hex, Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(await page.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken))));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Set_RuleOnThePage_StandsOnTheRulesPageFromItsDay(TestDatabase kind)
    {
        await using var host = await TestHost.Start(kind);
        var ma = await host.SignIn(TestPeople.Ma);
        var page = await HtmlPage.Get(ma, "/rules/appeal.accept");
        var refused = (await page.Form("main form").Fill("Input.Amount", "0").Fill("Input.From", "2026-10-01").Submit()).Expect(400);
        Assert.Equal(3, refused.Problems.Count);
        Assert.Equal("2026-10-01", refused.Form("main form")["Input.From"]);
        Assert.Contains("无法识别", (await page.Form("main form").Force("Input.Amount", "两天").Fill("Input.Citation", "会议").Submit()).Expect(400).Problems[0]);
        var done = await (await page.Form("main form").Fill("Input.Amount", "2").Fill("Input.From", "2026-11-09").Fill("Input.Citation", "居民代表会议第三次决定").Submit()).Follow();
        Assert.Contains("社区党委书记", done.Text("tbody tr"));
        Assert.Single(await host.Hele.Read(db => db.Set<LocalRule>().ToListAsync()));

        var nobody = host.Browser();
        var rules = await HtmlPage.Get(nobody, "/rules");
        Assert.Contains("从2026年11月9日起2个工作日（居民代表会议第三次决定）", rules.Text(".notice"));
        Assert.DoesNotContain(rules.Document.QuerySelectorAll(".rules a"), _ => true);
        Assert.Equal(ReferenceData.Rules.All.Count(r => ReferenceData.Rules.Find(r.Id, new(2026, 10, 30), TestInstallation.HexiCode) == r), rules.Document.QuerySelectorAll(".rules:not(#telling):not(#refusals):not(#methods) tbody tr").Length);
        Assert.Contains("暂定", (await HtmlPage.Get(nobody, "/rules?year=2027")).Text("#calendar .notice"));
        Assert.DoesNotContain("暂定", rules.Text("#calendar"));
        host.Hele.MoveTo(2026, 11, 9);
        Assert.Contains("2个工作日", (await HtmlPage.Get(nobody, "/rules")).Texts(".rules tbody tr").Single(t => t.Contains("居民代表会议第三次决定")));
    }

    [Fact]
    public async Task Read_NumberPagesInEnglish_HaveNoHanOutsideData()
    {
        await using var host = await TestHost.Start(TestDatabase.Sqlite);
        await host.Hele.RandomAutumn(5, 40);
        var ma = await host.SignIn(TestPeople.Ma, language: "en");
        foreach (var path in new[] { "/dashboard", "/dashboard?period=2026-11", "/figures/appeals.filed?period=2026-10", "/figures/appeals.open?period=2026-Q4", "/figures/appeals.satisfied?period=2026-H2", "/report", "/report?period=2026-10", "/periods", "/log", "/rules?year=2027", "/rules/appeal.accept" })
        {
            var page = await HtmlPage.Get(ma, path);
            foreach (var data in page.Document.QuerySelectorAll("header .menu, header .tool, [lang|=zh], td[data-label=Source], dd, .rules td, #calendar td").Where(e => e.ClassName != "notice" && !e.QuerySelectorAll("form").Any()).ToList())
                data.Remove();
            Assert.DoesNotMatch(@"\p{IsCJKUnifiedIdeographs}", page.VisibleText.Replace(TestPeople.Ma.Name, "").Replace(TestPeople.Ma.PostTitle!, ""));
        }
    }
}
