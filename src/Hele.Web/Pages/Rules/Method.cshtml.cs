using Hele.Civic.Deliberations;
using Hele.Civic.Kernel;
using Hele.Civic.Platform.Access;
using Hele.Web.Hosting;
using Hele.Web.Pages.Figures;
using Hele.Web.Ui;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Hele.Web.Pages.Rules;

/// <summary>The secretary says by which method the community decides from a day on, and sees what was adopted before.</summary>
[Needs("deliberation.adopt-method")]
public sealed class MethodModel(MethodQueries queries, AdoptMethod adopt, CurrentViewer current, TimeProvider clock, Texts L, Fmt fmt) : PageModel
{
    [BindProperty] public InputModel Input { get; set; } = new();

    /// <summary>What is followed today.</summary>
    public MethodHere? Now { get; private set; }

    public IReadOnlyList<Option> Choices { get; private set; } = [];

    public IReadOnlyList<AdoptedMethod> History { get; private set; } = [];

    public DateOnly Earliest => clock.Today().AddDays(1);

    public async Task<IActionResult> OnGetAsync()
    {
        if (!await Load())
            return NotFound();
        Input.From = Earliest;
        return Page();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        if (!await Load())
            return NotFound();
        if (!ModelState.IsValid)
            return this.Refused([], nameof(Input));
        var outcome = await adopt.Run(current.Required, current.Required.Act(AdoptMethod.Permission, OperationId.Posted(Request)), new(Input.Method, Input.From, Input.Citation), HttpContext.RequestAborted);
        if (!outcome.Accepted)
            return this.Refused(outcome.Problems, nameof(Input));
        this.Say(L["已设定，从{0}起按这种方法办。", fmt.Date(Input.From!.Value)]);
        return Redirect(FigureLinks.Rules + "#methods");
    }

    private async Task<bool> Load()
    {
        if (current.Jurisdiction is not { Level: JurisdictionLevel.Community } jurisdiction)
            return false;
        var book = await queries.Methods(jurisdiction, HttpContext.RequestAborted);
        Now = book.InForce(clock.Today());
        History = book.History;
        Choices = [.. DecisionMethods.InForce(Earliest).Select(m => new Option(m.Code, L[m.Title]))];
        return true;
    }

    public sealed class InputModel
    {
        public string? Method { get; set; }
        public string Citation { get; set; } = "";
        public DateOnly? From { get; set; }
    }
}
