using Hele.Civic.Kernel;
using Hele.Civic.Organizations;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Storage;
using Hele.Web.Hosting;
using Hele.Web.Ui;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Hele.Web.Pages.Organizations.Away;

/// <summary>Who is away and who stands in: for those who work here. Whoever keeps the bodies registers anybody, the others themselves.</summary>
[Needs("seat.see")]
public sealed class AwayModel(AbsenceQueries queries, SayAbsence say, ChangeAbsence change, ReadSession read, CurrentViewer current, TimeProvider clock, Texts L) : PageModel
{
    [BindProperty] public SayInput Say { get; set; } = new();
    [BindProperty] public EditInput Edit { get; set; } = new();

    public IReadOnlyList<AbsenceLine> Lines { get; private set; } = [];

    /// <summary>The one that is being changed.</summary>
    public AbsenceLine? Changing { get; private set; }

    /// <summary>Whoever the typed names may be.</summary>
    public IReadOnlyList<Option> People { get; private set; } = [];

    public IReadOnlyList<Option> StandIns { get; private set; } = [];

    public IReadOnlyList<Option> Kinds => Option.Of<AbsenceKind>(L.Away);
    public DateOnly Today => clock.Today();
    public bool MaySay => current.Required.PostFor(OrganizationAccess.SayAbsence) is not null;
    public bool OnlyOwn => MaySay && current.Required.PostFor(OrganizationAccess.Keep) is null;

    public async Task<IActionResult> OnGetAsync(string? change, string? name)
    {
        if (!await Load(change))
            return NotFound();
        (Say.From, Say.Name) = (Today, name ?? "");
        if (Changing is { } line)
            (Edit.To, Edit.StandInName, Edit.StandIn) = (line.To, line.StandIn ?? "", line.StandInCode ?? "");
        return Page();
    }

    public async Task<IActionResult> OnPostSayAsync()
    {
        var person = OnlyOwn ? await queries.CodeOf(current.Required, HttpContext.RequestAborted) : await Pick(Say.Person, Say.Name, found => People = found);
        var standIn = await Pick(Say.StandIn, Say.StandInName, found => StandIns = found);
        if (ModelState.IsValid)
        {
            var outcome = await say.Run(current.Required, current.Required.Act(OrganizationAccess.SayAbsence, OperationId.Posted(Request)), new(person, Say.Kind, Say.From, Say.To, standIn), HttpContext.RequestAborted);
            if (outcome.Accepted)
            {
                this.Say(L["已登记。新的诉求会送给代班的人或下一个岗位。"]);
                return Redirect(OrganizationLinks.Away);
            }
            await read.Refresh();
            await Load(null);
            return this.Refused(outcome.Problems, nameof(Say));
        }
        await Load(null);
        return this.Refused([]);
    }

    public async Task<IActionResult> OnPostChangeAsync([FromQuery(Name = "change")] string? code)
    {
        if (!await Load(code) || Changing is not { } line)
            return NotFound();
        // The name that stands there already is the person that stands there already.
        var standIn = Edit.StandIn.Length == 0 && Edit.StandInName == line.StandIn ? line.StandInCode : await Pick(Edit.StandIn, Edit.StandInName, found => StandIns = found);
        if (ModelState.IsValid)
        {
            var outcome = await change.Run(current.Required, current.Required.Act(OrganizationAccess.SayAbsence, OperationId.Posted(Request)), new(line.Code, Edit.To, standIn, Edit.TakeBack), HttpContext.RequestAborted);
            if (outcome.Accepted)
            {
                this.Say(Edit.TakeBack ? L["已撤销。"] : L["已更改。"]);
                return Redirect(OrganizationLinks.Away);
            }
            await read.Refresh();
            return await Load(code) ? this.Refused(outcome.Problems, nameof(Edit)) : NotFound();
        }
        return this.Refused([]);
    }

    /// <summary>A name that fits one person alone is that person; several are offered; one that fits nobody is refused by the operation.</summary>
    private async Task<string?> Pick(string chosen, string typed, Action<IReadOnlyList<Option>> offer)
    {
        if (typed.Length == 0)
            return null;
        var found = await queries.Serving(current.Required, typed, HttpContext.RequestAborted);
        if (found.Count == 1)
            return found[0].Code;
        offer([.. found.Select(p => new Option(p.Code, p.Name, p.As))]);
        return found.Any(p => p.Code == chosen) ? chosen : typed;
    }

    private async Task<bool> Load(string? change)
    {
        var cancel = HttpContext.RequestAborted;
        if (!string.IsNullOrEmpty(change))
        {
            Changing = PublicCode.TryParse(change, out var code) ? await queries.Find(current.Required, code.Text, cancel) : null;
            if (Changing is not { MayChange: true })
                return false;
        }
        Lines = await queries.List(current.Required, cancel);
        return true;
    }

    public sealed class SayInput
    {
        public string Person { get; set; } = "";
        public string Name { get; set; } = "";
        public AbsenceKind? Kind { get; set; }
        public DateOnly? From { get; set; }
        public DateOnly? To { get; set; }
        public string StandIn { get; set; } = "";
        public string StandInName { get; set; } = "";
    }

    public sealed class EditInput
    {
        public DateOnly? To { get; set; }
        public string StandIn { get; set; } = "";
        public string StandInName { get; set; } = "";
        public bool TakeBack { get; set; }
    }
}
