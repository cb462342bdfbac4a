using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.Platform.Journal;

/// <summary>The order in which records came to be: that of the log. A clock can be set back, the log can't.</summary>
public static class LogOrder
{
    /// <summary>Reads records of one jurisdiction, the first that was written first.</summary>
    public static async Task<List<T>> InLogOrder<T>(this IQueryable<T> rows, HeleDb db, CancellationToken cancel = default) where T : Owned
    {
        var found = await rows.ToListAsync(cancel);
        if (found.Count < 2)
            return found;
        var (table, ids, here) = (CommittedTable.Of(db.Model.FindEntityType(typeof(T))!).Name, found.ConvertAll(r => r.Id), found[0].JurisdictionId);
        var leaves = await db.Set<ColumnTie>().Where(t => t.JurisdictionId == here && t.RowTable == table && t.Column == ColumnTie.AllColumns && ids.Contains(t.RowId)).ToDictionaryAsync(t => t.RowId, t => t.LeafIndex, cancel);
        // A row behind the log's back has no leaf; verify names it, and it stands last here.
        return [.. found.OrderBy(r => leaves.GetValueOrDefault(r.Id, long.MaxValue))];
    }
}
