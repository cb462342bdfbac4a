using Hele.Civic.Appeals;
using Hele.Civic.Kernel;
using Hele.Civic.Platform;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Rules;
using Hele.Civic.Platform.Storage;
using Hele.Web.Hosting;
using Hele.Web.Ui;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TimelineEvent = Hele.Web.Ui.TimelineEvent;

namespace Hele.Web.Pages.Appeals.Matter;

/// <summary>One appeal: where it stands, its whole course, and what this viewer may do with it now.</summary>
[Needs("appeal.see")]
public sealed class MatterModel(AppealQueries queries, RuleReader rules, ReadSession read, CurrentViewer current, AcceptAppeal accept, AnswerAppeal answer, JudgeAppeal judge, ReferAppeal refer,
    ModuleList modules, TimeProvider clock, Texts L, Fmt fmt) : RecordPage(read)
{
    [BindProperty]
    public AnswerInput Answer { get; set; } = new();

    [BindProperty]
    public VerdictInput Verdict { get; set; } = new();

    [BindProperty]
    public PaperInput Paper { get; set; } = new();

    [BindProperty]
    public ReferInput Refer { get; set; } = new();

    public AppealView View { get; private set; } = null!;

    /// <summary>The rule of the running clock.</summary>
    public Rule? DueRule { get; private set; }

    /// <summary>Who did what last, said when somebody else was faster.</summary>
    public string? LastEvent { get; private set; }

    public DateOnly Today => clock.Today();

    public bool IsLate => View.DueOn < Today;

    public bool MayAccept => View.Acts.Contains(Appeal.Accept);
    public bool MayAnswer => View.Acts.Contains(Appeal.Answer);
    public bool MayRefer => View.Acts.Contains(Appeal.ReferUp);
    public bool MayJudge => View.Acts.Contains(Appeal.JudgeSatisfied);
    public bool MayEnterVerdict => View.Acts.Contains(AppealAccess.EnterVerdict.Code);

    /// <summary>Staff who handled it see why there is no form for a paper verdict.</summary>
    public bool IsWaitingForVerdict => View.State == AppealState.Answered && current.Required.PostFor(AppealAccess.EnterVerdict) is not null && !MayEnterVerdict;

    public IReadOnlyList<Option> Verdicts => [new("true", L["满意"], L["这件事办结"]), new("false", L["不满意"], L["重新办理，请写一句哪里还不行"])];

    protected override string PathOf(string code) => AppealLinks.Matter(code);

    public Task<IActionResult> OnGetAsync(string code) => Show(code);

    public Task<IActionResult> OnPostAcceptAsync(string code) => Do(code, nameof(Appeal.Accept), "",
        canonical => accept.Run(current.Required, current.Required.Act(AppealAccess.Accept, OperationId.Posted(Request)), new(canonical), HttpContext.RequestAborted),
        () => L["已受理。期限从现在算起。"]);

    public Task<IActionResult> OnPostAnswerAsync(string code) => Do(code, nameof(Answer), nameof(Answer),
        canonical => answer.Run(current.Required, current.Required.Act(AppealAccess.Answer, OperationId.Posted(Request)), new(canonical, Answer.Text), HttpContext.RequestAborted),
        () => L["答复已送出，请居民评价。"]);

    public Task<IActionResult> OnPostReferAsync(string code) => Do(code, nameof(Refer), nameof(Refer),
        canonical => refer.Run(current.Required, current.Required.Act(AppealAccess.ReferUp, OperationId.Posted(Request)), new(canonical, Refer.Reason), HttpContext.RequestAborted),
        () => L["已上报街道。街道的答复会直接写到这里。"]);

    public Task<IActionResult> OnPostJudgeAsync(string code) => Do(code, "Judge", nameof(Verdict),
        canonical => judge.Run(current.Required, current.Required.Act(AppealAccess.Judge, OperationId.Posted(Request)), new(canonical, Verdict.Satisfied, Verdict.Remark), HttpContext.RequestAborted),
        () => Verdict.Satisfied == true ? L["谢谢您的评价，这件事办结了。"] : L["谢谢您的评价，这件事会重新办理。"]);

    public Task<IActionResult> OnPostPaperAsync(string code) => Do(code, nameof(Paper), nameof(Paper),
        canonical => judge.Run(current.Required, current.Required.Act(AppealAccess.EnterVerdict, OperationId.Posted(Request)),
            new(canonical, Paper.Satisfied, Paper.Remark, OnPaper: true, Paper.JudgedOn), HttpContext.RequestAborted),
        () => L["纸质评价已录入，并注明是代录的。"]);

    protected override void OnRefused(Outcome outcome)
    {
        if (outcome.Problems.Any(p => p.Kind == ProblemKind.Conflict) && View.Timeline is [.., var last])
            LastEvent = L["最近一步：{0}，{1}，{2}。", fmt.DateTime(last.At), Who(last), Sentence(last.Kind)];
    }

    protected override async Task<bool> Find(string code)
    {
        if (await queries.Find(current.Required, code, HttpContext.RequestAborted) is not { } view)
            return false;
        View = view;
        if (Paper.JudgedOn is null && RefusedForm != nameof(Paper))
            Paper.JudgedOn = Today;
        if (view.DueRule is { } rule)
            DueRule = await rules.On(current.Jurisdiction!, rule, China.DateIn(view.Timeline[^1].At), HttpContext.RequestAborted);
        return true;
    }

    /// <summary>The course of the matter, with the words that were given at each step.</summary>
    public IEnumerable<TimelineEvent> Events()
    {
        var (answers, verdicts, up, back) = (0, 0, 0, 0);
        foreach (var e in View.Timeline)
        {
            string? quote = null, reason = e.Reason, who = Who(e);
            if (e.Kind == AppealEvents.ReferredUp.Code && up < View.GoneUp.Count)
            {
                var gone = View.GoneUp[up++];
                (quote, reason) = (L["上报{0}：{1}", gone.Unit, gone.Text], null);
            }
            else if (e.Kind == AppealEvents.ReturnedFromAbove.Code && back < View.CameBack.Count)
            {
                var came = View.CameBack[back++];
                quote = L["{0}：{1}", L[Referral.Reasons[came.Returned!.Value]], came.Text];
            }
            else if ((e.Kind == AppealEvents.Answered.Code || e.Kind == AppealEvents.AnsweredFromAbove.Code) && answers < View.Answers.Count)
            {
                var given = View.Answers[answers++];
                quote = given.Text;
                if (given.WasLate)
                    who = L["{0}（超过期限{1}）", who, fmt.Date(given.DueOn!.Value)];
            }
            else if ((e.Kind == AppealEvents.JudgedSatisfied.Code || e.Kind == AppealEvents.JudgedDissatisfied.Code) && verdicts < View.Verdicts.Count)
            {
                var given = View.Verdicts[verdicts++];
                quote = given.Remark;
                if (given.Channel == Channel.Paper)
                    who = L["居民纸质评价，{0}代录", given.EnteredBy ?? ""];
            }

            yield return new TimelineEvent(Sentence(e.Kind), e.At) { OnDate = e.On, Post = who, Quote = quote, Reason = reason, Tone = AppealWords.Tone(e.Kind) };
        }
    }

    private string Who(Civic.Appeals.TimelineEvent e) => e.Who ?? (View.IsOwn ? L["您本人"] : L["居民本人"]);

    private string Sentence(string kind) => modules.Event(kind) is { } known ? L[known.Sentence] : kind;

    public sealed class AnswerInput
    {
        public string Text { get; set; } = "";
    }

    public sealed class ReferInput
    {
        public string Reason { get; set; } = "";
    }

    public sealed class VerdictInput
    {
        public bool? Satisfied { get; set; }
        public string Remark { get; set; } = "";
    }

    public sealed class PaperInput
    {
        public bool? Satisfied { get; set; }
        public string Remark { get; set; } = "";
        public DateOnly? JudgedOn { get; set; }
    }
}
