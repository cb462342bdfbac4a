using Hele.Civic.Grids;
using Hele.Civic.Kernel;
using Hele.Civic.People;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Storage;
using Hele.Web.Hosting;
using Hele.Web.Ui;
using Microsoft.AspNetCore.Mvc;

namespace Hele.Web.Pages.Grids.Checking;

/// <summary>One stated change: for whoever said it what came of it, for its keeper the check, with which it is registered.</summary>
[Needs("change.tell")]
public sealed class CheckingModel(ChangeQueries queries, CheckChange check, WithdrawChange withdraw, HouseholdQueries households, GridQueries grids, ReadSession read, CurrentViewer current, TimeProvider clock, Texts L) : RecordPage(read)
{
    /// <summary>What stands for "not in the register yet" among the people to choose from.</summary>
    public const string NotThere = "new";

    [BindProperty]
    public YesInput Yes { get; set; } = new();

    [BindProperty]
    public NoInput No { get; set; } = new();

    public ChangeView View { get; private set; } = null!;
    public IReadOnlyList<Option> Buildings { get; private set; } = [];

    /// <summary>Whoever the typed name or code may be, of somebody who moved in.</summary>
    public IReadOnlyList<PersonLine> Found { get; private set; } = [];

    public DateOnly Today => clock.Today();
    public bool ForStaff => current.Required.IsStaff;
    public bool MayEnter => current.Required.PostFor(PeopleAccess.Register) is not null;

    public IReadOnlyList<Option> Members => [.. View.Members.Select(m => new Option(m.Code, m.Name, L.Role(m.Role)))];
    public IReadOnlyList<Option> Checks => Option.Of<ChangeCheck>(c => L[StatedChange.Word(c)]);
    public IReadOnlyList<Option> Sources => Option.Of<DeathSource>(s => L[Death.Word(s)]);
    public IReadOnlyList<Option> Roles => Option.Of<HouseholdRole>(L.Role);
    public IReadOnlyList<Option> Lettings => View.HasTenancy ? [new("false", L["续租"]), new("true", L["已经结束"])] : [];

    public IReadOnlyList<Option> WentTos => [.. Enum.GetValues<WentTo>().Where(w => w != WentTo.Left || current.Required.PostFor(PeopleAccess.Correct) is not null).Select(w => new Option(w.ToString(), w switch
    {
        WentTo.Within => L["搬到社区内别处"],
        WentTo.Left => L["离开本社区"],
        _ => L["搬离这里，去处不清楚"],
    }, w switch
    {
        WentTo.Within => L["下面写搬到哪里，两头一次办好"],
        WentTo.Left => L["登记只再保存一段时间"],
        _ => null,
    }))];

    public IReadOnlyList<Option> Comers => [.. Found.Select(p => new Option(p.Code, p.Name, p.Address)), .. MayEnter ? [new Option(NotThere, L["登记里还没有，新登记一位"])] : Array.Empty<Option>()];

    protected override string PathOf(string code) => StatedLinks.Of(code);

    public Task<IActionResult> OnGetAsync(string code) => Show(code);

    public Task<IActionResult> OnPostYesAsync(string code) => Do(code, "Yes", nameof(Yes), c => check.Run(current.Required, current.Required.Act(StatedAccess.Check, OperationId.Posted(Request)), new(c, true, Yes.Check, Yes.Answer)
    {
        People = [.. Yes.People.Where(p => p.Length > 0 && p != NotThere)], IsNew = Yes.People.Contains(NotThere), Name = Yes.Name, Phone = Yes.Phone, On = Yes.On, BornOn = Yes.BornOn, Another = Yes.Another, Guardians = Yes.Guardians, Basis = Yes.Basis,
        Source = Yes.Source, ToldBy = Yes.ToldBy, Role = Yes.Role, LeavesOther = Yes.LeavesOther, To = Yes.To, Building = Yes.Building, Entrance = Yes.Entrance, Room = Yes.Room, Join = Yes.Join,
        Landlord = Yes.Landlord, Until = Yes.Until, ContractSeen = Yes.ContractSeen, Ends = Yes.Ends,
    }, HttpContext.RequestAborted), () => L["核实属实，已登记，也通知了报告的人。"]);

    public Task<IActionResult> OnPostNoAsync(string code) => Do(code, "No", nameof(No), c => check.Run(current.Required, current.Required.Act(StatedAccess.Check, OperationId.Posted(Request)), new(c, false, No.Check, No.Answer), HttpContext.RequestAborted),
        () => L["没有登记，原因已通知报告的人。"]);

    public Task<IActionResult> OnPostWithdrawAsync(string code) => Do(code, "Withdraw", "", c => withdraw.Run(current.Required, current.Required.Act(StatedAccess.Tell, OperationId.Posted(Request)), new(c), HttpContext.RequestAborted), () => L["已撤回。"]);

    protected override async Task<bool> Find(string code)
    {
        if (await queries.Find(current.Required, code, HttpContext.RequestAborted) is not { } view)
            return false;
        View = view;
        if (!view.MayCheck)
            return true;
        if (view.Kind == ChangeKind.MovedOut)
            Buildings = [.. (await grids.Choices(HttpContext.RequestAborted)).Select(b => new Option(b.Code, b.Name) { Group = b.Compound })];
        Found = Yes.Name.Length > 0 && view.Kind == ChangeKind.MovedIn ? await households.Comers(current.Required, Yes.Name, HttpContext.RequestAborted) : view.Known;
        if (RefusedForm is not null)
            return true;
        // What was said, as far as it fits, stands in the form.
        Yes.People = view.Kind == ChangeKind.MovedIn ? Found.Count == 1 ? [Found[0].Code] : [] : view.Kind == ChangeKind.MovedOut || view.Named.Count == 1 ? [.. view.Named] : [];
        (Yes.On, Yes.Name) = (view.HappenedOn, view.Kind == ChangeKind.MovedIn ? view.About : "");
        return true;
    }

    public sealed class YesInput
    {
        public ChangeCheck? Check { get; set; }
        public string Answer { get; set; } = "";
        public List<string> People { get; set; } = [];
        public string Name { get; set; } = "";
        public string Phone { get; set; } = "";
        public DateOnly? On { get; set; }
        public DateOnly? BornOn { get; set; }
        public bool Another { get; set; }
        public List<string> Guardians { get; set; } = [];
        public string Basis { get; set; } = "";
        public DeathSource? Source { get; set; }
        public string ToldBy { get; set; } = "";
        public HouseholdRole Role { get; set; } = HouseholdRole.Family;
        public bool LeavesOther { get; set; }
        public WentTo? To { get; set; }
        public string Building { get; set; } = "";
        public string Entrance { get; set; } = "";
        public string Room { get; set; } = "";
        public bool Join { get; set; }
        public string Landlord { get; set; } = "";
        public DateOnly? Until { get; set; }
        public bool ContractSeen { get; set; }
        public bool Ends { get; set; }
    }

    public sealed class NoInput
    {
        public ChangeCheck? Check { get; set; }
        public string Answer { get; set; } = "";
    }
}
