using Hele.Civic.Kernel;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.Appeals;

/// <summary>分歧公开: beside the last answer and the resident's verdict, each side may state its view once more.</summary>
public sealed class StateView(Writer writer)
{
    /// <param name="AtCounter">True when a colleague takes the resident's word down.</param>
    public sealed record Input(string Code, string? Text, bool ForCommunity = false, bool AtCounter = false);

    public Task<Outcome> Run(Viewer viewer, Act act, Input input, CancellationToken cancel = default)
    {
        var permission = input.ForCommunity ? AppealAccess.StateForCommunity : AppealAccess.StateOwn;
        return writer.Write(act, permission.Code, input, async scope =>
        {
            var word = new ResidentWord(viewer, AppealAccess.StateOwn, input.AtCounter);
            Appeal? appeal;
            if (input.ForCommunity)
            {
                appeal = await AppealAccess.Visible(viewer, scope.Db.Set<Appeal>()).SingleOrDefaultAsync(a => a.PublicCode == input.Code);
                if (appeal is null || !AppealAccess.May(viewer, appeal, permission))
                    return AppealProblems.NotFound;
            }
            else
            {
                (appeal, var refused) = await word.On(scope.Db, input.Code);
                if (refused is not null)
                    return refused;
            }
            if (AppealNote.Check(input.Text, AppealProblems.StatementMissing) is { Count: > 0 } problems)
                return Outcome.Refused(problems);
            var kind = input.ForCommunity ? NoteKind.CommunityStatement : NoteKind.ResidentStatement;
            if (await scope.Db.Set<AppealNote>().AnyAsync(n => n.AppealId == appeal.Id && n.Kind == kind))
                return AppealProblems.StatedAlready;
            if (appeal.AddStatement(own: !input.ForCommunity) is { } problem)
                return problem;
            scope.Record(appeal, input.ForCommunity ? AppealEvents.CommunityStated : AppealEvents.ResidentStated);
            scope.Add(input.ForCommunity
                ? new AppealNote { AppealId = appeal.Id, Kind = kind, Round = appeal.Round, Text = AppealNote.Words(input.Text), PostId = AppealAccess.PostFor(viewer, permission, appeal)!.PostId, SaidOn = scope.On, LoggedAt = scope.Now }
                : word.Note(scope, appeal, kind, input.Text), AppealEvents.NoteWritten);
            return Outcome.Ok(appeal.PublicCode);
        }, cancel);
    }
}
