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
[Needs("appeal.see"), TakesFiles]
public sealed class MatterModel(AppealQueries queries, MergeQueries merging, RuleReader rules, ReadSession read, CurrentViewer current, RespondAppeal respond, RecordReport record, AcceptAppeal accept, AnswerAppeal answer, JudgeAppeal judge, JudgeJoined judgeJoined, ReferAppeal refer,
    RefuseAppeal refuse, ContestRefusal contest, ReviewRefusal review, HandOnAppeal handOn, WithdrawAppeal withdraw, ResumeAppeal resume, LookAgain lookAgain, StateView state,
    OpenName openName, ReplyToOrder replyToOrder, AddPhotos addPhotos, TakePhotoBack takePhotoBack, HidePhoto hidePhoto, ContestVerdict contestVerdict, LookIntoVerdict lookInto, BringIn bringIn, SentPhotos sent, ModuleList modules, TimeProvider clock, Texts L, Fmt fmt) : RecordPage(read)
{
    [BindProperty]
    public AnswerInput Answer { get; set; } = new();

    [BindProperty]
    public VerdictInput Verdict { get; set; } = new();

    [BindProperty]
    public PaperInput Paper { get; set; } = new();

    [BindProperty]
    public JoinedPaperInput JoinedPaper { get; set; } = new();

    /// <summary>What somebody who joined says at the counter of a verdict entered for them.</summary>
    [BindProperty]
    public JoinedStruckInput JoinedStruck { get; set; } = new();

    /// <summary>What somebody tells the resident of an urgent matter at once.</summary>
    [BindProperty]
    public WordsInput Respond { get; set; } = new();

    /// <summary>What was reported to the authorities.</summary>
    [BindProperty]
    public ReportInput Report { get; set; } = new();

    [BindProperty]
    public ReferInput Refer { get; set; } = new();

    [BindProperty]
    public RefuseInput Refuse { get; set; } = new();

    [BindProperty]
    public WordsInput Contest { get; set; } = new();

    [BindProperty]
    public ReviewInput Review { get; set; } = new();

    [BindProperty]
    public HandOnInput HandOn { get; set; } = new();

    [BindProperty]
    public WordsInput Withdraw { get; set; } = new();

    [BindProperty]
    public ReferInput Above { get; set; } = new();

    [BindProperty]
    public AgainInput Again { get; set; } = new();

    [BindProperty]
    public WordsInput Statement { get; set; } = new();

    /// <summary>What the resident's name is needed for.</summary>
    [BindProperty]
    public WordsInput Name { get; set; } = new();

    [BindProperty]
    public WordsInput Reply { get; set; } = new();

    [BindProperty]
    public SpokenInput Spoken { get; set; } = new();

    /// <summary>What the resident says of a verdict entered for them.</summary>
    [BindProperty]
    public WordsInput Struck { get; set; } = new();

    /// <summary>What whoever supervises found.</summary>
    [BindProperty]
    public WordsInput Finding { get; set; } = new();

    /// <summary>Another post that is to take part.</summary>
    [BindProperty]
    public JointInput Joint { get; set; } = new();

    [BindProperty]
    public PhotosInput Photos { get; set; } = new();

    [BindProperty]
    public HideInput Hide { get; set; } = new();

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

    public Task<IActionResult> OnPostAcceptAsync(string code) => Do(code, nameof(Appeal.Accept), "",
        canonical => accept.Run(current.Required, current.Required.Act(AppealAccess.Accept, OperationId.Posted(Request)), new(canonical), HttpContext.RequestAborted),
        () => L["已受理。期限从现在算起。"]);

    public Task<IActionResult> OnPostAnswerAsync(string code) => DoWithPhotos(code, nameof(Answer), nameof(Answer),
        canonical => new AnswerAppeal.Input(canonical, Answer.Text) { Photos = sent.Photos }, AnswerAppeal.Check,
        input => answer.Run(current.Required, current.Required.Act(AppealAccess.Answer, OperationId.Posted(Request)), input, HttpContext.RequestAborted),
        () => L["答复已送出，请居民评价。"]);

    public Task<IActionResult> OnPostRespondAsync(string code) => Do(code, nameof(Respond), nameof(Respond),
        canonical => respond.Run(current.Required, current.Required.Act(AppealAccess.Respond, OperationId.Posted(Request)), new(canonical, Respond.Text), HttpContext.RequestAborted),
        () => L["已回话，居民马上看得到。接着请受理。"]);

    public Task<IActionResult> OnPostReportAsync(string code) => Do(code, nameof(Report), nameof(Report),
        canonical => record.Run(current.Required, current.Required.Act(HarmAccess.Record, OperationId.Posted(Request)), new(canonical, Enum.TryParse<ReportedTo>(Report.To, out var to) ? to : null, Report.On, Report.Text), HttpContext.RequestAborted),
        () => L["已登记报告。"]);

    public Task<IActionResult> OnPostReferAsync(string code) => Do(code, nameof(Refer), nameof(Refer),
        canonical => refer.Run(current.Required, current.Required.Act(AppealAccess.ReferUp, OperationId.Posted(Request)), new(canonical, Refer.Reason), HttpContext.RequestAborted),
        () => L["已上报街道。街道的答复会直接写到这里。"]);

    public Task<IActionResult> OnPostJudgeAsync(string code) => Do(code, "Judge", nameof(Verdict),
        canonical => judge.Run(current.Required, current.Required.Act(AppealAccess.Judge, OperationId.Posted(Request)), new(canonical, Verdict.Satisfied, Verdict.Remark), HttpContext.RequestAborted),
        () => Verdict.Satisfied == true ? L["谢谢您的评价，这件事办结了。"] : L["谢谢您的评价。下面写着接下来怎么办。"]);

    public Task<IActionResult> OnPostPaperAsync(string code) => DoWithPhotos(code, nameof(Paper), nameof(Paper),
        canonical => new JudgeAppeal.Input(canonical, Paper.Satisfied, Paper.Remark, OnPaper: Paper.How != nameof(Channel.Phone), Paper.JudgedOn) { ByPhone = Paper.How == nameof(Channel.Phone), Photos = sent.Photos }, _ => [],
        input => judge.Run(current.Required, current.Required.Act(AppealAccess.EnterVerdict, OperationId.Posted(Request)), input, HttpContext.RequestAborted),
        () => L["评价已录入，并注明是代录的。请把下面的回执交给居民。"], AppealLinks.VerdictPaper);

    public Task<IActionResult> OnPostJointAsync(string code) => Do(code, nameof(Joint), nameof(Joint),
        canonical => bringIn.Run(current.Required, current.Required.Act(JointAccess.BringIn, OperationId.Posted(Request)), new(canonical, Joint.To, Joint.Reason, Joint.Task), HttpContext.RequestAborted),
        () => L["已请这个岗位一起办，它会在“我的一天”里看到。"]);

    public Task<IActionResult> OnPostStruckAsync(string code) => Do(code, nameof(Struck), nameof(Struck),
        canonical => contestVerdict.Run(current.Required, current.Required.Act(AppealAccess.ContestVerdict, OperationId.Posted(Request)), new(canonical, Struck.Text), HttpContext.RequestAborted),
        () => L["已记下：这次评价划去，不再计入。居务监督委员会会了解情况。"]);

    public Task<IActionResult> OnPostFindingAsync(string code) => Do(code, nameof(Finding), nameof(Finding),
        canonical => lookInto.Run(current.Required, current.Required.Act(AppealAccess.LookIntoVerdict, OperationId.Posted(Request)), new(canonical, Finding.Text), HttpContext.RequestAborted),
        () => L["已记下了解到的情况，居民看得到。"]);

    public Task<IActionResult> OnPostJoinedPaperAsync(string code) => Do(code, nameof(JoinedPaper), nameof(JoinedPaper),
        _ => judgeJoined.Run(current.Required, current.Required.Act(AppealAccess.EnterVerdict, OperationId.Posted(Request)), new(JoinedPaper.Join, JoinedPaper.Satisfied, JoinedPaper.Remark, OnPaper: JoinedPaper.How != nameof(Channel.Phone), JoinedPaper.JudgedOn) { ByPhone = JoinedPaper.How == nameof(Channel.Phone) }, HttpContext.RequestAborted),
        () => L["评价已录入，并注明是代录的。请把下面的回执交给居民。"], next: AppealLinks.JoinedPaper(JoinedPaper.Join));

    public Task<IActionResult> OnPostJoinedStruckAsync(string code) => Do(code, nameof(JoinedStruck), nameof(JoinedStruck),
        _ => contestVerdict.Run(current.Required, current.Required.Act(AppealAccess.SpeakFor, OperationId.Posted(Request)), new("", JoinedStruck.Text, AtCounter: true) { Join = JoinedStruck.Join }, HttpContext.RequestAborted),
        () => L["已记下：这次评价划去，不再计入。居务监督委员会会了解情况。"]);

    public Task<IActionResult> OnPostRefuseAsync(string code) => Do(code, nameof(Refuse), nameof(Refuse),
        canonical => refuse.Run(current.Required, current.Required.Act(AppealAccess.Refuse, OperationId.Posted(Request)), new(canonical, Refuse.Why, Refuse.Text), HttpContext.RequestAborted),
        () => L["已答复不予受理。居民可以提出异议。"]);

    public Task<IActionResult> OnPostContestAsync(string code) => Do(code, nameof(Contest), nameof(Contest),
        canonical => contest.Run(current.Required, current.Required.Act(AppealAccess.Contest, OperationId.Posted(Request)), new(canonical, Contest.Text), HttpContext.RequestAborted),
        () => L["异议已提出，由另一个人复核。"]);

    public Task<IActionResult> OnPostReviewAsync(string code) => Do(code, nameof(Review), nameof(Review),
        canonical => review.Run(current.Required, current.Required.Act(AppealAccess.Review, OperationId.Posted(Request)), new(canonical, Review.Accept, Review.Text), HttpContext.RequestAborted),
        () => Review.Accept == true ? L["已受理。期限从现在算起。"] : L["已复核，居民会看到理由和别的办法。"]);

    public Task<IActionResult> OnPostHandOnAsync(string code) => Do(code, nameof(HandOn), nameof(HandOn),
        canonical => handOn.Run(current.Required, current.Required.Act(HandOnAppeal.Way(current.Required) ?? AppealAccess.HandBack, OperationId.Posted(Request)), new(canonical, HandOn.To, HandOn.Text), HttpContext.RequestAborted),
        () => L["已转出，期限不变。"]);

    public Task<IActionResult> OnPostAboveAsync(string code) => Do(code, nameof(Above), nameof(Above),
        canonical => refer.Run(current.Required, current.Required.Act(AppealAccess.AskAbove, OperationId.Posted(Request)), new(canonical, Above.Reason, ByResident: true), HttpContext.RequestAborted),
        () => L["已请街道来看。街道的答复会直接写到这里。"]);

    public Task<IActionResult> OnPostAgainAsync(string code) => Do(code, nameof(Again), nameof(Again),
        canonical => lookAgain.Run(current.Required, current.Required.Act(AppealAccess.LookAgain, OperationId.Posted(Request)), new(canonical, Again.StillSolved, Again.Text), HttpContext.RequestAborted),
        () => Again.StillSolved == true ? L["谢谢您告诉我们，这件事不用再办了。"] : L["谢谢您告诉我们，这件事会重新办理。"]);

    public Task<IActionResult> OnPostWithdrawAsync(string code) => Do(code, nameof(Withdraw), nameof(Withdraw),
        canonical => withdraw.Run(current.Required, current.Required.Act(AppealAccess.Withdraw, OperationId.Posted(Request)), new(canonical, Withdraw.Text), HttpContext.RequestAborted),
        () => L["已撤回。改了主意，可以在这里重新提出。"]);

    public Task<IActionResult> OnPostResumeAsync(string code) => Do(code, "Resume", "",
        canonical => resume.Run(current.Required, current.Required.Act(AppealAccess.Resume, OperationId.Posted(Request)), new(canonical, null), HttpContext.RequestAborted),
        () => L["已重新提出，等待受理。"]);

    public Task<IActionResult> OnPostStateOwnAsync(string code) => Do(code, "StateOwn", nameof(Statement),
        canonical => state.Run(current.Required, current.Required.Act(AppealAccess.StateOwn, OperationId.Posted(Request)), new(canonical, Statement.Text), HttpContext.RequestAborted),
        () => L["意见已补充。"]);

    public Task<IActionResult> OnPostStateForCommunityAsync(string code) => Do(code, "StateForCommunity", nameof(Statement),
        canonical => state.Run(current.Required, current.Required.Act(AppealAccess.StateForCommunity, OperationId.Posted(Request)), new(canonical, Statement.Text, ForCommunity: true), HttpContext.RequestAborted),
        () => L["意见已补充。"]);

    public Task<IActionResult> OnPostNameAsync(string code) => Do(code, nameof(Name), nameof(Name),
        canonical => openName.Run(current.Required, current.Required.Act(AppealAccess.OpenName, OperationId.Posted(Request)), new(canonical, Name.Text), HttpContext.RequestAborted),
        () => L["姓名显示在下面。居民看得到您为什么看。"]);

    public Task<IActionResult> OnPostReplyAsync(string code) => Do(code, nameof(Reply), nameof(Reply),
        canonical => replyToOrder.Run(current.Required, current.Required.Act(AppealAccess.ReplyToOrder, OperationId.Posted(Request)), new(canonical, Reply.Text), HttpContext.RequestAborted),
        () => L["已记下工单回复。"]);

    public Task<IActionResult> OnPostPhotosAsync(string code) => DoWithPhotos(code, nameof(Photos), nameof(Photos),
        canonical => new AddPhotos.Input(canonical, Photos.Own) { Photos = sent.Photos }, _ => [],
        input => addPhotos.Run(current.Required, current.Required.Act(input.Own ? AppealAccess.AddOwnPhotos : AppealAccess.AddPhotos, OperationId.Posted(Request)), input, HttpContext.RequestAborted),
        () => L["照片已添加。"]);

    public Task<IActionResult> OnPostTakeBackAsync(string code) => Do(code, "TakeBack", "",
        canonical => takePhotoBack.Run(current.Required, current.Required.Act(AppealAccess.TakePhotoBack, OperationId.Posted(Request)), new(canonical, Hide.Photo), HttpContext.RequestAborted),
        () => L["照片已收回并销毁。"]);

    public Task<IActionResult> OnPostHideAsync(string code) => Do(code, nameof(Hide), nameof(Hide),
        canonical => hidePhoto.Run(current.Required, current.Required.Act(AppealAccess.HidePhoto, OperationId.Posted(Request)), new(canonical, Hide.Photo, Hide.Why), HttpContext.RequestAborted),
        () => L["照片已隐藏，没有删除。居民看得到理由。"]);

    /// <summary>An act with photos: they are read before it, and kept when it is refused.</summary>
    private async Task<IActionResult> DoWithPhotos<TInput>(string code, string form, string prefix, Func<string, TInput> input, Func<TInput, IEnumerable<Problem>> check, Func<TInput, Task<Outcome>> run, Func<string> said, Func<string, string>? next = null)
    {
        await sent.Read(prefix + ".Photos");
        var done = await Do(code, form, prefix, canonical =>
        {
            var made = input(canonical);
            return sent.Problems.Count > 0 ? Task.FromResult(Outcome.Refused([.. sent.Problems, .. check(made)])) : run(made);
        }, said, PublicCode.TryParse(code, out var known) ? next?.Invoke(known.Text) : null);
        await sent.Settle(accepted: done is RedirectResult);
        return done;
    }

    /// <summary>How a photo is called for whoever can't see it, and under it.</summary>
    public string Caption(PhotoView photo) => photo.By is { } post ? L["照片{0}，{1}，{2}", photo.Number, post, fmt.Date(photo.On)] : L["照片{0}，{1}，{2}", photo.Number, View.IsOwn ? L["您本人"] : L["居民本人"], fmt.Date(photo.On)];

    /// <summary>Who asked for the name of whoever raised it, and what for.</summary>
    public IEnumerable<NoteView> NameOpenings => View.Notes.Where(n => n.Kind == NoteKind.NameOpened);

    /// <summary>What a colleague takes down at the counter: the resident's own act, marked.</summary>
    public Task<IActionResult> OnPostSpokenAsync(string code) => Do(code, nameof(Spoken), nameof(Spoken), canonical =>
        {
            var (viewer, cancel) = (current.Required, HttpContext.RequestAborted);
            var act = viewer.Act(AppealAccess.SpeakFor, OperationId.Posted(Request));
            return Spoken.Act switch
            {
                Appeal.Contest => contest.Run(viewer, act, new(canonical, Spoken.Text, AtCounter: true), cancel),
                Appeal.AskAbove => refer.Run(viewer, act, new(canonical, Spoken.Text, ByResident: true, AtCounter: true), cancel),
                Appeal.SayStillSolved or Appeal.SayNotSolved => lookAgain.Run(viewer, act, new(canonical, Spoken.Act == Appeal.SayStillSolved, Spoken.Text, AtCounter: true), cancel),
                Appeal.StateOwn => state.Run(viewer, act, new(canonical, Spoken.Text, AtCounter: true), cancel),
                Appeal.Resume => resume.Run(viewer, act, new(canonical, Spoken.Text, AtCounter: true), cancel),
                Appeal.ContestVerdict => contestVerdict.Run(viewer, act, new(canonical, Spoken.Text, AtCounter: true), cancel),
                Appeal.Withdraw or Appeal.WithdrawFromAbove => withdraw.Run(viewer, act, new(canonical, Spoken.Text, AtCounter: true), cancel),
                _ => Task.FromResult<Outcome>(AppealProblems.SpokenMissing),
            };
        },
        () => L["已录入，并注明是代录的。"]);

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

    /// <summary>The course of the matter, with the words that were given at each step.</summary>
    public IEnumerable<TimelineEvent> Events()
    {
        var (answers, up, back, asked) = (0, 0, 0, 0);
        var (verdicts, joined) = (new Queue<VerdictView>(View.Verdicts.Where(v => !v.IsJoined)), new Queue<VerdictView>(View.Verdicts.Where(v => v.IsJoined)));
        // Leaving a merged matter by withdrawing it is told as the withdrawal.
        var notes = View.Notes.Where(n => n.Kind != NoteKind.Split || n.Text is not null).ToLookup(n => n.Kind).ToDictionary(g => g.Key, g => new Queue<NoteView>(g));
        foreach (var e in View.Timeline)
        {
            string? quote = null, reason = e.Reason, who = Who(e);
            if (e.Kind == AppealEvents.FiledPast.Code)
            {
                up++;
            }
            else if (e.Kind == AppealEvents.ReferredUp.Code && up < View.GoneUp.Count)
            {
                var gone = View.GoneUp[up++];
                quote = !gone.ByResident ? L["上报{0}：{1}", gone.Unit, gone.Text ?? ""] : gone.Text is { } said ? L["居民本人请{0}看看：{1}", gone.Unit, said] : L["居民本人请{0}看看", gone.Unit];
                reason = null;
                if (gone.EnteredBy is { } entered)
                    who = L["居民本人的意思，{0}代录", entered];
            }
            else if (e.Kind == AppealEvents.ReturnedFromAbove.Code && back < View.CameBack.Count)
            {
                var came = View.CameBack[back++];
                quote = L["{0}：{1}", L[Referral.Reasons[came.Returned!.Value]], came.Text ?? ""];
            }
            else if ((e.Kind == AppealEvents.Answered.Code || e.Kind == AppealEvents.SettledOnTheSpot.Code || e.Kind == AppealEvents.AnsweredFromAbove.Code) && answers < View.Answers.Count)
            {
                var given = View.Answers[answers++];
                quote = given.Text;
                if (View.Joint.Where(j => j.Round == given.Round - 1).Select(j => j.Post).Distinct().ToList() is { Count: > 0 } together)
                    quote += "\n" + L["参加办理：{0}", string.Join(L["、"], together)];
                if (given.WasLate)
                    who = L["{0}（超过期限{1}）", who, fmt.Date(given.DueOn!.Value)];
            }
            else if ((e.Kind == AppealEvents.JudgedSatisfied.Code || e.Kind == AppealEvents.JudgedDissatisfied.Code || e.Kind == AppealEvents.JudgedDisagreed.Code || e.Kind == AppealEvents.JudgedPast.Code) && verdicts.Count > 0)
            {
                var given = verdicts.Dequeue();
                up += e.Kind == AppealEvents.JudgedPast.Code ? 1 : 0;
                quote = given.Hidden is { } hides ? Hidden(hides, given.Remark) : given.Remark;
                if (given.Channel != Channel.Web)
                    who = Entered(given);
            }
            else if ((e.Kind == JoiningEvents.JudgedSatisfied.Code || e.Kind == JoiningEvents.JudgedDissatisfied.Code || e.Kind == JoiningEvents.JudgedDisagreed.Code) && joined.Count > 0)
            {
                var given = joined.Dequeue();
                quote = given.Hidden is { } hides ? Hidden(hides, given.Remark) : given.Remark;
                who = given.Channel != Channel.Web ? Entered(given) : L["加入的居民"];
            }
            else if (NoteKinds.TryGetValue(e.Kind, out var kind) && notes.GetValueOrDefault(kind) is { Count: > 0 } queue)
            {
                var note = queue.Dequeue();
                quote = note.Hidden is { } hides ? Hidden(hides, note.Text) : note.Text;
                if (note.Channel == Channel.Phone && kind == NoteKind.VerdictContested)
                    who = L["居民在回访电话里说的，{0}记下", note.Post ?? ""];
                else if (note.Channel == Channel.Counter)
                    who = L["居民本人的意思，{0}代录", note.Post ?? ""];
                else if (kind == NoteKind.VerdictContested && e.Kind != AppealEvents.VerdictContested.Code && e.Kind != AppealEvents.OldVerdictContested.Code)
                    who = L["加入的居民"];
                else if (note.To is { } to)
                    who = L["{0}，转给{1}", who, to];
                else if (kind == NoteKind.KindCorrected)
                    reason = L["改为{0}", L.Kind(note.Reason ?? "")];
                else if (note.Reason is { } why && Book.On(why, note.On) is { } refused)
                    reason = L[refused.Title];
            }
            else if ((e.Kind == JointEvents.Started.Code || e.Kind == JointEvents.Widened.Code) && asked < View.Joint.Count)
            {
                var part = View.Joint[asked++];
                (quote, reason) = (L["请{0}：{1}", part.Post, part.Task], part.Reason);
            }

            yield return new TimelineEvent(Sentence(e.Kind), e.At) { OnDate = e.On, Post = who, Quote = quote, Reason = reason, Tone = AppealWords.Tone(e.Kind) };
        }
    }

    /// <summary>By which door somebody's verdict came in, who entered it, and whether it stands.</summary>
    private string Entered(VerdictView verdict)
    {
        var by = verdict.Channel == Channel.Phone ? L["居民电话评价，{0}代录", verdict.EnteredBy ?? ""] : L["居民纸质评价，{0}代录", verdict.EnteredBy ?? ""];
        return verdict.StruckOn is { } struck ? L["{0}；{1}居民说不是本人的意思，已划去", by, fmt.Date(struck)] : by;
    }

    /// <summary>Steps that start no clock: the one that runs is older than they are.</summary>
    private static readonly string[] KeepsTheClock = [AppealEvents.HandedBack.Code, AppealEvents.PassedOn.Code, AppealEvents.HandedOver.Code, AppealEvents.PhotosAdded.Code, JoiningEvents.SteppedBack.Code, JoiningEvents.JudgedSatisfied.Code, PublicationEvents.KindCorrected.Code,
        AppealEvents.OldVerdictContested.Code, JoiningEvents.OldVerdictContested.Code, AppealEvents.ContestLookedInto.Code, AppealEvents.Responded.Code, JointEvents.Widened.Code];

    private static readonly Dictionary<string, NoteKind> NoteKinds = new()
    {
        [AppealEvents.Refused.Code] = NoteKind.Refused,
        [AppealEvents.Contested.Code] = NoteKind.Contested,
        [AppealEvents.ContestedPast.Code] = NoteKind.Contested,
        [AppealEvents.Overruled.Code] = NoteKind.Overruled,
        [AppealEvents.Upheld.Code] = NoteKind.Upheld,
        [AppealEvents.HandedBack.Code] = NoteKind.HandedBack,
        [AppealEvents.PassedOn.Code] = NoteKind.PassedOn,
        [AppealEvents.Withdrawn.Code] = NoteKind.Withdrawn,
        [AppealEvents.WithdrawnFromAbove.Code] = NoteKind.Withdrawn,
        [JoiningEvents.SteppedBack.Code] = NoteKind.SteppedBack,
        [MergingEvents.Merged.Code] = NoteKind.Merged,
        [MergingEvents.Split.Code] = NoteKind.Split,
        [AppealEvents.Resumed.Code] = NoteKind.Resumed,
        [AppealEvents.StillSolved.Code] = NoteKind.StillSolved,
        [AppealEvents.NotSolved.Code] = NoteKind.NotSolved,
        [AppealEvents.ResidentStated.Code] = NoteKind.ResidentStatement,
        [AppealEvents.CommunityStated.Code] = NoteKind.CommunityStatement,
        [AppealEvents.VerdictContested.Code] = NoteKind.VerdictContested,
        [AppealEvents.OldVerdictContested.Code] = NoteKind.VerdictContested,
        [JoiningEvents.VerdictContested.Code] = NoteKind.VerdictContested,
        [JoiningEvents.ClosedAgain.Code] = NoteKind.VerdictContested,
        [JoiningEvents.OldVerdictContested.Code] = NoteKind.VerdictContested,
        [AppealEvents.ContestLookedInto.Code] = NoteKind.ContestLookedInto,
        [AppealEvents.Responded.Code] = NoteKind.Responded,
        [PublicationEvents.KindCorrected.Code] = NoteKind.KindCorrected,
    };

    /// <summary>Why words are hidden, and the words where this viewer may read them all the same.</summary>
    private string Hidden(HiddenView hidden, string? words) => L.HiddenBecause(hidden, fmt) + (words is null ? "" : "\n" + words);

    private string Who(Civic.Appeals.TimelineEvent e) => e.Who ?? (View.IsOwn ? L["您本人"] : L["居民本人"]);

    private string Sentence(string kind) => modules.Event(kind) is { } known ? L[known.Sentence] : kind;

    public sealed class PhotosInput
    {
        public string Photos { get; set; } = "";

        /// <summary>By the resident.</summary>
        public bool Own { get; set; }
    }

    public sealed class HideInput
    {
        public string Photo { get; set; } = "";
        public string Why { get; set; } = "";
    }

    public sealed class AnswerInput
    {
        public string Photos { get; set; } = "";
        public string Text { get; set; } = "";
    }

    public sealed class ReferInput
    {
        public string Reason { get; set; } = "";
    }

    public sealed class WordsInput
    {
        public string Text { get; set; } = "";
    }

    public sealed class RefuseInput
    {
        public string Why { get; set; } = "";
        public string Text { get; set; } = "";
    }

    public sealed class ReviewInput
    {
        public bool? Accept { get; set; }
        public string Text { get; set; } = "";
    }

    public sealed class JointInput
    {
        public string To { get; set; } = "";
        public string Reason { get; set; } = "";
        public string Task { get; set; } = "";
    }

    public sealed class HandOnInput
    {
        public string To { get; set; } = "";
        public string Text { get; set; } = "";
    }

    public sealed class AgainInput
    {
        public bool? StillSolved { get; set; }
        public string Text { get; set; } = "";
    }

    public sealed class SpokenInput
    {
        public string Act { get; set; } = "";
        public string Text { get; set; } = "";
    }

    public sealed class VerdictInput
    {
        public bool? Satisfied { get; set; }
        public string Remark { get; set; } = "";
    }

    public sealed class JoinedPaperInput
    {
        public string Join { get; set; } = "";
        public string How { get; set; } = nameof(Channel.Paper);
        public bool? Satisfied { get; set; }
        public string Remark { get; set; } = "";
        public DateOnly? JudgedOn { get; set; }
    }

    public sealed class ReportInput
    {
        public string To { get; set; } = "";
        public DateOnly? On { get; set; }
        public string Text { get; set; } = "";
    }

    public sealed class JoinedStruckInput
    {
        public string Join { get; set; } = "";
        public string Text { get; set; } = "";
    }

    public sealed class PaperInput
    {
        public string How { get; set; } = nameof(Channel.Paper);
        public string Photos { get; set; } = "";
        public bool? Satisfied { get; set; }
        public string Remark { get; set; } = "";
        public DateOnly? JudgedOn { get; set; }
    }
}
