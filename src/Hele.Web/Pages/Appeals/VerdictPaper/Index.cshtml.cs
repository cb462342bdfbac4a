using Hele.Civic.Appeals;
using Hele.Civic.Kernel;
using Hele.Web.Hosting;
using Hele.Web.Ui;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Hele.Web.Pages.Appeals.VerdictPaper;

/// <summary>The paper for a resident whose verdict somebody entered: what was entered, by which post, and how to say that it isn't theirs.</summary>
[Needs("appeal.see")]
public sealed class VerdictPaperModel(AppealQueries queries, CurrentViewer current, Texts L) : PageModel
{
    public AppealView View { get; private set; } = null!;
    /// <summary>Null where there is none that this viewer prints.</summary>
    public VerdictView? Verdict { get; private set; }

    public PaperOfVerdict Paper { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(string code)
    {
        if (!PublicCode.TryParse(code, out var parsed))
            return NotFound();
        if (parsed.Text != code)
            return Redirect(AppealLinks.VerdictPaper(parsed.Text));
        if (await queries.Find(current.Required, code, HttpContext.RequestAborted) is not { } view)
            return NotFound();
        (View, Verdict) = (view, view.Paper);
        if (view.Paper is not { } verdict)
            return Page();
        Paper = PaperOfVerdict.Of(Request, verdict, L.Titled(view.Title));
        return Page();
    }
}
