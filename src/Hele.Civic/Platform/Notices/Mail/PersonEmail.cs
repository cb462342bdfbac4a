using Hele.Civic.Kernel;
using Hele.Civic.Platform.Journal;
using Hele.Civic.Platform.Storage;

namespace Hele.Civic.Platform.Notices.Mail;

/// <summary>Which notices somebody wants by mail.</summary>
public enum EmailWay
{
    /// <summary>One mail for a day on which there was something, the next morning.</summary>
    Digest,

    /// <summary>That, and what is urgent at once.</summary>
    UrgentToo,

    Off,
}

/// <summary>The language somebody's mails are in.</summary>
public enum MailLanguage { Chinese, English }

/// <summary>
/// The address at which somebody wants their notices. It is here only after its owner showed that they read what comes there; until then it is a
/// <see cref="MailCode"/> that goes by itself.
/// </summary>
public sealed class PersonEmail : Owned
{
    public required Guid PersonId { get; init; }

    /// <summary>The address, sealed under the person's key; null once it was taken away.</summary>
    public byte[]? AddressSealed { get; private set; }

    /// <summary>l***@example.cn, for pages.</summary>
    public string? AddressMasked { get; private set; }

    /// <summary>When its owner confirmed it.</summary>
    public DateTimeOffset? ConfirmedAt { get; private set; }

    public EmailWay Way { get; private set; }
    public MailLanguage Language { get; private set; }

    /// <summary>The server refused it for good and an administrator gave it up: nothing goes there until its owner confirms one again.</summary>
    public DateOnly? PausedOn { get; private set; }

    /// <summary>The person left or died: from then on it is kept for a short time only, in case that is corrected.</summary>
    public DateOnly? EndedOn { get; private set; }

    public bool IsThere => AddressSealed is not null;

    /// <summary>Its owner showed that they read what comes there, and agreed to what is sent.</summary>
    public void Confirm(byte[] sealedAddress, string masked, MailLanguage language, DateTimeOffset at)
    {
        // Whoever had mails off and gives an address anew wants them.
        if (!IsThere || Way == EmailWay.Off)
            Way = EmailWay.Digest;
        (AddressSealed, AddressMasked, Language, ConfirmedAt, PausedOn, EndedOn) = (sealedAddress, masked, language, at, null, null);
    }

    public void Choose(EmailWay way, MailLanguage language) => (Way, Language) = (way, language);

    public void Pause(DateOnly on) => PausedOn = on;

    public void End(DateOnly? on) => EndedOn = on;

    /// <summary>Takes the address away; that there was one, and what was chosen, says nothing of it.</summary>
    public void Empty() => (AddressSealed, AddressMasked, ConfirmedAt, PausedOn) = (null, null, null, null);
}

public static class EmailEvents
{
    public static readonly EventKind
        Confirmed = new("email.confirmed", ("确认了收通知的邮箱", "Confirmed the e-mail address for notices")),
        Chosen = new("email.chosen", ("选了邮件通知的方式", "Chose which notices come by e-mail")),
        Stopped = new("email.stopped", ("用邮件里的链接停了邮件通知", "Stopped notices by e-mail with the link in a mail")),
        Paused = new("email.paused", ("邮箱收不到，停了邮件通知", "Stopped notices to an e-mail address that takes none")),
        Ended = new("email.ended", ("人已离开或去世，邮件通知停止", "Left or died: notices by e-mail end")),
        Resumed = new("email.resumed", ("更正以后，邮件通知继续", "Corrected: notices by e-mail go on")),
        Removed = new("email.removed", ("移除了收通知的邮箱", "Removed the e-mail address for notices"), Whole: true),
        Emptied = new("email.emptied", ("销毁了移除的邮箱地址", "Destroyed an e-mail address that was removed")),
        Erased = new("email.erased", ("删除了收通知的邮箱", "Erased the e-mail address for notices"), Whole: true);

    public static IEnumerable<EventKind> All => [Confirmed, Chosen, Stopped, Paused, Ended, Resumed, Removed, Emptied, Erased];
}
