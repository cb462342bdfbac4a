using Hele.Civic.Appeals;
using Hele.Civic.Grids;
using Hele.Web.Hosting;
using Hele.Web.Pages.Appeals;
using Hele.Web.Pages.Appeals.Public;
using Hele.Web.Ui;

namespace Hele.Web.Endpoints;

/// <summary>What programs read of the public appeals: the markers of the map, and the newest as an Atom feed (RFC 4287). The same reviewed fields as the pages.</summary>
public static class PublicAppealEndpoints
{
    public static void MapPublicAppeals(this IEndpointRouteBuilder app)
    {
        app.MapGet(AppealLinks.PublicMapData, async (PublicQueries queries, GridQueries grids, Texts L, CancellationToken cancel) => Results.Json(new
        {
            grids = (await grids.Grids(cancel)).Select(g => new { code = g.Code, name = g.Name, href = (string?)null, phone = g.DutyPhone, buildings = g.Buildings, ring = g.Outline.ExteriorRing.Coordinates.Select(c => new[] { c.X, c.Y }) }),
            buildings = (await queries.Markers(cancel)).Select(m => new
            {
                code = "", name = PublicMapModel.Label(L, m), href = PublicMapModel.ListOf(m), grid = string.Join(L["、"], m.Matters.Select(x => L.Kind(x.Kind)).Distinct()), at = new[] { m.At.Lon, m.At.Lat }, wrong = false,
            }),
            overlaps = Array.Empty<object>(),
        })).WithMetadata(new PublicAttribute());

        app.MapGet(AppealLinks.Feed("{community}"), async (string community, HttpContext context, FindPublished published, Texts L, Fmt fmt) =>
            await published.Newest(community, context.RequestAborted) is not var (place, matters) ? Results.NotFound()
                : AtomFeed.Answer(context, L, place, name => L["{0}：办理公开", name], AppealLinks.Feed(community), AppealLinks.Public, matters.Select(m => new AtomEntry(
                    m.Title, AppealLinks.Published(m.Code), m.ChangedAt, m.Kind, L.Kind(m.Kind), L["{0}，{1}，{2}提交：{3}", L.Kind(m.Kind), L.PublicPlace(m.Place), fmt.Date(m.FiledOn), L.State(m.State)], m.Answer))))
            .WithMetadata(new PublicAttribute());
    }
}
