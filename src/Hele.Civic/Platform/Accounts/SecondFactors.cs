using System.Security.Cryptography;
using System.Text;
using Hele.Civic.Kernel;
using Hele.Civic.Platform.Sealing;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.Platform.Accounts;

/// <summary>How an account can be signed in to, for the page of its owner.</summary>
public sealed record FactorsOf(string? SignInName, bool HasPassword, bool HasPhone, bool HasApp, int RecoveryCodesLeft, IReadOnlyList<PasskeyLine> Passkeys)
{
    public bool HasSecondFactor => HasApp || Passkeys.Count > 0;
}

public sealed record PasskeyLine(Guid Id, string Name, DateTimeOffset Since);

/// <summary>A factor that was set up, with fresh recovery codes when it is the first one; or why not.</summary>
public sealed record FactorAdded(Problem? Problem, IReadOnlyList<string> RecoveryCodes)
{
    public static implicit operator FactorAdded(Problem problem) => new(problem, []);
}

/// <summary>The second step of signing in: codes of an authenticator app, and recovery codes for the day the telephone is lost.</summary>
public sealed class SecondFactors(Database database, Seals seals, Attempts attempts, SignInPolicy policy)
{
    public const int RecoveryCodes = 10;

    /// <summary>Fewer than for passwords: a code is 59 random bits and no word anybody could guess.</summary>
    private const int RecoveryIterations = 50_000;

    public static readonly Problem WrongCode = new("second-factor.wrong", ("验证码不对，或已经用过。请输入验证器上现在显示的6位数字，或一个没用过的恢复码。", "The code is wrong or was used before. Type the six digits the app shows now, or an unused recovery code."), "Code");
    public static readonly Problem NotConfirmed = new("second-factor.not-confirmed", ("验证码不对。请确认手机时间准确，再输入现在显示的6位数字。", "The code is wrong. Make sure the telephone's clock is right and type the six digits it shows now."), "Code");
    public static readonly Problem ThereAlready = new("second-factor.there-already", ("已经设置过验证器。要换一个，请先移除原来的。", "There is an authenticator app already. To use another, remove the present one first."), Kind: ProblemKind.Conflict);
    public static readonly Problem NotTheLast = new("second-factor.not-the-last", ("岗位人员必须保留一种两步验证。请先设置另一种，再移除这一种。", "Whoever holds a post keeps a second factor. Set up another one first, then remove this one."), Kind: ProblemKind.Conflict);
    public static readonly Problem NoWayIn = new("second-factor.no-way-in", ("这是您唯一的登录方式，不能移除。", "This is your only way to sign in; it can't be removed."), Kind: ProblemKind.Conflict);

    public async Task<FactorsOf> Of(Guid accountId, CancellationToken cancel = default)
    {
        await using var lease = await database.Read([], cancel);
        var account = await lease.Db.Accounts.SingleAsync(a => a.Id == accountId, cancel);
        return new FactorsOf(account.SignInName, account.PasswordHash is not null, account.PhoneIndex is not null, account.TotpSealed is not null,
            await lease.Db.Set<RecoveryCode>().CountAsync(c => c.AccountId == accountId, cancel),
            await lease.Db.Set<Passkey>().Where(p => p.AccountId == accountId).OrderBy(p => p.CreatedAt).Select(p => new PasskeyLine(p.Id, p.Name, p.CreatedAt)).ToListAsync(cancel));
    }

    /// <summary>Sets the app up when it has shown that it knows the secret.</summary>
    public async Task<FactorAdded> AddApp(Guid accountId, byte[] secret, string? code, SignInClient client)
    {
        var attempt = await attempts.Begin("enrol", accountId.ToString("N"), accountId, client);
        if (attempt.Wait is { } wait)
            return Passwords.WaitFor(wait).On("Code");
        if (Totp.StepOf(secret, Digits(code), policy.CodeClock.Now(), null) is not { } step)
            return NotConfirmed;
        await attempts.Succeeded(attempt);
        var fresh = NewCodes();
        var (there, first) = (false, false);
        await database.Operate(async db =>
        {
            var account = await db.Accounts.AsTracking().SingleAsync(a => a.Id == accountId);
            if (there = account.TotpSealed is not null)
                return;
            account.TotpSealed = await seals.SealForAccount(db, accountId, nameof(Account.TotpSealed), secret);
            account.TotpStep = step;
            first = await AddCodesIfNone(db, accountId, fresh);
        });
        return there ? ThereAlready : new FactorAdded(null, first ? fresh.Codes : []);
    }

    /// <summary>Checks what was typed at the second step; a code of the app or a recovery code, each good once.</summary>
    /// <returns>Whether it was a recovery code; or why not.</returns>
    public async Task<(bool Recovery, Problem? Problem)> Check(Guid accountId, string? typed, SignInClient client)
    {
        var attempt = await attempts.Begin("second", accountId.ToString("N"), accountId, client);
        if (attempt.Wait is { } wait)
            return (false, Passwords.WaitFor(wait).On("Code"));
        var recovery = ChineseText.Normalize(typed).Count(char.IsLetterOrDigit) > Totp.Digits;
        if (!(recovery ? await UseRecoveryCode(accountId, typed) : await UseApp(accountId, Digits(typed))))
            return (recovery, WrongCode);
        await attempts.Succeeded(attempt);
        return (recovery, null);
    }

    /// <summary>Makes a new set of recovery codes; the old ones are worthless from then on.</summary>
    public async Task<IReadOnlyList<string>> RenewCodes(Guid accountId)
    {
        var fresh = NewCodes();
        await database.Operate(async db =>
        {
            db.RemoveRange(await db.Set<RecoveryCode>().AsTracking().Where(c => c.AccountId == accountId).ToListAsync());
            AddCodes(db, accountId, fresh);
        });
        return fresh.Codes;
    }

    /// <param name="mustKeepOne">The account's owner holds a post and the installation demands a second factor.</param>
    public async Task<Problem?> RemoveApp(Guid accountId, bool mustKeepOne)
    {
        Problem? problem = null;
        await database.Operate(async db =>
        {
            var account = await db.Accounts.AsTracking().SingleAsync(a => a.Id == accountId);
            var others = await db.Set<Passkey>().AnyAsync(p => p.AccountId == accountId);
            if (account.TotpSealed is null)
                return;
            if (!others && mustKeepOne)
            {
                problem = NotTheLast;
                return;
            }
            (account.TotpSealed, account.TotpStep) = (null, null);
            if (!others)
                await RemoveCodes(db, accountId);
        });
        return problem;
    }

    /// <param name="mustKeepOne">As for <see cref="RemoveApp"/>.</param>
    public async Task<Problem?> RemovePasskey(Guid accountId, Guid passkey, bool mustKeepOne)
    {
        Problem? problem = null;
        await database.Operate(async db =>
        {
            var account = await db.Accounts.SingleAsync(a => a.Id == accountId);
            var all = await db.Set<Passkey>().AsTracking().Where(p => p.AccountId == accountId).ToListAsync();
            if (all.SingleOrDefault(p => p.Id == passkey) is not { } row)
                return;
            var last = all.Count == 1 && account.TotpSealed is null;
            problem = last && mustKeepOne ? NotTheLast : last && account.PasswordHash is null && account.PhoneIndex is null ? NoWayIn : null;
            if (problem is not null)
                return;
            db.Remove(row);
            if (last)
                await RemoveCodes(db, accountId);
        });
        return problem;
    }

    /// <summary>Inside a change: a first second factor comes with recovery codes.</summary>
    internal static async Task<bool> AddCodesIfNone(HeleDb db, Guid accountId, FreshCodes fresh)
    {
        if (await db.Set<RecoveryCode>().AnyAsync(c => c.AccountId == accountId))
            return false;
        AddCodes(db, accountId, fresh);
        return true;
    }

    /// <param name="Codes">As they are shown, once.</param>
    internal sealed record FreshCodes(byte[] Salt, IReadOnlyList<string> Codes, IReadOnlyList<byte[]> Hashes);

    /// <summary>Slow: outside of any change.</summary>
    internal static FreshCodes NewCodes()
    {
        var salt = RandomNumberGenerator.GetBytes(16);
        string[] codes = [.. Enumerable.Range(0, RecoveryCodes).Select(_ => PublicCode.New().Text)];
        var hashes = new byte[codes.Length][];
        Parallel.For(0, codes.Length, i => hashes[i] = HashOf(codes[i], salt));
        return new FreshCodes(salt, codes, hashes);
    }

    private static void AddCodes(HeleDb db, Guid accountId, FreshCodes fresh) =>
        db.AddRange(fresh.Hashes.Select(hash => new RecoveryCode { AccountId = accountId, Salt = fresh.Salt, Hash = hash }));

    private static async Task RemoveCodes(HeleDb db, Guid accountId) => db.RemoveRange(await db.Set<RecoveryCode>().AsTracking().Where(c => c.AccountId == accountId).ToListAsync());

    private async Task<bool> UseApp(Guid accountId, string code)
    {
        var accepted = false;
        try
        {
            await database.Operate(async db =>
            {
                accepted = false;
                var account = await db.Accounts.AsTracking().SingleAsync(a => a.Id == accountId);
                if (account.TotpSealed is null || await seals.OpenForAccount(db, accountId, nameof(Account.TotpSealed), account.TotpSealed) is not { } secret)
                    return;
                if (Totp.StepOf(secret, code, policy.CodeClock.Now(), account.TotpStep) is not { } step)
                    return;
                // The step is taken in the same transaction: of two who send the same code at once, one is refused.
                account.TotpStep = step;
                accepted = true;
            });
        }
        catch (DbUpdateConcurrencyException)
        {
            return false;
        }
        return accepted;
    }

    private async Task<bool> UseRecoveryCode(Guid accountId, string? typed)
    {
        byte[]? salt;
        await using (var lease = await database.Read([]))
            salt = await lease.Db.Set<RecoveryCode>().Where(c => c.AccountId == accountId).Select(c => c.Salt).FirstOrDefaultAsync();
        if (!PublicCode.TryParse(typed, out var code))
            return false;
        var hash = HashOf(code.Text, salt ?? new byte[16]);
        var used = false;
        try
        {
            await database.Operate(async db =>
            {
                var found = await db.Set<RecoveryCode>().AsTracking().SingleOrDefaultAsync(c => c.AccountId == accountId && c.Hash == hash);
                if (used = found is not null)
                    db.Remove(found!);
            });
        }
        catch (DbUpdateConcurrencyException)
        {
            return false;
        }
        return used;
    }

    private static byte[] HashOf(string code, byte[] salt) => Rfc2898DeriveBytes.Pbkdf2(Encoding.ASCII.GetBytes(code), salt, RecoveryIterations, HashAlgorithmName.SHA512, 32);

    private static string Digits(string? typed) => string.Concat(ChineseText.Normalize(typed).Where(c => c != ' '));
}
