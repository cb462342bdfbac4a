using Hele.TestKit;
using Microsoft.Playwright;
using Xunit;

namespace Hele.BrowserTests;

/// <summary>
/// Script in every text a person can write, by everybody who can write one, and then every page that shows any of it, in a real browser: none of it runs, and the browser finds nothing the content security
/// policy would have had to stop.
/// </summary>
public class HostileWords(BrowserFixture browser)
{
    private static readonly TestPerson[] Writers = [TestPeople.Liu, TestPeople.Zhao, TestPeople.Zhou, TestPeople.Ma, TestPeople.Feng, TestPeople.He];

    /// <summary>A page says on its console what its policy stopped; markup that came to be from a text would be stopped, and so be heard of.</summary>
    private const string Listen = "addEventListener('securitypolicyviolation', e => console.error('stopped by the policy: ' + e.violatedDirective + ' ' + e.blockedURI + ' ' + e.sample)); window.helex = () => console.error('a text ran as script');";

    [Fact]
    public async Task ScriptInEveryText_OnEveryPageThatShowsIt_RunsNowhere()
    {
        await using var host = await TestHost.Start(TestDatabase.Sqlite, listens: true);
        var (taken, turn) = (new HashSet<string>(), 0);
        // What one form makes has forms of its own: three rounds lead from the first matter to the answer to an objection to it.
        for (var round = 0; round < 3; round++)
        {
            foreach (var person in Writers)
            {
                var client = await host.As(person);
                var sent = new HashSet<string>();
                foreach (var (path, source) in await Pages(client))
                {
                    foreach (var form in Forms.On(Forms.WithoutCodes(path), path, source).Where(f => f.Post && !Forms.IsSpared(f.Address) && !f.Address.StartsWith("/account", StringComparison.Ordinal) && f.Fields.Any(x => x.Written)))
                    {
                        // Two records of a kind are enough of each form; a third way is what a form takes whose short fields are checked.
                        foreach (var whole in new[] { true, false })
                        {
                            if (!sent.Add($"{form.Key} {whole}") && !sent.Add($"{form.Key} {whole} again"))
                                continue;
                            var payload = Payloads.Markup[turn++ % Payloads.Markup.Length];
                            using var answer = await Forms.Send(client, form, form.Fields.Select(f => KeyValuePair.Create(Uri.EscapeDataString(f.Name),
                                f.Long || (f.Written && whole) ? payload.Encoded + "helex" : f.Name == "op" ? Guid.NewGuid().ToString() : Uri.EscapeDataString(f.Value))));
                            if ((int)answer.StatusCode is 302 or 303)
                                taken.Add(form.Key);
                        }
                    }
                }
            }
        }
        Assert.True(taken.Count > 15, $"Only these forms took it: {string.Join("\n", taken)}");

        var seen = 0;
        foreach (var person in new[] { TestPeople.Liu, TestPeople.Zhao, TestPeople.Ma, TestPeople.Feng, null })
        {
            var client = person is null ? host.Browser() : await host.As(person);
            var showing = (await Pages(client)).Where(p => p.Source.Contains(Payloads.Mark, StringComparison.Ordinal)).Select(p => p.Path).ToList();
            Assert.True(showing.Count > 3, $"{person?.Name ?? "A visitor"} sees only {string.Join(", ", showing)}");
            await using var visit = await browser.Open(host.Address, person is null ? Screen.Phone : Screen.Desk);
            var dialogs = 0;
            visit.Page.Dialog += (_, dialog) =>
            {
                dialogs++;
                _ = dialog.DismissAsync();
            };
            await visit.Context.AddInitScriptAsync(Listen);
            await visit.Go("/");
            if (person is null)
            {
                await visit.Context.AddCookiesAsync([new() { Name = Web.Hosting.PlaceHosting.Cookie, Value = $"{TestInstallation.Hexi}", Url = host.Address.ToString() }]);
            }
            else
            {
                await visit.Go("/sign-in");
                await visit.Page.FillAsync("main input[name='Input.Name']", person.SignIn);
                await visit.Page.FillAsync("main input[name='Input.Password']", TestPeople.Password);
                await visit.Page.ClickAsync("main form .button");
                await visit.Page.WaitForURLAsync(url => !url.Contains("sign-in", StringComparison.Ordinal));
            }
            if (person is null)
                await Hears(host.Address);
            foreach (var path in showing.Concat(["/appeals/public/map", "/grids"]))
            {
                await visit.Go(path);
                await Touch(visit.Page);
                Assert.Equal(0, await visit.Page.Locator("helex, [onhelex], [onerror], [onload], main script:not([src])").CountAsync());
                seen++;
            }
            // What is given back beside a refusal, and the name of a photo that is only shown to its sender.
            await visit.Go("/feedback/new");
            await visit.Page.FillAsync("main textarea", Payloads.Polyglot);
            await visit.Page.ClickAsync("main form .button");
            Assert.Contains("helex", await visit.Page.Locator("main textarea").InputValueAsync(), StringComparison.Ordinal);
            if (person == TestPeople.Liu)
            {
                await visit.Go("/appeals/new");
                await visit.Page.Locator("input[type=file]").First.SetInputFilesAsync(new FilePayload { Name = "<img src=x onerror=helex()>'\".jpg", MimeType = "image/jpeg", Buffer = Pictures.Jpeg(40, 30) });
                await Touch(visit.Page);
                await visit.Page.Locator("input[type=file]").First.SetInputFilesAsync(new FilePayload { Name = "<svg onload=helex()>.svg", MimeType = "image/svg+xml", Buffer = System.Text.Encoding.UTF8.GetBytes("<svg xmlns='http://www.w3.org/2000/svg' onload='helex()'/>") });
                await Touch(visit.Page);
            }
            visit.AssertQuiet([400]);
            Assert.Equal(0, dialogs);
        }
        Assert.True(seen > 60, $"Only {seen} pages were looked at.");
    }

    /// <summary>That silence means something: markup put onto a page on purpose is heard of.</summary>
    private async Task Hears(Uri address)
    {
        await using var visit = await browser.Open(address);
        await visit.Context.AddInitScriptAsync(Listen);
        await visit.Go("/sign-in");
        await visit.Page.RunAndWaitForConsoleMessageAsync(() => visit.Page.EvaluateAsync("markup => document.querySelector('main').insertAdjacentHTML('beforeend', markup)", Payloads.Polyglot),
            new() { Predicate = message => message.Text.Contains("stopped by the policy", StringComparison.Ordinal) });
        Assert.True(await visit.Page.Locator("helex, [onhelex], [onerror], [onload]").CountAsync() > 0);
    }

    /// <summary>Opens what is folded away, and what a map says about a point.</summary>
    private static async Task Touch(IPage page)
    {
        await page.EvaluateAsync("() => document.querySelectorAll('details').forEach(d => d.open = true)");
        foreach (var point in (await page.Locator(".leaflet-interactive").AllAsync()).Take(3))
            await point.DispatchEventAsync("click");
        // Two frames: what a script puts on the page is there then.
        await page.EvaluateAsync("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))");
    }

    /// <summary>The pages somebody reaches by links, two of each kind.</summary>
    private static async Task<IReadOnlyList<(string Path, string Source)>> Pages(HttpClient client)
    {
        var (found, queue, kinds, known) = (new List<(string, string)>(), new Queue<string>(["/"]), new Dictionary<string, int>(), new HashSet<string> { "/" });
        while (queue.TryDequeue(out var path))
        {
            using var answer = await client.GetAsync(path);
            if ((int)answer.StatusCode != 200 || answer.Content.Headers.ContentType?.MediaType != "text/html" || answer.Content.Headers.ContentDisposition is not null)
                continue;
            var page = await HtmlPage.From(client, answer);
            found.Add((path, page.Source));
            foreach (var link in page.Document.QuerySelectorAll("a[href^='/']").Select(a => a.GetAttribute("href")!.Split('#')[0]).Where(h => !Forms.IsSpared(h) && known.Add(h)))
            {
                var kind = System.Text.RegularExpressions.Regex.Replace(Forms.WithoutCodes(link), "=[^&]*", "=");
                if ((kinds[kind] = kinds.GetValueOrDefault(kind) + 1) <= 2)
                    queue.Enqueue(link);
            }
        }
        return found;
    }
}
