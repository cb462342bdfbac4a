using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Notices.Mail;
using Hele.Civic.Platform.Storage;
using Hele.Web.Hosting;
using Hele.Web.Ui;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Hele.Web.Pages.Notices.Letters;

/// <summary>Mails that came back, for whoever looks after the installation: to be sent once more, or given up.</summary>
[Needs("mail.keep")]
public sealed class LettersModel(EmailQueries queries, RetryMail retry, GiveUpMail giveUp, MailSender sender, ReadSession read, CurrentViewer current, Texts L) : PageModel
{
    public MailBoard Board { get; private set; } = null!;
    public bool IsSetUp => queries.IsSetUp;
    public MailTrouble? Trouble => sender.Trouble;

    public async Task OnGetAsync() => await Load();

    public Task<IActionResult> OnPostRetryAsync(string? code) => Act(act => retry.Run(current.Required, act, new(code ?? ""), HttpContext.RequestAborted), L["会再发一次。"]);

    public Task<IActionResult> OnPostGiveUpAsync(string? code) => Act(act => giveUp.Run(current.Required, act, new(code ?? ""), HttpContext.RequestAborted), L["不再发了。"]);

    private async Task<IActionResult> Act(Func<Act, Task<Outcome>> run, string said)
    {
        var outcome = await run(current.Required.Act(MailAccess.Keep, OperationId.Posted(Request)));
        if (!outcome.Accepted)
        {
            await read.Refresh();
            await Load();
            return this.Refused(outcome.Problems, "");
        }
        this.Say(said);
        return Redirect(NoticeLinks.Letters);
    }

    private async Task Load() => Board = await queries.Board(current.Required, HttpContext.RequestAborted);
}
