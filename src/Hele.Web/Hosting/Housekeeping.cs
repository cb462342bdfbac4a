using Hele.Civic.Disclosures;
using Hele.Civic.Kernel;
using Hele.Civic.Platform.Accounts;
using Hele.Civic.Platform.Files;
using Hele.Civic.Platform.Imports;
using Hele.Civic.Platform.Journal;
using Hele.Civic.Platform.Notices;
using Hele.Civic.Platform.Sealing;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hele.Web.Hosting;

/// <summary>
/// What has to be done beside the requests, once a minute: views of past hours enter the log, keys follow a new master key, what has timed out
/// goes, and once a day what has been kept long enough. Each step says for itself whether there is anything to do, so that a missed minute, or
/// a second node, makes no difference.
/// </summary>
public sealed class Housekeeping(Database database, LogService log, CloseViewHours hours, RewrapKeys keys, ErasureList erasures, PurgeExpired purge, KeepDisclosures disclosures, ImportSweep imports, Sessions sessions, Attempts attempts, PhoneCodes codes,
    KeptFiles kept, KeepNotices notices, DemoYear demo, TimeProvider clock, ILogger<Housekeeping> logger) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(1);
    private DateOnly _purged;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                // While a demo's clock runs through its year, every day's end would be due at once.
                if (demo.Progress is not null)
                    continue;
                try
                {
                    await Once(stoppingToken);
                }
                catch (Exception failure) when (failure is not OperationCanceledException)
                {
                    logger.LogError(failure, "Housekeeping failed and will be tried again in a minute.");
                }
            }
        }
        catch (OperationCanceledException)
        {
        }
    }

    /// <summary>One round.</summary>
    public async Task Once(CancellationToken cancel = default)
    {
        await sessions.Sweep();
        await attempts.Sweep();
        await codes.Sweep();
        await kept.Sweep();
        if (log.ReadOnlyReason is not null)
            return;
        var today = clock.Today();
        foreach (var jurisdiction in await Jurisdictions(cancel))
        {
            await hours.RunDue(jurisdiction, cancel);
            await erasures.Update(jurisdiction, cancel);
            await imports.RunDue(jurisdiction, cancel);
            // A day's end makes things due, nothing else does.
            if (_purged != today)
            {
                await disclosures.RunDue(jurisdiction, cancel);
                await purge.RunDue(jurisdiction, cancel);
                await notices.Sweep(jurisdiction, cancel);
            }
        }
        _purged = today;
        await keys.Run(cancel);
    }

    private async Task<int[]> Jurisdictions(CancellationToken cancel)
    {
        await using var lease = await database.Read([], cancel);
        return await lease.Db.Jurisdictions.OrderBy(j => j.Id).Select(j => j.Id).ToArrayAsync(cancel);
    }
}
