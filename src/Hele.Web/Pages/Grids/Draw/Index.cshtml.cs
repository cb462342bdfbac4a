using Hele.Civic.Grids;
using Hele.Planning.Streets;
using Hele.Web.Hosting;
using Hele.Web.Ui;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Hele.Web.Pages.Grids.Draw;

/// <summary>Draws a grid: a new one, or an existing one anew.</summary>
[Needs("grid.draw")]
public sealed class DrawGridModel(GridQueries queries, DrawGrid draw, CurrentViewer current, Texts L) : PageModel
{
    /// <summary>Public code of the grid that is drawn anew; empty for a new one.</summary>
    [BindProperty(SupportsGet = true)]
    public string Code { get; set; } = "";

    [BindProperty]
    public InputModel Input { get; set; } = new();

    public IReadOnlyList<MapArea> Areas { get; private set; } = [];
    public IReadOnlyList<MapDot> Dots { get; private set; } = [];

    public IReadOnlyList<Option> Kinds => Option.Of<GridKind>(L.Kind, k => k == GridKind.Special ? L["市场、学校、园区等"] : L["居民住的地方"]);

    public async Task<IActionResult> OnGetAsync()
    {
        if (Code.Length > 0)
        {
            if (await queries.Grid(Code, HttpContext.RequestAborted) is not { Outline: { } outline } grid)
                return NotFound();
            (Input.Name, Input.Kind, Input.DutyPhone, Input.Outline) = (grid.Name, grid.Kind, grid.DutyPhone ?? "",
                string.Join("; ", outline.ExteriorRing.Coordinates.SkipLast(1).Select(c => FormattableString.Invariant($"{c.X:F7} {c.Y:F7}"))));
        }
        await Load();
        return Page();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        if (ModelState.IsValid)
        {
            var outcome = await draw.Run(current.Required, current.Required.Act(GridAccess.Draw, OperationId.Posted(Request)),
                new(Code.Length > 0 ? Code : null, Input.Name, Input.Kind, Input.DutyPhone, OtherMaps.ToWgs84(Input.Outline, Input.Datum)), HttpContext.RequestAborted);
            if (outcome.Accepted)
            {
                this.Say(Code.Length > 0 ? L["网格已更新。"] : L["网格已设立。"]);
                return Redirect(GridLinks.Grid(outcome.Code!));
            }
            await Load();
            return this.Refused(outcome.Problems);
        }
        await Load();
        return this.Refused([]);
    }

    private async Task Load()
    {
        var cancel = HttpContext.RequestAborted;
        Areas = [.. (await queries.Grids(cancel)).Where(g => g.Code != Code).Select(g => new MapArea(g.Name, g.Outline, null))];
        Dots = [.. (await queries.AllBuildings(cancel)).Where(b => b.At is not null).Select(b => new MapDot(b.Address, b.At!.Value, null))];
    }

    public sealed class InputModel
    {
        public string Name { get; set; } = "";
        public GridKind Kind { get; set; }
        public string DutyPhone { get; set; } = "";
        public string Outline { get; set; } = "";
        public Datum Datum { get; set; }
    }
}
