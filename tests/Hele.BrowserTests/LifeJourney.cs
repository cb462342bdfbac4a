using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Hele.BrowserTests;

/// <summary>A resident says on the telephone where they moved in, the clerk checks and registers it in one act, and the resident sees it.</summary>
public class LifeJourney(BrowserFixture browser, DemoServer demo)
{
    [Fact]
    public async Task Resident_SaysWhereTheyMovedIn_AndTheClerkRegistersIt()
    {
        await using var liu = await Journey.Begin(browser, demo.Address, "life-resident", Screen.Phone);
        await liu.SignIn("liu-dayong");
        await liu.Menu("我家");
        await liu.SeesTitle("我家");
        await liu.Look("nowhere");
        await liu.Click("报告我搬到了哪里");
        // What was typed stays when something is missing.
        await liu.Type("您的姓名", "刘大勇");
        liu.Expects(400);
        await liu.Press("报告");
        await Expect(liu.Page.Locator(".summary")).ToBeVisibleAsync();
        await Expect(liu.Field("您的姓名")).ToHaveValueAsync("刘大勇");
        await liu.Look("refused");
        var building = await liu.Page.Locator("#Input_Building optgroup[label='柳荫路12号院'] option", new() { HasText = "4号楼" }).First.GetAttributeAsync("value");
        await liu.Page.Locator("#Input_Building").SelectOptionAsync(building!);
        await liu.Type("单元", "2单元");
        await liu.Type("门牌", "909");
        await liu.Page.Locator("#Input_Text").FillAsync(Typed("上个星期搬来的，房子是买的。"));
        await liu.Press("报告");
        await liu.Sees("等核实");
        await liu.Look("said");
        var code = liu.Code();

        await using var clerk = await Journey.Begin(browser, demo.Address, "life-clerk", Screen.Desk);
        await clerk.SignIn("zhou-lihua");
        await clerk.Menu("变动");
        await clerk.SeesTitle("住户变动");
        await clerk.Look("list");
        await clerk.Page.Locator($"a[href='/stated/{code}']").First.ClickAsync();
        await clerk.Look("check");
        // First without saying how it was checked.
        clerk.Expects(400);
        await clerk.Press("属实，登记");
        await Expect(clerk.Page.Locator(".summary")).ToContainTextAsync("请选择怎么核实的");
        await clerk.Page.Locator("#yes label.choice", new() { HasText = "户主" }).ClickAsync();
        await clerk.Page.Locator("#yes label.choice", new() { HasText = "看了证明" }).ClickAsync();
        await clerk.Press("属实，登记");
        await clerk.Sees("核实属实，已登记");
        await clerk.Look("registered");

        await liu.Go("/notices");
        await liu.Sees("您报告的变动核实属实，已经登记");
        await liu.Menu("我家");
        await Expect(liu.Page.Locator("#held")).ToContainTextAsync("909");
        await Expect(liu.Page.Locator("#members")).ToContainTextAsync("刘大勇");
        await Expect(liu.Page.Locator("#said")).ToContainTextAsync("已核实并登记");
        await liu.Look("home");
    }

    private static string Typed(string text)
    {
        Known.Typed(text);
        return text;
    }
}
