using Hele.Civic.Platform.Accounts;
using Hele.Web.Hosting;
using Hele.Web.Ui;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Hele.Web.Pages.SignIn;

/// <summary>The second step, after a password or a phone code. Only in the browser that took the first.</summary>
[Public]
public sealed class SecondModel(SecondFactors factors, KnownDevice device, CurrentViewer current, SecurityLog log) : PageModel
{
    [BindProperty]
    public InputModel Input { get; set; } = new();

    [BindProperty(SupportsGet = true, Name = "return")]
    public string Return { get; set; } = "";

    public bool HasApp { get; private set; }
    public bool HasPasskey { get; private set; }

    public string PasskeyHref => "/sign-in?handler=Passkey&return=" + Uri.EscapeDataString(LocalPath.Or(Return));

    public async Task<IActionResult> OnGetAsync() => await Load() ? Page() : Redirect(AccessHosting.SignInPath);

    public async Task<IActionResult> OnPostAsync()
    {
        if (!await Load())
            return Redirect(AccessHosting.SignInPath);
        var session = current.Session!;
        var (recovery, problem) = await factors.Check(session.AccountId, Input.Code, device.Of(HttpContext));
        if (problem is not null)
        {
            log.SignInRefused(HttpContext, session.Method, problem, session.AccountId);
            return this.Refused(problem);
        }
        return Redirect(await HttpContext.SignIn(session.AccountId, (session.Method, recovery) switch
        {
            (SignInMethod.PhoneCode, true) => SignInMethod.PhoneCodeAndRecoveryCode,
            (SignInMethod.PhoneCode, false) => SignInMethod.PhoneCodeAndApp,
            (_, true) => SignInMethod.PasswordAndRecoveryCode,
            _ => SignInMethod.PasswordAndApp,
        }, LocalPath.Or(Return)));
    }

    private async Task<bool> Load()
    {
        if (current.Session is not { AwaitsSecondFactor: true } session)
            return false;
        var has = await factors.Of(session.AccountId, HttpContext.RequestAborted);
        (HasApp, HasPasskey) = (has.HasApp, has.Passkeys.Count > 0);
        return true;
    }

    public sealed class InputModel
    {
        public string Code { get; set; } = "";
    }
}
