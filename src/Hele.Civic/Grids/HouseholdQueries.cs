using System.Runtime.CompilerServices;
using Hele.Civic.Kernel;
using Hele.Civic.People;
using Hele.Civic.Platform;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.Grids;

/// <summary>A household as the building's page lists it.</summary>
public sealed record HouseholdLine(string Code, string? Entrance, string Room, DateOnly From, IReadOnlyList<MemberLine> Members);

/// <summary>Somebody who lives there.</summary>
public sealed record MemberLine(string Code, string Name, HouseholdRole Role, DateOnly From);

/// <summary>Somebody of a household as its own page shows them.</summary>
/// <param name="To">Last day; null for whoever lives there now.</param>
/// <param name="Presence">人户状态; null while nobody has asked.</param>
public sealed record DwellerLine(string Code, string Name, HouseholdRole Role, DateOnly From, MemberCause Came, DateOnly? To, MemberCause? Went, Presence? Presence, DateOnly? PresenceSince);

/// <summary>Whose the flat is, or was.</summary>
/// <param name="Code">Public code of an owner in the register.</param>
public sealed record OwnerLine(string? Code, string Name, bool Died, DateOnly From, DateOnly? To);

/// <summary>A tenancy.</summary>
/// <param name="LandlordCode">Public code of a landlord in the register.</param>
public sealed record TenancyLine(string? LandlordCode, string Landlord, DateOnly From, DateOnly? Until, bool ContractSeen, DateOnly? EndedOn);

/// <summary>A household's page.</summary>
/// <param name="MayKeep">The viewer keeps it: the community's worker, or the post of its grid.</param>
public sealed record HouseholdView(string Code, string Address, string Building, string? Entrance, string Room, DateOnly From, DateOnly? To, IReadOnlyList<DwellerLine> Members, IReadOnlyList<DwellerLine> Former,
    IReadOnlyList<OwnerLine> Owners, IReadOnlyList<TenancyLine> Tenancies, string? Keeper, bool MayKeep);

/// <summary>Who lives where, read.</summary>
public sealed class HouseholdQueries(ReadSession read, ModuleList modules, TimeProvider clock)
{
    /// <summary>One household; null for missing and for not theirs alike.</summary>
    public async Task<HouseholdView?> Find(Viewer viewer, string code, CancellationToken cancel = default)
    {
        var db = await read.Db(cancel);
        var household = await GridAccess.Visible(db, viewer, db.Set<Household>()).SingleOrDefaultAsync(h => h.PublicCode == code, cancel);
        return household is null ? null : await View(db, viewer, household, cancel);
    }

    private async Task<HouseholdView> View(HeleDb db, Viewer viewer, Household household, CancellationToken cancel)
    {
        // An owner who lives in another grid is named; their entry is not opened from here.
        var known = PeopleAccess.Visible(db, modules, viewer, db.Set<Person>());
        var members = await (from m in db.Set<HouseholdMember>() where m.HouseholdId == household.Id join p in db.Set<Person>() on m.PersonId equals p.Id
                             select new DwellerLine(p.PublicCode, p.Name, m.Role, m.From, m.Came, m.To, m.Went,
                                 db.Set<MemberPresence>().Where(x => x.MemberId == m.Id && x.To == null).Select(x => (Presence?)x.Presence).FirstOrDefault(),
                                 db.Set<MemberPresence>().Where(x => x.MemberId == m.Id && x.To == null).Select(x => (DateOnly?)x.From).FirstOrDefault())).ToListAsync(cancel);
        var owners = await (from o in db.Set<FlatOwner>() where o.BuildingId == household.BuildingId && o.EntranceId == household.EntranceId && o.Room == household.Room
                            select new OwnerLine(known.Where(p => p.Id == o.PersonId).Select(p => p.PublicCode).FirstOrDefault(), o.Name ?? db.Set<Person>().Where(p => p.Id == o.PersonId).Select(p => p.Name).FirstOrDefault() ?? "",
                                db.Set<Person>().Any(p => p.Id == o.PersonId && p.DiedOn != null), o.From, o.To)).ToListAsync(cancel);
        var tenancies = await (from t in db.Set<Tenancy>() where t.HouseholdId == household.Id
                               select new TenancyLine(known.Where(p => p.Id == t.LandlordId).Select(p => p.PublicCode).FirstOrDefault(), t.Landlord ?? db.Set<Person>().Where(p => p.Id == t.LandlordId).Select(p => p.Name).FirstOrDefault() ?? "",
                                   t.From, t.Until, t.ContractSeen, t.EndedOn)).ToListAsync(cancel);
        var building = await db.Set<Building>().Where(b => b.Id == household.BuildingId).Select(b => b.PublicCode).SingleAsync(cancel);
        var entrance = await db.Set<Entrance>().Where(e => e.Id == household.EntranceId).Select(e => e.Name).SingleOrDefaultAsync(cancel);
        return new(household.PublicCode, await AddressOf(db, household.Id), building, entrance, household.Room, household.From, household.To,
            [.. members.Where(m => m.To is null).OrderBy(m => m.Role).ThenBy(m => m.From)], [.. members.Where(m => m.To is not null).OrderByDescending(m => m.To)],
            [.. owners.OrderByDescending(o => o.To is null).ThenByDescending(o => o.From)], [.. tenancies.OrderByDescending(t => t.EndedOn is null).ThenByDescending(t => t.From)],
            await KeeperOf(db, household, cancel), household.To is null && await GridAccess.PostAt(db, viewer, household.BuildingId, GridAccess.KeepHouseholds, cancel) is not null);
    }

    /// <summary>
    /// Whoever of the living is called exactly so or has this code, and may be moved in by this viewer: whom they may see, and who lives nowhere yet. Somebody of another grid
    /// is moved by whoever keeps both ends.
    /// </summary>
    public async Task<IReadOnlyList<PersonLine>> Comers(Viewer viewer, string? typed, CancellationToken cancel = default)
    {
        var words = ChineseText.Normalize(typed);
        if (words.Length == 0 || viewer.PostFor(GridAccess.KeepHouseholds) is null)
            return [];
        var db = await read.Db(cancel);
        var (seen, jurisdiction) = (PeopleAccess.Visible(db, modules, viewer, db.Set<Person>()).Select(p => p.Id), viewer.JurisdictionId);
        var people = db.Set<Person>().Where(Person.Here).Where(p => p.JurisdictionId == jurisdiction && (seen.Contains(p.Id) || !db.Set<HouseholdMember>().Any(m => m.PersonId == p.Id && m.To == null)));
        people = PublicCode.TryParse(words, out var code) ? people.Where(p => p.PublicCode == code.Text) : people.Where(p => p.Name == words);
        return await people.OrderBy(p => p.Id).Take(10).Select(p => new PersonLine(p.Id, p.PublicCode, p.Name, p.Address, p.PhoneMasked, null, p.LeftOn, p.DiedOn)).ToListAsync(cancel);
    }

    /// <summary>Where somebody lives now; null while the register doesn't know.</summary>
    public static Task<Household?> OwnOf(HeleDb db, Guid person) =>
        db.Set<Household>().SingleOrDefaultAsync(h => db.Set<HouseholdMember>().Any(m => m.HouseholdId == h.Id && m.PersonId == person && m.To == null));

    /// <summary>A household as one of its members may see it: who lives there and since when, and who keeps the entry.</summary>
    internal async Task<OwnHousehold> OwnView(Viewer viewer, Household household, CancellationToken cancel)
    {
        var view = await View(await read.Db(cancel), viewer, household, cancel);
        return new(view.Address, view.From, view.Keeper, view.Members, view.Tenancies.FirstOrDefault(t => t.EndedOn is null));
    }

    /// <summary>The title of the post that keeps a household: that of its grid, else whoever keeps the community's.</summary>
    private async Task<string?> KeeperOf(HeleDb db, Household household, CancellationToken cancel)
    {
        var grid = await db.Set<GridBuilding>().Where(g => g.BuildingId == household.BuildingId && g.To == null).Select(g => (Guid?)g.GridId).SingleOrDefaultAsync(cancel);
        var posts = await db.Set<Post>().Where(Post.ActiveOn(clock.Today())).Where(p => p.Role == Role.GridWorker || p.Role == Role.Clerk || p.Role == Role.Secretary).Select(p => new { p.Role, p.ScopeId, p.Title }).ToListAsync(cancel);
        return posts.Where(p => p.ScopeId is null || p.ScopeId == grid).OrderBy(p => p.ScopeId is null).ThenBy(p => p.Role).ThenBy(p => p.Title, StringComparer.Ordinal).FirstOrDefault()?.Title;
    }

    /// <summary>Whether this viewer keeps the households of a building.</summary>
    public async Task<bool> KeepsAt(Viewer viewer, string building, CancellationToken cancel = default)
    {
        var db = await read.Db(cancel);
        var id = await db.Set<Building>().Where(b => b.PublicCode == building).Select(b => (Guid?)b.Id).SingleOrDefaultAsync(cancel);
        return id is { } found && await GridAccess.PostAt(db, viewer, found, GridAccess.KeepHouseholds, cancel) is not null;
    }

    /// <summary>The households behind a building's doors today, by door and room; none for whoever may not see them.</summary>
    public async Task<IReadOnlyList<HouseholdLine>> Of(Viewer viewer, string building, CancellationToken cancel = default)
    {
        var db = await read.Db(cancel);
        var households = await GridAccess.Visible(db, viewer, db.Set<Household>()).Where(h => h.To == null && db.Set<Building>().Any(b => b.Id == h.BuildingId && b.PublicCode == building))
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
