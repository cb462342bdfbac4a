using Hele.Civic.Kernel;
using Hele.Civic.Platform;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Figures;
using Hele.Civic.Platform.Journal;
using Hele.Civic.Platform.Notices;
using Hele.Civic.Platform.Sealing;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Hele.Civic.Disclosures;

public sealed class DisclosuresModule : HeleModule
{
    public override Bilingual Title => ("居务公开", "Disclosures");

    public override void AddServices(IServiceCollection services)
    {
        services.AddSingleton<WriteDisclosure>();
        services.AddSingleton<EditDisclosure>();
        services.AddSingleton<DropDisclosure>();
        services.AddSingleton<CheckDisclosure>();
        services.AddSingleton<ReturnDisclosure>();
        services.AddSingleton<PublishDisclosure>();
        services.AddSingleton<WithdrawDisclosure>();
        services.AddSingleton<ProposeCorrection>();
        services.AddSingleton<CheckCorrection>();
        services.AddSingleton<OpenDisclosure>();
        services.AddSingleton<OpenObjection>();
        services.AddSingleton<ObjectToDisclosure>();
        services.AddSingleton<AnswerObjection>();
        services.AddSingleton<EndDisclosure>();
        services.AddSingleton<OpenDuty>();
        services.AddSingleton<RemindOfDuty>();
        services.AddSingleton<KeepDisclosures>();
        services.AddSingleton<ShownTexts>();
        services.AddSingleton<FindDisclosed>();
        services.AddScoped<DisclosureQueries>();
    }

    public override void Map(ModelBuilder model) => DisclosureMapping.Map(model);

    public override IEnumerable<EventKind> Events => DisclosureEvents.All;
    public override IEnumerable<Permission> Permissions => DisclosureAccess.All;
    public override IEnumerable<Figure> Figures => DisclosureFigures.All;
    public override IEnumerable<DaySource> Days => [DisclosureDay.Of];
    public override IEnumerable<NoticeSource> Notices => DisclosureNotices.All;
    public override IEnumerable<Transitions> LifeCycles => [Disclosure.LifeCycle];

    public override IEnumerable<SubjectRows> AboutPeople =>
    [
        new(typeof(DisclosureObjection), ("对公开内容的异议", "Objections to what is disclosed"), (db, person) => db.Set<DisclosureObjection>().Where(o => o.SenderId == person).OrderByDescending(o => o.FiledAt),
            Name: row => ($"{((DisclosureObjection)row).FiledOn:yyyy-MM-dd}", $"{((DisclosureObjection)row).FiledOn:yyyy-MM-dd}"), Erase: (row, _) => ((DisclosureObjection)row).Erase(), Erased: DisclosureEvents.ObjectionErased, Beside: DestroyKey, IsAppraised: true),
        // Whoever is named in a posting is named in its text, sealed; no row says who that is, so none is found by person. Time ends them.
        new(typeof(DisclosureText), ("公开过的内容", "What was disclosed"), (db, _) => db.Set<DisclosureText>().Where(t => false), Erase: (row, _) => ((DisclosureText)row).Erase(), Erased: DisclosureEvents.TextErased, Keep: (_, _) => Archive, IsAppraised: true),
        new(typeof(Disclosure), ("居务公开", "Disclosures"), (db, _) => db.Set<Disclosure>().Where(d => false), Keep: (_, _) => Archive),
    ];

    /// <summary>Sealed words lie under a key of their own.</summary>
    private static async Task DestroyKey(ActScope scope, Owned row)
    {
        var id = row.Id;
        scope.Db.RemoveRange(await scope.Db.Set<SubjectKey>().AsTracking().Where(k => k.JurisdictionId == scope.Act.JurisdictionId && k.SubjectId == id).ToListAsync());
    }

    private static readonly Kept Archive = new(("《城市居民委员会组织法》（2025修订）第39条：居务档案应当真实、准确、完整", "Organic Law of Urban Residents' Committees (2025) art. 39: the affairs archive is complete"), null);
}
