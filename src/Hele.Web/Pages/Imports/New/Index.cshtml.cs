using Hele.Civic.Platform;
using Hele.Civic.Platform.Imports;
using Hele.Web.Hosting;
using Hele.Web.Ui;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Hele.Web.Pages.Imports.New;

/// <summary>
/// Takes a file. It stays in memory until it is sealed: the framework would put what is larger than a few pages into a temporary file, in clear.
/// </summary>
[Needs("import.run")]
[RequestSizeLimit(MostOfARequest)]
[RequestFormLimits(MultipartBodyLengthLimit = MostOfARequest, MemoryBufferThreshold = MostOfARequest, BufferBodyLengthLimit = MostOfARequest)]
public sealed class NewImportModel(ImportDesk desk, ModuleList modules, CurrentViewer current, Texts L) : PageModel
{
    /// <summary>Twice the largest file, so that one that is too large is told so in words.</summary>
    private const int MostOfARequest = SheetReader.MostBytes * 2;

    [BindProperty]
    public InputModel Input { get; set; } = new();

    public IReadOnlyList<LedgerKind> Kinds => [.. modules.Ledgers.Where(k => ImportAccess.May(current.Required, k))];
    public IReadOnlyList<Option> Ledgers => [.. Kinds.Select(k => new Option(k.Code, L[k.Title], L[k.Lead]))];
    public string Limits => L["Excel工作簿（.xlsx）或.csv，最大{0}MB、{1}行。旧的.xls请先另存为.xlsx。", SheetReader.MostBytes >> 20, SheetReader.MostRows];

    public void OnGet(string? ledger) => Input.Ledger = ledger ?? "";

    public async Task<IActionResult> OnPostAsync()
    {
        var problems = new List<Hele.Civic.Kernel.Problem>();
        if (Kinds.All(k => k.Code != Input.Ledger))
            problems.Add(ImportProblems.LedgerMissing);
        if (Input.File is not { } file)
            problems.Add(ImportProblems.FileMissing);
        else if (file.Length > SheetReader.MostBytes)
            problems.Add(ImportProblems.FileTooLarge.With(SheetReader.MostBytes >> 20));
        if (problems.Count > 0)
            return this.Refused(problems);
        using var bytes = new MemoryStream((int)Input.File!.Length);
        await Input.File.CopyToAsync(bytes, HttpContext.RequestAborted);
        var (code, problem) = await desk.Put(current.Required, Input.Ledger, Input.File.FileName, bytes.ToArray(), HttpContext.RequestAborted);
        return problem is null ? Redirect(ImportLinks.Desk(code!)) : this.Refused(problem);
    }

    public sealed class InputModel
    {
        public string Ledger { get; set; } = "";
        public IFormFile? File { get; set; }
    }
}
