using System.Security.Cryptography;
using System.Text;
using Hele.Civic.Platform.Accounts;
using Hele.Web.Hosting;
using Hele.Web.Ui;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using QRCoder;

namespace Hele.Web.Pages.Account.Security;

/// <summary>
/// Sets an authenticator app up: the secret as QR code and as text, confirmed with a code. Until then the secret stands nowhere but on the page,
/// sealed for this account and session.
/// </summary>
[SignedIn]
public sealed class AppModel(SecondFactors factors, KnownDevice device, CurrentViewer current, IDataProtectionProvider protection, SecurityLog log, TimeProvider clock, Texts L) : PageModel
{
    private static readonly TimeSpan Within = TimeSpan.FromMinutes(30);

    [BindProperty]
    public InputModel Input { get; set; } = new();

    /// <summary>In groups of four, to be typed.</summary>
    public string SecretText { get; private set; } = "";

    public string Qr { get; private set; } = "";

    public IReadOnlyList<string> Codes { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync()
    {
        if (!current.IsFresh(clock))
            return Redirect(SecurityModel.Again(Request.Path));
        var has = await factors.Of(current.Required.AccountId, HttpContext.RequestAborted);
        if (has.HasApp)
            return Redirect(AccessHosting.SecurityPath);
        await Show(Totp.NewSecret());
        return Page();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        if (!current.IsFresh(clock))
            return Redirect(SecurityModel.Again(Request.Path));
        byte[] secret;
        try
        {
            secret = Protector().Unprotect(Convert.FromBase64String(Input.Enrolment));
        }
        catch (Exception stale) when (stale is CryptographicException or FormatException)
        {
            // The page lay open too long, or is somebody else's: a new secret.
            return Redirect(Request.Path);
        }
        var added = await factors.AddApp(current.Required.AccountId, secret, Input.Code, device.Of(HttpContext));
        if (added.Problem is { } problem)
        {
            await Show(secret);
            return this.Refused(problem);
        }
        log.Changed(HttpContext, current.Required.AccountId, SignInChange.App);
        Codes = added.RecoveryCodes;
        if (Codes.Count > 0)
            return Page();
        this.Say(L["验证器设置好了。"]);
        return Redirect(AccessHosting.SecurityPath);
    }

    private async Task Show(byte[] secret)
    {
        ModelState.Remove("Input.Enrolment");
        Input.Enrolment = Convert.ToBase64String(Protector().Protect(secret, Within));
        SecretText = string.Join(' ', Totp.Text(secret).Chunk(4).Select(c => new string(c)));
        var has = await factors.Of(current.Required.AccountId, HttpContext.RequestAborted);
        using var generator = new QRCodeGenerator();
        using var data = generator.CreateQrCode(Totp.Address(secret, $"Hele {Request.Host.Host}", has.SignInName ?? current.Required.Name), QRCodeGenerator.ECCLevel.M);
        using var drawing = new SvgQRCode(data);
        Qr = "data:image/svg+xml;base64," + Convert.ToBase64String(Encoding.UTF8.GetBytes(drawing.GetGraphic(4)));
    }

    private ITimeLimitedDataProtector Protector() =>
        protection.CreateProtector("hele.totp", current.Required.AccountId.ToString("N"), current.Session!.Id.ToString("N")).ToTimeLimitedDataProtector();

    public sealed class InputModel
    {
        public string Enrolment { get; set; } = "";
        public string Code { get; set; } = "";
    }
}
