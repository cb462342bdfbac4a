using Hele.Civic.Demo;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Hele.BrowserTests;

/// <summary>What a reviewer lets the public see reaches a stranger in the list, on the map and in the feed; and a neighbour makes it theirs.</summary>
public class PublicJourney(BrowserFixture browser, DemoServer demo)
{
    private const string Own = "落叶扫了堆在井盖上", Title = "井盖上堆了落叶，看不见井盖";

    [Fact]
    public async Task Review_Published_IsReadByAVisitor_AndJoinedByANeighbour()
    {
        await using (var reviewer = await Journey.Begin(browser, demo.Address, "reviewer", Screen.Desk))
        {
            await reviewer.SignIn("ma-jianjun");
            await reviewer.Go("/appeals/publications");
            await reviewer.Look("waiting");
            await reviewer.Click(Own);
            await reviewer.SeesTitle("公开审核");
            // Which entrance is nobody's business, and is said before it is public.
            await reviewer.Type("公开的标题", "3单元门口" + Title);
            reviewer.Expects(400);
            await reviewer.Press("公开");
            await Expect(reviewer.Page.Locator(".summary")).ToContainTextAsync("可能有个人信息：3单元");
            await Expect(reviewer.Field("公开的标题")).ToHaveValueAsync("3单元门口" + Title);
            await reviewer.Look("looks-personal");
            await reviewer.Type("公开的标题", Title);
            await reviewer.Choose("小区、院落");
            await reviewer.Press("公开");
            await Expect(reviewer.Page.Locator("aside")).ToContainTextAsync(Title);
            await reviewer.Look("published");
            await reviewer.Go("/appeals/publications");
            await Expect(reviewer.Page.Locator("main table")).Not.ToContainTextAsync(Own);
        }

        await using var visitor = await Journey.Begin(browser, demo.Address, "visitor-published", Screen.Phone);
        await visitor.Go("/");
        await visitor.Press("河西社区");
        await visitor.Menu("办理公开");
        await visitor.Click(Title);
        await visitor.SeesTitle(Title);
        await Expect(visitor.Page.Locator("main")).Not.ToContainTextAsync(Own);
        await visitor.Look("one");
        var address = new Uri(visitor.Page.Url).AbsolutePath;
        await visitor.Go("/appeals/public/map");
        await visitor.SeesTitle("公开的诉求在哪里");
        await visitor.Page.Locator("main table a", new() { HasText = "柳荫路12号院" }).First.WaitForAsync();
        Assert.Contains(Title, await (await visitor.Page.APIRequest.GetAsync(new Uri(demo.Address, "/appeals/public/feed/" + DemoSeed.Code).ToString())).TextAsync(), StringComparison.Ordinal);

        // A neighbour follows the same link and makes it theirs.
        await using var neighbour = await Journey.Begin(browser, demo.Address, "neighbour", Screen.Phone);
        await neighbour.SignIn("sun-yumei");
        await neighbour.Go(address);
        await neighbour.Click("您家也是这样？加入这件事");
        await neighbour.Look("too");
        await neighbour.Type("您这边怎么样", "我推车从那儿过，轮子卡进去一回。");
        await neighbour.Press("加入这件事");
        await neighbour.Sees("您已加入这件事");
        await neighbour.Look("joined");
        await neighbour.Go("/");
        await Expect(neighbour.Page.Locator("main")).ToContainTextAsync(Title);

        // Twice is once.
        neighbour.Expects(409);
        await neighbour.Go(address + "/too");
        await neighbour.Press("加入这件事");
        await Expect(neighbour.Page.Locator(".summary")).ToContainTextAsync("您已经加入过这件事");
    }
}
