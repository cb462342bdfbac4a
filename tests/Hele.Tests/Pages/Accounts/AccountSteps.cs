using Hele.Civic.Kernel;
using Hele.Civic.People;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Accounts;
using Hele.TestKit;
using Microsoft.EntityFrameworkCore;
using OtpNet;
using Xunit;

namespace Hele.Tests.Pages.Accounts;

/// <summary>What people do to sign in.</summary>
internal static class AccountSteps
{
    /// <summary>A post demands a second factor, as in a real installation.</summary>
    public static SignInPolicy Demanding(TimeProvider clock) => SignInPolicy.Real(SignInProfile.Find("asvs"), clock);

    public static SignInPolicy Mlps3(TimeProvider clock) => SignInPolicy.Real(SignInProfile.Find("mlps3"), clock) with { DemandsSecondFactor = false };

    public static async Task<HtmlPage> Try(HttpClient client, string name, string password) =>
        await (await HtmlPage.Get(client, "/sign-in")).Form("main form").Fill("Input.Name", name).Fill("Input.Password", password).Submit();

    /// <summary>Sets an app up: its secret and the recovery codes that were shown.</summary>
    public static async Task<(byte[] Secret, IReadOnlyList<string> Codes)> AddApp(this TestHost host, HttpClient client)
    {
        var page = await HtmlPage.Get(client, "/account/security/app");
        var secret = Base32Encoding.ToBytes(page.Text("figure.qr code").Replace(" ", ""));
        var done = (await page.Form("main form").Fill("Input.Code", host.CodeOf(secret)).Submit()).Expect(200);
        return (secret, done.Texts(".codes code"));
    }

    /// <summary>What an app shows now, worked out by somebody else's code.</summary>
    public static string CodeOf(this TestHost host, byte[] secret) => new OtpNet.Totp(secret).ComputeTotp(host.Hele.Clock.GetUtcNow().UtcDateTime);

    public static void Pass(this TestHost host, TimeSpan time) => host.Hele.Clock.MoveTo(host.Hele.Clock.GetUtcNow() + time);

    public static async Task<HtmlPage> Second(HttpClient client, string code) => await (await HtmlPage.Get(client, "/sign-in/second")).Form("main form").Fill("Input.Code", code).Submit();

    public static async Task<Guid> Account(this TestInstallation hele, string name) => await hele.Read(db => db.Accounts.Where(a => a.SignInName == name).Select(a => a.Id).SingleAsync());

    /// <summary>A new person with an account of their own, so that a test spoils nobody else's.</summary>
    public static async Task<string> Somebody(this TestHost host, Role? role = null, string? phone = null, string? hash = null)
    {
        var name = "s" + Guid.NewGuid().ToString("N")[..10];
        var outcome = await host.Hele.Get<RegisterPerson>().Run(new Act { OperationId = Guid.NewGuid(), AccountId = SystemAccount.Id, JurisdictionId = TestInstallation.Hexi },
            new("某某", null, name, hash ?? TestPeople.PasswordHash, false, role, role is null ? null : "岗位", DateOnly.MinValue.AddYears(2019), phone));
        Assert.True(outcome.Accepted, string.Join(" ", outcome.Problems.Select(p => p.Sentence.Zh)));
        return name;
    }

    public static async Task<bool> IsIn(HttpClient client)
    {
        var answer = await client.GetAsync("/account/sessions", TestContext.Current.CancellationToken);
        Assert.True(answer.IsSuccessStatusCode || answer.Headers.Location?.ToString().Contains("/sign-in", StringComparison.Ordinal) == true, $"{answer.StatusCode} {answer.Headers.Location}");
        return answer.IsSuccessStatusCode;
    }

    /// <summary>The value of a cookie that an answer sets.</summary>
    public static string Cookie(HtmlPage answer, string name)
    {
        var found = answer.Headers.GetValues("Set-Cookie").Single(c => c.StartsWith(name + "=", StringComparison.Ordinal));
        return found[..found.IndexOf(';')];
    }

    /// <summary>A browser that sends this cookie and no other.</summary>
    public static HttpClient With(this TestHost host, string cookie)
    {
        var client = host.Browser();
        client.DefaultRequestHeaders.Add("Cookie", cookie);
        return client;
    }
}
