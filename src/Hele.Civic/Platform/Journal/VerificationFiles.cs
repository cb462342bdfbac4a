using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Files;

namespace Hele.Civic.Platform.Journal;

/// <summary>
/// The fourth walk: the sealed bytes of each file against the hash its row holds, which the log committed. A file whose bytes were destroyed has neither;
/// bytes that belong to no file were put in behind the program's back.
/// </summary>
internal sealed class VerificationFiles(VerificationReader reader, Jurisdiction jurisdiction, FindingList found)
{
    // A file is some hundred kilobytes.
    private const int PageSize = 16;

    public async Task Check(CancellationToken cancel)
    {
        object? last = null;
        while (true)
        {
            var rows = await reader.Query($"""
                SELECT f."Id", f."PublicCode", f."Sha256", b."FullSealed", b."SmallSealed" FROM "StoredFiles" f
                LEFT JOIN "FileBytes" b ON b."JurisdictionId" = f."JurisdictionId" AND b."FileId" = f."Id"
                WHERE f."JurisdictionId" = @p0{(last is null ? "" : """ AND f."Id" > @p1""")} ORDER BY f."Id" LIMIT {PageSize}
                """, cancel, last is null ? [jurisdiction.Id] : [jurisdiction.Id, last]);
            foreach (var row in rows)
            {
                var whole = (row[2], row[3], row[4]) switch
                {
                    (DBNull, DBNull, DBNull) => true,
                    (byte[] hash, byte[] full, byte[] small) => StoredFiles.HashOf(full, small).AsSpan().SequenceEqual(hash),
                    _ => false,
                };
                if (!whole)
                    Add(row[0], row[1] as string);
            }
            if (rows.Count < PageSize)
                break;
            last = rows[^1][0];
        }
        foreach (var row in await reader.Query($"""
            SELECT b."FileId" FROM "FileBytes" b WHERE b."JurisdictionId" = @p0
            AND NOT EXISTS (SELECT 1 FROM "StoredFiles" f WHERE f."JurisdictionId" = b."JurisdictionId" AND f."Id" = b."FileId") ORDER BY b."FileId" LIMIT {VerificationReport.FindingLimit}
            """, cancel, jurisdiction.Id))
            Add(row[0], null);

        void Add(object id, string? code)
        {
            Guid? key = VerificationReader.Key(id) is { } bytes ? new Guid(bytes, true) : null;
            found.Add(FindingKind.FileChanged, VerificationTexts.FileChanged(VerificationTexts.Record("StoredFiles", key, code)), "StoredFiles", key);
        }
    }
}
