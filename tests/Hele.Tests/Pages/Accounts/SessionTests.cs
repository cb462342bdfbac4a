using System.Net;
using System.Net.Http.Headers;
using Hele.Civic.People;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Accounts;
using Hele.Civic.Platform.Storage;
using Hele.TestKit;
using Hele.Web.Hosting;
using Microsoft.EntityFrameworkCore;
using Xunit;
using static Hele.Tests.Pages.Accounts.AccountSteps;

namespace Hele.Tests.Pages.Accounts;

/// <summary>Sessions as their owner, a thief and a neighbour at the same desk see them.</summary>
public class SessionTests(TestHosts hosts) : IClassFixture<TestHosts>
{
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task SignIn_InABrowserWithASession_MakesANewTokenAndEndsTheOld(TestDatabase kind)
    {
        var host = await hosts.On(kind);
        var (attacker, victim) = (await host.Somebody(), await host.Somebody());
        // The attacker's own session, planted into the victim's browser.
        var planted = Cookie(await Try(host.Browser(), attacker, TestPeople.Password), AccessHosting.Cookie);
        Assert.True(await IsIn(host.With(planted)));
        var browser = host.With(planted);
        var page = await HtmlPage.Get(browser, "/sign-in?again=true");
        var answer = await page.Form("main form").Fill("Input.Name", victim).Fill("Input.Password", TestPeople.Password).Submit();
        var fresh = Cookie(answer.ExpectRedirect("/"), AccessHosting.Cookie);
        Assert.NotEqual(planted, fresh);
        Assert.False(await IsIn(host.With(planted)));
        Assert.True(await IsIn(host.With(fresh)));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task ForgedCookie_OfAnyKind_IsNobody(TestDatabase kind)
    {
        var host = await hosts.On(kind);
        var name = await host.Somebody();
        var good = Cookie(await Try(host.Browser(), name, TestPeople.Password), AccessHosting.Cookie);
        Assert.True(await IsIn(host.With(good)));
        foreach (var forged in new[] { AccessHosting.Cookie + "=x", AccessHosting.Cookie + "=", good[..^6] + "AAAAAA", good.Replace("CfDJ8", "CfDJ9"), AccessHosting.Cookie + "=" + new string('A', 400) })
            Assert.False(await IsIn(host.With(forged)), forged);
        // What stands in the database is no token.
        var hash = await host.Hele.Read(db => db.Set<SignInSession>().Select(s => s.TokenHash).FirstAsync());
        Assert.Equal(32, hash.Length);
        Assert.Null(await host.Hele.Get<Civic.Platform.Accounts.Sessions>().Find(Convert.ToHexStringLower(hash), TestContext.Current.CancellationToken));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task EndingASession_IsFeltAtItsNextRequest(TestDatabase kind)
    {
        var host = await hosts.On(kind);
        var name = await host.Somebody();
        HttpClient here = host.Browser(), there = host.Browser();
        there.DefaultRequestHeaders.UserAgent.ParseAdd("Mozilla/5.0 (Linux; Android 14) Chrome/140.0 Mobile Safari/537.36");
        await TestHost.SignIn(here, name, TestPeople.Password);
        await TestHost.SignIn(there, name, TestPeople.Password);
        var page = await HtmlPage.Get(here, "/account/sessions");
        Assert.Contains("Chrome / Android", page.VisibleText);
        Assert.Contains("就是这台", page.VisibleText);
        Assert.DoesNotContain("Mozilla", page.Source);
        var ended = (await page.Form("form[action*='handler=End']").Submit()).ExpectRedirect("/account/sessions");
        Assert.False(await IsIn(there));
        Assert.Contains("已经退出。", (await ended.Follow()).VisibleText);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task AnotherAccountsSession_SentToBeEnded_GoesOn(TestDatabase kind)
    {
        var host = await hosts.On(kind);
        var (name, stranger) = (await host.Somebody(), await host.Somebody());
        HttpClient one = host.Browser(), two = host.Browser(), other = host.Browser();
        await TestHost.SignIn(one, name, TestPeople.Password);
        await TestHost.SignIn(two, name, TestPeople.Password);
        await TestHost.SignIn(other, stranger, TestPeople.Password);
        var account = await host.Hele.Account(stranger);
        var id = await host.Hele.Read(db => db.Set<SignInSession>().Where(s => s.AccountId == account).Select(s => s.Id).SingleAsync());
        var form = (await HtmlPage.Get(one, "/account/sessions")).Form("form[action*='handler=End']").Force("session", id.ToString());
        (await form.Submit()).ExpectRedirect("/account/sessions");
        Assert.True(await IsIn(other));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task SignOutEverywhere_EndsEverySessionOfTheAccountAlone(TestDatabase kind)
    {
        var host = await hosts.On(kind);
        var name = await host.Somebody();
        HttpClient here = host.Browser(), there = host.Browser(), other = await host.SignIn(TestPeople.Chen);
        await TestHost.SignIn(here, name, TestPeople.Password);
        await TestHost.SignIn(there, name, TestPeople.Password);
        (await (await HtmlPage.Get(here, "/account/sessions")).Form("form[action*='Everywhere']").Submit()).ExpectRedirect("/");
        Assert.False(await IsIn(here));
        Assert.False(await IsIn(there));
        Assert.True(await IsIn(other));
    }

    [Fact]
    public async Task SignOut_LeavesACopiedCookieWorthless()
    {
        var host = await hosts.On(TestDatabase.Sqlite);
        var name = await host.Somebody();
        var copied = Cookie(await Try(host.Browser(), name, TestPeople.Password), AccessHosting.Cookie);
        var browser = host.With(copied);
        var out1 = await (await HtmlPage.Get(browser, "/")).Form("form[action='/sign-out']").Submit();
        out1.ExpectRedirect("/");
        Assert.Contains("\"cache\"", string.Join(",", out1.Headers.GetValues("Clear-Site-Data")));
        Assert.False(await IsIn(host.With(copied)));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Session_NobodyUses_TimesOut_AndOneInUseEndsAfterItsLongest(TestDatabase kind)
    {
        await using var host = await TestHost.Start(kind);
        var profile = SignInProfile.Find("asvs");
        HttpClient used = await host.SignIn(TestPeople.Chen), idle = await host.SignIn(TestPeople.Liu);
        var step = profile.Idle / 2;
        for (var passed = TimeSpan.Zero; passed + step < profile.Longest; passed += step)
        {
            host.Pass(step);
            Assert.True(await IsIn(used), $"after {passed + step}");
        }
        Assert.False(await IsIn(idle));
        host.Pass(step);
        Assert.False(await IsIn(used));
        await host.Hele.Get<Housekeeping>().Once(TestContext.Current.CancellationToken);
        Assert.Equal(0, await host.Hele.Read(db => db.Set<SignInSession>().CountAsync()));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Mlps3_HalfAnHourIdle_IsOver(TestDatabase kind)
    {
        await using var host = await TestHost.Start(kind, policy: Mlps3);
        var client = await host.SignIn(TestPeople.Chen);
        host.Pass(TimeSpan.FromMinutes(29));
        Assert.True(await IsIn(client));
        host.Pass(TimeSpan.FromMinutes(31));
        Assert.False(await IsIn(client));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task EndedPost_AndChangedCredentials_AreFeltAtTheNextRequest(TestDatabase kind)
    {
        var host = await hosts.On(kind);
        var name = await host.Somebody(Role.Clerk);
        var client = host.Browser();
        await TestHost.SignIn(client, name, TestPeople.Password);
        await HtmlPage.Get(client, "/appeals");
        var account = await host.Hele.Account(name);
        var yesterday = DateOnly.FromDateTime(host.Hele.Clock.GetUtcNow().Date).AddDays(-1);
        var outcome = await host.Hele.Get<Writer>().Write(new Act { OperationId = Guid.NewGuid(), AccountId = SystemAccount.Id, JurisdictionId = TestInstallation.Hexi }, "test.end-post", name, async scope =>
        {
            var post = await scope.Db.Set<Post>().AsTracking().SingleAsync(p => scope.Db.Set<Person>().Any(x => x.Id == p.PersonId && x.AccountId == account));
            scope.Db.Entry(post).Property(p => p.To).CurrentValue = yesterday;
            scope.Record(post, RegisterPerson.PostGiven);
            return Outcome.Ok("ended");
        }, TestContext.Current.CancellationToken);
        Assert.True(outcome.Accepted);
        await HtmlPage.Get(client, "/appeals", 404);
        Assert.True(await IsIn(client));

        await host.Hele.Database.Operate(async db => (await db.Accounts.AsTracking().SingleAsync(a => a.Id == account)).Stamp = Guid.NewGuid());
        Assert.False(await IsIn(client));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task ChangesToSigningIn_LongAfterTheSignIn_AskForAnother(TestDatabase kind)
    {
        await using var host = await TestHost.Start(kind);
        HttpClient client = await host.SignIn(TestPeople.Chen), other = await host.SignIn(TestPeople.Chen);
        var form = (await HtmlPage.Get(client, "/account/sessions")).Form("form[action*='handler=End']");
        host.Pass(Civic.Platform.Accounts.Sessions.Fresh);
        Assert.Contains("请先再登录一次", (await HtmlPage.Get(client, "/account/sessions")).VisibleText);
        (await form.Submit()).ExpectRedirect("/sign-in*");
        Assert.True(await IsIn(other));
        (await HtmlPage.Get(client, "/account/security/app", 302)).ExpectRedirect("/sign-in*");
        var again = await (await HtmlPage.Get(client, "/sign-in?again=true&return=%2Faccount%2Fsessions")).Form("main form").Fill("Input.Name", TestPeople.Chen.SignIn).Fill("Input.Password", TestPeople.Password).Submit();
        again.ExpectRedirect("/account/sessions");
        (await (await again.Follow()).Form("form[action*='handler=End']").Submit()).ExpectRedirect("/account/sessions");
        Assert.False(await IsIn(other));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Sessions_BeyondTheMost_EndTheOldest(TestDatabase kind)
    {
        var host = await hosts.On(kind);
        var account = await host.Hele.Account(await host.Somebody());
        var sessions = host.Hele.Get<Civic.Platform.Accounts.Sessions>();
        var first = await sessions.Begin(account, SignInMethod.Password, false, "", null);
        host.Pass(TimeSpan.FromSeconds(1));
        for (var i = 0; i < Civic.Platform.Accounts.Sessions.Most; i++)
            await sessions.Begin(account, SignInMethod.Password, false, "", null);
        Assert.Null(await sessions.Find(first, TestContext.Current.CancellationToken));
        Assert.Equal(Civic.Platform.Accounts.Sessions.Most, await host.Hele.Read(db => db.Set<SignInSession>().CountAsync(s => s.AccountId == account)));
    }

    [Fact]
    public async Task PostsFromOtherSites_AreRefused()
    {
        var host = await hosts.On(TestDatabase.Sqlite);
        var client = await host.SignIn(TestPeople.Chen);
        var form = (await HtmlPage.Get(client, "/")).Document.QuerySelector("form[action='/sign-out'] input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        foreach (var (header, value) in new[] { ("Sec-Fetch-Site", "cross-site"), ("Sec-Fetch-Site", "same-site"), ("Origin", "https://evil.example"), ("Origin", "null") })
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/sign-out") { Content = new FormUrlEncodedContent([new("__RequestVerificationToken", form)]) };
            request.Headers.Add(header, value);
            Assert.Equal(HttpStatusCode.BadRequest, (await client.SendAsync(request, TestContext.Current.CancellationToken)).StatusCode);
            // The preferences carry no token: this is all that protects them.
            using var language = new HttpRequestMessage(HttpMethod.Post, "/language") { Content = new FormUrlEncodedContent([new("to", "en")]) };
            language.Headers.Add(header, value);
            Assert.Equal(HttpStatusCode.BadRequest, (await client.SendAsync(language, TestContext.Current.CancellationToken)).StatusCode);
        }
        // Without the token the form's word about itself isn't enough.
        foreach (var path in new[] { "/sign-out", "/sign-in", "/sign-in?handler=Ask", "/sign-in?handler=Passkey", "/sign-in/second", "/sign-in/phone", "/sign-in/phone/code", "/account/password", "/account/security?handler=RemoveApp", "/account/security/app", "/account/sessions?handler=Everywhere" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new FormUrlEncodedContent([]) };
            request.Headers.Add("Sec-Fetch-Site", "same-origin");
            Assert.Equal(HttpStatusCode.BadRequest, (await client.SendAsync(request, TestContext.Current.CancellationToken)).StatusCode);
        }
        Assert.True(await IsIn(client));
    }

    [Fact]
    public async Task Cookies_ByHttps_AreSecureAndBoundToTheHost()
    {
        var host = await hosts.On(TestDatabase.Sqlite);
        var plain = await Try(host.Browser(), await host.Somebody(), TestPeople.Password);
        Assert.All(plain.Headers.GetValues("Set-Cookie"), c => Assert.DoesNotContain("secure", c, StringComparison.OrdinalIgnoreCase));
        var client = host.Browser();
        client.BaseAddress = new Uri("https://localhost/");
        var page = await HtmlPage.Get(client, "/sign-in");
        Assert.All(page.Headers.GetValues("Set-Cookie"), c => Assert.Contains("secure", c, StringComparison.OrdinalIgnoreCase));
        var answer = await page.Form("main form").Fill("Input.Name", await host.Somebody()).Fill("Input.Password", TestPeople.Password).Submit();
        var set = answer.Headers.GetValues("Set-Cookie").ToList();
        foreach (var name in new[] { AccessHosting.Cookie, KnownDevice.Cookie })
        {
            var cookie = Assert.Single(set, c => c.StartsWith($"__Host-{name}=", StringComparison.Ordinal)).ToLowerInvariant();
            foreach (var word in new[] { "secure", "httponly", "samesite=lax", "path=/" })
                Assert.Contains(word, cookie);
            Assert.DoesNotContain("domain=", cookie);
        }
        Assert.True(await IsIn(client));
        // A plain-named copy, which a neighbouring host could have planted, is not looked at.
        var stolen = Cookie(answer, "__Host-" + AccessHosting.Cookie)["__Host-".Length..];
        var planted = host.With(stolen);
        planted.BaseAddress = new Uri("https://localhost/");
        Assert.False(await IsIn(planted));
    }
}
