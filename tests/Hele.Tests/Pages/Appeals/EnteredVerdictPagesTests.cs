using Hele.Civic.Appeals;
using Hele.Civic.Platform.Access;
using Hele.TestKit;
using Hele.Tests.Appeals;
using Hele.Tests.Appeals.Verdicts;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Hele.Tests.Pages.Appeals;

public class EnteredVerdictPagesTests(TestHosts hosts) : IClassFixture<TestHosts>
{
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task ByPhone_LeadsToThePaper_WhoseCodeContestsItWithoutSigningIn(TestDatabase kind)
    {
        var host = await hosts.On(kind);
        var (liu, zhao, zhou, feng) = (await host.As(TestPeople.Liu), await host.As(TestPeople.Zhao), await host.As(TestPeople.Zhou), await host.As(TestPeople.Feng));
        var code = await Answered(liu, zhao, "水表井盖坏了");
        var entered = await (await HtmlPage.Get(zhou, "/appeals/" + code)).Form("#paper form").Fill("Paper.How", "Phone").Fill("Paper.Satisfied", "true").Fill("Paper.Remark", "行了").Submit();
        entered.ExpectRedirect($"/appeals/{code}/verdict");
        var paper = await entered.Follow();
        Assert.Contains("2026年11月13日", paper.VisibleText);
        Assert.Contains("社区工作者", paper.VisibleText);
        Assert.StartsWith("data:image/svg+xml;base64,", paper.One(".qr img").GetAttribute("src"));
        var paperCode = paper.Text(".qr code");
        // The one who handled it prints nothing, and doesn't learn the code.
        var handlers = await HtmlPage.Get(zhao, $"/appeals/{code}/verdict");
        Assert.Contains("没有可以打印的回执", handlers.VisibleText);
        Assert.DoesNotContain(paperCode, handlers.VisibleText);
        Assert.Contains("居民电话评价，社区工作者代录", (await HtmlPage.Get(zhao, "/appeals/" + code)).VisibleText);

        // Staff who are signed in don't speak for the resident here.
        Assert.False((await HtmlPage.Get(zhou, "/appeals/entered/" + paperCode)).Has("#contest"));
        var nobody = host.Browser();
        var look = await HtmlPage.Get(nobody, "/appeals/public?code=" + paperCode, 302);
        look.ExpectRedirect("/appeals/entered/" + paperCode);
        var open = await HtmlPage.Get(nobody, "/appeals/entered/" + paperCode);
        Assert.DoesNotContain("水表井盖坏了", open.VisibleText);
        Assert.DoesNotContain("刘大勇", open.VisibleText);
        var form = open.Form("#contest form").Fill("Text", "没有人给我打过电话");
        (await form.Submit()).ExpectRedirect("/appeals/entered/" + paperCode);
        (await form.Submit()).ExpectRedirect("/appeals/entered/" + paperCode);
        var done = await HtmlPage.Get(nobody, "/appeals/entered/" + paperCode);
        Assert.Contains("已划去", done.VisibleText);
        Assert.False(done.Has("#contest"));

        Assert.Equal(AppealState.Answered, (await host.Hele.Row(code)).State);
        var own = await HtmlPage.Get(liu, "/appeals/" + code);
        Assert.True(own.Has("#judge"));
        Assert.Contains("居民说不是本人的意思，已划去", own.VisibleText);
        Assert.Contains("没有人给我打过电话", own.VisibleText);

        var day = await HtmlPage.Get(feng, "/");
        Assert.Contains("代录的评价居民有异议，了解情况", day.VisibleText);
        Assert.True(day.Has($"main a[href='/appeals/{code}']"));
        var finding = await (await HtmlPage.Get(feng, "/appeals/" + code)).Form("#finding form").Fill("Finding.Text", "号码写错了").Submit();
        finding.ExpectRedirect("/appeals/" + code);
        Assert.False((await HtmlPage.Get(feng, "/appeals/" + code)).Has("#finding"));
        Assert.False((await HtmlPage.Get(feng, "/")).Has($"main a[href='/appeals/{code}']"));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task OnPaper_ContestedByTheResidentOrAtTheCounter_IsStruck(TestDatabase kind)
    {
        var host = await hosts.On(kind);
        var (liu, zhao, zhou, ma) = (await host.As(TestPeople.Liu), await host.As(TestPeople.Zhao), await host.As(TestPeople.Zhou), await host.As(TestPeople.Ma));
        var first = await Answered(liu, zhao, "信报箱锁坏了");
        await (await HtmlPage.Get(zhou, "/appeals/" + first)).Form("#paper form").Fill("Paper.Satisfied", "true").Submit();
        Assert.Contains("网上提交", (await HtmlPage.Get(liu, "/appeals/" + first)).VisibleText);
        var own = await HtmlPage.Get(liu, "/appeals/" + first);
        Assert.True(own.Has($"a[href='/appeals/{first}/verdict']"));
        (await own.Form("#struck form").Fill("Struck.Text", "我没写过").Submit()).ExpectRedirect("/appeals/" + first);
        Assert.Equal(AppealState.Answered, (await host.Hele.Row(first)).State);
        Assert.False((await HtmlPage.Get(liu, "/appeals/" + first)).Has("#struck"));

        var second = await Answered(liu, zhao, "晾衣绳断了");
        await (await HtmlPage.Get(zhou, "/appeals/" + second)).Form("#paper form").Fill("Paper.Satisfied", "true").Submit();
        // Who entered it isn't offered to take the contest down.
        var enterers = await HtmlPage.Get(zhou, "/appeals/" + second);
        Assert.DoesNotContain("代录的评价不是本人的意思", enterers.Has("#spoken") ? enterers.Text("#spoken") : "");
        var spoken = (await HtmlPage.Get(ma, "/appeals/" + second)).Form("#spoken form").Fill("Spoken.Act", Appeal.ContestVerdict).Fill("Spoken.Text", "不满意，还没修");
        (await spoken.Submit()).ExpectRedirect("/appeals/" + second);
        Assert.Equal(AppealState.Answered, (await host.Hele.Row(second)).State);
        Assert.Contains("居民本人的意思，社区党委书记代录", (await HtmlPage.Get(liu, "/appeals/" + second)).VisibleText);
    }

    /// <summary>What was entered for somebody who joined leads to a paper too; they contest it on their own page.</summary>
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task ByPhone_ForSomebodyWhoJoined_LeadsToTheirPaper(TestDatabase kind)
    {
        var host = await hosts.On(kind);
        var (liu, zhao, zhou, ma, chen) = (await host.As(TestPeople.Liu), await host.As(TestPeople.Zhao), await host.As(TestPeople.Zhou), await host.As(TestPeople.Ma), await host.As(TestPeople.Chen));
        var code = await PageSteps.FileAppeal(liu, "单元门禁坏了");
        await PageSteps.Accept(zhao, code);
        Assert.True((await host.Hele.Publish(await host.Hele.Viewer(TestPeople.Ma), code, "门禁坏了")).Accepted);
        var viewer = await host.Hele.Viewer(TestPeople.Chen);
        var join = (await host.Hele.Get<JoinAppeal>().Run(viewer.Act(JoiningAccess.Join, Guid.NewGuid()), new((await host.Hele.Publication(code)).PublicCode, null))).Code!;
        await PageSteps.Answer(zhao, code, "办好了。");
        var entered = await (await HtmlPage.Get(zhou, "/appeals/" + code)).Form("#joined-paper form").Fill("JoinedPaper.Join", join).Fill("JoinedPaper.How", "Phone").Fill("JoinedPaper.Satisfied", "false").Fill("JoinedPaper.Remark", "又坏了").Submit();
        entered.ExpectRedirect($"/appeals/joined/{join}/verdict");
        var paper = await entered.Follow();
        Assert.Contains("门禁坏了", paper.VisibleText);
        Assert.DoesNotContain("单元门禁坏了", paper.VisibleText);
        var paperCode = paper.Text(".qr code");
        Assert.Contains("没有可以打印的回执", (await HtmlPage.Get(zhao, $"/appeals/joined/{join}/verdict")).VisibleText);
        await HtmlPage.Get(liu, $"/appeals/joined/{join}/verdict", 404);
        Assert.DoesNotContain(paperCode, (await HtmlPage.Get(liu, "/appeals/" + code)).Source);
        Assert.True((await HtmlPage.Get(ma, "/appeals/" + code)).Has("#joined-struck"));
        Assert.False((await HtmlPage.Get(zhou, "/appeals/" + code)).Has("#joined-struck"));

        Assert.Contains(paperCode, (await HtmlPage.Get(chen, $"/appeals/joined/{join}/verdict")).VisibleText);
        var own = await HtmlPage.Get(chen, "/appeals/joined/" + join);
        (await own.Form("#struck form").Fill("Struck", "我没说过").Submit()).ExpectRedirect("/appeals/joined/" + join);
        Assert.Equal(AppealState.Answered, (await host.Hele.Row(code)).State);
        Assert.True((await HtmlPage.Get(chen, "/appeals/joined/" + join)).Has("#judge"));
        Assert.Contains("我没说过", (await HtmlPage.Get(zhou, "/appeals/" + code)).VisibleText);
    }

    private static async Task<string> Answered(HttpClient liu, HttpClient zhao, string title)
    {
        var code = await PageSteps.FileAppeal(liu, title);
        await PageSteps.Accept(zhao, code);
        await PageSteps.Answer(zhao, code, "办好了。");
        return code;
    }
}
