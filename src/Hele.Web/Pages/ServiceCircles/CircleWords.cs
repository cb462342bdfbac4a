using System.Globalization;
using Hele.Civic.ServiceCircles;
using Hele.Planning.Reach;
using Hele.Planning.Streets;
using Hele.Web.Ui;

namespace Hele.Web.Pages.ServiceCircles;

/// <summary>What these pages call things.</summary>
public static class CircleWords
{
    public static string Group(this Texts L, WalkerGroup group) => group switch
    {
        WalkerGroup.Older => L["老年人"],
        WalkerGroup.Child => L["儿童"],
        WalkerGroup.Wheelchair => L["坐轮椅的人（不走台阶）"],
        _ => L["成人"],
    };

    public static string WeekDay(this Texts L, int day) => day switch
    {
        1 => L["星期一"], 2 => L["星期二"], 3 => L["星期三"], 4 => L["星期四"], 5 => L["星期五"], 6 => L["星期六"], _ => L["星期日"],
    };

    /// <summary>Centimetres a second as metres a second.</summary>
    public static string Speed(this Texts L, params int[] centimetres) => L["每秒{0}米", string.Join(L["、"], centimetres.Select(c => (c / 100m).ToString("0.##", CultureInfo.InvariantCulture)))];

    public static string Moment(this Texts L, WeekMoment at) => L["{0} {1}", L.WeekDay(at.Day), CircleAddress.Time(at)];

    /// <summary>With all that a number of the circle means nothing without.</summary>
    public static string Basis(this Texts L, CircleAsk ask, CircleRules rules) => L["{0}，{1}，{2}，{3}分钟以内", L.Group(ask.Group), L.Speed(rules.SpeedOf(ask.Group)), L.Moment(ask.At), rules.LimitMinutes] + (ask.WithHelpers ? L["，就近帮忙的人也算"] : "");

    /// <summary>7分35秒.</summary>
    public static string Walk(this Texts L, int seconds) => seconds < 60 ? L["{0}秒", seconds] : seconds % 60 == 0 ? L["{0}分钟", seconds / 60] : L["{0}分{1}秒", seconds / 60, seconds % 60];

    public static string Standing(this Texts L, CircleBuilding building) => building.Standing switch
    {
        Hele.Planning.Reach.Standing.Covered => L["走得到"],
        Hele.Planning.Reach.Standing.Beyond => L["太远"],
        Hele.Planning.Reach.Standing.NoWay => L["这时没有路通到有人的点"],
        _ => L["附近没有路"],
    };

    /// <summary>Why a point doesn't count; null where it does.</summary>
    public static string? Trouble(this Texts L, CirclePoint point) => point.Closed ? L["试算：撤掉"] : point.Standing switch
    {
        PointStanding.NoStreet => L["附近没有路"],
        PointStanding.Shut => L["这时没人"],
        _ => null,
    };

    /// <summary>A walk in words: from the door to the street, along the ways, and from the street to the point's door.</summary>
    public static IReadOnlyList<string> Legs(this Texts L, WalkPath path)
    {
        var words = new List<string>();
        foreach (var (leg, i) in path.Legs.Select((leg, i) => (leg, i)))
        {
            var metres = (int)Math.Round(leg.Metres);
            if (i > 0 && i < path.Legs.Count - 1)
                words.Add(L["{0}，{1}，约{2}米", leg.Turn switch { < -150 or > 150 => L["掉头"], < -ReachIndex.Straight => L["左转"], > ReachIndex.Straight => L["右转"], _ => L["直走"] }, leg.Name ?? ((leg.Flags & WayFlags.Steps) != 0 ? L["台阶"] : L["没有名字的路"]), Math.Max(1, metres)]);
            else if (metres > 0)
                words.Add(i == 0 ? L["从楼门口到路上，约{0}米", metres] : L["从路上到服务点门口，约{0}米", metres]);
        }
        return words;
    }

    /// <summary>Where the walk leads.</summary>
    public static string Name(this Texts L, CirclePoint point) => point.Code is not null ? point.Name : point.Name.Length > 0 ? L["试加的点{0}", point.Name] : L[point.Kind];

    public static string To(this Texts L, CircleBuilding building) => building.ByHelper ? L["就近帮忙的人"] : building.Point ?? (building.Seconds is null ? "" : L["试加的点"]);

    /// <summary>Opening hours in words: Monday to Friday 08:00–18:00.</summary>
    public static string Hours(this Texts L, string text)
    {
        if (text == OpeningHours.Always)
            return L["昼夜有人"];
        var spans = OpeningHours.Read(text);
        return spans.Count == 0 ? L["不开放"] : string.Join(L["；"], spans.GroupBy(s => string.Join(',', s.Days)).Select(g => L["{0} {1}", L.Days(g.First().Days), string.Join(L["、"], g.Select(Span))]));
    }

    private static string Span(HourSpan span) => string.Create(CultureInfo.InvariantCulture, $"{span.From:HH\\:mm}–{(span.To == TimeOnly.MinValue ? "24:00" : span.To.ToString("HH\\:mm", CultureInfo.InvariantCulture))}");

    public static string Days(this Texts L, IReadOnlyList<int> days) => string.Join(',', days) switch
    {
        "1,2,3,4,5,6,7" => L["每天"],
        "1,2,3,4,5" => L["星期一至星期五"],
        "6,7" => L["星期六和星期日"],
        _ => string.Join(L["、"], days.Select(d => L.WeekDay(d))),
    };

    public static string Kind(this Texts L, CorrectionKind kind) => kind switch
    {
        CorrectionKind.Gate => L["门"],
        CorrectionKind.Footpath => L["小路"],
        _ => L["围墙或围挡"],
    };
}

/// <summary>Hours on a form: some rows of days and times; what was typed stays as it was typed.</summary>
public sealed class HoursForm
{
    /// <summary>Rows that stand on an empty form, and the most that are read of one.</summary>
    public const int Rows = 4, Most = 28;

    public static IReadOnlyList<(string Value, int[] Days)> Choices { get; } =
        [("all", [1, 2, 3, 4, 5, 6, 7]), ("work", [1, 2, 3, 4, 5]), ("end", [6, 7]), .. Enumerable.Range(1, 7).Select(d => (d.ToString(CultureInfo.InvariantCulture), new[] { d }))];

    public bool Always { get; set; }
    public List<Row> Spans { get; set; } = [.. Enumerable.Range(0, Rows).Select(_ => new Row())];

    public sealed class Row
    {
        public string Days { get; set; } = "";
        public string From { get; set; } = "";
        public string To { get; set; } = "";

        public bool IsEmpty => string.IsNullOrWhiteSpace(Days) && string.IsNullOrWhiteSpace(From) && string.IsNullOrWhiteSpace(To);
    }

    public static IReadOnlyList<Option> Options(Texts L) => [.. Choices.Select(c => new Option(c.Value, L.Days(c.Days)))];

    public HoursInput Input => new(Always, [.. Spans.Take(Most).Where(r => !r.IsEmpty).Select(Of)]);

    private static HourSpan? Of(Row row) => Choices.FirstOrDefault(c => c.Value == row.Days).Days is { } days && Time(row.From) is { } from && Time(row.To) is { } to ? new(days, from, to) : null;

    /// <summary>08:30, 8:30, 0830 and, at the end of a day, 24:00; with a colon of either width.</summary>
    private static TimeOnly? Time(string? typed)
    {
        var text = Civic.Kernel.ChineseText.Normalize(typed).Replace('\uFF1A', ':');
        if (text is "24:00" or "2400")
            return TimeOnly.MinValue;
        return TimeOnly.TryParseExact(text, ["HH:mm", "H:mm", "HHmm"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time : null;
    }

    public static HoursForm Of(string? text)
    {
        var form = new HoursForm { Always = text == OpeningHours.Always };
        if (form.Always || text is null)
            return form;
        var rows = new List<Row>();
        foreach (var span in OpeningHours.Read(text))
        {
            // Days that are no choice of the form stand one by one.
            var days = span.Days.ToArray();
            var whole = Choices.FirstOrDefault(c => c.Days.SequenceEqual(days)).Value;
            foreach (var value in whole is null ? days.Select(d => d.ToString(CultureInfo.InvariantCulture)) : [whole])
                rows.Add(new() { Days = value, From = span.From.ToString("HH:mm", CultureInfo.InvariantCulture), To = span.To == TimeOnly.MinValue ? "24:00" : span.To.ToString("HH:mm", CultureInfo.InvariantCulture) });
        }
        for (var i = rows.Count; i < Rows; i++)
            rows.Add(new());
        form.Spans = rows;
        return form;
    }
}
