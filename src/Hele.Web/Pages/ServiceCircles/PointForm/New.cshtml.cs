using Hele.Civic.Grids;
using Hele.Civic.ServiceCircles;
using Hele.Planning.Streets;
using Hele.Web.Hosting;
using Hele.Web.Ui;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Hele.Web.Pages.ServiceCircles.PointForm;

/// <summary>What is typed about a service point.</summary>
public sealed class PointInput
{
    public string Kind { get; set; } = "";
    public string Name { get; set; } = "";
    public string Phone { get; set; } = "";
    public string Position { get; set; } = "";
    public Datum Datum { get; set; }
    public HoursForm Hours { get; set; } = new();

    public KeepPoint.Input Of(string? code) => new(code, Kind, Name, Phone, OtherMaps.ToWgs84(Position, Datum), Hours.Input);
}

/// <summary>Opens a service point.</summary>
[Needs("circle.keep")]
public sealed class NewPointModel(GridQueries grids, KeepPoint keep, CurrentViewer current, Texts L) : PageModel
{
    [BindProperty]
    public PointInput Input { get; set; } = new();

    public IReadOnlyList<MapArea> Areas { get; private set; } = [];
    public IReadOnlyList<MapDot> Dots { get; private set; } = [];
    public IReadOnlyList<Option> Kinds => PointChoices.Kinds(L);

    public async Task OnGetAsync(string? at)
    {
        if (KeepBuilding.TryPosition(at, out var place) && place is { } here)
            Input.Position = CircleAddress.Place(here);
        await Load();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        var outcome = await keep.Run(current.Required, current.Required.Act(CircleAccess.Keep, OperationId.Posted(Request)), Input.Of(null), HttpContext.RequestAborted);
        if (outcome.Accepted)
        {
            this.Say(L["服务点已设立。"]);
            return Redirect(CircleLinks.Points);
        }
        await Load();
        return this.Refused(outcome.Problems);
    }

    private async Task Load() => (Areas, Dots) = await PointChoices.Ground(grids, HttpContext.RequestAborted);
}

/// <summary>What both forms of a point offer.</summary>
public static class PointChoices
{
    public static IReadOnlyList<Option> Kinds(Texts L) => [.. ServicePointKinds.All.Select(k => new Option(k.Code, L[k.Title]))];

    public static async Task<(IReadOnlyList<MapArea>, IReadOnlyList<MapDot>)> Ground(GridQueries grids, CancellationToken cancel) =>
        ([.. (await grids.Grids(cancel)).Select(g => new MapArea(g.Name, g.Outline, null))], [.. (await grids.AllBuildings(cancel)).Where(b => b.At is not null).Select(b => new MapDot(b.Address, b.At!.Value, null))]);
}
