using Hele.Civic.Kernel;
using Hele.Civic.People.Posts;
using Hele.Civic.Platform;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Storage;
using Hele.Web.Hosting;
using Hele.Web.Ui;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Hele.Web.Pages.Posts.Detail;

/// <summary>One post: where it stands, how it came to be, what hangs on it, and what this viewer may do with it now.</summary>
[Needs("post.see")]
public sealed class PostModel(PostQueries queries, DecidePost decide, WithdrawPost withdraw, EndPost end, ModuleList modules, ReadSession read, CurrentViewer current, TimeProvider clock, Texts L, Fmt fmt) : RecordPage(read)
{
    [BindProperty]
    public DecisionInput Decision { get; set; } = new();

    [BindProperty]
    public EndingInput Ending { get; set; } = new();

    public PostView View { get; private set; } = null!;

    public DateOnly Today => clock.Today();
    public bool MayDecide => View.Acts.Contains(Post.Confirm) || View.Acts.Contains(Post.Refuse);
    public bool MayWithdraw => View.Acts.Contains(Post.Withdraw);
    public bool MayEnd => View.Acts.Contains(Post.End);
    public int HangingCount => View.Hanging.Sum(h => h.Records.Count);
    public string Person => View.Line.Person.Length > 0 ? View.Line.Person : L["（已删除）"];
    public string Term => L.Term(fmt, View.Line.From, View.Line.To);

    /// <summary>Without "agree" for whom it is for: they can only say no.</summary>
    public IReadOnlyList<Option> Decisions =>
        [.. View.Acts.Contains(Post.Confirm) ? new[] { new Option("true", L["同意"], L["从今天或写明的那天起生效"]) } : [], .. View.Acts.Contains(Post.Refuse) ? new[] { new Option("false", L["不同意"], L["请写理由"]) } : []];

    public IReadOnlyList<Option> Successors => [.. View.Successors.Select(s => new Option(s.Code, L["{0}（{1}）", s.Title, s.Person]))];

    protected override string PathOf(string code) => PostLinks.Of(code);

    public Task<IActionResult> OnGetAsync(string code) => Show(code);

    public Task<IActionResult> OnPostDecideAsync(string code) => Do(code, "Decide", nameof(Decision),
        c => decide.Run(current.Required, current.Required.Act(PostAccess.Confirm, OperationId.Posted(Request)), new(c, Decision.Agree, Decision.Reason), HttpContext.RequestAborted),
        () => Decision.Agree == true ? L["已确认任用。"] : L["已记下不同意。"]);

    public Task<IActionResult> OnPostWithdrawAsync(string code) => Do(code, "Withdraw", "",
        c => withdraw.Run(current.Required, current.Required.Act(PostAccess.Propose, OperationId.Posted(Request)), new(c), HttpContext.RequestAborted), () => L["已撤回。"]);

    /// <summary>Whoever ended their own post may not see its page any more.</summary>
    public Task<IActionResult> OnPostEndAsync(string code) => Do(code, "End", nameof(Ending),
        c => end.Run(current.Required, current.Required.Act(PostAccess.End, OperationId.Posted(Request)), new(c, Ending.Reason, Ending.Successor), HttpContext.RequestAborted),
        () => Ending.Successor.Length > 0 ? L["已移交并终止，立即生效。"] : L["已终止，立即生效。"], next: PostLinks.List);

    public IEnumerable<TimelineEvent> Events() => View.Timeline.Select(e => new TimelineEvent(modules.Event(e.Kind) is { } known ? L[known.Sentence] : e.Kind, e.At)
    {
        OnDate = e.On, Post = e.Who ?? L["运维人员"], Reason = e.Reason,
        Tone = e.Kind == PostEvents.Confirmed.Code ? Tone.Done : e.Kind == PostEvents.Refused.Code ? Tone.Refused : e.Kind == PostEvents.Proposed.Code ? Tone.Progress : Tone.Neutral,
    });

    protected override async Task<bool> Find(string code)
    {
        if (await queries.Find(current.Required, code, HttpContext.RequestAborted) is not { } view)
            return false;
        View = view;
        return true;
    }

    public sealed class DecisionInput
    {
        public bool? Agree { get; set; }
        public string Reason { get; set; } = "";
    }

    public sealed class EndingInput
    {
        public string Reason { get; set; } = "";
        public string Successor { get; set; } = "";
    }
}
