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

namespace Hele.Civic.Feedback;

public sealed class FeedbackModule : HeleModule
{
    public override Bilingual Title => ("对和乐的意见", "About Hele");

    public override void AddServices(IServiceCollection services)
    {
        services.AddSingleton<FileFeedback>();
        services.AddSingleton<AnswerFeedback>();
        services.AddSingleton<SetFeedbackAside>();
        services.AddSingleton<RewordFeedback>();
        services.AddSingleton<ContestFeedback>();
        services.AddScoped<FeedbackQueries>();
    }

    public override void Map(ModelBuilder model) => FeedbackMapping.Map(model);

    public override IEnumerable<EventKind> Events => FeedbackEvents.All;
    public override IEnumerable<Permission> Permissions => FeedbackAccess.All;
    public override IEnumerable<Figure> Figures => FeedbackFigures.All;
    public override IEnumerable<DaySource> Days => [FeedbackDay.Of];
    public override IEnumerable<NoticeSource> Notices => FeedbackNotices.All;
    public override IEnumerable<Transitions> LifeCycles => [FeedbackNote.LifeCycle];

    public override IEnumerable<SubjectRows> AboutPeople =>
    [
        new(typeof(FeedbackNote), ("对和乐的意见", "What was said about Hele"), (db, person) => db.Set<FeedbackNote>().Where(n => n.SenderId == person).OrderByDescending(n => n.FiledAt),
            Erase: (row, _) => ((FeedbackNote)row).Erase(), Erased: FeedbackEvents.Erased),
        new(typeof(FeedbackAnswer), ("公开的答复", "Public answers"), (db, person) => db.Set<FeedbackAnswer>()
            .Where(a => db.Set<FeedbackNote>().Any(n => n.Id == a.NoteId && n.SenderId == person)).OrderByDescending(a => a.LoggedAt), Keep: (_, _) => Archive),
    ];

    /// <summary>Why what was published stays: it says nothing about whoever asked.</summary>
    private static readonly Kept Archive = new(("《城市居民委员会组织法》（2025修订）第39条：居务档案应当真实、准确、完整（公开的说法不含个人信息）",
        "Organic Law of Urban Residents' Committees (2025) art. 39: the affairs archive is complete (what was published holds no personal data)"), null);
}
