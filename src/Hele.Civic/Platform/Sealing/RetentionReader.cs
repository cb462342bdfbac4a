using Hele.Civic.Kernel;
using Hele.Civic.Platform.Journal;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.Platform.Sealing;

/// <summary>A row that an erasure emptied: it is still there and says nothing any more.</summary>
/// <param name="Code">Its public code; null where it has none.</param>
/// <param name="Leaf">The entry that says it was emptied.</param>
public sealed record EmptiedRow(Bilingual Title, string? Code, long Leaf);

/// <summary>What the page about retention shows, within the request's scope.</summary>
public sealed class RetentionReader(ReadSession read, PurgeExpired purge, ModuleList modules)
{
    /// <summary>Most rows that are listed.</summary>
    public const int Most = 200;

    public async Task<IReadOnlyList<ExpiryLine>> Plan(CancellationToken cancel = default) => read.Scope is [var place] ? await purge.Plan(await read.Db(cancel), place, cancel) : [];

    public async Task<IReadOnlyList<ExpiringRow>> Rows(string table, CancellationToken cancel = default) => read.Scope is [var place] ? await purge.RowsOf(await read.Db(cancel), place, table, Most, cancel) : [];

    /// <summary>The newest first.</summary>
    public async Task<IReadOnlyList<Erasure>> Erasures(CancellationToken cancel = default) => await (await read.Db(cancel)).Set<Erasure>().OrderByDescending(e => e.Id).Take(Most).ToListAsync(cancel);

    /// <inheritdoc cref="Erasures"/>
    public async Task<IReadOnlyList<ViewPurge>> ViewPurges(CancellationToken cancel = default) => await (await read.Db(cancel)).Set<ViewPurge>().OrderByDescending(p => p.Id).Take(Most).ToListAsync(cancel);

    /// <summary>The rows of one erasure, from the entries of its act.</summary>
    public async Task<IReadOnlyList<EmptiedRow>> Emptied(string erasure, CancellationToken cancel = default)
    {
        var db = await read.Db(cancel);
        if (await db.Set<Erasure>().SingleOrDefaultAsync(e => e.PublicCode == erasure, cancel) is not { } found)
            return [];
        var table = db.Model.FindEntityType(typeof(Erasure))!.GetTableName();
        var act = await db.Set<JournalRow>().Where(j => j.RowTable == table && j.RowId == found.Id).Select(j => j.ActId).FirstAsync(cancel);
        var entries = await db.Set<JournalRow>().Where(j => j.ActId == act && j.RowTable != table).OrderBy(j => j.LeafIndex).Take(Most).Select(j => new { j.RowTable, j.RowId, j.LeafIndex }).ToListAsync(cancel);
        var rows = new List<EmptiedRow>();
        foreach (var about in modules.AboutPeople.GroupBy(a => a.Entity).Select(g => g.First()))
        {
            var type = db.Model.FindEntityType(about.Entity)!;
            var of = entries.Where(e => e.RowTable == type.GetTableName()).ToList();
            if (of.Count == 0)
                continue;
            var codes = type.FindProperty("PublicCode") is null ? [] : await Codes(db, about.Entity, [.. of.Select(e => e.RowId)], cancel);
            rows.AddRange(of.Select(e => new EmptiedRow(about.Title, codes.GetValueOrDefault(e.RowId), e.LeafIndex)));
        }
        return [.. rows.OrderBy(r => r.Leaf)];
    }

    private static Task<Dictionary<Guid, string>> Codes(HeleDb db, Type entity, List<Guid> ids, CancellationToken cancel) =>
        (Task<Dictionary<Guid, string>>)typeof(RetentionReader).GetMethod(nameof(CodesOf), System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Static)!.MakeGenericMethod(entity).Invoke(null, [db, ids, cancel])!;

    private static Task<Dictionary<Guid, string>> CodesOf<T>(HeleDb db, List<Guid> ids, CancellationToken cancel) where T : Owned =>
        db.Set<T>().Where(r => ids.Contains(r.Id)).Select(r => new { r.Id, Code = EF.Property<string>(r, "PublicCode") }).ToDictionaryAsync(r => r.Id, r => r.Code, cancel);
}
