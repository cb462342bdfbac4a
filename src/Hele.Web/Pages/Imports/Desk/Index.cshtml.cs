using System.Globalization;
using Hele.Civic.Kernel;
using Hele.Civic.People;
using Hele.Civic.Platform.Imports;
using Hele.Civic.Platform.Storage;
using Hele.Web.Hosting;
using Hele.Web.Ui;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Hele.Web.Pages.Imports.Desk;

/// <summary>One uploaded file on its way: what its columns are, what each row would do, who is meant; then the import itself, with how far it is.</summary>
[Needs("import.run")]
public sealed class DeskModel(ImportDesk desk, ImportHistory history, ImportLedger import, ImportRuns runs, ImportSweep sweep, CurrentViewer current, Texts L) : PageModel
{
    /// <summary>Rows that are listed; all of them are in the file.</summary>
    public const int MostShown = 100;

    /// <summary>How long an import is waited for before the page says how far it is.</summary>
    private static readonly TimeSpan Waited = TimeSpan.FromSeconds(2);

    public DeskFile Upload { get; private set; } = null!;

    /// <summary>Null while the columns are asked for.</summary>
    public LedgerPlan? Plan { get; private set; }

    /// <summary>The mapping as it is shown, with what was chosen just now.</summary>
    public IReadOnlyList<string?> Columns { get; private set; } = [];

    /// <summary>Set while it is being imported.</summary>
    public ImportProgress? Progress { get; private set; }

    /// <summary>Why it wasn't imported just now.</summary>
    public IReadOnlyList<Problem> Refusal { get; private set; } = [];

    /// <summary>Which rows are listed.</summary>
    public Verdict? Shown { get; private set; }

    [BindProperty]
    public int? Heading { get; set; }

    [BindProperty]
    public string Sheet { get; set; } = "";

    public IReadOnlyList<LedgerLine> Lines => Plan is null ? [] : [.. Plan.Lines.Where(l => Shown is null ? l.Verdict is Verdict.Wrong || l.Remarks.Count > 0 : l.Verdict == Shown).Take(MostShown)];
    public IReadOnlyList<LedgerLine> Questions => Plan is null ? [] : [.. Plan.Lines.Where(l => l.Verdict == Verdict.Question).Take(MostShown)];
    public bool MayImport => Plan is not null && Plan.Count(Verdict.Wrong) == 0 && Plan.Count(Verdict.Question) == 0 && Plan.Lines.Any(l => l.Do is not null);
    public IReadOnlyList<Option> Sheets => [.. Upload.File.Sheets.Select(s => new Option(s.Name, L["{0}（{1}行）", s.Name, s.Rows.Count]))];
    public IReadOnlyList<Option> Choices => [.. Upload.Kind.Columns.Select(c => new Option(c.Code, c.Required ? L["{0}（必须有）", L[c.Title]] : L[c.Title]))];

    /// <summary>Headings of columns that are not imported.</summary>
    public IReadOnlyList<string> LeftOut => Upload.Table is null ? [] : [.. Upload.Table.Headings.Where((h, i) => h.Length > 0 && (i >= Columns.Count || Columns[i] is null))];

    public IReadOnlyList<string> Samples(int column) => [.. Upload.Table!.Rows.Select(r => r.At(column)).Where(c => c.Length > 0).Distinct().Take(3).Select(c => Shortened(column, c))];

    public async Task<IActionResult> OnGetAsync(string code, string? step, string? show)
    {
        if (Code(code) is not { } known)
            return NotFound();
        if (runs.Find(known, current.Required.JurisdictionId) is { } run)
        {
            if (run.Outcome is null && await desk.Find(current.Required, known, HttpContext.RequestAborted) is { } running)
            {
                (Upload, Progress) = (running, run.Progress);
                // Without script: the browser comes back by itself.
                Response.Headers["Refresh"] = "2";
                return Page();
            }
            if (run.Outcome is { Accepted: false } refused)
            {
                if (!await Show(known, null))
                    return NotFound();
                runs.Forget(known);
                Refusal = refused.Problems;
                return this.Refused(refused.Problems, "");
            }
        }
        if (await history.Find(current.Required, known, HttpContext.RequestAborted) is not null)
        {
            runs.Forget(known);
            return Redirect(ImportLinks.Done(known));
        }
        Shown = Enum.TryParse<Verdict>(show, ignoreCase: true, out var verdict) ? verdict : null;
        return await Show(known, step) ? Page() : NotFound();
    }

    /// <summary>Another sheet, or headings in another row.</summary>
    public async Task<IActionResult> OnPostSheetAsync(string code)
    {
        if (Code(code) is not { } known || await desk.Find(current.Required, known, HttpContext.RequestAborted) is not { } file)
            return NotFound();
        await desk.Choose(current.Required, file, new(file.File.Sheets.Any(s => s.Name == Sheet) ? Sheet : file.Sheet.Name, Heading is > 0 ? Heading : null), HttpContext.RequestAborted);
        return Redirect(ImportLinks.Mapping(known));
    }

    public async Task<IActionResult> OnPostColumnsAsync(string code)
    {
        if (Code(code) is not { } known || await desk.Find(current.Required, known, HttpContext.RequestAborted) is not { } file)
            return NotFound();
        Upload = file;
        if (file.Table is null)
            return this.Refused(ImportProblems.NoHeadings, "");
        Columns = [.. file.Table.Headings.Select((_, i) => file.Kind.Columns.FirstOrDefault(c => c.Code == Request.Form[$"Column.{i}"].ToString())?.Code)];
        if (file.Kind.Check(Columns) is { Count: > 0 } problems)
            return this.Refused(problems, "");
        await desk.Choose(current.Required, file, file.Choices with { Columns = Columns }, HttpContext.RequestAborted);
        return Redirect(ImportLinks.Desk(known));
    }

    /// <summary>Who is meant, as far as it was answered.</summary>
    public async Task<IActionResult> OnPostAnswersAsync(string code)
    {
        if (Code(code) is not { } known || await desk.Find(current.Required, known, HttpContext.RequestAborted) is not { } file)
            return NotFound();
        var answers = new Dictionary<int, string>(file.Choices.Answers ?? new Dictionary<int, string>());
        foreach (var (field, value) in Request.Form)
        {
            if (field.StartsWith("Answer.", StringComparison.Ordinal) && int.TryParse(field.AsSpan(7), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && value.ToString() is { Length: > 0 and < 20 } answer)
                answers[number] = answer;
        }
        await desk.Choose(current.Required, file, file.Choices with { Answers = answers }, HttpContext.RequestAborted);
        return Redirect(ImportLinks.Desk(known));
    }

    public async Task<IActionResult> OnPostImportAsync(string code, string? seen)
    {
        if (Code(code) is not { } known)
            return NotFound();
        var viewer = current.Required;
        if (await desk.Find(viewer, known, HttpContext.RequestAborted) is not { } file)
            // The button pressed twice: what was imported is there.
            return await history.Find(viewer, known, HttpContext.RequestAborted) is null ? NotFound() : Redirect(ImportLinks.Done(known));
        if (file is not { Table: { } table, Choices.Columns: { } columns })
            return Redirect(ImportLinks.Desk(known));
        var act = viewer.Act(ImportAccess.Import, OperationId.Posted(Request));
        // In the background, because thousands of rows take longer than a reader waits; and to its end, whatever becomes of the reader.
        var run = runs.Start(known, viewer.JurisdictionId, async progress =>
        {
            var outcome = await import.Run(viewer, act, new(file.Kind.Code, table, columns, file.Choices.Answers, file.FileName, seen ?? "", known), progress, CancellationToken.None);
            if (outcome.Accepted)
                await sweep.Discard(viewer.JurisdictionId, known);
            return outcome;
        });
        if (!await ImportRuns.Ended(run, Waited) || run.Outcome is not { Accepted: true })
            return Redirect(ImportLinks.Desk(known));
        runs.Forget(known);
        this.Say(L["已全部导入。"]);
        return Redirect(ImportLinks.Done(known));
    }

    public async Task<IActionResult> OnPostDiscardAsync(string code)
    {
        if (Code(code) is not { } known || await desk.Find(current.Required, known, HttpContext.RequestAborted) is null)
            return NotFound();
        await desk.Discard(current.Required, known);
        this.Say(L["上传的文件已清除，什么也没有导入。"]);
        return Redirect(ImportLinks.List);
    }

    /// <summary>No act of that name.</summary>
    public IActionResult OnPost() => BadRequest();

    private static string? Code(string code) => PublicCode.TryParse(code, out var parsed) ? parsed.Text : null;

    private async Task<bool> Show(string code, string? step)
    {
        if (await desk.Find(current.Required, code, HttpContext.RequestAborted) is not { } file)
            return false;
        Upload = file;
        Columns = file.Suggested;
        (Sheet, Heading) = (file.Sheet.Name, file.Choices.Heading);
        if (step is null && file.Table is not null && file.Choices.Columns is { } columns)
            Plan = await desk.Plan(current.Required, file, columns, HttpContext.RequestAborted);
        return true;
    }

    /// <summary>Identity numbers and telephones are shown shortened, also where the column isn't known yet to hold them.</summary>
    private string Shortened(int column, string cell)
    {
        var plain = ChineseText.Normalize(cell).Replace(" ", "", StringComparison.Ordinal);
        return (column < Columns.Count && Upload.Kind.Columns.FirstOrDefault(c => c.Code == Columns[column])?.Secret == true) || (plain.Length is >= 11 and <= 20 && plain.Count(char.IsAsciiDigit) >= 11) ? Masking.IdentityNumber(cell) : cell.Length > 30 ? cell[..30] + "…" : cell;
    }
}
