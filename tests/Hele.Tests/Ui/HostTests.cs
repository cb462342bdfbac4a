using System.Net;
using AngleSharp.Html.Parser;
using Hele.Civic.Kernel;
using Hele.Web.Hosting;
using Hele.Web.Ui;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace Hele.Tests.Ui;

public class HostTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/plain", 200)]
    [InlineData("/no-such-page", 404)]
    [InlineData("/boom", 500)]
    [InlineData("/hele.css", 200)]
    [InlineData("/favicon.svg", 200)]
    public async Task Get_AnyAnswer_HasTheSecurityHeaders(string path, int status)
    {
        await using var host = await UiHost.Start();
        var answer = await host.Client().GetAsync(path, Stop);
        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal(SecurityHeaders.ContentSecurityPolicy, Assert.Single(answer.Headers.GetValues("Content-Security-Policy")));
        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal("same-origin", Assert.Single(answer.Headers.GetValues("Referrer-Policy")));
        Assert.Equal("same-origin", Assert.Single(answer.Headers.GetValues("Cross-Origin-Opener-Policy")));
        Assert.Contains("geolocation=()", Assert.Single(answer.Headers.GetValues("Permissions-Policy")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_SignedIn_IsStoredNowhere()
    {
        await using var host = await UiHost.Start();
        var client = host.Client();
        Assert.Null((await client.GetAsync("/plain", Stop)).Headers.CacheControl);
        client.DefaultRequestHeaders.Add("X-Signed-In", "Wang");
        Assert.True((await client.GetAsync("/plain", Stop)).Headers.CacheControl!.NoStore);
    }

    [Fact]
    public async Task Get_VersionedFile_IsKeptForAYearAndPlainOneIsAskedForAgain()
    {
        await using var host = await UiHost.Start();
        var kept = await host.Client().GetAsync(Assets.Css, Stop);
        Assert.Equal(TimeSpan.FromDays(365), kept.Headers.CacheControl!.MaxAge);
        Assert.Equal("text/css", kept.Content.Headers.ContentType!.MediaType);
        Assert.True((await host.Client().GetAsync("/hele.css", Stop)).Headers.CacheControl!.NoCache);
    }

    [Fact]
    public async Task Get_ForbiddenAndMissing_AreOneAnswer()
    {
        await using var host = await UiHost.Start();
        var missing = await host.Client().GetAsync("/missing", Stop);
        var forbidden = await host.Client().GetAsync("/forbidden", Stop);
        Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, forbidden.StatusCode);
        // The page names its own address, to come back to after a change of language and to say what a note is about.
        Assert.Equal(
            (await missing.Content.ReadAsStringAsync(Stop)).Replace("/missing", "", StringComparison.Ordinal),
            (await forbidden.Content.ReadAsStringAsync(Stop)).Replace("/forbidden", "", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("zh-CN", "zh-CN", "找不到这一页")]
    [InlineData("en", "en", "Page not found")]
    public async Task Get_Missing_SaysSoInTheReadersLanguageWithNothingInline(string browser, string lang, string title)
    {
        await using var host = await UiHost.Start();
        var client = host.Client();
        client.DefaultRequestHeaders.Add("Accept-Language", browser);
        var html = await client.GetStringOf("/missing", Stop);
        Assert.Contains(title, html, StringComparison.Ordinal);
        var page = await new HtmlParser().ParseDocumentAsync(html, Stop);
        Assert.Equal(lang, page.DocumentElement.GetAttribute("lang"));
        Assert.Equal(title, page.QuerySelector("h1")!.TextContent);
        Assert.Empty(page.QuerySelectorAll("style, [style], script:not([src])"));
        Assert.DoesNotContain(page.All, e => e.Attributes.Any(a => a.Name.StartsWith("on", StringComparison.Ordinal)));
        Assert.Equal("main", page.QuerySelector("a.skip")!.GetAttribute("href")!.TrimStart('#'));
    }

    [Fact]
    public async Task Get_Failure_ShowsACodeAndNoDetail()
    {
        await using var host = await UiHost.Start(o => o.Shell = _ => throw new InvalidOperationException("no database either"));
        var answer = await host.Client().GetAsync("/boom", Stop);
        var html = await answer.Content.ReadAsStringAsync(Stop);
        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
        Assert.Matches("""class="reference">[2-9A-Z]{4}-[2-9A-Z]{4}<""", html);
        Assert.DoesNotContain("secret detail", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_ErrorAddressItself_IsMissing()
    {
        await using var host = await UiHost.Start();
        Assert.Equal(HttpStatusCode.NotFound, (await host.Client().GetAsync("/errors/500", Stop)).StatusCode);
    }

    [Theory]
    [InlineData("/language", "en", "hele-lang=en")]
    [InlineData("/language", "zh", "hele-lang=zh")]
    [InlineData("/elder-mode", "on", "hele-elder=1")]
    [InlineData("/elder-mode", "off", "hele-elder=0")]
    [InlineData("/appearance", "dark", "hele-appearance=dark")]
    [InlineData("/appearance", "light", "hele-appearance=light")]
    [InlineData("/appearance", "device", "hele-appearance=device")]
    public async Task Switch_FromAPage_SetsTheCookieAndReturnsThere(string path, string to, string cookie)
    {
        await using var host = await UiHost.Start();
        var answer = await host.Client().PostAsync(path, Form(("to", to), ("return", "/appeals/public?after=k&sort=due")), Stop);
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        Assert.Equal("/appeals/public?after=k&sort=due", answer.Headers.Location!.OriginalString);
        var set = Assert.Single(answer.Headers.GetValues("Set-Cookie"));
        Assert.StartsWith(cookie + ";", set, StringComparison.Ordinal);
        Assert.Contains("httponly", set, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example")]
    [InlineData("/\\evil.example")]
    [InlineData("/\t/evil.example")]
    [InlineData("/a\r\nSet-Cookie: x=y")]
    [InlineData("javascript:alert(1)")]
    [InlineData("")]
    public async Task Switch_ForeignReturn_GoesHome(string target)
    {
        await using var host = await UiHost.Start();
        foreach (var (path, to) in new[] { ("/language", "en"), ("/elder-mode", "on"), ("/appearance", "dark") })
        {
            var answer = await host.Client().PostAsync(path, Form(("to", to), ("return", target)), Stop);
            Assert.Equal("/", answer.Headers.Location!.OriginalString);
        }
    }

    [Fact]
    public async Task Switch_ToNothingKnown_IsRefused()
    {
        await using var host = await UiHost.Start();
        Assert.Equal(HttpStatusCode.BadRequest, (await host.Client().PostAsync("/language", Form(("to", "fr")), Stop)).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await host.Client().PostAsync("/elder-mode", null, Stop)).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await host.Client().PostAsync("/appearance", Form(("to", "pink")), Stop)).StatusCode);
    }

    [Fact]
    public async Task Get_ElderMode_IsAClassOnThePage()
    {
        await using var host = await UiHost.Start();
        var client = host.Client();
        Assert.DoesNotContain("class=\"elder\"", await client.GetStringOf("/missing", Stop), StringComparison.Ordinal);
        client.DefaultRequestHeaders.Add("Cookie", "hele-elder=1");
        Assert.Contains("class=\"elder\"", await client.GetStringOf("/missing", Stop), StringComparison.Ordinal);
    }

    /// <summary>The dark colours come with another style sheet, for screens alone: as the device says unless this browser chose.</summary>
    [Theory]
    [InlineData(null, "screen and (prefers-color-scheme: dark)")]
    [InlineData("device", "screen and (prefers-color-scheme: dark)")]
    [InlineData("dark", "screen")]
    [InlineData("light", null)]
    [InlineData("pink", "screen and (prefers-color-scheme: dark)")]
    public async Task Get_Appearance_IsAStyleSheetForTheScreen(string? chosen, string? media)
    {
        await using var host = await UiHost.Start();
        var client = host.Client();
        if (chosen is not null)
            client.DefaultRequestHeaders.Add("Cookie", "hele-appearance=" + chosen);
        var page = await client.GetStringOf("/missing", Stop);
        Assert.Equal(media is not null, page.Contains($"href=\"{Assets.Dark}\" media=\"{media}\"", StringComparison.Ordinal));
        Assert.Equal(media is not null, page.Contains(Assets.Dark, StringComparison.Ordinal));
        Assert.Contains($"value=\"{(chosen is "dark" or "light" ? chosen : "device")}\" aria-pressed=\"true\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_ExpiredFormOfOurs_GivesBackWhatWasTyped()
    {
        await using var host = await UiHost.Start();
        var client = host.Client();
        client.DefaultRequestHeaders.Add("Sec-Fetch-Site", "same-origin");
        var answer = await client.PostAsync("/guarded", Form(("op", "0190c0de-0000-7000-8000-000000000001"), ("Input.Kind", "heat"), ("Input.Text", "三号楼<暖气>不热")), Stop);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        var page = await new HtmlParser().ParseDocumentAsync(await answer.Content.ReadAsStringAsync(Stop), Stop);
        var form = page.QuerySelector("main form")!;
        Assert.Equal("/guarded", form.GetAttribute("action"));
        Assert.Equal("三号楼<暖气>不热", form.QuerySelector("textarea[name='Input.Text']")!.TextContent);
        Assert.Equal("heat", form.QuerySelector("input[name='Input.Kind']")!.GetAttribute("value"));
        Assert.Equal("0190c0de-0000-7000-8000-000000000001", form.QuerySelector("input[name=op]")!.GetAttribute("value"));

        // Sent again from that page, it is accepted.
        var again = new HttpRequestMessage(HttpMethod.Post, "/guarded")
        {
            Content = Form(("__RequestVerificationToken", form.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!)),
        };
        again.Headers.Add("Cookie", answer.Headers.GetValues("Set-Cookie").First().Split(';')[0]);
        Assert.Equal("accepted", await (await client.SendAsync(again, Stop)).Content.ReadAsStringAsync(Stop));
    }

    [Theory]
    [InlineData("Sec-Fetch-Site", "cross-site", "Input.Text")]
    [InlineData("Origin", "https://evil.example", "Input.Text")]
    [InlineData("Sec-Fetch-Site", "same-origin", "Input.Password")]
    public async Task Post_ForeignFormOrPassword_IsNotOfferedAgain(string header, string value, string field)
    {
        await using var host = await UiHost.Start();
        var client = host.Client();
        client.DefaultRequestHeaders.Add(header, value);
        var answer = await client.PostAsync("/guarded", Form((field, "给我转账的内容")), Stop);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.DoesNotContain("给我转账的内容", await answer.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_Shell_ShowsPlaceMenuAccountAndBanners()
    {
        await using var host = await UiHost.Start(o => o.Shell = _ => ValueTask.FromResult(new ShellModel
        {
            Jurisdiction = "工人路社区",
            Navigation = [new(("诉求", "Appeals"), "/appeals"), new(("公开", "Public"), "/appeals/public"), new(("首页", "Home"), "/")],
            Account = new AccountView("王建国", "网格员"),
            SimulatedNow = new DateTimeOffset(2026, 10, 31, 1, 5, 0, TimeSpan.Zero),
            ReadOnly = new Bilingual("校验点缺失", "checkpoint missing"),
        }));
        var page = await new HtmlParser().ParseDocumentAsync(await host.Client().GetStringOf("/missing", Stop), Stop);
        Assert.Equal("工人路社区", page.QuerySelector(".brand-place")!.TextContent);
        Assert.Equal(3, page.QuerySelectorAll("nav.nav > a").Length);
        Assert.Contains("2026年10月31日 09:05", page.QuerySelector(".banner.demo")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("校验点缺失", page.QuerySelector(".banner.readonly")!.TextContent, StringComparison.Ordinal);
        var signOut = page.QuerySelector("form[action='/sign-out']")!;
        Assert.Equal("post", signOut.GetAttribute("method"));
        Assert.NotNull(signOut.QuerySelector("input[name=__RequestVerificationToken]"));
        Assert.Contains("网格员", page.QuerySelector(".menu-who")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Say_BeforeARedirect_IsShownOnceOnTheNextPage()
    {
        await using var host = await UiHost.Start();
        var client = host.Client();
        var redirect = await client.GetAsync("/said", Stop);
        client.DefaultRequestHeaders.Add("Cookie", redirect.Headers.GetValues("Set-Cookie").First(c => c.StartsWith("hele-said=", StringComparison.Ordinal)).Split(';')[0]);
        var next = await client.GetAsync("/missing", Stop);
        Assert.Contains("诉求已经提交", await next.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
        Assert.Contains(next.Headers.GetValues("Set-Cookie"), c => c.StartsWith("hele-said=;", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Get_PublicPage_SetsNoCookie()
    {
        await using var host = await UiHost.Start();
        var page = await host.Client().GetAsync("/missing", Stop);
        Assert.False(page.Headers.Contains("Set-Cookie"));
    }

    [Theory]
    [InlineData("/appeals/public", "/appeals/public")]
    [InlineData("/appeals/7KQ2", "/appeals")]
    [InlineData("/appealsx", null)]
    [InlineData("/", "/")]
    public void Mark_CurrentItem_IsTheLongestPathAbove(string path, string? expected)
    {
        NavItem[] items = [new(("首页", "Home"), "/"), new(("诉求", "Appeals"), "/appeals"), new(("公开", "Public"), "/appeals/public")];
        Assert.Equal(expected, Shell.CurrentOf(items, new PathString(path))?.Href);
    }

    private static FormUrlEncodedContent Form(params (string Name, string Value)[] fields) =>
        new(fields.Select(f => KeyValuePair.Create(f.Name, f.Value)));
}

file static class Reading
{
    /// <summary>The body, whatever the status.</summary>
    public static async Task<string> GetStringOf(this HttpClient client, string path, CancellationToken stop) =>
        await (await client.GetAsync(path, stop)).Content.ReadAsStringAsync(stop);
}
