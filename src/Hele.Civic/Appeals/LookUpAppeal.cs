using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.Appeals;

/// <summary>
/// What the code on a receipt shows to whoever holds the paper, without signing in: state and dates, and the kind where it may be listed. The
/// paper says nothing of communities, so every one's matters are asked; codes are random, with some 59 bits.
/// </summary>
public sealed class LookUpAppeal(Database database)
{
    /// <summary>Null when there is no such code. The kind is empty where it may not be listed.</summary>
    public async Task<PublicAppealLine?> Find(string code, CancellationToken cancel = default)
    {
        int[] everywhere;
        await using (var outer = await database.Read([], cancel))
            everywhere = await outer.Db.Jurisdictions.OrderBy(j => j.Id).Select(j => j.Id).ToArrayAsync(cancel);
        await using var lease = await database.Read(everywhere, cancel);
        var db = lease.Db;
        var found = await db.Set<Appeal>().Where(a => a.PublicCode == code).OrderBy(a => a.Id).Select(a => new PublicAppealLine(a.Id, a.PublicCode, a.Kind, a.State, a.FiledOn,
            db.Set<AppealAnswer>().Where(x => x.JurisdictionId == a.JurisdictionId && x.AppealId == a.Id).Max(x => (DateOnly?)x.AnsweredOn),
            db.Set<AppealVerdict>().Where(v => v.JurisdictionId == a.JurisdictionId && v.AppealId == a.Id && v.ContestedOn == null).Max(v => (DateOnly?)v.JudgedOn))).FirstOrDefaultAsync(cancel);
        return found is null || AppealKinds.Listed.Contains(found.Kind) ? found : found with { Kind = "" };
    }
}
