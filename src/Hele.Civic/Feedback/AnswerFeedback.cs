using System.Text.RegularExpressions;
using Hele.Civic.Kernel;
using Hele.Civic.People;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.Feedback;

/// <summary>Answers a note in public: what was said, in words without personal data, the answer, and what was changed.</summary>
public sealed class AnswerFeedback(Writer writer)
{
    /// <param name="Asked">What was said, as the public will read it.</param>
    /// <param name="Changed">What was changed in Hele; empty for nothing.</param>
    public sealed record Input(string Code, string? Asked, string? Text, string? Changed);

    public Task<Outcome> Run(Viewer viewer, Act act, Input input, CancellationToken cancel = default) => writer.Write(act, FeedbackAccess.Answer.Code, input, async scope =>
    {
        var (note, refused) = await Load(scope, viewer, input.Code);
        if (note is null)
            return refused!;
        var (asked, text, changed) = (ChineseText.Clean(input.Asked), ChineseText.Clean(input.Text), ChineseText.Clean(input.Changed));
        var problems = new List<Problem>();
        if (asked.Length is 0 or > FeedbackAnswer.AskedLength) problems.Add(FeedbackProblems.AskedMissing.With(FeedbackAnswer.AskedLength));
        if (text.Length is 0 or > FeedbackAnswer.TextLength) problems.Add(FeedbackProblems.AnswerMissing.With(FeedbackAnswer.TextLength));
        if (changed.Length > FeedbackAnswer.ChangedLength) problems.Add(FeedbackProblems.ChangedTooLong.With(FeedbackAnswer.ChangedLength, changed.Length));
        problems.AddRange(await Personal.In(scope.Db, note, (nameof(Input.Asked), asked), (nameof(Input.Text), text), (nameof(Input.Changed), changed)));
        if (problems.Count > 0)
            return Outcome.Refused(problems);
        if (note.AnswerIt(published: true, scope.On) is { } problem)
            return problem;
        Write(scope, note, viewer, null, asked, text, changed);
        scope.Record(note, FeedbackEvents.Answered);
        return Outcome.Ok(note.PublicCode);
    }, cancel);

    /// <summary>A note that this viewer answers.</summary>
    internal static async Task<(FeedbackNote? Note, Problem? Refused)> Load(ActScope scope, Viewer viewer, string code)
    {
        var note = await scope.Db.Set<FeedbackNote>().SingleOrDefaultAsync(n => n.PublicCode == code);
        if (note is null || !FeedbackAccess.May(viewer, note, FeedbackAccess.Answer))
            return (null, FeedbackProblems.NotFound);
        return note.SenderId == viewer.PersonId ? (null, FeedbackProblems.OwnNote) : (note, null);
    }

    internal static void Write(ActScope scope, FeedbackNote note, Viewer viewer, AsideReason? aside, string? asked, string text, string changed)
    {
        var answer = new FeedbackAnswer
        {
            NoteId = note.Id, Round = note.Round, Aside = aside, Text = text, Changed = changed.Length == 0 ? null : changed,
            PostId = viewer.PostFor(FeedbackAccess.Answer)!.PostId, AnsweredOn = scope.On, LoggedAt = scope.Now,
        };
        answer.Reword(asked);
        scope.Add(answer, FeedbackEvents.AnswerWritten);
    }
}

/// <summary>Leaves the words of a note unpublished and says why; the line itself stays in the public list.</summary>
public sealed class SetFeedbackAside(Writer writer)
{
    public sealed record Input(string Code, AsideReason? Reason, string? Text);

    public Task<Outcome> Run(Viewer viewer, Act act, Input input, CancellationToken cancel = default) => writer.Write(act, FeedbackAccess.Answer.Code + ".aside", input, async scope =>
    {
        var (note, refused) = await AnswerFeedback.Load(scope, viewer, input.Code);
        if (note is null)
            return refused!;
        var text = ChineseText.Clean(input.Text);
        var problems = new List<Problem>();
        if (input.Reason is null || !Enum.IsDefined(input.Reason.Value)) problems.Add(FeedbackProblems.ReasonMissing);
        if (text.Length is 0 or > FeedbackAnswer.TextLength) problems.Add(FeedbackProblems.AnswerMissing.With(FeedbackAnswer.TextLength));
        problems.AddRange(await Personal.In(scope.Db, note, (nameof(Input.Text), text)));
        if (problems.Count > 0)
            return Outcome.Refused(problems);
        if (note.AnswerIt(published: false, scope.On) is { } problem)
            return problem;
        AnswerFeedback.Write(scope, note, viewer, input.Reason, null, text, "");
        scope.Record(note, FeedbackEvents.SetAside);
        return Outcome.Ok(note.PublicCode);
    }, cancel);
}

/// <summary>Puts the wording that was published right: a name slipped through, or it doesn't say what was meant. The answer stands as it was given.</summary>
public sealed class RewordFeedback(Writer writer)
{
    public sealed record Input(string Code, int Round, string? Asked);

    public Task<Outcome> Run(Viewer viewer, Act act, Input input, CancellationToken cancel = default) => writer.Write(act, FeedbackAccess.Answer.Code + ".reword", input, async scope =>
    {
        var (note, refused) = await AnswerFeedback.Load(scope, viewer, input.Code);
        if (note is null)
            return refused!;
        if (await scope.Db.Set<FeedbackAnswer>().SingleOrDefaultAsync(a => a.NoteId == note.Id && a.Round == input.Round) is not { } answer)
            return FeedbackProblems.NotFound;
        if (answer.Aside is not null)
            return FeedbackProblems.NothingPublished;
        var asked = ChineseText.Clean(input.Asked);
        if (asked.Length is 0 or > FeedbackAnswer.AskedLength)
            return FeedbackProblems.AskedMissing.With(FeedbackAnswer.AskedLength);
        if (await Personal.In(scope.Db, note, (nameof(Input.Asked), asked)) is { Count: > 0 } personal)
            return Outcome.Refused(personal);
        if (answer.Asked == asked)
            return Outcome.Ok(note.PublicCode);
        answer.Reword(asked);
        scope.Record(answer, FeedbackEvents.Reworded);
        return Outcome.Ok(note.PublicCode);
    }, cancel);
}

/// <summary>What must not stand in words for the public, as far as a program can tell. Whoever answers reads them all the same.</summary>
internal static partial class Personal
{
    public static async Task<List<Problem>> In(HeleDb db, FeedbackNote note, params (string Field, string Text)[] texts)
    {
        var sender = note.SenderId is { } id ? await db.Set<Person>().Where(p => p.Id == id).Select(p => p.Name).SingleOrDefaultAsync() : null;
        var problems = new List<Problem>();
        foreach (var (field, text) in texts)
        {
            var found = Numbers().Match(text) is { Success: true } number ? number.Value : sender is { Length: > 1 } name && text.Contains(name, StringComparison.Ordinal) ? name : null;
            if (found is not null)
                problems.Add(FeedbackProblems.Personal.With(found).On(field));
        }
        return problems;
    }

    /// <summary>A mobile number however it is spaced, and an identity number.</summary>
    [GeneratedRegex(@"(?<!\d)(?:1[3-9]\d[\s-]?\d{4}[\s-]?\d{4}|\d{17}[\dXx])(?!\d)")]
    private static partial Regex Numbers();
}
