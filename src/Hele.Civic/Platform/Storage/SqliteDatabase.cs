using System.Data.Common;
using Hele.Civic.Kernel;
using Hele.Civic.Platform.Journal;
using Hele.Civic.Platform.Search;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace Hele.Civic.Platform.Storage;

/// <summary>SQLite: one file, one writing connection, readers on connections of their own (WAL).</summary>
public sealed class SqliteDatabase : Database
{
    /// <summary>Older libraries had a fault in WAL resets that could lose a commit.</summary>
    public static readonly Version OldestLibrary = new(3, 51, 3);

    /// <summary>The full-text table and what it keeps itself in.</summary>
    internal static readonly IReadOnlySet<string> SearchTables = new HashSet<string> { "SearchText", "SearchText_config", "SearchText_content", "SearchText_data", "SearchText_docsize", "SearchText_idx" };

    private readonly IServiceProvider _services;
    private readonly string _file;
    private readonly PooledDbContextFactory<SqliteHele> _readers;
    private readonly SemaphoreSlim _writing = new(1);
    private readonly Lock _anchoring = new();
    private SqliteWriteSession? _writer;

    /// <summary>Holds the file that was opened first; used for nothing but to know it again.</summary>
    private SqliteConnection? _anchor;

    /// <param name="services">Where the model finds the list of modules.</param>
    public SqliteDatabase(StorageOptions options, IServiceProvider services)
    {
        _services = services;
        _file = options.SqliteFile;
        _readers = new PooledDbContextFactory<SqliteHele>(Options(b => b.UseSqlite(ConnectionString(SqliteOpenMode.ReadWrite), Common)
            .AddInterceptors(new OpenPragmas("PRAGMA trusted_schema=OFF; PRAGMA query_only=ON;"))));
    }

    public override string Kind => "SQLite";

    public override int LaneOf(int jurisdictionId) => 0;

    protected override async Task<ReadLease> OpenRead(int[] jurisdictions, CancellationToken cancel)
    {
        var db = await _readers.CreateDbContextAsync(cancel);
        try
        {
            db.Scope = jurisdictions;
            await db.Database.OpenConnectionAsync(cancel);
            var connection = (SqliteConnection)db.Database.GetDbConnection();
            AssertInPlace();
            // Deferred: a reader takes no lock, but all it reads is one state of the database.
            var transaction = connection.BeginTransaction(deferred: true);
            await db.Database.UseTransactionAsync(transaction, cancel);
            return new ReadLease(db, transaction);
        }
        catch
        {
            await db.DisposeAsync();
            throw;
        }
    }

    /// <summary>
    /// Whether the file still lies where it belongs. A file that was moved or removed stays open and goes on taking writes that nobody would find again
    /// after the next start, and another in its place would be written without its logs having been compared with the pins. Put back, the same file is good again.
    /// </summary>
    /// <param name="written">The log of pages must be there too.</param>
    internal void AssertInPlace(bool written = false)
    {
        int moved = 0, answer;
        lock (_anchoring)
        {
            if (_anchor is null)
            {
                var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = _file, Mode = SqliteOpenMode.ReadWrite, Pooling = false }.ToString());
                connection.Open();
                _anchor = connection;
            }
            answer = FileControl(_anchor.Handle!.DangerousGetHandle(), "main\0"u8.ToArray(), HasMoved, ref moved);
        }
        if (answer != SQLitePCL.raw.SQLITE_OK)
            throw new InvalidOperationException($"SQLite can't say whether its file was moved ({answer}).");
        if (moved != 0 || (written && !File.Exists(_file + "-wal")))
            throw new StorageTroubleException(TroubleKind.Away, $"{_file} was moved, removed or replaced while the program runs: put the same file back, or stop the program, look, and start it.");
    }

    private const int HasMoved = 20;

    [System.Runtime.InteropServices.DllImport("e_sqlite3", EntryPoint = "sqlite3_file_control"), System.Runtime.InteropServices.DefaultDllImportSearchPaths(System.Runtime.InteropServices.DllImportSearchPath.AssemblyDirectory)]
    private static extern int FileControl(IntPtr database, byte[] name, int operation, ref int answer);

    public override async Task<WriteLease> LeaseWriteSession()
    {
        await _writing.WaitAsync();
        try
        {
            _writer ??= await SqliteWriteSession.Open(this, ConnectionString(SqliteOpenMode.ReadWrite), connection => new SqliteHele(Options(b => b.UseSqlite(connection, Common)
                .AddInterceptors(new PreparedStatements()))));
        }
        catch
        {
            _writing.Release();
            throw;
        }
        return new WriteLease(_writer, async (used, abandoned) =>
        {
            // After a failure the connection is thrown away, with the statements it keeps: what it is in is not worth finding out.
            if (abandoned && ReferenceEquals(_writer, used))
            {
                _writer = null;
                await used.DisposeAsync();
            }
            _writing.Release();
        });
    }

    public override async Task Migrate(CancellationToken cancel = default)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_file)!);
        await using var db = new SqliteHele(Options(b => b.UseSqlite(ConnectionString(SqliteOpenMode.ReadWriteCreate), Common)
            .AddInterceptors(new OpenPragmas("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON; PRAGMA trusted_schema=OFF;"))));
        await db.Database.MigrateAsync(cancel);
        // An ordinary full-text table, which overwrites what is taken out of it; no migration makes it, because the model knows no such table.
        await db.Database.OpenConnectionAsync(cancel);
        var connection = db.Database.GetDbConnection();
        await Scalar(connection, "CREATE VIRTUAL TABLE IF NOT EXISTS \"SearchText\" USING fts5(b, tokenize='unicode61')");
        await Scalar(connection, "INSERT INTO \"SearchText\"(\"SearchText\", rank) VALUES('secure-delete', 1)");
    }

    public override async Task<IReadOnlyList<string>> PendingMigrations(CancellationToken cancel = default)
    {
        if (!File.Exists(_file))
            return ["(new database)"];
        await using var db = new SqliteHele(Options(b => b.UseSqlite(ConnectionString(SqliteOpenMode.ReadWrite), Common)));
        return [.. await db.Database.GetPendingMigrationsAsync(cancel)];
    }

    public override async Task AssertReady(CancellationToken cancel = default)
    {
        if ((await PendingMigrations(cancel)).Count > 0)
            throw new StartupException(($"数据库 {_file} 比程序旧。请运行：{OperatorCommand.Line("migrate")} --data {Path.GetDirectoryName(_file)}", $"The database {_file} is older than this program. Run: {OperatorCommand.Line("migrate")} --data {Path.GetDirectoryName(_file)}"));
        await using var connection = new SqliteConnection(ConnectionString(SqliteOpenMode.ReadWrite));
        await connection.OpenAsync(cancel);
        if (Version.Parse(connection.ServerVersion) < OldestLibrary)
            throw new StartupException(($"SQLite 库的版本是 {connection.ServerVersion}，至少要 {OldestLibrary}。", $"The SQLite library is {connection.ServerVersion}; at least {OldestLibrary} is needed."));
        if (await Scalar(connection, "PRAGMA journal_mode") is not "wal")
            throw new StartupException(($"数据库 {_file} 不在 WAL 模式。是不是放在网络磁盘上？和乐需要本地磁盘。", $"The database {_file} is not in WAL mode. Is it on a network disk? Hele needs a local one."));
    }

    /// <summary>secure_delete has overwritten the pages; the log of pages still holds them as they were, until it is emptied into the file.</summary>
    public override async Task Sweep(CancellationToken cancel = default)
    {
        await _writing.WaitAsync(cancel);
        try
        {
            await using var connection = new SqliteConnection(ConnectionString(SqliteOpenMode.ReadWrite));
            await connection.OpenAsync(cancel);
            // Somebody who is reading at this moment keeps the file from being emptied: wait for them, but not for a verification of minutes.
            await Scalar(connection, "PRAGMA busy_timeout = 5000");
            await Scalar(connection, "PRAGMA wal_checkpoint(TRUNCATE)");
        }
        finally
        {
            _writing.Release();
        }
    }

    /// <summary>VACUUM INTO: one state, read beside the writer, without free pages, so nothing erased lies in it.</summary>
    public override async Task WriteBackup(BackupWriter backup, Func<HeleDb, Task> describe, CancellationToken cancel = default)
    {
        var copy = backup.Beside(".db");
        File.Delete(copy);
        try
        {
            // Made first, so that nobody else can read it while it is filled.
            await using (new FileStream(copy, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite })) { }
            await using (var source = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = _file, Mode = SqliteOpenMode.ReadWrite, DefaultTimeout = 600, Pooling = false }.ToString()))
            {
                await source.OpenAsync(cancel);
                await using var vacuum = source.CreateCommand();
                vacuum.CommandText = "VACUUM INTO $0";
                vacuum.Parameters.AddWithValue("$0", copy);
                await vacuum.ExecuteNonQueryAsync(cancel);
            }
            await using (var db = new SqliteHele(Options(b => b.UseSqlite(new SqliteConnectionStringBuilder { DataSource = copy, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString(), Common))))
            {
                await db.Database.OpenConnectionAsync(cancel);
                await describe(db);
            }
            await backup.Add(Part, async stream =>
            {
                await using var file = File.OpenRead(copy);
                await file.CopyToAsync(stream, cancel);
                return null;
            });
        }
        finally
        {
            File.Delete(copy);
        }
    }

    public override Task<bool> IsEmpty(CancellationToken cancel = default) => Task.FromResult(!File.Exists(_file));

    public override async Task ReadBackup(BackupReader backup, CancellationToken cancel = default)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_file)!);
        var part = _file + ".part";
        try
        {
            await Extract(backup, part, cancel);
            // A log of pages that a database left here would be played into the restored one.
            foreach (var beside in new[] { "-wal", "-shm" })
                File.Delete(_file + beside);
            File.Move(part, _file);
            await using var connection = new SqliteConnection(ConnectionString(SqliteOpenMode.ReadWrite));
            await connection.OpenAsync(cancel);
            await Scalar(connection, "PRAGMA journal_mode=WAL");
        }
        catch
        {
            await Discard(CancellationToken.None);
            throw;
        }
        finally
        {
            File.Delete(part);
        }
    }

    public override async Task Discard(CancellationToken cancel = default)
    {
        await _writing.WaitAsync(cancel);
        if (_writer is not null)
            await _writer.DisposeAsync();
        _writer = null;
        ClearPools();
        foreach (var beside in new[] { "", "-wal", "-shm" })
            File.Delete(_file + beside);
        _writing.Release();
    }

    public override async Task PutBack(BackupReader backup, CancellationToken cancel = default)
    {
        var part = _file + ".part";
        await Extract(backup, part, cancel);
        ClearPools();
        await using (var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = _file, Mode = SqliteOpenMode.ReadWrite, Pooling = false }.ToString()))
        {
            await connection.OpenAsync(cancel);
            // So that no log of pages is left to be played into the file that takes this one's place.
            await Scalar(connection, "PRAGMA journal_mode=DELETE");
        }
        File.Move(part, _file, overwrite: true);
        await using var again = new SqliteConnection(ConnectionString(SqliteOpenMode.ReadWrite));
        await again.OpenAsync(cancel);
        await Scalar(again, "PRAGMA journal_mode=WAL");
    }

    public override IReadOnlyList<string> KnownMigrations()
    {
        using var db = new SqliteHele(Options(b => b.UseSqlite(Common)));
        return [.. db.Database.GetMigrations()];
    }

    private const string Part = "hele.db";

    private static async Task Extract(BackupReader backup, string to, CancellationToken cancel)
    {
        File.Delete(to);
        await using var file = new FileStream(to, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite });
        await backup.CopyTo(backup.Manifest.Parts.FirstOrDefault(p => p.Name == Part) ?? throw backup.Damaged(Part), file, cancel);
        file.Flush(flushToDisk: true);
    }

    /// <summary>The logs of a backup, computed again from their entries, by code; the file is compared with itself on the way.</summary>
    internal static async Task<Dictionary<string, Evidence.Frontier>> LogsOf(BackupReader backup, CancellationToken cancel)
    {
        var copy = $"{backup.Path}.{Guid.NewGuid():N}.check";
        try
        {
            await Extract(backup, copy, cancel);
            await using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = copy, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString());
            await connection.OpenAsync(cancel);
            if (await Scalar(connection, "PRAGMA integrity_check") is not "ok")
                throw backup.Damaged(Part);
            var logs = new Dictionary<string, Evidence.Frontier>();
            await using var command = connection.CreateCommand();
            command.CommandText = """SELECT j."Code", r."Entry" FROM "Journal" r JOIN "Jurisdictions" j ON j."Id" = r."JurisdictionId" ORDER BY r."JurisdictionId", r."LeafIndex" """;
            await using var reader = await command.ExecuteReaderAsync(cancel);
            while (await reader.ReadAsync(cancel))
            {
                if (!logs.TryGetValue(reader.GetString(0), out var log))
                    logs.Add(reader.GetString(0), log = new());
                log.Append(Evidence.Merkle.HashLeaf(reader.GetFieldValue<byte[]>(1)));
            }
            return logs;
        }
        catch (SqliteException broken)
        {
            throw backup.Damaged(Part, broken);
        }
        finally
        {
            File.Delete(copy);
        }
    }

    public override async ValueTask DisposeAsync()
    {
        await _writing.WaitAsync();
        if (_writer is not null)
            await _writer.DisposeAsync();
        _writer = null;
        ClearPools();
        _writing.Release();
    }

    /// <summary>The pools, one for each way of opening, outlive the file otherwise: whoever puts another file in its place would meet the old one again.</summary>
    private void ClearPools()
    {
        lock (_anchoring)
        {
            _anchor?.Dispose();
            _anchor = null;
        }
        foreach (var mode in new[] { SqliteOpenMode.ReadWrite, SqliteOpenMode.ReadWriteCreate })
        {
            using var connection = new SqliteConnection(ConnectionString(mode));
            SqliteConnection.ClearPool(connection);
        }
    }

    internal DbContextOptions<SqliteHele> Options(Action<DbContextOptionsBuilder<SqliteHele>> configure)
    {
        var builder = new DbContextOptionsBuilder<SqliteHele>();
        builder.UseApplicationServiceProvider(_services)
            .UseQueryTrackingBehavior(QueryTrackingBehavior.NoTracking)
            .EnableThreadSafetyChecks(false);
        configure(builder);
        Further?.Invoke(builder);
        return builder.Options;
    }

    internal static void Common(SqliteDbContextOptionsBuilder sqlite) => sqlite.MigrationsHistoryTable("__Migrations").CommandTimeout(30)
            // One parameter however many jurisdictions a scope has: otherwise the statement is made anew for every query.
            .UseParameterizedCollectionMode(ParameterTranslationMode.Parameter);

    private string ConnectionString(SqliteOpenMode mode) => new SqliteConnectionStringBuilder
    {
        DataSource = _file, Mode = mode, ForeignKeys = true, DefaultTimeout = 30, Pooling = true,
    }.ToString();

    internal static async Task<object?> Scalar(DbConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return await command.ExecuteScalarAsync();
    }

    /// <summary>Settings that SQLite keeps per connection.</summary>
    private sealed class OpenPragmas(string pragmas) : DbConnectionInterceptor
    {
        public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
        {
            using var command = connection.CreateCommand();
            command.CommandText = pragmas;
            command.ExecuteNonQuery();
        }

        public override async Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
        {
            await using var command = connection.CreateCommand();
            command.CommandText = pragmas;
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    /// <summary>
    /// Keeps the compiled statement of each command text, so that EF's next command of the same text only binds values. For the writer's
    /// connection, where one act runs at a time and reads its results to the end before it asks again.
    /// </summary>
    private sealed class PreparedStatements : DbCommandInterceptor
    {
        private readonly Dictionary<string, SqliteCommand> _kept = [];

        public override InterceptionResult<DbDataReader> ReaderExecuting(DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result) =>
            InterceptionResult<DbDataReader>.SuppressWithResult(Kept(command).ExecuteReader());

        public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default) =>
            new(InterceptionResult<DbDataReader>.SuppressWithResult(Kept(command).ExecuteReader()));

        public override InterceptionResult<int> NonQueryExecuting(DbCommand command, CommandEventData eventData, InterceptionResult<int> result) =>
            InterceptionResult<int>.SuppressWithResult(Kept(command).ExecuteNonQuery());

        public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default) =>
            new(InterceptionResult<int>.SuppressWithResult(Kept(command).ExecuteNonQuery()));

        private SqliteCommand Kept(DbCommand command)
        {
            if (!_kept.TryGetValue(command.CommandText, out var kept))
            {
                kept = ((SqliteConnection)command.Connection!).CreateCommand();
                kept.CommandText = command.CommandText;
                foreach (SqliteParameter parameter in command.Parameters)
                    kept.Parameters.Add(new SqliteParameter(parameter.ParameterName, parameter.SqliteType) { IsNullable = parameter.IsNullable });
                kept.Prepare();
                _kept.Add(command.CommandText, kept);
            }
            for (var i = 0; i < kept.Parameters.Count; i++)
            {
                kept.Parameters[i].SqliteType = ((SqliteParameter)command.Parameters[i]).SqliteType;
                kept.Parameters[i].Value = command.Parameters[i].Value;
            }
            return kept;
        }
    }
}

/// <summary>SQLite's one writing connection.</summary>
public sealed class SqliteWriteSession : WriteSession
{
    private const int ConstraintError = 19, ForeignKeyError = 787, UniqueError = 2067, PrimaryKeyError = 1555;

    private readonly SqliteDatabase _database;
    private readonly SqliteConnection _connection;
    private readonly SqliteCommand _begin, _commit, _rollback, _savepoint, _rollbackTo, _release, _lockHead, _findAccepted, _journal, _tie, _accepted, _head, _group, _node, _searchRow, _searchRowGone, _searchText, _searchTextGone;
    private readonly SqliteHele _db;
    private bool _open;

    private SqliteWriteSession(SqliteDatabase database, SqliteConnection connection, SqliteHele db)
    {
        _database = database;
        _connection = connection;
        _db = db;
        _begin = Command("BEGIN IMMEDIATE");
        _commit = Command("COMMIT");
        _rollback = Command("ROLLBACK");
        _savepoint = Command("SAVEPOINT act");
        _rollbackTo = Command("ROLLBACK TO act");
        _release = Command("RELEASE act");
        _lockHead = Command("""SELECT j."Code", coalesce(h."Size", 0), coalesce(h."Frontier", x''), (SELECT g."At" FROM "LogGroups" g WHERE g."JurisdictionId" = $0 AND g."Size" = h."Size") FROM "Jurisdictions" j LEFT JOIN "LogHeads" h ON h."JurisdictionId" = j."Id" WHERE j."Id" = $0""", 1);
        _findAccepted = Command("""
            SELECT "InputHash", "Result" FROM "AcceptedOperations" WHERE "AccountId" = $0 AND "OperationId" = $1
            UNION ALL
            SELECT * FROM (SELECT NULL, "Result" FROM "AcceptedOperations" WHERE "AccountId" = $0 AND "InputHash" = $2 AND "At" >= $3 LIMIT 1)
            """, 4);
        _journal = Command("""
            INSERT INTO "Journal" ("JurisdictionId","LeafIndex","EventId","ActId","At","OnDate","Kind","RowTable","RowId","ActorId","PostId","Reason","Entry","Salt","LeafHash")
            VALUES ($0,$1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14)
            """, 15);
        _tie = Command("""INSERT INTO "ColumnTies" ("JurisdictionId","RowTable","RowId","Column","LeafIndex") VALUES ($0,$1,$2,$3,$4) ON CONFLICT DO UPDATE SET "LeafIndex" = excluded."LeafIndex" """, 5);
        _accepted = Command("""INSERT INTO "AcceptedOperations" ("AccountId","OperationId","Operation","InputHash","Result","At") VALUES ($0,$1,$2,$3,$4,$5)""", 6);
        _head = Command("""INSERT INTO "LogHeads" ("JurisdictionId","Size","Frontier") VALUES ($0,$1,$2) ON CONFLICT DO UPDATE SET "Size" = excluded."Size", "Frontier" = excluded."Frontier" """, 3);
        _group = Command("""INSERT INTO "LogGroups" ("JurisdictionId","Size","At") VALUES ($0,$1,$2)""", 3);
        _searchRow = Command("""INSERT INTO "SearchRows" ("JurisdictionId","RowTable","RowId") VALUES ($0,$1,$2) ON CONFLICT DO UPDATE SET "RowId" = excluded."RowId" RETURNING "Id" """, 3);
        _searchRowGone = Command("""DELETE FROM "SearchRows" WHERE "JurisdictionId" = $0 AND "RowTable" = $1 AND "RowId" = $2 RETURNING "Id" """, 3);
        _searchText = Command("""INSERT OR REPLACE INTO "SearchText" (rowid, b) VALUES ($0,$1)""", 2);
        _searchTextGone = Command("""DELETE FROM "SearchText" WHERE rowid = $0""", 1);
        _node = Command("""INSERT INTO "LogNodes" ("JurisdictionId","Level","NodeIndex","Hash") VALUES ($0,$1,$2,$3)""", 4);
    }

    internal static async Task<SqliteWriteSession> Open(SqliteDatabase database, string connectionString, Func<SqliteConnection, SqliteHele> context)
    {
        var connection = new SqliteConnection(connectionString);
        await connection.OpenAsync();
        await using (var pragmas = connection.CreateCommand())
        {
            pragmas.CommandText = "PRAGMA synchronous=FULL; PRAGMA secure_delete=ON; PRAGMA trusted_schema=OFF; PRAGMA wal_autocheckpoint=8000; PRAGMA query_only=OFF;";
            await pragmas.ExecuteNonQueryAsync();
        }
        var db = context(connection);
        db.IsWriter = true;
        db.ChangeTracker.QueryTrackingBehavior = QueryTrackingBehavior.TrackAll;
        db.ChangeTracker.AutoDetectChangesEnabled = false;
        // The transaction is the group's, begun and committed by this session.
        db.Database.AutoTransactionBehavior = AutoTransactionBehavior.Never;
        db.Database.AutoSavepointsEnabled = false;
        return new SqliteWriteSession(database, connection, db);
    }

    public override HeleDb Db => _db;
    public override bool IsBroken => !_open;
    protected override bool KeepsHeads => true;

    protected override Task BeginTransaction()
    {
        _database.AssertInPlace();
        _begin.ExecuteNonQuery();
        _open = true;
        return Task.CompletedTask;
    }

    protected override Task CommitTransaction()
    {
        _commit.ExecuteNonQuery();
        _open = false;
        // Looked at once more before anybody is answered: what went into a file that is gone was not saved.
        _database.AssertInPlace(written: true);
        return Task.CompletedTask;
    }

    public override Task RollbackTransaction()
    {
        if (_open)
        {
            _open = false;
            // SQLite may have rolled back by itself (disk full); then there is nothing to do and it says so.
            try { _rollback.ExecuteNonQuery(); }
            catch (SqliteException) { }
        }
        return Task.CompletedTask;
    }

    protected override Task Fence(int jurisdiction) => Task.CompletedTask;

    protected override Task<Earlier> Savepoint(int jurisdiction, Guid account, Guid operation, byte[] inputHash, DateTimeOffset since)
    {
        _savepoint.ExecuteNonQuery();
        return FindAccepted(account, operation, inputHash, since);
    }

    protected override Task RollbackToSavepoint()
    {
        _rollbackTo.ExecuteNonQuery();
        _release.ExecuteNonQuery();
        return Task.CompletedTask;
    }

    protected override Task<(string Code, long Size, byte[] Frontier, DateTimeOffset? Newest)> LockHead(int jurisdiction)
    {
        _lockHead.Parameters[0].Value = jurisdiction;
        using var reader = _lockHead.ExecuteReader();
        if (!reader.Read())
            throw new InvalidOperationException($"There is no jurisdiction {jurisdiction}.");
        return Task.FromResult((reader.GetString(0), reader.GetInt64(1), reader.GetFieldValue<byte[]>(2), reader.IsDBNull(3) ? (DateTimeOffset?)null : new DateTimeOffset(reader.GetInt64(3), TimeSpan.Zero)));
    }

    private Task<Earlier> FindAccepted(Guid account, Guid operation, byte[] inputHash, DateTimeOffset since)
    {
        _findAccepted.Parameters[0].Value = Bytes(account);
        _findAccepted.Parameters[1].Value = Bytes(operation);
        _findAccepted.Parameters[2].Value = inputHash;
        _findAccepted.Parameters[3].Value = since.UtcTicks;
        var earlier = new Earlier();
        using var reader = _findAccepted.ExecuteReader();
        while (reader.Read())
            earlier = reader.IsDBNull(0) ? earlier with { SameContent = reader.GetString(1) } : earlier with { InputHash = reader.GetFieldValue<byte[]>(0), Result = reader.GetString(1) };
        return Task.FromResult(earlier);
    }

    protected override Task WriteAct(IReadOnlyList<ColumnTie> ties, AcceptedOperation accepted)
    {
        foreach (var tie in ties)
            Run(_tie, tie.JurisdictionId, tie.RowTable, Bytes(tie.RowId), tie.Column, tie.LeafIndex);
        Run(_accepted, Bytes(accepted.AccountId), Bytes(accepted.OperationId), accepted.Operation, accepted.InputHash, accepted.Result, accepted.At.UtcTicks);
        _release.ExecuteNonQuery();
        return Task.CompletedTask;
    }

    protected override Task WriteIndex(IReadOnlyList<SearchEntry> entries)
    {
        foreach (var entry in entries)
        {
            var row = entry.Tokens is null ? _searchRowGone : _searchRow;
            (row.Parameters[0].Value, row.Parameters[1].Value, row.Parameters[2].Value) = (entry.JurisdictionId, entry.RowTable, Bytes(entry.RowId));
            if (row.ExecuteScalar() is not long id)
                continue;
            if (entry.Tokens is null)
                Run(_searchTextGone, id);
            else
                Run(_searchText, id, entry.Tokens);
        }
        return Task.CompletedTask;
    }

    protected override Task WriteLogs(IReadOnlyList<LogState> logs, DateTimeOffset now)
    {
        foreach (var log in logs)
        {
            foreach (var row in log.Rows)
            {
                Run(_journal, row.JurisdictionId, row.LeafIndex, Bytes(row.EventId), Bytes(row.ActId), row.At.UtcTicks, row.OnDate.ToString("yyyy-MM-dd"), row.Kind, row.RowTable, Bytes(row.RowId),
                    Bytes(row.ActorId), row.PostId is { } post ? Bytes(post) : DBNull.Value, row.Reason ?? (object)DBNull.Value, row.Entry, row.Salt, row.LeafHash);
            }
            Run(_head, log.JurisdictionId, log.Frontier.Size, log.Frontier.ToBytes());
            Run(_group, log.JurisdictionId, log.Frontier.Size, now.UtcTicks);
            foreach (var (level, index, hash) in log.Nodes)
                Run(_node, log.JurisdictionId, level, index, hash);
        }
        return Task.CompletedTask;
    }

    public override Problem? Translate(Exception failure) => (failure as SqliteException ?? failure.InnerException as SqliteException) switch
    {
        { SqliteErrorCode: ConstraintError, SqliteExtendedErrorCode: UniqueError or PrimaryKeyError } => StorageProblems.Duplicate,
        { SqliteErrorCode: ConstraintError, SqliteExtendedErrorCode: ForeignKeyError } => StorageProblems.NotFound,
        _ => null,
    };

    /// <summary>"Input/output error" is all SQLite says of a disk that has become read-only; the system's own number says more.</summary>
    public override StorageTroubleException? Explain(Exception failure) =>
        (failure as SqliteException ?? failure.InnerException as SqliteException) is { SqliteErrorCode: SQLitePCL.raw.SQLITE_IOERR } error && SystemError(_connection.Handle!.DangerousGetHandle()) is var number
        && StorageTrouble.OfSystem(number) is { } kind ? new StorageTroubleException(kind, $"{error.Message} ({number})", failure) : null;

    [System.Runtime.InteropServices.DllImport("e_sqlite3", EntryPoint = "sqlite3_system_errno"), System.Runtime.InteropServices.DefaultDllImportSearchPaths(System.Runtime.InteropServices.DllImportSearchPath.AssemblyDirectory)]
    private static extern int SystemError(IntPtr database);

    public override async ValueTask DisposeAsync()
    {
        await RollbackTransaction();
        await _db.DisposeAsync();
        await _connection.DisposeAsync();
    }

    private static byte[] Bytes(Guid guid) => guid.ToByteArray(true);

    private static void Run(SqliteCommand command, params ReadOnlySpan<object> values)
    {
        for (var i = 0; i < values.Length; i++)
            command.Parameters[i].Value = values[i];
        command.ExecuteNonQuery();
    }

    private SqliteCommand Command(string sql, int parameters = 0)
    {
        var command = _connection.CreateCommand();
        command.CommandText = sql;
        for (var i = 0; i < parameters; i++)
            command.Parameters.Add(new SqliteParameter("$" + i, null));
        return command;
    }
}
