using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Hele.Civic.Demo;
using Hele.TestKit;

namespace Hele.Bench;

/// <summary>
/// The program as it is started, over the demo's year: how long a start takes, what memory it holds at rest, and minutes of mixed load by signed-in people, eight reads to two writes, every one through the pages: what it
/// answers, how its memory and its write-ahead log go, and whether <c>hele verify</c> is green afterwards. The callers share the processors.
/// </summary>
public static partial class ServeBench
{
    private const int Users = 8;
    private static readonly string[] Pages = ["/appeals", "/appeals?Late=true", "/appeals?State=Answered", "/dashboard", "/report", "/appeals/public", "/grids", "/party", "/thanks", "/notices"];
    private static readonly string[] Words = ["漏水", "楼道", "井盖", "噪音", "电梯"];

    public static async Task Run(TextWriter output, double minutes)
    {
        var folder = Directory.CreateTempSubdirectory("hele-serve-");
        try
        {
            string[] place = ["--data", Path.Combine(folder.FullName, "data"), "--pins", Path.Combine(folder.FullName, "pins")];
            string[] arguments = [.. place, "--demo", "standard", "--acts-per-minute", "10000000", "--reads-per-minute", "10000000", "--check-hours", "0"];
            await using (var writing = await HeleProcess.Start(arguments, limit: TimeSpan.FromMinutes(4)))
                await Written(writing);

            var started = Stopwatch.GetTimestamp();
            await using (var hele = await HeleProcess.Start(arguments))
            {
                output.WriteLine(Say($"start over the demo's year to the first answer of /health: {Stopwatch.GetElapsedTime(started).TotalSeconds:F1} s"));
                await Written(hele);
                await Task.Delay(TimeSpan.FromSeconds(10));
                output.WriteLine(Say($"memory at rest, ten seconds later: {Resident(hele.Id):F0} MB"));
                await Mixed(output, hele, Path.Combine(place[1], "hele.db-wal"), TimeSpan.FromMinutes(minutes));
                await Task.Delay(TimeSpan.FromSeconds(30));
                output.WriteLine(Say($"memory half a minute after the load: {Resident(hele.Id):F0} MB"));
            }
            await using var verified = new StringWriter();
            var code = await Cli.HeleCommand.Run(["verify", .. place], verified, verified, "en");
            output.WriteLine(Say($"hele verify ends with {code}: {verified.ToString().Trim().Split('\n')[^1]}"));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task Mixed(TextWriter output, HeleProcess hele, string wal, TimeSpan length)
    {
        var residents = DemoPeople.SignIns.Where(p => p.Role is null && p.Place.Zh == "河西社区").Select(p => p.SignIn).ToList();
        var users = new List<(HttpClient Staff, HttpClient Resident, string Token)>();
        for (var i = 0; i < Users; i++)
        {
            var (staff, resident) = (await SignIn(hele, i % 2 == 0 ? "ma-jianjun" : "zhou-lihua"), await SignIn(hele, residents[i % residents.Count]));
            users.Add((staff, resident, (await HtmlPage.Get(resident, "/appeals/new")).Form("main form")["__RequestVerificationToken"]!));
        }
        var matters = MatterLink().Matches(await users[0].Staff.GetStringAsync("/appeals")).Select(m => m.Value).Distinct().ToList();

        var (reads, writes, faults) = (new ConcurrentBag<double>(), new ConcurrentBag<double>(), new ConcurrentBag<string>());
        var until = Stopwatch.GetTimestamp() + (long)(length.TotalSeconds * Stopwatch.Frequency);
        var load = Task.WhenAll(users.Select((user, i) => Task.Run(async () =>
        {
            var random = new Random(i);
            while (Stopwatch.GetTimestamp() < until)
            {
                var isWrite = random.Next(5) == 0;
                var sent = Stopwatch.GetTimestamp();
                var fault = isWrite ? await Write(user.Resident, user.Token) : await Read(user.Staff, random, matters);
                (isWrite ? writes : reads).Add(Stopwatch.GetElapsedTime(sent).TotalMilliseconds);
                if (fault is not null)
                    faults.Add(fault);
            }
        })));
        output.WriteLine(Say($"{Users} people, one after another as fast as they are answered, {length.TotalMinutes:F1} minutes; per minute: answers, memory MB, write-ahead log MB"));
        var (seen, most) = (0, 0.0);
        while (!load.IsCompleted)
        {
            await Task.WhenAny(load, Task.Delay(TimeSpan.FromSeconds(Math.Min(60, length.TotalSeconds))));
            var size = new FileInfo(wal) is { Exists: true } file ? file.Length / 1048576.0 : 0;
            most = Math.Max(most, size);
            output.WriteLine(Say($"{reads.Count + writes.Count - seen,8} {Resident(hele.Id),8:F0} {size,8:F1}"));
            seen = reads.Count + writes.Count;
        }
        await load;
        output.WriteLine(Say($"reads {reads.Count}: {Percentiles(reads)}"));
        output.WriteLine(Say($"writes {writes.Count}: {Percentiles(writes)}"));
        output.WriteLine(Say($"faults {faults.Count}; write-ahead log at most {most:F1} MB"));
        foreach (var kind in faults.GroupBy(f => f).Take(5))
            output.WriteLine(Say($"  {kind.Count()} × {kind.Key}"));
    }

    private static async Task<string?> Read(HttpClient staff, Random random, List<string> matters)
    {
        var what = random.Next(10);
        var path = what < 3 ? matters[random.Next(matters.Count)] : Pages[random.Next(Pages.Length)];
        if (what == 9)
        {
            using var words = new FormUrlEncodedContent(new Dictionary<string, string> { ["to"] = "/appeals", ["Search"] = Words[random.Next(Words.Length)] });
            using var found = await staff.PostAsync("/find", words);
            path = found.Headers.Location?.OriginalString ?? "/find";
        }
        using var answer = await staff.GetAsync(path);
        await answer.Content.ReadAsByteArrayAsync();
        return answer.StatusCode == HttpStatusCode.OK ? null : $"{(int)answer.StatusCode} {path.Split('?')[0]}";
    }

    private static async Task<string?> Write(HttpClient resident, string token)
    {
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["__RequestVerificationToken"] = token, ["op"] = Guid.CreateVersion7().ToString(), ["Input.Kind"] = "facilities", ["Input.Title"] = "楼道灯不亮 " + Random.Shared.NextInt64(),
            ["Input.Place"] = "柳荫路12号院3号楼3单元", ["Input.Text"] = "三单元从一楼到三楼的灯都不亮了，晚上黑咕隆咚的。",
        });
        using var answer = await resident.PostAsync("/appeals/new", form);
        return answer.Headers.Location?.OriginalString.EndsWith("/receipt", StringComparison.Ordinal) == true ? null : $"{(int)answer.StatusCode} on filing";
    }

    private static async Task<HttpClient> SignIn(HeleProcess hele, string name)
    {
        var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false }) { BaseAddress = hele.Address };
        await TestHost.SignIn(client, name, DemoPeople.Password);
        return client;
    }

    /// <summary>The demo says so when its year is written; until then nobody signs in.</summary>
    private static async Task Written(HeleProcess hele)
    {
        for (var i = 0; i < 600 && !hele.Output.Contains("lu-weiguo", StringComparison.Ordinal); i++)
            await Task.Delay(500);
    }

    /// <summary>What the process holds of the machine's memory, in MB.</summary>
    private static double Resident(int process) =>
        long.Parse(Kilobytes().Match(File.ReadAllText($"/proc/{process}/status")).Groups[1].Value, CultureInfo.InvariantCulture) / 1024.0;

    private static string Percentiles(IEnumerable<double> times) =>
        times.Order().ToArray() is { Length: > 0 } t ? Say($"p50 {t[t.Length / 2]:F1} ms, p99 {t[(int)(t.Length * 0.99)]:F1} ms, at most {t[^1]:F0} ms") : "none";

    [GeneratedRegex(@"VmRSS:\s+(\d+)")]
    private static partial Regex Kilobytes();

    [GeneratedRegex("/appeals/[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}(?=\")")]
    private static partial Regex MatterLink();

    private static string Say(FormattableString line) => line.ToString(CultureInfo.InvariantCulture);
}
