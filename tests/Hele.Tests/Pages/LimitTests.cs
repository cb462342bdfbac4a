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

    /// <summary>A provider gives a household a whole network of addresses: they are one. An address of the old kind is one, however it is written.</summary>
    [Fact]
    public async Task AddressesOfOneNetwork_AreCountedTogether()
    {
        await using var host = await TestHost.Start(TestDatabase.Sqlite, arguments: ["--reads-per-minute", "1"]);
        for (var i = 0; i < LimitNumbers.PeopleBehindAnAddress; i++)
            await HtmlPage.Get(host.BrowserFrom(i % 2 == 0 ? $"2001:db8:1:2:3::{i + 1}" : $"2001:db8:1:2:ffff::{i + 1}"), "/sign-in");
        await HtmlPage.Get(host.BrowserFrom("2001:db8:1:2::99"), "/sign-in", 429);
        await HtmlPage.Get(host.BrowserFrom("2001:db8:1:3::1"), "/sign-in");
        for (var i = 0; i < LimitNumbers.PeopleBehindAnAddress; i++)
            await HtmlPage.Get(host.BrowserFrom(i % 2 == 0 ? "192.0.2.1" : "::ffff:192.0.2.1"), "/sign-in");
        await HtmlPage.Get(host.BrowserFrom("192.0.2.1"), "/sign-in", 429);
        await HtmlPage.Get(host.BrowserFrom("::ffff:192.0.2.1"), "/sign-in", 429);
        await HtmlPage.Get(host.BrowserFrom("192.0.2.2"), "/sign-in");
    }

    /// <summary>A counter and a family share one address, and often one telephone: each person is counted by themselves.</summary>
    [Fact]
    public async Task PeopleBehindOneAddress_DontCountForEachOther()
    {
        await using var host = await TestHost.Start(TestDatabase.Sqlite, arguments: ["--acts-per-minute", "3"]);
        const string hall = "198.51.100.20";
        var (liu, chen, zhou) = (host.BrowserFrom(hall), host.BrowserFrom(hall), host.BrowserFrom(hall));
        foreach (var (browser, person) in new[] { (liu, TestPeople.Liu), (chen, TestPeople.Chen), (zhou, TestPeople.Zhou) })
            await TestHost.SignIn(browser, person.SignIn, TestPeople.Password);
        for (var i = 0; i < 3; i++)
            await PageSteps.FileAppeal(liu, "楼道灯不亮" + i);
        (await (await PageSteps.AppealForm(liu, "第四件事")).Submit()).Expect(429);
        await PageSteps.FileAppeal(chen);
        await HtmlPage.Get(zhou, "/appeals");
        // And at the same desk somebody without an account is heard, and somebody else signs in.
        (await (await HtmlPage.Get(host.BrowserFrom(hall), "/feedback/new")).Form("main form").Fill("Input.Kind", "Wish").Fill("Input.Text", "这里怎么查进度？").Submit()).ExpectRedirect("/feedback/*");
        await TestHost.SignIn(host.BrowserFrom(hall), TestPeople.Ma.SignIn, TestPeople.Password);
    }

    /// <summary>Whoever's script changes its address with every request is still the same person.</summary>
    [Fact]
    public async Task OneAccount_FromManyAddresses_IsCountedOnce()
    {
        await using var host = await TestHost.Start(TestDatabase.Sqlite, arguments: ["--acts-per-minute", "3"]);
        for (var i = 0; i < 4; i++)
        {
            var browser = host.BrowserFrom($"203.0.113.{i + 1}");
            await TestHost.SignIn(browser, TestPeople.Liu.SignIn, TestPeople.Password);
            var answer = await (await PageSteps.AppealForm(browser, "路灯不亮" + i)).Submit();
            answer.Expect(i < 3 ? 302 : 429);
        }
    }

    /// <summary>A stranger who sends forms with files and never ends keeps only their own address waiting.</summary>
    [Fact]
    public async Task FormsWithFiles_OfStrangers_AreCountedByAddress()
    {
        using var limits = new Limits(LimitNumbers.Standard);
        using var services = new ServiceCollection().AddScoped<CurrentViewer>().BuildServiceProvider();
        DefaultHttpContext From(string address) => new() { RequestServices = services, Connection = { RemoteIpAddress = System.Net.IPAddress.Parse(address) } };
        var held = Enumerable.Range(0, 10).Select(i => limits.Files(From($"2001:db8::{i}")).AsTask()).ToList();
        Assert.Equal(LimitNumbers.FilesAtATime, held.Count(l => l.IsCompleted));
        using (var more = await limits.Files(From("2001:db8::ff")))
            Assert.False(more.IsAcquired);
        using (var other = await limits.Files(From("192.0.2.1")))
            Assert.True(other.IsAcquired);
        for (var i = 0; i < held.Count; i++)
            (await held[i]).Dispose();
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
