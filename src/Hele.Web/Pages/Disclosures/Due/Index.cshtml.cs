using Hele.Civic.Disclosures;
using Hele.Civic.Kernel;
using Hele.Web.Hosting;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Hele.Web.Pages.Disclosures.Due;

/// <summary>A period that is due: what the reminder opens.</summary>
[Needs("disclosure.see")]
public sealed class DueModel(DisclosureQueries queries, CurrentViewer current, TimeProvider clock) : PageModel
{
    public DutyView Duty { get; private set; } = null!;
    public DateOnly Today => clock.Today();

    public async Task<IActionResult> OnGetAsync(string code)
    {
        if (!PublicCode.TryParse(code, out var parsed) || await queries.Duty(current.Required, parsed.Text, HttpContext.RequestAborted) is not { } duty)
            return NotFound();
        if (parsed.Text != code)
            return Redirect(DisclosureLinks.Due(parsed.Text));
        Duty = duty;
        return Page();
    }
}
