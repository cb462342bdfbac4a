using Hele.Civic.Kernel;
using Hele.Civic.Platform.Journal;
using Hele.Civic.Platform.Storage;

namespace Hele.Civic.Platform.Imports;

/// <summary>That a ledger was imported: the act that wrote its rows, and what came of it. The file isn't kept.</summary>
public sealed class LedgerImport : Owned
{
    public static readonly EventKind Imported = new("import.done", ("导入了一份台账", "Imported a ledger"));
    public static readonly EventKind Undone = new("import.undone", ("撤销了一次导入", "Undid an import"));
    public static readonly EventKind Erased = new("import.erased", ("删除了导入文件的名称", "Erased an imported file's name"), Whole: true);

    public const int LedgerLength = 40, FileNameLength = 120;

    public required string PublicCode { get; init; }

    /// <summary>Code of its <see cref="LedgerKind"/>.</summary>
    public required string Ledger { get; init; }

    /// <summary>What the file was called on somebody's computer; people are named in such names.</summary>
    public string? FileName { get; private set; }

    public required Guid ImportedById { get; init; }

    public required DateOnly ImportedOn { get; init; }

    /// <summary>Rows of the ledger that added something, that changed something, and that said what was known.</summary>
    public required int Added { get; init; }

    /// <inheritdoc cref="Added"/>
    public required int Changed { get; init; }

    /// <inheritdoc cref="Added"/>
    public required int Same { get; init; }

    /// <summary>The first entry of the act in the log, and how many it has before its own.</summary>
    public required long FirstLeaf { get; init; }

    /// <inheritdoc cref="FirstLeaf"/>
    public required int Leaves { get; init; }

    /// <summary>The last day on which it can be undone, by the rule on the day of the import.</summary>
    public required DateOnly UndoUntil { get; init; }

    public Guid? UndoneById { get; private set; }
    public DateOnly? UndoneOn { get; private set; }

    public void Name(string? file) => FileName = string.IsNullOrEmpty(file) ? null : file.Length <= FileNameLength ? file : file[..FileNameLength];

    public void Undo(Guid by, DateOnly on) => (UndoneById, UndoneOn) = (by, on);

    public void Erase() => FileName = null;
}

/// <summary>A record that an import wrote: which row it came from, and what stood in it before. What an undo needs, and gone with the time for it.</summary>
[Exempt("what undoing an import needs; the facts are in the rows and the log")]
public sealed class ImportedRow : IFenced
{
    public required int JurisdictionId { get; init; }
    public required Guid ImportId { get; init; }
    public required string RowTable { get; init; }
    public required Guid RowId { get; init; }

    /// <summary>The row's number in the file.</summary>
    public required int Number { get; init; }

    /// <summary>The changed columns as they were (JSON), sealed; null for a record that was added.</summary>
    public byte[]? BeforeSealed { get; init; }
}

/// <summary>A file that waits to be imported: sealed as it came, with what its reader has said about it so far, for an hour.</summary>
[Exempt("a file on its way in, sealed, gone within the hour; it becomes facts by the act that imports it")]
public sealed class LedgerUpload : IFenced
{
    /// <summary>How long it is kept.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromHours(1);

    public required int JurisdictionId { get; init; }
    public required Guid Id { get; init; }
    public required string PublicCode { get; init; }

    /// <summary>Who sent it; nobody else sees it.</summary>
    public required Guid PersonId { get; init; }

    public required string Ledger { get; init; }
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>The sheets, read.</summary>
    public required byte[]? ContentSealed { get; set; }

    /// <summary>Sheet, headings, mapping and answers; a reader's choices name people too.</summary>
    public byte[]? ChoicesSealed { get; set; }
}

/// <summary>Which columns a ledger's headings meant last time, so that nobody says it twice.</summary>
[Exempt("a convenience: how the headings of a ledger were read last time")]
public sealed class LedgerLayout : IFenced
{
    public required int JurisdictionId { get; init; }
    public required string Ledger { get; init; }

    /// <summary><see cref="SheetTable.Fingerprint"/>: the headings themselves aren't kept.</summary>
    public required byte[] Headings { get; init; }

    /// <summary>The code of each column in its order, separated by commas; nothing where it isn't imported.</summary>
    public required string Columns { get; set; }
}
