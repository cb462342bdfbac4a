using Hele.Civic.Platform.Storage;

namespace Hele.Civic.Platform.Journal;

/// <summary>
/// One event about one record, which is one leaf of the jurisdiction's log. <see cref="Entry"/> is what was hashed; the other columns are
/// the openings of its commitments, kept only here and erasable.
/// </summary>
[Exempt("is the log itself; verify recomputes it")]
public sealed class JournalRow : IFenced
{
    public const int KindLength = 60;
    public const int TableLength = 60;
    public const int ReasonLength = 1000;

    public required int JurisdictionId { get; init; }

    /// <summary>Position in the log, from 0 without gaps; given under the lock of the log's head, never by a database sequence.</summary>
    public required long LeafIndex { get; init; }

    public required Guid EventId { get; init; }

    /// <summary>The act: events of one act share it. It is the operation id the act came with.</summary>
    public required Guid ActId { get; init; }

    /// <summary>Log time (UTC, milliseconds).</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The business date: the day it happened.</summary>
    public required DateOnly OnDate { get; init; }

    public required string Kind { get; init; }
    public required string RowTable { get; init; }
    public required Guid RowId { get; init; }
    public required Guid ActorId { get; init; }
    public Guid? PostId { get; init; }
    public string? Reason { get; init; }
    public required byte[] Entry { get; init; }
    public required byte[] Salt { get; init; }
    public required byte[] LeafHash { get; init; }
}

/// <summary>The head of a jurisdiction's log: size and compact range. Locked while a group is written.</summary>
[Exempt("is recomputed from the journal by verify")]
public sealed class LogHead : IFenced
{
    public required int JurisdictionId { get; init; }
    public long Size { get; init; }

    /// <summary>The roots of the complete subtrees, largest first, 32 bytes each.</summary>
    public required byte[] Frontier { get; init; }
}

/// <summary>The tree size at which a group of acts was committed: receipts carry their proof under this checkpoint.</summary>
[Exempt("tree sizes at which a checkpoint exists; each is checked against the tree by verify")]
public sealed class LogGroup : IFenced
{
    public required int JurisdictionId { get; init; }
    public required long Size { get; init; }
    public required DateTimeOffset At { get; init; }
}

/// <summary>
/// Which leaf last set a column of a row: the tie between rows and leaves. A row with <see cref="Column"/> "*" is the leaf that inserted the
/// record and set every column that has no tie of its own.
/// </summary>
[Exempt("an index over the journal, rebuilt and compared by verify")]
public sealed class ColumnTie : IFenced
{
    public const string AllColumns = "*";
    public required int JurisdictionId { get; init; }
    public required string RowTable { get; init; }
    public required Guid RowId { get; init; }
    public required string Column { get; init; }
    public required long LeafIndex { get; init; }
}

/// <summary>
/// The root of a full tile's subtree: level 1 covers 256 leaves, level 2 65,536 … Kept so that old parts of the tree need not be hashed again.
/// </summary>
[Exempt("is recomputed from the journal by verify")]
public sealed class LogNode : IFenced
{
    public required int JurisdictionId { get; init; }

    /// <summary>Tile level, from 1; level 0 is the journal's own leaf hashes.</summary>
    public required int Level { get; init; }

    public required long NodeIndex { get; init; }
    public required byte[] Hash { get; init; }
}

/// <summary>An accepted operation: the same id again is answered with the same result.</summary>
[Exempt("remembers which form posts were accepted; the facts are in the rows and the log")]
public sealed class AcceptedOperation
{
    public const int ResultLength = 200;
    public required Guid AccountId { get; init; }
    public required Guid OperationId { get; init; }
    public required string Operation { get; init; }

    /// <summary>SHA-256 over the operation's name and its named inputs.</summary>
    public required byte[] InputHash { get; init; }

    /// <summary>The public code of what came out.</summary>
    public required string Result { get; init; }

    public required DateTimeOffset At { get; init; }
}
