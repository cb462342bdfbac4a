using Hele.Civic.Platform.Journal;
using Hele.Civic.Platform.Storage;

namespace Hele.Web.Hosting;

/// <summary>Work that is done again and again beside the requests, where something may be written: not while the demo's year is, nor on a log that isn't to be believed. What fails is tried again in the next round.</summary>
public abstract class Round(TimeSpan every, DemoYear demo, LogService log, ILogger logger) : BackgroundService
{
    /// <summary>Whether there is anything to do in this installation at all.</summary>
    protected abstract bool IsOn { get; }

    /// <summary>What is said when a round failed.</summary>
    protected abstract string Failed { get; }

    protected abstract Task Do(CancellationToken cancel);

    protected sealed override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!IsOn)
            return;
        using var timer = new PeriodicTimer(every);
        try
        {
            do
            {
                if (demo.Progress is null && log.ReadOnlyReason is null)
                    await Once(stoppingToken);
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException)
        {
        }
    }

    private async Task Once(CancellationToken cancel)
    {
        try
        {
            await Do(cancel);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            logger.Failed(failure, $"{Failed} It will be tried again.");
        }
    }
}
