using System.Data.Common;
using Hele.Civic.Appeals;
using Hele.Civic.People;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Accounts;
using Hele.Civic.Platform.Journal;
using Hele.Civic.Platform.Rules;
using Hele.Civic.Platform.Storage;
using Hele.TestKit;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Xunit;

namespace Hele.Tests.Platform;

/// <summary>The fence between jurisdictions: foreign keys on both databases, row security on PostgreSQL, and the rules of writing.</summary>
public class FenceTests
{
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task RawSql_RowPointingIntoAnotherJurisdiction_IsRefusedByTheDatabase(TestDatabase kind)
    {
        await using var hele = await HistoryTemplate.Copy(kind);
        var behind = new BehindTheBack(hele, foreignKeys: true);
        var answer = await hele.Read(db => db.Set<AppealAnswer>().OrderBy(a => a.Id).FirstAsync());
        var (otherPerson, otherPost, otherAppeal) = await hele.Read(async db => (
            await db.Set<Person>().OrderBy(p => p.Id).Select(p => p.Id).FirstAsync(), await db.Set<Post>().OrderBy(p => p.Id).Select(p => p.Id).FirstAsync(),
            await db.Set<Appeal>().OrderBy(a => a.Id).Select(a => a.Id).FirstAsync()), TestInstallation.Other);
        var answered = await behind.Scalar("""SELECT "AnsweredOn" FROM "AppealAnswers" LIMIT 1""");
        var logged = await behind.Scalar("""SELECT "LoggedAt" FROM "AppealAnswers" LIMIT 1""");
        const string insert = """INSERT INTO "AppealAnswers" ("JurisdictionId", "Id", "AppealId", "Round", "Text", "PostId", "AnsweredOn", "LoggedAt") VALUES (@p0, @p1, @p2, 9, 'x', @p3, @p4, @p5)""";

        // A new answer here about the neighbours' appeal, or in the neighbours' name.
        await Refused(insert, TestInstallation.Hexi, Guid.NewGuid(), otherAppeal, answer.PostId, answered, logged);
        await Refused(insert, TestInstallation.Hexi, Guid.NewGuid(), answer.AppealId, otherPost, answered, logged);
        // A new answer over there about our appeal.
        await Refused(insert, TestInstallation.Other, Guid.NewGuid(), answer.AppealId, otherPost, answered, logged);
        // A row re-hung, a row moved, a parent moved away from its children, a jurisdiction that isn't there.
        await Refused("""UPDATE "AppealAnswers" SET "AppealId" = @p1 WHERE "Id" = @p0""", answer.Id, otherAppeal);
        await Refused("""UPDATE "AppealAnswers" SET "JurisdictionId" = 2 WHERE "Id" = @p0""", answer.Id);
        await Refused("""UPDATE "Appeals" SET "JurisdictionId" = 2, "Serial" = "Serial" + 9000 WHERE "Id" = @p0""", answer.AppealId);
        await Refused("""UPDATE "Posts" SET "PersonId" = @p1 WHERE "Id" = @p0""", answer.PostId, otherPerson);
        await Refused("""UPDATE "LocalRules" SET "JurisdictionId" = 77""");
        await Refused("""DELETE FROM "Jurisdictions" WHERE "Id" = 2""");
        // The same row with both ends here is fine: it was the crossing that was refused.
        await behind.One(insert, TestInstallation.Hexi, Guid.NewGuid(), answer.AppealId, answer.PostId, answered, logged);

        async Task Refused(string sql, params object?[] values)
        {
            var failure = await Assert.ThrowsAnyAsync<DbException>(() => behind.Run(sql, values));
            if (failure is SqliteException sqlite)
                Assert.Equal(19, sqlite.SqliteErrorCode);
            else
                Assert.Equal("23503", failure.SqlState);
        }
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Read_OfOneJurisdiction_ShowsNothingOfTheOther(TestDatabase kind)
    {
        await using var hele = await HistoryTemplate.Copy(kind);
        var (here, there, both, none) = (await Count(1), await Count(2), await Count(1, 2), await Count(-1));
        Assert.True(here > there && there > 0);
        Assert.Equal(here + there, both);
        Assert.Equal(0, none);
        Task<int> Count(params int[] scope) => hele.Read(db => db.Set<Appeal>().CountAsync(), scope);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Write_ChangeOfAnotherJurisdictionsRecord_IsAnError(TestDatabase kind)
    {
        await using var hele = await HistoryTemplate.Copy(kind);
        var ma = await hele.Viewer(TestPeople.Ma);
        var foreign = await hele.Read(db => db.Set<Appeal>().OrderBy(a => a.Id).FirstAsync(), TestInstallation.Other);
        var size = await hele.Size();
        await Assert.ThrowsAsync<InvalidOperationException>(() => hele.Get<Writer>().Write(ma.Act(AppealAccess.Accept, Guid.NewGuid()), "test.cross", new { }, scope =>
        {
            scope.Db.Update(foreign);
            scope.Record(foreign, AppealEvents.Accepted);
            return Task.FromResult(Outcome.Ok("x"));
        }, TestContext.Current.CancellationToken));
        Assert.Equal(size, await hele.Size());
        (await hele.Verify()).AssertGreen();
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Operate_OwnedRecord_IsRefused(TestDatabase kind)
    {
        await using var hele = await HistoryTemplate.Copy(kind);
        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => hele.Database.Operate(db =>
        {
            db.Add(new LocalRule { RuleId = AppealRules.Accept, Amount = 1, From = new(2026, 11, 1), Citation = "无", SetAt = TestInstallation.Start });
            return Task.CompletedTask;
        }));
        Assert.Contains("holds facts", failure.Message);
        (await hele.Verify()).AssertGreen();
        // And the session that refused goes on working.
        await hele.FileAppeal(await hele.Viewer(TestPeople.Liu));
        (await hele.Verify()).AssertGreen();
    }

    [Fact]
    public async Task Sqlite_Library_IsAtLeastTheOneWithoutTheFault()
    {
        // Older ones could lose a commit in a WAL reset; AssertReady compares with this.
        Assert.Equal(new Version(3, 51, 3), SqliteDatabase.OldestLibrary);
        await using var connection = new SqliteConnection("Data Source=:memory:");
        Assert.True(Version.Parse(connection.ServerVersion) >= SqliteDatabase.OldestLibrary, connection.ServerVersion);
    }

    [Fact]
    public async Task Start_SqliteNotInWalMode_IsRefused()
    {
        await using var hele = await (await HistoryTemplate.Copy(TestDatabase.Sqlite)).Restart();
        await new BehindTheBack(hele).Run("PRAGMA journal_mode = DELETE");
        await Assert.ThrowsAsync<StartupException>(() => hele.Database.AssertReady(TestContext.Current.CancellationToken));
    }

    [Fact]
    public void DirectoryLock_TakenTwice_SecondIsRefusedUntilTheFirstEnds()
    {
        using var folder = new TempFolder();
        var options = new StorageOptions(folder.At("data"), folder.At("pins"));
        using (DirectoryLock.Take(options))
        {
            var failure = Assert.Throws<DirectoryHeldException>(() => DirectoryLock.Take(options));
            Assert.Contains(options.DataDirectory, failure.Message);
        }
        using var after = DirectoryLock.Take(options);
    }

    [Fact, Trait("Needs", "postgres")]
    public async Task Postgres_ApplicationRole_SeesAndWritesOnlyWhatTheTransactionSays()
    {
        await using var hele = await HistoryTemplate.Copy(TestDatabase.Postgres);
        await using var source = await ApplicationRole(hele);
        var fenced = await hele.Read(db => Task.FromResult(Fenced(db)));
        Assert.Contains("Appeals", fenced);
        Assert.Contains("Journal", fenced);

        await using (var nothing = await Transaction.Begin(source, "", ""))
            foreach (var table in fenced)
                Assert.Equal(0L, await nothing.Scalar($"select count(*) from \"{table}\""));

        await using (var one = await Transaction.Begin(source, "1", "1"))
        {
            var seen = 0L;
            foreach (var table in fenced)
            {
                Assert.Equal(0L, await one.Scalar($"select count(*) from \"{table}\" where \"JurisdictionId\" <> 1"));
                seen += (long)(await one.Scalar($"select count(*) from \"{table}\""))!;
            }
            Assert.True(seen > 500);
            // What can't be seen can't be changed or deleted either.
            foreach (var table in fenced.Where(t => t is not ("Journal" or "ViewRecords")))
            {
                Assert.Equal(0, await one.Run($"update \"{table}\" set \"JurisdictionId\" = \"JurisdictionId\" where \"JurisdictionId\" = 2"));
                Assert.Equal(0, await one.Run($"delete from \"{table}\" where \"JurisdictionId\" = 2"));
            }
        }

        // A row for the neighbours, and a row handed over to them: refused by the policy.
        foreach (var sql in new[]
        {
            """insert into "LocalRules" ("JurisdictionId","Id","RuleId","Amount","From","Citation","SetAt") values (2, gen_random_uuid(), 'x', 1, now(), 'x', now())""",
            """update "LocalRules" set "JurisdictionId" = 2""",
            """insert into "Journal" select 2, "LeafIndex" + 100000, "EventId", "ActId", "At", "OnDate", "Kind", "RowTable", "RowId", "ActorId", "PostId", "Reason", "Entry", "Salt", "LeafHash" from "Journal" limit 1""",
            """insert into "LogHeads" ("JurisdictionId","Size","Frontier") values (2, 0, '')""",
        })
        {
            await using var one = await Transaction.Begin(source, "1", "1");
            Assert.Equal("42501", (await Assert.ThrowsAsync<PostgresException>(() => one.Run(sql))).SqlState);
        }
        // Reading both doesn't allow to write both.
        await using (var both = await Transaction.Begin(source, "1,2", "1"))
        {
            Assert.True((long)(await both.Scalar("""select count(*) from "Appeals" where "JurisdictionId" = 2"""))! > 0);
            Assert.Equal(0, await both.Run("""update "Appeals" set "Round" = 9 where "JurisdictionId" = 2"""));
        }
    }

    [Fact, Trait("Needs", "postgres")]
    public async Task Postgres_ApplicationRole_CantChangeTheJournalOrTheFence()
    {
        await using var hele = await HistoryTemplate.Copy(TestDatabase.Postgres);
        await using var source = await ApplicationRole(hele);
        foreach (var sql in new[]
        {
            """update "Journal" set "Reason" = 'x'""", """update "Journal" set "Salt" = 'x'""", """update "Journal" set "Entry" = ''""", """delete from "Journal" where "LeafIndex" = 0""", """update "ViewRecords" set "Reason" = 'x'""", """truncate "Journal" cascade""", """truncate "Appeals" cascade""",
            """alter table "Appeals" disable row level security""", """alter table "Appeals" disable trigger all""", """drop policy hele_read on "Appeals" """, """drop table "LocalRules" """,
            """create table mine (x int)""", """set session_replication_role = replica""", """set role owner""", """alter role current_user bypassrls""",
        })
        {
            await using var one = await Transaction.Begin(source, "1", "1");
            Assert.True((await Assert.ThrowsAsync<PostgresException>(() => one.Run(sql))).SqlState == "42501", sql);
        }
    }

    [Fact, Trait("Needs", "postgres")]
    public async Task Postgres_RoleAndTables_AreAsTheFenceNeedsThem()
    {
        await using var hele = await HistoryTemplate.Copy(TestDatabase.Postgres);
        var behind = new BehindTheBack(hele);
        var role = RoleOf(hele);
        var row = (await behind.Rows("select rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolreplication, exists (select from pg_class c where c.relowner = r.oid), exists (select from pg_auth_members m where m.member = r.oid) from pg_roles r where rolname = @p0", role))[0];
        Assert.All(row, flag => Assert.Equal(false, flag));

        // Every table that holds rows of a jurisdiction; where an account has a place is read before anybody is anywhere.
        var tables = (await behind.Rows("""
            select c.relname::text, c.relrowsecurity, c.relforcerowsecurity, (select count(*) from pg_policy p where p.polrelid = c.oid)
            from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'JurisdictionId' and not a.attisdropped
            where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace order by 1
            """)).Where(t => (string)t[0] != "AccountPlaces").ToList();
        // The journal has a third, which lets an erasure empty the openings of an entry and nothing else; views have one that lets go only what was purged.
        // What is searched by the owner's function can't be forced on the owner (SearchTests says what that function finds).
        Assert.All(tables, t => Assert.Equal((t[0], true, (string)t[0] != "SearchRows", (string)t[0] is "Journal" or "ViewRecords" ? 3L : 2L), (t[0], (bool)t[1], (bool)t[2], (long)t[3])));
        Assert.Equal(await hele.Read(db => Task.FromResult(Fenced(db))), tables.Select(t => (string)t[0]).Order(StringComparer.Ordinal));

        // The password file is for the program's user alone.
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(hele.Options.KeyDirectory, "postgres-role.secret")));
    }

    [Fact, Trait("Needs", "postgres")]
    public async Task Postgres_CommandOutsideATransaction_IsAnErrorNotAnEmptyList()
    {
        await using var hele = await HistoryTemplate.Copy(TestDatabase.Postgres);
        await using var lease = await hele.Database.Read([TestInstallation.Hexi], TestContext.Current.CancellationToken);
        Assert.True(await lease.Db.Set<Appeal>().AnyAsync(TestContext.Current.CancellationToken));
        await lease.Db.Database.CurrentTransaction!.CommitAsync(TestContext.Current.CancellationToken);
        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => lease.Db.Set<Appeal>().AnyAsync(TestContext.Current.CancellationToken));
        Assert.Contains("outside a transaction", failure.Message);
    }

    /// <summary>Seen to fail: a start that met somebody reading ended with “deadlock detected”.</summary>
    [Fact]
    public async Task Migrate_WhileSomebodyReadsInAnotherOrder_TriesAgain()
    {
        var cancel = TestContext.Current.CancellationToken;
        await using var hele = await HistoryTemplate.Copy(TestDatabase.Postgres);
        await using var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(hele.Options.Postgres) { Pooling = false }.ToString());
        await using var reader = await source.OpenConnectionAsync(cancel);
        await using var watcher = await source.OpenConnectionAsync(cancel);
        await using var reading = await reader.BeginTransactionAsync(cancel);
        // The reader waits as long as it takes, so that it is the start which the server ends.
        await Run(reader, """set local deadlock_timeout = '60s'; lock table "People" in access share mode""");
        var migrating = hele.Database.Migrate(cancel);
        await using (var waits = new NpgsqlCommand("""select exists (select from pg_locks where not granted and relation = '"People"'::regclass)""", watcher))
        {
            while (!(bool)(await waits.ExecuteScalarAsync(cancel))!)
                Assert.False(migrating.IsCompleted);
        }
        await Run(reader, """lock table "Appeals" in access share mode""");
        await reading.RollbackAsync(cancel);
        await migrating;

        async Task Run(NpgsqlConnection connection, string sql)
        {
            await using var command = new NpgsqlCommand(sql, connection);
            await command.ExecuteNonQueryAsync(cancel);
        }
    }

    private static List<string> Fenced(HeleDb db) => [.. db.Model.GetEntityTypes().Where(t => t.FindProperty("JurisdictionId") is not null && t.ClrType != typeof(AccountPlace)).Select(t => t.GetTableName()!).Order(StringComparer.Ordinal)];

    /// <summary>The application role as the data directory keeps it: name, then password.</summary>
    private static string[] RoleFile(TestInstallation hele) => File.ReadAllLines(Path.Combine(hele.Options.KeyDirectory, "postgres-role.secret"));

    private static string RoleOf(TestInstallation hele) => RoleFile(hele)[0];

    private static async Task<NpgsqlDataSource> ApplicationRole(TestInstallation hele) => NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(hele.Options.Postgres)
    {
        Username = RoleOf(hele), Password = RoleFile(hele)[1], Pooling = false,
    }.ToString());

    /// <summary>A transaction of the application role with its scope, rolled back at the end.</summary>
    private sealed class Transaction(NpgsqlConnection connection, NpgsqlTransaction transaction) : IAsyncDisposable
    {
        public static async Task<Transaction> Begin(NpgsqlDataSource source, string read, string write)
        {
            var connection = await source.OpenConnectionAsync();
            var begun = new Transaction(connection, await connection.BeginTransactionAsync());
            await begun.Run("select set_config('app.read', $1, true), set_config('app.write', $2, true)", read, write);
            return begun;
        }

        public async Task<int> Run(string sql, params string[] values)
        {
            await using var command = new NpgsqlCommand(sql, connection, transaction);
            foreach (var value in values)
                command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = value });
            return await command.ExecuteNonQueryAsync();
        }

        public async Task<object?> Scalar(string sql)
        {
            await using var command = new NpgsqlCommand(sql, connection, transaction);
            return await command.ExecuteScalarAsync();
        }

        public async ValueTask DisposeAsync()
        {
            await transaction.DisposeAsync();
            await connection.DisposeAsync();
        }
    }
}
