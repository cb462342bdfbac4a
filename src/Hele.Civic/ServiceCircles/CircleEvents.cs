using Hele.Civic.Platform.Journal;

namespace Hele.Civic.ServiceCircles;

public static class CircleEvents
{
    public static readonly EventKind MapAdded = new("street.map-added", ("添加了街道图", "Added a street map"));
    public static readonly EventKind MapEnded = new("street.map-ended", ("停用了街道图", "Stopped using a street map"));
    public static readonly EventKind CorrectionDrawn = new("street.correction-drawn", ("画上了路况更正", "Drew a correction of the streets"));
    public static readonly EventKind CorrectionEnded = new("street.correction-ended", ("撤掉了路况更正", "Took away a correction of the streets"));
    public static readonly EventKind PointOpened = new("circle.point-opened", ("设立了服务点", "Opened a service point"));
    public static readonly EventKind PointCorrected = new("circle.point-corrected", ("更正了服务点", "Corrected a service point"));
    public static readonly EventKind PointClosed = new("circle.point-closed", ("撤销了服务点", "Closed a service point"));
    public static readonly EventKind HelperJoined = new("circle.helper-joined", ("登记了就近帮忙的人", "Registered somebody who helps nearby"));
    public static readonly EventKind HelperEnded = new("circle.helper-ended", ("就近帮忙结束", "Somebody no longer helps nearby"));
    public static readonly EventKind HelperGone = new("circle.helper-gone", ("去世或离开，就近帮忙结束", "Helps no more: died or left"));
    public static readonly EventKind HelperResumed = new("circle.helper-resumed", ("更正以后，就近帮忙恢复", "Helps again: what ended it was a mistake"));
    public static readonly EventKind HelperErased = new("circle.helper-erased", ("删除了就近帮忙的时间", "Erased when somebody helped"), Whole: true);
    public static readonly EventKind ReadingRecorded = new("circle.reading-recorded", ("测算了红色服务圈", "Worked out the walking circle"));
    public static readonly EventKind LineRecorded = new("circle.line-recorded", ("测算了一栋楼", "Worked out one building"));

    public static IEnumerable<EventKind> All => [MapAdded, MapEnded, CorrectionDrawn, CorrectionEnded, PointOpened, PointCorrected, PointClosed, HelperJoined, HelperEnded, HelperGone, HelperResumed, HelperErased, ReadingRecorded, LineRecorded];
}
