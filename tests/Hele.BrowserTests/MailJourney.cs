using System.Text.RegularExpressions;
using Hele.TestKit;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Hele.BrowserTests;

/// <summary>A resident has their notices sent to a mailbox, through a real mail server, until it takes no more of them.</summary>
public partial class MailJourney(BrowserFixture browser, DemoServer demo)
{
    [Fact]
    public async Task WhereNoMailIsSetUp_ThePageSaysSo()
    {
        await using var resident = await Journey.Begin(browser, demo.Address, "mail-none", Screen.Phone);
        await resident.SignIn("li-na");
        await resident.Go("/notices");
        await resident.Click("邮件通知");
        await resident.Sees("这里还没有开通邮件");
        await resident.Look("not-set-up");
        await using var administrator = await Journey.Begin(browser, demo.Address, "mail-none-administrator", Screen.Desk, language: "en-GB");
        await administrator.SignIn("sun-wei");
        await administrator.Go("/mail");
        await English.Check(administrator);
        await administrator.Look("not-set-up");
    }

    [Theory]
    [InlineData(Screen.Phone, "zh-CN", false)]
    [InlineData(Screen.Phone, "zh-CN", true)]
    [InlineData(Screen.Desk, "en-GB", false)]
    public async Task Address_GivenConfirmedAndStopped(Screen screen, string language, bool elder)
    {
        var english = language != "zh-CN";
        using var server = MailServer.Start();
        await using var host = await TestHost.Start(TestDatabase.Sqlite, listens: true, arguments: ["--smtp", server.Description()]);
        await using var liu = await Journey.Begin(browser, host.Address, $"mail{(elder ? "-elder" : "")}{(english ? "-en" : "")}", screen, language: language);
        await SignIn(liu, host, TestPeople.Liu);
        if (elder)
            await liu.Page.Locator("header form[action='/elder-mode'] button").ClickAsync();
        await liu.Go("/notices/email");
        await liu.Look("give");
        liu.Expects(400);
        await liu.Page.Locator("#give button").ClickAsync();
        await liu.Look("refused");
        if (english)
            await English.Check(liu);
        await liu.Page.FillAsync("#Give_Address", "liu.dayong.with.a.long.name@mail.of.a.community.hele.test");
        await liu.Page.CheckAsync("#Give_Consent");
        await liu.Page.Locator("#give button").ClickAsync();
        await Expect(liu.Page.Locator("#pending")).ToBeVisibleAsync();
        await liu.Look("pending");
        var mail = Assert.Single(await server.Mails(1));
        await liu.Page.FillAsync("#Confirm_Code", Digits().Match(mail.TextBody!).Value);
        await liu.Page.Locator("#pending form >> nth=0 >> button").ClickAsync();
        await Expect(liu.Page.Locator("#address")).ToBeVisibleAsync();
        await liu.Look("confirmed");
        // The link at the foot of a mail, opened by somebody who isn't signed in on this device.
        host.Hele.Clock.MoveTo(host.Hele.Clock.GetUtcNow().AddDays(1));
        Assert.True((await host.Hele.Accept(await host.Hele.Viewer(TestPeople.Zhou), await host.Hele.FileAppeal(await host.Hele.Viewer(TestPeople.Liu)))).Accepted);
        host.Hele.Clock.MoveTo(host.Hele.Clock.GetUtcNow().AddDays(1));
        await host.Hele.Get<Civic.Platform.Notices.Mail.MailSender>().SendDue(TestContext.Current.CancellationToken);
        // The mail with the code has none; which of the two lies first is the server's business.
        var stop = new Uri((await server.Mails(2)).Select(m => StopLink().Match(m.TextBody!)).Single(m => m.Success).Value).PathAndQuery;
        await using var reader = await Journey.Begin(browser, host.Address, $"mail-stop{(elder ? "-elder" : "")}{(english ? "-en" : "")}", screen, language: language);
        await reader.Go(stop);
        await reader.Look("stop");
        if (english)
            await English.Check(reader);
        await reader.Page.Locator("main form button").First.ClickAsync();
        await reader.Look("stopped");
        if (english)
            await English.Check(reader);
    }

    [Fact]
    public async Task MailThatCameBack_IsDealtWith()
    {
        using var server = MailServer.Start();
        await using var host = await TestHost.Start(TestDatabase.Sqlite, listens: true, arguments: ["--smtp", server.Description()]);
        await using var liu = await Journey.Begin(browser, host.Address, "mail-back", Screen.Phone);
        await SignIn(liu, host, TestPeople.Liu);
        await liu.Go("/notices/email");
        await liu.Page.FillAsync("#Give_Address", "liu@hele.test");
        await liu.Page.CheckAsync("#Give_Consent");
        await liu.Page.Locator("#give button").ClickAsync();
        await liu.Page.FillAsync("#Confirm_Code", Digits().Match(Assert.Single(await server.Mails(1)).TextBody!).Value);
        await liu.Page.Locator("#pending form >> nth=0 >> button").ClickAsync();
        await Expect(liu.Page.Locator("#address")).ToBeVisibleAsync();

        server.Refuse("liu");
        var hele = host.Hele;
        var (zhou, code) = (await hele.Viewer(TestPeople.Zhou), await hele.FileAppeal(await hele.Viewer(TestPeople.Liu)));
        Assert.True((await hele.Accept(zhou, code)).Accepted);
        hele.Clock.MoveTo(hele.Clock.GetUtcNow().AddDays(1));
        await hele.Get<Civic.Platform.Notices.Mail.MailSender>().SendDue(TestContext.Current.CancellationToken);
        await using var sun = await Journey.Begin(browser, host.Address, "mail-back-administrator", Screen.Desk);
        await SignIn(sun, host, TestPeople.Sun);
        await sun.Go("/");
        await sun.Look("day");
        await sun.Click("退回的邮件");
        await Expect(sun.Page.Locator("#standing article")).ToHaveCountAsync(1);
        await sun.Look("letter");
        await SignIn(liu, host, TestPeople.Liu);
        await liu.Go("/notices");
        await liu.Look("notices");
        await sun.Page.Locator("#standing button.quiet").ClickAsync();
        await Expect(sun.Page.Locator("#closed")).ToBeVisibleAsync();
        await sun.Look("given-up");
        await liu.Go("/notices/email");
        await liu.Look("paused");
    }

    private static async Task SignIn(Journey somebody, TestHost host, TestPerson person)
    {
        await somebody.Page.Context.ClearCookiesAsync();
        await somebody.Page.Context.AddCookiesAsync([new() { Name = Web.Hosting.PlaceHosting.Cookie, Value = "1", Url = host.Address.ToString() }]);
        await somebody.Go("/sign-in");
        await somebody.Page.FillAsync("#Input_Name", person.SignIn);
        await somebody.Page.FillAsync("#Input_Password", TestPeople.Password);
        await somebody.Page.Locator("main form button").First.ClickAsync();
        await Expect(somebody.Page.Locator("header .who")).ToHaveTextAsync(person.Name);
    }

    [GeneratedRegex(@"https://hele\.test/mail/stop\?t=\S+")]
    private static partial Regex StopLink();

    [GeneratedRegex("^[0-9]{6}", RegexOptions.Multiline)]
    private static partial Regex Digits();
}
