using Hele.Civic.Kernel;
using Hele.Civic.Platform;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Imports;
using Hele.Civic.Platform.Sealing;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.People;

/// <summary>An import as the list shows it.</summary>
public sealed record ImportLine(string Code, Bilingual Ledger, string? FileName, string By, DateOnly On, int Added, int Changed, int Same, DateOnly? UndoneOn);

/// <summary>An import as its own page shows it.</summary>
/// <param name="UndoneBecause">The reason that was given.</param>
public sealed record ImportView(ImportLine Line, DateOnly UndoUntil, string? UndoneBy, string? UndoneBecause, bool MayUndo, IReadOnlyList<InTheWayLine> InTheWay);

/// <summary>What stands in the way of an undo, in words.</summary>
/// <param name="Number">The row of the file; 0 when it came from several.</param>
/// <param name="What">What the record is: somebody's entry, a household.</param>
/// <param name="Name">Whose it is, where it is somebody's.</param>
/// <param name="Event">What happened to it since; null where it only is used elsewhere.</param>
public sealed record InTheWayLine(int Number, Bilingual? What, string? Name, Bilingual? Event, DateTimeOffset? At, string? By);

/// <summary>Reads what was imported, by whom, and what has become of it. It stands here because importers and the imported are people.</summary>
public sealed class ImportHistory(ReadSession read, ModuleList modules, TimeProvider clock)
{
    /// <summary>Most imports that are listed, and most things in the way.</summary>
    public const int Most = 200;

    public async Task<IReadOnlyList<ImportLine>> List(Viewer viewer, int most = Most, CancellationToken cancel = default)
    {
        var db = await read.Db(cancel);
        return [.. (await Visible(viewer, db).OrderByDescending(i => i.Id).Take(most).Select(i => new { Import = i, By = db.Set<Person>().Where(p => p.Id == i.ImportedById).Select(p => p.Name).First() }).ToListAsync(cancel))
            .Select(i => Line(i.Import, i.By))];
    }

    public async Task<ImportView?> Find(Viewer viewer, string code, CancellationToken cancel = default)
    {
        var db = await read.Db(cancel);
        if (await Visible(viewer, db).SingleOrDefaultAsync(i => i.PublicCode == code, cancel) is not { } import)
            return null;
        var names = await db.Set<Person>().Where(p => p.Id == import.ImportedById || p.Id == import.UndoneById).ToDictionaryAsync(p => p.Id, p => p.Name, cancel);
        var why = import.UndoneOn is null ? null : await db.Set<Platform.Journal.JournalRow>().Where(j => j.RowTable == "LedgerImports" && j.RowId == import.Id && j.Kind == LedgerImport.Undone.Code).Select(j => j.Reason).FirstOrDefaultAsync(cancel);
        var open = import.UndoneOn is null && clock.Today() <= import.UndoUntil;
        return new(Line(import, names.GetValueOrDefault(import.ImportedById, "")), import.UndoUntil, import.UndoneById is { } by ? names.GetValueOrDefault(by) : null, why,
            open && modules.Ledger(import.Ledger) is { } kind && ImportAccess.May(viewer, kind), open ? await Later(db, import, cancel) : []);
    }

    private static IQueryable<LedgerImport> Visible(Viewer viewer, HeleDb db) => viewer.PostFor(ImportAccess.Import) is null ? db.Set<LedgerImport>().Where(i => false) : db.Set<LedgerImport>().Where(i => i.JurisdictionId == viewer.JurisdictionId);

    private ImportLine Line(LedgerImport import, string by) => new(import.PublicCode, modules.Ledger(import.Ledger)?.Title ?? (import.Ledger, import.Ledger), import.FileName, by, import.ImportedOn, import.Added, import.Changed, import.Same, import.UndoneOn);

    private async Task<IReadOnlyList<InTheWayLine>> Later(HeleDb db, LedgerImport import, CancellationToken cancel)
    {
        var later = (await InTheWay.Of(db, import, cancel)).Take(Most).ToList();
        var actors = later.Select(l => l.ActorId).OfType<Guid>().Distinct().ToList();
        var people = later.Where(l => l.RowTable == "People").Select(l => l.RowId).Distinct().ToList();
        var byAccount = (await db.Set<Person>().Where(p => p.AccountId != null && actors.Contains(p.AccountId.Value)).Select(p => new { p.AccountId, p.Name }).ToListAsync(cancel)).ToDictionary(p => p.AccountId!.Value, p => p.Name);
        var names = await db.Set<Person>().Where(p => people.Contains(p.Id)).ToDictionaryAsync(p => p.Id, p => p.Name, cancel);
        var titles = modules.AboutPeople.DistinctBy(a => a.Entity).ToDictionary(a => db.Model.FindEntityType(a.Entity)!.GetTableName()!, a => a.Title);
        return [.. later.OrderBy(l => l.Number).ThenBy(l => l.At).Select(l => new InTheWayLine(l.Number, titles.TryGetValue(l.RowTable, out var title) ? title : null, names.GetValueOrDefault(l.RowId),
            l.Kind is null ? null : modules.Event(l.Kind)?.Sentence, l.At, l.ActorId is { } actor ? byAccount.GetValueOrDefault(actor) : null))];
    }
}
