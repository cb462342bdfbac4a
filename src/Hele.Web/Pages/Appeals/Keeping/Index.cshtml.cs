using Hele.Civic.Appeals;
using Hele.Civic.Platform.Storage;
using Hele.Web.Hosting;
using Hele.Web.Ui;
using Microsoft.AspNetCore.Mvc;

namespace Hele.Web.Pages.Appeals.Keeping;

/// <summary>A matter's kind put right, and its abusive texts hidden or shown again.</summary>
[Needs("appeal.list")]
public sealed class KeepingModel(PublicationQueries queries, ReadSession read, CurrentViewer current, CorrectKind correct, HideText hide, ShowText show, Texts L) : RecordPage(read)
{
    [BindProperty]
    public KindInput Kind { get; set; } = new();

    [BindProperty]
    public HideInput Hide { get; set; } = new();

    [BindProperty]
    public HideInput Again { get; set; } = new();

    public KeepingView View { get; private set; } = null!;

    public IReadOnlyList<Option> Kinds => [.. AppealKinds.Offered.Where(k => k.Code != View.Kind).Select(k => new Option(k.Code, L[k.Title], k.IsListed ? null : L["不公开，只计数"]))];

    public IReadOnlyList<Option> Shown => [.. View.Texts.Where(t => t.Hidden is null).Select(t => new Option(t.What, Words(t), Name(t)))];

    public string Name(ResidentText text) => text.Kind switch
    {
        HiddenWhat.Appeal => L["诉求的标题和内容"],
        HiddenWhat.Verdict => L["评价时说的话"],
        _ => L["办理中说的话"],
    };

    /// <summary>Enough to know it by: of the appeal its title.</summary>
    private static string Words(ResidentText text) => text.Text is not { } words ? "" : text.Kind == HiddenWhat.Appeal ? words.Split('\n')[0] : words.Length > 60 ? words[..60] + "…" : words;

    protected override string PathOf(string code) => AppealLinks.Keeping(code);

    public Task<IActionResult> OnGetAsync(string code) => Show(code);

    public Task<IActionResult> OnPostKindAsync(string code) => Do(code, nameof(Kind), nameof(Kind),
        canonical => correct.Run(current.Required, current.Required.Act(PublicationAccess.CorrectKind, OperationId.Posted(Request)), new(canonical, Kind.Kind, Kind.Reason), HttpContext.RequestAborted),
        () => L["类别已更正。改成不公开的类别时，公开的内容已一并撤下。"]);

    public Task<IActionResult> OnPostHideAsync(string code) => Do(code, nameof(Hide), nameof(Hide),
        canonical => hide.Run(current.Required, current.Required.Act(PublicationAccess.HideText, OperationId.Posted(Request)), new(canonical, Hide.What, Hide.Reason), HttpContext.RequestAborted),
        () => L["已隐藏。原文还在，本人和监督人员照样看得到。"]);

    public Task<IActionResult> OnPostAgainAsync(string code) => Do(code, nameof(Again), nameof(Again),
        canonical => show.Run(current.Required, current.Required.Act(PublicationAccess.HideText, OperationId.Posted(Request)), new(canonical, Again.What), HttpContext.RequestAborted),
        () => L["已恢复显示。"]);

    protected override async Task<bool> Find(string code)
    {
        if (await queries.Texts(current.Required, code, HttpContext.RequestAborted) is not { } view)
            return false;
        View = view;
        return true;
    }

    public sealed class KindInput
    {
        public string Kind { get; set; } = "";
        public string Reason { get; set; } = "";
    }

    public sealed class HideInput
    {
        public string What { get; set; } = "";
        public string Reason { get; set; } = "";
    }
}
