using Hele.Civic.Kernel;
using Hele.Civic.Platform;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.BreakGlass;

/// <summary>What was opened in an emergency and waits to be reviewed, by the rule's day.</summary>
internal static class EmergencyDay
{
    private static readonly Bilingual ToReview = ("复核一次应急查看", "Review a break-glass access");

    public static async Task<IReadOnlyList<DayItem>> Of(HeleDb db, Viewer viewer, DateOnly today, CancellationToken cancel)
    {
        if (viewer.PostFor(EmergencyRights.Review) is null)
            return [];
        var sight = await EmergencySight.Of(db, viewer, today, cancel);
        var rows = await EmergencyRights.OfOthers(viewer, db.Set<EmergencyAccess>(), sight).Where(a => a.State == EmergencyState.Opened || a.State == EmergencyState.Ended)
            .OrderBy(a => a.ReviewDueOn).Select(a => new { a.PublicCode, a.ReviewDueOn, Post = db.Set<Post>().Where(p => p.Id == a.OpenerPostId).Select(p => p.Title).First() }).ToListAsync(cancel);
        return [.. rows.Select(r => new DayItem(typeof(EmergencyAccess), r.PublicCode, r.Post, null, ToReview, r.ReviewDueOn))];
    }
}
