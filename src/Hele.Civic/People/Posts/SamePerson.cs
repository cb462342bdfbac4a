using Hele.Civic.Kernel;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.People.Posts;

/// <summary>Whether two entries of the register are one person, and what one person may not hold together.</summary>
public static class SamePerson
{
    /// <summary>
    /// The entries that are this person: their own, and any with the same telephone number. An account belongs to one entry (the database
    /// says so), so somebody with two accounts has two entries, and the number is what gives them away. It opens no seal: the blind index is compared.
    /// </summary>
    public static async Task<List<Guid>> EntriesOf(HeleDb db, Guid person)
    {
        var phone = await db.Set<Person>().Where(p => p.Id == person).Select(p => p.PhoneIndex).SingleOrDefaultAsync();
        return phone is null ? [person] : await db.Set<Person>().Where(p => p.Id == person || p.PhoneIndex == phone).Select(p => p.Id).ToListAsync();
    }

    public static async Task<bool> Is(HeleDb db, Guid one, Guid? other) => other is { } second && (one == second || (await EntriesOf(db, one)).Contains(second));

    /// <summary>Whether whoever holds, or held, a post is this person.</summary>
    public static async Task<bool> Holds(HeleDb db, Guid person, Guid? post)
    {
        var entries = await EntriesOf(db, person);
        return await db.Set<Post>().AnyAsync(p => p.Id == post && entries.Contains(p.PersonId));
    }

    /// <summary>Why a person can't have this post beside what they hold; null when they can.</summary>
    /// <param name="limit">Which grid, team or case the post is for; null for the whole jurisdiction. The same role in two grids is two posts.</param>
    /// <param name="waiting">True to count proposals too.</param>
    public static async Task<Problem?> Conflict(HeleDb db, Guid person, Role role, Guid? limit, DateOnly from, DateOnly? to, Guid? except = null, bool waiting = false)
    {
        var entries = await EntriesOf(db, person);
        var last = to ?? DateOnly.MaxValue;
        var held = await db.Set<Post>().Where(p => entries.Contains(p.PersonId) && p.Id != except && (p.State == PostState.Confirmed || (waiting && p.State == PostState.Proposed))
            && p.From <= last && (p.To == null || p.To >= from)).Select(p => new { p.Role, p.ScopeId }).ToListAsync();
        if (held.Any(h => (role.IsAdministrator() && h.Role == Role.Supervisor) || (role == Role.Supervisor && h.Role.IsAdministrator())))
            return PostProblems.AdministratorAndSupervisor;
        return held.Any(h => h.Role == role && (h.ScopeId == limit || h.ScopeId is null || limit is null)) ? PostProblems.HoldsAlready : null;
    }
}
