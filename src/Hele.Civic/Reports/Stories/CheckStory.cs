using Hele.Civic.Kernel;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Sealing;
using Hele.Civic.Platform.Storage;

namespace Hele.Civic.Reports;

/// <summary>A second reader has read the words that were agreed to and lets them stand in the report.</summary>
public sealed class ApproveStory(Writer writer, Seals seals)
{
    /// <param name="Text">The words as they were read: no others come to stand.</param>
    public sealed record Input(string Code, string? Text);

    public Task<Outcome> Run(Viewer viewer, Act act, Input input, CancellationToken cancel = default) => writer.Write(act, StoryAccess.Check.Code, input, async scope =>
    {
        if (await StoryText.Of(scope, viewer, input.Code, StoryAccess.Check) is not { } story)
            return StoryProblems.NotFound;
        if (await StoryAccess.Bars(scope.Db, viewer, story) is { } barred)
            return barred;
        var text = ChineseText.Clean(input.Text);
        if (story.State == StoryState.Waiting && (story.TextIndex is not { } index || !index.AsSpan().SequenceEqual(StoryText.Index(seals, act.JurisdictionId, text))))
            return StoryProblems.OtherWords;
        // Somebody may have come into the register since it was written.
        if (story.State == StoryState.Waiting && await StoryText.Problems(scope.Db, text, await StoryText.NamesOf(scope.Db, story)) is { Count: > 0 } problems)
            return Outcome.Refused(problems);
        if (story.ApproveIt(text, viewer.PostFor(StoryAccess.Check)!.PostId, scope.On, scope.Now) is { } problem)
            return problem;
        scope.Record(story, StoryEvents.Approved);
        return Outcome.Ok(story.PublicCode);
    }, cancel);
}

/// <summary>A second reader sends it back with a reason. Changed words are agreed to anew.</summary>
public sealed class SendStoryBack(Writer writer)
{
    public sealed record Input(string Code, string? Reason);

    public Task<Outcome> Run(Viewer viewer, Act act, Input input, CancellationToken cancel = default) => writer.Write(act, StoryAccess.Check.Code + "-back", input, async scope =>
    {
        if (await StoryText.Of(scope, viewer, input.Code, StoryAccess.Check) is not { } story)
            return StoryProblems.NotFound;
        if (await StoryAccess.Bars(scope.Db, viewer, story) is { } barred)
            return barred;
        var reason = ChineseText.Line(input.Reason);
        if (reason.Length is 0 or > ReportStory.ReasonLength)
            return StoryProblems.ReasonMissing.With(ReportStory.ReasonLength);
        if (story.SendItBack(reason, viewer.PostFor(StoryAccess.Check)!.PostId) is { } problem)
            return problem;
        scope.Record(story, StoryEvents.SentBack);
        return Outcome.Ok(story.PublicCode);
    }, cancel);
}
