using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Journal;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.Platform.Storage;

/// <summary>
/// The inside of one act: the context over the writer's transaction, the time, and the record of events. No slow work in here (hashing of
/// passwords, images, network): prepare before, decide inside.
/// </summary>
public sealed class ActScope(HeleDb db, Act act, DateTimeOffset now, DateOnly today, long logSize)
{
    internal readonly List<(Owned Record, EventKind Kind, DateOnly On, string? Reason)> Events = [];

    public HeleDb Db => db;
    public Act Act => act;

    /// <summary>Log time (UTC, milliseconds): one for all events of the act.</summary>
    public DateTimeOffset Now => now;

    /// <summary>Today in China.</summary>
    public DateOnly Today => today;

    /// <summary>Entries in the jurisdiction's log before this act.</summary>
    public long LogSize => logSize;

    /// <summary>The business date: the act's own, else today.</summary>
    public DateOnly On => act.On ?? today;

    /// <summary>Says that this happened to this record. Each record an act changes has exactly one event.</summary>
    public void Record(Owned record, EventKind kind) => Events.Add((record, kind, On, act.Reason));

    /// <summary>Whether the act makes the record that it is answered with.</summary>
    internal bool Files(string code) => Events.Any(e => db.Entry(e.Record) is { State: EntityState.Added } entry
        && entry.Metadata.FindProperty(PublicCode) is not null && (string?)entry.Property(PublicCode).CurrentValue == code);

    private const string PublicCode = "PublicCode";

    /// <summary>Adds a new record with its event.</summary>
    public T Add<T>(T record, EventKind kind) where T : Owned
    {
        record.JurisdictionId = act.JurisdictionId;
        db.Add(record);
        Record(record, kind);
        return record;
    }
}
