using Hele.Civic.Appeals;
using Hele.TestKit;
using Hele.Web.Hosting;
using Xunit;

namespace Hele.Tests.Pages.Appeals;

/// <summary>Who sees what of an appeal through the pages.</summary>
public class AppealAccessTests(TestHosts hosts) : IClassFixture<TestHosts>
{
    private static readonly string[] OfOneAppeal = ["/appeals/{0}", "/appeals/{0}/receipt", "/appeals/{0}/receipt/proof"];
    private const string Missing = "2222-2222-2222";

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Open_AsSomebodyElse_LooksExactlyLikeMissing(TestDatabase kind)
    {
        var host = await hosts.On(kind);
        var code = await PageSteps.FileAppeal(await host.As(TestPeople.Liu), "隔壁装修");
        foreach (var stranger in new[] { await host.As(TestPeople.Chen), await host.As(TestPeople.Ma, TestInstallation.Other), await host.As(TestPeople.Liu, TestInstallation.Other) })
        {
            foreach (var path in OfOneAppeal)
            {
                var theirs = await HtmlPage.Get(stranger, string.Format(path, code), 404);
                var missing = await HtmlPage.Get(stranger, string.Format(path, Missing), 404);
                Assert.Equal(missing.Source.Replace(Missing, "X", StringComparison.Ordinal), Comparable(theirs, code, missing));
            }
        }

        // The token of a page is new each time; everything else must be the same.
        static string Comparable(HtmlPage page, string code, HtmlPage like)
        {
            var source = page.Source.Replace(code, "X", StringComparison.Ordinal);
            var tokens = page.Document.QuerySelectorAll("input[name=__RequestVerificationToken]").Zip(like.Document.QuerySelectorAll("input[name=__RequestVerificationToken]"));
            foreach (var (mine, other) in tokens)
                source = source.Replace(mine.GetAttribute("value")!, other.GetAttribute("value")!, StringComparison.Ordinal);
            return source;
        }
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Open_NotSignedIn_RedirectsWhetherItExistsOrNot(TestDatabase kind)
    {
        var host = await hosts.On(kind);
        var code = await PageSteps.FileAppeal(await host.As(TestPeople.Liu), "隔壁装修二");
        var nobody = host.Browser();
        foreach (var path in OfOneAppeal.SelectMany(p => new[] { string.Format(p, code), string.Format(p, Missing) }).Concat(["/appeals", "/appeals/new", "/appeals/intake", "/account/password"]))
            (await HtmlPage.Get(nobody, path, 302)).ExpectRedirect("/sign-in?return=" + Uri.EscapeDataString(path));
        using var post = await nobody.PostAsync($"/appeals/{code}?handler=Accept", new FormUrlEncodedContent([]));
        (await HtmlPage.From(nobody, post)).ExpectRedirect("/sign-in");
        Assert.Equal(AppealState.Filed, (await host.Hele.Row(code)).State);
    }

    [Theory]
    [InlineData("Accept"), InlineData("Answer"), InlineData("Judge"), InlineData("Paper")]
    public async Task Act_AsSomebodyWhoMayNot_Is404AndChangesNothing(string handler)
    {
        var host = await hosts.On(TestDatabase.Sqlite);
        var code = await PageSteps.FileAppeal(await host.As(TestPeople.Liu), "谁能办");
        foreach (var stranger in new[] { await host.As(TestPeople.Chen), await host.As(TestPeople.Ma, TestInstallation.Other) })
            await Post(stranger, 404);
        // Each sees it, and may not do this.
        await Post(await host.As(TestPeople.Feng), 404);
        if (handler != "Judge")
            await Post(await host.As(TestPeople.Liu), 404);
        Assert.Equal(["appeal.filed"], await host.Hele.Events(code));

        async Task Post(HttpClient client, int status)
        {
            var token = (await HtmlPage.Get(client, "/")).One("header input[name=__RequestVerificationToken]").GetAttribute("value")!;
            using var answer = await client.PostAsync($"/appeals/{code}?handler={handler}", new FormUrlEncodedContent(new Dictionary<string, string>
            {
                ["__RequestVerificationToken"] = token, ["op"] = Guid.NewGuid().ToString(), ["Answer.Text"] = "x", ["Verdict.Satisfied"] = "true", ["Paper.Satisfied"] = "true",
            }));
            (await HtmlPage.From(client, answer)).Expect(status);
        }
    }

    [Fact]
    public async Task Open_StaffPagesAsAResident_Is404()
    {
        var host = await hosts.On(TestDatabase.Sqlite);
        var liu = await host.As(TestPeople.Liu);
        await HtmlPage.Get(liu, "/appeals", 404);
        await HtmlPage.Get(liu, "/appeals/intake", 404);
        await HtmlPage.Get(await host.As(TestPeople.Feng), "/appeals/intake", 404);
        await HtmlPage.Get(await host.As(TestPeople.Feng), "/appeals");
    }

    /// <summary>The counter's paper keeps its promise to somebody without an account, and says no more than that.</summary>
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task LookUp_CodeOfThePaperReceipt_ShowsStateAndDatesAndNothingElse(TestDatabase kind)
    {
        var host = await hosts.On(kind);
        var zhou = await host.As(TestPeople.Zhou);
        var taken = await (await HtmlPage.Get(zhou, "/appeals/intake")).Form("main form[data-once]").Fill("Input.AppellantName", "孟金丝雀").Fill("Input.Kind", "neighbours")
            .Fill("Input.Title", "纠纷金丝雀").Fill("Input.Place", "金丝雀楼").Fill("Input.Text", "金丝雀的话").Submit();
        var receipt = await taken.Follow();
        Assert.Contains("不用登录，凭查询码就能查到办到哪一步和日期", receipt.VisibleText, StringComparison.Ordinal);
        var code = taken.Location!.Segments[2].TrimEnd('/');
        await PageSteps.Accept(zhou, code);
        await PageSteps.Answer(zhou, code, "答复金丝雀");

        foreach (var typed in new[] { code, code.ToLowerInvariant(), code.Replace("-", " ", StringComparison.Ordinal) })
        {
            var page = (await (await HtmlPage.Get(host.Browser(), "/appeals/public")).Form("#look-up").Fill("Code", typed).Submit()).Expect(200);
            Assert.Equal($"查询码 {code} 状态已答复未评价 提交2026年10月30日 答复2026年10月30日 评价尚未评价", page.Text("#found"));
            foreach (var secret in new[] { "金丝雀", "周丽华", "社区工作者" })
                Assert.DoesNotContain(secret, page.Source);
        }
        var listed = await host.Hele.FileAppeal(await host.Hele.Viewer(TestPeople.Liu, TestInstallation.Other), "别的社区", "noise");
        Assert.Contains("噪音", (await HtmlPage.Get(host.Browser(), "/appeals/public?code=" + listed)).Text("#found"), StringComparison.Ordinal);

        var answers = new List<string>();
        foreach (var unknown in new[] { "2222-3333-4444", "nonsense", "<b>", "  " })
            answers.Add((await HtmlPage.Get(host.Browser(), "/appeals/public?code=" + Uri.EscapeDataString(unknown))).Expect(200).Text("main .notice"));
        Assert.Single(answers.Distinct());
        Assert.Contains("没有这个查询码", answers[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task LookUp_TriedAgainAndAgain_IsHeldBackForAMinute()
    {
        await using var host = await TestHost.Start(TestDatabase.Sqlite);
        var code = await host.Hele.FileAppeal(await host.Hele.Viewer(TestPeople.Liu));
        var anybody = host.Browser();
        var statuses = new List<int>();
        for (var i = 0; i < LimitNumbers.LookUpsPerMinute + 1; i++)
            statuses.Add((int)(await anybody.GetAsync("/appeals/public?code=2222-3333-4444")).StatusCode);
        Assert.Equal((LimitNumbers.LookUpsPerMinute, 429), (statuses.Count(s => s == 200), statuses[^1]));
        var held = await HtmlPage.Get(anybody, "/appeals/public?code=" + code, 429);
        Assert.DoesNotContain(code, held.Text("main .notice"), StringComparison.Ordinal);
        Assert.Contains("过一分钟", held.VisibleText, StringComparison.Ordinal);
        await HtmlPage.Get(anybody, "/appeals/public");
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Find_CodeAsPeopleTypeIt_LeadsToTheCanonicalAddress(TestDatabase kind)
    {
        var host = await hosts.On(kind);
        var liu = await host.As(TestPeople.Liu);
        var code = await PageSteps.FileAppeal(liu, "随手写的码");
        var typed = code.Replace("-", "", StringComparison.Ordinal).ToLowerInvariant();
        (await HtmlPage.Get(liu, "/appeals/" + typed, 302)).ExpectRedirect("/appeals/" + code);
        (await HtmlPage.Get(liu, $"/appeals/{typed}/receipt", 302)).ExpectRedirect($"/appeals/{code}/receipt");
        await HtmlPage.Get(liu, "/appeals/nonsense", 404);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task List_Narrowed_ShowsWhatMatchesAndSaysWhenNothingDoes(TestDatabase kind)
    {
        var host = await hosts.On(kind);
        var (liu, zhao) = (await host.As(TestPeople.Liu), await host.As(TestPeople.Zhao));
        var code = await PageSteps.FileAppeal(liu, "独一无二的标题", "pets");
        Assert.Contains(code, (await HtmlPage.Get(zhao, "/appeals" + host.Search("独一无二"))).Source);
        Assert.Contains(code, (await HtmlPage.Get(zhao, "/appeals" + host.Search(code.ToLowerInvariant()))).Source);
        Assert.Contains(code, (await HtmlPage.Get(zhao, "/appeals?kind=pets&state=Filed")).Source);
        Assert.DoesNotContain(code, (await HtmlPage.Get(zhao, "/appeals?state=Satisfied")).Source);
        var none = await HtmlPage.Get(zhao, "/appeals" + host.Search("没有这样的事"));
        Assert.Contains("没有符合条件的诉求", none.Text(".empty"));
        await HtmlPage.Get(zhao, "/appeals?after=nonsense&state=nonsense&late=nonsense");
    }

    [Fact]
    public async Task Post_NoSuchHandlerOrMethod_IsRefusedWithoutFailing()
    {
        var host = await hosts.On(TestDatabase.Sqlite);
        var liu = await host.As(TestPeople.Liu);
        var code = await PageSteps.FileAppeal(liu, "奇怪的请求");
        var token = (await HtmlPage.Get(liu, "/")).One("header input[name=__RequestVerificationToken]").GetAttribute("value")!;
        foreach (var (method, path) in new[] { ("POST", $"/appeals/{code}?handler=Nonsense"), ("POST", $"/appeals/{code}"), ("POST", $"/appeals/{code}/receipt"), ("PUT", $"/appeals/{code}"), ("DELETE", $"/appeals/{code}"), ("POST", "/appeals") })
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), path) { Content = new FormUrlEncodedContent([KeyValuePair.Create("__RequestVerificationToken", token)]) };
            using var answer = await liu.SendAsync(request);
            Assert.InRange((int)answer.StatusCode, 400, 499);
        }
    }
}
