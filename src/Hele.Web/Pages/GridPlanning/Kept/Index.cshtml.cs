using Hele.Civic.GridPlanning;
using Hele.Civic.Kernel;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Storage;
using Hele.Web.Hosting;
using Hele.Web.Ui;
using Microsoft.AspNetCore.Mvc;

namespace Hele.Web.Pages.GridPlanning.Kept;

/// <summary>A kept plan: what it changes and for whom, as a document to be printed and decided on; then it is adopted or given up.</summary>
[Needs("plan.try")]
public sealed class KeptModel(PlanQueries queries, AdoptPlan adopt, KeepPlan keep, DiscardPlan discard, ReadSession read, CurrentViewer current, Texts L, TimeProvider clock) : RecordPage(read)
{
    [BindProperty]
    public AdoptInput Adopt { get; set; } = new();

    public PlanDraftView View { get; private set; } = null!;
    public PlanDraft Draft => View.Draft;
    public Jurisdiction Here => current.Jurisdiction!;
    public DateOnly Today => clock.Today();

    public bool MayKeep => current.Viewer?.PostFor(PlanAccess.Keep) is not null && Draft.May(PlanDraft.Discard);

    /// <summary>It can be adopted as far as the plan goes; the form with what was typed stays when it was refused.</summary>
    public bool MayAdopt => current.Viewer?.PostFor(PlanAccess.Adopt) is not null && Draft.May(PlanDraft.Adopt) && (RefusedForm == nameof(Adopt) || (View.Changed is null && View.View.Stand.MovedBuildings > 0));

    /// <summary>The plan was just brought up to date with the register.</summary>
    public bool Updated { get; private set; }

    protected override string PathOf(string code) => PlanLinks.Kept(code);

    public async Task<IActionResult> OnGetAsync(string code)
    {
        var page = await Show(code);
        Adopt.ValidFrom = Today;
        if (View is not null)
            (Adopt.NewNames, Adopt.NewPhones) = ([.. View.Opens.Select(_ => "")], [.. View.Opens.Select(_ => "")]);
        return page;
    }

    public Task<IActionResult> OnPostAdoptAsync(string code) => Do(code, nameof(Adopt), nameof(Adopt),
        canonical => adopt.Run(current.Required, current.Required.Act(PlanAccess.Adopt, OperationId.Posted(Request)), new(canonical, Adopt.Reason, Adopt.Number, Adopt.ValidFrom, Adopt.Confirmed, Adopt.NewNames, Adopt.NewPhones), HttpContext.RequestAborted),
        () => L["方案已采用，网格已经照它调整。"]);

    /// <summary>Puts the plan on today's register; what was typed for adopting it stays.</summary>
    public async Task<IActionResult> OnPostUpdateAsync(string code)
    {
        if (current.Required.PostFor(PlanAccess.Keep) is null || !PublicCode.TryParse(code, out var parsed) || !await Load(parsed.Text))
            return NotFound();
        var outcome = await keep.Run(current.Required, current.Required.Act(PlanAccess.Keep, OperationId.Posted(Request)), new(parsed.Text, Draft.Name, Draft.Wish, View.View.Cut.ToString()), HttpContext.RequestAborted);
        if (!await Load(parsed.Text))
            return NotFound();
        RefusedForm = outcome.Accepted ? null : nameof(Adopt);
        Updated = outcome.Accepted;
        ModelState.Clear();
        return outcome.Accepted ? Page() : this.Refused(outcome.Problems, nameof(Adopt));
    }

    public Task<IActionResult> OnPostDiscardAsync(string code) => Do(code, "Discard", "",
        canonical => discard.Run(current.Required, current.Required.Act(PlanAccess.Keep, OperationId.Posted(Request)), new(canonical), HttpContext.RequestAborted),
        () => L["方案已放弃。"], PlanLinks.Planner + "#kept");

    protected override async Task<bool> Find(string code)
    {
        if (current.Jurisdiction is not { Level: JurisdictionLevel.Community } here || await queries.Draft(current.Required, here, code, HttpContext.RequestAborted) is not { } view)
            return false;
        View = view;
        return true;
    }

    public sealed class AdoptInput
    {
        public string Reason { get; set; } = "";
        public string Number { get; set; } = "";
        public DateOnly? ValidFrom { get; set; }
        public bool Confirmed { get; set; }
        public List<string> NewNames { get; set; } = [];
        public List<string> NewPhones { get; set; } = [];
    }
}
