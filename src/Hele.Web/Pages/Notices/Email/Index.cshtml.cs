using Hele.Civic.Kernel;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Notices.Mail;
using Hele.Civic.Platform.Storage;
using Hele.Web.Hosting;
using Hele.Web.Ui;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Hele.Web.Pages.Notices.Email;

/// <summary>One's own address for notices: given, confirmed, chosen for, changed, taken away.</summary>
[SignedIn]
public sealed class EmailModel(EmailQueries queries, AskEmail ask, ConfirmEmail confirm, ChooseEmail choose, RemoveEmail remove, ReadSession read, CurrentViewer current, Texts L) : PageModel
{
    [BindProperty]
    public GiveInput Give { get; set; } = new();

    [BindProperty]
    public ConfirmInput Confirm { get; set; } = new();

    [BindProperty]
    public ChooseInput Choose { get; set; } = new();

    public OwnEmail Own { get; private set; } = null!;

    /// <summary>The form that was refused just now.</summary>
    public string? Form { get; private set; }

    public bool IsSetUp => queries.IsSetUp;

    public IReadOnlyList<Option> Ways => Option.Of<EmailWay>(L.Way);
    public IReadOnlyList<Option> Languages => Option.Of<MailLanguage>(L.Tongue);

    public async Task OnGetAsync()
    {
        await Load();
        (Choose.Way, Choose.Language) = (Own.Way, Own.Language);
        Give.Language = Own.Address is not null ? Own.Language : L.Language == Language.English ? MailLanguage.English : MailLanguage.Chinese;
    }

    public async Task<IActionResult> OnPostGiveAsync()
    {
        if (await ask.Run(current.Required, Give.Address, Give.Consent, Give.Language) is { } problem)
            return await Refused("Give", nameof(Give), problem);
        this.Say(L["验证码已经发出。"]);
        return Redirect(NoticeLinks.Email);
    }

    public async Task<IActionResult> OnPostCancelAsync()
    {
        await ask.Cancel(current.Required);
        return Redirect(NoticeLinks.Email);
    }

    public Task<IActionResult> OnPostConfirmAsync() => Act("Confirm", act => confirm.Run(current.Required, act, new(Confirm.Code), HttpContext.RequestAborted), L["邮箱确认好了，以后的通知会发到这里。"]);

    public Task<IActionResult> OnPostChooseAsync() => Act("Choose", act => choose.Run(current.Required, act, new(Choose.Way, Choose.Language), HttpContext.RequestAborted), L["已保存。"]);

    public Task<IActionResult> OnPostRemoveAsync() => Act("Remove", act => remove.Run(current.Required, act, HttpContext.RequestAborted), L["邮箱已移除。"]);

    private async Task<IActionResult> Act(string form, Func<Act, Task<Outcome>> run, string said)
    {
        var outcome = await run(current.Required.Act(MailAccess.Own, OperationId.Posted(Request)));
        if (!outcome.Accepted)
            return await Refused(form, form, [.. outcome.Problems]);
        this.Say(said);
        return Redirect(NoticeLinks.Email);
    }

    private async Task<IActionResult> Refused(string form, string prefix, params Problem[] problems)
    {
        Form = form;
        await read.Refresh();
        await Load();
        return this.Refused(problems, prefix);
    }

    private async Task Load() => Own = await queries.Own(current.Required, HttpContext.RequestAborted);

    public sealed class GiveInput
    {
        public string Address { get; set; } = "";
        public MailLanguage Language { get; set; }
        public bool Consent { get; set; }
    }

    public sealed class ConfirmInput
    {
        public string Code { get; set; } = "";
    }

    public sealed class ChooseInput
    {
        public EmailWay? Way { get; set; }
        public MailLanguage? Language { get; set; }
    }
}
