using System.Text.Json;
using Hele.Civic.Kernel;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Journal;
using Hele.Civic.Platform.Rules;
using Hele.Civic.Platform.Sealing;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.Platform.Imports;

/// <summary>How far an import is.</summary>
public readonly record struct ImportProgress(int Done, int Total);

/// <summary>
/// Imports a ledger in one act: every row, or none. It needs no browser: <c>import.Run(viewer, act, new("households", SheetTable.Of(headings, rows)))</c>
/// reads the columns by their headings and refuses with the first row that is wrong.
/// </summary>
public sealed class ImportLedger(Writer writer, Seals seals, ModuleList modules, JurisdictionDirectory jurisdictions)
{
    /// <summary>How many days an import can be undone.</summary>
    public const string UndoRule = "import.undo";

    /// <param name="Ledger">Code of a <see cref="LedgerKind"/>.</param>
    /// <param name="Columns">For each column of the table the code of the ledger's; null to go by the headings.</param>
    /// <param name="Answers">By row number: whom a row means, as a public code or <see cref="LedgerContext.ANewOne"/>.</param>
    /// <param name="Seen">The <see cref="LedgerPlan.Fingerprint"/> of the preview somebody looked at; null where nobody did.</param>
    /// <param name="Code">Public code of the upload, which the import keeps; null for a new one.</param>
    public sealed record Input(string Ledger, SheetTable Table, IReadOnlyList<string?>? Columns = null, IReadOnlyDictionary<int, string>? Answers = null, string? FileName = null, string? Seen = null, string? Code = null);

    public Task<Outcome> Run(Viewer viewer, Act act, Input input, IProgress<ImportProgress>? progress = null, CancellationToken cancel = default) => writer.Write(act, ImportAccess.Import.Code, input, async scope =>
    {
        if (modules.Ledger(input.Ledger) is not { } kind || !ImportAccess.May(viewer, kind) || viewer.JurisdictionId != act.JurisdictionId || viewer.PersonId == Guid.Empty)
            return ImportProblems.NotFound;
        var jurisdiction = await jurisdictions.Get(scope.Db, act.JurisdictionId);
        if (jurisdiction.Level != JurisdictionLevel.Community)
            return ImportProblems.NotHere;
        if (input.Code is { } code && await scope.Db.Set<LedgerImport>().AnyAsync(i => i.PublicCode == code))
            return ImportProblems.AlreadyDone;
        var columns = input.Columns ?? kind.Guess(input.Table.Headings);
        if (kind.Check(columns) is { Count: > 0 } problems)
            return Outcome.Refused(problems);
        // What stands in the register now decides, not what stood there when somebody looked.
        var plan = await LedgerReader.Plan(kind, new(scope.Db, viewer, seals, act.JurisdictionId, scope.Today, scope.On, input.Answers ?? new Dictionary<int, string>()), input.Table, columns);
        if (Refusal(plan, input.Seen) is { } refused)
            return refused;
        var rows = new List<(Owned Record, int Number)>();
        var lines = plan.Lines.Where(l => l.Do is not null).ToList();
        for (var i = 0; i < lines.Count; i++)
        {
            await lines[i].Do!(scope);
            for (var e = rows.Count; e < scope.Events.Count; e++)
                rows.Add((scope.Events[e].Record, lines[i].Number));
            if (i % 100 == 0)
                progress?.Report(new(i, lines.Count));
        }
        if (plan.Finally is not null)
            await plan.Finally(scope);
        for (var e = rows.Count; e < scope.Events.Count; e++)
            rows.Add((scope.Events[e].Record, 0));
        progress?.Report(new(lines.Count, lines.Count));

        var rule = await RuleBook.InForce(scope.Db, jurisdiction, UndoRule, scope.Today);
        var import = new LedgerImport
        {
            PublicCode = input.Code ?? PublicCode.New().Text, Ledger = kind.Code, ImportedById = viewer.PersonId, ImportedOn = scope.Today, Added = plan.Count(Verdict.New), Changed = plan.Count(Verdict.Changed),
            Same = plan.Count(Verdict.Same), FirstLeaf = scope.LogSize, Leaves = rows.Count, UndoUntil = scope.Today.AddDays(rule.Amount),
        };
        import.Name(input.FileName is null ? null : ChineseText.Line(Path.GetFileName(input.FileName)));
        await KeepBefore(scope, import, rows);
        scope.Add(import, LedgerImport.Imported);
        return Outcome.Ok(import.PublicCode);
    }, cancel);

    private static Problem? Refusal(LedgerPlan plan, string? seen)
    {
        if (seen is not null && seen != plan.Fingerprint)
            return ImportProblems.RegisterMoved;
        if (plan.Lines.FirstOrDefault(l => l.Verdict == Verdict.Wrong) is { } wrong)
            return ImportProblems.RowsWrong.With(plan.Count(Verdict.Wrong), wrong.Number, wrong.Remarks.Select(r => r.Sentence).FirstOrDefault());
        if (plan.Count(Verdict.Question) is var open and > 0)
            return ImportProblems.QuestionsOpen.With(open);
        return plan.Lines.Any(l => l.Do is not null) ? null : plan.Lines.Count == 0 ? ImportProblems.NoRows : ImportProblems.NothingNew;
    }

    /// <summary>Keeps for an undo what was added and what stood before in what was changed.</summary>
    private async Task KeepBefore(ActScope scope, LedgerImport import, List<(Owned Record, int Number)> rows)
    {
        scope.Db.ChangeTracker.DetectChanges();
        foreach (var (record, number) in rows)
        {
            var entry = scope.Db.Entry(record);
            byte[]? before = null;
            if (entry.State == EntityState.Modified)
            {
                var values = entry.Properties.Where(p => p.IsModified).ToDictionary(p => p.Metadata.Name, p => JsonSerializer.SerializeToElement(p.OriginalValue, p.Metadata.ClrType));
                // Under the key of whom the record is about, so that an erasure takes this too.
                before = await seals.SealAside(scope.Db, scope.Act.JurisdictionId, SubjectOf(entry.Metadata, record, import), nameof(ImportedRow), nameof(ImportedRow.BeforeSealed), record.Id, JsonSerializer.SerializeToUtf8Bytes(values));
            }
            scope.Db.Add(new ImportedRow { JurisdictionId = scope.Act.JurisdictionId, ImportId = import.Id, RowTable = entry.Metadata.GetTableName()!, RowId = record.Id, Number = number, BeforeSealed = before });
        }
    }

    internal static Guid SubjectOf(Microsoft.EntityFrameworkCore.Metadata.IEntityType type, Owned record, LedgerImport import) =>
        type.GetProperties().Any(p => PersonalDataMapping.Of(p)?.IsAboutSomebody == true) ? record.Id : import.Id;
}
