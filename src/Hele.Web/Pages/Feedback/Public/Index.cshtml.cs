using Hele.Civic.Appeals;
using Hele.Civic.Feedback;
using Hele.Civic.Kernel;
using Hele.Web.Hosting;
using Hele.Web.Pages.Appeals;
using Hele.Web.Ui;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Hele.Web.Pages.Feedback.Public;

/// <summary>For anybody: what is said about Hele and what was answered. Whoever answers finds here what waits, and whoever wrote something their own.</summary>
[Public, Indexed]
public sealed class FeedbackListModel(FeedbackQueries queries, CurrentViewer current, Site site, SearchWords words, TimeProvider clock, Texts L) : PageModel
{
    [BindProperty(SupportsGet = true, BinderType = typeof(SearchWords.Binder))]
    public string Search { get; set; } = "";

    [BindProperty(SupportsGet = true)]
    public string Kind { get; set; } = "";

    [BindProperty(SupportsGet = true)]
    public string State { get; set; } = "";

    public IReadOnlyList<PublicNote> Rows { get; private set; } = [];
    public string? Prev { get; private set; }
    public string? Next { get; private set; }

    public IReadOnlyList<FeedbackLine> ToAnswer { get; private set; } = [];
    public IReadOnlyList<FeedbackLine> Own { get; private set; } = [];

    public DateOnly Today => clock.Today();

    public bool IsNarrowed => Search.Length > 0 || Kind.Length > 0 || State.Length > 0;

    /// <summary>Whether what waits is listed for this viewer.</summary>
    public bool Answers => current.Viewer?.PostFor(FeedbackAccess.Answer) is not null;

    /// <summary>The month whose numbers are linked, for those who may open a number.</summary>
    public Period? Counted => current.Viewer?.Has(AppealAccess.List) == true ? Period.Month(Today.Year, Today.Month) : null;

    public IReadOnlyList<Option> Kinds => Option.Of<FeedbackKind>(L.Kind);

    public IReadOnlyList<Option> States => Option.Of<FeedbackState>(L.State);

    public async Task<IActionResult> OnGetAsync(string? after, string? before)
    {
        var cancel = HttpContext.RequestAborted;
        if (current.Jurisdiction is null && (await site.Communities(cancel)).Count > 0)
            return Redirect(PlaceHosting.ChooserFor(HttpContext));
        (Rows, var earlier, var later) = await queries.Public(FeedbackFile.Filter(new(Request, words)), PageKey.Of(after), PageKey.Of(before), cancel: cancel);
        (Prev, Next) = (earlier?.ToString(), later?.ToString());
        if (current.Viewer is { } viewer)
            (ToAnswer, Own) = (await queries.ToAnswer(viewer, cancel), await queries.Own(viewer, cancel));
        return Page();
    }
}
