using Hele.Civic.Reports;
using Hele.Web.Hosting;
using Hele.Web.Ui;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Hele.Web.Pages.Reports.Statements;

/// <summary>Every statement that was signed for the report, with what became of it.</summary>
[Needs("statement.see")]
public sealed class StatementsModel(SignedStatements statements, CurrentViewer current, Texts L) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public string State { get; set; } = "";

    public IReadOnlyList<StatementLine> Rows { get; private set; } = [];
    public IReadOnlyList<Option> States => Option.Of<StatementState>(L.State);
    public bool IsNarrowed => State.Length > 0;
    public bool MaySign => current.Viewer?.PostFor(StatementAccess.Sign) is not null;

    public async Task OnGetAsync() => Rows = await statements.List(current.Required, Enum.TryParse<StatementState>(State, out var state) && Enum.IsDefined(state) ? state : null, HttpContext.RequestAborted);
}
