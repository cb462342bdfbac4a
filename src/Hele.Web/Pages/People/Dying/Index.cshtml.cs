using Hele.Civic.Kernel;
using Hele.Civic.People;
using Hele.Civic.Platform.Storage;
using Hele.Web.Hosting;
using Hele.Web.Ui;
using Microsoft.AspNetCore.Mvc;

namespace Hele.Web.Pages.People.Dying;

/// <summary>Registers a death in two steps, the second of which says what will stop; and puts right one that was registered by mistake.</summary>
[Needs("person.record-death")]
public sealed class DyingModel(DeathQueries queries, RecordDeath record, CorrectDeath correct, ReadSession read, CurrentViewer current, TimeProvider clock, Texts L) : RecordPage(read)
{
    [BindProperty]
    public DeathInput Input { get; set; } = new();

    [BindProperty]
    public CorrectionInput Correction { get; set; } = new();

    public DyingView View { get; private set; } = null!;

    /// <summary>What was typed is in order and waits to be confirmed.</summary>
    public bool Confirming { get; private set; }

    public DateOnly Today => clock.Today();
    public IReadOnlyList<Option> Sources => Option.Of<DeathSource>(s => L[Death.Word(s)]);
    public IReadOnlyList<Option> Mistakes => [new("date", L["日期不对"]), new("lives", L["登记错了：本人在世"])];

    protected override string PathOf(string code) => PeopleLinks.Death(code);

    public Task<IActionResult> OnGetAsync(string code) => Show(code);

    /// <summary>Writes nothing: shows what would stop.</summary>
    public async Task<IActionResult> OnPostLookAsync(string code)
    {
        if (!PublicCode.TryParse(code, out var parsed) || !await Load(parsed.Text))
            return NotFound();
        RefusedForm = "Look";
        if (!ModelState.IsValid)
            return this.Refused([]);
        if (RecordDeath.Check(Values(Code), Today) is { Count: > 0 } problems)
            return this.Refused(problems);
        RefusedForm = null;
        Confirming = View.Death is null;
        return Page();
    }

    /// <summary>Back from the second step, with what was typed.</summary>
    public async Task<IActionResult> OnPostAgainAsync(string code) => PublicCode.TryParse(code, out var parsed) && await Load(parsed.Text) ? Page() : NotFound();

    public Task<IActionResult> OnPostRecordAsync(string code) => Do(code, "Record", nameof(Input),
        c => record.Run(current.Required, current.Required.Act(PeopleAccess.RecordDeath, OperationId.Posted(Request)), Values(c), HttpContext.RequestAborted), () => L["已登记。"], Next(code));

    public Task<IActionResult> OnPostCorrectAsync(string code) => Do(code, "Correct", nameof(Correction), async c => Correction.What is not ("date" or "lives")
            ? PeopleProblems.MistakeMissing
            : await correct.Run(current.Required, current.Required.Act(PeopleAccess.RecordDeath, OperationId.Posted(Request)), new(c, Correction.What == "lives", Correction.On, Correction.Reason), HttpContext.RequestAborted),
        () => L["已更正。"], Next(code));

    private static string? Next(string code) => PublicCode.TryParse(code, out var parsed) ? PeopleLinks.Entry(parsed.Text) : null;

    private RecordDeath.Input Values(string code) => new(code, Input.On, Input.Source, Input.ToldBy);

    protected override async Task<bool> Find(string code)
    {
        if (await queries.Find(current.Required, code, HttpContext.RequestAborted) is not { } found)
            return false;
        View = found;
        return true;
    }

    public sealed class DeathInput
    {
        public DateOnly? On { get; set; }
        public DeathSource? Source { get; set; }
        public string ToldBy { get; set; } = "";
    }

    public sealed class CorrectionInput
    {
        public string What { get; set; } = "";
        public DateOnly? On { get; set; }
        public string Reason { get; set; } = "";
    }
}
