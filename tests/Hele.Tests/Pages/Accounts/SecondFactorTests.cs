using System.Net;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Accounts;
using Hele.TestKit;
using Hele.Web.Hosting;
using Microsoft.EntityFrameworkCore;
using Xunit;
using static Hele.Tests.Pages.Accounts.AccountSteps;

namespace Hele.Tests.Pages.Accounts;

/// <summary>Setting a second factor up, signing in with it, and everything somebody with only the password tries.</summary>
public class SecondFactorTests(TestHosts hosts) : IClassFixture<TestHosts>
{
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task App_SetUp_IsAskedForAtTheNextSignIn_AndEachCodeWorksOnce(TestDatabase kind)
    {
        var host = await hosts.On(kind);
        var name = await host.Somebody(Role.Clerk);
        var client = host.Browser();
        await TestHost.SignIn(client, name, TestPeople.Password);
        var (secret, codes) = await host.AddApp(client);
        Assert.Equal(SecondFactors.RecoveryCodes, codes.Distinct().Count());
        var sealedBytes = await host.Hele.Read(db => db.Accounts.Where(a => a.SignInName == name).Select(a => a.TotpSealed).SingleAsync());
        Assert.True(sealedBytes!.AsSpan().IndexOf(secret) < 0);

        // The code that confirmed the set-up can't be used again, here or elsewhere.
        var other = host.Browser();
        (await Try(other, name, TestPeople.Password)).ExpectRedirect("/sign-in/second");
        Assert.False(await IsIn(other));
        (await HtmlPage.Get(other, "/appeals", 302)).ExpectRedirect("/sign-in*");
        Assert.Contains("验证码不对，或已经用过", (await Second(other, host.CodeOf(secret))).Expect(400).Text(".summary"));
        host.Pass(TimeSpan.FromSeconds(31));
        var code = host.CodeOf(secret);
        (await Second(other, code[..3] + " " + code[3..])).ExpectRedirect("/");
        Assert.True(await IsIn(other));
        await HtmlPage.Get(other, "/appeals");
        Assert.Contains("密码和验证器", (await HtmlPage.Get(other, "/account/sessions")).VisibleText);

        var third = host.Browser();
        await Try(third, name, TestPeople.Password);
        (await Second(third, code)).Expect(400);
        // An older code than the last accepted is refused too, though its time hasn't passed.
        (await Second(third, new OtpNet.Totp(secret).ComputeTotp(host.Hele.Clock.GetUtcNow().AddSeconds(-30).UtcDateTime))).Expect(400);
        Assert.False(await IsIn(third));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task RecoveryCode_WorksOnce_AndOnlyForItsAccount(TestDatabase kind)
    {
        var host = await hosts.On(kind);
        var (name, stranger) = (await host.Somebody(), await host.Somebody());
        HttpClient client = host.Browser(), foreign = host.Browser();
        await TestHost.SignIn(client, name, TestPeople.Password);
        var (_, codes) = await host.AddApp(client);
        await TestHost.SignIn(foreign, stranger, TestPeople.Password);
        await host.AddApp(foreign);
        var wrong = host.Browser();
        await Try(wrong, stranger, TestPeople.Password);
        (await Second(wrong, codes[0])).Expect(400);

        var first = host.Browser();
        await Try(first, name, TestPeople.Password);
        (await Second(first, codes[0].ToLowerInvariant().Replace("-", " "))).ExpectRedirect("/");
        var page = await HtmlPage.Get(first, "/account/security");
        Assert.Contains("还剩9个没用过的恢复码", page.VisibleText);
        Assert.DoesNotContain(codes[1], page.Source);
        var again = host.Browser();
        await Try(again, name, TestPeople.Password);
        (await Second(again, codes[0])).Expect(400);

        // A new set makes the old one worthless.
        var fresh = (await page.Form("form[action*='RenewCodes']").Submit()).Expect(200).Texts(".codes code");
        Assert.Equal(SecondFactors.RecoveryCodes, fresh.Count);
        (await Second(again, codes[1])).Expect(400);
        (await Second(again, fresh[9])).ExpectRedirect("/");
        var account = await host.Hele.Account(name);
        Assert.All(await host.Hele.Read(db => db.Set<RecoveryCode>().Where(c => c.AccountId == account).ToListAsync()), c => Assert.Equal(32, c.Hash.Length));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task OneCode_SentTwiceAtOnce_SignsInOnce(TestDatabase kind)
    {
        var host = await hosts.On(kind);
        var name = await host.Somebody();
        var client = host.Browser();
        await TestHost.SignIn(client, name, TestPeople.Password);
        var (secret, codes) = await host.AddApp(client);
        host.Pass(TimeSpan.FromSeconds(60));
        var (account, factors) = (await host.Hele.Account(name), host.Hele.Get<SecondFactors>());
        foreach (var code in new[] { host.CodeOf(secret), codes[3] })
        {
            var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => factors.Check(account, code, SignInClient.Nobody))));
            Assert.Equal(1, answers.Count(a => a.Problem is null));
        }
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Guessing_TheSecondStep_HasToWait_AlsoAfterTheNextPassword(TestDatabase kind)
    {
        var host = await hosts.On(kind);
        var name = await host.Somebody();
        var owner = host.Browser();
        await TestHost.SignIn(owner, name, TestPeople.Password);
        var (secret, _) = await host.AddApp(owner);
        var thief = host.BrowserFrom("203.0.113.9");
        await Try(thief, name, TestPeople.Password);
        for (var i = 0; i < SignInProfile.Find("asvs").FreeFailures; i++)
            (await Second(thief, "000000")).Expect(400);
        Assert.Contains("试得太多了", (await Second(thief, host.CodeOf(secret))).Expect(400).Text(".summary"));
        await Try(thief, name, TestPeople.Password);
        Assert.Contains("试得太多了", (await Second(thief, "000000")).Expect(400).Text(".summary"));
        // The owner's own browser is not made to wait.
        host.Pass(TimeSpan.FromSeconds(31));
        (await (await HtmlPage.Get(owner, "/sign-in?again=true")).Form("main form").Fill("Input.Name", name).Fill("Input.Password", TestPeople.Password).Submit()).ExpectRedirect("/sign-in/second");
        (await Second(owner, host.CodeOf(secret))).ExpectRedirect("/");
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Post_WithoutSecondFactor_CanDoNothingElseFirst(TestDatabase kind)
    {
        await using var host = await TestHost.Start(kind, policy: Demanding);
        var client = host.Browser();
        await TestHost.SignIn(client, TestPeople.Zhou.SignIn, TestPeople.Password);
        foreach (var path in new[] { "/", "/appeals", "/appeals/new", "/appeals/public", "/account/data", "/account/sessions", "/account/password", "/figures/appeals.filed", "/rules", "/sign-in", "/sign-in?again=true", "/sign-in/second" })
            (await HtmlPage.Get(client, path, 302)).ExpectRedirect("/account/security");
        var page = await HtmlPage.Get(client, "/account/security");
        Assert.Contains("请先设置两步验证", page.VisibleText);
        // A form cut out of another page, and further fields, don't get past it.
        var token = page.Document.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        foreach (var path in new[] { "/appeals/intake", "/appeals/new", "/account/sessions?handler=Everywhere" })
        {
            var answer = await client.PostAsync(path, new FormUrlEncodedContent([new("__RequestVerificationToken", token), new("Input.Kind", "facilities"), new("DemandsSecondFactor", "false"), new("HasSecondFactor", "true")]), TestContext.Current.CancellationToken);
            Assert.Equal((HttpStatusCode.Redirect, "/account/security"), (answer.StatusCode, answer.Headers.Location!.ToString()));
        }
        var (_, codes) = await host.AddApp(client);
        Assert.NotEmpty(codes);
        await HtmlPage.Get(client, "/appeals");
        // A resident may, and needn't.
        await HtmlPage.Get(await host.SignIn(TestPeople.Chen), "/appeals/new");

        // The last one stays while the post does.
        var kept = (await (await HtmlPage.Get(client, "/account/security")).Form("form[action*='RemoveApp']").Submit()).Expect(409);
        Assert.Contains("岗位人员必须保留一种两步验证", kept.Text(".summary"));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task OneTimePassword_OfAPost_LeadsToAPasswordThenToTheSecondFactor(TestDatabase kind)
    {
        await using var host = await TestHost.Start(kind, policy: Demanding);
        var name = await host.Somebody(Role.Clerk);
        await host.Hele.Database.Operate(async db => (await db.Accounts.AsTracking().SingleAsync(a => a.SignInName == name)).MustChangePassword = true);
        var client = host.Browser();
        await TestHost.SignIn(client, name, TestPeople.Password);
        (await HtmlPage.Get(client, "/account/security", 302)).ExpectRedirect("/account/password");
        var form = (await HtmlPage.Get(client, "/account/password")).Form("main form").Fill("Input.OldPassword", TestPeople.Password).Fill("Input.NewPassword", "柳荫路口的梧桐落叶真多").Fill("Input.Repeat", "柳荫路口的梧桐落叶真多");
        Assert.Contains("至少12个字符", (await form.Submit()).Expect(400).Text(".summary"));
        form = (await HtmlPage.Get(client, "/account/password")).Form("main form").Fill("Input.OldPassword", TestPeople.Password).Fill("Input.NewPassword", "柳荫路口的梧桐落叶真多呀").Fill("Input.Repeat", "柳荫路口的梧桐落叶真多呀");
        await form.Submit();
        (await HtmlPage.Get(client, "/", 302)).ExpectRedirect("/account/security");
        await host.AddApp(client);
        await HtmlPage.Get(client, "/appeals");
    }

    [Fact]
    public async Task Removing_WhereNoneIsDemanded_TakesTheRecoveryCodesToo()
    {
        var host = await hosts.On(TestDatabase.Sqlite);
        var name = await host.Somebody(Role.Clerk);
        var client = host.Browser();
        await TestHost.SignIn(client, name, TestPeople.Password);
        await host.AddApp(client);
        (await HtmlPage.Get(client, "/account/security/app", 302)).ExpectRedirect("/account/security");
        (await (await HtmlPage.Get(client, "/account/security")).Form("form[action*='RemoveApp']").Submit()).ExpectRedirect("/account/security");
        var account = await host.Hele.Account(name);
        Assert.Equal(0, await host.Hele.Read(db => db.Set<RecoveryCode>().CountAsync(c => c.AccountId == account)));
        (await Try(host.Browser(), name, TestPeople.Password)).ExpectRedirect("/");
    }

    [Fact]
    public async Task Enrolment_OfAnotherAccount_IsNoGood()
    {
        var host = await hosts.On(TestDatabase.Sqlite);
        HttpClient victim = host.Browser(), attacker = host.Browser();
        var name = await host.Somebody();
        await TestHost.SignIn(victim, name, TestPeople.Password);
        await TestHost.SignIn(attacker, await host.Somebody(), TestPeople.Password);
        var theirs = await HtmlPage.Get(attacker, "/account/security/app");
        var secret = OtpNet.Base32Encoding.ToBytes(theirs.Text("figure.qr code").Replace(" ", ""));
        var form = (await HtmlPage.Get(victim, "/account/security/app")).Form("main form").Force("Input.Enrolment", theirs.Form("main form")["Input.Enrolment"]!).Fill("Input.Code", host.CodeOf(secret));
        (await form.Submit()).ExpectRedirect("/account/security/app");
        Assert.Null(await host.Hele.Read(db => db.Accounts.Where(a => a.SignInName == name).Select(a => a.TotpSealed).SingleAsync()));
    }

    [Fact]
    public async Task SecondStep_WithoutTheFirst_LeadsToTheSignInPage()
    {
        var host = await hosts.On(TestDatabase.Sqlite);
        (await HtmlPage.Get(host.Browser(), "/sign-in/second", 302)).ExpectRedirect("/sign-in");
        (await HtmlPage.Get(await host.SignIn(TestPeople.Chen), "/sign-in/second", 302)).ExpectRedirect("/sign-in");
        var name = await host.Somebody();
        var client = host.Browser();
        await TestHost.SignIn(client, name, TestPeople.Password);
        await host.AddApp(client);
        var late = host.Browser();
        await Try(late, name, TestPeople.Password);
        host.Pass(Civic.Platform.Accounts.Sessions.SecondFactorWithin);
        (await HtmlPage.Get(late, "/sign-in/second", 302)).ExpectRedirect("/sign-in");
    }

    [Fact]
    public async Task Passkey_WithAnAnswerThatIsNone_IsRefusedInWords()
    {
        var host = await hosts.On(TestDatabase.Sqlite);
        foreach (var answer in new[] { "", "{}", "not json", """{"id":"AA","rawId":"AA","type":"public-key","response":{"authenticatorData":"AA","clientDataJSON":"AA","signature":"AA"}}""" })
        {
            var client = host.Browser();
            var page = await HtmlPage.Get(client, "/sign-in");
            var asked = await client.PostAsync("/sign-in?handler=Ask", new FormUrlEncodedContent([new("__RequestVerificationToken", page.Form("form[data-passkey]")["__RequestVerificationToken"]!)]), TestContext.Current.CancellationToken);
            var question = System.Text.Json.JsonDocument.Parse(await asked.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement;
            Assert.Equal("required", question.GetProperty("options").GetProperty("userVerification").GetString());
            var refused = await page.Form("form[data-passkey]").Force("Passkey.Question", question.GetProperty("id").GetString()!).Force("Passkey.Answer", answer).Submit();
            Assert.Contains("通行密钥没有通过验证", refused.Expect(400).Text(".summary"));
            Assert.False(await IsIn(client));
        }
    }
}
