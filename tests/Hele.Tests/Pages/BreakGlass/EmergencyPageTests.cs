using Hele.Civic.BreakGlass;
using Hele.Civic.Kernel;
using Hele.Civic.Platform.Sealing;
using Hele.Civic.Platform.Storage;
using Hele.TestKit;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Hele.Tests.Pages.BreakGlass;

/// <summary>An emergency through the pages, seen by whoever opens, by the person, by the reviewer, and by those it doesn't concern.</summary>
public class EmergencyPageTests
{
    private const string Number = "13711118888";

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Emergency_FromTheFormToTheReview_IsSeenByThePersonAllAlong(TestDatabase kind)
    {
        await using var host = await TestHost.Start(kind);
        var (zhao, liu, feng) = (await host.SignIn(TestPeople.Zhao), await host.SignIn(TestPeople.Liu), await host.SignIn(TestPeople.Feng));
        var person = await host.Hele.GivePhone(TestPeople.Liu, Number);
        Assert.False((await HtmlPage.Get(liu, "/")).Has(".told"));

        var form = (await HtmlPage.Get(zhao, "/break-glass/new?person=" + person)).Form("main form.form");
        var refused = await form.Fill("Input.Reason", "急").Submit();
        Assert.Equal(2, refused.Expect(400).Problems.Count);
        Assert.Contains("请选择打开多久（最多60分钟）。", refused.Problems);
        Assert.Equal(("急", person), (refused.Form("main form.form")["Input.Reason"], refused.Form("main form.form")["Input.Code"]));
        Assert.Contains("刘大勇", refused.VisibleText);
        var opened = await refused.Form("main form.form").Fill("Input.Reason", PostSteps.Emergency).Fill("Input.Minutes", "10").Submit();
        var path = opened.ExpectRedirect("/break-glass/*").Location!.AbsolutePath;
        var page = await opened.Follow();
        Assert.DoesNotContain(Number, page.Source);
        var shown = await page.Form("#read form").Submit();
        Assert.Contains(Number, shown.Expect(200).Text("#value"));

        // The person is told on each of their pages, and sees why.
        var told = await HtmlPage.Get(liu, "/appeals/public");
        Assert.Contains("“网格员”因紧急情况查看了您的电话号码", told.Text(".told"));
        Assert.Contains(PostSteps.Emergency, (await HtmlPage.Get(liu, "/account/data")).Text("#looked"));
        var theirs = await HtmlPage.Get(liu, path);
        Assert.Contains(PostSteps.Emergency, theirs.Text(".timeline"));
        Assert.False(theirs.Has("#read form") || theirs.Has("#review form"));
        (await theirs.Form("#know form").Submit()).ExpectRedirect(path);
        Assert.False((await HtmlPage.Get(liu, "/")).Has(".told"));

        // Nobody else.
        foreach (var stranger in new[] { TestPeople.Chen, TestPeople.Zhou, TestPeople.Ma, TestPeople.Sun, TestPeople.He })
            await HtmlPage.Get(await host.SignIn(stranger), path, 404);
        await HtmlPage.Get(await host.SignIn(TestPeople.Feng, TestInstallation.Other), path, 404);

        // Its time runs out, and the working day after the next the review is late, on the matter.
        var read = page.Form("#read form");
        host.Hele.Clock.MoveTo(TestInstallation.Start.AddMinutes(11));
        Assert.Contains("已经结束，不能再看", (await read.Submit()).Expect(409).VisibleText);
        Assert.DoesNotContain(Number, (await HtmlPage.Get(zhao, path)).Source);
        host.Hele.Clock.MoveTo(China.At(new(2026, 11, 3), new(9, 0)));
        feng = await host.SignIn(TestPeople.Feng);
        var list = await HtmlPage.Get(feng, "/break-glass");
        Assert.Contains("已超期", list.Text("#review"));
        Assert.Contains("看过1次", (await HtmlPage.Get(feng, path)).Text(".facts"));
        var review = (await HtmlPage.Get(feng, path)).Form("#review form");
        Assert.Equal(2, (await review.Submit()).Expect(400).Problems.Count);
        (await review.Fill("Judgement.Justified", "false").Fill("Judgement.Words", "可以先打居委会电话").Submit()).ExpectRedirect(path);
        Assert.Equal(EmergencyState.NotJustified, (await host.Hele.Access(path.Split('/')[^1])).State);
        liu = await host.SignIn(TestPeople.Liu);
        Assert.Contains("可以先打居委会电话", (await HtmlPage.Get(liu, path)).Text(".timeline"));
        Assert.Equal(1, await host.Hele.Read(db => db.Set<ViewRecord>().CountAsync()));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task New_ForWhoMaySeeItAnyway_OrWithAWrongCode_SaysSo(TestDatabase kind)
    {
        await using var host = await TestHost.Start(kind);
        var person = await host.Hele.GivePhone(TestPeople.Liu, Number);
        var zhou = await host.SignIn(TestPeople.Zhou);
        var page = await HtmlPage.Get(zhou, "/break-glass/new?person=" + person);
        Assert.Contains("本来就能看这一项", page.VisibleText);
        var answer = await page.Form("main form.form").Fill("Input.Reason", PostSteps.Emergency).Fill("Input.Minutes", "60").Submit();
        Assert.Contains("不用应急查看", answer.Expect(409).VisibleText);
        // The supervisor may not read the register: no name, but the emergency door is there.
        var feng = await host.SignIn(TestPeople.Feng);
        Assert.DoesNotContain("刘大勇", (await HtmlPage.Get(feng, "/break-glass/new?person=" + person)).VisibleText);
        foreach (var bad in new[] { "", "2222-3333-4444", "'; --", "刘大勇" })
        {
            var wrong = await (await HtmlPage.Get(feng, "/break-glass/new?person=" + Uri.EscapeDataString(bad))).Form("main form.form").Fill("Input.Reason", PostSteps.Emergency).Fill("Input.Minutes", "60").Submit();
            Assert.Contains("没有找到这个代码", wrong.Expect(400).VisibleText);
        }
        var tooLong = await (await HtmlPage.Get(feng, "/break-glass/new?person=" + person)).Form("main form.form").Fill("Input.Reason", PostSteps.Emergency).Force("Input.Minutes", "600").Submit();
        Assert.Contains("请选择打开多久（最多60分钟）", tooLong.Expect(400).VisibleText);
        // Administrators have no such door.
        foreach (var admin in new[] { TestPeople.Sun, TestPeople.He })
            await HtmlPage.Get(await host.SignIn(admin), "/break-glass/new?person=" + person, 404);
    }
}
