using System.Text;
using Hele.Civic.Appeals;
using Hele.Civic.Kernel;
using Hele.Civic.Platform.Journal;
using Hele.Web.Hosting;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Hele.Web.Pages.Appeals.Receipt;

/// <summary>The proof as a file, to be checked by the offline verifier.</summary>
[Needs("appeal.see")]
public sealed class ProofModel(AppealQueries queries, LogService log, CurrentViewer current) : PageModel
{
    public async Task<IActionResult> OnGetAsync(string code)
    {
        if (!PublicCode.TryParse(code, out var parsed) || await queries.Proof(current.Required, parsed.Text, log, HttpContext.RequestAborted) is not { } proof)
            return NotFound();
        return File(Encoding.UTF8.GetBytes(proof.ToText()), "text/plain; charset=utf-8", $"hele-{parsed.Text}.txt");
    }
}
