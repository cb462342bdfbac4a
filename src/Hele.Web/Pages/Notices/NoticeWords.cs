using Hele.Civic.Platform.Notices;
using Hele.Civic.Platform.Notices.Mail;
using Hele.Web.Ui;

namespace Hele.Web.Pages.Notices;

internal static class NoticeWords
{
    public static string Day(this Texts L, Fmt fmt, DateOnly day, DateOnly today) =>
        day == today ? L["今天"] : day == today.AddDays(-1) ? L["昨天"] : fmt.Date(day);

    public static string DigestLine(this Texts L, DateOnly day, DateOnly today, int count) =>
        day == today.AddDays(-1) ? L["昨天有{0}件事有进展", count] : L["这一天有{0}件事有进展", count];

    public static string Way(this Texts L, NoticeWay way) => way switch
    {
        NoticeWay.AtOnce => L["马上"],
        NoticeWay.Digest => L["第二天汇总"],
        _ => L["不通知"],
    };

    public static string Way(this Texts L, EmailWay way) => way switch
    {
        EmailWay.Digest => L["每天一封，有通知才发"],
        EmailWay.UrgentToo => L["每天一封，急事马上另发"],
        _ => L["不发"],
    };

    public static string Tongue(this Texts L, MailLanguage language) => language == MailLanguage.English ? L["英文"] : L["中文|language of a mail"];

    public static string Mail(this Texts L, MailKind kind) => kind switch
    {
        MailKind.Digest => L["一天的通知"],
        MailKind.Urgent => L["急事的通知"],
        MailKind.Code => L["验证码"],
        _ => L["换邮箱的说明"],
    };
}
