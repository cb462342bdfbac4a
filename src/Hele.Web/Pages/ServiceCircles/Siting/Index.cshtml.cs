using System.Globalization;
using Hele.Civic.Platform.Access;
using Hele.Civic.ServiceCircles;
using Hele.Planning.Streets;
using Hele.Web.Hosting;
using Hele.Web.Ui;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Hele.Web.Pages.ServiceCircles.Siting;

/// <summary>Where service points should be: a question, the best choice with what proves it, and others nearly as good, each to be looked at on the map. Nothing here changes the register.</summary>
[Needs("circle.try")]
public sealed class SitingModel(SitingQueries siting, CircleQueries queries, CurrentViewer current, Texts L) : PageModel
{
    [BindProperty(SupportsGet = true, Name = "aim")]
    public string Aim { get; set; } = "";

    [BindProperty(SupportsGet = true, Name = "number")]
    public string Number { get; set; } = "1";

    [BindProperty(SupportsGet = true, Name = "anew")]
    public bool Anew { get; set; }

    [BindProperty(SupportsGet = true, Name = "day")]
    public string Day { get; set; } = "";

    [BindProperty(SupportsGet = true, Name = "time")]
    public string Time { get; set; } = "";

    [BindProperty(SupportsGet = true, Name = "capacity")]
    public string Capacity { get; set; } = "";

    [BindProperty(SupportsGet = true, Name = "budget")]
    public string Budget { get; set; } = "";

    /// <summary>What was asked; as it stands in the form where nothing was.</summary>
    public SitingAsk Ask { get; private set; } = null!;

    public SitingAnswer? Answer { get; private set; }

    /// <summary>The option that is shown on the map, and the walking map with it tried.</summary>
    public SitingOption? Shown { get; private set; }

    public CircleAnswer Map { get; private set; } = null!;

    public IReadOnlyList<string> Wrong { get; private set; } = [];

    public bool IsAsked => SitingAddress.IsAsked(Request.Query);

    public bool MayKeep => current.Viewer?.PostFor(CircleAccess.Keep) is not null;

    public IReadOnlyList<Option> AimOptions => [.. Enum.GetValues<SitingAim>().Select(a => new Option(SitingAddress.Name(a), L.Aim(a), L.AimHint(a)))];

    /// <summary>Every building on the map under its grid, to be chosen from.</summary>
    public IEnumerable<IGrouping<string, CircleBuilding>> Buildings => Map.Buildings.OrderBy(b => b.Grid is null).ThenBy(b => b.Grid, StringComparer.Ordinal).ThenBy(b => b.Address, StringComparer.Ordinal).GroupBy(b => b.Grid ?? L["没有网格"]);

    public string Typed(string name, int usual) => Request.Query[name].FirstOrDefault() ?? usual.ToString(CultureInfo.InvariantCulture);

    public async Task<IActionResult> OnGetAsync()
    {
        if (current.Jurisdiction is not { Level: JurisdictionLevel.Community } here)
            return NotFound();
        var cancel = HttpContext.RequestAborted;
        var wrong = new List<string>();
        Ask = SitingAddress.Read(Request.Query, wrong);
        (Aim, Day, Time) = (SitingAddress.Name(Ask.Aim), Ask.At.Day.ToString(CultureInfo.InvariantCulture), CircleAddress.Time(Ask.At));
        Wrong = IsAsked ? [.. wrong.Select(w => L.SitingProblem(w)).Distinct()] : [];
        if (IsAsked && Wrong.Count == 0)
            Answer = await siting.Ask(current.Required, here, Ask, cancel);
        var number = int.TryParse(Request.Query["option"].FirstOrDefault(), NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : 1;
        Shown = Answer?.Options.ElementAtOrDefault(number - 1) ?? Answer?.Options.FirstOrDefault();
        Map = await queries.Ask(current.Viewer, here, Shown is null ? new(WalkerGroup.Adult, Ask.At) : SitingAddress.Tried(Ask, Shown), cancel);
        foreach (var name in wrong.Where(_ => IsAsked))
            ModelState.AddModelError(name, L.SitingProblem(name));
        return Wrong.Count == 0 ? Page() : this.Refused([]);
    }
}
