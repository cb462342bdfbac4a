using System.Text.Json;
using Hele.Civic.GridPlanning;
using Hele.Planning.Partition;
using Hele.Web.Pages.Grids;
using Hele.Web.Ui;
using NetTopologySuite.Geometries;

namespace Hele.Web.Pages.GridPlanning;

/// <summary>What the script draws, and what the file of a plan holds: the same as the page says.</summary>
public static class PlanShapes
{
    /// <summary>The colour of each grid, by the order of their lines, so that a grid keeps its own from plan to plan.</summary>
    public static IEnumerable<(string Key, int Colour)> Colours(PlanView view) => view.Stand.Lines.Select((l, i) => (l.Key, i % PlanMapTagHelper.Colours));

    public static object Of(PlanAnswer answer, PlanView view, bool mayMove, Texts L)
    {
        var colours = Colours(view).ToDictionary(c => c.Key, c => c.Colour);
        return new
        {
            lines = L.Summary(answer.Ground, view, PlanAddress.WishOf(answer.Ask)).Select(l => new { text = l.Text, href = l.Href, kind = l.Kind }),
            cut = mayMove ? view.Cut.ToString() : "",
            wish = PlanAddress.Write(answer.Ask),
            grids = view.Stand.Planned.Select(l => new
            {
                key = l.Key, name = L.Grid(view.Stand, l.Key), colour = colours[l.Key], note = L["{0}栋楼，{1}户", l.After.Buildings, l.After.Households],
                ring = view.Outlines.Outlines.TryGetValue(l.Key, out var outline) ? Ring(outline) : null,
            }),
            houses = answer.Ground.Lots.Where(l => l.At is not null).Select(l => new
            {
                code = l.Code, name = l.Address, at = new[] { Math.Round(l.At!.Value.Lat, 6), Math.Round(l.At.Value.Lon, 6) }, grid = view.Cut.GridOf.GetValueOrDefault(l.Code, ""), href = GridLinks.Building(l.Code),
                note = L["{0}户，{1}人", l.Households, l.Residents], from = view.Cut.GridOf.GetValueOrDefault(l.Code, "") == l.Grid ? null : L["现在在{0}", L.Grid(view.Stand, l.Grid)],
            }),
        };
    }

    /// <summary>Grids and buildings of a plan (RFC 7946); the collection says what was wished and how neighbours were found.</summary>
    public static byte[] GeoJson(PlanAnswer answer, PlanView view, Texts L)
    {
        object Feature(object geometry, object properties) => new { type = "Feature", geometry, properties };
        return JsonSerializer.SerializeToUtf8Bytes(new
        {
            type = "FeatureCollection",
            on = Fmt.Iso(answer.Ground.On), wish = L.Wish(answer.Ask.Wish), neighbours = L.Ground(answer.Lots), note = L["系统只提方案，采用要由人决定。"],
            features = (object[])
            [
                .. view.Stand.Planned.Where(l => view.Outlines.Outlines.ContainsKey(l.Key)).Select(l => Feature(
                    new { type = "Polygon", coordinates = new[] { view.Outlines.Outlines[l.Key].ExteriorRing.Coordinates.Select(c => new[] { c.X, c.Y }) } },
                    new { kind = "grid", code = l.Number.Length > 0 ? l.Number : null, name = L.Grid(view.Stand, l.Key), fate = l.Fate.ToString(), buildings = l.After.Buildings, households = l.After.Households, residents = l.After.Residents, older = l.After.Older, farthestMetres = view.Wide(l.Key), members = l.Party.Members, membersReckoned = l.Party.Reckoned })),
                .. answer.Ground.Lots.Where(l => l.At is not null).Select(l => Feature(
                    new { type = "Point", coordinates = new[] { l.At!.Value.Lon, l.At.Value.Lat } },
                    new { kind = "building", code = l.Code, name = l.Address, today = L.Grid(view.Stand, l.Grid), planned = L.Grid(view.Stand, view.Cut.GridOf.GetValueOrDefault(l.Code, "")), households = l.Households, residents = l.Residents })),
            ],
        }, Form);
    }

    private static readonly JsonSerializerOptions Form = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static IEnumerable<double[]> Ring(Polygon outline) => outline.ExteriorRing.Coordinates.Select(c => new[] { Math.Round(c.Y, 6), Math.Round(c.X, 6) });
}
