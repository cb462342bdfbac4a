using System.Collections.Concurrent;
using Hele.BrowserTests;
using Hele.TestKit;
using Microsoft.Playwright;
using Xunit;

// One Chromium for the whole run, and no more than two pages at work at once.
[assembly: AssemblyFixture(typeof(BrowserFixture))]
[assembly: Xunit.v3.Parallelization(MaxThreads = 2)]

namespace Hele.BrowserTests;

/// <summary>What a page is looked at with.</summary>
public enum Screen
{
    /// <summary>390 × 844, touch: what a grid worker or a resident holds.</summary>
    Phone,

    /// <summary>1280 × 800.</summary>
    Desk,
}

/// <summary>
/// The one browser of the run: Debian's Chromium, head-less. A test class takes it in its constructor and opens a visit of its own:
/// <c>await using var visit = await browser.Open(hele.Address, Screen.Phone);</c>
/// </summary>
public sealed class BrowserFixture : IAsyncLifetime
{
    private const string Chromium = "/usr/bin/chromium";

    private IPlaywright playwright = null!;

    public IBrowser Browser { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        if (!File.Exists(Chromium))
            throw new InvalidOperationException("Chromium is not installed (apt-get install chromium).");
        playwright = await Playwright.CreateAsync();
        Browser = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Chromium,
            Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
                "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost"],
        });
    }

    /// <summary>A fresh browser profile with one page: no cookies, its own storage.</summary>
    /// <param name="address">The server; page addresses are then given without it. Null for pages set by their content.</param>
    /// <param name="script">False: JavaScript is off, as every form must work.</param>
    /// <param name="language">What the browser asks for: zh-CN, en-GB …</param>
    public async Task<BrowserVisit> Open(Uri? address = null, Screen screen = Screen.Desk, bool script = true, string language = "zh-CN")
    {
        var context = await Browser.NewContextAsync(new()
        {
            BaseURL = address?.ToString(),
            JavaScriptEnabled = script,
            Locale = language,
            TimezoneId = "Asia/Shanghai",
            ViewportSize = screen == Screen.Phone ? new() { Width = 390, Height = 844 } : new() { Width = 1280, Height = 800 },
            HasTouch = screen == Screen.Phone,
            DeviceScaleFactor = 1,
        });
        context.SetDefaultTimeout(15_000);
        var visit = new BrowserVisit(context, await context.NewPageAsync());
        visit.Watch();
        return visit;
    }

    public async ValueTask DisposeAsync()
    {
        // Also called when the start failed half-way.
        if (Browser is not null)
            await Browser.DisposeAsync();
        playwright?.Dispose();
    }
}

/// <summary>One person's visit: a context of its own. Nothing it does leaves this machine; what tried to is kept.</summary>
public sealed class BrowserVisit : IAsyncDisposable
{
    private readonly ConcurrentQueue<string> foreign = new();
    private readonly ConcurrentQueue<string> errors = new();

    internal BrowserVisit(IBrowserContext context, IPage page)
    {
        Context = context;
        Page = page;
    }

    public IBrowserContext Context { get; }

    public IPage Page { get; }

    /// <summary>Addresses outside loopback that a page asked for. They were refused.</summary>
    public IReadOnlyCollection<string> ForeignRequests => foreign;

    /// <summary>Errors on the browser's console and exceptions nobody caught; also what the content security policy refused.</summary>
    public IReadOnlyCollection<string> Errors => errors;

    /// <summary>Goes to an address and fails unless it answers, in the end, with this status.</summary>
    public async Task Go(string url, int status = 200)
    {
        // Chromium calls an error without a body no page at all and throws; the status is what the test wants to hear of.
        var answered = 0;
        void Note(object? _, IResponse answer)
        {
            if (answer.Request.IsNavigationRequest && answer.Frame == Page.MainFrame)
                answered = answer.Status;
        }

        Page.Response += Note;
        try
        {
            await Page.GotoAsync(url);
        }
        catch (PlaywrightException) when (answered >= 400)
        {
        }
        finally
        {
            Page.Response -= Note;
        }

        if (answered != status)
            Assert.Fail($"{url} answered {answered}, expected {status}.\n{await Page.InnerTextAsync("body")}");
    }

    /// <summary>Fails when a page asked another machine for something, or wrote an error on the console.</summary>
    /// <param name="refusals">Statuses that were asked for on purpose: the browser writes each answer of 400 and more on its console.</param>
    public void AssertQuiet(IReadOnlyCollection<int>? refusals = null)
    {
        Assert.True(foreign.IsEmpty, $"Pages asked other machines for:\n{string.Join("\n", foreign)}");
        var unexpected = errors.Where(e => refusals?.Any(r => e.Contains($"responded with a status of {r} ", StringComparison.Ordinal)) != true).ToList();
        Assert.True(unexpected.Count == 0, $"Errors in the browser:\n{string.Join("\n", unexpected)}");
    }

    /// <summary>Fails when the page is wider than the screen: on a phone one scrolls down, never sideways.</summary>
    public async Task AssertFitsTheScreen()
    {
        var wider = await Page.EvaluateAsync<string[]>(
            """
            () => { const w = document.documentElement.clientWidth;
              if (document.documentElement.scrollWidth <= w) return [];
              return ['the page is ' + document.documentElement.scrollWidth + ' px wide, the screen ' + w].concat(
                [...document.body.querySelectorAll('*')].filter(e => e.getBoundingClientRect().right > w + 1).slice(0, 5)
                  .map(e => e.outerHTML.slice(0, 160))); }
            """);
        Assert.True(wider.Length == 0, $"{Page.Url}: {string.Join("\n", wider)}");
    }

    /// <summary>A picture of the whole page in out/screenshots/NAME.png, to be looked at. Returns the file.</summary>
    public async Task<string> Shot(string name)
    {
        var file = Path.Combine(Repo.Out("screenshots"), name + ".png");
        await Page.ScreenshotAsync(new() { Path = file, FullPage = true });
        return file;
    }

    /// <summary>A picture of the page as it is printed.</summary>
    public async Task<string> Print(string name)
    {
        await Page.EmulateMediaAsync(new() { Media = Media.Print });
        var file = await Shot(name);
        await Page.EmulateMediaAsync(new() { Media = Media.Screen });
        return file;
    }

    public async ValueTask DisposeAsync() => await Context.DisposeAsync();

    /// <summary>The browser finds no other machine anyway (its resolver rules); here is only noted what was asked for. To step into each request made a page take more than twice as long.</summary>
    internal void Watch()
    {
        Context.Console += (_, message) =>
        {
            if (message.Type == "error")
                errors.Enqueue($"{message.Page?.Url}: {message.Text} ({message.Location})");
        };
        Context.WebError += (_, error) => errors.Enqueue($"{error.Page?.Url}: {error.Error}");
        Context.Request += (_, request) =>
        {
            var to = new Uri(request.Url);
            if (!to.IsLoopback && to.Scheme is not ("data" or "blob" or "about"))
                foreign.Enqueue(request.Url);
        };
    }
}
