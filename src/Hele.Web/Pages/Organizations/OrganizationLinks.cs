using Hele.Civic.Organizations;
using Hele.Web.Ui;

namespace Hele.Web.Pages.Organizations;

/// <summary>The addresses of the pages about bodies and seats.</summary>
public static class OrganizationLinks
{
    public const string All = "/bodies", Party = "/party", New = "/bodies/new";

    public static string Of(string code) => "/bodies/" + code;

    public static string Keep(string code) => $"/bodies/{code}/manage";

    /// <param name="grid">Public code of the grid it is to be for.</param>
    public static string NewOf(BodyKind kind, string? grid = null) => $"{New}?Kind={kind}{(grid is null ? "" : "&In=" + grid)}";
}

/// <summary>What these pages call things.</summary>
public static class OrganizationWords
{
    public static string How(this Texts L, SeatWay how) => how switch
    {
        SeatWay.Elected => L["选举或推选"],
        SeatWay.ByElection => L["补选"],
        SeatWay.Appointed => L["任命或委派"],
        _ => L["聘任"],
    };

    public static string Why(this Texts L, SeatEnd why) => why switch
    {
        SeatEnd.TermOver => L["任期届满"],
        SeatEnd.Resigned => L["辞职"],
        SeatEnd.Removed => L["罢免或免职"],
        SeatEnd.Unfit => L["连续两次评议不称职"],
        SeatEnd.ByLaw => L["依法自行终止"],
        SeatEnd.Moved => L["工作调整"],
        SeatEnd.Left => L["离开本社区"],
        SeatEnd.Died => L["去世"],
        _ => L["组织撤销"],
    };

    /// <summary>The places of a body in a few words: a grid, or the first buildings and how many.</summary>
    public static string Places(this Texts L, IReadOnlyList<PlaceLine> places) => places.Count switch
    {
        0 => "",
        <= 4 => string.Join(L["、"], places.Select(p => p.Name)),
        _ => L["{0}等{1}处", string.Join(L["、"], places.Take(3).Select(p => p.Name)), places.Count],
    };

    public static string Vacancies(this Texts L, IReadOnlyList<Vacancy> vacancies) => string.Join(L["、"], vacancies.Select(v => v.Count == 1 ? L[v.Title] : L["{0}{1}人", L[v.Title], v.Count]));
}
