using System.Data.Common;
using Hele.Civic.Kernel;
using Hele.Civic.Platform.Search;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Hele.Civic.Platform.Storage;

/// <summary>Where an installation keeps its things.</summary>
/// <param name="DataDirectory">The database file, keys and attachments; owned by one process through its lock.</param>
/// <param name="PinDirectory">The pinned checkpoints; should lie on another disk.</param>
/// <param name="Postgres">A PostgreSQL connection string; null for SQLite in the data directory.</param>
public sealed record StorageOptions(string DataDirectory, string PinDirectory, string? Postgres = null)
{
    public string SqliteFile => Path.Combine(DataDirectory, "hele.db");
    public string KeyDirectory => Path.Combine(DataDirectory, "keys");
}

/// <summary>A database: how to read, how to write, how to bring it up to date.</summary>
public abstract class Database : IAsyncDisposable
{
    public abstract string Kind { get; }

    /// <summary>Which writing lane an act of a jurisdiction belongs to: lanes write side by side.</summary>
    public abstract int LaneOf(int jurisdictionId);

    /// <summary>Whoever catches a failure writes it into the messages, or knows why not: EF would write each there once or twice before, with its whole stack.</summary>
    protected static void ToldOnce(WarningsConfigurationBuilder warnings) =>
        warnings.Ignore(CoreEventId.QueryIterationFailed, CoreEventId.SaveChangesFailed, RelationalEventId.ConnectionError, RelationalEventId.CommandError, RelationalEventId.TransactionError);

    private volatile StorageTrouble? _standing;

    /// <summary>What last kept the program from reading or saving, until a write (of an unreachable database: a read) succeeds again; null when all is well.</summary>
    public StorageTrouble? Standing => _standing;

    /// <summary>A context for reading inside one transaction, from the pool, showing only the given jurisdictions.</summary>
    public async Task<ReadLease> Read(int[] jurisdictions, CancellationToken cancel = default)
    {
        try
        {
            var lease = await OpenRead(jurisdictions, cancel);
            if (_standing is { Kind: TroubleKind.Away })
                _standing = null;
            return lease;
        }
        catch (Exception failure) when (Note(failure) is not null)
        {
            throw;
        }
    }

    protected abstract Task<ReadLease> OpenRead(int[] jurisdictions, CancellationToken cancel);

    public abstract Task<WriteLease> LeaseWriteSession();

    /// <summary>Remembers what a failure says about the place of storage, if anything.</summary>
    internal StorageTrouble? Note(Exception failure)
    {
        var trouble = StorageTrouble.Of(failure);
        if (trouble is not null)
            _standing = trouble;
        return trouble;
    }

    /// <summary>Something was saved.</summary>
    internal void Saved() => _standing = null;

    /// <summary>Whether the place of storage can be read and, after a trouble, written again: what a monitor and <c>/health</c> ask.</summary>
    /// <returns>What is the matter; null when all is well.</returns>
    public async Task<StorageTrouble?> Probe(CancellationToken cancel = default)
    {
        try
        {
            await using (await Read([], cancel)) { }
            // Only a write shows that writing works again, so one is tried, and only then: a counter that counts nobody.
            if (_standing is not null)
            {
                await Operate(async db =>
                {
                    db.Add(new Accounts.SignInCounter { Key = System.Security.Cryptography.RandomNumberGenerator.GetBytes(1024), CountedAt = DateTimeOffset.UnixEpoch });
                    await db.SaveChangesAsync(cancel);
                    db.Remove(db.ChangeTracker.Entries<Accounts.SignInCounter>().Single().Entity);
                });
            }
            return null;
        }
        catch (Exception failure) when (StorageTrouble.Of(failure) is { } trouble)
        {
            return trouble;
        }
    }

    /// <summary>Creates or upgrades the schema, and on PostgreSQL the fence and the application role.</summary>
    public abstract Task Migrate(CancellationToken cancel = default);

    /// <summary>Migrations that <see cref="Migrate"/> would apply.</summary>
    public abstract Task<IReadOnlyList<string>> PendingMigrations(CancellationToken cancel = default);

    /// <summary>What must be true before the first request; throws <see cref="StartupException"/> in words an operator understands.</summary>
    public abstract Task AssertReady(CancellationToken cancel = default);

    /// <summary>After an erasure: gets rid of what the database itself still keeps of overwritten rows, as far as it lets the program.</summary>
    public abstract Task Sweep(CancellationToken cancel = default);

    /// <summary>Looks how the rows lie, where that has changed much, so that questions are asked by the better index. Cheap when nothing changed.</summary>
    public abstract Task Analyze(CancellationToken cancel = default);

    /// <summary>Writes one state of the database into a backup, while it serves.</summary>
    /// <param name="describe">Reads of that same state what the manifest says.</param>
    public abstract Task WriteBackup(BackupWriter backup, Func<HeleDb, Task> describe, CancellationToken cancel = default);

    /// <summary>Whether there is nothing in the database's place yet.</summary>
    public abstract Task<bool> IsEmpty(CancellationToken cancel = default);

    /// <summary>Puts a backup into an empty place, in the schema it was made in. What was put there by a call that failed is taken away again.</summary>
    public abstract Task ReadBackup(BackupReader backup, CancellationToken cancel = default);

    /// <summary>Takes away what <see cref="ReadBackup"/> put there: a restore that was refused leaves the place as empty as it was.</summary>
    public abstract Task Discard(CancellationToken cancel = default);

    /// <summary>After an upgrade that failed: puts back what was saved before it, as far as the database didn't roll it back by itself.</summary>
    public abstract Task PutBack(BackupReader backup, CancellationToken cancel = default);

    /// <summary>Further options of the contexts that change the schema: a test brings a migration of its own.</summary>
    public Action<DbContextOptionsBuilder>? Further { get; set; }

    /// <summary>Migrations this program knows, oldest first.</summary>
    public abstract IReadOnlyList<string> KnownMigrations();

    public abstract ValueTask DisposeAsync();

    /// <summary>Puts records into the full-text index as they stand now; no act, no entry.</summary>
    /// <param name="read">The records, read in the transaction that writes what the index knows of them.</param>
    public async Task Index(int jurisdiction, Func<HeleDb, Task<IReadOnlyList<SearchEntry>>> read)
    {
        await using var lease = await LeaseWriteSession();
        await lease.Session.Begin();
        try
        {
            await lease.Session.Enter(jurisdiction);
            await lease.Session.Index(await read(lease.Session.Db));
            await lease.Session.Commit(default);
        }
        catch
        {
            await lease.Abandon();
            throw;
        }
    }

    /// <summary>
    /// Changes operational tables (accounts, sessions, caches): no act, no entry. Refuses anything else.
    /// </summary>
    /// <param name="jurisdiction">Whose operational rows it may see and change, where they belong to one.</param>
    public async Task Operate(Func<HeleDb, Task> change, int? jurisdiction = null)
    {
        try
        {
            try
            {
                await Change(change, jurisdiction);
            }
            catch (Exception failure) when (StorageTrouble.Of(failure) is { Kind: TroubleKind.Away })
            {
                // A connection that lay idle while its server was started anew only says so when it is used. Nothing was answered yet.
                await Change(change, jurisdiction);
            }
        }
        catch (Exception failure) when (Note(failure) is not null)
        {
            throw;
        }
    }

    private async Task Change(Func<HeleDb, Task> change, int? jurisdiction)
    {
        await using var lease = await LeaseWriteSession();
        var session = lease.Session;
        await session.Begin();
        try
        {
            await session.Enter(jurisdiction);
            await change(session.Db);
            session.Db.ChangeTracker.DetectChanges();
            foreach (var entry in session.Db.ChangeTracker.Entries())
                if (entry.State is not EntityState.Unchanged && !ExemptTables.Contains(entry.Metadata.ClrType))
                    throw new InvalidOperationException($"{entry.Metadata.DisplayName()} holds facts: it is written by an act.");
            var writes = await session.Db.SaveChangesAsync(acceptAllChangesOnSuccess: false) > 0;
            session.Db.ChangeTracker.Clear();
            await session.Commit(default);
            if (writes)
                Saved();
        }
        catch (Exception failure)
        {
            var explained = session.Explain(failure);
            await lease.Abandon();
            if (explained is not null)
                throw explained;
            throw;
        }
    }
}

/// <summary>A refusal to start, for an operator: in both languages, the Chinese first, because nobody has chosen one yet.</summary>
public class StartupException(Bilingual sentence, Exception? inner = null) : Exception($"{sentence.Zh}\n{sentence.En}", inner)
{
    public Bilingual Sentence => sentence;
}

/// <summary>A read context with its transaction; both go back when disposed.</summary>
/// <param name="ended">Told when the reading is over.</param>
public sealed class ReadLease(HeleDb db, DbTransaction? transaction, Action? ended = null) : IAsyncDisposable
{
    private Action? _ended = ended;

    public HeleDb Db => db;

    public async ValueTask DisposeAsync()
    {
        try
        {
            if (transaction is not null)
                await transaction.DisposeAsync();
            await db.DisposeAsync();
        }
        finally
        {
            Interlocked.Exchange(ref _ended, null)?.Invoke();
        }
    }
}

/// <summary>A writing session for one group.</summary>
public sealed class WriteLease(WriteSession session, Func<WriteSession, bool, ValueTask> giveBack) : IAsyncDisposable
{
    private bool _abandoned;

    public WriteSession Session => session;

    public async Task Abandon()
    {
        _abandoned = true;
        await session.Abandon();
    }

    public ValueTask DisposeAsync() => giveBack(session, _abandoned);
}
