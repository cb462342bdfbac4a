using Hele.Civic.BreakGlass;
using Hele.Civic.Kernel;
using Hele.Civic.Platform;
using Hele.Web.Hosting;
using Hele.Web.Ui;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Hele.Web.Pages.BreakGlass.New;

/// <summary>Asks for the reason and the time. <c>?person=CODE</c> is where a page leads to that refused to show somebody's number.</summary>
[Needs("break-glass.open")]
public sealed class NewEmergencyModel(EmergencyQueries queries, OpenInEmergency open, ModuleList modules, CurrentViewer current, Texts L) : PageModel
{
    private const string PersonPhone = "person.phone";

    [BindProperty]
    public InputModel Input { get; set; } = new();

    public Asked Asked { get; private set; } = new(null, false);

    public IReadOnlyList<Option> Seals => [.. modules.EmergencySeals.Select(s => new Option(s.Code, L[s.Title]))];

    /// <summary>Times to choose from; none is longer than the longest.</summary>
    public IReadOnlyList<Option> Times => [.. new[] { 10, 30, EmergencyAccess.MaxMinutes }.Select(m => new Option(m.ToString(System.Globalization.CultureInfo.InvariantCulture), L["{0}分钟", m]))];

    public async Task OnGetAsync(string? person, string? seal)
    {
        Input.Code = person ?? "";
        Input.Seal = seal ?? PersonPhone;
        await Load();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        if (ModelState.IsValid)
        {
            var outcome = await open.Run(current.Required, current.Required.Act(EmergencyRights.Open, OperationId.Posted(Request)), new(Input.Seal, Input.Code, Input.Reason, Input.Minutes), HttpContext.RequestAborted);
            if (outcome.Accepted)
            {
                this.Say(L["已打开。看完可以提前结束。"]);
                return Redirect(EmergencyLinks.Of(outcome.Code!));
            }
            await Load();
            return this.Refused(outcome.Problems);
        }
        await Load();
        return this.Refused([]);
    }

    private async Task Load()
    {
        if (PublicCode.TryParse(Input.Code, out var code))
            Asked = await queries.Ask(current.Required, Input.Seal, code.Text, HttpContext.RequestAborted);
    }

    public sealed class InputModel
    {
        public string Seal { get; set; } = PersonPhone;
        public string Code { get; set; } = "";
        public string Reason { get; set; } = "";
        public int? Minutes { get; set; }
    }
}
