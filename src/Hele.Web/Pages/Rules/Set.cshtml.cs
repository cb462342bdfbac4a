using Hele.Civic.Kernel;
using Hele.Civic.Platform.Rules;
using Hele.Web.Hosting;
using Hele.Web.Pages.Figures;
using Hele.Web.Ui;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Hele.Web.Pages.Rules;

/// <summary>The secretary sets the jurisdiction's own value for a rule that leaves room for one, and sees all that were set.</summary>
[Needs("rule.set")]
public sealed class SetRuleModel(RuleReader rules, SetLocalRule set, CurrentViewer current, TimeProvider clock, Texts L, Fmt fmt) : PageModel
{
    [BindProperty]
    public InputModel Input { get; set; } = new();

    public Rule Rule { get; private set; } = null!;

    /// <summary>The rule as it ships, when the jurisdiction has its own value over it.</summary>
    public Rule? Shipped { get; private set; }

    public IReadOnlyList<LocalValue> History { get; private set; } = [];

    public DateOnly Today { get; } = clock.Today();

    public string Unit => Rule.Unit switch
    {
        RuleUnit.WorkDay => L["工作日"],
        RuleUnit.Day => L["日"],
        RuleUnit.Month => L["个月"],
        RuleUnit.Year => L["年"],
        RuleUnit.Time => L["次"],
        RuleUnit.Person => L["人"],
        RuleUnit.Household => L["户"],
        RuleUnit.Percent => L["%"],
        _ => L["小时"],
    };

    public async Task<IActionResult> OnGetAsync(string id)
    {
        if (!await Load(id))
            return NotFound();
        Input = new() { Amount = Rule.Amount, From = Today };
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string id)
    {
        if (!await Load(id))
            return NotFound();
        if (!ModelState.IsValid)
        {
            var again = Page();
            again.StatusCode = StatusCodes.Status400BadRequest;
            return again;
        }
        var act = current.Required.Act(SetLocalRule.Permission, OperationId.Posted(Request));
        var outcome = await set.Run(act, new(id, Input.Amount, Input.From, Input.Citation), HttpContext.RequestAborted);
        if (!outcome.Accepted)
            return this.Refused(outcome.Problems);
        this.Say(L["已设定，从{0}起执行。以前算出的期限不变。", fmt.Date(Input.From)]);
        return Redirect(FigureLinks.Rule(id));
    }

    private async Task<bool> Load(string id)
    {
        if (current.Jurisdiction is not { } jurisdiction)
            return false;
        var found = (await rules.InForce(jurisdiction, Today, HttpContext.RequestAborted)).Select(r => r.Rule).SingleOrDefault(r => r.Id == id);
        if (found is null || !found.IsSetIn(jurisdiction.Level))
            return false;
        Rule = found;
        var shipped = ReferenceData.Rules.Find(id, Today, jurisdiction.Code);
        Shipped = shipped == found ? null : shipped;
        History = await rules.LocalValues(jurisdiction, id, HttpContext.RequestAborted);
        return true;
    }

    public sealed class InputModel
    {
        public int Amount { get; set; }
        public DateOnly From { get; set; }
        public string Citation { get; set; } = "";
    }
}
