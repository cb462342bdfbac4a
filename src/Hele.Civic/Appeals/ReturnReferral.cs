using Hele.Civic.Kernel;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Rules;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.Appeals;

/// <summary>The sub-district gives a matter back, with the reason: the community handles it on, with a clock that starts afresh.</summary>
public sealed class ReturnReferral(Writer writer, Database database, JurisdictionDirectory jurisdictions)
{
    public static readonly Crossing Crossing = new("referral.return", CrossingWay.Down, ("退回的原因、说明和街道名称", "why it is returned, what is said about it, the sub-district's name"),
        nameof(Referral.CommunityCode),
        [
            new(AppealEvents.ReferralReturned, AppealEvents.ReturnedFromAbove, (ReferralState.Returned, AppealState.Accepted), (nameof(Referral.OriginCode), nameof(Appeal.PublicCode))),
            new(AppealEvents.ReferralReturned, AppealEvents.ReturnNoted, null,
                (nameof(Referral.PublicCode), nameof(AppealReturn.ReferralCode)), (nameof(Referral.ReturnedFor), nameof(AppealReturn.Reason)),
                (nameof(Referral.ReturnNote), nameof(AppealReturn.Note)), (nameof(Referral.ClosedOn), nameof(AppealReturn.ReturnedOn))),
        ]);

    public sealed record Input(string Code, ReturnReason? Why, string? Note);

    public static List<Problem> Check(Input input)
    {
        var problems = new List<Problem>();
        if (input.Why is not { } why || !Enum.IsDefined(why))
            problems.Add(ReferralProblems.ReturnReasonMissing);
        var note = ChineseText.Clean(input.Note);
        if (note.Length == 0)
            problems.Add(ReferralProblems.NoteMissing);
        else if (note.Length > Referral.NoteLength)
            problems.Add(ReferralProblems.NoteTooLong.With(Referral.NoteLength, note.Length));
        return problems;
    }

    public async Task<Outcome> Run(Viewer viewer, Act act, Input input, CancellationToken cancel = default)
    {
        if (await ReferralOrigin.Of(database, jurisdictions, viewer, input.Code, ReferralAccess.Return, cancel) is not { } origin)
            return ReferralProblems.NotFound;
        return await writer.Cross(act, Crossing, origin.Community.Id, input, async sides =>
        {
            var here = await sides.Here();
            var referral = await here.Db.Set<Referral>().SingleOrDefaultAsync(r => r.PublicCode == input.Code);
            if (referral is null || !ReferralAccess.May(viewer, referral, ReferralAccess.Return))
                return ReferralProblems.NotFound;
            if (Check(input) is { Count: > 0 } problems)
                return Outcome.Refused(problems);
            var (why, note) = (input.Why!.Value, ChineseText.Clean(input.Note));
            if (referral.GiveBack(why, note, viewer.PostFor(ReferralAccess.Return)!.PostId, here.On) is { } problem)
                return problem;
            here.Record(referral, AppealEvents.ReferralReturned);

            var there = await sides.There();
            var appeal = await there.Db.Set<Appeal>().SingleAsync(a => a.PublicCode == origin.Code);
            // One that nobody had accepted goes to the post that a new one would.
            var handler = appeal.HandlerPostId ?? (await AppealRouting.PostFor(there.Db, appeal, there.Today)).Post;
            var role = await there.Db.Set<Post>().Where(p => p.Id == handler).Select(p => (Role?)p.Role).SingleOrDefaultAsync() ?? Role.Clerk;
            var rule = await RuleBook.InForce(there.Db, origin.Community, AcceptAppeal.AnswerRule(role), there.Today);
            if (appeal.ComeBack(rule, rule.DueFrom(there.Now, ReferenceData.Calendar), handler, there.On) is { } refused)
                return refused;
            there.Record(appeal, AppealEvents.ReturnedFromAbove);
            there.Add(new AppealReturn
            {
                AppealId = appeal.Id, ReferralCode = referral.PublicCode, Unit = origin.Street.Name, Reason = why, Note = note, ReturnedOn = there.On, LoggedAt = there.Now,
            }, AppealEvents.ReturnNoted);
            return Outcome.Ok(referral.PublicCode);
        }, cancel);
    }
}
