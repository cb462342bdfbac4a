using Hele.Civic.Kernel;
using Hele.Civic.Organizations;
using Hele.Web.Hosting;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Hele.Web.Pages.Organizations.HonourDetail;

/// <summary>One honour with its certificate.</summary>
[Public]
public sealed class HonourModel(HonourQueries queries, CurrentViewer current) : PageModel
{
    public HonourView View { get; private set; } = null!;
    public bool MayKeep => current.Viewer?.PostFor(HonourAccess.Keep) is not null;
    public bool IsStaff => current.Viewer?.PostFor(OrganizationAccess.SeeSeats) is not null;

    public async Task<IActionResult> OnGetAsync(string code)
    {
        if (!PublicCode.TryParse(code, out var parsed) || await queries.Find(current.Viewer, parsed.Text, HttpContext.RequestAborted) is not { } view)
            return NotFound();
        if (parsed.Text != code)
            return Redirect(HonourWords.Of(parsed.Text));
        View = view;
        return Page();
    }
}
