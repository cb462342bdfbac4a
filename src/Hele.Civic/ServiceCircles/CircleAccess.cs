using Hele.Civic.Grids;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Storage;

namespace Hele.Civic.ServiceCircles;

/// <summary>
/// Who may see and do what with the walking circle. Streets, service points and what they reach are public. Who helps nearby is known to those who keep the register of where that
/// person lives, and counted for everybody. Both functions default to nothing.
/// </summary>
public static class CircleAccess
{
    public static readonly Permission Try = new("circle.try", ("在步行圈地图上试算", "Try changes on the walking map"), [Role.GridWorker, Role.Clerk, Role.Secretary, Role.Supervisor]);
    public static readonly Permission Keep = new("circle.keep", ("登记服务点和街道图", "Register service points and streets"), [Role.Clerk, Role.Secretary]);
    public static readonly Permission Record = new("circle.record", ("测算红色服务圈", "Work out the walking circle"), [Role.Clerk, Role.Secretary]);

    public static IEnumerable<Permission> All => [Try, Keep, Record];

    public static bool May(Viewer? viewer, Owned record, Permission what) => viewer?.JurisdictionId == record.JurisdictionId && viewer.PostFor(what) is not null;

    /// <summary>The people who help nearby that this viewer may know of: of those they see the household of.</summary>
    public static IQueryable<NearbyHelper> Visible(HeleDb db, Viewer? viewer)
    {
        var households = GridAccess.Visible(db, viewer, db.Set<Household>());
        return db.Set<NearbyHelper>().Where(h => db.Set<HouseholdMember>().Any(m => m.PersonId == h.PersonId && m.To == null && households.Any(x => x.Id == m.HouseholdId)));
    }
}
