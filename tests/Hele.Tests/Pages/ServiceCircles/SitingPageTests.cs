using System.Net;
using Hele.TestKit;
using Hele.Tests.Grids;
using Hele.Tests.Organizations;
using Hele.Tests.ServiceCircles;
using Hele.Web.Pages.ServiceCircles;
using MiniExcelLibs;
using Xunit;

namespace Hele.Tests.Pages.ServiceCircles;

/// <summary>The question where points should be, by the form alone; what is found goes on to the walking map and into the register by hand.</summary>
public class SitingPageTests
{
    /// <summary>Houses at 0, 500, 1000 and 1500 m of a street, one household in each.</summary>
    private static async Task<string[]> Street(TestInstallation hele)
    {
        var ma = await hele.Viewer(TestPeople.Ma);
        var compound = await hele.Compound(ma);
        var houses = new string[4];
        for (var i = 0; i < houses.Length; i++)
        {
            houses[i] = await hele.Building(ma, compound, $"{i + 1}号楼", CircleSteps.At(i * 500, 0));
            GridSteps.Ok(await hele.MoveIn(ma, houses[i], "101", await hele.Somebody($"住户{i}")));
        }
        GridSteps.Ok(await hele.AddStreets(ma, CircleSteps.File([(0, 0), (2000, 0)])));
        return houses;
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Question_AnsweredWithItsProof_GoesOnToTheMapAndTheRegister(TestDatabase kind)
    {
        await using var host = await TestHost.Start(kind);
        var browser = await host.As(TestPeople.Ma);
        Assert.Contains("还没有街道图", (await HtmlPage.Get(browser, CircleLinks.Siting)).VisibleText, StringComparison.Ordinal);
        var houses = await Street(host.Hele);

        var page = await HtmlPage.Get(browser, CircleLinks.Siting);
        Assert.DoesNotContain("选法1", page.VisibleText, StringComparison.Ordinal);
        var two = await page.Form("#ask form").Fill("Aim", "all").Submit();
        Assert.Contains("已证明最好", two.Expect(200).VisibleText, StringComparison.Ordinal);
        Assert.Contains("界限由另一段程序重新算过", two.VisibleText, StringComparison.Ordinal);
        var chosen = two.Texts("#answer tbody tr:nth-child(2) li");
        Assert.Equal(2, chosen.Count);
        Assert.Contains("4户，共4户（100%）", two.Text("#answer tbody tr:nth-child(2)"), StringComparison.Ordinal);

        // "Not here" asks again without that house, and the form shows it.
        var other = await two.Click("不要设在这里");
        var closed = Assert.Single(other.Document.QuerySelectorAll("input[name=never]")).GetAttribute("value")!;
        Assert.Contains(closed, houses);
        Assert.DoesNotContain(chosen[0], other.Texts("#answer tbody tr:nth-child(2) li"));

        // Onto the walking map with all of them tried, and into the register with the place filled in.
        var walk = await two.Click("在步行圈地图上接着试");
        Assert.Contains("试算：比现在多4户（4栋）", walk.VisibleText, StringComparison.Ordinal);
        var form = (await two.Click("在这里设立服务点")).Form("main form");
        Assert.NotEqual("", form["Input.Position"]);
    }

    [Fact]
    public async Task OddNumbers_AreToldByTheirField_AndStayOnTheForm()
    {
        await using var host = await TestHost.Start(TestDatabase.Sqlite);
        var browser = await host.As(TestPeople.Ma);
        await Street(host.Hele);
        var page = await HtmlPage.Get(browser, CircleLinks.Siting);
        var wrong = (await page.Form("#ask form").Fill("Number", "很多").Fill("Budget", "-1").Fill("weight-older", "1000").Submit()).Expect(400);
        Assert.Contains("几个点填1到20的整数", wrong.VisibleText, StringComparison.Ordinal);
        Assert.Contains("费用上限填0到", wrong.VisibleText, StringComparison.Ordinal);
        Assert.Contains("各组的分量填0到100的整数", wrong.VisibleText, StringComparison.Ordinal);
        Assert.Equal(("很多", "-1", "1000"), (wrong.Form("#ask form")["Number"], wrong.Form("#ask form")["Budget"], wrong.Form("#ask form")["weight-older"]));
        Assert.Contains("已证明最好", (await wrong.Form("#ask form").Fill("Number", "1").Fill("Budget", "").Fill("weight-older", "0").Submit()).Expect(200).VisibleText, StringComparison.Ordinal);
        // Codes of no house, houses of another place and a cost nobody can read are as if they weren't there.
        Assert.Contains("已证明最好", (await HtmlPage.Get(browser, CircleLinks.Siting + "?ask=1&never=2222-3333-4444&always=x&cost=2222-3333-4444~x&cost=a&option=99")).VisibleText, StringComparison.Ordinal);
        Assert.Contains("没有一种选法合乎要求", (await HtmlPage.Get(browser, CircleLinks.Siting + "?ask=1&aim=all&budget=0")).VisibleText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task File_SaysWhatThePageSays_AndIsForThoseWhoMayTry()
    {
        await using var host = await TestHost.Start(TestDatabase.Sqlite);
        const string Asked = "?ask=1&aim=all&capacity=";
        using (var nothing = new MemoryStream(await (await host.As(TestPeople.Ma)).GetByteArrayAsync(CircleLinks.SitingList + Asked, TestContext.Current.CancellationToken)))
            Assert.DoesNotContain(nothing.Query(useHeaderRow: true).Cast<IDictionary<string, object>>(), r => r["选法"] is string option && option.StartsWith("选法", StringComparison.Ordinal));
        await Street(host.Hele);
        using var book = new MemoryStream(await (await host.As(TestPeople.Ma)).GetByteArrayAsync(CircleLinks.SitingList + Asked, TestContext.Current.CancellationToken));
        var rows = book.Query(useHeaderRow: true).Cast<IDictionary<string, object>>().ToList();
        Assert.Equal("现状", rows[0]["选法"]);
        Assert.Equal(["新设", "新设"], rows.Where(r => (string)r["选法"] == "选法1").Select(r => (string)r["怎么办"]));
        Assert.All(rows.Where(r => (string)r["选法"] == "选法1"), r => Assert.Equal(4d, Convert.ToDouble(r["成人走得到"], System.Globalization.CultureInfo.InvariantCulture)));
        foreach (var path in new[] { CircleLinks.Siting, CircleLinks.SitingList + Asked })
        {
            using var resident = await (await host.As(TestPeople.Liu)).GetAsync(path, TestContext.Current.CancellationToken);
            Assert.NotEqual(HttpStatusCode.OK, resident.StatusCode);
            using var anybody = await host.Browser().GetAsync(path, TestContext.Current.CancellationToken);
            Assert.NotEqual(HttpStatusCode.OK, anybody.StatusCode);
        }
    }
}
