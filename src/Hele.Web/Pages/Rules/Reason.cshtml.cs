using Hele.Civic.Appeals;
using Hele.Civic.Kernel;
using Hele.Civic.Platform.Access;
using Hele.Web.Hosting;
using Hele.Web.Pages.Figures;
using Hele.Web.Ui;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Hele.Web.Pages.Rules;

/// <summary>The secretary words a reason of refusal for the community, adds one, or ends one; and sees what was said before.</summary>
[Needs("appeal.set-reason")]
public sealed class ReasonModel(AppealQueries queries, SetReason set, CurrentViewer current, TimeProvider clock, Texts L, Fmt fmt) : PageModel
{
    [BindProperty] public InputModel Input { get; set; } = new();
    [BindProperty] public EndModel End { get; set; } = new();

    /// <summary>As it stands last; null for a new one.</summary>
    public RefusalReason? Reason { get; private set; }

    /// <summary>It is given today, or will be.</summary>
    public bool IsGiven { get; private set; }

    public IReadOnlyList<LocalReason> History { get; private set; } = [];

    /// <summary>The form that was refused just now.</summary>
    public string? RefusedForm { get; private set; }

    public DateOnly Earliest => clock.Today().AddDays(1);

    public string ActionOf(string form) => FigureLinks.Reason(Reason?.Code) + "?handler=" + form;

    public Guid OperationOf(string form) =>
        RefusedForm != form ? OperationIds.New() : Refusals.OffersToSendAsNew(HttpContext) ? OperationIds.ToSendAsNew() : OperationId.Posted(Request);

    public async Task<IActionResult> OnGetAsync(string? code)
    {
        if (!await Load(code))
            return NotFound();
        (Input.From, End.From) = (Earliest, Earliest);
        if (Reason is not null)
            (Input.Title, Input.Instead) = (Reason.Title.Zh, Reason.Instead.Zh);
        return Page();
    }

    public IActionResult OnPost() => BadRequest();

    public Task<IActionResult> OnPostSetAsync(string? code) => Do(code, "Set", nameof(Input), new(code, Input.Title, Input.Instead, Input.Citation, Input.From), () => L["已设定，从{0}起用。以前说过的不变。", fmt.Date(Input.From!.Value)]);

    public Task<IActionResult> OnPostEndAsync(string? code) => Do(code, nameof(End), nameof(End), new(code, null, null, End.Citation, End.From, End: true), () => L["已设定，从{0}起不再用。以前说过的不变。", fmt.Date(End.From!.Value)]);

    private async Task<IActionResult> Do(string? code, string form, string prefix, SetReason.Input input, Func<string> said)
    {
        if (!await Load(code) || (input.End && Reason is null))
            return NotFound();
        RefusedForm = form;
        if (!ModelState.IsValid)
            return this.Refused([], prefix);
        var outcome = await set.Run(current.Required, current.Required.Act(SetReason.Permission, OperationId.Posted(Request)), input, HttpContext.RequestAborted);
        if (!outcome.Accepted)
            return this.Refused(outcome.Problems, prefix);
        this.Say(said());
        return Redirect(FigureLinks.Reason(outcome.Code));
    }

    private async Task<bool> Load(string? code)
    {
        if (current.Jurisdiction is not { } jurisdiction)
            return false;
        if (code is null)
            return true;
        var book = await queries.Reasons(jurisdiction, HttpContext.RequestAborted);
        var today = clock.Today();
        Reason = SetReason.Known(book, code, today);
        History = book.History(code);
        IsGiven = book.On(code, today) is not null || History is [{ IsGiven: true }, ..];
        // The newest word is what is edited, also before its day.
        if (History is [{ IsGiven: true } last, ..] && Reason is not null)
            Reason = Reason with { Title = (last.Title, last.Title), Instead = (last.Instead, last.Instead) };
        return Reason is not null;
    }

    public sealed class InputModel
    {
        public string Title { get; set; } = "";
        public string Instead { get; set; } = "";
        public string Citation { get; set; } = "";
        public DateOnly? From { get; set; }
    }

    public sealed class EndModel
    {
        public string Citation { get; set; } = "";
        public DateOnly? From { get; set; }
    }
}
