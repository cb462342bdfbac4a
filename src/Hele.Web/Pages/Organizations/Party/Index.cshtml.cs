using Hele.Civic.Organizations;
using Hele.Web.Hosting;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Hele.Web.Pages.Organizations.Party;

/// <summary>The Party's organisation as it lies on the grids: a gap or an overlap is shown to everybody, not hidden.</summary>
[Public]
public sealed class PartyModel(PartyTreeQueries queries, CurrentViewer current, Site site) : PageModel
{
    public PartyTree Tree { get; private set; } = null!;
    public bool MayKeep => current.Viewer?.PostFor(OrganizationAccess.KeepHigh) is not null;

    public async Task<IActionResult> OnGetAsync()
    {
        if (current.Jurisdiction is null && (await site.Communities(HttpContext.RequestAborted)).Count > 0)
            return Redirect(PlaceHosting.ChooserFor(HttpContext));
        Tree = await queries.Of(current.Viewer, HttpContext.RequestAborted);
        return Page();
    }
}
