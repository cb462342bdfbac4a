using Hele.Civic.Appeals;
using Hele.Civic.Kernel;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Storage;
using Hele.Web.Hosting;
using Hele.Web.Ui;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Hele.Web.Pages.Appeals.Conduct;

/// <summary>What somebody has to say about whoever works for the community: it goes past everybody it names. A supervisor takes it down for a resident; other staff hand them over.</summary>
[Needs("appeal.file")]
public sealed class ConductModel(FileConduct file, ConductQueries queries, CurrentViewer current, TimeProvider clock, Texts L) : PageModel
{
    [BindProperty]
    public InputModel Input { get; set; } = new();

    public IReadOnlyList<Option> Posts { get; private set; } = [];

    /// <summary>To whom a clerk or grid worker hands the resident; empty for everybody else.</summary>
    public IReadOnlyList<Taker> HandTo { get; private set; } = [];

    public IReadOnlyList<Option> Aspects => [.. ConductAspects.All.Select(a => new Option(a.Code, L[a.Title]))];

    public IReadOnlyList<Option> Channels =>
        [new(nameof(Channel.Web), L["我自己的意见"]), .. new[] { Channel.Counter, Channel.Phone, Channel.Paper }.Select(c => new Option(c.ToString(), L["替居民登记：{0}", L.Channel(c)]))];

    public bool MayTakeDown => current.Required.PostFor(AppealAccess.TakeDownConduct) is not null;

    /// <summary>Staff who take other matters down, and not this.</summary>
    public bool IsToHandOver => !MayTakeDown && current.Required.PostFor(AppealAccess.TakeDown) is not null;

    /// <summary>What was sent is a lead, or looks like one: where it goes is told.</summary>
    public bool TellsOfLeads { get; private set; }

    /// <summary>Words that look like a lead: asked once.</summary>
    public bool AsksWhetherLead { get; private set; }

    public string? SentBefore { get; private set; }

    public DateOnly Today => clock.Today();

    private const string Unsure = "unsure";

    public Task OnGetAsync()
    {
        Input.ToldOn = Today;
        return Load();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        await Load();
        var channel = MayTakeDown && Input.Channel is Channel.Counter or Channel.Phone or Channel.Paper ? Input.Channel : Channel.Web;
        var input = new FileConduct.Input([.. Input.About.Where(a => a != Unsure).Distinct()], Input.About.Contains(Unsure), Input.Aspect, Input.Text, Input.NotALead)
        {
            When = Input.When, Place = Input.Place, Channel = channel, AppellantName = channel == Channel.Web ? null : Input.AppellantName, ToldOn = channel == Channel.Web ? null : Input.ToldOn,
        };
        if (!ModelState.IsValid)
            return Again(FileConduct.Check(input, Today));
        var outcome = await file.Run(current.Required, current.Required.Act(channel == Channel.Web ? AppealAccess.File : AppealAccess.TakeDownConduct, OperationId.Posted(Request)), input, HttpContext.RequestAborted);
        if (outcome.Accepted)
            return Redirect(AppealLinks.Receipt(outcome.Code!));
        SentBefore = outcome.SentBefore;
        return Again(outcome.Problems);
    }

    private IActionResult Again(IReadOnlyList<Problem> problems)
    {
        AsksWhetherLead = Input.NotALead || problems.Any(p => p.Code == ConductProblems.LooksLikeLead.Code);
        TellsOfLeads = problems.Any(p => p.Code == ConductProblems.LooksLikeLead.Code || p.Code == ConductProblems.Lead.Code);
        return this.Refused(problems);
    }

    private async Task Load()
    {
        Posts = [.. (await queries.Posts(HttpContext.RequestAborted)).Select(p => new Option(p.Code, L["{0}（{1}）", p.Title, p.Person])), new Option(Unsure, L["说不清是谁"])];
        if (IsToHandOver)
            HandTo = await queries.Supervisors(HttpContext.RequestAborted);
    }

    public sealed class InputModel
    {
        public List<string> About { get; set; } = [];
        public string Aspect { get; set; } = "";
        public string Text { get; set; } = "";
        public string When { get; set; } = "";
        public string Place { get; set; } = "";
        public bool NotALead { get; set; }

        /// <summary>Taken down only, as are the two below.</summary>
        public Channel Channel { get; set; } = Channel.Web;
        public string AppellantName { get; set; } = "";
        public DateOnly? ToldOn { get; set; }
    }
}
