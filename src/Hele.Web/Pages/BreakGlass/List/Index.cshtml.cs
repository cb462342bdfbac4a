using Hele.Civic.BreakGlass;
using Hele.Civic.Kernel;
using Hele.Web.Hosting;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Hele.Web.Pages.BreakGlass.List;

/// <summary>What one opened oneself, what is to be reviewed, what was reviewed; for a resident, what was opened about them.</summary>
[Needs("break-glass.see")]
public sealed class EmergencyListModel(EmergencyQueries queries, CurrentViewer current, TimeProvider clock) : PageModel
{
    public EmergencyLists Lists { get; private set; } = new([], [], [], []);

    public bool MayOpen => current.Required.PostFor(EmergencyRights.Open) is not null;
    public bool MayReview => current.Required.PostFor(EmergencyRights.Review) is not null;
    public DateOnly Today => clock.Today();
    public DateTimeOffset Now => clock.GetUtcNow();

    public async Task OnGetAsync() => Lists = await queries.Lists(current.Required, cancel: HttpContext.RequestAborted);
}
