using Hele.Civic.Kernel;

namespace Hele.Civic.ServiceCircles;

/// <summary>What is refused here, and how that is said.</summary>
public static class CircleProblems
{
    public static readonly Problem NotFound = new("circle.not-found", ("没有找到。", "Not found."), Kind: ProblemKind.NotFound);

    public static readonly Problem KindMissing = new("circle.kind-missing", ("请选择是哪一种服务点。", "Choose what kind of point it is."), "Kind");
    public static readonly Problem NameMissing = new("circle.name-missing", ("请写名称，最多40个字。", "Give its name, at most 40 characters."), "Name");
    public static readonly Problem NameTaken = new("circle.name-taken", ("已经有一个同名的服务点。", "There is a service point of this name already."), "Name", ProblemKind.Conflict);
    public static readonly Problem PhoneTooLong = new("circle.phone-too-long", ("电话最多30个字符。", "The telephone has at most 30 characters."), "Phone");
    public static readonly Problem PositionMissing = new("circle.position-missing", ("请在地图上点出位置，或者写经度和纬度，例如：121.4912345 31.2412345。", "Point at the map, or write longitude and latitude, e.g. 121.4912345 31.2412345."), "Position");
    public static readonly Problem HoursMissing = new("circle.hours-missing", ("请至少填一段有人的时间。", "Give at least one span of hours at which somebody answers."), "Hours.Spans");
    public static readonly Problem HoursOdd = new("circle.hours-odd", ("这段时间没有填全：请选择星期，并填从几点到几点。", "This span isn't whole: choose the days, and from when to when."), "Hours.Spans");
    public static readonly Problem HoursCross = new("circle.hours-cross", ("同一天的两段时间重叠了。", "Two spans of one day lie on each other."), "Hours.Spans");
    public static readonly Problem PointClosed = new("circle.point-closed", ("这个服务点已撤销。", "This service point is closed."), Kind: ProblemKind.Conflict);

    public static readonly Problem PersonMissing = new("circle.person-missing", ("请写姓名或编号，只能是登记住在本社区的人。", "Give a name or number; only somebody registered as living here can be chosen."), "Person");
    public static readonly Problem SeveralOfThatName = new("circle.several-of-that-name", ("有{0}个人叫这个名字，请写编号。", "{0} people are called so; give the number."), "Person");
    public static readonly Problem HelpsAlready = new("circle.helps-already", ("这个人已经登记为就近帮忙。", "They are registered as helping nearby already."), "Person", ProblemKind.Conflict);
    public static readonly Problem AgreementMissing = new("circle.agreement-missing", ("请填本人同意的日期，不能晚于今天。", "Give the day they agreed to it, not after today."), "AgreedOn");
    public static readonly Problem HelperEnded = new("circle.helper-ended", ("已经结束了。", "It has ended already."), Kind: ProblemKind.Conflict);

    public static readonly Problem FileMissing = new("street.file-missing", ("请选择街道图文件。", "Choose the file of streets."), "File");
    public static readonly Problem FilePartly = new("street.file-partly", ("只读到一部分：{0}，读到能走的路{1}条。请换一个完整的文件；要用读到的这部分，就重新选这个文件，并勾选下面的一项。", "Only part of it could be read: {0}; {1} streets to walk on were read till then. Take a whole file; to use that part, choose the file again and tick the box below."), "File");
    public static readonly Problem FileTooLarge = new("street.file-too-large", ("文件压缩后超过{0}MB。请先截取社区周围的一块再上传。", "Packed, the file is larger than {0} MB. Cut out the surroundings of the community first."), "File");
    public static readonly Problem NoStreets = new("street.no-streets", ("文件里没有能走的路：{0}。", "There is no street to walk on in this file: {0}."), "File");
    public static readonly Problem StreetsElsewhere = new("street.elsewhere", ("文件里的路离本社区的楼都超过{0}公里。是不是选错了文件，或者坐标系不对？", "All streets of this file lie more than {0} km from the community's buildings. Is it the wrong file, or another coordinate system?"), "File");
    public static readonly Problem SourceMissing = new("street.source-missing", ("请写地图来源和使用许可，最多200个字。", "Say whose map it is and under what licence it is used, at most 200 characters."), "Source");
    public static readonly Problem MapNameMissing = new("street.name-missing", ("请写名称，最多60个字。", "Give its name, at most 60 characters."), "Name");
    public static readonly Problem MapEnded = new("street.map-ended", ("这张街道图已停用。", "This map is no longer used."), Kind: ProblemKind.Conflict);

    public static readonly Problem CorrectionKindMissing = new("street.kind-missing", ("请选择是门、小路还是围挡。", "Choose gate, footpath or barrier."), "Kind");
    public static readonly Problem CorrectionNameMissing = new("street.correction-name-missing", ("请写名称，例如：12号院北门，最多40个字。", "Give its name, e.g. north gate of courtyard 12, at most 40 characters."), "Name");
    public static readonly Problem LineMissing = new("street.line-missing", ("请在地图上画出来：门点一个点，小路和围挡至少两个点。", "Draw it on the map: one point for a gate, two at least for a footpath or barrier."), "Line");
    public static readonly Problem LineUnreadable = new("street.line-unreadable", ("坐标看不懂：每个点写“经度 纬度”，点之间用分号或换行隔开，最多100个点。", "The coordinates can't be read: \"longitude latitude\" for each point, a semicolon or a line apart, at most 100."), "Line");
    public static readonly Problem TouchesNoStreet = new("street.touches-no-street", ("画的地方没有碰到任何路：门要点在路上（15米以内），小路的一端要接到路，围挡要横过路。", "It touches no street: a gate stands in one (within 15 m), a footpath joins one at an end, a barrier crosses one."), "Line");
    public static readonly Problem CorrectionEnded = new("street.correction-ended", ("这处更正已撤掉。", "This correction has been taken away."), Kind: ProblemKind.Conflict);

    public static readonly Problem NothingToRead = new("circle.nothing-to-read", ("还没有街道图，或者没有一栋楼在地图上有位置，没法测算。", "There is no street map yet, or no building stands on the map: nothing can be worked out."), Kind: ProblemKind.Conflict);
    public static readonly Problem MomentOdd = new("circle.moment-odd", ("请选择星期和时刻。", "Choose a day of the week and a time."), "Hour");
}
