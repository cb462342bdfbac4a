using Hele.Civic.Grids;
using Hele.Civic.Platform.Access;
using Hele.Civic.ServiceCircles;
using Hele.Planning.Reach;
using Hele.Web.Hosting;
using Hele.Web.Ui;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Hele.Web.Pages.ServiceCircles.Walk;

/// <summary>The walking map: who reaches a point where somebody answers at that hour, for everybody; and what if, for those who work here.</summary>
[Public]
public sealed class WalkModel(CircleQueries queries, CurrentViewer current, Site site, Texts L) : PageModel
{
    [BindProperty(SupportsGet = true, Name = "group")]
    public string Group { get; set; } = "";

    [BindProperty(SupportsGet = true, Name = "day")]
    public string Day { get; set; } = "";

    [BindProperty(SupportsGet = true, Name = "time")]
    public string Time { get; set; } = "";

    [BindProperty(SupportsGet = true, Name = "helpers")]
    public bool Helpers { get; set; }

    public CircleAnswer Answer { get; private set; } = null!;
    public IReadOnlyList<CircleProposal> Proposals { get; private set; } = [];
    public CircleLinesView Summary { get; private set; } = null!;
    public CircleReading? Newest { get; private set; }

    /// <summary>The households of the newest reading; null before the first.</summary>
    public CircleCounts? Counts { get; private set; }

    public CircleAsk Ask => Answer.Ask;
    public bool MayTry => current.Viewer?.PostFor(CircleAccess.Try) is not null;
    public bool MayKeep => current.Viewer?.PostFor(CircleAccess.Keep) is not null;
    public bool SeesHouseholds => current.Viewer?.PostFor(GridAccess.SeeHouseholds) is not null;

    public IReadOnlyList<CircleBuilding> Beyond => [.. Sorted.Where(b => b.Standing != Standing.Covered)];

    /// <summary>The farthest first: they are what somebody looks for.</summary>
    public IEnumerable<CircleBuilding> Sorted => Answer.Buildings.OrderBy(b => b.Standing == Standing.Covered).ThenBy(b => b.Grid is null).ThenBy(b => b.Grid, StringComparer.Ordinal).ThenByDescending(b => b.Seconds ?? int.MaxValue).ThenBy(b => b.Address, StringComparer.Ordinal);

    public async Task<IActionResult> OnGetAsync()
    {
        var cancel = HttpContext.RequestAborted;
        if (current.Jurisdiction is not { Level: JurisdictionLevel.Community } here)
            return (await site.Communities(cancel)).Count > 0 ? Redirect(PlaceHosting.ChooserFor(HttpContext)) : NotFound();
        Answer = await queries.Ask(current.Viewer, here, CircleAddress.Read(Request.Query), cancel);
        (Group, Day, Time, Helpers) = (CircleAddress.Name(Ask.Group), Ask.At.Day.ToString(System.Globalization.CultureInfo.InvariantCulture), CircleAddress.Time(Ask.At), Ask.WithHelpers);
        if (MayTry)
            Proposals = await queries.Proposals(current.Viewer!, here, Answer, cancel);
        Summary = L.Summary(Answer, MayTry, SeesHouseholds, MayKeep);
        Newest = (await queries.Readings(1, cancel)).FirstOrDefault();
        Counts = Newest is null ? null : await queries.Counts(current.Viewer, Newest, cancel);
        return Page();
    }
}
