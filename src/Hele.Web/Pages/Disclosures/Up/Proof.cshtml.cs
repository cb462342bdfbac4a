using System.Text;
using Hele.Civic.Disclosures;
using Hele.Civic.Kernel;
using Hele.Civic.Platform.Journal;
using Hele.Web.Hosting;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Hele.Web.Pages.Disclosures.Up;

/// <summary>The proof of what was up as a file, to be checked by the offline verifier.</summary>
[Public]
public sealed class BoardProofModel(FindDisclosed find, CurrentViewer current, LogService log) : PageModel
{
    public async Task<IActionResult> OnGetAsync(string code)
    {
        if (!PublicCode.TryParse(code, out var parsed) || await find.Proof(current.Viewer, parsed.Text, log, HttpContext.RequestAborted) is not { } proof)
            return NotFound();
        Response.Headers["X-Robots-Tag"] = "noindex";
        return File(Encoding.UTF8.GetBytes(proof.ToText()), "text/plain; charset=utf-8", $"hele-{parsed.Text}.txt");
    }
}
