using System.Net;
using System.Text.RegularExpressions;
using Hele.Civic.Demo;
using Hele.TestKit;
using Xunit;

namespace Hele.BrowserTests;

/// <summary>
/// A page nobody finds might as well not be there: every page of <c>docs/generated/access.md</c> is found on the demo by following links from somebody's
/// first page.
/// </summary>
public partial class ReachedByClicks(DemoServer demo, ITestOutputHelper output)
{
    /// <summary>Who walks: each sees what their post or their own records open to them.</summary>
    private static readonly string?[] Walkers = [null, "li-na", "liu-dayong", "zhao-min", "zhou-lihua", "ma-jianjun", "feng-shuzhen", "he-lin", "sun-wei", "tang-min", "lu-weiguo"];

    /// <summary>Pages that no link of the demo leads to, each with how one gets there.</summary>
    private static readonly Dictionary<string, string> Otherwise = new()
    {
        ["/account/kept"] = "after a form that lay open too long was kept for the next sign-in",
        ["/appeals/entered/{code}"] = "by the QR code on the paper that somebody got whose verdict was entered for them",
        ["/appeals/joined/{code}/verdict"] = "from the matter of somebody who joined and whose verdict was entered, and the demo has none",
        ["/circle.json"] = "read by the script of the walking map",
        ["/circle/streets.json"] = "read by the scripts of maps",
        ["/circle/siting/siting.xlsx"] = "from the answer, once the question about sites was put by its form",
        ["/components"] = "for whoever builds or judges a page",
        ["/errors/{code:int}"] = "shown instead of a page",
        ["/files/{code}"] = "from a photo, and the demo has none",
        ["/files/{code}/small"] = "the small picture of a photo",
        ["/grids/assign"] = "from the map while a building lies in no grid",
        ["/grids/plan/plan.json"] = "read by the script of the planner",
        ["/grids/plans/{code}"] = "from the planner once a plan is kept, and the demo keeps none",
        ["/grids/plans/{code}/document.docx"] = "from the page of a kept plan",
        ["/health"] = "for whoever watches the server",
        ["/import-files/{code}"] = "after a file was sent to be imported",
        ["/import-files/{code}/remarks.xlsx"] = "from the page of a file with wrong rows",
        ["/mail/stop"] = "by the link at the foot of a mail",
        ["/notices/email/confirm"] = "by the link in a mail that brings a code",
        ["/people/call-sheet"] = "by a button of the register, from the people who were chosen there",
        ["/public-files/{code}"] = "from thanks with a photo that everybody may see, and the demo has none",
        ["/public-files/{code}/small"] = "the small picture of such a photo",
        ["/robots.txt"] = "for search engines",
        ["/sign-in/phone/code"] = "after a telephone number was given",
        ["/sign-in/second"] = "after the password of somebody with a second factor",
        ["/sign-out"] = "by a button",
    };

    /// <summary>How often one person opens one kind of page: records in other states show other links.</summary>
    private const int PerPage = 8, PerMatter = 40;

    [Fact]
    public async Task EveryPage_IsReachedByClicks_FromSomebodysFirstPage()
    {
        var pages = Pages();
        Dictionary<string, string> reached = new() { ["/"] = "where everybody begins" };
        foreach (var walker in Walkers)
        {
            using var browser = await SignedIn(walker);
            await Walk(browser, walker ?? "visitor", pages, reached);
        }
        var missing = pages.Select(p => p.Pattern).Where(p => !reached.ContainsKey(p) && !Otherwise.ContainsKey(p)).ToList();
        foreach (var (page, by) in reached.OrderBy(r => r.Key, StringComparer.Ordinal))
            output.WriteLine($"{page}: {by}");
        Assert.True(missing.Count == 0, "No link leads to:\n" + string.Join("\n", missing));
        var needless = Otherwise.Keys.Where(p => reached.ContainsKey(p) || pages.All(q => q.Pattern != p)).ToList();
        Assert.True(needless.Count == 0, "Listed without need:\n" + string.Join("\n", needless));
    }

    private static async Task Walk(HttpClient browser, string walker, IReadOnlyList<(string Pattern, Regex Path)> pages, Dictionary<string, string> reached)
    {
        Queue<string> waiting = new(["/"]);
        Dictionary<string, int> opened = new() { ["/"] = 1 };
        HashSet<string> seen = ["/"];
        while (waiting.TryDequeue(out var address))
        {
            var page = await HtmlPage.From(browser, await browser.GetAsync(address));
            if (page.Location is { } to)
            {
                if (seen.Add(to.PathAndQuery))
                    waiting.Enqueue(to.PathAndQuery);
                continue;
            }
            Assert.True(page.Status == 200, $"{walker}: a link leads to {address}, which answers {page.Status}.");
            foreach (var anchor in page.Document.QuerySelectorAll("a[href]"))
            {
                var href = new Uri(page.Url, anchor.GetAttribute("href"));
                if (href.Authority != page.Url.Authority || !seen.Add(href.PathAndQuery))
                    continue;
                var pattern = pages.FirstOrDefault(p => p.Path.IsMatch(href.AbsolutePath)).Pattern;
                Assert.True(pattern is not null, $"{walker}: {address} links to {href.PathAndQuery}, which is no page.");
                reached.TryAdd(pattern, $"{walker}, from {address}");
                var times = opened.GetValueOrDefault(pattern);
                if (times >= (pattern == "/appeals/{code}" ? PerMatter : PerPage) || anchor.HasAttribute("download") || Files().IsMatch(href.AbsolutePath))
                    continue;
                opened[pattern] = times + 1;
                waiting.Enqueue(href.PathAndQuery);
            }
            // A list's filters and a calendar's days are forms; what is a page of its own is a link.
            foreach (var form in page.Document.QuerySelectorAll("form[action]").Where(f => f.GetAttribute("method") is null or "get"))
                if (pages.FirstOrDefault(p => p.Path.IsMatch(new Uri(page.Url, form.GetAttribute("action")).AbsolutePath)).Pattern is { } asked)
                    reached.TryAdd(asked, $"{walker}, by a form on {address}");
        }
    }

    private async Task<HttpClient> SignedIn(string? signIn)
    {
        var browser = new HttpClient(new SocketsHttpHandler { CookieContainer = new CookieContainer(), AllowAutoRedirect = false }) { BaseAddress = demo.Address };
        browser.DefaultRequestHeaders.AcceptLanguage.ParseAdd("zh-CN");
        if (signIn is null)
        {
            var first = await HtmlPage.Get(browser, "/");
            if (!first.Has("main form"))
                return browser;
        }
        else
        {
            var form = (await HtmlPage.Get(browser, "/sign-in")).Form("main form");
            (await form.Fill("Input.Name", signIn).Fill("Input.Password", DemoPeople.Password).Submit()).ExpectRedirect();
        }
        return browser;
    }

    /// <summary>What maps, verifiers and feed readers fetch.</summary>
    [GeneratedRegex(@"map(/ground)?\.json$|/tile/")]
    private static partial Regex ForPrograms();

    /// <summary>The pages that can be opened, the most exact pattern first.</summary>
    private static List<(string Pattern, Regex Path)> Pages() =>
        [.. Lines().Select(line => line.Split('|', StringSplitOptions.TrimEntries)).Where(cells => cells.Length > 3 && cells[1].StartsWith('/') && cells[2].Contains("GET", StringComparison.Ordinal) && !ForPrograms().IsMatch(cells[1]))
            .Select(cells => (cells[1], new Regex($"^{Parameter().Replace(cells[1], m => m.Value.EndsWith("?}", StringComparison.Ordinal) ? "(/[^/]+)?" : m.Value.Contains("**", StringComparison.Ordinal) ? "/.+" : m.Value[..m.Value.IndexOf('{', StringComparison.Ordinal)] + "[^/]+")}$", RegexOptions.IgnoreCase)))
            .OrderBy(p => p.Item1.Count(c => c == '{')).ThenByDescending(p => p.Item1.Length)];

    private static string[] Lines() => System.IO.File.ReadAllLines(Path.Combine(Repo.Root, "docs", "generated", "access.md"));

    [GeneratedRegex(@"[/}:-]?\{[^}]*\}")]
    private static partial Regex Parameter();

    [GeneratedRegex(@"\.(xlsx|csv|json|jpg|svg|txt)$|/feed/|/key$|/checkpoint|/proof$|/tile/")]
    private static partial Regex Files();
}
