using Hele.Civic.Kernel;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Journal;
using Hele.Civic.Platform.Rules;
using Hele.Civic.Platform.Storage;

namespace Hele.Civic.Appeals;

/// <summary>
/// What every way up shares: the record above, with the least that is needed and the street's own clock, and the community's side of it. The acts differ
/// in their events, because an act is known on both sides by the events it recorded.
/// </summary>
public sealed record GoingUp(Referral Referral, Jurisdiction Street, Rule Rule, Due Due)
{
    /// <remarks>The kind isn't compared: the community may put it right later (<see cref="CorrectKind"/>), and above it stays what it went up as.</remarks>
    /// <param name="received">The event of the record above.</param>
    /// <param name="moved">The event of the appeal.</param>
    /// <param name="sent">The event of the community's side of the referral.</param>
    public static IReadOnlyList<CrossingTie> Ties(EventKind received, EventKind moved, EventKind sent) =>
    [
        new(received, moved, (ReferralState.Received, AppealState.ReferredUp),
            (nameof(Referral.OriginCode), nameof(Appeal.PublicCode)), (nameof(Referral.Title), nameof(Appeal.Title)),
            (nameof(Referral.Text), nameof(Appeal.Text)), (nameof(Referral.Place), nameof(Appeal.Place))),
        new(received, sent, null,
            (nameof(Referral.PublicCode), nameof(AppealReferral.ReferralCode)), (nameof(Referral.Reason), nameof(AppealReferral.Reason)), (nameof(Referral.ByResident), nameof(AppealReferral.ByResident)),
            (nameof(Referral.ReceivedOn), nameof(AppealReferral.ReferredOn)), (nameof(Referral.ReceivedAt), nameof(AppealReferral.LoggedAt)), (nameof(Referral.DueOn), nameof(AppealReferral.DueOn))),
    ];

    /// <summary>The side above. The street's clock is the street's: its own rule, with the value it set for itself.</summary>
    /// <param name="hidden">Title and text are hidden in the community.</param>
    public static async Task<GoingUp> Receive(ActScope there, Jurisdiction street, Jurisdiction community, Appeal appeal, bool byResident, string? reason, EventKind received, bool pastCommunity = false, bool hidden = false)
    {
        var rule = await RuleBook.InForce(there.Db, street, AppealRules.AnswerByStreet, there.Today);
        var due = rule.DueFrom(there.Now, ReferenceData.Calendar);
        var referral = there.Add(new Referral
        {
            PublicCode = PublicCode.New().Text, OriginCode = appeal.PublicCode, CommunityCode = community.Code, CommunityName = community.Name,
            Kind = appeal.Kind, Title = appeal.Title, Text = appeal.Text, Place = appeal.Place, ByResident = byResident, Reason = reason, PastCommunity = pastCommunity, WordsAreHidden = hidden,
            ReceivedOn = there.On, ReceivedAt = there.Now, DueOn = due.Date, DueRule = rule.Id, DueIsProvisional = due.Provisional,
        }, received);
        return new(referral, street, rule, due);
    }

    /// <summary>The community's side.</summary>
    /// <param name="post">The post that referred it, or took the resident's word down; null when the resident did it.</param>
    public void Send(ActScope here, Appeal appeal, Guid? post, EventKind sent) => here.Add(new AppealReferral
    {
        AppealId = appeal.Id, Round = appeal.Round, ReferralCode = Referral.PublicCode, Unit = Street.Name, ByResident = Referral.ByResident, Reason = Referral.Reason,
        PostId = post, ReferredOn = here.On, LoggedAt = here.Now, DueOn = Due.Date,
    }, sent);
}
