using System.Globalization;
using System.Text.RegularExpressions;

namespace Hele.Civic.Kernel;

/// <summary>A span of dates, both ends included. Years, half-years, quarters and months are the fixed ones; others may be chosen freely.</summary>
public readonly partial record struct Period
{
    private static readonly Bilingual[] Quarters =
        [("第一季度", "first quarter"), ("第二季度", "second quarter"), ("第三季度", "third quarter"), ("第四季度", "fourth quarter")];

    private static readonly Bilingual[] Halves = [("上半年", "first half"), ("下半年", "second half")];

    /// <exception cref="ArgumentOutOfRangeException">The end lies before the beginning.</exception>
    public Period(DateOnly from, DateOnly to)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(to, from);
        (From, To) = (from, to);
    }

    public DateOnly From { get; }

    public DateOnly To { get; }

    /// <summary>Days of the span, both ends counted.</summary>
    public int Days => To.DayNumber - From.DayNumber + 1;

    /// <summary>What kind of calendar span this is, whichever way it was written.</summary>
    public PeriodKind Kind => From.Day != 1 || To.AddDays(1).Day != 1 ? PeriodKind.Free : (Months, From.Month) switch
    {
        (12, 1) => PeriodKind.Year,
        (6, 1 or 7) => PeriodKind.HalfYear,
        (3, 1 or 4 or 7 or 10) => PeriodKind.Quarter,
        (1, _) => PeriodKind.Month,
        _ => PeriodKind.Free,
    };

    /// <summary>Fixed periods alone may carry published figures: between freely chosen ones hidden cells could be worked out.</summary>
    public bool IsFixed => Kind != PeriodKind.Free;

    /// <summary>The instant (UTC) the first day begins in China.</summary>
    public DateTimeOffset Start => China.At(From);

    /// <summary>The instant (UTC) the last day is over in China; itself no longer inside.</summary>
    public DateTimeOffset End => China.EndOf(To);

    public Bilingual Title => Kind switch
    {
        PeriodKind.Year => ($"{From.Year}年", $"{From.Year}"),
        PeriodKind.HalfYear => ($"{From.Year}年{Halves[From.Month / 7].Zh}", $"{Halves[From.Month / 7].En} of {From.Year}"),
        PeriodKind.Quarter => ($"{From.Year}年{Quarters[(From.Month - 1) / 3].Zh}", $"{Quarters[(From.Month - 1) / 3].En} of {From.Year}"),
        PeriodKind.Month => ($"{From.Year}年{From.Month}月", From.ToString("MMMM yyyy", CultureInfo.InvariantCulture)),
        _ when From == To => ($"{From.Year}年{From.Month}月{From.Day}日", From.ToString("d MMMM yyyy", CultureInfo.InvariantCulture)),
        _ => ($"{From.Year}年{From.Month}月{From.Day}日至{To.Year}年{To.Month}月{To.Day}日",
            $"{From.ToString("d MMMM yyyy", CultureInfo.InvariantCulture)} to {To.ToString("d MMMM yyyy", CultureInfo.InvariantCulture)}"),
    };

    /// <summary>
    /// The span before: the year before a year, the month before a month; before whole months as many months; else as many days.
    /// </summary>
    public Period Previous => From.Day == 1 && To.AddDays(1).Day == 1
        ? new(From.AddMonths(-Months), From.AddDays(-1))
        : new(From.AddDays(-Days), From.AddDays(-1));

    private int Months => ((To.Year - From.Year) * 12) + To.Month - From.Month + 1;

    public static Period Year(int year) => new(new(year, 1, 1), new(year, 12, 31));

    public static Period HalfYear(int year, int half) => Starting(year, (half * 6) - 5, 6);

    public static Period Quarter(int year, int quarter) => Starting(year, (quarter * 3) - 2, 3);

    public static Period Month(int year, int month) => Starting(year, month, 1);

    public bool Contains(DateOnly date) => date >= From && date <= To;

    /// <summary>Whether the instant's date in China lies inside.</summary>
    public bool Contains(DateTimeOffset at) => Contains(China.DateIn(at));

    /// <summary>Reads <c>2026</c>, <c>2026-H1</c>, <c>2026-Q3</c>, <c>2026-10</c>, <c>2026-01-01..2026-03-31</c>. Years 1902 to 2100.</summary>
    public static bool TryParse(string? text, out Period period)
    {
        period = default;
        if (Form().Match((text ?? "").Trim()) is not { Success: true } match)
        {
            return false;
        }

        if (match.Groups["from"].Success)
        {
            if (!Date(match.Groups["from"].Value, out var from) || !Date(match.Groups["to"].Value, out var to) || to < from)
            {
                return false;
            }

            period = new(from, to);
            return IsKnown(from.Year) && IsKnown(to.Year);
        }

        var year = Number("year");
        if (!IsKnown(year))
        {
            return false;
        }

        period = match.Groups["half"].Success ? HalfYear(year, Number("half"))
            : match.Groups["quarter"].Success ? Quarter(year, Number("quarter"))
            : match.Groups["month"].Success ? Month(year, Number("month"))
            : Year(year);
        return true;

        int Number(string name) => int.Parse(match.Groups[name].ValueSpan, CultureInfo.InvariantCulture);
    }

    /// <inheritdoc cref="TryParse"/>
    /// <exception cref="FormatException">It is no period.</exception>
    public static Period Parse(string text) => TryParse(text, out var period) ? period : throw new FormatException($"Not a period: {text}");

    /// <summary>The shortest form that <see cref="Parse"/> reads back.</summary>
    public override string ToString() => Kind switch
    {
        PeriodKind.Year => $"{From.Year:D4}",
        PeriodKind.HalfYear => $"{From.Year:D4}-H{(From.Month / 7) + 1}",
        PeriodKind.Quarter => $"{From.Year:D4}-Q{((From.Month - 1) / 3) + 1}",
        PeriodKind.Month => $"{From.Year:D4}-{From.Month:D2}",
        _ => $"{From.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}..{To.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}",
    };

    private static Period Starting(int year, int month, int months)
    {
        var from = new DateOnly(year, month, 1);
        return new(from, from.AddMonths(months).AddDays(-1));
    }

    private static bool IsKnown(int year) => year is >= 1902 and <= 2100;

    private static bool Date(string text, out DateOnly date) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out date);

    [GeneratedRegex(@"^(?:(?<year>[0-9]{4})(?:-(?:[Hh](?<half>[12])|[Qq](?<quarter>[1-4])|(?<month>0[1-9]|1[0-2])))?|(?<from>[0-9]{4}-[0-9]{2}-[0-9]{2})\.\.(?<to>[0-9]{4}-[0-9]{2}-[0-9]{2}))$", RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}

public enum PeriodKind
{
    Free,
    Month,
    Quarter,
    HalfYear,
    Year,
}
