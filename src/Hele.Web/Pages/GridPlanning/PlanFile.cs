using Hele.Civic.GridPlanning;
using Hele.Civic.Platform.Access;
using Hele.Web.Hosting;
using Hele.Web.Pages.Exports;
using Hele.Web.Ui;

namespace Hele.Web.Pages.GridPlanning;

/// <summary>Every building with the grid it is in and the one a plan puts it into. Nothing in it is about anybody.</summary>
public sealed class PlanFile(PlanQueries queries, CurrentViewer current, Texts L) : ListFile
{
    public override string Code => "grid-plan";
    public override Permission Needs => PlanAccess.Try;

    public override async Task<ListContent?> Read(ListQuery asked, CancellationToken cancel)
    {
        if (current.Jurisdiction is not { Level: JurisdictionLevel.Community } here || await queries.Ask(current.Required, here, asked.Plan, onlyChosen: true, cancel) is not { } answer)
            return null;
        var view = answer.Chosen ?? answer.Today;
        string Planned(PlanLot lot) => view.Cut.GridOf.GetValueOrDefault(lot.Code, "");
        return ListContent.Of(L["网格方案"], ListContent.Whole(() => Task.FromResult(answer.Ground.Lots)),
        [
            new(L["小区"], l => l.Compound, 24), new(L["楼栋"], l => l.Name), new(L["现在的网格"], l => L.Grid(view.Stand, l.Grid)), new(L["方案里的网格"], l => L.Grid(view.Stand, Planned(l))), new(L["换网格"], l => Planned(l) == l.Grid ? null : L["是"], 10),
            new(L["户数"], l => l.Households, 8), new(L["居民"], l => l.Residents, 8), new(L["其中老年人"], l => l.Older, 10), new(L["正式党员（按居民数推算）"], l => answer.Ground.Members.TryGetValue(l.Code, out var members) ? Math.Round(members, 1, MidpointRounding.AwayFromZero) : null, 12),
        ], [(L["要求|plan"], answer.Ask.Asked ? L.Wish(answer.Ask.Wish) : null), (L["相邻|plan"], L.Ground(answer.Lots)), (L["说明"], L["系统只提方案，采用要由人决定。"])],
        choices: asked.Choices("ask", "grids", "least", "most", "even", "within", "keep", "moving", "lock", "apart", "base", "move"));
    }
}
