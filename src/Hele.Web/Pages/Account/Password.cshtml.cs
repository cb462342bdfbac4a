using Hele.Civic.Platform.Accounts;
using Hele.Web.Hosting;
using Hele.Web.Ui;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Hele.Web.Pages.Account;

/// <summary>Choosing another password. With a one-time password, or one that is too old, this is the only door.</summary>
[SignedIn]
public sealed class PasswordModel(Passwords passwords, KnownDevice device, CurrentViewer current, SignInPolicy policy, SecurityLog log, Texts L) : PageModel
{
    [BindProperty]
    public InputModel Input { get; set; } = new();

    public bool IsOneTime { get; private set; }
    public bool IsTooOld { get; private set; }
    public SignInProfile Profile => policy.Profile;

    public async Task<IActionResult> OnGetAsync() => await Load() ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync()
    {
        if (!await Load())
            return NotFound();
        var (viewer, session) = (current.Required, current.Session!);
        var problems = await passwords.Change(viewer.AccountId, Input.OldPassword, Input.NewPassword, Input.Repeat, device.Of(HttpContext), [viewer.Name], HttpContext.RequestAborted);
        if (problems.Count > 0)
            return this.Refused(problems);

        log.Changed(HttpContext, viewer.AccountId, SignInChange.Password);
        // The change ended every session of the account; this browser goes on with a new one.
        var first = current.MustDoFirst(policy);
        await HttpContext.SignIn(viewer.AccountId, session.Method == SignInMethod.Password && session.HasSecondFactor ? SignInMethod.PasswordAndApp : session.Method);
        this.Say(L["密码已经修改，其他设备上的登录都已退出。"]);
        return Redirect(first is null ? AccessHosting.SecurityPath : "/");
    }

    private async Task<bool> Load()
    {
        var account = await passwords.Find(current.Required.AccountId, HttpContext.RequestAborted);
        (IsOneTime, IsTooOld) = (account.MustChangePassword, !account.MustChangePassword && passwords.MustChange(account));
        return account.PasswordHash is not null;
    }

    public sealed class InputModel
    {
        public string OldPassword { get; set; } = "";
        public string NewPassword { get; set; } = "";
        public string Repeat { get; set; } = "";
    }
}
