using Hele.Civic.Appeals;
using Hele.TestKit;
using Xunit;

namespace Hele.Tests.Pages.Appeals;

public class JointPagesTests(TestHosts hosts) : IClassFixture<TestHosts>
{
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Joint_FromBringingInToTheAnswer_LivesOnItsPages(TestDatabase kind)
    {
        var host = await hosts.On(kind);
        var (liu, zhao, zhou) = (await host.As(TestPeople.Liu), await host.As(TestPeople.Zhao), await host.As(TestPeople.Zhou));
        var code = await PageSteps.FileAppeal(liu, "地下室水泵坏了");
        await PageSteps.Accept(zhao, code);
        var matter = await HtmlPage.Get(zhao, "/appeals/" + code);
        var clerk = matter.Document.QuerySelectorAll("#joint label.choice").Single(l => l.TextContent.Contains("周丽华", StringComparison.Ordinal)).QuerySelector("input")!.GetAttribute("value")!;
        var refused = (await matter.Form("#joint form").Fill("Joint.Task", "联系物业").Submit()).Expect(400);
        Assert.Equal("联系物业", refused.Form("#joint form")["Joint.Task"]);
        var asked = await refused.Form("#joint form").Fill("Joint.To", clerk).Fill("Joint.Reason", "水泵归物业").Submit();
        await host.Hele.Went(asked, code, AppealState.Accepted, "appeal.joint-started");
        Assert.Contains("联合办理", (await HtmlPage.Get(liu, "/appeals/" + code)).VisibleText);
        Assert.False((await HtmlPage.Get(zhou, "/appeals/" + code)).Has("#joint"));

        var day = await HtmlPage.Get(zhou, "/");
        Assert.Contains("联合办理：办好并写下您的部分", day.VisibleText);
        var link = day.One("a[href^='/appeals/joint/']").GetAttribute("href")!;
        var part = await HtmlPage.Get(zhou, link);
        Assert.DoesNotContain("刘大勇", part.One("main").TextContent);
        Assert.Contains("联系物业", part.VisibleText);
        (await part.Form("#part form").Submit()).Expect(400);
        (await part.Form("#part form").Fill("Part.Text", "物业已换水泵。").Submit()).ExpectRedirect(link);
        Assert.Contains("物业已换水泵。", (await HtmlPage.Get(zhao, "/appeals/" + code)).Text("#together"));
        // The resident reads who takes part, not what the posts write to each other.
        Assert.DoesNotContain("物业已换水泵。", (await HtmlPage.Get(liu, "/appeals/" + code)).VisibleText);
        await PageSteps.Answer(zhao, code, "水泵换了，地面也清了。");
        Assert.Contains("参加办理：社区工作者", (await HtmlPage.Get(liu, "/appeals/" + code)).VisibleText);
        Assert.False((await HtmlPage.Get(zhao, "/appeals/" + code)).Has("#joint"));
    }

    /// <summary>What is over shows on the part too, and bringing the first post in then isn't told as if it were another one.</summary>
    [Fact]
    public async Task Part_OfAMatterThatIsOverdue_SaysSo()
    {
        await using var host = await TestHost.Start(TestDatabase.Sqlite);
        var (liu, zhao) = (await host.Hele.Viewer(TestPeople.Liu), await host.Hele.Viewer(TestPeople.Zhao));
        var code = await host.Hele.FileAppeal(liu, "地下室水泵坏了");
        Assert.True((await host.Hele.Accept(zhao, code)).Accepted);
        host.Hele.Clock.MoveTo(Civic.Kernel.China.At(new(2026, 11, 20), new(9, 0)));
        Assert.True((await host.Hele.Get<BringIn>().Run(zhao, zhao.Act(JointAccess.BringIn, Guid.NewGuid()), new(code, await host.Hele.PostCode(TestPeople.Zhou), "水泵归物业", "联系物业"))).Accepted);
        var zhou = await host.SignIn(TestPeople.Zhou);
        var link = (await HtmlPage.Get(zhou, "/")).One("a[href^='/appeals/joint/']").GetAttribute("href")!;
        Assert.Contains("已超期", (await HtmlPage.Get(zhou, link)).Text("aside"));
        var told = (await HtmlPage.Get(await host.SignIn(TestPeople.Zhao), "/appeals/" + code)).VisibleText;
        Assert.Contains("请一个岗位联合办理，期限不变", told);
        Assert.DoesNotContain("又请一个岗位", told);
    }
}
