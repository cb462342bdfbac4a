using Hele.Civic.Kernel;
using Hele.Civic.Platform.Notices.Mail;
using Hele.TestKit;
using Hele.Tests.Platform.Mail;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Hele.Tests.Pages.Notices;

/// <summary>The pages of notices by mail: one's own address, the links in mails, and what came back.</summary>
public class EmailPageTests
{
    private const string Path = "/notices/email";

    [Fact]
    public async Task NotSetUp_ThePageSaysSo_AndTakesNothing()
    {
        await using var host = await TestHost.Start(TestDatabase.Sqlite);
        var liu = await host.SignIn(TestPeople.Liu);
        var page = await HtmlPage.Get(liu, Path);
        Assert.Contains("这里还没有开通邮件", page.VisibleText);
        Assert.False(page.Has("#give"));
        var sun = await HtmlPage.Get(await host.SignIn(TestPeople.Sun), "/mail");
        Assert.Contains("--smtp", sun.VisibleText);
        Assert.Contains("没有退回的邮件", sun.VisibleText);
        Assert.Equal(404, (await HtmlPage.Get(liu, "/mail", 404)).Status);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Address_GivenConfirmedChosenRemoved(TestDatabase kind)
    {
        await using var host = await TestHost.Start(kind, arguments: ["--smtp", MailSteps.NoServer()]);
        var (client, liu) = (await host.SignIn(TestPeople.Liu), await host.Hele.Viewer(TestPeople.Liu));
        Assert.Equal(Path, (await HtmlPage.Get(client, "/notices")).Document.QuerySelector($"a[href='{Path}']")?.GetAttribute("href"));

        // What was typed stays, the problem stands beside it.
        var page = await HtmlPage.Get(client, Path);
        var refused = await page.Form("#give form").Fill("Give.Address", "liu at hele").Check("Give.Consent").Submit();
        Assert.Contains("邮箱地址不对", refused.Expect(400).Text("#give"));
        Assert.Equal("liu at hele", refused.Form("#give form")["Give.Address"]);
        refused = await page.Form("#give form").Fill("Give.Address", "liu@hele.test").Submit();
        Assert.Contains("请先勾选同意", refused.Expect(400).Text("#give"));
        (await page.Form("#give form").Fill("Give.Address", "liu@hele.test").Fill("Give.Language", "English").Check("Give.Consent").Submit()).ExpectRedirect(Path);
        page = await HtmlPage.Get(client, Path);
        Assert.Contains("l***@hele.test", page.Text("#pending"));
        Assert.DoesNotContain("liu@hele.test", page.Source);
        Assert.False(page.Has("#address"));
        var wrong = await page.Form("#pending form").Fill("Confirm.Code", "12").Submit();
        Assert.Contains("验证码不对", wrong.Expect(400).Text("#pending"));
        (await wrong.Form("#pending form").Fill("Confirm.Code", await host.Hele.CodeFor(liu)).Submit()).ExpectRedirect(Path);

        page = await HtmlPage.Get(client, Path);
        Assert.False(page.Has("#pending"));
        Assert.Contains("l***@hele.test", page.Text("#address"));
        Assert.True(page.Has("input[name='Choose.Way'][value='Digest'][checked]"));
        Assert.True(page.Has("input[name='Choose.Language'][value='English'][checked]"));
        (await page.Form("#address form").Fill("Choose.Way", "UrgentToo").Submit()).ExpectRedirect(Path);
        Assert.Equal((EmailWay.UrgentToo, MailLanguage.English), await host.Hele.Read(db => db.Set<PersonEmail>().Select(e => new ValueTuple<EmailWay, MailLanguage>(e.Way, e.Language)).SingleAsync()));
        Assert.Contains("l***@hele.test", (await HtmlPage.Get(client, "/account/data")).VisibleText);
        // Nobody else sees it, and theirs is another.
        Assert.False((await HtmlPage.Get(await host.SignIn(TestPeople.Chen), Path)).Has("#address"));
        (await HtmlPage.Get(host.Browser(), Path, 302)).ExpectRedirect("/sign-in*");
        (await (await HtmlPage.Get(client, Path)).Form("#remove form").Submit()).ExpectRedirect(Path);
        Assert.False((await HtmlPage.Get(client, Path)).Has("#address"));
        Assert.DoesNotContain("l***@hele.test", (await HtmlPage.Get(client, "/account/data")).VisibleText);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Links_ThatAreLookedAt_DoNothing_AndPressedDoTheirOneThing(TestDatabase kind)
    {
        await using var host = await TestHost.Start(kind, arguments: ["--smtp", MailSteps.NoServer()]);
        var (hele, keys) = (host.Hele, host.Hele.Get<MailKeys>());
        var (client, liu) = (await host.SignIn(TestPeople.Liu), await hele.Viewer(TestPeople.Liu));
        Assert.Null(await hele.AskEmail(liu, "liu@hele.test"));
        var link = "/notices/email/confirm?t=" + keys.Link(await hele.Read(db => db.Set<MailCode>().SingleAsync()));
        // Who isn't signed in comes back to it afterwards.
        Assert.Contains(Uri.EscapeDataString(link), (await HtmlPage.Get(host.Browser(), link, 302)).Location!.ToString());
        var page = await HtmlPage.Get(client, link);
        Assert.False(await hele.Read(db => db.Set<PersonEmail>().AnyAsync()));
        var other = await (await HtmlPage.Get(await host.SignIn(TestPeople.Chen), link)).Form("main form").Submit();
        Assert.Contains("是发给别人的", other.Expect(409).VisibleText);
        (await page.Form("main form").Submit()).ExpectRedirect(Path);
        Assert.True((await hele.EmailOf(liu)).IsThere);
        Assert.Contains("已用过", (await page.Form("main form").Submit()).Expect(409).VisibleText);

        // No sign-in, no cookie, no token: what a mail program sends with one click.
        var stop = "/mail/stop?t=" + keys.Stop(await hele.EmailOf(liu));
        var stranger = host.Browser(place: null);
        Assert.Contains("不再发邮件", (await HtmlPage.Get(stranger, stop)).VisibleText);
        Assert.Contains("No more notices by e-mail", (await HtmlPage.Get(host.Browser("en"), stop)).VisibleText);
        Assert.Equal(EmailWay.Digest, (await hele.EmailOf(liu)).Way);
        foreach (var forged in new[] { "/mail/stop", "/mail/stop?t=", stop[..^3] + "AAA", "/mail/stop?t=" + keys.Stop(await hele.EmailOf(liu)).ToUpperInvariant() })
        {
            Assert.Equal(404, (await HtmlPage.Get(stranger, forged, 404)).Status);
            Assert.Equal(404, (int)(await stranger.PostAsync(forged, OneClick(), TestContext.Current.CancellationToken)).StatusCode);
        }
        using var foreign = new HttpRequestMessage(HttpMethod.Post, stop) { Content = OneClick() };
        foreign.Headers.Add("Sec-Fetch-Site", "cross-site");
        Assert.Equal(400, (int)(await stranger.SendAsync(foreign, TestContext.Current.CancellationToken)).StatusCode);
        Assert.Equal(EmailWay.Digest, (await hele.EmailOf(liu)).Way);
        using var bare = host.Browser(place: null);
        Assert.Equal(200, (int)(await bare.PostAsync(stop, OneClick(), TestContext.Current.CancellationToken)).StatusCode);
        Assert.Equal(EmailWay.Off, (await hele.EmailOf(liu)).Way);
        // It says nothing of whose it is, then or later.
        var done = await (await HtmlPage.Get(stranger, stop)).Form("main form").Submit();
        Assert.Contains("不再发邮件了", done.Expect(200).VisibleText);
        Assert.DoesNotContain("hele.test", done.Source);
        Assert.DoesNotContain("刘大勇", done.Source);

        static FormUrlEncodedContent OneClick() => new([new("List-Unsubscribe", "One-Click")]);
    }

    [Trait("Needs", "smtp")]
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task CameBack_StandsBeforeTheAdministratorAndTheirOwner_UntilItIsDealtWith(TestDatabase kind)
    {
        using var server = MailServer.Start();
        await using var host = await TestHost.Start(kind, arguments: ["--smtp", server.Description()]);
        var (hele, liu) = (host.Hele, await host.Hele.Viewer(TestPeople.Liu));
        await hele.GiveEmail(liu, "liu@hele.test");
        await hele.Answered(liu);
        server.Refuse("liu");
        hele.MoveToMorning(MailSteps.Friday.AddDays(1));
        await hele.Send();
        var (sun, client) = (await host.SignIn(TestPeople.Sun), await host.SignIn(TestPeople.Liu));
        Assert.Contains("邮件送不到您的邮箱", (await HtmlPage.Get(client, "/notices")).VisibleText);
        var home = await HtmlPage.Get(sun, "/");
        var letter = (await hele.DeadLetters()).Single();
        Assert.Equal($"/mail#m-{letter.PublicCode}", home.Document.QuerySelectorAll("main a").First(a => a.TextContent.Contains("退回的邮件", StringComparison.Ordinal)).GetAttribute("href"));
        var page = await HtmlPage.Get(sun, "/mail");
        Assert.Contains("l***@hele.test", page.Text("#standing"));
        Assert.Contains("no such mailbox", page.Text("#standing"));
        foreach (var hidden in new[] { "刘大勇", "liu@hele.test", "楼道灯" })
            Assert.DoesNotContain(hidden, page.Source);
        foreach (var nobody in new[] { TestPeople.Ma, TestPeople.He, TestPeople.Zhou })
            Assert.Equal(404, (await HtmlPage.Get(await host.SignIn(nobody), "/mail", 404)).Status);
        Assert.Contains("没有退回的邮件", (await HtmlPage.Get(await host.SignIn(TestPeople.Sun, TestInstallation.Other), "/mail")).VisibleText);

        server.Refuse("liu", on: false);
        (await page.Form("#standing form").Submit()).ExpectRedirect("/mail");
        Assert.Equal(409, (await page.Form("#standing form").Force("op", Guid.NewGuid().ToString()).Submit()).Status);
        await hele.Send();
        Assert.Equal("河西社区：10月30日有2条通知", Assert.Single(await server.Mails(1)).Subject);
        Assert.DoesNotContain("邮件送不到您的邮箱", (await HtmlPage.Get(client, "/notices")).VisibleText);
        Assert.DoesNotContain("退回的邮件", (await HtmlPage.Get(sun, "/")).Text("main"));
        Assert.Contains("已再发", (await HtmlPage.Get(sun, "/mail")).Text("#closed"));
    }
}
