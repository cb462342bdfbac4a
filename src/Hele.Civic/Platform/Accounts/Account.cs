using Hele.Civic.Platform.Storage;

namespace Hele.Civic.Platform.Accounts;

/// <summary>
/// A way to sign in. Installation-wide: it says nothing about which jurisdictions a person belongs to beyond <see cref="AccountPlace"/>,
/// and holds no phone number.
/// </summary>
[Exempt("sign-in data; who a person is and may do stands in Person and Post, which are in the log")]
public sealed class Account
{
    public const int SignInNameLength = 60;

    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>Compared in its normalized form: trimmed, NFKC, lower case.</summary>
    public required string SignInName { get; init; }

    public string? PasswordHash { get; set; }

    /// <summary>Changes with every change of credentials; a cookie with an older one is signed out.</summary>
    public Guid Stamp { get; set; } = Guid.NewGuid();

    /// <summary>Set with a one-time password: the first sign-in must choose another.</summary>
    public bool MustChangePassword { get; set; }

    public int FailedSignIns { get; set; }

    /// <summary>No sign-in is tried before this time; only delays, never locks out for good.</summary>
    public DateTimeOffset? NextTryAt { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }
}

/// <summary>In which jurisdictions an account has a person, so that signing in need not search every register.</summary>
[Exempt("an index over Person.AccountId, which is in the log")]
public sealed class AccountPlace
{
    public required Guid AccountId { get; init; }
    public required int JurisdictionId { get; init; }
}
