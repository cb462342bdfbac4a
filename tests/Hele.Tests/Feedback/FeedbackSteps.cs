using Hele.Civic.Feedback;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Journal;
using Hele.Civic.Platform.Storage;
using Hele.TestKit;
using Microsoft.EntityFrameworkCore;

namespace Hele.Tests.Feedback;

/// <summary>Short ways to put a note about Hele into a state, each through the real operation.</summary>
internal static class FeedbackSteps
{
    public const string Text = "登记一件小事要填四栏，我叫刘大勇，电话13711118888，住12号院。", Asked = "登记一件小事要填的栏太多。", Answer = "说得对，已经减到两栏。";

    public static Task<Outcome> Say(this TestInstallation hele, Viewer? viewer, string? text = Text, FeedbackKind? kind = FeedbackKind.Burden, string? page = "/appeals/intake?Search=x", Guid? operation = null, int jurisdiction = TestInstallation.Hexi) =>
        hele.Get<FileFeedback>().Run(viewer?.Act(FeedbackAccess.File, operation ?? Guid.NewGuid()) ?? Act.Unnamed(operation ?? Guid.NewGuid(), jurisdiction), new(kind, text, page, WantsToBeTold: true));

    public static Task<Outcome> Reply(this TestInstallation hele, Viewer viewer, string code, string? asked = Asked, string? text = Answer, string? changed = null, Guid? operation = null) =>
        hele.Get<AnswerFeedback>().Run(viewer, viewer.Act(FeedbackAccess.Answer, operation ?? Guid.NewGuid()), new(code, asked, text, changed));

    public static Task<Outcome> SetAside(this TestInstallation hele, Viewer viewer, string code, AsideReason? reason = AsideReason.NotAboutHele, string? text = "请从“我要反映”提交。") =>
        hele.Get<SetFeedbackAside>().Run(viewer, viewer.Act(FeedbackAccess.Answer, Guid.NewGuid()), new(code, reason, text));

    public static Task<Outcome> ContestAnswer(this TestInstallation hele, Viewer viewer, string code, string? text = "还是四栏。") =>
        hele.Get<ContestFeedback>().Run(viewer, viewer.Act(FeedbackAccess.Contest, Guid.NewGuid()), new(code, text));

    public static Task<Outcome> Reword(this TestInstallation hele, Viewer viewer, string code, string? asked, int round = 1) =>
        hele.Get<RewordFeedback>().Run(viewer, viewer.Act(FeedbackAccess.Answer, Guid.NewGuid()), new(code, round, asked));

    public static Task<FeedbackNote> Note(this TestInstallation hele, string code, int jurisdiction = TestInstallation.Hexi) => hele.Read(db => db.Set<FeedbackNote>().SingleAsync(n => n.PublicCode == code), jurisdiction);

    public static Task<List<FeedbackAnswer>> AnswersOf(this TestInstallation hele, string code) => hele.Read(db =>
        (from a in db.Set<FeedbackAnswer>() join n in db.Set<FeedbackNote>() on a.NoteId equals n.Id where n.PublicCode == code orderby a.Round select a).ToListAsync());

    /// <summary>The kinds of the note's own events, in the order of the log.</summary>
    public static Task<List<string>> EventsOfNote(this TestInstallation hele, string code) => hele.Read(async db =>
    {
        var id = await db.Set<FeedbackNote>().Where(a => a.PublicCode == code).Select(a => a.Id).SingleAsync();
        return await db.Set<JournalRow>().Where(r => r.RowTable == "FeedbackNotes" && r.RowId == id).OrderBy(r => r.LeafIndex).Select(r => r.Kind).ToListAsync();
    });
}
