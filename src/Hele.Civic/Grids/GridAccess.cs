using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.Grids;

/// <summary>
/// Who may see and do what with places, grids and households. Grids, their outlines and duty telephones are shown to everybody (they have to be shown
/// where people live); who lives where only to those who keep the register. Both functions default to nothing.
/// </summary>
public static class GridAccess
{
    private static readonly Role[] Keepers = [Role.GridWorker, Role.Clerk, Role.Secretary];

    public static readonly Permission List = new("place.list", ("楼栋列表", "List of buildings"), [.. Keepers, Role.Supervisor]);
    public static readonly Permission Keep = new("place.keep", ("登记小区和楼栋", "Register compounds and buildings"), [Role.Clerk, Role.Secretary]);
    public static readonly Permission Draw = new("grid.draw", ("划分网格", "Draw grids"), [Role.Secretary]);
    public static readonly Permission SeeHouseholds = new("household.see", ("查看住户", "See households"), Keepers);
    public static readonly Permission KeepHouseholds = new("household.keep", ("登记住户", "Register households"), Keepers);

    /// <summary>A post that is limited to one grid: its holder works for whoever lives there.</summary>
    public static readonly PostScope Scope = new("grid", ("一个网格", "one grid"), db => db.Set<Grid>().Where(g => g.To == null).OrderBy(g => g.Code).Select(g => new ScopePlace(g.Id, g.PublicCode, g.Name)), PeopleOf);

    /// <summary>Who lives in these grids, and who lived there when they died or left the community: their entry stays with whoever knew them, until they live elsewhere.</summary>
    private static IQueryable<Guid> PeopleOf(HeleDb db, IReadOnlyList<Guid> grids) => db.Set<HouseholdMember>()
        .Where(m => m.To == null || ((m.Went == MemberCause.Death || m.Went == MemberCause.Left) && !db.Set<HouseholdMember>().Any(x => x.PersonId == m.PersonId && x.To == null)))
        .Where(m => db.Set<Household>().Any(h => h.Id == m.HouseholdId && db.Set<GridBuilding>().Any(g => g.BuildingId == h.BuildingId && g.To == null && grids.Contains(g.GridId))))
        .Select(m => m.PersonId);

    public static IEnumerable<Permission> All => [List, Keep, Draw, SeeHouseholds, KeepHouseholds];

    /// <summary>Whether this viewer may do this here; a place belongs to its community and to nobody in it.</summary>
    public static bool May(Viewer? viewer, Platform.Storage.Owned place, Permission what) => viewer?.JurisdictionId == place.JurisdictionId && viewer.PostFor(what) is not null;

    /// <summary>
    /// The post in which this viewer does this with the households of a building: one for the whole community, or that of the building's grid. Null when they hold none:
    /// then they may say what has changed, and somebody who does checks it.
    /// </summary>
    public static async Task<HeldPost?> PostAt(HeleDb db, Viewer? viewer, Guid building, Permission what, CancellationToken cancel = default)
    {
        var posts = viewer?.Posts.Where(p => what.Roles.Contains(p.Role)).ToList() ?? [];
        if (posts.Count == 0)
            return null;
        if (posts.Find(p => p.ScopeId is null) is { } whole)
            return whole;
        var grid = await db.Set<GridBuilding>().Where(g => g.JurisdictionId == viewer!.JurisdictionId && g.BuildingId == building && g.To == null).Select(g => (Guid?)g.GridId).SingleOrDefaultAsync(cancel);
        return posts.Find(p => p.ScopeId == grid);
    }

    /// <summary>The households of a query that this viewer may see: the same as asking <see cref="PostAt"/> of each. A post of one grid sees that grid's.</summary>
    public static IQueryable<Household> Visible(HeleDb db, Viewer? viewer, IQueryable<Household> households)
    {
        var posts = viewer?.Posts.Where(p => SeeHouseholds.Roles.Contains(p.Role)).ToList() ?? [];
        if (posts.Count == 0)
            return households.Where(h => false);
        var jurisdiction = viewer!.JurisdictionId;
        if (posts.Exists(p => p.ScopeId is null))
            return households.Where(h => h.JurisdictionId == jurisdiction);
        var grids = posts.ConvertAll(p => p.ScopeId!.Value);
        return households.Where(h => h.JurisdictionId == jurisdiction && db.Set<GridBuilding>().Any(g => g.BuildingId == h.BuildingId && g.To == null && grids.Contains(g.GridId)));
    }
}
