using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Hele.BrowserTests;

/// <summary>A community refers a matter up; the sub-district's officer answers it; the resident judges. On the phone, and at the desk without script.</summary>
public class OfficerJourney(BrowserFixture browser, DemoServer demo)
{
    [Theory]
    [InlineData(Screen.Phone, "officer", true, "luo-jiahui")]
    [InlineData(Screen.Desk, "officer-no-script", false, "yao-peng")]
    public async Task Matter_ReferredUp_IsAnsweredFromAboveAndJudged(Screen screen, string name, bool script, string resident)
    {
        var title = screen == Screen.Phone ? "小区门前积水没过脚面" : "东门路灯整条街不亮";
        string code;
        await using (var filing = await Journey.Begin(browser, demo.Address, name + "-resident", screen, script))
        {
            await filing.SignIn(resident);
            await filing.Go("/appeals/new");
            await filing.Choose("公共设施");
            await filing.Page.Locator("#Input_Title").FillAsync(title);
            await filing.Page.Locator("#Input_Text").FillAsync("下雨就积水，出不了门。");
            await filing.Next();
            await filing.Page.Locator("#Input_Place").FillAsync("东桥家园东门");
            await filing.Next();
            await filing.Page.Locator("main [data-step-send]").ClickAsync();
            code = filing.Code();
            foreach (var typed in new[] { title, "东桥家园东门", "下雨就积水，出不了门。" })
                Known.Typed(typed);
        }
        await using (var clerk = await Journey.Begin(browser, demo.Address, name + "-clerk", screen, script))
        {
            await clerk.SignIn("xu-fang");
            await clerk.Go("/appeals/" + code);
            await clerk.Press("受理这件诉求");
            await clerk.Page.Locator("#refer summary").ClickAsync();
            await clerk.Type("为什么要请街道办", "排水管是市政的，社区报过两次没人来。");
            await clerk.Look("refer");
            await clerk.Page.Locator("#refer button.button").ClickAsync();
            await clerk.Sees("这件事现在在柳荫街道");
            await clerk.Look("referred");
        }
        await using (var officer = await Journey.Begin(browser, demo.Address, name, screen, script))
        {
            await officer.SignIn("tang-min");
            await officer.Look("home");
            await officer.Page.Locator("nav.nav a[href='/referrals']").ClickAsync();
            await officer.Look("list");
            await officer.Click(title);
            await officer.Look("matter");
            Assert.DoesNotContain(Journey.Person(resident).Name, await officer.Page.InnerTextAsync("main"), StringComparison.Ordinal);
            await officer.Type("做了什么，结果怎样", "街道请市政来通了管，积水退了。");
            await officer.Press("送出答复");
            await officer.Sees("答复已写到社区的诉求里，请居民评价。");
            await officer.Look("answered");
            await officer.Page.Locator("nav.nav a[href='/communities']").ClickAsync();
            await officer.SeesTitle("各社区数字");
            await officer.Look("communities");
            await officer.Click("提交诉求");
            await officer.Look("figure");
        }
        await using var judging = await Journey.Begin(browser, demo.Address, name + "-judge", screen, script);
        await judging.SignIn(resident);
        await judging.Go("/appeals/" + code);
        await judging.Sees("答复单位：柳荫街道");
        await judging.Look("judge");
        await judging.Choose("不满意");
        await judging.Page.Locator("#Verdict_Remark").FillAsync("又积水了。");
        Known.Typed("又积水了。");
        await judging.Press("提交评价");
        await Expect(judging.Page.Locator("main .state").First).ToContainTextAsync("不满意，重新办理");
    }

    [Fact]
    public async Task OfficersPages_InElderMode_FitThePhone()
    {
        await using var officer = await Journey.Begin(browser, demo.Address, "officer-elder", Screen.Phone);
        await officer.SignIn("tang-min");
        await officer.Page.Locator("header form[action='/elder-mode'] button").ClickAsync();
        foreach (var path in new[] { "/", "/referrals", "/communities", "/communities/appeals.filed" })
        {
            await officer.Go(path);
            await officer.Look(path.Trim('/').Replace('/', '-') + "-elder");
        }
    }
}
