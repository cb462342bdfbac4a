using Hele.Civic.Kernel;
using Hele.Civic.Platform.Journal;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.Platform.Search;

/// <summary>The full-text index: finding a page of records by words, and making the index anew.</summary>
public sealed class SearchIndex(Database database, ModuleList modules)
{
    /// <summary>How many hits are looked at first; a search that finds too few of them allowed looks at more each time.</summary>
    private const int FirstLook = 64, MostAtOnce = 4096, RebuiltAtOnce = 500;

    /// <summary>A page of keys, newest first, with one more than fits when there is a next one.</summary>
    /// <param name="rows">The records that may be shown, narrowed as the list is: what the index can't know (who may see, what is late) is asked here.</param>
    /// <param name="facets">What the index can narrow by itself.</param>
    /// <param name="after">Key of the last record of the page before.</param>
    /// <param name="before">Key of the first record of the page after; the answer is then oldest first.</param>
    /// <param name="most">Keys wanted.</param>
    public static async Task<List<Guid>> Find<T>(HeleDb db, SearchQuery words, IReadOnlyList<string> facets, IQueryable<T> rows, Guid? after, Guid? before, int most, CancellationToken cancel) where T : Owned
    {
        var found = new List<Guid>();
        if (words.IsEmpty)
            return found;
        var table = CommittedTable.Of(db.Model.FindEntityType(typeof(T))!).Name;
        long? from = null;
        if ((before ?? after) is { } edge)
        {
            from = await db.Set<SearchRow>().Where(r => r.RowTable == table && r.RowId == edge).Select(r => (long?)r.Id).SingleOrDefaultAsync(cancel);
            if (from is null)
                return found;
        }
        IReadOnlyList<string> tokens = [Searchable.TableToken(table), .. facets];
        for (var look = Math.Max(FirstLook, most); found.Count < most; look = Math.Min(look * 8, MostAtOnce))
        {
            var hits = await db.Find(words, tokens, new SearchWindow(from, before is not null, look), cancel);
            var keys = hits.ConvertAll(h => h.RowId);
            var kept = (await rows.Where(r => keys.Contains(r.Id)).Select(r => r.Id).ToListAsync(cancel)).ToHashSet();
            found.AddRange(keys.Where(kept.Contains).Take(most - found.Count));
            if (hits.Count < look)
                break;
            from = hits[^1].Id;
        }
        return found;
    }

    /// <summary>Makes the index of one jurisdiction anew from its records.</summary>
    /// <returns>How many records it holds.</returns>
    public async Task<int> Rebuild(int jurisdiction, CancellationToken cancel = default)
    {
        var count = 0;
        foreach (var searchable in modules.Searchables)
            count += await (Task<int>)GetType().GetMethod(nameof(RebuildTable), System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Instance)!
                .MakeGenericMethod(searchable.Entity).Invoke(this, [searchable, jurisdiction, cancel])!;
        return count;
    }

    private async Task<int> RebuildTable<T>(Searchable searchable, int jurisdiction, CancellationToken cancel) where T : Owned
    {
        var (count, last) = (0, (Guid?)null);
        while (true)
        {
            cancel.ThrowIfCancellationRequested();
            var done = 0;
            await database.Index(jurisdiction, async db =>
            {
                var table = CommittedTable.Of(db.Model.FindEntityType(typeof(T))!).Name;
                var rows = await (last is { } key ? db.Set<T>().Where(r => r.Id > key) : db.Set<T>()).AsNoTracking().OrderBy(r => r.Id).Take(RebuiltAtOnce).ToListAsync(cancel);
                done = rows.Count;
                last = rows.Count > 0 ? rows[^1].Id : null;
                return [.. rows.Select(r => new SearchEntry(jurisdiction, table, r.Id, searchable.Tokens(table, r)))];
            });
            count += done;
            if (done < RebuiltAtOnce)
                return count;
        }
    }
}
