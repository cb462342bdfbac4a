using Hele.Civic.Appeals;
using Hele.Civic.Kernel;
using Hele.Civic.Thanks;
using Hele.Web.Hosting;
using Hele.Web.Pages.Appeals;
using Hele.Web.Ui;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Hele.Web.Pages.Thanks.Public;

/// <summary>For anybody: pennants and thanks that were checked and whose givers agreed. Whoever gave some finds their own here.</summary>
[Public]
public sealed class ThanksListModel(ThanksQueries queries, CurrentViewer current, Site site, SearchWords words, TimeProvider clock, Texts L) : PageModel
{
    [BindProperty(SupportsGet = true, BinderType = typeof(SearchWords.Binder))]
    public string Search { get; set; } = "";

    [BindProperty(SupportsGet = true)]
    public string Kind { get; set; } = "";

    public IReadOnlyList<PublicThanks> Rows { get; private set; } = [];
    public string? Prev { get; private set; }
    public string? Next { get; private set; }
    public IReadOnlyList<ThanksLine> Own { get; private set; } = [];

    public bool IsNarrowed => Search.Length + Kind.Length > 0;
    public bool MayGive => current.Viewer is not { } viewer || viewer.Has(ThanksAccess.Give);
    public bool WorksHere => current.Viewer?.PostFor(ThanksAccess.List) is not null;
    public bool MayEnter => current.Viewer?.PostFor(ThanksAccess.Enter) is not null;

    /// <summary>The month whose numbers are linked, for those who may open a number.</summary>
    public Period? Counted => current.Viewer?.Has(AppealAccess.List) == true ? Period.Month(clock.Today().Year, clock.Today().Month) : null;

    public IReadOnlyList<Option> Kinds => Option.Of<ThanksKind>(L.Kind);

    public async Task<IActionResult> OnGetAsync(string? after, string? before)
    {
        var cancel = HttpContext.RequestAborted;
        if (current.Jurisdiction is null && (await site.Communities(cancel)).Count > 0)
            return Redirect(PlaceHosting.ChooserFor(HttpContext));
        (Rows, var earlier, var later) = await queries.Public(ThanksFile.Filter(new(Request, words)), PageKey.Of(after), PageKey.Of(before), cancel: cancel);
        (Prev, Next) = (earlier?.ToString(), later?.ToString());
        if (current.Viewer is { } viewer)
            Own = await queries.Own(viewer, cancel);
        return Page();
    }
}
