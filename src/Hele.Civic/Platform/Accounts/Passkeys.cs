using System.Text.Json;
using Fido2NetLib;
using Fido2NetLib.Objects;
using Hele.Civic.Kernel;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.Platform.Accounts;

/// <summary>This site as a passkey knows it.</summary>
/// <param name="Host">The name without a port, which the key is bound to.</param>
/// <param name="Origin">Scheme, name and port, as the browser reports it.</param>
public sealed record RelyingParty(string Host, string Origin);

/// <summary>What the browser is handed, and under which number the server keeps the question.</summary>
public sealed record PasskeyQuestion(Guid Id, string Options);

/// <summary>
/// Passkeys: registration, and sign-in without a password. The device must have made sure of its owner (user verification), so a passkey is both
/// factors. No attestation is asked for: which make of device somebody owns is not ours to know.
/// </summary>
public sealed class Passkeys(Database database, TimeProvider clock)
{
    /// <summary>How long a question stays open.</summary>
    public static readonly TimeSpan Open = TimeSpan.FromMinutes(5);

    /// <summary>Most passkeys of one account.</summary>
    public const int Most = 10;

    public static readonly Problem Failed = new("passkey.failed", ("通行密钥没有通过验证，请再试一次。", "The passkey was not accepted. Please try again."));
    public static readonly Problem NameMissing = new("passkey.name-missing", ("请给这个通行密钥起个名字，最多40个字。", "Give the passkey a name, at most 40 characters."), "Name");
    public static readonly Problem TooMany = new("passkey.too-many", ("最多10个通行密钥，请先移除不用的。", "There may be 10 passkeys at most. Remove those you don't use."));
    public static readonly Problem KnownAlready = new("passkey.known-already", ("这个通行密钥已经登记过。", "This passkey is registered already."), Kind: ProblemKind.Conflict);

    private static readonly AuthenticatorSelection Selection = new() { ResidentKey = ResidentKeyRequirement.Required, UserVerification = UserVerificationRequirement.Required };

    /// <param name="name">How the account is called in the device's own list.</param>
    public async Task<PasskeyQuestion> AskToRegister(Guid accountId, string name, RelyingParty site, CancellationToken cancel = default)
    {
        List<PublicKeyCredentialDescriptor> known;
        await using (var lease = await database.Read([], cancel))
            known = [.. (await lease.Db.Set<Passkey>().Where(p => p.AccountId == accountId).Select(p => p.CredentialId).ToListAsync(cancel)).Select(id => new PublicKeyCredentialDescriptor(id))];
        var challenge = NewChallenge();
        var id = await Keep(accountId, challenge);
        return new PasskeyQuestion(id, Creation(Configuration(site), challenge, accountId, name, known).ToJson());
    }

    public async Task<FactorAdded> Register(Guid accountId, Guid question, string? name, string? answer, RelyingParty site, CancellationToken cancel = default)
    {
        var called = ChineseText.Normalize(name);
        if (called.Length is 0 or > Passkey.NameLength)
            return NameMissing;
        if (await Take(question, accountId) is not { } challenge || Read<AuthenticatorAttestationRawResponse>(answer) is not { } response)
            return Failed;
        RegisteredPublicKeyCredential made;
        try
        {
            var configuration = Configuration(site);
            made = await new Fido2(configuration).MakeNewCredentialAsync(new MakeNewCredentialParams
            {
                AttestationResponse = response,
                OriginalOptions = Creation(configuration, challenge, accountId, "", []),
                // Uniqueness is the database's business.
                IsCredentialIdUniqueToUserCallback = (_, _) => Task.FromResult(true),
            }, cancel);
        }
        catch (Exception refused) when (refused is Fido2VerificationException or ArgumentException or FormatException or InvalidOperationException)
        {
            return Failed;
        }
        var fresh = SecondFactors.NewCodes();
        var first = false;
        Problem? problem = null;
        try
        {
            await database.Operate(async db =>
            {
                if (await db.Set<Passkey>().CountAsync(p => p.AccountId == accountId) >= Most)
                {
                    problem = TooMany;
                    return;
                }
                db.Add(new Passkey { AccountId = accountId, CredentialId = made.Id, PublicKey = made.PublicKey, SignCount = made.SignCount, Name = called, CreatedAt = clock.Now() });
                first = await SecondFactors.AddCodesIfNone(db, accountId, fresh);
            });
        }
        catch (DbUpdateException)
        {
            return KnownAlready;
        }
        return problem is not null ? problem : new FactorAdded(null, first ? fresh.Codes : []);
    }

    public async Task<PasskeyQuestion> AskToSignIn(RelyingParty site)
    {
        var challenge = NewChallenge();
        var id = await Keep(null, challenge);
        return new PasskeyQuestion(id, Assertion(Configuration(site), challenge).ToJson());
    }

    /// <summary>Whose passkey answered; null when the answer is not good.</summary>
    public async Task<Guid?> SignIn(Guid question, string? answer, RelyingParty site, CancellationToken cancel = default)
    {
        if (await Take(question, null) is not { } challenge || Read<AuthenticatorAssertionRawResponse>(answer) is not { RawId: { } credential } response)
            return null;
        Passkey? key;
        await using (var lease = await database.Read([], cancel))
            key = await lease.Db.Set<Passkey>().SingleOrDefaultAsync(p => p.CredentialId == credential, cancel);
        if (key is null)
            return null;
        try
        {
            var configuration = Configuration(site);
            var result = await new Fido2(configuration).MakeAssertionAsync(new MakeAssertionParams
            {
                AssertionResponse = response, OriginalOptions = Assertion(configuration, challenge), StoredPublicKey = key.PublicKey, StoredSignatureCounter = (uint)key.SignCount,
                IsUserHandleOwnerOfCredentialIdCallback = (given, _) => Task.FromResult(given.UserHandle is { Length: 16 } handle && new Guid(handle, bigEndian: true) == key.AccountId),
            }, cancel);
            await database.Operate(async db => (await db.Set<Passkey>().AsTracking().SingleAsync(p => p.Id == key.Id, cancel)).SignCount = result.SignCount);
            return key.AccountId;
        }
        catch (Exception refused) when (refused is Fido2VerificationException or ArgumentException or FormatException or InvalidOperationException or DbUpdateConcurrencyException)
        {
            return null;
        }
    }

    private async Task<Guid> Keep(Guid? accountId, byte[] challenge)
    {
        var row = new PasskeyChallenge { AccountId = accountId, Challenge = challenge, ExpiresAt = clock.Now() + Open };
        await database.Operate(db =>
        {
            db.Add(row);
            return Task.CompletedTask;
        });
        return row.Id;
    }

    /// <summary>The challenge, once: whoever sends the same answer again finds none.</summary>
    private async Task<byte[]?> Take(Guid id, Guid? accountId)
    {
        byte[]? challenge = null;
        try
        {
            await database.Operate(async db =>
            {
                var row = await db.Set<PasskeyChallenge>().AsTracking().SingleOrDefaultAsync(c => c.Id == id && c.AccountId == accountId);
                if (row is null)
                    return;
                db.Remove(row);
                challenge = row.ExpiresAt > clock.Now() ? row.Challenge : null;
            });
        }
        catch (DbUpdateConcurrencyException)
        {
            return null;
        }
        return challenge;
    }

    private static byte[] NewChallenge() => System.Security.Cryptography.RandomNumberGenerator.GetBytes(32);

    private static Fido2Configuration Configuration(RelyingParty site) => new() { RPID = site.Host, RPName = "Hele", Origins = new HashSet<string> { site.Origin } };

    private static CredentialCreateOptions Creation(Fido2Configuration configuration, byte[] challenge, Guid account, string name, IReadOnlyList<PublicKeyCredentialDescriptor> known) =>
        CredentialCreateOptions.Create(configuration, challenge, new Fido2User { Id = account.ToByteArray(bigEndian: true), Name = name, DisplayName = name }, Selection,
            AttestationConveyancePreference.None, known, null!, [PubKeyCredParam.ES256, PubKeyCredParam.RS256, PubKeyCredParam.Ed25519]);

    private static AssertionOptions Assertion(Fido2Configuration configuration, byte[] challenge) => AssertionOptions.Create(configuration, challenge, [], UserVerificationRequirement.Required, null!);

    private static T? Read<T>(string? json) where T : class
    {
        try
        {
            return json is { Length: > 0 and < 20_000 } ? JsonSerializer.Deserialize<T>(json) : null;
        }
        catch (Exception broken) when (broken is JsonException or FormatException or NotSupportedException)
        {
            return null;
        }
    }
}
