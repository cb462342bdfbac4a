using Hele.Civic.Grids;
using Hele.Civic.Organizations;
using Hele.Web.Hosting;
using Hele.Web.Pages.Grids;
using Hele.Web.Ui;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Hele.Web.Pages.Organizations.Party;

/// <summary>The Party's organisation as it lies on the grids, as a tree and as a map: a gap or an overlap is shown to everybody, not hidden. No member is a mark on it.</summary>
[Public]
public sealed class PartyModel(PartyTreeQueries queries, GridQueries grids, CurrentViewer current, Site site, Texts L) : PageModel
{
    /// <summary>Colours there are; a community with more branches uses them again, and the names stand in the grids anyway.</summary>
    private const int Colours = 12;

    public PartyTree Tree { get; private set; } = null!;
    public bool MayKeep => current.Viewer?.PostFor(OrganizationAccess.KeepHigh) is not null;

    /// <summary>The grids, each in the colour of its branch, with how many branches and groups are in it.</summary>
    public IReadOnlyList<MapArea> Areas { get; private set; } = [];

    /// <summary>Which branch has which colour; a grid with several is striped in theirs.</summary>
    public IReadOnlyList<(BodyLine Branch, string Css)> Keys { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync()
    {
        if (current.Jurisdiction is null && (await site.Communities(HttpContext.RequestAborted)).Count > 0)
            return Redirect(PlaceHosting.ChooserFor(HttpContext));
        Tree = await queries.Of(current.Viewer, HttpContext.RequestAborted);
        var outlines = (await grids.Grids(HttpContext.RequestAborted)).ToDictionary(g => g.Code, g => g.Outline);
        Keys = [.. Tree.Grids.SelectMany(g => g.Branches).Select(b => b.Branch).DistinctBy(b => b.Code).Select((b, i) => (b, $"branch-{i % Colours}"))];
        var css = Keys.ToDictionary(k => k.Branch.Code, k => k.Css);
        Areas = [.. Tree.Grids.Where(g => outlines.ContainsKey(g.Grid.Code)).Select(g => new MapArea(g.Grid.Name, outlines[g.Grid.Code], GridLinks.Grid(g.Grid.Code),
            g.Branches.Count switch { 0 => "branch-none", 1 => css[g.Branches[0].Branch.Code], _ => "branch-several" },
            g.Branches.Count == 0 ? L["没有党支部"] : L["{0}支部·{1}小组", g.Branches.Count, g.Branches.Sum(b => b.Groups.Count)])
        {
            Detail = g.Branches.Count == 0 ? null : string.Join(L["、"], g.Branches.Select(b => b.Branch.Name)),
            Stripes = g.Branches.Count > 1 ? [.. g.Branches.Select(b => css[b.Branch.Code]).Distinct()] : null,
        })];
        return Page();
    }
}
