using Hele.Civic.Kernel;
using Hele.Civic.People;
using Hele.Civic.Thanks;
using Hele.Web.Hosting;
using Hele.Web.Ui;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Hele.Web.Pages.Thanks.Taking;

/// <summary>Somebody of the community writes down what a resident brought, said or sent.</summary>
[Needs("thanks.enter"), TakesFiles]
public sealed class TakeThanksModel(RecordThanks record, ThanksQueries queries, PeopleQueries people, SentPhotos photos, CurrentViewer current, TimeProvider clock, Texts L) : PageModel
{
    [BindProperty]
    public InputModel Input { get; set; } = new();

    public DateOnly Today => clock.Today();
    public IReadOnlyList<Option> Kinds => Option.Of<ThanksKind>(L.Kind);
    public IReadOnlyList<Option> Doors => [.. Option.Of<ThanksDoor>(L.Door).Where(o => o.Value != nameof(ThanksDoor.Web))];
    public IReadOnlyList<Option> Choices => [.. Option.Of<ThanksShown>(L.Shown).Reverse()];
    public IReadOnlyList<Option> Whom { get; private set; } = [];

    /// <summary>Whoever the typed name may be.</summary>
    public IReadOnlyList<Option> Found { get; private set; } = [];

    public async Task OnGetAsync()
    {
        Input.On = Today;
        await Load();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        await photos.Read("Input.Photos");
        List<Problem> problems = [.. photos.Problems];
        var giver = "";
        if (Input.Linked && !Input.Anonymous && Input.GiverName.Length > 0)
        {
            var found = await people.ByNameOrCode(current.Required, Input.GiverName, HttpContext.RequestAborted);
            giver = found.Count == 1 ? found[0].Code : found.FirstOrDefault(p => p.Code == Input.Giver)?.Code ?? "";
            if (found.Count > 1)
                Found = [.. found.Select(p => new Option(p.Code, p.Name, p.Address))];
            if (giver.Length == 0)
                problems.Add(ThanksProblems.GiverUnknown.On(found.Count > 1 ? nameof(Input.Giver) : nameof(Input.GiverName)));
        }
        if (ModelState.IsValid && problems.Count == 0)
        {
            var outcome = await record.Run(current.Required, current.Required.Act(ThanksAccess.Enter, OperationId.Posted(Request)),
                new(Input.Kind, Input.Door, Input.Text, Input.Whom, Input.GiverName, giver, Input.Anonymous, Input.Shown, Input.On, Input.Appeal) { Photos = photos.Photos }, HttpContext.RequestAborted);
            if (outcome.Accepted)
            {
                await photos.Settle(accepted: true);
                this.Say(L["已登记，等另一位同事核对。"]);
                return Redirect(ThanksLinks.Of(outcome.Code!));
            }
            problems.AddRange(outcome.Problems);
        }
        await photos.Settle(accepted: false);
        await Load();
        return this.Refused([.. photos.Problems.Where(p => !problems.Contains(p)), .. problems]);
    }

    private async Task Load() => Whom = L.Whom(await queries.Whom(HttpContext.RequestAborted));

    public sealed class InputModel
    {
        public ThanksKind? Kind { get; set; }
        public ThanksDoor? Door { get; set; }
        public string Whom { get; set; } = "";
        public string Text { get; set; } = "";
        public string GiverName { get; set; } = "";
        public string Giver { get; set; } = "";
        public bool Linked { get; set; }
        public bool Anonymous { get; set; }
        public ThanksShown? Shown { get; set; }
        public DateOnly? On { get; set; }
        public string Appeal { get; set; } = "";

        /// <summary>Where problems with photos stand; the photos themselves come beside the fields (<see cref="SentPhotos"/>).</summary>
        public string Photos { get; set; } = "";
    }
}
