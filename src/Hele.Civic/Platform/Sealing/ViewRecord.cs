using System.Text;
using Hele.Civic.Kernel;
using Hele.Civic.Platform.Storage;
using Hele.Evidence;

namespace Hele.Civic.Platform.Sealing;

/// <summary>By which way a sealed value came before somebody's eyes.</summary>
public enum Way
{
    Page,
    SearchHit,
    Export,
    Print,
    Feed,
    Job,
}

/// <summary>
/// Who looked at what that is sealed: written, and durable, before the bytes leave. The subject reads it. The records of an hour are one leaf of
/// the log (<see cref="ViewHour"/>).
/// </summary>
[Exempt("who looked; the records of each hour are committed as one leaf, ViewHour, and compared with it by verify")]
public sealed class ViewRecord : IFenced
{
    public const int PurposeLength = 60, ReasonLength = 500, ColumnsLength = 200;

    public required int JurisdictionId { get; init; }
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>The start of the hour whose leaf it belongs to (UTC).</summary>
    public required DateTimeOffset Hour { get; init; }

    public required DateTimeOffset At { get; init; }
    public required Guid AccountId { get; init; }

    /// <summary>The post they looked in; null when somebody looked at what is their own.</summary>
    public Guid? PostId { get; init; }

    /// <summary>The person, or the matter, that was looked at.</summary>
    public required Guid SubjectId { get; init; }

    public required string RowTable { get; init; }
    public required Guid RowId { get; init; }

    /// <summary>The columns that were opened, joined by commas.</summary>
    public required string Columns { get; init; }

    public required Way Way { get; init; }

    /// <summary>Code of the purpose: the permission under which it was opened.</summary>
    public required string Purpose { get; init; }

    public string? Reason { get; init; }

    /// <summary>The record as it is hashed: each value on its line, in a fixed order.</summary>
    public byte[] Canonical() => Canonical(Id, At, AccountId, PostId, SubjectId, RowTable, RowId, Columns, Way.ToString(), Purpose, Reason);

    internal static byte[] Canonical(Guid id, DateTimeOffset at, Guid account, Guid? post, Guid subject, string table, Guid row, string columns, string way, string purpose, string? reason) =>
        Encoding.UTF8.GetBytes(string.Join('\n',
            "hele/view/1", id.ToString("D"), at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", System.Globalization.CultureInfo.InvariantCulture), account.ToString("D"), post?.ToString("D") ?? "-",
            subject.ToString("D"), $"{table}/{row:D}", columns, way, purpose, reason is null ? "-" : "=" + Convert.ToBase64String(Encoding.UTF8.GetBytes(reason)), ""));
}

/// <summary>
/// That the records of all hours before an instant were removed because their time was over. For those hours <c>verify</c> expects no record at
/// all, and on PostgreSQL the application role can remove a record only where this stands.
/// </summary>
public sealed class ViewPurge : Owned
{
    /// <summary>Start of the first hour that is kept (UTC).</summary>
    public required DateTimeOffset Before { get; init; }

    /// <summary>Records that were removed with it.</summary>
    public required int Records { get; init; }

    public required DateOnly On { get; init; }
}

/// <summary>The views of one hour, as one leaf: how many, and the root of the tree over their records in the order of their ids.</summary>
public sealed class ViewHour : Owned
{
    /// <summary>Start of the hour (UTC).</summary>
    public required DateTimeOffset Hour { get; init; }

    public required int Count { get; init; }

    /// <summary>RFC 6962 root over <see cref="ViewRecord.Canonical()"/>, 32 bytes.</summary>
    public required byte[] Root { get; init; }

    public static DateTimeOffset HourOf(DateTimeOffset at) => new(at.UtcTicks - (at.UtcTicks % TimeSpan.TicksPerHour), TimeSpan.Zero);

    /// <param name="records">Canonical records in the order of their ids.</param>
    public static byte[] RootOf(IEnumerable<byte[]> records)
    {
        var tree = new Frontier();
        foreach (var record in records)
            tree.Append(Merkle.HashLeaf(record));
        return tree.Root();
    }
}
