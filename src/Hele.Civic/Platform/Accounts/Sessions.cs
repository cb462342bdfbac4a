using System.Security.Cryptography;
using System.Text;
using Hele.Civic.Kernel;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.Platform.Accounts;

/// <summary>A session as it stands at this request, with what its account may and must do.</summary>
public sealed record LiveSession(Guid Id, Guid AccountId, Guid Stamp, SignInMethod Method, bool AwaitsSecondFactor, DateTimeOffset CreatedAt, bool MustChangePassword, bool HasSecondFactor);

/// <summary>One of a person's sessions, as they see it.</summary>
/// <param name="Device">Browser and system; empty when the browser said nothing we know.</param>
public sealed record SessionLine(Guid Id, string Device, SignInMethod Method, DateTimeOffset Since, DateOnly SeenOn, bool IsThis);

/// <summary>
/// Sessions are kept by the server: the browser holds a random token and nothing else. Each request looks its session up, so one that was ended is
/// over at the next request.
/// </summary>
public sealed class Sessions(Database database, Passwords passwords, SignInPolicy policy, TimeProvider clock)
{
    /// <summary>Sessions one account may have at a time; a further one ends the oldest.</summary>
    public const int Most = 20;

    /// <summary>How long the second factor is waited for.</summary>
    public static readonly TimeSpan SecondFactorWithin = TimeSpan.FromMinutes(10);

    /// <summary>A sign-in this recent lets its person change how they sign in; later they show once more who they are.</summary>
    public static readonly TimeSpan Fresh = TimeSpan.FromMinutes(15);

    /// <summary>Begins a session and returns its token, 256 random bits that are stored nowhere else. A new one at every sign-in: what a browser held before is ended.</summary>
    /// <param name="replaces">The token this browser held.</param>
    public async Task<string> Begin(Guid accountId, SignInMethod method, bool awaitsSecondFactor, string device, string? replaces)
    {
        var token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        var now = clock.Now();
        var (idle, longest) = awaitsSecondFactor ? (SecondFactorWithin, SecondFactorWithin) : Limits(method);
        var replaced = replaces is null ? null : HashOf(replaces);
        await database.Operate(async db =>
        {
            var account = await db.Accounts.SingleAsync(a => a.Id == accountId);
            var sessions = await db.Set<SignInSession>().AsTracking().Where(s => s.AccountId == accountId || s.TokenHash == replaced).OrderByDescending(s => s.CreatedAt).ToListAsync();
            db.RemoveRange(sessions.Where(s => s.TokenHash.AsSpan().SequenceEqual(replaced)).Union(sessions.Where(s => s.AccountId == accountId).Skip(Most - 1)));
            db.Add(new SignInSession
            {
                TokenHash = HashOf(token), AccountId = accountId, Stamp = account.Stamp, Method = method, AwaitsSecondFactor = awaitsSecondFactor, Device = device,
                CreatedAt = now, IdleUntil = now + idle, EndsAt = now + longest, SeenOn = clock.Today(),
            });
        });
        return token;
    }

    /// <summary>The session behind a token; null when it was ended, has timed out, or the account's credentials have changed.</summary>
    public async Task<LiveSession?> Find(string token, CancellationToken cancel = default)
    {
        var (hash, now) = (HashOf(token), clock.Now());
        SignInSession? session;
        Account? account;
        bool hasPasskey;
        await using (var lease = await database.Read([], cancel))
        {
            var db = lease.Db;
            session = await db.Set<SignInSession>().SingleOrDefaultAsync(s => s.TokenHash == hash, cancel);
            if (session is null)
                return null;
            account = await db.Accounts.SingleOrDefaultAsync(a => a.Id == session.AccountId, cancel);
            if (account is null || account.Stamp != session.Stamp)
                return null;
            hasPasskey = await db.Set<Passkey>().AnyAsync(p => p.AccountId == account.Id, cancel);
        }
        var idle = session.AwaitsSecondFactor ? SecondFactorWithin : Limits(session.Method).Idle;
        if (session.EndsAt <= now || session.IdleUntil <= now || IsOfAnotherTime(session, idle, now))
        {
            // Gone at once and not only at the next sweep: what was refused once is not good again when the clock is set back.
            try
            {
                await End(token);
            }
            catch (Exception failure) when (failure is DbUpdateConcurrencyException || StorageTrouble.Of(failure) is not null)
            {
                // Another request of the same browser was faster; or it can't be saved, and is refused all the same.
            }
            return null;
        }
        // In steps of a sixth: a write per request would be dear, and a record of every click is nobody's business.
        if (!session.AwaitsSecondFactor && session.IdleUntil < now + (idle * 5 / 6))
        {
            try
            {
                await database.Operate(async db =>
                {
                    if (await db.Set<SignInSession>().AsTracking().SingleOrDefaultAsync(s => s.Id == session.Id, cancel) is { } row)
                        (row.IdleUntil, row.SeenOn) = (now + idle, clock.Today());
                });
            }
            catch (Exception failure) when (StorageTrouble.Of(failure) is not null)
            {
                // Whoever only reads can go on reading while nothing can be saved; the session lasts as long as it did.
            }
        }
        var byPassword = session.Method is SignInMethod.Password or SignInMethod.PasswordAndApp or SignInMethod.PasswordAndRecoveryCode;
        return new LiveSession(session.Id, account.Id, account.Stamp, session.Method, session.AwaitsSecondFactor, session.CreatedAt,
            account.PasswordHash is not null && (account.MustChangePassword || (byPassword && passwords.MustChange(account))), account.TotpSealed is not null || hasPasskey);
    }

    /// <summary>
    /// Begun, or gone on with, later than now: the clock was set back since. How long it has lasted can't be known any more, and one that was begun while the clock ran
    /// months ahead would last for months; its person signs in again.
    /// </summary>
    private static bool IsOfAnotherTime(SignInSession session, TimeSpan idle, DateTimeOffset now) => session.CreatedAt > now + ClockTolerance || session.IdleUntil > now + idle + ClockTolerance;

    /// <summary>What clocks are set right by every day, and what two nodes' clocks may differ by.</summary>
    private static readonly TimeSpan ClockTolerance = TimeSpan.FromMinutes(5);

    public async Task<IReadOnlyList<SessionLine>> Of(Guid accountId, Guid present, CancellationToken cancel = default)
    {
        var now = clock.Now();
        await using var lease = await database.Read([], cancel);
        return await lease.Db.Set<SignInSession>().Where(s => s.AccountId == accountId && !s.AwaitsSecondFactor && s.EndsAt > now && s.IdleUntil > now).OrderByDescending(s => s.CreatedAt)
            .Select(s => new SessionLine(s.Id, s.Device, s.Method, s.CreatedAt, s.SeenOn, s.Id == present)).ToListAsync(cancel);
    }

    public Task End(string token)
    {
        var hash = HashOf(token);
        return Remove(s => s.Where(x => x.TokenHash == hash));
    }

    /// <summary>Ends one of an account's sessions. Another account's id ends nothing, like one that doesn't exist.</summary>
    public Task End(Guid accountId, Guid session) => Remove(s => s.Where(x => x.AccountId == accountId && x.Id == session));

    /// <summary>Signs out everywhere, except where it is said.</summary>
    public Task EndAll(Guid accountId, Guid? except = null) => Remove(s => s.Where(x => x.AccountId == accountId && x.Id != except));

    /// <summary>Removes what has timed out.</summary>
    public async Task Sweep()
    {
        var now = clock.Now();
        await Remove(s => s.Where(x => x.EndsAt <= now || x.IdleUntil <= now));
        await database.Operate(async db => db.RemoveRange(await db.Set<PasskeyChallenge>().AsTracking().Where(c => c.ExpiresAt <= now).ToListAsync()));
    }

    private Task Remove(Func<IQueryable<SignInSession>, IQueryable<SignInSession>> which) => database.Operate(async db =>
        db.RemoveRange(await which(db.Set<SignInSession>().AsTracking()).ToListAsync()));

    private (TimeSpan Idle, TimeSpan Longest) Limits(SignInMethod method) => method is SignInMethod.PhoneCode or SignInMethod.PhoneCodeAndApp or SignInMethod.PhoneCodeAndRecoveryCode
        ? (policy.Profile.PhoneIdle, policy.Profile.PhoneLongest)
        : (policy.Profile.Idle, policy.Profile.Longest);

    private static byte[] HashOf(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));
}
