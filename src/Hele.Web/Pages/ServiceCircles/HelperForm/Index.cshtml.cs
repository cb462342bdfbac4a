using Hele.Civic.ServiceCircles;
using Hele.Web.Hosting;
using Hele.Web.Ui;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Hele.Web.Pages.ServiceCircles.HelperForm;

/// <summary>Registers somebody who helps nearby.</summary>
[Needs("circle.keep")]
public sealed class HelperFormModel(KeepHelper keep, CurrentViewer current, TimeProvider clock, Texts L) : PageModel
{
    [BindProperty]
    public InputModel Input { get; set; } = new();

    public DateOnly Today => Fmt.ChinaDate(clock.GetUtcNow());

    public void OnGet(string? person) => Input.Person = person ?? "";

    public async Task<IActionResult> OnPostAsync()
    {
        if (!ModelState.IsValid)
            return this.Refused([]);
        var outcome = await keep.Run(current.Required, current.Required.Act(CircleAccess.Keep, OperationId.Posted(Request)), new(Input.Person, Input.AgreedOn, Input.Hours.Input), HttpContext.RequestAborted);
        if (!outcome.Accepted)
            return this.Refused(outcome.Problems);
        this.Say(L["已登记为就近帮忙的人。"]);
        return Redirect(CircleLinks.Helpers);
    }

    public sealed class InputModel
    {
        public string Person { get; set; } = "";
        public DateOnly? AgreedOn { get; set; }
        public HoursForm Hours { get; set; } = new();
    }
}
