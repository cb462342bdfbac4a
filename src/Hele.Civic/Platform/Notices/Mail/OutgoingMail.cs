using Hele.Civic.Platform.Storage;

namespace Hele.Civic.Platform.Notices.Mail;

/// <summary>What a mail is for.</summary>
public enum MailKind
{
    /// <summary>What happened on a day, the next morning.</summary>
    Digest,

    /// <summary>One notice that can't wait for the morning.</summary>
    Urgent,

    /// <summary>The code by which somebody shows that they read what comes to an address.</summary>
    Code,

    /// <summary>To the address that was used until now: it isn't any more.</summary>
    Changed,
}

public enum MailState
{
    Waiting,

    /// <summary>A sender has it; when its lease is over without a word, it died on the way.</summary>
    Sending,

    /// <summary>The server took it.</summary>
    Sent,

    /// <summary>The server refused it for good, or didn't take it in all the time there is. What that means for whom is a <see cref="DeadLetter"/>.</summary>
    Refused,

    /// <summary>There was nothing left to say, or nobody to say it to.</summary>
    Stopped,
}

/// <summary>
/// A mail on its way, written in the transaction of what causes it. It holds no word of what it will say and, but for the address that is no longer used, not where it goes:
/// both are read when it is sent, so that a mail never says or reaches more than is right at that moment.
/// </summary>
[Exempt("outbox state: which mail is on its way and how often it was tried; what it tells of is in the log already, and that one came back is a DeadLetter")]
public sealed class OutgoingMail : IFenced
{
    public const int CauseLength = 60, AnswerLength = 300;

    public required int JurisdictionId { get; init; }

    /// <summary>Of which the Message-ID is made: the same at every try.</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required Guid PersonId { get; init; }
    public required MailKind Kind { get; init; }

    /// <summary>What it is for, by which alone it is one: the same cause twice is refused by the database.</summary>
    public required string Cause { get; init; }

    /// <summary>The day it tells of.</summary>
    public required DateOnly Day { get; init; }

    /// <summary>The notice, of one that is urgent.</summary>
    public long? LeafIndex { get; init; }

    /// <summary>The code it brings.</summary>
    public Guid? CodeId { get; init; }

    /// <summary>Where it goes, when that isn't the address in use: sealed under the person's key.</summary>
    public byte[]? ToSealed { get; init; }

    /// <summary>The language of one that doesn't go to the address in use.</summary>
    public MailLanguage Language { get; init; }

    public MailState State { get; set; }

    /// <summary>When it first was to go: from then on counts how long it is tried.</summary>
    public required DateTimeOffset DueAt { get; set; }

    /// <summary>Not before then: its hour, or the next try.</summary>
    public required DateTimeOffset NotBefore { get; set; }

    /// <summary>Tries begun. Counted before the server is spoken to, and by it two senders are kept apart.</summary>
    public int Attempts { get; set; }

    /// <summary>The sender that has it, and until when it is believed to.</summary>
    public Guid? LeaseBy { get; set; }

    public DateTimeOffset? LeaseUntil { get; set; }

    /// <summary>When it was sent, refused or stopped.</summary>
    public DateTimeOffset? SettledAt { get; set; }

    /// <summary>What the server said last when it didn't take it, without anybody's address.</summary>
    public string? Answer { get; set; }

    public static string OfDay(DateOnly day) => $"day {day:yyyy-MM-dd}";

    public static string OfNotice(long leaf) => $"notice {leaf}";
}

/// <summary>
/// An address that somebody typed and hasn't yet shown to be theirs. The code and the link that go there are made of this row's id and a key outside the database, so neither stands
/// anywhere. Nothing but that one mail goes there.
/// </summary>
[Exempt("an address and a code that are worthless after an hour; the row counts towards the limits for a day")]
public sealed class MailCode : IFenced
{
    public required int JurisdictionId { get; init; }
    public Guid Id { get; init; } = Guid.NewGuid();
    public required Guid PersonId { get; init; }

    /// <summary>Sealed under the person's key.</summary>
    public byte[]? AddressSealed { get; set; }

    public string? AddressMasked { get; init; }

    /// <summary>Keyed hash of the address, to count by.</summary>
    public byte[]? AddressIndex { get; init; }

    public required MailLanguage Language { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public int Tries { get; set; }
    public bool Used { get; set; }
}
