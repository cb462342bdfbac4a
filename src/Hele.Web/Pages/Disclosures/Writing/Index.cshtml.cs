using Hele.Civic.Disclosures;
using Hele.Civic.Kernel;
using Hele.Civic.Platform.Access;
using Hele.Web.Hosting;
using Hele.Web.Ui;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Hele.Web.Pages.Disclosures.Writing;

/// <summary>Writes one: the kind first, which says what can stand in it.</summary>
[Needs("disclosure.write")]
public sealed class WriteModel(WriteDisclosure write, DisclosureQueries queries, CurrentViewer current, Texts L) : PageModel
{
    [BindProperty]
    public InputModel Input { get; set; } = new();

    public DisclosureKind? Kind { get; private set; }
    public IReadOnlyList<Option> Periods { get; private set; } = [];

    /// <summary>What seems personal was said once; now the writer may say that it isn't.</summary>
    public bool AsksWhetherChecked { get; private set; }

    public IEnumerable<DisclosureKind> Mine => DisclosureKinds.Shown.Where(k => DisclosureAccess.MayWrite(current.Viewer, k));
    public string Roles(IReadOnlyList<Role> roles) => string.Join(L["、"], roles.Select(r => L[r.Title()]));

    public async Task OnGetAsync(string? kind, string? covers)
    {
        await Load(kind);
        Input.Covers = Periods.FirstOrDefault(p => p.Value == covers)?.Value ?? Periods.FirstOrDefault()?.Value ?? "";
    }

    public async Task<IActionResult> OnPostAsync(string? kind)
    {
        await Load(kind);
        if (!ModelState.IsValid)
            return this.Refused([]);
        var viewer = current.Required;
        var outcome = await write.Run(viewer, viewer.Act(DisclosureAccess.Write, OperationId.Posted(Request)), new(kind, Input.Covers, Input.Form.Typed), HttpContext.RequestAborted);
        if (outcome.Accepted)
        {
            this.Say(L["写好了，等另一个人核对。"]);
            return Redirect(DisclosureLinks.Of(outcome.Code!));
        }
        AsksWhetherChecked = outcome.Problems.Any(p => p.Code == DisclosureProblems.LooksPersonal.Code);
        return this.Refused(outcome.Problems.Select(p => p.Field is { } field && field != "Covers" ? p with { Field = "Form." + field } : p));
    }

    private async Task Load(string? code)
    {
        Kind = DisclosureKinds.Find(code) is { } kind && DisclosureAccess.MayWrite(current.Viewer, kind) ? kind : null;
        if (Kind is null)
            return;
        Input.Form.Prepare(Kind);
        Periods = [.. (await queries.Periods(current.Jurisdiction!, Kind, HttpContext.RequestAborted)).Select(p => new Option(p.ToString(), L[p.Title]))];
    }

    public sealed class InputModel
    {
        public string Covers { get; set; } = "";
        public DisclosureForm Form { get; set; } = new();
    }
}
