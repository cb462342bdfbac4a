using System.Text.Json.Nodes;
using Hele.Civic.Kernel;
using Hele.Civic.Platform.Accounts;
using Hele.Web.Hosting;
using Hele.Web.Pages.Shared;
using Hele.Web.Pages.SignIn;
using Hele.Web.Ui;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Hele.Web.Pages.Account.Security;

/// <summary>How one signs in, and what is changed about it. Changes ask for a sign-in of the last minutes: a browser left open is not enough.</summary>
[SignedIn]
public sealed class SecurityModel(SecondFactors factors, Passkeys passkeys, CurrentViewer current, SignInPolicy policy, SecurityLog log, TimeProvider clock, Texts L) : PageModel
{
    [BindProperty]
    public PasskeyAnswer Passkey { get; set; } = new();

    public FactorsOf Has { get; private set; } = null!;

    /// <summary>Recovery codes that were just made: shown on this answer and never again.</summary>
    public IReadOnlyList<string> Codes { get; private set; } = [];

    /// <summary>The name that was typed for a passkey that wasn't accepted.</summary>
    public string NameTyped { get; private set; } = "";

    public string? NameProblem { get; private set; }

    public bool IsFresh => current.IsFresh(clock);

    public bool MustSetUp => current.MustDoFirst(policy) is not null && !Has.HasSecondFactor;

    public string AgainHref => Again(AccessHosting.SecurityPath);

    internal static string Again(string back) => $"{AccessHosting.SignInPath}?again=true&return={Uri.EscapeDataString(back)}";

    private bool MustKeepOne => current.Required.IsStaff && policy.DemandsSecondFactor;

    public Task OnGetAsync() => Load();

    public async Task<IActionResult> OnPostRemoveAppAsync()
    {
        if (!IsFresh)
            return Redirect(AgainHref);
        return await Done(await factors.RemoveApp(current.Required.AccountId, MustKeepOne), SignInChange.AppRemoved, L["验证器已移除。"]);
    }

    public async Task<IActionResult> OnPostRemovePasskeyAsync(Guid key)
    {
        if (!IsFresh)
            return Redirect(AgainHref);
        return await Done(await factors.RemovePasskey(current.Required.AccountId, key, MustKeepOne), SignInChange.PasskeyRemoved, L["通行密钥已移除。"]);
    }

    public async Task<IActionResult> OnPostRenewCodesAsync()
    {
        if (!IsFresh)
            return Redirect(AgainHref);
        await Load();
        if (!Has.HasSecondFactor)
            return NotFound();
        Codes = await factors.RenewCodes(current.Required.AccountId);
        log.Changed(HttpContext, current.Required.AccountId, SignInChange.RecoveryCodes);
        await Load();
        return Page();
    }

    /// <summary>What a new passkey is to be made for.</summary>
    public async Task<IActionResult> OnPostAskAsync()
    {
        if (!IsFresh)
            return BadRequest();
        var viewer = current.Required;
        var has = await factors.Of(viewer.AccountId, HttpContext.RequestAborted);
        var question = await passkeys.AskToRegister(viewer.AccountId, has.SignInName is { } name ? $"{viewer.Name} ({name})" : viewer.Name, SignInModel.Site(HttpContext), HttpContext.RequestAborted);
        return new JsonResult(new JsonObject { ["id"] = question.Id.ToString(), ["options"] = JsonNode.Parse(question.Options) });
    }

    public async Task<IActionResult> OnPostPasskeyAsync()
    {
        if (!IsFresh)
            return Redirect(AgainHref);
        var added = await passkeys.Register(current.Required.AccountId, Passkey.Id, Passkey.Name, Passkey.Answer, SignInModel.Site(HttpContext), HttpContext.RequestAborted);
        await Load();
        if (added.Problem is { } problem)
        {
            NameTyped = Passkey.Name;
            NameProblem = problem.Code == Passkeys.NameMissing.Code ? L[problem.Sentence] : null;
            return this.Refused(problem, nameof(Passkey));
        }
        if (added.RecoveryCodes.Count > 0)
        {
            log.Changed(HttpContext, current.Required.AccountId, SignInChange.Passkey);
            Codes = added.RecoveryCodes;
            return Page();
        }
        return await Done(null, SignInChange.Passkey, L["通行密钥已添加。"]);
    }

    private async Task<IActionResult> Done(Problem? problem, SignInChange what, string said)
    {
        if (problem is not null)
        {
            await Load();
            return this.Refused(problem);
        }
        log.Changed(HttpContext, current.Required.AccountId, what);
        this.Say(said);
        return Redirect(AccessHosting.SecurityPath);
    }

    private async Task Load() => Has = await factors.Of(current.Required.AccountId, HttpContext.RequestAborted);
}
