using Hele.Civic.GridPlanning;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Storage;
using Hele.Web.Hosting;
using Hele.Web.Ui;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Hele.Web.Pages.GridPlanning.Planner;

/// <summary>The grid planner: today's grids, a wish, proposals beside each other, one of them changed by hand, kept. All of what is tried stands in the address; nothing here changes a grid.</summary>
[Needs("plan.try")]
public sealed class PlannerModel(PlanQueries queries, PlanEngine engine, KeepPlan keep, ReadSession read, CurrentViewer current, Texts L) : PageModel
{
    [BindProperty(SupportsGet = true, Name = "grids")]
    public string Grids { get; set; } = "";

    [BindProperty(SupportsGet = true, Name = "least")]
    public string Least { get; set; } = "";

    [BindProperty(SupportsGet = true, Name = "most")]
    public string Most { get; set; } = "";

    [BindProperty(SupportsGet = true, Name = "even")]
    public string Even { get; set; } = "";

    [BindProperty(SupportsGet = true, Name = "within")]
    public string Within { get; set; } = "";

    [BindProperty(SupportsGet = true, Name = "keep")]
    public bool Keep { get; set; }

    [BindProperty(SupportsGet = true, Name = "moving")]
    public string Moving { get; set; } = "";

    [BindProperty]
    public InputModel Input { get; set; } = new();

    public PlanAnswer Answer { get; private set; } = null!;
    public IReadOnlyList<PlanDraftLine> Drafts { get; private set; } = [];

    /// <summary>What the proposals are compared with: now, and the plans that are kept.</summary>
    public IReadOnlyList<(PlanDraftLine Line, PlanView View)> Compared { get; private set; } = [];

    public PlanAsk Ask => Answer.Ask;
    public PlanGround Ground => Answer.Ground;
    public bool MayKeep => current.Viewer?.PostFor(PlanAccess.Keep) is not null;
    public bool MayPlace => current.Viewer?.PostFor(Civic.Grids.GridAccess.Keep) is not null;

    /// <summary>The kept plan that is looked at and may be changed; null for anything else.</summary>
    public PlanDraftLine? Open => Ask.Base?.StartsWith(PlanAsk.Plan, StringComparison.Ordinal) == true ? Drafts.FirstOrDefault(d => d.State == PlanState.Kept && d.Code == Ask.Base[PlanAsk.Plan.Length..]) : null;

    /// <summary>As many grids as today, of the sizes the rules say, hold all households; where they can't, the form doesn't begin with a wish nobody can meet.</summary>
    public bool SizesFit => Ground.Lots.Sum(l => l.Households) is var all && PlanQueries.Usual(Ground).Grids is var grids && (grids is not { } k || (all >= k * Ground.Rules.Least.Amount && all <= k * Ground.Rules.Most.Amount));

    /// <summary>The building that was tapped in the table.</summary>
    public string Picked { get; private set; } = "";

    public IReadOnlyList<Option> Evenness => [new("households", L["户数"]), new("older", L["户数和老年人"]),
        .. Ground.HasMembers ? new[] { new Option("members", L["户数和党员"], L["党员按支部填报的人数和居民数推算。"]), new Option("all", L["户数、老年人和党员"]) } : [], new("none", L["不求均匀，只顺着小区和大路"])];

    public IReadOnlyList<Option> Withins => [.. PlanWish.Withins.Select(w => new Option(w.ToString(System.Globalization.CultureInfo.InvariantCulture), L["离平均不超过{0}%", w]))];

    /// <summary>What was typed wrongly, in the order of the form, each with the id of its field; empty for what is no field of the wish.</summary>
    public IReadOnlyList<(string Field, string Message)> Wrong { get; private set; } = [];

    public string? PairProblem => Wrong.FirstOrDefault(w => w.Field == "apart-a").Message;

    /// <summary>Every building under its grid, to be chosen from.</summary>
    public IReadOnlyList<Option> Buildings => [.. Ground.Lots.OrderBy(l => l.Grid.Length == 0).ThenBy(l => Answer.Today.Stand.Lines.ToList().FindIndex(x => x.Key == l.Grid)).Select(l => new Option(l.Code, l.Address) { Group = L.Grid(Ground, l.Grid) })];

    /// <summary>Where a building can go: the plan's grids, today's, and one more new one.</summary>
    public IReadOnlyList<Option> Targets
    {
        get
        {
            var opened = Answer.Chosen!.Cut.Keys.Where(PlanCut.IsNew).OrderBy(PlanCut.NumberOf).ToList();
            var next = Enumerable.Range(1, PlanCut.MostGrids).Select(PlanCut.New).FirstOrDefault(k => !opened.Contains(k));
            return [.. Ground.Grids.Select(g => new Option(g.Code, g.Name)), .. opened.Select(k => new Option(k, L.Grid(Ground, k))), .. next is null ? [] : new[] { new Option(next, L["另设一个新网格"]) }];
        }
    }

    public async Task<IActionResult> OnGetAsync()
    {
        if (!await Load())
            return NotFound();
        if (ModelState.IsValid)
            return Page();
        return this.Refused([]);
    }

    /// <summary>Stops the engine.</summary>
    public IActionResult OnPostStop(string? run)
    {
        if (current.Jurisdiction is { } here)
            engine.Answers.Stop(here.Id, run);
        return Redirect(PlanLinks.Planner + PlanAddress.Write(PlanAddress.Read(Request.Query) with { Asked = false }) + "#wish");
    }

    public async Task<IActionResult> OnPostKeepAsync()
    {
        if (!MayKeep)
            return Forbid();
        var outcome = await keep.Run(current.Required, current.Required.Act(PlanAccess.Keep, OperationId.Posted(Request)), new(Input.Into.Length > 0 ? Input.Into : null, Input.Name, Input.Wish, Input.Cut), HttpContext.RequestAborted);
        if (outcome.Accepted)
        {
            this.Say(L["方案已保存。它还没有改动任何网格。"]);
            return Redirect(PlanLinks.Kept(outcome.Code!));
        }
        await read.Refresh();
        return await Load() ? this.Refused(outcome.Problems) : NotFound();
    }

    private async Task<bool> Load()
    {
        if (current.Jurisdiction is not { Level: JurisdictionLevel.Community } here)
            return false;
        var cancel = HttpContext.RequestAborted;
        var wrong = new List<string>();
        var ask = PlanAddress.Read(Request.Query, wrong);
        (string Name, string Key, string Field, string Message)[] named =
        [
            ("grids", "grids", nameof(Grids), L["网格数填1到{0}的整数。", PlanCut.MostGrids]), ("least", "least", nameof(Least), L["一个网格至少的户数填1到100000的整数。"]), ("order", "least", nameof(Least), L["最少的户数不能多于最多的户数。"]),
            ("most", "most", nameof(Most), L["一个网格至多的户数填1到100000的整数。"]), ("moving", "moving", nameof(Moving), L["换网格的户数填1到100000的整数。"]), ("apart", "apart", "apart-a", L["请选两栋不同的楼。"]),
            ("move", "move", "", L["请选择哪栋楼、划到哪个网格。"]),
        ];
        Wrong = [.. named.Where(n => wrong.Contains(n.Name)).Select(n => (n.Field, n.Message))];
        foreach (var n in named.Where(n => wrong.Contains(n.Name)))
            ModelState.AddModelError(n.Key, n.Message);
        if (await queries.Ask(current.Required, here, wrong.Exists(w => w != "move") ? ask with { Asked = false } : ask, cancel: cancel) is not { } answer)
            return false;
        Answer = answer with { Ask = answer.Ask with { Asked = ask.Asked } };
        Drafts = await queries.Drafts(current.Required, cancel);
        if (Answer.State == ProposalState.Done || Answer.Chosen is not null)
            Compared = await queries.Compared(current.Required, Answer, cancel: cancel);
        Within = ask.Wish.Within.ToString(System.Globalization.CultureInfo.InvariantCulture);
        Picked = Request.Query["pick"].FirstOrDefault() ?? "";
        if (!ask.Asked)
        {
            // What the form begins with: as many grids as today, or the sizes of the rules where there are none.
            var usual = PlanQueries.Usual(Ground);
            (Even, Keep) = ("households", Ground.Grids.Count > 0);
            if (Grids.Length == 0 && usual.Grids is { } grids)
                Grids = grids.ToString(System.Globalization.CultureInfo.InvariantCulture);
            if (Least.Length + Most.Length == 0 && SizesFit)
                (Least, Most) = (Ground.Rules.Least.Amount.ToString(System.Globalization.CultureInfo.InvariantCulture), Ground.Rules.Most.Amount.ToString(System.Globalization.CultureInfo.InvariantCulture));
        }
        else if (Even.Length == 0)
        {
            Even = "households";
        }
        // Without script the page asks again by itself while the engine is at work.
        if (Answer.State is ProposalState.Running or ProposalState.Busy)
            Response.Headers["Refresh"] = "2";
        if (Input.Cut.Length == 0 && Answer.Chosen is { } chosen)
            (Input.Cut, Input.Wish, Input.Into) = (chosen.Cut.ToString(), PlanAddress.Write(Ask), Open?.Code ?? "");
        if (Request.Method == HttpMethods.Get && Input.Name.Length == 0 && Open is { } open)
            Input.Name = open.Name;
        return true;
    }

    public sealed class InputModel
    {
        public string Name { get; set; } = "";
        public string Into { get; set; } = "";
        public string Cut { get; set; } = "";
        public string Wish { get; set; } = "";
    }
}
