using System.Globalization;
using Hele.Civic.Kernel;
using Hele.Civic.Platform.Journal;
using Hele.Civic.Platform.Notices;
using Hele.Civic.Platform.Storage;
using Hele.Web.Hosting;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Hele.Web.Pages.Notices.Digest;

/// <summary>What stands behind one day's line; with opening it, it is read.</summary>
[SignedIn]
public sealed class DigestModel(NoticeQueries queries, KeepNotices keep, LogService log, ReadSession read, CurrentViewer current, TimeProvider clock) : PageModel
{
    public DateOnly Day { get; private set; }
    public IReadOnlyList<NoticeLine> Lines { get; private set; } = [];

    /// <param name="on">The day; yesterday unless it is one.</param>
    public async Task OnGetAsync(string? on)
    {
        Day = DateOnly.TryParseExact(on, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : clock.Today().AddDays(-1);
        Lines = await queries.Digest(current.Required, Day, HttpContext.RequestAborted);
        if (log.ReadOnlyReason is null && Lines.Any(l => !l.IsRead))
        {
            await keep.DigestOpened(current.Required, Day);
            await read.Refresh();
        }
    }
}
