using System.Diagnostics;
using System.Globalization;
using Hele.Civic.Kernel;
using Hele.Civic.People;
using Hele.Civic.Platform;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Accounts;
using Hele.Civic.Platform.Storage;
using Hele.TestKit;

namespace Hele.Bench;

/// <summary>
/// Can a stopwatch tell a record that one may not see from one that doesn't exist? The same page is asked for both, in turn and in random order,
/// over the program's own server; the two distributions are shown and compared: the largest distance between them (Kolmogorov-Smirnov) and the
/// ratio of their medians, each beside what the same numbers give when the two labels are dealt out by chance.
/// </summary>
public static class AccessBench
{
    private const int Requests = 4000, Shuffles = 1000, Records = 250;

    // Hashing is dear, and a fifth failure of a name makes it wait: so many names, each tried so often.
    private const int Names = 300, Tries = 4;

    public static async Task Run(TextWriter output)
    {
        await using var host = await TestHost.Start(TestDatabase.Sqlite, listens: true);
        // As many records as codes that don't exist: one and the same record again and again would be warm where the missing ones are cold.
        var (chens, others, nobodys) = (new string[Records], new string[Records], new string[Records]);
        var (chen, otherLiu) = (await host.Hele.Viewer(TestPeople.Chen), await host.Hele.Viewer(TestPeople.Liu, TestInstallation.Other));
        for (var i = 0; i < Records; i++)
            (chens[i], others[i], nobodys[i]) = (await host.Hele.FileAppeal(chen, "别人的事"), await host.Hele.FileAppeal(otherLiu, "隔壁的事"), PublicCode.New().Text);
        static string Any(string[] codes) => codes[Random.Shared.Next(codes.Length)];
        var liu = await host.SignIn(TestPeople.Liu);
        var zhao = await host.SignIn(TestPeople.Zhao);
        var token = (await HtmlPage.Get(liu, "/appeals/new")).Form("main form")["__RequestVerificationToken"]!;
        output.WriteLine($"a missing record against a forbidden one, {Requests} requests each, alternating at random, SQLite, one client on the loopback; times in ms");
        await Compare(output, "another resident's appeal, GET", liu, () => Get($"/appeals/{Any(nobodys)}"), () => Get($"/appeals/{Any(chens)}"));
        await Compare(output, "another resident's receipt, GET", liu, () => Get($"/appeals/{Any(nobodys)}/receipt"), () => Get($"/appeals/{Any(chens)}/receipt"));
        await Compare(output, "another resident's appeal, POST a verdict", liu, () => Judge(Any(nobodys)), () => Judge(Any(chens)));
        await Compare(output, "the other community's appeal, GET by staff", zhao, () => Get($"/appeals/{Any(nobodys)}"), () => Get($"/appeals/{Any(others)}"));

        output.WriteLine($"a wrong password for a name that nobody has against one that somebody has, {Names * Tries} requests each");
        var (free, taken) = (new Queue<string>(), new Queue<string>());
        var browser = host.Browser();
        var first = (await HtmlPage.Get(browser, "/sign-in")).Form("main form")["__RequestVerificationToken"]!;
        for (var i = 0; i < Names; i++)
        {
            var name = $"somebody-{i:000}";
            await host.Hele.Get<RegisterPerson>().Run(new Act { OperationId = Guid.NewGuid(), AccountId = SystemAccount.Id, JurisdictionId = TestInstallation.Hexi }, new("某某", null, name, TestPeople.PasswordHash, false, null, null, null));
            for (var t = 0; t < Tries; t++)
            {
                taken.Enqueue(name);
                free.Enqueue($"nobody-{i:000}");
            }
        }
        await Compare(output, "signing in", browser, () => SignIn(free.Dequeue()), () => SignIn(taken.Dequeue()), Names * Tries, System.Net.HttpStatusCode.BadRequest, ("nobody", "somebody"));

        HttpRequestMessage SignIn(string name) => new(HttpMethod.Post, "/sign-in")
        {
            Content = new FormUrlEncodedContent([new("__RequestVerificationToken", first), new("op", Guid.CreateVersion7().ToString()), new("Input.Name", name), new("Input.Password", "not the password at all")]),
        };
        HttpRequestMessage Get(string path) => new(HttpMethod.Get, path);
        HttpRequestMessage Judge(string code) => new(HttpMethod.Post, $"/appeals/{code}?handler=Judge")
        {
            Content = new FormUrlEncodedContent([new("__RequestVerificationToken", token), new("op", Guid.CreateVersion7().ToString()), new("Verdict.Satisfied", "true")]),
        };
    }

    private static async Task Compare(TextWriter output, string what, HttpClient client, Func<HttpRequestMessage> missing, Func<HttpRequestMessage> forbidden,
        int requests = Requests, System.Net.HttpStatusCode status = System.Net.HttpStatusCode.NotFound, (string, string)? names = null)
    {
        for (var i = 0; i < 200 && requests == Requests; i++)
            await Time(client, i % 2 == 0 ? missing() : forbidden(), status);
        var random = new Random(1);
        var times = new List<double>[] { [], [] };
        for (var i = 0; i < requests; i++)
        {
            var first = random.Next(2);
            foreach (var which in new[] { first, 1 - first })
                times[which].Add(await Time(client, which == 0 ? missing() : forbidden(), status));
        }
        var (m, f) = (times[0].Order().ToArray(), times[1].Order().ToArray());
        var (distance, ratio) = (Distance(m, f), At(f, 0.5) / At(m, 0.5));
        var all = times[0].Concat(times[1]).ToArray();
        var (distances, ratios) = (new double[Shuffles], new double[Shuffles]);
        for (var i = 0; i < Shuffles; i++)
        {
            random.Shuffle(all);
            var (a, b) = (all[..requests].Order().ToArray(), all[requests..].Order().ToArray());
            (distances[i], ratios[i]) = (Distance(a, b), At(b, 0.5) / At(a, 0.5));
        }
        Array.Sort(distances);
        Array.Sort(ratios);
        var inv = CultureInfo.InvariantCulture;
        output.WriteLine(what);
        output.WriteLine(string.Create(inv, $"  {"",-10} {"p10",8} {"p50",8} {"p90",8} {"p99",8}"));
        foreach (var (name, sorted) in new[] { (names?.Item1 ?? "missing", m), (names?.Item2 ?? "forbidden", f) })
            output.WriteLine(string.Create(inv, $"  {name,-10} {At(sorted, 0.1),8:F3} {At(sorted, 0.5),8:F3} {At(sorted, 0.9),8:F3} {At(sorted, 0.99),8:F3}"));
        output.WriteLine(string.Create(inv, $"  largest distance {distance:F4}, by chance up to {At(distances, 0.95):F4} (95 of 100) or {At(distances, 0.99):F4} (99), p = {Share(distances, distance):F3}"));
        output.WriteLine(string.Create(inv, $"  medians {ratio:F4}, by chance {At(ratios, 0.005):F4} to {At(ratios, 0.995):F4} (99 of 100)"));
    }

    private static async Task<double> Time(HttpClient client, HttpRequestMessage request, System.Net.HttpStatusCode status)
    {
        using (request)
        {
            var started = Stopwatch.GetTimestamp();
            using var answer = await client.SendAsync(request);
            await answer.Content.ReadAsByteArrayAsync();
            var time = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
            return answer.StatusCode == status ? time : throw new InvalidOperationException($"{request.RequestUri}: {(int)answer.StatusCode}");
        }
    }

    /// <summary>Kolmogorov-Smirnov: the largest difference between the two distribution functions.</summary>
    private static double Distance(double[] a, double[] b)
    {
        var (i, j, largest) = (0, 0, 0.0);
        while (i < a.Length && j < b.Length)
        {
            var x = Math.Min(a[i], b[j]);
            while (i < a.Length && a[i] <= x)
                i++;
            while (j < b.Length && b[j] <= x)
                j++;
            largest = Math.Max(largest, Math.Abs((double)i / a.Length - (double)j / b.Length));
        }
        return largest;
    }

    private static double At(double[] sorted, double share) => sorted[Math.Min(sorted.Length - 1, (int)(sorted.Length * share))];

    private static double Share(double[] sorted, double atLeast) => (sorted.Count(d => d >= atLeast) + 1.0) / (sorted.Length + 1);
}
