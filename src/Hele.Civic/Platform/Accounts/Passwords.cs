using System.Security.Cryptography;
using Hele.Civic.Kernel;
using Hele.Civic.Platform.Storage;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.Platform.Accounts;

/// <summary>Sign-in by name and password. Wrong name and wrong password take the same path and the same time.</summary>
public sealed class Passwords(Database database, TimeProvider clock)
{
    /// <summary>Shortest password one may choose.</summary>
    public const int MinLength = 10;

    /// <summary>Longest, so that hashing can't be made to take minutes.</summary>
    public const int MaxLength = 128;

    /// <summary>Failures after which the next try has to wait.</summary>
    public const int FreeFailures = 5;

    private static readonly PasswordHasher<Account> Hasher = new();
    private static readonly string Nobody = Hash(RandomNumberGenerator.GetHexString(32));

    public static readonly Problem Wrong = new("sign-in.wrong", ("登录名或密码不对。", "The sign-in name or the password is wrong."));
    public static readonly Problem Wait = new("sign-in.wait", ("试得太多了，请过一分钟再试。", "Too many tries. Please wait a minute."));
    public static readonly Problem TooShort = new("sign-in.too-short", ("新密码至少10个字符。", "The new password has at least 10 characters."), "NewPassword");
    public static readonly Problem TooLong = new("sign-in.too-long", ("密码最多128个字符。", "A password has at most 128 characters."), "NewPassword");
    public static readonly Problem Same = new("sign-in.same", ("新密码不能和原来的一样。", "The new password must differ from the old one."), "NewPassword");
    public static readonly Problem NotRepeated = new("sign-in.not-repeated", ("两次输入的新密码不一致。", "The two new passwords differ."), "Repeat");

    /// <summary>Slow on purpose: call it outside the writer.</summary>
    public static string Hash(string password) => Hasher.HashPassword(null!, password);

    public static string NormalizeName(string name) => ChineseText.Normalize(name).ToLowerInvariant();

    /// <summary>Checks a name and password.</summary>
    public async Task<(Account? Account, Problem? Problem)> SignIn(string? name, string? password, CancellationToken cancel = default)
    {
        var key = NormalizeName(name ?? "");
        Account? account;
        await using (var lease = await database.Read([], cancel))
            account = await lease.Db.Accounts.SingleOrDefaultAsync(a => a.SignInName == key, cancel);
        if (account?.NextTryAt > clock.Now())
            return (null, Wait);
        var typed = password is { Length: > 0 and <= MaxLength } ? password : "";
        var verified = Hasher.VerifyHashedPassword(null!, account?.PasswordHash ?? Nobody, typed) != PasswordVerificationResult.Failed;
        if (account?.PasswordHash is null || typed.Length == 0 || !verified)
        {
            if (account is not null)
                await Count(account.Id, failed: true);
            return (null, Wrong);
        }
        if (account.FailedSignIns > 0)
            await Count(account.Id, failed: false);
        return (account, null);
    }

    /// <summary>Sets a new password; every other session of the account ends with the old stamp.</summary>
    public async Task<IReadOnlyList<Problem>> Change(Guid accountId, string? oldPassword, string? newPassword, string? repeat, CancellationToken cancel = default)
    {
        var problems = new List<Problem>();
        var chosen = newPassword ?? "";
        if (chosen.Length < MinLength) problems.Add(TooShort);
        if (chosen.Length > MaxLength) problems.Add(TooLong);
        if (chosen != (repeat ?? "")) problems.Add(NotRepeated);
        if (chosen == oldPassword) problems.Add(Same);
        if (problems.Count > 0)
            return problems;
        string name;
        await using (var lease = await database.Read([], cancel))
            name = await lease.Db.Accounts.Where(a => a.Id == accountId).Select(a => a.SignInName).SingleAsync(cancel);
        if ((await SignIn(name, oldPassword, cancel)).Problem is { } wrong)
            return [wrong.On("OldPassword")];
        var hash = Hash(chosen);
        await database.Operate(async db =>
        {
            var account = await db.Accounts.AsTracking().SingleAsync(a => a.Id == accountId, cancel);
            account.PasswordHash = hash;
            account.MustChangePassword = false;
            account.Stamp = Guid.NewGuid();
        });
        return [];
    }

    /// <summary>The account behind a signed-in viewer, as it is now.</summary>
    public async Task<Account> Find(Guid accountId, CancellationToken cancel = default)
    {
        await using var lease = await database.Read([], cancel);
        return await lease.Db.Accounts.SingleAsync(a => a.Id == accountId, cancel);
    }

    private Task Count(Guid accountId, bool failed) => database.Operate(async db =>
    {
        var account = await db.Accounts.AsTracking().SingleAsync(a => a.Id == accountId);
        account.FailedSignIns = failed ? account.FailedSignIns + 1 : 0;
        account.NextTryAt = account.FailedSignIns >= FreeFailures ? clock.Now().AddMinutes(1) : null;
    });
}
