using Hele.Civic.Kernel;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Rules;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.Appeals;

/// <summary>不予受理: with a reason from the table and words; the resident is told where to go instead and may contest it.</summary>
public sealed class RefuseAppeal(Writer writer, JurisdictionDirectory jurisdictions)
{
    public sealed record Input(string Code, string? Why, string? Text);

    public Task<Outcome> Run(Viewer viewer, Act act, Input input, CancellationToken cancel = default) => writer.Write(act, AppealAccess.Refuse.Code, input, async scope =>
    {
        var appeal = await AppealAccess.Visible(viewer, scope.Db.Set<Appeal>()).SingleOrDefaultAsync(a => a.PublicCode == input.Code);
        if (appeal is null || !AppealAccess.May(viewer, appeal, AppealAccess.Refuse))
            return AppealProblems.NotFound;
        var jurisdiction = await jurisdictions.Get(scope.Db, act.JurisdictionId);
        List<Problem> problems = [.. AppealNote.Check(input.Text, AppealProblems.RefusalTextMissing)];
        if ((await ReasonBook.Of(scope.Db, jurisdiction)).On(input.Why, scope.Today) is not { } reason)
            problems.Insert(0, AppealProblems.RefusalReasonMissing);
        else if (problems.Count == 0)
        {
            if (appeal.RefuseIt() is { } problem)
                return problem;
            await AppealUrgency.Respond(scope, appeal);
            scope.Record(appeal, AppealEvents.Refused);
            scope.Add(new AppealNote
            {
                AppealId = appeal.Id, Kind = NoteKind.Refused, Round = appeal.Round, Reason = reason.Code, Text = AppealNote.Words(input.Text), PostId = AppealAccess.PostFor(viewer, AppealAccess.Refuse, appeal)!.PostId,
                SaidOn = scope.On, LoggedAt = scope.Now,
            }, AppealEvents.NoteWritten);
            return Outcome.Ok(appeal.PublicCode);
        }
        return Outcome.Refused(problems);
    }, cancel);
}

/// <summary>The resident contests a refusal, once, with a sentence: somebody else looks at it again.</summary>
public sealed class ContestRefusal(Writer writer, JurisdictionDirectory jurisdictions, SendPast past)
{
    /// <param name="AtCounter">True when a colleague takes the resident's word down.</param>
    public sealed record Input(string Code, string? Text, bool AtCounter = false);

    public async Task<Outcome> Run(Viewer viewer, Act act, Input input, CancellationToken cancel = default)
    {
        var word = new ResidentWord(viewer, AppealAccess.Contest, input.AtCounter);
        if (await past.OfContest(viewer, input.Code, cancel) is { } way)
            return await past.Run(act, SendPast.Contesting, way, input, input.Text, AppealEvents.ReceivedPastContested, AppealEvents.SentPastContested, _ => word.PostId, Find, (here, appeal, up) =>
            {
                if (appeal.ContestToAbove(up.Rule, up.Due) is { } problem)
                    return Task.FromResult<Problem?>(problem);
                here.Record(appeal, AppealEvents.ContestedPast);
                here.Add(word.Note(here, appeal, NoteKind.Contested, input.Text), AppealEvents.NoteWritten);
                return Task.FromResult<Problem?>(null);
            }, cancel);
        return await writer.Write(act, AppealAccess.Contest.Code, input, scope => Contest(scope), cancel);

        async Task<(Appeal Appeal, Outcome? Refused)> Find(ActScope scope)
        {
            var (appeal, refused) = await word.On(scope.Db, input.Code);
            return (appeal, refused is not null ? refused : AppealNote.Check(input.Text, AppealProblems.ContestTextMissing) is { Count: > 0 } problems ? Outcome.Refused(problems) : null);
        }

        async Task<Outcome> Contest(ActScope scope)
        {
            var (appeal, refused) = await Find(scope);
            if (refused is not null)
                return refused;
            var rule = await RuleBook.InForce(scope.Db, await jurisdictions.Get(scope.Db, act.JurisdictionId), AppealRules.Review, scope.Today);
            if (appeal.ContestIt(rule, rule.DueFrom(scope.Now, ReferenceData.Calendar)) is { } problem)
                return problem;
            scope.Record(appeal, AppealEvents.Contested);
            scope.Add(word.Note(scope, appeal, NoteKind.Contested, input.Text), AppealEvents.NoteWritten);
            return Outcome.Ok(appeal.PublicCode);
        }
    }
}
