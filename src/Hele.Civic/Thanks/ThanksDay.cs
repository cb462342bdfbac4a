using Hele.Civic.Kernel;
using Hele.Civic.Platform;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.Thanks;

/// <summary>Thanks that wait to be checked, for those who may: not whoever entered or gave them, is thanked or stands in.</summary>
internal static class ThanksDay
{
    /// <summary>Characters of the words that a list shows.</summary>
    private const int Head = 30;

    private static readonly Bilingual ToCheck = ("核对居民的感谢，决定公不公开", "Check somebody's thanks, and whether they become public");

    public static async Task<IReadOnlyList<DayItem>> Of(HeleDb db, Viewer viewer, DateOnly today, CancellationToken cancel)
    {
        if (viewer.Level != JurisdictionLevel.Community || viewer.PostFor(ThanksAccess.Review) is null)
            return [];
        var waiting = await ThanksAccess.Visible(viewer, db.Set<ThanksRecord>()).Where(t => t.State == ThanksState.Waiting).OrderBy(t => t.ReceivedOn).ToListAsync(cancel);
        var items = new List<DayItem>();
        foreach (var thanks in waiting)
        {
            if (await ThanksAccess.Bars(db, viewer, thanks, today) is null)
                items.Add(new(typeof(ThanksRecord), thanks.PublicCode, Short(thanks.Text), null, ToCheck, null));
        }
        return items;
    }

    internal static string Short(string text) => ChineseText.Head(text, Head);
}
