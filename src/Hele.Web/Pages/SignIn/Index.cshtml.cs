using Hele.Civic.Demo;
using Hele.Civic.Platform.Accounts;
using Hele.Web.Hosting;
using Hele.Web.Ui;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Hele.Web.Pages.SignIn;

/// <summary>By name and password. In the demo the people stand on the page, each with a button.</summary>
[Public]
public sealed class SignInModel(Passwords passwords, CurrentViewer current, StartOptions options) : PageModel
{
    [BindProperty]
    public InputModel Input { get; set; } = new();

    /// <summary>Where to go afterwards; only inside this site.</summary>
    [BindProperty(SupportsGet = true, Name = "return")]
    public string Return { get; set; } = "";

    public IReadOnlyList<DemoSignIn> Demo => options.Demo is null ? [] : DemoPeople.SignIns;

    public IActionResult OnGet() => current.Viewer is null ? Page() : Redirect(LocalPath.Or(Return));

    public async Task<IActionResult> OnPostAsync()
    {
        var (account, problem) = await passwords.SignIn(Input.Name, Input.Password, HttpContext.RequestAborted);
        if (account is null)
            return this.Refused(problem!);
        await HttpContext.SignIn(account);
        return Redirect(account.MustChangePassword ? AccessHosting.PasswordPath : LocalPath.Or(Return));
    }

    public sealed class InputModel
    {
        public string Name { get; set; } = "";
        public string Password { get; set; } = "";
    }
}
