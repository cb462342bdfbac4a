using Hele.TestKit;
using Xunit;

namespace Hele.Tests.Pages;

/// <summary>What one person's script may do in a minute, and what that costs everybody else: nothing.</summary>
public class LimitTests
{
    [Fact]
    public async Task Acts_BeyondTheLimit_AreHeldBackWithWhatWasTyped_ForThisPersonAlone()
    {
        await using var host = await TestHost.Start(TestDatabase.Sqlite, arguments: ["--acts-per-minute", "3"]);
        var (liu, chen) = (await host.As(TestPeople.Liu), await host.As(TestPeople.Chen));
        liu.DefaultRequestHeaders.Add("Sec-Fetch-Site", "same-origin");
        for (var i = 0; i < 3; i++)
            await PageSteps.FileAppeal(liu, "楼道灯不亮" + i);
        var held = (await (await PageSteps.AppealForm(liu, "第四件事")).Submit()).Expect(429);
        Assert.Equal("60", held.Headers.RetryAfter!.ToString());
        Assert.Contains("操作太快了", held.Title, StringComparison.Ordinal);
        var again = held.Form("main form");
        Assert.Equal("第四件事", again["Input.Title"]);
        Assert.Equal(PageSteps.Text, again["Input.Text"]);
        Assert.Single(host.Log, l => l.StartsWith("Held back: account ", StringComparison.Ordinal) && l.Contains("POST /appeals/new", StringComparison.Ordinal));
        await HtmlPage.Get(liu, "/appeals/new");
        await PageSteps.FileAppeal(chen);
    }

    [Fact]
    public async Task Reads_BeyondTheLimit_AreHeldBack_ForThisPersonAlone()
    {
        await using var host = await TestHost.Start(TestDatabase.Sqlite, arguments: ["--reads-per-minute", "5"]);
        var (liu, chen) = (await host.As(TestPeople.Liu), await host.As(TestPeople.Chen));
        for (var i = 0; i < 5; i++)
            await HtmlPage.Get(liu, "/appeals/new");
        await HtmlPage.Get(liu, "/appeals/new", 429);
        await HtmlPage.Get(chen, "/appeals/new");
        await HtmlPage.Get(host.Browser(), "/appeals/public");
    }
}
