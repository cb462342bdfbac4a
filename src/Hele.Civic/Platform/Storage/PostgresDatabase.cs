using System.Collections.Concurrent;
using System.Data;
using System.Data.Common;
using System.Security.Cryptography;
using Hele.Civic.Kernel;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Accounts;
using Hele.Civic.Platform.Journal;
using Hele.Civic.Platform.Sealing;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace Hele.Civic.Platform.Storage;

/// <summary>
/// PostgreSQL: a lane per jurisdiction, and row-level security as the second fence. The program serves as an application role that is
/// neither owner nor superuser; given an owner's connection string it makes that role, keeps its password in the data directory and then
/// uses it.
/// </summary>
public sealed class PostgresDatabase : Database
{
    /// <summary>Sets the fence of a transaction: what it may read and the one jurisdiction it may write.</summary>
    internal const string SetFence = "select set_config('app.read', $1, true), set_config('app.write', $2, true)";

    /// <summary>The function that finds by words.</summary>
    internal const string Search = "hele_search";

    /// <summary>How often the application role is tried to be made when another database of the server changes it at the same moment.</summary>
    private const int RoleAttempts = 8;

    private readonly StorageOptions _options;
    private readonly IServiceProvider _services;
    private readonly NpgsqlDataSource _given;
    private readonly SemaphoreSlim _sessions = new(12);
    private readonly ConcurrentBag<PostgresWriteSession> _idle = [];
    private NpgsqlDataSource? _application;
    private PooledDbContextFactory<PostgresHele>? _readers;

    public PostgresDatabase(StorageOptions options, IServiceProvider services)
    {
        _options = options;
        _services = services;
        _given = NpgsqlDataSource.Create(Prepared(options.Postgres!));
    }

    public override string Kind => "PostgreSQL";

    public override int LaneOf(int jurisdictionId) => jurisdictionId;

    protected override async Task<ReadLease> OpenRead(int[] jurisdictions, CancellationToken cancel)
    {
        var source = await Application(cancel);
        _readers ??= new PooledDbContextFactory<PostgresHele>(Options(b => b.UseNpgsql(source, Common).AddInterceptors(new Fence(), new InTransaction())));
        try
        {
            return await Begin();
        }
        catch (Exception failure) when (StorageTrouble.Of(failure) is { Kind: TroubleKind.Away })
        {
            // Connections that lay idle while their server was started anew say so when they are used: the next one is a new one.
            source.Clear();
            return await Begin();
        }

        async Task<ReadLease> Begin()
        {
            var db = await _readers!.CreateDbContextAsync(cancel);
            try
            {
                db.Scope = jurisdictions;
                var transaction = await db.Database.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancel);
                return new ReadLease(db, transaction.GetDbTransaction());
            }
            catch
            {
                await db.DisposeAsync();
                throw;
            }
        }
    }

    public override async Task<WriteLease> LeaseWriteSession()
    {
        var source = await Application();
        await _sessions.WaitAsync();
        try
        {
            if (!_idle.TryTake(out var session))
                session = await PostgresWriteSession.Open(source, connection => new PostgresHele(Options(b => b.UseNpgsql(connection, Common))));
            return new WriteLease(session, async (used, abandoned) =>
            {
                // After a failure the connection is thrown away: what it is in is not worth finding out.
                if (abandoned)
                {
                    await used.DisposeAsync();
                    // Those that lie idle met the same server: after its end they are as broken.
                    while (_idle.TryTake(out var beside))
                        await beside.DisposeAsync();
                    source.Clear();
                }
                else
                    _idle.Add((PostgresWriteSession)used);
                _sessions.Release();
            });
        }
        catch
        {
            _sessions.Release();
            throw;
        }
    }

    public override async Task Migrate(CancellationToken cancel = default)
    {
        await using (var db = new PostgresHele(Options(b => b.UseNpgsql(_given, Common))))
        {
            var migrator = db.GetService<Microsoft.EntityFrameworkCore.Migrations.IMigrator>();
            if (!await IsEmpty(cancel) && (await db.Database.GetAppliedMigrationsAsync(cancel)).LastOrDefault() is { } last)
            {
                // All steps or none: an upgrade that fails at its second leaves nothing of the first. EF would commit each by itself.
                if ((await db.Database.GetPendingMigrationsAsync(cancel)).Any())
                {
                    var steps = migrator.GenerateScript(last, null, Microsoft.EntityFrameworkCore.Migrations.MigrationsSqlGenerationOptions.NoTransactions);
                    await using var connection = await _given.OpenConnectionAsync(cancel);
                    await using var whole = await connection.BeginTransactionAsync(cancel);
                    await Do(connection, steps, cancel);
                    await whole.CommitAsync(cancel);
                }
            }
            else
            {
                await migrator.MigrateAsync(null, cancel);
            }
        }
        await InstallFence(cancel);
    }

    public override async Task<IReadOnlyList<string>> PendingMigrations(CancellationToken cancel = default)
    {
        await using var db = new PostgresHele(Options(b => b.UseNpgsql(_given, Common)));
        return [.. await db.Database.GetPendingMigrationsAsync(cancel)];
    }

    public override async Task AssertReady(CancellationToken cancel = default)
    {
        if ((await PendingMigrations(cancel)).Count > 0)
            throw new StartupException(($"数据库比程序旧。请运行：{OperatorCommand.Line("migrate")} --database \"…所有者的连接…\"", $"The database is older than this program. Run: {OperatorCommand.Line("migrate")} --database \"…an owner's connection…\""));
        await using var connection = await (await Application(cancel)).OpenConnectionAsync(cancel);
        await using var command = new NpgsqlCommand("""
            select current_user, r.rolsuper, r.rolbypassrls,
                   exists (select from pg_class c where c.relowner = r.oid and c.relkind = 'r' and c.relnamespace = 'public'::regnamespace)
            from pg_roles r where r.rolname = current_user
            """, connection);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        await reader.ReadAsync(cancel);
        if (reader.GetBoolean(1) || reader.GetBoolean(2) || reader.GetBoolean(3))
            throw new StartupException(($"角色 {reader.GetString(0)} 拥有数据表、是超级用户或能绕过行级安全。请用普通的应用角色提供服务。", $"The role {reader.GetString(0)} owns tables, is a superuser or bypasses row security. Serve with a plain application role."));
    }

    /// <summary>Removes dead row versions, where the program was given an owner's connection; otherwise autovacuum does it in its own time.</summary>
    public override async Task Sweep(CancellationToken cancel = default)
    {
        await using var connection = await _given.OpenConnectionAsync(cancel);
        if (!await IsOwner(connection, cancel))
            return;
        await using var db = new PostgresHele(Options(b => b.UseNpgsql(_given, Common)));
        foreach (var table in db.Model.GetEntityTypes().Select(t => t.GetTableName()).Distinct())
        {
            await using var command = new NpgsqlCommand($"vacuum (analyze) \"{table}\"", connection);
            await command.ExecuteNonQueryAsync(cancel);
        }
    }

    /// <summary>Autovacuum does it.</summary>
    public override Task Analyze(CancellationToken cancel = default) => Task.CompletedTask;

    /// <summary>
    /// COPY of every table within one transaction, past no fence: as the application role, with every jurisdiction in its scope. pg_dump would need a
    /// superuser, because the tables' owner too stands behind row-level security.
    /// </summary>
    public override async Task WriteBackup(BackupWriter backup, Func<HeleDb, Task> describe, CancellationToken cancel = default)
    {
        int[] all;
        await using (var outer = await Read([], cancel))
            all = await outer.Db.Jurisdictions.Select(j => j.Id).ToArrayAsync(cancel);
        await using var lease = await Read(all, cancel);
        await describe(lease.Db);
        var connection = (NpgsqlConnection)lease.Db.Database.GetDbConnection();
        if (await Count(connection, """select count(*) from "Jurisdictions" """) != all.Length)
            throw new BackupException(("备份时正在建立辖区，请再做一次。", "A jurisdiction was being opened during the backup; please run it again."));
        foreach (var (table, columns, key) in await Tables(connection, cancel))
        {
            var names = string.Join(", ", columns.Select(Quoted));
            // In the order of the key, so that a log can be read through without holding it.
            var rows = await Count(connection, $"select count(*) from {Quoted(table)}");
            await backup.Add($"tables/{table}", async stream =>
            {
                using var source = await connection.BeginTextExportAsync($"copy (select {names} from {Quoted(table)} order by {string.Join(", ", key.Select(Quoted))}) to stdout", cancel);
                await using (var target = new StreamWriter(stream, new System.Text.UTF8Encoding(false), 1 << 16, leaveOpen: true))
                    await Pour(source, target, cancel);
                return rows;
            }, table, columns);
        }
    }

    public override async Task<bool> IsEmpty(CancellationToken cancel = default)
    {
        await using var connection = await _given.OpenConnectionAsync(cancel);
        return await Count(connection, "select count(*) from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'v', 'm', 'p')") == 0;
    }

    public override async Task ReadBackup(BackupReader backup, CancellationToken cancel = default)
    {
        if (!await IsEmpty(cancel))
            throw new BackupException(("数据库不是空的，恢复只能恢复到空的数据库。", "The database isn't empty; a backup is restored into an empty one only."));
        try
        {
            await using (var db = new PostgresHele(Options(b => b.UseNpgsql(_given, Common))))
                await db.GetService<Microsoft.EntityFrameworkCore.Migrations.IMigrator>().MigrateAsync(backup.Manifest.Migrations[^1], cancel);
            await using var connection = await _given.OpenConnectionAsync(cancel);
            await using var transaction = await connection.BeginTransactionAsync(cancel);
            // Tables point at each other: the references are looked at once, at the end.
            var references = await Texts(connection, """select format('alter table %s drop constraint %I', conrelid::regclass, conname), format('alter table %s add constraint %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid)) from pg_constraint where contype = 'f' and connamespace = 'public'::regnamespace order by conname""", cancel);
            foreach (var reference in references)
                await Do(connection, reference[0], cancel);
            var tables = (await Tables(connection, cancel)).ToDictionary(t => t.Table);
            foreach (var part in backup.Manifest.Parts.Where(p => p.Table is not null))
            {
                if (part.Columns is not { } columns || !tables.TryGetValue(part.Table!, out var table) || columns.Except(table.Columns).Any())
                    throw backup.Damaged(part.Name);
                using (var source = await backup.Lines(part, cancel))
                await using (var target = await connection.BeginTextImportAsync($"copy {Quoted(part.Table!)} ({string.Join(", ", columns.Select(Quoted))}) from stdin", cancel))
                    await Pour(source, target, cancel);
                if (await Count(connection, $"select count(*) from {Quoted(part.Table!)}") != part.Rows)
                    throw backup.Damaged(part.Name);
            }
            foreach (var reference in references)
                await Do(connection, reference[1], cancel);
            foreach (var sequence in await Texts(connection, """
                select format('select setval(%L, greatest((select max(%I) from %s), 1))', s.oid::regclass, a.attname, d.refobjid::regclass) from pg_class s
                join pg_depend d on d.objid = s.oid and d.deptype in ('a', 'i') join pg_attribute a on a.attrelid = d.refobjid and a.attnum = d.refobjsubid where s.relkind = 'S' and s.relnamespace = 'public'::regnamespace
                """, cancel))
                await Do(connection, sequence[0], cancel);
            await transaction.CommitAsync(cancel);
        }
        catch
        {
            await Discard(CancellationToken.None);
            throw;
        }
    }

    public override async Task Discard(CancellationToken cancel = default)
    {
        await using var connection = await _given.OpenConnectionAsync(cancel);
        foreach (var drop in await Texts(connection, "select format('drop table %s cascade', oid::regclass) from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace", cancel))
            await Do(connection, drop[0], cancel);
        await Do(connection, $"drop function if exists {Search}(tsquery, bigint, boolean, int)", cancel);
    }

    /// <summary>Nothing to do: the server changes a schema within a transaction, and what failed is rolled back.</summary>
    public override Task PutBack(BackupReader backup, CancellationToken cancel = default) => Task.CompletedTask;

    public override IReadOnlyList<string> KnownMigrations()
    {
        using var db = new PostgresHele(Options(b => b.UseNpgsql(_given, Common)));
        return [.. db.Database.GetMigrations()];
    }

    /// <summary>The logs of a backup, computed again from their entries, by code.</summary>
    internal static async Task<Dictionary<string, Evidence.Frontier>> LogsOf(BackupReader backup, CancellationToken cancel)
    {
        var codes = new Dictionary<string, string>();
        await foreach (var row in Rows("Jurisdictions", "Id", "Code"))
            codes[row[0]] = row[1];
        var logs = new Dictionary<string, Evidence.Frontier>();
        await foreach (var row in Rows("Journal", "JurisdictionId", "Entry"))
        {
            if (!codes.TryGetValue(row[0], out var code) || !row[1].StartsWith(@"\\x", StringComparison.Ordinal))
                throw backup.Damaged("tables/Journal");
            if (!logs.TryGetValue(code, out var log))
                logs.Add(code, log = new());
            log.Append(Evidence.Merkle.HashLeaf(Convert.FromHexString(row[1].AsSpan(3))));
        }
        return logs;

        // COPY's text: a line a row, tabs between; neither numbers, codes nor hexadecimal need unescaping.
        async IAsyncEnumerable<string[]> Rows(string table, params string[] wanted)
        {
            var part = backup.Manifest.Parts.FirstOrDefault(p => p.Table == table) ?? throw backup.Damaged($"tables/{table}");
            var places = wanted.Select(w => part.Columns?.ToList().IndexOf(w) ?? -1).ToArray();
            if (places.Contains(-1))
                throw backup.Damaged(part.Name);
            using var lines = await backup.Lines(part, cancel);
            while (await lines.ReadLineAsync(cancel) is { } line)
            {
                var fields = line.Split('\t');
                if (fields.Length != part.Columns!.Count)
                    throw backup.Damaged(part.Name);
                yield return [.. places.Select(p => fields[p])];
            }
        }
    }

    private static async Task<List<(string Table, string[] Columns, string[] Key)>> Tables(NpgsqlConnection connection, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand("""
            select c.relname, array_agg(a.attname::text order by a.attnum), coalesce((select array_agg(k.attname::text order by o.n) from pg_index i cross join unnest(i.indkey) with ordinality o(num, n) join pg_attribute k on k.attrelid = i.indrelid and k.attnum = o.num where i.indrelid = c.oid and i.indisprimary), '{}')
            from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
            where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace and c.relname <> '__Migrations' group by c.oid, c.relname order by c.relname
            """, connection);
        var tables = new List<(string, string[], string[])>();
        await using var reader = await command.ExecuteReaderAsync(cancel);
        while (await reader.ReadAsync(cancel))
            tables.Add((reader.GetString(0), reader.GetFieldValue<string[]>(1), reader.GetFieldValue<string[]>(2)));
        return tables;
    }

    private static async Task<List<string[]>> Texts(NpgsqlConnection connection, string sql, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        var rows = new List<string[]>();
        await using var reader = await command.ExecuteReaderAsync(cancel);
        while (await reader.ReadAsync(cancel))
            rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetString)]);
        return rows;
    }

    private static async Task Pour(TextReader from, TextWriter to, CancellationToken cancel)
    {
        var buffer = new char[1 << 15];
        for (int read; (read = await from.ReadAsync(buffer, cancel)) > 0;)
            await to.WriteAsync(buffer.AsMemory(0, read), cancel);
    }

    private static async Task Do(NpgsqlConnection connection, string sql, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 3600 };
        await command.ExecuteNonQueryAsync(cancel);
    }

    private static async Task<long> Count(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 600 };
        return (long)(await command.ExecuteScalarAsync())!;
    }

    private static string Quoted(string name) => $"\"{name.Replace("\"", "\"\"")}\"";

    public override async ValueTask DisposeAsync()
    {
        while (_idle.TryTake(out var session))
            await session.DisposeAsync();
        if (_application is not null && !ReferenceEquals(_application, _given))
            await _application.DisposeAsync();
        await _given.DisposeAsync();
    }

    /// <summary>
    /// The data source of the application role. When the given connection may own things, the role is <c>hele_app_DATABASE</c>, with a random
    /// password in the data directory.
    /// </summary>
    private async Task<NpgsqlDataSource> Application(CancellationToken cancel = default)
    {
        if (_application is not null)
            return _application;
        await using var connection = await _given.OpenConnectionAsync(cancel);
        var owner = await IsOwner(connection, cancel);
        if (!owner)
            return _application = _given;
        var (role, password) = await Role() ?? throw new StartupException(($"数据目录没有写明用哪个应用角色提供服务。请用所有者的连接运行 {OperatorCommand.Line("migrate")}。", $"The data directory does not say which application role to serve as. With an owner's connection, run: {OperatorCommand.Line("migrate")}"));
        var builder = new NpgsqlConnectionStringBuilder(Prepared(_options.Postgres!)) { Username = role, Password = password };
        return _application = NpgsqlDataSource.Create(builder.ToString());
    }

    private string RoleFile => Path.Combine(_options.KeyDirectory, "postgres-role.secret");

    /// <summary>The application role's name and password, as the data directory keeps them; null before the first migration.</summary>
    private async Task<(string Role, string Password)?> Role()
    {
        if (!File.Exists(RoleFile))
            return null;
        var lines = await File.ReadAllLinesAsync(RoleFile);
        return (lines[0], lines[1]);
    }

    private static async Task<bool> IsOwner(NpgsqlConnection connection, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand("select rolsuper or rolcreaterole or pg_catalog.pg_has_role(current_user, (select datdba from pg_database where datname = current_database()), 'member') from pg_roles where rolname = current_user", connection);
        return (bool)(await command.ExecuteScalarAsync(cancel))!;
    }

    /// <summary>
    /// Makes the application role and, for every table with a JurisdictionId, the policies: read what the transaction's scope names, write
    /// the one jurisdiction it names. Derived from the model each time, so a new table can't be forgotten.
    /// </summary>
    private async Task InstallFence(CancellationToken cancel)
    {
        await using var connection = await _given.OpenConnectionAsync(cancel);
        if (!await IsOwner(connection, cancel))
            throw new StartupException(("升级数据库需要所有者的连接。", "Migrating needs an owner's connection."));
        if (await Role() is not var (role, password))
        {
            (role, password) = ("hele_app_" + connection.Database, Convert.ToHexString(RandomNumberGenerator.GetBytes(24)).ToLowerInvariant());
            PrivateFile.Folder(_options.KeyDirectory);
            await PrivateFile.Write(RoleFile, $"{role}\n{password}\n");
        }
        var sql = new System.Text.StringBuilder();
        sql.AppendLine("select pg_advisory_xact_lock(4815162342);");
        sql.AppendLine($"""
            do $do$ begin
              if not exists (select from pg_roles where rolname = '{role}') then create role "{role}" login nosuperuser nobypassrls nocreatedb nocreaterole password '{password}';
              else alter role "{role}" login nosuperuser nobypassrls password '{password}'; end if;
            end $do$;
            grant usage on schema public to "{role}";
            """);
        await using var db = new PostgresHele(Options(b => b.UseNpgsql(_given, Common)));
        foreach (var type in db.Model.GetEntityTypes())
        {
            var table = type.GetTableName();
            sql.AppendLine($"""grant select, insert, update, delete on "{table}" to "{role}";""");
            // Entries and views are only ever added; an erasure empties the openings of its entries.
            if (type.ClrType == typeof(JournalRow) || type.ClrType == typeof(ViewRecord))
                sql.AppendLine($"""revoke update, delete on "{table}" from "{role}";""");
            // Views go only where the log says that they were purged.
            if (type.ClrType == typeof(ViewRecord))
            {
                sql.AppendLine($"""
                    grant delete on "{table}" to "{role}";
                    drop policy if exists hele_purge on "{table}";
                    create policy hele_purge on "{table}" as restrictive for delete using (exists (select from "{db.Model.FindEntityType(typeof(ViewPurge))!.GetTableName()}" p where p."JurisdictionId" = "{table}"."JurisdictionId" and p."Before" > "{table}"."Hour"));
                    """);
            }
            // Emptied is all they can be: anything else is refused by a policy that stands beside the others.
            if (type.ClrType == typeof(JournalRow))
            {
                sql.AppendLine($"""
                    grant update ("Salt", "Reason") on "{table}" to "{role}";
                    drop policy if exists hele_erase on "{table}";
                    create policy hele_erase on "{table}" as restrictive for update using (true) with check (octet_length("Salt") = 0 and "Reason" is null);
                    """);
            }
            if (type.ClrType == typeof(AccountPlace) || type.ClrType == typeof(Jurisdiction) || type.FindProperty(nameof(Owned.JurisdictionId)) is null)
                continue;
            sql.AppendLine($"""
                alter table "{table}" enable row level security;
                alter table "{table}" force row level security;
                drop policy if exists hele_read on "{table}";
                drop policy if exists hele_write on "{table}";
                create policy hele_read on "{table}" for select using ("JurisdictionId" = any (string_to_array(nullif(current_setting('app.read', true), ''), ',')::int[]));
                create policy hele_write on "{table}" for all using ("JurisdictionId" = nullif(current_setting('app.write', true), '')::int) with check ("JurisdictionId" = nullif(current_setting('app.write', true), '')::int);
                """);
        }
        // Found by the owner's function, which repeats the fence: behind row-level security the index can't be used, because the operator might leak. So the
        // owner, and nobody else, passes this table's policies.
        sql.AppendLine($"""
            alter table "SearchRows" no force row level security;
            create or replace function {Search}(words tsquery, beyond bigint, upwards boolean, most int) returns table ("Id" bigint, "RowId" uuid)
            language plpgsql stable security definer set search_path = public, pg_temp set plan_cache_mode = force_custom_plan as $do$
            declare scope int[] := string_to_array(nullif(current_setting('app.read', true), ''), ',')::int[];
            begin
              if upwards then
                return query select s."Id", s."RowId" from "SearchRows" s where s."Tokens" @@ words and s."JurisdictionId" = any(scope) and s."Id" > beyond order by s."Id" limit most;
              else
                return query select s."Id", s."RowId" from "SearchRows" s where s."Tokens" @@ words and s."JurisdictionId" = any(scope) and s."Id" < beyond order by s."Id" desc limit most;
              end if;
            end $do$;
            revoke all on function {Search}(tsquery, bigint, boolean, int) from public;
            grant execute on function {Search}(tsquery, bigint, boolean, int) to "{role}";
            grant usage on sequence "SearchRows_Id_seq" to "{role}";
            """);
        sql.AppendLine($"""grant select on "__Migrations" to "{role}";""");
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await using var transaction = await connection.BeginTransactionAsync(cancel);
                await using (var command = new NpgsqlCommand(sql.ToString(), connection, transaction))
                    await command.ExecuteNonQueryAsync(cancel);
                await transaction.CommitAsync(cancel);
                return;
            }
            catch (PostgresException clash) when (clash.SqlState is PostgresErrorCodes.InternalError or PostgresErrorCodes.DeadlockDetected && attempt < RoleAttempts)
            {
                // Who reads meanwhile takes its tables in another order than the policies are made in, and where both wait the server ends this.
                // Roles belong to the whole server, the lock above only to this database: two databases with one role that migrate at the same
                // moment meet in its row ("tuple concurrently updated"), and the later one has to try again.
                await Task.Delay(TimeSpan.FromMilliseconds(50 * attempt), cancel);
            }
        }
    }

    internal DbContextOptions<PostgresHele> Options(Action<DbContextOptionsBuilder<PostgresHele>> configure)
    {
        var builder = new DbContextOptionsBuilder<PostgresHele>();
        builder.UseApplicationServiceProvider(_services)
            .UseQueryTrackingBehavior(QueryTrackingBehavior.NoTracking)
            .EnableThreadSafetyChecks(false).ConfigureWarnings(ToldOnce);
        configure(builder);
        Further?.Invoke(builder);
        return builder.Options;
    }

    internal static void Common(Npgsql.EntityFrameworkCore.PostgreSQL.Infrastructure.NpgsqlDbContextOptionsBuilder npgsql) =>
        npgsql.MigrationsHistoryTable("__Migrations").CommandTimeout(30)
            // One parameter however many jurisdictions a scope has: otherwise the statement is made anew for every query.
            .UseParameterizedCollectionMode(ParameterTranslationMode.Parameter);

    private static string Prepared(string connectionString) => new NpgsqlConnectionStringBuilder(connectionString)
    {
        // An act is answered after COMMIT: whatever the server's default, COMMIT means on disk here.
        Options = "-c synchronous_commit=on",
        MaxAutoPrepare = 100, AutoPrepareMinUsages = 2, NoResetOnClose = false, ApplicationName = "hele",
    }.ToString();

    /// <summary>Puts the context's scope on the transaction, before anything is read in it.</summary>
    private sealed class Fence : DbTransactionInterceptor
    {
        public override DbTransaction TransactionStarted(DbConnection connection, TransactionEndEventData eventData, DbTransaction result)
        {
            using var command = Command(connection, eventData, result);
            command.ExecuteNonQuery();
            return result;
        }

        public override async ValueTask<DbTransaction> TransactionStartedAsync(DbConnection connection, TransactionEndEventData eventData, DbTransaction result, CancellationToken cancellationToken = default)
        {
            await using var command = Command(connection, eventData, result);
            await command.ExecuteNonQueryAsync(cancellationToken);
            return result;
        }

        private static NpgsqlCommand Command(DbConnection connection, TransactionEndEventData eventData, DbTransaction transaction) =>
            new(SetFence, (NpgsqlConnection)connection, (NpgsqlTransaction)transaction)
            {
                Parameters =
                {
                    new NpgsqlParameter<string> { TypedValue = string.Join(',', ((HeleDb)eventData.Context!).Scope) },
                    new NpgsqlParameter<string> { TypedValue = "" },
                },
            };
    }

    /// <summary>Outside a transaction the fence would look like an empty list, so a command there is a programming error.</summary>
    private sealed class InTransaction : DbCommandInterceptor
    {
        public override DbCommand CommandInitialized(CommandEndEventData eventData, DbCommand result)
        {
            if (result.Transaction is null)
                throw new InvalidOperationException("A command outside a transaction: the jurisdiction fence is set per transaction.");
            return result;
        }
    }
}
