using Hele.Civic.Kernel;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.Appeals;

/// <summary>
/// Within the community: a grid worker who has a matter returns it to a clerk or the secretary; they pass one on to a grid worker or a colleague. Always
/// with a reason, to one paid post; the clock runs on.
/// </summary>
public sealed class HandOnAppeal(Writer writer)
{
    /// <param name="To">Public code of the post that takes it.</param>
    public sealed record Input(string Code, string? To, string? Text);

    /// <summary>Which of the two this viewer may do; null when neither.</summary>
    public static Permission? Way(Viewer viewer) =>
        viewer.PostFor(AppealAccess.PassOn) is not null ? AppealAccess.PassOn : viewer.PostFor(AppealAccess.HandBack) is not null ? AppealAccess.HandBack : null;

    /// <summary>The posts it can go to: those of the community for a grid worker, every other that handles for the rest.</summary>
    public static IQueryable<Post> Takers(HeleDb db, Viewer viewer, Guid? handler, DateOnly today)
    {
        var roles = Way(viewer) == AppealAccess.HandBack ? AppealAccess.PassOn.Roles : AppealAccess.Handlers;
        return db.Set<Post>().Where(Post.ActiveOn(today)).Where(p => p.Id != handler && roles.Contains(p.Role));
    }

    public Task<Outcome> Run(Viewer viewer, Act act, Input input, CancellationToken cancel = default)
    {
        var way = Way(viewer);
        return writer.Write(act, (way ?? AppealAccess.HandBack).Code, input, async scope =>
        {
            var appeal = await AppealAccess.Visible(viewer, scope.Db.Set<Appeal>()).SingleOrDefaultAsync(a => a.PublicCode == input.Code);
            if (appeal is null || way is null || !AppealAccess.May(viewer, appeal, way))
                return AppealProblems.NotFound;
            var back = way == AppealAccess.HandBack;
            if (back && !viewer.Posts.Any(p => p.PostId == appeal.HandlerPostId))
                return AppealProblems.NotInYourHands;
            List<Problem> problems = [.. AppealNote.Check(input.Text, AppealProblems.HandOnReasonMissing)];
            var to = await Takers(scope.Db, viewer, appeal.HandlerPostId, scope.Today).Where(p => p.PublicCode == input.To).Select(p => (Guid?)p.Id).SingleOrDefaultAsync();
            if (to is not { } taker)
                return Outcome.Refused([AppealProblems.TakerMissing, .. problems]);
            if (problems.Count > 0)
                return Outcome.Refused(problems);
            if (appeal.HandOnTo(back ? Appeal.HandBack : Appeal.PassOn, taker) is { } problem)
                return problem;
            scope.Record(appeal, back ? AppealEvents.HandedBack : AppealEvents.PassedOn);
            scope.Add(new AppealNote
            {
                AppealId = appeal.Id, Kind = back ? NoteKind.HandedBack : NoteKind.PassedOn, Round = appeal.Round, Text = AppealNote.Words(input.Text), PostId = AppealAccess.PostFor(viewer, way, appeal)!.PostId, ToPostId = taker,
                SaidOn = scope.On, LoggedAt = scope.Now,
            }, AppealEvents.NoteWritten);
            return Outcome.Ok(appeal.PublicCode);
        }, cancel);
    }
}
