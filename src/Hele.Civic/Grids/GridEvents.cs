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

    public static IEnumerable<EventKind> All =>
        [CompoundRegistered, CompoundCorrected, BuildingRegistered, BuildingCorrected, BuildingRetired, EntranceRegistered, GridOpened, GridCorrected, GridRetired, OutlineDrawn, OutlineEnded,
         BuildingAssigned, BuildingReleased, HouseholdRegistered, HouseholdEnded, MovedIn, MovedOut];
}
