using System.Collections;
using System.Globalization;

namespace Hele.Planning.Streets;

/// <summary>A minute of the week. Days count from Monday = 1 to Sunday = 7.</summary>
public readonly record struct WeekMoment(int Day, int Hour, int Minute = 0)
{
    /// <summary>Of a local date and time.</summary>
    public static WeekMoment Of(DateTime local) => new(local.DayOfWeek == DayOfWeek.Sunday ? 7 : (int)local.DayOfWeek, local.Hour, local.Minute);

    /// <summary>So many minutes later, over the end of the week into the next.</summary>
    public WeekMoment After(int minutes)
    {
        var minute = (MinuteOfWeek + minutes) % (7 * 24 * 60);
        return new(minute / 1440 + 1, minute / 60 % 24, minute % 60);
    }

    internal int MinuteOfWeek => Day is >= 1 and <= 7 && Hour is >= 0 and <= 23 && Minute is >= 0 and <= 59
        ? ((Day - 1) * 24 + Hour) * 60 + Minute
        : throw new ArgumentOutOfRangeException(nameof(Day), $"Not a moment of a week: day {Day}, {Hour}:{Minute}.");
}

/// <summary>
/// Hours that repeat every week: when a gate is open, when somebody answers at a point. To the minute; an end is the first minute that is shut.
/// </summary>
public sealed class WeekHours : IEquatable<WeekHours>
{
    const int Week = 7 * 24 * 60;
    static readonly string[] Days = ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"];
    readonly BitArray open;

    WeekHours(BitArray open, string text) => (this.open, Text) = (open, text);

    /// <summary>The hours as they were written.</summary>
    public string Text { get; }

    public static readonly WeekHours Always = new(new BitArray(Week, true), "24/7");
    public static readonly WeekHours Never = new(new BitArray(Week, false), "off");

    /// <summary>Open on these days (1 = Monday; none named: every day) from one minute to another; over midnight where the end is not after the beginning.</summary>
    public static WeekHours Between(TimeOnly from, TimeOnly to, params IEnumerable<int> days)
    {
        var list = days.ToArray();
        var bits = new BitArray(Week);
        foreach (var day in list.Length == 0 ? Enumerable.Range(1, 7) : list)
        {
            if (day is < 1 or > 7)
                throw new ArgumentOutOfRangeException(nameof(days), $"Not a day of the week: {day}.");
            Fill(bits, day - 1, from.Hour * 60 + from.Minute, to.Hour * 60 + to.Minute, true);
        }
        var time = $"{from:HH\\:mm}-{to:HH\\:mm}";
        return new(bits, list.Length == 0 ? time : $"{string.Join(',', list.Order().Select(d => Days[d - 1]))} {time}");
    }

    public bool IsOpen(WeekMoment at) => open[at.MinuteOfWeek];

    /// <summary>Minutes from a moment to the first one that is open, within a week of it; 0 when it is open then, null when it never is.</summary>
    public int? MinutesUntilOpen(WeekMoment at)
    {
        for (var (from, wait) = (at.MinuteOfWeek, 0); wait < Week; wait++)
            if (open[(from + wait) % Week])
                return wait;
        return null;
    }

    /// <summary>
    /// Reads the part of OpenStreetMap's opening_hours that gates have: "24/7", "off", "06:00-22:00", "Mo-Fr 06:00-22:00; Sa,Su 08:00-20:00",
    /// "Mo-Su 06:00-12:00,14:00-22:00". A later rule replaces an earlier one on its days. Anything else (months, holidays, sunrise) is null: the caller says that it wasn't understood.
    /// </summary>
    public static WeekHours? Parse(string? text)
    {
        if (string.IsNullOrWhiteSpace(text) || text.Length > 500)
            return null;
        // Day by day, and filled at the end: what runs over midnight belongs to the day it began on, and a rule for the next day doesn't cut it off.
        var spans = new List<(int From, int To)>[7];
        for (var day = 0; day < 7; day++)
            spans[day] = [];
        foreach (var rule in text.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (rule == "24/7")
            {
                for (var day = 0; day < 7; day++)
                    spans[day] = [(0, 1440)];
                continue;
            }
            var blank = rule.IndexOf(' ');
            var head = blank < 0 ? rule : rule[..blank];
            var days = ParseDays(head);
            var times = days == null ? rule : blank < 0 ? "00:00-24:00" : rule[(blank + 1)..].Trim();
            var list = new List<(int, int)>();
            if (times is not ("off" or "closed"))
            {
                foreach (var span in times.Split(',', StringSplitOptions.TrimEntries))
                {
                    if (span.Split('-') is not [var a, var b] || ParseTime(a) is not { } from || ParseTime(b) is not { } to)
                        return null;
                    list.Add((from, to));
                }
            }
            foreach (var day in days ?? [0, 1, 2, 3, 4, 5, 6])
                spans[day] = list;
        }
        var bits = new BitArray(Week);
        for (var day = 0; day < 7; day++)
            foreach (var (from, to) in spans[day])
                Fill(bits, day, from, to, true);
        return new(bits, text.Trim());
    }

    static int[]? ParseDays(string text)
    {
        var days = new List<int>();
        foreach (var part in text.Split(','))
        {
            var ends = part.Split('-').Select(d => Array.IndexOf(Days, d)).ToArray();
            if (ends.Length > 2 || ends.Any(d => d < 0))
                return null;
            for (var d = ends[0]; ; d = (d + 1) % 7)
            {
                days.Add(d);
                if (d == ends[^1])
                    break;
            }
        }
        return [.. days];
    }

    static int? ParseTime(string text) =>
        text.Split(':') is [var h, var m] && h.Length is 1 or 2 && m.Length == 2
        && int.TryParse(h, NumberStyles.None, CultureInfo.InvariantCulture, out var hour) && int.TryParse(m, NumberStyles.None, CultureInfo.InvariantCulture, out var minute)
        && minute < 60 && hour * 60 + minute <= 1440 ? hour * 60 + minute : null;

    static void Fill(BitArray bits, int day, int from, int to, bool value)
    {
        var length = to > from ? to - from : to - from + 1440;
        for (var i = 0; i < length; i++)
            bits[(day * 1440 + from + i) % Week] = value;
    }

    public bool Equals(WeekHours? other) => other != null && Enumerable.Range(0, Week).All(i => open[i] == other.open[i]);
    public override bool Equals(object? obj) => Equals(obj as WeekHours);
    public override int GetHashCode()
    {
        var hash = new HashCode();
        for (var i = 0; i < Week; i += 30)
            hash.Add(open[i]);
        return hash.ToHashCode();
    }
    public override string ToString() => Text;
}
