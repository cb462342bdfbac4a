using Hele.Civic.Appeals;
using Hele.Civic.Organizations;
using Hele.Web.Ui;

namespace Hele.Web.Pages.Organizations;

/// <summary>The addresses of the pages about bodies and seats.</summary>
public static class OrganizationLinks
{
    public const string All = "/bodies", Party = "/party", New = "/bodies/new", Away = "/absences";

    public static string ChangeAway(string code) => $"{Away}?change={code}";

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
        SeatEnd.Erased => L["本人信息已删除"],
        _ => L["组织撤销"],
    };

    public static string AwayState(this Texts L, AbsenceLine line, DateOnly today) =>
        line.TakenBackOn is not null ? L["已撤销"] : line.To < today ? L["已结束"] : line.From > today ? L["还没开始"] : L["现在不在岗"];

    public static string Away(this Texts L, AbsenceKind kind) => kind switch
    {
        AbsenceKind.Leave => L["休假"],
        AbsenceKind.Training => L["学习培训"],
        AbsenceKind.Errand => L["公出"],
        AbsenceKind.Lent => L["借调或抽调"],
        _ => L["其他|absence"],
    };

    public static string Duties(this Texts L, IReadOnlyList<string> duties) => string.Join(L["、"], duties.Select(d => TeamDuties.Find(d) is { } duty ? L[duty.Title] : d));

    public static string Skills(this Texts L, IReadOnlyList<string> skills) => string.Join(L["、"], skills.Select(s => TeamDuties.Skill(s) is { } skill ? L[skill.Title] : s));

    /// <summary>The kinds of matter a duty is about, as residents know them.</summary>
    public static string DutyKinds(this Texts L, TeamWord duty) => string.Join(L["、"], duty.Kinds.Select(k => AppealKinds.Find(k)).OfType<AppealKind>().Select(k => L[k.Title]));

    /// <summary>Whom to turn to: names where they are public, else what they are; who is away last, with who stands in.</summary>
    public static string Turn(this Texts L, IReadOnlyList<TeamSeat> seats) => string.Join(L["、"], seats.Select(s => s switch
    {
        { Name: { Length: > 0 } name, Away: { StandIn: { } standIn } } => L["{0}（代{1}）", standIn, name],
        { Name: { Length: > 0 } name, Away: not null } => L["{0}（不在岗）", name],
        { Name: { Length: > 0 } name } => L["{0}（{1}）", name, L[s.Title]],
        _ => L[s.Title],
    }).Distinct());

    /// <summary>The places of a body in a few words: a grid, or the first buildings and how many.</summary>
    public static string Places(this Texts L, IReadOnlyList<PlaceLine> places) => places.Count switch
    {
        0 => "",
        <= 4 => string.Join(L["、"], places.Select(p => p.Name)),
        _ => L["{0}等{1}处", string.Join(L["、"], places.Take(3).Select(p => p.Name)), places.Count],
    };

    public static string Vacancies(this Texts L, IReadOnlyList<Vacancy> vacancies) => string.Join(L["、"], vacancies.Select(v => v.Count == 1 ? L[v.Title] : L["{0}{1}人", L[v.Title], v.Count]));
}
