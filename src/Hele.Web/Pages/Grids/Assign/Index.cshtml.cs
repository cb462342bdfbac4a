using Hele.Civic.Grids;
using Hele.Web.Hosting;
using Hele.Web.Ui;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Hele.Web.Pages.Grids.Assign;

/// <summary>Puts the buildings that belong to no grid into the one they lie in, all at once; shows first which those are.</summary>
[Needs("grid.draw")]
public sealed class AssignModel(GridQueries queries, AssignByOutline assign, CurrentViewer current, Texts L) : PageModel
{
    /// <summary>Each with the grids it lies in: one, none or several.</summary>
    public IReadOnlyList<(BuildingLine Building, IReadOnlyList<GridLine> Grids)> Free { get; private set; } = [];

    public bool HasClear => Free.Any(f => f.Grids.Count == 1);

    public async Task OnGetAsync()
    {
        var grids = await queries.Grids(HttpContext.RequestAborted);
        Free = [.. (await queries.AllBuildings(HttpContext.RequestAborted)).Where(b => b.GridCode is null)
            .Select(b => (b, (IReadOnlyList<GridLine>)[.. b.At is { } at ? grids.Where(g => Geo.Covers(g.Outline, at)) : []]))];
    }

    public async Task<IActionResult> OnPostAsync()
    {
        var outcome = await assign.Run(current.Required, current.Required.Act(GridAccess.Draw, OperationId.Posted(Request)), HttpContext.RequestAborted);
        if (outcome.Accepted)
        {
            this.Say(L["已把{0}栋楼划入所在的网格。", outcome.Code!]);
            return Redirect(GridLinks.Map);
        }
        await OnGetAsync();
        return this.Refused(outcome.Problems);
    }
}
