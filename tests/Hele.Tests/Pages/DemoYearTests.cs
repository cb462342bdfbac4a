using System.Net;
using Hele.Civic.Demo;
using Hele.TestKit;
using Hele.Web.Hosting;
using Hele.Web.Ui;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Hele.Tests.Pages;

/// <summary>The program serves while the demo's year is written.</summary>
public class DemoYearTests
{
    [Fact]
    public async Task Demo_WhileItsYearIsWritten_ShowsWhatIsPublicAndHowFarItIs_AndSigningInWaits()
    {
        var cancel = TestContext.Current.CancellationToken;
        using var folder = new TempFolder();
        await using var app = HeleHost.Build(["--data", folder.At("data"), "--pins", folder.At("pins"), "--demo", "standard", "--as-of", "2025-12-01"], builder =>
        {
            builder.Logging.ClearProviders();
            builder.WebHost.UseTestServer();
        });
        await HeleHost.Prepare(app);
        await app.StartAsync(cancel);
        var browser = app.GetTestClient();

        // Nothing is opened yet: every page says so and comes back by itself.
        var first = await browser.GetAsync("/", cancel);
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "3"), (first.StatusCode, first.Headers.GetValues("Refresh").Single()));
        Assert.Contains("演示的一年正在写入", await first.Content.ReadAsStringAsync(cancel));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await browser.GetAsync("/health", cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync(Assets.Css, cancel)).StatusCode);

        // Half-way: what is public can be read, with how far it is; nobody signs in, nothing is sent.
        await DemoSeed.Run(app.Services, DemoSeed.FirstAsOf, app.Services.GetRequiredService<DemoYear>(), cancel);
        var home = await browser.GetAsync("/?choose=1", cancel);
        Assert.Equal(HttpStatusCode.OK, home.StatusCode);
        var text = await home.Content.ReadAsStringAsync(cancel);
        Assert.Contains("已写100%", text);
        Assert.Contains("<progress", text);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await browser.GetAsync("/sign-in", cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await browser.PostAsync("/sign-in", new FormUrlEncodedContent([]), cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.Found, (await browser.GetAsync("/appeals", cancel)).StatusCode);
        Assert.True((int)(await browser.PostAsync(ElderMode.SwitchPath, new FormUrlEncodedContent([new("to", "on"), new("return", "/")]), cancel)).StatusCode < 400);

        await app.Services.GetRequiredService<DemoYear>().Write(cancel);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/health", cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/sign-in", cancel)).StatusCode);
        Assert.DoesNotContain("<progress", await browser.GetStringAsync("/?choose=1", cancel));
        await app.StopAsync(cancel);
    }
}
