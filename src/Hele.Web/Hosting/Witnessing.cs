using Hele.Civic.Platform.Journal;

namespace Hele.Web.Hosting;

/// <summary>Asks the witnesses once a minute; a log that hasn't grown isn't asked about.</summary>
public sealed class Witnessing(Witnesses witnesses, DemoYear demo, LogService log, ILogger<Witnessing> logger) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (witnesses.Addresses.Count == 0)
            return;
        using var timer = new PeriodicTimer(Every);
        try
        {
            do
            {
                // A log that isn't to be believed here isn't to be shown to a witness either: it would be taken for the log's next step.
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
            await witnesses.Ask(cancel);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            logger.LogError(failure, "The witnesses couldn't be asked; it will be tried again in a minute.");
        }
    }
}
