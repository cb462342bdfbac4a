using Hele.Civic.People;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Accounts;
using Hele.TestKit;
using Xunit;

namespace Hele.Tests.Pages.Accounts;

public class SignInTests(TestHosts hosts) : IClassFixture<TestHosts>
{
    [Theory]
    [InlineData("/appeals/new", "/appeals/new"), InlineData("/appeals?state=Filed", "/appeals?state=Filed"), InlineData("https://evil.example/", "/"), InlineData("//evil.example", "/"),
     InlineData("/\\evil.example", "/"), InlineData("", "/")]
    public async Task SignIn_WithAReturnPath_GoesOnlyInsideTheSite(string path, string expected)
    {
        var host = await hosts.On(TestDatabase.Sqlite);
        var client = host.Browser();
        var url = "/sign-in?return=" + Uri.EscapeDataString(path);
        var answer = await (await HtmlPage.Get(client, url)).Form("main form").Fill("Input.Name", " Zhao-Min ").Fill("Input.Password", TestPeople.Password).Submit();
        answer.ExpectRedirect(expected);
        Assert.Equal("localhost", answer.Location!.Host);
        (await HtmlPage.Get(client, url, 302)).ExpectRedirect(expected);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task SignIn_WrongNameAndWrongPassword_SayTheSameAndKeepTheName(TestDatabase kind)
    {
        var host = await hosts.On(kind);
        var client = host.Browser();
        foreach (var name in new[] { "nobody-here", TestPeople.Chen.SignIn })
        {
            var page = (await (await HtmlPage.Get(client, "/sign-in")).Form("main form").Fill("Input.Name", name).Fill("Input.Password", "wrong-password").Submit()).Expect(400);
            Assert.Contains("登录名或密码不对。", page.Text(".summary"));
            Assert.Equal(name, page.Form("main form")["Input.Name"]);
            Assert.DoesNotContain("wrong-password", page.Source);
        }
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task SignIn_TriedTooOften_HasToWaitAMinute(TestDatabase kind)
    {
        await using var host = await TestHost.Start(kind);
        var client = host.Browser();
        for (var i = 0; i < SignInProfile.Find("asvs").FreeFailures; i++)
            await Try("wrong-password");
        Assert.Contains("请过1分钟再试", (await Try(TestPeople.Password)).Expect(400).Text(".summary"));
        host.Hele.Clock.MoveTo(host.Hele.Clock.GetUtcNow().AddSeconds(61));
        (await Try(TestPeople.Password)).ExpectRedirect("/");

        async Task<HtmlPage> Try(string password) =>
            await (await HtmlPage.Get(client, "/sign-in")).Form("main form").Fill("Input.Name", TestPeople.Chen.SignIn).Fill("Input.Password", password).Submit();
    }

    [Fact]
    public async Task SignOut_ByThePostInTheMenu_EndsTheSession()
    {
        var host = await hosts.On(TestDatabase.Sqlite);
        var client = await host.SignIn(TestPeople.Liu);
        (await HtmlPage.Get(client, "/sign-out", 302)).ExpectRedirect("/");
        await HtmlPage.Get(client, "/appeals/new");
        (await (await HtmlPage.Get(client, "/")).Form("form[action='/sign-out']").Submit()).ExpectRedirect("/");
        (await HtmlPage.Get(client, "/appeals/new", 302)).ExpectRedirect("/sign-in*");
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task OneTimePassword_BeforeAnythingElse_MustBeChanged(TestDatabase kind)
    {
        var host = await hosts.On(kind);
        var outcome = await host.Hele.Get<RegisterPerson>().Run(new Act { OperationId = Guid.NewGuid(), AccountId = SystemAccount.Id, JurisdictionId = TestInstallation.Hexi },
            new("新来的", null, "newcomer", Passwords.Hash("one-time-1234"), OneTime: true, Role.Clerk, "社区工作者", null));
        Assert.True(outcome.Accepted);
        var client = host.Browser();
        await TestHost.SignIn(client, "newcomer", "one-time-1234");
        foreach (var path in new[] { "/", "/appeals", "/appeals/new", "/appeals/public", "/sign-in" })
            (await HtmlPage.Get(client, path, 302)).ExpectRedirect("/account/password");

        var form = (await HtmlPage.Get(client, "/account/password")).Form("main form");
        var refused = (await form.Fill("Input.OldPassword", "one-time-1234").Fill("Input.NewPassword", "short").Fill("Input.Repeat", "other").Submit()).Expect(400);
        Assert.Equal(["新密码至少12个字符。", "两次输入的新密码不一致。"], refused.Problems);
        var wrong = (await refused.Form("main form").Fill("Input.OldPassword", "not-the-one").Fill("Input.NewPassword", "a-better-password").Fill("Input.Repeat", "a-better-password").Submit()).Expect(400);
        Assert.Equal(["现在的密码不对。"], wrong.Problems);
        var other = host.Browser();
        await TestHost.SignIn(other, "newcomer", "one-time-1234");

        (await wrong.Form("main form").Fill("Input.OldPassword", "one-time-1234").Fill("Input.NewPassword", "a-better-password").Fill("Input.Repeat", "a-better-password").Submit()).ExpectRedirect("/");
        await HtmlPage.Get(client, "/appeals");
        (await HtmlPage.Get(other, "/account/password", 302)).ExpectRedirect("/sign-in*");
    }

    [Fact]
    public async Task Home_OfAnEmptyInstallation_TellsTheTwoCommands()
    {
        await using var host = await TestHost.Start(TestDatabase.Sqlite, empty: true);
        var page = await HtmlPage.Get(host.Browser(), "/");
        Assert.Contains("init --data", page.VisibleText);
        Assert.Contains("admin create --data", page.VisibleText);
        await HtmlPage.Get(host.Browser(), "/appeals/public");
        await HtmlPage.Get(host.Browser(), "/sign-in");
    }
}
