using Hele.Civic.Appeals;
using Hele.Civic.Kernel;
using Hele.Web.Hosting;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Hele.Web.Pages.Appeals.Public;

/// <summary>One published matter, for anybody; the link says which community it is in.</summary>
[Public, Indexed]
public sealed class PublishedModel(FindPublished published) : PageModel
{
    public PublicMatter Matter { get; private set; } = null!;
    public PublishedMatter Found { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(string code)
    {
        if (!PublicCode.TryParse(code, out var parsed))
            return NotFound();
        if (parsed.Text != code)
            return Redirect(AppealLinks.Published(parsed.Text));
        if (await published.Find(parsed.Text, HttpContext.RequestAborted) is not { } found)
            return NotFound();
        (Found, Matter) = (found, found.Matter);
        return Page();
    }
}
