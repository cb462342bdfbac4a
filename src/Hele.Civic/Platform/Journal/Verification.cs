using System.Diagnostics;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.Platform.Journal;

/// <summary>
/// <c>hele verify</c>: reads everything, changes nothing, opens no seal. For each jurisdiction it walks the log from its first entry, rebuilds
/// the tree and compares it with head and pin; then it walks the tables, finds the entry that last set each column of each row, and compares
/// the value that is there with the commitment in that entry; then the bytes of files with the hashes in their rows. Last it compares the two sides of every act that crosses. It may run beside the
/// server: each jurisdiction is one state of the database, and so are all of them for what crosses.
/// </summary>
/// <remarks>
/// What it cannot see: a log put back to an earlier state with the pin of that time, or rewritten with its pin by somebody who holds the signing
/// key, as far as nothing that crossed is gone or different (the checkpoints that others keep show it).
/// Memory: a page of rows at a time, whatever the size of the log; the nodes of the tree (one per 256 entries), the positions of entries
/// that were found wrong, and the places of the entries that crossed between one jurisdiction and those below it.
/// </remarks>
public sealed class LogVerification(Database database, LogService log, ModuleList modules)
{
    public async Task<VerificationReport> Run(IProgress<VerificationProgress>? progress = null, CancellationToken cancel = default)
    {
        var started = Stopwatch.GetTimestamp();
        var everywhere = new FindingList(null);
        List<Jurisdiction> jurisdictions;
        await using (var lease = await database.Read([], cancel))
        {
            progress?.Report(new("", VerificationStage.Schema, 0, 0));
            jurisdictions = await lease.Db.Jurisdictions.AsNoTracking().OrderBy(j => j.Id).ToListAsync(cancel);
            await new VerificationSchema(lease.Db, everywhere).Check(cancel);
        }
        foreach (var code in log.PinsWithoutJurisdiction([.. jurisdictions.Select(j => j.Code)]))
            everywhere.Add(FindingKind.JurisdictionUnknown, log.PinWithoutLog(code));

        var lists = new Dictionary<int, FindingList>();
        var verified = new List<VerifiedJurisdiction>();
        foreach (var jurisdiction in jurisdictions)
        {
            var found = lists[jurisdiction.Id] = new FindingList(jurisdiction.Code);
            // The pin first: what is pinned is committed, so a state read afterwards must hold it, however busy the writer is.
            var pin = await log.ReadPin(jurisdiction.Code, jurisdiction.Origin, cancel);
            await using var lease = await database.Read([jurisdiction.Id], cancel);
            var reader = new VerificationReader(lease.Db);
            var journal = new VerificationJournal(reader, lease.Db.Model, log, modules, jurisdiction, pin, found, progress);
            await journal.Check(cancel);
            var rows = new VerificationRows(reader, lease.Db.Model, modules, jurisdiction, journal, found, progress);
            await rows.Check(cancel);
            await new VerificationViews(reader, lease.Db.Model, jurisdiction, found).Check(cancel);
            await new VerificationFiles(reader, jurisdiction, found).Check(cancel);
            await new VerificationPosts(lease.Db, modules, found).Check(cancel);
            verified.Add(new VerifiedJurisdiction(jurisdiction.Id, jurisdiction.Code, jurisdiction.Name, journal.Entries, rows.Rows, rows.Columns, found.Count, pin.Pin?.Size));
        }
        await using var whole = await database.Read([.. jurisdictions.Select(j => j.Id)], cancel);
        var crossings = new VerificationCrossings(new VerificationReader(whole.Db), whole.Db.Model, modules, jurisdictions, lists, progress);
        await crossings.Check(cancel);
        FindingList[] all = [everywhere, .. jurisdictions.Select(j => lists[j.Id])];
        return new VerificationReport([.. all.SelectMany(f => f.Kept)], all.Sum(f => f.Count - f.Kept.Count), [.. verified.Select(v => v with { Findings = lists[v.Id].Count })], crossings.Compared,
            Stopwatch.GetElapsedTime(started));
    }
}
