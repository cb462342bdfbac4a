using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Hele.BrowserTests;

/// <summary>The hall: somebody without a phone is served with equal rights.</summary>
public class ClerkJourney(BrowserFixture browser, DemoServer demo)
{
    [Fact]
    public async Task Counter_TakesAnAppealDown_AndPrintsTheReceipt()
    {
        await using var clerk = await Journey.Begin(browser, demo.Address, "clerk", Screen.Desk);
        await clerk.SignIn("zhou-lihua");
        await clerk.Look("home");
        await clerk.Menu("登记");
        await clerk.SeesTitle("代居民登记");
        await clerk.Look("intake");
        clerk.Expects(400);
        await clerk.Type("什么事", "楼道扶手松了");
        await clerk.Press("登记并出回执");
        await Expect(clerk.Page.Locator(".summary")).ToContainTextAsync("请写是替谁登记的");
        await Expect(clerk.Field("什么事")).ToHaveValueAsync("楼道扶手松了");
        await clerk.Look("intake-refused");
        await clerk.Type("替谁登记", "王桂兰");
        await clerk.Page.Locator("#Input_ToldOn").FillAsync("2026-10-27");
        await clerk.Choose("安全隐患");
        await clerk.Type("具体位置", "柳荫路12号院3号楼3单元");
        await clerk.Type("详细情况", "二楼到三楼那一段扶手一扶就晃，我上楼不敢使劲。");
        // The register knows somebody of that name: which one it is isn't decided by the name alone.
        clerk.Expects(400);
        await clerk.Press("登记并出回执");
        await Expect(clerk.Page.Locator(".summary")).ToContainTextAsync("同名的人");
        await clerk.Look("intake-namesakes");
        await clerk.Choose("都不是，只写姓名");
        await clerk.Press("登记并出回执");
        await clerk.SeesTitle("诉求回执");
        await clerk.Sees("王桂兰（代为登记）");
        await Expect(clerk.Page.Locator("main")).ToContainTextAsync("10月27日");
        await clerk.Look("receipt");
        await clerk.PrintLook("receipt-on-paper");
        await Expect(clerk.Page.Locator("figure.qr img")).ToBeVisibleAsync();
        await clerk.Click("查看办理情况");
        await clerk.Sees("补录");
        await clerk.Look("matter");
    }

    [Fact]
    public async Task PaperVerdict_OfAMatterSheDidNotHandle_IsEnteredAndMarked()
    {
        await using var clerk = await Journey.Begin(browser, demo.Address, "clerk-verdict", Screen.Desk);
        await clerk.SignIn("zhou-lihua");
        await clerk.Click("诉求");
        await clerk.Type("找", "健身器材");
        await clerk.Press("查找");
        await clerk.Click("健身器材坏了");
        await clerk.Page.GetByText("录入纸质或电话评价").ClickAsync();
        await clerk.Look("paper-form");
        await clerk.Choose("满意");
        await clerk.Type("居民说的话", "踏板装好了，能扭了，谢谢。");
        await clerk.Press("录入评价");
        await clerk.Sees("评价已录入");
        await clerk.SeesTitle("代录评价回执");
        await Expect(clerk.Page.Locator("figure.qr img")).ToBeVisibleAsync();
        await clerk.Look("verdict-paper");
        await clerk.PrintLook("verdict-paper-on-paper");
        await clerk.Click("查看办理情况");
        await Expect(clerk.Page.Locator("main .timeline")).ToContainTextAsync("居民纸质评价，社区工作者代录");
        await clerk.Look("paper-entered");

        // Her own matter: no form, and why.
        await clerk.Click("诉求办理");
        await clerk.Type("找", "高龄津贴");
        await clerk.Press("查找");
        await clerk.Click("高龄津贴停了");
        await clerk.Sees("纸质或电话评价要请一位没有经手的同事录入");
        await Expect(clerk.Page.Locator("#paper")).ToHaveCountAsync(0);
        await clerk.Look("own-matter");
    }

    [Fact]
    public async Task List_FilteredSearchedAndPaged_KeepsWhatWasChosen()
    {
        await using var clerk = await Journey.Begin(browser, demo.Address, "clerk-list", Screen.Desk);
        await clerk.SignIn("zhou-lihua");
        await clerk.Click("诉求");
        await Expect(Rows(clerk)).ToHaveCountAsync(20);
        await clerk.Look("list");
        var first = await Rows(clerk).First.InnerTextAsync();
        await clerk.Click("下一页");
        await Expect(Rows(clerk).First).Not.ToHaveTextAsync(first);
        await clerk.Look("page-2");
        await clerk.Click("上一页");
        await Expect(Rows(clerk)).ToHaveCountAsync(20);

        await clerk.Page.Locator("#Kind").SelectOptionAsync("pets");
        await clerk.Press("查找");
        await Expect(Rows(clerk)).Not.ToHaveCountAsync(20);
        await Expect(clerk.Page.Locator("#Kind")).ToHaveValueAsync("pets");
        await clerk.Type("找", "遛狗不拴绳");
        await clerk.Press("查找");
        await clerk.Sees("遛狗不拴绳");
        await clerk.Look("filtered");
        await clerk.Type("找", "没有这样的事");
        await clerk.Press("查找");
        await clerk.Sees("没有符合条件的诉求");
        await clerk.Look("nothing-found");
        await clerk.Page.Locator("main .empty a").ClickAsync();
        await Expect(Rows(clerk)).ToHaveCountAsync(20);

        // By name, also one with a character outside the first plane; and what is late.
        await clerk.Type("找", "𠮷");
        await clerk.Press("查找");
        await Expect(clerk.Page.Locator("main h1")).ToContainTextAsync("诉求办理");
        await clerk.Click("诉求");
        await clerk.Page.Locator("#Late").CheckAsync();
        await clerk.Press("查找");
        await clerk.Sees("已超期");
        await clerk.Look("late");
    }

    private static ILocator Rows(Journey journey) => journey.Page.Locator("main tbody tr");
}
