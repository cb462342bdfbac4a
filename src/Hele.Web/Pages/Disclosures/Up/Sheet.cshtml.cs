using Hele.Civic.Disclosures;
using Hele.Civic.Kernel;
using Hele.Web.Hosting;
using Hele.Web.Ui;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Hele.Web.Pages.Disclosures.Up;

/// <summary>The sheet for the board in the courtyard, with the code that leads to the page. Only while it is up.</summary>
[Public]
public sealed class BoardSheetModel(FindDisclosed find, StartOptions options, Texts L) : PageModel
{
    public PublicDisclosure Shown { get; private set; } = null!;
    public string Place { get; private set; } = "";
    public string Qr { get; private set; } = "";

    /// <summary>A demonstration's sheet says so on paper too.</summary>
    public bool TimesAreSimulated => options.Demo is not null;

    public async Task<IActionResult> OnGetAsync(string code)
    {
        if (!PublicCode.TryParse(code, out var parsed) || await find.Find(parsed.Text, HttpContext.RequestAborted) is not var (shown, community) || shown.Phase != DisclosurePhase.Up)
            return NotFound();
        (Shown, Place) = (shown, L.Language == Language.English ? community.NameEn : community.Name);
        Qr = QrImage.Of($"{Request.Scheme}://{Request.Host}{DisclosureLinks.Shown(shown.Code)}");
        if (shown.Kind.IsPersonal)
            UpModel.Unfound(HttpContext, ViewData);
        return Page();
    }
}
