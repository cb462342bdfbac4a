using Hele.Civic.Grids;
using Hele.Civic.ServiceCircles;
using Hele.Planning.Reach;
using Hele.Planning.Streets;
using Hele.Web.Ui;

namespace Hele.Web.Pages.ServiceCircles;

/// <summary>What the script draws, as it is sent to it: the same marks as the server's own drawing.</summary>
public static class CircleShapes
{
    /// <summary>How a building is marked: reached, reached by somebody who helps alone, not.</summary>
    public static string State(CircleBuilding building) => building.Standing != Standing.Covered ? "no" : building.ByHelper ? "help" : "yes";

    /// <summary>How a point is marked: by whether it counts, and whether it stands there only to be tried.</summary>
    public static string State(CirclePoint point) => (point.Standing switch { PointStanding.Answers => "", PointStanding.Shut => "shut", _ => "cut" } + (point.Moved || point.Opened ? " tried" : "")).Trim();

    public static object Of(CircleAnswer answer, CircleLinesView summary, bool staff, Texts L) => new
    {
        basis = summary.Basis,
        lines = summary.Lines.Select(l => new { text = l.Text, href = l.Href, kind = l.Kind }),
        trial = answer.Ask.IsTrial,
        houses = answer.Buildings.Select(b => new
        {
            at = At(b.At), state = State(b), change = b.Change, name = b.Address, href = staff ? Grids.GridLinks.Building(b.Code) : CircleAddress.Near(b.Code, answer.Ask),
            note = b.Seconds is { } s ? L["{0}：{1}", L.To(b), L.Walk(s)] : L.Standing(b),
        }),
        points = answer.Points.Where(p => !p.Closed).Select(p => new { code = p.Code, number = p.Code is null ? answer.Ask.Adds.ToList().IndexOf(p.At) : -1, name = L.Name(p), at = At(p.At), state = State(p), note = L.Trouble(p) is { } trouble ? L["{0}；{1}", L.Hours(p.Hours), trouble] : L.Hours(p.Hours), phone = p.Phone }),
        helpers = answer.Helpers.Where(h => h.At is not null).Select(h => new { name = h.Name, at = At(h.At!.Value), open = h.Answers, note = L.Hours(h.Hours) }),
        zone = answer.Zone.Pieces.Select(p => p.Holes.Prepend(p.Outline).Select(r => r.Select(At))),
    };

    public static object Near(NearbyAnswer near, Texts L) => new
    {
        home = new { at = At(near.Building.At!.Value), name = near.Building.Address },
        points = near.Points.DefaultIfEmpty(near.Next).OfType<NearbyPoint>().Select((p, i) => new { at = At(p.At), name = p.Name, note = L["步行{0}", L.Walk(p.Seconds)], first = i == 0 && p.Opens is null }),
        way = near.First is { } first ? first.Path!.Line.Select(At) : [],
    };

    /// <summary>Every street once, with what it is: 1 drawn by hand, 2 stairs; and what bars it.</summary>
    public static object Streets(CircleGround ground, IEnumerable<StreetCorrection> corrections) => new
    {
        lines = Enumerable.Range(0, ground.Network.EdgeCount).Select(e => new { k = ((ground.Network.FlagsOf(e) & WayFlags.Drawn) != 0 ? 1 : 0) | ((ground.Network.FlagsOf(e) & WayFlags.Steps) != 0 ? 2 : 0), p = ground.Network.Shape(e).Select(At) }),
        bars = corrections.Where(c => c.To is null && c.Kind != CorrectionKind.Footpath).Select(c => new { gate = c.Kind == CorrectionKind.Gate, name = c.Name, p = StreetLine.Read(c.Line)!.Select(At) }),
    };

    private static double[] At(Position at) => [Math.Round(at.Lat, 6), Math.Round(at.Lon, 6)];

    private static double[] At(GeoPoint at) => [Math.Round(at.Latitude, 6), Math.Round(at.Longitude, 6)];
}
