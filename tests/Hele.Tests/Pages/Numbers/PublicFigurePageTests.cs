using System.Text.RegularExpressions;
using Hele.Civic.Appeals;
using Hele.Civic.Kernel;
using Hele.Civic.Platform.Access;
using Hele.Civic.Reports;
using Hele.TestKit;
using Hele.Tests.Disclosures;
using Hele.Tests.Figures;
using Xunit;

namespace Hele.Tests.Pages.Numbers;

/// <summary>The figures anybody may read, and the screen in the hall: what the sub-district sees of the community and no more, still once it stands, without small numbers and without a name.</summary>
public class PublicFigurePageTests
{
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task PublicFigures_OfAQuarterThatIsOver_AreTheSubdistrictsAndStayAsTheyWere(TestDatabase kind)
    {
        await using var host = await TestHost.Start(kind);
        var (visitor, hele) = (host.Browser(), host.Hele);
        Assert.True((await HtmlPage.Get(visitor, "/figures/public")).Has(".empty"));
        var (liu, zhou) = (await hele.Viewer(TestPeople.Liu), await hele.Viewer(TestPeople.Zhou));
        for (var i = 0; i < 6; i++)
            await hele.Finished(liu, zhou, satisfied: i > 0);
        Assert.True((await HtmlPage.Get(visitor, "/figures/public")).Has(".empty"), "the quarter isn't over");

        hele.Clock.MoveTo(China.At(new DateOnly(2027, 1, 5), new TimeOnly(9, 0)));
        var page = await HtmlPage.Get(visitor, "/figures/public");
        Assert.Equal(["6", "6", "6", "不显示", "不显示"], page.Document.QuerySelectorAll(".figures .figure b").Select(b => b.TextContent.Trim()));
        var table = (await hele.Get<CommunityFigures>().Table(await hele.Viewer(TestPeople.Tang), Period.Parse("2026-Q4"), TestContext.Current.CancellationToken))!.Rows.Single(r => r.Community.Id == TestInstallation.Hexi);
        var csv = await visitor.GetStringAsync("/figures/public.csv", TestContext.Current.CancellationToken);
        Assert.Equal(CommunityFigures.Shown.Select(f => $"{TestInstallation.HexiCode},{f.Id},{f.Version},2026-Q4,{table.Cells[f.Id].Quarter},,,"), csv.Trim().Split("\r\n").Skip(1));

        // Entered late: what was shown stands, and what was hidden stays hidden.
        await hele.TakeDown(await hele.Viewer(TestPeople.Zhou), new DateOnly(2026, 12, 30));
        Assert.Equal(csv, await visitor.GetStringAsync("/figures/public.csv", TestContext.Current.CancellationToken));
        Assert.True((await HtmlPage.Get(host.Browser(place: TestInstallation.Other), "/figures/public")).Has(".empty"));
        Assert.DoesNotMatch(@"\p{IsCJKUnifiedIdeographs}", (await HtmlPage.Get(host.Browser("en"), "/figures/public")).Text("main"));
        await HtmlPage.Get(await host.SignIn(TestPeople.Tang), "/figures/public", 404);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Wall_ShowsWhatIsPublic_WithoutNamesOrSmallNumbers_AndAsksAgainByItself(TestDatabase kind)
    {
        await using var host = await TestHost.Start(kind);
        var hele = host.Hele;
        var (liu, zhou) = (await hele.Viewer(TestPeople.Liu), await hele.Viewer(TestPeople.Zhou));
        await hele.Finished(liu, zhou, satisfied: true);
        await hele.FileAppeal(liu, "没有审核的事");
        var shown = await hele.Up();
        hele.Clock.MoveTo(China.At(new DateOnly(2027, 1, 5), new TimeOnly(9, 0)));
        var later = await hele.Up();
        await hele.Up("low-income");
        using var answer = await host.Browser().GetAsync("/wall", TestContext.Current.CancellationToken);
        Assert.Equal("120", answer.Headers.GetValues("Refresh").Single());
        var wall = await HtmlPage.From(host.Browser(), answer);
        Assert.Equal(Enumerable.Repeat("不显示", 5), wall.Document.QuerySelectorAll("dd").Select(d => d.TextContent.Trim()));
        Assert.DoesNotContain("没有审核的事", wall.VisibleText);
        Assert.DoesNotContain(TestPeople.Liu.Name, wall.VisibleText);
        Assert.DoesNotContain("低保", wall.VisibleText);
        Assert.Single(wall.Document.QuerySelectorAll("section:nth-of-type(3) li"));
        Assert.NotEqual(shown, later);
        Assert.DoesNotMatch(@"\p{IsCJKUnifiedIdeographs}", Regex.Replace((await HtmlPage.Get(host.Browser("en", TestInstallation.Other), "/wall")).Text("main"), "第.网格|演示", ""));
    }
}
