using Hele.Civic.Disclosures;
using Hele.Civic.Kernel;
using Hele.Civic.Platform.Accounts;
using Hele.Civic.Platform.Files;
using Hele.Civic.Platform.Imports;
using Hele.Civic.Platform.Journal;
using Hele.Civic.Platform.Notices;
using Hele.Civic.Platform.Notices.Mail;
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
    KeptFiles kept, KeepNotices notices, MailSender mails, DemoYear demo, StartOptions options, TimeProvider clock, ILogger<Housekeeping> logger) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(1);
    private DateOnly _purged;
    private long? _ticks;
    private DateTimeOffset _clock;
    private TimeSpan _distrust;

    /// <summary>How long nothing is purged after the clock jumped, or was found far behind the log's end: what is gone can't be brought back when the clock is set right.</summary>
    internal static readonly TimeSpan Distrust = TimeSpan.FromHours(24);

    /// <summary>An installation may well have stood still for so long.</summary>
    private static readonly TimeSpan StoodStill = TimeSpan.FromDays(30);

    private static readonly TimeSpan Step = TimeSpan.FromHours(3);

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
                    await Once(stoppingToken, await Trusts(stoppingToken));
                }
                catch (Exception failure) when (failure is not OperationCanceledException)
                {
                    logger.Failed(failure, "Housekeeping failed and will be tried again in a minute.");
                }
            }
        }
        catch (OperationCanceledException)
        {
        }
    }

    /// <summary>
    /// Whether the clock may be believed in what can't be undone. Compared are the hours it says have gone by with those that have; after a start, its day with that of the newest entry.
    /// </summary>
    public async Task<bool> Trusts(CancellationToken cancel = default)
    {
        // A demo's clock is moved through its year by the program itself.
        if (options.Demo is not null)
            return true;
        var (ticks, now) = (System.Diagnostics.Stopwatch.GetTimestamp(), clock.Now());
        TimeSpan apart, passed = TimeSpan.Zero;
        if (_ticks is { } before)
        {
            passed = System.Diagnostics.Stopwatch.GetElapsedTime(before, ticks);
            apart = now - _clock - passed;
        }
        else
        {
            apart = await Newest(cancel) is { } newest && now - newest is var still && (still > StoodStill || still < -Step) ? still : TimeSpan.Zero;
        }
        (_ticks, _clock) = (ticks, now);
        if (apart.Duration() > Step)
        {
            _distrust = Distrust;
            logger.LogError("The clock says {Now:yyyy-MM-dd HH:mm}Z, {Days} days and {Hours} hours off. Look whether it is right. Nothing is purged for {Wait} hours; this does it at once: {Command}", now, apart.Days, apart.Hours, Distrust.TotalHours, Hele.Civic.Platform.OperatorCommand.Line("purge --yes"));
        }
        else if (_distrust > TimeSpan.Zero)
        {
            _distrust -= passed;
        }
        return _distrust <= TimeSpan.Zero;
    }

    private async Task<DateTimeOffset?> Newest(CancellationToken cancel)
    {
        DateTimeOffset? newest = null;
        foreach (var jurisdiction in await Jurisdictions(cancel))
        {
            await using var lease = await database.Read([jurisdiction], cancel);
            var at = await lease.Db.Set<LogGroup>().Where(g => g.JurisdictionId == jurisdiction).OrderByDescending(g => g.Size).Select(g => (DateTimeOffset?)g.At).FirstOrDefaultAsync(cancel);
            newest = at > newest || newest is null ? at : newest;
        }
        return newest;
    }

    /// <summary>One round.</summary>
    /// <param name="purges">False while the clock isn't to be believed in what can't be undone.</param>
    public async Task Once(CancellationToken cancel = default, bool purges = true)
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
            if (purges && _purged != today)
            {
                await disclosures.RunDue(jurisdiction, cancel);
                await purge.RunDue(jurisdiction, cancel);
                await notices.Sweep(jurisdiction, cancel);
                await mails.Sweep(jurisdiction);
            }
        }
        if (purges)
            _purged = today;
        await keys.Run(cancel);
        await database.Analyze(cancel);
    }

    private async Task<int[]> Jurisdictions(CancellationToken cancel)
    {
        await using var lease = await database.Read([], cancel);
        return await lease.Db.Jurisdictions.OrderBy(j => j.Id).Select(j => j.Id).ToArrayAsync(cancel);
    }
}
