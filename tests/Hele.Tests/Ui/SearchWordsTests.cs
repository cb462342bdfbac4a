using Hele.TestKit;
using Hele.Tests.Pages;
using Xunit;

namespace Hele.Tests.Ui;

/// <summary>The words of a search name people; an address is read by more than its reader.</summary>
public class SearchWordsTests(TestHosts hosts) : IClassFixture<TestHosts>
{
    [Theory]
    [InlineData("/appeals")]
    [InlineData("/people")]
    [InlineData("/posts")]
    [InlineData("/posts/new")]
    [InlineData("/buildings")]
    public async Task Find_OnEachList_LeavesNoWordInAnyAddress(string list)
    {
        var host = await hosts.On(TestDatabase.Sqlite);
        var page = await PageSteps.Find(await host.As(list.StartsWith("/posts", StringComparison.Ordinal) ? TestPeople.Ma : TestPeople.Zhou), list, "LIU-wei");
        Assert.Equal("LIU-wei", page.Form("main form[role=search]")["Search"]);
        Assert.StartsWith(list + "?Search=", page.Url.PathAndQuery, StringComparison.Ordinal);
        Assert.DoesNotContain("LIU-wei", page.Url.PathAndQuery, StringComparison.OrdinalIgnoreCase);
        foreach (var address in page.Document.QuerySelectorAll("[href], [action]").Select(e => e.GetAttribute("href") ?? e.GetAttribute("action")!))
            Assert.DoesNotContain("LIU-wei", address, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task List_WithOpenOrForeignWordsInItsAddress_ReadsThemAsNone()
    {
        var host = await hosts.On(TestDatabase.Sqlite);
        var page = await HtmlPage.Get(await host.As(TestPeople.Zhou), "/people?Search=LIU-wei");
        Assert.Equal("", page.Form("main form[role=search]")["Search"]);
    }

    [Theory]
    [InlineData("https://evil.example/people")]
    [InlineData("//evil.example")]
    [InlineData("")]
    public async Task Find_ForAListElsewhere_IsRefused(string to)
    {
        var host = await hosts.On(TestDatabase.Sqlite);
        using var answer = await host.Browser().PostAsync("/find", new FormUrlEncodedContent([new("to", to), new("Search", "x")]), TestContext.Current.CancellationToken);
        Assert.Equal(400, (int)answer.StatusCode);
    }

    [Fact]
    public async Task Find_KeepsTheListsOtherChoices()
    {
        var host = await hosts.On(TestDatabase.Sqlite);
        var zhou = await host.As(TestPeople.Zhou);
        var form = (await HtmlPage.Get(zhou, "/appeals")).Form("main form[role=search]").Fill("State", "Filed").Fill("Search", "灯");
        var page = await (await form.Submit()).ExpectRedirect("/appeals?*").Follow();
        Assert.Equal(("Filed", "灯"), (page.Form("main form[role=search]")["State"], page.Form("main form[role=search]")["Search"]));
    }
}
