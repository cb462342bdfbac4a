using Hele.Civic.Feedback;
using Hele.Civic.Kernel;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Rules;
using Hele.Civic.Platform.Storage;
using Hele.Web.Hosting;
using Hele.Web.Ui;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Hele.Web.Pages.Feedback.New;

/// <summary>The small form behind the link at the foot of every page. <c>?from=</c> says which page that was.</summary>
[Public]
public sealed class NewFeedbackModel(FileFeedback file, RuleReader rules, CurrentViewer current, Site site, Limits limit, TimeProvider clock, Texts L) : PageModel
{
    [BindProperty]
    public InputModel Input { get; set; } = new();

    public bool IsSignedIn => current.Viewer is not null;

    /// <summary>Too many came from this address without signing in.</summary>
    public bool IsTooOften { get; private set; }

    /// <summary>The page as it will be kept.</summary>
    public string? From => FeedbackNote.PageOf(Input.From);

    /// <summary>Where somebody goes who leaves it: where they came from, when that is a page without a code.</summary>
    public string Back => From is { } page && !page.Contains('*', StringComparison.Ordinal) ? page : "/";

    public DateOnly AnswerBy { get; private set; }

    public IReadOnlyList<Option> Kinds => Option.Of<FeedbackKind>(L.Kind, L.Hint);

    public async Task<IActionResult> OnGetAsync(string? from)
    {
        (Input.From, Input.WantsToBeTold) = (FeedbackNote.PageOf(from) ?? "", true);
        return await Load() ? Page() : Redirect(PlaceHosting.ChooserFor(HttpContext));
    }

    public async Task<IActionResult> OnPostAsync()
    {
        if (!await Load())
            return Redirect(PlaceHosting.ChooserFor(HttpContext));
        if (!ModelState.IsValid)
            return this.Refused([]);
        var viewer = current.Viewer;
        var input = new FileFeedback.Input(Input.Kind, Input.Text, Input.From, Input.WantsToBeTold);
        // What is missing is said before it counts against the address.
        if (FileFeedback.Check(input) is { Count: > 0 } problems)
            return this.Refused(problems);
        if (viewer is null && !limit.AllowsNote(HttpContext))
        {
            (IsTooOften, Response.StatusCode) = (true, StatusCodes.Status429TooManyRequests);
            return Page();
        }
        var operation = OperationId.Posted(Request);
        var act = viewer?.Act(FeedbackAccess.File, operation) ?? Act.Unnamed(operation, current.Jurisdiction!.Id);
        var outcome = await file.Run(act, input, HttpContext.RequestAborted);
        if (!outcome.Accepted)
            return this.Refused(outcome.Problems);
        this.Say(viewer is null ? L["已收到。没有登录，请记下查询码：{0}。凭它在这一页看答复。", outcome.Code!] : L["已收到，谢谢您说出来。"]);
        return Redirect(FeedbackLinks.Of(outcome.Code!));
    }

    /// <returns>False where nobody has said yet which community this is about.</returns>
    private async Task<bool> Load()
    {
        if (current.Jurisdiction is not { } jurisdiction)
            return (await site.Communities(HttpContext.RequestAborted)).Count == 0 && HttpMethods.IsGet(Request.Method);
        AnswerBy = (await rules.On(jurisdiction, FeedbackNote.Rule, clock.Today(), HttpContext.RequestAborted)).DueFrom(clock.Now(), ReferenceData.Calendar).Date;
        return true;
    }

    public sealed class InputModel
    {
        public FeedbackKind? Kind { get; set; }
        public string Text { get; set; } = "";
        public string From { get; set; } = "";
        public bool WantsToBeTold { get; set; }
    }
}
