using Hele.Civic.Grids;
using Hele.Civic.Kernel;
using Hele.Civic.Platform.Access;
using Hele.Civic.ServiceCircles;
using Hele.Planning.Streets;
using Hele.Web.Hosting;
using Hele.Web.Ui;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Hele.Web.Pages.ServiceCircles.Near;

/// <summary>The service points near one's own building, with the way there and the telephone; now and from the reader's own home, where nothing else is asked. Nothing of what is asked is kept.</summary>
[Public]
public sealed class NearModel(CircleQueries queries, GridQueries grids, CurrentViewer current, Site site, TimeProvider clock) : PageModel
{
    [BindProperty(SupportsGet = true, Name = "building")]
    public string Building { get; set; } = "";

    [BindProperty(SupportsGet = true, Name = "group")]
    public string Group { get; set; } = "";

    [BindProperty(SupportsGet = true, Name = "day")]
    public string Day { get; set; } = "";

    [BindProperty(SupportsGet = true, Name = "time")]
    public string Time { get; set; } = "";

    public IReadOnlyList<Option> Buildings { get; private set; } = [];
    public NearbyAnswer? Answer { get; private set; }
    public CircleAsk Ask { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync()
    {
        var cancel = HttpContext.RequestAborted;
        if (current.Jurisdiction is not { Level: JurisdictionLevel.Community } here)
            return (await site.Communities(cancel)).Count > 0 ? Redirect(PlaceHosting.ChooserFor(HttpContext)) : NotFound();
        Ask = CircleAddress.Read(Request.Query, unsaid: WeekMoment.Of(China.TimeIn(clock.GetUtcNow()).DateTime)).AsItIs with { WithHelpers = false };
        (Group, Day, Time) = (CircleAddress.Name(Ask.Group), Ask.At.Day.ToString(System.Globalization.CultureInfo.InvariantCulture), CircleAddress.Time(Ask.At));
        Buildings = [.. (await grids.AllBuildings(cancel)).Where(b => b.At is not null).OrderBy(b => b.Compound, StringComparer.Ordinal).Select(b => new Option(b.Code, b.Name) { Group = b.Compound })];
        if (Building.Length == 0 && current.Viewer is { } viewer)
            Building = await queries.OwnBuilding(viewer, cancel) ?? "";
        if (Building.Length == 0)
            return Page();
        if (!PublicCode.TryParse(Building, out var code) || await queries.Near(here, code.Text, Ask, cancel) is not { } answer)
            return NotFound();
        Answer = answer;
        return Page();
    }
}
