using Hele.Civic.Platform.Journal;

namespace Hele.Civic.BreakGlass;

public static class EmergencyEvents
{
    public static readonly EventKind Opened = new("break-glass.opened", ("应急打开一项密封内容，说明了理由", "Opened something sealed in an emergency, with a reason"));
    public static readonly EventKind Ended = new("break-glass.ended", ("结束应急查看", "Ended the break-glass access"));
    public static readonly EventKind Justified = new("break-glass.justified", ("复核：正当", "Reviewed it: justified"));
    public static readonly EventKind NotJustified = new("break-glass.not-justified", ("复核：不正当", "Reviewed it: not justified"));
    public static readonly EventKind Known = new("break-glass.known", ("本人或监护人已知悉", "The person, or their guardian, has been told"));
    public static readonly EventKind Erased = new("break-glass.erased", ("删除了应急查看的理由和意见", "Erased the words of a break-glass access"), Whole: true);

    public static IEnumerable<EventKind> All => [Opened, Ended, Justified, NotJustified, Known, Erased];
}
