using System.Runtime.CompilerServices;
using Hele.Civic.People;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.Grids;

/// <summary>A household as the building's page lists it.</summary>
public sealed record HouseholdLine(string Code, string? Entrance, string Room, DateOnly From, IReadOnlyList<MemberLine> Members);

/// <summary>Somebody who lives there.</summary>
public sealed record MemberLine(string Code, string Name, HouseholdRole Role, DateOnly From);

/// <summary>Who lives where, read.</summary>
public sealed class HouseholdQueries(ReadSession read)
{
    /// <summary>The households behind a building's doors today, by door and room; none for whoever may not see them.</summary>
    public async Task<IReadOnlyList<HouseholdLine>> Of(Viewer viewer, string building, CancellationToken cancel = default)
    {
        var db = await read.Db(cancel);
        var households = await GridAccess.Visible(viewer, db.Set<Household>()).Where(h => h.To == null && db.Set<Building>().Any(b => b.Id == h.BuildingId && b.PublicCode == building))
            .Select(h => new { h.Id, h.PublicCode, Entrance = db.Set<Entrance>().Where(e => e.Id == h.EntranceId).Select(e => e.Name).FirstOrDefault(), h.Room, h.From }).ToListAsync(cancel);
        var ids = households.Select(h => h.Id).ToList();
        var members = (await db.Set<HouseholdMember>().Where(m => m.To == null && ids.Contains(m.HouseholdId))
            .Join(db.Set<Person>(), m => m.PersonId, p => p.Id, (m, p) => new { m.HouseholdId, p.PublicCode, p.Name, m.Role, m.From }).ToListAsync(cancel)).ToLookup(m => m.HouseholdId);
        return [.. households.OrderBy(h => DoorNumber(h.Entrance)).ThenBy(h => DoorNumber(h.Room)).ThenBy(h => h.Room, StringComparer.Ordinal)
            .Select(h => new HouseholdLine(h.PublicCode, h.Entrance, h.Room, h.From, [.. members[h.Id].OrderBy(m => m.Role).ThenBy(m => m.From).Select(m => new MemberLine(m.PublicCode, m.Name, m.Role, m.From))]))];
    }

    /// <summary>The households of every building of the community, building by building, as <see cref="Of"/> lists them.</summary>
    public async IAsyncEnumerable<(BuildingLine Building, HouseholdLine Household)> All(Viewer viewer, IEnumerable<BuildingLine> buildings, [EnumeratorCancellation] CancellationToken cancel = default)
    {
        foreach (var building in buildings.Where(b => b.Households > 0))
            foreach (var household in await Of(viewer, building.Code, cancel))
                yield return (building, household);
    }

    /// <summary>A household's address as spoken: 柳荫路12号院3号楼2单元302.</summary>
    public static async Task<string> AddressOf(HeleDb db, Guid household) => await (
        from h in db.Set<Household>()
        where h.Id == household
        join b in db.Set<Building>() on h.BuildingId equals b.Id
        join c in db.Set<Compound>() on b.CompoundId equals c.Id
        select c.Name + b.Name + (db.Set<Entrance>().Where(e => e.Id == h.EntranceId).Select(e => e.Name).FirstOrDefault() ?? "") + h.Room).SingleAsync();

    /// <summary>The number a door begins with; those without one come last.</summary>
    internal static int DoorNumber(string? door) => door is not null && int.TryParse(new string([.. door.TakeWhile(char.IsAsciiDigit)]), out var number) ? number : int.MaxValue;
}
