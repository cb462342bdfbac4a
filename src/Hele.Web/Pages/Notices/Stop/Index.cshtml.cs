using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Notices.Mail;
using Hele.Web.Hosting;
using Hele.Web.Ui;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Hele.Web.Pages.Notices.Stop;

/// <summary>
/// Where the link in each mail leads, and where a mail program sends its one click (RFC 8058). No token against foreign forms: the link itself is what may do this, and nothing else. A form on another
/// site is refused before it gets here.
/// </summary>
[Public, IgnoreAntiforgeryToken]
public sealed class StopModel(StopEmail stop, Limits limits) : PageModel
{
    public bool Done { get; private set; }

    public IActionResult OnGet(string? t) => !limits.AllowsLookUp(HttpContext) ? StatusCode(StatusCodes.Status429TooManyRequests) : stop.PlaceOf(t) is not null ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync([FromQuery] string? t)
    {
        if (!limits.AllowsLookUp(HttpContext))
            return StatusCode(StatusCodes.Status429TooManyRequests);
        if (stop.PlaceOf(t) is not { } place)
            return NotFound();
        var outcome = await stop.Run(Act.Unnamed(OperationId.Posted(Request), place), new(t), HttpContext.RequestAborted);
        if (!outcome.Accepted)
            return this.Refused(outcome.Problems, "");
        Done = true;
        return Page();
    }
}
