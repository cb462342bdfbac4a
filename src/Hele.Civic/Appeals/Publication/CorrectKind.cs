using Hele.Civic.Kernel;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.Appeals;

/// <summary>
/// Whoever handles a matter puts its kind right, with a reason the resident reads. When the new kind is none that is listed, what is public of it is taken down in the same act:
/// there is no moment at which a family's dispute stands in the list. Where the new kind withholds who raised it, the name is withheld from then on.
/// </summary>
public sealed class CorrectKind(Writer writer, JurisdictionDirectory jurisdictions)
{
    public sealed record Input(string Code, string? Kind, string? Reason);

    public static List<Problem> Check(Input input)
    {
        var problems = KeepFromPublic.Check(new("", input.Reason));
        if (AppealKinds.Find(input.Kind) is not { IsOffered: true })
            problems.Insert(0, AppealProblems.KindMissing);
        return problems;
    }

    public Task<Outcome> Run(Viewer viewer, Act act, Input input, CancellationToken cancel = default) => writer.Write(act, PublicationAccess.CorrectKind.Code, input, async scope =>
    {
        var appeal = await AppealAccess.Visible(viewer, scope.Db.Set<Appeal>()).SingleOrDefaultAsync(a => a.PublicCode == input.Code);
        if (appeal is null || AppealAccess.PostFor(viewer, PublicationAccess.CorrectKind, appeal) is not { } post)
            return AppealProblems.NotFound;
        if (Check(input) is { Count: > 0 } problems)
            return Outcome.Refused(problems);
        if (appeal.Kind == input.Kind)
            return PublicationProblems.KindSame;
        var reason = ChineseText.Line(input.Reason);
        appeal.Kind = input.Kind!;
        if (AppealKinds.Find(appeal.Kind)!.Name == NameRule.Withheld)
            appeal.NameWithheld = true;
        // The hours start when somebody sees that it is urgent; one that was accepted, or responded to, has been seen to.
        if (appeal is { State: AppealState.Filed, RespondedAt: null } && (appeal.RespondBy is null || !AppealKinds.Find(appeal.Kind)!.IsUrgent))
            await AppealUrgency.Begin(scope, await jurisdictions.Get(scope.Db, act.JurisdictionId), appeal);
        scope.Record(appeal, PublicationEvents.KindCorrected);
        scope.Add(new AppealNote { AppealId = appeal.Id, Kind = NoteKind.KindCorrected, Round = appeal.Round, Reason = appeal.Kind, Text = reason, PostId = post.PostId, SaidOn = scope.On, LoggedAt = scope.Now }, AppealEvents.NoteWritten);
        if (!AppealKinds.Listed.Contains(appeal.Kind)
            && await scope.Db.Set<AppealPublication>().SingleOrDefaultAsync(p => p.AppealId == appeal.Id && p.State == PublicationState.Published) is { } publication)
        {
            if (publication.TakeDown(AppealPublication.WithdrawForKind, reason, post.PostId, scope.Now) is { } problem)
                return problem;
            scope.Record(publication, PublicationEvents.WithdrawnForKind);
        }
        return Outcome.Ok(appeal.PublicCode);
    }, cancel);
}
