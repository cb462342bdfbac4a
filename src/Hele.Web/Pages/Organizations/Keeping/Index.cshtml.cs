using Hele.Civic.Grids;
using Hele.Civic.Kernel;
using Hele.Civic.Organizations;
using Hele.Civic.People;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Storage;
using Hele.Web.Hosting;
using Hele.Web.Ui;
using Microsoft.AspNetCore.Mvc;

namespace Hele.Web.Pages.Organizations.Keeping;

/// <summary>What can be done with a body: seats, a new term, other places, another name, its end.</summary>
[Needs("body.keep")]
public sealed class KeepingModel(BodyQueries queries, GridQueries grids, PeopleQueries people, SeatPerson seat, EndSeat end, RenewTerm renew, CoverPlaces cover, CorrectBody correct, DissolveBody dissolve, ShareDuties share,
    ReadSession read, CurrentViewer current, TimeProvider clock, Texts L) : RecordPage(read)
{
    [BindProperty] public TakeInput Take { get; set; } = new();
    [BindProperty] public LeaveInput Leave { get; set; } = new();
    [BindProperty] public RenewInput Renew { get; set; } = new();
    [BindProperty] public CoverInput Cover { get; set; } = new();
    [BindProperty] public CorrectInput Correct { get; set; } = new();
    [BindProperty] public DissolveInput Dissolve { get; set; } = new();
    [BindProperty] public ShareInput Share { get; set; } = new();

    /// <summary>Public code of a further grid whose buildings can be chosen.</summary>
    [BindProperty(SupportsGet = true)]
    public string In { get; set; } = "";

    public BodyView View { get; private set; } = null!;
    public DateOnly Today => clock.Today();
    public BodyType Type => BodyKinds.On(View.Line.Kind, Today);

    /// <summary>Whoever the typed name may be.</summary>
    public IReadOnlyList<Option> Found { get; private set; } = [];

    public IReadOnlyList<Option> SeatKinds => [.. Type.Seats.Select(s => new Option(s.Kind.ToString(), L[s.Title]))];
    public IReadOnlyList<Option> Duties => [.. TeamDuties.All.Select(d => new Option(d.Code, L[d.Title], L.DutyKinds(d)))];
    public IReadOnlyList<Option> Skills => [.. TeamDuties.Skills.Select(s => new Option(s.Code, L[s.Title]))];
    public IReadOnlyList<Option> Ways => Option.Of<SeatWay>(L.How);
    public IReadOnlyList<Option> Reasons => [.. Option.Of<SeatEnd>(L.Why).Where(o => o.Value is not (nameof(SeatEnd.Dissolved) or nameof(SeatEnd.Erased)))];
    public IReadOnlyList<Option> Sitting => [.. View.Seats.Where(s => s.To is null).Select(s => new Option(s.Code, s.Name, L[s.Title] + (s.Building is null ? "" : " " + s.Building)))];
    public IReadOnlyList<Option> Grids { get; private set; } = [];
    public IReadOnlyList<Option> Buildings { get; private set; } = [];
    public IReadOnlyList<Option> Houses { get; private set; } = [];
    public IReadOnlyList<Option> Parents { get; private set; } = [];

    protected override string PathOf(string code) => OrganizationLinks.Keep(code);

    public Task<IActionResult> OnGetAsync(string code) => Show(code);

    public async Task<IActionResult> OnPostTakeAsync(string code)
    {
        // A name that fits one person alone is that person; several are offered.
        if (Take.Person.Length == 0 && Take.Name.Length > 0)
        {
            var found = await people.ByNameOrCode(current.Required, Take.Name, HttpContext.RequestAborted);
            if (found.Count == 1)
                Take.Person = found[0].Code;
            else
                Found = [.. found.Select(p => new Option(p.Code, p.Name, p.Address))];
        }
        return await Do(code, nameof(Take), nameof(Take), canonical => seat.Run(current.Required, Act(), new(canonical, Take.Seat, Take.Person, Take.How, Take.Households, Take.Building, Take.NoKin, Take.On), HttpContext.RequestAborted), () => L["已登记任职。"]);
    }

    public Task<IActionResult> OnPostLeaveAsync(string code) => Do(code, nameof(Leave), nameof(Leave), _ => end.Run(current.Required, Act(), new(Leave.Seat, Leave.Why, Leave.On, Leave.Reason), HttpContext.RequestAborted), () => L["已登记离任。"]);

    public Task<IActionResult> OnPostRenewAsync(string code) => Do(code, nameof(Renew), nameof(Renew), canonical => renew.Run(current.Required, Act(), new(canonical, Renew.On, Renew.Members, Renew.Size, Renew.Stay, Renew.Reason), HttpContext.RequestAborted), () => L["新一届已开始。"]);

    public Task<IActionResult> OnPostCoverAsync(string code) => Do(code, nameof(Cover), nameof(Cover), canonical => cover.Run(current.Required, Act(), new(canonical, Cover.Grids, Cover.Buildings, Cover.Reason), HttpContext.RequestAborted), () => L["范围已更新。"]);

    public Task<IActionResult> OnPostCorrectAsync(string code) => Do(code, nameof(Correct), nameof(Correct), canonical => correct.Run(current.Required, Act(), new(canonical, Correct.Name, Correct.Parent, Correct.Speciality, Correct.DutyPhone), HttpContext.RequestAborted), () => L["已更正。"]);

    public Task<IActionResult> OnPostDissolveAsync(string code) => Do(code, nameof(Dissolve), nameof(Dissolve), canonical => dissolve.Run(current.Required, Act(), new(canonical, Dissolve.On, Dissolve.Reason), HttpContext.RequestAborted), () => L["组织已撤销。"], OrganizationLinks.Of(code));

    public Task<IActionResult> OnPostShareAsync(string code) => Do(code, nameof(Share), nameof(Share), _ => share.Run(current.Required, Act(), new(Share.Seat, Share.Duties, Share.Skill), HttpContext.RequestAborted), () => L["分工已保存。"], OrganizationLinks.Of(code) + "#team");

    private Act Act() => current.Required.Act(OrganizationAccess.Keep, OperationId.Posted(Request));

    protected override async Task<bool> Find(string code)
    {
        var cancel = HttpContext.RequestAborted;
        if (await queries.Find(current.Required, code, cancel) is not { To: null } view || current.Required.PostFor(OrganizationAccess.KeepOf(view.Line.Kind)) is null)
            return false;
        View = view;
        var places = view.Line.Places;
        if (Type.Reach != Reach.None || view.Line.Kind == BodyKind.BuildingLeads)
        {
            Grids = [.. (await grids.Grids(cancel)).Select(g => new Option(g.Code, g.Name))];
            var all = await grids.AllBuildings(cancel);
            var near = places.Where(p => p.IsGrid).Select(p => p.Code).Concat(all.Where(b => places.Any(p => p.Code == b.Code)).Select(b => b.GridCode)).Append(In).ToHashSet();
            Buildings = [.. all.Where(b => near.Contains(b.GridCode) || places.Any(p => p.Code == b.Code)).Select(b => new Option(b.Code, b.Address, b.Grid))];
            Houses = [.. all.Select(b => new Option(b.Code, b.Address) { Group = b.Grid })];
        }
        if (view.Line.Kind == BodyKind.PartyGroup)
            Parents = [.. (await queries.List(current.Viewer, cancel)).Where(b => BodyKinds.Branches.Contains(b.Kind)).Select(b => new Option(b.Code, b.Name))];
        if (RefusedForm != nameof(Cover))
            (Cover.Grids, Cover.Buildings) = ([.. places.Where(p => p.IsGrid).Select(p => p.Code)], [.. places.Where(p => !p.IsGrid).Select(p => p.Code)]);
        if (RefusedForm != nameof(Correct))
            (Correct.Name, Correct.Parent, Correct.Speciality, Correct.DutyPhone) = (view.Line.Name, view.Line.ParentCode ?? "", view.Line.Speciality ?? "", view.Line.DutyPhone ?? "");
        return true;
    }

    public sealed class TakeInput
    {
        public SeatKind? Seat { get; set; }
        public string Name { get; set; } = "";
        public string Person { get; set; } = "";
        public SeatWay? How { get; set; }
        public int? Households { get; set; }
        public string Building { get; set; } = "";
        public bool NoKin { get; set; }
        public DateOnly? On { get; set; }
    }

    public sealed class LeaveInput
    {
        public string Seat { get; set; } = "";
        public SeatEnd? Why { get; set; }
        public DateOnly? On { get; set; }
        public string Reason { get; set; } = "";
    }

    public sealed class RenewInput
    {
        public DateOnly? On { get; set; }
        public int? Members { get; set; }
        public int? Size { get; set; }
        public List<string> Stay { get; set; } = [];
        public string Reason { get; set; } = "";
    }

    public sealed class CoverInput
    {
        public List<string> Grids { get; set; } = [];
        public List<string> Buildings { get; set; } = [];
        public string Reason { get; set; } = "";
    }

    public sealed class CorrectInput
    {
        public string Name { get; set; } = "";
        public string Parent { get; set; } = "";
        public string Speciality { get; set; } = "";
        public string DutyPhone { get; set; } = "";
    }

    public sealed class ShareInput
    {
        public string Seat { get; set; } = "";
        public List<string> Duties { get; set; } = [];
        public string Skill { get; set; } = "";
    }

    public sealed class DissolveInput
    {
        public DateOnly? On { get; set; }
        public string Reason { get; set; } = "";
    }
}
