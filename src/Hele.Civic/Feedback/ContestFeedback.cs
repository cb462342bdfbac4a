using Hele.Civic.Kernel;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Rules;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.Feedback;

/// <summary>Whoever said it doesn't accept the first answer: it is answered once more, and that one stands.</summary>
public sealed class ContestFeedback(Writer writer, JurisdictionDirectory jurisdictions)
{
    public sealed record Input(string Code, string? Text);

    public Task<Outcome> Run(Viewer viewer, Act act, Input input, CancellationToken cancel = default) => writer.Write(act, FeedbackAccess.Contest.Code, input, async scope =>
    {
        var note = await scope.Db.Set<FeedbackNote>().SingleOrDefaultAsync(n => n.PublicCode == input.Code);
        if (note is null || !FeedbackAccess.May(viewer, note, FeedbackAccess.Contest))
            return FeedbackProblems.NotFound;
        var words = ChineseText.Clean(input.Text);
        if (words.Length is 0 or > FeedbackNote.ContestLength)
            return FeedbackProblems.ContestMissing.With(FeedbackNote.ContestLength);
        var rule = await RuleBook.InForce(scope.Db, await jurisdictions.Get(scope.Db, act.JurisdictionId), FeedbackNote.Rule, scope.Today);
        if (note.ContestIt(words, scope.On, rule.DueFrom(scope.Now, ReferenceData.Calendar).Date) is { } problem)
            return problem;
        scope.Record(note, FeedbackEvents.Contested);
        return Outcome.Ok(note.PublicCode);
    }, cancel);
}
