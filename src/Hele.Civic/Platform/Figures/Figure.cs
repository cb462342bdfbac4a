using Hele.Civic.Kernel;
using Hele.Civic.Platform.Storage;

namespace Hele.Civic.Platform.Figures;

/// <summary>How a figure relates to its period.</summary>
public enum FigureKind
{
    /// <summary>What happened on business dates within the period.</summary>
    Flow,

    /// <summary>What was so at the end of the period's last day.</summary>
    State,
}

/// <summary>One record behind a figure, as a list shows it.</summary>
/// <remarks>Made with an initializer, not a constructor: EF can filter, count and order by the members of an initializer only.</remarks>
public sealed record FigureRecord
{
    /// <summary>The record counted: an appeal, an answer, a verdict.</summary>
    public required Guid Id { get; init; }

    /// <summary>The public code of the matter it belongs to; what a list links to and the command line prints.</summary>
    public required string Code { get; init; }

    /// <summary>Its business date.</summary>
    public required DateOnly On { get; init; }

    /// <summary>When it was written; later than the period means a late entry (补录).</summary>
    public required DateTimeOffset LoggedAt { get; init; }
}

/// <summary>
/// A number Hele can state: a named query over records. Count and list come from the one expression, so they can't differ.
/// </summary>
/// <param name="Id">Stable: <c>appeals.filed</c>.</param>
/// <param name="Version">Counts up whenever the definition changes; a published figure keeps the version it was made with.</param>
/// <param name="Definition">What is counted and by which date, in words.</param>
/// <param name="Measure">The unit: 件, 户, 人次.</param>
/// <param name="Records">The records for a period, within the scope of the given context.</param>
/// <param name="Base">The figure that is this one's denominator, where a share makes sense: judged for satisfied.</param>
public sealed record Figure(string Id, int Version, Bilingual Title, Bilingual Definition, Bilingual Measure, FigureKind Kind,
    Func<HeleDb, Period, IQueryable<FigureRecord>> Records, string? Base = null);
