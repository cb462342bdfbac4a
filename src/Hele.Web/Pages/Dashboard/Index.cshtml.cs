using Hele.Civic.Appeals;
using Hele.Civic.Grids;
using Hele.Civic.Kernel;
using Hele.Civic.Platform.Figures;
using Hele.Civic.Thanks;
using Hele.Web.Hosting;
using Hele.Web.Pages.Figures;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Hele.Web.Pages.Dashboard;

/// <summary>The community's figures for a period. Nobody is ranked and lateness is not counted: it stands on the matter.</summary>
[Needs("appeal.list")]
public sealed class DashboardModel(FigureReader figures, CurrentViewer current, TimeProvider clock) : PageModel
{
    private readonly Dictionary<string, FigureValue> _values = [];

    public Period Period { get; private set; }

    public PeriodChoice Choice { get; private set; } = null!;

    public IReadOnlyList<Bar> Filed { get; private set; } = [];

    public IReadOnlyList<Bar> Answered { get; private set; } = [];

    public DateOnly Today { get; } = clock.Today();

    /// <summary>The day the states are told for.</summary>
    public DateOnly StateDay => Period.To < Today ? Period.To : Today;

    /// <summary>Who may close a period finds the page for it here.</summary>
    public bool MayClose => current.Viewer?.PostFor(ClosePeriod.Permission) is not null;

    /// <summary>Who keeps households finds their ages from here.</summary>
    public bool MaySeePopulation => current.Viewer?.PostFor(GridAccess.SeeHouseholds) is not null;

    public FigureValue this[Figure figure] => _values[figure.Id];

    public async Task<IActionResult> OnGetAsync(string? period)
    {
        if (PeriodChoice.Of(period, Today) is not { } chosen)
            return NotFound();
        Period = chosen;
        Choice = new(FigureLinks.Dashboard, chosen, Today, await figures.FirstDay(HttpContext.RequestAborted) ?? Today);
        foreach (var figure in AppealFigures.All.Concat(PopulationFigures.All).Concat(ThanksFigures.All))
            _values[figure.Id] = await figures.Value(figure, chosen, HttpContext.RequestAborted);
        var months = PeriodChoice.MonthsOf(chosen, Today);
        Filed = await Bars(AppealFigures.Filed, months);
        Answered = await Bars(AppealFigures.Answered, months);
        return Page();
    }

    private async Task<IReadOnlyList<Bar>> Bars(Figure figure, IReadOnlyList<Period> months) =>
        [.. (await figures.Trend(figure, months, HttpContext.RequestAborted)).Select(m => new Bar(m.Period, m.Value, FigureLinks.Of(figure.Id, m.Period), m.Period == Period))];
}
