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

    /// <summary>What is wrong with what was typed in a field.</summary>
    /// <param name="houses">Addresses of the buildings that were asked for both ways.</param>
    public static string SitingProblem(this Texts L, string field, SitingFault fault, IEnumerable<string> houses) => fault switch
    {
        SitingFault.Nobody => L["至少一组要大于0。"],
        SitingFault.NoBuilding => L["写了费用，还要选是哪栋楼。"],
        SitingFault.Both => L["{0}：不能设和一定要设，只能选一样。", string.Join(L["、"], houses)],
        _ => field switch
        {
            "number" => L["填1到{0}的整数。", SitingAsk.MostNumber],
            "capacity" => L["填1到{0}的整数，或者不填。", SitingAsk.MostCost],
            "budget" => L["填0到{0}的整数，或者不填。", SitingAsk.MostCost],
            SitingAddress.CostNumber => L["填0到{0}的整数。", SitingAsk.MostCost],
            _ => L["填0到{0}的整数。", SitingWeights.Most],
        },
    };

    /// <summary>What was asked beside hour and weights, in words; apart from it what this aim has no use for.</summary>
    public static (IReadOnlyList<string> Counted, IReadOnlyList<string> Left) Asked(this Texts L, SitingAnswer answer)
    {
        var (ask, counted, left) = (answer.Ask, new List<string>(), new List<string>());
        var placing = ask.Aim != SitingAim.Closing;
        void Say(bool counts, string words) => (counts ? counted : left).Add(words);
        void Beside(IEnumerable<string> houses, Func<SitingPlace, string> one, Func<string, string> all)
        {
            if (houses.Select(h => answer.Named.FirstOrDefault(p => p.Building == h)).OfType<SitingPlace>().Select(one).ToList() is { Count: > 0 } named)
                Say(placing, all(string.Join(L["、"], named)));
        }
        if (!placing)
            counted.Add(L["撤{0}个点", ask.Number]);
        else if (ask.Aim != SitingAim.All)
            counted.Add(ask.Anew ? L["一共{0}个点", ask.Number] : L["新设{0}个点", ask.Number]);
        if (ask.Anew) Say(placing, L["现有的点也重新选"]);
        if (ask.Budget is { } budget) Say(placing, L["新设的点一共最多花{0}", budget]);
        if (ask.Capacity is { } capacity) Say(ask.Aim == SitingAim.Most, L["一个点最多服务{0}", capacity]);
        Beside(ask.Never, p => p.Name, all => L["不能设在{0}旁边", all]);
        Beside(ask.Always, p => p.Name, all => L["一定设在{0}旁边", all]);
        Beside(ask.Costs.Keys, p => L["{0}旁边{1}", p.Name, p.Cost], all => L["费用：{0}", all]);
        return (counted, left);
    }

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
