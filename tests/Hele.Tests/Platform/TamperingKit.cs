using System.Data.Common;
using Hele.Civic.Appeals;
using Hele.Civic.Kernel;
using Hele.Civic.People;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Journal;
using Hele.Civic.Platform.Rules;
using Hele.Civic.Platform.Storage;
using Hele.TestKit;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Xunit;

namespace Hele.Tests.Platform;

/// <summary>
/// An installation with some history (both communities, several people, more than 256 entries, so that the tree has a kept node), made once per
/// database and copied for each test.
/// </summary>
public static class HistoryTemplate
{
    private static readonly Lazy<Task<StorageOptions>> Sqlite = new(() => Make(TestDatabase.Sqlite)), Postgres = new(() => Make(TestDatabase.Postgres));

    /// <summary>Appeals nobody has touched since they were filed, in Hexi.</summary>
    public const string Lonely = "门口路灯坏了", LonelyToo = "井盖松动";

    /// <summary>A copy of its own, started as the program starts.</summary>
    public static async Task<TestInstallation> Copy(TestDatabase kind)
    {
        var from = await (kind == TestDatabase.Sqlite ? Sqlite : Postgres).Value;
        var folder = Directory.CreateTempSubdirectory("hele-copy-").FullName;
        CopyFolder(Path.GetDirectoryName(from.DataDirectory)!, folder);
        string? postgres = null;
        if (kind == TestDatabase.Postgres)
        {
            // Two tests must not copy at once: the template must have no session.
            lock (Postgres)
                postgres = PostgresCluster.Shared.CreateDatabase($"t{Guid.NewGuid():N}", new NpgsqlConnectionStringBuilder(from.Postgres).Database);
        }
        return await Start(new StorageOptions(Path.Combine(folder, "data"), Path.Combine(folder, "pins"), postgres), kind, TestInstallation.Start);
    }

    public static async Task<TestInstallation> Start(StorageOptions options, TestDatabase kind, DateTimeOffset now)
    {
        var hele = TestInstallation.Open(options, kind, now, ownsFolder: true);
        // On PostgreSQL this makes the application role of the copy.
        await hele.Database.Migrate();
        await hele.Database.AssertReady();
        await hele.Log.CheckPins();
        return hele;
    }

    private static async Task<StorageOptions> Make(TestDatabase kind)
    {
        var hele = await TestInstallation.Create(kind);
        var (ma, zhao, zhou, liu, chen) = (await hele.Viewer(TestPeople.Ma), await hele.Viewer(TestPeople.Zhao), await hele.Viewer(TestPeople.Zhou), await hele.Viewer(TestPeople.Liu), await hele.Viewer(TestPeople.Chen));
        var (otherLiu, otherZhou) = (await hele.Viewer(TestPeople.Liu, TestInstallation.Other), await hele.Viewer(TestPeople.Zhou, TestInstallation.Other));
        await Task.WhenAll(Enumerable.Range(0, 44).Select(i => Life(hele, i % 3 == 0 ? chen : liu, i % 2 == 0 ? zhao : zhou, i % 5 == 0)));
        await Task.WhenAll(Enumerable.Range(0, 3).Select(i => Life(hele, otherLiu, otherZhou, i == 0)));
        await hele.FileAppeal(liu, Lonely);
        await hele.FileAppeal(chen, LonelyToo);
        Assert.True((await hele.Get<SetLocalRule>().Run(ma.Act(SetLocalRule.Permission, Guid.NewGuid(), "居民代表会议决定"), new(AppealRules.AnswerByCommunity, 5, new(2026, 11, 1), "居民会议 2026-3"))).Accepted);
        // Ends the program and keeps the folder: what is committed is pinned then.
        await hele.Stop();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(Path.GetDirectoryName(hele.Options.DataDirectory)!, recursive: true);
        return hele.Options;
    }

    private static async Task Life(TestInstallation hele, Viewer resident, Viewer staff, bool twice)
    {
        var code = await hele.FileAppeal(resident);
        Assert.True((await hele.Accept(staff, code)).Accepted);
        Assert.True((await hele.Answer(staff, code)).Accepted);
        if (twice)
        {
            Assert.True((await hele.Judge(resident, code, satisfied: false)).Accepted);
            Assert.True((await hele.Answer(staff, code, "换了新开关，请再看。")).Accepted);
        }
        Assert.True((await hele.Judge(resident, code, satisfied: true)).Accepted);
    }

    public static void CopyFolder(string from, string to)
    {
        foreach (var file in Directory.GetFiles(from, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target, overwrite: true);
        }
    }
}

/// <summary>Somebody with the database's own tools, past the program: on SQLite another connection to the file with its keys off, on PostgreSQL the superuser.</summary>
public sealed class BehindTheBack(TestInstallation hele, bool foreignKeys = false)
{
    public bool IsSqlite => hele.Kind == TestDatabase.Sqlite;

    private DbConnection Open()
    {
        DbConnection connection = IsSqlite
            ? new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = hele.Options.SqliteFile, ForeignKeys = foreignKeys, Pooling = false }.ToString())
            : new NpgsqlConnection(new NpgsqlConnectionStringBuilder(hele.Options.Postgres) { Pooling = false }.ToString());
        connection.Open();
        return connection;
    }

    /// <summary>Runs a command; says how many rows it changed.</summary>
    public async Task<int> Run(string sql, params object?[] values)
    {
        await using var connection = Open();
        await using var command = Command(connection, sql, values);
        return await command.ExecuteNonQueryAsync();
    }

    /// <summary>Runs a command that must change exactly one row.</summary>
    public async Task One(string sql, params object?[] values) => Assert.Equal(1, await Run(sql, values));

    public async Task<List<object[]>> Rows(string sql, params object?[] values)
    {
        await using var connection = Open();
        await using var command = Command(connection, sql, values);
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<object[]>();
        while (await reader.ReadAsync())
        {
            var row = new object[reader.FieldCount];
            reader.GetValues(row);
            rows.Add(row);
        }
        return rows;
    }

    public async Task<object> Scalar(string sql, params object?[] values) => (await Rows(sql, values))[0][0];

    private DbCommand Command(DbConnection connection, string sql, object?[] values)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        for (var i = 0; i < values.Length; i++)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = "@p" + i;
            parameter.Value = values[i] switch
            {
                null => DBNull.Value,
                Guid guid when IsSqlite => guid.ToByteArray(true),
                var other => other,
            };
            command.Parameters.Add(parameter);
        }
        return command;
    }
}

/// <summary>Short ways of asking and asserting.</summary>
public static class Findings
{
    public static Task<VerificationReport> Verify(this TestInstallation hele) => hele.Get<LogVerification>().Run(cancel: TestContext.Current.CancellationToken);

    public static string Text(this VerificationReport report) => string.Join("\n", report.Findings.Select(f => $"{f.Kind} {f.Jurisdiction} {f.Table} {f.Row} {f.Column} {f.Leaf}: {f.Sentence.En}"));

    public static void AssertGreen(this VerificationReport report) => Assert.True(report.IsGreen, report.Text());

    /// <summary>The one finding there is.</summary>
    public static VerificationFinding Only(this VerificationReport report, FindingKind kind)
    {
        Assert.True(report.Findings.Count == 1, $"{report.Findings.Count} findings:\n{report.Text()}");
        var finding = report.Findings[0];
        Assert.Equal(kind, finding.Kind);
        Assert.False(report.IsGreen);
        Assert.NotEqual(finding.Sentence.Zh, finding.Sentence.En);
        return finding;
    }

    public static Task<Appeal> Appeal(this TestInstallation hele, string title) => hele.Read(db => db.Set<Appeal>().SingleAsync(a => a.Title == title));

    /// <summary>The last entry about a row, in Hexi.</summary>
    public static Task<JournalRow> LastEntry(this TestInstallation hele, Guid row) => hele.Read(db => db.Set<JournalRow>().Where(r => r.RowId == row).OrderByDescending(r => r.LeafIndex).FirstAsync());

    /// <summary>An entry in the middle of the log that an act in a post made, with a reason or without.</summary>
    public static Task<JournalRow> Entry(this TestInstallation hele, string kind) => hele.Read(db => db.Set<JournalRow>().Where(r => r.Kind == kind).OrderBy(r => r.LeafIndex).FirstAsync());

    public static Task<long> Size(this TestInstallation hele) => hele.Read(db => db.Set<LogHead>().Select(h => h.Size).SingleAsync());
}
