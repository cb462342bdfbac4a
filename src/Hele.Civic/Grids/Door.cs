using Hele.Civic.Kernel;
using Hele.Civic.People;
using Hele.Civic.Platform.Journal;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.Grids;

/// <summary>A door as somebody names it, found in the register.</summary>
internal sealed record Door(Building Building, Entrance? Entrance, string Room)
{
    public static readonly EventKind Moved = new("person.moved", ("住址随住户登记更新", "The address follows where they live"));

    /// <param name="building">Public code.</param>
    public static async Task<(Door? Door, List<Problem> Problems)> Find(HeleDb db, string? building, string? entrance, string? room)
    {
        var found = await db.Set<Building>().SingleOrDefaultAsync(b => b.PublicCode == building);
        if (found is null)
            return (null, [GridProblems.TargetBuildingMissing]);
        if (found.To is not null)
            return (null, [GridProblems.BuildingGone]);
        var problems = new List<Problem>();
        var name = ChineseText.Line(room);
        if (name.Length is 0 or > Household.RoomLength) problems.Add(GridProblems.RoomMissing);
        var entrances = await db.Set<Entrance>().Where(e => e.BuildingId == found.Id).ToListAsync();
        var at = entrances.SingleOrDefault(e => e.Name == entrance);
        if (entrances.Count > 0 && at is null) problems.Add(GridProblems.EntranceMissing);
        return problems.Count > 0 ? (null, problems) : (new(found, at, name), []);
    }

    /// <summary>Who lives behind it now; null while nobody does.</summary>
    public Task<Household?> LivesThere(HeleDb db)
    {
        var (building, entrance, room) = (Building.Id, Entrance?.Id, Room);
        return db.Set<Household>().SingleOrDefaultAsync(h => h.BuildingId == building && h.EntranceId == entrance && h.Room == room && h.To == null);
    }

    /// <summary>柳荫路12号院3号楼2单元302.</summary>
    public static async Task<string> Spoken(HeleDb db, Building building, string? entrance, string room) =>
        await db.Set<Compound>().Where(c => c.Id == building.CompoundId).Select(c => c.Name).SingleAsync() + building.Name + entrance + room;

    /// <summary>The entry in the register says where they live now, whatever it said before.</summary>
    public static void MovedTo(ActScope scope, Person person, string spoken)
    {
        if (person.Address == spoken || spoken.Length > Person.AddressLength)
            return;
        person.Address = spoken;
        scope.Record(person, Moved);
    }
}
