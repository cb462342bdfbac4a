using Hele.Civic.Appeals;
using Hele.Civic.Disclosures;
using Hele.Civic.Grids;
using Hele.Civic.Kernel;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Figures;
using Hele.Civic.Reports;
using Hele.Web.Hosting;
using Hele.Web.Pages.Figures;
using Hele.Web.Ui;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Hele.Web.Pages.Wall;

/// <summary>The screen in the hall: what is public anyway, large, read from across a room, and asked for anew by itself. Nobody's name, no number that isn't on a public page.</summary>
[Public]
public sealed class WallModel(PublicFigures figures, PublicQueries appeals, DisclosureQueries disclosures, GridQueries grids, CurrentViewer current, Site site, TimeProvider clock) : PageModel
{
    /// <summary>How many of each list can be read at a glance.</summary>
    private const int Lines = 6;

    /// <summary>Seconds after which a browser asks again.</summary>
    private const int Refresh = 120;

    public Jurisdiction Community { get; private set; } = null!;

    public PublicQuarter? Quarter { get; private set; }

    public IReadOnlyList<PublicMatter> Matters { get; private set; } = [];

    public IReadOnlyList<BoardLine> Board { get; private set; } = [];

    public IReadOnlyList<(string Name, string Phone)> Duty { get; private set; } = [];

    public DateTimeOffset Now { get; } = clock.Now();

    public DateOnly Today { get; } = clock.Today();

    /// <summary>Where to read on.</summary>
    public string Address => $"{Request.Scheme}://{Request.Host}/";

    public long? Of(Figure figure) => Quarter?.Cells[figure.Id].Quarter;

    public async Task<IActionResult> OnGetAsync()
    {
        var cancel = HttpContext.RequestAborted;
        if (current.Jurisdiction is null && (await site.Communities(cancel)).Count > 0)
            return Redirect(PlaceHosting.ChooserFor(HttpContext));
        if (current.Jurisdiction is not { Level: JurisdictionLevel.Community } here)
            return NotFound();
        Community = here;
        Quarter = (await figures.Quarters(cancel)).FirstOrDefault();
        Matters = [.. (await appeals.List(new(), cancel: cancel)).Rows.Take(Lines)];
        Board = [.. (await disclosures.Board(new(), cancel: cancel)).Rows.Where(r => !r.Kind.IsPersonal).Take(Lines)];
        Duty = [.. (await grids.Grids(cancel)).Where(g => g.DutyPhone is not null).Select(g => (g.Name, g.DutyPhone!))];
        Response.Headers["Refresh"] = Refresh.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return Page();
    }
}
