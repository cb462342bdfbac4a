using System.Threading.RateLimiting;
using Hele.Civic.Platform.Accounts;

namespace Hele.Web.Hosting;

/// <summary>How much one person may do in a minute, so that nobody's script becomes everybody's load. Far above what anybody does by hand.</summary>
/// <param name="ActsPerMinute">What is sent: filing, handling, looking for, signing in.</param>
/// <param name="ReadsPerMinute">Pages and files that are opened.</param>
public sealed record LimitNumbers(int ActsPerMinute, int ReadsPerMinute)
{
    public static readonly LimitNumbers Standard = new(120, 1200);

    /// <summary>So many people may stand behind one address that isn't signed in: a hall's network, or a carrier's.</summary>
    public const int PeopleBehindAnAddress = 10;

    /// <summary>Forms with files of one account that are read at the same time.</summary>
    public const int FilesAtATime = 2;

    /// <summary>Codes tried from one address without signing in. Guessing one is hopeless anyway.</summary>
    public const int LookUpsPerMinute = 60;

    /// <summary>Notes about the program taken from one address without signing in, in ten minutes: a hall's visitors, not a script.</summary>
    public const int NotesPerTenMinutes = 10;
}

/// <summary>Counts acts, reads and look-ups of the last minute, and what comes without a name.</summary>
public sealed class Limits(LimitNumbers numbers) : IDisposable
{
    private readonly PartitionedRateLimiter<HttpContext> _requests = PartitionedRateLimiter.Create<HttpContext, (bool Acts, Guid? Account, string? Address)>(context =>
    {
        var acts = !HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsHead(context.Request.Method);
        var account = Account(context);
        var limit = (acts ? numbers.ActsPerMinute : numbers.ReadsPerMinute) * (account is null ? LimitNumbers.PeopleBehindAnAddress : 1);
        return Window((acts, account, account is null ? Address(context) : null), limit);
    });

    // What a form with photos holds is up to fifty megabytes, for as long as a slow line takes to send it.
    // Strangers count by where they are: one of them must not keep all others waiting.
    private readonly PartitionedRateLimiter<HttpContext> _files = PartitionedRateLimiter.Create<HttpContext, (Guid? Account, string? Address)>(context =>
        RateLimitPartition.GetConcurrencyLimiter(Account(context) is { } account ? (account, null) : ((Guid?)null, Address(context)),
            _ => new ConcurrencyLimiterOptions { PermitLimit = LimitNumbers.FilesAtATime, QueueLimit = 8, QueueProcessingOrder = QueueProcessingOrder.OldestFirst }));

    private readonly PartitionedRateLimiter<HttpContext> _lookUps = PartitionedRateLimiter.Create<HttpContext, string>(context => Window(Address(context), LimitNumbers.LookUpsPerMinute));

    private readonly PartitionedRateLimiter<HttpContext> _notes = PartitionedRateLimiter.Create<HttpContext, string>(context => Window(Address(context), LimitNumbers.NotesPerTenMinutes, minutes: 10));

    public bool Allows(HttpContext context) => Take(_requests, context);

    public bool AllowsLookUp(HttpContext context) => Take(_lookUps, context);

    public bool AllowsNote(HttpContext context) => Take(_notes, context);

    private static RateLimitPartition<TKey> Window<TKey>(TKey key, int limit, int minutes = 1) =>
        RateLimitPartition.GetFixedWindowLimiter(key, _ => new FixedWindowRateLimiterOptions { PermitLimit = limit, Window = TimeSpan.FromMinutes(minutes), QueueLimit = 0 });

    /// <summary>Waits until this account sends few enough forms with files; not acquired where too many wait already.</summary>
    public ValueTask<RateLimitLease> Files(HttpContext context) => _files.AcquireAsync(context, 1, context.RequestAborted);

    /// <summary>How long whoever was held back should wait, at most; null when nobody was.</summary>
    public static TimeSpan? Wait(HttpContext context) => context.Items[Waits] as TimeSpan?;

    /// <summary>Says when it may be tried again: in the answer's header, and to the page that says so in words.</summary>
    public static void HoldBack(HttpContext context, TimeSpan wait)
    {
        context.Items[Waits] = wait;
        context.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(System.Globalization.CultureInfo.InvariantCulture);
    }

    private static readonly object Waits = new();

    private static bool Take(PartitionedRateLimiter<HttpContext> limiter, HttpContext context)
    {
        using var lease = limiter.AttemptAcquire(context);
        if (!lease.IsAcquired)
            HoldBack(context, lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? wait : TimeSpan.FromMinutes(1));
        return lease.IsAcquired;
    }

    private static Guid? Account(HttpContext context) => context.RequestServices.GetRequiredService<CurrentViewer>().Session?.AccountId;

    /// <summary>As attempts to sign in count it: who is given a whole network by their provider is one, not as many as it has addresses.</summary>
    private static string Address(HttpContext context) => SignInClient.NetworkOf(context.Connection.RemoteIpAddress);

    public void Dispose()
    {
        _requests.Dispose();
        _lookUps.Dispose();
        _notes.Dispose();
        _files.Dispose();
    }
}
