using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.Grids;

/// <summary>Puts buildings into a grid; each leaves the grid it was in by the same act.</summary>
public sealed class AssignBuildings(Writer writer)
{
    /// <param name="Grid">Public code.</param>
    /// <param name="Buildings">Public codes.</param>
    public sealed record Input(string? Grid, IReadOnlyList<string> Buildings);

    public Task<Outcome> Run(Viewer viewer, Act act, Input input, CancellationToken cancel = default) => writer.Write(act, "grid.assign", input, async scope =>
    {
        if (viewer.PostFor(GridAccess.Draw) is null || await scope.Db.Set<Grid>().SingleOrDefaultAsync(g => g.PublicCode == input.Grid) is not { } grid)
            return GridProblems.NotFound;
        if (grid.To is not null)
            return GridProblems.GridGone;
        var codes = input.Buildings.Distinct().ToList();
        if (codes.Count == 0)
            return GridProblems.NothingToAssign;
        var buildings = await scope.Db.Set<Building>().Where(b => codes.Contains(b.PublicCode)).ToListAsync();
        if (buildings.Count != codes.Count)
            return GridProblems.NotFound;
        if (buildings.Any(b => b.To is not null))
            return GridProblems.BuildingGone;
        return await Put(scope, grid, buildings) == 0 ? GridProblems.AlreadyThere : Outcome.Ok(grid.PublicCode);
    }, cancel);

    /// <returns>How many of them weren't there yet.</returns>
    internal static async Task<int> Put(ActScope scope, Grid grid, IReadOnlyList<Building> buildings)
    {
        var ids = buildings.Select(b => b.Id).ToList();
        var present = await scope.Db.Set<GridBuilding>().Where(g => ids.Contains(g.BuildingId) && g.To == null).ToDictionaryAsync(g => g.BuildingId);
        var moved = 0;
        foreach (var building in buildings)
        {
            if (present.TryGetValue(building.Id, out var place))
            {
                if (place.GridId == grid.Id)
                    continue;
                place.EndOn(scope.On);
                scope.Record(place, GridEvents.BuildingReleased);
            }
            scope.Add(new GridBuilding { GridId = grid.Id, BuildingId = building.Id, From = scope.On }, GridEvents.BuildingAssigned);
            moved++;
        }
        return moved;
    }
}
