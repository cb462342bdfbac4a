using Hele.Civic.Appeals;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Storage;
using Hele.Web.Hosting;
using Hele.Web.Ui;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Hele.Web.Pages.Appeals.Callbacks;

/// <summary>One call: what was recorded, the number after asking for it, and what the resident says.</summary>
[Needs("appeal.callback")]
public sealed class CallModel(CallbackQueries queries, RecordCall record, OpenCallPhone phone, ReadSession read, CurrentViewer current, Texts L) : RecordPage(read)
{
    [BindProperty]
    public CallInput Call { get; set; } = new();

    public CallView View { get; private set; } = null!;

    /// <summary>The full number, after it was asked for on this page.</summary>
    public string? Phone { get; private set; }

    public bool CanBeCalled => View.Line.State is CallState.Waiting or CallState.NotReached;

    public IReadOnlyList<Option> Results => [new(Callback.Agree, L["打通了，和登记的一致"]), new(Callback.Differ, L["打通了，和登记的不一致"], L["那次评价划去，由居民重新评价"]), new(Callback.Miss, L["没有打通"], L["可以再打"])];

    protected override string PathOf(string code) => AppealLinks.Call(code);

    public Task<IActionResult> OnGetAsync(string code) => Show(code);

    public async Task<IActionResult> OnPostPhoneAsync(string code)
    {
        if (await Show(code) is not PageResult page)
            return NotFound();
        RefusedForm = "Phone";
        var opened = await phone.Run(current.Required, current.Required.Act(CallbackAccess.Call, Guid.CreateVersion7()), Code, HttpContext.RequestAborted);
        if (!opened.IsOpen)
            return this.Refused(opened.Problems);
        Phone = opened.Values[0];
        return page;
    }

    public Task<IActionResult> OnPostRecordAsync(string code) => Do(code, "Record", nameof(Call),
        canonical => record.Run(current.Required, current.Required.Act(CallbackAccess.Call, OperationId.Posted(Request)), new(canonical, Call.Result, Call.Text), HttpContext.RequestAborted),
        () => L["已记下这次回访。"]);

    protected override async Task<bool> Find(string code)
    {
        if (await queries.Call(current.Required, code, HttpContext.RequestAborted) is not { } view)
            return false;
        View = view;
        return true;
    }

    public sealed class CallInput
    {
        public string Result { get; set; } = "";
        public string Text { get; set; } = "";
    }
}
