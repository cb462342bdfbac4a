using Hele.Civic.Kernel;

namespace Hele.Web.Pages.Figures;

/// <summary>Which period a number page shows, and which others it offers.</summary>
/// <param name="Path">The page's own path; the period is its query.</param>
/// <param name="First">The day of the earliest record; periods before it are not offered.</param>
public sealed record PeriodChoice(string Path, Period Period, DateOnly Today, DateOnly First)
{
    /// <summary>The asked-for period; this year when none is asked for; null for what is no period.</summary>
    public static Period? Of(string? text, DateOnly today) =>
        string.IsNullOrEmpty(text) ? Period.Year(today.Year) : Period.TryParse(text, out var period) ? period : null;

    public static Period QuarterOf(DateOnly day) => Period.Quarter(day.Year, ((day.Month - 1) / 3) + 1);

    public static Period MonthOf(DateOnly day) => Period.Month(day.Year, day.Month);

    /// <summary>The year up to and with today, whatever the calendar: in the demo the demo's year.</summary>
    public static Period TwelveMonths(DateOnly today) => new(today.AddDays(1).AddMonths(-12), today);

    /// <summary>The month of this day and the eleven before it.</summary>
    public static IReadOnlyList<Period> MonthsUpTo(DateOnly day) => Row(MonthOf(day), 12);

    /// <summary>The months a chart beside this period shows: a year's own as far as they have begun, else twelve that end with it.</summary>
    public static IReadOnlyList<Period> MonthsOf(Period period, DateOnly today)
    {
        var last = MonthsUpTo(period.To < today || period.From > today ? period.To : today);
        return period.Kind == PeriodKind.Year ? [.. last.Where(m => m.From >= period.From)] : last;
    }

    /// <summary>As many periods of one kind, ending with this one, in the order of time.</summary>
    public static IReadOnlyList<Period> Row(Period last, int count)
    {
        var row = new List<Period> { last };
        while (row.Count < count && row[0].From > new DateOnly(1903, 1, 1))
            row.Insert(0, row[0].Previous);
        return row;
    }

    public IReadOnlyList<(Bilingual Text, Period Period)> Quick =>
    [
        (("今年", "This year"), Period.Year(Today.Year)),
        (("本季度", "This quarter"), QuarterOf(Today)),
        (("本月", "This month"), MonthOf(Today)),
        (("上月", "Last month"), MonthOf(Today).Previous),
        (("近十二个月", "Last twelve months"), TwelveMonths(Today)),
    ];

    public IEnumerable<Period> Years => Enumerable.Range(First.Year, Today.Year - First.Year + 1).Reverse().Select(Period.Year);

    public IEnumerable<Period> Quarters => Back(QuarterOf(Today));

    public IEnumerable<Period> Months => Back(MonthOf(Today)).Take(36);

    /// <summary>The chosen one is always among the options, also when it lies before the first record.</summary>
    public bool IsOffered => Years.Concat(Quarters).Concat(Months).Contains(Period);

    private IEnumerable<Period> Back(Period from)
    {
        for (var period = from; period.To >= First; period = period.Previous)
            yield return period;
    }
}
