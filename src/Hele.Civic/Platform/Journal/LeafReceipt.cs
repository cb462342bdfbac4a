using Hele.Civic.Platform.Storage;
using Hele.Evidence;

namespace Hele.Civic.Platform.Journal;

/// <summary>Makes the file a person keeps: one leaf with its proof under the checkpoint of its own commit group, and some of its fields laid open.</summary>
public static class LeafReceipt
{
    /// <param name="row">The leaf, with its salt.</param>
    /// <param name="record">The record it is about, as it is now.</param>
    /// <param name="columns">Columns to lay open. One that was changed since this leaf stays closed: its present value is another leaf's matter.</param>
    public static async Task<ReceiptFile> Of(HeleDb db, LogService log, JournalRow row, Owned record, IReadOnlyCollection<string> columns, CancellationToken cancel = default)
    {
        if (!EntryText.TryParse(row.Entry, out var entry))
            throw new InvalidOperationException($"Leaf {row.LeafIndex} of jurisdiction {row.JurisdictionId} is no entry.");
        var size = await LogService.GroupSizeOf(db, row.JurisdictionId, row.LeafIndex, cancel);
        var proof = await LogService.Tree(db, row.JurisdictionId, size).InclusionProof(row.LeafIndex, size, cancel);
        var checkpoint = await log.Checkpoint(db, row.JurisdictionId, size, cancel);

        var open = new List<(string Field, byte[] Value)>();
        // Account and post ids are nobody's business but the log's: they stay closed.
        JournalEntry.AddOpenings((field, value) =>
        {
            if (field is JournalEntry.RowField or JournalEntry.KindField or JournalEntry.OnField)
                open.Add((field, value));
        }, row.RowTable, row.RowId, row.ActId, row.ActorId, row.PostId, row.Kind, row.OnDate, row.Reason);
        var table = CommittedTable.Of(db.Model.FindEntityType(record.GetType())!);
        foreach (var column in table.Columns)
        {
            if (columns.Contains(column.Name) && column.Property.PropertyInfo is { } property)
                open.Add((column.Name, column.Encode(property.GetValue(record))));
        }

        var prk = Commitment.Prk(row.Salt);
        var unchanged = open.Where(o => entry.Fields.Any(f => f.Value.AsSpan().SequenceEqual(Commitment.Compute(prk, o.Field, o.Value))));
        return ReceiptFile.Create(entry, row.Salt, unchanged, new InclusionReceipt(row.LeafIndex, size, row.LeafHash, proof), checkpoint);
    }
}
