using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.Grids;

/// <summary>A building is no longer there (pulled down, handed to another community). It leaves its grid by the same act.</summary>
public sealed class RetireBuilding(Writer writer)
{
    public sealed record Input(string Code);

    public Task<Outcome> Run(Viewer viewer, Act act, Input input, CancellationToken cancel = default) => writer.Write(act, "building.retire", input, async scope =>
    {
        if (viewer.PostFor(GridAccess.Keep) is null || await scope.Db.Set<Building>().SingleOrDefaultAsync(b => b.PublicCode == input.Code) is not { } building)
            return GridProblems.NotFound;
        if (building.To is not null)
            return GridProblems.BuildingGone;
        if (await scope.Db.Set<Household>().CountAsync(h => h.BuildingId == building.Id && h.To == null) is var left and > 0)
            return GridProblems.BuildingHasHouseholds.With(left);
        building.RetireOn(scope.On);
        scope.Record(building, GridEvents.BuildingRetired);
        foreach (var place in await scope.Db.Set<GridBuilding>().Where(g => g.BuildingId == building.Id && g.To == null).ToListAsync())
        {
            place.EndOn(scope.On);
            scope.Record(place, GridEvents.BuildingReleased);
        }
        return Outcome.Ok(building.PublicCode);
    }, cancel);
}
