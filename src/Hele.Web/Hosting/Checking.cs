using Hele.Civic.Platform.Journal;
using Hele.Civic.Platform.Storage;

namespace Hele.Web.Hosting;

/// <summary>Lets <see cref="LogCheck"/> run soon after the start, once every <c>--check-hours</c>, and when somebody asks for it.</summary>
public sealed class Checking(LogCheck check, DemoYear demo, StartOptions options, ILogger<Checking> logger) : BackgroundService
{
    /// <summary>A start has better things to do first.</summary>
    private static readonly TimeSpan First = TimeSpan.FromMinutes(2);

    private readonly SemaphoreSlim _asked = new(0, 1);

    /// <summary>Has a check begin now; without waiting for it.</summary>
    public void Ask()
    {
        try
        {
            _asked.Release();
        }
        catch (SemaphoreFullException)
        {
            // Somebody asked already.
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            var wait = options.CheckEvery is null ? Timeout.InfiniteTimeSpan : First;
            while (true)
            {
                await _asked.WaitAsync(wait, stoppingToken);
                if (demo.Progress is null)
                    await Once(stoppingToken);
                // While the demo's year is written there is nothing finished to check.
                wait = demo.Progress is null ? options.CheckEvery ?? Timeout.InfiniteTimeSpan : First;
            }
        }
        catch (OperationCanceledException)
        {
        }
    }

    private async Task Once(CancellationToken cancel)
    {
        try
        {
            await check.Run(cancel);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            logger.Failed(failure, "The check of the records failed and will be made again.");
        }
    }
}
