using Hele.Civic.Kernel;
using Hele.Civic.Organizations;
using Hele.Civic.People;
using Hele.Web.Hosting;
using Hele.Web.Ui;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Hele.Web.Pages.Organizations.HonourForm;

/// <summary>Registers an honour, from the certificate.</summary>
[Needs("honour.keep"), TakesFiles]
public sealed class NewHonourModel(RecordHonour record, BodyQueries bodies, PeopleQueries people, SentPhotos photos, CurrentViewer current, TimeProvider clock, Texts L) : PageModel
{
    private const string Community = "community", Body = "body", Person = "person";

    [BindProperty]
    public InputModel Input { get; set; } = new();

    public DateOnly Today => clock.Today();
    public IReadOnlyList<Option> Kinds => Option.Of<HonourKind>(L.Kind);
    public IReadOnlyList<Option> Levels => Option.Of<HonourLevel>(L.Level);
    public IReadOnlyList<Option> Whose => [new(Community, L["本社区的"]), new(Body, L["一个组织或团队的"]), new(Person, L["一个人的"])];
    public IReadOnlyList<Option> Bodies { get; private set; } = [];

    /// <summary>Whoever the typed name may be.</summary>
    public IReadOnlyList<Option> Found { get; private set; } = [];

    public async Task OnGetAsync(string? body)
    {
        (Input.For, Input.Body) = (string.IsNullOrEmpty(body) ? Community : Body, body ?? "");
        await Load();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        await photos.Read("Input.Photos");
        var person = Input.Person;
        if (Input.For == Person && Input.Name.Length > 0)
        {
            var found = await people.ByNameOrCode(current.Required, Input.Name, HttpContext.RequestAborted);
            if (found.Count == 1)
                person = found[0].Code;
            else
                Found = [.. found.Select(p => new Option(p.Code, p.Name, p.Address))];
        }
        List<Problem> problems = [.. photos.Problems];
        if (!Whose.Any(w => w.Value == Input.For))
            problems.Add(HonourProblems.WhomMissing);
        if (ModelState.IsValid && problems.Count == 0)
        {
            var outcome = await record.Run(current.Required, current.Required.Act(HonourAccess.Keep, OperationId.Posted(Request)),
                new(Input.Kind, Input.Level, Input.Title, Input.Issuer, Input.On, Input.For == Body, Input.For == Body ? Input.Body : null, Input.For == Person, Input.For == Person ? person : null, Input.NameAgreed) { Photos = photos.Photos }, HttpContext.RequestAborted);
            if (outcome.Accepted)
            {
                await photos.Settle(accepted: true);
                this.Say(L["荣誉已登记。"]);
                return Redirect(HonourWords.Of(outcome.Code!));
            }
            problems.AddRange(outcome.Problems);
        }
        await photos.Settle(accepted: false);
        await Load();
        return this.Refused([.. photos.Problems.Where(p => !problems.Contains(p)), .. problems]);
    }

    private async Task Load() => Bodies = [.. (await bodies.List(current.Viewer, HttpContext.RequestAborted)).Select(b => new Option(b.Code, b.Name) { Group = L[b.Kind.Title()] })];

    public sealed class InputModel
    {
        public string Title { get; set; } = "";
        public HonourKind? Kind { get; set; }
        public string Issuer { get; set; } = "";
        public HonourLevel? Level { get; set; }
        public DateOnly? On { get; set; }
        public string For { get; set; } = "";
        public string Body { get; set; } = "";
        public string Person { get; set; } = "";
        public string Name { get; set; } = "";
        public bool NameAgreed { get; set; }

        /// <summary>Where problems with photos stand; the photos themselves come beside the fields (<see cref="SentPhotos"/>).</summary>
        public string Photos { get; set; } = "";
    }
}
