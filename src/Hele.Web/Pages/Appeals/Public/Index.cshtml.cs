using Hele.Civic.Appeals;
using Hele.Civic.Kernel;
using Hele.Web.Hosting;
using Hele.Web.Ui;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Hele.Web.Pages.Appeals.Public;

/// <summary>For anybody: how matters are handled, without who, what exactly and where.</summary>
[Public]
public sealed class PublicListModel(AppealQueries queries, CurrentViewer current, Site site, LookUpAppeal lookUp, Limits limit, Texts L) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public string Kind { get; set; } = "";

    /// <summary>The code on somebody's receipt.</summary>
    [BindProperty(SupportsGet = true)]
    public string Code { get; set; } = "";

    /// <summary>What it shows; null for every code that is none.</summary>
    public PublicAppealLine? Found { get; private set; }

    public bool IsTooOften { get; private set; }

    public Page<PublicAppealLine> Rows { get; private set; } = new([], null, null);

    public IReadOnlyList<Option> Kinds => [.. AppealKinds.All.Where(k => k.IsListed).Select(k => new Option(k.Code, L[k.Title]))];

    /// <summary>Titles of the kinds that are only counted.</summary>
    public string Unlisted => string.Join(L["、"], AppealKinds.All.Where(k => !k.IsListed).Select(k => L[k.Title]));

    public async Task<IActionResult> OnGetAsync(string? after, string? before)
    {
        if (current.Jurisdiction is null && (await site.Communities(HttpContext.RequestAborted)).Count > 0)
            return Redirect(PlaceHosting.ChooserFor(HttpContext));
        if (Code.Length > 0)
        {
            if (!limit.AllowsLookUp(HttpContext))
                (IsTooOften, Response.StatusCode) = (true, StatusCodes.Status429TooManyRequests);
            else if (PublicCode.TryParse(Code, out var code))
                Found = await lookUp.Find(code.Text, HttpContext.RequestAborted);
        }
        Rows = await queries.PublicList(Kind, PageKey.Of(after), PageKey.Of(before), cancel: HttpContext.RequestAborted);
        return Page();
    }
}
