using Hele.Civic.Kernel;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Notices;
using Hele.Civic.Platform.Rules;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.Appeals;

/// <summary>
/// Four weeks after a satisfied verdict the resident is asked whether it still holds. No opens the matter again with its clock; no answer changes
/// nothing and is counted as nothing.
/// </summary>
public sealed class LookAgain(Writer writer, JurisdictionDirectory jurisdictions)
{
    /// <param name="AtCounter">True when a colleague takes the resident's word down.</param>
    public sealed record Input(string Code, bool? StillSolved, string? Text, bool AtCounter = false);

    public Task<Outcome> Run(Viewer viewer, Act act, Input input, CancellationToken cancel = default) => writer.Write(act, AppealAccess.LookAgain.Code, input, async scope =>
    {
        var word = new ResidentWord(viewer, AppealAccess.LookAgain, input.AtCounter);
        var (appeal, refused) = await word.On(scope.Db, input.Code);
        if (refused is not null)
            return refused;
        List<Problem> problems = [.. AppealNote.Check(input.Text, input.StillSolved == false ? AppealProblems.RemarkMissing.On(nameof(Input.Text)) : null)];
        if (input.StillSolved is not { } solved)
            return Outcome.Refused([AppealProblems.StillSolvedMissing, .. problems]);
        if (problems.Count > 0)
            return Outcome.Refused(problems);
        if (appeal.State == AppealState.Satisfied && !Appeal.IsAskedAgain(appeal.State, appeal.AskAgainOn, appeal.AskAgainUntil, scope.Today))
            return AppealProblems.NotAskedNow;

        if (solved)
        {
            if (appeal.SayItHolds() is { } problem)
                return problem;
        }
        else
        {
            var (handler, rule) = await TakenUpBy(scope, await jurisdictions.Get(scope.Db, act.JurisdictionId), appeal);
            if (appeal.SayItDoesNotHold(handler, rule, rule.DueFrom(scope.Now, ReferenceData.Calendar)) is { } problem)
                return problem;
        }
        foreach (var asked in new[] { AppealEvents.JudgedSatisfied, JoiningEvents.ClosedAgain })
            await KeepNotices.TakeBack(scope, asked, appeal.PublicCode);
        scope.Record(appeal, solved ? AppealEvents.StillSolved : AppealEvents.NotSolved);
        scope.Add(word.Note(scope, appeal, solved ? NoteKind.StillSolved : NoteKind.NotSolved, input.Text), AppealEvents.NoteWritten);
        return Outcome.Ok(appeal.PublicCode);
    }, cancel);

    /// <summary>Who answers for a closed matter that is opened again, and by which rule.</summary>
    internal static async Task<(Guid? Handler, Rule Rule)> TakenUpBy(ActScope scope, Jurisdiction jurisdiction, Appeal appeal)
    {
        var handler = await Handler(scope, appeal);
        return (handler?.Id, await RuleBook.InForce(scope.Db, jurisdiction, AcceptAppeal.AnswerRule(handler?.Role ?? Role.Clerk), scope.Today));
    }

    /// <summary>Who answers for it: the post that did. A closed matter doesn't hang on its post, so that one may have ended; then the community's secretary, or whoever else handles.</summary>
    private static async Task<Post?> Handler(ActScope scope, Appeal appeal)
    {
        var handlers = await scope.Db.Set<Post>().Where(Post.ActiveOn(scope.Today)).Where(p => AppealAccess.Answer.Roles.Contains(p.Role)).ToListAsync();
        handlers.RemoveAll(p => !AppealAccess.Takes(p.Role, p.PersonId, appeal, AppealAccess.Answer));
        return handlers.Find(p => p.Id == appeal.HandlerPostId) ?? handlers.OrderByDescending(p => p.Role).ThenBy(p => p.Id).FirstOrDefault();
    }
}
