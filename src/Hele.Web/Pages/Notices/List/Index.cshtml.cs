using System.Globalization;
using Hele.Civic.Kernel;
using Hele.Civic.Platform.Notices;
using Hele.Civic.Platform.Notices.Mail;
using Hele.Civic.Platform.Rules;
using Hele.Web.Hosting;
using Hele.Web.Ui;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Hele.Web.Pages.Notices.List;

/// <summary>One's own notices, those not looked at first.</summary>
[SignedIn]
public sealed class NoticesModel(NoticeQueries queries, EmailQueries emails, KeepNotices keep, RuleReader rules, CurrentViewer current, TimeProvider clock, Texts L, Fmt fmt) : PageModel
{
    public NoticeBoard Board { get; private set; } = null!;
    /// <summary>Since when mails don't arrive; null while they do.</summary>
    public DateOnly? CameBackOn { get; private set; }

    public Rule Kept { get; private set; } = null!;

    /// <summary>In ticks: what is marked is what was shown.</summary>
    public string AsOf => Board.AsOf.UtcTicks.ToString(CultureInfo.InvariantCulture);

    public string DayText(DateOnly day) => L.Day(fmt, day, clock.Today());

    public async Task OnGetAsync()
    {
        var cancel = HttpContext.RequestAborted;
        Board = await queries.Board(current.Required, cancel);
        CameBackOn = await emails.CameBack(current.Required, cancel);
        Kept = await rules.On(current.Jurisdiction!, KeepNotices.RetentionRule, clock.Today(), cancel);
    }

    public async Task<IActionResult> OnPostAllReadAsync(long asOf)
    {
        var now = clock.Now();
        // Out of range is as good as nothing said: whatever is shown now.
        await keep.AllRead(current.Required, asOf > 0 && asOf < now.UtcTicks ? new DateTimeOffset(asOf, TimeSpan.Zero) : now);
        this.Say(L["都标为看过了。"]);
        return Redirect(NoticeLinks.List);
    }
}
