using Hele.Civic.Kernel;

namespace Hele.Web.Pages.Rules;

/// <summary>The order in which people look for a rule: by what it is about.</summary>
public static class RuleGroups
{
    /// <summary>The first word of a rule's id to its group. A rule of another word stands under "other".</summary>
    private static readonly (Bilingual Title, string[] Words)[] Groups =
    [
        (("居民诉求", "Residents' appeals"), ["appeal", "rating"]),
        (("信访", "Petitions"), ["petition"]),
        (("居民自治与居务公开", "Self-government and disclosure"), ["affairs", "representative", "resident", "voter", "committee", "democratic"]),
        (("业主与物业", "Owners and property management"), ["owners"]),
        (("人民调解", "People's mediation"), ["mediation"]),
        (("社会救助", "Social assistance"), ["mla", "destitute", "selfcare", "rigid", "defacto"]),
        (("老人探访与志愿服务", "Visits to the elderly and volunteering"), ["elder", "volunteer"]),
        (("党的组织生活", "Party organisation life"), ["party", "doublecheckin"]),
        (("个人信息与日志", "Personal data and logs"), ["log", "pia", "entrust"]),
    ];

    private static readonly Bilingual Other = ("其他", "Other");

    public static IReadOnlyList<(string Id, Bilingual Title, IReadOnlyList<Rule> Rules)> Of(IEnumerable<Rule> rules)
    {
        var byWord = rules.ToLookup(r => r.Id.Split('.')[0]);
        var known = Groups.SelectMany(g => g.Words).ToHashSet();
        return [.. Groups.Select(g => (g.Title, Rules: g.Words.SelectMany(w => byWord[w])))
            .Append((Other, byWord.Where(g => !known.Contains(g.Key)).SelectMany(g => g)))
            .Select((g, i) => ($"g{i + 1}", g.Item1, (IReadOnlyList<Rule>)[.. g.Item2])).Where(g => g.Item3.Count > 0)];
    }
}
