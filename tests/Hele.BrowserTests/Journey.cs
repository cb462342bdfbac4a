using System.Text.RegularExpressions;
using Hele.Civic.Demo;
using Hele.TestKit;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Hele.BrowserTests;

/// <summary>
/// One person on their way through the pages: clicks what they see and looks at every page they come to. <see cref="Look"/> fails on a page that
/// can't be used by everyone, doesn't fit the screen, wrote an error or asked another machine for something.
/// </summary>
public sealed partial class Journey : IAsyncDisposable
{
    private readonly BrowserVisit visit;
    private readonly string name;
    private readonly bool script;
    private readonly HashSet<int> refusals = [];
    private int step;

    static Journey() => SetDefaultExpectTimeout(20_000);

    private Journey(BrowserVisit visit, string name, bool script) => (this.visit, this.name, this.script) = (visit, name, script);

    public IPage Page => visit.Page;

    /// <summary>A fresh browser. The name begins the names of its pictures.</summary>
    public static async Task<Journey> Begin(BrowserFixture browser, Uri address, string name, Screen screen, bool script = true, string language = "zh-CN")
    {
        var visit = await browser.Open(address, screen, script, language);
        visit.Context.SetDefaultTimeout(30_000);
        return new(visit, name, script);
    }

    public static DemoSignIn Person(string signIn) => DemoPeople.SignIns.Single(p => p.SignIn == signIn);

    public Task Go(string path, int status = 200)
    {
        if (status >= 400)
            refusals.Add(status);
        return visit.Go(path, status);
    }

    /// <summary>Types words into a list's search box.</summary>
    public async Task Find(string list, string words)
    {
        await Go(list);
        await Page.FillAsync("form[role=search] input[name=Search]", words);
        await Page.ClickAsync("form[role=search] button");
        await Page.WaitForURLAsync(url => url.Contains("?Search=", StringComparison.Ordinal));
    }

    /// <summary>From the first page through the sign-in page, by the button of this person.</summary>
    public async Task SignIn(string signIn)
    {
        await Go("/");
        await Page.Locator("header a.tool.strong").ClickAsync();
        await Page.Locator($"form:has(input[value='{signIn}']) button").ClickAsync();
        await Expect(Page.Locator("header .who")).ToHaveTextAsync(Person(signIn).Name);
    }

    /// <summary>A person of the test installation, by name and password.</summary>
    public async Task SignInWithPassword(TestPerson person)
    {
        await Go("/sign-in");
        await Page.Locator("#Input_Name").FillAsync(person.SignIn);
        await Page.Locator("#Input_Password").FillAsync(TestPeople.Password);
        await Page.Locator("main form button.button").First.ClickAsync();
        await Expect(Page.Locator("header .who")).ToHaveTextAsync(person.Name);
    }

    public ILocator Link(string text) => Page.GetByRole(AriaRole.Link, new() { Name = text, Exact = true }).First;

    public ILocator Button(string text) => Page.Locator("main").GetByRole(AriaRole.Button, new() { Name = text, Exact = true });

    public ILocator Field(string label) => Page.GetByLabel(label).First;

    public Task Click(string link) => Link(link).ClickAsync();

    /// <summary>An entry of the menu, also when it stands behind “more”.</summary>
    public async Task Menu(string link)
    {
        var menu = Page.Locator("nav.nav");
        await Expect(menu).ToBeVisibleAsync();
        var entry = menu.GetByRole(AriaRole.Link, new() { Name = link, Exact = true });
        if (await entry.CountAsync() == 0)
            await menu.Locator("details.more > summary").ClickAsync();
        await entry.First.ClickAsync();
    }

    /// <summary>The next step of a form in steps; without script all of it stands on one page.</summary>
    public Task Next() => script ? Page.Locator("[data-step-next]").ClickAsync() : Task.CompletedTask;

    public Task Press(string button) => Button(button).ClickAsync();

    public Task Type(string label, string text)
    {
        Known.Typed(text);
        return Field(label).FillAsync(text);
    }

    public Task Choose(string text) => Page.Locator("main label.choice", new() { HasText = text }).First.ClickAsync();

    public Task Sees(string text) => Expect(Page.GetByText(text).Locator("visible=true").First).ToBeVisibleAsync();

    public Task SeesTitle(string title) => Expect(Page.Locator("main h1")).ToContainTextAsync(title);

    /// <summary>The next page is refused on purpose; the browser writes that on its console.</summary>
    public void Expects(int status) => refusals.Add(status);

    /// <summary>The public code of the matter whose page this is.</summary>
    public string Code() => CodeInAddress().Match(Page.Url) is { Success: true } found ? found.Value : throw new InvalidOperationException("No code in " + Page.Url);

    /// <summary>Looks at the page and keeps a picture.</summary>
    public async Task Look(string what)
    {
        // A page is visible to the test before its style sheet is there.
        await Page.WaitForLoadStateAsync(LoadState.Load);
        // Without script in the page axe can't run; the markup is the one that was looked at with it.
        if (script)
            await Axe.AssertNoSerious(Page);
        await visit.AssertFitsTheScreen();
        visit.AssertQuiet(refusals);
        await visit.Shot($"{name}-{++step:00}-{what}");
    }

    public Task Fits() => visit.AssertFitsTheScreen();

    public Task PrintLook(string what) => visit.Print($"{name}-{++step:00}-{what}");

    public async ValueTask DisposeAsync()
    {
        try
        {
            // Where it ended: the picture to look at when a test failed. It decides nothing, and Chromium now and then can't take one of a page that is going on.
            await visit.Page.ScreenshotAsync(new() { Path = Path.Combine(Repo.Out("screenshots"), $"{name}-end.png") });
        }
        catch (PlaywrightException)
        {
        }
        finally
        {
            await visit.DisposeAsync();
        }
    }

    [GeneratedRegex("[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}")]
    private static partial Regex CodeInAddress();
}
