using Hele.Civic.Appeals;
using Hele.Civic.Kernel;
using Hele.Civic.Platform.Storage;
using Hele.Web.Hosting;
using Hele.Web.Ui;
using Microsoft.AspNetCore.Mvc;

namespace Hele.Web.Pages.Appeals.Joined;

/// <summary>A matter that somebody joined, as theirs: what the public sees of it, their own words, and their verdict.</summary>
[Needs("appeal.join")]
public sealed class JoinedModel(JoinQueries queries, ReadSession read, CurrentViewer current, JudgeJoined judge, LeaveAppeal leave, ContestVerdict contest, Texts L) : RecordPage(read)
{
    [BindProperty]
    public VerdictInput Verdict { get; set; } = new();

    /// <summary>What they say of a verdict entered for them.</summary>
    [BindProperty]
    public string Struck { get; set; } = "";

    public JoinView View { get; private set; } = null!;

    public IReadOnlyList<Option> Verdicts => [new("true", L["满意"]), new("false", L["不满意"], L["请写一句哪里还不行"])];

    protected override string PathOf(string code) => AppealLinks.Joined(code);

    public Task<IActionResult> OnGetAsync(string code) => Show(code);

    public Task<IActionResult> OnPostJudgeAsync(string code) => Do(code, "Judge", nameof(Verdict),
        canonical => judge.Run(current.Required, current.Required.Act(JoiningAccess.Judge, OperationId.Posted(Request)), new(canonical, Verdict.Satisfied, Verdict.Remark), HttpContext.RequestAborted),
        () => L["谢谢您的评价。"]);

    public Task<IActionResult> OnPostStruckAsync(string code) => Do(code, nameof(Struck), "",
        canonical => contest.Run(current.Required, current.Required.Act(AppealAccess.ContestVerdict, OperationId.Posted(Request)), new("", Struck) { Join = canonical }, HttpContext.RequestAborted),
        () => L["已记下：这次评价划去，不再计入。居务监督委员会会了解情况。"]);

    public Task<IActionResult> OnPostLeaveAsync(string code) => Do(code, "Leave", "",
        canonical => leave.Run(current.Required, current.Required.Act(JoiningAccess.Leave, OperationId.Posted(Request)), new(canonical), HttpContext.RequestAborted),
        () => L["已退出，这件事照常办理。"], next: "/");

    protected override async Task<bool> Find(string code)
    {
        if (await queries.Find(current.Required, code, HttpContext.RequestAborted) is not { } view)
            return false;
        View = view;
        return true;
    }

    public sealed class VerdictInput
    {
        public bool? Satisfied { get; set; }
        public string Remark { get; set; } = "";
    }
}
