using Hele.Civic.GridPlanning;
using Hele.Civic.Grids;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Storage;
using Hele.TestKit;
using Hele.Tests.Grids;
using Hele.Tests.Organizations;
using Hele.Tests.ServiceCircles;
using Xunit;

namespace Hele.Tests.GridPlanning;

/// <summary>
/// A lane of 300 m with six houses 50 m apart and three grids of two houses each, 100 m square: households 4, 4, 1, 1, 1, 1 from the west to the east. Even would be four in each.
/// </summary>
/// <param name="Grids">Public codes, from the west to the east; likewise <paramref name="Houses"/>.</param>
internal sealed record Lane(Viewer Ma, string[] Grids, string[] Houses)
{
    public PlanCut Today => PlanCut.Of(Houses.Select((h, i) => new KeyValuePair<string, string>(h, Grids[i / 2])));

    /// <summary>The cut with houses, counted from the west, elsewhere.</summary>
    public PlanCut With(params (int House, string Grid)[] moves) => moves.Aggregate(Today, (cut, m) => cut.With(Houses[m.House], m.Grid));
}

internal static class PlanSteps
{
    public static async Task<Lane> Lane(this TestInstallation hele, bool streets = true)
    {
        var ma = await hele.Viewer(TestPeople.Ma);
        var compound = await hele.Compound(ma);
        var (houses, grids) = (new string[6], new string[3]);
        for (var i = 0; i < 6; i++)
            houses[i] = await hele.Building(ma, compound, $"{i + 1}号楼", GridSteps.At(25 + (i * 50), 50));
        for (var i = 0; i < 3; i++)
        {
            grids[i] = await hele.Grid(ma, $"第{"一二三"[i]}网格", GridSteps.Square(i * 100, 0));
            GridSteps.Ok(await hele.Assign(ma, grids[i], houses[2 * i], houses[(2 * i) + 1]));
        }
        int[] households = [4, 4, 1, 1, 1, 1];
        for (var i = 0; i < 6; i++)
            for (var door = 0; door < households[i]; door++)
                GridSteps.Ok(await hele.MoveIn(ma, houses[i], $"{door + 1}01", await hele.Somebody($"住户{i}{door}")));
        if (streets)
            GridSteps.Ok(await hele.AddStreets(ma, CircleSteps.File([(0, 50), (300, 50)])));
        return new(ma, grids, houses);
    }

    public static async Task<string> KeepPlan(this TestInstallation hele, Viewer viewer, PlanCut cut, string name = "均衡方案") => GridSteps.Ok(await hele.TryKeepPlan(viewer, cut, name));

    public static Task<Outcome> TryKeepPlan(this TestInstallation hele, Viewer viewer, PlanCut cut, string name = "均衡方案", string? code = null) =>
        hele.Get<KeepPlan>().Run(viewer, viewer.Act(PlanAccess.Keep, Guid.NewGuid()), new(code, name, "?ask=1", cut.ToString()), TestContext.Current.CancellationToken);

    public static Task<Outcome> Adopt(this TestInstallation hele, Viewer viewer, string plan, DateOnly? from = null, string reason = "户数不均，居民代表会议同意调整。", string number = "河西社居〔2026〕5号", bool confirmed = true, string[]? names = null, string[]? phones = null) =>
        hele.Get<AdoptPlan>().Run(viewer, viewer.Act(PlanAccess.Adopt, Guid.NewGuid()), new(plan, reason, number, from ?? hele.Today, confirmed, names ?? [], phones ?? []), TestContext.Current.CancellationToken);

    public static Task<PlanAnswer> AskPlan(this TestInstallation hele, Viewer viewer, PlanAsk ask) => hele.Query<PlanQueries, PlanAnswer>(async q => (await q.Ask(viewer, await hele.Here(), ask))!);

    public static Task<GridFaults> Faults(this TestInstallation hele) => hele.Query<GridQueries, GridFaults>(q => q.Faults());

    public static async Task<string?[]> GridOf(this TestInstallation hele, Lane lane)
    {
        var now = (await hele.Query<GridQueries, IReadOnlyList<BuildingLine>>(q => q.AllBuildings())).ToDictionary(b => b.Code, b => b.Grid);
        return [.. lane.Houses.Select(h => now[h])];
    }
}
