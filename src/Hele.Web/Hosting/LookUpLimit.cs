using System.Threading.RateLimiting;

namespace Hele.Web.Hosting;

/// <summary>How often one address may try codes without signing in. Guessing one is hopeless anyway; this keeps the trying from becoming a load.</summary>
public sealed class LookUpLimit : IDisposable
{
    public const int PerMinute = 60;

    private readonly PartitionedRateLimiter<string> _limiter = PartitionedRateLimiter.Create<string, string>(address =>
        RateLimitPartition.GetFixedWindowLimiter(address, _ => new FixedWindowRateLimiterOptions { PermitLimit = PerMinute, Window = TimeSpan.FromMinutes(1), QueueLimit = 0 }));

    public bool Allows(HttpContext context)
    {
        using var lease = _limiter.AttemptAcquire(context.Connection.RemoteIpAddress?.ToString() ?? "");
        return lease.IsAcquired;
    }

    public void Dispose() => _limiter.Dispose();
}
