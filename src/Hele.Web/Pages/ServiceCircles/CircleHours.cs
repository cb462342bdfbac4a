using System.Globalization;
using Hele.Planning.Streets;
using Hele.Web.Ui;

namespace Hele.Web.Pages.ServiceCircles;

/// <summary>Times of day to choose from.</summary>
public static class CircleHours
{
    /// <summary>Every half hour, and the one that is asked about when it lies between.</summary>
    public static IEnumerable<Option> Around(WeekMoment at)
    {
        var times = Enumerable.Range(0, 48).Select(i => new TimeOnly(i / 2, i % 2 * 30)).Append(new TimeOnly(at.Hour, at.Minute)).Distinct().Order();
        return times.Select(t => t.ToString("HH:mm", CultureInfo.InvariantCulture)).Select(t => new Option(t, t));
    }
}
