using System.Globalization;
using System.Text;
using Hele.Civic.Grids;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Storage;
using Hele.Civic.ServiceCircles;
using Hele.Planning.Streets;
using Hele.TestKit;
using Hele.Tests.Grids;

namespace Hele.Tests.ServiceCircles;

/// <summary>Streets, points and readings in a test community.</summary>
internal static class CircleSteps
{
    public static readonly HoursInput Always = new(true, []);
    public static readonly HoursInput Office = new(false, [new([1, 2, 3, 4, 5], new(8, 30), new(17, 30))]);

    // The other rooms' metres are those of a sphere; a walk is measured on the ellipsoid.
    private static readonly double EastScale = Scale(1, 0), NorthScale = Scale(0, 1);

    /// <summary>A place so many metres, as they are walked, east and north of the corner of the test community.</summary>
    public static string At(double east, double north) => GridSteps.At(east * EastScale, north * NorthScale);

    // Short by a fifth of a millimetre on each metre: a position is kept to a centimetre, and seconds are rounded up.
    private static double Scale(double east, double north) => 999.8 / Ground.Metres(Geo(GridSteps.At(0, 0)), Geo(GridSteps.At(east * 1000, north * 1000)));

    private static GeoPoint Geo(string at) => at.Split(' ').Select(p => double.Parse(p, CultureInfo.InvariantCulture)).ToArray() is [var lon, var lat] ? new(lat, lon) : default;

    /// <summary>A file of streets: each a line of places.</summary>
    public static byte[] File(params IReadOnlyList<(double East, double North)>[] streets) => File("", [], streets);

    /// <param name="tag">What else is said of the first streets; where its value is empty nothing is.</param>
    public static byte[] File(string tag, IReadOnlyList<string> values, params IReadOnlyList<(double East, double North)>[] streets) => Encoding.UTF8.GetBytes($$"""
        {"type":"FeatureCollection","features":[{{string.Join(',', streets.Select((line, i) => $$$"""
        {"type":"Feature","properties":{"id":{{{i + 1}}},"highway":"residential","name":"街{{{i + 1}}}"{{{(i < values.Count && values[i].Length > 0 ? $",\"{tag}\":\"{values[i]}\"" : "")}}}},"geometry":{"type":"LineString","coordinates":[{{{string.Join(',', line.Select(p => $"[{At(p.East, p.North).Replace(' ', ',')}]"))}}}]}}
        """))}}]}
        """);

    /// <summary>The lane that is told: 500 m from the west to the east.</summary>
    public static byte[] Lane => File([(0, 0), (500, 0)]);

    public static Position Place(double east, double north) => Geo(At(east, north)) is var at ? Position.Of(at.Longitude, at.Latitude) : default;

    public static Act Keep(this Viewer viewer) => viewer.Act(CircleAccess.Keep, Guid.NewGuid());

    public static Task<Outcome> AddStreets(this TestInstallation hele, Viewer viewer, byte[]? file, string name = "街道图", Datum datum = Datum.Wgs84) =>
        hele.Get<AddStreetMap>().Run(viewer, viewer.Keep(), new(name, "社区自测", datum, file));

    public static async Task<string> Point(this TestInstallation hele, Viewer viewer, string at, HoursInput? hours = null, string name = "党群服务站") =>
        GridSteps.Ok(await hele.Get<KeepPoint>().Run(viewer, viewer.Keep(), new(null, "party-station", name, "0372-5550100", at, hours ?? Always)));

    public static Task<Outcome> Draw(this TestInstallation hele, Viewer viewer, CorrectionKind kind, string line, HoursInput? hours = null, string name = "更正") =>
        hele.Get<DrawCorrection>().Run(viewer, viewer.Keep(), new(kind, name, line, hours, false));

    public static Task<Outcome> Helper(this TestInstallation hele, Viewer viewer, string person, HoursInput? hours = null) =>
        hele.Get<KeepHelper>().Run(viewer, viewer.Keep(), new(person, hele.Today, hours ?? Always));

    public static Task<Outcome> Reading(this TestInstallation hele, Viewer viewer, int day = 3, int hour = 10) =>
        hele.Get<RecordReading>().Run(viewer, viewer.Act(CircleAccess.Record, Guid.NewGuid()), new(day, hour));

    public static Task<CircleAnswer> Ask(this TestInstallation hele, Viewer? viewer, CircleAsk? ask = null) => hele.Query<CircleQueries, CircleAnswer>(async q => await q.Ask(viewer, await hele.Here(), ask ?? Usual));

    public static Task<Jurisdiction> Here(this TestInstallation hele) => hele.Read(async db => await hele.Get<JurisdictionDirectory>().Get(db, TestInstallation.Hexi));

    public static CircleAsk Usual => new(WalkerGroup.Adult, CircleQueries.UsualHour);
}
