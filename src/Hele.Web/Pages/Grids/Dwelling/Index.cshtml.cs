using Hele.Civic.Grids;
using Hele.Civic.Kernel;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Storage;
using Hele.Web.Hosting;
using Hele.Web.Ui;
using Microsoft.AspNetCore.Mvc;

namespace Hele.Web.Pages.Grids.Dwelling;

/// <summary>One household: who lives there, whose the flat is, and for its keeper what may change.</summary>
[Needs("household.see")]
public sealed class DwellingModel(HouseholdQueries queries, ChangeQueries changes, GridQueries grids, MoveMembers move, RecordBirth birth, SayPresence presence, KeepOwner owner, RecordTenancy tenancy, SettleTenancy settle,
    ReadSession read, CurrentViewer current, TimeProvider clock, Texts L) : RecordPage(read)
{
    [BindProperty]
    public MoveInput Move { get; set; } = new();

    [BindProperty]
    public BirthInput Birth { get; set; } = new();

    [BindProperty]
    public SaidInput Said { get; set; } = new();

    [BindProperty]
    public OwningInput Owning { get; set; } = new();

    [BindProperty]
    public LetInput Let { get; set; } = new();

    [BindProperty]
    public SettleInput Settle { get; set; } = new();

    public HouseholdView View { get; private set; } = null!;
    public IReadOnlyList<Option> Buildings { get; private set; } = [];

    /// <summary>What was said to have changed behind this door.</summary>
    public IReadOnlyList<ChangeLine> Stated { get; private set; } = [];

    /// <summary>Where something is said that its holder can't register themself: a death by a grid worker, anything by a colleague.</summary>
    public string StateHref => StatedLinks.State(at: (View.Building, View.Entrance, View.Room));

    public DateOnly Today => clock.Today();

    /// <summary>The household is gone, its tenancy isn't settled yet.</summary>
    public bool MaySettle => current.Required.PostFor(GridAccess.KeepHouseholds) is not null;

    public IReadOnlyList<Option> Dwellers => [.. View.Members.Select(m => new Option(m.Code, m.Name, L.Role(m.Role)))];
    public IReadOnlyList<Option> Presences => Option.Of<Presence>(p => L[SayPresence.Word(p)]);
    public IReadOnlyList<Option> Settlings => [new("on", L["续租"]), new("end", L["已经结束"])];

    protected override string PathOf(string code) => GridLinks.Household(code);

    public Task<IActionResult> OnGetAsync(string code) => Show(code);

    public async Task<IActionResult> OnPostMoveAsync(string code)
    {
        string? there = null;
        var answer = await Do(code, "Move", nameof(Move), async c =>
        {
            var outcome = await move.Run(current.Required, Act(), new(c, Move.Members, Move.Building, Move.Entrance.Length > 0 ? Move.Entrance : null, Move.Room, Move.Head.Length > 0 ? Move.Head : null, Move.Join, Move.On), HttpContext.RequestAborted);
            there = outcome.Code;
            return outcome;
        }, () => L["已登记，两头都办好了。"]);
        // Where they live now is where one goes on from.
        return there is not null ? Redirect(GridLinks.Household(there)) : answer;
    }

    public Task<IActionResult> OnPostBirthAsync(string code) => Do(code, "Birth", nameof(Birth),
        c => birth.Run(current.Required, Act(), new(c, Birth.Name, Birth.BornOn, Birth.Guardians, Birth.Basis, Birth.Another), HttpContext.RequestAborted), () => L["已登记出生。"]);

    public Task<IActionResult> OnPostPresenceAsync(string code) => Do(code, "Presence", nameof(Said),
        c => presence.Run(current.Required, Act(), new(c, Said.Person, Said.Presence, Said.On), HttpContext.RequestAborted), () => L["已登记。"]);

    public Task<IActionResult> OnPostOwnerAsync(string code) => Do(code, "Owner", nameof(Owning),
        c => owner.Run(current.Required, Act(), new(c, Owning.Owner, Owning.On), HttpContext.RequestAborted), () => L["已登记产权人。"]);

    public Task<IActionResult> OnPostTenancyAsync(string code) => Do(code, "Tenancy", nameof(Let),
        c => tenancy.Run(current.Required, Act(), new(c, Let.Landlord, Let.From, Let.Until, Let.ContractSeen), HttpContext.RequestAborted), () => L["已登记租住。"]);

    public Task<IActionResult> OnPostSettleAsync(string code) => Do(code, "Settle", nameof(Settle), async c => Settle.What is not ("on" or "end")
            ? GridProblems.SettlingMissing
            : await settle.Run(current.Required, Act(), new(c, Settle.What == "end", Settle.On), HttpContext.RequestAborted),
        () => L["已登记。"]);

    private Act Act() => current.Required.Act(GridAccess.KeepHouseholds, OperationId.Posted(Request));

    protected override async Task<bool> Find(string code)
    {
        if (await queries.Find(current.Required, code, HttpContext.RequestAborted) is not { } view)
            return false;
        View = view;
        Stated = await changes.List(current.Required, code, HttpContext.RequestAborted);
        if (view.MayKeep)
            Buildings = [.. (await grids.Choices(HttpContext.RequestAborted)).Select(b => new Option(b.Code, b.Name) { Group = b.Compound })];
        return true;
    }

    public sealed class MoveInput
    {
        public List<string> Members { get; set; } = [];
        public string Building { get; set; } = "";
        public string Entrance { get; set; } = "";
        public string Room { get; set; } = "";
        public string Head { get; set; } = "";
        public bool Join { get; set; }
        public DateOnly? On { get; set; }
    }

    public sealed class BirthInput
    {
        public string Name { get; set; } = "";
        public DateOnly? BornOn { get; set; }
        public List<string> Guardians { get; set; } = [];
        public string Basis { get; set; } = "";
        public bool Another { get; set; }
    }

    public sealed class SaidInput
    {
        public string Person { get; set; } = "";
        public Presence? Presence { get; set; }
        public DateOnly? On { get; set; }
    }

    public sealed class OwningInput
    {
        public string Owner { get; set; } = "";
        public DateOnly? On { get; set; }
    }

    public sealed class LetInput
    {
        public string Landlord { get; set; } = "";
        public DateOnly? From { get; set; }
        public DateOnly? Until { get; set; }
        public bool ContractSeen { get; set; }
    }

    public sealed class SettleInput
    {
        public string What { get; set; } = "";
        public DateOnly? On { get; set; }
    }
}
