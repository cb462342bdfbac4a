using Hele.Civic.Kernel;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Rules;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.Appeals;

/// <summary>A paid post accepts an appeal and from then on answers for its clock.</summary>
public sealed class AcceptAppeal(Writer writer, JurisdictionDirectory jurisdictions)
{
    public sealed record Input(string Code);

    public Task<Outcome> Run(Viewer viewer, Act act, Input input, CancellationToken cancel = default) => writer.Write(act, AppealAccess.Accept.Code, input, async scope =>
    {
        var appeal = await AppealAccess.Visible(viewer, scope.Db.Set<Appeal>()).SingleOrDefaultAsync(a => a.PublicCode == input.Code);
        if (appeal is null || !AppealAccess.May(viewer, appeal, AppealAccess.Accept))
            return AppealProblems.NotFound;
        var jurisdiction = await jurisdictions.Get(scope.Db, act.JurisdictionId);
        var post = AppealAccess.PostFor(viewer, AppealAccess.Accept, appeal)!;
        var rule = await RuleBook.InForce(scope.Db, jurisdiction, AnswerRule(post.Role), scope.Today);
        if (appeal.AcceptBy(post.PostId, scope.On, rule, rule.DueFrom(scope.Now, ReferenceData.Calendar)) is { } problem)
            return problem;
        await AppealUrgency.Respond(scope, appeal);
        scope.Record(appeal, AppealEvents.Accepted);
        return Outcome.Ok(appeal.PublicCode);
    }, cancel);

    /// <summary>The clock of an answer depends on who answers: a grid's is shorter than the community's, the supervisors' is their own.</summary>
    public static string AnswerRule(Role role) => role switch
    {
        Role.GridWorker => AppealRules.AnswerByGrid,
        Role.Supervisor => AppealRules.AnswerBySupervision,
        _ => AppealRules.AnswerByCommunity,
    };
}
