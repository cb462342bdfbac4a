using Hele.Civic.People;
using Hele.Civic.Platform.Sealing;
using Hele.Web.Ui;

namespace Hele.Web.Pages.People;

/// <summary>What the register's pages call things.</summary>
public static class PeopleWords
{
    public static string Shown(this Texts L, PeopleShown shown) => shown switch
    {
        PeopleShown.Everybody => L["全部"],
        PeopleShown.Residents => L["居民"],
        PeopleShown.Staff => L["在岗人员"],
        _ => L["已离开的"],
    };

    public static string Cause(this Texts L, ErasureCause cause) => cause switch
    {
        ErasureCause.Asked => L["本人要求"],
        ErasureCause.Ordered => L["运维命令"],
        ErasureCause.Expired => L["保存期满"],
        _ => L["恢复旧数据后再次删除"],
    };

    /// <summary>What an address asks for; a word it doesn't know is everybody.</summary>
    public static PeopleFilter Filter(string shown, string search) => new(Enum.GetNames<PeopleShown>().Contains(shown) ? Enum.Parse<PeopleShown>(shown) : PeopleShown.Everybody, search);
}
