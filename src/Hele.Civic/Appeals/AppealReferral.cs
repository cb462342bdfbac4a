using Hele.Civic.Platform.Storage;

namespace Hele.Civic.Appeals;

/// <summary>
/// The community's side of a matter that went up: who referred it, why, to whom. It is joined to the sub-district's <see cref="Referral"/> by
/// that one's public code, never by a key.
/// </summary>
public sealed class AppealReferral : Owned
{
    public const int ReasonLength = 500;

    public required Guid AppealId { get; init; }

    /// <summary>Public code of the record above.</summary>
    public required string ReferralCode { get; init; }

    /// <summary>The name of the sub-district.</summary>
    public required string Unit { get; init; }

    /// <summary>How many answers the appeal had had: going up sets an unjudged one aside.</summary>
    public required int Round { get; init; }

    /// <summary>The resident's own button, not the community's judgement.</summary>
    public required bool ByResident { get; init; }

    /// <summary>Why; null where the resident pressed the button without a word.</summary>
    public string? Reason { get; init; }

    /// <summary>The post that referred it, or took the resident's word down; null when the resident did it.</summary>
    public Guid? PostId { get; init; }

    public required DateOnly ReferredOn { get; init; }
    public required DateTimeOffset LoggedAt { get; init; }

    /// <summary>The day the sub-district was to answer by.</summary>
    public required DateOnly DueOn { get; init; }
}

/// <summary>The community's side of a return: why the sub-district gave the matter back.</summary>
public sealed class AppealReturn : Owned
{
    public required Guid AppealId { get; init; }
    public required string ReferralCode { get; init; }
    public required string Unit { get; init; }
    public required ReturnReason Reason { get; init; }
    public required string Note { get; init; }
    public required DateOnly ReturnedOn { get; init; }
    public required DateTimeOffset LoggedAt { get; init; }
}
