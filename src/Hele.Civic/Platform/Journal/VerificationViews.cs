using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Sealing;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Hele.Civic.Platform.Journal;

/// <summary>
/// The third walk: the records of who looked, hour by hour, against the leaf each closed hour has in the log. A record of an hour that isn't
/// closed yet is tied to nothing so far; the hour's leaf follows within minutes of its end.
/// </summary>
internal sealed class VerificationViews(VerificationReader reader, IModel model, Jurisdiction jurisdiction, FindingList found)
{
    private readonly CommittedColumn _hour = new(model.FindEntityType(typeof(ViewHour))!.FindProperty(nameof(ViewHour.Hour))!);
    private readonly CommittedColumn _at = new(model.FindEntityType(typeof(ViewRecord))!.FindProperty(nameof(ViewRecord.At))!);

    public async Task Check(CancellationToken cancel)
    {
        // Each is an entry of the log and compared with it like any row: one put in behind the program's back is found there.
        var purged = (await reader.Query("""SELECT "Before" FROM "ViewPurges" WHERE "JurisdictionId" = @p0""", cancel, jurisdiction.Id)).Select(r => Instant(_hour, r[0])).Max();
        foreach (var hour in await reader.Query("""SELECT "Id", "Hour", "Count", "Root" FROM "ViewHours" WHERE "JurisdictionId" = @p0 ORDER BY "Hour" """, cancel, jurisdiction.Id))
        {
            var records = await reader.Query("""
                SELECT "Id", "At", "AccountId", "PostId", "SubjectId", "RowTable", "RowId", "Columns", "Way", "Purpose", "Reason" FROM "ViewRecords"
                WHERE "JurisdictionId" = @p0 AND "Hour" = @p1 ORDER BY "Id"
                """, cancel, jurisdiction.Id, hour[1]);
            var canonical = records.Select(Canonical).ToList();
            if (Instant(_hour, hour[1]) < purged)
            {
                if (records.Count > 0)
                    found.Add(FindingKind.ViewsChanged, VerificationTexts.ViewsBackAgain(Instant(_hour, hour[1])), "ViewRecords", VerificationReader.Key(hour[0]) is { } back ? new Guid(back, true) : null);
                continue;
            }
            if (canonical.Contains(null) || hour[3] is not byte[] root || !ViewHour.RootOf(canonical!).AsSpan().SequenceEqual(root))
                found.Add(FindingKind.ViewsChanged, VerificationTexts.ViewsChanged(Instant(_hour, hour[1])), "ViewRecords", VerificationReader.Key(hour[0]) is { } id ? new Guid(id, true) : null);
        }
    }

    private byte[]? Canonical(object[] row) =>
        Id(row[0]) is { } id && Instant(_at, row[1]) is { } at && Id(row[2]) is { } account && (row[3] is DBNull || Id(row[3]) is not null) && Id(row[4]) is { } subject && row[5] is string table
        && Id(row[6]) is { } record && row[7] is string columns && row[8] is string way && row[9] is string purpose && row[10] is DBNull or string
            ? ViewRecord.Canonical(id, at, account, Id(row[3]), subject, table, record, columns, way, purpose, row[10] as string)
            : null;

    private static Guid? Id(object stored) => VerificationReader.Key(stored) is { } bytes ? new Guid(bytes, true) : null;

    private static DateTimeOffset? Instant(CommittedColumn column, object stored) => (column.EncodeStored(stored), stored) switch
    {
        (null, _) => null,
        (_, long ticks) => new DateTimeOffset(ticks, TimeSpan.Zero),
        (_, DateTime instant) => new DateTimeOffset(DateTime.SpecifyKind(instant, DateTimeKind.Utc)),
        _ => null,
    };
}
