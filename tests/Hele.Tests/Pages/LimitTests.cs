using Hele.TestKit;
using Hele.Web.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
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

    /// <summary>Each holds up to fifty megabytes while a slow line sends it.</summary>
    [Fact]
    public async Task FormsWithFiles_AreReadTwoAtATime_EightWait_AndMoreAreTurnedAway()
    {
        using var limits = new Limits(LimitNumbers.Standard);
        using var services = new ServiceCollection().AddScoped<CurrentViewer>().BuildServiceProvider();
        var sender = new DefaultHttpContext { RequestServices = services };
        var leases = Enumerable.Range(0, 10).Select(_ => limits.Files(sender).AsTask()).ToList();
        Assert.Equal([true, true, .. Enumerable.Repeat(false, 8)], leases.Select(l => l.IsCompleted));
        using (var more = await limits.Files(sender))
            Assert.False(more.IsAcquired);
        // Whoever waits comes in the order they came, one for each that is done.
        for (var i = 0; i < leases.Count; i++)
        {
            var lease = await leases[i];
            Assert.True(lease.IsAcquired);
            Assert.Equal(Math.Min(i + 2, 10), leases.Count(l => l.IsCompleted));
            lease.Dispose();
        }
    }
}
