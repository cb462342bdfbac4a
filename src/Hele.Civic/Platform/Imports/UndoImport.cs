using System.Text.Json;
using Hele.Civic.Kernel;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Journal;
using Hele.Civic.Platform.Sealing;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Hele.Civic.Platform.Imports;

/// <summary>Undoes an import as a whole: what it added goes, what it changed is as it was. Only within its days, and only while nobody has built on it.</summary>
public sealed class UndoImport(Writer writer, Seals seals, ModuleList modules)
{
    public static readonly EventKind Removed = new("import.row-removed", ("因撤销导入而删除", "Removed because its import was undone"));
    public static readonly EventKind PutBack = new("import.row-put-back", ("因撤销导入而恢复原样", "Put back because its import was undone"));

    public const int ReasonLength = 200;

    public sealed record Input(string Code);

    public Task<Outcome> Run(Viewer viewer, Act act, Input input, CancellationToken cancel = default) => writer.Write(act, "import.undo", input, async scope =>
    {
        var import = await scope.Db.Set<LedgerImport>().SingleOrDefaultAsync(i => i.PublicCode == input.Code);
        if (import is null || modules.Ledger(import.Ledger) is not { } kind || !ImportAccess.May(viewer, kind) || viewer.JurisdictionId != act.JurisdictionId)
            return ImportProblems.NotFound;
        if (import.UndoneOn is not null)
            return ImportProblems.UndoneAlready;
        if (scope.Today > import.UndoUntil)
            return ImportProblems.UndoTooLate.With(import.UndoUntil.DayNumber - import.ImportedOn.DayNumber);
        if (ChineseText.Line(act.Reason).Length is 0 or > ReasonLength)
            return ImportProblems.UndoReasonMissing.With(ReasonLength);
        if (await InTheWay.Of(scope.Db, import) is { Count: > 0 } later)
            return ImportProblems.UndoInTheWay.With(later.Count);

        var kept = await scope.Db.Set<ImportedRow>().Where(r => r.ImportId == import.Id).ToListAsync();
        foreach (var table in kept.GroupBy(r => r.RowTable))
        {
            var type = scope.Db.Model.GetEntityTypes().Single(t => t.GetTableName() == table.Key);
            var rows = (await OwnedRows.Of(scope.Db, type, [.. table.Select(r => r.RowId)])).ToDictionary(r => r.Id);
            foreach (var line in table)
            {
                var row = rows[line.RowId];
                if (line.BeforeSealed is null)
                {
                    scope.Db.Remove(row);
                    scope.Record(row, Removed);
                    continue;
                }
                if (await seals.OpenAside(scope.Db, act.JurisdictionId, ImportLedger.SubjectOf(type, row, import), nameof(ImportedRow), nameof(ImportedRow.BeforeSealed), row.Id, line.BeforeSealed) is not { } before)
                    return Seals.Broken;
                foreach (var (name, value) in JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(before)!)
                {
                    var property = scope.Db.Entry(row).Property(name);
                    property.CurrentValue = value.Deserialize(property.Metadata.ClrType);
                }
                scope.Record(row, PutBack);
            }
        }
        // The keys of people who are no longer there, and the import's own: nothing is sealed under them any more.
        foreach (var gone in kept.Where(r => r.BeforeSealed is null).Select(r => r.RowId).Append(import.Id).Chunk(OwnedRows.Portion))
            scope.Db.RemoveRange(await scope.Db.Set<SubjectKey>().Where(k => k.JurisdictionId == act.JurisdictionId && gone.Contains(k.SubjectId)).ToListAsync());
        scope.Db.RemoveRange(kept);
        import.Undo(viewer.PersonId, scope.Today);
        scope.Record(import, LedgerImport.Undone);
        return Outcome.Ok(import.PublicCode);
    }, cancel);
}

/// <summary>Something that happened to an imported record since, or that hangs on it now.</summary>
/// <param name="Number">The row of the file it came from; 0 when it came from several.</param>
/// <param name="Kind">Of the later event; null where the record only is used elsewhere.</param>
/// <param name="UsedBy">The table that refers to it.</param>
public sealed record LaterUse(string RowTable, Guid RowId, int Number, string? Kind, DateTimeOffset? At, Guid? ActorId, string? UsedBy);

/// <summary>Finds what stands in the way of an undo.</summary>
public static class InTheWay
{
    public static async Task<IReadOnlyList<LaterUse>> Of(HeleDb db, LedgerImport import, CancellationToken cancel = default)
    {
        var last = import.FirstLeaf + import.Leaves;
        var kept = await db.Set<ImportedRow>().AsNoTracking().Where(r => r.ImportId == import.Id).Select(r => new { r.RowTable, r.RowId, r.Number, IsNew = r.BeforeSealed == null }).ToListAsync(cancel);
        var numbers = kept.ToDictionary(r => (r.RowTable, r.RowId), r => r.Number);
        var found = new List<LaterUse>();
        var later = await db.Set<JournalRow>().AsNoTracking().Where(j => j.LeafIndex > last && db.Set<ImportedRow>().Any(r => r.ImportId == import.Id && r.RowTable == j.RowTable && r.RowId == j.RowId))
            .OrderBy(j => j.LeafIndex).Select(j => new { j.RowTable, j.RowId, j.Kind, j.At, j.ActorId }).ToListAsync(cancel);
        found.AddRange(later.Select(j => new LaterUse(j.RowTable, j.RowId, numbers[(j.RowTable, j.RowId)], j.Kind, j.At, j.ActorId, null)));
        // What was added can be in use without having been changed: an appeal by somebody who was imported, a member of a household.
        foreach (var table in kept.Where(r => r.IsNew).GroupBy(r => r.RowTable))
        {
            var type = db.Model.GetEntityTypes().Single(t => t.GetTableName() == table.Key);
            var ids = table.Select(r => r.RowId).ToList();
            foreach (var reference in type.GetReferencingForeignKeys().Where(k => typeof(Owned).IsAssignableFrom(k.DeclaringEntityType.ClrType)))
            {
                var from = reference.DeclaringEntityType;
                foreach (var (id, target) in await OwnedRows.Pointing(db, from, reference.Properties[^1].Name, ids, cancel))
                {
                    if (!numbers.ContainsKey((from.GetTableName()!, id)) && !found.Any(f => f.RowTable == table.Key && f.RowId == target))
                        found.Add(new(table.Key, target, numbers[(table.Key, target)], null, null, null, from.GetTableName()));
                }
            }
        }
        return found;
    }
}

/// <summary>Rows of a table that is known by its type at run time only.</summary>
internal static class OwnedRows
{
    /// <summary>Few enough for one command.</summary>
    public const int Portion = 2_000;

    private static readonly System.Reflection.MethodInfo ByKey = typeof(OwnedRows).GetMethod(nameof(Keyed), System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Static)!,
        ByReference = typeof(OwnedRows).GetMethod(nameof(Referring), System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Static)!;

    public static async Task<List<Owned>> Of(HeleDb db, IEntityType type, IReadOnlyList<Guid> ids)
    {
        var rows = new List<Owned>();
        foreach (var portion in ids.Chunk(Portion))
            rows.AddRange(await ((Func<HeleDb, Guid[], Task<List<Owned>>>)ByKey.MakeGenericMethod(type.ClrType).CreateDelegate(typeof(Func<HeleDb, Guid[], Task<List<Owned>>>)))(db, portion));
        return rows;
    }

    public static async Task<List<(Guid Id, Guid Target)>> Pointing(HeleDb db, IEntityType type, string property, IReadOnlyList<Guid> targets, CancellationToken cancel)
    {
        var rows = new List<(Guid, Guid)>();
        foreach (var portion in targets.Chunk(Portion))
            rows.AddRange(await (Task<List<(Guid, Guid)>>)ByReference.MakeGenericMethod(type.ClrType).Invoke(null, [db, property, portion, cancel])!);
        return rows;
    }

    private static Task<List<Owned>> Keyed<T>(HeleDb db, Guid[] ids) where T : Owned => db.Set<T>().AsTracking().Where(r => ids.Contains(r.Id)).Cast<Owned>().ToListAsync();

    private static async Task<List<(Guid, Guid)>> Referring<T>(HeleDb db, string property, Guid[] targets, CancellationToken cancel) where T : Owned
    {
        var nullable = targets.Select(t => (Guid?)t).ToArray();
        var isNullable = db.Model.FindEntityType(typeof(T))!.FindProperty(property)!.ClrType == typeof(Guid?);
        var rows = isNullable
            ? await db.Set<T>().AsNoTracking().Where(r => nullable.Contains(EF.Property<Guid?>(r, property))).Select(r => new { r.Id, Target = EF.Property<Guid?>(r, property)!.Value }).ToListAsync(cancel)
            : await db.Set<T>().AsNoTracking().Where(r => targets.Contains(EF.Property<Guid>(r, property))).Select(r => new { r.Id, Target = EF.Property<Guid>(r, property) }).ToListAsync(cancel);
        return [.. rows.Select(r => (r.Id, r.Target))];
    }
}
