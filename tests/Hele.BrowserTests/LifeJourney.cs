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
        await using var jin = await Journey.Begin(browser, demo.Address, "life-resident", Screen.Phone);
        await jin.SignIn("jin-shunji");
        await jin.Menu("我家");
        await jin.SeesTitle("我家");
        await jin.Look("nowhere");
        await jin.Click("报告我搬到了哪里");
        // What was typed stays when something is missing.
        await jin.Type("您的姓名", "金顺姬");
        jin.Expects(400);
        await jin.Press("报告");
        await Expect(jin.Page.Locator(".summary")).ToBeVisibleAsync();
        await Expect(jin.Field("您的姓名")).ToHaveValueAsync("金顺姬");
        await jin.Look("refused");
        var building = await jin.Page.Locator("#Input_Building optgroup[label='东桥家园'] option", new() { HasText = "5号楼" }).First.GetAttributeAsync("value");
        await jin.Page.Locator("#Input_Building").SelectOptionAsync(building!);
        await jin.Type("单元", "2单元");
        await jin.Type("门牌", "909");
        await jin.Page.Locator("#Input_Text").FillAsync(Typed("上个星期搬来的，房子是买的。"));
        await jin.Press("报告");
        await jin.Sees("等核实");
        await jin.Look("said");
        var code = jin.Code();

        await using var clerk = await Journey.Begin(browser, demo.Address, "life-clerk", Screen.Desk);
        await clerk.SignIn("xu-fang");
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

        await jin.Go("/notices");
        await jin.Sees("您报告的变动核实属实，已经登记");
        await jin.Menu("我家");
        await Expect(jin.Page.Locator("#held")).ToContainTextAsync("909");
        await Expect(jin.Page.Locator("#members")).ToContainTextAsync("金顺姬");
        await Expect(jin.Page.Locator("#said")).ToContainTextAsync("已核实并登记");
        await jin.Look("home");
    }

    private static string Typed(string text)
    {
        Known.Typed(text);
        return text;
    }
}
