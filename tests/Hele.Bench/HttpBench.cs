using Hele.Civic.People;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Storage;
using Hele.TestKit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Hele.Bench;

/// <summary>
/// One appeal filed by a resident's form: a POST with cookie and antiforgery token to the program's own server on the loopback, each caller
/// signed in as somebody else. Beside it the same act without the web, and what this machine can do at all with the same request: a bare server
/// that reads the same form and answers with a redirect. The callers run in the same process and take their share of the processors.
/// </summary>
public static class HttpBench
{
    private const string Text = "三单元从一楼到三楼的灯都不亮了，晚上黑咕隆咚的，我这么大岁数扶着墙上楼。给换个灯泡吧。", Place = "柳荫路12号院3号楼3单元";

    public static async Task Run(TextWriter output)
    {
        await using var host = await TestHost.Start(TestDatabase.Sqlite, listens: true);
        var liu = await host.Hele.Viewer(TestPeople.Liu);
        var residents = new List<Resident>();
        for (var i = 0; i < WriterBench.Callers.Max(); i++)
            residents.Add(await SignUp(host, i));

        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        await using var bare = builder.Build();
        bare.MapPost("/appeals/new", async (HttpContext context) =>
        {
            await context.Request.ReadFormAsync();
            context.Response.Redirect("/appeals/2222-3333-4444/receipt");
        });
        await bare.StartAsync();
        using var plain = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false }) { BaseAddress = new Uri(bare.Urls.Single()) };

        async Task<WriterBench.Rate> Forms(int callers, Func<int, HttpClient> client) => await WriterBench.Load(callers, WriterBench.Length, async i =>
        {
            using var answer = await client(i).PostAsync("/appeals/new", residents[i].Form());
            if (answer.Headers.Location?.OriginalString.EndsWith("/receipt", StringComparison.Ordinal) != true)
                throw new InvalidOperationException($"{(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
        });

        await Forms(8, i => residents[i].Client); // warm up
        await Forms(8, _ => plain);
        output.WriteLine("one appeal filed by POST on the loopback, SQLite, per second, three rounds interleaved, medians");
        output.WriteLine($"{"callers",8} {"bare POST",10} {"in-process",11} {"HTTP",8} {"of in-process",14} {"p99 ms",7} {"cpu ms",7}");
        foreach (var callers in WriterBench.Callers)
        {
            var rounds = new List<(WriterBench.Rate Bare, WriterBench.Rate Direct, WriterBench.Rate Http)>();
            for (var round = 0; round < 3; round++)
                rounds.Add((await Forms(callers, _ => plain), await WriterBench.File_(host.Hele, host.Hele.Get<Writer>(), liu, callers, WriterBench.Length), await Forms(callers, i => residents[i].Client)));
            var (b, d, h) = (WriterBench.Median(rounds.Select(r => r.Bare)), WriterBench.Median(rounds.Select(r => r.Direct)), WriterBench.Median(rounds.Select(r => r.Http)));
            output.WriteLine($"{callers,8} {b.PerSecond,10:F0} {d.PerSecond,11:F0} {h.PerSecond,8:F0} {h.PerSecond / d.PerSecond,14:F2} {h.P99,7:F1} {h.CpuMilliseconds,7:F2}");
        }
        await bare.StopAsync();
    }

    private sealed record Resident(HttpClient Client, string Token)
    {
        public FormUrlEncodedContent Form() => new(
        [
            new("__RequestVerificationToken", Token), new("op", Guid.CreateVersion7().ToString()), new("Input.Kind", "facilities"),
            new("Input.Title", "楼道灯不亮 " + Random.Shared.NextInt64()), new("Input.Place", Place), new("Input.Text", Text),
        ]);
    }

    private static async Task<Resident> SignUp(TestHost host, int number)
    {
        var name = "bench-" + number;
        var outcome = await host.Hele.Get<RegisterPerson>().Run(new Act { OperationId = Guid.NewGuid(), AccountId = SystemAccount.Id, JurisdictionId = TestInstallation.Hexi },
            new("某某", null, name, TestPeople.PasswordHash, OneTime: false, null, null, null));
        if (!outcome.Accepted)
            throw new InvalidOperationException(string.Join(" ", outcome.Problems.Select(p => p.Sentence.En)));
        var client = host.Browser();
        await TestHost.SignIn(client, name, TestPeople.Password);
        var form = (await HtmlPage.Get(client, "/appeals/new")).Form("main form");
        return new Resident(client, form["__RequestVerificationToken"]!);
    }
}
