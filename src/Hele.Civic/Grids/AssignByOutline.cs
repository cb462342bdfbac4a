using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.Grids;

/// <summary>Puts every building that lies in exactly one grid's outline, and belongs to none, into that grid. What somebody decided otherwise stays as it is.</summary>
public sealed class AssignByOutline(Writer writer)
{
    public sealed record Input;

    public Task<Outcome> Run(Viewer viewer, Act act, CancellationToken cancel = default) => writer.Write(act, "grid.assign-by-outline", new Input(), async scope =>
    {
        if (viewer.PostFor(GridAccess.Draw) is null)
            return GridProblems.NotFound;
        var grids = await scope.Db.Set<Grid>().Where(g => g.To == null).ToListAsync();
        var outlines = await scope.Db.Set<GridOutline>().Where(o => o.To == null).ToListAsync();
        var drawn = grids.Join(outlines, g => g.Id, o => o.GridId, (g, o) => (Grid: g, Outline: Geo.Stored(o.Outline))).ToList();
        var free = await scope.Db.Set<Building>().Where(b => b.To == null && b.LonE7 != null && !scope.Db.Set<GridBuilding>().Any(g => g.BuildingId == b.Id && g.To == null)).OrderBy(b => b.Id).ToListAsync();
        var moved = 0;
        foreach (var (grid, buildings) in free.Select(b => (Building: b, Grids: drawn.Where(d => Geo.Covers(d.Outline, b.At!.Value)).ToList()))
            .Where(f => f.Grids.Count == 1).GroupBy(f => f.Grids[0].Grid).Select(g => (g.Key, g.Select(f => f.Building).ToList())))
            moved += await AssignBuildings.Put(scope, grid, buildings);
        return moved == 0 ? GridProblems.NothingToAssign with { Field = null } : Outcome.Ok(moved.ToString(System.Globalization.CultureInfo.InvariantCulture));
    }, cancel);
}
