using System.Security.Cryptography;
using Hele.Civic.Kernel;
using Hele.Civic.Platform.Storage;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Hele.Civic.Platform.Accounts;

/// <summary>
/// Sign-in by name and password. An unknown name, a wrong password, an account without one and one that has to wait take the same path, the same hash
/// included.
/// </summary>
public sealed class Passwords(Database database, Attempts attempts, SignInPolicy policy, TimeProvider clock)
{
    /// <summary>PBKDF2 with HMAC-SHA-512, as OWASP's password storage cheat sheet advises; older hashes are made anew at the next sign-in.</summary>
    private const int Iterations = 210_000;

    private static readonly PasswordHasher<Account> Hasher = new(Options.Create(new PasswordHasherOptions { IterationCount = Iterations }));
    private static readonly Lazy<string> Nobody = new(() => Hash(RandomNumberGenerator.GetHexString(32)));

    private long _comparisons;

    /// <summary>How often a password was compared, the dearest thing a stranger can ask for.</summary>
    public long Comparisons => Interlocked.Read(ref _comparisons);

    public static readonly Problem Wrong = new("sign-in.wrong", ("登录名或密码不对。", "The sign-in name or the password is wrong."));
    public static readonly Problem WrongOld = new("sign-in.wrong-old", ("现在的密码不对。", "The present password is wrong."), "OldPassword");
    public static readonly Problem Wait = new("sign-in.wait", ("试得太多了，请过{0}分钟再试。", "Too many tries. Please try again in {0} min."));
    public static readonly Problem Same = new("sign-in.same", ("新密码不能和原来的一样。", "The new password must differ from the old one."), "NewPassword");
    public static readonly Problem NotAgain = new("sign-in.not-again", ("这个密码用过，最近{0}个用过的密码不能再用。", "This password was used before; the last {0} can't be taken again."), "NewPassword");
    public static readonly Problem NotRepeated = new("sign-in.not-repeated", ("两次输入的新密码不一致。", "The two new passwords differ."), "Repeat");

    /// <summary>Slow on purpose: call it outside the writer.</summary>
    public static string Hash(string password) => Hasher.HashPassword(null!, password);

    public static string NormalizeName(string name) => ChineseText.Normalize(name).ToLowerInvariant();

    /// <summary>"Wait" with the time told in whole minutes.</summary>
    public static Problem WaitFor(TimeSpan wait) => Wait.With(Math.Max(1, (int)Math.Ceiling(wait.TotalMinutes)));

    /// <summary>Checks a name and password.</summary>
    public async Task<(Account? Account, Problem? Problem)> SignIn(string? name, string? password, SignInClient? client = null, CancellationToken cancel = default)
    {
        var key = NormalizeName(name ?? "");
        if (key.Length > Account.SignInNameLength)
            key = key[..Account.SignInNameLength];
        Account? account;
        await using (var lease = await database.Read([], cancel))
            account = await lease.Db.Accounts.SingleOrDefaultAsync(a => a.SignInName == key, cancel);
        var attempt = await attempts.Begin("password", key, account?.Id, client ?? SignInClient.Nobody);
        var (right, old) = Compare(account?.PasswordHash, password);
        if (attempt.Wait is { } wait)
            return (null, WaitFor(wait));
        // A one-time password that nobody used in time is as wrong as any other.
        var late = account is { MustChangePassword: true, PasswordSetAt: { } set } && set + policy.Profile.OneTimeLasts < clock.Now();
        if (account is null || !right || late)
            return (null, Wrong);
        await attempts.Succeeded(attempt);
        if (old)
        {
            var hash = Hash(password!);
            await database.Operate(async db =>
            {
                if (await db.Accounts.AsTracking().SingleOrDefaultAsync(a => a.Id == account.Id && a.PasswordHash == account.PasswordHash, cancel) is { } row)
                    row.PasswordHash = hash;
            });
        }
        return (account, null);
    }

    /// <summary>Whether the password in use must be changed before anything else: it is a one-time one, or older than the profile allows.</summary>
    public bool MustChange(Account account) => MustChange(account.MustChangePassword, account.PasswordSetAt);

    internal bool MustChange(bool oneTime, DateTimeOffset? setAt) => oneTime || (policy.Profile.ChangeAfter is { } after && setAt is { } set && set + after < clock.Now());

    /// <summary>Sets a new password. Every session of the account ends with the old stamp; the caller begins a new one for this browser.</summary>
    /// <param name="names">What else the password may not consist of: the person's name.</param>
    public async Task<IReadOnlyList<Problem>> Change(Guid accountId, string? oldPassword, string? newPassword, string? repeat, SignInClient client, IEnumerable<string> names, CancellationToken cancel = default)
    {
        Account account;
        string[] before;
        await using (var lease = await database.Read([], cancel))
        {
            account = await lease.Db.Accounts.SingleAsync(a => a.Id == accountId, cancel);
            before = await lease.Db.Set<OldPassword>().Where(o => o.AccountId == accountId).OrderByDescending(o => o.Id).Take(Math.Max(0, policy.Profile.NotAgain - 1)).Select(o => o.Hash).ToArrayAsync(cancel);
        }
        var chosen = newPassword ?? "";
        var problems = new List<Problem>(PasswordRules.Check(policy.Profile, chosen, [account.SignInName, .. names]));
        if (problems.Count == 0 && policy.Breached?.Contains(chosen) == true) problems.Add(PasswordRules.Breached);
        if (chosen != (repeat ?? "")) problems.Add(NotRepeated);
        if (chosen == oldPassword) problems.Add(Same);
        if (problems.Count > 0)
            return problems;
        var attempt = await attempts.Begin("change", accountId.ToString("N"), accountId, client);
        var (right, _) = Compare(account.PasswordHash, oldPassword);
        if (attempt.Wait is { } wait)
            return [WaitFor(wait)];
        if (!right)
            return [WrongOld];
        await attempts.Succeeded(attempt);
        if (policy.Profile.NotAgain > 0 && before.Any(hash => Hasher.VerifyHashedPassword(null!, hash, chosen) != PasswordVerificationResult.Failed))
            return [NotAgain.With(policy.Profile.NotAgain)];
        var fresh = Hash(chosen);
        await database.Operate(async db =>
        {
            var row = await db.Accounts.AsTracking().SingleAsync(a => a.Id == accountId, cancel);
            var old = await db.Set<OldPassword>().AsTracking().Where(o => o.AccountId == accountId).OrderByDescending(o => o.Id).ToListAsync(cancel);
            // With the one in use they make up the number that may not be taken again.
            var keep = Math.Max(0, policy.Profile.NotAgain - 1);
            if (keep > 0 && row is { PasswordHash: { } replaced, MustChangePassword: false })
            {
                db.Add(new OldPassword { AccountId = accountId, Hash = replaced });
                keep--;
            }
            db.RemoveRange(old.Skip(keep));
            (row.PasswordHash, row.MustChangePassword, row.PasswordSetAt, row.Stamp) = (fresh, false, clock.Now(), Guid.NewGuid());
            db.RemoveRange(await db.Set<SignInSession>().AsTracking().Where(s => s.AccountId == accountId).ToListAsync(cancel));
        });
        return [];
    }

    /// <summary>The account behind a signed-in viewer, as it is now.</summary>
    public async Task<Account> Find(Guid accountId, CancellationToken cancel = default)
    {
        await using var lease = await database.Read([], cancel);
        return await lease.Db.Accounts.SingleAsync(a => a.Id == accountId, cancel);
    }

    /// <summary>One comparison, whether or not there is anything to compare with.</summary>
    private (bool Right, bool Old) Compare(string? hash, string? password)
    {
        var typed = password is { Length: > 0 and <= PasswordRules.MaxLength } ? password : "";
        Interlocked.Increment(ref _comparisons);
        var result = Hasher.VerifyHashedPassword(null!, hash ?? Nobody.Value, typed);
        return (hash is not null && typed.Length > 0 && result != PasswordVerificationResult.Failed, result == PasswordVerificationResult.SuccessRehashNeeded);
    }
}
