using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Hele.BrowserTests;

/// <summary>The look itself: every part in every state, in the light, in the dark, in large letters; and real pages in the dark.</summary>
public class LookJourney(BrowserFixture browser, DemoServer demo)
{
    [Theory]
    [InlineData(Screen.Phone, "浅色", false)]
    [InlineData(Screen.Desk, "浅色", false)]
    [InlineData(Screen.Phone, "深色", false)]
    [InlineData(Screen.Desk, "深色", false)]
    [InlineData(Screen.Phone, "浅色", true)]
    [InlineData(Screen.Phone, "深色", true)]
    public async Task Parts_InEveryDress_CanBeUsedByEveryone(Screen screen, string appearance, bool elder)
    {
        var name = $"look-{screen.ToString().ToLowerInvariant()}-{(appearance == "深色" ? "dark" : "light")}{(elder ? "-elder" : "")}";
        await using var visitor = await Journey.Begin(browser, demo.Address, name, screen);
        await visitor.Go("/components");
        await Choose(visitor, appearance);
        if (elder)
            await visitor.Page.Locator("header form[action='/elder-mode'] button").ClickAsync();
        await visitor.SeesTitle("样式一览");
        await Expect(visitor.Page.Locator(".appearance button[aria-pressed=true]")).ToHaveTextAsync(appearance);
        Assert.Equal(appearance == "深色", await IsDark(visitor));
        await visitor.Look("parts");
    }

    [Theory]
    [InlineData(Screen.Phone)]
    [InlineData(Screen.Desk)]
    public async Task Dark_WhereTheDeviceAsksForIt_HoldsOnEveryPageAndNotOnPaper(Screen screen)
    {
        await using var secretary = await Journey.Begin(browser, demo.Address, "dark-" + screen.ToString().ToLowerInvariant(), screen);
        await secretary.Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        await secretary.SignIn("ma-jianjun");
        foreach (var (path, what) in new[] { ("/", "day"), ("/dashboard", "dashboard"), ("/grids", "map"), ("/appeals", "list"), ("/report", "report"), ("/party", "party"), ("/log", "log"), ("/people", "people") })
        {
            await secretary.Go(path);
            Assert.True(await IsDark(secretary), path);
            await secretary.Look(what);
        }
        await secretary.Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark, Media = Media.Print });
        Assert.False(await IsDark(secretary));
        await secretary.Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark, Media = Media.Screen });
        await Choose(secretary, "浅色");
        await Expect(secretary.Page.Locator(".appearance button[aria-pressed=true]")).ToHaveTextAsync("浅色");
        Assert.False(await IsDark(secretary));
    }

    /// <summary>On paper nothing can be pressed: what only acts isn't printed, and a list of which a page was printed says so.</summary>
    [Fact]
    public async Task Paper_HoldsWhatCanBeRead_AndSaysWhatIsMissing()
    {
        await using var secretary = await Journey.Begin(browser, demo.Address, "paper", Screen.Desk);
        await secretary.SignIn("ma-jianjun");
        await secretary.Go("/appeals?State=Filed");
        await secretary.Page.Locator("main .table a[href^='/appeals/']").First.ClickAsync();
        await Expect(secretary.Page.Locator("main .act, main .fold").First).ToBeVisibleAsync();
        await secretary.Page.EmulateMediaAsync(new() { Media = Media.Print });
        foreach (var only in await secretary.Page.Locator("main .act:has(form), main .fold:has(form)").AllAsync())
            Assert.False(await only.IsVisibleAsync());
        await secretary.PrintLook("matter-on-paper");
        await secretary.Go("/figures/appeals.filed");
        await Expect(secretary.Page.Locator(".on-paper")).ToBeHiddenAsync();
        await secretary.Page.EmulateMediaAsync(new() { Media = Media.Print });
        await Expect(secretary.Page.Locator(".on-paper")).ToHaveTextAsync("这张表只印出了一页，其余的没有印。");
    }

    private static Task Choose(Journey somebody, string appearance) => somebody.Page.Locator(".appearance button", new() { HasTextString = appearance }).ClickAsync();

    private static Task<bool> IsDark(Journey somebody) => somebody.Page.EvaluateAsync<bool>("() => getComputedStyle(document.documentElement).getPropertyValue('--paper').trim() === '#1a1714'");
}
