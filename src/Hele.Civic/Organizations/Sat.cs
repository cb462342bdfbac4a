using Hele.Civic.Platform.Figures;
using Hele.Civic.Platform.Storage;

namespace Hele.Civic.Organizations;

/// <summary>
/// Who sat where on a day: the one expression by which rolls, votes and figures are made. A death or a departure ends seats in its own act (<see cref="SeatFollow"/>), so that nothing else has
/// to be asked.
/// </summary>
public static class Sat
{
    /// <param name="knownBefore">What was written at or after this instant is as if it weren't there.</param>
    public static IQueryable<Seat> On(HeleDb db, DateOnly day, DateTimeOffset? knownBefore = null)
    {
        var known = knownBefore ?? Figure.Ever;
        return db.Set<Seat>().Where(s => s.LoggedAt < known && s.From <= day && (s.To == null || s.To >= day || s.EndedAt >= known));
    }

    /// <summary>The roll of one body.</summary>
    public static IQueryable<Seat> In(HeleDb db, Guid body, DateOnly day) => On(db, day).Where(s => s.BodyId == body);

    /// <summary>居民代表会议: the representatives and the members of the residents' committee. One person may hold several of these seats: count people.</summary>
    public static IQueryable<Seat> InRepresentativesMeeting(HeleDb db, DateOnly day) =>
        On(db, day).Where(s => s.Of == BodyKind.ResidentsCommittee || (s.Of == BodyKind.ResidentGroup && s.Kind == SeatKind.Representative));
}
