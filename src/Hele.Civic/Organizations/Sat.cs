using Hele.Civic.People;
using Hele.Civic.Platform.Figures;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.Organizations;

/// <summary>
/// Who sat where on a day: the one expression by which rolls, votes and figures are made. Whoever had left the community by then didn't sit, also when nobody has yet written down that the
/// seat is empty.
/// </summary>
public static class Sat
{
    /// <param name="knownBefore">What was written at or after this instant is as if it weren't there.</param>
    public static IQueryable<Seat> On(HeleDb db, DateOnly day, DateTimeOffset? knownBefore = null)
    {
        var known = knownBefore ?? Figure.Ever;
        return db.Set<Seat>().Where(s => s.LoggedAt < known && s.From <= day && (s.To == null || s.To >= day || s.EndedAt >= known)
            && !db.Set<Person>().Any(p => p.Id == s.PersonId && p.LeftOn != null && p.LeftOn < day));
    }

    /// <summary>The roll of one body.</summary>
    public static IQueryable<Seat> In(HeleDb db, Guid body, DateOnly day) => On(db, day).Where(s => s.BodyId == body);

    /// <summary>居民代表会议: the representatives and the members of the residents' committee. One person may hold several of these seats: count people.</summary>
    public static IQueryable<Seat> InRepresentativesMeeting(HeleDb db, DateOnly day) =>
        On(db, day).Where(s => s.Of == BodyKind.ResidentsCommittee || (s.Of == BodyKind.ResidentGroup && s.Kind == SeatKind.Representative));

    /// <summary>Seats nobody has ended whose holder has left.</summary>
    public static IQueryable<Seat> Deserted(HeleDb db, DateOnly day) =>
        db.Set<Seat>().Where(s => s.To == null && db.Set<Person>().Any(p => p.Id == s.PersonId && p.LeftOn != null && p.LeftOn < day));
}
