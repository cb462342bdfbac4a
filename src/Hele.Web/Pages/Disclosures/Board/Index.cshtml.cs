using Hele.Civic.Disclosures;
using Hele.Civic.Kernel;
using Hele.Web.Hosting;
using Hele.Web.Pages.Appeals;
using Hele.Web.Ui;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Hele.Web.Pages.Disclosures.Board;

/// <summary>The board, for anybody: what is up today, and what of it stays readable afterwards.</summary>
[Public, Indexed]
public sealed class BoardModel(DisclosureQueries queries, CurrentViewer current, Site site, TimeProvider clock, Texts L) : PageModel
{
    [BindProperty(SupportsGet = true, BinderType = typeof(SearchWords.Binder))]
    public string Search { get; set; } = "";

    [BindProperty(SupportsGet = true)]
    public string Kind { get; set; } = "";

    [BindProperty(SupportsGet = true)]
    public bool Past { get; set; }

    public IReadOnlyList<BoardLine> Rows { get; private set; } = [];
    public string? Prev { get; private set; }
    public string? Next { get; private set; }
    public string? Feed { get; private set; }

    public DateOnly Today => clock.Today();
    public bool IsNarrowed => Search.Length + Kind.Length > 0;
    public bool WorksHere => current.Viewer?.PostFor(DisclosureAccess.See) is not null;

    public IReadOnlyList<Option> Kinds => L.Kinds(Past ? DisclosureKinds.Shown.Where(k => !k.IsPersonal) : DisclosureKinds.Shown);

    public async Task<IActionResult> OnGetAsync(string? after, string? before)
    {
        var cancel = HttpContext.RequestAborted;
        if (current.Jurisdiction is null && (await site.Communities(cancel)).Count > 0)
            return Redirect(PlaceHosting.ChooserFor(HttpContext));
        (Rows, var earlier, var later) = await queries.Board(new(DisclosureKinds.Find(Kind)?.Code, Search, Past), PageKey.Of(after), PageKey.Of(before), cancel: cancel);
        (Prev, Next) = (earlier?.ToString(), later?.ToString());
        Feed = current.Jurisdiction is { } here ? DisclosureLinks.Feed(here.Code) : null;
        return Page();
    }
}
