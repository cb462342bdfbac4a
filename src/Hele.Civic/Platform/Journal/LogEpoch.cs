using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Storage;

namespace Hele.Civic.Platform.Journal;

/// <summary>
/// 纪元: the database was put back to an earlier state, and what was logged since is lost. The first entry after such a restore says so: how many
/// entries were kept, what the pin beside the database said, and which two administrators declared it. It stands in the log and on the page about the
/// log for good, and from then on the log signs under another name (<see cref="Evidence.EpochName"/>).
/// </summary>
public sealed class LogEpoch : Owned
{
    public const int PinLength = 2000;

    /// <summary>From 2: the first epoch needs no declaration.</summary>
    public required int Number { get; init; }

    /// <summary>What the log is called from here on.</summary>
    public required string Origin { get; init; }

    /// <summary>Entries that the restored state had; the declaration is the one after them.</summary>
    public required long Kept { get; init; }

    /// <summary>The new epoch's first checkpoint, of what was kept, signed under its name. Nothing else makes one, so whoever can write the database alone can't declare an epoch.</summary>
    public required string Signed { get; init; }

    /// <summary>The signed checkpoint that was pinned of what is lost; null when the pin was lost too.</summary>
    public string? OldPin { get; init; }

    /// <summary>The name in that checkpoint.</summary>
    public string? OldOrigin { get; init; }

    /// <summary>Entries that checkpoint was of: those beyond what was kept are lost.</summary>
    public long? OldSize { get; init; }

    /// <summary>When the backup was made; null when the earlier state was put back by other means.</summary>
    public DateTimeOffset? BackupMadeAt { get; init; }

    public required DateTimeOffset BegunAt { get; init; }

    /// <summary>The accounts of the two who declared it.</summary>
    public required Guid FirstSignerId { get; init; }
    public required Role FirstRole { get; init; }
    public required Guid SecondSignerId { get; init; }
    public required Role SecondRole { get; init; }
}
