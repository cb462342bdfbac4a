using Hele.Civic.Grids;
using Hele.Civic.Kernel;
using Hele.Civic.Organizations;
using Hele.Web.Hosting;
using Hele.Web.Ui;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Hele.Web.Pages.Organizations.Founding;

/// <summary>Founds a body: what kind, in which grid, then the rest. Each step is a link, so that it works without script.</summary>
[Needs("body.keep")]
public sealed class FoundingModel(EstablishBody establish, BodyQueries bodies, GridQueries grids, CurrentViewer current, TimeProvider clock, Texts L) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public BodyKind? Kind { get; set; }

    /// <summary>Public code of the grid it is in.</summary>
    [BindProperty(SupportsGet = true)]
    public string In { get; set; } = "";

    [BindProperty]
    public InputModel Input { get; set; } = new();

    public DateOnly Today => clock.Today();
    public BodyType? Type => Kind is { } kind && Enum.IsDefined(kind) && MayFound(kind) ? BodyKinds.On(kind, Today) : null;
    public IReadOnlyList<BodyKind> Kinds => [.. Enum.GetValues<BodyKind>().Where(MayFound)];
    public bool NeedsGrid => Type is { Reach: Reach.Grid or Reach.GridOrBuildings or Reach.Buildings } && GridName is null;
    public string? GridName { get; private set; }
    public IReadOnlyList<Option> AllGrids { get; private set; } = [];
    public IReadOnlyList<Option> Buildings { get; private set; } = [];
    public IReadOnlyList<Option> Parents { get; private set; } = [];

    public async Task OnGetAsync() => await Load();

    public async Task<IActionResult> OnPostAsync()
    {
        await Load();
        if (!ModelState.IsValid)
            return this.Refused([]);
        var whole = Type?.Reach == Reach.Grid || (Type?.Reach == Reach.GridOrBuildings && Input.Buildings.Count == 0);
        var outcome = await establish.Run(current.Required, current.Required.Act(OrganizationAccess.KeepOf(Kind ?? default), OperationId.Posted(Request)),
            new(Kind, Input.Name, Input.Parent, whole && In.Length > 0 ? [In] : Input.Grids, Input.Buildings, Input.Speciality, Input.DutyPhone, Input.Members, Input.Size, Input.Number, Input.On, Input.Reason), HttpContext.RequestAborted);
        if (!outcome.Accepted)
            return this.Refused(outcome.Problems);
        this.Say(L["已成立。接下来登记谁任职。"]);
        return Redirect(OrganizationLinks.Keep(outcome.Code!));
    }

    private bool MayFound(BodyKind kind) => current.Required.PostFor(OrganizationAccess.KeepOf(kind)) is not null;

    private async Task Load()
    {
        if (Type is not { } type)
            return;
        var cancel = HttpContext.RequestAborted;
        var all = await grids.Grids(cancel);
        AllGrids = [.. all.Select(g => new Option(g.Code, g.Name))];
        GridName = all.FirstOrDefault(g => g.Code == In)?.Name;
        if (type.Reach is Reach.Buildings or Reach.GridOrBuildings && GridName is not null)
            Buildings = [.. (await grids.AllBuildings(cancel)).Where(b => b.GridCode == In).Select(b => new Option(b.Code, b.Address))];
        if (type.Kind == BodyKind.PartyGroup)
            Parents = [.. (await bodies.List(current.Viewer, cancel)).Where(b => BodyKinds.Branches.Contains(b.Kind)).Select(b => new Option(b.Code, b.Name))];
    }

    public sealed class InputModel
    {
        public string Name { get; set; } = "";
        public string Parent { get; set; } = "";
        public List<string> Grids { get; set; } = [];
        public List<string> Buildings { get; set; } = [];
        public string Speciality { get; set; } = "";
        public string DutyPhone { get; set; } = "";
        public int? Members { get; set; }
        public int? Size { get; set; }
        public int? Number { get; set; }
        public DateOnly? On { get; set; }
        public string Reason { get; set; } = "";
    }
}
