using Hele.Civic.Kernel;
using Hele.Civic.Platform;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Storage;
using Hele.Civic.Reports;
using Hele.Web.Hosting;
using Hele.Web.Ui;
using Microsoft.AspNetCore.Mvc;

namespace Hele.Web.Pages.Reports.OneStory;

/// <summary>One story: for its author, the second reader and whoever it is about, with what each may do. A draft's words are shown once, on asking.</summary>
[Needs("story.see")]
public sealed class StoryModel(ReportStories stories, OpenStory open, EditStory edit, AgreeToStory agree, WithdrawStory withdraw, DropStory drop, ApproveStory approve, SendStoryBack back, ModuleList modules, ReadSession read,
    CurrentViewer current, TimeProvider clock, Texts L) : RecordPage(read)
{
    [BindProperty] public WordsInput Edit { get; set; } = new();
    [BindProperty] public WordsInput Approve { get; set; } = new();
    [BindProperty] public ReasonInput Back { get; set; } = new();
    [BindProperty] public ReasonInput Drop { get; set; } = new();
    [BindProperty] public PaperInput Paper { get; set; } = new();

    public StoryView View { get; private set; } = null!;

    /// <summary>The words of the draft, after they were asked for on this page.</summary>
    public string? Words { get; private set; }

    public DateOnly Today => clock.Today();
    public bool WorksHere => current.Viewer?.PostFor(StoryAccess.List) is not null;

    public bool May(string act) => View.Acts.Contains(act);

    /// <summary>The form that was refused stands on the page and says why itself.</summary>
    public bool ShowsRefused => RefusedForm switch
    {
        "Open" => May(ReportStories.OpenText) && Words is null, "Approve" => Words is not null && May(ReportStory.Approve), "Back" => May(ReportStory.SendBack), "Agree" => May(ReportStory.Agree) && View.IsOwn && Words is not null,
        "Paper" => May(ReportStory.Agree) && May(ReportStories.OnPaper), "Edit" => Words is not null && May(ReportStory.Edit), "Withdraw" => May(ReportStory.Withdraw), "Drop" => May(ReportStory.Drop), _ => true,
    };

    protected override string PathOf(string code) => ReportLinks.Story(code);

    public Task<IActionResult> OnGetAsync(string code) => Show(code);

    /// <summary>Shows the words; the look is recorded first.</summary>
    public async Task<IActionResult> OnPostOpenAsync(string code)
    {
        if (!PublicCode.TryParse(code, out var parsed) || !await Load(parsed.Text))
            return NotFound();
        RefusedForm = "Open";
        var viewer = current.Required;
        var opened = await open.Run(viewer, viewer.Act(StoryAccess.Read, Guid.CreateVersion7()), Code, HttpContext.RequestAborted);
        if (!opened.IsOpen)
            return this.Refused(opened.Problems);
        (RefusedForm, Words) = (null, opened.Values[0]);
        (Edit.Text, Approve.Text) = (Words ?? "", Words ?? "");
        return Page();
    }

    public Task<IActionResult> OnPostEditAsync(string code)
    {
        // What was typed is shown again with what is wrong in it.
        Words = Edit.Text;
        return Do(code, "Edit", nameof(Edit), c => edit.Run(current.Required, Act(StoryAccess.Write), new(c, Edit.Place, Edit.Text), HttpContext.RequestAborted), () => L["已保存，当事人要重新看。"]);
    }

    public Task<IActionResult> OnPostAgreeAsync(string code) => Do(code, "Agree", "", c => agree.Run(current.Required, Act(StoryAccess.Own), new(c), HttpContext.RequestAborted), () => L["谢谢您。第二个人看过以后才写进报告；您随时可以撤回。"]);

    public Task<IActionResult> OnPostPaperAsync(string code) => Do(code, "Paper", nameof(Paper), c => agree.Run(current.Required, Act(StoryAccess.TakeConsent), new(c, OnPaper: true, Paper.Signed, Paper.On), HttpContext.RequestAborted), () => L["已登记同意，等第二个人看。"]);

    public async Task<IActionResult> OnPostWithdrawAsync(string code)
    {
        var own = PublicCode.TryParse(code, out var known) && await stories.Find(current.Required, known.Text, HttpContext.RequestAborted) is { IsOwn: true };
        return await Do(code, "Withdraw", "", c => withdraw.Run(current.Required, Act(own ? StoryAccess.Own : StoryAccess.TakeConsent), new(c, AtCounter: !own), HttpContext.RequestAborted), () => L["已撤回，文字已销毁。"]);
    }

    public Task<IActionResult> OnPostDropAsync(string code) => Do(code, "Drop", nameof(Drop), c => drop.Run(current.Required, Act(StoryAccess.Write), new(c, Drop.Reason), HttpContext.RequestAborted), () => L["已不写，文字已销毁。"]);

    public Task<IActionResult> OnPostApproveAsync(string code) => Do(code, "Approve", nameof(Approve), c => approve.Run(current.Required, Act(StoryAccess.Check), new(c, Approve.Text), HttpContext.RequestAborted), () => L["已写进报告。"]);

    public Task<IActionResult> OnPostBackAsync(string code) => Do(code, "Back", nameof(Back), c => back.Run(current.Required, Act(StoryAccess.Check), new(c, Back.Reason), HttpContext.RequestAborted), () => L["已退回修改。"]);

    protected override async Task<bool> Find(string code)
    {
        if (await stories.Find(current.Required, code, HttpContext.RequestAborted) is not { } view)
            return false;
        View = view;
        if (RefusedForm != "Edit")
            Edit.Place = view.Line.Place;
        if (RefusedForm != "Paper")
            Paper.On = Today;
        return true;
    }

    private Act Act(Permission permission) => current.Required.Act(permission, OperationId.Posted(Request));

    public IEnumerable<TimelineEvent> Events() => View.Steps.Select(s => new TimelineEvent(modules.Event(s.Kind) is { } known ? L[known.Sentence] : s.Kind, s.At)
    {
        OnDate = s.On, Post = s.Post ?? L["当事人本人"], Tone = s.Kind == StoryEvents.Approved.Code ? Tone.Done : Tone.Neutral,
    });

    public sealed class WordsInput
    {
        public string Place { get; set; } = "";
        public string Text { get; set; } = "";
    }

    public sealed class ReasonInput
    {
        public string Reason { get; set; } = "";
    }

    public sealed class PaperInput
    {
        public DateOnly? On { get; set; }
        public bool Signed { get; set; }
    }
}
