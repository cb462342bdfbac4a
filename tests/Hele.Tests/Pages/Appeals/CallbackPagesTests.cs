using Hele.Civic.Appeals;
using Hele.TestKit;
using Hele.Tests.Appeals.Verdicts;
using Hele.Tests.Figures;
using Xunit;

namespace Hele.Tests.Pages.Appeals;

public class CallbackPagesTests(TestHosts hosts) : IClassFixture<TestHosts>
{
    /// <summary>From the draw to the call: what is refused keeps what was typed, a call that differs strikes the verdict, and nobody else has the pages.</summary>
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Callbacks_FromTheDrawToACallThatDiffers_LiveOnTheirPages(TestDatabase kind)
    {
        var host = await hosts.On(kind);
        var hele = host.Hele;
        var handler = await hele.Viewer(TestPeople.Zhao);
        var code = await hele.FileAppeal(await hele.Viewer(TestPeople.Liu), "健身器材松了");
        NumberSteps.Ok(await hele.Accept(handler, code));
        NumberSteps.Ok(await hele.Answer(handler, code));
        NumberSteps.Ok(await hele.Telephoned(await hele.Viewer(TestPeople.Zhou), code, true));
        hele.MoveTo(2026, 11, 20);
        var (liu, zhao, zhou, feng) = (await host.As(TestPeople.Liu), await host.As(TestPeople.Zhao), await host.As(TestPeople.Zhou), await host.As(TestPeople.Feng));

        var list = await HtmlPage.Get(feng, "/appeals/callbacks");
        Assert.Contains("还没有抽过", list.VisibleText);
        var odd = (await list.Form("#draw form").Fill("Draw.From", "2026-10-31").Fill("Draw.To", "2026-10-01").Submit()).Expect(400);
        Assert.Equal("2026-10-31", odd.Form("#draw form")["Draw.From"]);
        var drawn = await odd.Form("#draw form").Fill("Draw.From", "2026-10-01").Fill("Draw.To", "2026-10-31").Submit();
        drawn.ExpectRedirect("/appeals/callbacks/*");
        var round = await drawn.Follow();
        Assert.Contains("名单和抽中的都一样", round.Text("#check"));
        Assert.Contains("健身器材松了", round.VisibleText);
        Assert.Single((await HtmlPage.Get(feng, "/appeals/callbacks")).Texts("tbody tr"));
        var link = round.One("tbody a[href^='/appeals/calls/']").GetAttribute("href")!;
        Assert.Contains("给抽中的居民打电话", (await HtmlPage.Get(feng, "/")).VisibleText);
        foreach (var other in new[] { zhao, zhou, liu })
            await HtmlPage.Get(other, link, 404);

        var call = await HtmlPage.Get(feng, link);
        Assert.True(call.Has("#phone"));
        var refused = (await call.Form("#record form").Fill("Call.Result", Callback.Differ).Submit()).Expect(400);
        Assert.True(refused.Has("#record .problem"));
        (await refused.Form("#record form").Fill("Call.Text", "没有人问过我").Submit()).ExpectRedirect(link);
        var done = await HtmlPage.Get(feng, link);
        Assert.Contains("已划去", done.VisibleText);
        Assert.False(done.Has("#record"));
        Assert.Equal(AppealState.Answered, (await host.Hele.Row(code)).State);
        Assert.Contains("没有人问过我", (await HtmlPage.Get(zhao, "/appeals/" + code)).VisibleText);
        Assert.True((await HtmlPage.Get(liu, "/appeals/" + code)).Has("#judge"));
        Assert.DoesNotContain("给抽中的居民打电话", (await HtmlPage.Get(feng, "/")).VisibleText);
    }
}
