using System.Text;
using QRCoder;

namespace Hele.Web.Ui;

/// <summary>An address as a QR code: an SVG in a data address, sharp on paper of any size.</summary>
public static class QrImage
{
    public static string Of(string address)
    {
        using var generator = new QRCodeGenerator();
        using var data = generator.CreateQrCode(address, QRCodeGenerator.ECCLevel.M);
        using var drawing = new SvgQRCode(data);
        return "data:image/svg+xml;base64," + Convert.ToBase64String(Encoding.UTF8.GetBytes(drawing.GetGraphic(4)));
    }
}
