using Hele.Civic.Kernel;

namespace Hele.Civic.Grids;

/// <summary>Everything the rooms of places and grids can refuse.</summary>
public static class GridProblems
{
    public static readonly Problem NotFound = new("grid.not-found", ("没有找到。", "Not found."), Kind: ProblemKind.NotFound);
    public static readonly Problem NotACommunity = new("grid.not-a-community", ("楼栋和网格属于社区，这里不是社区。", "Buildings and grids belong to a community; this is none."), Kind: ProblemKind.Conflict);

    public static readonly Problem CompoundNameMissing = new("compound.name-missing", ("请写小区或院落的名称，最多40个字。", "Give the compound's name, at most 40 characters."), "Name");
    public static readonly Problem CompoundNameTaken = new("compound.name-taken", ("已经有一个同名的小区。", "There is a compound of this name already."), "Name", ProblemKind.Conflict);
    public static readonly Problem ManagerTooLong = new("compound.manager-too-long", ("物业名称最多40个字。", "The manager's name has at most 40 characters."), "Manager");

    public static readonly Problem CompoundMissing = new("building.compound-missing", ("请选择属于哪个小区。", "Choose the compound it belongs to."), "Compound");
    public static readonly Problem BuildingNameMissing = new("building.name-missing", ("请写楼号，例如：3号楼，最多40个字。", "Give the building's name, e.g. building 3, at most 40 characters."), "Name");
    public static readonly Problem BuildingNameTaken = new("building.name-taken", ("这个小区里已经有同名的楼。", "The compound has a building of this name already."), "Name", ProblemKind.Conflict);
    public static readonly Problem FloorsOdd = new("building.floors-odd", ("层数填1到120。", "Floors: 1 to 120."), "Floors");
    public static readonly Problem EntrancesTooMany = new("building.entrances-too-many", ("单元数填0到30；只有一个门的楼填0。", "Entrances: 0 to 30; a building with one door has 0."), "Entrances");
    public static readonly Problem PositionOdd = new("building.position-odd", ("位置要写经度和纬度，例如：121.4912345 31.2412345，也可以在地图上点。", "A position is longitude and latitude, e.g. 121.4912345 31.2412345; or point at the map."), "Position");
    public static readonly Problem BuildingHasHouseholds = new("building.has-households", ("楼里还登记着{0}户，请先办搬出。", "{0} households are still registered in it; register their leaving first."), Kind: ProblemKind.Conflict);
    public static readonly Problem BuildingGone = new("building.gone", ("这栋楼已登记为不再使用。", "The building is registered as no longer there."), Kind: ProblemKind.Conflict);

    public static readonly Problem GridNameMissing = new("grid.name-missing", ("请写网格名称，例如：第三网格，最多30个字。", "Give the grid's name, e.g. grid 3, at most 30 characters."), "Name");
    public static readonly Problem GridNameTaken = new("grid.name-taken", ("已经有一个同名的网格。", "There is a grid of this name already."), "Name", ProblemKind.Conflict);
    public static readonly Problem PhoneTooLong = new("grid.phone-too-long", ("值班电话最多30个字符。", "The duty telephone has at most 30 characters."), "DutyPhone");
    public static readonly Problem GridsTooMany = new("grid.too-many", ("网格编号已用完（999个）。", "All 999 serials of grids are used."), Kind: ProblemKind.Conflict);
    public static readonly Problem GridHasPosts = new("grid.has-posts", ("还有{0}个岗位是为这个网格设的，请先终止。", "{0} posts are held for this grid; end them first."), Kind: ProblemKind.Conflict);
    public static readonly Problem GridHasBuildings = new("grid.has-buildings", ("网格里还有{0}栋楼，请先划到别的网格。", "{0} buildings still belong to it; put them into another grid first."), Kind: ProblemKind.Conflict);
    public static readonly Problem GridGone = new("grid.gone", ("这个网格已撤销。", "This grid is closed."), Kind: ProblemKind.Conflict);
    public static readonly Problem NothingToAssign = new("grid.nothing-to-assign", ("请选择要划入的楼栋。", "Choose the buildings to put into it."), "Buildings");
    public static readonly Problem AlreadyThere = new("grid.already-there", ("选的楼栋已经都在这个网格里。", "All the chosen buildings are in this grid already."), "Buildings", ProblemKind.Conflict);

    public static readonly Problem OutlineMissing = new("grid.outline-missing", ("请在地图上画出范围，或粘贴坐标。", "Draw the outline on the map, or paste its coordinates."), "Outline");
    public static readonly Problem OutlineTooLong = new("grid.outline-too-long", ("坐标太多，请用少一些的点。", "There are too many coordinates; use fewer corners."), "Outline");
    public static readonly Problem OutlineUnreadable = new("grid.outline-unreadable", ("坐标看不懂：每个点写“经度 纬度”，点之间用逗号或换行隔开，至少三个点。", "The coordinates can't be read: \"longitude latitude\" for each corner, a comma or a line apart, three corners at least."), "Outline");
    public static readonly Problem OutlineElsewhere = new("grid.outline-elsewhere", ("坐标不在中国范围内，是不是经度和纬度写反了？", "The coordinates lie outside China; are longitude and latitude the wrong way round?"), "Outline");
    public static readonly Problem OutlineCrossesItself = new("grid.outline-crosses-itself", ("范围的边线自己交叉了，或者中间有洞，请重画。", "The outline crosses itself or has a hole; draw it anew."), "Outline");
    public static readonly Problem OutlineSize = new("grid.outline-size", ("范围太小或太大：网格在100平方米到50平方公里之间。", "The outline is too small or too large: a grid has between 100 m² and 50 km²."), "Outline");

    public static readonly Problem RoomMissing = new("household.room-missing", ("请写门牌，例如：302，最多20个字。", "Give the room, e.g. 302, at most 20 characters."), "Room");
    public static readonly Problem EntranceMissing = new("household.entrance-missing", ("请选择哪个单元。", "Choose the entrance."), "Entrance");
    public static readonly Problem HouseholdTaken = new("household.taken", ("这个门牌已经登记了一户。", "A household is registered behind this door already."), "Room", ProblemKind.Conflict);
    public static readonly Problem PersonMissing = new("household.person-missing", ("请选择是谁。", "Choose who."), "Person");
    public static readonly Problem LivesHere = new("household.lives-here", ("这个人已经登记住在这一户。", "They are registered in this household already."), "Person", ProblemKind.Conflict);
    public static readonly Problem LivesElsewhere = new("household.lives-elsewhere", ("这个人登记住在{0}。确实搬来了，请勾选“同时从那里搬出”。", "They are registered at {0}. If they did move, tick “leaves there at the same time”."), "Person", ProblemKind.Conflict);
    public static readonly Problem PersonGone = new("household.person-gone", ("这个人已登记为离开本社区。", "They are registered as having left the community."), "Person", ProblemKind.Conflict);
    public static readonly Problem DayInFuture = new("household.day-in-future", ("日期不能晚于今天。", "The day can't lie after today."), "On");
    public static readonly Problem DayBeforeMoveIn = new("household.day-before-move-in", ("搬出的日期不能早于搬入的日期{0}。", "The day of leaving can't lie before the day of moving in, {0}."), "On");
    public static readonly Problem NobodyChosen = new("household.nobody-chosen", ("请勾选搬走的人。", "Tick who moves."), "Members");
    public static readonly Problem HeadNotMoving = new("household.head-not-moving", ("新的户主要在搬走的人里选。", "The new household's head is one of those who move."), "Head");
    public static readonly Problem SameDoor = new("household.same-door", ("这就是现在的住处。", "That is where they live now."), "Room");
    public static readonly Problem HouseholdThere = new("household.there", ("{0}已经登记着一户（{1}人）。确实并到那一户，请勾选“并到那一户”。", "A household of {1} is registered at {0}. If they do join it, tick “join that household”."), "Join", ProblemKind.Conflict);
    public static readonly Problem TargetBuildingMissing = new("household.target-missing", ("请选择搬到哪栋楼。", "Choose the building they move to."), "Building");
    public static readonly Problem TargetOfOthers = new("household.target-of-others", ("那栋楼不归您登记，请社区工作者一次办好两头。", "That building's households are kept by others; the community's worker does both ends in one act."), "Building", ProblemKind.Conflict);
    public static readonly Problem HouseholdGone = new("household.gone", ("这一户已经搬空（{0}）。", "The household has left ({0})."), Kind: ProblemKind.Conflict);
    public static readonly Problem BornMissing = new("birth.day-missing", ("请填出生日期。", "Give the day of birth."), "BornOn");
    public static readonly Problem BornInFuture = new("birth.day-in-future", ("出生日期不能晚于今天。", "The day of birth can't lie after today."), "BornOn");
    public static readonly Problem BornLongAgo = new("birth.day-long-ago", ("这里登记新生儿；一岁以上的孩子请登记为搬入。", "This is for newborns; a child over one year old is registered as moving in."), "BornOn");
    public static readonly Problem GuardianMissing = new("birth.guardian-missing", ("请选择监护人，一般是父母；不满十四周岁必须有监护人。", "Choose the guardians, as a rule the parents; nobody under fourteen is without."), "Guardians");
    public static readonly Problem BornTwice = new("birth.twice", ("{0}已经给这一户登记过一个新生儿。确实是另一个孩子（双胞胎），请勾选“是另一个孩子”。", "{0} a newborn was registered in this household. Where this is another child (twins), tick “another child”."), "Another", ProblemKind.Conflict);
    public static readonly Problem PresenceMissing = new("household.presence-missing", ("请选择人户状态。", "Choose whether person and registration are together."), "Presence");
    public static readonly Problem SamePresence = new("household.same-presence", ("已经是“{0}”。", "That is what is registered: {0}."), "Presence", ProblemKind.Conflict);
    public static readonly Problem DayBeforePresence = new("household.day-before-presence", ("日期不能早于上一次登记的{0}。", "The day can't lie before that of the last entry, {0}."), "On");
    public static readonly Problem OwnerMissing = new("flat.owner-missing", ("请写产权人的姓名（最多60个字），登记里有的写编码。", "Give the owner's name (at most 60 characters), or the code of somebody in the register."), "Owner");
    public static readonly Problem SameOwner = new("flat.same-owner", ("登记的就是这位产权人。", "That is the owner who is registered."), "Owner", ProblemKind.Conflict);
    public static readonly Problem LandlordMissing = new("tenancy.landlord-missing", ("请写出租人的姓名（最多60个字），登记里有的写编码。", "Give the landlord's name (at most 60 characters), or the code of somebody in the register."), "Landlord");
    public static readonly Problem UntilBeforeFrom = new("tenancy.until-before-from", ("到期的日期不能早于开始的日期。", "It can't run out before it began."), "Until");
    public static readonly Problem UntilPast = new("tenancy.until-past", ("续租到的日期要晚于今天。", "It goes on until a day after today."), "Until");
    public static readonly Problem TenancyThere = new("tenancy.there", ("这一户已经登记着一份租住，从{0}起。请先登记它结束。", "A tenancy since {0} is registered already; register its end first."), Kind: ProblemKind.Conflict);
    public static readonly Problem NoTenancy = new("tenancy.none", ("这一户没有在住的租约，或者刚才已登记结束。", "No tenancy runs in this household, or its end was registered just now."), Kind: ProblemKind.Conflict);
    public static readonly Problem SettlingMissing = new("tenancy.settling-missing", ("请选择续租还是已经结束。", "Choose whether it goes on or has ended."), "What");
    public static readonly Problem TenancyEndOdd = new("tenancy.end-odd", ("结束的日期要在租住开始之后、今天之前。", "The end lies after the beginning and not after today."), "On");
    public static readonly Problem ChangeNotNow = new("change.not-now", ("这条变动现在{0}，不能再办。", "This statement is: {0}. Nothing more can be done with it."), Kind: ProblemKind.Conflict);
    public static readonly Problem ChangeKindMissing = new("change.kind-missing", ("请选择有什么变化。", "Choose what has changed."), "Kind");
    public static readonly Problem AboutMissing = new("change.about-missing", ("请写是谁，最多{0}个字。", "Say who it is about, at most {0} characters."), "About");
    public static readonly Problem AboutMembersMissing = new("change.members-missing", ("请选择是家里的哪一位。", "Choose which of the household it is about."), "Members");
    public static readonly Problem AboutOne = new("change.about-one", ("这里一次只说一个人；还有别人的，请另外报告。", "One person at a time here; say the others separately."), "About");
    public static readonly Problem MembersOne = new("change.members-one", ("这里一次只选一位；还有别人的，请另外报告。", "One person at a time here; say the others separately."), "Members");
    public static readonly Problem EvidenceMissing = new("change.evidence-missing", ("请写是什么情况、怎么知道的，最多{0}个字。", "Say what it is and how you know, at most {0} characters."), "Text");
    public static readonly Problem HappenedInFuture = new("change.day-in-future", ("发生的日期不能晚于今天。", "The day it happened can't lie after today."), "HappenedOn");
    public static readonly Problem NoOwnHousehold = new("change.no-own-household", ("登记里还没有您住在哪一户。请先报告您搬到了哪里。", "The register doesn't know where you live. Say first where you moved in."), Kind: ProblemKind.Conflict);
    public static readonly Problem StatedAlready = new("change.stated-already", ("您{0}已经报告过同样的变动，正在等核实。", "You said the same on {0}; it waits to be checked."), Kind: ProblemKind.Conflict);
    public static readonly Problem OwnStatement = new("change.own", ("自己报告的由另一个人核实。", "Somebody else checks what you said yourself."), Kind: ProblemKind.Conflict);
    public static readonly Problem SoMissing = new("change.so-missing", ("请选择是否属实。", "Choose whether it is so."), "So");
    public static readonly Problem CheckMissing = new("change.check-missing", ("请选择怎么核实的。", "Choose how you checked it."), "Check");
    public static readonly Problem ChangeAnswerMissing = new("change.answer-missing", ("请写给报告人的话：为什么不属实，或者怎么办了，最多{0}个字。", "Write what is told to whoever said it: why it isn't so, or what was done; at most {0} characters."), "Answer");
    public static readonly Problem ChangeAnswered = new("change.answered", ("{0}已经核实过：{1}。", "{0} checked it already: {1}."), Kind: ProblemKind.Conflict);
    public static readonly Problem MemberMissing = new("change.member-missing", ("请选择是这一户的哪一位。", "Choose which member of the household it is."), "People");
    public static readonly Problem WentMissing = new("change.went-missing", ("请选择搬到哪里去了。", "Choose where they went."), "To");
    public static readonly Problem LeftIsTheCounters = new("change.left-counter", ("离开本社区由社区工作者登记；您可以先登记搬离这里。", "That somebody left the community is registered at the counter; you can register that they left this door."), "To");
    public static readonly Problem NewIsTheCounters = new("change.new-counter", ("登记里还没有这个人，请社区工作者核实并登记。", "They aren't in the register yet; the community's worker checks and enters them."), "Name");
    public static readonly Problem NewIsKnown = new("change.new-known", ("登记里已经有同名、住在这里的人，请选那一位。", "Somebody of this name and address is in the register already; choose them."), "Name", ProblemKind.Conflict);
    public static readonly Problem ChangeOfTheCounter = new("change.counter-only", ("这一类变动由社区工作者核实登记。", "This kind of change is checked and registered by the community's worker."), Kind: ProblemKind.Conflict);
    public static readonly Problem NobodyThere = new("change.nobody-there", ("这个门牌还没有登记住户，请先登记搬入。", "Nobody is registered behind this door; register who lives there first."), Kind: ProblemKind.Conflict);
    public static readonly Problem NotThere = new("household.not-there", ("这个人现在不登记在这一户。", "They aren't registered in this household now."), Kind: ProblemKind.Conflict);
}
