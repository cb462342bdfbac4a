using Hele.Civic.Grids;
using Hele.Civic.Platform.Storage;
using Hele.Civic.ServiceCircles;
using Hele.Web.Hosting;
using Hele.Web.Ui;
using Microsoft.AspNetCore.Mvc;

namespace Hele.Web.Pages.ServiceCircles.PointForm;

/// <summary>A service point: corrected, moved, given other hours, closed.</summary>
[Needs("circle.keep")]
public sealed class PointModel(CircleQueries queries, GridQueries grids, KeepPoint keep, ClosePoint close, ReadSession read, CurrentViewer current, Texts L) : RecordPage(read)
{
    [BindProperty]
    public PointInput Input { get; set; } = new();

    public ServicePoint Point { get; private set; } = null!;
    public IReadOnlyList<MapArea> Areas { get; private set; } = [];
    public IReadOnlyList<MapDot> Dots { get; private set; } = [];
    public IReadOnlyList<Option> Kinds => PointChoices.Kinds(L);

    protected override string PathOf(string code) => CircleLinks.Point(code);

    /// <param name="at">Where it is tried on the map: the form begins with it.</param>
    public async Task<IActionResult> OnGetAsync(string code, string? at)
    {
        var result = await Show(code);
        if (Point is not null)
        {
            Input = new() { Kind = Point.Kind, Name = Point.Name, Phone = Point.Phone ?? "", Position = KeepBuilding.TryPosition(at, out var place) && place is { } here ? CircleAddress.Place(here) : CircleAddress.Place(Point.At), Hours = HoursForm.Of(Point.Hours) };
        }
        return result;
    }

    public Task<IActionResult> OnPostKeepAsync(string code) => Do(code, "Keep", nameof(Input),
        canonical => keep.Run(current.Required, current.Required.Act(CircleAccess.Keep, OperationId.Posted(Request)), Input.Of(canonical), HttpContext.RequestAborted), () => L["服务点已更正。"], CircleLinks.Points);

    public Task<IActionResult> OnPostCloseAsync(string code) => Do(code, "Close", "",
        canonical => close.Run(current.Required, current.Required.Act(CircleAccess.Keep, OperationId.Posted(Request)), new(canonical), HttpContext.RequestAborted), () => L["服务点已撤销。"], CircleLinks.Points);

    protected override async Task<bool> Find(string code)
    {
        if (await queries.Point(code, HttpContext.RequestAborted) is not { } point)
            return false;
        Point = point;
        (Areas, Dots) = await PointChoices.Ground(grids, HttpContext.RequestAborted);
        return true;
    }
}
