using System.IO.Compression;
using System.Text.Json;
using Hele.Civic.Kernel;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Sealing;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.Platform.Imports;

/// <summary>What a reader has said about an upload so far.</summary>
/// <param name="Heading">The row of the headings; null while they were found by the program.</param>
/// <param name="Columns">Null until the mapping was confirmed.</param>
public sealed record ImportChoices(string Sheet, int? Heading = null, IReadOnlyList<string?>? Columns = null, IReadOnlyDictionary<int, string>? Answers = null);

/// <summary>A file that lies on the desk.</summary>
/// <param name="Suggested">The mapping as remembered from last time, or guessed.</param>
/// <param name="IsRemembered">It is how these headings were read last time.</param>
public sealed record DeskFile(string Code, LedgerKind Kind, string FileName, DateTimeOffset ExpiresAt, SheetFile File, ImportChoices Choices, Sheet Sheet, SheetTable? Table, IReadOnlyList<string?> Suggested, bool IsRemembered);

/// <summary>
/// Where a file lies between upload and import: sealed, its sender's alone, an hour at most. Reading it anew at every step keeps nothing in
/// memory, so that a restart or a second node makes no difference.
/// </summary>
public sealed class ImportDesk(Database database, ReadSession read, Seals seals, ModuleList modules, TimeProvider clock)
{
    private sealed record Content(string FileName, SheetFile File);

    /// <summary>Puts a file on the desk.</summary>
    /// <returns>The public code of the upload.</returns>
    public async Task<(string? Code, Problem? Problem)> Put(Viewer viewer, string? ledger, string fileName, byte[] bytes, CancellationToken cancel = default)
    {
        if (modules.Ledger(ledger) is not { } kind || !ImportAccess.May(viewer, kind))
            return (null, ImportProblems.LedgerMissing);
        var (file, problem) = SheetReader.Read(bytes, fileName);
        if (file is null)
            return (null, problem);
        // The sheet that looks most like the ledger, else the first.
        var sheet = file.Sheets.OrderByDescending(s => s.Rows.Take(20).Max(r => r.Cells.Select(kind.Guess).OfType<LedgerColumn>().Distinct().Count())).First();
        var (id, code) = (Guid.CreateVersion7(), PublicCode.New().Text);
        var content = Packed(new Content(ChineseText.Line(Path.GetFileName(fileName)), file));
        var choices = JsonSerializer.SerializeToUtf8Bytes(new ImportChoices(sheet.Name));
        await database.Operate(async db => db.Add(new LedgerUpload
        {
            JurisdictionId = viewer.JurisdictionId, Id = id, PublicCode = code, PersonId = viewer.PersonId, Ledger = kind.Code, ExpiresAt = clock.Now() + LedgerUpload.Kept,
            ContentSealed = await Seal(db, viewer.JurisdictionId, id, nameof(LedgerUpload.ContentSealed), content), ChoicesSealed = await Seal(db, viewer.JurisdictionId, id, nameof(LedgerUpload.ChoicesSealed), choices),
        }), viewer.JurisdictionId);
        return (code, null);
    }

    /// <summary>A file of the viewer's; null when it is gone, somebody else's, or never was.</summary>
    public async Task<DeskFile?> Find(Viewer viewer, string code, CancellationToken cancel = default)
    {
        var db = await read.Db(cancel);
        var now = clock.Now();
        var upload = await db.Set<LedgerUpload>().SingleOrDefaultAsync(u => u.PublicCode == code && u.PersonId == viewer.PersonId && u.JurisdictionId == viewer.JurisdictionId && u.ExpiresAt > now, cancel);
        if (upload is null || modules.Ledger(upload.Ledger) is not { } kind || !ImportAccess.May(viewer, kind))
            return null;
        if (await Open(db, upload, nameof(LedgerUpload.ContentSealed), upload.ContentSealed) is not { } content || await Open(db, upload, nameof(LedgerUpload.ChoicesSealed), upload.ChoicesSealed) is not { } chosen)
            return null;
        var (name, file) = Unpacked(content);
        var choices = JsonSerializer.Deserialize<ImportChoices>(chosen)!;
        var sheet = file.Sheets.FirstOrDefault(s => s.Name == choices.Sheet) ?? file.Sheets[0];
        var table = SheetTable.From(sheet, kind, choices.Heading);
        var remembered = table is null ? null : await Remembered(db, kind, table, cancel);
        return new(code, kind, name, upload.ExpiresAt, file, choices, sheet, table, choices.Columns ?? remembered ?? (table is null ? [] : kind.Guess(table.Headings)), remembered is not null);
    }

    /// <summary>The viewer's files that still lie there, newest first.</summary>
    public async Task<IReadOnlyList<(string Code, LedgerKind Kind, DateTimeOffset ExpiresAt)>> Waiting(Viewer viewer, CancellationToken cancel = default)
    {
        var db = await read.Db(cancel);
        var now = clock.Now();
        return [.. (await db.Set<LedgerUpload>().Where(u => u.PersonId == viewer.PersonId && u.JurisdictionId == viewer.JurisdictionId && u.ExpiresAt > now)
            .OrderByDescending(u => u.ExpiresAt).Select(u => new { u.PublicCode, u.Ledger, u.ExpiresAt }).ToListAsync(cancel))
            .Where(u => modules.Ledger(u.Ledger) is not null).Select(u => (u.PublicCode, modules.Ledger(u.Ledger)!, u.ExpiresAt))];
    }

    /// <summary>What importing it would do, as the register stands now.</summary>
    public async Task<LedgerPlan> Plan(Viewer viewer, DeskFile file, IReadOnlyList<string?> columns, CancellationToken cancel = default) =>
        await LedgerReader.Plan(file.Kind, new(await read.Db(cancel), viewer, seals, viewer.JurisdictionId, clock.Today(), clock.Today(), file.Choices.Answers ?? new Dictionary<int, string>()), file.Table!, columns);

    /// <summary>Keeps what the reader has said; a confirmed mapping is remembered for these headings.</summary>
    public async Task Choose(Viewer viewer, DeskFile file, ImportChoices choices, CancellationToken cancel = default)
    {
        await database.Operate(async db =>
        {
            if (await db.Set<LedgerUpload>().AsTracking().SingleOrDefaultAsync(u => u.PublicCode == file.Code && u.PersonId == viewer.PersonId, cancel) is not { } upload)
                return;
            upload.ChoicesSealed = await Seal(db, viewer.JurisdictionId, upload.Id, nameof(LedgerUpload.ChoicesSealed), JsonSerializer.SerializeToUtf8Bytes(choices));
            if (choices.Columns is not { } columns || file.Table is not { } table)
                return;
            var (headings, ledger, line) = (table.Fingerprint(), file.Kind.Code, string.Join(',', columns));
            if (await db.Set<LedgerLayout>().AsTracking().SingleOrDefaultAsync(l => l.Ledger == ledger && l.Headings == headings, cancel) is { } layout)
                layout.Columns = line;
            else
                db.Add(new LedgerLayout { JurisdictionId = viewer.JurisdictionId, Ledger = ledger, Headings = headings, Columns = line });
        }, viewer.JurisdictionId);
        await read.Refresh();
    }

    /// <summary>Takes a file of the viewer's off the desk, with its key.</summary>
    public Task Discard(Viewer viewer, string code) => Remove(viewer.JurisdictionId, u => u.Where(x => x.PublicCode == code && x.PersonId == viewer.PersonId));

    private async Task<IReadOnlyList<string?>?> Remembered(HeleDb db, LedgerKind kind, SheetTable table, CancellationToken cancel)
    {
        var headings = table.Fingerprint();
        if (await db.Set<LedgerLayout>().SingleOrDefaultAsync(l => l.Ledger == kind.Code && l.Headings == headings, cancel) is not { } layout)
            return null;
        // A column that the ledger no longer knows is nobody's.
        IReadOnlyList<string?> columns = [.. layout.Columns.Split(',').Select(c => kind.Columns.Any(k => k.Code == c) ? c : null)];
        return columns.Count == table.Headings.Count ? columns : null;
    }

    private Task Remove(int jurisdiction, Func<IQueryable<LedgerUpload>, IQueryable<LedgerUpload>> which) => ImportSweep.Remove(database, jurisdiction, which);

    private Task<byte[]> Seal(HeleDb db, int jurisdiction, Guid id, string column, byte[] value) => seals.SealAside(db, jurisdiction, id, nameof(LedgerUpload), column, id, value);

    private Task<byte[]?> Open(HeleDb db, LedgerUpload upload, string column, byte[]? bytes) =>
        bytes is null ? Task.FromResult<byte[]?>(null) : seals.OpenAside(db, upload.JurisdictionId, upload.Id, nameof(LedgerUpload), column, upload.Id, bytes);

    private static byte[] Packed(Content content)
    {
        var stream = new MemoryStream();
        using (var packing = new BrotliStream(stream, CompressionLevel.Fastest))
            JsonSerializer.Serialize(packing, content);
        return stream.ToArray();
    }

    private static (string Name, SheetFile File) Unpacked(byte[] bytes)
    {
        using var unpacking = new BrotliStream(new MemoryStream(bytes), CompressionMode.Decompress);
        var content = JsonSerializer.Deserialize<Content>(unpacking)!;
        return (content.FileName, content.File);
    }
}

/// <summary>Takes away what imports leave lying: uploads after their hour, and what an undo would have needed after its days.</summary>
public sealed class ImportSweep(Database database, TimeProvider clock)
{
    /// <summary>Everything that is over in a jurisdiction.</summary>
    public async Task RunDue(int jurisdiction, CancellationToken cancel = default)
    {
        var (now, today) = (clock.Now(), clock.Today());
        bool uploads, rows;
        await using (var lease = await database.Read([jurisdiction], cancel))
        {
            uploads = await lease.Db.Set<LedgerUpload>().AnyAsync(u => u.ExpiresAt <= now, cancel);
            rows = await lease.Db.Set<ImportedRow>().AnyAsync(r => !lease.Db.Set<LedgerImport>().Any(i => i.Id == r.ImportId && i.UndoUntil >= today), cancel);
        }
        if (uploads)
            await Remove(database, jurisdiction, u => u.Where(x => x.ExpiresAt <= now));
        if (rows)
        {
            await database.Operate(async db =>
            {
                var over = await db.Set<ImportedRow>().AsTracking().Where(r => !db.Set<LedgerImport>().Any(i => i.Id == r.ImportId && i.UndoUntil >= today)).ToListAsync(cancel);
                var imports = over.Select(r => r.ImportId).Distinct().ToList();
                db.RemoveRange(over);
                db.RemoveRange(await db.Set<SubjectKey>().AsTracking().Where(k => imports.Contains(k.SubjectId)).ToListAsync(cancel));
            }, jurisdiction);
        }
        if (uploads || rows)
            await database.Sweep(cancel);
    }

    /// <summary>Takes one file off the desk: it has been imported.</summary>
    public Task Discard(int jurisdiction, string code) => Remove(database, jurisdiction, u => u.Where(x => x.PublicCode == code));

    internal static Task Remove(Database database, int jurisdiction, Func<IQueryable<LedgerUpload>, IQueryable<LedgerUpload>> which) => database.Operate(async db =>
    {
        var gone = await which(db.Set<LedgerUpload>().AsTracking()).ToListAsync();
        var ids = gone.Select(u => u.Id).ToList();
        db.RemoveRange(gone);
        // With its key destroyed no copy of the row opens any more.
        db.RemoveRange(await db.Set<SubjectKey>().AsTracking().Where(k => ids.Contains(k.SubjectId)).ToListAsync());
    }, jurisdiction);
}
