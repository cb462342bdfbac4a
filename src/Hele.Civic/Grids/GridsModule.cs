using Hele.Civic.Kernel;
using Hele.Civic.Platform;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Figures;
using Hele.Civic.Platform.Imports;
using Hele.Civic.Platform.Journal;
using Hele.Civic.Platform.Notices;
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
        services.AddSingleton<MoveMembers>();
        services.AddSingleton<RecordBirth>();
        services.AddSingleton<SayPresence>();
        services.AddSingleton<KeepOwner>();
        services.AddSingleton<RecordTenancy>();
        services.AddSingleton<SettleTenancy>();
        services.AddSingleton<StateChange>();
        services.AddSingleton<WithdrawChange>();
        services.AddSingleton<CheckChange>();
        services.AddScoped<ChangeQueries>();
        services.AddScoped<PopulationQueries>();
        services.AddScoped<GridQueries>();
        services.AddScoped<HouseholdQueries>();
    }

    public override void Map(ModelBuilder model) => GridsMapping.Map(model);

    public override IEnumerable<EventKind> Events => [.. GridEvents.All, Door.Moved, StatedChange.Stated, StatedChange.Confirmed, StatedChange.Rejected, StatedChange.TakenBack, StatedChange.Erased];
    public override IEnumerable<Transitions> LifeCycles => [StatedChange.LifeCycle];
    public override IEnumerable<LifeFollower> LifeFollowers => [HouseholdFollow.Follower];
    public override IEnumerable<NoticeSource> Notices => ChangeNotices.All;
    public override IEnumerable<DaySource> Days => [ChangeQueries.Day, TenancyDay.Of];
    public override IEnumerable<Permission> Permissions => [.. GridAccess.All, .. StatedAccess.All];
    public override IEnumerable<Figure> Figures => [.. PopulationFigures.All, .. GridFigures.All];
    public override IEnumerable<LedgerKind> Ledgers => [new BuildingLedger(), new HouseholdLedger()];
    public override IEnumerable<PostScope> PostScopes => [GridAccess.Scope];

    public override IEnumerable<SubjectRows> AboutPeople =>
    [
        new(typeof(HouseholdMember), ("住户登记", "Where they live"), (db, person) => db.Set<HouseholdMember>().Where(m => m.PersonId == person).OrderByDescending(m => m.From),
            Keep: (_, _) => Archive),
        new(typeof(MemberPresence), ("人户状态", "Person and registration"), (db, person) => db.Set<MemberPresence>().Where(x => db.Set<HouseholdMember>().Any(m => m.Id == x.MemberId && m.PersonId == person)).OrderByDescending(x => x.From),
            Name: row => SayPresence.Word(((MemberPresence)row).Presence), Keep: (_, _) => Archive),
        new(typeof(StatedChange), ("报告的变动", "Changes stated"), (db, person) => db.Set<StatedChange>().Where(c => c.StatedById == person).OrderByDescending(c => c.StatedOn),
            Name: row => StatedChange.Word(((StatedChange)row).Kind), Erase: (row, _) => ((StatedChange)row).Erase(), Erased: StatedChange.Erased),
        new(typeof(FlatOwner), ("房屋产权", "Flats owned"), (db, person) => db.Set<FlatOwner>().Where(o => o.PersonId == person).OrderByDescending(o => o.From),
            Erase: (row, _) => ((FlatOwner)row).Erase(), Erased: GridEvents.OwnerErased),
        new(typeof(Tenancy), ("出租房屋", "Flats let"), (db, person) => db.Set<Tenancy>().Where(t => t.LandlordId == person).OrderByDescending(t => t.From),
            Erase: (row, _) => ((Tenancy)row).Erase(), Erased: GridEvents.TenancyErased),
    ];

    private static readonly Kept Archive = new(("《城市居民委员会组织法》（2025修订）第39条：居务档案应当真实、准确、完整（住户登记不含姓名）", "Organic Law of Urban Residents' Committees (2025) art. 39: the affairs archive is complete (the row holds no name)"), null);
}
