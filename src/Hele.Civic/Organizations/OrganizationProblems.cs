using Hele.Civic.Kernel;

namespace Hele.Civic.Organizations;

/// <summary>Everything the room of bodies and seats can refuse.</summary>
public static class OrganizationProblems
{
    public static readonly Problem NotFound = new("body.not-found", ("没有找到。", "Not found."), Kind: ProblemKind.NotFound);
    public static readonly Problem NotACommunity = new("body.not-a-community", ("这些组织设在社区，这里不是社区。", "These bodies belong to a community; this is none."), Kind: ProblemKind.Conflict);
    public static readonly Problem Gone = new("body.gone", ("这个组织已经撤销。", "This body is dissolved."), Kind: ProblemKind.Conflict);

    public static readonly Problem KindMissing = new("body.kind-missing", ("请选择是什么组织。", "Choose what kind of body it is."), "Kind");
    public static readonly Problem NameMissing = new("body.name-missing", ("请写名称，例如：第三网格党支部，最多40个字。", "Give its name, e.g. branch of grid 3, at most 40 characters."), "Name");
    public static readonly Problem NameTaken = new("body.name-taken", ("已经有一个同名的组织。", "There is a body of this name already."), "Name", ProblemKind.Conflict);
    public static readonly Problem SpecialityTooLong = new("body.speciality-too-long", ("特色服务最多60个字。", "The speciality has at most 60 characters."), "Speciality");
    public static readonly Problem PhoneTooLong = new("body.phone-too-long", ("公开电话最多30个字符。", "The public telephone has at most 30 characters."), "DutyPhone");
    public static readonly Problem ReasonMissing = new("body.reason-missing", ("请写理由，最多200个字。", "Give the reason, at most 200 characters."), "Reason");
    public static readonly Problem DayInFuture = new("body.day-in-future", ("日期不能晚于今天。", "The day can't lie after today."), "On");
    public static readonly Problem DayBeforeStart = new("body.day-before-start", ("日期不能早于{0:yyyy-MM-dd}。", "The day can't lie before {0:yyyy-MM-dd}."), "On");
    public static readonly Problem HasOne = new("body.has-one", ("社区已经有{0}；要换人请办理换届或登记席位。", "The community has a {0} already; renew its term or change its seats."), "Kind", ProblemKind.Conflict);
    public static readonly Problem ParentMissing = new("body.parent-missing", ("请选择属于哪个组织：党支部属于社区党委，党小组属于党支部。", "Choose the body above it: a branch's committee, a group's branch."), "Parent");
    public static readonly Problem HasBelow = new("body.has-below", ("下面还有{0}个组织，请先撤销或改属。", "{0} bodies still stand under it; dissolve or move them first."), Kind: ProblemKind.Conflict);

    public static readonly Problem GridMissing = new("body.grid-missing", ("请选择负责的网格。", "Choose the grid it is for."), "Grids");
    public static readonly Problem GridsTooFew = new("body.grids-too-few", ("联合党支部至少由两个网格组成，请选两个或更多。", "A joint branch is of two grids at least; choose two or more."), "Grids");
    public static readonly Problem GridsTooMany = new("body.grids-too-many", ("只能选一个网格；几个网格合建的，请选“联合党支部”。", "Choose one grid only; a branch of several grids is a joint branch."), "Grids");
    public static readonly Problem GridOrBuildings = new("body.grid-or-buildings", ("选整个网格，或者选其中几栋楼，不要两样都选。", "Choose the whole grid, or some of its buildings, not both."), "Buildings");
    public static readonly Problem BuildingsMissing = new("body.buildings-missing", ("请选择负责的楼栋。", "Choose the buildings it is for."), "Buildings");
    public static readonly Problem BuildingsOfSeveralGrids = new("body.buildings-of-several-grids", ("选的楼分在几个网格里；网格党支部只负责一个网格的楼。", "The buildings lie in several grids; a grid branch is for buildings of one."), "Buildings");
    public static readonly Problem NothingChanged = new("body.nothing-changed", ("范围和原来一样。", "The places are as they were."), Kind: ProblemKind.Conflict);
    public static readonly Problem TeamThere = new("body.team-there", ("这个网格已经有服务团队。", "This grid has a service team already."), "Grids", ProblemKind.Conflict);

    public static readonly Problem MembersMissing = new("body.members-missing", ("请写现有多少名正式党员。", "Say how many full members there are."), "Members");
    public static readonly Problem MembersTooFew = new("body.members-too-few", ("成立党支部要有正式党员{0}以上（{1}）；不够的，与别的网格成立联合党支部。", "A branch needs {0} or more full members ({1}); with fewer, found a joint branch with another grid."), "Members");
    public static readonly Problem MembersTooMany = new("body.members-too-many", ("一个党支部的党员一般不超过{0}（{1}），请分设。", "A branch has as a rule no more than {0} ({1}); found two."), "Members");
    public static readonly Problem SizeMissing = new("body.size-missing", ("请写这一届应选多少人：{0}到{1}（{2}）。", "Say how many are to be elected: {0} to {1} ({2})."), "Size");
    public static readonly Problem NumberOdd = new("body.number-odd", ("届数填1到99。", "The term's number: 1 to 99."), "Number");
    public static readonly Problem NoTerms = new("body.no-terms", ("这个组织没有任期，不用换届。", "This body has no terms."), Kind: ProblemKind.Conflict);

    public static readonly Problem SeatMissing = new("seat.kind-missing", ("请选择席位。", "Choose the seat."), "Seat");
    public static readonly Problem PersonMissing = new("seat.person-missing", ("请写全名或编码，从人员登记里选一个人。", "Give the full name or code of somebody in the register."), "Person");
    public static readonly Problem PersonGone = new("seat.person-gone", ("这个人已登记为离开本社区。", "They are registered as having left the community."), "Person", ProblemKind.Conflict);
    public static readonly Problem HowMissing = new("seat.how-missing", ("请选择怎样产生。", "Choose how they came to it."), "How");
    public static readonly Problem SitsHere = new("seat.sits-here", ("这个人已经在这个席位上。", "They hold this seat already."), "Person", ProblemKind.Conflict);
    public static readonly Problem Taken = new("seat.taken", ("{0}已经有人，请先登记离任。", "There is a {0} already; register their leaving first."), "Seat", ProblemKind.Conflict);
    public static readonly Problem Full = new("seat.full", ("这一届应选{0}人，已经满了。", "This term has {0} seats and all are taken."), "Seat", ProblemKind.Conflict);
    public static readonly Problem HouseholdsMissing = new("seat.households-missing", ("请写代表多少户。", "Say how many households they speak for."), "Households");
    public static readonly Problem BuildingMissing = new("seat.building-missing", ("请选择是哪栋楼的楼栋长。", "Choose the building."), "Building");
    public static readonly Problem BuildingTaken = new("seat.building-taken", ("这栋楼已经有楼栋长。", "This building has a lead already."), "Building", ProblemKind.Conflict);
    public static readonly Problem NotARepresentative = new("seat.not-a-representative", ("居民小组组长由居民小组从居民代表中推选（《城市居民委员会组织法》第13条）：请先登记为本组的居民代表。", "A group's leader is chosen from its representatives (Organic Law of Urban Residents' Committees, art. 13): register them as its representative first."), "Person", ProblemKind.Conflict);
    public static readonly Problem OnTheCommittee = new("seat.on-the-committee", ("居民委员会成员不得担任居务监督委员会成员（《城市居民委员会组织法》第36条）。", "Members of the residents' committee may not sit on the supervision committee (Organic Law of Urban Residents' Committees, art. 36)."), "Person", ProblemKind.Conflict);
    public static readonly Problem OnTheSupervision = new("seat.on-the-supervision", ("居务监督委员会成员不得担任居民委员会成员（《城市居民委员会组织法》第36条）。", "Members of the supervision committee may not sit on the residents' committee (Organic Law of Urban Residents' Committees, art. 36)."), "Person", ProblemKind.Conflict);
    public static readonly Problem KinUndeclared = new("seat.kin-undeclared", ("居民委员会成员实行近亲属回避，其近亲属不得担任居务监督委员会成员（《城市居民委员会组织法》第8、36条）：本人声明没有，才能登记。", "Near relatives of the residents' committee's members sit neither with them nor on the supervision committee (Organic Law of Urban Residents' Committees, art. 8, 36): they have to declare that there are none."), "NoKin");
    public static readonly Problem WhoseDutyMissing = new("seat.whose-duty-missing", ("请选择给谁分工。", "Choose whose duties they are."), "Seat");
    public static readonly Problem DutyUnknown = new("seat.duty-unknown", ("请从列出的分工里选。", "Choose from the duties that are listed."), "Duties");
    public static readonly Problem SkillUnknown = new("seat.skill-unknown", ("请从列出的特长里选。", "Choose from the skills that are listed."), "Skill");
    public static readonly Problem LeaverMissing = new("seat.leaver-missing", ("请选择谁离任。", "Choose who leaves."), "Seat");
    public static readonly Problem EndMissing = new("seat.end-missing", ("请选择离任的原因。", "Choose why they leave."), "Why");
    public static readonly Problem EndedAlready = new("seat.ended-already", ("已经登记过离任。", "Their leaving is registered already."), Kind: ProblemKind.Conflict);
    public static readonly Problem LeadsTheGroup = new("seat.leads-the-group", ("先登记不再担任小组长：组长要从居民代表中产生。", "Register first that they no longer lead the group: its leader has to be a representative."), Kind: ProblemKind.Conflict);
}
