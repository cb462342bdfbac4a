using Hele.Civic.Appeals;
using Hele.Civic.Kernel;
using Hele.Web.Hosting;
using Hele.Web.Ui;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Hele.Web.Pages.Appeals.JoinedPaper;

/// <summary>The paper for somebody who joined a matter and whose verdict was entered: like the filer's, with what the public reads of the matter.</summary>
[Needs("appeal.see")]
public sealed class JoinedPaperModel(JoinQueries queries, CurrentViewer current, Texts L) : PageModel
{
    public JoinPaper View { get; private set; } = null!;

    /// <summary>Null where there is none.</summary>
    public PaperOfVerdict? Paper { get; private set; }

    public async Task<IActionResult> OnGetAsync(string code)
    {
        if (!PublicCode.TryParse(code, out var parsed))
            return NotFound();
        if (parsed.Text != code)
            return Redirect(AppealLinks.JoinedPaper(parsed.Text));
        if (await queries.Paper(current.Required, code, HttpContext.RequestAborted) is not { } view)
            return NotFound();
        View = view;
        Paper = view.Verdict is { } verdict ? PaperOfVerdict.Of(Request, verdict, view.Title ?? L["您加入的事"]) : null;
        return Page();
    }
}
