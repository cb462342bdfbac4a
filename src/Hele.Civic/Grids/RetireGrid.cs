using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.Grids;

/// <summary>Closes a grid that has no building left. Its code stays used.</summary>
public sealed class RetireGrid(Writer writer)
{
    public sealed record Input(string Code);

    public Task<Outcome> Run(Viewer viewer, Act act, Input input, CancellationToken cancel = default) => writer.Write(act, "grid.retire", input, async scope =>
    {
        if (viewer.PostFor(GridAccess.Draw) is null || await scope.Db.Set<Grid>().SingleOrDefaultAsync(g => g.PublicCode == input.Code) is not { } grid)
            return GridProblems.NotFound;
        if (grid.To is not null)
            return GridProblems.GridGone;
        if (await scope.Db.Set<GridBuilding>().CountAsync(b => b.GridId == grid.Id && b.To == null) is var left and > 0)
            return GridProblems.GridHasBuildings.With(left);
        if (await scope.Db.Set<Post>().Where(Post.HeldOrWaitingOn(scope.Today)).CountAsync(p => p.ScopeId == grid.Id) is var held and > 0)
            return GridProblems.GridHasPosts.With(held);
        grid.RetireOn(scope.On, scope.Now);
        scope.Record(grid, GridEvents.GridRetired);
        foreach (var outline in await scope.Db.Set<GridOutline>().Where(o => o.GridId == grid.Id && o.To == null).ToListAsync())
        {
            outline.EndOn(scope.On);
            scope.Record(outline, GridEvents.OutlineEnded);
        }
        return Outcome.Ok(grid.PublicCode);
    }, cancel);
}
