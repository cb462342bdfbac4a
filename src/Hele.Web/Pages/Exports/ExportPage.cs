using Hele.Civic.Kernel;
using Hele.Civic.Platform.Exports;
using Hele.Web.Hosting;
using Hele.Web.Ui;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Hele.Web.Pages.Exports;

/// <summary>
/// The page before a list about people leaves as a file: which list, how narrowed, and what for. The record is committed before the first byte leaves.
/// Each such list has a page of its own derived from this one, with the policy of the list.
/// </summary>
public abstract class ExportPage(ListFile file, ExportDesk desk, RecordExport record, CurrentViewer current, SearchWords words, Texts L) : PageModel
{
    [BindProperty]
    public InputModel Input { get; set; } = new();

    public ListContent List { get; private set; } = null!;

    /// <summary>The list's own address, as it was narrowed.</summary>
    public abstract string Back { get; }

    /// <summary>How it is narrowed, in words.</summary>
    public string What => List.Said.Count == 0 && List.Words.Length == 0 ? L["全部|of a list"]
        : string.Join(L["；"], List.Said.Select(s => L["{0}：{1}", s.Label, s.Value]).Concat(List.Words.Length > 0 ? [L["含“{0}”", List.Words]] : Array.Empty<string>()));

    public async Task<IActionResult> OnGetAsync() => await Find() ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync()
    {
        var cancel = HttpContext.RequestAborted;
        if (!await Find())
            return NotFound();
        var reason = ChineseText.Line(Input.Reason);
        if (reason.Length is 0 or > RecordExport.ReasonLength)
            return this.Refused(ExportProblems.ReasonMissing.With(RecordExport.ReasonLength));
        if (await desk.Make(List, file.Needs, reason, cancel) is not { } made)
            return this.Refused(ExportProblems.TooLarge.With(ExportDesk.MostRows));
        var viewer = current.Required;
        // A file each time it is asked for is an act each time: the id is no form's.
        var outcome = await record.Run(viewer, file.Needs!, viewer.Act(file.Needs!, Guid.NewGuid(), reason), new(file.Code, List.Choices, made.Rows), cancel);
        if (!outcome.Accepted)
            return this.Refused(outcome.Problems);
        Response.Headers.CacheControl = "no-store";
        return File(made.Bytes, Workbook.Type, made.Name);
    }

    private async Task<bool> Find()
    {
        if (current.Required.PostFor(file.Needs!) is null || await file.Read(new(Request, words), HttpContext.RequestAborted) is not { } content)
            return false;
        List = content;
        return true;
    }

    public sealed class InputModel
    {
        public string Reason { get; set; } = "";
    }
}
