using Hele.Civic.Kernel;
using Hele.Civic.Reports;
using Hele.Web.Hosting;
using Hele.Web.Ui;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Hele.Web.Pages.Reports.Signing;

/// <summary>A post signs what no record can state.</summary>
[Needs("statement.sign")]
public sealed class SignStatementModel(SignStatement sign, CurrentViewer current, TimeProvider clock, Texts L) : PageModel
{
    [BindProperty]
    public InputModel Input { get; set; } = new();

    public DateOnly Today => clock.Today();

    public void OnGet() => (Input.Place, Input.From, Input.To) = ("supervision", new DateOnly(Today.Year, 1, 1), Today);

    public async Task<IActionResult> OnPostAsync()
    {
        if (!ModelState.IsValid)
            return this.Refused([]);
        var outcome = await sign.Run(current.Required, current.Required.Act(StatementAccess.Sign, OperationId.Posted(Request)), new(Input.Place, Input.Text, Input.From, Input.To), HttpContext.RequestAborted);
        if (!outcome.Accepted)
            return this.Refused(outcome.Problems);
        this.Say(L["已签署，等另一个人确认。"]);
        return Redirect(ReportLinks.Statement(outcome.Code!));
    }

    public sealed class InputModel
    {
        public string Place { get; set; } = "";
        public string Text { get; set; } = "";
        public DateOnly? From { get; set; }
        public DateOnly? To { get; set; }
    }
}
