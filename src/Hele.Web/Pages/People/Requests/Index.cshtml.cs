using Hele.Civic.Kernel;
using Hele.Civic.People;
using Hele.Civic.Platform.Storage;
using Hele.Web.Hosting;
using Hele.Web.Ui;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Hele.Web.Pages.People.Requests;

/// <summary>What people ask about their data, and the answer to it.</summary>
[Needs("data-request.answer")]
public sealed class DataRequestsModel(MyData data, AnswerDataRequest answer, ReadSession read, CurrentViewer current, TimeProvider clock, Texts L) : PageModel
{
    public const string Path = "/data-requests";

    [BindProperty(SupportsGet = true)]
    public InputModel Input { get; set; } = new();

    public IReadOnlyList<RequestLine> Open { get; private set; } = [];
    public IReadOnlyList<RequestLine> Done { get; private set; } = [];

    public IReadOnlyList<Option> Decisions => [new("true", L["能办"], L["删除的请求会当场执行，不能恢复"]), new("false", L["不能办"], L["写明理由和法条"])];

    public bool IsLate(RequestLine request) => request.DueOn < clock.Today();

    public string KindText(DataRequestKind kind) => DataRequestFile.Kind(L, kind);

    public string StateText(RequestLine request) => L[DataRequest.LifeCycle.StateTitle(request.State)];

    public Task OnGetAsync() => Load();

    public async Task<IActionResult> OnPostAsync()
    {
        if (!PublicCode.TryParse(Input.Code, out var code))
            return NotFound();
        var outcome = await answer.Run(current.Required, current.Required.Act(PeopleAccess.AnswerRequest, OperationId.Posted(Request)), new(code.Text, Input.Grant, Input.Answer), HttpContext.RequestAborted);
        if (outcome.Accepted)
        {
            this.Say(L["已答复。"]);
            return Redirect(Path);
        }
        await Load();
        return this.Refused(outcome.Problems);
    }

    private async Task Load()
    {
        await read.Refresh();
        var all = await data.ToAnswer(current.Required, cancel: HttpContext.RequestAborted);
        Open = [.. all.Where(r => r.State == DataRequestState.Asked)];
        Done = [.. all.Where(r => r.State != DataRequestState.Asked)];
    }

    public sealed class InputModel
    {
        public string Code { get; set; } = "";
        public bool? Grant { get; set; }
        public string Answer { get; set; } = "";
    }
}
