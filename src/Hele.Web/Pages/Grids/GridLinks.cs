using Hele.Civic.Grids;
using Hele.Web.Ui;

namespace Hele.Web.Pages.Grids;

/// <summary>The addresses of the pages about places and grids.</summary>
public static class GridLinks
{
    public const string Map = "/grids", NewGrid = "/grids/new", Assign = "/grids/assign", Buildings = "/buildings", BuildingsFile = "/buildings/list.xlsx", NewBuilding = "/buildings/new", NewCompound = "/compounds/new", Population = "/population";

    public static string Grid(string code) => "/grids/" + code;

    /// <summary>The contact cards of a grid, to be printed.</summary>
    public static string Card(string code, bool single = false) => $"/grids/{code}/card{(single ? "?size=a6" : "")}";

    public static string Manage(string code) => $"/grids/{code}/manage";

    public static string Redraw(string code) => "/grids/new?code=" + code;

    public static string Building(string code) => "/buildings/" + code;

    public static string Household(string code) => "/households/" + code;

    public static string EditBuilding(string code) => "/buildings/new?code=" + code;

    public static string EditCompound(string code) => "/compounds/new?code=" + code;
}

/// <summary>What these pages call things.</summary>
public static class GridWords
{
    public static string Kind(this Texts L, GridKind kind) => kind == GridKind.Special ? L["专属网格"] : L["综合网格"];

    public static string Kind(this Texts L, CompoundKind kind) => kind switch
    {
        CompoundKind.Estate => L["商品房小区"],
        CompoundKind.EmployerHousing => L["单位家属院"],
        CompoundKind.Old => L["老旧小区"],
        _ => L["临街楼院"],
    };

    public static string Cause(this Texts L, MemberCause cause, bool ends) => cause switch
    {
        MemberCause.Birth => L["出生"],
        MemberCause.Death => L["去世|cause"],
        MemberCause.Left => L["离开本社区"],
        MemberCause.Within => ends ? L["搬到社区内别处"] : L["从社区内搬来"],
        _ => ends ? L["搬出"] : L["搬入"],
    };

    public static string Role(this Texts L, HouseholdRole role) => role switch
    {
        HouseholdRole.Head => L["户主"],
        HouseholdRole.Family => L["家人"],
        _ => L["租户"],
    };

    public static string Age(this Texts L, AgeBand age) => age.To is { } to ? L["{0}—{1}岁", age.From, to] : L["{0}岁以上", age.From];

    /// <summary>Square metres as people say them.</summary>
    public static string Area(this Texts L, double squareMetres) => squareMetres >= 10_000 ? L["{0}公顷", (squareMetres / 10_000).ToString("0.0", System.Globalization.CultureInfo.InvariantCulture)]
        : L["{0}平方米", Math.Round(squareMetres).ToString("0", System.Globalization.CultureInfo.InvariantCulture)];
}
