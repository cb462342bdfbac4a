using Hele.Civic.Platform.Storage;

namespace Hele.Civic.Platform.Accounts;

/// <summary>
/// A way to sign in. Installation-wide: it says nothing about which jurisdictions a person belongs to beyond <see cref="AccountPlace"/>, and
/// holds no readable phone number.
/// </summary>
[Exempt("sign-in data; who a person is and may do stands in Person and Post, which are in the log")]
public sealed class Account
{
    public const int SignInNameLength = 60;

    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>Compared in its normalized form: trimmed, NFKC, lower case. Null for who signs in by phone alone.</summary>
    public required string? SignInName { get; init; }

    public string? PasswordHash { get; set; }

    /// <summary>Changes with every change of credentials; a session begun under an older one is over.</summary>
    public Guid Stamp { get; set; } = Guid.NewGuid();

    /// <summary>Set with a one-time password: the first sign-in must choose another.</summary>
    public bool MustChangePassword { get; set; }

    /// <summary>When the password was set; null for who has none.</summary>
    public DateTimeOffset? PasswordSetAt { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The number that codes are sent to, sealed under the account's key; digits only.</summary>
    public byte[]? PhoneSealed { get; set; }

    /// <summary>What an account is found by when somebody types their number; the same everywhere in the installation.</summary>
    public byte[]? PhoneIndex { get; set; }

    /// <summary>The secret of the authenticator app, sealed.</summary>
    public byte[]? TotpSealed { get; set; }

    /// <summary>The time step of the last code that was accepted: neither it nor an earlier one is accepted again.</summary>
    public long? TotpStep { get; set; }
}

/// <summary>In which jurisdictions an account has a person, so that signing in need not search every register.</summary>
[Exempt("an index over Person.AccountId, which is in the log")]
public sealed class AccountPlace
{
    public required Guid AccountId { get; init; }
    public required int JurisdictionId { get; init; }
}

/// <summary>How somebody showed who they are.</summary>
public enum SignInMethod { Password, PasswordAndApp, PasswordAndRecoveryCode, PhoneCode, PhoneCodeAndApp, PhoneCodeAndRecoveryCode, Passkey }

/// <summary>One browser in which somebody is signed in. The browser holds a random token, this row its hash.</summary>
[Exempt("who is signed in where at the moment; gone when the session is")]
public sealed class SignInSession
{
    public const int DeviceLength = 60;

    public Guid Id { get; init; } = Guid.NewGuid();
    public required byte[] TokenHash { get; init; }
    public required Guid AccountId { get; init; }

    /// <summary>The account's stamp when the session began.</summary>
    public required Guid Stamp { get; init; }

    public required SignInMethod Method { get; init; }

    /// <summary>The first factor was shown, the second is still awaited: nobody is signed in yet.</summary>
    public required bool AwaitsSecondFactor { get; init; }

    /// <summary>Browser and system in words, never the whole user agent: "Firefox / Linux".</summary>
    public required string Device { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Over when nothing is asked for until then. Moved forward in steps, so that it is no record of when somebody was at work.</summary>
    public required DateTimeOffset IdleUntil { get; set; }

    /// <summary>Over then in any case.</summary>
    public required DateTimeOffset EndsAt { get; init; }

    /// <summary>The last day it was used. Nothing finer is kept.</summary>
    public required DateOnly SeenOn { get; set; }
}

/// <summary>A passkey (WebAuthn credential): the public half of a key that lies in somebody's device.</summary>
[Exempt("sign-in data")]
public sealed class Passkey
{
    public const int NameLength = 40;

    public Guid Id { get; init; } = Guid.NewGuid();
    public required Guid AccountId { get; init; }
    public required byte[] CredentialId { get; init; }
    public required byte[] PublicKey { get; init; }
    public required long SignCount { get; set; }

    /// <summary>What its owner calls it: 办公室电脑.</summary>
    public required string Name { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
}

/// <summary>What a passkey is asked to sign: random, for one use within minutes.</summary>
[Exempt("a question put to a passkey, gone with its answer or after minutes")]
public sealed class PasskeyChallenge
{
    public Guid Id { get; init; } = Guid.NewGuid();

    /// <summary>Who registers a passkey; null for signing in.</summary>
    public required Guid? AccountId { get; init; }

    public required byte[] Challenge { get; init; }
    public required DateTimeOffset ExpiresAt { get; init; }
}

/// <summary>A recovery code that hasn't been used yet, as a slow hash. Using it removes the row.</summary>
[Exempt("sign-in data")]
public sealed class RecoveryCode
{
    public Guid Id { get; init; } = Guid.NewGuid();
    public required Guid AccountId { get; init; }

    /// <summary>The same for all codes of one set, so that one slow hash finds the code among them.</summary>
    public required byte[] Salt { get; init; }

    public required byte[] Hash { get; init; }
}

/// <summary>An earlier password, kept only where the profile refuses to take one again.</summary>
[Exempt("sign-in data")]
public sealed class OldPassword
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public required Guid AccountId { get; init; }
    public required string Hash { get; init; }
}

/// <summary>A code for signing in by phone, whether or not the number is anybody's.</summary>
[Exempt("a code that is worthless after minutes; the row counts towards the limits for a day")]
public sealed class PhoneCode
{
    public Guid Id { get; init; } = Guid.NewGuid();

    /// <summary>Keyed hash of the number.</summary>
    public required byte[] NumberIndex { get; init; }

    /// <summary>Keyed hash of the address it was asked from.</summary>
    public required byte[] ClientIndex { get; init; }

    public required byte[] CodeHash { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public int Tries { get; set; }
    public bool Used { get; set; }
}

/// <summary>Failures to sign in, counted under a keyed hash of whose they are: no name and no address stands here.</summary>
[Exempt("counts that slow guessing down; forgotten after a day")]
public sealed class SignInCounter
{
    public required byte[] Key { get; init; }
    public int Failures { get; set; }
    public DateTimeOffset? NextTryAt { get; set; }
    public required DateTimeOffset CountedAt { get; set; }
}
