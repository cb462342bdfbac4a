using Hele.Civic.Demo;
using Hele.Civic.Platform.Accounts;
using Hele.Web.Hosting;
using Hele.Web.Ui;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using PhoneNumber = Hele.Civic.People.Phone;

namespace Hele.Web.Pages.SignIn;

/// <summary>Asks for a code. The same answer for every number, whoever's it is.</summary>
[Public]
public sealed class PhoneModel(PhoneCodes codes, PhoneSignIn phone, KnownDevice device, IDataProtectionProvider protection, SecurityLog log, StartOptions options) : PageModel
{
    [BindProperty]
    public InputModel Input { get; set; } = new();

    [BindProperty(SupportsGet = true, Name = "return")]
    public string Return { get; set; } = "";

    public IReadOnlyList<DemoSignIn> Demo => options.Demo is null ? [] : [.. DemoPeople.SignIns.Where(p => p.Phone is not null)];

    public IActionResult OnGet() => phone.IsOffered ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync()
    {
        if (!phone.IsOffered)
            return NotFound();
        var digits = PhoneNumber.Normalize(Input.Phone);
        if (!PhoneNumber.IsMobile(digits))
            return this.Refused(PhoneNumber.Bad);
        var (id, problem) = await codes.Ask(digits, device.Of(HttpContext));
        if (id is not { } asked)
            return this.Refused(problem!);
        log.CodeAsked(HttpContext);
        Asked.Keep(HttpContext, protection, asked);
        return Redirect("/sign-in/phone/code" + (LocalPath.Or(Return) is var back && back != "/" ? "?return=" + Uri.EscapeDataString(back) : ""));
    }

    public sealed class InputModel
    {
        public string Phone { get; set; } = "";
    }
}

/// <summary>Which code this browser asked for: a code is good only where it was asked for.</summary>
internal static class Asked
{
    private const string Cookie = "hele-phone";
    private const string Purpose = "hele.phone-code";

    public static void Keep(HttpContext context, IDataProtectionProvider protection, Guid id) => context.Response.Cookies.Append(CookieNames.For(context, Cookie),
        protection.CreateProtector(Purpose).Protect(id.ToString("N")), CookieNames.Options(context, TimeSpan.FromMinutes(15)));

    public static Guid? Of(HttpContext context, IDataProtectionProvider protection)
    {
        if (context.Request.Cookies[CookieNames.For(context, Cookie)] is not { Length: > 0 and < 1000 } sent)
            return null;
        try
        {
            return Guid.ParseExact(protection.CreateProtector(Purpose).Unprotect(sent), "N");
        }
        catch (Exception broken) when (broken is System.Security.Cryptography.CryptographicException or FormatException)
        {
            return null;
        }
    }

    public static void Forget(HttpContext context) => context.Response.Cookies.Delete(CookieNames.For(context, Cookie), CookieNames.Options(context, null));
}
