using System.Diagnostics;
using Hele.Civic.Appeals;
using Hele.Civic.Jurisdictions;
using Hele.Civic.People;
using Hele.Civic.Platform;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Files;
using Hele.Civic.Platform.Accounts;
using Hele.Civic.Platform.Storage;
using Hele.TestKit;
using Microsoft.EntityFrameworkCore;

namespace Hele.Bench;

/// <summary>
/// Eight communities write at once on one PostgreSQL (fsync on): group commit against one transaction per act, in rounds that take turns, and beside
/// them a round in which two of the communities also refer up.
/// </summary>
public static class JurisdictionsBench
{
    private const int Communities = 8, FirstId = 11;
    private static readonly TimeSpan Length = TimeSpan.FromSeconds(5);

    public static async Task Run(TextWriter output)
    {
        using var cluster = PostgresCluster.Create(durable: true);
        await using var hele = await TestInstallation.Create(TestDatabase.Postgres, cluster);
        var people = new List<(Viewer Resident, Viewer Clerk)>();
        for (var i = 0; i < Communities; i++)
            people.Add(await Open(hele, FirstId + i));
        await using var single = new Writer(hele.Database, hele.Clock, hele.Log, hele.Get<ModuleList>(), groupLimit: 1);
        await Load(hele, hele.Get<Writer>(), people, 8, TimeSpan.FromSeconds(3)); // warm up

        output.WriteLine($"PostgreSQL (fsync on), {Communities} jurisdictions, one node, appeals filed per second in all; three rounds interleaved, medians");
        output.WriteLine($"{"callers each",13} {"group commit",13} {"one tx/act",11} {"gain",6} {"p99 ms",8} {"p99 single",11}");
        foreach (var callers in new[] { 1, 4, 8, 16 })
        {
            var rounds = new List<(Rate Group, Rate Single)>();
            for (var round = 0; round < 3; round++)
                rounds.Add((await Load(hele, hele.Get<Writer>(), people, callers, Length), await Load(hele, single, people, callers, Length)));
            var (g, s) = (Median(rounds.Select(r => r.Group)), Median(rounds.Select(r => r.Single)));
            output.WriteLine($"{callers,13} {g.PerSecond,13:F0} {s.PerSecond,11:F0} {g.PerSecond / s.PerSecond,6:F2} {g.P99,8:F1} {s.P99,11:F1}");
        }

        var crossings = await Crossings(hele, people);
        output.WriteLine($"with 8 callers each, while 2 of the communities refer up one after the other: {crossings.Filed:F0} appeals and {crossings.Crossed:F1} crossings per second, p99 of a crossing {crossings.P99:F0} ms");
    }

    private sealed record Rate(double PerSecond, double P99);

    private static Rate Median(IEnumerable<Rate> rates) => rates.OrderBy(r => r.PerSecond).ToList() is var sorted ? sorted[sorted.Count / 2] : null!;

    private static async Task<(Viewer, Viewer)> Open(TestInstallation hele, int id)
    {
        Need((await hele.Get<OpenJurisdiction>().Run(new(id, TestInstallation.Street, JurisdictionLevel.Community, $"9991010010{id}", $"第{id}社区", $"Community {id}", TestInstallation.OriginPrefix, Simulated: true))).Accepted);
        foreach (var (name, role) in new[] { ("resident", (Role?)null), ("clerk", Role.Clerk) })
        {
            Need((await hele.Get<RegisterPerson>().Run(new Act { OperationId = Guid.NewGuid(), AccountId = SystemAccount.Id, JurisdictionId = id },
                new("某某", null, $"{name}-{id}", TestPeople.PasswordHash, false, role, role is null ? null : "社区工作者", null))).Accepted);
        }
        return (await Viewer($"resident-{id}"), await Viewer($"clerk-{id}"));

        async Task<Viewer> Viewer(string name)
        {
            Account account;
            await using (var lease = await hele.Database.Read([]))
                account = await lease.Db.Accounts.SingleAsync(a => a.SignInName == name);
            return (await hele.Get<Viewers>().Load(account.Id, account.Stamp))!;
        }
    }

    private static int _filed;

    private static async Task<string> File(FileAppeal operation, Viewer resident)
    {
        // The same text twice would be asked about.
        var n = Interlocked.Increment(ref _filed);
        var outcome = await operation.Run(resident.Act(AppealAccess.File, Guid.CreateVersion7()),
            new("facilities", "三单元楼道灯不亮", "三单元从一楼到三楼的灯都不亮了，晚上黑咕隆咚的，我这么大岁数扶着墙上楼。给换个灯泡吧。", $"柳荫路12号院3号楼{n}室"));
        Need(outcome.Accepted);
        return outcome.Code!;
    }

    private static async Task<Rate> Load(TestInstallation hele, Writer writer, List<(Viewer Resident, Viewer Clerk)> people, int callers, TimeSpan length)
    {
        GC.Collect();
        var operation = new FileAppeal(writer, hele.Get<JurisdictionDirectory>(), hele.Get<StoredFiles>());
        var clock = Stopwatch.StartNew();
        var times = await Task.WhenAll(people.SelectMany(p => Enumerable.Repeat(p.Resident, callers)).Select(resident => Task.Run(async () =>
        {
            var mine = new List<double>(4096);
            while (clock.Elapsed < length)
            {
                var started = clock.Elapsed;
                await File(operation, resident);
                mine.Add((clock.Elapsed - started).TotalMilliseconds);
            }
            return mine;
        })));
        var seconds = clock.Elapsed.TotalSeconds;
        var all = times.SelectMany(t => t).Order().ToArray();
        return new Rate(all.Length / seconds, all[(int)(all.Length * 0.99)]);
    }

    private static async Task<(double Filed, double Crossed, double P99)> Crossings(TestInstallation hele, List<(Viewer Resident, Viewer Clerk)> people)
    {
        var clock = Stopwatch.StartNew();
        var crossing = people.Take(2).Select(p => Task.Run(async () =>
        {
            var mine = new List<double>();
            while (clock.Elapsed < Length)
            {
                var code = await File(hele.Get<FileAppeal>(), p.Resident);
                Need((await hele.Accept(p.Clerk, code)).Accepted);
                var started = clock.Elapsed;
                Need((await hele.ReferUp(p.Clerk, code)).Accepted);
                mine.Add((clock.Elapsed - started).TotalMilliseconds);
            }
            return mine;
        })).ToList();
        var filed = await Load(hele, hele.Get<Writer>(), people, 8, Length);
        var times = (await Task.WhenAll(crossing)).SelectMany(t => t).Order().ToArray();
        return (filed.PerSecond, times.Length / clock.Elapsed.TotalSeconds, times[(int)(times.Length * 0.99)]);
    }

    private static void Need(bool accepted)
    {
        if (!accepted)
            throw new InvalidOperationException("An act was refused.");
    }
}
