using System.Text;
using Hele.Civic.Grids;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Storage;
using Hele.Civic.ServiceCircles;
using Hele.Planning.Streets;
using Hele.TestKit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Hele.BrowserTests;

/// <summary>
/// Nine grids of uneven size, three by three: the secretary asks for balance with few moves, compares, drags a building, undoes, keeps the plan, prints it and adopts it; the map and the figures follow, and no code is
/// used twice.
/// </summary>
public class PlanStory(BrowserFixture browser)
{
    [Fact]
    public async Task NineGrids_AreBalancedComparedDraggedUndonePrintedAndAdopted()
    {
        await using var host = await TestHost.Start(TestDatabase.Sqlite, listens: true, arguments: ["--environment", "Development"]);
        var hele = host.Hele;
        await Town(hele);
        var before = await hele.Read(db => db.Set<Grid>().OrderBy(g => g.Code).Select(g => g.Code).ToListAsync());

        await using var ma = await Journey.Begin(browser, host.Address, "plan-desk", Screen.Desk);
        await ma.SignInWithPassword(TestPeople.Ma);
        await ma.Menu("网格");
        await ma.Click("网格规划");
        await Ready(ma);
        await ma.Sees("一共27栋楼、66户");
        await ma.Look("today");
        await ma.Press("给出方案");
        await Expect(ma.Page.Locator(".plan-card").First).ToBeVisibleAsync();
        await ma.Look("proposals");
        await ma.Click("看方案1，动手调整");
        await Ready(ma);
        var summary = ma.Page.Locator("[data-plan-sum]");
        var proposed = await summary.InnerTextAsync();
        await ma.Look("chosen");

        // A house of the first grid is dragged onto one of the fourth, south of it.
        await Drag(ma, "柳荫里1号院3号楼", "柳荫里4号院1号楼");
        await ma.Page.WaitForURLAsync(url => url.Contains("move=", StringComparison.Ordinal));
        await Expect(summary).Not.ToHaveTextAsync(proposed);
        await Expect(ma.Page.Locator("#plan-moves")).ToContainTextAsync("撤销：柳荫里1号院3号楼");
        await ma.Look("dragged");
        await ma.Click("撤销：柳荫里1号院3号楼");
        await Expect(summary).ToHaveTextAsync(proposed, new() { UseInnerText = true });
        await Expect(ma.Page.Locator("#plan-moves")).ToContainTextAsync("重做：柳荫里1号院3号楼");
        // The address says what was tried: opened again it is the same.
        await ma.Page.ReloadAsync();
        await Ready(ma);
        await Expect(summary).ToHaveTextAsync(proposed, new() { UseInnerText = true });

        // Made again after all: whatever was proposed, the largest grid gives a house away.
        await ma.Click("重做：柳荫里1号院3号楼");
        await Expect(ma.Page.Locator("#plan-moves")).ToContainTextAsync("撤销：柳荫里1号院3号楼");
        await Expect(summary).Not.ToHaveTextAsync(proposed, new() { UseInnerText = true });

        await ma.Type("方案名称", "均衡方案");
        await ma.Press("保存方案");
        await ma.Sees("方案已保存。它还没有改动任何网格。");
        await Ready(ma);
        await ma.Look("kept");
        await ma.PrintLook("decision-on-paper");
        var download = await ma.Page.RunAndWaitForDownloadAsync(() => ma.Click("下载 Word 文件"));
        Assert.EndsWith(".docx", download.SuggestedFilename, StringComparison.Ordinal);

        foreach (var (screen, language, elder) in new[] { (Screen.Phone, "zh-CN", true), (Screen.Phone, "en-GB", false), (Screen.Desk, "en-GB", false), (Screen.Desk, "zh-CN", true) })
        {
            await using var other = await Journey.Begin(browser, host.Address, $"plan-{screen}-{language[..2]}{(elder ? "-elder" : "")}", screen, language: language);
            await other.SignInWithPassword(TestPeople.Feng);
            if (elder)
                await other.Page.Locator("header form[action='/elder-mode'] button").ClickAsync();
            await other.Go("/grids/plan?ask=1&grids=9&keep=true&base=1");
            await Ready(other);
            await other.Look("planner");
            if (language != "zh-CN")
                await English.Check(other);
            await other.Go(new Uri(ma.Page.Url).AbsolutePath);
            await Ready(other);
            await other.Look("kept");
            if (language != "zh-CN")
                await English.Check(other);
        }

        await ma.Type("为什么这样调整", "第一网格户数太多，网格员照看不过来，居民代表会议同意调整。");
        await ma.Type("决定的文号或者会议", "河西社居〔2026〕5号");
        // Where the proposal opens new grids the secretary names them.
        var opened = ma.Page.Locator("input[name^='Adopt.NewNames']");
        for (var i = 0; i < await opened.CountAsync(); i++)
            await opened.Nth(i).FillAsync($"新设第{i + 1}网格");
        await ma.Page.Locator("#Adopt_Confirmed").CheckAsync();
        await ma.Look("to-adopt");
        await ma.Press("采用，调整网格");
        await ma.Sees("方案已采用，网格已经照它调整。");
        await ma.Look("adopted");
        await ma.Menu("网格");
        await ma.Sees("每栋楼都在一个网格里，网格之间没有重叠。");
        await Expect(ma.Page.Locator("figure.map[data-ready]")).ToBeVisibleAsync();
        await ma.Look("map-afterwards");
        var lines = await hele.Query<GridQueries, IReadOnlyList<GridLine>>(q => q.Grids());
        Assert.Equal(66, lines.Sum(g => g.Households));
        Assert.True(lines.Max(g => g.Households) < 18, "The largest grid has as many households as before.");
        Assert.Equal(before, await hele.Read(db => db.Set<Grid>().OrderBy(g => g.Code).Select(g => g.Code).Where(c => before.Contains(c)).ToListAsync()));
    }

    /// <summary>Blocks of a hundred metres with three houses each, on streets through their middle and between them; 18 households in the first grid, 6 in each of the others.</summary>
    private static async Task Town(TestInstallation hele)
    {
        var ma = await hele.Viewer(TestPeople.Ma);
        var streets = new List<string>();
        for (var row = 0; row < 3; row++)
        {
            // With a corner wherever two cross: there one turns from one into the other.
            streets.Add(string.Join(',', new[] { 0, 50, 150, 250, 300 }.Select(x => $"[{At(x, (row * 100) + 50)}]")));
            streets.Add(string.Join(',', new[] { 0, 50, 150, 250, 300 }.Select(y => $"[{At((row * 100) + 50, y)}]")));
        }
        Ok(await hele.Get<AddStreetMap>().Run(ma, ma.Act(CircleAccess.Keep, Guid.NewGuid()), new("街道图", "社区自测", Datum.Wgs84, Encoding.UTF8.GetBytes(
            $$"""{"type":"FeatureCollection","features":[{{string.Join(',', streets.Select(s => $$$"""{"type":"Feature","properties":{"highway":"residential","name":"柳荫街"},"geometry":{"type":"LineString","coordinates":[{{{s}}}]}}"""))}}]}"""))));
        for (var g = 0; g < 9; g++)
        {
            var (east, north) = (g % 3 * 100, (2 - (g / 3)) * 100);
            var compound = Ok(await hele.Get<KeepCompound>().Run(ma, ma.Act(GridAccess.Keep, Guid.NewGuid()), new(null, $"柳荫里{g + 1}号院", CompoundKind.Old, null)));
            // Names are data, also on an English page.
            Known.Typed($"柳荫里{g + 1}号院");
            Known.Typed($"第{"一二三四五六七八九"[g]}网格");
            var houses = new List<string>();
            for (var h = 0; h < 3; h++)
            {
                houses.Add(Ok(await hele.Get<KeepBuilding>().Run(ma, ma.Act(GridAccess.Keep, Guid.NewGuid()), new(null, compound, $"{h + 1}号楼", 6, 0, At(east + (h == 0 ? 20 : h == 1 ? 80 : 45), north + (h == 2 ? 15 : 60)).Replace(',', ' ')))));
                for (var door = 0; door < (g == 0 ? 6 : 2); door++)
                    Ok(await hele.Get<MoveIn>().Run(ma, ma.Act(GridAccess.KeepHouseholds, Guid.NewGuid()), new(houses[^1], null, $"{door + 1}01", await hele.Enter($"住户{g}{h}{door}"), HouseholdRole.Head, null, false)));
            }
            var outline = string.Join("; ", new[] { (0, 0), (100, 0), (100, 100), (0, 100) }.Select(c => At(east + c.Item1, north + c.Item2).Replace(',', ' ')));
            var grid = Ok(await hele.Get<DrawGrid>().Run(ma, ma.Act(GridAccess.Draw, Guid.NewGuid()), new(null, $"第{"一二三四五六七八九"[g]}网格", GridKind.Comprehensive, $"0372-555010{g}", outline)));
            Ok(await hele.Get<AssignBuildings>().Run(ma, ma.Act(GridAccess.Draw, Guid.NewGuid()), new(grid, houses)));
        }
    }

    private static async Task Drag(Journey journey, string house, string onto)
    {
        var (pin, target) = (journey.Page.Locator($".plan-house[title='{house}']"), journey.Page.Locator($".plan-house[title='{onto}']"));
        await pin.ScrollIntoViewIfNeededAsync();
        var (from, to) = ((await pin.BoundingBoxAsync())!, (await target.BoundingBoxAsync())!);
        await journey.Page.Mouse.MoveAsync(from.X + (from.Width / 2), from.Y + (from.Height / 2));
        await journey.Page.Mouse.DownAsync();
        await journey.Page.Mouse.MoveAsync(to.X + (to.Width / 2) + 4, to.Y + (to.Height / 2) + 4, new() { Steps = 12 });
        await journey.Page.Mouse.UpAsync();
    }

    private static string At(double east, double north) => FormattableString.Invariant($"{114.3 + (east / (111_195 * Math.Cos(36.1 * Math.PI / 180))):F7},{36.1 + (north / 111_195):F7}");

    private static string Ok(Outcome outcome) => outcome.Accepted ? outcome.Code! : throw new InvalidOperationException(string.Join(' ', outcome.Problems.Select(p => p.Sentence.Zh)));

    private static Task Ready(Journey journey) => Expect(journey.Page.Locator("figure.plan[data-ready]")).ToBeVisibleAsync();
}
