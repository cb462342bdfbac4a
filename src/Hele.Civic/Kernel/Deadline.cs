namespace Hele.Civic.Kernel;

/// <summary>
/// Counts time limits as Civil Code articles 200 to 204 do. The first day is not counted (201). Days and months that end on a day
/// off end on the next working day (203). A month ends on the same date, or on the month's last day where that date is missing
/// (202). Working days skip days off. Hours run from the given instant, days off included (201). A day ends at 24:00 (203).
/// </summary>
public static class Deadline
{
    /// <summary>The limit of a rule, counted from what starts it.</summary>
    public static Due Of(Rule rule, DateTimeOffset start, WorkingCalendar calendar) => Count(start, rule.Amount, rule.Unit, rule.Kind, calendar);

    /// <summary>As <see cref="Count(DateOnly, int, RuleUnit, RuleKind, WorkingCalendar)"/>, from the date of the instant in China; hours from the instant itself.</summary>
    public static Due Count(DateTimeOffset start, int amount, RuleUnit unit, RuleKind kind, WorkingCalendar calendar)
    {
        if (unit != RuleUnit.Hour)
        {
            return Count(China.DateIn(start), amount, unit, kind, calendar);
        }

        ArgumentOutOfRangeException.ThrowIfNegative(amount);
        var at = start.AddHours(amount).ToUniversalTime();
        return new Due(China.DateIn(at), at, ToTheInstant: true, Provisional: false);
    }

    /// <summary>
    /// The last day of a limit that starts on a date. A threshold ("six months in a row") is a fact, no limit on an act, and does not
    /// roll over days off.
    /// </summary>
    /// <exception cref="ArgumentException">Hours are counted from an instant, not from a date.</exception>
    public static Due Count(DateOnly start, int amount, RuleUnit unit, RuleKind kind, WorkingCalendar calendar)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(amount);
        var nominal = unit switch
        {
            RuleUnit.WorkDay => calendar.AddWorkingDays(start, amount),
            RuleUnit.Day => start.AddDays(amount),
            RuleUnit.Month => start.AddMonths(amount),
            RuleUnit.Year => start.AddYears(amount),
            RuleUnit.Hour => throw new ArgumentException("Hours are counted from an instant, not from a date.", nameof(unit)),
            _ => throw new ArgumentException("How often, or how many, is no time limit.", nameof(unit)),
        };
        var last = kind == RuleKind.Threshold ? nominal : calendar.OnOrAfter(nominal);
        var provisional = unit == RuleUnit.WorkDay ? calendar.IsProvisional(start, last)
            : kind != RuleKind.Threshold && calendar.IsProvisional(nominal, last);
        return new Due(last, China.EndOf(last), ToTheInstant: false, provisional);
    }

    /// <summary>
    /// The last day on which something must be done that has to come a number of days before another ("twenty days before election
    /// day"). Nothing is gained by rolling here: a day off stays, and who wants to be safe acts earlier.
    /// </summary>
    public static DateOnly LatestBefore(DateOnly day, int amount, RuleUnit unit, WorkingCalendar calendar) => unit switch
    {
        RuleUnit.WorkDay => calendar.AddWorkingDays(day, -amount),
        RuleUnit.Day => day.AddDays(-amount),
        RuleUnit.Month => day.AddMonths(-amount),
        RuleUnit.Year => day.AddYears(-amount),
        _ => throw new ArgumentException("Hours are counted from an instant, not from a date.", nameof(unit)),
    };
}

/// <summary>When a limit ends.</summary>
/// <param name="Date">The last day, in China.</param>
/// <param name="At">The instant (UTC) it ends: 24:00 of that day, or the exact instant where hours were counted.</param>
/// <param name="ToTheInstant">True where hours were counted.</param>
/// <param name="Provisional">True when it rests on a year whose holidays are not announced yet: it may still move.</param>
public readonly record struct Due(DateOnly Date, DateTimeOffset At, bool ToTheInstant, bool Provisional)
{
    /// <summary>Whether what was done at this instant came too late. At 24:00 sharp the day is over; an hour's limit includes its last instant.</summary>
    public bool IsMissedAt(DateTimeOffset done) => ToTheInstant ? done > At : done >= At;
}
