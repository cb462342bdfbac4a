using System.Net;
using System.Text.Json;
using Hele.Civic.People;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Accounts;
using Hele.Civic.Platform.Storage;
using Hele.TestKit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Xunit;
using static Hele.Tests.Pages.Accounts.AccountSteps;

namespace Hele.Tests.Pages.Accounts;

/// <summary>Signing in with a code sent to a phone, through a real gateway on this machine.</summary>
public class PhoneSignInTests
{
    private const string Phone = "10000009001", Unknown = "10000009002";

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Resident_WithTheCode_IsSignedIn_AndTheCodeWorksOnce(TestDatabase kind)
    {
        await using var sms = SmsListener.Start();
        await using var host = await TestHost.Start(kind, arguments: ["--sms", sms.File()]);
        var name = await host.Somebody(phone: "100 0000 9001");
        var account = await host.Hele.Read(db => db.Accounts.SingleAsync(a => a.SignInName == name));
        Assert.NotNull(account.PhoneIndex);
        Assert.True(account.PhoneSealed!.AsSpan().IndexOf(System.Text.Encoding.ASCII.GetBytes(Phone)) < 0);
        var client = host.Browser();
        Assert.Contains("用手机号", (await HtmlPage.Get(client, "/sign-in")).VisibleText);
        var asked = await Ask(client, "100-0000-9001", "?return=%2Fappeals%2Fnew");
        var (number, code) = await sms.Next();
        Assert.Equal(Phone, number);
        Assert.Matches("^[0-9]{6}$", code);
        var page = await asked.Follow();
        Assert.DoesNotContain(code, page.Source);
        // Another browser that knows the code but didn't ask for it.
        (await HtmlPage.Get(host.Browser(), "/sign-in/phone/code", 302)).ExpectRedirect("/sign-in/phone");
        (await page.Form("main form").Fill("Input.Code", code).Submit()).ExpectRedirect("/appeals/new");
        Assert.True(await IsIn(client));
        Assert.Contains("手机验证码", (await HtmlPage.Get(client, "/account/sessions")).VisibleText);
        Assert.Equal((Guid?)null, (await host.Hele.Get<PhoneCodes>().Check(await host.Hele.Read(db => db.Set<PhoneCode>().Select(c => c.Id).SingleAsync()), code)).Account);
        // Its log is kept at all, so that what follows says something.
        host.Hele.Get<ILoggerFactory>().CreateLogger("Hele").LogWarning("kept");
        Assert.Contains(host.Log, l => l.Contains("kept", StringComparison.Ordinal));
        Assert.DoesNotContain(host.Log, l => l.Contains(code, StringComparison.Ordinal) || l.Contains(Phone, StringComparison.Ordinal));
    }

    /// <summary>The same pages, the same rows and no message: neither a number nobody has nor one of staff can be found out.</summary>
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task UnknownNumberAndStaffsNumber_AreAnsweredAlike_AndNothingIsSent(TestDatabase kind)
    {
        await using var sms = SmsListener.Start();
        await using var host = await TestHost.Start(kind, arguments: ["--sms", sms.File()]);
        await host.Somebody(phone: Phone);
        await host.Somebody(Role.Clerk, phone: "10000009003");
        var pages = new List<string>();
        foreach (var number in new[] { Unknown, "10000009003", Phone })
        {
            var client = host.BrowserFrom("192.0.2.50");
            var page = await (await Ask(client, number)).Follow();
            pages.Add(page.VisibleText);
            for (var i = 0; i < 2; i++)
                pages.Add((await page.Form("main form").Fill("Input.Code", "12345x").Submit()).Expect(400).VisibleText);
        }
        Assert.Equal(pages[..3], pages[3..6]);
        Assert.Equal(pages[..3], pages[6..]);
        Assert.Equal(3, await host.Hele.Read(db => db.Set<PhoneCode>().CountAsync()));
        // Codes leave in the order they were asked for: when the last one is there, the others would have been.
        Assert.Equal(Phone, (await sms.Next()).Number);
        Assert.Equal(1, sms.Received);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Guessing_ACode_EndsAfterFiveTries_AndOnlyTheNewestInTimeIsGood(TestDatabase kind)
    {
        await using var sms = SmsListener.Start();
        await using var host = await TestHost.Start(kind, arguments: ["--sms", sms.File()]);
        await host.Somebody(phone: Phone);
        var client = host.Browser();
        var page = await (await Ask(client, Phone)).Follow();
        var (_, first) = await sms.Next();
        for (var i = 0; i < new PhoneCodeLimits().Tries; i++)
            (await page.Form("main form").Fill("Input.Code", Other(first)).Submit()).Expect(400);
        Assert.Contains("验证码不对或已过期", (await page.Form("main form").Fill("Input.Code", first).Submit()).Expect(400).Text(".summary"));

        host.Pass(TimeSpan.FromMinutes(1));
        HttpClient one = host.Browser(), two = host.Browser();
        var old = await (await Ask(one, Phone)).Follow();
        var (_, second) = await sms.Next();
        host.Pass(TimeSpan.FromMinutes(1));
        var newest = await (await Ask(two, Phone)).Follow();
        var (_, third) = await sms.Next();
        (await old.Form("main form").Fill("Input.Code", second).Submit()).Expect(400);
        (await old.Form("main form").Fill("Input.Code", third).Submit()).Expect(400);
        host.Pass(new PhoneCodeLimits().Lasts);
        (await newest.Form("main form").Fill("Input.Code", third).Submit()).Expect(400);
        Assert.False(await IsIn(one));
        Assert.False(await IsIn(two));
    }

    /// <summary>Somebody who keeps asking for codes to a number costs its owner neither the code they hold nor the next one, in a browser that knows them.</summary>
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Strangers_AskingForANumber_DontKeepItsOwnerOut(TestDatabase kind)
    {
        await using var sms = SmsListener.Start();
        await using var host = await TestHost.Start(kind, arguments: ["--sms", sms.File()]);
        await host.Somebody(phone: Phone);
        var owner = host.BrowserFrom("192.0.2.80");
        var mine = await (await Ask(owner, Phone)).Follow();
        var (_, code) = await sms.Next();
        host.Pass(TimeSpan.FromMinutes(1));
        (await Ask(host.BrowserFrom("192.0.2.81"), Phone)).ExpectRedirect("/sign-in/phone/code");
        await sms.Next();
        (await mine.Form("main form").Fill("Input.Code", code).Submit()).ExpectRedirect("/");
        await (await HtmlPage.Get(owner, "/")).Form("form[action='/sign-out']").Submit();
        for (var i = 0; i < 3; i++)
        {
            host.Pass(TimeSpan.FromMinutes(1));
            (await Ask(host.BrowserFrom($"192.0.2.{82 + i}"), Phone)).ExpectRedirect("/sign-in/phone/code");
            await sms.Next();
        }
        (await Ask(host.BrowserFrom("192.0.2.90"), Phone)).Expect(400);
        var again = await (await Ask(owner, Phone)).Follow();
        (await again.Form("main form").Fill("Input.Code", (await sms.Next()).Code).Submit()).ExpectRedirect("/");
        // A browser that knows somebody else has no more of this number than any other.
        await host.Somebody(phone: Unknown);
        var other = host.BrowserFrom("192.0.2.91");
        var theirs = await (await Ask(other, Unknown)).Follow();
        (await theirs.Form("main form").Fill("Input.Code", (await sms.Next()).Code).Submit()).ExpectRedirect("/");
        host.Pass(TimeSpan.FromMinutes(1));
        (await Ask(other, Phone)).Expect(400);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Asking_TooOften_HasToWait_ByNumberAndByClient_KnownOrNot(TestDatabase kind)
    {
        await using var sms = SmsListener.Start();
        await using var host = await TestHost.Start(kind, arguments: ["--sms", sms.File()]);
        await host.Somebody(phone: Phone);
        foreach (var number in new[] { Phone, Unknown })
        {
            (await Ask(host.BrowserFrom("192.0.2.60"), number)).ExpectRedirect("/sign-in/phone/code");
            Assert.Contains("请过1分钟再试", (await Ask(host.BrowserFrom("192.0.2.61"), number)).Expect(400).Text(".summary"));
            for (var i = 0; i < 4; i++)
            {
                host.Pass(TimeSpan.FromMinutes(2));
                (await Ask(host.BrowserFrom($"192.0.2.{62 + i}"), number)).ExpectRedirect("/sign-in/phone/code");
            }
            host.Pass(TimeSpan.FromMinutes(2));
            Assert.Contains("请过50分钟再试", (await Ask(host.BrowserFrom("192.0.2.70"), number)).Expect(400).Text(".summary"));
        }
        // A browser of its own: one a minute, whatever the number.
        var codes = host.Hele.Get<PhoneCodes>();
        var device = new SignInClient(IPAddress.Parse("192.0.2.71"), Guid.NewGuid(), []);
        Assert.Null((await codes.Ask("10000008001", device)).Problem);
        Assert.NotNull((await codes.Ask("10000008002", device)).Problem);
        // A network that many share: a few more, and an end all the same.
        var network = new SignInClient(IPAddress.Parse("192.0.2.72"));
        for (var i = 0; i < 10; i++)
            Assert.Null((await codes.Ask($"1000000710{i}", network)).Problem);
        Assert.NotNull((await codes.Ask("10000007110", network)).Problem);
        host.Pass(TimeSpan.FromDays(1));
        await codes.Sweep();
        Assert.Equal(0, await host.Hele.Read(db => db.Set<PhoneCode>().CountAsync()));
    }

    [Fact]
    public async Task WithoutAGateway_NobodyIsOfferedToSignInByPhone()
    {
        await using var host = await TestHost.Start(TestDatabase.Sqlite);
        var page = await HtmlPage.Get(host.Browser(), "/sign-in");
        Assert.DoesNotContain("用手机号", page.VisibleText);
        Assert.Contains("社区服务大厅", page.VisibleText);
        await HtmlPage.Get(host.Browser(), "/sign-in/phone", 404);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task ResidentWithAnApp_AfterTheCode_ShowsItToo(TestDatabase kind)
    {
        await using var sms = SmsListener.Start();
        await using var host = await TestHost.Start(kind, arguments: ["--sms", sms.File()]);
        var name = await host.Somebody(phone: Phone);
        var first = host.Browser();
        await TestHost.SignIn(first, name, TestPeople.Password);
        var (secret, _) = await host.AddApp(first);
        host.Pass(TimeSpan.FromSeconds(31));
        var client = host.Browser();
        var page = await (await Ask(client, Phone)).Follow();
        (await page.Form("main form").Fill("Input.Code", (await sms.Next()).Code).Submit()).ExpectRedirect("/sign-in/second");
        Assert.False(await IsIn(client));
        (await Second(client, host.CodeOf(secret))).ExpectRedirect("/");
        Assert.True(await IsIn(client));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Phone_OfAnAccountAlready_IsRefused_AndOneAloneMakesAnAccount(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        Act New() => new() { OperationId = Guid.NewGuid(), AccountId = SystemAccount.Id, JurisdictionId = TestInstallation.Hexi };
        var register = hele.Get<RegisterPerson>();
        Assert.True((await register.Run(New(), new("甲", null, null, null, false, null, null, null, Phone, PhoneSignIn: true), TestContext.Current.CancellationToken)).Accepted);
        Assert.Equal([RegisterPerson.PhoneTaken], (await register.Run(New(), new("乙", null, null, null, false, null, null, null, Phone, PhoneSignIn: true), TestContext.Current.CancellationToken)).Problems);
        // A couple may share a telephone; only one of them signs in with it.
        Assert.True((await register.Run(New(), new("乙", null, null, null, false, null, null, null, Phone), TestContext.Current.CancellationToken)).Accepted);
        Assert.NotNull(await hele.Get<PhoneCodes>().AccountOf(Phone, TestContext.Current.CancellationToken));
    }

    private static async Task<HtmlPage> Ask(HttpClient client, string number, string query = "") =>
        await (await HtmlPage.Get(client, "/sign-in/phone" + query)).Form("main form").Fill("Input.Phone", number).Submit();

    private static string Other(string code) => (code[0] == '9' ? '0' : (char)(code[0] + 1)) + code[1..];
}
