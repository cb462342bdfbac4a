using System.Data.Common;
using Hele.Civic.Kernel;
using Hele.Civic.Platform.Journal;
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

    /// <summary>How far the log of pages grows, in bytes, before a moment without readers is made so that it can begin anew.</summary>
    public const long PagesLimit = 64 << 20;

    /// <summary>How long nobody may begin to read, at most, and how long it is until that is tried again after somebody read all the while, as a backup does.</summary>
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(3), Rest = TimeSpan.FromSeconds(30);

    private readonly IServiceProvider _services;
    private readonly string _file;
    private readonly PooledDbContextFactory<SqliteHele> _readers;
    private readonly SemaphoreSlim _writing = new(1);
    private readonly Lock _anchoring = new();
    private SqliteWriteSession? _writer;
    private readonly ReadGate _gate = new();
    private readonly SemaphoreSlim _emptying = new(1);
    private volatile bool _sweepDue;
    private long _notBefore;

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
        var leave = await _gate.Enter(cancel);
        void Left()
        {
            if (leave() && _sweepDue)
                EmptyPagesSoon();
        }
        HeleDb db;
        try
        {
            db = await _readers.CreateDbContextAsync(cancel);
        }
        catch
        {
            Left();
            throw;
        }
        try
        {
            db.Scope = jurisdictions;
            await db.Database.OpenConnectionAsync(cancel);
            var connection = (SqliteConnection)db.Database.GetDbConnection();
            AssertInPlace();
            // Deferred: a reader takes no lock, but all it reads is one state of the database.
            var transaction = connection.BeginTransaction(deferred: true);
            await db.Database.UseTransactionAsync(transaction, cancel);
            return new ReadLease(db, transaction, Left);
        }
        catch
        {
            await db.DisposeAsync();
            Left();
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

    /// <summary>
    /// "Input/output error" is all SQLite says of a disk that has become read-only, or that has no room for the file it shares with other readers (the first thing a
    /// start on a full disk meets); the system's own number says more.
    /// </summary>
    internal static StorageTroubleException? Explain(SqliteConnection connection, Exception failure) =>
        (failure as SqliteException ?? failure.InnerException as SqliteException) is { SqliteErrorCode: SQLitePCL.raw.SQLITE_IOERR } error && connection.Handle is { IsInvalid: false } handle
        && SystemError(handle.DangerousGetHandle()) is var number && StorageTrouble.OfSystem(number) is { } kind ? new StorageTroubleException(kind, $"{error.Message} ({number})", failure) : null;

    [System.Runtime.InteropServices.DllImport("e_sqlite3", EntryPoint = "sqlite3_system_errno"), System.Runtime.InteropServices.DefaultDllImportSearchPaths(System.Runtime.InteropServices.DllImportSearchPath.AssemblyDirectory)]
    private static extern int SystemError(IntPtr database);

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
            if (!abandoned && (_sweepDue || new FileInfo(_file + "-wal") is { Exists: true, Length: >= PagesLimit }))
                EmptyPagesSoon();
        });
    }

    public override async Task Migrate(CancellationToken cancel = default)
    {
        PrivateFile.Folder(Path.GetDirectoryName(_file)!);
        if (await IsEmpty(cancel))
        {
            // SQLite gives what it puts beside the file the same rights.
            if (!File.Exists(_file))
                PrivateFile.Make(_file);
            // EF looks with a connection that can't write whether it is there, and on such a one a file can't be turned to this mode.
            await using var first = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = _file, Mode = SqliteOpenMode.ReadWrite, Pooling = false }.ToString());
            await first.OpenAsync(cancel);
            await Scalar(first, "PRAGMA journal_mode=WAL");
        }
        await using var db = new SqliteHele(Options(b => b.UseSqlite(ConnectionString(SqliteOpenMode.ReadWriteCreate), Common)
            .AddInterceptors(new OpenPragmas("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON; PRAGMA trusted_schema=OFF;"), new SaysWhy())));
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
        await using var db = new SqliteHele(Options(b => b.UseSqlite(ConnectionString(SqliteOpenMode.ReadWrite), Common).AddInterceptors(new SaysWhy())));
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

    /// <summary>
    /// secure_delete has overwritten the pages; the log of pages still holds them as they were, until it is emptied into the file. Where that can't be at once, because the caller reads or somebody else does for long, it is when they have ended.
    /// </summary>
    public override async Task Sweep(CancellationToken cancel = default)
    {
        _sweepDue = true;
        if (!ReadGate.FlowReads)
            await EmptyPages(cancel);
    }

    private void EmptyPagesSoon()
    {
        if (Environment.TickCount64 < Interlocked.Read(ref _notBefore) || _emptying.CurrentCount == 0)
            return;
        using (ExecutionContext.SuppressFlow())
            _ = Task.Run(() => EmptyPages(CancellationToken.None));
    }

    /// <summary>
    /// SQLite empties its log of pages at commits without waiting for anybody, and can begin it anew only while nobody reads: with readers at every moment it would grow for ever. So there is made such a moment.
    /// </summary>
    private async Task EmptyPages(CancellationToken cancel)
    {
        await _emptying.WaitAsync(cancel);
        try
        {
            await _gate.Close(Moment);
            var busy = true;
            await BesideTheWriter(async connection => busy = await Scalar(connection, "PRAGMA wal_checkpoint(TRUNCATE)") is not 0L, cancel);
            if (!busy)
                _sweepDue = false;
            Interlocked.Exchange(ref _notBefore, busy ? Environment.TickCount64 + (long)Rest.TotalMilliseconds : 0);
        }
        // A disk that takes no more, or a file that is gone, is told by the next commit to those whom it concerns.
        catch (Exception failure) when (failure is SqliteException or IOException)
        {
            Interlocked.Exchange(ref _notBefore, Environment.TickCount64 + (long)Rest.TotalMilliseconds);
        }
        finally
        {
            _gate.Open();
            _emptying.Release();
        }
    }

    /// <summary>
    /// Without statistics SQLite holds a jurisdiction for ten rows, and reads a range of its days rather than one matter's rows: a figure over 30,000 matters then takes minutes instead of a fraction of a second.
    /// </summary>
    public override Task Analyze(CancellationToken cancel = default) => BesideTheWriter(async connection =>
    {
        await Scalar(connection, "PRAGMA busy_timeout = 5000");
        await Scalar(connection, "PRAGMA analysis_limit = 1000");
        var before = await Known();
        // 0x10002: tables it never looked at, too.
        await Scalar(connection, "PRAGMA optimize = 0x10002");
        if (await Known() == before)
            return;
        // A connection reads the statistics when it first needs the schema, and never again: those that are open are closed as they come back.
        if (_writer is { } writer)
        {
            _writer = null;
            await writer.DisposeAsync();
        }
        using var pooled = new SqliteConnection(ConnectionString(SqliteOpenMode.ReadWrite));
        SqliteConnection.ClearPool(pooled);

        async Task<string> Known() => await Scalar(connection, "SELECT count(*) FROM sqlite_schema WHERE name = 'sqlite_stat1'") is 0L ? ""
            : $"{await Scalar(connection, "SELECT group_concat(tbl || idx || stat, ' ') FROM (SELECT * FROM sqlite_stat1 ORDER BY tbl, idx)")}";
    }, cancel);

    /// <summary>Work on the file as a whole, on a connection of its own, while nobody writes.</summary>
    private async Task BesideTheWriter(Func<SqliteConnection, Task> work, CancellationToken cancel)
    {
        await _writing.WaitAsync(cancel);
        try
        {
            await using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = _file, Mode = SqliteOpenMode.ReadWrite, Pooling = false }.ToString());
            await connection.OpenAsync(cancel);
            await work(connection);
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
            PrivateFile.Make(copy);
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

    public override Task<bool> IsEmpty(CancellationToken cancel = default) => Task.FromResult(new FileInfo(_file) is not { Exists: true, Length: > 0 });

    public override async Task ReadBackup(BackupReader backup, CancellationToken cancel = default)
    {
        PrivateFile.Folder(Path.GetDirectoryName(_file)!);
        var part = _file + ".part";
        try
        {
            await Extract(backup, part, cancel);
            // A log of pages that a database left here would be played into the restored one.
            foreach (var beside in new[] { "-wal", "-shm" })
                File.Delete(_file + beside);
            // Over what a start made that was cut off before it wrote anything, and over nothing else: see IsEmpty.
            File.Move(part, _file, overwrite: true);
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
        await _emptying.WaitAsync();
        await _writing.WaitAsync();
        if (_writer is not null)
            await _writer.DisposeAsync();
        _writer = null;
        ClearPools();
        _writing.Release();
        _emptying.Release();
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
            .EnableThreadSafetyChecks(false).ConfigureWarnings(ToldOnce);
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
        try
        {
            return await command.ExecuteScalarAsync();
        }
        catch (SqliteException failure) when (Explain((SqliteConnection)connection, failure) is { } why)
        {
            throw why;
        }
    }

    /// <summary>Settings that SQLite keeps per connection.</summary>
    private sealed class OpenPragmas(string pragmas) : DbConnectionInterceptor
    {
        public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
        {
            using var command = connection.CreateCommand();
            command.CommandText = pragmas;
            try
            {
                command.ExecuteNonQuery();
            }
            catch (SqliteException failure) when (Explain((SqliteConnection)connection, failure) is { } why)
            {
                throw why;
            }
        }

        public override Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
        {
            // SQLite answers in the same call either way.
            ConnectionOpened(connection, eventData);
            return Task.CompletedTask;
        }
    }

    /// <summary>For the commands of a start: see <see cref="Explain"/>. Later ones find the shared file there.</summary>
    private sealed class SaysWhy : DbCommandInterceptor
    {
        public override void CommandFailed(DbCommand command, CommandErrorEventData eventData)
        {
            if (Explain((SqliteConnection)command.Connection!, eventData.Exception) is { } why)
                throw why;
        }

        public override Task CommandFailedAsync(DbCommand command, CommandErrorEventData eventData, CancellationToken cancellationToken = default)
        {
            CommandFailed(command, eventData);
            return Task.CompletedTask;
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
