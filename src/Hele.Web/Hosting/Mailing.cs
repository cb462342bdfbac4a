using Hele.Civic.Platform.Journal;
using Hele.Civic.Platform.Notices.Mail;

namespace Hele.Web.Hosting;

/// <summary>Lets <see cref="MailSender"/> send what is due, every few seconds: whoever waits for a code looks at their mailbox now. Where nothing can be written, what was sent couldn't be remembered.</summary>
public sealed class Mailing(MailSender sender, MailSetup setup, DemoYear demo, LogService log, ILogger<Mailing> logger) : Round(TimeSpan.FromSeconds(5), demo, log, logger)
{
    protected override bool IsOn => setup.IsOn;

    protected override string Failed => "Mails could not be sent.";

    protected override Task Do(CancellationToken cancel) => sender.SendDue(cancel);
}
