using System.Text;
using Hele.Civic.Appeals;
using Hele.Civic.Kernel;
using Hele.Web.Hosting;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using QRCoder;

namespace Hele.Web.Pages.Appeals.VerdictPaper;

/// <summary>The paper for a resident whose verdict somebody entered: what was entered, by which post, and how to say that it isn't theirs.</summary>
[Needs("appeal.see")]
public sealed class VerdictPaperModel(AppealQueries queries, CurrentViewer current) : PageModel
{
    public AppealView View { get; private set; } = null!;
    /// <summary>Null where there is none that this viewer prints.</summary>
    public VerdictView? Verdict { get; private set; }

    /// <summary>Where it can be contested without signing in.</summary>
    public string Address { get; private set; } = "";

    /// <summary>The address as a QR code, an SVG in a data address.</summary>
    public string Qr { get; private set; } = "";

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
        Address = $"{Request.Scheme}://{Request.Host}{AppealLinks.Entered(verdict.PaperCode)}";
        using var generator = new QRCodeGenerator();
        using var data = generator.CreateQrCode(Address, QRCodeGenerator.ECCLevel.M);
        using var drawing = new SvgQRCode(data);
        Qr = "data:image/svg+xml;base64," + Convert.ToBase64String(Encoding.UTF8.GetBytes(drawing.GetGraphic(4)));
        return Page();
    }
}
