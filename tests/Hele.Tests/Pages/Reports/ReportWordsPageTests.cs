using Hele.Civic.Kernel;
using Hele.TestKit;
using Hele.Tests.Figures;
using Hele.Tests.Grids;
using Hele.Tests.Reports;
using Hele.Tests.Thanks;
using Xunit;

namespace Hele.Tests.Pages.Reports;

/// <summary>Stories and statements through their pages: who finds what to do where, and what the report shows of it.</summary>
public class ReportWordsPageTests
{
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Story_FromItsRecordToTheReport_AndOutOfItAgain(TestDatabase kind)
    {
        await using var host = await TestHost.Start(kind);
        var hele = host.Hele;
        var (liu, zhou, feng, zhao) = (await host.SignIn(TestPeople.Liu), await host.SignIn(TestPeople.Zhou), await host.SignIn(TestPeople.Feng), await host.SignIn(TestPeople.Zhao));
        var appeal = await hele.SatisfiedAppeal(await hele.Viewer(TestPeople.Liu));

        var draft = await HtmlPage.Get(zhou, $"/report/stories/new?source=Appeal&record={appeal}");
        Assert.Contains("居民刘某反映", draft.Form("form[method=post].form")["Input.Text"]);
        var refused = (await draft.Form("form[method=post].form").Fill("Input.Text", "刘大勇说灯亮了。").Submit()).Expect(400);
        Assert.Contains("刘大勇", string.Concat(refused.Problems));
        Assert.Equal("刘大勇说灯亮了。", refused.Form("form[method=post].form")["Input.Text"]);
        var path = (await refused.Form("form[method=post].form").Fill("Input.Text", WordsSteps.Story).Submit()).ExpectRedirect("/report/stories/*").Location!.AbsolutePath;

        // Its words stand on no page before somebody asks for them.
        foreach (var reader in new[] { zhou, feng, liu })
            Assert.DoesNotContain(WordsSteps.Story, (await HtmlPage.Get(reader, path)).Source);
        foreach (var stranger in new[] { zhao, await host.SignIn(TestPeople.Chen), await host.SignIn(TestPeople.Sun) })
            await HtmlPage.Get(stranger, path, 404);
        Assert.Contains("社区想把您的一件事写进工作报告", (await HtmlPage.Get(liu, "/notices")).VisibleText);

        var opened = (await (await HtmlPage.Get(liu, path)).Form("#open form").Submit()).Expect(200);
        Assert.Equal(WordsSteps.Story, opened.Text("#words"));
        (await opened.Form("#agree form").Submit()).ExpectRedirect(path);

        Assert.Contains("以第二个人的身份看案例", (await HtmlPage.Get(feng, "/")).VisibleText);
        Assert.False((await (await HtmlPage.Get(zhou, path)).Form("#open form").Submit()).Has("#approve"));
        var second = await (await HtmlPage.Get(feng, path)).Form("#open form").Submit();
        (await second.Form("#approve form").Submit()).ExpectRedirect(path);

        var report = await HtmlPage.Get(await host.SignIn(TestPeople.Ma), "/report?period=2026-10");
        Assert.Contains(WordsSteps.Story, report.Text("article.report .story"));
        Assert.DoesNotContain("刘大勇", report.Text("article.report"));
        (await (await HtmlPage.Get(liu, path)).Form("#withdraw form").Submit()).ExpectRedirect(path);
        Assert.DoesNotContain(WordsSteps.Story, (await HtmlPage.Get(await host.SignIn(TestPeople.Ma), "/report?period=2026-10")).Source);
        Assert.Contains("文字已经销毁", (await HtmlPage.Get(zhou, path)).VisibleText);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Statement_SignedConfirmedClosedAndWithdrawn_IsShownAsWhatItIs(TestDatabase kind)
    {
        await using var host = await TestHost.Start(kind);
        var hele = host.Hele;
        var (feng, ma) = (await host.SignIn(TestPeople.Feng), await host.SignIn(TestPeople.Ma));
        var form = await HtmlPage.Get(feng, "/report/statements/new");
        var refused = (await form.Form("main form.form").Fill("Input.Text", "处理了3人。").Submit()).Expect(400);
        Assert.Contains("不能写数字（3）", string.Concat(refused.Problems));
        var path = (await refused.Form("main form.form").Fill("Input.Text", WordsSteps.Discipline).Submit()).ExpectRedirect("/report/statements/*").Location!.AbsolutePath;
        Assert.False((await HtmlPage.Get(feng, path)).Has("#confirm"));
        Assert.Contains("要由另一个人确认", (await HtmlPage.Get(feng, path)).VisibleText);
        await HtmlPage.Get(await host.SignIn(TestPeople.Liu), path, 404);
        Assert.Contains("确认报告里的声明", (await HtmlPage.Get(ma, "/")).VisibleText);
        (await (await HtmlPage.Get(ma, path)).Form("#confirm form").Submit()).ExpectRedirect(path);
        var report = await HtmlPage.Get(ma, "/report?period=2026-10");
        Assert.Contains("签署的声明（不是由记录算出的数字）", report.Text("article.report aside.statement"));
        Assert.False(report.Has("aside.statement a"));

        hele.MoveTo(2026, 11, 3);
        NumberSteps.Ok(await hele.Close(await hele.Viewer(TestPeople.Ma), Period.Month(2026, 10)));
        (feng, ma) = (await host.SignIn(TestPeople.Feng), await host.SignIn(TestPeople.Ma));
        (await (await HtmlPage.Get(feng, path)).Form("#withdraw form").Fill("Withdraw.Reason", "后来查明有一人受到诫勉。").Submit()).ExpectRedirect(path);
        var closed = await HtmlPage.Get(ma, "/report?period=2026-10");
        Assert.Contains(WordsSteps.Discipline, closed.Text("article.report aside.statement"));
        Assert.Contains("后来查明有一人受到诫勉。", closed.Text(".basis"));
        Assert.DoesNotContain("后来查明", closed.Text("article.report"));
    }
}
