using System.Text.RegularExpressions;
using Hele.TestKit;
using Microsoft.Playwright;
using Xunit;

namespace Hele.BrowserTests;

/// <summary>The pictures of both READMEs: the first screen of pages that somebody came to by clicks. With HELE_WRITE_GENERATED=1 they are taken anew.</summary>
public partial class ReadmePictures(BrowserFixture browser, DemoServer demo)
{
    /// <summary>Name, who looks, on what, and the way there.</summary>
    private static readonly (string Name, string Who, Screen Screen, string Path)[] Pictures =
    [
        ("home", "liu-dayong", Screen.Phone, "/"), ("filing", "liu-dayong", Screen.Phone, "/appeals/new"), ("day", "zhao-min", Screen.Phone, "/"),
        ("list", "zhou-lihua", Screen.Desk, "/appeals"), ("map", "zhou-lihua", Screen.Desk, "/grids"),
        ("figures", "ma-jianjun", Screen.Desk, "/dashboard"), ("report", "ma-jianjun", Screen.Desk, "/report"), ("log", "feng-shuzhen", Screen.Desk, "/log"),
    ];

    [Theory]
    [InlineData("zh-CN", "zh", "README.zh-CN.md")]
    [InlineData("en-US", "en", "README.md")]
    public async Task Readme_ShowsEveryPicture_AndNoOther(string language, string suffix, string readme)
    {
        var folder = Repo.At("docs", "pictures");
        var write = Environment.GetEnvironmentVariable("HELE_WRITE_GENERATED") == "1";
        foreach (var walker in Pictures.GroupBy(p => (p.Who, p.Screen)))
        {
            await using var somebody = await Journey.Begin(browser, demo.Address, $"readme-{suffix}-{walker.Key.Who}", walker.Key.Screen, language: language);
            await somebody.SignIn(walker.Key.Who);
            foreach (var (name, _, _, path) in walker)
            {
                await somebody.Go(path);
                await somebody.Page.WaitForLoadStateAsync(LoadState.NetworkIdle);
                await somebody.Look(name);
                if (write)
                    await somebody.Page.ScreenshotAsync(new() { Path = Path.Combine(Directory.CreateDirectory(folder).FullName, $"{name}-{suffix}.png"), Animations = ScreenshotAnimations.Disabled });
            }
        }
        var shown = Picture().Matches(await File.ReadAllTextAsync(Repo.At(readme), TestContext.Current.CancellationToken)).Select(m => m.Groups[1].Value).Order().ToList();
        Assert.Equal(Pictures.Select(p => $"{p.Name}-{suffix}.png").Order(), shown);
        Assert.All(shown, name => Assert.InRange(new FileInfo(Path.Combine(folder, name)).Length, 8 * 1024, 250 * 1024));
    }

    [GeneratedRegex("docs/pictures/([a-z-]+\\.png)")]
    private static partial Regex Picture();
}
