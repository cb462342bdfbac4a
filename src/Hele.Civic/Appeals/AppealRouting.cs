using Hele.Civic.Grids;
using Hele.Civic.Kernel;
using Hele.Civic.Organizations;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.Appeals;

/// <summary>
/// By place and kind a matter finds the paid post that answers for its clock, and when it is late the post that helps. Nobody is chosen by how much
/// they have done: among equals it is the one with the fewest open matters, so that work spreads. Whoever is away gets nothing new: it goes to who stands in,
/// or, where nobody does, to the next in line.
/// </summary>
internal static class AppealRouting
{
    /// <summary>A post that handles appeals.</summary>
    /// <param name="Away">Its holder is not there today.</param>
    /// <param name="StandIn">The person who stands in for them.</param>
    internal sealed record Paid(Guid Id, Role Role, Guid? ScopeId, string Title, int Open, Guid PersonId, bool Away, Guid? StandIn);

    /// <summary>Where a new matter goes.</summary>
    /// <param name="InsteadOf">The post it would have gone to, had its holder been there; null where nobody is missing.</param>
    internal readonly record struct Route(Guid? Post, Guid? InsteadOf);

    private static readonly Compiled<Func<HeleDb, int, DateOnly, IAsyncEnumerable<Paid>>> Posts = new(() => EF.CompileAsyncQuery((HeleDb db, int jurisdiction, DateOnly today) =>
        db.Set<Post>().Where(p => p.JurisdictionId == jurisdiction && p.State == PostState.Confirmed && p.VacantSince == null && p.From <= today && (p.To == null || p.To >= today)
                && (p.Role == Role.GridWorker || p.Role == Role.Clerk || p.Role == Role.Secretary || p.Role == Role.Supervisor))
            .Select(p => new Paid(p.Id, p.Role, p.ScopeId, p.Title,
                db.Set<Appeal>().Count(a => a.JurisdictionId == jurisdiction && a.DueOn != null && (a.HandlerPostId == p.Id || (a.HandlerPostId == null && a.AssignedPostId == p.Id))),
                p.PersonId, false, null))));

    /// <summary>The post that a new matter is brought to; none where the community has nobody who handles appeals.</summary>
    public static async Task<Route> PostFor(HeleDb db, int jurisdiction, string kind, Guid? grid, DateOnly today)
    {
        var posts = await All(db, jurisdiction, today);
        Paid? missing = null;
        foreach (var level in Ladder(posts, AppealKinds.Find(kind)?.GoesTo ?? GoesTo.Community, grid))
        {
            if (level.FirstOrDefault(p => !p.Away) is { } there)
                return new(there.Id, missing?.Id);
            missing ??= level.FirstOrDefault();
            if (level.Select(p => StandInFor(posts, p)).FirstOrDefault(p => p is not null) is { } standIn)
                return new(standIn.Id, missing!.Id);
        }
        // Nobody at all is there: it waits where it belongs.
        return new(missing?.Id, null);
    }

    /// <summary>The supervisor's post that a matter about conduct is brought to: not of anybody named in it, nor of whoever raised it; null where there is none.</summary>
    public static async Task<Guid?> SupervisorFor(HeleDb db, int jurisdiction, IReadOnlyCollection<Guid> without, DateOnly today) =>
        (await All(db, jurisdiction, today)).Where(p => p.Role == Role.Supervisor && !without.Contains(p.PersonId)).OrderBy(p => p.Away).FirstOrDefault()?.Id;

    /// <summary>The post that a matter is brought to which waits to be accepted again.</summary>
    public static async Task<Route> PostFor(HeleDb db, Appeal appeal, DateOnly today) => appeal.IsShielded
        ? new(await SupervisorFor(db, appeal.JurisdictionId, [.. appeal.About.Select(a => a.PersonId), appeal.AppellantId ?? Guid.Empty], today), null)
        : await PostFor(db, appeal.JurisdictionId, appeal.Kind, appeal.GridId, today);

    /// <summary>The post of whoever stands in for one that is away; null when nobody does who handles appeals and is there.</summary>
    private static Paid? StandInFor(IReadOnlyList<Paid> posts, Paid away) =>
        away.StandIn is { } person ? posts.Where(p => p.PersonId == person && !p.Away).OrderBy(p => p.Role != away.Role).FirstOrDefault() : null;

    /// <summary>
    /// The posts that help when this one is late or its holder away: who stands in, as far as they reach its matters; else its equals in the same place, then the next in line. Whoever is
    /// away helps nobody.
    /// </summary>
    public static IReadOnlyList<Paid> DeputiesOf(IReadOnlyList<Paid> posts, Guid post)
    {
        if (posts.FirstOrDefault(p => p.Id == post) is not { } held)
            return [];
        var others = posts.Where(p => p.Id != post && !p.Away).ToList();
        // What is about conduct never falls to anybody but another supervisor.
        if (held.Role == Role.Supervisor)
            return [.. others.Where(p => p.Role == Role.Supervisor)];
        if (held.Away && StandInFor(posts, held) is { } standIn && (standIn.ScopeId is null || standIn.ScopeId == held.ScopeId))
            return [standIn];
        IEnumerable<Paid>[] levels =
        [
            others.Where(p => p.Role == held.Role && p.ScopeId == held.ScopeId),
            held.Role == Role.GridWorker ? others.Where(p => p.Role == Role.Clerk) : [],
            others.Where(p => p.Role == Role.Secretary),
            others.Where(p => p.Role == Role.Clerk),
        ];
        return levels.Select(l => l.ToList()).FirstOrDefault(l => l.Count > 0) ?? [];
    }

    public static async Task<List<Paid>> All(HeleDb db, int jurisdiction, DateOnly today)
    {
        var away = (await Absences.On(db, today).Where(a => a.JurisdictionId == jurisdiction).ToListAsync()).ToDictionary(a => a.PersonId, a => a.StandInId);
        var found = new List<Paid>();
        await foreach (var post in Posts.For(db)(db, jurisdiction, today))
            found.Add(away.TryGetValue(post.PersonId, out var standIn) ? post with { Away = true, StandIn = standIn } : post);
        return [.. found.OrderBy(p => p.Open).ThenBy(p => p.Title, StringComparer.Ordinal).ThenBy(p => p.Id)];
    }

    /// <summary>The order in which posts are asked.</summary>
    private static IEnumerable<IReadOnlyList<Paid>> Ladder(List<Paid> posts, GoesTo to, Guid? grid)
    {
        IReadOnlyList<Paid> At(Role role, Guid? scope) => [.. posts.Where(p => p.Role == role && p.ScopeId == scope)];
        IReadOnlyList<Paid>[] community = [At(Role.Clerk, null), At(Role.Secretary, null)];
        IReadOnlyList<Paid>[] inGrid = [grid is null ? [] : At(Role.GridWorker, grid), At(Role.GridWorker, null)];
        return to == GoesTo.Grid ? [.. inGrid, .. community] : [.. community, .. inGrid];
    }
}

/// <summary>Where a matter is, as somebody said it.</summary>
/// <param name="Address">The building's, as spoken; null without one.</param>
internal sealed record AppealPlace(Guid? BuildingId, Guid? GridId, string? Address, Position? At)
{
    /// <param name="building">Public code; empty for none.</param>
    /// <param name="at">Where on the map; decides the grid when no building does.</param>
    public static async Task<(AppealPlace Place, Problem? Problem)> Find(HeleDb db, string? building, Position? at)
    {
        if (!string.IsNullOrEmpty(building))
        {
            var found = await db.Set<Building>().Where(b => b.PublicCode == building && b.To == null).Select(b => new
            {
                b.Id, Address = db.Set<Compound>().Where(c => c.Id == b.CompoundId).Select(c => c.Name).First() + b.Name,
                Grid = db.Set<GridBuilding>().Where(g => g.BuildingId == b.Id && g.To == null).Select(g => (Guid?)g.GridId).FirstOrDefault(),
            }).SingleOrDefaultAsync();
            return found is null ? (Nowhere, AppealProblems.BuildingUnknown) : (new(found.Id, found.Grid, found.Address, at), null);
        }
        if (at is not { } point)
            return (Nowhere, null);
        var outlines = await db.Set<GridOutline>().Where(o => o.To == null).OrderBy(o => o.Id).Select(o => new { o.GridId, o.Outline }).ToListAsync();
        return (new(null, outlines.FirstOrDefault(o => Geo.Covers(Geo.Stored(o.Outline), point))?.GridId, null, at), null);
    }

    private static readonly AppealPlace Nowhere = new(null, null, null, null);
}
