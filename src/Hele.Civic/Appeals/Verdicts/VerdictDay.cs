using Hele.Civic.Kernel;
using Hele.Civic.Platform;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.Appeals;

/// <summary>What waits for whoever supervises: verdicts that residents say aren't theirs.</summary>
internal static class VerdictDay
{
    private static readonly Bilingual LookInto = ("代录的评价居民有异议，了解情况", "A resident contests the verdict entered for them: look into it");

    public static async Task<IReadOnlyList<DayItem>> Of(HeleDb db, Viewer viewer, DateOnly today, CancellationToken cancel)
    {
        if (viewer.PostFor(AppealAccess.LookIntoVerdict) is null)
            return [];
        var (waiting, hidden) = (LookIntoVerdict.Waiting(db), HiddenTexts.TitlesFrom(db, viewer));
        return [.. (await AppealAccess.Visible(viewer, db.Set<Appeal>()).Where(a => waiting.Contains(a.Id)).OrderBy(a => a.Id)
            .Select(a => new { a.PublicCode, Title = hidden.Contains(a.Id) ? "" : a.Title, a.Place }).ToListAsync(cancel))
            .Select(a => new DayItem(typeof(Appeal), a.PublicCode, a.Title, a.Place, LookInto, null))];
    }
}
