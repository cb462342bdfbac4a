using System.Text;
using System.Text.RegularExpressions;
using Hele.Civic.Grids;
using Hele.Civic.Kernel;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Storage;
using Hele.Civic.ServiceCircles;
using Hele.TestKit;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Hele.BrowserTests;

/// <summary>
/// A lane of five hundred metres to the point and a limit of ten minutes: an adult needs 455 s, an older person 625. The gate shuts at 22:00 and the households behind it drop out; the
/// secretary drags the point, sees the new count, and prints it. And what everybody sees of the demo's circle.
/// </summary>
public class CircleStory(BrowserFixture browser, DemoServer demo)
{
    [Fact]
    public async Task Lane_WithAGateThatShuts_IsDrawnAskedDraggedAndPrinted()
    {
        await using var host = await TestHost.Start(TestDatabase.Sqlite, listens: true, from: China.At(new DateOnly(2026, 10, 30), new TimeOnly(9, 0)), arguments: ["--environment", "Development"]);
        var hele = host.Hele;
        var viewer = await hele.Viewer(TestPeople.Ma);
        var compound = Ok(await hele.Get<KeepCompound>().Run(viewer, viewer.Act(GridAccess.Keep, Guid.NewGuid()), new(null, "柳荫路12号院", CompoundKind.Old, null)));
        var building = Ok(await hele.Get<KeepBuilding>().Run(viewer, viewer.Act(GridAccess.Keep, Guid.NewGuid()), new(null, compound, "1号楼", 6, 0, At(0))));
        Ok(await hele.Get<MoveIn>().Run(viewer, viewer.Act(GridAccess.KeepHouseholds, Guid.NewGuid()), new(building, null, "302", await hele.PersonCode(TestPeople.Liu), HouseholdRole.Head, null, false)));

        await using var ma = await Journey.Begin(browser, host.Address, "circle-lane", Screen.Desk);
        await ma.SignInWithPassword(TestPeople.Ma);
        await ma.Menu("服务圈");
        await ma.Sees("还没有街道图，算不出谁走得到。");
        await ma.Look("no-streets");
        await ma.Click("添加街道图");
        await ma.Type("名称", "社区自测的路");
        await ma.Type("来源和许可", "社区自测");
        await ma.Choose("WGS-84");
        await ma.Look("map-form");
        await ma.Page.Locator("#Input_File").SetInputFilesAsync(new FilePayload
        {
            Name = "lane.geojson", MimeType = "application/geo+json",
            Buffer = Encoding.UTF8.GetBytes($$$"""{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"highway":"residential","name":"柳荫巷"},"geometry":{"type":"LineString","coordinates":[[{{{At(0).Replace(' ', ',')}}}],[{{{At(500).Replace(' ', ',')}}}]]}}]}"""),
        });
        await ma.Press("上传");
        await ma.Sees("街道图已添加");
        await ma.Look("streets");

        await ma.Go(Address.NewPoint);
        await ma.Type("名称", "党群服务站");
        await ma.Page.GetByLabel("是哪一种").SelectOptionAsync("party-station");
        await ma.Choose("昼夜有人");
        await ma.Type("位置", At(500));
        await ma.Look("point-form");
        await ma.Press("保存");
        await ma.Sees("服务点已设立");

        await ma.Menu("服务圈");
        await Ready(ma);
        await ma.Sees("走得到的住户：1户，共1户（100%）");
        await ma.Sees("7分35秒");
        await ma.Page.GetByLabel("谁走").SelectOptionAsync("older");
        await ma.Press("看结果");
        await Ready(ma);
        await ma.Sees("10分25秒");
        await ma.Sees("走不到的住户：1户");

        await ma.Go(Address.Draw);
        await ma.Choose("在路上点一个点");
        await ma.Type("名称", "巷口大门");
        await ma.Page.Locator("#Input_Line").FillAsync(At(250));
        await ma.Page.GetByLabel("第1段：哪几天").SelectOptionAsync("all");
        await ma.Type("第1段：从几点", "06:00");
        await ma.Type("第1段：到几点", "22:00");
        await ma.Look("gate-form");
        await ma.Press("画上");
        await ma.Sees("更正已画上");
        await ma.Look("gate-drawn");

        await ma.Go("/circle?time=21:30");
        await Ready(ma);
        await ma.Sees("走得到的住户：1户，共1户（100%）");
        await ma.Page.GetByLabel("几点").SelectOptionAsync("22:00");
        await ma.Press("看结果");
        await Ready(ma);
        await ma.Sees("走得到的住户：0户，共1户（0%）");
        await ma.Sees("这时没有路通到有人的点");
        await ma.Look("gate-shut");

        // To the other side of the gate.
        var (pin, house) = (ma.Page.Locator(".walk-pin"), ma.Page.Locator(".map-box path.leaflet-interactive").Last);
        await pin.ScrollIntoViewIfNeededAsync();
        var (from, to) = ((await pin.BoundingBoxAsync())!, (await house.BoundingBoxAsync())!);
        await ma.Page.Mouse.MoveAsync(from.X + 13, from.Y + 13);
        await ma.Page.Mouse.DownAsync();
        await ma.Page.Mouse.MoveAsync(to.X + 40, from.Y + 13, new() { Steps = 12 });
        await ma.Sees("试算：比现在多1户（1栋），少0户（0栋）；现在走得到的是0户。");
        // What is said above the map grew: the pin is still under the pointer.
        await IsAt(pin, to.X + 40, from.Y + 13);
        await ma.Page.Mouse.UpAsync();
        await ma.Page.WaitForURLAsync(url => url.Contains("move=", StringComparison.Ordinal));
        await Expect(ma.Page.Locator("#buildings")).ToContainTextAsync("试算新增");
        await ma.Look("dragged");
        // All that depends on it is of now, without loading the page again.
        await Expect(ma.Page.Locator("#try")).ToContainTextAsync("每栋楼都走得到");
        await Expect(ma.Page.GetByText("下载 GeoJSON")).ToHaveAttributeAsync("href", new Regex("move="));
        await Expect(ma.Link("放弃试算，回到现在")).ToBeVisibleAsync();
        await ma.PrintLook("dragged-on-paper");
        await ma.Page.EmulateMediaAsync(new() { Media = Media.Print });
        foreach (var left in new[] { ma.Page.Locator("form.filters"), ma.Page.Locator("#try"), ma.Page.Locator("#service-points th").GetByText("试算", new() { Exact = true }), ma.Page.GetByText("放弃试算，回到现在") })
            await Expect(left).ToBeHiddenAsync();
        foreach (var row in await ma.Page.Locator("#service-points tr").AllAsync())
            Assert.Equal(6, await row.Locator("th, td").Filter(new() { Visible = true }).CountAsync());
        await ma.Page.EmulateMediaAsync(new() { Media = Media.Screen });
        // Asked of somebody else it is the same trial, and opened again, too.
        await ma.Page.GetByLabel("几点").SelectOptionAsync("21:30");
        await ma.Press("看结果");
        await Ready(ma);
        Assert.Contains("move=", ma.Page.Url, StringComparison.Ordinal);
        await ma.Page.ReloadAsync();
        await Ready(ma);
        await ma.Sees("走得到的住户：1户，共1户（100%）");
        await ma.Sees("试算：和现在一样，没有一栋楼变化。");
        await ma.Click("放弃试算，回到现在");
        await Ready(ma);
        Assert.DoesNotContain("move=", ma.Page.Url, StringComparison.Ordinal);
        await Expect(ma.Link("放弃试算，回到现在")).ToBeHiddenAsync();

        // One that stands there only to be tried is dragged as well: from this side of the shut gate to the other.
        await ma.Go($"/circle?time=22:00&add={Uri.EscapeDataString(At(400))}");
        await Ready(ma);
        await ma.Sees("走得到的住户：0户，共1户（0%）");
        var added = ma.Page.Locator(".walk-pin.tried");
        await added.ScrollIntoViewIfNeededAsync();
        (from, to) = ((await added.BoundingBoxAsync())!, (await house.BoundingBoxAsync())!);
        await ma.Page.Mouse.MoveAsync(from.X + 13, from.Y + 13);
        await ma.Page.Mouse.DownAsync();
        await ma.Page.Mouse.MoveAsync(to.X + 40, from.Y + 13, new() { Steps = 12 });
        await ma.Sees("试算：比现在多1户（1栋），少0户（0栋）；现在走得到的是0户。");
        await ma.Page.Mouse.UpAsync();
        await ma.Page.WaitForURLAsync(url => url.Contains("add=", StringComparison.Ordinal) && !url.Contains(Uri.EscapeDataString(At(400)), StringComparison.Ordinal) && !url.Contains("move=", StringComparison.Ordinal));

        // By a finger on the phone, too.
        await using var phone = await Journey.Begin(browser, host.Address, "circle-finger", Screen.Phone);
        await phone.SignInWithPassword(TestPeople.Ma);
        await phone.Go("/circle?time=22:00");
        await Ready(phone);
        var tip = phone.Page.Locator(".walk-pin");
        await tip.EvaluateAsync("pin => pin.closest('figure').scrollIntoView({ block: 'center', behavior: 'instant' })");
        var start = (await tip.BoundingBoxAsync())!;
        var (x, y) = (start.X + 13, start.Y + 13);
        var finger = await phone.Page.Context.NewCDPSessionAsync(phone.Page);
        Task Touch(string what, params object[] points) => finger.SendAsync("Input.dispatchTouchEvent", new() { ["type"] = what, ["touchPoints"] = points });
        await Touch("touchStart", new { x, y });
        for (var i = 0; i < 12; i++)
            await Touch("touchMove", new { x = x -= 16, y });
        await phone.Sees("试算：比现在多1户（1栋），少0户（0栋）；现在走得到的是0户。");
        await IsAt(tip, x, y);
        await Touch("touchEnd");
        await phone.Page.WaitForURLAsync(url => url.Contains("move=", StringComparison.Ordinal));
        await Expect(phone.Link("放弃试算，回到现在")).ToBeVisibleAsync();
        await phone.Look("dragged");

        static async Task IsAt(ILocator pin, float x, float y)
        {
            var box = (await pin.BoundingBoxAsync())!;
            Assert.InRange(Math.Max(Math.Abs(box.X + (box.Width / 2) - x), Math.Abs(box.Y + (box.Height / 2) - y)), 0, 2);
        }
    }

    [Theory]
    [InlineData(Screen.Phone, true, "zh-CN")]
    [InlineData(Screen.Phone, false, "zh-CN")]
    [InlineData(Screen.Desk, true, "en-GB")]
    public async Task Anybody_FindsTheNearestPoint_WithTheWayAndTheTelephone(Screen screen, bool script, string language)
    {
        await using var visitor = await Journey.Begin(browser, demo.Address, $"circle-near-{screen}-{script}-{language[..2]}", screen, script, language);
        await visitor.Go("/?choose=1");
        await visitor.Page.Locator("main a, main button").Filter(new() { HasTextRegex = new("河西|Hexi") }).First.ClickAsync();
        await visitor.Go("/circle");
        if (script)
            await Ready(visitor);
        else
            await Expect(visitor.Page.Locator("svg.map-drawing")).ToBeVisibleAsync();
        await visitor.Look("map");
        // Nothing that only those who work here see.
        await Expect(visitor.Page.Locator("#try")).ToHaveCountAsync(0);
        await Expect(visitor.Page.Locator(".walk-pin.help")).ToHaveCountAsync(0);
        await visitor.Page.Locator("#buildings th a").First.ClickAsync();
        await Expect(visitor.Page.Locator("main a[href^='tel:']").First).ToBeVisibleAsync();
        await Expect(visitor.Page.Locator("ol.legs li").First).ToBeVisibleAsync();
        await visitor.Look("near");
        if (language != "zh-CN")
            await English.Check(visitor);
    }

    private static class Address
    {
        public const string NewPoint = "/circle/service-points/new", Draw = "/circle/streets/draw";
    }

    /// <summary>So many metres east along the lane, by the length of a degree there (WGS-84), to a hair less: a position is kept to a centimetre, and seconds are rounded up.</summary>
    private static string At(double metres)
    {
        var latitude = 36.1 * Math.PI / 180;
        var degree = Math.PI / 180 * 6_378_137 * Math.Cos(latitude) / Math.Sqrt(1 - (0.00669437999 * Math.Sin(latitude) * Math.Sin(latitude)));
        return FormattableString.Invariant($"{114.3 + (metres * 0.9998 / degree):F7} 36.1000000");
    }

    private static string Ok(Outcome outcome) => outcome.Accepted ? outcome.Code! : throw new InvalidOperationException(string.Join(' ', outcome.Problems.Select(p => p.Sentence.Zh)));

    private static Task Ready(Journey journey) => Expect(journey.Page.Locator("figure.walk[data-ready]")).ToBeVisibleAsync();
}
