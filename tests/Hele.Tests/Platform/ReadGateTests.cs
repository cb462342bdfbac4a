using Hele.Civic.Platform.Journal;
using Hele.Civic.Platform.Storage;
using Hele.TestKit;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Hele.Tests.Platform;

public class ReadGateTests
{
    static readonly TimeSpan Long = TimeSpan.FromMinutes(1), Short = TimeSpan.FromMilliseconds(50);

    [Fact]
    public async Task Closed_LetsNobodyBegin_ButWhoReadsAlready()
    {
        var gate = new ReadGate();
        Task<bool> closing = null!;
        await Flow(async () =>
        {
            var leave = await gate.Enter(CancellationToken.None);
            closing = gate.Close(Long);
            // The same flow asks once more, as a page does while it is made.
            var again = gate.Enter(CancellationToken.None);
            Assert.True(again.IsCompleted);
            Assert.False((await again)());
            Assert.False(closing.IsCompleted);
            Assert.True(leave());
        });
        Assert.True(await closing);

        var another = Flow(() => gate.Enter(CancellationToken.None));
        await Task.Delay(Short);
        Assert.False(another.IsCompleted);
        gate.Open();
        Assert.True((await another)());
    }

    [Fact]
    public async Task Close_WhereSomebodyReadsForLong_GivesUp()
    {
        var gate = new ReadGate();
        var leave = await gate.Enter(CancellationToken.None);
        Assert.False(await gate.Close(Short));
        gate.Open();
        Assert.True(leave());
        Assert.True(await gate.Close(Short));
    }

    [Fact]
    public async Task Waiting_CanBeGivenUp()
    {
        var gate = new ReadGate();
        await gate.Close(Short);
        using var cancel = new CancellationTokenSource(Short);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => gate.Enter(cancel.Token));
        gate.Open();
        Assert.True((await gate.Enter(CancellationToken.None))());
    }

    [Fact]
    public async Task LogOfPages_WhileSomebodyReadsAtEveryMoment_StaysSmall()
    {
        await using var hele = await TestInstallation.Create(TestDatabase.Sqlite);
        using var done = new CancellationTokenSource();
        // Each reads for a while, twice at once as requests do, and before one ends others have begun.
        var readers = Enumerable.Range(0, 8).Select(i => Flow(async () =>
        {
            await Task.Delay(i * 12);
            while (!done.IsCancellationRequested)
            {
                await hele.Read(async db =>
                {
                    await Task.Delay(50);
                    return await hele.Read(other => other.Set<JournalRow>().CountAsync()) + await db.Set<JournalRow>().CountAsync();
                });
            }
        })).ToArray();

        await Write(hele, "CREATE TABLE ballast (b BLOB)", "INSERT INTO ballast VALUES (randomblob(8000000))");
        var most = 0L;
        for (var i = 0; i < 40; i++)
        {
            await Write(hele, "UPDATE ballast SET b = randomblob(8000000)");
            most = Math.Max(most, Pages(hele));
        }
        await done.CancelAsync();
        await Task.WhenAll(readers);

        Assert.InRange(most, 8_000_000, 2 * SqliteDatabase.PagesLimit);
    }

    /// <summary>Whoever asks for it within a request reads themselves, and can't wait for their own end.</summary>
    [Fact]
    public async Task Sweep_AskedByWhoReads_IsDoneWhenTheyHaveEnded()
    {
        await using var hele = await TestInstallation.Create(TestDatabase.Sqlite);
        await Flow(async () =>
        {
            await using var lease = await hele.Database.Read([TestInstallation.Hexi], TestContext.Current.CancellationToken);
            await lease.Db.Set<JournalRow>().CountAsync();
            await Write(hele, "CREATE TABLE ballast (b BLOB)", "INSERT INTO ballast VALUES (randomblob(100000))");
            await hele.Database.Sweep(TestContext.Current.CancellationToken);
            Assert.InRange(Pages(hele), 100_000, long.MaxValue);
        });
        for (var i = 0; i < 200 && Pages(hele) > 0; i++)
            await Task.Delay(50);
        Assert.Equal(0, Pages(hele));
    }

    static long Pages(TestInstallation hele) => new FileInfo(hele.Get<StorageOptions>().SqliteFile + "-wal").Length;

    static async Task Write(TestInstallation hele, params string[] statements)
    {
        await using var lease = await hele.Database.LeaseWriteSession();
        await lease.Session.Begin();
        foreach (var sql in statements)
            await lease.Session.Db.Database.ExecuteSqlRawAsync(sql);
        await lease.Session.Commit(DateTimeOffset.UtcNow);
    }

    /// <summary>As one request's.</summary>
    static Task<T> Flow<T>(Func<Task<T>> work) => Task.Run(() =>
    {
        ReadGate.BeginFlow();
        return work();
    });

    static Task Flow(Func<Task> work) => Flow(async () =>
    {
        await work();
        return true;
    });
}
