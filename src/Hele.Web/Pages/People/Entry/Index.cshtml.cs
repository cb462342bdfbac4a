using Hele.Civic.Kernel;
using Hele.Civic.People;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Sealing;
using Hele.Civic.Platform.Storage;
using Hele.Web.Hosting;
using Hele.Web.Pages.Account.Data;
using Hele.Web.Ui;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Hele.Web.Pages.People.Entry;

/// <summary>One entry of the register and what its keepers may do with it. Who looked at it is shown to its person only, on their own page.</summary>
[Needs("person.see")]
public sealed class EntryModel(PeopleQueries queries, OpenPersonPhone phone, OpenBirthday birthday, CorrectPerson correct, KeepGuardianship guardianship, PersonLeft left, ReadSession read, CurrentViewer current,
    TimeProvider clock, Texts L) : RecordPage(read)
{
    [BindProperty]
    public CorrectInput Correct { get; set; } = new();

    [BindProperty]
    public GuardInput Guard { get; set; } = new();

    [BindProperty]
    public LeftInput Left { get; set; } = new();

    public PersonView Person { get; private set; } = null!;

    /// <summary>The full number, after it was asked for on this page.</summary>
    public string? FullPhone { get; private set; }

    /// <summary>The day of birth, after it was asked for on this page.</summary>
    public DateOnly? FullBirthday { get; private set; }

    /// <summary>People of the typed name, when there are several.</summary>
    public IReadOnlyList<PersonLine> SameName { get; private set; } = [];

    public DateOnly Today => clock.Today();
    public bool MayOpen => Person.IsOwn || PeopleAccess.Keeps(current.Required, PeopleAccess.OpenPhone);
    public bool MayOpenBirthday => Person.IsOwn || PeopleAccess.Keeps(current.Required, PeopleAccess.OpenBirthday);
    public bool MayRecordDeath => PeopleAccess.Keeps(current.Required, PeopleAccess.RecordDeath);
    public bool MayCorrect => PeopleAccess.Keeps(current.Required, PeopleAccess.Correct);
    public bool MayGuard => PeopleAccess.Keeps(current.Required, PeopleAccess.KeepGuardianship);
    public IReadOnlyList<Option> Sides => [new("ward", L["被监护人"]), new("guardian", L["监护人"])];

    public string NameOf(string name) => name.Length == 0 ? L["（已删除）"] : name;

    protected override string PathOf(string code) => PeopleLinks.Entry(code);

    /// <summary>A resident has a page of their own for all of it.</summary>
    public async Task<IActionResult> OnGetAsync(string code) =>
        await Show(code) is var answer && answer is PageResult && !PeopleAccess.Keeps(current.Required, PeopleAccess.See) ? Redirect(MyDataModel.Path) : answer;

    public async Task<IActionResult> OnPostPhoneAsync(string code)
    {
        if (!PublicCode.TryParse(code, out var parsed) || !await Load(parsed.Text))
            return NotFound();
        RefusedForm = "Phone";
        var opened = await phone.Run(current.Required, current.Required.Act(PeopleAccess.OpenPhone, Guid.CreateVersion7()), Code, Way.Page, HttpContext.RequestAborted);
        if (!opened.IsOpen)
            return this.Refused(opened.Problems);
        FullPhone = opened.Values[0];
        return Page();
    }

    public async Task<IActionResult> OnPostBirthdayAsync(string code)
    {
        if (!PublicCode.TryParse(code, out var parsed) || !await Load(parsed.Text))
            return NotFound();
        RefusedForm = "Birthday";
        var opened = await birthday.Run(current.Required, current.Required.Act(PeopleAccess.OpenBirthday, Guid.CreateVersion7()), Code, Way.Page, HttpContext.RequestAborted);
        if (!opened.IsOpen)
            return this.Refused(opened.Problems);
        FullBirthday = DateOnly.TryParseExact(opened.Values[0], "yyyy-MM-dd", out var day) ? day : null;
        return Page();
    }

    public Task<IActionResult> OnPostCorrectAsync(string code) => Do(code, "Correct", nameof(Correct),
        c => correct.Run(current.Required, Act(PeopleAccess.Correct), new(c, Correct.Name, Correct.Address, Correct.NewPhone) { BornOn = Correct.BornOn }, HttpContext.RequestAborted), () => L["已更正。"]);

    public Task<IActionResult> OnPostGuardAsync(string code) => Do(code, "Guard", nameof(Guard), async c =>
    {
        if (Guard.Side is not ("ward" or "guardian"))
            return PeopleProblems.SideMissing;
        var others = await queries.ByNameOrCode(current.Required, Guard.Other, HttpContext.RequestAborted);
        if (others.Count != 1)
        {
            SameName = others;
            return others.Count == 0 ? PeopleProblems.OtherUnknown : PeopleProblems.OtherAmbiguous;
        }
        var (guardian, ward) = Guard.Side == "ward" ? (others[0].Code, c) : (c, others[0].Code);
        return await guardianship.Run(current.Required, Act(PeopleAccess.KeepGuardianship), new(guardian, ward, Guard.Basis), HttpContext.RequestAborted);
    }, () => L["监护关系已登记。"]);

    /// <summary>Only one that stands on this page.</summary>
    public Task<IActionResult> OnPostEndGuardAsync(string code) => Do(code, "EndGuard", nameof(Guard), async c =>
        await Load(c) && Person.Guardianships.Any(g => g.GuardianCode == Guard.Guardian && g.WardCode == Guard.Ward)
            ? await guardianship.Run(current.Required, Act(PeopleAccess.KeepGuardianship), new(Guard.Guardian, Guard.Ward, null, End: true), HttpContext.RequestAborted)
            : PeopleProblems.NotFound, () => L["监护关系已终止。"]);

    public Task<IActionResult> OnPostLeftAsync(string code) => Do(code, "Left", nameof(Left),
        c => left.Run(current.Required, Act(PeopleAccess.Correct), new(c, Left.On), HttpContext.RequestAborted), () => L["已登记为离开。"]);

    public Task<IActionResult> OnPostBackAsync(string code) => Do(code, "Back", nameof(Left),
        c => left.Run(current.Required, Act(PeopleAccess.Correct), new(c, null, Back: true), HttpContext.RequestAborted), () => L["已撤销。"]);

    private Act Act(Permission what) => current.Required.Act(what, OperationId.Posted(Request));

    protected override async Task<bool> Find(string code)
    {
        if (await queries.Find(current.Required, code, HttpContext.RequestAborted) is not { } found)
            return false;
        Person = found;
        if (RefusedForm != nameof(Correct))
            (Correct.Name, Correct.Address) = (found.Name, found.Address ?? "");
        return true;
    }

    public sealed class GuardInput
    {
        public string Side { get; set; } = "";
        public string Other { get; set; } = "";
        public string Basis { get; set; } = "";

        /// <summary>Public codes, where one is ended.</summary>
        public string Guardian { get; set; } = "";

        /// <inheritdoc cref="Guardian"/>
        public string Ward { get; set; } = "";
    }

    public sealed class LeftInput
    {
        public DateOnly? On { get; set; }
    }
}
