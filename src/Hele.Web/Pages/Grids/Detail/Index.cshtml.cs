using Hele.Civic.Grids;
using Hele.Civic.Kernel;
using Hele.Civic.Organizations;
using Hele.Web.Hosting;
using Hele.Web.Ui;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Hele.Web.Pages.Grids.Detail;

/// <summary>One grid: for everybody where it is and whom to ring; for the committee its households and its history too.</summary>
[Public]
public sealed class GridModel(GridQueries queries, TeamQueries teams, CurrentViewer current) : PageModel
{
    public GridView View { get; private set; } = null!;

    public TeamView? Team { get; private set; }

    public bool MayFound => current.Viewer?.PostFor(OrganizationAccess.Keep) is not null;
    public bool IsStaff => current.Viewer?.PostFor(GridAccess.List) is not null;
    public bool MayDraw => current.Viewer?.PostFor(GridAccess.Draw) is not null && View.To is null;

    public IReadOnlyList<MapArea> Areas => View.Outline is { } outline ? [new(View.Name, outline, null)] : [];

    public IReadOnlyList<MapDot> Dots => [.. View.Buildings.Where(b => b.At is not null).Select(b => new MapDot(b.Address, b.At!.Value, IsStaff ? GridLinks.Building(b.Code) : null,
        IsStaff && View.Outline is { } outline && !Geo.Covers(outline, b.At!.Value)))];

    public async Task<IActionResult> OnGetAsync(string code)
    {
        if (!PublicCode.TryParse(code, out var parsed) || await queries.Grid(parsed.Text, HttpContext.RequestAborted) is not { } view)
            return NotFound();
        if (parsed.Text != code)
            return Redirect(GridLinks.Grid(parsed.Text));
        View = view;
        Team = view.To is null ? await teams.OfGrid(current.Viewer, parsed.Text, HttpContext.RequestAborted) : null;
        return Page();
    }
}
