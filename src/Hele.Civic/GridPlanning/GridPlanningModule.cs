using Hele.Civic.Kernel;
using Hele.Civic.Platform;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Journal;
using Hele.Civic.Platform.Sealing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Hele.Civic.GridPlanning;

/// <summary>网格规划: how a community could be cut into grids, tried, compared, and adopted by a person.</summary>
public sealed class GridPlanningModule : HeleModule
{
    public override Bilingual Title => ("网格规划", "Planning of grids");

    public override void AddServices(IServiceCollection services) => services.AddSingleton<KeepPlan>().AddSingleton<DiscardPlan>().AddSingleton<AdoptPlan>().AddSingleton<PlanEngine>().AddScoped<PlanQueries>();

    public override void Map(ModelBuilder model) => GridPlanningMapping.Map(model);

    public override IEnumerable<EventKind> Events => [PlanDraft.WasKept, PlanDraft.WasChanged, PlanDraft.WasAdopted, PlanDraft.WasDiscarded];
    public override IEnumerable<Permission> Permissions => PlanAccess.All;
    public override IEnumerable<Transitions> LifeCycles => [PlanDraft.LifeCycle];

    public override IEnumerable<SubjectRows> AboutPeople =>
    [
        // It names nobody: that somebody adopted it in their post is what they may see of it.
        new(typeof(PlanDraft), ("我采用的网格方案", "Plans of grids one adopted"), (db, person) => db.Set<PlanDraft>().Where(d => db.Set<Post>().Any(p => p.PersonId == person && p.Id == d.AdoptedByPostId)).OrderByDescending(d => d.LoggedAt),
            Name: row => ($"{((PlanDraft)row).ClosedOn:yyyy-MM-dd}", $"{((PlanDraft)row).ClosedOn:yyyy-MM-dd}"), Keep: (_, _) => Archive),
    ];

    private static readonly Kept Archive = new(("《城市居民委员会组织法》（2025修订）第39条：居务档案应当真实、准确、完整（不含姓名）",
        "Organic Law of Urban Residents' Committees (2025) art. 39: the affairs archive is complete (the row names nobody)"), null);
}
