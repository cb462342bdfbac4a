namespace Hele.Civic.Platform.Figures;

/// <summary>What a flow figure counts in a quarter, and in its three months.</summary>
public sealed record QuarterCounts(IReadOnlyList<long> Months)
{
    public long Quarter => Months.Sum();
}

/// <summary>The same as far as it may be shown; null is a cell that is hidden, and a hidden cell never says why.</summary>
public sealed record QuarterCells(long? Quarter, IReadOnlyList<long?> Months);

/// <summary>
/// The one place where small numbers are hidden before they leave their community: cells below <see cref="Least"/>, and with them as many others
/// as it takes that nothing hidden follows from sums, months, neighbours or totals.
/// </summary>
/// <remarks>
/// The rule is "from the top, all or none". A quarter is shown when it is not small. Its months are shown when none of them is small, else none
/// is; the parts of a whole likewise, and their months when both shown wholes and all parts allow it. So whatever is hidden is hidden together with
/// everything it adds up with, and each hidden cell can still be several numbers (property-tested by trying all). Nothing coarser than a quarter
/// is shown, so that what was shown once never meets a later sum. Figures that stand at a day are not shown at all: from one quarter to the next they
/// differ by flows.
/// </remarks>
public static class SmallCells
{
    public const int Least = 5;

    /// <summary>A figure that adds up with no other.</summary>
    public static QuarterCells Alone(QuarterCounts counts)
    {
        var quarter = counts.Quarter >= Least;
        var months = quarter && counts.Months.All(m => m >= Least);
        return Cells(counts, quarter, months);
    }

    /// <summary>A figure and the two or more figures that it is the sum of.</summary>
    public static (QuarterCells Whole, IReadOnlyList<QuarterCells> Parts) Split(QuarterCounts whole, params IReadOnlyList<QuarterCounts> parts)
    {
        var shown = Alone(whole);
        var quarter = shown.Quarter is not null && parts.All(p => p.Quarter >= Least);
        var months = quarter && shown.Months[0] is not null && parts.All(p => p.Months.All(m => m >= Least));
        return (shown, [.. parts.Select(p => Cells(p, quarter, months))]);
    }

    /// <summary>
    /// Parts of a whole that is told elsewhere, or could be: what is small is hidden, and with it the smallest of the rest until no hidden cell follows from their sum.
    /// </summary>
    /// <remarks>
    /// The cells that are hidden together add up to at least <see cref="Least"/>, so they are two or more, and not each of them is the largest small number: then whoever knows the whole can
    /// still not tell which of them has what (tested by trying all).
    /// </remarks>
    public static IReadOnlyList<long?> Parts(IReadOnlyList<long> cells)
    {
        var hidden = cells.Select(c => c < Least).ToArray();
        // Equal numbers go together: which of two equal ones was taken would say something about the others.
        foreach (var next in cells.Where(c => c >= Least).Distinct().Order())
        {
            var these = cells.Where((_, i) => hidden[i]).ToList();
            if (these.Count == 0 || (these.Sum() >= Least && these.Any(c => c != Least - 1)))
                break;
            for (var i = 0; i < hidden.Length; i++)
                hidden[i] |= cells[i] == next;
        }
        return [.. cells.Select((c, i) => hidden[i] ? (long?)null : c)];
    }

    /// <summary>
    /// A number that stands at a day, for everybody: to the nearest ten, and null below ten. From one day to the next, or from one kind of walker to another, exact ones would differ by a household or two; these don't say by whom.
    /// </summary>
    public static long? Tens(long number) => number is > 0 and < 10 ? null : (number + 5) / 10 * 10;

    /// <summary>The sum of a column: hidden as soon as one of its cells is.</summary>
    public static long? Total(IEnumerable<long?> column) => column.Aggregate((long?)0, (sum, cell) => sum + cell);

    private static QuarterCells Cells(QuarterCounts counts, bool quarter, bool months) => new(quarter ? counts.Quarter : null, [.. counts.Months.Select(m => months ? m : (long?)null)]);
}
