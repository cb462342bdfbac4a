using Hele.Civic.Kernel;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Storage;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Hele.Web.Ui;

/// <summary>The page of one record, named by its public code, with a form for each act: what is shown again, redirected and said is the same for all.</summary>
public abstract class RecordPage(ReadSession read) : PageModel
{
    /// <summary>The form that was refused just now; it keeps its operation id and shows its problems.</summary>
    public string? RefusedForm { get; protected set; }

    /// <summary>The record's code, in its one spelling.</summary>
    protected string Code { get; private set; } = "";

    /// <summary>Where the record of a code stands.</summary>
    protected abstract string PathOf(string code);

    /// <summary>Loads what the page shows; false for missing and for not theirs alike.</summary>
    protected abstract Task<bool> Find(string code);

    /// <summary>Called when an act was refused and the record was loaded anew.</summary>
    protected virtual void OnRefused(Outcome outcome)
    {
    }

    /// <summary>The operation id of a form: a refused one keeps its own, the others on the page have theirs.</summary>
    public Guid OperationOf(string form) =>
        RefusedForm != form ? OperationIds.New() : Refusals.OffersToSendAsNew(HttpContext) ? OperationIds.ToSendAsNew() : OperationId.Posted(Request);

    public string ActionOf(string form) => PathOf(Code) + "?handler=" + form;

    /// <summary>No act of that name.</summary>
    public IActionResult OnPost() => BadRequest();

    protected async Task<IActionResult> Show(string code)
    {
        if (!PublicCode.TryParse(code, out var parsed))
            return NotFound();
        if (parsed.Text != code)
            return Redirect(PathOf(parsed.Text));
        return await Load(parsed.Text) ? Page() : NotFound();
    }

    /// <param name="form">The handler's name.</param>
    /// <param name="prefix">The bound property that holds the form's input.</param>
    /// <param name="said">What the next page says.</param>
    /// <param name="next">Where to go afterwards, when that isn't the record's own page.</param>
    protected async Task<IActionResult> Do(string code, string form, string prefix, Func<string, Task<Outcome>> run, Func<string> said, string? next = null)
    {
        if (!PublicCode.TryParse(code, out var parsed))
            return NotFound();
        RefusedForm = form;
        if (!ModelState.IsValid)
            return await Load(parsed.Text) ? this.Refused([]) : NotFound();
        var outcome = await run(parsed.Text);
        if (outcome.Accepted)
        {
            this.Say(said());
            return Redirect(next ?? PathOf(parsed.Text));
        }
        if (!await Load(parsed.Text))
            return NotFound();
        OnRefused(outcome);
        return this.Refused(outcome.Problems, prefix);
    }

    /// <summary>Reads what stands now, after whatever was written meanwhile.</summary>
    protected async Task<bool> Load(string code)
    {
        await read.Refresh();
        Code = code;
        return await Find(code);
    }
}
