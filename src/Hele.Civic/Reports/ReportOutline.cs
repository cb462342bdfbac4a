using Hele.Civic.Kernel;

namespace Hele.Civic.Reports;

/// <summary>A place in the report's outline.</summary>
/// <param name="Level">1 for 一、, 2 for （一）, 3 for 1.; 0 for paragraphs without a heading of their own, which go on under the one before.</param>
/// <param name="Title">Its heading; at level 0 what it is about, and not printed.</param>
/// <param name="Nothing">
/// Said where the period has no record for it: <c>{within}</c> is the period, <c>{day}</c> its last day. Null for what is only a heading, and for what is left out without records.
/// </param>
public sealed record ReportPlace(int Level, Bilingual Title, Bilingual? Nothing = null);

/// <summary>
/// The report's places in the order of the account it is modelled on. A place is filled by the <see cref="SectionWriter"/>s that name it; without records, or without a
/// writer yet, it says in one sentence that there are none.
/// </summary>
public static class ReportOutline
{
    public static readonly ReportPlace Profile = new(0, ("基本情况", "The community"), ("到{day}，{community}没有网格、住户和居民的记录。", "On {day}, there are no records of grids, households and residents of {community}."));

    private static readonly ReportPlace Core = new(1, ("强化党建核心，充分发挥支部战斗堡垒作用", "The Party's organisation at the core"));
    public static readonly ReportPlace CoBuilding = new(2, ("推进社区“大党委”建设", "The community's wider Party committee"),
        ("{within}没有签订共建协议、吸纳兼职委员和联络员，以及与共建单位共同解决问题、共享场所、开展共建活动的记录。", "{within}, there are no records of co-building agreements, part-time committee members and liaisons, nor of problems solved, venues shared and activities held with co-building units."));
    private static readonly ReportPlace OnGrids = new(2, ("支部建在网格上", "Branches on the grids"));
    public static readonly ReportPlace Branches = new(3, ("网格和支部", "Grids and branches"), ("到{day}，没有划分网格、建立党支部和党小组的记录。", "On {day}, there are no records of grids, Party branches and groups."));
    public static readonly ReportPlace Teams = new(3, ("“1+X”服务团队", "“1+X” service teams"), ("到{day}，没有组建“1+X”服务团队的记录。", "On {day}, there are no records of “1+X” service teams."));
    public static readonly ReportPlace PairedHelp = new(3, ("结对帮扶", "Paired help"), ("{within}没有结对帮扶的记录。", "{within}, there are no records of paired help."));

    private static readonly ReportPlace Forces = new(1, ("深化队伍建设，充分发挥党员先锋模范作用", "Three teams"));
    public static readonly ReportPlace Workers = new(2, ("建设专业化社区工作者队伍", "Professional community workers"), ("{within}没有社区工作者队伍、党员服务岗和业务培训的记录。", "{within}, there are no records of community workers, Party members' service desks and training."));
    public static readonly ReportPlace Members = new(2, ("建设优质化社区党员队伍", "Party members"),
        ("{within}没有党员组织生活、在职党员到社区报到并认领服务岗位、点亮微心愿的记录。", "{within}, there are no records of Party members' organisation life, of in-service members who reported and claimed service posts, and of micro-wishes fulfilled."));
    public static readonly ReportPlace Volunteers = new(2, ("建设规模化社区志愿者队伍", "Volunteers"), ("{within}没有志愿者注册、志愿服务队伍备案和志愿服务项目的记录。", "{within}, there are no records of volunteers registered, volunteer teams and service projects."));

    private static readonly ReportPlace Mechanisms = new(1, ("落实四项机制，全面促进辖区和谐稳定", "Four mechanisms"));
    private static readonly ReportPlace Democracy = new(2, ("推进基层民主科学决策", "Democratic decisions"));
    public static readonly ReportPlace Deliberations = new(3, ("一征三议两公开", "One solicitation, three deliberations, two disclosures"),
        ("{within}没有实行“一征三议两公开”工作法、由居民民主决策的记录。", "{within}, there are no records of decisions residents took by one solicitation, three deliberations and two disclosures."));
    public static readonly ReportPlace Judgement = new(3, ("居民的事情居民说了算，问题解决得好不好由群众评判", "Residents judge how their appeals were handled"),
        ("{within}没有居民提出诉求、社区作出答复和居民评价的记录。", "{within}, there are no records of appeals raised, answers given or verdicts of residents."));
    public static readonly ReportPlace Mediation = new(2, ("完善矛盾调解化解机制", "Mediation"), ("{within}没有调解矛盾纠纷的记录。", "{within}, there are no records of disputes mediated."));
    private static readonly ReportPlace Convenience = new(2, ("开展便民利民服务工作", "Services for residents"));
    public static readonly ReportPlace Services = new(3, ("便民服务设施和联动服务", "Linked services"),
        ("{within}没有图书阅览室、“四点半”学校、心理咨询室、慈善超市、日间照料中心等便民服务的记录。", "{within}, there are no records of services such as the reading room, the after-school room, counselling, the charity shop and the day-care centre."));
    public static readonly ReportPlace Care = new(3, ("民情档案和红色服务小组", "Files of people in need and service groups"), ("{within}没有“民情档案”和“红色服务小组”的记录。", "{within}, there are no records of files of people in need and of service groups."));
    public static readonly ReportPlace Circle = new(3, ("党群红色服务圈", "The walking circle"), ("{within}没有测算“党群红色服务圈”的记录。", "{within}, there are no records of a walking circle worked out."));
    public static readonly ReportPlace Supervision = new(2, ("构筑党风政风监督检查藩篱", "Supervision"),
        ("{within}没有廉政教育、廉政公开承诺和党风政风监督员开展全过程监督的记录。", "{within}, there are no records of integrity education, public commitments and supervision by the supervisors engaged for it."));

    private static readonly ReportPlace Close = new(1, ("荣誉、差距和下一步", "Honours, gaps and next steps"));
    public static readonly ReportPlace Honours = new(0, ("荣誉", "Honours"), ("到{day}，没有获得荣誉的记录。", "On {day}, there are no records of honours."));

    /// <summary>What the sections say is still to be done, gathered at the end.</summary>
    public static readonly ReportPlace Next = new(0, ("差距和下一步", "Gaps and next steps"));

    public static IReadOnlyList<ReportPlace> Places { get; } =
    [
        Profile,
        Core, CoBuilding, OnGrids, Branches, Teams, PairedHelp,
        Forces, Workers, Members, Volunteers,
        Mechanisms, Democracy, Deliberations, Judgement, Mediation, Convenience, Services, Care, Circle, Supervision,
        Close, Honours, Next,
    ];

    /// <summary>The numbers of the headings, place by place: 一、 then （一） then 1.; in English 1, 1.1, 1.1.1. Empty without a heading.</summary>
    public static IReadOnlyList<Bilingual> Numbers { get; } = Number(Places);

    private static IReadOnlyList<Bilingual> Number(IReadOnlyList<ReportPlace> places)
    {
        var (one, two, three) = (0, 0, 0);
        return [.. places.Select(p => (Bilingual)(p.Level switch
        {
            1 => ($"{Chinese(Count(ref one, ref two))}、", $"{one}. "),
            2 => ($"（{Chinese(Count(ref two, ref three))}）", $"{one}.{two} "),
            3 => ($"{++three}.", $"{one}.{two}.{three} "),
            _ => ("", ""),
        }))];

        static int Count(ref int here, ref int below) => (below = 0, ++here).Item2;
    }

    private static Bilingual Digits => ("零一二三四五六七八九十", "0 1 2 3 4 5 6 7 8 9 10");

    /// <summary>A Chinese numeral, 1 to 99.</summary>
    public static string Chinese(int number)
    {
        var (tens, ones) = (number / 10, number % 10);
        return (tens > 1 ? Digits.Zh[tens].ToString() : "") + (tens > 0 ? Digits.Zh[10].ToString() : "") + (ones > 0 ? Digits.Zh[ones].ToString() : "");
    }
}
