using Hele.Civic.Grids;
using Hele.Civic.ServiceCircles;
using Hele.Planning.Streets;
using Hele.Web.Hosting;
using Hele.Web.Pages.ServiceCircles.PointForm;
using Hele.Web.Ui;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Hele.Web.Pages.ServiceCircles.CorrectionForm;

/// <summary>Draws a gate, a footpath or a barrier over the street map.</summary>
[Needs("circle.keep")]
public sealed class CorrectionFormModel(GridQueries grids, DrawCorrection draw, CurrentViewer current, Texts L) : PageModel
{
    [BindProperty]
    public InputModel Input { get; set; } = new();

    public IReadOnlyList<MapArea> Areas { get; private set; } = [];
    public IReadOnlyList<MapDot> Dots { get; private set; } = [];

    public IReadOnlyList<Option> Kinds => Option.Of<CorrectionKind>(L.Kind, k => k switch
    {
        CorrectionKind.Gate => L["在路上点一个点；关门的时候谁也过不去"],
        CorrectionKind.Footpath => L["沿小路点；两头会接到15米以内的路"],
        _ => L["横过走不通的路点两个以上的点"],
    });

    public Task OnGetAsync() => Load();

    public async Task<IActionResult> OnPostAsync()
    {
        if (Input is { Kind: CorrectionKind.Gate, Shut: true, Hours.Always: true })
            ModelState.AddModelError("Input.Shut", L["一直关着和昼夜开着只能选一个。"]);
        if (ModelState.IsValid)
        {
            var hours = Input.Shut ? null : Input.Hours.Input;
            var outcome = await draw.Run(current.Required, current.Required.Act(CircleAccess.Keep, OperationId.Posted(Request)), new(Input.Kind, Input.Name, OtherMaps.ToWgs84(Input.Line, Input.Datum), hours, Input.Steps), HttpContext.RequestAborted);
            if (outcome.Accepted)
            {
                this.Say(L["更正已画上，步行圈马上按它算。"]);
                return Redirect(CircleLinks.Streets);
            }
            await Load();
            return this.Refused(outcome.Problems);
        }
        await Load();
        return this.Refused([]);
    }

    private async Task Load() => (Areas, Dots) = await PointChoices.Ground(grids, HttpContext.RequestAborted);

    public sealed class InputModel
    {
        public CorrectionKind? Kind { get; set; }
        public string Name { get; set; } = "";
        public string Line { get; set; } = "";
        public Datum Datum { get; set; }
        public bool Steps { get; set; }
        public bool Shut { get; set; }
        public HoursForm Hours { get; set; } = new();
    }
}
