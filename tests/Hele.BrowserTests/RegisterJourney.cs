using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Hele.BrowserTests;

/// <summary>The register at the counter: somebody is entered, found and rung up, and sees on their own page that it happened.</summary>
public class RegisterJourney(BrowserFixture browser, DemoServer demo)
{
    [Fact]
    public async Task Clerk_RegistersFindsAndRings_AndThePersonSeesIt()
    {
        const string number = "13512340071", child = "李小满";
        await using var clerk = await Journey.Begin(browser, demo.Address, "register", Screen.Desk);
        await clerk.SignIn("zhou-lihua");
        await clerk.Click("人员");
        await clerk.SeesTitle("人员登记");
        await clerk.Look("list");

        // Somebody new, first with a number that is none.
        await clerk.Click("登记人员");
        await clerk.Type("姓名", child);
        await clerk.Type("住址", "纺织西街27号院4号楼");
        await clerk.Type("电话号码", "12");
        clerk.Expects(400);
        await clerk.Press("登记");
        await Expect(clerk.Page.Locator(".summary")).ToContainTextAsync("电话号码不对");
        await Expect(clerk.Field("姓名")).ToHaveValueAsync(child);
        await clerk.Look("new-refused");
        await clerk.Type("电话号码", number);
        await clerk.Press("登记");
        await clerk.Sees("已登记");
        await clerk.Sees("135****0071");
        await clerk.Look("entry");
        var code = clerk.Code();

        // The same again is shown before it is saved.
        await clerk.Go("/people/new");
        await clerk.Type("姓名", "李满");
        await clerk.Type("电话号码", "135 1234 0071");
        clerk.Expects(409);
        await clerk.Press("登记");
        await Expect(clerk.Page.Locator("#same")).ToContainTextAsync("号码相同");
        await clerk.Look("perhaps-the-same");

        // Found by the whole number, and opened.
        await clerk.Go("/people");
        await clerk.Type("按完整电话号码找", number);
        await clerk.Press("按号码查找");
        await Expect(clerk.Page.Locator("#found")).ToContainTextAsync(child);
        await clerk.Look("found-by-number");
        await clerk.Page.Locator("#found a").ClickAsync();
        await clerk.Press("显示完整号码");
        await Expect(clerk.Page.Locator("#full-phone")).ToHaveTextAsync(number);
        await clerk.Look("number-shown");

        // Whoever answers for the child.
        await clerk.Page.Locator("#guard summary").ClickAsync();
        await clerk.Choose("被监护人");
        await clerk.Type("另一人的姓名或编码", "李娜");
        await clerk.Type("监护依据", "母亲，已看户口簿");
        await clerk.Look("guardianship");
        await clerk.Page.Locator("#guard button").ClickAsync();
        await clerk.Sees("监护关系已登记");
        await clerk.Look("guardianship-registered");

        // The guardian sees it all, and corrects it herself.
        await using var mother = await Journey.Begin(browser, demo.Address, "register-guardian", Screen.Phone);
        await mother.SignIn("li-na");
        await mother.Go("/account/data");
        await mother.Look("my-data");
        await mother.Click(child + "的信息");
        await Expect(mother.Page.Locator("#looked")).ToContainTextAsync("社区工作者");
        await Expect(mother.Page.Locator("#looked")).ToContainTextAsync("搜索到");
        await mother.Look("ward");
        await mother.Page.Locator("#correct summary").ClickAsync();
        mother.Expects(400);
        await mother.Type("姓名", "");
        await mother.Type("住址", "纺织西街27号院5号楼");
        await mother.Page.Locator("#correct button").ClickAsync();
        await Expect(mother.Page.Locator("#correct .summary")).ToContainTextAsync("请写姓名");
        await Expect(mother.Field("住址")).ToHaveValueAsync("纺织西街27号院5号楼");
        await mother.Look("correction-refused");
        await mother.Type("姓名", child);
        await mother.Page.Locator("#correct button").ClickAsync();
        await mother.Sees("已更正");
        var file = await mother.Page.RunAndWaitForDownloadAsync(() => mother.Press("导出全部（网页文件，可打印）"));
        Assert.Equal($"hele-{code}.html", file.SuggestedFilename);
        Assert.Contains(number, await File.ReadAllTextAsync(await file.PathAsync(), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Clerk_PrintsACallSheetAndSeesTheExport_OnAPhoneInElderMode()
    {
        await using var clerk = await Journey.Begin(browser, demo.Address, "register-sheet", Screen.Phone);
        await clerk.SignIn("zhou-lihua");
        await clerk.Page.Locator("header form button", new() { HasText = "大字" }).First.ClickAsync();
        await clerk.Find("/people", "李娜");
        await clerk.Look("list-elder");
        await clerk.Page.Locator("main tbody input[type=checkbox]").First.CheckAsync();
        await clerk.Press("打印勾选的联系名单");
        await clerk.Look("sheet-purpose");
        clerk.Expects(400);
        await clerk.Press("出名单");
        await clerk.Sees("请写明用途");
        await clerk.Type("用途", "通知停水");
        await clerk.Press("出名单");
        await clerk.Sees("名单上的每个人都看得到这次打印");
        await clerk.Look("sheet");
        await clerk.Go("/people/export");
        await clerk.Look("export");
    }

    [Fact]
    public async Task Secretary_SeesWhatIsKeptHowLong()
    {
        await using var secretary = await Journey.Begin(browser, demo.Address, "retention", Screen.Desk);
        await secretary.SignIn("ma-jianjun");
        await secretary.Go("/retention");
        await secretary.SeesTitle("保存期限");
        await secretary.Look("desk");
        await using var supervisor = await Journey.Begin(browser, demo.Address, "retention-phone", Screen.Phone);
        await supervisor.SignIn("feng-shuzhen");
        await supervisor.Go("/retention");
        await supervisor.Look("phone");
    }
}
