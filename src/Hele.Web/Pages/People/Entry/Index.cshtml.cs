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
public sealed class EntryModel(PeopleQueries queries, OpenPersonPhone phone, CorrectPerson correct, KeepGuardianship guardianship, PersonLeft left, ReadSession read, CurrentViewer current,
    TimeProvider clock, Texts L) : PageModel
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

    /// <summary>People of the typed name, when there are several.</summary>
    public IReadOnlyList<PersonLine> SameName { get; private set; } = [];

    /// <summary>The form that was sent and refused; it stands open.</summary>
    public string Form { get; private set; } = "";

    public DateOnly Today => clock.Today();
    public bool MayOpen => Person.IsOwn || PeopleAccess.Keeps(current.Required, PeopleAccess.OpenPhone);
    public bool MayCorrect => PeopleAccess.Keeps(current.Required, PeopleAccess.Correct);
    public bool MayGuard => PeopleAccess.Keeps(current.Required, PeopleAccess.KeepGuardianship);
    public IReadOnlyList<Option> Sides => [new("ward", L["被监护人"]), new("guardian", L["监护人"])];

    public string ActionOf(string handler) => $"{PeopleLinks.Entry(Person.Code)}?handler={handler}";

    public string NameOf(string name) => name.Length == 0 ? L["（已删除）"] : name;

    public async Task<IActionResult> OnGetAsync()
    {
        if (!await Load())
            return NotFound();
        // A resident has a page of their own for all of it.
        return PeopleAccess.Keeps(current.Required, PeopleAccess.See) ? Page() : Redirect(MyDataModel.Path);
    }

    public async Task<IActionResult> OnPostPhoneAsync()
    {
        if (!await Load())
            return NotFound();
        var opened = await phone.Run(current.Required, current.Required.Act(PeopleAccess.OpenPhone, Guid.CreateVersion7()), Person.Code, Way.Page, HttpContext.RequestAborted);
        Form = "Phone";
        if (!opened.IsOpen)
            return this.Refused(opened.Problems);
        FullPhone = opened.Values[0];
        return Page();
    }

    public async Task<IActionResult> OnPostCorrectAsync()
    {
        if (!await Load(typed: true))
            return NotFound();
        return Answer("Correct", L["已更正。"], await correct.Run(current.Required, Act(PeopleAccess.Correct), new(Person.Code, Correct.Name, Correct.Address, Correct.NewPhone), HttpContext.RequestAborted));
    }

    public async Task<IActionResult> OnPostGuardAsync()
    {
        if (!await Load())
            return NotFound();
        Form = "Guard";
        if (Guard.Side is not ("ward" or "guardian"))
            return this.Refused(PeopleProblems.SideMissing, "Guard");
        var others = await queries.ByNameOrCode(current.Required, Guard.Other, HttpContext.RequestAborted);
        if (others.Count != 1)
        {
            SameName = others;
            return this.Refused(others.Count == 0 ? PeopleProblems.OtherUnknown : PeopleProblems.OtherAmbiguous, "Guard");
        }
        var (guardian, ward) = Guard.Side == "ward" ? (others[0].Code, Person.Code) : (Person.Code, others[0].Code);
        return Answer("Guard", L["监护关系已登记。"], await guardianship.Run(current.Required, Act(PeopleAccess.KeepGuardianship), new(guardian, ward, Guard.Basis), HttpContext.RequestAborted));
    }

    public async Task<IActionResult> OnPostEndGuardAsync()
    {
        if (!await Load())
            return NotFound();
        if (!Person.Guardianships.Any(g => g.GuardianCode == Guard.Guardian && g.WardCode == Guard.Ward))
            return NotFound();
        return Answer("Guard", L["监护关系已终止。"], await guardianship.Run(current.Required, Act(PeopleAccess.KeepGuardianship), new(Guard.Guardian, Guard.Ward, null, End: true), HttpContext.RequestAborted));
    }

    public async Task<IActionResult> OnPostLeftAsync()
    {
        if (!await Load())
            return NotFound();
        return Answer("Left", L["已登记为离开。"], await left.Run(current.Required, Act(PeopleAccess.Correct), new(Person.Code, Left.On), HttpContext.RequestAborted));
    }

    public async Task<IActionResult> OnPostBackAsync()
    {
        if (!await Load())
            return NotFound();
        return Answer("Left", L["已撤销。"], await left.Run(current.Required, Act(PeopleAccess.Correct), new(Person.Code, null, Back: true), HttpContext.RequestAborted));
    }

    /// <summary>No act of that name.</summary>
    public async Task<IActionResult> OnPostAsync() => await Load() ? BadRequest() : NotFound();

    private Act Act(Permission what) => current.Required.Act(what, OperationId.Posted(Request));

    private IActionResult Answer(string form, string said, Outcome outcome)
    {
        Form = form;
        if (!outcome.Accepted)
            return this.Refused(outcome.Problems.Select(p => p.Field == "Guardian" ? p.On("Other") : p), form);
        this.Say(said);
        return Redirect(PeopleLinks.Entry(Person.Code));
    }

    /// <param name="typed">True where the posted form's own values stand in the correction.</param>
    private async Task<bool> Load(bool typed = false)
    {
        await read.Refresh();
        // What is no code is nobody's: asked for all the same, so that both take the same path.
        PublicCode.TryParse(RouteData.Values["code"] as string, out var code);
        if (await queries.Find(current.Required, code.Text, HttpContext.RequestAborted) is not { } found)
            return false;
        Person = found;
        if (!typed)
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
