using Hele.Civic.Grids;
using Hele.Civic.Platform.Access;
using Hele.Civic.ServiceCircles;
using Hele.Planning.Reach;
using Hele.Planning.Streets;
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

    [BindProperty(SupportsGet = true, Name = "move")]
    public string Move { get; set; } = "";

    [BindProperty(SupportsGet = true, Name = "to")]
    public string To { get; set; } = "";

    [BindProperty(SupportsGet = true, Name = "datum")]
    public Datum Datum { get; set; }

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

    /// <summary>The most buildings that are reached without being folded away.</summary>
    public const int MostUnfolded = 20;

    public IReadOnlyList<CircleBuilding> Beyond => [.. Sorted.Where(b => b.Standing != Standing.Covered)];

    /// <summary>What somebody looks for: those that aren't reached, and those that a trial changes.</summary>
    public IReadOnlyList<CircleBuilding> Looked => [.. Sorted.Where(b => b.Standing != Standing.Covered || b.Change != 0)];

    public IReadOnlyList<CircleBuilding> Others => [.. Sorted.Where(b => b.Standing == Standing.Covered && b.Change == 0)];

    private IEnumerable<CircleBuilding> Sorted => Answer.Buildings.OrderBy(b => b.Standing == Standing.Covered).ThenBy(b => b.Grid is null).ThenBy(b => b.Grid, StringComparer.Ordinal).ThenByDescending(b => b.Seconds ?? int.MaxValue).ThenBy(b => b.Address, StringComparer.Ordinal);

    public async Task<IActionResult> OnGetAsync()
    {
        var cancel = HttpContext.RequestAborted;
        if (current.Jurisdiction is not { Level: JurisdictionLevel.Community } here)
            return (await site.Communities(cancel)).Count > 0 ? Redirect(PlaceHosting.ChooserFor(HttpContext)) : NotFound();
        var wrong = new List<string>();
        Answer = await queries.Ask(current.Viewer, here, CircleAddress.Read(Request.Query, wrong), cancel);
        (Group, Day, Time, Helpers) = (CircleAddress.Name(Ask.Group), Ask.At.Day.ToString(System.Globalization.CultureInfo.InvariantCulture), CircleAddress.Time(Ask.At), Ask.WithHelpers);
        if (MayTry)
            Proposals = await queries.Proposals(current.Viewer!, here, Answer, cancel);
        Summary = L.Summary(Answer, MayTry, SeesHouseholds, MayKeep);
        Newest = (await queries.Readings(1, cancel)).FirstOrDefault();
        Counts = Newest is null ? null : (await queries.Counts(current.Viewer, [Newest], cancel))[Newest.PublicCode];
        if (wrong.Count == 0 && !string.IsNullOrEmpty(Move) && Ask.Move is null)
            wrong.Add(nameof(Move));
        // Who may try nothing has typed nothing.
        if (!MayTry || !Answer.HasStreets || wrong.Count == 0)
        {
            // As it is tried, and as the map that is shown says it.
            ModelState.Clear();
            (Move, To, Datum) = (Ask.Move ?? "", Ask.MoveTo is { } to ? CircleAddress.Place(to) : "", default);
            return Page();
        }
        foreach (var field in wrong)
            ModelState.AddModelError(field, field == "to" ? L[GridProblems.PositionOdd.Sentence] : L["选一个要移动的服务点。"]);
        return this.Refused([]);
    }
}

/// <summary>Buildings in a table of the walking map.</summary>
/// <param name="Households">For those who work here: with households, and leading to the register; else to the points near the building.</param>
public sealed record BuildingsTable(string Caption, IReadOnlyList<CircleBuilding> Rows, CircleAsk Ask, bool Households);
