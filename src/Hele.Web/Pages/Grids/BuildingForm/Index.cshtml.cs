using Hele.Civic.Grids;
using Hele.Planning.Streets;
using Hele.Web.Hosting;
using Hele.Web.Ui;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Hele.Web.Pages.Grids.BuildingForm;

/// <summary>Registers a building, or corrects one.</summary>
[Needs("place.keep")]
public sealed class BuildingFormModel(GridQueries queries, KeepBuilding keep, CurrentViewer current, Texts L) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public string Code { get; set; } = "";

    [BindProperty]
    public InputModel Input { get; set; } = new();

    public IReadOnlyList<Option> Compounds { get; private set; } = [];
    public IReadOnlyList<MapArea> Areas { get; private set; } = [];
    public IReadOnlyList<MapDot> Dots { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(string? compound)
    {
        Input.Compound = compound ?? "";
        if (Code.Length > 0)
        {
            if (await queries.Building(Code, HttpContext.RequestAborted) is not { To: null } building)
                return NotFound();
            (Input.Compound, Input.Name, Input.Floors, Input.Entrances) = (building.CompoundCode, building.Name, building.Floors, building.Entrances.Count);
            if (building.At is { } at)
                Input.Position = FormattableString.Invariant($"{at.Lon:F7} {at.Lat:F7}");
        }
        await Load();
        return Page();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        if (ModelState.IsValid)
        {
            var outcome = await keep.Run(current.Required, current.Required.Act(GridAccess.Keep, OperationId.Posted(Request)),
                new(Code.Length > 0 ? Code : null, Input.Compound, Input.Name, Input.Floors, Input.Entrances ?? 0, OtherMaps.ToWgs84(Input.Position, Input.Datum)), HttpContext.RequestAborted);
            if (outcome.Accepted)
            {
                this.Say(Code.Length > 0 ? L["楼栋已更正。"] : L["楼栋已登记。"]);
                return Redirect(GridLinks.Building(outcome.Code!));
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
        Compounds = [.. (await queries.Compounds(cancel)).Select(c => new Option(c.Code, c.Name))];
        Areas = [.. (await queries.Grids(cancel)).Select(g => new MapArea(g.Name, g.Outline, null))];
        Dots = [.. (await queries.AllBuildings(cancel)).Where(b => b.At is not null && b.Code != Code).Select(b => new MapDot(b.Address, b.At!.Value, null))];
    }

    public sealed class InputModel
    {
        public string Compound { get; set; } = "";
        public string Name { get; set; } = "";
        public int? Floors { get; set; }
        public int? Entrances { get; set; }
        public string Position { get; set; } = "";
        public Datum Datum { get; set; }
    }
}
