using Hele.Civic.Kernel;
using Hele.Civic.Platform.Journal;
using Hele.Civic.Platform.Search;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.Platform.Storage;

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

    public override StorageTroubleException? Explain(Exception failure) => SqliteDatabase.Explain(_connection, failure);

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
