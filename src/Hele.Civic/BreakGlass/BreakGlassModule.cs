using Hele.Civic.Kernel;
using Hele.Civic.Platform;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Journal;
using Hele.Civic.Platform.Sealing;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Hele.Civic.BreakGlass;

public sealed class BreakGlassModule : HeleModule
{
    public override Bilingual Title => ("应急查看", "Break-glass");

    public override IEnumerable<EventKind> Events => EmergencyEvents.All;
    public override IEnumerable<Permission> Permissions => EmergencyRights.All;
    public override IEnumerable<Transitions> LifeCycles => [EmergencyAccess.LifeCycle];

    public override IEnumerable<SubjectRows> AboutPeople =>
    [
        new(typeof(EmergencyAccess), ("应急查看", "Break-glass accesses"), (db, person) => db.Set<EmergencyAccess>().Where(a => a.SubjectId == person).OrderByDescending(a => a.OpenedAt),
            Keep: (row, today) => Keep((EmergencyAccess)row, today), Erase: (row, _) => ((EmergencyAccess)row).Erase(), Erased: EmergencyEvents.Erased),
    ];

    public override IEnumerable<DaySource> Days => [EmergencyDay.Of];

    public override IEnumerable<WithheldRows> Withheld =>
    [
        new(typeof(EmergencyAccess), ("规则说不告知的应急查看", "accesses of which the telling rule says that the person isn't told"), (db, person) => NotTold(db, person).Select(a => a.Id)),
        new(typeof(ViewRecord), ("在这些应急查看下看的每一次", "the looks under these accesses"), (db, person) => db.Set<ViewRecord>().Where(r => r.SubjectId == person && r.Purpose == EmergencyRights.Open.Code
            && NotTold(db, person).Any(a => a.OpenerAccountId == r.AccountId && a.RowId == r.RowId && a.OpenedAt <= r.At && a.EndsAt > r.At)).Select(r => r.Id)),
    ];

    public override void AddServices(IServiceCollection services)
    {
        services.AddSingleton(_ => TellRules.Load());
        services.AddSingleton<OpenInEmergency>();
        services.AddSingleton<ReadInEmergency>();
        services.AddSingleton<EndEmergency>();
        services.AddSingleton<ReviewEmergency>();
        services.AddSingleton<KnowOfEmergency>();
        services.AddScoped<EmergencyQueries>();
    }

    public override void Map(ModelBuilder model) => EmergencyMapping.Map(model);

    private static IQueryable<EmergencyAccess> NotTold(HeleDb db, Guid person) => db.Set<EmergencyAccess>().Where(a => a.SubjectId == person && !a.Tell);

    /// <summary>An access is a record of handling personal data: it stays for the years of PIPL 56, and until it is reviewed.</summary>
    private static Kept? Keep(EmergencyAccess access, DateOnly today)
    {
        var opened = China.DateIn(access.OpenedAt);
        var until = opened.AddYears(ReferenceData.Rules.InForce("pia.retention", opened).Amount);
        return access.IsReviewed && until < today ? null : new Kept(("《个人信息保护法》第56条：处理情况记录至少保存三年", "PIPL art. 56: records of handling are kept for at least three years"), access.IsReviewed ? until : null);
    }
}
