using Hele.Civic.Kernel;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Rules;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.Appeals;

/// <summary>
/// 上报街道: a matter that the community can't settle itself goes up, or the resident asks the level above to look at it (请上一级看看). Both are a right and
/// count for nothing. The sub-district gets the least: what it is about, where, why and by which side it is referred; no name and no id of the resident.
/// </summary>
public sealed class ReferAppeal(Writer writer, Database database, JurisdictionDirectory jurisdictions)
{
    public static readonly Crossing Crossing = new("appeal.refer-up", CrossingWay.Up,
        ("诉求的类别、标题、内容、地点、上报理由、是否居民本人的意思、查询码和社区名称；不含反映人的姓名和编号", "kind, title, text, place and public code of the appeal, why it is referred and whether the resident asked for it, the community's name; no name or id of the appellant"),
        nameof(Referral.CommunityCode),
        GoingUp.Ties(AppealEvents.ReferralReceived, AppealEvents.ReferredUp, AppealEvents.ReferralSent)) { Aside = new HashSet<Platform.Journal.EventKind> { UrgencyEvents.Ended } };

    /// <param name="ByResident">The resident's own wish: a reason is theirs to give or not.</param>
    /// <param name="AtCounter">True when a colleague takes that wish down.</param>
    public sealed record Input(string Code, string? Reason, bool ByResident = false, bool AtCounter = false);

    public static List<Problem> Check(Input input)
    {
        var reason = ChineseText.Clean(input.Reason);
        return reason.Length == 0 && !input.ByResident ? [AppealProblems.ReferReasonMissing]
            : reason.Length > AppealReferral.ReasonLength ? [AppealProblems.ReferReasonTooLong.With(AppealReferral.ReasonLength, reason.Length)]
            : [];
    }

    public async Task<Outcome> Run(Viewer viewer, Act act, Input input, CancellationToken cancel = default)
    {
        Jurisdiction community;
        Jurisdiction? street;
        await using (var lease = await database.Read([], cancel))
        {
            community = await jurisdictions.Get(lease.Db, act.JurisdictionId, cancel);
            street = await jurisdictions.Above(lease.Db, act.JurisdictionId, cancel);
        }
        if (street is not { Level: JurisdictionLevel.Subdistrict })
            return AppealProblems.NothingAbove;
        var word = new ResidentWord(viewer, AppealAccess.AskAbove, input.AtCounter);
        return await writer.Cross(act, Crossing, street.Id, input, async sides =>
        {
            var here = await sides.Here();
            var (appeal, refused) = await Find(here.Db, viewer, word, input);
            if (refused is not null)
                return refused;
            if (Check(input) is { Count: > 0 } problems)
                return Outcome.Refused(problems);
            // What went past the community goes up again with the verdict.
            if (appeal.PastCommunity || Appeal.LifeCycle.Find(appeal.State, input.ByResident ? Appeal.AskAbove : Appeal.ReferUp) is null)
                return AppealProblems.NotNow.With(Appeal.LifeCycle.StateTitle(appeal.State));
            var reason = ChineseText.Clean(input.Reason) is { Length: > 0 } said ? said : null;

            var hidden = await HiddenTexts.Hides(here.Db, appeal.Id);

            var there = await sides.There();
            var up = await GoingUp.Receive(there, street, community, appeal, input.ByResident, reason, AppealEvents.ReferralReceived, hidden: hidden);

            here = await sides.Here();
            appeal = await here.Db.Set<Appeal>().SingleAsync(a => a.PublicCode == input.Code);
            if (appeal.ReferToAbove(input.ByResident, up.Rule, up.Due) is { } problem)
                return problem;
            here.Record(appeal, AppealEvents.ReferredUp);
            // Nobody here is to respond any more to what the resident took to the sub-district.
            await AppealUrgency.End(here, appeal);
            up.Send(here, appeal, input.ByResident ? word.PostId : AppealAccess.PostFor(viewer, AppealAccess.ReferUp, appeal)!.PostId, AppealEvents.ReferralSent);
            return Outcome.Ok(appeal.PublicCode);
        }, cancel);
    }

    private static async Task<(Appeal Appeal, Problem? Problem)> Find(HeleDb db, Viewer viewer, ResidentWord word, Input input)
    {
        if (input.ByResident)
            return await word.On(db, input.Code);
        var appeal = await db.Set<Appeal>().SingleOrDefaultAsync(a => a.PublicCode == input.Code);
        return appeal is not null && AppealAccess.May(viewer, appeal, AppealAccess.ReferUp) ? (appeal, null) : (null!, AppealProblems.NotFound);
    }
}
