using Hele.Civic.Appeals;
using Hele.Civic.Kernel;
using Hele.Civic.Platform.Rules;
using Hele.Civic.Platform.Storage;
using Hele.Web.Hosting;
using Hele.Web.Ui;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Hele.Web.Pages.Appeals.Callbacks;

/// <summary>The draws of whoever supervises, and the form for the next one.</summary>
[Needs("appeal.callback-draw")]
public sealed class CallbackListModel(CallbackQueries queries, DrawCallbacks draw, RuleReader rules, CurrentViewer current, ReadSession read, TimeProvider clock, Texts L) : PageModel
{
    [BindProperty]
    public DrawInput Draw { get; set; } = new();

    public IReadOnlyList<RoundLine> Rounds { get; private set; } = [];

    public Rule Share { get; private set; } = null!;

    public DateOnly Today => clock.Today();

    public async Task<IActionResult> OnGetAsync()
    {
        var last = Period.Month(Today.AddMonths(-1).Year, Today.AddMonths(-1).Month);
        (Draw.From, Draw.To) = (last.From, last.To);
        return await Load();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        var outcome = ModelState.IsValid ? await draw.Run(current.Required, current.Required.Act(CallbackAccess.Draw, OperationId.Posted(Request)), new(Draw.From, Draw.To), HttpContext.RequestAborted) : null;
        if (outcome is { Accepted: true })
        {
            this.Say(L["已经抽好。种子和名单都记下了，谁都可以重算。"]);
            return Redirect(AppealLinks.Callbacks(outcome.Code!));
        }
        await read.Refresh();
        await Load();
        return this.Refused(outcome?.Problems ?? [], nameof(Draw));
    }

    private async Task<IActionResult> Load()
    {
        Rounds = await queries.Rounds(HttpContext.RequestAborted);
        Share = await rules.On(current.Jurisdiction!, DrawCallbacks.Rule, Today, HttpContext.RequestAborted);
        return Page();
    }

    public sealed class DrawInput
    {
        public DateOnly? From { get; set; }
        public DateOnly? To { get; set; }
    }
}
