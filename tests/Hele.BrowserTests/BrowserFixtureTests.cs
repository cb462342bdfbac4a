using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Hele.BrowserTests;

/// <summary>That the browser's harness sees what it must see.</summary>
public class BrowserFixtureTests(BrowserFixture browser)
{
    private const string Good = """
        <!doctype html><html lang="zh-CN"><head><title>提交诉求</title><meta name="viewport" content="width=device-width"></head>
        <body><main><h1>提交诉求</h1><form method="get"><label for="t">内容</label> <input id="t" name="t"> <button>提交</button></form></main></body></html>
        """;

    [Fact]
    public async Task AssertNoSerious_OnAGoodPage_Passes()
    {
        await using var visit = await browser.Open(screen: Screen.Phone);
        await visit.Page.SetContentAsync(Good);
        await Axe.AssertNoSerious(visit.Page);
        await visit.AssertFitsTheScreen();
        visit.AssertQuiet();
        Assert.True(new FileInfo(await visit.Shot("self-test-phone")).Length > 2000);
    }

    [Fact]
    public async Task AssertNoSerious_OnAPageNobodyCanUse_NamesRuleAndElement()
    {
        await using var visit = await browser.Open();
        await visit.Page.SetContentAsync(Good.Replace("<label for=\"t\">内容</label>", "<p style=\"color:#ddd;background:#fff\">看不清</p>"));
        var failure = await Assert.ThrowsAnyAsync<Exception>(() => Axe.AssertNoSerious(visit.Page));
        Assert.Contains("critical · label", failure.Message);
        Assert.Contains("serious · color-contrast", failure.Message);
        Assert.Contains("<input id=\"t\"", failure.Message);
    }

    [Fact]
    public async Task AssertFitsTheScreen_OnAPageTooWideForAPhone_NamesTheElement()
    {
        await using var visit = await browser.Open(screen: Screen.Phone);
        await visit.Page.SetContentAsync(Good.Replace("<main>", "<main><div class=\"wide\" style=\"width:600px\">宽</div>"));
        var failure = await Assert.ThrowsAnyAsync<Exception>(visit.AssertFitsTheScreen);
        Assert.Contains("class=\"wide\"", failure.Message);
    }

    [Fact]
    public async Task AssertQuiet_OnAPageThatAsksAnotherMachineOrFails_SaysSo()
    {
        await using var app = await Serve("""<img src="https://tiles.example.org/1.png"><script>missing.call()</script>""");
        await using var visit = await browser.Open(new(app.Urls.First()));
        await visit.Go("/");
        Assert.Equal(["https://tiles.example.org/1.png"], visit.ForeignRequests);
        Assert.Contains(visit.Errors, e => e.Contains("missing is not defined", StringComparison.Ordinal));
        Assert.ThrowsAny<Exception>(() => visit.AssertQuiet());
        Assert.Contains("answered 404", (await Assert.ThrowsAnyAsync<Exception>(() => visit.Go("/nothing"))).Message);
    }

    [Fact]
    public async Task Open_WithoutScript_RunsNoneAndSharesNoCookies()
    {
        await using var app = await Serve("<p id=p>无脚本</p><script>document.getElementById('p').textContent = '有脚本'; document.cookie = 'a=1'</script>");
        await using var with = await browser.Open(new(app.Urls.First()));
        await using var without = await browser.Open(new(app.Urls.First()), Screen.Phone, script: false, language: "en-GB");
        await with.Go("/");
        await without.Go("/");
        Assert.Equal("有脚本", await with.Page.TextContentAsync("#p"));
        Assert.Equal("无脚本", await without.Page.TextContentAsync("#p"));
        Assert.Single(await with.Context.CookiesAsync());
        Assert.Empty(await without.Context.CookiesAsync());
        Assert.Equal((390, 844), (without.Page.ViewportSize!.Width, without.Page.ViewportSize.Height));
    }

    private static async Task<WebApplication> Serve(string body)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        app.MapGet("/", () => Results.Content($"<!doctype html><html lang=zh><link rel=icon href='data:,'><title>t</title>{body}", "text/html; charset=utf-8"));
        await app.StartAsync(TestContext.Current.CancellationToken);
        return app;
    }
}
