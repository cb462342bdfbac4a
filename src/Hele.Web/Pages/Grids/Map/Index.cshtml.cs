using Hele.Civic.GridPlanning;
using Hele.Civic.Grids;
using Hele.Web.Hosting;
using Hele.Web.Ui;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Hele.Web.Pages.Grids.Map;

/// <summary>How the community is cut into grids, for everybody; and for those who keep the register what is wrong with it.</summary>
[Public]
public sealed class GridMapModel(GridQueries queries, CurrentViewer current, Site site, Texts L) : PageModel
{
    public IReadOnlyList<GridLine> Grids { get; private set; } = [];
    public IReadOnlyList<BuildingLine> Buildings { get; private set; } = [];
    public GridFaults Faults { get; private set; } = new([], [], [], []);

    public bool IsStaff => current.Viewer?.PostFor(GridAccess.List) is not null;
    public bool MayPlan => current.Viewer?.PostFor(PlanAccess.Try) is not null;
    public bool MayDraw => current.Viewer?.PostFor(GridAccess.Draw) is not null;

    /// <summary>Buildings without a grid that stand somewhere.</summary>
    public bool MayAssign => MayDraw && Faults.WithoutGrid.Any(b => b.At is not null) && Grids.Count > 0;

    public IReadOnlyList<MapArea> Areas =>
        [.. Grids.Select(g => new MapArea(g.Name, g.Outline, GridLinks.Grid(g.Code))), .. IsStaff ? Faults.Overlaps.Select(o => new MapArea(L["{0}和{1}重叠", o.One, o.Other], o.Where, null, "overlap")) : []];

    public IReadOnlyList<MapDot> Dots
    {
        get
        {
            var wrong = Faults.WithoutGrid.Concat(Faults.OutsideTheirs).Select(b => b.Code).ToHashSet();
            return [.. Buildings.Where(b => b.At is not null).Select(b => new MapDot(b.Address, b.At!.Value, IsStaff ? GridLinks.Building(b.Code) : null, IsStaff && wrong.Contains(b.Code)))];
        }
    }

    public async Task<IActionResult> OnGetAsync()
    {
        if (current.Jurisdiction is null && (await site.Communities(HttpContext.RequestAborted)).Count > 0)
            return Redirect(PlaceHosting.ChooserFor(HttpContext));
        await Load();
        return Page();
    }

    private async Task Load()
    {
        var cancel = HttpContext.RequestAborted;
        (Grids, Buildings, Faults) = (await queries.Grids(cancel), await queries.AllBuildings(cancel), await queries.Faults(cancel));
    }
}
