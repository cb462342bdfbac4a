using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.Appeals;

/// <summary>Who handles a matter whose resident isn't named says what they need the name for; from then on their post sees it, and the resident reads why.</summary>
public sealed class OpenName(Writer writer)
{
    public sealed record Input(string Code, string? Why);

    public Task<Outcome> Run(Viewer viewer, Act act, Input input, CancellationToken cancel = default) => writer.Write(act, AppealAccess.OpenName.Code, input, async scope =>
    {
        var appeal = await AppealAccess.Visible(viewer, scope.Db.Set<Appeal>()).SingleOrDefaultAsync(a => a.PublicCode == input.Code);
        if (appeal is null || AppealAccess.PostFor(viewer, AppealAccess.OpenName, appeal) is not { } post || !appeal.NameWithheld)
            return AppealProblems.NotFound;
        if (AppealNote.Check(input.Why, AppealProblems.NameReasonMissing) is { Count: > 0 } problems)
            return Outcome.Refused(problems);
        scope.Add(new AppealNote { AppealId = appeal.Id, Kind = NoteKind.NameOpened, Round = appeal.Round, Text = AppealNote.Words(input.Why), PostId = post.PostId, SaidOn = scope.On, LoggedAt = scope.Now }, AppealEvents.NameOpened);
        return Outcome.Ok(appeal.PublicCode);
    }, cancel);

    /// <summary>Whether this viewer sees who raised it.</summary>
    internal static async Task<bool> Sees(HeleDb db, Viewer viewer, Appeal appeal)
    {
        if (!appeal.NameWithheld || appeal.AppellantId == viewer.PersonId)
            return true;
        var posts = viewer.Posts.Select(p => (Guid?)p.PostId).ToList();
        return (appeal.EnteredByPostId is { } taker && posts.Contains(taker))
            || await db.Set<AppealNote>().AnyAsync(n => n.AppealId == appeal.Id && n.Kind == NoteKind.NameOpened && posts.Contains(n.PostId));
    }
}
