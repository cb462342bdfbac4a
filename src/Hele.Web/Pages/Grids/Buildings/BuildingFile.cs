using Hele.Civic.Grids;
using Hele.Civic.Kernel;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Exports;
using Hele.Web.Hosting;
using Hele.Web.Pages.Exports;
using Hele.Web.Ui;

namespace Hele.Web.Pages.Grids.Buildings;

/// <summary>The buildings as a file. Nothing in it is about anybody.</summary>
public sealed class BuildingFile(GridQueries queries, CurrentViewer current, Texts L) : ListFile
{
    public override string Code => "buildings";
    public override Permission Needs => GridAccess.List;

    public static BuildingFilter Filter(ListQuery asked) => new(asked.Text("Compound"), asked.Text("Grid"), asked.Words);

    public override async Task<ListContent?> Read(ListQuery asked, CancellationToken cancel)
    {
        var filter = Filter(asked);
        return ListContent.Of(L["楼栋|list"], ListContent.Whole(() => queries.Matching(current.Required, filter, cancel)),
            [new(L["小区"], b => b.Compound, 24), new(L["楼栋"], b => b.Name), new(L["网格"], b => b.Grid), new(L["层数"], b => b.Floors, 8), new(L["单元"], b => Math.Max(1, b.Entrances), 8), new(L["户数"], b => b.Households, 8), new(L["经度"], b => b.At?.Lon, 12), new(L["纬度"], b => b.At?.Lat, 12)],
            await Said(queries, filter, L, cancel), asked.Words, asked.Choices("Compound", "Grid"));
    }

    /// <summary>The choices in words.</summary>
    internal static async Task<IReadOnlyList<(string, string?)>> Said(GridQueries queries, BuildingFilter filter, Texts L, CancellationToken cancel) =>
    [
        (L["小区"], filter.Compound is { Length: > 0 } compound ? (await queries.Compounds(cancel)).Where(c => c.Code == compound).Select(c => c.Name).FirstOrDefault(compound) : null),
        (L["网格"], filter.Grid is { Length: > 0 } grid ? grid == BuildingFilter.NoGrid ? L["没有划入网格的"] : (await queries.Names(cancel)).Where(g => g.Code == grid).Select(g => g.Title).FirstOrDefault(grid) : null),
    ];
}

/// <summary>Who lives where, as a file: of one building, or of those the list of buildings shows.</summary>
public sealed class HouseholdFile(GridQueries queries, HouseholdQueries households, CurrentViewer current, Texts L) : ListFile
{
    public const string Path = "/buildings/households";

    public static string Of(string building) => GridLinks.Building(building) + "/export";

    public override string Code => "households";
    public override Permission Needs => GridAccess.SeeHouseholds;

    public override async Task<ListContent?> Read(ListQuery asked, CancellationToken cancel)
    {
        var code = asked.Text("code");
        var filter = code.Length > 0 ? new BuildingFilter(Search: code) : BuildingFile.Filter(asked);
        // A building that stands no more has no households either.
        if (code.Length > 0 && (!PublicCode.TryParse(code, out _) || await queries.Building(code, cancel) is null))
            return null;
        var buildings = await queries.Matching(current.Required, filter, cancel);
        return ListContent.Of(L["住户"], households.All(current.Required, buildings, cancel),
        [
            new(L["小区"], r => r.Building.Compound, 24), new(L["楼栋"], r => r.Building.Name), new(L["单元"], r => r.Household.Entrance), new(L["门牌"], r => r.Household.Room),
            new(L["住的人"], r => string.Join(L["、"], r.Household.Members.Select(m => L["{0}（{1}）", m.Name, L.Role(m.Role)])), 48), new(L["人数"], r => r.Household.Members.Count, 8), new(L["从哪天起"], r => r.Household.From, 12),
        ],
        code.Length > 0 ? [(L["楼栋"], buildings.Select(b => b.Address).FirstOrDefault(code))] : await BuildingFile.Said(queries, filter, L, cancel), code.Length > 0 ? "" : asked.Words, asked.Choices("code", "Compound", "Grid"));
    }
}

[Needs("household.see")]
public sealed class HouseholdExportModel(HouseholdFile list, ExportDesk desk, RecordExport record, CurrentViewer current, SearchWords words, Texts L) : ExportPage(list, desk, record, current, words, L)
{
    public override string Back => ListQuery.Carry(Request, GridLinks.Buildings);
}

[Needs("household.see")]
public sealed class HouseExportModel(HouseholdFile list, ExportDesk desk, RecordExport record, CurrentViewer current, SearchWords words, Texts L) : ExportPage(list, desk, record, current, words, L)
{
    public override string Back => GridLinks.Building(RouteData.Values["code"] as string ?? "");
}
