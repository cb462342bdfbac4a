using Hele.Civic.Kernel;
using Hele.Civic.Platform;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Storage;

namespace Hele.Civic.Appeals;

/// <summary>Where a referred matter stands at the sub-district.</summary>
public enum ReferralState
{
    Received,
    Answered,
    Returned,
    Withdrawn,
}

/// <summary>Why a sub-district gives a matter back.</summary>
public enum ReturnReason
{
    NotThisLevel,
    NeedsMore,
}

/// <summary>
/// 上报事项: the sub-district's record of a matter that a community referred up. It holds the least that is needed to answer: no appellant, no
/// person of the community, no key into its rows. It is joined by the appeal's public code and the community's code.
/// </summary>
public sealed class Referral : Owned
{
    public const int AnswerLength = AppealAnswer.TextLength, NoteLength = 500;

    public const string Receive = "receive", Answer = "answer", Return = "return", Withdraw = "withdraw";

    public static readonly Transitions<ReferralState> LifeCycle = new("referral", ("上报事项", "Referral"),
        new Dictionary<ReferralState, Bilingual>
        {
            [ReferralState.Received] = ("待答复", "Waiting for an answer"),
            [ReferralState.Answered] = ("已答复社区", "Answered"),
            [ReferralState.Returned] = ("已退回社区", "Returned to the community"),
            [ReferralState.Withdrawn] = ("居民已撤回", "Withdrawn by the resident"),
        },
        [
            (null, Receive, ReferralState.Received, AppealAccess.ReferUp, ("上报的理由，或居民本人的意思", "why it is referred up, or the resident's own will"), AppealRules.AnswerByStreet),
            (ReferralState.Received, Answer, ReferralState.Answered, ReferralAccess.Answer, ("答复内容", "the answer's text"), null),
            (ReferralState.Received, Return, ReferralState.Returned, ReferralAccess.Return, ("退回的原因", "why it is returned"), null),
            (ReferralState.Received, Withdraw, ReferralState.Withdrawn, AppealAccess.Withdraw, ("居民本人的意思", "the resident's own will"), null),
        ]);

    public static readonly IReadOnlyDictionary<ReturnReason, Bilingual> Reasons = new Dictionary<ReturnReason, Bilingual>
    {
        [ReturnReason.NotThisLevel] = ("不属于本级", "Not for this level"),
        [ReturnReason.NeedsMore] = ("需要补充情况", "More has to be said first"),
    };

    /// <summary>Its own public code; the community's side keeps it.</summary>
    public required string PublicCode { get; init; }

    /// <summary>The appeal's public code in its community.</summary>
    public required string OriginCode { get; init; }

    /// <summary>The community's division code and name.</summary>
    public required string CommunityCode { get; init; }
    public required string CommunityName { get; init; }

    public required string Kind { get; init; }
    public required string Title { get; init; }
    public required string Text { get; init; }
    public required string Place { get; init; }

    /// <summary>The resident's own button below, not the community's judgement.</summary>
    public required bool ByResident { get; init; }

    /// <summary>Why it is referred; null where the resident pressed the button without a word.</summary>
    public string? Reason { get; init; }

    /// <summary>A matter about conduct that the community's supervisors can't take: it can't be returned.</summary>
    public bool PastCommunity { get; init; }

    /// <summary>The community hid title and text: they stay in the row and in the log, and nobody here reads them.</summary>
    public bool WordsAreHidden { get; set; }

    public required DateOnly ReceivedOn { get; init; }
    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>Last day for the answer, and the rule it comes from.</summary>
    public required DateOnly DueOn { get; init; }
    public required string DueRule { get; init; }
    public required bool DueIsProvisional { get; init; }

    public ReferralState State { get; private set; }

    /// <summary>The post that answered or returned it.</summary>
    public Guid? ClosedByPostId { get; private set; }
    public DateOnly? ClosedOn { get; private set; }

    /// <summary>The answer as the resident reads it.</summary>
    public string? AnswerText { get; private set; }

    public ReturnReason? ReturnedFor { get; private set; }

    /// <summary>What is said to the community with the return.</summary>
    public string? ReturnNote { get; private set; }

    public Problem? AnswerOnce(string text, Guid post, DateOnly on)
    {
        if (Move(Answer) is { } problem)
            return problem;
        (AnswerText, ClosedByPostId, ClosedOn) = (text, post, on);
        return null;
    }

    public Problem? GiveBack(ReturnReason reason, string note, Guid post, DateOnly on)
    {
        if (PastCommunity)
            return ReferralProblems.PastCommunity;
        if (Move(Return) is { } problem)
            return problem;
        (ReturnedFor, ReturnNote, ClosedByPostId, ClosedOn) = (reason, note, post, on);
        return null;
    }

    /// <summary>The resident withdrew the matter below: nothing is to be done here.</summary>
    public Problem? TakeBack(DateOnly on)
    {
        if (Move(Withdraw) is { } problem)
            return problem;
        ClosedOn = on;
        return null;
    }

    /// <summary>The only place where the state changes.</summary>
    private Problem? Move(string act)
    {
        if (LifeCycle.Find(State, act) is not { } line)
            return ReferralProblems.NotNow.With(LifeCycle.StateTitle(State));
        State = Enum.Parse<ReferralState>(line.To);
        return null;
    }
}

/// <summary>Who may see and do what with a referral: the sub-district's officers, within their sub-district.</summary>
public static class ReferralAccess
{
    private static readonly Role[] Officers = [Role.SubdistrictOfficer];

    public static readonly Permission See = new("referral.see", ("查看上报事项", "See what was referred up"), Officers);
    public static readonly Permission Answer = new("referral.answer", ("答复上报事项", "Answer a referral"), Officers);
    public static readonly Permission Return = new("referral.return", ("退回上报事项", "Return a referral"), Officers);

    public static IEnumerable<Permission> All => [See, Answer, Return];

    public static bool May(Viewer? viewer, Referral referral, Permission what) =>
        viewer is not null && viewer.JurisdictionId == referral.JurisdictionId && viewer.PostFor(what) is not null;

    /// <summary>The referrals of a query that this viewer may see: the same as filtering by <see cref="May"/> See.</summary>
    public static IQueryable<Referral> Visible(Viewer? viewer, IQueryable<Referral> referrals)
    {
        if (viewer?.PostFor(See) is null)
            return referrals.Where(r => false);
        var jurisdiction = viewer.JurisdictionId;
        return referrals.Where(r => r.JurisdictionId == jurisdiction);
    }
}

/// <summary>Everything the sub-district's side can refuse.</summary>
public static class ReferralProblems
{
    public static readonly Problem NotFound = new("referral.not-found", ("没有找到这件上报事项。", "This referral was not found."), Kind: ProblemKind.NotFound);
    public static readonly Problem NotNow = new("referral.not-now", ("这件上报事项现在是“{0}”，不能这样办。可能有人刚刚办过，请看最新情况。", "This referral is now “{0}”, so that can't be done. Somebody may have been faster; please look at where it stands."), Kind: ProblemKind.Conflict);
    public static readonly Problem PastCommunity = new("referral.past-community", ("这件意见关于社区的工作人员，社区没有别人可以办，不能退回，请街道答复。", "This complaint is about somebody of the community, and nobody else there can take it: it can't be returned. Please answer it."), Kind: ProblemKind.Conflict);
    public static readonly Problem AnswerMissing = new("referral.answer-missing", ("请写答复：做了什么，结果怎样。居民会看到全文。", "Write the answer: what was done and what came of it. The resident reads all of it."), "Text");
    public static readonly Problem AnswerTooLong = new("referral.answer-too-long", ("最多{0}个字，现在是{1}个。", "At most {0} characters; there are {1}."), "Text");
    public static readonly Problem ReturnReasonMissing = new("referral.return-reason-missing", ("请选择退回的原因。", "Choose why it is returned."), "Why");
    public static readonly Problem NoteMissing = new("referral.note-missing", ("请写清楚应找哪里办，或还需要补充什么。", "Say where it should go instead, or what is still missing."), "Note");
    public static readonly Problem NoteTooLong = new("referral.note-too-long", ("最多{0}个字，现在是{1}个。", "At most {0} characters; there are {1}."), "Note");
}
