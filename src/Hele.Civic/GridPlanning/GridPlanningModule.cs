using Hele.Civic.Kernel;
using Hele.Civic.Platform;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Journal;
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
}
