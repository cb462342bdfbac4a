using Hele.Civic.Kernel;
using Hele.Civic.Platform.Figures;
using Hele.Civic.Reports;
using Hele.Web.Hosting;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Hele.Web.Pages.Figures.Public;

/// <summary>The community's figures for anybody: whole quarters that are over, their definitions and their course.</summary>
[Hele.Web.Hosting.Public, Hele.Web.Hosting.Indexed]
public sealed class PublicFiguresModel(PublicFigures figures, CurrentViewer current, Site site) : PageModel
{
    /// <summary>Newest first.</summary>
    public IReadOnlyList<PublicQuarter> Quarters { get; private set; } = [];

    public QuarterCells Newest(Figure figure) => Quarters[0].Cells[figure.Id];

    /// <summary>The quarters that show a value, oldest first; each bar leads to the row that says it.</summary>
    public IReadOnlyList<Bar> Course(Figure figure) =>
        [.. Quarters.Reverse().Where(q => q.Cells[figure.Id].Quarter is not null).Select(q => new Bar(q.Quarter, q.Cells[figure.Id].Quarter!.Value, "#" + RowOf(figure, q.Quarter), q == Quarters[0]))];

    public static string RowOf(Figure figure, Period quarter) => $"{figure.Id.Replace('.', '-')}-{quarter}";

    public async Task<IActionResult> OnGetAsync()
    {
        if (current.Jurisdiction is null && (await site.Communities(HttpContext.RequestAborted)).Count > 0)
            return Redirect(PlaceHosting.ChooserFor(HttpContext));
        if (current.Jurisdiction is not { Level: Civic.Platform.Access.JurisdictionLevel.Community })
            return NotFound();
        Quarters = await figures.Quarters(HttpContext.RequestAborted);
        return Page();
    }
}
