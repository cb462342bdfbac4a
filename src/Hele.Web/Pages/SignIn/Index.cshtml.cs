using System.Text.Json.Nodes;
using Hele.Civic.Demo;
using Hele.Civic.Platform.Accounts;
using Hele.Web.Hosting;
using Hele.Web.Pages.Shared;
using Hele.Web.Ui;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Hele.Web.Pages.SignIn;

/// <summary>By name and password, or by passkey. In the demo the people stand on the page, each with a button.</summary>
[Public]
public sealed class SignInModel(Passwords passwords, Passkeys passkeys, KnownDevice device, PhoneSignIn phone, CurrentViewer current, SecurityLog log, StartOptions options) : PageModel
{
    [BindProperty]
    public InputModel Input { get; set; } = new();

    [BindProperty]
    public PasskeyAnswer Passkey { get; set; } = new();

    /// <summary>Where to go afterwards; only inside this site.</summary>
    [BindProperty(SupportsGet = true, Name = "return")]
    public string Return { get; set; } = "";

    /// <summary>Somebody who is signed in shows once more who they are, to change how they sign in.</summary>
    [BindProperty(SupportsGet = true)]
    public bool Again { get; set; }

    /// <summary>The account is closed in every register that knows it.</summary>
    [BindProperty(SupportsGet = true)]
    public bool Closed { get; set; }

    public IReadOnlyList<DemoSignIn> Demo => options.Demo is null ? [] : DemoPeople.SignIns;

    /// <summary>Something that was typed before the session ran out waits behind the sign-in.</summary>
    public bool HasKept => LocalPath.Or(Return).StartsWith(AccessHosting.KeptPath + "?", StringComparison.Ordinal);

    public bool OffersPhone => phone.IsOffered;

    public string PhoneHref => "/sign-in/phone" + Query("?");
    public string PasskeyHref => "/sign-in?handler=Passkey" + Query("&");
    public string AskHref => "/sign-in?handler=Ask";

    public IActionResult OnGet() => current.Viewer is null || Again ? Page() : Redirect(LocalPath.Or(Return));

    public async Task<IActionResult> OnPostAsync()
    {
        var (account, problem) = await passwords.SignIn(Input.Name, Input.Password, device.Of(HttpContext), HttpContext.RequestAborted);
        if (account is null)
        {
            log.SignInRefused(HttpContext, SignInMethod.Password, problem!);
            return this.Refused(problem!);
        }
        return Redirect(await HttpContext.SignIn(account.Id, SignInMethod.Password, LocalPath.Or(Return)));
    }

    /// <summary>What a passkey is to sign.</summary>
    public async Task<IActionResult> OnPostAskAsync()
    {
        var question = await passkeys.AskToSignIn(Site(HttpContext));
        return new JsonResult(new JsonObject { ["id"] = question.Id.ToString(), ["options"] = JsonNode.Parse(question.Options) });
    }

    public async Task<IActionResult> OnPostPasskeyAsync()
    {
        if (await passkeys.SignIn(Passkey.Id, Passkey.Answer, Site(HttpContext), HttpContext.RequestAborted) is not { } account)
        {
            log.SignInRefused(HttpContext, SignInMethod.Passkey, Passkeys.Failed);
            return this.Refused(Passkeys.Failed);
        }
        return Redirect(await HttpContext.SignIn(account, SignInMethod.Passkey, LocalPath.Or(Return)));
    }

    internal static RelyingParty Site(HttpContext context) => new(context.Request.Host.Host, $"{context.Request.Scheme}://{context.Request.Host}");

    private string Query(string first) => LocalPath.Or(Return) is var back && back != "/" ? first + "return=" + Uri.EscapeDataString(back) : "";

    public sealed class InputModel
    {
        public string Name { get; set; } = "";
        public string Password { get; set; } = "";
    }
}
