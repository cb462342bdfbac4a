using Hele.Civic.Kernel;
using Hele.Civic.Platform.Sealing;
using Hele.Web.Hosting;
using Hele.Web.Pages.Appeals;
using Hele.Web.Ui;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Hele.Web.Pages.People.Retention;

/// <summary>What is kept how long, what will be over soon, what went. Shows codes and counts, never what stood in a record.</summary>
[Needs("retention.see")]
public sealed class RetentionModel(RetentionReader reader, Fmt fmt, Texts L) : PageModel
{
    /// <summary>The table whose rows are listed.</summary>
    [BindProperty(SupportsGet = true)]
    public string Table { get; set; } = "";

    /// <summary>Public code of the erasure whose emptied rows are listed.</summary>
    [BindProperty(SupportsGet = true)]
    public string Erasure { get; set; } = "";

    public IReadOnlyList<ExpiryLine> Plan { get; private set; } = [];
    public IReadOnlyList<ExpiringRow> Rows { get; private set; } = [];
    public IReadOnlyList<Erasure> Erasures { get; private set; } = [];
    public IReadOnlyList<EmptiedRow> Emptied { get; private set; } = [];
    public IReadOnlyList<ViewPurge> ViewPurges { get; private set; } = [];

    /// <summary>What the listed rows are called.</summary>
    public string Of => Plan.Where(l => l.Table == Table).Select(l => L[l.Title]).FirstOrDefault("");

    public async Task OnGetAsync()
    {
        var cancel = HttpContext.RequestAborted;
        Plan = await reader.Plan(cancel);
        Rows = await reader.Rows(Table, cancel);
        Erasures = await reader.Erasures(cancel);
        ViewPurges = await reader.ViewPurges(cancel);
        Emptied = PublicCode.TryParse(Erasure, out var code) ? await reader.Emptied(code.Text, cancel) : [];
    }

    /// <summary>A number that opens the records behind it, where they can be listed.</summary>
    public IHtmlContent Counted(ExpiryLine line, int count) => count == 0 || line.Table == PurgeExpired.ViewsTable
        ? new HtmlString(fmt.Number(count))
        : new HtmlString($"<a href=\"{PeopleLinks.Retention}?table={line.Table}#rows\">{fmt.Number(count)}</a>");

    /// <summary>The page of a row, where there is one.</summary>
    public string? Href(ExpiringRow row) => row.Code is not { } code ? null : Table switch
    {
        "Appeals" => AppealLinks.Matter(code),
        "People" => PeopleLinks.Entry(code),
        _ => null,
    };
}
