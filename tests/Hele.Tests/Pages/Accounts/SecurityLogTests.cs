using System.Text.Json;
using Hele.Civic.Platform.Access;
using Hele.TestKit;
using Xunit;
using static Hele.Tests.Pages.Accounts.AccountSteps;

namespace Hele.Tests.Pages.Accounts;

/// <summary>What the operator reads about signing in and about what was refused; and that nobody writes it but the program.</summary>
public class SecurityLogTests
{
    [Fact]
    public async Task SigningIn_ByEachStep_IsLoggedWithAccountWayAndAddress()
    {
        await using var host = await TestHost.Start(TestDatabase.Sqlite);
        var name = await host.Somebody();
        var account = await host.Hele.Account(name);
        var browser = host.BrowserFrom("192.0.2.7");

        await Try(browser, name, "不是这个密码");
        Assert.Single(host.Log, l => l.StartsWith("Sign-in refused: by Password, ", StringComparison.Ordinal) && l.Contains("from 192.0.2.7", StringComparison.Ordinal));
        await Try(browser, name, TestPeople.Password);
        Assert.Single(host.Log, l => l.StartsWith($"Signed in: account {account}, by Password, from 192.0.2.7.", StringComparison.Ordinal));
        var (secret, _) = await host.AddApp(browser);
        Assert.Single(host.Log, l => l.StartsWith($"Signing in changed: App, account {account}", StringComparison.Ordinal));
        await (await HtmlPage.Get(browser, "/")).Form("form[action='/sign-out']").Submit();
        Assert.Single(host.Log, l => l.StartsWith($"Signed out: account {account}", StringComparison.Ordinal));

        await Try(browser, name, TestPeople.Password);
        Assert.Single(host.Log, l => l.StartsWith($"Second factor awaited: account {account}, after Password", StringComparison.Ordinal));
        await Second(browser, "000000");
        Assert.Single(host.Log, l => l.StartsWith("Sign-in refused: by Password, ", StringComparison.Ordinal) && l.Contains($"account {account}", StringComparison.Ordinal));
        host.Pass(TimeSpan.FromMinutes(1));
        await Second(browser, host.CodeOf(secret));
        Assert.Single(host.Log, l => l.StartsWith($"Signed in: account {account}, by PasswordAndApp", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Refusals_OfPagesRecordsAndForms_AreLoggedWithWhoAndWhere()
    {
        await using var host = await TestHost.Start(TestDatabase.Sqlite);
        var code = await host.Hele.FileAppeal(await host.Hele.Viewer(TestPeople.Liu));
        var chen = await host.As(TestPeople.Chen);
        var account = await host.Hele.Account(TestPeople.Chen.SignIn);

        await HtmlPage.Get(chen, "/people", 404);
        Assert.Single(host.Log, l => l.StartsWith($"Refused: account {account}, GET /people, missing or not theirs", StringComparison.Ordinal));
        await HtmlPage.Get(chen, "/appeals/" + code, 404);
        Assert.Single(host.Log, l => l.StartsWith($"Refused: account {account}, GET /appeals/{{code}}, missing or not theirs", StringComparison.Ordinal));

        await host.Browser().GetAsync("/people", TestContext.Current.CancellationToken);
        Assert.Single(host.Log, l => l.StartsWith("Sent to sign in: GET /people", StringComparison.Ordinal));
        await chen.PostAsync("/appeals/new", new FormUrlEncodedContent([new("Input.Title", "没有令牌")]), TestContext.Current.CancellationToken);
        Assert.Single(host.Log, l => l.StartsWith($"Form refused: token, account {account}, POST /appeals/new", StringComparison.Ordinal));
        var foreign = new HttpRequestMessage(HttpMethod.Post, "/appeals/new") { Content = new FormUrlEncodedContent([]) };
        foreign.Headers.Add("Sec-Fetch-Site", "cross-site");
        await chen.SendAsync(foreign, TestContext.Current.CancellationToken);
        Assert.Single(host.Log, l => l.StartsWith("Form refused: foreign", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("/appeals/abc%0AForged: account 1 signed in")]
    [InlineData("/appeals/new?return=%0D%0AForged: 1")]
    [InlineData("/no-such-page/%1B[31mForged:")]
    public async Task Addresses_WithLinesOfTheirOwn_WriteNothingIntoTheLog(string address)
    {
        await using var host = await TestHost.Start(TestDatabase.Sqlite);
        var liu = await host.As(TestPeople.Liu);
        await liu.GetAsync(address, TestContext.Current.CancellationToken);
        await Try(host.Browser(), "x\nForged: account 1 signed in", "y\r\nForged: again");
        await liu.SendAsync(new HttpRequestMessage(new HttpMethod("FORGED"), "/appeals/new"), TestContext.Current.CancellationToken);
        // Our own lines; the framework's own are filtered below warnings and quote what they quote.
        var ours = host.Log.Where(l => l.StartsWith("Sign", StringComparison.Ordinal) || l.StartsWith("Refused", StringComparison.Ordinal) || l.StartsWith("Form", StringComparison.Ordinal) || l.StartsWith("Failure", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(ours);
        Assert.DoesNotContain(ours, l => l.Contains("Forged", StringComparison.OrdinalIgnoreCase) || l.Trim().Contains('\n'));
    }

    [Fact]
    public async Task Log_AsJson_IsALineEachWithATimeInUtc()
    {
        using var folder = new TempFolder();
        await using var hele = await HeleProcess.Start(["--data", await TestInstallation.MakeEmpty(folder.At("data")), "--demo", "none", "--log", "json"]);
        using var client = hele.Client();
        await client.GetAsync("/people", TestContext.Current.CancellationToken);
        hele.Stop();
        var line = JsonDocument.Parse(hele.Output.Split('\n').Single(l => l.Contains("Sent to sign in", StringComparison.Ordinal))).RootElement;
        Assert.Equal("Hele.Web.Hosting.SecurityLog", line.GetProperty("Category").GetString());
        Assert.EndsWith("Z", line.GetProperty("Timestamp").GetString(), StringComparison.Ordinal);
        Assert.Equal("/people", line.GetProperty("State").GetProperty("Route").GetString());
    }
}
