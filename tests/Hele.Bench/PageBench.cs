using System.Globalization;
using System.IO.Compression;
using System.Text.RegularExpressions;
using Hele.Civic.Platform.Search;
using Hele.TestKit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace Hele.Bench;

/// <summary>
/// The staff list as people get it: signed in, with permission and layout, 20 rows of 200,000, thirty-two connections at once; beside a bare server's hello and a bare server that reads one row of a SQLite
/// file, in the same run and from the same caller. And what a telephone has to fetch to show it.
/// </summary>
public static class PageBench
{
    private const int Connections = 32, Rounds = 3;
    private static readonly TimeSpan Length = TimeSpan.FromSeconds(5);

    public static async Task Run(TextWriter output)
    {
        await using var host = await TestHost.Start(TestDatabase.Sqlite, listens: true);
        await ListBench.Fill(host.Hele);
        await host.Hele.Get<SearchIndex>().Rebuild(TestInstallation.Hexi);
        await host.Hele.Database.Analyze();
        await using var bare = await Bare(Path.Combine(Path.GetTempPath(), $"bench-{Environment.ProcessId}.db"));
        var peer = new Uri(bare.Urls.Single());

        var browser = await host.SignIn(TestPeople.Ma);
        var cookies = await CookiesOf(browser);
        byte[] Page(string path) => PageLoad.Request(host.Address, path, "Cookie: " + cookies);
        var (hello, row) = (PageLoad.Request(peer, "/hello"), PageLoad.Request(peer, "/row"));
        (string Name, Uri Address, byte[] Request, string Goal)[] questions =
        [
            ("hello of a bare server", peer, hello, ""), ("one row of SQLite, bare", peer, row, ""),
            ("the list, newest page", host.Address, Page("/appeals"), "0.10 of hello, 0.12 of a row, p99 25 ms"),
            ("the list, late ones", host.Address, Page("/appeals?Late=true"), "0.10 of hello, 0.12 of a row, p99 25 ms"),
            ("two characters, one of 16", host.Address, Page("/appeals" + host.Search("井盖")), "0.05 of hello, p99 50 ms"),
            ("two characters, in all", host.Address, Page("/appeals" + host.Search("号楼")), "0.05 of hello, p99 50 ms"),
            ("two characters, in none", host.Address, Page("/appeals" + host.Search("龙虾")), "0.05 of hello, p99 50 ms"),
        ];
        foreach (var question in questions)
            await PageLoad.Run(question.Address, Connections, TimeSpan.FromSeconds(3), question.Request);
        var rounds = new List<Answers[]>();
        for (var round = 0; round < Rounds; round++)
        {
            var answers = new List<Answers>();
            foreach (var question in questions)
                answers.Add(await PageLoad.Run(question.Address, Connections, Length, question.Request));
            rounds.Add([.. answers]);
        }
        output.WriteLine(Say($"{Connections} connections, {Rounds} rounds of {Length.TotalSeconds:F0} s interleaved, medians"));
        output.WriteLine(Say($"{"",-28} {"per s",8} {"p50 ms",8} {"p99 ms",8} {"of hello",9} {"of a row",9} {"bytes",8}  goal"));
        var medians = questions.Select((_, i) => rounds.Select(r => r[i]).OrderBy(a => a.PerSecond).ElementAt(Rounds / 2)).ToArray();
        foreach (var (question, a) in questions.Zip(medians))
            output.WriteLine(Say($"{question.Name,-28} {a.PerSecond,8:F0} {a.P50,8:F2} {a.P99,8:F2} {a.PerSecond / medians[0].PerSecond,9:F3} {a.PerSecond / medians[1].PerSecond,9:F3} {a.Bytes,8}  {question.Goal}"));
        await Phone(output, host, cookies);
        await bare.StopAsync();
    }

    /// <summary>Everything that the list's page names and a browser fetches, each compressed as it is served.</summary>
    private static async Task Phone(TextWriter output, TestHost host, string cookies)
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseCookies = false, UseProxy = false, AutomaticDecompression = System.Net.DecompressionMethods.None }) { BaseAddress = host.Address };
        var (page, html) = await Fetch("/appeals");
        var files = Regex.Matches(html, "<(?:link rel=\"(?:stylesheet|icon)\"[^>]*? href|script src|img src)=\"(/[^\"]+)\"").Select(m => m.Groups[1].Value).Distinct().ToList();
        var sum = page;
        foreach (var file in files)
            sum += (await Fetch(file)).Bytes;
        output.WriteLine(Say($"to a telephone, gzip: {sum / 1024.0:F1} KB in {files.Count + 1} answers, of which the page {page / 1024.0:F1} KB (goal 100 KB)"));

        async Task<(long Bytes, string Text)> Fetch(string path)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { { "Cookie", cookies }, { "Accept-Encoding", "gzip" } } };
            using var answer = await client.SendAsync(request);
            answer.EnsureSuccessStatusCode();
            var body = await answer.Content.ReadAsByteArrayAsync();
            if (!answer.Content.Headers.ContentEncoding.Contains("gzip"))
                return (body.Length, System.Text.Encoding.UTF8.GetString(body));
            using var reader = new StreamReader(new GZipStream(new MemoryStream(body), CompressionMode.Decompress));
            return (body.Length, await reader.ReadToEndAsync());
        }
    }

    /// <summary>What a signed-in browser sends.</summary>
    private static async Task<string> CookiesOf(HttpClient browser)
    {
        using var seen = new HttpRequestMessage(HttpMethod.Get, "/appeals");
        using var answer = await browser.SendAsync(seen);
        answer.EnsureSuccessStatusCode();
        return string.Join("; ", answer.RequestMessage!.Headers.GetValues("Cookie"));
    }

    private static async Task<WebApplication> Bare(string file)
    {
        File.Delete(file);
        var connection = $"Data Source={file}";
        await using (var db = new SqliteConnection(connection))
        {
            await db.OpenAsync();
            await using var make = db.CreateCommand();
            make.CommandText = "PRAGMA journal_mode = WAL; CREATE TABLE Rows (Id INTEGER PRIMARY KEY, Text TEXT NOT NULL); INSERT INTO Rows VALUES (1, '三单元从一楼到三楼的灯都不亮了');";
            await make.ExecuteNonQueryAsync();
        }
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var bare = builder.Build();
        bare.MapGet("/hello", () => "hello");
        bare.MapGet("/row", async () =>
        {
            await using var db = new SqliteConnection(connection);
            await db.OpenAsync();
            await using var ask = db.CreateCommand();
            ask.CommandText = "SELECT Text FROM Rows WHERE Id = $id";
            ask.Parameters.AddWithValue("$id", 1);
            return (string)(await ask.ExecuteScalarAsync())!;
        });
        await bare.StartAsync();
        return bare;
    }

    private static string Say(FormattableString line) => line.ToString(CultureInfo.InvariantCulture);
}
