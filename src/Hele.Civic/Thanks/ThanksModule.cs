using Hele.Civic.Kernel;
using Hele.Civic.Platform;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Figures;
using Hele.Civic.Platform.Files;
using Hele.Civic.Platform.Journal;
using Hele.Civic.Platform.Notices;
using Hele.Civic.Platform.Sealing;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Hele.Civic.Thanks;

public sealed class ThanksModule : HeleModule
{
    public override Bilingual Title => ("锦旗和感谢", "Pennants and thanks");

    public override void AddServices(IServiceCollection services)
    {
        services.AddSingleton<GiveThanks>();
        services.AddSingleton<RecordThanks>();
        services.AddSingleton<PublishThanks>();
        services.AddSingleton<KeepThanks>();
        services.AddSingleton<RejectThanks>();
        services.AddSingleton<ChangeThanksShown>();
        services.AddSingleton<WithdrawThanks>();
        services.AddSingleton<OpenGiver>();
        services.AddSingleton<AddThanksPhoto>();
        services.AddScoped<ThanksQueries>();
    }

    public override void Map(ModelBuilder model) => ThanksMapping.Map(model);

    public override IEnumerable<EventKind> Events => ThanksEvents.All;
    public override IEnumerable<Permission> Permissions => ThanksAccess.All;
    public override IEnumerable<Figure> Figures => ThanksFigures.All;
    public override IEnumerable<DaySource> Days => [ThanksDay.Of];
    public override IEnumerable<NoticeSource> Notices => ThanksNotices.All;
    public override IEnumerable<Transitions> LifeCycles => [ThanksRecord.LifeCycle];

    public override IEnumerable<FileSubject> Files =>
    [
        new(typeof(ThanksRecord), (db, viewer) => ThanksAccess.Visible(viewer, db.Set<ThanksRecord>()).Select(t => t.Id), _ => false) { Public = db => ThanksQueries.Published(db).Where(t => t.PhotoShown).Select(t => t.Id) },
    ];

    public override IEnumerable<SubjectRows> AboutPeople =>
    [
        new(typeof(ThanksRecord), ("我的感谢", "Thanks one gave"), (db, person) => db.Set<ThanksRecord>().Where(t => t.GiverId == person).OrderByDescending(t => t.LoggedAt),
            Name: Day, Erase: (row, on) => ((ThanksRecord)row).Erase(on), Erased: ThanksEvents.Erased, Beside: GiversWord.DestroyKey, IsAppraised: true),
        // The giver's words go with the giver; what others said of one stays, and holds no name.
        new(typeof(ThanksRecord), ("对我的感谢", "Thanks one was given"), (db, person) => db.Set<ThanksRecord>()
            .Where(t => (t.State == ThanksState.Public || t.State == ThanksState.Kept) && t.To.Any(x => x.PersonId == person)).OrderByDescending(t => t.LoggedAt), Name: Day, Keep: (_, _) => Archive),
        new(typeof(ThanksTo), ("感谢的是谁", "Who is thanked"), (db, person) => db.Set<ThanksTo>().Where(x => x.PersonId == person && db.Set<ThanksRecord>().Any(t => t.Id == x.ThanksId && (t.State == ThanksState.Public || t.State == ThanksState.Kept))), Keep: (_, _) => Archive),
        new(typeof(StoredFile), ("感谢的照片", "Photos of thanks"), (db, person) => db.Set<StoredFile>()
            .Where(f => f.SubjectTable == ThanksQueries.Table && db.Set<ThanksRecord>().Any(t => t.Id == f.SubjectId && t.GiverId == person)).OrderByDescending(f => f.AddedAt),
            Name: row => ($"照片{((StoredFile)row).Number}", $"Photo {((StoredFile)row).Number}"), Erase: (row, on) => ((StoredFile)row).Erase(on), Erased: FileEvents.Erased, Beside: StoredFiles.Destroy, IsAppraised: true),
    ];

    private static Bilingual Day(Owned row) => ($"{((ThanksRecord)row).ReceivedOn:yyyy-MM-dd}", $"{((ThanksRecord)row).ReceivedOn:yyyy-MM-dd}");

    private static readonly Kept Archive = new(("《城市居民委员会组织法》（2025修订）第39条：居务档案应当真实、准确、完整（不含被感谢人的姓名）",
        "Organic Law of Urban Residents' Committees (2025) art. 39: the affairs archive is complete (the row names nobody who is thanked)"), null);
}
