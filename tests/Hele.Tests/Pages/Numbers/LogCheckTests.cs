using Hele.Civic.Platform.Journal;
using Hele.Tests.Platform;
using Hele.TestKit;
using Xunit;

namespace Hele.Tests.Pages.Numbers;

/// <summary>What somebody changed in the database itself is found without anybody asking, and everybody in a post is told on every page until it is gone.</summary>
public class LogCheckTests
{
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Check_RowsChangedBehindTheProgramsBack_RaiseAnAlarm_UntilTheyAgreeAgain(TestDatabase kind)
    {
        await using var host = await TestHost.Start(kind);
        var code = await PageSteps.FileAppeal(await host.As(TestPeople.Liu), "有人想改掉的一件");
        var check = host.Hele.Get<LogCheck>();
        Assert.Null(check.Last);
        Assert.Contains("还没有核对过", (await HtmlPage.Get(host.Browser(), "/log")).Text("aside"));

        Assert.Equal(0, (await check.Run()).Found);
        Assert.Contains("记录和日志一致", (await HtmlPage.Get(host.Browser(), "/log")).Text("aside"));
        var (feng, zhao) = (await host.As(TestPeople.Feng), await host.As(TestPeople.Zhao));
        Assert.Empty((await HtmlPage.Get(feng, "/")).Document.QuerySelectorAll(".banner.alarm"));

        var behind = new BehindTheBack(host.Hele);
        var text = (string)(await behind.Scalar("""SELECT "Text" FROM "Appeals" WHERE "PublicCode" = @p0""", code))!;
        await behind.One("""UPDATE "Appeals" SET "Text" = '没有这回事' WHERE "PublicCode" = @p0""", code);
        var result = await check.Run();
        Assert.Equal([FindingKind.ValueChanged], result.Findings.Select(f => f.Kind));
        foreach (var (who, link) in new[] { (feng, "/log/check"), (zhao, "/log") })
        {
            var alarm = (await HtmlPage.Get(who, "/")).One(".banner.alarm a");
            Assert.Contains("有 1 处记录和日志对不上", alarm.TextContent);
            Assert.Equal(link, alarm.GetAttribute("href"));
        }
        Assert.Contains("records differ from the log", (await HtmlPage.Get(await host.SignIn(TestPeople.Feng, language: "en"), "/")).Text(".banner.alarm"));
        // The neighbours have no part in it; the public learns the count and no more.
        Assert.Empty((await HtmlPage.Get(await host.SignIn(TestPeople.Zhou, TestInstallation.Other), "/")).Document.QuerySelectorAll(".banner.alarm"));
        var open = await HtmlPage.Get(host.Browser(), "/log");
        Assert.Contains("有 1 处对不上", open.Text("aside"));
        Assert.DoesNotContain(code, open.VisibleText);
        Assert.Empty(open.Document.QuerySelectorAll(".banner.alarm"));

        var page = await HtmlPage.Get(feng, "/log/check");
        Assert.Contains("有 1 处对不上", page.Text("main .notice"));
        Assert.Contains(code, page.Text("main tbody"));
        Assert.Contains("Text", page.Text("main tbody"));
        Assert.DoesNotContain("没有这回事", page.VisibleText);
        Assert.DoesNotContain("有人想改掉的一件", page.VisibleText);

        // It isn't kept in the database that it accuses: another start knows it too.
        Assert.Equal(1, new LogCheck(host.Hele.Get<LogVerification>(), host.Hele.Options, host.Hele.Clock, Microsoft.Extensions.Logging.Abstractions.NullLogger<LogCheck>.Instance).Last!.Found);

        await behind.One("""UPDATE "Appeals" SET "Text" = @p1 WHERE "PublicCode" = @p0""", code, text);
        Assert.Equal(0, (await check.Run()).Found);
        Assert.Empty((await HtmlPage.Get(feng, "/")).Document.QuerySelectorAll(".banner.alarm"));
    }
}
