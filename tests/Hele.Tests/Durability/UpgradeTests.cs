using System.Reflection;
using Hele.Civic.Platform.Storage;
using Hele.TestKit;
using Hele.Tests.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Internal;
using Xunit;

namespace Hele.Tests.Durability;

/// <summary>
/// An upgrade that fails: the next program brings a migration that goes through and one that breaks off in its middle. Afterwards the old program
/// starts on the same data as if nothing had been tried.
/// </summary>
public class UpgradeTests
{
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Upgrade_ThatFailsHalfWay_IsTakenBackAndTheOldProgramStarts(TestDatabase kind)
    {
        var old = await HistoryTemplate.Copy(kind);
        var size = await old.Size();
        await old.Stop();

        await using (var next = TestInstallation.Open(old.Options, kind))
        {
            next.Database.Further = b => b.ReplaceService<IMigrationsAssembly, NextProgram>();
            Assert.Equal(2, (await next.Database.PendingMigrations()).Count);
            var refused = await Assert.ThrowsAsync<StartupException>(() => next.Get<DatabaseUpgrade>().Run());
            Assert.Contains("The database is as it was before", refused.Sentence.En);
            var saved = Assert.Single(Directory.GetFiles(next.Get<DatabaseUpgrade>().Folder));
            Assert.Contains(saved, refused.Sentence.Zh);
            await using var backup = await BackupReader.Open(saved);
            await BackupMaker.Check(backup);
        }

        await using var again = TestInstallation.Open(old.Options, kind, ownsFolder: true);
        await again.Database.AssertReady();
        await again.Log.CheckPins();
        Assert.Null(again.Log.ReadOnlyReason);
        Assert.Equal(size, await again.Size());
        (await again.Verify()).AssertGreen();
        await again.FileAppeal(await again.Viewer(TestPeople.Liu));
        (await again.Verify()).AssertGreen();
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Upgrade_ThatGoesThrough_LeavesABackupFromBefore_AndNoMoreThanTwo(TestDatabase kind)
    {
        var old = await HistoryTemplate.Copy(kind);
        await old.Stop();
        await using var next = TestInstallation.Open(old.Options, kind, ownsFolder: true);
        var upgrade = next.Get<DatabaseUpgrade>();
        Directory.CreateDirectory(upgrade.Folder);
        foreach (var name in new[] { "20260101-000000-000.zip", "20260201-000000-000.zip" })
            await File.WriteAllTextAsync(Path.Combine(upgrade.Folder, name), "older");
        next.Database.Further = b => b.ReplaceService<IMigrationsAssembly, FirstStepOnly>();
        var saved = await upgrade.Run();
        Assert.Equal([Path.Combine(upgrade.Folder, "20260201-000000-000.zip"), saved], Directory.GetFiles(upgrade.Folder).Order());
        Assert.Empty(await next.Database.PendingMigrations());
        // What is up to date needs no backup.
        Assert.Null(await upgrade.Run());
    }

#pragma warning disable EF1001 // The only way to show the program a migration that isn't in its own assembly.
    private class FirstStepOnly(ICurrentDbContext context, IDbContextOptions options, IMigrationsIdGenerator ids, IDiagnosticsLogger<DbLoggerCategory.Migrations> logger)
        : MigrationsAssembly(context, options, ids, logger)
    {
        protected virtual IEnumerable<Type> Further => [typeof(GoesThrough)];

        public override IReadOnlyDictionary<string, TypeInfo> Migrations =>
            base.Migrations.Concat(Further.Select(t => KeyValuePair.Create(t.GetCustomAttribute<MigrationAttribute>()!.Id, t.GetTypeInfo()))).OrderBy(m => m.Key, StringComparer.Ordinal).ToDictionary();
    }

    private sealed class NextProgram(ICurrentDbContext context, IDbContextOptions options, IMigrationsIdGenerator ids, IDiagnosticsLogger<DbLoggerCategory.Migrations> logger)
        : FirstStepOnly(context, options, ids, logger)
    {
        protected override IEnumerable<Type> Further => [typeof(GoesThrough), typeof(BreaksOff)];
    }
#pragma warning restore EF1001

    [Migration("99990101000000_GoesThrough")]
    private sealed class GoesThrough : Migration
    {
        protected override void Up(MigrationBuilder migration) => migration.Sql("""CREATE TABLE "NextProgramsTable" ("Id" integer PRIMARY KEY);""");
    }

    [Migration("99990102000000_BreaksOff")]
    private sealed class BreaksOff : Migration
    {
        protected override void Up(MigrationBuilder migration)
        {
            migration.Sql("""DELETE FROM "ColumnTies";""");
            // As a table that is rebuilt on SQLite: outside of any transaction, so that no rollback brings it back.
            migration.Sql("""UPDATE "LogHeads" SET "Size" = 7;""", suppressTransaction: migration.IsSqlite());
            migration.Sql("""ALTER TABLE "ThereIsNoSuchTable" ADD COLUMN "X" integer;""");
        }
    }
}
