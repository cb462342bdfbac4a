using Hele.Civic.Feedback;
using Hele.Civic.Kernel;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Storage;
using Hele.Web.Hosting;
using Hele.Web.Ui;
using Microsoft.AspNetCore.Mvc;

namespace Hele.Web.Pages.Feedback.Note;

/// <summary>One note: for anybody what was published of it, for its sender the words they wrote, for those who answer the forms.</summary>
[Public]
public sealed class FeedbackNoteModel(FeedbackQueries queries, AnswerFeedback answer, SetFeedbackAside aside, RewordFeedback reword, ContestFeedback contest, ReadSession read, CurrentViewer current, Site site,
    Limits limit, TimeProvider clock, Texts L) : RecordPage(read)
{
    [BindProperty]
    public AnswerInput Answer { get; set; } = new();

    [BindProperty]
    public AsideInput Aside { get; set; } = new();

    [BindProperty]
    public RewordInput Reword { get; set; } = new();

    [BindProperty]
    public ContestInput Contest { get; set; } = new();

    public FeedbackView View { get; private set; } = null!;

    public DateOnly Today => clock.Today();
    public bool MayAnswer => View.Acts.Contains(FeedbackNote.Answer);
    public bool MayContest => View.Acts.Contains(FeedbackNote.Contest);
    public bool MayReword => View.Acts.Contains(FeedbackQueries.Reword);

    /// <summary>It waits for an answer, and the viewer, who answers others, wrote it.</summary>
    public bool IsOwnToAnswer => View.IsOwn && FeedbackNote.Waiting.Contains(View.Note.State) && current.Viewer?.PostFor(FeedbackAccess.Answer) is not null;

    public IReadOnlyList<Option> Reasons => Option.Of<AsideReason>(L.Aside);

    protected override string PathOf(string code) => FeedbackLinks.Of(code);

    public async Task<IActionResult> OnGetAsync(string code)
    {
        if (current.Jurisdiction is null && (await site.Communities(HttpContext.RequestAborted)).Count > 0)
            return Redirect(PlaceHosting.ChooserFor(HttpContext));
        if (current.Viewer is null && !limit.AllowsLookUp(HttpContext))
            return StatusCode(StatusCodes.Status429TooManyRequests);
        return await Show(code);
    }

    public Task<IActionResult> OnPostAnswerAsync(string code) => As(FeedbackAccess.Answer, code, "Answer", nameof(Answer), (viewer, act, c) =>
        answer.Run(viewer, act, new(c, Answer.Asked, Answer.Text, Answer.Changed), HttpContext.RequestAborted), () => L["已公开答复。"]);

    public Task<IActionResult> OnPostAsideAsync(string code) => As(FeedbackAccess.Answer, code, "Aside", nameof(Aside), (viewer, act, c) =>
        aside.Run(viewer, act, new(c, Aside.Reason, Aside.Text), HttpContext.RequestAborted), () => L["已写明原因，内容不公开。"]);

    public Task<IActionResult> OnPostRewordAsync(string code) => As(FeedbackAccess.Answer, code, "Reword", nameof(Reword), (viewer, act, c) =>
        reword.Run(viewer, act, new(c, Reword.Round, Reword.Asked), HttpContext.RequestAborted), () => L["已改。"]);

    public Task<IActionResult> OnPostContestAsync(string code) => As(FeedbackAccess.Contest, code, "Contest", nameof(Contest), (viewer, act, c) =>
        contest.Run(viewer, act, new(c, Contest.Text), HttpContext.RequestAborted), () => L["已收到，会再答一次。"]);

    /// <summary>The page is anybody's to read; to do something one signs in.</summary>
    private async Task<IActionResult> As(Permission permission, string code, string form, string prefix, Func<Viewer, Act, string, Task<Outcome>> run, Func<string> said) =>
        current.Viewer is not { } viewer ? Challenge() : await Do(code, form, prefix, c => run(viewer, viewer.Act(permission, OperationId.Posted(Request)), c), said);

    protected override async Task<bool> Find(string code)
    {
        if (await queries.Find(current.Viewer, code, HttpContext.RequestAborted) is not { } view)
            return false;
        View = view;
        var published = view.Note.Answers.LastOrDefault(a => a.Asked is not null);
        // What was typed into a refused form stays; the others begin with what there is to edit.
        if (RefusedForm != "Answer")
            Answer.Asked = view.ContestText is null ? view.Text ?? "" : published?.Asked ?? view.Text ?? "";
        if (RefusedForm != "Reword")
            (Reword.Round, Reword.Asked) = (published?.Round ?? 0, published?.Asked ?? "");
        return true;
    }

    public sealed class AnswerInput
    {
        public string Asked { get; set; } = "";
        public string Text { get; set; } = "";
        public string Changed { get; set; } = "";
    }

    public sealed class AsideInput
    {
        public AsideReason? Reason { get; set; }
        public string Text { get; set; } = "";
    }

    public sealed class RewordInput
    {
        public int Round { get; set; }
        public string Asked { get; set; } = "";
    }

    public sealed class ContestInput
    {
        public string Text { get; set; } = "";
    }
}
