using Hele.Civic.Grids;
using Hele.Civic.Kernel;
using Hele.Civic.Platform.Storage;
using Hele.Web.Hosting;
using Hele.Web.Ui;
using Microsoft.AspNetCore.Mvc;

namespace Hele.Web.Pages.Grids.House;

/// <summary>One building: where it stands, its grid, and for those who keep the register who lives there.</summary>
[Needs("place.list")]
public sealed class HouseModel(GridQueries queries, HouseholdQueries households, MoveIn moveIn, MoveOut moveOut, RetireBuilding retire, ReadSession read, CurrentViewer current, TimeProvider clock, Texts L) : RecordPage(read)
{
    [BindProperty]
    public MoveInInput In { get; set; } = new();

    [BindProperty]
    public MoveOutInput Out { get; set; } = new();

    public BuildingView View { get; private set; } = null!;
    public IReadOnlyList<HouseholdLine> Households { get; private set; } = [];

    /// <summary>Whoever the typed name or code may be.</summary>
    public IReadOnlyList<Option> Found { get; private set; } = [];

    public DateOnly Today => clock.Today();

    public bool MayKeep => View.To is null && current.Required.PostFor(GridAccess.Keep) is not null;
    public bool SeesHouseholds => current.Required.PostFor(GridAccess.SeeHouseholds) is not null;
    public bool MayMove { get; private set; }

    /// <summary>Whoever doesn't keep its households may say what they saw.</summary>
    public bool MayState => current.Required.IsStaff && current.Required.Has(StatedAccess.Tell);

    public IReadOnlyList<Option> Roles => Option.Of<HouseholdRole>(L.Role);
    public IReadOnlyList<Option> Presences => Option.Of<Presence>(p => L[SayPresence.Word(p)]);
    public IReadOnlyList<Option> Entrances => [.. View.Entrances.Select(e => new Option(e, e))];

    public IReadOnlyList<MapDot> Dots => View.At is { } at ? [new(View.Compound + View.Name, at, null)] : [];

    protected override string PathOf(string code) => GridLinks.Building(code);

    public Task<IActionResult> OnGetAsync(string code) => Show(code);

    public async Task<IActionResult> OnPostMoveInAsync(string code)
    {
        // A name that fits one person alone is that person; several are offered.
        if (In.Person.Length == 0 && In.Name.Length > 0)
        {
            var found = await households.Comers(current.Required, In.Name, HttpContext.RequestAborted);
            if (found.Count == 1)
                In.Person = found[0].Code;
            else
                Found = [.. found.Select(p => new Option(p.Code, p.Name, p.Address))];
        }
        return await Do(code, "MoveIn", nameof(In), canonical => moveIn.Run(current.Required, current.Required.Act(GridAccess.KeepHouseholds, OperationId.Posted(Request)),
            new(canonical, In.Entrance.Length > 0 ? In.Entrance : null, In.Room, In.Person, In.Role, In.On, In.LeavesOther) { Presence = In.Presence }, HttpContext.RequestAborted), () => L["已登记。"]);
    }

    public Task<IActionResult> OnPostMoveOutAsync(string code) => Do(code, "MoveOut", nameof(Out), _ => moveOut.Run(current.Required, current.Required.Act(GridAccess.KeepHouseholds, OperationId.Posted(Request)),
        new(Out.Household, Out.Person, Out.On), HttpContext.RequestAborted), () => L["已登记搬出。"]);

    public Task<IActionResult> OnPostRetireAsync(string code) => Do(code, "Retire", "", canonical => retire.Run(current.Required, current.Required.Act(GridAccess.Keep, OperationId.Posted(Request)),
        new(canonical), HttpContext.RequestAborted), () => L["已登记为不再使用。"]);

    protected override async Task<bool> Find(string code)
    {
        if (await queries.Building(code, HttpContext.RequestAborted) is not { } view)
            return false;
        View = view;
        MayMove = View.To is null && await households.KeepsAt(current.Required, code, HttpContext.RequestAborted);
        Households = await households.Of(current.Required, code, HttpContext.RequestAborted);
        return true;
    }

    public sealed class MoveInInput
    {
        public string Entrance { get; set; } = "";
        public string Room { get; set; } = "";
        public string Name { get; set; } = "";
        public string Person { get; set; } = "";
        public HouseholdRole Role { get; set; }
        public DateOnly? On { get; set; }
        public bool LeavesOther { get; set; }
        public Presence? Presence { get; set; }
    }

    public sealed class MoveOutInput
    {
        public string Household { get; set; } = "";
        public string Person { get; set; } = "";
        public DateOnly? On { get; set; }
    }
}
