using System.Text;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using Xunit;

namespace Hele.BrowserTests;

/// <summary>Whether a page can be used by everyone, as far as a machine can tell: axe's rules for WCAG 2.2 A and AA.</summary>
public static class Axe
{
    private static readonly AxeRunOptions Rules = new()
    {
        RunOnly = new() { Type = "tag", Values = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"] },
    };

    /// <summary>Fails on serious and critical findings, each with its rule, its help page and the elements.</summary>
    public static async Task AssertNoSerious(IPage page)
    {
        var found = (await page.RunAxe(Rules)).Violations.Where(v => v.Impact is "serious" or "critical").ToList();
        if (found.Count == 0)
            return;
        var text = new StringBuilder($"{page.Url}: {found.Count} serious findings of axe\n");
        foreach (var finding in found)
        {
            text.Append($"\n{finding.Impact} · {finding.Id}: {finding.Help} ({finding.HelpUrl})\n");
            foreach (var node in finding.Nodes)
            {
                text.Append($"  {node.Target}  {node.Html}\n");
                foreach (var check in node.Any.Concat(node.All).Concat(node.None))
                    text.Append($"    {check.Message}\n");
            }
        }

        Assert.Fail(text.ToString());
    }
}
