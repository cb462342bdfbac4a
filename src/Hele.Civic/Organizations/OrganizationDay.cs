using Hele.Civic.Kernel;
using Hele.Civic.Platform;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Rules;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.Organizations;

/// <summary>Terms that end soon: for whoever registers that body.</summary>
internal static class OrganizationDay
{
    private static readonly Bilingual Renew = ("任期将满，办理换届", "Renew the term, which ends soon");

    public static async Task<IReadOnlyList<DayItem>> Of(HeleDb db, Viewer viewer, DateOnly today, CancellationToken cancel)
    {
        if (viewer.Level != JurisdictionLevel.Community || viewer.PostFor(OrganizationAccess.Keep) is null)
            return [];
        var place = await db.Jurisdictions.SingleAsync(j => j.Id == viewer.JurisdictionId, cancel);
        var soon = today.AddDays((await RuleBook.InForce(db, place, "body.term.notice", today)).Amount);
        var terms = await (from t in db.Set<BodyTerm>() where t.To == null && t.Until <= soon join b in db.Set<Body>() on t.BodyId equals b.Id select new { Body = b, t.Until }).ToListAsync(cancel);
        return [.. terms.Where(t => OrganizationAccess.MayKeep(viewer, t.Body)).Select(t => new DayItem(typeof(Body), t.Body.PublicCode, t.Body.Name, null, Renew, t.Until))];
    }
}
