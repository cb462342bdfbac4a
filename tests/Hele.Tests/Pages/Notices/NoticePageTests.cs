using Hele.Civic.Kernel;
using Hele.TestKit;
using Xunit;

namespace Hele.Tests.Pages.Notices;

/// <summary>The bell, the list, the day's one line, and the choice, as the person they are for and as everybody else.</summary>
public class NoticePageTests
{
    private static string Bell(HtmlPage page) => page.Text("header .bell");

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Answer_RingsTheBell_AndOpeningTheMatterByAnyWayIsReading(TestDatabase kind)
    {
        await using var host = await TestHost.Start(kind);
        var (liu, zhou) = (await host.SignIn(TestPeople.Liu), await host.SignIn(TestPeople.Zhou));
        var code = await PageSteps.FileAppeal(liu);
        Assert.Equal("通知", Bell(await HtmlPage.Get(liu, "/")));
        Assert.Contains("没有新通知", (await HtmlPage.Get(liu, "/notices")).VisibleText);
        await PageSteps.Accept(zhou, code);
        await PageSteps.Answer(zhou, code, "灯已经换好。");

        Assert.StartsWith("通知，1条没看", Bell(await HtmlPage.Get(liu, "/")));
        var list = await HtmlPage.Get(liu, "/notices");
        Assert.Contains("有了答复，请您评价", list.Text("#unread"));
        Assert.Contains("楼道灯不亮", list.Text("#unread"));
        Assert.Equal("/appeals/" + code, list.Document.QuerySelector("#unread a")!.GetAttribute("href"));
        Assert.DoesNotContain("灯已经换好", list.VisibleText);
        Assert.Equal("通知", Bell(await HtmlPage.Get(liu, "/appeals/" + code)));
        Assert.Contains("有了答复", (await HtmlPage.Get(liu, "/notices")).Text("#read"));

        // Nobody else is told, nobody sees that it was read, and whoever isn't signed in has no bell.
        foreach (var stranger in new[] { zhou, await host.SignIn(TestPeople.Chen), await host.SignIn(TestPeople.Liu, TestInstallation.Other) })
            Assert.Contains("没有新通知", (await HtmlPage.Get(stranger, "/notices")).VisibleText);
        Assert.DoesNotContain("没看", (await HtmlPage.Get(zhou, "/appeals/" + code)).VisibleText);
        Assert.False((await HtmlPage.Get(host.Browser(), "/")).Has(".bell"));
        foreach (var path in new[] { "/notices", "/notices/choices", "/notices/digest?on=2026-10-30" })
            (await HtmlPage.Get(host.Browser(), path, 302)).ExpectRedirect("/sign-in*");

        // What is kept of it stands among one's data.
        Assert.Contains("有了答复，请您评价", (await HtmlPage.Get(liu, "/account/data")).Text("#notices"));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Digest_IsOneLine_AndItsListIsTheReadersOwn(TestDatabase kind)
    {
        await using var host = await TestHost.Start(kind);
        var (liu, zhou) = (await host.SignIn(TestPeople.Liu), await host.SignIn(TestPeople.Zhou));
        foreach (var title in new[] { "楼道灯不亮", "井盖坏了", "树枝挡窗" })
            await PageSteps.Accept(zhou, await PageSteps.FileAppeal(liu, title));
        Assert.Equal("通知", Bell(await HtmlPage.Get(liu, "/")));
        host.Hele.Clock.MoveTo(China.At(new DateOnly(2026, 10, 31), new TimeOnly(8, 0)));
        (liu, zhou) = (await host.SignIn(TestPeople.Liu), await host.SignIn(TestPeople.Zhou));
        var list = await HtmlPage.Get(liu, "/notices");
        Assert.StartsWith("通知，1条没看", Bell(list));
        var link = list.Document.QuerySelector("#unread a")!;
        Assert.Equal("昨天有3件事有进展", link.TextContent);
        var day = await HtmlPage.Get(liu, link.GetAttribute("href")!);
        Assert.Equal(3, day.Document.QuerySelectorAll("#digest li").Length);
        Assert.Equal("通知", Bell(day));
        foreach (var (client, path) in new[] { (zhou, link.GetAttribute("href")!), (liu, "/notices/digest?on=2026-10-29") })
            Assert.Contains("这一天没有汇总的通知", (await HtmlPage.Get(client, path)).VisibleText);
        Assert.Equal(3, (await HtmlPage.Get(liu, "/notices/digest?on=x")).Document.QuerySelectorAll("#digest li").Length);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Choice_IsKept_AndWhatCantBeRefusedSaysWhy(TestDatabase kind)
    {
        await using var host = await TestHost.Start(kind);
        var (liu, zhou) = (await host.SignIn(TestPeople.Liu), await host.SignIn(TestPeople.Zhou));
        var page = await HtmlPage.Get(liu, "/notices/choices");
        Assert.False(page.Has("input[name='way.appeal.decisions'][value='Off']"));
        Assert.Contains("所以不能不通知", page.VisibleText);
        var forged = await page.Form("main form.form").Force("way.appeal.progress", "Nonsense").Submit();
        Assert.Contains("请选一种通知方式", forged.Expect(400).VisibleText);
        (await page.Form("main form.form").Fill("way.appeal.progress", "AtOnce").Submit()).ExpectRedirect("/notices");
        Assert.True((await HtmlPage.Get(liu, "/notices/choices")).Has("input[name='way.appeal.progress'][value='AtOnce'][checked]"));
        await PageSteps.Accept(zhou, await PageSteps.FileAppeal(liu));
        var list = await HtmlPage.Get(liu, "/notices");
        Assert.Contains("已受理", list.Text("#unread"));
        (await list.Form("#unread form").Submit()).ExpectRedirect("/notices");
        Assert.Equal("通知", Bell(await HtmlPage.Get(liu, "/")));
    }
}
