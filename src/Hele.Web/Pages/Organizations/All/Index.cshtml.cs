using Hele.Civic.Kernel;
using Hele.Civic.Organizations;
using Hele.Web.Hosting;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Hele.Web.Pages.Organizations.All;

/// <summary>The bodies of the community, for everybody; who leads them where that is public.</summary>
[Public]
public sealed class BodyListModel(BodyQueries queries, CurrentViewer current, Site site, TimeProvider clock) : PageModel
{
    public IReadOnlyList<IGrouping<BodyKind, BodyLine>> Groups { get; private set; } = [];
    public DateOnly Today => clock.Today();
    public bool MayKeep => current.Viewer?.PostFor(OrganizationAccess.Keep) is not null;
    public bool SeesAway => current.Viewer?.PostFor(OrganizationAccess.SeeSeats) is not null;

    public async Task<IActionResult> OnGetAsync()
    {
        if (current.Jurisdiction is null && (await site.Communities(HttpContext.RequestAborted)).Count > 0)
            return Redirect(PlaceHosting.ChooserFor(HttpContext));
        Groups = [.. (await queries.List(current.Viewer, HttpContext.RequestAborted)).GroupBy(b => b.Kind)];
        return Page();
    }
}
