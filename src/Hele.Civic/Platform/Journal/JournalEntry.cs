using System.Security.Cryptography;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Storage;
using Hele.Evidence;

namespace Hele.Civic.Platform.Journal;

/// <summary>
/// Makes a journal row with its entry, and checks one again. The form of the entry is frozen in docs/adr/0002-log-entry.md: in clear are kind,
/// time, jurisdiction and the event's own id; everything else is committed under a salt of the entry's own.
/// </summary>
public static class JournalEntry
{
    public const int SaltSize = 32;
    public const string Confidential = "confidential";

    // Fields that are not columns. No column can be called so.
    public const string ActorField = "@actor", KindField = "@kind", OnField = "@on", PostField = "@post", ReasonField = "@reason", RowField = "@row", DeletedField = "@deleted";

    public static JournalRow Make(string jurisdictionCode, Act act, DateTimeOffset now, long leaf, string table, Owned record, EventKind kind, DateOnly on, string? reason,
        List<(CommittedColumn Column, byte[] Value)> changes, bool deleted)
    {
        var salt = RandomNumberGenerator.GetBytes(SaltSize);
        var eventId = Guid.CreateVersion7(now);
        var fields = new List<(string Field, byte[] Value)>(changes.Count + 7);
        AddOpenings(fields, table, record.Id, act.AccountId, act.PostId, kind.Code, on, reason);
        if (deleted)
            fields.Add((DeletedField, ValueBytes.Bool(true)));
        foreach (var (column, value) in changes)
            fields.Add((column.Name, value));
        var entry = EntryText.Build(kind.Confidential ? Confidential : kind.Code, now, jurisdictionCode, eventId, salt, fields, kind.Confidential);
        return new JournalRow
        {
            JurisdictionId = act.JurisdictionId, LeafIndex = leaf, EventId = eventId, ActId = act.OperationId, At = now, OnDate = on, Kind = kind.Code,
            RowTable = table, RowId = record.Id, ActorId = act.AccountId, PostId = act.PostId, Reason = reason,
            Entry = entry, Salt = salt, LeafHash = Merkle.HashLeaf(entry),
        };
    }

    /// <summary>The committed fields that the journal row itself opens.</summary>
    public static void AddOpenings(List<(string Field, byte[] Value)> fields, string table, Guid row, Guid actor, Guid? post, string kind, DateOnly on, string? reason)
    {
        fields.Add((ActorField, ValueBytes.Guid(actor)));
        fields.Add((KindField, ValueBytes.Text(kind)));
        fields.Add((OnField, ValueBytes.Date(on)));
        fields.Add((PostField, post is { } p ? ValueBytes.Guid(p) : ValueBytes.Null));
        fields.Add((ReasonField, reason is null ? ValueBytes.Null : ValueBytes.Text(reason)));
        fields.Add((RowField, ValueBytes.Text($"{table}/{row:D}")));
    }
}
