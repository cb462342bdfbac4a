using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Storage;
using Hele.Civic.Reports;
using Hele.TestKit;
using Hele.Tests.Grids;
using Microsoft.EntityFrameworkCore;

namespace Hele.Tests.Reports;

/// <summary>Short ways to statements and stories, each through the real operation.</summary>
internal static class WordsSteps
{
    public const string Discipline = "社区干部没有人员因违反党风党纪或工作纪律受到处理。", Story = "第一网格居民刘某反映楼道灯不亮，当天就有人来换好，刘某说老人晚上下楼不怕了。";

    public static Task<Outcome> Sign(this TestInstallation hele, Viewer viewer, string? text = Discipline, DateOnly? from = null, DateOnly? to = null, string? place = "supervision", Guid? operation = null) =>
        hele.Get<SignStatement>().Run(viewer, viewer.Act(StatementAccess.Sign, operation ?? Guid.NewGuid()), new(place, text, from ?? new(2026, 10, 1), to ?? hele.Today));

    public static Task<Outcome> Confirm(this TestInstallation hele, Viewer viewer, string code, bool confirms = true, string? reason = null) =>
        hele.Get<ConfirmStatement>().Run(viewer, viewer.Act(StatementAccess.Confirm, Guid.NewGuid()), new(code, confirms, reason));

    public static Task<Outcome> WithdrawStatement(this TestInstallation hele, Viewer viewer, string code, string? reason = "后来查明有一人受到诫勉。") =>
        hele.Get<WithdrawStatement>().Run(viewer, viewer.Act(StatementAccess.Sign, Guid.NewGuid()), new(code, reason));

    public static Task<Outcome> Tell(this TestInstallation hele, Viewer author, string? record, StorySource? source = StorySource.Appeal, string? text = Story, string? place = "judgement", string? subject = null, Guid? operation = null) =>
        hele.Get<WriteStory>().Run(author, author.Act(StoryAccess.Write, operation ?? Guid.NewGuid()), new(source, record, subject, place, text));

    public static Task<Outcome> EditStory(this TestInstallation hele, Viewer author, string code, string? text, string? place = "judgement") =>
        hele.Get<EditStory>().Run(author, author.Act(StoryAccess.Write, Guid.NewGuid()), new(code, place, text));

    public static Task<Outcome> Agree(this TestInstallation hele, Viewer viewer, string code, bool onPaper = false, bool signed = true, DateOnly? on = null) =>
        hele.Get<AgreeToStory>().Run(viewer, viewer.Act(onPaper ? StoryAccess.TakeConsent : StoryAccess.Own, Guid.NewGuid()), new(code, onPaper, signed, on));

    public static Task<Outcome> Approve(this TestInstallation hele, Viewer viewer, string code, string? text = Story) =>
        hele.Get<ApproveStory>().Run(viewer, viewer.Act(StoryAccess.Check, Guid.NewGuid()), new(code, text));

    public static Task<Outcome> SendStoryBack(this TestInstallation hele, Viewer viewer, string code, string? reason = "说得比记录多，请照记录写。") =>
        hele.Get<SendStoryBack>().Run(viewer, viewer.Act(StoryAccess.Check, Guid.NewGuid()), new(code, reason));

    public static Task<Outcome> WithdrawStory(this TestInstallation hele, Viewer viewer, string code, bool atCounter = false) =>
        hele.Get<WithdrawStory>().Run(viewer, viewer.Act(atCounter ? StoryAccess.TakeConsent : StoryAccess.Own, Guid.NewGuid()), new(code, atCounter));

    public static async Task<string?> OpenStory(this TestInstallation hele, Viewer viewer, string code) =>
        await hele.Get<OpenStory>().Run(viewer, viewer.Act(StoryAccess.Read, Guid.NewGuid()), code) is { IsOpen: true } opened ? opened.Values[0] : null;

    public static Task<ReportStory> StoryOf(this TestInstallation hele, string code) => hele.Read(db => db.Set<ReportStory>().SingleAsync(s => s.PublicCode == code));

    /// <summary>A story of the resident's satisfied matter that stands.</summary>
    public static async Task<string> StandingStory(this TestInstallation hele, string appeal)
    {
        var code = GridSteps.Ok(await hele.Tell(await hele.Viewer(TestPeople.Zhou), appeal));
        GridSteps.Ok(await hele.Agree(await hele.Viewer(TestPeople.Liu), code));
        GridSteps.Ok(await hele.Approve(await hele.Viewer(TestPeople.Feng), code));
        return code;
    }
}
