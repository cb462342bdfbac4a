using System.Net;
using Hele.Civic.Platform;
using Hele.Civic.ServiceCircles;
using Hele.TestKit;
using Hele.Tests.Grids;
using Hele.Tests.Organizations;
using Hele.Tests.ServiceCircles;
using Hele.Web.Pages.ServiceCircles;
using Hele.Web.Ui;
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

    /// <summary>Without script: a page that says how it stands and looks again by itself, a link for whoever is in a hurry, a button to stop; then the answer.</summary>
    [Fact]
    public async Task ALongQuestion_SaysThatItIsAtWork_CanBeStopped_AndIsAnsweredByTheSamePage()
    {
        await using var host = await TestHost.Start(TestDatabase.Sqlite);
        var browser = await host.As(TestPeople.Ma);
        await Street(host.Hele);
        var answers = host.Hele.Get<KeptAnswers<SitingAnswer>>();
        var here = (await host.Hele.Here()).Id;
        // Others are at work: so many that this one has to wait.
        using var free = new ManualResetEventSlim();
        var others = Enumerable.Range(0, 4).Select(i => answers.Ask(here, $"other {i}", (_, stop) => { free.Wait(stop); throw new OperationCanceledException(stop); })!).ToList();
        var waiting = await HtmlPage.Get(browser, CircleLinks.Siting + "?ask=1&aim=all");
        Assert.Contains("还有别的问题正在计算，轮到以后这一页会自己更新。", waiting.Text("#answer"), StringComparison.Ordinal);
        Assert.Equal("2", Assert.Single(waiting.Headers.GetValues("Refresh")));
        answers.Stop(here, others[0].Id);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => others[0].Task);

        // At work: a request that doesn't wait at all sees it so.
        answers.Patience = TimeSpan.Zero;
        var atWork = await waiting.Click("现在就看");
        Assert.Contains("正在计算。这一页会自己更新。", atWork.Text("#answer"), StringComparison.Ordinal);
        Assert.True(atWork.Has("#answer progress"));
        Assert.Equal("2", Assert.Single(atWork.Headers.GetValues("Refresh")));
        answers.Patience = TimeSpan.FromMinutes(1);
        var answered = await atWork.Click("现在就看");
        Assert.Contains("已证明最好", answered.Text("#answer"), StringComparison.Ordinal);
        Assert.False(answered.Headers.Contains("Refresh"));

        // Stopped, the question stands on the form, and nothing is worked out.
        answers.Patience = TimeSpan.Zero;
        var stopped = await (await (await HtmlPage.Get(browser, CircleLinks.Siting + "?ask=1&aim=walks&number=2")).Form("#answer form").Submit()).Follow();
        Assert.Equal(("walks", "2"), (stopped.Form("#ask form")["Aim"], stopped.Form("#ask form")["Number"]));
        Assert.False(stopped.Has("#answer"));
    }

    [Fact]
    public async Task OddNumbers_AreMarkedAtTheirFields_AndStayOnTheForm()
    {
        await using var host = await TestHost.Start(TestDatabase.Sqlite);
        var browser = await host.As(TestPeople.Ma);
        var houses = await Street(host.Hele);
        var page = await HtmlPage.Get(browser, CircleLinks.Siting);
        var wrong = (await page.Form("#ask form").Fill("Number", "很多").Fill("Budget", "-1").Fill("WeightOlder", "1000").Fill("WeightChild", "x").Submit()).Expect(400);
        foreach (var (field, typed) in new[] { ("Number", "很多"), ("Budget", "-1"), ("WeightOlder", "1000"), ("WeightChild", "x") })
        {
            Assert.Equal(typed, wrong.Form("#ask form")[field]);
            Marked(wrong, field);
        }
        Assert.Equal(4, wrong.Document.QuerySelectorAll("#ask [aria-invalid=true]").Length);
        Assert.Contains("几个点：填1到20的整数", wrong.Text("#ask .summary"), StringComparison.Ordinal);
        Assert.Contains("老年人：填0到100的整数", wrong.Text("#ask .summary"), StringComparison.Ordinal);
        Assert.DoesNotContain("成人：", wrong.Text("#ask .summary"), StringComparison.Ordinal);
        Assert.Contains("已证明最好", (await wrong.Form("#ask form").Fill("Number", "1").Fill("Budget", "").Fill("WeightOlder", "0").Fill("WeightChild", "").Submit()).Expect(200).VisibleText, StringComparison.Ordinal);

        // Nobody counts: one sentence, where the first group stands.
        var nobody = (await page.Form("#ask form").Fill("WeightAdult", "0").Fill("WeightOlder", "0").Submit()).Expect(400);
        Assert.Contains("至少一组要大于0", Marked(nobody, "WeightAdult"), StringComparison.Ordinal);

        // A cost that can't be read stays beside its house; one without a house says what is missing; a right one moves up among those that count.
        var dear = (await page.Form("#ask form").Fill("CostOf", houses[1]).Fill("CostNumber", "很贵").Submit()).Expect(400);
        Marked(dear, "CostNumber");
        Assert.Equal((houses[1], "很贵"), (dear.Form("#ask form")["CostOf"], dear.Form("#ask form")["CostNumber"]));
        Assert.NotNull(dear.One("#CostNumber").Closest("details[open]"));
        var homeless = (await page.Form("#ask form").Fill("CostNumber", "5").Submit()).Expect(400);
        Assert.Contains("选是哪栋楼", Marked(homeless, "CostOf"), StringComparison.Ordinal);
        Assert.Equal("5", homeless.Form("#ask form")["CostNumber"]);
        var right = (await homeless.Form("#ask form").Fill("CostOf", houses[1]).Submit()).Expect(200);
        Assert.Equal(houses[1] + "~5", right.One("input[name=cost]").GetAttribute("value"));
        Assert.Equal(("", ""), (right.Form("#ask form")["CostOf"], right.Form("#ask form")["CostNumber"]));

        // A house can't be both.
        var both = await HtmlPage.Get(browser, $"{CircleLinks.Siting}?ask=1&never={houses[0]}&always={houses[0]}&always={houses[1]}", 400);
        Assert.Contains("1号楼", Marked(both, "AlwaysMore"), StringComparison.Ordinal);
        Assert.DoesNotContain("2号楼", Marked(both, "AlwaysMore"), StringComparison.Ordinal);
        Assert.Equal(3, both.Document.QuerySelectorAll("#ask input[type=checkbox][name=never], #ask input[type=checkbox][name=always]").Length);

        // Codes of no house, houses of another place and a cost nobody can read are as if they weren't there.
        Assert.Contains("已证明最好", (await HtmlPage.Get(browser, CircleLinks.Siting + "?ask=1&never=2222-3333-4444&always=x&cost=2222-3333-4444~x&cost=a&option=99")).VisibleText, StringComparison.Ordinal);
        Assert.Contains("没有一种选法合乎要求", (await HtmlPage.Get(browser, CircleLinks.Siting + "?ask=1&aim=all&budget=1")).VisibleText, StringComparison.Ordinal);
        Assert.Contains("已证明最好", (await HtmlPage.Get(browser, CircleLinks.Siting + "?ask=1&aim=all&budget=20")).VisibleText, StringComparison.Ordinal);
    }

    /// <summary>The field is marked for everybody, and the summary leads to it.</summary>
    /// <returns>What stands beside it.</returns>
    private static string Marked(HtmlPage page, string field)
    {
        Assert.Equal("true", page.One("#" + field).GetAttribute("aria-invalid"));
        Assert.Contains(field + "_problem", page.One("#" + field).GetAttribute("aria-describedby")!, StringComparison.Ordinal);
        Assert.True(page.Has($"#ask .summary a[href='#{field}']"));
        return page.Text($"#{field}_problem");
    }

    [Fact]
    public async Task UnderTheAnswer_StandsWhatWasAsked_AndWhatCouldNotCount()
    {
        await using var host = await TestHost.Start(TestDatabase.Sqlite);
        var browser = await host.As(TestPeople.Ma);
        var houses = await Street(host.Hele);
        await host.Hele.Point(await host.Hele.Viewer(TestPeople.Ma), CircleSteps.At(0, 0));

        var most = await HtmlPage.Get(browser, $"{CircleLinks.Siting}?ask=1&number=2&capacity=1&budget=9&never={houses[1]}&always={houses[2]}&cost={houses[2]}~5&anew=true");
        var asked = most.Text("#answer");
        foreach (var words in new[] { "一共2个点", "现有的点也重新选", "最多花9", "一个点最多服务1", "不能设在2号楼", "一定设在3号楼", "3号楼旁边5" })
            Assert.Contains(words, asked.Replace("柳荫路12号院", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.DoesNotContain("没有算进去", asked, StringComparison.Ordinal);
        Assert.Contains("2，共4", most.Text("#answer tbody tr:nth-child(2)"), StringComparison.Ordinal);

        // What an aim can't use is said, and has no column.
        var all = await HtmlPage.Get(browser, CircleLinks.Siting + "?ask=1&aim=all&capacity=100");
        Assert.Contains("没有算进去：一个点最多服务100", all.Text("#answer"), StringComparison.Ordinal);
        Assert.DoesNotContain("服务得到", all.Text("#answer table"), StringComparison.Ordinal);
        var closing = await HtmlPage.Get(browser, $"{CircleLinks.Siting}?ask=1&aim=closing&number=20&budget=5&never={houses[1]}");
        Assert.Contains("没有算进去：", closing.Text("#answer"), StringComparison.Ordinal);
        // More than there are can't close.
        Assert.Contains("这时有人的点一共1个，要撤20个就是全撤", closing.Text("#answer"), StringComparison.Ordinal);
        Assert.DoesNotContain("就是全撤", (await HtmlPage.Get(browser, CircleLinks.Siting + "?ask=1&aim=closing")).Text("#answer"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Alternatives_AreTold_EachWithItsMap_AndTheFileHasTheSame()
    {
        await using var host = await TestHost.Start(TestDatabase.Sqlite);
        var browser = await host.As(TestPeople.Ma);
        await Street(host.Hele);
        var page = await HtmlPage.Get(browser, CircleLinks.Siting + "?ask=1&aim=all");
        Assert.Contains("别的选法比最好的差不到百分之一", page.Text("#answer"), StringComparison.Ordinal);
        var second = page.Texts("#answer tbody tr:nth-child(3) li");
        Assert.Equal(2, second.Count);
        var shown = await page.Click("看图");
        Assert.Equal("选法2", shown.Text("#map h3"));
        Assert.Equal(second, [.. shown.Texts("#map .siting-next li").Select(t => t[..(t.IndexOf("旁边", StringComparison.Ordinal) + 2)])]);
        using var book = new MemoryStream(await browser.GetByteArrayAsync(CircleLinks.SitingList + "?ask=1&aim=all", TestContext.Current.CancellationToken));
        Assert.Equal(second, book.Query(useHeaderRow: true).Cast<IDictionary<string, object>>().Where(r => (string)r["选法"] == "选法2").Select(r => (string)r["在哪里"]));
    }

    /// <summary>How much better another may be is rounded up, never away; nothing is called proved that isn't.</summary>
    [Theory]
    [InlineData(false, 0.01674, "还没有证明是最好的：最多还可能再好1.68%。")]
    [InlineData(false, 0.00001, "还没有证明是最好的：最多还可能再好0.01%。")]
    [InlineData(false, 0.5, "还没有证明是最好的：最多还可能再好50%。")]
    [InlineData(true, 0, "已经证明：在试过的111处里没有更好的选法。")]
    public void Gap_IsSaid(bool proven, double gap, string sentence)
    {
        var answer = new SitingAnswer(new(SitingAim.Most, CircleQueries.UsualHour), null!, null!, [], proven, gap, 111, 119, 0, false, [], 1);
        Assert.Equal(sentence, new Texts(TextCatalogue.Embedded(strict: true), Language.Chinese).Proof(answer));
        Assert.Equal(!proven, new Texts(TextCatalogue.Embedded(strict: true), Language.English).Proof(answer).Contains((Math.Ceiling(gap * 10_000) / 100).ToString(System.Globalization.CultureInfo.InvariantCulture) + "%", StringComparison.Ordinal));
    }

    [Fact]
    public async Task ManyBuildings_AreTriedEvenlySpread_WithThoseThatMust()
    {
        await using var host = await TestHost.Start(TestDatabase.Sqlite);
        var ma = await host.Hele.Viewer(TestPeople.Ma);
        var compound = await host.Hele.Compound(ma);
        var houses = new string[304];
        for (var i = 0; i < houses.Length; i++)
            houses[i] = await host.Hele.Building(ma, compound, $"{i + 1}号楼", CircleSteps.At(i * 10, 0));
        GridSteps.Ok(await host.Hele.AddStreets(ma, CircleSteps.File([(0, 0), (3040, 0)])));
        var browser = await host.As(TestPeople.Ma);
        var page = await HtmlPage.Get(browser, CircleLinks.Siting + "?ask=1&aim=most");
        Assert.Contains("社区有304栋楼，从中均匀挑了300处来试。", page.VisibleText, StringComparison.Ordinal);
        Assert.Contains("在试过的300处里没有更好的选法", page.VisibleText, StringComparison.Ordinal);
        foreach (var must in new[] { 1, 151, 302 })
            Assert.Contains($"{must + 1}号楼旁边", (await HtmlPage.Get(browser, $"{CircleLinks.Siting}?ask=1&aim=most&always={houses[must]}")).Text("#answer tbody tr:nth-child(2)"), StringComparison.Ordinal);
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
