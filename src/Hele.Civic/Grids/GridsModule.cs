using Hele.Civic.Kernel;
using Hele.Civic.Platform;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Imports;
using Hele.Civic.Platform.Journal;
using Hele.Civic.Platform.Sealing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Hele.Civic.Grids;

public sealed class GridsModule : HeleModule
{
    public override Bilingual Title => ("网格", "Grids");

    public override void AddServices(IServiceCollection services)
    {
        services.AddSingleton<KeepCompound>();
        services.AddSingleton<KeepBuilding>();
        services.AddSingleton<RetireBuilding>();
        services.AddSingleton<DrawGrid>();
        services.AddSingleton<RetireGrid>();
        services.AddSingleton<AssignBuildings>();
        services.AddSingleton<AssignByOutline>();
        services.AddSingleton<MoveIn>();
        services.AddSingleton<MoveOut>();
        services.AddScoped<GridQueries>();
        services.AddScoped<HouseholdQueries>();
    }

    public override void Map(ModelBuilder model) => GridsMapping.Map(model);

    public override IEnumerable<EventKind> Events => GridEvents.All;
    public override IEnumerable<Permission> Permissions => GridAccess.All;
    public override IEnumerable<LedgerKind> Ledgers => [new BuildingLedger(), new HouseholdLedger()];
    public override IEnumerable<PostScope> PostScopes => [GridAccess.Scope];

    public override IEnumerable<SubjectRows> AboutPeople =>
    [
        new(typeof(HouseholdMember), ("住户登记", "Where they live"), (db, person) => db.Set<HouseholdMember>().Where(m => m.PersonId == person).OrderByDescending(m => m.From),
            Keep: (_, _) => new Kept(("《城市居民委员会组织法》（2025修订）第39条：居务档案应当真实、准确、完整（住户登记不含姓名）", "Organic Law of Urban Residents' Committees (2025) art. 39: the affairs archive is complete (the row holds no name)"), null)),
    ];
}
