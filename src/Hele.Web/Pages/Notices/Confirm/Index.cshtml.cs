using Hele.Civic.Platform.Notices.Mail;
using Hele.Web.Hosting;
using Hele.Web.Ui;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Hele.Web.Pages.Notices.Confirm;

/// <summary>
/// What the link in a mail opens. Looking does nothing, because programs look at links too; pressing the button does. Only its owner's, signed in: whoever gets a mail that somebody mistyped
/// confirms nothing for them.
/// </summary>
[SignedIn]
public sealed class ConfirmModel(ConfirmEmail confirm, CurrentViewer current, Texts L) : PageModel
{
    /// <summary>What stands in the link.</summary>
    [BindProperty(SupportsGet = true)]
    public string? T { get; set; }

    public void OnGet()
    {
    }

    public async Task<IActionResult> OnPostAsync()
    {
        var outcome = await confirm.Run(current.Required, current.Required.Act(MailAccess.Own, OperationId.Posted(Request)), new(null, T ?? ""), HttpContext.RequestAborted);
        if (!outcome.Accepted)
            return this.Refused(outcome.Problems, "");
        this.Say(L["邮箱确认好了，以后的通知会发到这里。"]);
        return Redirect(NoticeLinks.Email);
    }
}
