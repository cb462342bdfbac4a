using Hele.Civic.Organizations;
using Hele.Web.Ui;

namespace Hele.Web.Pages.Organizations;

/// <summary>What the pages about honours call things, and where they are.</summary>
public static class HonourWords
{
    public const string All = "/honours", New = "/honours/new";

    public static string Of(string code) => "/honours/" + code;

    public static string Keep(string code) => $"/honours/{code}/manage";

    public static string Kind(this Texts L, HonourKind kind) => kind switch
    {
        HonourKind.Title => L["荣誉称号"],
        HonourKind.Prize => L["奖状、奖牌"],
        HonourKind.Banner => L["锦旗"],
        _ => L["表扬信、感谢信"],
    };

    public static string Level(this Texts L, HonourLevel level) => level switch
    {
        HonourLevel.National => L["国家级"],
        HonourLevel.Province => L["省级"],
        HonourLevel.City => L["市级"],
        HonourLevel.District => L["区县级"],
        HonourLevel.Subdistrict => L["街道级"],
        _ => L["社区、单位或居民"],
    };

    /// <summary>Whose it is.</summary>
    public static string Whose(this Texts L, HonourLine honour) => honour.Body ?? (honour.Person is { Length: > 0 } person ? person : honour.Person is null ? L["本社区"] : L["（已删除）"]);
}
