using Hele.Civic.Appeals;
using Hele.TestKit;
using Xunit;

namespace Hele.Tests.Pages.Appeals;

public class FilingTests(TestHosts hosts) : IClassFixture<TestHosts>
{
    [Fact]
    public async Task File_NothingFilledIn_KeepsWhatWasTypedAndSaysWhatIsMissing()
    {
        var host = await hosts.On(TestDatabase.Sqlite);
        var liu = await host.As(TestPeople.Liu);
        var before = await host.Hele.Count();
        var form = (await HtmlPage.Get(liu, "/appeals/new")).Form("main form");
        var operation = form["op"];
        var page = (await form.Fill("Input.Text", "只写了这一句").Submit()).Expect(400);

        Assert.Equal("只写了这一句", page.Form("main form")["Input.Text"]);
        Assert.Equal(operation, page.Form("main form")["op"]);
        Assert.Equal(["请选择是哪一类事情。", "请用一句话说是什么事。", "请写在哪里，例如：3号楼2单元门口。"], page.Problems);
        Assert.Contains("请写在哪里", page.One("#Input_Place").Closest(".field")!.TextContent);
        Assert.StartsWith("有误：", page.Title);
        Assert.Equal(before, await host.Hele.Count());
    }

    /// <summary>Hele is no emergency line: where somebody begins, and where they tell of it, the numbers stand.</summary>
    [Fact]
    public async Task Emergencies_OnTheFirstScreen_AreSentTo119_110_And120()
    {
        var host = await hosts.On(TestDatabase.Sqlite);
        foreach (var page in new[] { await HtmlPage.Get(host.Browser(), "/"), await HtmlPage.Get(await host.As(TestPeople.Liu), "/appeals/new"), await HtmlPage.Get(await host.As(TestPeople.Zhou), "/appeals/intake") })
            foreach (var number in new[] { "119", "110", "120" })
                Assert.Contains(number, page.VisibleText);
    }

    [Fact]
    public async Task File_TitleTooLong_KeepsAllOfIt()
    {
        var host = await hosts.On(TestDatabase.Sqlite);
        var title = new string('灯', 41);
        var page = (await (await PageSteps.AppealForm(await host.As(TestPeople.Liu), title)).Submit()).Expect(400);
        Assert.Equal(["标题最多40个字，现在是41个。"], page.Problems);
        Assert.Equal(title, page.Form("main form")["Input.Title"]);
        Assert.Equal("facilities", page.Form("main form")["Input.Kind"]);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task File_SameFormTwice_IsOneAppealAndTheSameReceipt(TestDatabase kind)
    {
        var host = await hosts.On(kind);
        var form = await PageSteps.AppealForm(await host.As(TestPeople.Liu), "水管漏水");
        var before = await host.Hele.Count();
        var (first, second) = (await form.Submit(), await form.Submit());
        first.ExpectRedirect("/appeals/*");
        second.ExpectRedirect(first.Location!.PathAndQuery);
        var both = await Task.WhenAll(form.Submit(), form.Submit());
        Assert.All(both, page => page.ExpectRedirect(first.Location!.PathAndQuery));
        Assert.Equal(before + 1, await host.Hele.Count());
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task File_SameFormWithOtherContent_OffersBothWays(TestDatabase kind)
    {
        var host = await hosts.On(kind);
        var form = await PageSteps.AppealForm(await host.As(TestPeople.Liu), "垃圾桶满了");
        var first = await form.Submit();
        var before = await host.Hele.Count();

        var page = (await form.Fill("Input.Text", "改过的说明").Submit()).Expect(409);
        Assert.Equal(before, await host.Hele.Count());
        Assert.Equal(first.Location!.AbsolutePath, page.One(".notice a").GetAttribute("href"));
        Assert.Equal("打开已提交的", page.Text(".notice a"));
        Assert.Equal("改过的说明", page.Form("main form")["Input.Text"]);

        var anew = await page.Form("main form").Submit("作为新的提交");
        anew.ExpectRedirect("/appeals/*");
        Assert.NotEqual(first.Location, anew.Location);
        Assert.Equal(before + 1, await host.Hele.Count());
    }

    /// <summary>Back, without script, fetches the form anew, with a new operation id; what was typed the browser puts in again.</summary>
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task File_BackAndSentAgainWithoutScript_AsksAndFilesASecondOneOnlyWhenMeant(TestDatabase kind)
    {
        var host = await hosts.On(kind);
        var liu = await host.As(TestPeople.Liu);
        var first = await (await PageSteps.AppealForm(liu, "雨棚掉了一角")).Submit();
        first.ExpectRedirect("/appeals/*");
        var before = await host.Hele.Count();

        var asked = (await (await PageSteps.AppealForm(liu, "雨棚掉了一角")).Submit()).Expect(409);
        Assert.Equal(before, await host.Hele.Count());
        Assert.Equal(first.Location!.AbsolutePath, asked.One(".notice a").GetAttribute("href"));
        Assert.Contains("完全一样", asked.Text(".notice"), StringComparison.Ordinal);
        Assert.Equal("雨棚掉了一角", asked.Form("main form")["Input.Title"]);

        var meant = asked.Form("main form");
        var second = await meant.Submit("作为新的提交");
        second.ExpectRedirect("/appeals/*");
        Assert.NotEqual(first.Location, second.Location);
        (await meant.Submit("作为新的提交")).ExpectRedirect(second.Location!.PathAndQuery);
        Assert.Equal(before + 1, await host.Hele.Count());

        (await (await PageSteps.AppealForm(await host.As(TestPeople.Chen), "雨棚掉了一角")).Submit()).ExpectRedirect("/appeals/*");
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task File_WithAnotherAccountsOperationId_IsAnAppealOfTheirOwn(TestDatabase kind)
    {
        var host = await hosts.On(kind);
        var liuForm = await PageSteps.AppealForm(await host.As(TestPeople.Liu), "单元门坏了");
        var liuAnswer = await liuForm.Submit();
        var chenAnswer = await (await PageSteps.AppealForm(await host.As(TestPeople.Chen), "单元门坏了")).Force("op", liuForm["op"]!).Submit();
        chenAnswer.ExpectRedirect("/appeals/*");
        Assert.NotEqual(liuAnswer.Location, chenAnswer.Location);
        await chenAnswer.Follow();
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task File_WithFieldsTheFormDoesNotHave_IgnoresThem(TestDatabase kind)
    {
        var host = await hosts.On(kind);
        var form = await PageSteps.AppealForm(await host.As(TestPeople.Liu), "楼顶漏雨");
        var answer = await form.Force("Input.State", "Satisfied").Force("State", "Satisfied").Force("Input.JurisdictionId", "2").Force("JurisdictionId", "2")
            .Force("Input.AppellantName", "别人").Force("Input.ToldOn", "2026-01-01").Force("Input.Serial", "999999").Submit();
        answer.ExpectRedirect("/appeals/*");
        var row = await host.Hele.Row(answer.Location!.Segments[2].TrimEnd('/'));
        Assert.Equal((AppealState.Filed, TestInstallation.Hexi, (string?)null, new DateOnly(2026, 10, 30)), (row.State, row.JurisdictionId, row.AppellantName, row.FiledOn));
        Assert.True(row.Serial < 999999);
    }

    [Fact]
    public async Task File_WithoutAntiforgeryToken_Is400AndKeepsTheText()
    {
        var host = await hosts.On(TestDatabase.Sqlite);
        var liu = await host.As(TestPeople.Liu);
        var before = await host.Hele.Count();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/appeals/new");
        request.Headers.Add("Sec-Fetch-Site", "same-origin");
        request.Content = new FormUrlEncodedContent(new Dictionary<string, string> { ["Input.Title"] = "写了很久的标题在这里", ["Input.Text"] = PageSteps.Text, ["op"] = Guid.NewGuid().ToString() });
        using var answer = await liu.SendAsync(request);
        var page = (await HtmlPage.From(liu, answer)).Expect(400);
        Assert.Equal(PageSteps.Text, page.Text("textarea[name='Input.Text']"));
        Assert.Equal(before, await host.Hele.Count());
    }

    [Fact]
    public async Task Intake_WithADateThatIsNone_KeepsItAndSaysSo()
    {
        var host = await hosts.On(TestDatabase.Sqlite);
        var zhou = await host.As(TestPeople.Zhou);
        var page = (await (await HtmlPage.Get(zhou, "/appeals/intake")).Form("main form[data-once]").Fill("Input.ToldOn", "昨天").Fill("Input.AppellantName", "王桂兰").Submit()).Expect(400);
        Assert.Contains(page.Problems, p => p.Contains("昨天", StringComparison.Ordinal));
        Assert.Equal("昨天", page.One("#Input_ToldOn").GetAttribute("value"));
        Assert.Equal("王桂兰", page.Form("main form[data-once]")["Input.AppellantName"]);

        var future = (await (await HtmlPage.Get(zhou, "/appeals/intake")).Form("main form[data-once]").Fill("Input.ToldOn", "2026-10-31").Fill("Input.AppellantName", "王桂兰").Fill("Input.Kind", "noise")
            .Fill("Input.Title", "吵").Fill("Input.Place", "院里").Fill("Input.Text", "吵").Submit()).Expect(400);
        Assert.Equal(["居民反映的日期不能晚于今天。"], future.Problems);
    }
}
