using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Hele.BrowserTests;

/// <summary>Where people live, on the map: the secretary draws, a resident finds whom to ring.</summary>
public class GridJourney(BrowserFixture browser, DemoServer demo)
{
    [Theory]
    [InlineData(Screen.Phone)]
    [InlineData(Screen.Desk)]
    public async Task Secretary_PlacesABuildingAndDrawsAGrid_ByPressingOnTheMap(Screen screen)
    {
        await using var secretary = await Journey.Begin(browser, demo.Address, $"grids-{screen}", screen);
        await secretary.SignIn("ma-jianjun");
        await secretary.Menu("网格");
        await secretary.SeesTitle("网格");
        await Ready(secretary);
        await secretary.Look("map");
        await secretary.Sees("文化路4号院1号楼");

        await secretary.Click("文化路4号院1号楼");
        await secretary.Look("house-without-place");
        await secretary.Click("标出位置");
        await Ready(secretary);
        await secretary.Page.Locator(".map-box").ClickAsync();
        await Expect(secretary.Field("位置")).Not.ToHaveValueAsync("");
        await secretary.Look("position-picked");
        // Not saved: the other tests see the demo as it was told.
        await secretary.Menu("网格");
        await secretary.Click("设立网格");
        await Ready(secretary);
        await secretary.Type("网格名称", "第九网格");
        await secretary.Choose("综合网格");
        var map = secretary.Page.Locator(".map-box");
        await map.ScrollIntoViewIfNeededAsync();
        var box = (await map.BoundingBoxAsync())!;
        foreach (var (x, y) in new[] { (0.4, 0.4), (0.6, 0.4), (0.6, 0.6) })
            await map.ClickAsync(new() { Position = new Position { X = (float)(box.Width * x), Y = (float)(box.Height * y) } });
        await Expect(secretary.Page.Locator(".map-corner")).ToHaveCountAsync(3);
        await secretary.Page.Locator("[data-undo]").ClickAsync();
        await Expect(secretary.Page.Locator(".map-corner")).ToHaveCountAsync(2);
        await secretary.Press("保存");
        secretary.Expects(400);
        await secretary.Sees("坐标看不懂");
        await Expect(secretary.Field("网格名称")).ToHaveValueAsync("第九网格");
        await secretary.Look("outline-of-two-corners");
    }

    [Fact]
    public async Task Resident_WithoutScriptInLargeLetters_FindsTheGridsTelephone()
    {
        await using var resident = await Journey.Begin(browser, demo.Address, "grids-resident", Screen.Phone, script: false);
        await resident.SignIn("wu-xiuying");
        await resident.Page.GetByRole(AriaRole.Button, new() { Name = "大字", Exact = true }).ClickAsync();
        await resident.Go("/grids");
        await Expect(resident.Page.Locator("svg.map-drawing")).ToBeVisibleAsync();
        await resident.Look("map-drawn-by-the-server");
        await resident.Page.Locator("th a").First.ClickAsync();
        await Expect(resident.Page.Locator("a[href^='tel:']").First).ToBeVisibleAsync();
        Assert.Equal(0, await resident.Page.Locator("a[href^='/buildings/']").CountAsync());
        await resident.Look("grid");
    }

    private static Task Ready(Journey journey) => Expect(journey.Page.Locator("figure.map[data-ready]")).ToBeVisibleAsync();
}
