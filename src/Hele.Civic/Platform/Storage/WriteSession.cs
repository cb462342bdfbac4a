using System.Security.Cryptography;
using Hele.Civic.Kernel;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Journal;
using Hele.Civic.Platform.Notices;
using Hele.Civic.Platform.Search;
using Hele.Evidence;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace Hele.Civic.Platform.Storage;

/// <summary>
/// One connection that writes, with its context and its prepared commands: transaction, savepoints, journal. The two databases differ only in
/// the abstract members; what an act writes, and in which order, is said here once.
/// </summary>
public abstract class WriteSession : IAsyncDisposable
{
    private readonly Dictionary<int, LogState> _logs = [];
    private readonly List<CommittedHead> _committed = [];

    /// <summary>What the act that is being decided will add to its logs, one list a side, when it is accepted.</summary>
    private readonly List<(LogState Log, List<EventKind> Kinds, List<Func<JournalRow>> Entries, List<ColumnTie> Ties)> _sides = [];

    public abstract HeleDb Db { get; }

    /// <summary>True after an error that leaves the transaction unusable.</summary>
    public abstract bool IsBroken { get; }

    /// <summary>The heads that the last commit moved.</summary>
    public IReadOnlyList<CommittedHead> CommittedHeads => _committed;

    protected abstract Task BeginTransaction();
    protected abstract Task CommitTransaction();
    public abstract Task RollbackTransaction();

    /// <summary>Begins an act: fence, savepoint, and what was accepted before of the same operation, or since a time of the same content, in one question.</summary>
    protected abstract Task<Earlier> Savepoint(int jurisdiction, Guid account, Guid operation, byte[] inputHash, DateTimeOffset since);

    /// <summary>Lets the transaction see and write the rows of one jurisdiction.</summary>
    protected abstract Task Fence(int jurisdiction);

    protected abstract Task RollbackToSavepoint();

    /// <summary>Writes the ties and the idempotency record of one act and releases its savepoint.</summary>
    protected abstract Task WriteAct(IReadOnlyList<ColumnTie> ties, AcceptedOperation accepted);

    /// <summary>Writes what the full-text index is to know.</summary>
    protected abstract Task WriteIndex(IReadOnlyList<SearchEntry> entries);

    internal Task Index(IReadOnlyList<SearchEntry> entries) => entries.Count > 0 ? WriteIndex(entries) : Task.CompletedTask;

    private Dictionary<Type, Searchable>? _searchables;
    private ModuleList? _modules;

    private ModuleList Modules => _modules ??= Db.GetService<ModuleList>();

    /// <summary>What can be found by words, by its type; asked of the model's own services, as the model is.</summary>
    private Dictionary<Type, Searchable> Searchables => _searchables ??= Modules.Searchables.ToDictionary(s => s.Entity);

    /// <summary>Writes the group's journal rows and the heads they lead to.</summary>
    protected abstract Task WriteLogs(IReadOnlyList<LogState> logs, DateTimeOffset now);

    /// <summary>Locks and reads the head of a jurisdiction's log, with its code and when its newest entries were written.</summary>
    protected abstract Task<(string Code, long Size, byte[] Frontier, DateTimeOffset? Newest)> LockHead(int jurisdiction);

    /// <summary>A database error that a person can understand, else null. The constraint is the last judge; this is the one place that says so.</summary>
    public abstract Problem? Translate(Exception failure);

    /// <summary>A failure as what it says about the place of storage, where the database knows more than the failure does; else null. Asked before anything else is done on the connection.</summary>
    public virtual StorageTroubleException? Explain(Exception failure) => null;

    /// <summary>True when a head read in an earlier group is still right, because nobody else can write.</summary>
    protected abstract bool KeepsHeads { get; }

    public async Task Begin()
    {
        _committed.Clear();
        if (!KeepsHeads)
            _logs.Clear();
        await BeginTransaction();
    }

    /// <summary>Fences a change of operational rows in, without an act: to one jurisdiction, or to none.</summary>
    public async Task Enter(int? jurisdiction)
    {
        Db.Scope = jurisdiction is { } id ? [id] : [];
        if (jurisdiction is { } fenced)
            await Fence(fenced);
    }

    /// <param name="other">The second jurisdiction of a crossing act, which is alone in its transaction.</param>
    /// <param name="since">From when on the same content counts as sent before.</param>
    /// <returns>What of it was accepted before.</returns>
    public async Task<Earlier> BeginAct(Act act, byte[] inputHash, DateTimeOffset since, int? other = null)
    {
        // Two heads are locked in the order of their ids, by every node, before anything else; whoever holds one of a group never asks for a second.
        if (other < act.JurisdictionId)
            await KnowLog(other.Value);
        var log = await KnowLog(act.JurisdictionId);
        if (other > act.JurisdictionId)
            await KnowLog(other.Value);
        Db.Scope = log.Scope;
        return await Savepoint(act.JurisdictionId, act.AccountId, act.OperationId, inputHash, since);
    }

    private async Task<LogState> KnowLog(int jurisdiction)
    {
        if (!_logs.TryGetValue(jurisdiction, out var log))
        {
            var (code, size, frontier, newest) = await LockHead(jurisdiction);
            _logs[jurisdiction] = log = new LogState(jurisdiction, code, Frontier.Load(size, frontier)) { Newest = newest };
        }
        return log;
    }

    /// <summary>How far a clock may be set back without the times in the log going back with it.</summary>
    public static readonly TimeSpan ClockStep = TimeSpan.FromHours(2);

    /// <summary>
    /// The time of an act: the clock's, but not before the newest entry of the logs it is written in. A clock that is set back by an hour, or the other
    /// node's that goes slow, must not file an answer before its question. Behind by more than <see cref="ClockStep"/> it is believed: then it had been wrong before, and
    /// holding on to that would make every date wrong until it is reached; what comes first is the log's order then as ever.
    /// </summary>
    public DateTimeOffset TimeOf(DateTimeOffset now, int jurisdiction, int? other = null) => NotBefore(NotBefore(now, _logs[jurisdiction]), other is { } id ? _logs[id] : null);

    private static DateTimeOffset NotBefore(DateTimeOffset now, LogState? log) => log?.Newest is { } newest && newest > now && newest - now <= ClockStep ? newest : now;

    /// <summary>Opens one side of a crossing act, whose head is locked: from here on the transaction reads and writes this jurisdiction's rows.</summary>
    public async Task Turn(int jurisdiction)
    {
        Db.Scope = _logs[jurisdiction].Scope;
        await Fence(jurisdiction);
    }
    private static readonly Compiled<Func<HeleDb, int, Guid, DateOnly, Task<bool>>> ActivePost = new(() => EF.CompileAsyncQuery((HeleDb db, int jurisdiction, Guid post, DateOnly day) =>
        db.Set<Post>().Any(p => p.JurisdictionId == jurisdiction && p.Id == post && p.State == PostState.Confirmed && p.VacantSince == null && p.From <= day && (p.To == null || p.To >= day))));

    /// <summary>Whether the post of an act gives anything today, asked behind the lock of the log's head: an act that was on its way while its post was ended is refused.</summary>
    public Task<bool> IsInPost(Act act, DateOnly today) => act.PostId is { } post ? ActivePost.For(Db)(Db, act.JurisdictionId, post, today) : Task.FromResult(true);

    public async Task RollbackAct()
    {
        _sides.Clear();
        Db.ChangeTracker.Clear();
        await RollbackToSavepoint();
    }

    /// <summary>Entries that a jurisdiction's log has before the act that is being decided, those of its own group included.</summary>
    /// <remarks>An act that comes back to a side finds what it wrote there before not counted: it isn't accepted yet.</remarks>
    public long LogSize(int jurisdiction) => _logs[jurisdiction].Size;

    /// <summary>Writes what the act changed: domain rows through EF, its ties and idempotency record; its events become leaves when the group commits.</summary>
    /// <param name="aside">True to let another processor make the entries (some 60 HMACs an act) while this one decides the next act.</param>
    /// <param name="crossed">Of a crossing act its declaration and the jurisdiction above: it must have written on both sides what it declares.</param>
    public async Task AcceptAct(ActScope scope, string operation, byte[] inputHash, string result, bool aside, (Crossing Crossing, int Above)? crossed = null)
    {
        await WriteSide(scope, operation);
        if (crossed is var (crossing, above))
        {
            var sides = _sides.ToLookup(s => s.Log.JurisdictionId == above, s => s.Kinds);
            if (!sides[true].Any(k => k.Count > 0) || !sides[false].Any(k => k.Count > 0))
                throw new InvalidOperationException($"{operation} is declared as crossing and wrote on one side only.");
            if (!Once(sides[true], crossing.Above, crossing.Aside) || !Once(sides[false], crossing.Below, crossing.Aside))
                throw new InvalidOperationException($"{operation} recorded other events than it declares.");
        }
        await WriteAct([.. _sides.SelectMany(s => s.Ties)], new AcceptedOperation
        {
            AccountId = scope.Act.AccountId, OperationId = scope.Act.OperationId, Operation = operation, InputHash = inputHash, Result = result, At = scope.Now,
        });
        foreach (var (log, _, entries, _) in _sides)
            foreach (var entry in entries)
                log.Entries.Add(aside ? Task.Run(entry) : Task.FromResult(entry()));
        _sides.Clear();
    }

    private static bool Once(IEnumerable<List<EventKind>> recorded, IReadOnlySet<EventKind> declared, IReadOnlySet<EventKind> aside) =>
        recorded.SelectMany(k => k).Where(k => !aside.Contains(k)).ToList() is var kinds && kinds.Count == declared.Count && declared.SetEquals(kinds);

    /// <summary>Writes the rows that an act changed in one jurisdiction, behind that jurisdiction's fence, and keeps what it will add to the log.</summary>
    internal async Task WriteSide(ActScope scope, string operation)
    {
        var act = scope.Act;
        var log = _logs[act.JurisdictionId];
        var first = log.Size + _sides.Where(s => s.Log == log).Sum(s => s.Entries.Count);
        Db.ChangeTracker.DetectChanges();

        var changed = new Dictionary<Owned, EntityEntry>(ReferenceEqualityComparer.Instance);
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

        var entries = new List<Func<JournalRow>>(scope.Events.Count);
        var ties = new List<ColumnTie>();
        foreach (var (record, kind, on, reason) in scope.Events)
        {
            var leaf = first + entries.Count;
            var type = Db.Model.FindEntityType(record.GetType()) ?? throw new InvalidOperationException($"{record.GetType()} is not in the model.");
            var table = CommittedTable.Of(type);
            var state = EntityState.Unchanged;
            List<(CommittedColumn Column, byte[] Value)> changes = [];
            if (changed.Remove(record, out var entry))
            {
                state = entry.State;
                if (state != EntityState.Deleted)
                    changes = table.Changes(entry, all: kind.Confidential || kind.Whole);
            }
            var deleted = state == EntityState.Deleted;
            entries.Add(() => JournalEntry.Make(log.Code, act, scope.Now, leaf, table.Name, record.Id, kind, on, reason, changes, deleted));
            if (state == EntityState.Added)
                ties.Add(new ColumnTie { JurisdictionId = act.JurisdictionId, RowTable = table.Name, RowId = record.Id, Column = ColumnTie.AllColumns, LeafIndex = leaf });
            else
                foreach (var (column, _) in changes)
                    ties.Add(new ColumnTie { JurisdictionId = act.JurisdictionId, RowTable = table.Name, RowId = record.Id, Column = column.Name, LeafIndex = leaf });
        }
        if (changed.Count > 0)
            throw new InvalidOperationException($"{operation} changed {changed.First().Value.Metadata.DisplayName()} without an event: every write of a fact is recorded, once per record.");

        var found = Db.ChangeTracker.Entries<Owned>().Where(e => e.State is not (EntityState.Unchanged or EntityState.Detached)).Select(IndexEntry).OfType<SearchEntry>().ToList();
        var told = await WriteNotices.Of(scope, Modules.NoticeSources, first);
        if (Db.ChangeTracker.HasChanges())
            await Db.SaveChangesAsync(acceptAllChangesOnSuccess: false);
        await Index(found);
        _sides.Add((log, [.. scope.Events.Select(e => e.Kind)], entries, ties));
        Db.ChangeTracker.Clear();
        if (told.Count > 0)
        {
            await WriteNotices.Add(scope, told, Modules.CanBeTold, Db.GetService<Notices.Mail.MailSetup>().IsOn);
            await Db.SaveChangesAsync(acceptAllChangesOnSuccess: false);
            Db.ChangeTracker.Clear();
        }
    }

    private SearchEntry? IndexEntry(EntityEntry<Owned> entry)
    {
        if (!Searchables.TryGetValue(entry.Metadata.ClrType, out var searchable))
            return null;
        var table = CommittedTable.Of(entry.Metadata).Name;
        return new SearchEntry(entry.Entity.JurisdictionId, table, entry.Entity.Id, entry.State == EntityState.Deleted ? null : searchable.Tokens(table, entry.Entity));
    }

    public async Task Commit(DateTimeOffset now)
    {
        var moved = _logs.Values.Where(l => l.Entries.Count > 0).ToList();
        foreach (var log in moved)
            await log.Append();
        now = moved.Aggregate(now, NotBefore);
        if (moved.Count > 0)
            await WriteLogs(moved, now);
        await CommitTransaction();
        foreach (var log in moved)
        {
            log.Newest = now;
            log.Committed();
            _committed.Add(new CommittedHead(log.JurisdictionId, log.Frontier.Size));
        }
    }

    /// <summary>Forgets everything about a group that was not committed.</summary>
    public virtual async Task Abandon()
    {
        _sides.Clear();
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

        /// <summary>When the newest entries were written; null before the first.</summary>
        public DateTimeOffset? Newest { get; set; }

        /// <summary>The tree; it grows when the group commits.</summary>
        public Frontier Frontier => frontier;

        /// <summary>Entries of the group, in order, perhaps still being made.</summary>
        public List<Task<JournalRow>> Entries { get; } = [];

        /// <summary>The same, made: what is to be written.</summary>
        public List<JournalRow> Rows { get; } = [];

        /// <summary>Subtree roots of full tiles that this group completed.</summary>
        public List<(int Level, long Index, byte[] Hash)> Nodes { get; } = [];

        /// <summary>Entries in the log with the group's own.</summary>
        public long Size => frontier.Size + Entries.Count;

        public async Task Append()
        {
            foreach (var entry in Entries)
            {
                var row = await entry;
                Rows.Add(row);
                frontier.Append(row.LeafHash, Keep);
            }
            Entries.Clear();
        }

        public void Committed()
        {
            Rows.Clear();
            Nodes.Clear();
        }

        private void Keep(int level, long index, ReadOnlySpan<byte> hash)
        {
            if (level > 0)
                Nodes.Add((level, index, hash.ToArray()));
        }
    }
}

/// <summary>What an account had accepted before an act.</summary>
/// <param name="InputHash">Of the same operation id; null when it is new.</param>
/// <param name="Result">What that operation was answered with.</param>
/// <param name="SameContent">What the same content under another operation id was answered with; null when there was none.</param>
public sealed record Earlier(byte[]? InputHash = null, string? Result = null, string? SameContent = null);

/// <summary>The size a log reached with a commit.</summary>
public readonly record struct CommittedHead(int JurisdictionId, long Size);
