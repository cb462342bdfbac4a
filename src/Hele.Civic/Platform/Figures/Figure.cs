using System.Globalization;
using Hele.Civic.Kernel;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;

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
/// <remarks>Filled by member names, never by a constructor: only then can a database sort and filter the projection.</remarks>
public sealed record FigureRecord
{
    /// <summary>The record counted: an appeal, an answer, a verdict.</summary>
    public required Guid Id { get; init; }

    /// <summary>The public code of the matter it belongs to; what a list links to and the command line prints. Empty for what is only counted: not everybody who reads the figure may know which it is.</summary>
    public required string Code { get; init; }

    /// <summary>Its business date; within the period for a flow.</summary>
    public required DateOnly On { get; init; }

    /// <summary>When it was written; later than the period means a late entry (补录).</summary>
    public required DateTimeOffset LoggedAt { get; init; }

    /// <summary>What it adds to a figure that is a sum (<see cref="Figure.Adds"/>); 1 for everything that is counted.</summary>
    public long Amount { get; init; } = 1;

    /// <summary>Written down on a later day than it happened.</summary>
    public bool IsLateEntry => On < China.DateIn(LoggedAt);
}

/// <summary>A figure that is a sum, kept in a small unit and told in its measure.</summary>
/// <param name="Per">How many of what is added make one of the measure: a million square metres are one square kilometre.</param>
/// <param name="Digits">Digits behind the point.</param>
public sealed record FigureSum(long Per, int Digits);

/// <summary>The records of a figure for a period, as far as they were written before an instant.</summary>
/// <param name="knownBefore">Rows logged at or after this instant are as if they were not there: a closed period is read as it was known when it was closed.</param>
public delegate IQueryable<FigureRecord> FigureQuery(HeleDb db, Period period, DateTimeOffset knownBefore);

/// <summary>
/// A number Hele can state: a named query over records. Count and list come from the one expression, so they can't differ.
/// </summary>
/// <param name="Id">Stable: <c>appeals.filed</c>.</param>
/// <param name="Version">Counts up whenever the definition changes; a published figure keeps the version it was made with.</param>
/// <param name="Definition">What is counted and by which date, in words.</param>
/// <param name="Measure">The unit: 件, 户, 人次.</param>
/// <param name="Query">The records, within the scope of the given context. Every table in it is narrowed to what was logged before the instant.</param>
/// <param name="Base">The figure that is this one's denominator, where a share makes sense: judged for satisfied.</param>
public sealed record Figure(string Id, int Version, Bilingual Title, Bilingual Definition, Bilingual Measure, FigureKind Kind, FigureQuery Query, string? Base = null)
{
    /// <summary>The kind of record its list opens; null for an appeal.</summary>
    public Type? Record { get; init; }

    /// <summary>Codes that a reader may open, where not everybody who reads figures may open all: the others are counted and not listed. Null where they may.</summary>
    public Func<HeleDb, Viewer?, IQueryable<string>>? Opens { get; init; }

    /// <summary>Its records lie as far back as people remember, not where the community's work began: they don't lengthen the choice of periods.</summary>
    public bool ReachesBack { get; init; }

    /// <summary>The sum of its records' amounts, where it isn't their number. The amount of a record never changes.</summary>
    public FigureSum? Adds { get; init; }

    /// <summary>Later than anything that was ever written.</summary>
    public static readonly DateTimeOffset Ever = new(9000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The records for a period as they are known now, or as they were known before an instant.</summary>
    public IQueryable<FigureRecord> Records(HeleDb db, Period period, DateTimeOffset? knownBefore = null) => Query(db, period, knownBefore ?? Ever);

    /// <summary>What these records of it give.</summary>
    public Task<long> Total(IQueryable<FigureRecord> records, CancellationToken cancel = default) => Adds is null ? records.LongCountAsync(cancel) : records.SumAsync(r => r.Amount, cancel);

    /// <summary>What these records of it give, and how many of them were written at or after an instant: one reading of them.</summary>
    public async Task<(long Total, int Late)> TotalAndLate(IQueryable<FigureRecord> records, DateTimeOffset end, CancellationToken cancel = default)
    {
        var all = records.GroupBy(_ => 1);
        var found = await (Adds is null ? all.Select(g => new { Total = g.LongCount(), Late = g.Sum(r => r.LoggedAt >= end ? 1 : 0) })
            : all.Select(g => new { Total = g.Sum(r => r.Amount), Late = g.Sum(r => r.LoggedAt >= end ? 1 : 0) })).SingleOrDefaultAsync(cancel);
        return found is null ? (0, 0) : (found.Total, found.Late);
    }

    /// <summary>A value of it in its measure, as a program reads it.</summary>
    public decimal InMeasure(long value) => Adds is { } sum ? value / (decimal)sum.Per : value;

    /// <summary>A value of it as a person reads it, in its measure.</summary>
    public string Told(long value) => Adds is not { } sum ? value.ToString("N0", CultureInfo.InvariantCulture)
        : InMeasure(value).ToString("N" + sum.Digits.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
}
