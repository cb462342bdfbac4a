using Hele.Civic.Platform.Access;
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
    public static readonly Permission KeepHouseholds = new("household.keep", ("登记住户", "Register households"), [Role.Clerk, Role.Secretary]);

    /// <summary>A post that is limited to one grid: its holder works for whoever lives there.</summary>
    public static readonly PostScope Scope = new("grid", ("一个网格", "one grid"), db => db.Set<Grid>().Where(g => g.To == null).OrderBy(g => g.Code).Select(g => new ScopePlace(g.Id, g.PublicCode, g.Name)));

    public static IEnumerable<Permission> All => [List, Keep, Draw, SeeHouseholds, KeepHouseholds];

    /// <summary>Whether this viewer may do this here; a place belongs to its community and to nobody in it.</summary>
    public static bool May(Viewer? viewer, Platform.Storage.Owned place, Permission what) => viewer?.JurisdictionId == place.JurisdictionId && viewer.PostFor(what) is not null;

    /// <summary>The households of a query that this viewer may see: the same as filtering by <see cref="May"/>.</summary>
    public static IQueryable<Household> Visible(Viewer? viewer, IQueryable<Household> households)
    {
        if (viewer?.PostFor(SeeHouseholds) is null)
            return households.Where(h => false);
        var jurisdiction = viewer.JurisdictionId;
        return households.Where(h => h.JurisdictionId == jurisdiction);
    }
}
