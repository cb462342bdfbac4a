using Hele.Civic.Grids;
using Hele.Civic.Kernel;
using Hele.Civic.Platform.Figures;
using Hele.Web.Hosting;
using Hele.Web.Pages.Figures;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Hele.Web.Pages.Grids.Population;

/// <summary>Who lives here today by ages, and what came and went this year. A post of one grid reads its own grid's ages.</summary>
[Needs("household.see")]
public sealed class PopulationModel(PopulationQueries population, FigureReader figures, CurrentViewer current, TimeProvider clock) : PageModel
{
    public PopulationView View { get; private set; } = null!;

    public IReadOnlyList<FigureValue> Flows { get; private set; } = [];

    public Period Year { get; private set; }

    public DateOnly Today { get; } = clock.Today();

    /// <summary>A number of the whole community opens as its figure; that of one grid is none, and leads to where it can be read.</summary>
    public string Opens(Figure figure, string elsewhere) => View.Whole ? FigureLinks.Of(figure.Id, Year) : elsewhere;

    public async Task OnGetAsync()
    {
        var cancel = HttpContext.RequestAborted;
        View = await population.Today(current.Required, cancel);
        Year = Period.Year(Today.Year);
        var flows = new List<FigureValue>();
        foreach (var figure in PopulationFigures.All.Where(f => f.Kind == FigureKind.Flow))
            flows.Add(await figures.Value(figure, Year, cancel));
        Flows = flows;
    }
}
