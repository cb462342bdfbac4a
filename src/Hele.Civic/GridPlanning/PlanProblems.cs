using Hele.Civic.Kernel;

namespace Hele.Civic.GridPlanning;

/// <summary>What is refused here, and how that is said.</summary>
public static class PlanProblems
{
    public static readonly Problem NotFound = new("plan.not-found", ("没有找到。", "Not found."), Kind: ProblemKind.NotFound);
    public static readonly Problem NotACommunity = new("plan.not-a-community", ("网格属于社区，这里不是社区。", "Grids belong to a community; this is none."), Kind: ProblemKind.Conflict);
    public static readonly Problem NotNow = new("plan.not-now", ("这个方案现在是“{0}”，不能再办。", "This plan is: {0}. Nothing more can be done with it."), Kind: ProblemKind.Conflict);
    public static readonly Problem NameMissing = new("plan.name-missing", ("请给方案写个名称，最多40个字。", "Give the plan a name, at most 40 characters."), "Name");
    public static readonly Problem NameTaken = new("plan.name-taken", ("已经保存着一个同名的方案。", "A plan of this name is kept already."), "Name", ProblemKind.Conflict);
    public static readonly Problem CutOdd = new("plan.cut-odd", ("方案和登记的楼栋、网格对不上，请回到规划页重新选一个方案。", "The plan doesn't fit the buildings and grids in the register; go back to the planner and choose one anew."), Kind: ProblemKind.Conflict);
    public static readonly Problem RegisterChanged = new("plan.register-changed", ("保存方案以后登记变过了：{0}。方案不能照旧采用，请先按现在的登记更新方案。", "The register has changed since the plan was kept: {0}. It can't be adopted as it stands; bring it up to date first."), Kind: ProblemKind.Conflict);
    public static readonly Problem NothingChanges = new("plan.nothing-changes", ("方案和现在的划分完全一样，没有什么要采用的。", "The plan is exactly how the grids are now; there is nothing to adopt."), Kind: ProblemKind.Conflict);
    public static readonly Problem ReasonMissing = new("plan.reason-missing", ("请写为什么这样调整，最多300个字。", "Say why the grids are cut so, at most 300 characters."), "Reason");
    public static readonly Problem NumberMissing = new("plan.number-missing", ("请写决定的文号或者会议，例如：河西社居〔2026〕5号，最多60个字。", "Give the number of the document, or the meeting, that decided it; at most 60 characters."), "Number");
    public static readonly Problem DayMissing = new("plan.day-missing", ("请填从哪一天起执行。", "Give the day from which it holds."), "ValidFrom");
    public static readonly Problem DayInFuture = new("plan.day-in-future", ("执行的日期不能晚于今天：到了那一天再采用，方案一直留着。", "The day can't lie after today: adopt it on that day, the plan is kept until then."), "ValidFrom");
    public static readonly Problem DayTooEarly = new("plan.day-too-early", ("执行的日期不能早于{0}：有的楼那一天才划进现在的网格。", "The day can't lie before {0}: some buildings came to their present grid on that day."), "ValidFrom");
    public static readonly Problem NotConfirmed = new("plan.not-confirmed", ("请勾选确认：方案由人决定，不是系统决定。", "Tick that you have looked at it: a person decides, not the program."), "Confirmed");
    public static readonly Problem NewNameMissing = new("plan.new-name-missing", ("请给每个新设的网格写名称，最多30个字。", "Give each new grid a name, at most 30 characters."), "NewNames");
    public static readonly Problem NewNameTaken = new("plan.new-name-taken", ("“{0}”已经有一个网格叫这个名字。", "There is a grid called {0} already."), "NewNames", ProblemKind.Conflict);
    public static readonly Problem PhoneTooLong = new("plan.phone-too-long", ("值班电话最多30个字符。", "The duty telephone has at most 30 characters."), "NewPhones");
    public static readonly Problem GridHasPosts = new("plan.grid-has-posts", ("要撤销的{0}还有{1}个岗位是为它设的，请先终止或者改派。", "{1} posts are held for {0}, which the plan closes; end them first."), Kind: ProblemKind.Conflict);
    public static readonly Problem GridHasBodies = new("plan.grid-has-bodies", ("要撤销的{0}还有组织只管这个网格：{1}。请先撤销，或者改为负责别的网格。", "{0}, which the plan closes, is all that these are for: {1}. Dissolve them, or give them other grids first."), Kind: ProblemKind.Conflict);
    public static readonly Problem Torn = new("plan.torn", ("{0}的楼被别的网格隔开了，画不成一个范围。请把隔在中间的楼划过来，或者把零星的楼划出去。", "Buildings of other grids lie between those of {0}: no single outline goes round them. Move those between, or those apart."), Kind: ProblemKind.Conflict);
    public static readonly Problem OutlineTooLong = new("plan.outline-too-long", ("{0}的范围边角太多，存不下。请减少零散的楼。", "The outline of {0} has too many corners to be kept; leave fewer scattered buildings."), Kind: ProblemKind.Conflict);
    public static readonly Problem GridsTooMany = new("plan.grids-too-many", ("网格编号不够了（一共999个）。", "There aren't enough serials of grids left (999 in all)."), Kind: ProblemKind.Conflict);
    public static readonly Problem NoBuildings = new("plan.no-buildings", ("登记里还没有楼栋。", "There are no buildings in the register yet."), Kind: ProblemKind.Conflict);
}
