using Hele.Civic.Kernel;

namespace Hele.Civic.Platform.Journal;

/// <summary>What <c>verify</c> can find. The names are stable: they stand in reports and tests.</summary>
public enum FindingKind
{
    /// <summary>A column holds another value than the entry that last set it committed.</summary>
    ValueChanged,

    /// <summary>A row that no entry ever made, or one that is there although its deletion was recorded.</summary>
    RowInserted,

    /// <summary>A row is gone although no entry deleted it.</summary>
    RowDeleted,

    /// <summary>The bytes of an entry are no longer those that were hashed, or are no entry.</summary>
    EntryChanged,

    /// <summary>Entries are missing in the journal.</summary>
    EntryMissing,

    /// <summary>What the journal says beside an entry (who, in which post, when, why, about what) is not what the entry committed.</summary>
    OpeningChanged,

    /// <summary>The salt of an entry was changed: what it committed can no longer be checked.</summary>
    SaltChanged,

    /// <summary>The stored head is not the head of the entries.</summary>
    HeadChanged,

    /// <summary>A stored hash of the tree, or a recorded tree size, is not that of the entries.</summary>
    TreeChanged,

    /// <summary>The log is shorter than its pin: the end was cut off, or an earlier state was put back.</summary>
    CutOff,

    /// <summary>A log with entries has no pin.</summary>
    PinMissing,

    /// <summary>The log is not the one that was pinned.</summary>
    PinMismatch,

    /// <summary>The index of ties says something else than the entries.</summary>
    TieDiffers,

    /// <summary>The records of who looked in an hour are not those that hour's entry committed.</summary>
    ViewsChanged,

    /// <summary>The bytes of a file are not those its row commits, are gone, or belong to no file.</summary>
    FileChanged,

    /// <summary>An act that crosses stands in one of its two logs only.</summary>
    CrossingOneSided,

    /// <summary>The two sides of an act that crosses say different things.</summary>
    CrossingDiffers,

    /// <summary>An open record hangs on a post that has ended, which no act of the program leaves behind.</summary>
    HangsOnEndedPost,

    /// <summary>An entry of a kind that no module knows.</summary>
    KindUnknown,

    /// <summary>An entry commits a column or a table that the database doesn't have.</summary>
    ColumnUnknown,

    /// <summary>A log doesn't begin with its opening.</summary>
    OpeningMissing,

    /// <summary>Rows that belong to no jurisdiction of the installation, or a pinned log without its jurisdiction.</summary>
    JurisdictionUnknown,

    /// <summary>A trigger, view, table, rule or policy that the program didn't make, or a fence that is off.</summary>
    SchemaUnexpected,

    /// <summary>The database file contradicts itself.</summary>
    FileDamaged,
}

/// <summary>One thing that is not as the log says. It names record and column, never the value.</summary>
/// <param name="Jurisdiction">Code of the jurisdiction; null when it concerns the whole database.</param>
/// <param name="Table">The table, where there is one.</param>
/// <param name="Row">The id of the row.</param>
/// <param name="PublicCode">The code by which the record is known outside, when the table has one and the row is still there.</param>
/// <param name="Column">The column, by its name in the table.</param>
/// <param name="Leaf">The entry in question: for a value the one that last set it. Counted from 0, as in the log.</param>
/// <param name="Sentence">For a person.</param>
public sealed record VerificationFinding(FindingKind Kind, string? Jurisdiction, string? Table, Guid? Row, string? PublicCode, string? Column, long? Leaf, Bilingual Sentence);

/// <summary>What was checked in one jurisdiction.</summary>
/// <param name="Entries">Entries read.</param>
/// <param name="Rows">Rows of facts read.</param>
/// <param name="Columns">Values compared with their commitments.</param>
/// <param name="Findings">All that was found, also beyond the limit of the list.</param>
/// <param name="PinnedSize">Size in the pin it was compared with; null when there was none that could be read.</param>
public sealed record VerifiedJurisdiction(int Id, string Code, string Name, long Entries, long Rows, long Columns, long Findings, long? PinnedSize);

/// <summary>The answer of <c>verify</c>.</summary>
/// <param name="Findings">In a fixed order: per jurisdiction the journal from its first entry on, the head, the pin, then the tables by name and the rows by id, then what crosses. At most
/// <see cref="FindingLimit"/> per jurisdiction.</param>
/// <param name="Omitted">Findings beyond that limit.</param>
/// <param name="Crossings">Acts that cross, of which both sides were compared.</param>
public sealed record VerificationReport(IReadOnlyList<VerificationFinding> Findings, long Omitted, IReadOnlyList<VerifiedJurisdiction> Jurisdictions, long Crossings, TimeSpan Duration)
{
    /// <summary>Most findings listed for one jurisdiction.</summary>
    public const int FindingLimit = 1000;

    /// <summary>Nothing at all was found.</summary>
    public bool IsGreen => Findings.Count == 0;
}

public enum VerificationStage { Schema, Journal, Rows, Crossings }

/// <summary>Where a verification is.</summary>
/// <param name="Jurisdiction">Code of the jurisdiction; empty while the schema is checked.</param>
/// <param name="Done">Entries in stage Journal, rows in stage Rows, acts in stage Crossings.</param>
/// <param name="Total">Entries in the log's head; 0 where the total isn't known.</param>
public readonly record struct VerificationProgress(string Jurisdiction, VerificationStage Stage, long Done, long Total);

/// <summary>Collects findings up to the limit and counts the rest.</summary>
internal sealed class FindingList(string? jurisdiction)
{
    private readonly List<VerificationFinding> _kept = [];

    public IReadOnlyList<VerificationFinding> Kept => _kept;
    public long Count { get; private set; }

    public void Add(FindingKind kind, Bilingual sentence, string? table = null, Guid? row = null, string? code = null, string? column = null, long? leaf = null) =>
        Add(new VerificationFinding(kind, jurisdiction, table, row, code, column, leaf, sentence));

    public void Add(VerificationFinding finding)
    {
        Count++;
        if (_kept.Count < VerificationReport.FindingLimit)
            _kept.Add(finding);
    }
}
