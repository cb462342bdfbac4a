using Deque.AxeCore.Commons;
using Microsoft.Playwright;
using Xunit;

namespace Hele.BrowserTests;

/// <summary>Whether a page can be used by everyone, as far as a machine can tell: axe's rules for WCAG 2.2 A and AA.</summary>
/// <remarks>Run in the page itself: no page of Hele has frames, and the library's own way opens a second page for each look: three times as long.</remarks>
public static class Axe
{
    private static readonly string Script = Load();

    private const string Serious = """
        () => axe.run(document, { runOnly: { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'] }, resultTypes: ['violations'] })
          .then(r => r.violations.filter(v => v.impact === 'serious' || v.impact === 'critical').map(v => `${v.impact} · ${v.id}: ${v.help} (${v.helpUrl})\n`
            + v.nodes.map(n => `  ${n.target}  ${n.html}\n` + [...n.any, ...n.all, ...n.none].map(c => `    ${c.message}\n`).join('')).join('')))
        """;

    /// <summary>Fails on serious and critical findings, each with its rule, its help page and the elements.</summary>
    public static async Task AssertNoSerious(IPage page)
    {
        Assert.Equal(0, await page.Locator("iframe, frame").CountAsync());
        await page.EvaluateAsync(Script);
        var found = await page.EvaluateAsync<string[]>(Serious);
        Assert.True(found.Length == 0, $"{page.Url}: {found.Length} serious findings of axe\n\n{string.Join('\n', found)}");
    }

    private static string Load()
    {
        var library = typeof(AxeResult).Assembly;
        using var reader = new StreamReader(library.GetManifestResourceStream(library.GetManifestResourceNames().Single(n => n.EndsWith("axe.min.js", StringComparison.Ordinal)))!);
        return reader.ReadToEnd();
    }
}
