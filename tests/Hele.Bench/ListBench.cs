using System.Diagnostics;
using System.Globalization;
using Hele.Civic.Appeals;
using Hele.Civic.Kernel;
using Hele.Civic.People;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Search;
using Hele.Civic.Platform.Storage;
using Hele.TestKit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Hele.Bench;

/// <summary>
/// The staff list over 200,000 appeals of one community: pages, filters and searches, at the server (the query in a request's own reading) and as the
/// whole page over the loopback, beside a bare server's hello in the same run. The rows are written in bulk and not in the log; the index is made from them.
/// </summary>
public static class ListBench
{
    private const int Appeals = 200_000, Rounds = 60;
    private const double Goal = 50;

    private static readonly string[] Things = ["楼道灯", "下水道", "单元门禁", "暖气", "井盖", "充电桩", "垃圾桶", "电梯", "树枝", "消防栓", "健身器材", "路面", "雨棚", "水表", "围墙", "车棚"];
    private static readonly string[] Wrongs = ["不亮了", "堵了", "坏了", "漏水", "松动", "没人管", "声音大", "被占了", "倒了", "生锈", "掉漆", "不热"];
    private static readonly string[] More = ["老人上下楼不方便，请尽快看看。", "已经三天了，物业说再等等。", "晚上看不清，怕摔着人。", "找过两回，还是老样子。", "孩子放学从这里走，太危险。", "希望给个说法。", "夏天味道很大。", "下雨就积水，门口全是泥。"];

    public static async Task Run(TextWriter output)
    {
        foreach (var kind in new[] { TestDatabase.Sqlite, TestDatabase.Postgres })
            await Run(output, kind);
    }

    private static async Task Run(TextWriter output, TestDatabase kind)
    {
        await using var host = await TestHost.Start(kind, listens: true);
        var hele = host.Hele;
        var started = Stopwatch.StartNew();
        await Fill(hele);
        var filled = started.Elapsed;
        started.Restart();
        await hele.Get<SearchIndex>().Rebuild(TestInstallation.Hexi);
        output.WriteLine(Say($"{kind}: {Appeals:N0} appeals written in bulk in {filled.TotalSeconds:F0} s, indexed in {started.Elapsed.TotalSeconds:F0} s"));
        await (kind == TestDatabase.Postgres ? hele.Database.Sweep() : hele.Database.Analyze());

        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        await using var bare = builder.Build();
        bare.MapGet("/hello", () => "hello");
        await bare.StartAsync();
        using var plain = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = new Uri(bare.Urls.Single()) };

        var ma = await hele.Viewer(TestPeople.Ma);
        var browser = await host.SignIn(TestPeople.Ma);
        var today = hele.Clock.Today();
        var middle = await hele.Read(db => db.Set<Appeal>().OrderBy(a => a.Id).Skip(Appeals / 2).Select(a => a.Id).FirstAsync());
        var hello = await Time(async () => await (await plain.GetAsync("/hello")).Content.ReadAsByteArrayAsync());
        output.WriteLine(Say($"hello of a bare server: p50 {hello.P50:F2} ms"));
        output.WriteLine(Say($"{"question",-44} {"hits",5} {"p50 ms",8} {"p99 ms",8}   {"page p50",8} {"p99",8} {"of hello",9}"));
        foreach (var (name, filter, after) in new (string, AppealFilter, Guid?)[]
        {
            ("the newest", new(), null),
            ("a page in the middle", new(), middle),
            ("by state, common", new(AppealState.Satisfied), null),
            ("by state, rare", new(AppealState.Contested), null),
            ("by kind", new(Kind: "noise"), null),
            ("late", new(LateOnly: true), null),
            ("by channel", new(Channel: Channel.Phone), null),
            ("two characters in one of 16: 井盖", new(Search: "井盖"), null),
            ("two characters in one of 12: 漏水", new(Search: "漏水"), null),
            ("two characters in all: 号楼", new(Search: "号楼"), null),
            ("two characters in three of 200,000: 凤凰", new(Search: "凤凰"), null),
            ("two characters in none: 龙虾", new(Search: "龙虾"), null),
            ("one character: 漏", new(Search: "漏"), null),
            ("a sentence", new(Search: "下雨就积水"), null),
            ("two words", new(Search: "电梯 危险"), null),
            ("common word, rare state", new(AppealState.Contested, Search: "号楼"), null),
            ("common word, late", new(Search: "号楼", LateOnly: true), null),
            ("common word, from the middle", new(Search: "井盖"), middle),
            ("a number", new(Search: "2026-100123"), null),
        })
        {
            var hits = 0;
            var query = await Time(async () => hits = (await hele.Query<AppealQueries, Page<AppealLine>>(q => q.List(ma, filter, today, after))).Rows.Count);
            var address = "/appeals" + QueryOf(host, filter, after);
            var page = await Time(async () =>
            {
                using var answer = await browser.GetAsync(address);
                if (!answer.IsSuccessStatusCode)
                    throw new InvalidOperationException($"{(int)answer.StatusCode} {address}");
                await answer.Content.ReadAsByteArrayAsync();
            });
            output.WriteLine(Say($"{name,-44} {hits,5} {query.P50,8:F2} {query.P99,8:F2} {(query.P99 > Goal ? "!" : " "),1} {page.P50,8:F2} {page.P99,8:F2} {page.P50 / hello.P50,9:F0}"));
        }
        await bare.StopAsync();
    }

    private static string QueryOf(TestHost host, AppealFilter filter, Guid? after) => string.Concat(
        filter.Search is { } words ? host.Search(words) : "?x=",
        filter.State is { } state ? $"&State={state}" : "", filter.Kind is { } kind ? $"&Kind={kind}" : "", filter.Channel is { } channel ? $"&Channel={channel}" : "",
        filter.LateOnly ? "&Late=true" : "", after is { } key ? $"&after={key:N}" : "");

    internal static async Task Fill(TestInstallation hele)
    {
        var random = new Random(20261127);
        var people = await hele.Read(db => db.Set<Person>().Select(p => p.Id).ToListAsync());
        var posts = await hele.Read(db => db.Set<Post>().Where(p => p.Role == Role.GridWorker || p.Role == Role.Clerk).Select(p => p.Id).ToListAsync());
        var kinds = AppealKinds.Offered.Select(k => k.Code).ToArray();
        var today = hele.Clock.Today();
        for (var from = 0; from < Appeals; from += 2000)
        {
            await using var lease = await hele.Database.LeaseWriteSession();
            var session = lease.Session;
            await session.Begin();
            await session.Enter(TestInstallation.Hexi);
            for (var i = from; i < from + 2000; i++)
            {
                var filedOn = today.AddDays(-(Appeals - i) * 365 * 3 / Appeals);
                var state = random.Next(1000) switch { < 700 => AppealState.Satisfied, < 850 => AppealState.Answered, < 900 => AppealState.Withdrawn, < 950 => AppealState.Accepted, < 999 => AppealState.Filed, _ => AppealState.Contested };
                var open = state is AppealState.Accepted or AppealState.Filed or AppealState.Contested;
                var rare = i % (Appeals / 3) == 1000;
                var appeal = new Appeal
                {
                    PublicCode = PublicCode.New().Text, Year = filedOn.Year, Serial = i, Kind = kinds[random.Next(kinds.Length)],
                    Title = Things[random.Next(Things.Length)] + Wrongs[random.Next(Wrongs.Length)] + (rare ? "，凤凰苑" : ""),
                    Text = string.Concat(Enumerable.Range(0, 3).Select(_ => More[random.Next(More.Length)])), Place = $"柳荫路{random.Next(1, 40)}号院{random.Next(1, 20)}号楼{random.Next(1, 6)}单元",
                    Channel = (Channel)random.Next(5), AppellantId = people[random.Next(people.Count)], FiledOn = filedOn, FiledAt = China.At(filedOn, new TimeOnly(9, 0)),
                };
                var entry = session.Db.Add(appeal);
                entry.CurrentValues.SetValues(new
                {
                    JurisdictionId = TestInstallation.Hexi, State = state, HandlerPostId = state == AppealState.Filed ? null : (Guid?)posts[random.Next(posts.Count)],
                    DueOn = open ? today.AddDays(random.Next(-2, 200) < 0 ? -3 : random.Next(1, 10)) : (DateOnly?)null, Round = open ? 0 : 1,
                });
            }
            await session.Db.SaveChangesAsync();
            session.Db.ChangeTracker.Clear();
            await session.Commit(default);
        }
    }

    private static async Task<(double P50, double P99)> Time(Func<Task> question)
    {
        var times = await Timing.Of(question, before: 5, Rounds);
        return (times[Rounds / 2], times[(int)(Rounds * 0.99)]);
    }

    private static string Say(FormattableString line) => line.ToString(CultureInfo.InvariantCulture);
}
