using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.RegularExpressions;
using Hele.Civic.Appeals;
using Hele.Civic.Jurisdictions;
using Hele.Civic.People;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Files;
using Hele.Civic.Platform.Journal;
using Hele.Civic.Platform.Sealing;
using Hele.Civic.Platform.Storage;
using Hele.TestKit;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Hele.Tests.Durability;

/// <summary>
/// Kills the program, and on PostgreSQL the server too, at random moments while many callers write, and starts it again on the same data: nothing
/// that was answered is lost, nothing is doubled, no act is half there, none that crosses on one side only, the start is not read-only, and verify finds nothing.
/// </summary>
/// <remarks>A kill of a process, not of the machine: it shows that what was answered had been handed to the system in one piece. That COMMIT
/// also reaches the disk is asserted by the settings (synchronous=FULL, fsync on). Seen to fail: with the callers answered just before COMMIT, an answered act was gone after the first or second
/// kill on each database; with the first side of a crossing act committed before the second, a side stood alone.</remarks>
public class CrashTests(ITestOutputHelper output)
{
    private static readonly int Rounds = TestRun.Size(15, 60);

    [Fact]
    public async Task Kill_OfTheProgramOnSqlite_LosesAndDoublesNothing()
    {
        using var folder = new TempFolder();
        await Play(new StorageOptions(folder.At("data"), folder.At("pins")), TestDatabase.Sqlite, null);
    }

    [Fact]
    [Trait("Needs", "postgres")]
    public async Task Kill_OfTheProgramOrThePostmaster_LosesAndDoublesNothing()
    {
        using var folder = new TempFolder();
        using var cluster = PostgresCluster.Create(durable: true);
        await Play(new StorageOptions(folder.At("data"), folder.At("pins"), cluster.CreateDatabase("crash")), TestDatabase.Postgres, cluster);
    }

    private async Task Play(StorageOptions options, TestDatabase kind, PostgresCluster? cluster)
    {
        var seed = Environment.GetEnvironmentVariable("HELE_TEST_SEED") is { Length: > 0 } given ? int.Parse(given) : Environment.TickCount;
        output.WriteLine($"HELE_TEST_SEED={seed}");
        var random = new Random(seed);
        await RealPlace.SetUp(options, kind);

        var promised = new Dictionary<(long Number, string Step), (Guid Operation, string Code)>();
        var begun = new HashSet<long>();
        long next = 1;
        var doubtful = new List<long>();
        for (var round = 1; round <= Rounds; round++)
        {
            // Again some of what had been answered, and all that was in doubt: under way when it died, or told “not saved” at that moment.
            var retries = promised.Keys.Select(k => k.Number).Distinct().OrderBy(_ => random.Next()).Take(6).Concat(doubtful).Distinct().ToList();
            var killsServer = cluster is not null && round % 2 == 0;
            var early = random.Next(6) == 0;
            var delay = TimeSpan.FromMilliseconds(random.Next(0, early ? 300 : 60));
            List<string> said;
            var clock = Stopwatch.StartNew();
            TimeSpan started, killed;
            await using (var target = await CrashTarget.Start(options, callers: random.Next(4, 24), next, retries))
            {
                // Mostly in the middle of the work, now and then in the first moments, when hardly anything has been answered.
                started = clock.Elapsed;
                if (!early)
                    await target.WaitForMore("ack", random.Next(1, 120), TimeSpan.FromSeconds(60));
                await Task.Delay(delay);
                if (killsServer)
                {
                    cluster!.KillPostmaster();
                    cluster.Start();
                    // The program was not told: it must find its feet by itself.
                    await target.WaitForMore("ack", 5, TimeSpan.FromSeconds(30));
                }
                said = target.Kill();
                killed = clock.Elapsed;
            }

            CrashTarget.Read(said, promised, begun);
            next = begun.DefaultIfEmpty(0).Max() + 1;
            var refused = said.Where(l => l.StartsWith("no ", StringComparison.Ordinal)).Select(l => long.Parse(l.Split(' ')[1])).ToList();
            var silent = said.Where(l => l.StartsWith("begin ", StringComparison.Ordinal)).Select(l => long.Parse(l.Split(' ')[1])).Where(n => !promised.ContainsKey((n, "file"))).Except(refused);
            doubtful = [.. silent.Concat(refused.Take(20)).Distinct()];
            Assert.True(early || said.Exists(l => l.StartsWith("ack ", StringComparison.Ordinal)));

            var (leaves, appeals, crossings) = await CrashTarget.Inspect(options, kind, promised, begun);
            output.WriteLine($"round {round}: {(killsServer ? "server and program" : "program")} killed{(early ? " early" : "")}, {said.Count(l => l.StartsWith("ack ", StringComparison.Ordinal))} answers, "
                + $"{said.Count(l => l.EndsWith(" again", StringComparison.Ordinal))} of them repeated, {said.Count(l => l.StartsWith("no ", StringComparison.Ordinal))} not saved; {appeals} appeals, {crossings} crossings, {leaves} leaves; "
                + $"start {started.TotalSeconds:0.0} s, work {(killed - started).TotalSeconds:0.0} s, look {(clock.Elapsed - killed).TotalSeconds:0.0} s");
        }
    }
}
