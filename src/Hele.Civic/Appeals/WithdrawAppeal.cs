using Hele.Civic.Kernel;
using Hele.Civic.Platform.Journal;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Rules;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.Appeals;

/// <summary>
/// The resident withdraws their appeal while it isn't closed. Where it lies with the sub-district, the act crosses: the record above is closed with it.
/// What the resident says stays here. Where others have joined, the matter goes on for them and only whoever filed it steps back.
/// </summary>
public sealed class WithdrawAppeal(Writer writer, Database database, JurisdictionDirectory jurisdictions)
{
    public static readonly Crossing Crossing = new("appeal.withdraw-above", CrossingWay.Up, ("居民已撤回这件事；不含居民说的话", "that the resident has withdrawn it; none of their words"),
        nameof(Referral.CommunityCode),
        [
            new(AppealEvents.ReferralWithdrawn, AppealEvents.WithdrawnFromAbove, (ReferralState.Withdrawn, AppealState.Withdrawn), (nameof(Referral.OriginCode), nameof(Appeal.PublicCode))),
            new(AppealEvents.ReferralWithdrawn, AppealEvents.WithdrawalNoted, null, (nameof(Referral.ClosedOn), nameof(AppealNote.SaidOn))),
        ]);

    /// <param name="AtCounter">True when a colleague takes the resident's word down.</param>
    public sealed record Input(string Code, string? Text, bool AtCounter = false);

    public async Task<Outcome> Run(Viewer viewer, Act act, Input input, CancellationToken cancel = default)
    {
        var word = new ResidentWord(viewer, AppealAccess.Withdraw, input.AtCounter);
        if (await LiesAbove(viewer, input.Code, cancel) is not var (street, referralCode))
            return await writer.Write(act, AppealAccess.Withdraw.Code, input, async scope =>
            {
                var (appeal, refused) = await Take(scope, word, input, above: false);
                if (refused is not null)
                    return refused;
                var goesOn = appeal.AppellantLeftOn is not null;
                if (!goesOn)
                    await AppealUrgency.End(scope, appeal);
                await MergeAppeal.LeaveOther(scope, appeal);
                scope.Record(appeal, goesOn ? JoiningEvents.SteppedBack : AppealEvents.Withdrawn);
                scope.Add(word.Note(scope, appeal, goesOn ? NoteKind.SteppedBack : NoteKind.Withdrawn, input.Text), AppealEvents.NoteWritten);
                return Outcome.Ok(appeal.PublicCode);
            }, cancel);
        return await writer.Cross(act, Crossing, street, input, async sides =>
        {
            var here = await sides.Here();
            var (appeal, refused) = await Take(here, word, input, above: true);
            if (refused is not null)
                return refused;
            here.Record(appeal, AppealEvents.WithdrawnFromAbove);
            here.Add(word.Note(here, appeal, NoteKind.Withdrawn, input.Text), AppealEvents.WithdrawalNoted);

            var there = await sides.There();
            var referral = await there.Db.Set<Referral>().SingleAsync(r => r.PublicCode == referralCode);
            if (referral.TakeBack(there.On) is { } problem)
                return problem;
            there.Record(referral, AppealEvents.ReferralWithdrawn);
            return Outcome.Ok(input.Code);
        }, cancel);
    }

    private async Task<(Appeal Appeal, Outcome? Refused)> Take(ActScope scope, ResidentWord word, Input input, bool above)
    {
        var (appeal, refused) = await word.On(scope.Db, input.Code);
        if (refused is not null)
            return (appeal, refused);
        if (AppealNote.Check(input.Text, null) is { Count: > 0 } problems)
            return (appeal, Outcome.Refused(problems));
        if (await Joins.Any(scope.Db, appeal.Id))
        {
            // Somebody joined between the look and the act: it no longer crosses, and sent once more it goes the other way.
            Problem? refusal = above ? AppealProblems.NotNow.With(Appeal.LifeCycle.StateTitle(appeal.State)) : appeal.StepBackFrom(scope.On);
            return (appeal, refusal is null ? null : (Outcome)refusal);
        }
        var rule = await RuleBook.InForce(scope.Db, await jurisdictions.Get(scope.Db, scope.Act.JurisdictionId), AppealRules.Resume, scope.Today);
        // Taken up again it would wait to be accepted here, where nobody may see it.
        return (appeal, appeal.TakeBack(above, appeal.PastCommunity ? null : rule.DueFrom(scope.Now, ReferenceData.Calendar).Date) is { } problem ? (Outcome)problem : null);
    }

    /// <summary>Read before the act, because the act has to say whether it crosses; null when nothing lies above. A withdrawal sent twice finds the same.</summary>
    private async Task<(int Street, string Referral)?> LiesAbove(Viewer viewer, string code, CancellationToken cancel)
    {
        await using var lease = await database.Read([viewer.JurisdictionId], cancel);
        var db = lease.Db;
        var appeal = await AppealAccess.Visible(viewer, db.Set<Appeal>()).Where(a => a.PublicCode == code).Select(a => new { a.Id, a.State }).SingleOrDefaultAsync(cancel);
        if (appeal is not { State: AppealState.ReferredUp or AppealState.Withdrawn })
            return null;
        // It goes on, above too, for those who joined.
        if (appeal.State == AppealState.ReferredUp && await Joins.Any(db, appeal.Id))
            return null;
        var last = (await db.Set<AppealReferral>().Where(r => r.AppealId == appeal.Id).InLogOrder(db, cancel)).LastOrDefault();
        if (last is null || await jurisdictions.Above(db, viewer.JurisdictionId, cancel) is not { } street)
            return null;
        if (appeal.State == AppealState.Withdrawn
            && (await db.Set<AppealNote>().AnyAsync(n => n.AppealId == appeal.Id && n.Kind == NoteKind.Resumed && n.LoggedAt >= last.LoggedAt, cancel)
                || await db.Set<AppealAnswer>().AnyAsync(x => x.AppealId == appeal.Id && x.FromUnit != null && x.LoggedAt >= last.LoggedAt, cancel)
                || await db.Set<AppealReturn>().AnyAsync(x => x.AppealId == appeal.Id && x.LoggedAt >= last.LoggedAt, cancel)))
            return null;
        return (street.Id, last.ReferralCode);
    }
}

/// <summary>The same resident takes a withdrawn appeal up again, within the days of the rule: it waits to be accepted like a new one.</summary>
public sealed class ResumeAppeal(Writer writer, JurisdictionDirectory jurisdictions)
{
    /// <param name="AtCounter">True when a colleague takes the resident's word down.</param>
    public sealed record Input(string Code, string? Text, bool AtCounter = false);

    public Task<Outcome> Run(Viewer viewer, Act act, Input input, CancellationToken cancel = default) => writer.Write(act, AppealAccess.Resume.Code, input, async scope =>
    {
        var word = new ResidentWord(viewer, AppealAccess.Resume, input.AtCounter);
        var (appeal, refused) = await word.On(scope.Db, input.Code);
        if (refused is not null)
            return refused;
        if (AppealNote.Check(input.Text, null) is { Count: > 0 } problems)
            return Outcome.Refused(problems);
        if (appeal.PastCommunity)
            return ConductProblems.RaiseAnew;
        if (appeal.ResumeUntil < scope.Today)
            return AppealProblems.ResumeTooLate.With(appeal.ResumeUntil.Value.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
        var rule = await RuleBook.InForce(scope.Db, await jurisdictions.Get(scope.Db, act.JurisdictionId), AppealRules.Accept, scope.Today);
        var (post, insteadOf) = await AppealRouting.PostFor(scope.Db, appeal, scope.Today);
        if (appeal.ResumeIt(rule, rule.DueFrom(scope.Now, ReferenceData.Calendar), post, insteadOf) is { } problem)
            return problem;
        await AppealUrgency.Begin(scope, await jurisdictions.Get(scope.Db, act.JurisdictionId), appeal);
        scope.Record(appeal, AppealEvents.Resumed);
        scope.Add(word.Note(scope, appeal, NoteKind.Resumed, input.Text), AppealEvents.NoteWritten);
        return Outcome.Ok(appeal.PublicCode);
    }, cancel);
}
