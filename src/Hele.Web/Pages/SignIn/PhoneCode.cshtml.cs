using Hele.Civic.People;
using Hele.Civic.Platform.Accounts;
using Hele.Web.Hosting;
using Hele.Web.Ui;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Hele.Web.Pages.SignIn;

/// <summary>Takes the code, in the browser that asked for it.</summary>
[Public]
public sealed class PhoneCodeModel(PhoneCodes codes, PhoneSignIn phone, StaffAccounts staff, IDataProtectionProvider protection, SecurityLog log) : PageModel
{
    [BindProperty]
    public InputModel Input { get; set; } = new();

    [BindProperty(SupportsGet = true, Name = "return")]
    public string Return { get; set; } = "";

    public int Minutes => (int)codes.Limits.Lasts.TotalMinutes;

    public bool IsDemo => phone.IsShown;

    /// <summary>In the demo only.</summary>
    public string? ShownCode { get; private set; }

    public async Task<IActionResult> OnGetAsync() => await Load() ? Page() : Redirect("/sign-in/phone");

    public async Task<IActionResult> OnPostAsync()
    {
        if (!await Load())
            return Redirect("/sign-in/phone");
        var (account, problem) = await codes.Check(Asked.Of(HttpContext, protection)!.Value, Input.Code);
        if (account is not { } id || await staff.HoldsPost(id, HttpContext.RequestAborted))
        {
            log.SignInRefused(HttpContext, SignInMethod.PhoneCode, problem ?? PhoneCodes.Wrong, account);
            return this.Refused(problem ?? PhoneCodes.Wrong);
        }
        Asked.Forget(HttpContext);
        return Redirect(await HttpContext.SignIn(id, SignInMethod.PhoneCode, LocalPath.Or(Return)));
    }

    private async Task<bool> Load()
    {
        if (!phone.IsOffered || Asked.Of(HttpContext, protection) is not { } id)
            return false;
        ShownCode = await phone.Shown(id, HttpContext.RequestAborted);
        return true;
    }

    public sealed class InputModel
    {
        public string Code { get; set; } = "";
    }
}
