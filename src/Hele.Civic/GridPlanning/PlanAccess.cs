using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Storage;

namespace Hele.Civic.GridPlanning;

/// <summary>
/// Who may see and do what with plans of grids. Trying changes nothing and shows counts that whoever reads the list of buildings sees anyway; a plan is kept and adopted by whoever draws grids. Both functions
/// default to nothing.
/// </summary>
public static class PlanAccess
{
    public static readonly Permission Try = new("plan.try", ("试算网格方案", "Try plans of grids"), [Role.GridWorker, Role.Clerk, Role.Secretary, Role.Supervisor]);
    public static readonly Permission Keep = new("plan.keep", ("保存网格方案", "Keep plans of grids"), [Role.Secretary]);
    public static readonly Permission Adopt = new("plan.adopt", ("采用网格方案", "Adopt a plan of grids"), [Role.Secretary]);

    public static IEnumerable<Permission> All => [Try, Keep, Adopt];

    public static bool May(Viewer? viewer, Owned record, Permission what) => viewer?.JurisdictionId == record.JurisdictionId && viewer.PostFor(what) is not null;

    /// <summary>The plans of a query that this viewer may see: the same as asking <see cref="May"/> of each.</summary>
    public static IQueryable<PlanDraft> Visible(Viewer? viewer, IQueryable<PlanDraft> drafts)
    {
        if (viewer?.PostFor(Try) is null)
            return drafts.Where(d => false);
        var jurisdiction = viewer.JurisdictionId;
        return drafts.Where(d => d.JurisdictionId == jurisdiction);
    }
}
