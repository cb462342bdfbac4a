using Hele.Civic.Appeals;
using Hele.Civic.Grids;
using Hele.Web.Hosting;
using Hele.Web.Ui;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Hele.Web.Pages.Appeals.Public;

/// <summary>Where what is public lies: a marker for each building, compound or grid, never for one matter.</summary>
[Public]
public sealed class PublicMapModel(PublicQueries queries, GridQueries grids, CurrentViewer current, Site site, Texts L) : PageModel
{
    public IReadOnlyList<PublicMarker> Markers { get; private set; } = [];
    public IReadOnlyList<MapArea> Areas { get; private set; } = [];

    public IReadOnlyList<MapDot> Dots => [.. Markers.Select(m => new MapDot(Label(L, m), m.At, ListOf(m)))];

    /// <summary>"A compound: 3 appeals".</summary>
    public static string Label(Texts L, PublicMarker marker) => L["{0}：{1}件", marker.Place, marker.Matters.Count];

    public static string ListOf(PublicMarker marker) => AppealLinks.Public + "?place=" + Uri.EscapeDataString(marker.Place);

    public async Task<IActionResult> OnGetAsync()
    {
        if (current.Jurisdiction is null && (await site.Communities(HttpContext.RequestAborted)).Count > 0)
            return Redirect(PlaceHosting.ChooserFor(HttpContext));
        Markers = await queries.Markers(HttpContext.RequestAborted);
        Areas = [.. (await grids.Grids(HttpContext.RequestAborted)).Select(g => new MapArea(g.Name, g.Outline, null))];
        return Page();
    }
}
