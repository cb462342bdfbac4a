using System.IO.Compression;
using System.Net;
using System.Text.Json;
using Hele.Civic.GridPlanning;
using Hele.TestKit;
using Hele.Tests.GridPlanning;
using Hele.Tests.Grids;
using Hele.Tests.Platform;
using Hele.Tests.ServiceCircles;
using Hele.Web.Pages.GridPlanning;
using MiniExcelLibs;
using Xunit;

namespace Hele.Tests.Pages.GridPlanning;

/// <summary>The planner as the secretary uses it without script, and as everybody else sees it.</summary>
public class PlanPageTests
{
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Secretary_AsksComparesMovesUndoesKeepsAndAdopts_ByLinksAndFormsAlone(TestDatabase kind)
    {
        await using var host = await TestHost.Start(kind);
        var hele = host.Hele;
        var lane = await hele.Lane();
        var browser = await host.As(TestPeople.Ma);
        var page = await (await HtmlPage.Get(browser, "/grids")).Click("网格规划");
        Assert.Contains("系统只提方案", page.VisibleText, StringComparison.Ordinal);
        Assert.Contains("一般300—500户一个网格", page.Text("#wish"), StringComparison.Ordinal);
        Assert.Contains("原文未核对", page.Text("#wish"), StringComparison.Ordinal);
        Assert.Contains("一共6栋楼、12户；每个网格2—8户，离平均最远的差100%。", page.Text("#today"), StringComparison.Ordinal);
        var form = page.Form("#wish form");
        // Twelve households are no three grids of three hundred: the form doesn't begin with what can't be.
        Assert.Equal(("3", "", "", "true"), (form["Grids"], form["Least"], form["Most"], form["Keep"]));
        page = await form.Submit();
        Assert.Contains("要求：3个网格，户数要均匀，从现在的网格出发，少动住户。", page.Text("#proposals"), StringComparison.Ordinal);
        Assert.Contains("方案1", page.Text("#compare"), StringComparison.Ordinal);
        page = await page.Click("看方案1，动手调整");
        Assert.Contains("正在看这个方案", page.Text("#proposals"), StringComparison.Ordinal);
        Assert.True(page.Has("#plan form.plan-move"));

        // Three houses by the form, so that each grid has four households; then one more, which is taken back, made again and taken back.
        page = await (await HtmlPage.Get(browser, PlanLinks.Planner)).Click("不要方案，直接从现在的网格动手调整");
        foreach (var (house, grid) in new[] { (1, 1), (2, 2), (3, 2) })
            page = await page.Form("form.plan-move").Fill("building", lane.Houses[house]).Fill("to", lane.Grids[grid]).Submit();
        Assert.Contains("换网格的：6户、6人，3栋楼", page.Text("#plan"), StringComparison.Ordinal);
        Assert.Contains("每个网格4—4户，平均4户；离平均最远的差0%（现在100%）", page.Text("#plan"), StringComparison.Ordinal);
        page = await page.Form("form.plan-move").Fill("building", lane.Houses[1]).Fill("to", lane.Grids[0]).Submit();
        Assert.Contains("换网格的：2户、2人，2栋楼", page.Text("#plan"), StringComparison.Ordinal);
        page = await page.Click("撤销：柳荫路12号院2号楼");
        Assert.Contains("换网格的：6户、6人，3栋楼", page.Text("#plan"), StringComparison.Ordinal);
        page = await page.Click("重做：柳荫路12号院2号楼");
        Assert.Contains("换网格的：2户、2人，2栋楼", page.Text("#plan"), StringComparison.Ordinal);
        page = await page.Click("撤销：柳荫路12号院2号楼");
        // Half a move is asked about, and changes nothing.
        var half = await page.Form("form.plan-move").Fill("building", lane.Houses[1]).Submit();
        Assert.Contains("请选择哪栋楼、划到哪个网格。", half.Expect(400).VisibleText, StringComparison.Ordinal);

        var nameless = (await page.Form("#keep form").Submit()).Expect(400);
        Assert.Contains("请给方案写个名称", nameless.Problems[0], StringComparison.Ordinal);
        var kept = await (await nameless.Form("#keep form").Fill("Input.Name", "均衡方案").Submit()).Follow();
        Assert.Contains("方案已保存。它还没有改动任何网格。", kept.VisibleText, StringComparison.Ordinal);
        Assert.Equal("第一网格", (await hele.GridOf(lane))[1]);

        var refused = (await kept.Form("#adopt form").Fill("Adopt.Reason", "户数不均。").Submit()).Expect(400);
        Assert.Equal(("户数不均。", 2), (refused.Form("#adopt form")["Adopt.Reason"], refused.Problems.Count));
        var adopted = await (await refused.Form("#adopt form").Fill("Adopt.Number", "河西社居〔2026〕5号").Check("Adopt.Confirmed").Submit()).Follow();
        Assert.Contains("方案已采用", adopted.VisibleText, StringComparison.Ordinal);
        Assert.Contains("河西社居〔2026〕5号", adopted.VisibleText, StringComparison.Ordinal);
        Assert.Equal(["第一网格", "第二网格", "第三网格", "第三网格", "第三网格", "第三网格"], await hele.GridOf(lane));
        Assert.Contains("每栋楼都在一个网格里，网格之间没有重叠。", (await HtmlPage.Get(browser, "/grids")).VisibleText, StringComparison.Ordinal);
        // What was decided stays said, whatever the register says later.
        GridSteps.Ok(await hele.Assign(lane.Ma, lane.Grids[0], lane.Houses[1]));
        Assert.Contains("换网格的：6户、6人，3栋楼", (await HtmlPage.Get(browser, adopted.Url.PathAndQuery)).VisibleText, StringComparison.Ordinal);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Adopt_AfterTheRegisterChanged_KeepsWhatWasTyped_AndLeadsToBringingItUpToDate(TestDatabase kind)
    {
        await using var host = await TestHost.Start(kind);
        var hele = host.Hele;
        var lane = await hele.Lane();
        var plan = await hele.KeepPlan(lane.Ma, lane.With((1, lane.Grids[1])));
        var browser = await host.As(TestPeople.Ma);
        var form = (await HtmlPage.Get(browser, PlanLinks.Kept(plan))).Form("#adopt form").Fill("Adopt.Reason", "户数不均。").Fill("Adopt.Number", "5号").Check("Adopt.Confirmed");
        GridSteps.Ok(await hele.Assign(lane.Ma, lane.Grids[1], lane.Houses[4]));
        var refused = (await form.Submit()).Expect(409);
        Assert.Contains("1栋楼换了网格", refused.VisibleText, StringComparison.Ordinal);
        Assert.Contains("户数不均。", refused.Source, StringComparison.Ordinal);
        // Brought up to date in one step; what was typed stays through it.
        var again = (await refused.Form("#adopt form").Submit("按现在的登记更新方案")).Expect(200);
        Assert.Contains("方案已按现在的登记更新", again.VisibleText, StringComparison.Ordinal);
        var form2 = again.Form("#adopt form");
        Assert.Equal(("户数不均。", "5号"), (form2["Adopt.Reason"]!.Trim(), form2["Adopt.Number"]));
        (await form2.Submit()).ExpectRedirect(PlanLinks.Kept(plan));
        // Or changed first, in the planner, which keeps it under its name.
        var other = await hele.KeepPlan(lane.Ma, (await hele.AskPlan(lane.Ma, new(PlanQueries.Usual(await Ground(hele)), false, PlanAsk.Today, [(lane.Houses[5], lane.Grids[1])], []))).Chosen!.Cut, "再调一次");
        var planner = await (await HtmlPage.Get(browser, PlanLinks.Kept(other))).Click("继续调整");
        Assert.Equal(("再调一次", other), (planner.Form("#keep form")["Input.Name"], planner.Form("#keep form")["Input.Into"]));
    }

    private static Task<PlanGround> Ground(TestInstallation hele) => hele.Read(async db => await PlanGround.Read(db, await hele.Here(), hele.Today));

    [Fact]
    public async Task Others_TryAndRead_ResidentsAndOtherCommunitiesDoNot()
    {
        await using var host = await TestHost.Start(TestDatabase.Sqlite);
        var hele = host.Hele;
        var lane = await hele.Lane();
        var plan = await hele.KeepPlan(lane.Ma, lane.With((1, lane.Grids[1])));
        foreach (var person in new[] { TestPeople.Feng, TestPeople.Zhou, TestPeople.Zhao })
        {
            var staff = await host.As(person);
            var page = await HtmlPage.Get(staff, PlanLinks.Planner + "?base=today");
            Assert.True(page.Has("form.plan-move"));
            Assert.False(page.Has("#keep"));
            var read = await HtmlPage.Get(staff, PlanLinks.Kept(plan));
            Assert.False(read.Has("#adopt") || read.Has("#discard"));
        }
        foreach (var path in new[] { PlanLinks.Planner, PlanLinks.Json, PlanLinks.GeoJson, PlanLinks.List, PlanLinks.Kept(plan), PlanLinks.Document(plan) })
        {
            await HtmlPage.Get(await host.As(TestPeople.Liu), path, 404);
            Assert.Equal(HttpStatusCode.Redirect, (await host.Browser().GetAsync(path, TestContext.Current.CancellationToken)).StatusCode);
        }
        await HtmlPage.Get(await host.As(TestPeople.Ma, TestInstallation.Other), PlanLinks.Kept(plan), 404);
        Assert.Contains("登记里还没有楼栋", (await HtmlPage.Get(await host.As(TestPeople.Ma, TestInstallation.Other), PlanLinks.Planner)).VisibleText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task BadInput_IsNamed_AndStays_AndOddAddressesAreAsUsual()
    {
        await using var host = await TestHost.Start(TestDatabase.Sqlite);
        var lane = await host.Hele.Lane(streets: false);
        var browser = await host.As(TestPeople.Ma);
        var page = (await (await HtmlPage.Get(browser, PlanLinks.Planner)).Form("#wish form").Fill("Grids", "九").Fill("Least", "500").Fill("Most", "300").Submit()).Expect(400);
        Assert.Contains("网格数填1到60的整数。", page.VisibleText, StringComparison.Ordinal);
        Assert.Equal(("九", "500", "300"), (page.Form("#wish form")["Grids"], page.Form("#wish form")["Least"], page.Form("#wish form")["Most"]));
        Assert.Contains("没有街道图：相邻只按小区和楼与楼的直线远近，不是走路", page.VisibleText, StringComparison.Ordinal);
        Assert.Contains("划不成50个网格", (await HtmlPage.Get(browser, PlanLinks.Planner + "?ask=1&grids=50")).VisibleText, StringComparison.Ordinal);
        var odd = await HtmlPage.Get(browser, PlanLinks.Planner + "?base=today&move=x~y.2222-3333-4444~new1." + lane.Houses[0] + "~2222-3333-4444&undone=%00&lock=..&apart=~&even=cats&base=9");
        Assert.Contains("和现在的划分一样，没有住户换网格。", odd.Text("#plan"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Files_SayWhatThePageSays()
    {
        await using var host = await TestHost.Start(TestDatabase.Sqlite);
        var hele = host.Hele;
        var lane = await hele.Lane();
        var browser = await host.As(TestPeople.Feng);
        var query = PlanAddress.Write(new(new PlanWish(3, null, null, true, false, true, null, [], []), false, PlanAsk.Today, [(lane.Houses[1], lane.Grids[1])], []));
        using var book = new MemoryStream(await browser.GetByteArrayAsync(PlanLinks.List + query, TestContext.Current.CancellationToken));
        var rows = book.Query(useHeaderRow: true).Cast<IDictionary<string, object>>().ToList();
        Assert.Equal((6, "第一网格", "第二网格", "是"), (rows.Count, (string)rows[1]["现在的网格"], (string)rows[1]["方案里的网格"], (string)rows[1]["换网格"]));
        using var geo = JsonDocument.Parse(await browser.GetStringAsync(PlanLinks.GeoJson + query, TestContext.Current.CancellationToken));
        var grids = geo.RootElement.GetProperty("features").EnumerateArray().Where(f => f.GetProperty("properties").GetProperty("kind").GetString() == "grid").ToList();
        Assert.Equal([4, 6, 2], grids.Select(g => g.GetProperty("properties").GetProperty("households").GetInt32()));
        using var json = JsonDocument.Parse(await browser.GetStringAsync(PlanLinks.Json + query, TestContext.Current.CancellationToken));
        Assert.Equal("换网格的：4户、4人，1栋楼", json.RootElement.GetProperty("lines")[0].GetProperty("text").GetString());
        // Whoever can't keep a plan isn't sent what would be kept.
        Assert.Equal("", json.RootElement.GetProperty("cut").GetString());

        var plan = await hele.KeepPlan(lane.Ma, lane.With((1, lane.Grids[1])));
        var once = await browser.GetByteArrayAsync(PlanLinks.Document(plan), TestContext.Current.CancellationToken);
        Assert.Equal(once, await browser.GetByteArrayAsync(PlanLinks.Document(plan), TestContext.Current.CancellationToken));
        using var zip = new ZipArchive(new MemoryStream(once));
        using var reader = new StreamReader(zip.GetEntry("word/document.xml")!.Open());
        var words = await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
        Assert.Contains("关于调整网格划分的方案", words, StringComparison.Ordinal);
        Assert.Contains("柳荫路12号院2号楼", words, StringComparison.Ordinal);
        Assert.Contains("由人决定采用", words, StringComparison.Ordinal);
    }
}
