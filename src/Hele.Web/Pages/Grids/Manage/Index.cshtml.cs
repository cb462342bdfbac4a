using Hele.Civic.Grids;
using Hele.Civic.Platform.Storage;
using Hele.Web.Hosting;
using Hele.Web.Ui;
using Microsoft.AspNetCore.Mvc;

namespace Hele.Web.Pages.Grids.Manage;

/// <summary>What can be done with a grid: put buildings into it, close it.</summary>
[Needs("grid.draw")]
public sealed class ManageModel(GridQueries queries, AssignBuildings assign, RetireGrid retire, ReadSession read, CurrentViewer current, Texts L) : RecordPage(read)
{
    [BindProperty]
    public AssignInput Assign { get; set; } = new();

    public GridView View { get; private set; } = null!;

    /// <summary>Buildings that can be put here: those in no grid first.</summary>
    public IReadOnlyList<Option> Others { get; private set; } = [];

    protected override string PathOf(string code) => GridLinks.Manage(code);

    public Task<IActionResult> OnGetAsync(string code) => Show(code);

    public Task<IActionResult> OnPostAssignAsync(string code) => Do(code, nameof(Assign), nameof(Assign),
        canonical => assign.Run(current.Required, current.Required.Act(GridAccess.Draw, OperationId.Posted(Request)), new(canonical, Assign.Buildings), HttpContext.RequestAborted),
        () => L["已划入这个网格。"], GridLinks.Grid(code));

    public Task<IActionResult> OnPostRetireAsync(string code) => Do(code, "Retire", "",
        canonical => retire.Run(current.Required, current.Required.Act(GridAccess.Draw, OperationId.Posted(Request)), new(canonical), HttpContext.RequestAborted),
        () => L["网格已撤销，编码不再使用。"], GridLinks.Grid(code));

    protected override async Task<bool> Find(string code)
    {
        if (await queries.Grid(code, HttpContext.RequestAborted) is not { } view)
            return false;
        View = view;
        Others = [.. (await queries.AllBuildings(HttpContext.RequestAborted)).Where(b => b.GridCode != code).OrderBy(b => b.GridCode is not null)
            .Select(b => new Option(b.Code, b.Address, b.Grid is null ? L["还没有划入网格"] : L["现在在{0}", b.Grid]))];
        return true;
    }

    public sealed class AssignInput
    {
        public List<string> Buildings { get; set; } = [];
    }
}
