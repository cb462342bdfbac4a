using System.Text;
using Hele.Civic.Appeals;
using QRCoder;

namespace Hele.Web.Pages.Appeals;

/// <summary>What stands on the paper of a verdict that was entered for somebody.</summary>
/// <param name="Address">Where it can be contested without signing in.</param>
/// <param name="Qr">The address as a QR code, an SVG in a data address.</param>
public sealed record PaperOfVerdict(VerdictView Verdict, string Title, string Address, string Qr)
{
    public static PaperOfVerdict Of(HttpRequest request, VerdictView verdict, string title)
    {
        var address = $"{request.Scheme}://{request.Host}{AppealLinks.Entered(verdict.PaperCode)}";
        using var generator = new QRCodeGenerator();
        using var data = generator.CreateQrCode(address, QRCodeGenerator.ECCLevel.M);
        using var drawing = new SvgQRCode(data);
        return new(verdict, title, address, "data:image/svg+xml;base64," + Convert.ToBase64String(Encoding.UTF8.GetBytes(drawing.GetGraphic(4))));
    }
}
