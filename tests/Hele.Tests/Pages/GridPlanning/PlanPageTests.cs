using System.IO.Compression;
using System.Net;
using System.Text.Json;
using Hele.Civic.GridPlanning;
using Hele.Civic.Organizations;
using Hele.TestKit;
using Hele.Tests.GridPlanning;
using Hele.Tests.Grids;
using Hele.Tests.Organizations;
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
        Assert.Contains("要求：3个网格，户数要均匀（相差不超过10%），从现在的网格出发，少动住户。", page.Text("#proposals"), StringComparison.Ordinal);
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

    /// <summary>The words of a kept plan's document.</summary>
    private static async Task<string> Document(HttpClient browser, string plan)
    {
        using var zip = new ZipArchive(new MemoryStream(await browser.GetByteArrayAsync(PlanLinks.Document(plan), TestContext.Current.CancellationToken)));
        using var reader = new StreamReader(zip.GetEntry("word/document.xml")!.Open());
        return await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task WhatAPlanBreaksOfTheWish_IsSaid_OnItsCard_InItsSummary_AndInItsDocument()
    {
        await using var host = await TestHost.Start(TestDatabase.Sqlite);
        var lane = await host.Hele.Lane();
        var browser = await host.As(TestPeople.Ma);
        // One household may move: that makes eight, two and two no grids of three to five.
        const string Wish = PlanLinks.Planner + "?ask=1&grids=3&keep=true&even=households&moving=1&least=3&most=5";
        var cards = (await HtmlPage.Get(browser, Wish)).Texts(".plan-card");
        Assert.NotEmpty(cards);
        Assert.All(cards, c => Assert.Contains("超过要求的至多5户：第一网格8户", c, StringComparison.Ordinal));
        Assert.All(cards, c => Assert.Contains("户数没有求到要求的均匀", c, StringComparison.Ordinal));
        Assert.All(cards, c => Assert.DoesNotContain("超过要求的至多1户", c, StringComparison.Ordinal));

        var page = await HtmlPage.Get(browser, $"{Wish}&base=today&move={lane.Houses[1]}~{lane.Grids[1]}");
        string[] broken = ["换网格的有4户，超过要求的至多1户", "不到要求的至少3户：第三网格2户", "超过要求的至多5户：第二网格6户", "户数没有求到要求的均匀（相差不超过10%）：第二网格6户、第三网格2户，平均4户"];
        Assert.All(broken, b => Assert.Contains(b, page.Text("[data-plan-sum]"), StringComparison.Ordinal));
        var kept = await (await page.Form("#keep form").Fill("Input.Name", "违愿方案").Submit()).Follow();
        Assert.All(broken, b => Assert.Contains(b, kept.Text(".plan-said"), StringComparison.Ordinal));
        var words = await Document(browser, kept.Url.Segments[^1]);
        Assert.All(broken, b => Assert.Contains(b, words, StringComparison.Ordinal));
        // Who asks for less is told of nothing.
        Assert.DoesNotContain("要求的", (await HtmlPage.Get(browser, $"{PlanLinks.Planner}?ask=1&grids=3&even=none&base=today&move={lane.Houses[1]}~{lane.Grids[1]}")).Text("[data-plan-sum]"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task LocksPairsAndOlderPeople_AreChosenOnTheForm_AndKept()
    {
        await using var host = await TestHost.Start(TestDatabase.Sqlite);
        var lane = await host.Hele.Lane();
        var browser = await host.As(TestPeople.Ma);
        var form = (await HtmlPage.Get(browser, PlanLinks.Planner)).Form("#wish form");
        var page = await form.Check("lock", value: lane.Houses[1]).Fill("apart-a", lane.Houses[4]).Fill("apart-b", lane.Houses[5]).Fill("Even", "older").Fill("Grids", "4").Submit();
        Assert.Contains("户数和老年人都要均匀", page.Text("#proposals"), StringComparison.Ordinal);
        Assert.Contains("1栋楼锁定，1对楼不能在一起", page.Text("#proposals"), StringComparison.Ordinal);
        Assert.Equal(("4", "older", lane.Houses[1]), (page.Form("#wish form")["Grids"], page.Form("#wish form")["Even"], page.Form("#wish form")["lock"]));
        Assert.Contains(page.Texts("#wish input[name=apart] + span"), t => t.Contains("5号楼", StringComparison.Ordinal) && t.Contains("6号楼", StringComparison.Ordinal));
        var chosen = await page.Click("看方案1，动手调整");
        using var geo = JsonDocument.Parse(await browser.GetStringAsync(chosen.One("a[href^='/grids/plan/plan.geojson']").GetAttribute("href"), TestContext.Current.CancellationToken));
        var planned = geo.RootElement.GetProperty("features").EnumerateArray().Select(f => f.GetProperty("properties")).Where(p => p.GetProperty("kind").GetString() == "building").ToDictionary(p => p.GetProperty("code").GetString()!, p => p.GetProperty("planned").GetString());
        Assert.Equal("第一网格", planned[lane.Houses[1]]);
        Assert.NotEqual(planned[lane.Houses[4]], planned[lane.Houses[5]]);
        // By hand it can be done all the same, and is said.
        var query = $"{PlanLinks.Planner}?ask=1&grids=3&lock={lane.Houses[1]}&apart={lane.Houses[4]}~{lane.Houses[5]}&base=today&move={lane.Houses[1]}~{lane.Grids[1]}";
        var sum = (await HtmlPage.Get(browser, query)).Text("[data-plan-sum]");
        Assert.Contains("锁定的楼换了网格：柳荫路12号院2号楼", sum, StringComparison.Ordinal);
        Assert.Contains("不能在一起的楼还在一起：柳荫路12号院", sum, StringComparison.Ordinal);
    }

    [Fact]
    public async Task PartyMembers_AreBalanced_AndSaidToBeReckoned_OnThePage_InTheFiles_AndInTheDocument()
    {
        await using var host = await TestHost.Start(TestDatabase.Sqlite);
        var hele = host.Hele;
        var lane = await hele.Lane();
        var browser = await host.As(TestPeople.Ma);
        // Where no branch stated any members there is nothing to share out.
        Assert.False((await HtmlPage.Get(browser, PlanLinks.Planner)).Has("#wish input[value=members]"));
        await hele.Body(lane.Ma, BodyKind.PartyCommittee, "社区党委");
        GridSteps.Ok(await hele.Establish(lane.Ma, BodyKind.GridBranch, "第一网格党支部", buildings: [lane.Houses[0], lane.Houses[1]], members: 12));
        GridSteps.Ok(await hele.Establish(lane.Ma, BodyKind.GridBranch, "第二网格党支部", [lane.Grids[1]], members: 3));

        var page = await (await HtmlPage.Get(browser, PlanLinks.Planner)).Form("#wish form").Fill("Even", "members").Submit();
        Assert.Contains("户数和党员都要均匀（相差不超过10%）", page.Text("#proposals"), StringComparison.Ordinal);
        Assert.Equal("members", page.Form("#wish form")["Even"]);
        Assert.Contains("正式党员最少和最多的网格3—12", page.Text("#compare").Replace(" ", "", StringComparison.Ordinal).Replace("\n", "", StringComparison.Ordinal), StringComparison.Ordinal);

        // The fourth house goes, and with it half of the three of its branch: too few are left, and it is said that this is reckoned.
        var chosen = await HtmlPage.Get(browser, $"{PlanLinks.Planner}?ask=1&grids=3&even=members&base=today&move={lane.Houses[3]}~{lane.Grids[2]}");
        Assert.Contains("正式党员不够单独成立支部的网格：1个（现在0个）", chosen.Text("[data-plan-sum]"), StringComparison.Ordinal);
        Assert.Contains("正式党员（推算）比平均多出10%以上：第一网格约12名，平均5名", chosen.Text("[data-plan-sum]"), StringComparison.Ordinal);
        Assert.Contains("正式党员：3 → 约2", chosen.Texts("#figures tbody tr")[1], StringComparison.Ordinal);
        Assert.Contains("第二网格约1.5名、第三网格约1.5名", chosen.Text("#members"), StringComparison.Ordinal);
        Assert.Contains("有2栋住着人的楼没有填报党员的支部，按0名算。", chosen.Text("#members"), StringComparison.Ordinal);
        Assert.Contains("第二网格党支部", (await chosen.Click("第二网格党支部")).Title, StringComparison.Ordinal);
        using var book = new MemoryStream(await browser.GetByteArrayAsync(chosen.One("a[href^='/grids/plan/plan.xlsx']").GetAttribute("href"), TestContext.Current.CancellationToken));
        var rows = book.Query(useHeaderRow: true).Cast<IDictionary<string, object>>().ToList();
        Assert.Equal([6d, 6d, 1.5d, 1.5d], rows.Take(4).Select(r => Convert.ToDouble(r["正式党员（按居民数推算）"], System.Globalization.CultureInfo.InvariantCulture)));
        var kept = await (await chosen.Form("#keep form").Fill("Input.Name", "党员方案").Submit()).Follow();
        var words = await Document(browser, kept.Url.Segments[^1]);
        Assert.Contains("3 → 约2（推算）", words, StringComparison.Ordinal);
        Assert.Contains("第二网格按居民数推算正式党员约2名，少于成立党支部要的3名", words, StringComparison.Ordinal);
        Assert.Contains("调整以前：3。", words, StringComparison.Ordinal);
        Assert.Contains("没有填报党员的支部，它的楼按0名算", words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Compactness_IsTheWayFromTheMiddleToTheLastBuilding_AndSaysWhatItIs()
    {
        await using var host = await TestHost.Start(TestDatabase.Sqlite);
        var lane = await host.Hele.Lane();
        var browser = await host.As(TestPeople.Ma);
        // The last four houses stand in one grid, 50 m from each other; its middle is the second or third of them.
        var page = await HtmlPage.Get(browser, $"{PlanLinks.Planner}?ask=1&grids=2&base=today&move={lane.Houses[2]}~{lane.Grids[2]}.{lane.Houses[3]}~{lane.Grids[2]}");
        Assert.Contains("从网格中间走到最后一栋楼，最远的是第三网格，100米", page.Text("[data-plan-sum]"), StringComparison.Ordinal);
        Assert.Equal(["最远走50米", "最远走100米"], page.Texts("#figures a[href='#compact']"));
        Assert.Contains("米数越小越紧凑", page.Text("#compact"), StringComparison.Ordinal);
        Assert.Contains("最远的是", page.Texts(".plan-card")[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Community_WithNoBuildingOnTheMap_HasAPlannerAllTheSame()
    {
        await using var host = await TestHost.Start(TestDatabase.Sqlite);
        var hele = host.Hele;
        var ma = await hele.Viewer(TestPeople.Ma);
        var grid = await hele.Grid(ma, "第一网格", GridSteps.Square(0, 0));
        GridSteps.Ok(await hele.Assign(ma, grid, await hele.Building(ma, await hele.Compound(ma), "1号楼")));
        var browser = await host.As(TestPeople.Ma);
        foreach (var address in new[] { PlanLinks.Planner, PlanLinks.Planner + "?base=today", PlanLinks.Planner + "?ask=1&grids=1&keep=true&even=members" })
            Assert.Contains("第一网格", (await HtmlPage.Get(browser, address)).VisibleText, StringComparison.Ordinal);
        foreach (var address in new[] { PlanLinks.Json, PlanLinks.Json + "?base=today", PlanLinks.GeoJson + "?base=today" })
            Assert.NotEqual("", await browser.GetStringAsync(address, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task SizesAndTheMovingLimit_AreAskedByTheForm_AndSaidWithTheAnswer()
    {
        await using var host = await TestHost.Start(TestDatabase.Sqlite);
        await host.Hele.Lane();
        var browser = await host.As(TestPeople.Ma);
        var page = await (await HtmlPage.Get(browser, PlanLinks.Planner)).Form("#wish form").Fill("Grids", "").Fill("Least", "4").Fill("Most", "8").Fill("Moving", "4").Submit();
        Assert.Contains("至少4户，至多8户", page.Text("#proposals"), StringComparison.Ordinal);
        Assert.Contains("换网格的不超过4户", page.Text("#proposals"), StringComparison.Ordinal);
        // Twelve households in grids of four to eight: two grids, or three.
        foreach (var card in page.Texts(".plan-card"))
            Assert.DoesNotContain("超过要求的至多4户", card, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SeveralErrors_EachNameTheirField_AndAPairNeedsTwoHouses()
    {
        await using var host = await TestHost.Start(TestDatabase.Sqlite);
        var lane = await host.Hele.Lane(streets: false);
        var browser = await host.As(TestPeople.Ma);
        var page = (await (await HtmlPage.Get(browser, PlanLinks.Planner)).Form("#wish form").Fill("Grids", "九").Fill("Least", "500").Fill("Most", "300").Fill("Moving", "x").Fill("apart-a", lane.Houses[2]).Fill("apart-b", lane.Houses[2]).Submit()).Expect(400);
        string[] said = ["网格数填1到60的整数。", "最少的户数不能多于最多的户数。", "换网格的户数填1到100000的整数。", "请选两栋不同的楼。"];
        Assert.Equal(said, page.Texts("#wish .summary li"));
        Assert.Equal(said, page.Texts("#wish .problem"));
        Assert.Equal((lane.Houses[2], lane.Houses[2]), (page.Form("#wish form")["apart-a"], page.Form("#wish form")["apart-b"]));
        page = (await page.Form("#wish form").Fill("Grids", "3").Fill("Least", "0").Fill("Most", "y").Fill("Moving", "").Fill("apart-b", "").Submit()).Expect(400);
        Assert.Equal(["一个网格至少的户数填1到100000的整数。", "一个网格至多的户数填1到100000的整数。", "请选两栋不同的楼。"], page.Texts("#wish .summary li"));
    }

    [Fact]
    public async Task Branches_OfBuildings_AndTheirMembers_FollowThePlan()
    {
        await using var host = await TestHost.Start(TestDatabase.Sqlite);
        var hele = host.Hele;
        var lane = await hele.Lane();
        await hele.Body(lane.Ma, BodyKind.PartyCommittee, "社区党委");
        await hele.Body(lane.Ma, BodyKind.GridBranch, "第一网格第一党支部", buildings: [lane.Houses[0], lane.Houses[1]]);
        GridSteps.Ok(await hele.Establish(lane.Ma, BodyKind.GridBranch, "第二网格党支部", [lane.Grids[1]], members: 3));
        var browser = await host.As(TestPeople.Ma);
        var today = (await HtmlPage.Get(browser, PlanLinks.Planner)).Texts("#today tbody tr");
        Assert.Contains("第一网格第一党支部", today[0], StringComparison.Ordinal);
        Assert.Contains("支部填报正式党员12名", today[0], StringComparison.Ordinal);
        Assert.Contains("没有登记，不能判断", today[2], StringComparison.Ordinal);

        // The second house goes to the second grid with half of the people of its branch; the fourth to the third, and leaves its branch's other house behind.
        var page = await HtmlPage.Get(browser, $"{PlanLinks.Planner}?base=today&move={lane.Houses[1]}~{lane.Grids[1]}");
        var rows = page.Texts("#figures tbody tr");
        Assert.Contains("按居民数推算，正式党员约6名", rows[0], StringComparison.Ordinal);
        Assert.Contains("按居民数推算，正式党员约9名", rows[1], StringComparison.Ordinal);
        Assert.Contains("第一网格第一党支部→第二网格党支部", page.Text("#flows"), StringComparison.Ordinal);
        Assert.Contains("第一网格第一党支部的楼分在第一网格、第二网格", page.Text("[data-plan-sum]"), StringComparison.Ordinal);
        page = await HtmlPage.Get(browser, $"{PlanLinks.Planner}?base=today&move={lane.Houses[3]}~{lane.Grids[2]}");
        Assert.Contains("按居民数推算，正式党员约2名，少于3名", page.Texts("#figures tbody tr")[1], StringComparison.Ordinal);
        Assert.Contains("正式党员不够单独成立支部的网格：1个（现在0个）", page.Text("[data-plan-sum]"), StringComparison.Ordinal);

        var torn = await hele.KeepPlan(lane.Ma, lane.With((1, lane.Grids[1]), (3, lane.Grids[2])));
        var words = await Document(browser, torn);
        Assert.Contains("第一网格第一党支部的楼分在第一网格、第二网格", words, StringComparison.Ordinal);
        Assert.DoesNotContain("第一网格能不能单独成立党支部", words, StringComparison.Ordinal);
        Assert.Contains("约6（推算）", words, StringComparison.Ordinal);
        // A grid that closes leaves its branch for its houses with nothing to be the branch of.
        var closing = await hele.KeepPlan(lane.Ma, lane.With((0, lane.Grids[1]), (1, lane.Grids[1])), "并网格");
        Assert.Contains("第一网格第一党支部", (await HtmlPage.Get(browser, PlanLinks.Kept(closing))).Text("#in-the-way"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnAdoptedPlan_SpeaksOfBeforeAndAfter_NamesTheBranchesOfThatDay_AndLeadsToItsNewGrid()
    {
        await using var host = await TestHost.Start(TestDatabase.Sqlite);
        var hele = host.Hele;
        var lane = await hele.Lane();
        await hele.Body(lane.Ma, BodyKind.PartyCommittee, "社区党委");
        var branch = await hele.Body(lane.Ma, BodyKind.GridBranch, "第一网格党支部", [lane.Grids[0]]);
        var plan = await hele.KeepPlan(lane.Ma, lane.With((1, PlanCut.New(1))));
        GridSteps.Ok(await hele.Adopt(lane.Ma, plan, names: ["东头网格"]));
        GridSteps.Ok(await hele.Dissolve(lane.Ma, branch));
        var browser = await host.As(TestPeople.Ma);
        var page = await HtmlPage.Get(browser, PlanLinks.Kept(plan));
        Assert.DoesNotContain("现在", page.Text(".plan-paper"), StringComparison.Ordinal);
        Assert.Contains("（调整以前100%）", page.Text(".plan-said"), StringComparison.Ordinal);
        Assert.Contains("户数：以前→以后", page.Text("#figures"), StringComparison.Ordinal);
        Assert.Contains("第一网格党支部", page.Text("#figures"), StringComparison.Ordinal);
        Assert.Contains("第一网格党支部→", page.Text("#flows"), StringComparison.Ordinal);
        Assert.Contains("东头网格", (await page.Click("东头网格")).Title, StringComparison.Ordinal);
    }
}
