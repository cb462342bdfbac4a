using Hele.Civic.People;
using Hele.Civic.People.Posts;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.BreakGlass;

/// <summary>
/// What stands beside a viewer when they look at emergency accesses: whom they are guardian of, their other entries in the register, and whether
/// they may review in place of a supervisor who isn't there.
/// </summary>
/// <param name="Wards">Persons whose guardian the viewer is today.</param>
/// <param name="Entries">The viewer's entries in the register (one person with two accounts has two).</param>
/// <param name="Supervisors">Persons who hold a supervisor's post today.</param>
public sealed record EmergencySight(IReadOnlyCollection<Guid> Wards, IReadOnlyCollection<Guid> Entries, IReadOnlyCollection<Guid> Supervisors)
{
    public static readonly EmergencySight None = new([], [], []);

    public static async Task<EmergencySight> Of(HeleDb db, Viewer viewer, DateOnly today, CancellationToken cancel = default) => new(
        await People.Wards.Of(db, viewer.PersonId, today, cancel), await SamePerson.EntriesOf(db, viewer.PersonId),
        await db.Set<Post>().Where(Post.ActiveOn(today)).Where(p => p.Role == Role.Supervisor).Select(p => p.PersonId).Distinct().ToListAsync(cancel));
}

/// <summary>Who may open in an emergency, see such an access, and review it. Everything defaults to nothing.</summary>
public static class EmergencyRights
{
    public static readonly Permission Open = new("break-glass.open", ("应急查看", "Open in an emergency"), [Role.GridWorker, Role.Clerk, Role.Secretary, Role.Supervisor]);

    /// <summary>Whoever opened it and the person it is about see it as their own; the supervisor sees all.</summary>
    public static readonly Permission See = new("break-glass.see", ("查看应急查看记录", "See break-glass accesses"), [Role.Supervisor], Residents: true);

    /// <summary>The security administrator only where there is no supervisor but whoever opened it.</summary>
    public static readonly Permission Review = new("break-glass.review", ("复核应急查看", "Review break-glass accesses"), [Role.Supervisor, Role.SecurityAdministrator]);

    /// <summary>The person says that they have been told.</summary>
    public static readonly Permission Know = new("break-glass.know", ("知悉应急查看", "Acknowledge a break-glass access"), [], Residents: true);

    public static IEnumerable<Permission> All => [Open, See, Review, Know];

    public static bool May(Viewer? viewer, EmergencyAccess access, Permission what, EmergencySight sight)
    {
        if (viewer is null || viewer.JurisdictionId != access.JurisdictionId || !viewer.Has(what))
            return false;
        var opened = access.OpenerId == viewer.PersonId;
        var about = access.Tell && (access.SubjectId == viewer.PersonId || sight.Wards.Contains(access.SubjectId));
        if (what == Open)
            return opened;
        if (what == Know)
            return about;
        if (what == Review)
            return viewer.PostFor(See) is not null || IsInPlaceOfSupervisor(viewer, access, sight);
        return what == See && (opened || about || viewer.PostFor(See) is not null || IsInPlaceOfSupervisor(viewer, access, sight));
    }

    /// <summary>The accesses of a query that this viewer may see: the same as filtering by <see cref="May"/> See.</summary>
    public static IQueryable<EmergencyAccess> Visible(Viewer? viewer, IQueryable<EmergencyAccess> accesses, EmergencySight sight)
    {
        if (viewer is null || !viewer.Has(See))
            return accesses.Where(a => false);
        var (jurisdiction, person, all) = (viewer.JurisdictionId, viewer.PersonId, viewer.PostFor(See) is not null);
        var (wards, supervisors, standsIn) = (sight.Wards, sight.Supervisors, viewer.PostFor(Review) is not null);
        return accesses.Where(a => a.JurisdictionId == jurisdiction && (all || a.OpenerId == person || (a.Tell && (a.SubjectId == person || wards.Contains(a.SubjectId)))
            || (standsIn && (supervisors.Count == 0 || (supervisors.Count == 1 && supervisors.Contains(a.OpenerId))))));
    }

    /// <summary>Those of others that this viewer reviews, reviewed or not; nothing for whoever reviews none.</summary>
    public static IQueryable<EmergencyAccess> OfOthers(Viewer viewer, IQueryable<EmergencyAccess> accesses, EmergencySight sight)
    {
        if (viewer.PostFor(Review) is null)
            return accesses.Where(a => false);
        var (entries, supervisors) = (sight.Entries, sight.Supervisors);
        var others = Visible(viewer, accesses, sight).Where(a => !entries.Contains(a.OpenerId));
        // In place of a supervisor: only what no supervisor but the one who opened it could review.
        if (viewer.PostFor(See) is null)
            others = supervisors.Count > 1 ? others.Where(a => false) : supervisors.Count == 1 ? others.Where(a => supervisors.Contains(a.OpenerId)) : others;
        return others;
    }

    private static bool IsInPlaceOfSupervisor(Viewer viewer, EmergencyAccess access, EmergencySight sight) =>
        viewer.PostFor(Review) is not null && sight.Supervisors.All(s => s == access.OpenerId);
}
