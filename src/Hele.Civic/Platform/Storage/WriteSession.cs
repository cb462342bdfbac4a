using System.Security.Cryptography;
using Hele.Civic.Kernel;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Journal;
using Hele.Evidence;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.Platform.Storage;

/// <summary>
/// One connection that writes, with its context and its prepared commands: transaction, savepoints, journal. The two databases differ only in
/// the abstract members; what an act writes, and in which order, is said here once.
/// </summary>
public abstract class WriteSession : IAsyncDisposable
{
    private readonly Dictionary<int, LogState> _logs = [];
    private readonly List<CommittedHead> _committed = [];

    public abstract HeleDb Db { get; }

    /// <summary>True after an error that leaves the transaction unusable.</summary>
    public abstract bool IsBroken { get; }

    /// <summary>The heads that the last commit moved.</summary>
    public IReadOnlyList<CommittedHead> CommittedHeads => _committed;

    protected abstract Task BeginTransaction();
    protected abstract Task CommitTransaction();
    public abstract Task RollbackTransaction();
    protected abstract Task Savepoint(int jurisdiction);
    protected abstract Task RollbackToSavepoint();

    /// <summary>Writes the journal rows, ties and idempotency record of one act and releases its savepoint.</summary>
    protected abstract Task WriteLog(IReadOnlyList<JournalRow> rows, IReadOnlyList<(ColumnTie Tie, bool Fresh)> ties, AcceptedOperation accepted);

    protected abstract Task WriteHeads(IReadOnlyList<LogState> logs, DateTimeOffset now);

    /// <summary>Locks and reads the head of a jurisdiction's log, with its code.</summary>
    protected abstract Task<(string Code, long Size, byte[] Frontier)> LockHead(int jurisdiction);

    public abstract Task<(byte[] InputHash, string Result)?> FindAccepted(Guid account, Guid operation);

    /// <summary>A database error that a person can understand, else null. The constraint is the last judge; this is the one place that says so.</summary>
    public abstract Problem? Translate(Exception failure);

    /// <summary>True when a head read in an earlier group is still right, because nobody else can write.</summary>
    protected abstract bool KeepsHeads { get; }

    public async Task Begin()
    {
        _committed.Clear();
        if (!KeepsHeads)
            _logs.Clear();
        await BeginTransaction();
    }

    public async Task BeginAct(Act act)
    {
        if (!_logs.TryGetValue(act.JurisdictionId, out var log))
        {
            var (code, size, frontier) = await LockHead(act.JurisdictionId);
            _logs[act.JurisdictionId] = log = new LogState(act.JurisdictionId, code, Frontier.Load(size, frontier));
        }
        Db.Scope = log.Scope;
        await Savepoint(act.JurisdictionId);
    }

    public async Task RollbackAct()
    {
        Db.ChangeTracker.Clear();
        await RollbackToSavepoint();
    }

    /// <summary>Writes what the act changed: domain rows through EF, then its events as leaves, ties and the idempotency record.</summary>
    public async Task AcceptAct(ActScope scope, string operation, byte[] inputHash, string result)
    {
        var act = scope.Act;
        var log = _logs[act.JurisdictionId];
        Db.ChangeTracker.DetectChanges();

        var changed = new Dictionary<Owned, Microsoft.EntityFrameworkCore.ChangeTracking.EntityEntry>(ReferenceEqualityComparer.Instance);
        foreach (var entry in Db.ChangeTracker.Entries())
        {
            if (entry.State is EntityState.Unchanged or EntityState.Detached)
                continue;
            if (entry.Entity is Owned owned)
            {
                if (owned.JurisdictionId != act.JurisdictionId)
                    throw new InvalidOperationException($"{operation}: a {entry.Metadata.DisplayName()} of jurisdiction {owned.JurisdictionId} was changed by an act in {act.JurisdictionId}.");
                changed.Add(owned, entry);
            }
            else if (!ExemptTables.Contains(entry.Metadata.ClrType))
            {
                throw new InvalidOperationException($"{operation}: {entry.Metadata.DisplayName()} is neither owned nor exempt.");
            }
        }

        var rows = new List<JournalRow>(scope.Events.Count);
        var ties = new List<(ColumnTie, bool)>();
        foreach (var (record, kind, on, reason) in scope.Events)
        {
            var leaf = log.Frontier.Size + rows.Count;
            var type = Db.Model.FindEntityType(record.GetType()) ?? throw new InvalidOperationException($"{record.GetType()} is not in the model.");
            var table = CommittedTable.Of(type);
            var state = EntityState.Unchanged;
            List<(CommittedColumn Column, byte[] Value)> changes = [];
            if (changed.Remove(record, out var entry))
            {
                state = entry.State;
                if (state != EntityState.Deleted)
                    changes = table.Changes(entry, all: kind.Confidential);
            }
            var row = JournalEntry.Make(log.Code, act, scope.Now, leaf, table.Name, record, kind, on, reason, changes, state == EntityState.Deleted);
            rows.Add(row);
            if (state == EntityState.Added)
                ties.Add((new ColumnTie { JurisdictionId = act.JurisdictionId, RowTable = table.Name, RowId = record.Id, Column = ColumnTie.AllColumns, LeafIndex = leaf }, true));
            else
                foreach (var (column, _) in changes)
                    ties.Add((new ColumnTie { JurisdictionId = act.JurisdictionId, RowTable = table.Name, RowId = record.Id, Column = column.Name, LeafIndex = leaf }, false));
        }
        if (changed.Count > 0)
            throw new InvalidOperationException($"{operation} changed {changed.First().Value.Metadata.DisplayName()} without an event: every write of a fact is recorded, once per record.");

        if (Db.ChangeTracker.HasChanges())
            await Db.SaveChangesAsync(acceptAllChangesOnSuccess: false);
        await WriteLog(rows, ties, new AcceptedOperation
        {
            AccountId = act.AccountId, OperationId = act.OperationId, Operation = operation, InputHash = inputHash, Result = result, At = scope.Now,
        });
        foreach (var row in rows)
            log.Frontier.Append(row.LeafHash, log.Keep);
        Db.ChangeTracker.Clear();
    }

    public async Task Commit(DateTimeOffset now)
    {
        var moved = _logs.Values.Where(l => l.Frontier.Size > l.CommittedSize).ToList();
        if (moved.Count > 0)
            await WriteHeads(moved, now);
        await CommitTransaction();
        foreach (var log in moved)
        {
            log.CommittedSize = log.Frontier.Size;
            log.Nodes.Clear();
            _committed.Add(new CommittedHead(log.JurisdictionId, log.Frontier.Size));
        }
    }

    /// <summary>Forgets everything about a group that was not committed.</summary>
    public virtual async Task Abandon()
    {
        Db.ChangeTracker.Clear();
        _logs.Clear();
        await RollbackTransaction();
    }

    public abstract ValueTask DisposeAsync();

    /// <summary>A jurisdiction's log as this session knows it within its transaction.</summary>
    protected sealed class LogState(int jurisdictionId, string code, Frontier frontier)
    {
        public int JurisdictionId => jurisdictionId;
        public string Code => code;
        public int[] Scope { get; } = [jurisdictionId];
        public Frontier Frontier => frontier;
        public long CommittedSize { get; set; } = frontier.Size;

        /// <summary>Subtree roots of full tiles that this group completed.</summary>
        public List<(int Level, long Index, byte[] Hash)> Nodes { get; } = [];

        public void Keep(int level, long index, ReadOnlySpan<byte> hash)
        {
            if (level > 0)
                Nodes.Add((level, index, hash.ToArray()));
        }
    }
}

/// <summary>The size a log reached with a commit.</summary>
public readonly record struct CommittedHead(int JurisdictionId, long Size);
