using Hele.Civic.Kernel;
using Hele.Civic.People.Posts;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Rules;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.Appeals;

/// <summary>Somebody other than who refused it looks at a contested refusal: accepts the matter, and handles it, or upholds the refusal with words.</summary>
public sealed class ReviewRefusal(Writer writer, JurisdictionDirectory jurisdictions)
{
    /// <param name="Accept">True to accept the matter, false to uphold the refusal.</param>
    public sealed record Input(string Code, bool? Accept, string? Text);

    public Task<Outcome> Run(Viewer viewer, Act act, Input input, CancellationToken cancel = default) => writer.Write(act, AppealAccess.Review.Code, input, async scope =>
    {
        var appeal = await AppealAccess.Visible(viewer, scope.Db.Set<Appeal>()).SingleOrDefaultAsync(a => a.PublicCode == input.Code);
        if (appeal is null || !AppealAccess.May(viewer, appeal, AppealAccess.Review))
            return AppealProblems.NotFound;
        if (await RefusedIt(scope.Db, viewer, appeal))
            return AppealProblems.RefuserCantReview;
        List<Problem> problems = [.. AppealNote.Check(input.Text, input.Accept == false ? AppealProblems.RefusalTextMissing : null)];
        if (input.Accept is not { } accept)
            return Outcome.Refused([AppealProblems.ReviewMissing, .. problems]);
        if (problems.Count > 0)
            return Outcome.Refused(problems);

        var post = AppealAccess.PostFor(viewer, AppealAccess.Review, appeal)!;
        if (accept)
        {
            var rule = await RuleBook.InForce(scope.Db, await jurisdictions.Get(scope.Db, act.JurisdictionId), AcceptAppeal.AnswerRule(post.Role), scope.Today);
            if (appeal.OverruleBy(post.PostId, scope.On, rule, rule.DueFrom(scope.Now, ReferenceData.Calendar)) is { } problem)
                return problem;
        }
        else if (appeal.UpholdRefusal() is { } problem)
            return problem;
        scope.Record(appeal, accept ? AppealEvents.Overruled : AppealEvents.Upheld);
        scope.Add(new AppealNote
        {
            AppealId = appeal.Id, Kind = accept ? NoteKind.Overruled : NoteKind.Upheld, Round = appeal.Round, Text = AppealNote.Words(input.Text), PostId = post.PostId, SaidOn = scope.On, LoggedAt = scope.Now,
        }, AppealEvents.NoteWritten);
        return Outcome.Ok(appeal.PublicCode);
    }, cancel);

    /// <summary>Whether this viewer refused it, now or before.</summary>
    public static async Task<bool> RefusedIt(HeleDb db, Viewer viewer, Appeal appeal) => (await RefusedAmong(db, viewer, [appeal.Id])).Count > 0;

    /// <summary>Of these appeals the ones this viewer refused, in any post; several entries of the register may be one person.</summary>
    internal static async Task<HashSet<Guid>> RefusedAmong(HeleDb db, Viewer viewer, IReadOnlyCollection<Guid> appeals)
    {
        if (appeals.Count == 0)
            return [];
        var entries = await SamePerson.EntriesOf(db, viewer.PersonId);
        return [.. await (from n in db.Set<AppealNote>()
                          join p in db.Set<Post>() on n.PostId equals p.Id
                          where appeals.Contains(n.AppealId) && n.Kind == NoteKind.Refused && entries.Contains(p.PersonId)
                          select n.AppealId).ToListAsync()];
    }
}
