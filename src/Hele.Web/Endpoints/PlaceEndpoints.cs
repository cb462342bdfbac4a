using Hele.Civic.Grids;
using Hele.Web.Hosting;
using Hele.Web.Pages.Grids;
using Hele.Web.Ui;

namespace Hele.Web.Endpoints;

/// <summary>The list of buildings as a file, for whoever may see it on the page, narrowed as it is there.</summary>
public static class PlaceEndpoints
{
    public static void MapPlaces(this IEndpointRouteBuilder app) =>
        app.MapGet(GridLinks.BuildingsFile, async (string? search, string? compound, string? grid, GridQueries queries, SearchWords words, CurrentViewer current, Texts L, CancellationToken cancel) =>
        {
            var buildings = await queries.Matching(current.Required, new(compound, grid, words.Open(search)), cancel);
            return Workbook.Of("buildings", L["楼栋"], [L["小区"], L["楼栋"], L["网格"], L["层数"], L["单元"], L["户数"], L["经度"], L["纬度"]],
                buildings.Select(b => (IReadOnlyList<object?>)[b.Compound, b.Name, b.Grid, b.Floors, Math.Max(1, b.Entrances), b.Households, b.At?.Lon, b.At?.Lat]));
        }).WithMetadata(new NeedsAttribute("place.list"));
}
