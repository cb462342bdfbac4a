using System.Security.Cryptography;
using Hele.Civic.Platform.Access;
using Hele.Evidence;

namespace Hele.Civic.Platform.Journal;

/// <summary>
/// Makes a journal row with its entry, and checks one again. The form of the entry is frozen in docs/adr/0002-log-entry.md: in clear are kind,
/// time, jurisdiction and the event's own id; everything else is committed under a salt of the entry's own.
/// </summary>
public static class JournalEntry
{
    public const int SaltSize = 32;

    // Fields that are not columns. No column can be called so.
    public const string ActField = "@act", ActorField = "@actor", KindField = "@kind", OnField = "@on", PostField = "@post", ReasonField = "@reason", RowField = "@row", DeletedField = "@deleted";

    public static JournalRow Make(string jurisdictionCode, Act act, DateTimeOffset now, long leaf, string table, Guid record, EventKind kind, DateOnly on, string? reason,
        List<(CommittedColumn Column, byte[] Value)> changes, bool deleted)
    {
        var salt = RandomNumberGenerator.GetBytes(SaltSize);
        var eventId = Guid.CreateVersion7(now);
        var builder = new EntryBuilder(salt);
        AddOpenings((field, value) => builder.Add(field, value), table, record, act.OperationId, act.AccountId, act.PostId, kind.Code, on, reason);
        if (deleted)
            builder.Add(DeletedField, ValueBytes.Bool(true));
        foreach (var (column, value) in changes)
            builder.Add(column.Name, value);
        var text = kind.Confidential ? builder.BuildConfidential(now, jurisdictionCode, eventId) : builder.Build(kind.Code, now, jurisdictionCode, eventId);
        var entry = text.Bytes.ToArray();
        return new JournalRow
        {
            JurisdictionId = act.JurisdictionId, LeafIndex = leaf, EventId = eventId, ActId = act.OperationId, At = now, OnDate = on, Kind = kind.Code,
            RowTable = table, RowId = record, ActorId = act.AccountId, PostId = act.PostId, Reason = reason,
            Entry = entry, Salt = salt, LeafHash = Merkle.HashLeaf(entry),
        };
    }

    /// <summary>The committed fields that the journal row itself opens.</summary>
    public static void AddOpenings(Action<string, byte[]> add, string table, Guid row, Guid act, Guid actor, Guid? post, string kind, DateOnly on, string? reason)
    {
        add(ActField, ValueBytes.Guid(act));
        add(ActorField, ValueBytes.Guid(actor));
        add(KindField, ValueBytes.Text(kind));
        add(OnField, ValueBytes.Date(on));
        add(PostField, post is { } p ? ValueBytes.Guid(p) : ValueBytes.Null());
        add(ReasonField, ValueBytes.Text(reason));
        add(RowField, ValueBytes.Text($"{table}/{row:D}"));
    }
}
