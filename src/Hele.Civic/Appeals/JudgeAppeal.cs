using Hele.Civic.Kernel;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Journal;
using Hele.Civic.Platform.Rules;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.Appeals;

/// <summary>
/// The resident judges the answer: satisfied closes the matter, dissatisfied opens it again with a new clock. A verdict given on paper is
/// entered by a colleague who did not handle the matter, and is marked.
/// </summary>
public sealed class JudgeAppeal(Writer writer, JurisdictionDirectory jurisdictions)
{
    /// <param name="OnPaper">True when a colleague enters what the resident said on paper.</param>
    /// <param name="JudgedOn">On paper only: the day the resident said it.</param>
    public sealed record Input(string Code, bool? Satisfied, string? Remark, bool OnPaper = false, DateOnly? JudgedOn = null);

    public Task<Outcome> Run(Viewer viewer, Act act, Input input, CancellationToken cancel = default)
    {
        var permission = input.OnPaper ? AppealAccess.EnterVerdict : AppealAccess.Judge;
        return writer.Write(act with { On = input.OnPaper ? input.JudgedOn : null }, permission.Code, input, async scope =>
        {
            var appeal = await AppealAccess.Visible(viewer, scope.Db.Set<Appeal>()).SingleOrDefaultAsync(a => a.PublicCode == input.Code);
            if (appeal is null || !AppealAccess.May(viewer, appeal, permission))
                return AppealProblems.NotFound;
            if (input.OnPaper && await Handled(scope.Db, viewer, appeal))
                return AppealProblems.HandlerCantJudge;
            if (await Check(scope, appeal, input) is { Count: > 0 } problems)
                return Outcome.Refused(problems);

            var jurisdiction = await jurisdictions.Get(scope.Db, act.JurisdictionId);
            var role = await scope.Db.Set<Post>().Where(p => p.Id == appeal.HandlerPostId).Select(p => (Role?)p.Role).SingleOrDefaultAsync() ?? Role.Clerk;
            var rule = await RuleBook.InForce(scope.Db, jurisdiction, AcceptAppeal.AnswerRule(role), scope.Today);
            if (appeal.Judge(input.Satisfied!.Value, rule, rule.DueFrom(scope.Now, ReferenceData.Calendar)) is { } problem)
                return problem;
            scope.Record(appeal, input.Satisfied.Value ? AppealEvents.JudgedSatisfied : AppealEvents.JudgedDissatisfied);
            var remark = ChineseText.Clean(input.Remark);
            scope.Add(new AppealVerdict
            {
                AppealId = appeal.Id, Round = appeal.Round, Satisfied = input.Satisfied.Value, Remark = remark.Length == 0 ? null : remark,
                Channel = input.OnPaper ? Channel.Paper : Channel.Web, EnteredByPostId = input.OnPaper ? viewer.PostFor(permission)!.PostId : null,
                JudgedOn = scope.On, LoggedAt = scope.Now,
            }, AppealEvents.VerdictGiven);
            return Outcome.Ok(appeal.PublicCode);
        }, cancel);
    }

    /// <summary>Whether this viewer accepted or answered the matter in any of their posts.</summary>
    public static async Task<bool> Handled(HeleDb db, Viewer viewer, Appeal appeal)
    {
        var posts = await db.Set<Post>().Where(p => p.PersonId == viewer.PersonId).Select(p => p.Id).ToListAsync();
        // Who accepted it stays a handler after it was handed over to another post.
        return (appeal.HandlerPostId is { } handler && posts.Contains(handler))
            || await db.Set<JournalRow>().AnyAsync(j => j.JurisdictionId == appeal.JurisdictionId && j.RowTable == "Appeals" && j.RowId == appeal.Id && j.Kind == AppealEvents.Accepted.Code
                && j.PostId != null && posts.Contains(j.PostId.Value))
            || await db.Set<AppealAnswer>().AnyAsync(a => a.AppealId == appeal.Id && a.PostId != null && posts.Contains(a.PostId.Value));
    }

    private static async Task<List<Problem>> Check(ActScope scope, Appeal appeal, Input input)
    {
        var problems = new List<Problem>();
        if (input.Satisfied is null)
            problems.Add(AppealProblems.VerdictMissing);
        var remark = ChineseText.Clean(input.Remark);
        if (remark.Length > AppealVerdict.RemarkLength)
            problems.Add(AppealProblems.RemarkTooLong.With(AppealVerdict.RemarkLength, remark.Length));
        else if (input.Satisfied == false && remark.Length == 0)
            problems.Add(AppealProblems.RemarkMissing);
        if (input.OnPaper && input.JudgedOn is { } on)
        {
            if (on > scope.Today)
                problems.Add(AppealProblems.JudgedInFuture);
            else if (await scope.Db.Set<AppealAnswer>().AnyAsync(a => a.AppealId == appeal.Id && a.Round == appeal.Round && a.AnsweredOn > on))
                problems.Add(AppealProblems.JudgedBeforeAnswer);
        }
        return problems;
    }
}
