using Hele.Civic.Platform;
using Hele.Civic.Platform.Storage;
using Hele.Civic.Reports;
using Hele.Web.Hosting;
using Hele.Web.Ui;
using Microsoft.AspNetCore.Mvc;

namespace Hele.Web.Pages.Reports.OneStatement;

/// <summary>One statement: its words, who answers for it, and its history.</summary>
[Needs("statement.see")]
public sealed class StatementModel(SignedStatements statements, ConfirmStatement confirm, WithdrawStatement withdraw, ModuleList modules, ReadSession read, CurrentViewer current, Texts L) : RecordPage(read)
{
    [BindProperty] public ReasonInput Decline { get; set; } = new();
    [BindProperty] public ReasonInput Withdraw { get; set; } = new();

    public StatementView View { get; private set; } = null!;

    public bool May(string act) => View.Acts.Contains(act);

    protected override string PathOf(string code) => ReportLinks.Statement(code);

    public Task<IActionResult> OnGetAsync(string code) => Show(code);

    public Task<IActionResult> OnPostConfirmAsync(string code) => Do(code, "Confirm", "", c => confirm.Run(current.Required, current.Required.Act(StatementAccess.Confirm, OperationId.Posted(Request)), new(c, true), HttpContext.RequestAborted), () => L["已确认，写进报告。"]);

    public Task<IActionResult> OnPostDeclineAsync(string code) => Do(code, "Decline", nameof(Decline), c => confirm.Run(current.Required, current.Required.Act(StatementAccess.Confirm, OperationId.Posted(Request)), new(c, false, Decline.Reason), HttpContext.RequestAborted), () => L["已写明原因，没有确认。"]);

    public Task<IActionResult> OnPostWithdrawAsync(string code) => Do(code, "Withdraw", nameof(Withdraw), c => withdraw.Run(current.Required, current.Required.Act(StatementAccess.Sign, OperationId.Posted(Request)), new(c, Withdraw.Reason), HttpContext.RequestAborted), () => L["声明已撤回。"]);

    protected override async Task<bool> Find(string code)
    {
        if (await statements.Find(current.Required, code, HttpContext.RequestAborted) is not { } view)
            return false;
        View = view;
        return true;
    }

    public IEnumerable<TimelineEvent> Events() => View.Steps.Select(s => new TimelineEvent(modules.Event(s.Kind) is { } known ? L[known.Sentence] : s.Kind, s.At) { OnDate = s.On, Post = s.Post ?? "" });

    public sealed class ReasonInput
    {
        public string Reason { get; set; } = "";
    }
}
