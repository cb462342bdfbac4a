using Hele.Civic.Kernel;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.Appeals;

/// <summary>The sub-district answers a matter that was referred up: the answer stands in the community's appeal too, and the resident is asked to judge it.</summary>
public sealed class AnswerReferral(Writer writer, Database database, JurisdictionDirectory jurisdictions)
{
    public static readonly Crossing Crossing = new("referral.answer", CrossingWay.Down, ("答复内容和街道名称", "the answer's text and the sub-district's name"),
        nameof(Referral.CommunityCode),
        [
            new(AppealEvents.ReferralAnswered, AppealEvents.AnsweredFromAbove, (ReferralState.Answered, AppealState.Answered), (nameof(Referral.OriginCode), nameof(Appeal.PublicCode))),
            new(AppealEvents.ReferralAnswered, AppealEvents.AnswerFromAbove, null,
                (nameof(Referral.AnswerText), nameof(AppealAnswer.Text)), (nameof(Referral.ClosedOn), nameof(AppealAnswer.AnsweredOn))),
        ]);

    public sealed record Input(string Code, string? Text);

    public static List<Problem> Check(Input input)
    {
        var text = ChineseText.Clean(input.Text);
        return text.Length == 0 ? [ReferralProblems.AnswerMissing]
            : text.Length > Referral.AnswerLength ? [ReferralProblems.AnswerTooLong.With(Referral.AnswerLength, text.Length)]
            : [];
    }

    public async Task<Outcome> Run(Viewer viewer, Act act, Input input, CancellationToken cancel = default)
    {
        if (await ReferralOrigin.Of(database, jurisdictions, viewer, input.Code, ReferralAccess.Answer, cancel) is not { } origin)
            return ReferralProblems.NotFound;
        return await writer.Cross(act, Crossing, origin.Community.Id, input, async sides =>
        {
            var here = await sides.Here();
            var referral = await here.Db.Set<Referral>().SingleOrDefaultAsync(r => r.PublicCode == input.Code);
            if (referral is null || !ReferralAccess.May(viewer, referral, ReferralAccess.Answer))
                return ReferralProblems.NotFound;
            if (Check(input) is { Count: > 0 } problems)
                return Outcome.Refused(problems);
            var text = ChineseText.Clean(input.Text);
            if (referral.AnswerOnce(text, viewer.PostFor(ReferralAccess.Answer)!.PostId, here.On) is { } problem)
                return problem;
            here.Record(referral, AppealEvents.ReferralAnswered);

            var there = await sides.There();
            var appeal = await there.Db.Set<Appeal>().SingleAsync(a => a.PublicCode == origin.Code);
            var due = appeal.DueOn;
            if (appeal.AnswerOnceFromAbove() is { } refused)
                return refused;
            there.Record(appeal, AppealEvents.AnsweredFromAbove);
            there.Add(new AppealAnswer
            {
                AppealId = appeal.Id, Round = appeal.Round, Text = text, FromUnit = origin.Street.Name, AnsweredOn = there.On, LoggedAt = there.Now, DueOn = due,
            }, AppealEvents.AnswerFromAbove);
            return Outcome.Ok(referral.PublicCode);
        }, cancel);
    }
}

/// <summary>Where a referral comes from.</summary>
internal sealed record ReferralOrigin(string Code, Jurisdiction Community, Jurisdiction Street)
{
    /// <summary>Read before the act, because the act has to say which two jurisdictions it writes in; null for missing and for not theirs alike.</summary>
    public static async Task<ReferralOrigin?> Of(Database database, JurisdictionDirectory jurisdictions, Viewer viewer, string code, Permission what, CancellationToken cancel)
    {
        await using var lease = await database.Read([viewer.JurisdictionId], cancel);
        var referral = await lease.Db.Set<Referral>().SingleOrDefaultAsync(r => r.PublicCode == code, cancel);
        if (referral is null || !ReferralAccess.May(viewer, referral, what))
            return null;
        return await jurisdictions.Find(lease.Db, referral.CommunityCode, cancel) is { } community
            ? new ReferralOrigin(referral.OriginCode, community, await jurisdictions.Get(lease.Db, viewer.JurisdictionId, cancel))
            : null;
    }
}
