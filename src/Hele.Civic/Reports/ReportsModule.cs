using Hele.Civic.Kernel;
using Hele.Civic.Platform;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Journal;
using Hele.Civic.Platform.Notices;
using Hele.Civic.Platform.Sealing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Hele.Civic.Reports;

/// <summary>工作报告: writes from records. It may use every module, and no module uses it. Its own records are what no figure can say: stories from records, and signed statements.</summary>
public sealed class ReportsModule : HeleModule
{
    public override Bilingual Title => ("工作报告", "Reports");

    public override void AddServices(IServiceCollection services) => services
        // What writes the places of the report. A place without a writer says that there are no records; a module's first figures bring one.
        .AddScoped<SectionWriter, ProfileSection>().AddScoped<SectionWriter, BranchesSection>().AddScoped<SectionWriter, TeamsSection>().AddScoped<SectionWriter, AppealsSection>().AddScoped<SectionWriter, DisclosuresSection>().AddScoped<SectionWriter, SupervisionSection>().AddScoped<SectionWriter, CircleSection>()
        .AddScoped<SectionWriter, HonoursSection>()
        .AddSingleton<WriteStory>().AddSingleton<EditStory>().AddSingleton<OpenStory>().AddSingleton<AgreeToStory>().AddSingleton<WithdrawStory>().AddSingleton<DropStory>().AddSingleton<ApproveStory>().AddSingleton<SendStoryBack>()
        .AddSingleton<SignStatement>().AddSingleton<ConfirmStatement>().AddSingleton<WithdrawStatement>()
        .AddScoped<ReportStories>().AddScoped<SignedStatements>().AddScoped<ReportWriter>().AddScoped<PublicFigures>().AddSingleton<CommunityFigures>();

    public override void Map(ModelBuilder model)
    {
        StoryMapping.Map(model);
        StatementMapping.Map(model);
    }

    public override IEnumerable<EventKind> Events => [.. StoryEvents.All, .. StatementEvents.All];
    public override IEnumerable<Permission> Permissions => [CommunityFigures.Permission, .. StoryAccess.All, .. StatementAccess.All];
    public override IEnumerable<DaySource> Days => [StoryDay.Of, StatementDay.Of];
    public override IEnumerable<NoticeSource> Notices => StoryNotices.All;
    public override IEnumerable<Transitions> LifeCycles => [ReportStory.LifeCycle, ReportStatement.LifeCycle];

    public override IEnumerable<SubjectRows> AboutPeople =>
    [
        new(typeof(ReportStory), ("写我的案例", "Stories about one"), (db, person) => db.Set<ReportStory>().Where(s => s.SubjectId == person).OrderByDescending(s => s.LoggedAt),
            Name: row => ($"{((ReportStory)row).HappenedOn:yyyy-MM-dd}", $"{((ReportStory)row).HappenedOn:yyyy-MM-dd}"), Erase: (row, on) => ((ReportStory)row).Erase(on), Erased: StoryEvents.Erased, Beside: Consent.DestroyKey, IsAppraised: true),
        // It names nobody: that somebody's post answered for it is what they may see of it.
        new(typeof(ReportStatement), ("我签署或确认的声明", "Statements one signed or confirmed"), (db, person) => db.Set<ReportStatement>()
            .Where(s => db.Set<Post>().Any(p => p.PersonId == person && (p.Id == s.SignedByPostId || p.Id == s.CheckedByPostId || p.Id == s.WithdrawnByPostId))).OrderByDescending(s => s.LoggedAt),
            Name: row => ($"{((ReportStatement)row).SignedOn:yyyy-MM-dd}", $"{((ReportStatement)row).SignedOn:yyyy-MM-dd}"), Keep: (_, _) => Archive),
    ];

    private static readonly Kept Archive = new(("《城市居民委员会组织法》（2025修订）第39条：居务档案应当真实、准确、完整（不含姓名）",
        "Organic Law of Urban Residents' Committees (2025) art. 39: the affairs archive is complete (the row names nobody)"), null);
}
