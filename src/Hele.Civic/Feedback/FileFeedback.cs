using Hele.Civic.Kernel;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Rules;
using Hele.Civic.Platform.Storage;

namespace Hele.Civic.Feedback;

/// <summary>Somebody says something about Hele, signed in or not.</summary>
public sealed class FileFeedback(Writer writer, JurisdictionDirectory jurisdictions)
{
    /// <param name="Page">The address it was written from; only which page that is will be kept.</param>
    /// <param name="WantsToBeTold">Means nothing without signing in: nobody is known who could be told.</param>
    public sealed record Input(FeedbackKind? Kind, string? Text, string? Page, bool WantsToBeTold = false);

    public static List<Problem> Check(Input input)
    {
        var problems = new List<Problem>();
        if (input.Kind is null || !Enum.IsDefined(input.Kind.Value))
            problems.Add(FeedbackProblems.KindMissing);
        var text = ChineseText.Clean(input.Text);
        if (text.Length == 0)
            problems.Add(FeedbackProblems.TextMissing);
        else if (text.Length > FeedbackNote.TextLength)
            problems.Add(FeedbackProblems.TextTooLong.With(FeedbackNote.TextLength, text.Length));
        return problems;
    }

    public Task<Outcome> Run(Act act, Input input, CancellationToken cancel = default) => writer.Write(act, FeedbackAccess.File.Code, input, async scope =>
    {
        if (Check(input) is { Count: > 0 } problems)
            return Outcome.Refused(problems);
        var rule = await RuleBook.InForce(scope.Db, await jurisdictions.Get(scope.Db, act.JurisdictionId), FeedbackNote.Rule, scope.Today);
        var note = new FeedbackNote
        {
            Kind = input.Kind!.Value, Page = FeedbackNote.PageOf(input.Page), SenderId = act.PersonId, Text = ChineseText.Clean(input.Text),
            WantsToBeTold = input.WantsToBeTold && act.PersonId is not null, FiledOn = scope.On, FiledAt = scope.Now,
        };
        note.StartClock(rule.DueFrom(scope.Now, ReferenceData.Calendar).Date);
        scope.Add(note, FeedbackEvents.Filed);
        return Outcome.Ok(note.PublicCode);
    }, cancel);
}
