using Hele.Civic.Platform.Storage;

namespace Hele.Civic.Platform.Notices;

/// <summary>How somebody wants to be told of what belongs to a group.</summary>
public enum NoticeWay
{
    AtOnce,

    /// <summary>Among what happened that day, as one line on the next.</summary>
    Digest,

    Off,
}

/// <summary>
/// One person is told of one entry of the log. It says nothing of its own: what happened is the entry's, the words are the module's, the title is
/// read with the reader's own rights. Whether it was read is seen by nobody else.
/// </summary>
[Exempt("who is told of which entry of the log, kept in the transaction that writes the entry; whether it was read is nobody else's business and no fact about a matter")]
public sealed class Notice : IFenced
{
    public required int JurisdictionId { get; init; }
    public required Guid PersonId { get; init; }

    /// <summary>The entry: the cause. With the person it is the key, so nothing is told twice.</summary>
    public required long LeafIndex { get; init; }

    /// <summary>Code of the entry's event, by which the words are found.</summary>
    public required string Kind { get; init; }

    /// <summary>Public code of the record it opens.</summary>
    public required string Code { get; init; }

    /// <summary>The code is that of a record the reader has of their own (<see cref="NoticeSource.Others"/>).</summary>
    public bool ToOther { get; init; }

    /// <summary>The day it belongs to.</summary>
    public required DateOnly Day { get; init; }

    /// <summary>One of its day's many, not a line of its own.</summary>
    public required bool InDigest { get; init; }

    /// <summary>From when on it is shown: at once, on the day something is asked, or with its digest.</summary>
    public required DateTimeOffset ShownFrom { get; init; }

    /// <summary>Last day on which it has a purpose; null where it goes by its retention alone.</summary>
    public DateOnly? Until { get; init; }

    public bool IsRead { get; set; }
}

/// <summary>What somebody chose for a group of notices; no row where they left it as it is.</summary>
[Exempt("how somebody wants to be told; their own setting, and no fact about a matter")]
public sealed class NoticeChoice : IFenced
{
    public required int JurisdictionId { get; init; }
    public required Guid PersonId { get; init; }

    /// <summary>Code of the <see cref="NoticeGroup"/>.</summary>
    public required string Group { get; init; }

    public required NoticeWay Way { get; set; }
}
