using Hele.Civic.People;
using Hele.Civic.Platform.Imports;
using Hele.Civic.Platform.Storage;
using Hele.Web.Hosting;
using Hele.Web.Ui;
using Microsoft.AspNetCore.Mvc;

namespace Hele.Web.Pages.Imports.Done;

/// <summary>An import that was carried out: what it wrote, and how it is undone.</summary>
[Needs("import.run")]
public sealed class ImportDoneModel(ImportHistory history, UndoImport undo, ReadSession read, CurrentViewer current, Texts L) : RecordPage(read)
{
    [BindProperty]
    public InputModel Input { get; set; } = new();

    public ImportView View { get; private set; } = null!;

    protected override string PathOf(string code) => ImportLinks.Done(code);

    public Task<IActionResult> OnGetAsync(string code) => Show(code);

    public Task<IActionResult> OnPostUndoAsync(string code) => Do(code, "Undo", nameof(Input), canonical => undo.Run(current.Required,
        current.Required.Act(ImportAccess.Import, OperationId.Posted(Request), Civic.Kernel.ChineseText.Line(Input.Reason)), new(canonical), HttpContext.RequestAborted), () => L["已撤销，登记册恢复到导入之前。"]);

    protected override async Task<bool> Find(string code)
    {
        if (await history.Find(current.Required, code, HttpContext.RequestAborted) is not { } view)
            return false;
        View = view;
        return true;
    }

    public sealed class InputModel
    {
        public string Reason { get; set; } = "";
    }
}
