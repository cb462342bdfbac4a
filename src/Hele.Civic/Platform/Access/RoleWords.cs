using Hele.Civic.Kernel;

namespace Hele.Civic.Platform.Access;

/// <summary>Roles in plain words: what they are called, and what they may do.</summary>
public static class RoleWords
{
    public static Bilingual Title(this Role role) => role switch
    {
        Role.GridWorker => ("网格员", "Grid worker"),
        Role.Clerk => ("社区工作者", "Community worker"),
        Role.Secretary => ("社区党委书记", "Secretary"),
        Role.Supervisor => ("居务监督", "Supervisor"),
        Role.SystemAdministrator => ("系统管理员", "System administrator"),
        Role.SecurityAdministrator => ("安全管理员", "Security administrator"),
        Role.SubdistrictOfficer => ("街道工作人员", "Sub-district officer"),
        Role.DistrictOfficer => ("区级工作人员", "District officer"),
        _ => (role.ToString(), role.ToString()),
    };

    public static Bilingual Explanation(this Role role) => role switch
    {
        Role.GridWorker => ("受理、答复诉求，看人员登记；要看完整电话号码须应急查看", "accepts and answers appeals, sees the register; a full telephone number only by break-glass"),
        Role.Clerk => ("在大厅登记诉求，受理、答复，管人员登记", "takes appeals down at the counter, accepts and answers them, keeps the register"),
        Role.Secretary => ("和社区工作者一样，另外定本地时限、结账、提出和确认任用", "as a community worker; also sets local limits, closes periods, proposes and confirms posts"),
        Role.Supervisor => ("看诉求、数字和岗位，办理对工作人员的意见，复核应急查看", "reads appeals, figures and posts; handles complaints about conduct; reviews break-glass"),
        Role.SystemAdministrator => ("管账号和运行，答复对和乐的意见，看不到诉求和人员登记", "keeps accounts and operation, answers what is said about Hele; sees no appeals and no register"),
        Role.SecurityAdministrator => ("管岗位：提出、确认、终止；看不到诉求和人员登记", "keeps posts: proposes, confirms, ends; sees no appeals and no register"),
        Role.SubdistrictOfficer => ("答复或退回社区上报的事项，看所辖社区的合计数字；看不到社区的记录", "answers or returns what communities refer up, sees their aggregated figures; sees no records of a community"),
        Role.DistrictOfficer => ("看所辖社区的合计数字；看不到社区的记录", "sees the aggregated figures of the communities below; sees no records of a community"),
        _ => (role.ToString(), role.ToString()),
    };

    /// <summary>Administrators read no case content.</summary>
    public static bool IsAdministrator(this Role role) => role is Role.SystemAdministrator or Role.SecurityAdministrator;
}
