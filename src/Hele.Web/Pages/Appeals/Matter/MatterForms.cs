using Hele.Civic.Appeals;
using Hele.Civic.Kernel;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Storage;
using Hele.Web.Hosting;
using Hele.Web.Ui;
using Microsoft.AspNetCore.Mvc;

namespace Hele.Web.Pages.Appeals.Matter;

/// <summary>The forms on a matter's page: what each sends, and the act it becomes.</summary>
public sealed partial class MatterModel
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
