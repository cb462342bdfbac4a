using Hele.Web.Hosting;
using Hele.Web.Ui;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Hele.Web.Pages.Account.Kept;

/// <summary>What somebody sent after their session had timed out, back with them after they signed in again.</summary>
[SignedIn]
public sealed class KeptModel(KeptForms kept, CurrentViewer current) : PageModel
{
    public UnsentForm Form { get; private set; } = null!;

    public IActionResult OnGet(Guid form)
    {
        // Somebody else signed in at this desk, or it waited too long: there is nothing to show, and nothing to be afraid of.
        if (kept.Find(current.Required.AccountId, form) is not { } typed)
            return Redirect("/");
        Form = typed;
        return Page();
    }
}
