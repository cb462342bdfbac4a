using Hele.Civic.Appeals;
using Hele.Civic.Kernel;
using Hele.Web.Hosting;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Hele.Web.Pages.Appeals.Callbacks;

/// <summary>One draw: whom to ring, what came of it, and what is needed to draw it again.</summary>
[Needs("appeal.callback-draw")]
public sealed class CallbackRoundModel(CallbackQueries queries, CurrentViewer current) : PageModel
{
    public RoundView View { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(string code)
    {
        if (!PublicCode.TryParse(code, out var parsed))
            return NotFound();
        if (parsed.Text != code)
            return Redirect(AppealLinks.Callbacks(parsed.Text));
        if (await queries.Round(current.Required, code, HttpContext.RequestAborted) is not { } view)
            return NotFound();
        View = view;
        return Page();
    }
}
