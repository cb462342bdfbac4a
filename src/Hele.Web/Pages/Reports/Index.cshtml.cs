using Hele.Civic.Kernel;
using Hele.Civic.Platform.Figures;
using Hele.Civic.Reports;
using Hele.Web.Hosting;
using Hele.Web.Pages.Appeals;
using Hele.Web.Pages.Figures;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Hele.Web.Pages.Reports;

/// <summary>The report for a period, written from records; every number opens them.</summary>
[Needs("appeal.list")]
public sealed class ReportModel(ReportWriter report, FigureReader figures, TimeProvider clock) : PageModel
{
    public IReadOnlyList<ReportSection> Sections { get; private set; } = [];

    /// <summary>Any of them: period, closing and checkpoint are the same for all.</summary>
    public ReportSection Section => Sections[^1];

    /// <summary>The figures of all sections, in the order of use.</summary>
    public IReadOnlyList<FigureValue> Figures => [.. Sections.SelectMany(s => s.Figures)];

    public PeriodChoice Choice { get; private set; } = null!;

    /// <summary>True when something was entered after the closing: it stands on the figures' own pages.</summary>
    public bool HasLater => Section.ClosedAt is not null && Figures.Any(f => f.Late + f.Gone > 0 || f.Corrected);

    public async Task<IActionResult> OnGetAsync(string? period)
    {
        var today = clock.Today();
        if (PeriodChoice.Of(period, today) is not { } chosen)
            return NotFound();
        Choice = new(FigureLinks.Report, chosen, today, await figures.FirstDay(HttpContext.RequestAborted) ?? today);
        Sections = await report.Write(chosen, HttpContext.RequestAborted);
        return Page();
    }

    /// <summary>Where a part leads; null for words.</summary>
    public static string? Link(ReportPart part) => part switch
    {
        FigurePart figure => FigureLinks.Of(figure.Value.Figure.Id, figure.Value.Period),
        SharePart share => FigureLinks.Of(share.Of.Figure.Id, share.Of.Period),
        MatterPart matter => AppealLinks.Matter(matter.Code),
        _ => null,
    };

    /// <summary>What a screen reader says of a number's link beside the number: which figure, for which period.</summary>
    public static (Bilingual Title, Bilingual Period)? Name(ReportPart part) => part switch
    {
        FigurePart figure => (figure.Value.Figure.Title, figure.Value.Period.Title),
        SharePart share => (share.Of.Figure.Title, share.Of.Period.Title),
        _ => null,
    };

    /// <summary>The paragraphs: the account with what it compares to, then what is next.</summary>
    public static IEnumerable<IGrouping<bool, ReportSentence>> Paragraphs(ReportSection section) => section.Sentences.GroupBy(s => s.Kind == SentenceKind.Next);
}
