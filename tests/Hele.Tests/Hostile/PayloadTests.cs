using System.Text.RegularExpressions;
using Hele.TestKit;
using Hele.Tests.Guards;
using Xunit;

namespace Hele.Tests.Hostile;

/// <summary>
/// Everything the program takes, filled with what it shouldn't be filled with, over its real server: every parameter of every address and every field of every form of every role. Nothing fails, nothing of
/// the inside is shown, nothing that was sent becomes markup, a header or a way off the site, neither in the answer nor on any page that shows it later.
/// </summary>
/// <remarks>Seen to fail: its first run found a language switch, a search and a sign-in whose way back held Chinese answered 500.</remarks>
public sealed class PayloadTests
{
    private static readonly ParallelOptions TwoAtATime = new() { MaxDegreeOfParallelism = 2 };

    [Fact]
    public async Task EveryParameter_OfEveryAddress_AsEverybody()
    {
        await using var host = await TestHost.Start(TestDatabase.Sqlite, listens: true);
        var records = await EndpointMatrix.MakeRecords(host.Hele);
        var judge = new Judge(host);
        var ways = new List<(EndpointMatrix.Way Way, IReadOnlyList<string> Names)>();
        foreach (var way in (await EndpointMatrix.Ways(host)).Where(w => w.Verbs.Contains("GET") && !Forms.IsSpared(w.Pattern)))
            ways.Add((way, await Traffic.Parameters(host, way)));
        Assert.True(ways.Sum(w => w.Names.Count) > 1000, "The addresses' parameters were not found.");
        var callers = (await EndpointMatrix.Callers(host)).Where(c => TestRun.Long || c.Name is "nobody signed in" or "Secretary" or "SubdistrictOfficer" or "resident, owner").ToList();
        var turn = 0;
        await Parallel.ForEachAsync(ways, TwoAtATime, async (each, cancel) =>
        {
            var (way, names) = each;
            var value = way.Pattern.Contains('{') ? EndpointMatrix.Example(way.Pattern).Value(records, EndpointMatrix.Target.Mine) : "";
            var path = Regex.Replace(Regex.Replace(way.Pattern, @"\{\*\*[^}]*\}", "0/000"), @"\{[^}]*\}", value);
            foreach (var caller in callers)
            {
                // Whoever may not open it learns nothing of its parameters: once is enough.
                using (var first = await caller.Client.GetAsync(path, cancel))
                {
                    await judge.Look(first, $"GET {way.Pattern} plain as {caller.Name}");
                    if (first.StatusCode is System.Net.HttpStatusCode.NotFound or System.Net.HttpStatusCode.Redirect && caller.IsSignedIn)
                        continue;
                }
                foreach (var name in names)
                {
                    foreach (var payload in Payloads.For(name, Interlocked.Increment(ref turn), 1))
                    {
                        if (payload.Encoded.Length > 3000)
                            continue;
                        using var answer = await caller.Client.GetAsync(Forms.Exactly(host.Address, $"{path}?{name}={payload.Encoded}"), cancel);
                        await judge.Look(answer, $"GET {way.Pattern} [{name}] {payload.Name} as {caller.Name}");
                    }
                }
                if (!way.Pattern.Contains('{'))
                    continue;
                foreach (var payload in Payloads.For("", Interlocked.Increment(ref turn), 8))
                {
                    // In a path only, dots and slashes mean something before anybody looks at the value.
                    if (payload.Encoded.Length is > 3000 or 0)
                        continue;
                    var there = Regex.Replace(way.Pattern, @"\{[^}]*\}", payload.Encoded.Replace("$", "%24", StringComparison.Ordinal).Replace("/", "%2f", StringComparison.Ordinal));
                    using var answer = await caller.Client.GetAsync(Forms.Exactly(host.Address, there), cancel);
                    await judge.Look(answer, $"GET {way.Pattern} (route) {payload.Name} as {caller.Name}");
                }
            }
        });
        judge.Log();
        Report(judge, atLeast: 4_000);
    }

    [Fact]
    public async Task EveryField_OfEveryForm_AsEverybody_AndThePagesThatShowItAfterwards()
    {
        await using var host = await TestHost.Start(TestDatabase.Sqlite, listens: true);
        var records = await EndpointMatrix.MakeRecords(host.Hele);
        var judge = new Judge(host);
        var ways = (await EndpointMatrix.Ways(host)).Where(w => w.Verbs.Contains("GET") && !Forms.IsSpared(w.Pattern)).ToList();
        var callers = await EndpointMatrix.Callers(host);
        var tried = new HashSet<string>();
        var (turn, taken) = (0, 0);
        foreach (var caller in callers.Where(c => !c.Name.Contains("other community", StringComparison.Ordinal)))
        {
            var forms = new List<FormFound>();
            foreach (var (path, pattern) in Pages(ways, records))
            {
                using var answer = await caller.Client.GetAsync(path);
                if (answer.Content.Headers.ContentType?.MediaType == "text/html" && (int)answer.StatusCode < 400)
                    forms.AddRange(Forms.On(pattern, path, await answer.Content.ReadAsStringAsync()));
            }
            foreach (var form in forms.Where(f => !Forms.IsSpared(f.Address) && tried.Add(f.Key)))
            {
                foreach (var field in form.Fields.Select(f => f.Name).Distinct().Where(n => n != "op" || form.Key.Contains("/feedback/new", StringComparison.Ordinal)))
                {
                    foreach (var payload in Payloads.For(field, ++turn, form.Fields.First(f => f.Name == field).Written ? 4 : 2))
                    {
                        if (!form.Post && payload.Encoded.Length > 3000)
                            continue;
                        using var answer = await Forms.Send(caller.Client, form, form.With(field, payload.Encoded));
                        await judge.Look(answer, $"{form.Key} [{field}] {payload.Name} as {caller.Name}");
                    }
                }
                foreach (var (name, shape) in Shapes(form))
                {
                    using var answer = await Forms.Send(caller.Client, form, shape);
                    await judge.Look(answer, $"{form.Key} {name} as {caller.Name}");
                }
                // All that is written in it at once, which is taken where one foul field beside good ones was.
                foreach (var payload in new[] { Payloads.Markup[0], Payloads.Markup[2], Payload.Of("formula", "=1+1;helex|' /C calc'!A0") })
                {
                    var all = form.Fields.Select(f => KeyValuePair.Create(Uri.EscapeDataString(f.Name), f.Written ? payload.Encoded : f.Name == "op" ? Guid.NewGuid().ToString() : Uri.EscapeDataString(f.Value)));
                    using var answer = await Forms.Send(caller.Client, form, all);
                    await judge.Look(answer, $"{form.Key} everything {payload.Name} as {caller.Name}");
                    taken += form.Post && (int)answer.StatusCode is 302 or 303 ? 1 : 0;
                }
            }
        }
        Assert.True(tried.Count > 80, $"Only {tried.Count} forms were found: {string.Join("\n", tried.Order())}");
        Assert.True(taken > 15, $"Only {taken} forms took what was written: what is shown afterwards would show little.");
        var (shown, exports) = (0, new HashSet<string>());
        foreach (var caller in callers)
        {
            foreach (var path in Pages(ways, records).Select(p => p.Path).Concat(await Linked(caller.Client)).Distinct())
            {
                using var answer = await caller.Client.GetAsync(path);
                var body = await judge.Look(answer, $"GET {Regex.Replace(path, "[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}", "{code}")} afterwards as {caller.Name}", caller.Name.Contains("other community", StringComparison.Ordinal));
                shown += body.Contains("helex", StringComparison.Ordinal) ? 1 : 0;
                // A list about people is asked for with a reason; the file is what is looked at.
                foreach (var form in answer.Content.Headers.ContentType?.MediaType == "text/html" ? Forms.On("", path, body).Where(f => f.Post && f.Address.Contains("/export", StringComparison.Ordinal)) : [])
                {
                    using var file = await Forms.Send(caller.Client, form, form.With("Format", "xlsx"));
                    await judge.Look(file, $"POST {form.Address} for a file as {caller.Name}", caller.Name.Contains("other community", StringComparison.Ordinal));
                    if ((int)file.StatusCode == 200 && file.Content.Headers.ContentType?.MediaType != "text/html")
                        exports.Add(form.Address);
                }
            }
        }
        Assert.True(shown > 20, $"Only {shown} pages show anything of what was written.");
        Assert.True(exports.Count > 6 && judge.Exports is { Sheets: > 30, Quoted: > 5 }, $"Only {judge.Exports} cells were looked at, and these lists: {string.Join(", ", exports)}");
        judge.Log();
        Report(judge, atLeast: 2_000);
        TestContext.Current.SendDiagnosticMessage($"{tried.Count} forms, {taken} taken, {shown} pages show it.");
    }

    /// <summary>A form's shapes that no browser sends.</summary>
    private static IEnumerable<(string Name, IEnumerable<KeyValuePair<string, string>> Fields)> Shapes(FormFound form)
    {
        var fields = form.With(null, "").ToList();
        yield return ("every field twice", fields.Concat(fields));
        yield return ("every field as a list", fields.Select(f => KeyValuePair.Create(f.Key + "%5B0%5D", f.Value)).Concat(fields));
        yield return ("every field as a part of itself", fields.Select(f => KeyValuePair.Create(f.Key + ".X.Y.Z", f.Value)).Concat(fields));
        yield return ("no field", []);
        yield return ("the token alone", fields.Where(f => f.Key == "__RequestVerificationToken"));
        if (form.Post && (TestRun.Long || form.Key.Length % 7 == 0))
        {
            yield return ("a field above its limit", fields.Append(new("Input.Text", new string('a', Web.Hosting.Front.MostOfAField + 1))));
            yield return ("thousands of fields", fields.Concat(Enumerable.Range(0, 3000).Select(i => KeyValuePair.Create("f" + i, "x"))));
            yield return ("a key without end", fields.Append(new(new string('k', 5000), "x")));
            yield return ("a deep key", fields.Append(new("Input" + string.Concat(Enumerable.Repeat("%5B0%5D", 60)), "x")));
        }
    }

    private static IEnumerable<(string Path, string Pattern)> Pages(IEnumerable<EndpointMatrix.Way> ways, EndpointMatrix.Records records) => ways.Select(way => (Regex.Replace(
        Regex.Replace(way.Pattern, @"\{\*\*[^}]*\}", "0/000"), @"\{[^}]*\}", way.Pattern.Contains('{') ? EndpointMatrix.Example(way.Pattern).Value(records, EndpointMatrix.Target.Mine) : ""), way.Pattern));

    /// <summary>The records that the lists lead to.</summary>
    private static async Task<IReadOnlyList<string>> Linked(HttpClient client)
    {
        var found = new HashSet<string>();
        foreach (var list in new[] { "/appeals", "/appeals/public", "/people", "/feedback", "/thanks", "/thanks/records", "/bodies", "/honours", "/buildings", "/stated", "/report/stories", "/disclosures", "/board", "/data-requests", "/imports", "/posts" })
        {
            using var answer = await client.GetAsync(list);
            if ((int)answer.StatusCode == 200)
                found.UnionWith((await HtmlPage.From(client, answer)).Document.QuerySelectorAll("main a[href^='/']").Select(a => a.GetAttribute("href")!).Where(h => !Forms.IsSpared(h)));
        }
        return [.. found];
    }

    private static void Report(Judge judge, int atLeast)
    {
        Assert.True(judge.Faults.Count == 0, $"{judge.Faults.Count} faults in {judge.Answers} answers:\n{string.Join('\n', judge.Faults.Take(60))}");
        Assert.True(judge.Answers > atLeast, $"Only {judge.Answers} answers were looked at: {string.Join(", ", judge.Statuses.Select(s => $"{s.Value} × {s.Key}"))}");
    }
}
