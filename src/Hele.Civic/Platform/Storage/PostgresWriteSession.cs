using System.Data;
using Hele.Civic.Kernel;
using Hele.Civic.Platform.Journal;
using Hele.Civic.Platform.Search;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using NpgsqlTypes;

namespace Hele.Civic.Platform.Storage;

/// <summary>One writing connection to PostgreSQL. It sends what it can in one round trip.</summary>
public sealed class PostgresWriteSession : WriteSession
{
    private readonly NpgsqlConnection _connection;
    private readonly PostgresHele _db;
    private NpgsqlTransaction? _transaction;
    private int _fence;

    private PostgresWriteSession(NpgsqlConnection connection, PostgresHele db)
    {
        _connection = connection;
        _db = db;
    }

    internal static async Task<PostgresWriteSession> Open(NpgsqlDataSource source, Func<NpgsqlConnection, PostgresHele> context)
    {
        var connection = await source.OpenConnectionAsync();
        var db = context(connection);
        db.IsWriter = true;
        db.ChangeTracker.QueryTrackingBehavior = QueryTrackingBehavior.TrackAll;
        db.ChangeTracker.AutoDetectChangesEnabled = false;
        db.Database.AutoTransactionBehavior = AutoTransactionBehavior.Never;
        db.Database.AutoSavepointsEnabled = false;
        return new PostgresWriteSession(connection, db);
    }

    public override HeleDb Db => _db;
    public override bool IsBroken => _connection.FullState.HasFlag(ConnectionState.Broken) || _connection.State != ConnectionState.Open;
    protected override bool KeepsHeads => false;

    protected override async Task BeginTransaction()
    {
        _fence = 0;
        _transaction = await _connection.BeginTransactionAsync(IsolationLevel.ReadCommitted);
        await _db.Database.UseTransactionAsync(_transaction);
    }

    protected override async Task CommitTransaction()
    {
        await _transaction!.CommitAsync();
        await EndTransaction();
    }

    public override async Task RollbackTransaction()
    {
        if (_transaction is null)
            return;
        try { await _transaction.RollbackAsync(); }
        catch (Exception failure) when (failure is NpgsqlException or InvalidOperationException or IOException) { }
        await EndTransaction();
    }

    private async Task EndTransaction()
    {
        await _db.Database.UseTransactionAsync(null);
        await _transaction!.DisposeAsync();
        _transaction = null;
    }

    protected override async Task Fence(int jurisdiction)
    {
        await using var batch = new NpgsqlBatch(_connection, _transaction);
        SetFence(batch, jurisdiction);
        if (batch.BatchCommands.Count > 0)
            await batch.ExecuteNonQueryAsync();
    }

    protected override async Task<Earlier> Savepoint(int jurisdiction, Guid account, Guid operation, byte[] inputHash, DateTimeOffset since)
    {
        await using var batch = new NpgsqlBatch(_connection, _transaction);
        SetFence(batch, jurisdiction);
        batch.BatchCommands.Add(new NpgsqlBatchCommand("savepoint act"));
        batch.BatchCommands.Add(new NpgsqlBatchCommand("""
            select "InputHash", "Result" from "AcceptedOperations" where "AccountId" = $1 and "OperationId" = $2
            union all
            (select null, "Result" from "AcceptedOperations" where "AccountId" = $1 and "InputHash" = $3 and "At" >= $4 limit 1)
            """)
        {
            Parameters = { Value(account), Value(operation), Value(inputHash), Value(since) },
        });
        var earlier = new Earlier();
        await using var reader = await batch.ExecuteReaderAsync();
        do
        {
            // The fence answers with text, the savepoint with nothing.
            if (reader.FieldCount != 2 || reader.GetFieldType(0) != typeof(byte[]))
                continue;
            while (await reader.ReadAsync())
                earlier = await reader.IsDBNullAsync(0) ? earlier with { SameContent = reader.GetString(1) } : earlier with { InputHash = reader.GetFieldValue<byte[]>(0), Result = reader.GetString(1) };
        }
        while (await reader.NextResultAsync());
        return earlier;
    }

    protected override async Task RollbackToSavepoint()
    {
        await using var batch = new NpgsqlBatch(_connection, _transaction) { BatchCommands = { new("rollback to savepoint act"), new("release savepoint act") } };
        await batch.ExecuteNonQueryAsync();
        // The fence set inside the savepoint went with it.
        _fence = 0;
    }

    protected override async Task<(string Code, long Size, byte[] Frontier, DateTimeOffset? Newest)> LockHead(int jurisdiction)
    {
        await using var batch = new NpgsqlBatch(_connection, _transaction);
        SetFence(batch, jurisdiction);
        batch.BatchCommands.Add(new NpgsqlBatchCommand("""insert into "LogHeads" ("JurisdictionId","Size","Frontier") values ($1, 0, ''::bytea) on conflict do nothing""") { Parameters = { Value(jurisdiction) } });
        batch.BatchCommands.Add(new NpgsqlBatchCommand("""select j."Code", h."Size", h."Frontier", (select g."At" from "LogGroups" g where g."JurisdictionId" = $1 and g."Size" = h."Size") from "LogHeads" h join "Jurisdictions" j on j."Id" = h."JurisdictionId" where h."JurisdictionId" = $1 for update of h""") { Parameters = { Value(jurisdiction) } });
        await using var reader = await batch.ExecuteReaderAsync();
        do
        {
            if (reader.FieldCount == 4 && await reader.ReadAsync())
                return (reader.GetString(0), reader.GetInt64(1), reader.GetFieldValue<byte[]>(2), await reader.IsDBNullAsync(3) ? null : reader.GetFieldValue<DateTimeOffset>(3));
        }
        while (await reader.NextResultAsync());
        throw new InvalidOperationException($"There is no jurisdiction {jurisdiction}.");
    }

    private void SetFence(NpgsqlBatch batch, int jurisdiction)
    {
        if (_fence == jurisdiction)
            return;
        var id = jurisdiction.ToString(System.Globalization.CultureInfo.InvariantCulture);
        batch.BatchCommands.Add(new NpgsqlBatchCommand(PostgresDatabase.SetFence) { Parameters = { Value(id), Value(id) } });
        _fence = jurisdiction;
    }

    protected override async Task WriteAct(IReadOnlyList<ColumnTie> ties, AcceptedOperation accepted)
    {
        await using var batch = new NpgsqlBatch(_connection, _transaction);
        foreach (var tie in ties)
        {
            SetFence(batch, tie.JurisdictionId);
            batch.BatchCommands.Add(new NpgsqlBatchCommand("""
                insert into "ColumnTies" ("JurisdictionId","RowTable","RowId","Column","LeafIndex") values ($1,$2,$3,$4,$5)
                on conflict ("JurisdictionId","RowTable","RowId","Column") do update set "LeafIndex" = excluded."LeafIndex"
                """)
            { Parameters = { Value(tie.JurisdictionId), Value(tie.RowTable), Value(tie.RowId), Value(tie.Column), Value(tie.LeafIndex) } });
        }
        batch.BatchCommands.Add(new NpgsqlBatchCommand("""insert into "AcceptedOperations" ("AccountId","OperationId","Operation","InputHash","Result","At") values ($1,$2,$3,$4,$5,$6)""")
        {
            Parameters = { Value(accepted.AccountId), Value(accepted.OperationId), Value(accepted.Operation), Value(accepted.InputHash), Value(accepted.Result), Value(accepted.At) },
        });
        batch.BatchCommands.Add(new NpgsqlBatchCommand("release savepoint act"));
        await batch.ExecuteNonQueryAsync();
    }

    protected override async Task WriteIndex(IReadOnlyList<SearchEntry> entries)
    {
        await using var batch = new NpgsqlBatch(_connection, _transaction);
        foreach (var entry in entries)
        {
            SetFence(batch, entry.JurisdictionId);
            batch.BatchCommands.Add(entry.Tokens is null
                ? new NpgsqlBatchCommand("""delete from "SearchRows" where "JurisdictionId" = $1 and "RowTable" = $2 and "RowId" = $3""") { Parameters = { Value(entry.JurisdictionId), Value(entry.RowTable), Value(entry.RowId) } }
                : new NpgsqlBatchCommand("""
                    insert into "SearchRows" ("JurisdictionId","RowTable","RowId","Tokens") values ($1,$2,$3,to_tsvector('simple',$4))
                    on conflict ("JurisdictionId","RowTable","RowId") do update set "Tokens" = excluded."Tokens"
                    """) { Parameters = { Value(entry.JurisdictionId), Value(entry.RowTable), Value(entry.RowId), Value(entry.Tokens) } });
        }
        await batch.ExecuteNonQueryAsync();
    }

    protected override async Task WriteLogs(IReadOnlyList<LogState> logs, DateTimeOffset now)
    {
        await using var batch = new NpgsqlBatch(_connection, _transaction);
        foreach (var log in logs)
        {
            SetFence(batch, log.JurisdictionId);
            foreach (var row in log.Rows)
            {
                batch.BatchCommands.Add(new NpgsqlBatchCommand("""
                    insert into "Journal" ("JurisdictionId","LeafIndex","EventId","ActId","At","OnDate","Kind","RowTable","RowId","ActorId","PostId","Reason","Entry","Salt","LeafHash")
                    values ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15)
                    """)
                {
                    Parameters =
                    {
                        Value(row.JurisdictionId), Value(row.LeafIndex), Value(row.EventId), Value(row.ActId), Value(row.At), Value(row.OnDate), Value(row.Kind), Value(row.RowTable), Value(row.RowId),
                        Value(row.ActorId), Optional(row.PostId, NpgsqlDbType.Uuid), Optional(row.Reason, NpgsqlDbType.Text), Value(row.Entry), Value(row.Salt), Value(row.LeafHash),
                    },
                });
            }
            batch.BatchCommands.Add(new NpgsqlBatchCommand("""update "LogHeads" set "Size" = $2, "Frontier" = $3 where "JurisdictionId" = $1""") { Parameters = { Value(log.JurisdictionId), Value(log.Frontier.Size), Value(log.Frontier.ToBytes()) } });
            batch.BatchCommands.Add(new NpgsqlBatchCommand("""insert into "LogGroups" ("JurisdictionId","Size","At") values ($1,$2,$3)""") { Parameters = { Value(log.JurisdictionId), Value(log.Frontier.Size), Value(now) } });
            foreach (var (level, index, hash) in log.Nodes)
                batch.BatchCommands.Add(new NpgsqlBatchCommand("""insert into "LogNodes" ("JurisdictionId","Level","NodeIndex","Hash") values ($1,$2,$3,$4)""") { Parameters = { Value(log.JurisdictionId), Value(level), Value(index), Value(hash) } });
        }
        await batch.ExecuteNonQueryAsync();
    }

    public override Problem? Translate(Exception failure) => (failure as PostgresException ?? failure.InnerException as PostgresException)?.SqlState switch
    {
        PostgresErrorCodes.UniqueViolation => StorageProblems.Duplicate,
        PostgresErrorCodes.ForeignKeyViolation => StorageProblems.NotFound,
        _ => null,
    };

    public override async ValueTask DisposeAsync()
    {
        await RollbackTransaction();
        await _db.DisposeAsync();
        await _connection.DisposeAsync();
    }

    private static NpgsqlParameter<T> Value<T>(T value) => new() { TypedValue = value };

    private static NpgsqlParameter Optional(object? value, NpgsqlDbType type) => new() { Value = value ?? DBNull.Value, NpgsqlDbType = type };
}
