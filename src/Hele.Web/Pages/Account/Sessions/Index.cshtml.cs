using Hele.Civic.Kernel;
using Hele.Civic.Platform.Accounts;
using Hele.Web.Hosting;
using Hele.Web.Pages.Account.Security;
using Hele.Web.Ui;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Hele.Web.Pages.Account.Sessions;

/// <summary>Where one is signed in, and an end to it.</summary>
[SignedIn]
public sealed class SessionsModel(Civic.Platform.Accounts.Sessions sessions, CurrentViewer current, SecurityLog log, TimeProvider clock, Texts L) : PageModel
{
    public const string Path = "/account/sessions";

    public IReadOnlyList<SessionLine> Lines { get; private set; } = [];

    public bool IsFresh => current.IsFresh(clock);

    public string AgainHref => SecurityModel.Again(Path);

    public async Task OnGetAsync() => Lines = await sessions.Of(current.Required.AccountId, current.Session!.Id, HttpContext.RequestAborted);

    public async Task<IActionResult> OnPostEndAsync(Guid session)
    {
        if (!IsFresh)
            return Redirect(AgainHref);
        await sessions.End(current.Required.AccountId, session);
        log.Changed(HttpContext, current.Required.AccountId, SignInChange.SessionEnded);
        this.Say(L["已经退出。"]);
        return Redirect(Path);
    }

    public async Task<IActionResult> OnPostEverywhereAsync()
    {
        if (!IsFresh)
            return Redirect(AgainHref);
        await sessions.EndAll(current.Required.AccountId);
        log.Changed(HttpContext, current.Required.AccountId, SignInChange.AllSessionsEnded);
        await HttpContext.SignOut();
        this.Say(L["所有设备上的登录都已退出。"]);
        return Redirect("/");
    }

    public Bilingual How(SignInMethod method) => method switch
    {
        SignInMethod.Password => ("密码", "Password"),
        SignInMethod.PasswordAndApp => ("密码和验证器", "Password and app"),
        SignInMethod.PasswordAndRecoveryCode => ("密码和恢复码", "Password and recovery code"),
        SignInMethod.PhoneCode => ("手机验证码", "Phone code"),
        SignInMethod.PhoneCodeAndApp => ("手机验证码和验证器", "Phone code and app"),
        SignInMethod.PhoneCodeAndRecoveryCode => ("手机验证码和恢复码", "Phone code and recovery code"),
        _ => ("通行密钥", "Passkey"),
    };
}
