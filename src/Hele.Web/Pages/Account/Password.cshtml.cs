using Hele.Civic.Platform.Accounts;
using Hele.Web.Hosting;
using Hele.Web.Ui;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Hele.Web.Pages.Account;

/// <summary>Choosing another password. With a one-time password this is the only door.</summary>
[SignedIn]
public sealed class PasswordModel(Passwords passwords, CurrentViewer current, Texts L) : PageModel
{
    [BindProperty]
    public InputModel Input { get; set; } = new();

    public bool IsOneTime { get; private set; }

    public async Task OnGetAsync() => IsOneTime = (await passwords.Find(current.Required.AccountId, HttpContext.RequestAborted)).MustChangePassword;

    public async Task<IActionResult> OnPostAsync()
    {
        var account = current.Required.AccountId;
        var problems = await passwords.Change(account, Input.OldPassword, Input.NewPassword, Input.Repeat, HttpContext.RequestAborted);
        var now = await passwords.Find(account, HttpContext.RequestAborted);
        if (problems.Count > 0)
        {
            IsOneTime = now.MustChangePassword;
            return this.Refused(problems);
        }

        // The change ended every session of the account; this one goes on with the new stamp.
        await HttpContext.SignIn(now);
        this.Say(L["密码已经修改，其他设备上的登录都已退出。"]);
        return Redirect("/");
    }

    public sealed class InputModel
    {
        public string OldPassword { get; set; } = "";
        public string NewPassword { get; set; } = "";
        public string Repeat { get; set; } = "";
    }
}
