using Hele.Civic.Grids;
using Hele.Web.Hosting;
using Hele.Web.Ui;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Hele.Web.Pages.Grids.CompoundForm;

/// <summary>Registers a compound, or corrects one.</summary>
[Needs("place.keep")]
public sealed class CompoundFormModel(GridQueries queries, KeepCompound keep, CurrentViewer current, Texts L) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public string Code { get; set; } = "";

    [BindProperty]
    public InputModel Input { get; set; } = new();

    public IReadOnlyList<Option> Kinds => Option.Of<CompoundKind>(L.Kind);

    public async Task<IActionResult> OnGetAsync()
    {
        if (Code.Length == 0)
            return Page();
        if ((await queries.Compounds(HttpContext.RequestAborted)).SingleOrDefault(c => c.Code == Code) is not { } compound)
            return NotFound();
        (Input.Name, Input.Kind, Input.Manager) = (compound.Name, compound.Kind, compound.Manager ?? "");
        return Page();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        if (!ModelState.IsValid)
            return this.Refused([]);
        var outcome = await keep.Run(current.Required, current.Required.Act(GridAccess.Keep, OperationId.Posted(Request)), new(Code.Length > 0 ? Code : null, Input.Name, Input.Kind, Input.Manager), HttpContext.RequestAborted);
        if (!outcome.Accepted)
            return this.Refused(outcome.Problems);
        this.Say(Code.Length > 0 ? L["小区已更正。"] : L["小区已登记，可以登记它的楼栋了。"]);
        return Redirect(Code.Length > 0 ? GridLinks.Buildings : GridLinks.NewBuilding + "?compound=" + outcome.Code);
    }

    public sealed class InputModel
    {
        public string Name { get; set; } = "";
        public CompoundKind Kind { get; set; }
        public string Manager { get; set; } = "";
    }
}
