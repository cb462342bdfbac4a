using Hele.Civic.Appeals;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Journal;
using Hele.Civic.Platform.Storage;
using Hele.TestKit;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Xunit;

namespace Hele.Tests.Platform;

/// <summary>What the pin beside the database catches: the end cut off, yesterday's file, history changed. And what is no alarm.</summary>
public class PinsTests
{
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Pins_LastActTakenOutEverywhere_IsNamedAndStopsWriting(TestDatabase kind)
    {
        var hele = await HistoryTemplate.Copy(kind);
        var behind = new BehindTheBack(hele);
        var head = (await behind.Rows("""SELECT "Size", "Frontier" FROM "LogHeads" WHERE "JurisdictionId" = 1"""))[0];
        var size = (long)head[0];
        await hele.FileAppeal(await hele.Viewer(TestPeople.Liu), "别人不想看到的事");
        var appeal = await hele.Appeal("别人不想看到的事");
        await using var again = await hele.Restart();

        // Facts, journal, ties, head and groups: nothing inside the database shows that there ever was an act.
        await behind.One("""DELETE FROM "Appeals" WHERE "Id" = @p0""", appeal.Id);
        await behind.One("""DELETE FROM "ColumnTies" WHERE "RowId" = @p0""", appeal.Id);
        await behind.One("""DELETE FROM "Journal" WHERE "JurisdictionId" = 1 AND "LeafIndex" >= @p0""", size);
        await behind.One("""DELETE FROM "LogGroups" WHERE "JurisdictionId" = 1 AND "Size" > @p0""", size);
        await behind.One("""DELETE FROM "AcceptedOperations" WHERE "Result" = @p0""", appeal.PublicCode);
        await behind.One("""UPDATE "LogHeads" SET "Size" = @p0, "Frontier" = @p1 WHERE "JurisdictionId" = 1""", size, head[1]);

        await CutOff(again, size, size + 1);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Pins_YesterdaysDatabasePutBack_IsNamedAndStopsWriting(TestDatabase kind)
    {
        var hele = await HistoryTemplate.Copy(kind);
        var size = await hele.Size();
        // Yesterday, with the program stopped.
        await hele.Stop();
        var kept = Keep(hele);

        // Today.
        var today = await HistoryTemplate.Start(hele.Options, kind, TestInstallation.Start);
        var liu = await today.Viewer(TestPeople.Liu);
        for (var i = 0; i < 3; i++)
            await today.FileAppeal(liu);
        await today.Stop();
        PutBack(hele, kept);

        var tomorrow = await HistoryTemplate.Start(hele.Options, kind, TestInstallation.Start);
        await using var _ = tomorrow;
        await CutOff(tomorrow, size, size + 3);
    }

    private static async Task CutOff(TestInstallation hele, long size, long pinned)
    {
        var found = (await hele.Verify()).Only(FindingKind.CutOff);
        Assert.Equal((TestInstallation.HexiCode, size), (found.Jurisdiction, found.Leaf));
        Assert.Contains($"{size}", found.Sentence.Zh);
        Assert.Contains($"{pinned}", found.Sentence.En);
        await hele.Log.CheckPins(TestContext.Current.CancellationToken);
        Assert.Equal(found.Sentence, hele.Log.ReadOnlyReason);
        await Refused(hele);
        // And looking at it, or being refused, moved no pin.
        Assert.Equal(FindingKind.CutOff, (await hele.Verify()).Only(FindingKind.CutOff).Kind);
    }

    private static async Task Refused(TestInstallation hele)
    {
        var liu = await hele.Viewer(TestPeople.Liu);
        var size = await hele.Size();
        var outcome = await hele.Get<FileAppeal>().Run(liu.Act(AppealAccess.File, Guid.NewGuid()), new("facilities", "标题", "内容", "地点"), TestContext.Current.CancellationToken);
        Assert.False(outcome.Accepted);
        var problem = Assert.Single(outcome.Problems);
        Assert.Equal("storage.read-only", problem.Code);
        Assert.Contains(hele.Log.ReadOnlyReason!.Value.Zh, problem.Sentence.Zh);
        Assert.Equal(size, await hele.Size());
    }

    private static object Keep(TestInstallation hele)
    {
        if (hele.Kind == TestDatabase.Postgres)
        {
            var name = new NpgsqlConnectionStringBuilder(hele.Options.Postgres).Database!;
            PostgresCluster.Shared.CreateDatabase(name + "_kept", name);
            return name;
        }
        return File.ReadAllBytes(hele.Options.SqliteFile);
    }

    private static void PutBack(TestInstallation hele, object kept)
    {
        if (kept is string name)
        {
            PostgresCluster.Shared.DropDatabase(name);
            NpgsqlConnection.ClearPool(new NpgsqlConnection(PostgresCluster.Shared.Connection(name)));
            PostgresCluster.Shared.CreateDatabase(name, name + "_kept");
            return;
        }
        foreach (var beside in new[] { "-wal", "-shm" })
            File.Delete(hele.Options.SqliteFile + beside);
        File.WriteAllBytes(hele.Options.SqliteFile, (byte[])kept);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Pins_PinMissingBesideALog_IsNamedAndStopsWriting(TestDatabase kind)
    {
        var hele = await HistoryTemplate.Copy(kind);
        File.Delete(hele.Log.PinFile(TestInstallation.HexiCode));
        await using var again = await hele.Restart();
        await again.Log.CheckPins(TestContext.Current.CancellationToken);

        var found = (await again.Verify()).Only(FindingKind.PinMissing);

        Assert.Equal(TestInstallation.HexiCode, found.Jurisdiction);
        Assert.Equal(found.Sentence, again.Log.ReadOnlyReason);
        await Refused(again);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Pins_PinSignedBySomebodyElseOrOfAnotherLog_IsNamedAndStopsWriting(TestDatabase kind)
    {
        await using var hele = await HistoryTemplate.Copy(kind);
        var file = hele.Log.PinFile(TestInstallation.HexiCode);
        var good = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
        foreach (var bad in new[] { good.Replace("\n\n", "\nmore\n\n"), await File.ReadAllTextAsync(hele.Log.PinFile(TestInstallation.OtherCode), TestContext.Current.CancellationToken), "" })
        {
            await File.WriteAllTextAsync(file, bad, TestContext.Current.CancellationToken);
            Assert.Equal(TestInstallation.HexiCode, (await hele.Verify()).Only(FindingKind.PinMismatch).Jurisdiction);
            await hele.Log.CheckPins(TestContext.Current.CancellationToken);
            await Refused(hele);
        }
        await File.WriteAllTextAsync(file, good, TestContext.Current.CancellationToken);
        await hele.Log.CheckPins(TestContext.Current.CancellationToken);
        Assert.Null(hele.Log.ReadOnlyReason);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Pins_CrashBeforeTheLastPin_IsNoAlarm(TestDatabase kind)
    {
        var hele = await HistoryTemplate.Copy(kind);
        var file = hele.Log.PinFile(TestInstallation.HexiCode);
        var before = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
        var liu = await hele.Viewer(TestPeople.Liu);
        for (var i = 0; i < 5; i++)
            await hele.FileAppeal(liu);
        await using var again = await hele.Restart();
        Assert.NotEqual(before, await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));
        await File.WriteAllTextAsync(file, before, TestContext.Current.CancellationToken);

        (await again.Verify()).AssertGreen();
        await again.Log.CheckPins(TestContext.Current.CancellationToken);
        Assert.Null(again.Log.ReadOnlyReason);
        await again.FileAppeal(liu);
        await again.Log.PinNow();
        var pinned = (await again.Verify()).Jurisdictions[0];
        Assert.Equal(pinned.Entries, pinned.PinnedSize);
    }

    /// <summary>The database from before a community was opened has no log that could be too short; its pin remains.</summary>
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Pins_PinOfAJurisdictionThatIsGone_IsNamedAndStopsWriting(TestDatabase kind)
    {
        await using var hele = await HistoryTemplate.Copy(kind);
        File.Copy(hele.Log.PinFile(TestInstallation.HexiCode), hele.Log.PinFile("999101001009"));

        var found = (await hele.Verify()).Only(FindingKind.JurisdictionUnknown);

        Assert.Contains("999101001009", found.Sentence.En);
        await hele.Log.CheckPins(TestContext.Current.CancellationToken);
        Assert.Equal(found.Sentence, hele.Log.ReadOnlyReason);
        await Refused(hele);
    }

    /// <summary>A pin must not be carried along onto a log that was changed while the program ran: it would wipe out the only trace.</summary>
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Pins_LogChangedWhileTheProgramRuns_StayAndWritingStops(TestDatabase kind)
    {
        await using var hele = await HistoryTemplate.Copy(kind);
        var file = hele.Log.PinFile(TestInstallation.HexiCode);
        var before = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
        await new BehindTheBack(hele).One("""UPDATE "Journal" SET "LeafHash" = @p0 WHERE "JurisdictionId" = 1 AND "LeafIndex" = @p1""", new byte[32], await hele.Size() - 1);

        await hele.FileAppeal(await hele.Viewer(TestPeople.Liu));
        await hele.Log.PinNow();

        Assert.Equal(before, await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));
        Assert.NotNull(hele.Log.ReadOnlyReason);
        await Refused(hele);
    }
}
