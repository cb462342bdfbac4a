using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.Appeals;

/// <summary>
/// Somebody tells the resident of an urgent matter at once that it is seen to, before anybody has accepted it: the first response. Accepting or refusing is one too.
/// </summary>
public sealed class RespondAppeal(Writer writer)
{
    public sealed record Input(string Code, string? Text);

    public Task<Outcome> Run(Viewer viewer, Act act, Input input, CancellationToken cancel = default) => writer.Write(act, AppealAccess.Respond.Code, input, async scope =>
    {
        var appeal = await AppealAccess.Visible(viewer, scope.Db.Set<Appeal>()).SingleOrDefaultAsync(a => a.PublicCode == input.Code);
        if (appeal is null || AppealAccess.PostFor(viewer, AppealAccess.Respond, appeal) is not { } post)
            return AppealProblems.NotFound;
        if (AppealNote.Check(input.Text, AppealProblems.ResponseMissing) is { Count: > 0 } problems)
            return Outcome.Refused(problems);
        if (!appeal.WaitsForResponse)
            return AppealProblems.RespondedAlready;
        await AppealUrgency.Respond(scope, appeal);
        scope.Record(appeal, AppealEvents.Responded);
        scope.Add(new AppealNote { AppealId = appeal.Id, Kind = NoteKind.Responded, Round = appeal.Round, Text = AppealNote.Words(input.Text), PostId = post.PostId, SaidOn = scope.On, LoggedAt = scope.Now }, AppealEvents.NoteWritten);
        return Outcome.Ok(appeal.PublicCode);
    }, cancel);
}
