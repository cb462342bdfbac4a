using Hele.Civic.Kernel;
using Hele.Civic.Platform;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Sealing;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.Reports;

/// <summary>Whoever a story is about agrees to its words themselves, or somebody of the community has their consent on paper. Now it waits for the second reader.</summary>
public sealed class AgreeToStory(Writer writer)
{
    /// <param name="OnPaper">Somebody of the community records the paper that was signed before them.</param>
    /// <param name="Signed">They have the paper.</param>
    /// <param name="On">The day it was signed; today for whoever agrees themselves.</param>
    public sealed record Input(string Code, bool OnPaper = false, bool Signed = false, DateOnly? On = null);

    public Task<Outcome> Run(Viewer viewer, Act act, Input input, CancellationToken cancel = default) => writer.Write(act, Consent.PermissionFor(input.OnPaper).Code + "-agree", input, async scope =>
    {
        if (await StoryText.Of(scope, viewer, input.Code, Consent.PermissionFor(input.OnPaper)) is not { } story)
            return StoryProblems.NotFound;
        if (input.OnPaper && !input.Signed)
            return StoryProblems.PaperMissing;
        var on = input.OnPaper ? input.On ?? scope.Today : scope.Today;
        if (on > scope.Today || on < story.WrittenOn)
            return StoryProblems.DayWrong;
        if (story.AgreeTo(input.OnPaper ? ConsentWay.Paper : ConsentWay.Online, on, input.OnPaper ? viewer.PostFor(StoryAccess.TakeConsent)!.PostId : null) is { } problem)
            return problem;
        scope.Record(story, input.OnPaper ? StoryEvents.AgreedOnPaper : StoryEvents.Agreed);
        return Outcome.Ok(story.PublicCode);
    }, cancel);
}

/// <summary>
/// Whoever a story is about says no, or takes their consent back, themselves or at the counter: its text is destroyed in this act, with the salts by which somebody could try words out against the log. It stands in
/// no later report, and where a closed period's report told it, that says so in its place.
/// </summary>
public sealed class WithdrawStory(Writer writer)
{
    public sealed record Input(string Code, bool AtCounter = false);

    public Task<Outcome> Run(Viewer viewer, Act act, Input input, CancellationToken cancel = default) => writer.Write(act, Consent.PermissionFor(input.AtCounter).Code + "-withdraw", input, async scope =>
    {
        if (await StoryText.Of(scope, viewer, input.Code, Consent.PermissionFor(input.AtCounter)) is not { } story)
            return StoryProblems.NotFound;
        if (story.TakeBack(scope.On, scope.Now) is { } problem)
            return problem;
        await Erasing.TakenBack(scope, StoryEvents.Emptied, [(Consent.Rows with { Erased = StoryEvents.Withdrawn }, story)]);
        return Outcome.Ok(story.PublicCode);
    }, cancel);
}

/// <summary>The community gives up a story that doesn't stand yet: its text is destroyed.</summary>
public sealed class DropStory(Writer writer)
{
    public sealed record Input(string Code, string? Reason);

    public Task<Outcome> Run(Viewer viewer, Act act, Input input, CancellationToken cancel = default) => writer.Write(act, StoryAccess.Write.Code + "-drop", input, async scope =>
    {
        if (await StoryText.Of(scope, viewer, input.Code, StoryAccess.Write) is not { } story)
            return StoryProblems.NotFound;
        var reason = ChineseText.Line(input.Reason);
        if (reason.Length is 0 or > ReportStory.ReasonLength)
            return StoryProblems.ReasonMissing.With(ReportStory.ReasonLength);
        if (story.GiveUp(reason, scope.On, scope.Now) is { } problem)
            return problem;
        await Erasing.TakenBack(scope, StoryEvents.Emptied, [(Consent.Rows with { Erased = StoryEvents.Dropped }, story)]);
        return Outcome.Ok(story.PublicCode);
    }, cancel);
}

internal static class Consent
{
    public static Permission PermissionFor(bool byStaff) => byStaff ? StoryAccess.TakeConsent : StoryAccess.Own;

    public static readonly SubjectRows Rows = new(typeof(ReportStory), ("案例", "Story"), (db, _) => db.Set<ReportStory>(), Erase: (row, _) => ((ReportStory)row).Empty(), Beside: DestroyKey);

    /// <summary>Somebody whom the register doesn't know has their words under a key of the story's own.</summary>
    public static async Task DestroyKey(ActScope scope, Owned row)
    {
        var id = row.Id;
        scope.Db.RemoveRange(await scope.Db.Set<SubjectKey>().AsTracking().Where(k => k.JurisdictionId == scope.Act.JurisdictionId && k.SubjectId == id).ToListAsync());
    }
}
