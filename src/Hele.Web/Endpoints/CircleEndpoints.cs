using System.Text.Json;
using Hele.Civic.Grids;
using Hele.Civic.Platform.Access;
using Hele.Civic.ServiceCircles;
using Hele.Planning.Reach;
using Hele.Planning.Streets;
using Hele.Web.Hosting;
using Hele.Web.Pages.ServiceCircles;
using Hele.Web.Ui;

namespace Hele.Web.Endpoints;

/// <summary>The walking map for its script, and as GeoJSON. Both say what the page says to the same viewer, and no more.</summary>
public static class CircleEndpoints
{
    public static void MapCircle(this IEndpointRouteBuilder app)
    {
        app.MapGet(CircleLinks.Json, async (HttpRequest request, CircleQueries queries, CurrentViewer current, Texts L, CancellationToken cancel) =>
        {
            if (current.Jurisdiction is not { Level: JurisdictionLevel.Community } here)
                return Results.NotFound();
            var answer = await queries.Ask(current.Viewer, here, CircleAddress.Read(request.Query), cancel);
            var staff = current.Viewer?.PostFor(CircleAccess.Try) is not null;
            return Results.Json(CircleShapes.Of(answer, L.Summary(answer, staff, current.Viewer?.PostFor(GridAccess.SeeHouseholds) is not null, current.Viewer?.PostFor(CircleAccess.Keep) is not null), staff, L));
        }).WithMetadata(new PublicAttribute());

        app.MapGet(CircleLinks.StreetLines, async (CircleQueries queries, CurrentViewer current, CancellationToken cancel) =>
            current.Jurisdiction is { Level: JurisdictionLevel.Community } here && await queries.Streets(here, cancel) is var streets ? Results.Json(CircleShapes.Streets(streets.Ground, streets.Corrections)) : Results.NotFound()).WithMetadata(new PublicAttribute());

        app.MapGet(CircleLinks.GeoJson, async (HttpRequest request, CircleQueries queries, CurrentViewer current, Texts L, CancellationToken cancel) =>
        {
            if (current.Jurisdiction is not { Level: JurisdictionLevel.Community } here)
                return Results.NotFound();
            var answer = await queries.Ask(current.Viewer, here, CircleAddress.Read(request.Query) with { WithHelpers = false }, cancel);
            var staff = current.Viewer?.PostFor(CircleAccess.Try) is not null;
            var datum = CircleAddress.Datum(request.Query, CircleAddress.System);
            return Results.File(GeoJson(answer, staff, datum, L), "application/geo+json", datum == Datum.Wgs84 ? "circle.geojson" : $"circle-{CircleAddress.Name(datum)}.geojson");
        }).WithMetadata(new PublicAttribute());
    }

    /// <summary>Points, buildings and the ground within the limit (RFC 7946); the collection says by which speed, hour and limit, and a point whether it is one that is tried: moved, added, closed, opened. A file goes anywhere: nobody who helps counts in it.</summary>
    /// <param name="datum">For whose map: the format itself knows WGS-84 alone, and the collection says where it is another.</param>
    private static byte[] GeoJson(CircleAnswer answer, bool staff, Datum datum, Texts L)
    {
        object Feature(object geometry, object properties) => new { type = "Feature", geometry, properties };
        object Point(Position at)
        {
            var there = at.In(datum);
            return new { type = "Point", coordinates = new[] { there.Lon, there.Lat } };
        }
        IReadOnlyList<GeoPoint> Ring(IReadOnlyList<GeoPoint> ring) => [.. ring.Select(p => Coordinates.FromWgs84(p, datum))];
        var zone = answer.Zone with { Pieces = [.. answer.Zone.Pieces.Select(p => new ZonePiece(Ring(p.Outline), [.. p.Holes.Select(Ring)]))] };
        return JsonSerializer.SerializeToUtf8Bytes(new
        {
            type = "FeatureCollection",
            basis = new { group = CircleAddress.Name(answer.Ask.Group), metresPerSecond = answer.Speed / 100m, weekDay = answer.Ask.At.Day, time = CircleAddress.Time(answer.Ask.At), limitMinutes = answer.Rules.LimitMinutes, helpers = false, datum = CircleAddress.Name(datum), trial = answer.Ask.IsTrial, words = L.Basis(answer.Ask, answer.Rules) },
            attribution = answer.Sources,
            features = (object[])
            [
                .. answer.Points.Select(p => Feature(Point(p.At), new { kind = "point", code = p.Code, name = L.Name(p), hours = p.Hours, phone = p.Phone, answers = p.Answers, hasStreet = p.Standing != PointStanding.NoStreet, trial = p.Closed ? "closed" : p.Code is null ? "added" : p.Moved ? "moved" : p.Opened ? "opened" : null })),
                .. answer.Buildings.Select(b => Feature(Point(b.At), new { kind = "building", code = b.Code, name = b.Address, grid = b.Grid, covered = b.Standing == Standing.Covered, seconds = b.Seconds, point = b.PointCode, households = staff ? b.Households : (int?)null })),
                Feature(JsonSerializer.Deserialize<JsonElement>(zone.ToGeoJson()), new { kind = "zone", bandMetres = answer.Zone.BandMetres }),
            ],
        });
    }
}
