using Hele.Civic.Grids;
using Hele.Civic.Kernel;
using Hele.Civic.Platform.Storage;
using Hele.Web.Hosting;
using Hele.Web.Ui;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Hele.Web.Pages.Grids.Stating;

/// <summary>Says that something changed: first what, then the little that belongs to it.</summary>
[Needs("change.tell")]
public sealed class StatingModel(StateChange state, ChangeQueries queries, GridQueries grids, ReadSession read, CurrentViewer current, TimeProvider clock, Texts L, Fmt fmt) : PageModel
{
    /// <summary>Null while it hasn't been chosen.</summary>
    [BindProperty(SupportsGet = true)]
    public ChangeKind? Kind { get; set; }

    /// <summary>Public code of one's own refused one, which is put right.</summary>
    [BindProperty(SupportsGet = true)]
    public string Prior { get; set; } = "";

    /// <summary>About a door that isn't one's own.</summary>
    [BindProperty(SupportsGet = true)]
    public bool Elsewhere { get; set; }

    [BindProperty]
    public InputModel Input { get; set; } = new();

    public OwnHousehold? Home { get; private set; }
    public SaidBefore? Before { get; private set; }
    public IReadOnlyList<Option> Buildings { get; private set; } = [];
    public DateOnly Due { get; private set; }

    public DateOnly Today => clock.Today();
    public bool IsStaff => current.Required.IsStaff;

    /// <summary>The door is named in the form: another's, or the one a resident moved in behind.</summary>
    public bool NamesDoor => Elsewhere || Home is null;

    public bool AsksMembers => !NamesDoor && Kind is (ChangeKind.MovedOut or ChangeKind.Died or ChangeKind.Phone or ChangeKind.Name);
    public bool AsksName => NamesDoor || Kind is ChangeKind.MovedIn;
    public bool AsksDay => Kind is ChangeKind.MovedOut or ChangeKind.MovedIn or ChangeKind.Died or ChangeKind.Let;

    public IReadOnlyList<Option> Members => [.. (Home?.Members ?? []).Select(m => new Option(m.Code, m.Name, L.Role(m.Role)))];

    /// <summary>What there is to choose from here; somebody whom the register places nowhere can say where they moved in.</summary>
    public IReadOnlyList<ChangeKind> Kinds => Home is null && !IsStaff ? [ChangeKind.MovedIn] : Enum.GetValues<ChangeKind>();

    public string KindHref(ChangeKind kind) => StatedLinks.State(kind, Elsewhere && Input.Building.Length > 0 ? (Input.Building, Input.Entrance, Input.Room) : null) + (Elsewhere && Input.Building.Length == 0 ? "&elsewhere=true" : "");

    public string KindsHref => StatedLinks.State(at: Elsewhere && Input.Building.Length > 0 ? (Input.Building, Input.Entrance, Input.Room) : null) + (Elsewhere && Input.Building.Length == 0 ? "?elsewhere=true" : "");

    public string AboutLabel => Kind switch
    {
        ChangeKind.MovedIn => Home is null && !Elsewhere ? L["您的姓名"] : L["谁搬来？写姓名"],
        _ => L["说的是谁？写姓名"],
    };

    public string TextLabel => Kind switch
    {
        ChangeKind.MovedOut => L["搬到哪里，还有什么要说的"],
        ChangeKind.Let => L["租给谁、租到哪天，或者哪天不租了"],
        ChangeKind.Name or ChangeKind.Other => L["现在登记的是什么，应该是什么"],
        _ => L["还有什么要说的"],
    };

    public async Task<IActionResult> OnGetAsync(string? building, string? entrance, string? room)
    {
        if (!await Load())
            return NotFound();
        if (!string.IsNullOrEmpty(building) && PublicCode.TryParse(building, out var code))
            (Elsewhere, Input.Building, Input.Entrance, Input.Room) = (true, code.Text, entrance ?? "", room ?? "");
        if (Before is { } before)
        {
            Kind ??= before.Kind;
            (Input.Text, Input.HappenedOn) = (before.Text, before.HappenedOn);
            if (before.OfOwnHousehold)
            {
                var names = before.About.Split('\u3001');
                Input.Members = [.. (Home?.Members ?? []).Where(m => names.Contains(m.Name)).Select(m => m.Code)];
                Input.About = AsksMembers ? "" : before.About;
            }
            else
            {
                (Elsewhere, Input.Building, Input.Entrance, Input.Room, Input.About) = (Home is not null, before.Building, before.Entrance ?? "", before.Room, before.About);
            }
        }
        if (Elsewhere && !IsStaff && Home is not null)
            return NotFound();
        if (Home is null && !IsStaff && Kind is not null and not ChangeKind.MovedIn)
            Kind = null;
        return Page();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        if (!await Load())
            return NotFound();
        var outcome = await state.Run(current.Required, current.Required.Act(StatedAccess.Tell, OperationId.Posted(Request)),
            new(Kind, NamesDoor ? Input.Building : null, Input.Entrance.Length > 0 ? Input.Entrance : null, Input.Room, AsksMembers ? Input.Members : [], AsksMembers ? null : Input.About, Input.Text, AsksDay ? Input.HappenedOn : null, Prior.Length > 0 ? Prior : null), HttpContext.RequestAborted);
        if (!outcome.Accepted)
        {
            await read.Refresh();
            await Load();
            // A door must be named where there is none of one's own.
            return this.Refused(NamesDoor && Input.Building.Length == 0 ? [GridProblems.TargetBuildingMissing] : outcome.Problems);
        }
        this.Say(L["已报告，{0}前核实。核实以后通知您。", fmt.Date(Due)]);
        return Redirect(StatedLinks.Of(outcome.Code!));
    }

    private async Task<bool> Load()
    {
        var cancel = HttpContext.RequestAborted;
        Home = await queries.Own(current.Required, cancel);
        Due = await queries.DueIfSaidNow(current.Required, cancel);
        Buildings = NamesDoor || IsStaff ? [.. (await grids.Choices(cancel)).Select(b => new Option(b.Code, b.Name) { Group = b.Compound })] : [];
        if (Prior.Length == 0)
            return true;
        if (!PublicCode.TryParse(Prior, out var code))
            return false;
        Before = await queries.Refused(current.Required, code.Text, cancel);
        return Before is not null;
    }

    public sealed class InputModel
    {
        public string Building { get; set; } = "";
        public string Entrance { get; set; } = "";
        public string Room { get; set; } = "";
        public List<string> Members { get; set; } = [];
        public string About { get; set; } = "";
        public string Text { get; set; } = "";
        public DateOnly? HappenedOn { get; set; }
    }
}
