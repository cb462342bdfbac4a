using Hele.Civic.Grids;
using Hele.Civic.Kernel;
using Hele.Web.Hosting;
using Hele.Web.Pages.Grids;
using NetTopologySuite.Geometries;

namespace Hele.Web.Endpoints;

/// <summary>What the map that can be moved shows: grids and buildings of the community whose pages are shown, and the streets beneath.</summary>
public static class MapEndpoints
{
    public static void MapMap(this IEndpointRouteBuilder app)
    {
        app.MapGet("/map.json", async (GridQueries queries, CurrentViewer current, CancellationToken cancel) =>
        {
            var (grids, buildings, faults) = (await queries.Grids(cancel), await queries.AllBuildings(cancel), await queries.Faults(cancel));
            var staff = current.Viewer?.PostFor(GridAccess.List) is not null;
            var wrong = faults.WithoutGrid.Concat(faults.OutsideTheirs).Select(b => b.Code).ToHashSet();
            return Results.Json(new
            {
                grids = grids.Select(g => new { code = g.Code, name = g.Name, href = GridLinks.Grid(g.Code), phone = g.DutyPhone, buildings = g.Buildings, ring = Ring(g.Outline) }),
                buildings = buildings.Where(b => b.At is not null).Select(b => new
                {
                    code = b.Code, name = b.Address, href = staff ? GridLinks.Building(b.Code) : null, grid = b.Grid, at = new[] { b.At!.Value.Lon, b.At.Value.Lat }, wrong = staff && wrong.Contains(b.Code),
                }),
                overlaps = staff ? faults.Overlaps.SelectMany(o => Parts(o.Where)).Select(Ring) : [],
            });
        }).WithMetadata(new PublicAttribute());

        // Streets, water and houses under the map: the demo's own, or what an operator put beside the data.
        app.MapGet("/map/ground.json", (StartOptions options) =>
        {
            var path = options.Demo is not null ? ReferenceData.Path("demo/ground.json") : Path.Combine(options.Storage.DataDirectory, "map", "ground.json");
            return File.Exists(path) ? Results.File(path, "application/json") : Results.NoContent();
        }).WithMetadata(new PublicAttribute());
    }

    private static IEnumerable<Polygon> Parts(Geometry geometry) => Enumerable.Range(0, geometry.NumGeometries).Select(geometry.GetGeometryN).OfType<Polygon>();

    private static double[][] Ring(Polygon outline) => [.. outline.ExteriorRing.Coordinates.Select(c => new[] { c.X, c.Y })];
}
