using Hele.Civic.Kernel;
using Hele.Civic.Platform.Rules;

namespace Hele.Web.Pages.Rules;

/// <summary>The order in which people look for a rule: by what it is about.</summary>
public static class RuleGroups
{
    /// <summary>How the ids of a group's rules begin, the first of them its anchor on the page; the first group that fits has the rule, and what fits none stands under "other".</summary>
    private static readonly (Bilingual Title, string[] Words)[] Groups =
    [
        (("居民诉求", "Residents' appeals"), ["appeal", "rating"]),
        (("信访", "Petitions"), ["petition"]),
        (("居民自治与居务公开", "Self-government and disclosure"), ["affairs", "disclosure", "representative", "resident", "voter", "committee", "democratic", "decision"]),
        (("业主与物业", "Owners and property management"), ["owners"]),
        (("人民调解", "People's mediation"), ["mediation"]),
        (("社会救助", "Social assistance"), ["mla", "destitute", "selfcare", "rigid", "defacto"]),
        (("老人探访与志愿服务", "Visits to the elderly and volunteering"), ["elder", "volunteer"]),
        (("步行圈", "Walking circle"), ["circle"]),
        (("网格划分", "Cutting grids"), ["grid"]),
        (("党的组织生活", "Party organisation life"), ["party", "double"]),
        (("对和乐的意见", "What is said about Hele"), ["feedback"]),
        (("通知", "Notices"), ["notices"]),
        (("个人信息与日志", "Personal data and logs"), ["log", "pia", "entrust", "break-glass", "person", "retention"]),
    ];

    private static readonly Bilingual Other = ("其他", "Other");

    public static IReadOnlyList<(string Id, Bilingual Title, IReadOnlyList<RuleHere> Rules)> Of(IEnumerable<RuleHere> rules)
    {
        var left = rules.ToList();
        var groups = new List<(string, Bilingual, IReadOnlyList<RuleHere>)>();
        foreach (var (title, words) in Groups)
        {
            var group = words.SelectMany(w => left.Where(r => r.Rule.Id.StartsWith(w, StringComparison.Ordinal))).Distinct().ToList();
            left.RemoveAll(group.Contains);
            groups.Add((words[0], title, group));
        }
        groups.Add(("other", Other, left));
        return [.. groups.Where(g => g.Item3.Count > 0)];
    }
}
