using Hele.Civic.Appeals;
using Hele.Civic.Kernel;
using Hele.Civic.Platform;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Rules;
using Hele.Civic.Platform.Storage;
using Hele.Web.Hosting;
using Hele.Web.Ui;
using Microsoft.AspNetCore.Mvc;

namespace Hele.Web.Pages.Appeals.Matter;

/// <summary>One appeal: where it stands, its whole course, and what this viewer may do with it now.</summary>
[Needs("appeal.see"), TakesFiles]
public sealed partial class MatterModel(AppealQueries queries, MergeQueries merging, RuleReader rules, ReadSession read, CurrentViewer current, RespondAppeal respond, RecordReport record, AcceptAppeal accept, AnswerAppeal answer, JudgeAppeal judge, JudgeJoined judgeJoined, ReferAppeal refer,
    RefuseAppeal refuse, ContestRefusal contest, ReviewRefusal review, HandOnAppeal handOn, WithdrawAppeal withdraw, ResumeAppeal resume, LookAgain lookAgain, StateView state,
    OpenName openName, ReplyToOrder replyToOrder, AddPhotos addPhotos, TakePhotoBack takePhotoBack, HidePhoto hidePhoto, ContestVerdict contestVerdict, LookIntoVerdict lookInto, BringIn bringIn, SentPhotos sent, ModuleList modules, TimeProvider clock, Texts L, Fmt fmt) : RecordPage(read)
{
    public AppealView View { get; private set; } = null!;

    /// <summary>Matters that may be the same, before those who handle it; null before others.</summary>
    public SameView? Same { get; private set; }

    /// <summary>The rule of the running clock.</summary>
    public Rule? DueRule { get; private set; }

    /// <summary>Who did what last, said when somebody else was faster.</summary>
    public string? LastEvent { get; private set; }

    public DateOnly Today => clock.Today();

    public bool IsLate => View.DueOn < Today;

    public bool MayAccept => View.Acts.Contains(Appeal.Accept);
    public bool MayRespond => View.Acts.Contains(AppealAccess.Respond.Code);

    /// <summary>The hours of an urgent matter are over, or were when somebody responded.</summary>
    public bool IsResponseLate => View.RespondBy < (View.RespondedAt ?? clock.Now());

    public bool WaitsForResponse => View is { State: AppealState.Filed, RespondBy: not null, RespondedAt: null };

    public bool MayRefuse => View.Acts.Contains(Appeal.Refuse);
    public bool MayContest => View.Acts.Contains(Appeal.Contest);
    public bool MayReview => View.Acts.Contains(Appeal.Uphold);
    public bool MayAnswer => View.Acts.Contains(Appeal.Answer);
    public bool MayHandOn => View.Takers.Count > 0;
    public bool HandsBack => View.Acts.Contains(Appeal.HandBack) && !View.Acts.Contains(Appeal.PassOn);
    public bool MayRefer => View.Acts.Contains(Appeal.ReferUp);
    public bool MayAskAbove => View.Acts.Contains(Appeal.AskAbove);
    public bool MayJudge => View.Acts.Contains(Appeal.JudgeSatisfied);
    public bool MayLookAgain => View.Acts.Contains(Appeal.SayNotSolved);
    public bool MayWithdraw => View.Acts.Contains(Appeal.Withdraw) || View.Acts.Contains(Appeal.WithdrawFromAbove);
    public bool MayResume => View.Acts.Contains(Appeal.Resume);
    public bool MayStateOwn => View.Acts.Contains(Appeal.StateOwn);
    public bool MayStateForCommunity => View.Acts.Contains(Appeal.StateForCommunity);
    public bool MaySpeakFor => View.SpeakFor.Count > 0;
    public bool MayContestVerdict => View.Acts.Contains(Appeal.ContestVerdict);
    public bool MayEnterVerdict => View.Acts.Contains(AppealAccess.EnterVerdict.Code);

    /// <summary>Those who joined whose word on paper can be entered now.</summary>
    public IReadOnlyList<Option> Joiners => [.. View.Joiners.Where(j => j.MayEnterVerdict).Select(j => new Option(j.Code, Called(j), L["{0}加入", fmt.Date(j.On)]))];

    /// <summary>Those who joined whose entered verdict can be contested at the counter now.</summary>
    public IReadOnlyList<Option> Contesting => [.. View.Joiners.Where(j => j.MayContest).Select(j => new Option(j.Code, Called(j), L["{0}加入", fmt.Date(j.On)]))];

    /// <summary>How somebody who joined is called: whoever was merged in keeps their name to their own matter.</summary>
    public string Called(JoinerView joiner) => joiner.FromNumber is { } number ? L["诉求 {0} 的反映人", number] : joiner.Who ?? L["没有留姓名"];

    /// <summary>Whether the page shows a form now.</summary>
    public bool IsOffered(string form) => form switch
    {
        nameof(Appeal.Accept) => MayAccept,
        nameof(Report) => View.MayReport,
        nameof(Respond) => MayRespond,
        nameof(Refuse) => MayRefuse,
        nameof(Contest) => MayContest,
        nameof(Review) => MayReview,
        nameof(Answer) => MayAnswer,
        nameof(HandOn) => MayHandOn,
        nameof(Refer) => MayRefer,
        nameof(Above) => MayAskAbove,
        "Judge" => MayJudge,
        nameof(Again) => MayLookAgain,
        nameof(Withdraw) => MayWithdraw,
        "Resume" => MayResume,
        "StateOwn" => MayStateOwn,
        "StateForCommunity" => MayStateForCommunity,
        nameof(Spoken) => MaySpeakFor,
        nameof(Name) => View.MayOpenName,
        nameof(Joint) => View.CanBringIn.Count > 0,
        nameof(Struck) => MayContestVerdict,
        nameof(Finding) => View.MayLookInto,
        nameof(Reply) => View.MayReplyToOrder,
        nameof(Photos) => View.PhotosLeft > 0,
        nameof(Hide) => View.Photos.Any(f => f.MayHide),
        nameof(JoinedPaper) => Joiners.Count > 0,
        nameof(JoinedStruck) => Contesting.Count > 0,
        "TakeBack" => View.Photos.Any(f => f.MayTakeBack),
        _ => MayEnterVerdict,
    };

    /// <summary>What was typed into a form that is no longer there.</summary>
    public string? Kept => RefusedForm is not { } form || IsOffered(form) ? null : form switch
    {
        nameof(Report) => Report.Text,
        nameof(Respond) => Respond.Text,
        nameof(Refuse) => Refuse.Text,
        nameof(Contest) => Contest.Text,
        nameof(Review) => Review.Text,
        nameof(Answer) => Answer.Text,
        nameof(HandOn) => HandOn.Text,
        nameof(Refer) => Refer.Reason,
        nameof(Above) => Above.Reason,
        "Judge" => Verdict.Remark,
        nameof(Again) => Again.Text,
        nameof(Withdraw) => Withdraw.Text,
        "StateOwn" or "StateForCommunity" => Statement.Text,
        nameof(Spoken) => Spoken.Text,
        nameof(Name) => Name.Text,
        nameof(Joint) => string.Join('\n', Joint.Reason, Joint.Task).Trim(),
        nameof(Struck) => Struck.Text,
        nameof(Finding) => Finding.Text,
        nameof(Reply) => Reply.Text,
        nameof(Hide) => Hide.Why,
        "Paper" => Paper.Remark,
        nameof(JoinedPaper) => JoinedPaper.Remark,
        nameof(JoinedStruck) => JoinedStruck.Text,
        _ => null,
    };

    /// <summary>Staff who handled it see why there is no form for a paper verdict.</summary>
    public bool IsWaitingForVerdict => View.State == AppealState.Answered && !View.AppellantDied && View.IsHandler && !MayEnterVerdict;

    /// <summary>Why it wasn't accepted, as the table said on that day.</summary>
    public RefusalReason? Refusal => View.Last(NoteKind.Refused) is { } note ? Book.On(note.Reason, note.On) : null;

    /// <summary>Reasons of refusal, the community's own over the shipped ones.</summary>
    private ReasonBook Book { get; set; } = null!;

    public IReadOnlyList<Option> Reasons => [.. Book.InForce(Today).Select(r => new Option(r.Code, L[r.Title], L.Source(r)))];

    public IReadOnlyList<Option> Reviews => [new("true", L["受理"], L["由您的岗位承办，答复期限从现在起算"]), new("false", L["维持不予受理"], L["请写明理由，居民会看到"])];

    public IReadOnlyList<Option> ReportTos => [.. Enum.GetValues<ReportedTo>().Select(t => new Option(t.ToString(), L.ReportedTo(t)))];

    public IReadOnlyList<Option> Takers => [.. View.Takers.Select(t => new Option(t.Code, L["{0}（{1}）", t.Title, t.Person]))];

    public IReadOnlyList<Option> CanBringIn => [.. View.CanBringIn.Select(t => new Option(t.Code, L["{0}（{1}）", t.Title, t.Person]))];

    public IReadOnlyList<Option> StillOrNot => [new("true", L["还好着"], L["不用再办"]), new("false", L["又没解决"], L["重新办理，请写一句现在怎么样"])];

    /// <summary>What can be taken down as the resident's word, in the order of the life cycle.</summary>
    public IReadOnlyList<Option> Spokens => [.. View.SpeakFor.Select(act => new Option(act, act switch
    {
        Appeal.Contest => L["对不予受理有异议"],
        Appeal.AskAbove => L["请上一级看看"],
        Appeal.SayStillSolved => L["再次询问：还好着"],
        Appeal.SayNotSolved => L["再次询问：又没解决"],
        Appeal.StateOwn => L["补充意见"],
        Appeal.Resume => L["重新提出"],
        Appeal.ContestVerdict => L["代录的评价不是本人的意思"],
        _ => L["撤回"],
    }))];

    public IReadOnlyList<Option> Verdicts => [new("true", L["满意"], L["这件事办结"]), new("false", L["不满意"], L["请写一句哪里还不行"])];

    public IReadOnlyList<Option> Hows => [new(nameof(Channel.Paper), L["在纸上或当面"]), new(nameof(Channel.Phone), L["电话里"])];

    protected override string PathOf(string code) => AppealLinks.Matter(code);

    public Task<IActionResult> OnGetAsync(string code) => Show(code);

    /// <summary>How a photo is called for whoever can't see it, and under it.</summary>
    public string Caption(PhotoView photo) => photo.By is { } post ? L["照片{0}，{1}，{2}", photo.Number, post, fmt.Date(photo.On)] : L["照片{0}，{1}，{2}", photo.Number, View.IsOwn ? L["您本人"] : L["居民本人"], fmt.Date(photo.On)];

    /// <summary>Who asked for the name of whoever raised it, and what for.</summary>
    public IEnumerable<NoteView> NameOpenings => View.Notes.Where(n => n.Kind == NoteKind.NameOpened);

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
        Book = await queries.Reasons(current.Jurisdiction!, HttpContext.RequestAborted);
        Same = view.Acts.Contains(MergingAccess.Merge.Code) && !view.IsOwn ? await merging.Find(current.Required, code, HttpContext.RequestAborted) : null;
        if (Reply.Text.Length == 0 && RefusedForm != nameof(Reply) && view.Answers is [.., var answered])
            Reply.Text = answered.Text;
        if (Paper.JudgedOn is null && RefusedForm != nameof(Paper))
            Paper.JudgedOn = Today;
        if (Report.On is null && RefusedForm != nameof(Report))
            Report.On = Today;
        if (JoinedPaper.JudgedOn is null && RefusedForm != nameof(JoinedPaper))
            JoinedPaper.JudgedOn = Today;
        if (view.DueRule is { } rule)
            DueRule = await rules.On(current.Jurisdiction!, rule, China.DateIn(view.Timeline.Last(e => !KeepsTheClock.Contains(e.Kind)).At), HttpContext.RequestAborted);
        return true;
    }
}
