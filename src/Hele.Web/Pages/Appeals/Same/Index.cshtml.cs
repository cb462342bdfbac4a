using Hele.Civic.Appeals;
using Hele.Civic.Platform.Storage;
using Hele.Web.Hosting;
using Hele.Web.Ui;
using Microsoft.AspNetCore.Mvc;

namespace Hele.Web.Pages.Appeals.Same;

/// <summary>A matter beside the others that may be the same one: merged into an earlier one, or split off again.</summary>
[Needs("appeal.merge")]
public sealed class SameModel(MergeQueries queries, ReadSession read, CurrentViewer current, MergeAppeal merge, SplitAppeal split, Texts L, Fmt fmt) : RecordPage(read)
{
    [BindProperty]
    public MergeInput Merge { get; set; } = new();

    [BindProperty]
    public SplitInput Split { get; set; } = new();

    public SameView View { get; private set; } = null!;

    public IReadOnlyList<Option> Choices => !View.May ? [] : [.. View.Near.Where(n => n.Bar is null).Select(n => new Option(n.Code, L.Titled(n.Title), $"{L.Number(n.Number)} · {n.Place} · {fmt.Date(n.FiledOn)} · {L.State(n.State)}"))];

    /// <summary>Those that are near and can't be chosen, with why.</summary>
    public IReadOnlyList<(SameLine Line, string Why)> Barred => View.Into is not null ? [] : [.. View.Near.Where(n => n.Bar is not null).Select(n => (n, n.IsEarlier ? L[n.Bar!.Sentence] : L["比这件晚，请在那一件上并过来。"]))];

    protected override string PathOf(string code) => AppealLinks.Same(code);

    public Task<IActionResult> OnGetAsync(string code) => Show(code);

    public Task<IActionResult> OnPostMergeAsync(string code) => Do(code, nameof(Merge), nameof(Merge),
        canonical => merge.Run(current.Required, current.Required.Act(MergingAccess.Merge, OperationId.Posted(Request)), new(canonical, Merge.Into), HttpContext.RequestAborted),
        () => L["已并案，双方都会收到通知。"], AppealLinks.Matter(code));

    public Task<IActionResult> OnPostSplitAsync(string code) => Do(code, nameof(Split), nameof(Split),
        canonical => split.Run(current.Required, current.Required.Act(MergingAccess.Merge, OperationId.Posted(Request)), new(canonical, Split.Text), HttpContext.RequestAborted),
        () => L["已分案，单独办理。"], AppealLinks.Matter(code));

    protected override async Task<bool> Find(string code)
    {
        if (await queries.Find(current.Required, code, HttpContext.RequestAborted) is not { } view)
            return false;
        View = view;
        return true;
    }

    public sealed class MergeInput
    {
        public string Into { get; set; } = "";
    }

    public sealed class SplitInput
    {
        public string Text { get; set; } = "";
    }
}
