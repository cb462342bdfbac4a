using System.Text.RegularExpressions;
using Hele.Civic.Kernel;
using Hele.Civic.Platform.Accounts;
using Hele.TestKit;
using Microsoft.EntityFrameworkCore;
using Xunit;
using static Hele.Tests.Pages.Accounts.AccountSteps;

namespace Hele.Tests.Pages.Accounts;

/// <summary>Guessing is slowed down, and the slowing is no weapon; what is refused says nothing about whom it was tried on.</summary>
public class WaitingTests(TestHosts hosts) : IClassFixture<TestHosts>
{
    private static readonly SignInProfile Profile = SignInProfile.Find("asvs");

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Strangers_WhoeverManyTheyFail_DontMakeTheOwnersBrowserWait(TestDatabase kind)
    {
        var host = await hosts.On(kind);
        var name = await host.Somebody();
        var owner = host.BrowserFrom("198.51.100.1");
        await TestHost.SignIn(owner, name, TestPeople.Password);
        await (await HtmlPage.Get(owner, "/")).Form("form[action='/sign-out']").Submit();
        // From the owner's own network, as somebody in the same hall would.
        var stranger = host.BrowserFrom("198.51.100.1");
        for (var i = 0; i < Profile.FreeFailures; i++)
            (await Try(stranger, name, "wrong-password")).Expect(400);
        Assert.Contains("试得太多了", (await Try(stranger, name, TestPeople.Password)).Expect(400).Text(".summary"));
        (await Try(owner, name, TestPeople.Password)).ExpectRedirect("/");
        // Elsewhere, and for everybody else in that network, nothing is changed.
        (await Try(host.BrowserFrom("198.51.100.2"), name, TestPeople.Password)).ExpectRedirect("/");
        (await Try(stranger, await host.Somebody(), TestPeople.Password)).ExpectRedirect("/");
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task ManyNetworks_AtOneName_AreSlowedTogether_ButNotTheOwner(TestDatabase kind)
    {
        await using var host = await TestHost.Start(kind);
        var attempts = host.Hele.Get<Attempts>();
        var account = await host.Hele.Account(TestPeople.Chen.SignIn);
        for (var i = 0; i < Attempts.FreeByName; i++)
            Assert.Null((await attempts.Begin("password", TestPeople.Chen.SignIn, account, From($"203.0.113.{i}"))).Wait);
        var wait = (await attempts.Begin("password", TestPeople.Chen.SignIn, account, From("203.0.113.200"))).Wait;
        Assert.InRange(wait!.Value, TimeSpan.FromSeconds(1), Attempts.LongestWideWait);
        var known = new SignInClient(System.Net.IPAddress.Parse("203.0.113.200"), Guid.NewGuid(), [account]);
        Assert.Null((await attempts.Begin("password", TestPeople.Chen.SignIn, account, known)).Wait);
        host.Pass(Attempts.LongestWideWait);
        Assert.Null((await attempts.Begin("password", TestPeople.Chen.SignIn, account, From("203.0.113.201"))).Wait);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task OneNetwork_AtManyNames_IsSlowed_AndOneNameCountsOnce(TestDatabase kind)
    {
        await using var host = await TestHost.Start(kind);
        var attempts = host.Hele.Get<Attempts>();
        for (var i = 0; i < Profile.FreeFailures; i++)
            await attempts.Begin("password", "victim", null, From("192.0.2.7"));
        for (var i = 0; i < Attempts.FreeNamesByNetwork - 1; i++)
            Assert.Null((await attempts.Begin("password", $"name-{i}", null, From("192.0.2.7"))).Wait);
        Assert.NotNull((await attempts.Begin("password", "another", null, From("192.0.2.7"))).Wait);
        Assert.Null((await attempts.Begin("password", "another", null, From("192.0.2.8"))).Wait);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Waits_Grow_AndEnd(TestDatabase kind)
    {
        await using var host = await TestHost.Start(kind);
        var attempts = host.Hele.Get<Attempts>();
        var waits = new List<TimeSpan>();
        for (var i = 0; i < 20; i++)
        {
            await attempts.Begin("password", "grows", null, From("192.0.2.9"));
            if ((await attempts.Begin("password", "grows", null, From("192.0.2.9"))).Wait is { } wait)
            {
                waits.Add(wait);
                host.Pass(wait);
            }
        }
        Assert.Equal(Profile.FirstWait, waits[0]);
        Assert.Equal(waits.Order(), waits);
        Assert.Equal(Profile.LongestWait, waits[^1]);
        host.Pass(Attempts.Forgotten);
        for (var i = 0; i < Profile.FreeFailures; i++)
            Assert.Null((await attempts.Begin("password", "grows", null, From("192.0.2.9"))).Wait);
        host.Pass(Attempts.Forgotten + TimeSpan.FromSeconds(1));
        await attempts.Sweep();
        Assert.Equal(0, await host.Hele.Read(db => db.Set<SignInCounter>().CountAsync()));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task ManyTries_AtOnce_DontSlipThroughTogether(TestDatabase kind)
    {
        var host = await hosts.On(kind);
        var attempts = host.Hele.Get<Attempts>();
        var all = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(() => attempts.Begin("password", $"parallel-{kind}", null, From("192.0.2.10")))));
        Assert.Equal(Profile.FreeFailures, all.Count(a => a.Wait is null));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Mlps3_AfterFiveFailures_WaitsTenMinutes(TestDatabase kind)
    {
        await using var host = await TestHost.Start(kind, policy: Mlps3);
        var client = host.Browser();
        for (var i = 0; i < 5; i++)
            await Try(client, TestPeople.Chen.SignIn, "wrong-password");
        Assert.Contains("请过10分钟再试", (await Try(client, TestPeople.Chen.SignIn, TestPeople.Password)).Expect(400).Text(".summary"));
        host.Pass(TimeSpan.FromMinutes(10));
        (await Try(client, TestPeople.Chen.SignIn, TestPeople.Password)).ExpectRedirect("/");
    }

    /// <summary>Whatever is wrong, the answer is the same at every try, and the dear part of the work is done each time.</summary>
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Refusals_OfEveryKind_CannotBeToldApart(TestDatabase kind)
    {
        await using var host = await TestHost.Start(kind);
        var known = await host.Somebody();
        var withoutPassword = await host.Somebody();
        await host.Hele.Database.Operate(async db => (await db.Accounts.AsTracking().SingleAsync(a => a.SignInName == withoutPassword)).PasswordHash = null);
        var expired = await host.Somebody();
        await host.Hele.Database.Operate(async db =>
        {
            var account = await db.Accounts.AsTracking().SingleAsync(a => a.SignInName == expired);
            (account.MustChangePassword, account.PasswordSetAt) = (true, host.Hele.Clock.GetUtcNow() - Profile.OneTimeLasts - TimeSpan.FromMinutes(1));
        });
        var passwords = host.Hele.Get<Passwords>();
        (string Name, string Password)[] tries = [("nobody-here", "wrong-password"), (known, "wrong-password"), (withoutPassword, TestPeople.Password), (expired, TestPeople.Password), (known.ToUpperInvariant(), new string('x', 5000))];
        var address = 0;
        foreach (var round in Enumerable.Range(0, Profile.FreeFailures + 2))
        {
            var answers = new List<string>();
            foreach (var (name, password) in tries)
            {
                var client = host.BrowserFrom($"192.0.2.{20 + address++ % tries.Length}");
                var before = passwords.Comparisons;
                var page = await Try(client, name, password);
                Assert.Equal(1, passwords.Comparisons - before);
                answers.Add($"{page.Status} {string.Join(';', page.Headers.Select(h => h.Key))} {Plain(page.Source, name)}");
            }
            Assert.All(answers, a => Assert.Equal(answers[0], a));
            Assert.Contains(round < Profile.FreeFailures ? "登录名或密码不对" : "试得太多了", answers[0]);
        }

        static string Plain(string source, string name) =>
            Regex.Replace(source.Replace(name, "NAME"), @"CfDJ8[\w-]+|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", "TOKEN");
    }

    [Fact]
    public async Task DeviceCookie_ForgedOrAnothers_HelpsNobody()
    {
        var host = await hosts.On(TestDatabase.Sqlite);
        var (victim, attacker) = (await host.Somebody(), await host.Somebody());
        var own = Cookie(await Try(host.Browser(), attacker, TestPeople.Password), Hele.Web.Hosting.KnownDevice.Cookie);
        foreach (var cookie in new[] { own, Hele.Web.Hosting.KnownDevice.Cookie + "=forged" })
        {
            var client = host.BrowserFrom(cookie == own ? "192.0.2.90" : "192.0.2.91");
            client.DefaultRequestHeaders.Add("Cookie", cookie);
            for (var i = 0; i < Profile.FreeFailures; i++)
                await Try(client, victim, "wrong-password");
            Assert.Contains("试得太多了", (await Try(client, victim, "wrong-password")).Text(".summary"));
        }
    }

    private static SignInClient From(string address) => new(System.Net.IPAddress.Parse(address));
}
