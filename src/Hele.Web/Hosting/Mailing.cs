using Hele.Civic.Platform.Journal;
using Hele.Civic.Platform.Notices.Mail;

namespace Hele.Web.Hosting;

/// <summary>Lets <see cref="MailSender"/> send what is due, every few seconds: whoever waits for a code looks at their mailbox now.</summary>
public sealed class Mailing(MailSender sender, MailSetup setup, DemoYear demo, LogService log, ILogger<Mailing> logger) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!setup.IsOn)
            return;
        using var timer = new PeriodicTimer(Every);
        try
        {
            do
            {
                // Where nothing can be written, what was sent couldn't be remembered.
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
            await sender.SendDue(cancel);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            logger.LogError(failure, "Mails could not be sent and will be tried again.");
        }
    }
}
