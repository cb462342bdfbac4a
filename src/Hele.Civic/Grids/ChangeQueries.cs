using Hele.Civic.Kernel;
using Hele.Civic.People;
using Hele.Civic.Platform;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.Grids;

/// <summary>A stated change as a list shows it.</summary>
/// <param name="IsOwn">The viewer said it.</param>
/// <param name="MayCheck">The viewer keeps that door and may register what it says, and somebody else said it.</param>
public sealed record ChangeLine(string Code, ChangeKind Kind, string Where, string About, ChangeState State, DateOnly StatedOn, DateOnly? DueOn, bool IsOwn, bool MayCheck);

/// <summary>One with all that is known of it.</summary>
/// <param name="StatedBy">Who said it, for whoever checks: their name and post.</param>
/// <param name="Members">Who lives behind the door, for whoever checks.</param>
/// <param name="Named">Public codes of the members whose names were given.</param>
/// <param name="Known">Who in the register is called like whoever moved in, for whoever checks.</param>
/// <param name="HasTenancy">A tenancy runs there.</param>
/// <param name="Prior">Public code of the refused one that this puts right.</param>
/// <param name="Again">Public code of the one that puts this right.</param>
public sealed record ChangeView(string Code, ChangeKind Kind, string Where, string About, string Text, DateOnly? HappenedOn, DateOnly StatedOn, DateOnly? DueOn, ChangeState State, ChangeCheck? CheckedBy, string? Answer,
    DateTimeOffset? AnsweredAt, string? Post, bool IsOwn, bool Keeps, bool MayCheck, string? StatedBy, string? Household, IReadOnlyList<DwellerLine> Members, IReadOnlyList<string> Named,
    IReadOnlyList<PersonLine> Known, bool HasTenancy, string? Prior, string? Again);

/// <summary>One's own household as it is registered.</summary>
public sealed record OwnHousehold(string Address, DateOnly From, string? Keeper, IReadOnlyList<DwellerLine> Members, TenancyLine? Tenancy);

/// <summary>A refused one, to be put right and said again.</summary>
public sealed record SaidBefore(string Code, ChangeKind Kind, string About, string Text, DateOnly? HappenedOn, string Building, string? Entrance, string Room, string? Answer, bool OfOwnHousehold);

/// <summary>Where a change is said to be.</summary>
internal sealed record PlacedChange(string Code, ChangeKind Kind, string About, ChangeState State, DateOnly StatedOn, DateOnly? DueOn, Guid StatedById, Guid BuildingId, string Where);

/// <summary>Stated changes, read.</summary>
public sealed class ChangeQueries(ReadSession read, HouseholdQueries households, TimeProvider clock)
{
    public const int MostShown = 100;

    internal static IQueryable<PlacedChange> Placed(HeleDb db, IQueryable<StatedChange> changes) => changes.Select(c => new PlacedChange(c.PublicCode, c.Kind, c.About, c.State, c.StatedOn, c.DueOn, c.StatedById, c.BuildingId,
        db.Set<Building>().Where(b => b.Id == c.BuildingId).Select(b => db.Set<Compound>().Where(x => x.Id == b.CompoundId).Select(x => x.Name).First() + b.Name).First()
            + (db.Set<Entrance>().Where(e => e.Id == c.EntranceId).Select(e => e.Name).FirstOrDefault() ?? "") + c.Room));

    /// <summary>What waits for this viewer's check, and what they said; the open ones first.</summary>
    /// <param name="household">Only those about its door: its public code.</param>
    public async Task<IReadOnlyList<ChangeLine>> List(Viewer viewer, string? household = null, CancellationToken cancel = default)
    {
        var db = await read.Db(cancel);
        var changes = StatedAccess.Visible(db, viewer, db.Set<StatedChange>());
        if (household is not null)
            changes = changes.Where(c => db.Set<Household>().Any(h => h.PublicCode == household && h.BuildingId == c.BuildingId && h.EntranceId == c.EntranceId && h.Room == c.Room));
        var rows = await Placed(db, changes.OrderBy(c => c.State == ChangeState.Stated ? 0 : 1).ThenBy(c => c.DueOn).ThenByDescending(c => c.AnsweredAt).ThenByDescending(c => c.Id).Take(MostShown)).ToListAsync(cancel);
        var grids = await GridsOf(db, rows, cancel);
        return [.. rows.Select(r => new ChangeLine(r.Code, r.Kind, r.Where, r.About, r.State, r.StatedOn, r.DueOn, r.StatedById == viewer.PersonId, r.StatedById != viewer.PersonId && Keeps(viewer, r.Kind, grids.GetValueOrDefault(r.BuildingId))))];
    }

    private static async Task<Dictionary<Guid, Guid>> GridsOf(HeleDb db, List<PlacedChange> rows, CancellationToken cancel)
    {
        var buildings = rows.Select(r => r.BuildingId).Distinct().ToList();
        return await db.Set<GridBuilding>().Where(g => g.To == null && buildings.Contains(g.BuildingId)).ToDictionaryAsync(g => g.BuildingId, g => g.GridId, cancel);
    }

    /// <summary><see cref="StatedAccess.Keeps"/> of a list's lines, whose grids are known.</summary>
    private static bool Keeps(Viewer viewer, ChangeKind kind, Guid grid) =>
        viewer.Posts.Any(p => StatedAccess.Check.Roles.Contains(p.Role) && StatedAccess.Registers(kind).Roles.Contains(p.Role) && (p.ScopeId is null || p.ScopeId == grid));

    /// <summary>Null for missing and for not theirs alike.</summary>
    public async Task<ChangeView?> Find(Viewer viewer, string code, CancellationToken cancel = default)
    {
        var db = await read.Db(cancel);
        var change = await StatedAccess.Visible(db, viewer, db.Set<StatedChange>()).SingleOrDefaultAsync(c => c.PublicCode == code, cancel);
        if (change is null)
            return null;
        var keeps = await GridAccess.PostAt(db, viewer, change.BuildingId, StatedAccess.Check, cancel) is not null;
        var own = change.StatedById == viewer.PersonId;
        var mayCheck = change.State == ChangeState.Stated && !own && await StatedAccess.Keeps(db, viewer, change.Kind, change.BuildingId, cancel) is not null;
        var building = await db.Set<Building>().SingleAsync(b => b.Id == change.BuildingId, cancel);
        var entrance = await db.Set<Entrance>().SingleOrDefaultAsync(e => e.Id == change.EntranceId, cancel);
        // Who lives there is told to whoever keeps it, never to whoever said something about it.
        var household = keeps ? await new Door(building, entrance, change.Room).LivesThere(db) ?? await db.Set<Household>().SingleOrDefaultAsync(h => h.Id == change.HouseholdId, cancel) : null;
        var view = household is null ? null : await households.Find(viewer, household.PublicCode, cancel);
        var members = household?.To is null ? view?.Members ?? [] : [];
        var stater = !keeps || own ? null : await db.Set<Person>().Where(p => p.Id == change.StatedById).Select(p => p.Name).SingleAsync(cancel);
        var title = stater is null ? null : await db.Set<Post>().Where(p => p.PersonId == change.StatedById).Where(Post.ActiveOn(change.StatedOn)).OrderBy(p => p.Id).Select(p => p.Title).FirstOrDefaultAsync(cancel);
        var names = change.About.Split('\u3001');
        return new(change.PublicCode, change.Kind, await Door.Spoken(db, building, entrance?.Name, change.Room), change.About, change.Text, change.HappenedOn, change.StatedOn, change.DueOn, change.State, change.CheckedBy, change.Answer, change.AnsweredAt,
            await db.Set<Post>().Where(p => p.Id == change.PostId).Select(p => p.Title).SingleOrDefaultAsync(cancel), own, keeps, mayCheck, title is null ? stater : $"{stater} {title}", household?.PublicCode, members,
            [.. members.Where(m => names.Contains(m.Name)).Select(m => m.Code)], mayCheck && change.Kind == ChangeKind.MovedIn ? await households.Comers(viewer, change.About, cancel) : [], view?.Tenancies.Any(t => t.EndedOn is null) == true,
            await db.Set<StatedChange>().Where(c => c.Id == change.PriorId).Select(c => c.PublicCode).SingleOrDefaultAsync(cancel),
            await db.Set<StatedChange>().Where(c => c.PriorId == change.Id).OrderByDescending(c => c.StatedOn).Select(c => c.PublicCode).FirstOrDefaultAsync(cancel));
    }

    /// <summary>The viewer's own refused one; null for missing and for not theirs alike.</summary>
    public async Task<SaidBefore?> Refused(Viewer viewer, string code, CancellationToken cancel = default)
    {
        var db = await read.Db(cancel);
        var own = await HouseholdQueries.OwnOf(db, viewer.PersonId);
        return await db.Set<StatedChange>().Where(c => c.PublicCode == code && c.StatedById == viewer.PersonId && c.State == ChangeState.Rejected)
            .Select(c => new { Change = c, Building = db.Set<Building>().Where(b => b.Id == c.BuildingId).Select(b => b.PublicCode).First(), Entrance = db.Set<Entrance>().Where(e => e.Id == c.EntranceId).Select(e => e.Name).FirstOrDefault() })
            .SingleOrDefaultAsync(cancel) is { } found
            ? new(found.Change.PublicCode, found.Change.Kind, found.Change.About, found.Change.Text, found.Change.HappenedOn, found.Building, found.Entrance, found.Change.Room, found.Change.Answer,
                own is not null && own.BuildingId == found.Change.BuildingId && own.EntranceId == found.Change.EntranceId && own.Room == found.Change.Room)
            : null;
    }

    /// <summary>The viewer's own household as it is registered; null while the register doesn't know where they live.</summary>
    public async Task<OwnHousehold?> Own(Viewer viewer, CancellationToken cancel = default)
    {
        var db = await read.Db(cancel);
        return await HouseholdQueries.OwnOf(db, viewer.PersonId) is { } household ? await households.OwnView(viewer, household, cancel) : null;
    }

    /// <summary>The viewer's own statements, the open ones first.</summary>
    public async Task<IReadOnlyList<ChangeLine>> OwnList(Viewer viewer, CancellationToken cancel = default)
    {
        var db = await read.Db(cancel);
        var rows = await Placed(db, StatedAccess.Visible(db, viewer, db.Set<StatedChange>()).Where(c => c.StatedById == viewer.PersonId)
            .OrderBy(c => c.State == ChangeState.Stated ? 0 : 1).ThenByDescending(c => c.AnsweredAt).ThenByDescending(c => c.Id).Take(MostShown)).ToListAsync(cancel);
        return [.. rows.Select(r => new ChangeLine(r.Code, r.Kind, r.Where, r.About, r.State, r.StatedOn, r.DueOn, true, false))];
    }

    /// <summary>The day by which one that is said now is looked into.</summary>
    public async Task<DateOnly> DueIfSaidNow(Viewer viewer, CancellationToken cancel = default)
    {
        var db = await read.Db(cancel);
        var place = await db.Jurisdictions.SingleAsync(j => j.Id == viewer.JurisdictionId, cancel);
        return (await Platform.Rules.RuleBook.InForce(db, place, StatedChange.CheckRule, clock.Today())).DueFrom(clock.Now(), ReferenceData.Calendar).Date;
    }

    private static readonly Bilingual ToCheck = ("核实：打电话、上门或看证明", "Check it: ring, go there, or see a paper");

    /// <summary>
    /// For the grid worker of that grid; for the community's workers what only they can register, what no grid worker serves, and what is late. The secretary comes after them.
    /// </summary>
    public static async Task<IReadOnlyList<DayItem>> Day(HeleDb db, Viewer viewer, DateOnly today, CancellationToken cancel)
    {
        if (viewer.PostFor(StatedAccess.Check) is null)
            return [];
        var rows = await Placed(db, StatedAccess.Visible(db, viewer, db.Set<StatedChange>()).Where(c => c.State == ChangeState.Stated && c.StatedById != viewer.PersonId).OrderBy(c => c.DueOn)).ToListAsync(cancel);
        if (rows.Count == 0)
            return [];
        var grids = await GridsOf(db, rows, cancel);
        var posts = await db.Set<Post>().Where(Post.ActiveOn(today)).Where(p => p.Role == Role.GridWorker || p.Role == Role.Clerk).Select(p => new { p.Role, p.ScopeId, p.PersonId }).ToListAsync(cancel);
        var items = new List<DayItem>();
        foreach (var row in rows)
        {
            var grid = grids.GetValueOrDefault(row.BuildingId);
            if (!Keeps(viewer, row.Kind, grid))
                continue;
            var first = new[] { Role.GridWorker, Role.Clerk }.Where(r => StatedAccess.Registers(row.Kind).Roles.Contains(r) && posts.Exists(p => p.Role == r && p.PersonId != row.StatedById && (p.ScopeId is null || p.ScopeId == grid)))
                .Select(r => (Role?)r).FirstOrDefault() ?? Role.Secretary;
            var mine = viewer.Posts.Any(p => p.Role == first && (p.ScopeId is null || p.ScopeId == grid));
            if (!mine && !(row.DueOn < today))
                continue;
            var word = StatedChange.Word(row.Kind);
            items.Add(new(typeof(StatedChange), row.Code, row.About.Length == 0 ? row.Where : row.About, row.Where, new Bilingual($"{word.Zh}？{ToCheck.Zh}", $"{word.En}? {ToCheck.En}"), row.DueOn, !mine));
        }
        return items;
    }
}
