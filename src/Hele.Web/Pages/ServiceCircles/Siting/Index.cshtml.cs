using System.Globalization;
using Hele.Civic.Platform;
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
public sealed class SitingModel(SitingQueries siting, KeptAnswers<SitingAnswer> answers, CircleQueries queries, CurrentViewer current, Texts L) : PageModel
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

    [BindProperty(SupportsGet = true, Name = "weightadult")]
    public string WeightAdult { get; set; } = Usual(WalkerGroup.Adult);

    [BindProperty(SupportsGet = true, Name = "weightolder")]
    public string WeightOlder { get; set; } = Usual(WalkerGroup.Older);

    [BindProperty(SupportsGet = true, Name = "weightchild")]
    public string WeightChild { get; set; } = Usual(WalkerGroup.Child);

    [BindProperty(SupportsGet = true, Name = "weightwheelchair")]
    public string WeightWheelchair { get; set; } = Usual(WalkerGroup.Wheelchair);

    /// <summary>One more building each; what was chosen before stands among the question's own.</summary>
    [BindProperty(SupportsGet = true, Name = "nevermore")]
    public string NeverMore { get; set; } = "";

    [BindProperty(SupportsGet = true, Name = "alwaysmore")]
    public string AlwaysMore { get; set; } = "";

    [BindProperty(SupportsGet = true, Name = SitingAddress.CostOf)]
    public string CostOf { get; set; } = "";

    [BindProperty(SupportsGet = true, Name = SitingAddress.CostNumber)]
    public string CostNumber { get; set; } = "";

    /// <summary>What was asked; as it stands in the form where nothing was.</summary>
    public SitingAsk Ask { get; private set; } = null!;

    public SitingAnswer? Answer { get; private set; }

    /// <summary>The question is asked and not answered yet: under way, or, without a run, waiting for others.</summary>
    public bool IsWaiting { get; private set; }

    public KeptRun<SitingAnswer>? Run { get; private set; }

    /// <summary>The option that is shown on the map, and the walking map with it tried.</summary>
    public SitingOption? Shown { get; private set; }

    public CircleAnswer Map { get; private set; } = null!;

    private readonly Dictionary<string, SitingFault> _wrong = [];

    /// <summary>Something that counts stands among what is folded away, or is wrong there.</summary>
    public bool IsMoreAsked => Ask.Never.Count + Ask.Always.Count + Ask.Costs.Count > 0 || Ask.Capacity is not null || Ask.Budget is not null
        || (IsAsked && _wrong.Keys.Any(k => k is "capacity" or "budget" or SitingAddress.CostOf or SitingAddress.CostNumber));

    private bool IsAsked => SitingAddress.IsAsked(Request.Query);

    public bool MayKeep => current.Viewer?.PostFor(CircleAccess.Keep) is not null;

    public IReadOnlyList<Option> AimOptions => [.. Enum.GetValues<SitingAim>().Select(a => new Option(SitingAddress.Name(a), L.Aim(a), L.AimHint(a)))];

    /// <summary>Every building on the map under its grid, to be chosen from.</summary>
    public IEnumerable<Option> Buildings => Map.Buildings.OrderBy(b => b.Grid is null).ThenBy(b => b.Grid, StringComparer.Ordinal).ThenBy(b => b.Address, StringComparer.Ordinal).Select(b => new Option(b.Code, b.Address) { Group = b.Grid ?? L["没有网格"] });

    public string Address(string building) => Map.Buildings.FirstOrDefault(b => b.Code == building)?.Address ?? building;

    private static string Usual(WalkerGroup group) => SitingWeights.Usual.Of(group).ToString(CultureInfo.InvariantCulture);

    public async Task<IActionResult> OnGetAsync()
    {
        if (current.Jurisdiction is not { Level: JurisdictionLevel.Community } here)
            return NotFound();
        var cancel = HttpContext.RequestAborted;
        Ask = SitingAddress.Read(Request.Query, _wrong);
        (Aim, Day, Time) = (SitingAddress.Name(Ask.Aim), Ask.At.Day.ToString(CultureInfo.InvariantCulture), CircleAddress.Time(Ask.At));
        MakeRoom();
        var refused = IsAsked && _wrong.Count > 0;
        if (IsAsked && !refused)
        {
            var asked = await siting.Look(current.Required, here, Ask, cancel);
            (Answer, Run, IsWaiting) = (asked?.Answer, asked?.Run, asked is { Answer: null });
            // Without script the page asks again by itself while the search is at work.
            if (IsWaiting)
                Response.Headers["Refresh"] = "2";
        }
        var number = int.TryParse(Request.Query["option"].FirstOrDefault(), NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : 1;
        Shown = Answer?.Options.ElementAtOrDefault(number - 1) ?? Answer?.Options.FirstOrDefault();
        Map = await queries.Ask(current.Viewer, here, Shown is null ? new(WalkerGroup.Adult, Ask.At) : SitingAddress.Tried(Ask, Shown), cancel);
        if (!refused)
            return Page();
        foreach (var (field, fault) in _wrong)
            ModelState.AddModelError(field, L.SitingProblem(field, fault, Ask.Never.Intersect(Ask.Always).Select(Address)));
        return this.Refused([]);
    }

    /// <summary>Stops the search; the question stays on the form.</summary>
    public IActionResult OnPostStop(string? run)
    {
        if (current.Jurisdiction is { } here)
            answers.Stop(here.Id, run);
        return Redirect(CircleLinks.Siting + SitingAddress.Write(SitingAddress.Read(Request.Query), asked: false) + "#ask");
    }

    /// <summary>What was added is among what is chosen now: its field is free for one more.</summary>
    private void MakeRoom()
    {
        (NeverMore, AlwaysMore) = ("", "");
        ModelState.Remove("never" + SitingAddress.More);
        ModelState.Remove("always" + SitingAddress.More);
        if (_wrong.ContainsKey(SitingAddress.CostOf) || _wrong.ContainsKey(SitingAddress.CostNumber))
            return;
        (CostOf, CostNumber) = ("", "");
        ModelState.Remove(SitingAddress.CostOf);
        ModelState.Remove(SitingAddress.CostNumber);
    }
}
