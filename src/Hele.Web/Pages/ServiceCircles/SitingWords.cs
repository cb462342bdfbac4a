using System.Globalization;
using Hele.Civic.ServiceCircles;
using Hele.Planning.Streets;
using Hele.Web.Ui;

namespace Hele.Web.Pages.ServiceCircles;

/// <summary>Says what was asked about the places of service points, and what was found.</summary>
public static class SitingWords
{
    public static string Aim(this Texts L, SitingAim aim) => aim switch
    {
        SitingAim.All => L["都走得到，点最少"],
        SitingAim.Walks => L["大家走的路最少"],
        SitingAim.Farthest => L["最远的人最近"],
        SitingAim.Closing => L["撤点，影响最小"],
        _ => L["走得到的人最多"],
    };

    public static string AimHint(this Texts L, SitingAim aim) => aim switch
    {
        SitingAim.All => L["最少要几个点，每栋楼才都走得到。"],
        SitingAim.Walks => L["点数定了，大家走到最近的点的时间加起来最少。"],
        SitingAim.Farthest => L["点数定了，走得最久的人走得最短。"],
        SitingAim.Closing => L["要撤几个现有的点，撤哪几个失去的人最少。"],
        _ => L["点数定了，时限以内走得到的人最多。"],
    };

    /// <summary>What is wrong with what was typed, by the name of the field.</summary>
    public static string SitingProblem(this Texts L, string field) => field switch
    {
        "number" => L["几个点填1到{0}的整数。", SitingAsk.MostNumber],
        "capacity" => L["一个点最多服务多少，填1到1000000的整数，或者不填。"],
        "budget" => L["费用上限填0到{0}的整数，或者不填。", SitingAsk.MostCost],
        "cost-number" => L["这栋楼旁设点的费用填0到{0}的整数。", SitingAsk.MostCost],
        _ => L["各组的分量填0到{0}的整数，至少一组不是0。", SitingWeights.Most],
    };

    /// <summary>What the people that count are: "成人每户1，老年人每人1".</summary>
    public static string Weights(this Texts L, SitingWeights weights, bool byBuildings) => string.Join(L["，"], Enum.GetValues<WalkerGroup>().Where(g => weights.Of(g) > 0).Select(g =>
        byBuildings ? L["{0}每栋楼算{1}", L.Group(g), weights.Of(g)] : g == WalkerGroup.Older ? L["{0}每人算{1}", L.Group(g), weights.Of(g)] : L["{0}每户算{1}", L.Group(g), weights.Of(g)]));

    /// <summary>How sure the answer is.</summary>
    public static string Proof(this Texts L, SitingAnswer answer) => answer is { IsProven: true, Ask.Aim: SitingAim.Closing }
        ? L["已经证明：没有更好的选法。"]
        : answer.IsProven
        ? L["已经证明：在试过的{0}处里没有更好的选法。", answer.Candidates]
        : L["还没有证明是最好的：最多还可能再好{0}。", (Math.Ceiling(answer.Gap * 10_000) / 100).ToString("0.##", CultureInfo.InvariantCulture) + "%"];

    public static string Count(this Texts L, SitingCount count, bool byBuildings) => byBuildings ? L["{0}栋，共{1}栋（{2}）", count.Within, count.All, CircleText.Percent(count.Within, count.All)]
        : count.Group == WalkerGroup.Older ? L["{0}人，共{1}人（{2}）", count.Within, count.All, CircleText.Percent(count.Within, count.All)] : L["{0}户，共{1}户（{2}）", count.Within, count.All, CircleText.Percent(count.Within, count.All)];
}
