using System.Threading.RateLimiting;

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
        var account = context.RequestServices.GetRequiredService<CurrentViewer>().Session?.AccountId;
        var limit = (acts ? numbers.ActsPerMinute : numbers.ReadsPerMinute) * (account is null ? LimitNumbers.PeopleBehindAnAddress : 1);
        return Window((acts, account, account is null ? Address(context) : null), limit);
    });

    // What a form with photos holds is up to fifty megabytes, for as long as a slow line takes to send it.
    private readonly PartitionedRateLimiter<HttpContext> _files = PartitionedRateLimiter.Create<HttpContext, Guid>(context =>
        RateLimitPartition.GetConcurrencyLimiter(context.RequestServices.GetRequiredService<CurrentViewer>().Session?.AccountId ?? Guid.Empty,
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


    private static bool Take(PartitionedRateLimiter<HttpContext> limiter, HttpContext context)
    {
        using var lease = limiter.AttemptAcquire(context);
        return lease.IsAcquired;
    }

    private static string Address(HttpContext context) => context.Connection.RemoteIpAddress?.ToString() ?? "";

    public void Dispose()
    {
        _requests.Dispose();
        _lookUps.Dispose();
        _notes.Dispose();
        _files.Dispose();
    }
}
