using System.Net;
using System.Net.Sockets;
using Hele.Civic.Kernel;
using Hele.Civic.Platform.Sealing;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.Platform.Accounts;

/// <summary>Where a try comes from.</summary>
/// <param name="Address">The network address; null inside the program.</param>
/// <param name="Device">The browser's own lasting number, when it has one.</param>
/// <param name="Known">Accounts that have signed in from this browser before.</param>
public sealed record SignInClient(IPAddress? Address, Guid? Device = null, IReadOnlyList<Guid>? Known = null)
{
    public static readonly SignInClient Nobody = new((IPAddress?)null);

    internal string Network => NetworkOf(Address);

    /// <summary>The address as it is counted, wherever something is: a household's IPv6 network (/64) is one client, however many addresses it gives itself.</summary>
    public static string NetworkOf(IPAddress? address) => address switch
    {
        null => "none",
        { IsIPv4MappedToIPv6: true } mapped => mapped.MapToIPv4().ToString(),
        { AddressFamily: AddressFamily.InterNetworkV6 } v6 => Convert.ToHexString(v6.GetAddressBytes().AsSpan(0, 8)),
        _ => address.ToString(),
    };
}

/// <summary>A try that was counted beforehand.</summary>
/// <param name="Wait">How long to wait before trying; null when it may be tried now.</param>
public sealed record Attempt(TimeSpan? Wait, IReadOnlyList<byte[]> Own, IReadOnlyList<byte[]> Shared);

/// <summary>
/// Slows guessing down without giving anybody a weapon: what counts is who tries, not only whom they try. A browser in which the account has signed in
/// before (OWASP: device cookies) has a count of its own that no stranger can fill. A stranger counts by name and network; beside it stand two wide
/// bounds, on all strangers that try one name, and on how many names one network tries. There are only delays, each with an end.
/// </summary>
public sealed class Attempts(Database database, Seals seals, SignInPolicy policy, TimeProvider clock)
{
    /// <summary>Failures of all strangers at one name before strangers wait a moment between tries.</summary>
    public const int FreeByName = 50;

    /// <summary>Names that failed from one network before strangers there wait.</summary>
    public const int FreeNamesByNetwork = 30;

    /// <summary>The longest wait that the two wide bounds bring.</summary>
    public static readonly TimeSpan LongestWideWait = TimeSpan.FromSeconds(60);

    /// <summary>After so long without a failure a client's count starts anew.</summary>
    public static readonly TimeSpan Forgotten = TimeSpan.FromHours(24);

    /// <summary>The same for the two wide bounds.</summary>
    public static readonly TimeSpan WideForgotten = TimeSpan.FromHours(1);

    /// <summary>Counts a try before it is made, so that many at once don't slip through together.</summary>
    /// <param name="kind">What is tried: a password, a code.</param>
    /// <param name="subject">Whom: the typed name, whether or not anybody has it; or the account.</param>
    public async Task<Attempt> Begin(string kind, string subject, Guid? account, SignInClient client)
    {
        var known = client.Device is not null && account is { } id && client.Known?.Contains(id) == true;
        var own = known ? Key($"{kind}|device|{client.Device:N}|{subject}") : Key($"{kind}|stranger|{client.Network}|{subject}");
        byte[] name = Key($"{kind}|name|{subject}"), network = Key($"{kind}|network|{client.Network}");
        Attempt attempt = null!;
        await Retried(async db =>
        {
            var now = clock.Now();
            byte[][] keys = known ? [own] : [own, name, network];
            var rows = await db.Set<SignInCounter>().AsTracking().Where(c => keys.Contains(c.Key)).ToListAsync();
            var wait = rows.Max(c => c.NextTryAt) is { } next && next > now ? next - now : (TimeSpan?)null;
            attempt = new Attempt(wait, [own], known ? [] : [name, network]);
            if (wait is not null)
                return;
            var profile = policy.Profile;
            var first = Count(own, Forgotten, profile.FreeFailures, profile.FirstWait, profile.LongestWait) == 1;
            if (known)
                return;
            Count(name, WideForgotten, FreeByName, TimeSpan.FromSeconds(5), LongestWideWait);
            // One name counts once, however often it is tried: who attacks one account can't lock its neighbours out.
            if (first)
                Count(network, WideForgotten, FreeNamesByNetwork, TimeSpan.FromSeconds(5), LongestWideWait);

            int Count(byte[] key, TimeSpan forgotten, int free, TimeSpan firstWait, TimeSpan longest)
            {
                var row = rows.SingleOrDefault(c => c.Key.AsSpan().SequenceEqual(key));
                if (row is null)
                    db.Add(row = new SignInCounter { Key = key, CountedAt = now });
                else if (row.CountedAt < now - forgotten)
                    row.Failures = 0;
                row.Failures++;
                row.CountedAt = now;
                row.NextTryAt = row.Failures >= free ? now + TimeSpan.FromSeconds(Math.Min(longest.TotalSeconds, firstWait.TotalSeconds * Math.Pow(2, Math.Min(20, row.Failures - free)))) : null;
                return row.Failures;
            }
        });
        return attempt;
    }

    /// <summary>The try was right: it, and what this client failed before, no longer counts.</summary>
    public Task Succeeded(Attempt attempt) => Retried(async db =>
    {
        db.RemoveRange(await db.Set<SignInCounter>().AsTracking().Where(c => attempt.Own.Contains(c.Key)).ToListAsync());
        foreach (var row in await db.Set<SignInCounter>().AsTracking().Where(c => attempt.Shared.Contains(c.Key)).ToListAsync())
            (row.Failures, row.NextTryAt) = (Math.Max(0, row.Failures - 1), null);
    });

    /// <summary>Removes counts that are forgotten anyway.</summary>
    public Task Sweep() => database.Operate(async db =>
    {
        var before = clock.Now() - Forgotten;
        db.RemoveRange(await db.Set<SignInCounter>().AsTracking().Where(c => c.CountedAt < before).ToListAsync());
    });

    /// <summary>The same again when another node changed the same counter meanwhile.</summary>
    private async Task Retried(Func<HeleDb, Task> change)
    {
        for (var again = 0; ; again++)
        {
            try
            {
                await database.Operate(change);
                return;
            }
            catch (DbUpdateException) when (again < 20)
            {
            }
        }
    }

    private byte[] Key(string text) => seals.Index(0, "SignInCounters", "Key", text);
}
