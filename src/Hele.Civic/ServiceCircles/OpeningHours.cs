using System.Globalization;
using Hele.Planning.Streets;

namespace Hele.Civic.ServiceCircles;

/// <summary>From a time to a time on some days of the week (1 = Monday); over midnight where the end isn't after the beginning.</summary>
public sealed record HourSpan(IReadOnlyList<int> Days, TimeOnly From, TimeOnly To);

/// <summary>
/// Hours that repeat every week, as they are kept: the part of OpenStreetMap's opening_hours that <see cref="WeekHours"/> reads, with equal days gathered, so that the same hours have
/// the same text however they were entered.
/// </summary>
public static class OpeningHours
{
    public const string Always = "24/7", Never = "off";

    private static readonly string[] Days = ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"];

    /// <summary>The text of these spans; <see cref="Never"/> for none.</summary>
    public static string Write(IEnumerable<HourSpan> spans)
    {
        var byDay = new SortedDictionary<int, SortedSet<string>>();
        foreach (var span in spans)
            foreach (var day in span.Days)
                (byDay.TryGetValue(day, out var there) ? there : byDay[day] = []).Add(string.Create(CultureInfo.InvariantCulture, $"{span.From:HH\\:mm}-{(span.To == TimeOnly.MinValue ? "24:00" : span.To.ToString("HH\\:mm", CultureInfo.InvariantCulture))}"));
        var rules = byDay.GroupBy(d => string.Join(',', d.Value)).OrderBy(g => g.Min(d => d.Key)).Select(g => $"{DayList([.. g.Select(d => d.Key)])} {g.Key}");
        return string.Join("; ", rules) is { Length: > 0 } text ? text : Never;
    }

    /// <summary>The spans of a text that <see cref="Write"/> made, equal days together.</summary>
    public static IReadOnlyList<HourSpan> Read(string text)
    {
        var spans = new List<HourSpan>();
        if (text is Never or "")
            return spans;
        if (text == Always)
            return [new([1, 2, 3, 4, 5, 6, 7], TimeOnly.MinValue, TimeOnly.MinValue)];
        foreach (var rule in text.Split("; "))
        {
            var (days, times) = rule.Split(' ') is [var d, var t] ? (d, t) : throw new FormatException($"Not hours as they are kept: {text}");
            foreach (var time in times.Split(','))
                spans.Add(new(DaysOf(days), Time(time[..5]), Time(time[6..])));
        }
        return spans;

        static TimeOnly Time(string time) => time == "24:00" ? TimeOnly.MinValue : TimeOnly.ParseExact(time, "HH:mm", CultureInfo.InvariantCulture);
    }

    /// <summary>As the engine asks them.</summary>
    public static WeekHours Of(string text) => text == Always ? WeekHours.Always : text is Never or "" ? WeekHours.Never
        : WeekHours.Parse(text) ?? throw new FormatException($"Not hours as they are kept: {text}");

    private static string DayList(List<int> days)
    {
        var runs = new List<string>();
        for (var i = 0; i < days.Count;)
        {
            var last = i;
            while (last + 1 < days.Count && days[last + 1] == days[last] + 1)
                last++;
            runs.Add(last == i ? Days[days[i] - 1] : last == i + 1 ? $"{Days[days[i] - 1]},{Days[days[last] - 1]}" : $"{Days[days[i] - 1]}-{Days[days[last] - 1]}");
            i = last + 1;
        }
        return string.Join(',', runs);
    }

    private static List<int> DaysOf(string text) => [.. text.Split(',').SelectMany(part =>
    {
        var ends = part.Split('-').Select(d => Array.IndexOf(Days, d) + 1).ToArray();
        return Enumerable.Range(ends[0], ends[^1] - ends[0] + 1);
    })];
}
