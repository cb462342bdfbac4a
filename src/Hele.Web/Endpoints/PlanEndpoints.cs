using Hele.Civic.GridPlanning;
using Hele.Civic.Kernel;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Documents;
using Hele.Web.Hosting;
using Hele.Web.Pages.GridPlanning;
using Hele.Web.Ui;

namespace Hele.Web.Endpoints;

/// <summary>The planner for its script, a plan as GeoJSON, and the document of a kept plan. They say what the page says to the same viewer, and no more.</summary>
public static class PlanEndpoints
{
    public static void MapPlans(this IEndpointRouteBuilder app)
    {
        app.MapGet(PlanLinks.Json, async (HttpRequest request, PlanQueries queries, CurrentViewer current, Texts L, CancellationToken cancel) =>
            current.Jurisdiction is { Level: JurisdictionLevel.Community } here && await queries.Ask(current.Required, here, PlanAddress.Read(request.Query), onlyChosen: true, cancel) is { } answer
                ? Results.Json(PlanShapes.Of(answer, answer.Chosen ?? answer.Today, current.Required.PostFor(PlanAccess.Keep) is not null, L))
                : Results.NotFound()).WithMetadata(new NeedsAttribute("plan.try"));

        app.MapGet(PlanLinks.GeoJson, async (HttpRequest request, PlanQueries queries, CurrentViewer current, Texts L, CancellationToken cancel) =>
            current.Jurisdiction is { Level: JurisdictionLevel.Community } here && await queries.Ask(current.Required, here, PlanAddress.Read(request.Query), onlyChosen: true, cancel) is { } answer
                ? Results.File(PlanShapes.GeoJson(answer, answer.Chosen ?? answer.Today, L), "application/geo+json", "grids.geojson")
                : Results.NotFound()).WithMetadata(new NeedsAttribute("plan.try"));

        app.MapGet("/grids/plans/{code}/document.docx", async (string code, PlanQueries queries, CurrentViewer current, Texts L, CancellationToken cancel) =>
            current.Jurisdiction is { Level: JurisdictionLevel.Community } here && PublicCode.TryParse(code, out var parsed) && await queries.Draft(current.Required, here, parsed.Text, cancel) is { } view
                ? Results.File(PlanDocument.Write(here, view, PlanAddress.WishOf(view.Draft), L.Language), OfficialPaper.MediaType, PlanDocument.FileName(here, view, L.Language))
                : Results.NotFound()).WithMetadata(new NeedsAttribute("plan.try"));
    }
}
