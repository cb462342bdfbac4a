using Hele.Civic.Kernel;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Figures;
using Hele.Civic.Reports;
using Hele.Web.Hosting;
using Hele.Web.Ui;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Hele.Web.Pages.Reports.Communities;

/// <summary>The quarters a page offers, and the one it shows.</summary>
public sealed record QuarterChoice(IReadOnlyList<Period> Quarters, Period Chosen, string Action);

/// <summary>What the two pages of the communities' figures have in common.</summary>
public abstract class CommunityPage(CommunityFigures figures, CurrentViewer current, Texts L, Fmt fmt) : PageModel
{
    protected const string Path = "/communities";

    public CommunityTable Table { get; private set; } = null!;

    public QuarterChoice Choice => new(figures.Quarters(), Table.Quarter, Action);

    protected abstract string Action { get; }

    public string Name(Jurisdiction community) => L.Language == Language.English ? community.NameEn : community.Name;

    /// <summary>A number, or the word for a hidden one.</summary>
    public IHtmlContent Cell(long? value) => value is { } shown ? new Html().Text(fmt.Number(shown)).Done() : new Html().Raw("<span class=\"hint\">").Text(L["不显示"]).Raw("</span>").Done();

    /// <summary>Without a period the newest quarter; with one that isn't offered, nothing.</summary>
    protected async Task<bool> Load(string? period)
    {
        var quarter = figures.Quarters()[0];
        if (!string.IsNullOrEmpty(period) && !Period.TryParse(period, out quarter))
            return false;
        if (await figures.Table(current.Required, quarter, HttpContext.RequestAborted) is not { } table)
            return false;
        Table = table;
        return true;
    }
}

/// <summary>The communities below, side by side.</summary>
[Needs("communities.figures")]
public sealed class CommunitiesModel(CommunityFigures figures, CurrentViewer current, Texts L, Fmt fmt) : CommunityPage(figures, current, L, fmt)
{
    protected override string Action => Path;

    public string Link(Figure figure) => $"{Path}/{figure.Id}?period={Table.Quarter}";

    public async Task<IActionResult> OnGetAsync(string? period) => await Load(period) ? Page() : NotFound();
}

/// <summary>One figure: its definition, and the counts of each community by month.</summary>
[Needs("communities.figures")]
public sealed class CommunityFigureModel(CommunityFigures figures, CurrentViewer current, Texts L, Fmt fmt) : CommunityPage(figures, current, L, fmt)
{
    public Figure Figure { get; private set; } = null!;

    protected override string Action => $"{Path}/{Figure.Id}";

    public string Back => $"{Path}?period={Table.Quarter}";

    public async Task<IActionResult> OnGetAsync(string id, string? period)
    {
        if (CommunityFigures.Shown.FirstOrDefault(f => f.Id == id) is not { } figure)
            return NotFound();
        Figure = figure;
        return await Load(period) ? Page() : NotFound();
    }
}
