using Hele.Civic.Platform.Journal;
using Hele.Civic.Platform.Storage;

namespace Hele.Civic.Platform.Exports;

/// <summary>That a list about people left the system as a file: which list, how it was narrowed, how many rows. Who and what for stands in the act.</summary>
public sealed class ListExport : Owned
{
    public static readonly EventKind Exported = new("export.done", ("导出了一份名单", "Exported a list"));

    public const int ListLength = 40, FilterLength = 300;

    /// <summary>Code of the list.</summary>
    public required string List { get; init; }

    /// <summary>The choices it was narrowed by, as codes of the program. Words somebody searched for name people: of them only that there were any.</summary>
    public required string Filter { get; init; }

    public required int Rows { get; init; }
    public required Guid ExportedById { get; init; }
    public required DateTimeOffset ExportedAt { get; init; }
}
