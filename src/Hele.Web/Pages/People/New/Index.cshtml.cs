using Hele.Civic.Kernel;
using Hele.Civic.People;
using Hele.Civic.Platform.Access;
using Hele.Web.Hosting;
using Hele.Web.Ui;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Hele.Web.Pages.People.New;

/// <summary>The counter enters somebody; whoever may be the same person is shown before a second press saves.</summary>
[Needs("person.register")]
public sealed class NewPersonModel(EnterPerson enter, PeopleQueries queries, OpenPeoplePhones phones, CurrentViewer current, Texts L) : PageModel
{
    [BindProperty]
    public InputModel Input { get; set; } = new();

    /// <summary>Who may be the same person.</summary>
    public IReadOnlyList<PersonLine> Same { get; private set; } = [];

    /// <summary>Those among them who have the typed number.</summary>
    public IReadOnlySet<string> SameNumber { get; private set; } = new HashSet<string>();

    /// <summary>Set when this form was sent before with other content: who was registered then.</summary>
    public string? SentBefore { get; private set; }

    /// <summary>The operation the form shall carry; null to keep the posted one.</summary>
    public Guid? Operation { get; private set; }

    public void OnGet()
    {
    }

    public async Task<IActionResult> OnPostAsync()
    {
        var (viewer, cancel) = (current.Required, HttpContext.RequestAborted);
        var input = new EnterPerson.Input(Input.Name, Input.Address, Input.Phone, [.. Input.Seen.Split(',', StringSplitOptions.RemoveEmptyEntries).Take(50)], Input.Anyway) { BornOn = Input.BornOn };
        // A day that is none is said, not left out.
        if (!ModelState.IsValid)
            return this.Refused(EnterPerson.Check(input));
        var outcome = await enter.Run(viewer, viewer.Act(PeopleAccess.Register, OperationId.Posted(Request)), input, cancel);
        if (outcome.Accepted)
        {
            this.Say(L["已登记。"]);
            return Redirect(PeopleLinks.Entry(outcome.Code!));
        }
        if (outcome.SentBefore is { } before)
            (SentBefore, Operation) = (before, OperationIds.ToSendAsNew());
        if (outcome.Problems.Contains(PeopleProblems.Duplicate))
        {
            Same = await queries.PerhapsTheSame(viewer, Input.Name, Input.Address, cancel);
            if (Phone.Normalize(Input.Phone) is { Length: > 0 } digits)
            {
                // Saying whose number it is shows it: they get to know.
                var found = await phones.ByNumber(viewer, viewer.Act(PeopleAccess.OpenPhone, Guid.CreateVersion7()), digits, cancel);
                SameNumber = found.People.Select(p => p.Code).ToHashSet();
                Same = [.. Same, .. found.People.Where(p => Same.All(s => s.Code != p.Code)).Select(p => new PersonLine(p.Id, p.Code, p.Name, p.Address, p.Phone, null, null))];
            }
            // Who was not shown before has to be compared first.
            ModelState.Remove("Input.Anyway");
            Input.Anyway = false;
        }
        return this.Refused(outcome.Problems);
    }

    public sealed class InputModel
    {
        public string Name { get; set; } = "";
        public string Address { get; set; } = "";
        public string Phone { get; set; } = "";
        public DateOnly? BornOn { get; set; }
        public string Seen { get; set; } = "";
        public bool Anyway { get; set; }
    }
}
