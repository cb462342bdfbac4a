using System.Globalization;

namespace Hele.Civic.Kernel;

/// <summary>
/// Which days are worked. Years with a State Council notice come from data (days off, and weekend days that are worked instead);
/// for a year without one, weekends and the statutory days of the 2024 holiday regulation stand in and the answer is provisional:
/// the days that will be swapped are not known yet.
/// </summary>
public sealed class WorkingCalendar
{
    private static readonly ChineseLunisolarCalendar Lunar = new();

    private readonly Dictionary<DateOnly, Holiday> _rows;
    private readonly HashSet<int> _years;

    /// <param name="rows">One row for each day that differs from an ordinary week. A year counts as known when it has any row.</param>
    /// <exception cref="FormatException">A date appears twice.</exception>
    public WorkingCalendar(IEnumerable<Holiday> rows)
    {
        _rows = [];
        foreach (var row in rows)
        {
            if (!_rows.TryAdd(row.Date, row))
            {
                throw new FormatException($"Holidays: {row.Date:yyyy-MM-dd} appears twice.");
            }
        }

        _years = [.. _rows.Keys.Select(date => date.Year)];
    }

    /// <summary>Reads <c>holidays.csv</c>: date, name, name_en, off (1 off, 0 worked), source.</summary>
    public static WorkingCalendar Load(string path) => new(Csv.Load(path).Select(row => new Holiday(
        row.Date("date") ?? throw new FormatException($"{path}, line {row.LineNumber}: no date."),
        (row["name"], row["name_en"]),
        row.Get("off", text => text switch { "1" => true, "0" => false, _ => throw new FormatException($"off is 0 or 1, not {text}") }),
        row["source"])));

    /// <summary>The years for which a notice is in the data.</summary>
    public IReadOnlySet<int> Years => _years;

    /// <summary>The row of the notice about this day: a day off, or a weekend day that is worked. Null for an ordinary day.</summary>
    public Holiday? RowOf(DateOnly date) => _rows.GetValueOrDefault(date);

    /// <summary>True when the answer for this date rests on no notice.</summary>
    public bool IsProvisional(DateOnly date) => !_years.Contains(date.Year);

    public bool IsWorkingDay(DateOnly date)
    {
        if (_rows.TryGetValue(date, out var row))
        {
            return !row.Off;
        }

        return date.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday) && (!IsProvisional(date) || !IsLegalHoliday(date));
    }

    /// <summary>
    /// Whether the date is one of the thirteen days the regulation itself names, whatever the notice swaps around them. (A rest
    /// day is more: ask <see cref="IsWorkingDay"/>.)
    /// </summary>
    public bool IsLegalHoliday(DateOnly date) => Festival(date) is not null;

    /// <summary>
    /// The statutory festival of the date by article 2 of the 2024 holiday regulation, or null: New Year 1 day, Spring Festival 4 (its eve to the
    /// third), Qingming 1, Labour Day 2, Dragon Boat 1, Mid-Autumn 1, National Day 3. Lunar dates are known for 1901 to 2100.
    /// </summary>
    public static Bilingual? Festival(DateOnly date)
    {
        switch (date.Month, date.Day)
        {
            case (1, 1):
                return ("元旦", "New Year's Day");
            case (5, 1 or 2):
                return ("劳动节", "Labour Day");
            case (10, >= 1 and <= 3):
                return ("国庆节", "National Day");
        }

        if (date == Qingming(date.Year))
        {
            return ("清明节", "Qingming Festival");
        }

        if (date.Year is < 1902 or > 2100)
        {
            return null;
        }

        // The eve has no fixed number: the twelfth month has 29 or 30 days. So the festival is counted from its first day.
        var spring = FromLunar(date.Year, 1, 1);
        if (date >= spring.AddDays(-1) && date <= spring.AddDays(2))
        {
            return ("春节", "Spring Festival");
        }

        return date == FromLunar(date.Year, 5, 5) ? ("端午节", "Dragon Boat Festival")
            : date == FromLunar(date.Year, 8, 15) ? ("中秋节", "Mid-Autumn Festival")
            : (Bilingual?)null;
    }

    /// <summary>The n-th working day after the date (before it, for a negative n); the date itself for 0.</summary>
    public DateOnly AddWorkingDays(DateOnly date, int n)
    {
        var step = Math.Sign(n);
        for (var left = Math.Abs(n); left > 0;)
        {
            date = date.AddDays(step);
            left -= IsWorkingDay(date) ? 1 : 0;
        }

        return date;
    }

    /// <summary>The date itself when it is worked, else the next working day.</summary>
    public DateOnly OnOrAfter(DateOnly date)
    {
        while (!IsWorkingDay(date))
        {
            date = date.AddDays(1);
        }

        return date;
    }

    /// <summary>Working days after <paramref name="from"/> up to and including <paramref name="to"/>; negative when to is earlier.</summary>
    public int WorkingDaysBetween(DateOnly from, DateOnly to)
    {
        if (to < from)
        {
            return -WorkingDaysBetween(to, from);
        }

        var count = 0;
        for (var date = from.AddDays(1); date <= to; date = date.AddDays(1))
        {
            count += IsWorkingDay(date) ? 1 : 0;
        }

        return count;
    }

    /// <summary>Whether any date of the span is provisional.</summary>
    public bool IsProvisional(DateOnly from, DateOnly to) => Enumerable.Range(from.Year, to.Year - from.Year + 1).Any(year => !_years.Contains(year));

    /// <summary>The usual approximation of the sun's 15th degree, right for 2000 to 2099: the day is 4 or 5 April.</summary>
    private static DateOnly Qingming(int year)
    {
        var y = year % 100;
        return new(year, 4, (int)((y * 0.2422) + 4.81) - (y / 4));
    }

    private static DateOnly FromLunar(int year, int month, int day)
    {
        // A leap month pushes the numbers of those behind it by one.
        var leap = Lunar.GetLeapMonth(year);
        return DateOnly.FromDateTime(Lunar.ToDateTime(year, leap > 0 && month >= leap ? month + 1 : month, day, 0, 0, 0, 0));
    }
}

/// <summary>A day that differs from an ordinary week.</summary>
/// <param name="Off">True: not worked. False: a weekend day that is worked.</param>
/// <param name="Source">The notice it comes from.</param>
public sealed record Holiday(DateOnly Date, Bilingual Name, bool Off, string Source);
