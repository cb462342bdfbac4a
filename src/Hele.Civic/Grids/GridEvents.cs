using Hele.Civic.Platform.Journal;

namespace Hele.Civic.Grids;

/// <summary>What can happen to places, grids and households.</summary>
public static class GridEvents
{
    public static readonly EventKind CompoundRegistered = new("compound.registered", ("登记了小区", "Registered a compound"));
    public static readonly EventKind CompoundCorrected = new("compound.corrected", ("更正了小区", "Corrected a compound"));
    public static readonly EventKind BuildingRegistered = new("building.registered", ("登记了楼栋", "Registered a building"));
    public static readonly EventKind BuildingCorrected = new("building.corrected", ("更正了楼栋", "Corrected a building"));
    public static readonly EventKind BuildingRetired = new("building.retired", ("楼栋已不再使用", "The building is no longer there"));
    public static readonly EventKind EntranceRegistered = new("entrance.registered", ("登记了单元", "Registered an entrance"));
    public static readonly EventKind GridOpened = new("grid.opened", ("设立了网格", "Opened a grid"));
    public static readonly EventKind GridCorrected = new("grid.corrected", ("更正了网格", "Corrected a grid"));
    public static readonly EventKind GridRetired = new("grid.retired", ("撤销了网格", "Closed a grid"));
    public static readonly EventKind OutlineDrawn = new("grid.outline-drawn", ("划定了网格范围", "Drew a grid's outline"));
    public static readonly EventKind OutlineEnded = new("grid.outline-ended", ("网格范围已改划", "A grid's outline was drawn anew"));
    public static readonly EventKind BuildingAssigned = new("grid.building-assigned", ("把楼栋划入网格", "Put a building into a grid"));
    public static readonly EventKind BuildingReleased = new("grid.building-released", ("楼栋划出网格", "Took a building out of a grid"));
    public static readonly EventKind HouseholdRegistered = new("household.registered", ("登记了一户", "Registered a household"));
    public static readonly EventKind HouseholdEnded = new("household.ended", ("这一户已搬空", "The household has left"));
    public static readonly EventKind MovedIn = new("household.moved-in", ("登记为住户", "Moved in"));
    public static readonly EventKind MovedOut = new("household.moved-out", ("登记为搬出", "Moved out"));

    public static readonly EventKind HouseholdResumed = new("household.resumed", ("撤销更正，这一户恢复", "The household goes on: what ended it was a mistake"));
    public static readonly EventKind MemberDied = new("household.member-died", ("因去世结束住户登记", "Ended with the member's death"));
    public static readonly EventKind MemberLeft = new("household.member-left", ("离开本社区，结束住户登记", "Ended: the member left the community"));
    public static readonly EventKind MemberResumed = new("household.member-resumed", ("撤销更正，恢复住户登记", "The membership goes on: what ended it was a mistake"));
    public static readonly EventKind MovedWithin = new("household.moved-within", ("在社区内搬到这里", "Moved here within the community"));
    public static readonly EventKind MovedAway = new("household.moved-away", ("在社区内搬到别处", "Moved elsewhere within the community"));
    public static readonly EventKind Born = new("household.born", ("出生，登记到这一户", "Born into the household"));
    public static readonly EventKind PresenceSaid = new("household.presence-said", ("登记了人户状态", "Registered whether person and registration are together"));
    public static readonly EventKind PresenceEnded = new("household.presence-ended", ("人户状态有变化", "Person and registration changed"));
    public static readonly EventKind OwnerRegistered = new("flat.owner-registered", ("登记了产权人", "Registered the owner of a flat"));
    public static readonly EventKind OwnerEnded = new("flat.owner-ended", ("产权人有变更", "The owner of a flat changed"));
    public static readonly EventKind OwnerErased = new("flat.owner-erased", ("删除了产权人姓名", "Erased the owner's name"), Whole: true);
    public static readonly EventKind TenancyRegistered = new("tenancy.registered", ("登记了租住", "Registered a tenancy"));
    public static readonly EventKind TenancyExtended = new("tenancy.extended", ("登记了续租", "Registered that a tenancy goes on"));
    public static readonly EventKind TenancyEnded = new("tenancy.ended", ("登记租住结束", "Registered the end of a tenancy"));
    public static readonly EventKind TenancyErased = new("tenancy.erased", ("删除了出租人姓名", "Erased the landlord's name"), Whole: true);

    public static IEnumerable<EventKind> All =>
        [CompoundRegistered, CompoundCorrected, BuildingRegistered, BuildingCorrected, BuildingRetired, EntranceRegistered, GridOpened, GridCorrected, GridRetired, OutlineDrawn, OutlineEnded,
         BuildingAssigned, BuildingReleased, HouseholdRegistered, HouseholdEnded, MovedIn, MovedOut,
         HouseholdResumed, MemberDied, MemberLeft, MemberResumed, MovedWithin, MovedAway, Born, PresenceSaid, PresenceEnded, OwnerRegistered, OwnerEnded, OwnerErased, TenancyRegistered, TenancyExtended, TenancyEnded, TenancyErased];
}
