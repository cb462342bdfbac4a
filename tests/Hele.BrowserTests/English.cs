using System.Text.RegularExpressions;
using Xunit;

namespace Hele.BrowserTests;

/// <summary>An English page speaks English: what is Chinese on it is data.</summary>
internal static class English
{
    /// <summary>Fails on Chinese the program itself says: headings, labels, buttons, heads of tables, titles, alternative texts.</summary>
    public static async Task Check(Journey journey)
    {
        var found = await Chinese(journey);
        Assert.True(found.Count == 0, $"{journey.Page.Url} in English says:\n{string.Join("\n", found)}");
    }

    public static async Task<IReadOnlyList<string>> Chinese(Journey journey)
    {
        Assert.Equal("en", await journey.Page.GetAttributeAsync("html", "lang"));
        var texts = await journey.Page.EvaluateAsync<string[]>(
            """
            () => {
              const han = /\p{Script=Han}/u, found = [], skip = e => e.closest('[lang^=zh], script, style, textarea');
              const walk = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_TEXT);
              while (walk.nextNode()) {
                const text = walk.currentNode;
                if (han.test(text.data) && !skip(text.parentElement)) found.push(text.data);
              }
              for (const e of document.querySelectorAll('[title], [alt], [aria-label], [placeholder]')) {
                if (skip(e)) continue;
                for (const name of ['title', 'alt', 'aria-label', 'placeholder']) {
                  const value = e.getAttribute(name);
                  if (value && han.test(value)) found.push(value);
                }
              }
              return found;
            }
            """);
        return [.. texts.Select(Known.Foreign).OfType<string>().Distinct()];
    }
}

/// <summary>Every page as every person, in English, from the first page by the links on it.</summary>
public partial class EnglishCrawl(BrowserFixture browser, DemoServer demo)
{
    [Theory]
    [InlineData(null, 6)]
    [InlineData("li-na", 8)]
    [InlineData("zhao-min", 14)]
    [InlineData("zhou-lihua", 14)]
    [InlineData("ma-jianjun", 15)]
    [InlineData("feng-shuzhen", 12)]
    [InlineData("he-lin", 8)]
    [InlineData("tang-min", 14)]
    [InlineData("lu-weiguo", 8)]
    public async Task EveryPage_InEnglish_SaysNothingInChinese(string? signIn, int atLeast)
    {
        await using var reader = await Journey.Begin(browser, demo.Address, "english-" + (signIn ?? "visitor"), Screen.Phone, language: "en-GB");
        if (signIn is null)
        {
            await reader.Go("/");
            await English.Check(reader);
            await reader.Press("Hexi Community");
        }
        else
            await reader.SignIn(signIn);
        Queue<string> waiting = new(["/"]);
        Dictionary<string, int> seen = new() { ["/"] = 1 };
        List<string> wrong = [];
        while (waiting.TryDequeue(out var path))
        {
            await reader.Go(path);
            wrong.AddRange((await English.Chinese(reader)).Select(text => $"{path}: {text}"));
            await reader.Fits();
            foreach (var href in await reader.Page.EvaluateAsync<string[]>("() => [...document.querySelectorAll('a[href]:not([download])')].filter(a => a.origin === location.origin).map(a => a.pathname + a.search)"))
            {
                if (href.Contains(".xlsx", StringComparison.Ordinal) || href.Contains("/feed/", StringComparison.Ordinal) || href.Contains("/checkpoint", StringComparison.Ordinal) || href.EndsWith("/key", StringComparison.Ordinal))
                    continue;
                // Two of each page: matters in another state show other words.
                var page = Code().Replace(href.Split('?')[0], "CODE");
                if (seen.TryGetValue(page, out var times) && times >= (page.Contains("CODE", StringComparison.Ordinal) ? 2 : 1))
                    continue;
                seen[page] = times + 1;
                waiting.Enqueue(href);
            }
        }

        Assert.True(wrong.Count == 0, string.Join("\n", wrong));
        Assert.True(seen.Count >= atLeast, $"{seen.Count} pages: {string.Join(' ', seen.Keys)}");
    }

    [GeneratedRegex("[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}")]
    private static partial Regex Code();
}
