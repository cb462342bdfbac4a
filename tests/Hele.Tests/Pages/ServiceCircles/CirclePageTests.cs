using System.Net;
using System.Text.Json;
using Hele.Civic.Grids;
using Hele.Civic.Kernel;
using Hele.Civic.ServiceCircles;
using Hele.Planning.Streets;
using Hele.TestKit;
using Hele.Tests.Platform;
using Hele.Tests.Organizations;
using Hele.Tests.Grids;
using Hele.Tests.ServiceCircles;
using Hele.Web.Pages.ServiceCircles;
using Microsoft.EntityFrameworkCore;
using MiniExcelLibs;
using Xunit;

namespace Hele.Tests.Pages.ServiceCircles;

/// <summary>The walking map and what it rests on, as the committee enters it and everybody else sees it.</summary>
public class CirclePageTests
{
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task FromNothing_StreetsPointAndReading_ByTheFormsAlone(TestDatabase kind)
    {
        await using var host = await TestHost.Start(kind);
        var hele = host.Hele;
        var browser = await host.As(TestPeople.Ma);
        Assert.Contains("还没有街道图", (await HtmlPage.Get(browser, CircleLinks.Walk)).VisibleText, StringComparison.Ordinal);
        var ma = await hele.Viewer(TestPeople.Ma);
        var house = await hele.Building(ma, await hele.Compound(ma), "1号楼", CircleSteps.At(0, 0));
        GridSteps.Ok(await hele.MoveIn(ma, house, "302", await hele.CodeOf(TestPeople.Liu)));

        // What was typed stays when the file has no streets; then the lane.
        var refused = await Upload(browser, "很多字", "社区自测"u8.ToArray());
        Assert.Contains("没有能走的路", refused.Expect(400).Problems[0], StringComparison.Ordinal);
        Assert.Equal("很多字", refused.Form("main form")["Input.Name"]);
        (await Upload(browser, "自测的路", CircleSteps.Lane)).ExpectRedirect(CircleLinks.Streets);
        var streets = await HtmlPage.Get(browser, CircleLinks.Streets);
        Assert.Contains("自测的路", streets.VisibleText, StringComparison.Ordinal);
        Assert.Contains("0.5公里", streets.VisibleText, StringComparison.Ordinal);

        var point = (await HtmlPage.Get(browser, CircleLinks.NewPoint)).Form("main form").Fill("Input.Name", "党群服务站").Fill("Input.Kind", "party-station").Fill("Input.Phone", "0372-5550100").Fill("Input.Position", CircleSteps.At(500, 0));
        var none = (await point.Submit()).Expect(400);
        Assert.Contains("至少填一段", none.VisibleText, StringComparison.Ordinal);
        Assert.Equal("党群服务站", none.Form("main form")["Input.Name"]);
        var odd = (await none.Form("main form").Fill("Input.Hours.Spans[0].Days", "work").Fill("Input.Hours.Spans[0].From", "8点半").Fill("Input.Hours.Spans[0].To", "17:30").Submit()).Expect(400);
        Assert.Contains("没有填全", odd.VisibleText, StringComparison.Ordinal);
        Assert.Equal("8点半", odd.Form("main form")["Input.Hours.Spans[0].From"]);
        var opened = await (await odd.Form("main form").Fill("Input.Hours.Spans[0].From", "8:30").Submit()).ExpectRedirect(CircleLinks.Points).Follow();
        Assert.Contains("星期一至星期五 08:30–17:30", opened.VisibleText, StringComparison.Ordinal);

        var map = await HtmlPage.Get(browser, CircleLinks.Walk);
        Assert.Contains("成人，每秒1.1米，星期三 10:00，10分钟以内", map.VisibleText, StringComparison.Ordinal);
        Assert.Contains("走得到的住户：1户，共1户（100%）", map.VisibleText, StringComparison.Ordinal);
        Assert.Contains("7分35秒", map.Text("#buildings"), StringComparison.Ordinal);
        var older = await HtmlPage.Get(browser, CircleLinks.Walk + "?group=older&day=2&time=09:30");
        Assert.Contains("老年人，每秒0.8米，星期二 09:30", older.VisibleText, StringComparison.Ordinal);
        Assert.Contains("太远", older.Text("#buildings"), StringComparison.Ordinal);
        Assert.Contains("10分25秒", older.Text("#buildings"), StringComparison.Ordinal);
        var uncovered = await HtmlPage.Get(browser, CircleLinks.Uncovered + "?group=older");
        Assert.Contains("柳荫路12号院1号楼", uncovered.VisibleText, StringComparison.Ordinal);
        Assert.Contains("302", uncovered.VisibleText, StringComparison.Ordinal);

        (await (await HtmlPage.Get(browser, CircleLinks.Readings)).Form("#record form").Submit()).ExpectRedirect(CircleLinks.Readings);
        Assert.Contains("星期三 10:00", (await HtmlPage.Get(host.Browser(), CircleLinks.Readings)).VisibleText, StringComparison.Ordinal);
        Assert.Contains("老年人（每秒0.8米）：没有走得到，不到10户走不到", (await HtmlPage.Get(host.Browser(), CircleLinks.Readings)).VisibleText, StringComparison.Ordinal);
        Assert.Contains("成人（每秒1.1米）：1户走得到，0户走不到", (await HtmlPage.Get(browser, CircleLinks.Readings)).VisibleText, StringComparison.Ordinal);
        Assert.Contains("步行10分钟内能联系上党组织或者党群志愿者的住户1户", (await HtmlPage.Get(browser, "/report?period=2026-Q4")).VisibleText, StringComparison.Ordinal);

        // Out of everybody's reach: the report names the pace of either.
        var far = await hele.Building(ma, await hele.Compound(ma, "柳荫路90号院"), "9号楼", CircleSteps.At(-110, 0));
        for (var i = 0; i < 25; i++)
            GridSteps.Ok(await hele.MoveIn(ma, far, $"{i + 101}", await hele.Somebody($"住户{i}")));
        GridSteps.Ok(await hele.Get<ClosePoint>().Run(ma, ma.Keep(), new((await hele.Read(db => db.Set<Hele.Civic.ServiceCircles.ServicePoint>().SingleAsync())).PublicCode)));
        // The same hour a second time on one day is asked twice.
        (await (await (await HtmlPage.Get(browser, CircleLinks.Readings)).Form("#record form").Submit()).Expect(409).Form("#record form").Submit()).ExpectRedirect(CircleLinks.Readings);
        Assert.Contains("让星期三 10:00按成人每秒走1.1米、步行10分钟内还联系不上的26户，按老年人每秒走0.8米还联系不上的", (await HtmlPage.Get(browser, "/report?period=2026-Q4")).VisibleText, StringComparison.Ordinal);

        // The list goes by pages of twenty.
        var list = await HtmlPage.Get(browser, CircleLinks.Uncovered);
        Assert.Contains("共26户", list.VisibleText, StringComparison.Ordinal);
        Assert.Equal(20, list.Document.QuerySelectorAll("tbody tr").Length);
        var rest = await list.Click("下一页");
        Assert.Equal(6, rest.Document.QuerySelectorAll("tbody tr").Length);
        Assert.Equal(20, (await rest.Click("上一页")).Document.QuerySelectorAll("tbody tr").Length);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Public_SeesPointsAndBuildings_AndNothingOfWhoHelpsOrHowManyLiveWhere(TestDatabase kind)
    {
        await using var host = await TestHost.Start(kind);
        var hele = host.Hele;
        var ma = await hele.Viewer(TestPeople.Ma);
        var building = await hele.Building(ma, await hele.Compound(ma), "1号楼", CircleSteps.At(0, 0));
        GridSteps.Ok(await hele.Assign(ma, await hele.Grid(ma, "第一网格", GridSteps.Square(-50, -50)), building));
        GridSteps.Ok(await hele.MoveIn(ma, building, "302", await hele.CodeOf(TestPeople.Chen)));
        GridSteps.Ok(await hele.AddStreets(ma, CircleSteps.File([(0, 0), (2000, 0)])));
        await hele.Point(ma, CircleSteps.At(1900, 0));
        GridSteps.Ok(await hele.Helper(ma, await hele.CodeOf(TestPeople.Chen)));

        var anybody = host.Browser();
        var near = await HtmlPage.Get(anybody, CircleLinks.Near + "?building=" + building);
        Assert.Contains("附近有愿意帮忙的邻居", near.VisibleText, StringComparison.Ordinal);
        Assert.Contains("0372-5550101", near.VisibleText, StringComparison.Ordinal);
        foreach (var path in new[] { CircleLinks.Walk, CircleLinks.Walk + "?helpers=true", CircleLinks.Near + "?building=" + building, CircleLinks.Points, CircleLinks.Json + "?helpers=true", CircleLinks.GeoJson + "?helpers=true", CircleLinks.StreetLines, CircleLinks.Readings })
        {
            var shown = await anybody.GetStringAsync(path, TestContext.Current.CancellationToken);
            Assert.DoesNotContain("陈静", shown, StringComparison.Ordinal);
            Assert.DoesNotContain("走得到的住户", shown, StringComparison.Ordinal);
        }
        using var answer = JsonDocument.Parse(await anybody.GetStringAsync(CircleLinks.Json + "?helpers=true", TestContext.Current.CancellationToken));
        Assert.Equal("no", answer.RootElement.GetProperty("houses")[0].GetProperty("state").GetString());
        Assert.Equal(0, answer.RootElement.GetProperty("helpers").GetArrayLength());
        using var geo = JsonDocument.Parse(await anybody.GetStringAsync(CircleLinks.GeoJson, TestContext.Current.CancellationToken));
        Assert.Equal(10, geo.RootElement.GetProperty("basis").GetProperty("limitMinutes").GetInt32());
        Assert.Equal(JsonValueKind.Null, geo.RootElement.GetProperty("features").EnumerateArray().Single(f => f.GetProperty("properties").GetProperty("kind").GetString() == "building").GetProperty("properties").GetProperty("households").ValueKind);
        Assert.Equal(HttpStatusCode.Redirect, (await anybody.GetAsync(CircleLinks.Uncovered, TestContext.Current.CancellationToken)).StatusCode);
        // Staff who keep households see who helps, and that the house is within reach of them.
        using var staff = JsonDocument.Parse(await (await host.As(TestPeople.Ma)).GetStringAsync(CircleLinks.Json + "?helpers=true", TestContext.Current.CancellationToken));
        Assert.Equal(("help", "陈静"), (staff.RootElement.GetProperty("houses")[0].GetProperty("state").GetString(), staff.RootElement.GetProperty("helpers")[0].GetProperty("name").GetString()));

        // The box on the page says the same as the address.
        var asked = (await HtmlPage.Get(await host.As(TestPeople.Ma), CircleLinks.Walk)).Form("form.filters");
        var found = await asked.Check("Helpers").Submit();
        Assert.Contains("10分钟以内，就近帮忙的人也算", found.VisibleText, StringComparison.Ordinal);
        Assert.Contains("走得到的住户：1户，共1户（100%）", found.VisibleText, StringComparison.Ordinal);

        // What a reading counted is told everybody to the nearest ten, and not at all below; whoever tries changes sees the numbers.
        GridSteps.Ok(await hele.Reading(ma));
        Assert.Equal([["成人", "每秒1.1米", "不到10户", "没有"], ["老年人", "每秒0.8米", "不到10户", "没有"], ["儿童", "每秒0.8米", "不到10户", "没有"], ["坐轮椅的人（不走台阶）", "每秒0.7米", "不到10户", "没有"]], Households(await HtmlPage.Get(anybody, CircleLinks.Walk)));
        Assert.Equal(["成人", "每秒1.1米", "1户", "0户"], Households(await HtmlPage.Get(await host.As(TestPeople.Ma), CircleLinks.Walk))[0]);

        static List<string[]> Households(HtmlPage page) => [.. page.Document.QuerySelectorAll("#households tbody tr").Select(r => r.Children.Select(c => c.TextContent.Trim()).ToArray())];
    }

    [Fact]
    public async Task Trial_StandsInTheAddress_AndLeadsToTheRegister()
    {
        await using var host = await TestHost.Start(TestDatabase.Sqlite);
        var hele = host.Hele;
        var ma = await hele.Viewer(TestPeople.Ma);
        var house = await hele.Building(ma, await hele.Compound(ma), "1号楼", CircleSteps.At(0, 0));
        GridSteps.Ok(await hele.MoveIn(ma, house, "302", await hele.CodeOf(TestPeople.Liu)));
        GridSteps.Ok(await hele.AddStreets(ma, CircleSteps.File([(0, 0), (2000, 0)])));
        var point = await hele.Point(ma, CircleSteps.At(2000, 0));
        var browser = await host.As(TestPeople.Ma);
        var page = await HtmlPage.Get(browser, CircleLinks.Walk);
        Assert.Contains("走不到的住户：1户", page.VisibleText, StringComparison.Ordinal);
        Assert.Contains("柳荫路12号院1号楼旁边：多1户走得到（1栋）", page.Text("#try"), StringComparison.Ordinal);
        var address = $"{CircleLinks.Walk}?move={point}&to={Uri.EscapeDataString(CircleSteps.At(500, 0))}";
        var tried = await HtmlPage.Get(browser, address);
        Assert.Contains("试算：比现在多1户（1栋），少0户（0栋）；现在走得到的是0户。", tried.VisibleText, StringComparison.Ordinal);
        // From the trial into the form, which begins with the place that was tried.
        var form = (await tried.Click("把这个位置写进登记")).Form("main form");
        Assert.Equal(CircleSteps.At(500, 0), form["Input.Position"]);
        (await form.Submit()).ExpectRedirect(CircleLinks.Points);
        Assert.Equal(CircleSteps.Place(500, 0), (await hele.Read(db => db.Set<Hele.Civic.ServiceCircles.ServicePoint>().SingleAsync())).At);
        // What can't be read stays in its field, which says so; nothing is tried.
        foreach (var (query, field, told) in new[] { ($"move={point}&to=abc", "To", "位置要写经度和纬度"), ($"move={point}&to=36.1 114.3", "To", "位置要写经度和纬度"), ($"move={point}&to=", "To", "位置要写经度和纬度"), ($"move=&to={CircleSteps.At(500, 0)}", "Move", "选一个要移动的服务点") })
        {
            var odd = await HtmlPage.Get(browser, $"{CircleLinks.Walk}?{query}", 400);
            Assert.Contains(told, odd.Text($"#{field}_problem"), StringComparison.Ordinal);
            Assert.Contains(told, odd.Text(".summary[role=alert]"), StringComparison.Ordinal);
            Assert.Equal("true", odd.Document.QuerySelector($"#{field}")!.GetAttribute("aria-invalid"));
            Assert.Equal(query.Split("to=")[1], odd.Form("#try form")["To"]);
            Assert.DoesNotContain("试算：", odd.VisibleText, StringComparison.Ordinal);
        }

        // Read from another map it is tried where that map means, and shown as this one says it; a point that isn't there is none to move.
        foreach (var datum in new[] { Datum.Gcj02, Datum.Bd09 })
        {
            var there = CircleSteps.Place(500, 0).In(datum);
            var typed = await HtmlPage.Get(browser, $"{CircleLinks.Walk}?Move={point}&To={CircleAddress.Place(there)}&Datum={datum}");
            Assert.Contains("试算：和现在一样", typed.VisibleText, StringComparison.Ordinal);
            Assert.Equal((point, CircleSteps.At(500, 0), "Wgs84"), (typed.Form("#try form")["Move"], typed.Form("#try form")["To"], typed.Form("#try form")["Datum"]));
        }
        var gone = await HtmlPage.Get(browser, $"{CircleLinks.Walk}?move={PublicCode.New().Text}&to={CircleSteps.At(500, 0)}", 400);
        Assert.Contains("选一个要移动的服务点", gone.Text("#Move_problem"), StringComparison.Ordinal);
        Assert.DoesNotContain("试算：", gone.VisibleText, StringComparison.Ordinal);

        // The same trial asked of somebody else and at another hour.
        var added = $"{address}&close={point}&add={Uri.EscapeDataString(CircleSteps.At(500, 0))}&add={Uri.EscapeDataString(CircleSteps.At(300, 0))}";
        var older = (await (await HtmlPage.Get(browser, added)).Form("form.filters").Fill("Group", "older").Fill("Time", "11:00").Submit()).Expect(200);
        Assert.Contains("老年人，每秒0.8米，星期三 11:00", older.VisibleText, StringComparison.Ordinal);
        Assert.Contains("试算：比现在", older.VisibleText, StringComparison.Ordinal);
        Assert.Equal([point, CircleSteps.At(500, 0), point, CircleSteps.At(500, 0), CircleSteps.At(300, 0)], older.Document.QuerySelectorAll("[data-walk-tried] input").Select(i => i.GetAttribute("value")));

        // A file says of each point that is tried what was done with it.
        using var geo = JsonDocument.Parse(await browser.GetStringAsync(CircleLinks.GeoJson + $"?close={point}&add={Uri.EscapeDataString(CircleSteps.At(500, 0))}", TestContext.Current.CancellationToken));
        Assert.Equal([("党群服务站", "closed"), ("试加的点", "added")], geo.RootElement.GetProperty("features").EnumerateArray().Select(f => f.GetProperty("properties")).Where(p => p.GetProperty("kind").GetString() == "point").Select(p => (p.GetProperty("name").GetString(), p.GetProperty("trial").GetString())));
        using var moved = JsonDocument.Parse(await browser.GetStringAsync(CircleLinks.GeoJson + address[CircleLinks.Walk.Length..], TestContext.Current.CancellationToken));
        Assert.Equal("moved", moved.RootElement.GetProperty("features")[0].GetProperty("properties").GetProperty("trial").GetString());

        // A place without a street isn't one where nobody answers.
        var cut = await HtmlPage.Get(browser, $"{CircleLinks.Walk}?move={point}&to={Uri.EscapeDataString(CircleSteps.At(500, 400))}");
        Assert.Contains("附近没有路", cut.Text("#service-points tbody tr"), StringComparison.Ordinal);
        Assert.DoesNotContain("这时没人", cut.Text("#service-points tbody tr"), StringComparison.Ordinal);
        Assert.Contains("没有一个服务点能算", cut.VisibleText, StringComparison.Ordinal);

        // In the evening nobody is there; what if somebody were.
        await hele.Point(ma, CircleSteps.At(100, 0), CircleSteps.Office, "上班时间的点");
        var evening = await HtmlPage.Get(browser, CircleLinks.Walk + "?time=20:00&close=" + point);
        Assert.Contains("走得到的住户：0户", evening.VisibleText, StringComparison.Ordinal);
        var opened = await evening.Click("这时有人会怎样");
        Assert.Contains("走得到的住户：1户", opened.VisibleText, StringComparison.Ordinal);
        Assert.Contains("试算：这时有人", opened.Text("#service-points"), StringComparison.Ordinal);
        Assert.Equal(["close", "open"], opened.Document.QuerySelectorAll("[data-walk-tried] input").Select(i => i.GetAttribute("name")));

        // A resident's address tries nothing, and an odd one is as usual.
        var resident = await HtmlPage.Get(await host.As(TestPeople.Liu), address);
        Assert.DoesNotContain("试算", resident.VisibleText, StringComparison.Ordinal);
        Assert.Contains("成人，每秒1.1米，星期三 10:00", (await HtmlPage.Get(browser, CircleLinks.Walk + "?group=dog&day=9&time=25:99&add=,&close=?")).VisibleText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Near_BeginsWithNowAndOnesOwnBuilding_AndSaysWhoOpensNextWhenNobodyAnswers()
    {
        // A Friday evening.
        await using var host = await TestHost.Start(TestDatabase.Sqlite, from: China.At(new DateOnly(2026, 10, 30), new TimeOnly(21, 7)));
        var hele = host.Hele;
        var ma = await hele.Viewer(TestPeople.Ma);
        var compound = await hele.Compound(ma);
        var house = await hele.Building(ma, compound, "1号楼", CircleSteps.At(0, 20));
        await hele.Building(ma, compound, "2号楼", CircleSteps.At(100, 0));
        GridSteps.Ok(await hele.Assign(ma, await hele.Grid(ma, "第一网格", GridSteps.Square(-50, -50)), house));
        GridSteps.Ok(await hele.MoveIn(ma, house, "302", await hele.CodeOf(TestPeople.Liu)));
        GridSteps.Ok(await hele.AddStreets(ma, CircleSteps.Lane));
        await hele.Point(ma, CircleSteps.At(100, 0), CircleSteps.Office, "工作日的点");
        await hele.Point(ma, CircleSteps.At(500, 30), new(false, [new([6], new(9, 0), new(11, 0))]), "周末的远点");
        await hele.Point(ma, CircleSteps.At(400, 0), new(false, [new([6], new(9, 0), new(17, 0))]), "周末的点");

        // Whoever isn't known chooses a building first.
        var anybody = await HtmlPage.Get(host.Browser(), CircleLinks.Near);
        Assert.Equal(("", "5", "21:07"), (anybody.Form("form.filters")["Building"], anybody.Form("form.filters")["Day"], anybody.Form("form.filters")["Time"]));
        var own = await HtmlPage.Get(await host.As(TestPeople.Liu), CircleLinks.Near);
        Assert.Equal(house, own.Form("form.filters")["Building"]);
        Assert.Contains("成人，每秒1.1米，星期五 21:07，10分钟以内", own.VisibleText, StringComparison.Ordinal);
        Assert.Contains("接下来最早有人的点里，周末的点最近，星期六 09:00开始有人。", own.VisibleText, StringComparison.Ordinal);
        Assert.Contains("星期六 09:00–17:00", own.VisibleText, StringComparison.Ordinal);
        Assert.Contains("0372-5550100", own.VisibleText, StringComparison.Ordinal);
        Assert.Contains("0372-5550101", own.VisibleText, StringComparison.Ordinal);
        Assert.Equal(["从楼门口到路上，约20米", "左转，街1，约400米"], own.Texts("ol.legs li"));

        // From the map one comes with its hour.
        var shown = await (await HtmlPage.Get(host.Browser(), CircleLinks.Walk)).Click("柳荫路12号院1号楼");
        Assert.Contains("星期三 10:00", shown.VisibleText, StringComparison.Ordinal);
        Assert.Contains("工作日的点", shown.VisibleText, StringComparison.Ordinal);
        var far = (await hele.Query<CircleQueries, NearbyAnswer?>(async q => await q.Near(await hele.Here(), house, new(WalkerGroup.Adult, new(6, 10)))))!;
        Assert.Equal((2, "周末的点", true), (far.Points.Count, far.First!.Name, far.Next is null));
    }

    [Fact]
    public async Task Buildings_ThatAreReached_StandBelowAndFolded_AndTheCountsAbove()
    {
        await using var host = await TestHost.Start(TestDatabase.Sqlite);
        var hele = host.Hele;
        var ma = await hele.Viewer(TestPeople.Ma);
        var compound = await hele.Compound(ma);
        for (var i = 0; i < 22; i++)
            await hele.Building(ma, compound, $"{i + 1}号楼", CircleSteps.At(i == 0 ? 1900 : i * 10, 0));
        GridSteps.Ok(await hele.AddStreets(ma, CircleSteps.File([(0, 0), (2000, 0)])));
        var point = await hele.Point(ma, CircleSteps.At(0, 0));
        GridSteps.Ok(await hele.Reading(ma));
        var page = await HtmlPage.Get(host.Browser(), CircleLinks.Walk);
        Assert.Equal(["柳荫路12号院1号楼"], page.Texts("#buildings > .table-wrap tbody th"));
        Assert.Equal(21, page.Document.QuerySelectorAll("#reached tbody tr").Length);
        Assert.False(page.Document.QuerySelector("#reached")!.HasAttribute("open"));
        Assert.True(page.Document.QuerySelector("#households")!.CompareDocumentPosition(page.Document.QuerySelector("#buildings")!).HasFlag(AngleSharp.Dom.DocumentPositions.Following));
        // What a trial changes is never folded away.
        var tried = await HtmlPage.Get(await host.As(TestPeople.Ma), $"{CircleLinks.Walk}?move={point}&to={Uri.EscapeDataString(CircleSteps.At(1500, 0))}");
        Assert.Equal(22, tried.Document.QuerySelectorAll("#buildings > .table-wrap tbody tr").Length);
        Assert.Null(tried.Document.QuerySelector("#reached"));
        // The map's box has a name, and what is reached differs by more than its colour.
        Assert.Equal(("group", "步行圈地图；同样的内容在下面的表里。"), (tried.Document.QuerySelector(".map-box")!.GetAttribute("role"), tried.Document.QuerySelector(".map-box")!.GetAttribute("aria-label")));
        Assert.Equal((1, 21), (tried.Document.QuerySelectorAll("svg .change.gained").Length, tried.Document.QuerySelectorAll("svg .change.lost").Length));
        Assert.NotNull(tried.Document.QuerySelector("svg circle.point.tried"));
    }

    [Fact]
    public async Task Files_SayWhatThePageSays()
    {
        await using var host = await TestHost.Start(TestDatabase.Sqlite);
        var hele = host.Hele;
        var ma = await hele.Viewer(TestPeople.Ma);
        await hele.Building(ma, await hele.Compound(ma), "1号楼", CircleSteps.At(0, 0));
        GridSteps.Ok(await hele.AddStreets(ma, CircleSteps.Lane));
        await hele.Point(ma, CircleSteps.At(500, 0));
        using var book = new MemoryStream(await host.Browser().GetByteArrayAsync(CircleLinks.List + "?group=older", TestContext.Current.CancellationToken));
        var rows = book.Query(useHeaderRow: true).Cast<IDictionary<string, object>>().ToList();
        Assert.Equal(("柳荫路12号院1号楼", 625d, "太远"), ((string)rows[0]["楼栋"], Convert.ToDouble(rows[0]["走到最近的点（秒）"], System.Globalization.CultureInfo.InvariantCulture), (string)rows[0]["结果"]));
        Assert.DoesNotContain("户数", rows[0].Keys);
    }

    /// <summary>Whatever map a place was read from, it lies where it is.</summary>
    [Theory]
    [InlineData(Datum.Gcj02)]
    [InlineData(Datum.Bd09)]
    public async Task Positions_OfAnotherMap_AreKeptWhereTheyAre_AndShownAsItNeedsThem(Datum datum)
    {
        await using var host = await TestHost.Start(TestDatabase.Sqlite);
        var hele = host.Hele;
        var ma = await hele.Viewer(TestPeople.Ma);
        var compound = await hele.Compound(ma);
        var browser = await host.As(TestPeople.Ma);
        string There(double east, double north) => CircleAddress.Place(CircleSteps.Place(east, north).In(datum));
        Assert.InRange(Away(CircleSteps.Place(0, 0), CircleSteps.Place(0, 0).In(datum)), 100, 1500);

        // Streets, a building, a point, a footpath and a grid, all from that map.
        var lane = System.Text.Encoding.UTF8.GetBytes($$$"""{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"highway":"residential"},"geometry":{"type":"LineString","coordinates":[[{{{There(0, 0).Replace(' ', ',')}}}],[{{{There(500, 0).Replace(' ', ',')}}}]]}}]}""");
        (await Upload(browser, "别的图", lane, datum)).ExpectRedirect(CircleLinks.Streets);
        var house = (await HtmlPage.Get(browser, "/buildings/new?compound=" + compound)).Form("main form").Fill("Input.Name", "1号楼").Fill("Input.Position", "很远 很远").Fill("Input.Datum", datum.ToString());
        var odd = (await house.Submit()).Expect(400).Form("main form");
        Assert.Equal(("很远 很远", datum.ToString()), (odd["Input.Position"], odd["Input.Datum"]));
        var building = await (await odd.Fill("Input.Position", There(0, 0)).Submit()).ExpectRedirect("/buildings/*").Follow();
        (await (await HtmlPage.Get(browser, CircleLinks.NewPoint)).Form("main form").Fill("Input.Name", "党群服务站").Fill("Input.Kind", "party-station").Check("Input.Hours.Always").Fill("Input.Position", There(500, 0).Replace(' ', ',')).Fill("Input.Datum", datum.ToString()).Submit())
            .ExpectRedirect(CircleLinks.Points);
        (await (await HtmlPage.Get(browser, CircleLinks.NewCorrection)).Form("main form").Fill("Input.Kind", "Footpath").Fill("Input.Name", "小路").Fill("Input.Line", $"{There(250, 0)}; {There(250, 90)}").Fill("Input.Datum", datum.ToString()).Submit()).ExpectRedirect(CircleLinks.Streets);
        (await (await HtmlPage.Get(browser, "/grids/new")).Form("main form").Fill("Input.Name", "第一网格").Fill("Input.Outline", $"{There(-50, -50)}; {There(550, -50)}; {There(550, 50)}; {There(-50, 50)}").Fill("Input.Datum", datum.ToString()).Submit()).ExpectRedirect("/grids/*");

        Assert.InRange(Away(CircleSteps.Place(0, 0), (await hele.Read(db => db.Set<Hele.Civic.Grids.Building>().SingleAsync())).At!.Value), 0, 1);
        Assert.InRange(Away(CircleSteps.Place(500, 0), (await hele.Read(db => db.Set<Hele.Civic.ServiceCircles.ServicePoint>().SingleAsync())).At), 0, 1);
        Assert.Equal([0, 0], StreetLine.Read((await hele.Read(db => db.Set<StreetCorrection>().SingleAsync())).Line)!.Zip([CircleSteps.Place(250, 0), CircleSteps.Place(250, 90)], (a, b) => (int)Away(a, b)));
        Assert.InRange(Geo.EllipsoidSquareMetres((await hele.Query<GridQueries, IReadOnlyList<GridLine>>(q => q.Grids())).Single().Outline!), 59_700, 60_300);
        Assert.Equal(455, (await hele.Ask(ma)).Buildings.Single().Seconds!.Value, 1.0);

        // Told again, as each map's search takes it; and as a file for that map.
        var place = CircleSteps.Place(500, 0).Text(datum);
        Assert.Contains(CircleSteps.Place(0, 0).Text(datum)[..10], (await HtmlPage.Get(browser, building.Url.ToString())).Text(".facts"), StringComparison.Ordinal);
        Assert.Contains(place[..10], (await HtmlPage.Get(host.Browser(), CircleLinks.Near + "?building=" + (await hele.Ask(ma)).Buildings.Single().Code + "&day=3&time=10:00")).Text(".facts"), StringComparison.Ordinal);
        var map = await HtmlPage.Get(browser, CircleLinks.Walk);
        using var file = JsonDocument.Parse(await browser.GetStringAsync(map.Document.QuerySelectorAll("#geojson a").Select(a => a.GetAttribute("href")!).Single(h => h.EndsWith("system=" + CircleAddress.Name(datum), StringComparison.Ordinal)), TestContext.Current.CancellationToken));
        Assert.Equal(CircleAddress.Name(datum), file.RootElement.GetProperty("basis").GetProperty("datum").GetString());
        var features = file.RootElement.GetProperty("features").EnumerateArray().ToList();
        var shown = features[0].GetProperty("geometry").GetProperty("coordinates").EnumerateArray().Select(n => n.GetDouble()).ToList();
        Assert.InRange(Away(CircleSteps.Place(500, 0).In(datum), Position.Of(shown[0], shown[1])), 0, 1);
        // The zone lies around the point of the same file.
        var corner = features[^1].GetProperty("geometry").GetProperty("coordinates")[0][0][0].EnumerateArray().Select(n => n.GetDouble()).ToList();
        Assert.InRange(Away(CircleSteps.Place(250, 0).In(datum), Position.Of(corner[0], corner[1])), 0, 350);
    }

    [Fact]
    public async Task Gate_AlwaysShutAndAlwaysOpen_IsAsked_AndTakingAwayIsAskedBefore()
    {
        await using var host = await TestHost.Start(TestDatabase.Sqlite);
        var hele = host.Hele;
        var ma = await hele.Viewer(TestPeople.Ma);
        GridSteps.Ok(await hele.AddStreets(ma, CircleSteps.Lane));
        var browser = await host.As(TestPeople.Ma);
        var form = (await HtmlPage.Get(browser, CircleLinks.NewCorrection)).Form("main form").Fill("Input.Kind", "Gate").Fill("Input.Name", "北门").Fill("Input.Line", CircleSteps.At(250, 0)).Check("Input.Shut").Check("Input.Hours.Always");
        var both = (await form.Submit()).Expect(400);
        Assert.Contains("只能选一个", both.Text("#Input_Shut_problem"), StringComparison.Ordinal);
        (await both.Form("main form").Check("Input.Shut", false).Submit()).ExpectRedirect(CircleLinks.Streets);
        var streets = await HtmlPage.Get(browser, CircleLinks.Streets);
        // What it does is said where the button is, and the button only comes when one asks for it.
        Assert.All(streets.Document.QuerySelectorAll("td button"), b => Assert.False(b.Closest("details")!.HasAttribute("open")));
        (await streets.Form("form[action='?handler=Correction']").Submit()).ExpectRedirect(CircleLinks.Streets);
        Assert.Empty(await hele.Read(db => db.Set<StreetCorrection>().Where(c => c.To == null).ToListAsync()));
    }

    private static double Away(Position a, Position b) => Ground.Metres(new(a.Lat, a.Lon), new(b.Lat, b.Lon));

    private static async Task<HtmlPage> Upload(HttpClient browser, string name, byte[] bytes, Datum datum = Datum.Wgs84) =>
        await (await HtmlPage.Get(browser, CircleLinks.NewMap)).Form("main form").Fill("Input.Name", name).Fill("Input.Source", "社区自测").Fill("Input.Datum", datum.ToString()).Attach("Input.File", "streets.geojson", bytes, "application/geo+json").Submit();
}
