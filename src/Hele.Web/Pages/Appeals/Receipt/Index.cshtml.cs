using Hele.Civic.Appeals;
using Hele.Civic.Kernel;
using Hele.Civic.Platform.Journal;
using Hele.Civic.Platform.Rules;
using Hele.Civic.Platform.Storage;
using Hele.Web.Hosting;
using Hele.Web.Ui;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Hele.Web.Pages.Appeals.Receipt;

/// <summary>What the appellant keeps, on the screen or on paper: number, code, promise, and the proof that it was recorded.</summary>
[Needs("appeal.see")]
public sealed class ReceiptModel(AppealQueries queries, RuleReader rules, ReadSession read, LogService log, CurrentViewer current) : PageModel
{
    public AppealView View { get; private set; } = null!;
    public AppealReceipt Receipt { get; private set; } = null!;

    /// <summary>By when it had to be accepted, as promised on filing, and the rule.</summary>
    public Due AcceptBy { get; private set; }

    public Rule AcceptRule { get; private set; } = null!;

    /// <summary>How long the answer may take after that.</summary>
    public Rule AnswerRule { get; private set; } = null!;

    /// <summary>The signed checkpoint of the commit group, as text.</summary>
    public string Checkpoint { get; private set; } = "";

    /// <summary>The address that shows the matter to its owner, or to the holder of the counter's paper, as a QR code, an SVG in a data address.</summary>
    public string Qr { get; private set; } = "";

    public string Address { get; private set; } = "";

    /// <summary>Where the code can be typed in without signing in.</summary>
    public string LookUpAddress { get; private set; } = "";

    public async Task<IActionResult> OnGetAsync(string code)
    {
        if (!PublicCode.TryParse(code, out var parsed))
            return NotFound();
        if (parsed.Text != code)
            return Redirect(AppealLinks.Receipt(parsed.Text));
        var (viewer, jurisdiction, cancel) = (current.Required, current.Jurisdiction!, HttpContext.RequestAborted);
        if (await queries.Find(viewer, code, cancel) is not { } view || await queries.Receipt(viewer, code, cancel) is not { } receipt)
            return NotFound();
        (View, Receipt) = (view, receipt);
        var filed = China.DateIn(receipt.FiledAt);
        AcceptRule = await rules.On(jurisdiction, AppealRules.Accept, filed, cancel);
        AcceptBy = AcceptRule.DueFrom(receipt.FiledAt, ReferenceData.Calendar);
        AnswerRule = await rules.On(jurisdiction, view.IsShielded ? AppealRules.AnswerBySupervision : AppealRules.AnswerByCommunity, filed, cancel);
        Checkpoint = (await log.Checkpoint(await read.Db(cancel), jurisdiction.Id, receipt.TreeSize, cancel)).ToString();
        var site = $"{Request.Scheme}://{Request.Host}";
        // Whoever came to the counter may have no account: their code leads to what needs none.
        Address = site + (view.Channel != Channel.Web ? AppealLinks.LookUp(code) : AppealLinks.Matter(code));
        LookUpAddress = site + AppealLinks.Public;
        Qr = QrImage.Of(Address);
        return Page();
    }
}
