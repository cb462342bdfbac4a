using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Hele.BrowserTests;

/// <summary>From an empty folder to a community that works.</summary>
public class OperatorJourney(BrowserFixture browser, EmptyServer empty)
{
    [Theory]
    [InlineData(Screen.Phone, "zh-CN", "和乐还没有启用")]
    [InlineData(Screen.Desk, "en-GB", "")]
    public async Task EmptyInstallation_Opened_TellsTheCommands(Screen screen, string language, string title)
    {
        await using var visitor = await Journey.Begin(browser, empty.Unopened, "operator-unopened-" + language[..2], screen, language: language);
        await visitor.Go("/");
        await visitor.SeesTitle(title);
        await Expect(visitor.Page.Locator("main")).ToContainTextAsync("init --data DIR");
        await Expect(visitor.Page.Locator("main")).ToContainTextAsync("admin create --data DIR");
        await visitor.Look("home");
        foreach (var path in new[] { "/log", "/rules", "/appeals/public", "/sign-in" })
        {
            await visitor.Go(path);
            await visitor.Look(path.Replace("/", "-").Trim('-'));
            if (language != "zh-CN")
                await English.Check(visitor);
        }
    }

    [Fact]
    public async Task FirstPerson_WithAOneTimePassword_ChangesItAndFindsAnEmptyCommunityThatWorks()
    {
        const string password = "和乐社区今天第一天开张啦";
        await using var secretary = await Journey.Begin(browser, empty.Opened, "operator", Screen.Desk);
        await secretary.Go("/");
        await secretary.Sees(EmptyServer.Community);
        await secretary.Look("home");
        await secretary.Page.Locator("header a.tool.strong").ClickAsync();
        await Expect(secretary.Page.GetByText("演示人物")).ToHaveCountAsync(0);
        await secretary.Look("sign-in");
        await secretary.Page.Locator("#Input_Name").FillAsync(EmptyServer.SignIn);
        await secretary.Page.Locator("#Input_Password").FillAsync(empty.OneTimePassword);
        await secretary.Press("登录");
        await secretary.SeesTitle("修改密码");

        // Nothing else opens before it is changed.
        await secretary.Go("/appeals");
        await secretary.SeesTitle("修改密码");
        await secretary.Look("one-time-password");
        secretary.Expects(400);
        await Change(secretary, empty.OneTimePassword, "short", "short");
        await secretary.Sees("新密码至少12个字符");
        await secretary.Look("password-refused");
        await Change(secretary, empty.OneTimePassword, password, password);
        await secretary.Sees("密码已经修改");
        // Then a second factor: a post sees other people's matters.
        await secretary.Sees("请先设置两步验证");
        await secretary.Go("/appeals");
        await secretary.SeesTitle("登录与安全");
        await secretary.Look("must-set-up");
        await SignInJourney.AddApp(secretary);
        await secretary.Click("已经保存，继续");
        await secretary.Sees("现在没有等着您办的事");
        await secretary.Look("first-home");

        foreach (var (link, what) in new[] { ("诉求", "list"), ("数字", "dashboard"), ("工作报告", "report"), ("办理公开", "public") })
        {
            await secretary.Menu(link);
            await secretary.Look("empty-" + what);
        }
        foreach (var (link, what) in new[] { ("规则与期限", "rules"), ("记录如何防篡改", "log") })
        {
            await secretary.Click(link);
            await secretary.Look("empty-" + what);
        }

        await secretary.Menu("登记");
        await secretary.Type("替谁登记", "王桂兰");
        await secretary.Choose("公共设施");
        await secretary.Type("什么事", "开张第一件楼道灯不亮");
        await secretary.Type("具体位置", "12号院3号楼");
        await secretary.Type("详细情况", "三楼的灯不亮。");
        await secretary.Press("登记并出回执");
        await secretary.SeesTitle("诉求回执");
        await secretary.Look("first-receipt");
        // It went to the clerk, whose day it stands in; the secretary finds it in the list.
        await secretary.Menu("诉求");
        await secretary.Click("开张第一件楼道灯不亮");
        await secretary.Press("受理这件诉求");
        await secretary.Sees("已受理");
        await secretary.Look("first-matter");
    }

    private static async Task Change(Journey journey, string old, string @new, string repeat)
    {
        await journey.Page.Locator("#Input_OldPassword").FillAsync(old);
        await journey.Page.Locator("#Input_NewPassword").FillAsync(@new);
        await journey.Page.Locator("#Input_Repeat").FillAsync(repeat);
        await journey.Press("修改密码");
    }
}
