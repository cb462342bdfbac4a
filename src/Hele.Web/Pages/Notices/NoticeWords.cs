using Hele.Civic.Platform.Notices;
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
}
