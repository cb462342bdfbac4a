using Hele.Civic.Appeals;
using Hele.Civic.Kernel;
using Hele.Civic.Platform;
using Hele.Civic.Platform.Rules;
using Hele.Civic.Platform.Storage;
using Hele.Web.Hosting;
using Hele.Web.Ui;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TimelineEvent = Hele.Web.Ui.TimelineEvent;

namespace Hele.Web.Pages.Appeals.Referrals;

/// <summary>One referral: what the community asks, and the two things the sub-district can do with it.</summary>
[Needs("referral.see")]
public sealed class ReferralModel(ReferralQueries queries, RuleReader rules, ReadSession read, CurrentViewer current, AnswerReferral answer, ReturnReferral giveBack, ModuleList modules, TimeProvider clock, Texts L, Fmt fmt) : RecordPage(read)
{
    [BindProperty]
    public AnswerInput Answer { get; set; } = new();

    [BindProperty]
    public ReturnInput Return { get; set; } = new();

    public ReferralView View { get; private set; } = null!;

    public Rule? DueRule { get; private set; }

    /// <summary>Who did what last, said when somebody else was faster.</summary>
    public string? LastEvent { get; private set; }

    public bool IsLate => View.State == ReferralState.Received && View.DueOn < clock.Today();

    public bool IsOpen => View.State == ReferralState.Received;

    public bool MayAnswer => View.Acts.Contains(Referral.Answer);

    public bool MayReturn => View.Acts.Contains(Referral.Return);

    /// <summary>What was typed into a form that is no longer there.</summary>
    public string? Kept => IsOpen ? null : RefusedForm switch { nameof(Answer) => Answer.Text, nameof(Return) => Return.Note, _ => null };

    public IReadOnlyList<Option> Reasons => Option.Of<ReturnReason>(r => L[Referral.Reasons[r]]);

    protected override string PathOf(string code) => AppealLinks.Referral(code);

    public Task<IActionResult> OnGetAsync(string code) => Show(code);

    public Task<IActionResult> OnPostAnswerAsync(string code) => Do(code, nameof(Answer), nameof(Answer),
        canonical => answer.Run(current.Required, current.Required.Act(ReferralAccess.Answer, OperationId.Posted(Request)), new(canonical, Answer.Text), HttpContext.RequestAborted),
        () => L["答复已写到社区的诉求里，请居民评价。"]);

    public Task<IActionResult> OnPostReturnAsync(string code) => Do(code, nameof(Return), nameof(Return),
        canonical => giveBack.Run(current.Required, current.Required.Act(ReferralAccess.Return, OperationId.Posted(Request)), new(canonical, Return.Why, Return.Note), HttpContext.RequestAborted),
        () => L["已退回社区，由社区继续办理。"]);

    protected override void OnRefused(Outcome outcome)
    {
        if (outcome.Problems.Any(p => p.Kind == ProblemKind.Conflict) && View.Timeline is [.., var last])
            LastEvent = L["最近一步：{0}，{1}，{2}。", fmt.DateTime(last.At), last.Who ?? "", Sentence(last.Kind)];
    }

    protected override async Task<bool> Find(string code)
    {
        if (await queries.Find(current.Required, code, HttpContext.RequestAborted) is not { } view)
            return false;
        View = view;
        if (view.State == ReferralState.Received)
            DueRule = await rules.On(current.Jurisdiction!, view.DueRule, view.ReceivedOn, HttpContext.RequestAborted);
        return true;
    }

    /// <summary>The course of the matter here, with the words that were given.</summary>
    public IEnumerable<TimelineEvent> Events()
    {
        foreach (var e in View.Timeline)
        {
            var quote = e.Kind == AppealEvents.ReferralAnswered.Code ? View.Answer
                : e.Kind == AppealEvents.ReferralReturned.Code ? L["{0}：{1}", L[Referral.Reasons[View.ReturnedFor!.Value]], View.ReturnNote ?? ""]
                : null;
            yield return new TimelineEvent(Sentence(e.Kind), e.At) { OnDate = e.On, Post = e.Who, Quote = quote, Reason = e.Reason, Tone = AppealWords.Tone(e.Kind) };
        }
    }

    private string Sentence(string kind) => modules.Event(kind) is { } known ? L[known.Sentence] : kind;

    public sealed class AnswerInput
    {
        public string Text { get; set; } = "";
    }

    public sealed class ReturnInput
    {
        public ReturnReason? Why { get; set; }
        public string Note { get; set; } = "";
    }
}
