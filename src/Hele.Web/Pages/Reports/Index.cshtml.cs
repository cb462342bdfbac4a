using Hele.Civic.Kernel;
using Hele.Civic.Platform.Figures;
using Hele.Civic.Reports;
using Hele.Web.Hosting;
using Hele.Web.Pages.Appeals;
using Hele.Web.Pages.Figures;
using Hele.Web.Pages.Organizations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Hele.Web.Pages.Reports;

/// <summary>The report for a period, written from records; every number opens them.</summary>
[Needs("appeal.list")]
public sealed class ReportModel(ReportWriter report, FigureReader figures, SignedStatements statements, CurrentViewer current, TimeProvider clock) : PageModel
{
    public Report Report { get; private set; } = null!;

    public PeriodChoice Choice { get; private set; } = null!;

    /// <summary>Statements in a closed period's report that were taken back since: the report stays as it is, and this stands beside it.</summary>
    public IReadOnlyList<StatementLine> WithdrawnSince { get; private set; } = [];

    public bool SeesStories => current.Viewer?.PostFor(StoryAccess.List) is not null;
    public bool SeesStatements => current.Viewer?.PostFor(StatementAccess.See) is not null;

    public async Task<IActionResult> OnGetAsync(string? period)
    {
        var today = clock.Today();
        if (PeriodChoice.Of(period, today) is not { } chosen)
            return NotFound();
        Choice = new(FigureLinks.Report, chosen, today, await figures.FirstDay(HttpContext.RequestAborted) ?? today);
        Report = await report.Write(chosen, HttpContext.RequestAborted);
        if (Report.ClosedAt is { } closed)
            WithdrawnSince = await statements.WithdrawnSince(chosen, closed, HttpContext.RequestAborted);
        return Page();
    }

    /// <summary>Where a part leads; null for words.</summary>
    public static string? Link(ReportPart part) => part switch
    {
        FigurePart figure => FigureLinks.Of(figure.Value.Figure.Id, figure.Value.Period),
        SharePart share => FigureLinks.Of(share.Of.Figure.Id, share.Of.Period),
        MatterPart matter => AppealLinks.Matter(matter.Code),
        HonourPart honour => HonourWords.Of(honour.Code),
        _ => null,
    };

    /// <summary>What a screen reader says of a number's link beside the number: which figure, for which period.</summary>
    public static (Bilingual Title, Bilingual Period)? Name(ReportPart part) => part switch
    {
        FigurePart figure => (figure.Value.Figure.Title, figure.Value.Period.Title),
        SharePart share => (share.Of.Figure.Title, share.Of.Period.Title),
        _ => null,
    };
}
