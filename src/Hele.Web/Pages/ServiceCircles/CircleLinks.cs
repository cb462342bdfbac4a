using System.Globalization;
using Hele.Civic.Grids;
using Hele.Civic.ServiceCircles;
using Hele.Planning.Streets;

namespace Hele.Web.Pages.ServiceCircles;

/// <summary>The addresses of the pages about the walking circle.</summary>
public static class CircleLinks
{
    public const string Walk = "/circle", Json = "/circle.json", GeoJson = "/circle.geojson", StreetLines = "/circle/streets.json", List = "/circle/list.xlsx", Near = "/circle/near", Points = "/circle/service-points", NewPoint = "/circle/service-points/new",
        Helpers = "/circle/helpers", NewHelper = "/circle/helpers/new", Streets = "/circle/streets", NewMap = "/circle/streets/new", NewCorrection = "/circle/streets/draw", Uncovered = "/circle/uncovered", Readings = "/circle/readings", Siting = "/circle/siting", SitingList = "/circle/siting/siting.xlsx";

    public static string Point(string code) => $"{Points}/{code}";

    public static string Reading(string code) => $"{Readings}#{code}";
}

/// <summary>What the walking map is asked, as it stands in an address: the page, its files and the script read the same.</summary>
public static class CircleAddress
{
    private static readonly string[] Groups = [.. Enum.GetValues<WalkerGroup>().Select(Name)];

    public static string Name(WalkerGroup group) => group.ToString().ToLowerInvariant();

    public static string Name(Datum datum) => datum.ToString().ToLowerInvariant();

    /// <summary>Says for whose map a file is asked.</summary>
    public const string System = "system";

    /// <summary>The system of coordinates that an address names; WGS-84 where it names none.</summary>
    public static Datum Datum(IQueryCollection query, string name) => Enum.TryParse<Datum>(query[name].FirstOrDefault(), ignoreCase: true, out var datum) && Enum.IsDefined(datum) ? datum : default;

    /// <summary>What an address asks; what it doesn't say, or says wrongly, is as usual. The place that a point is to be tried at is typed: said wrongly, "to" is named in <paramref name="wrong"/>, and "move" where it isn't said which point.</summary>
    /// <param name="unsaid">The hour where the address says none; by default the usual one.</param>
    public static CircleAsk Read(IQueryCollection query, ICollection<string>? wrong = null, WeekMoment? unsaid = null)
    {
        var group = Array.IndexOf(Groups, query["group"].FirstOrDefault() ?? "") is >= 0 and var g ? (WalkerGroup)g : WalkerGroup.Adult;
        var usual = unsaid ?? CircleQueries.UsualHour;
        var day = int.TryParse(query["day"].FirstOrDefault(), NumberStyles.None, CultureInfo.InvariantCulture, out var d) && d is >= 1 and <= 7 ? d : usual.Day;
        var time = TimeOnly.TryParseExact(query["time"].FirstOrDefault(), "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var t) ? t : new TimeOnly(usual.Hour, usual.Minute);
        var (move, to) = (Code(query["move"].FirstOrDefault()), Place(OtherMaps.ToWgs84(query["to"].FirstOrDefault(), Datum(query, "datum"))));
        if (to is null && (move is not null || !string.IsNullOrWhiteSpace(query["to"].FirstOrDefault())))
            wrong?.Add("to");
        else if (to is not null && move is null)
            wrong?.Add("move");
        return new(group, new(day, time.Hour, time.Minute), query["helpers"].FirstOrDefault() is "true")
        {
            Move = to is null ? null : move, MoveTo = move is null ? null : to, Closes = [.. query["close"].Select(Code).OfType<string>().Distinct().Take(CircleAsk.MostTried)],
            Opens = [.. query["open"].Select(Code).OfType<string>().Distinct().Take(CircleAsk.MostTried)], Adds = [.. query["add"].Select(Place).OfType<Position>().Distinct().Take(CircleAsk.MostTried)],
        };
    }

    /// <summary>The query of it, without what is as usual.</summary>
    /// <param name="system">For whose map, where it is a file.</param>
    public static string Write(CircleAsk ask, Datum system = default)
    {
        var usual = CircleQueries.UsualHour;
        var parts = new List<KeyValuePair<string, string?>>();
        if (ask.Group != WalkerGroup.Adult) parts.Add(new("group", Name(ask.Group)));
        if (ask.At.Day != usual.Day) parts.Add(new("day", ask.At.Day.ToString(CultureInfo.InvariantCulture)));
        if ((ask.At.Hour, ask.At.Minute) != (usual.Hour, usual.Minute)) parts.Add(new("time", Time(ask.At)));
        if (ask.WithHelpers) parts.Add(new("helpers", "true"));
        parts.AddRange(Tried(ask).Select(t => KeyValuePair.Create<string, string?>(t.Name, t.Value)));
        if (system != default) parts.Add(new(System, Name(system)));
        return QueryString.Create(parts).ToString();
    }

    /// <summary>What is tried, as an address or a form's hidden fields say it.</summary>
    public static IEnumerable<(string Name, string Value)> Tried(CircleAsk ask) =>
    [
        .. ask is { Move: { } move, MoveTo: { } to } ? new[] { ("move", move), ("to", Place(to)) } : [],
        .. ask.Closes.Select(c => ("close", c)), .. ask.Opens.Select(o => ("open", o)), .. ask.Adds.Select(a => ("add", Place(a))),
    ];

    /// <summary>The points near a building at the hour of this question, said in full: what isn't said there is now.</summary>
    public static string Near(string building, CircleAsk ask) => CircleLinks.Near + QueryString.Create(new Dictionary<string, string?> { ["building"] = building, ["group"] = Name(ask.Group), ["day"] = ask.At.Day.ToString(CultureInfo.InvariantCulture), ["time"] = Time(ask.At) });

    public static string Walk(CircleAsk ask) => CircleLinks.Walk + Write(ask);

    public static string Time(WeekMoment at) => string.Create(CultureInfo.InvariantCulture, $"{at.Hour:D2}:{at.Minute:D2}");

    public static string Place(Position at) => FormattableString.Invariant($"{at.Lon:F7} {at.Lat:F7}");

    private static Position? Place(string? typed) => KeepBuilding.TryPosition(typed, out var at) ? at : null;

    private static string? Code(string? typed) => Civic.Kernel.PublicCode.TryParse(typed, out var code) ? code.Text : null;
}
