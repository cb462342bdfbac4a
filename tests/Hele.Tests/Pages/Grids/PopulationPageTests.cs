using Hele.Civic.Grids;
using Hele.TestKit;
using Hele.Tests.Grids;
using Hele.Web.Pages.Figures;
using Hele.Web.Pages.Grids;
using Xunit;

namespace Hele.Tests.Pages.Grids;

/// <summary>Who lives here in numbers: the ages for those who keep the households, the figures with their households for them alone.</summary>
public class PopulationPageTests
{
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Ages_StandInAChartAndATable_AndFiguresOpenHouseholdsForTheirKeepersAlone(TestDatabase kind)
    {
        await using var host = await TestHost.Start(kind);
        var ma = await host.Hele.Viewer(TestPeople.Ma);
        var household = GridSteps.Ok(await host.Hele.MoveIn(ma, await host.Hele.Building(ma, await host.Hele.Compound(ma), "3号楼"), "302", await host.Hele.PersonCode(TestPeople.Liu)));
        var (zhou, feng) = (await host.As(TestPeople.Zhou), await host.As(TestPeople.Feng));
        var page = await HtmlPage.Get(zhou, GridLinks.Population);
        // Nobody's year is known yet: bars of nothing would say that nobody lives here.
        Assert.Contains("算不出年龄", page.Text("#ages"), StringComparison.Ordinal);
        Assert.False(page.Has("#ages .chart"));
        Assert.Equal(PopulationFigures.All.Count(f => f.Kind == Civic.Platform.Figures.FigureKind.Flow), page.Document.QuerySelectorAll("#year .figure a").Length);
        await HtmlPage.Get(feng, GridLinks.Population, 404);
        await HtmlPage.Get(await host.As(TestPeople.Liu), GridLinks.Population, 404);

        // A supervisor reads the number; which household it is only its keepers are told, on the page and in every file.
        var path = FigureLinks.Of(PopulationFigures.People.Id, new(host.Hele.Today, host.Hele.Today));
        Assert.Equal(GridLinks.Household(household), (await HtmlPage.Get(zhou, path)).One("#records tbody a").GetAttribute("href"));
        var told = await HtmlPage.Get(feng, path);
        Assert.Equal("1", told.Text("aside .figure b"));
        Assert.DoesNotContain(household, told.Source, StringComparison.Ordinal);
        foreach (var file in new[] { "records.csv", "records.json" })
        {
            var link = told.One($"[href*='{file}']").GetAttribute("href");
            Assert.DoesNotContain(household, await feng.GetStringAsync(link), StringComparison.Ordinal);
            Assert.Contains(household, await zhou.GetStringAsync(link), StringComparison.Ordinal);
        }

        GridSteps.Ok(await host.Hele.Get<RecordBirth>().Run(ma, ma.Act(GridAccess.KeepHouseholds, Guid.NewGuid()), new(household, "刘小满", host.Hele.Today.AddDays(-3), [await host.Hele.PersonCode(TestPeople.Liu)], "父母"), TestContext.Current.CancellationToken));
        page = await HtmlPage.Get(zhou, GridLinks.Population);
        Assert.Equal(10, page.Document.QuerySelectorAll("#ages .chart .ink").Length);
        Assert.Equal(10, page.Texts("#ages tbody th").Count());
        Assert.Contains("另有 1 人没有登记出生年份", page.Text("#ages"), StringComparison.Ordinal);
    }
}
