using Hele.Civic.ServiceCircles;
using Hele.Web.Hosting;
using Hele.Web.Ui;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Hele.Web.Pages.ServiceCircles.Points;

/// <summary>The service points, for everybody: where, when somebody answers, which telephone.</summary>
[Public]
public sealed class PointListModel(CircleQueries queries, CurrentViewer current) : PageModel
{
    public IReadOnlyList<ServicePoint> Rows { get; private set; } = [];
    public IReadOnlyList<ServicePoint> Closed { get; private set; } = [];

    public bool MayKeep => current.Viewer?.PostFor(CircleAccess.Keep) is not null;
    public bool SeesHelpers => current.Viewer?.PostFor(Civic.Grids.GridAccess.SeeHouseholds) is not null;

    public async Task OnGetAsync()
    {
        Rows = await queries.AllPoints(cancel: HttpContext.RequestAborted);
        if (MayKeep)
            Closed = await queries.AllPoints(closed: true, HttpContext.RequestAborted);
    }
}
