using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Hele.BrowserTests;

/// <summary>Anybody, without signing in: what is disclosed, and nobody's name.</summary>
public class VisitorJourney(BrowserFixture browser, DemoServer demo)
{
    [Theory]
    [InlineData(Screen.Phone, "visitor")]
    [InlineData(Screen.Desk, "visitor-desk")]
    public async Task PublicPages_ReadByAStranger_ShowNoPerson(Screen screen, string name)
    {
        await using var visitor = await Journey.Begin(browser, demo.Address, name, screen);
        await visitor.Go("/");
        await visitor.SeesTitle("您是哪个社区的？");
        await visitor.Look("choose");
        await visitor.Press("河西社区");
        await visitor.SeesTitle("河西社区");
        await visitor.Look("home");
        await visitor.Menu("办理公开");
        await visitor.SeesTitle("办理公开");
        await visitor.Look("public-list");
        var page = await visitor.Page.InnerTextAsync("main");
        Assert.DoesNotContain(Known.People, person => page.Contains(person, StringComparison.Ordinal));
        Assert.DoesNotContain("路灯一闪一闪的", page, StringComparison.Ordinal);
        await visitor.Page.Locator("#Kind").SelectOptionAsync("pets");
        await visitor.Press("查找");
        await Expect(visitor.Page.Locator("#Kind")).ToHaveValueAsync("pets");
        await visitor.Go("/");
        await visitor.Page.Locator("main a.door", new() { HasTextString = "公开的数字" }).ClickAsync();
        await visitor.SeesTitle("公开的数字");
        await visitor.Look("public-figures");
        await visitor.Click("大厅屏幕");
        await visitor.Sees("网格值班电话");
        await visitor.Look("wall");
        var wall = await visitor.Page.InnerTextAsync("body");
        Assert.DoesNotContain(Known.People, person => wall.Contains(person, StringComparison.Ordinal));
        await visitor.Go("/");
        await visitor.Click("记录如何防篡改");
        await visitor.SeesTitle("记录如何防篡改");
        await visitor.Look("log");
        await visitor.Click("规则与期限");
        await visitor.SeesTitle("规则与期限");
        await visitor.Look("rules");
        await visitor.Click("换社区");
        await visitor.Press("东桥社区");
        await visitor.SeesTitle("东桥社区");
        await visitor.Click("规则与期限");
        await Expect(visitor.Page.Locator("main")).ToContainTextAsync("东桥社区居民代表会议决定");
        await visitor.Look("rules-of-another");
    }

    [Fact]
    public async Task ProtectedPage_OpenedByAStranger_LeadsToSignInAndBack()
    {
        await using var visitor = await Journey.Begin(browser, demo.Address, "visitor-sign-in", Screen.Phone);
        await visitor.Go("/");
        await visitor.Click("我要反映");
        await visitor.SeesTitle("登录");
        await visitor.Look("sign-in");
        visitor.Expects(400);
        await visitor.Page.Locator("#Input_Name").FillAsync("li-na");
        await visitor.Page.Locator("#Input_Password").FillAsync("not-the-password");
        await visitor.Press("登录");
        await visitor.Sees("登录名或密码不对");
        await Expect(visitor.Page.Locator("#Input_Name")).ToHaveValueAsync("li-na");
        await visitor.Look("wrong-password");
        await visitor.Page.Locator("form:has(input[value='li-na']) button.quiet").ClickAsync();
        await visitor.SeesTitle("我要反映");
        await visitor.Page.Locator("header details.menu summary.tool").ClickAsync();
        await visitor.Look("menu-open");
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "退出登录" }).ClickAsync();
        await Expect(visitor.Page.Locator("header a.tool.strong")).ToBeVisibleAsync();
        await visitor.Look("signed-out");
    }

    [Fact]
    public async Task WrongAddress_Opened_SaysSoInBothLanguages()
    {
        await using var visitor = await Journey.Begin(browser, demo.Address, "visitor-404", Screen.Phone);
        await visitor.Go("/nothing-here", 404);
        await visitor.SeesTitle("找不到这一页");
        await visitor.Look("not-found");
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "English" }).ClickAsync();
        await Expect(visitor.Page.Locator("html")).ToHaveAttributeAsync("lang", "en");
        await English.Check(visitor);
        await visitor.Look("not-found-en");
    }
}
