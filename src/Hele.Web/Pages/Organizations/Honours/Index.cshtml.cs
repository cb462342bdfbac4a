using Hele.Civic.Organizations;
using Hele.Web.Hosting;
using Hele.Web.Pages.Exports;
using Hele.Web.Ui;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Hele.Web.Pages.Organizations.Honours;

/// <summary>Honours, for everybody: the community's and its bodies', and those of people who agreed to it; for those who work here all of them.</summary>
[Public]
public sealed class HonourListModel(HonourQueries queries, CurrentViewer current, Site site, SearchWords words, Texts L) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public string Kind { get; set; } = "";

    [BindProperty(SupportsGet = true)]
    public string Level { get; set; } = "";

    [BindProperty(SupportsGet = true, BinderType = typeof(SearchWords.Binder))]
    public string Search { get; set; } = "";

    public IReadOnlyList<HonourLine> Rows { get; private set; } = [];

    public IReadOnlyList<Option> Kinds => Option.Of<HonourKind>(L.Kind);
    public IReadOnlyList<Option> Levels => Option.Of<HonourLevel>(L.Level);
    public bool IsNarrowed => Kind.Length + Level.Length + Search.Length > 0;
    public bool MayKeep => current.Viewer?.PostFor(HonourAccess.Keep) is not null;
    public bool MayExport => current.Viewer?.PostFor(OrganizationAccess.SeeSeats) is not null;

    public async Task<IActionResult> OnGetAsync()
    {
        if (current.Jurisdiction is null && (await site.Communities(HttpContext.RequestAborted)).Count > 0)
            return Redirect(PlaceHosting.ChooserFor(HttpContext));
        Rows = await queries.List(current.Viewer, HonourFile.Filter(new(Request, words)), HttpContext.RequestAborted);
        return Page();
    }
}
