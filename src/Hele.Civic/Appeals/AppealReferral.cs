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

    public required string Reason { get; init; }
    public required Guid PostId { get; init; }
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
