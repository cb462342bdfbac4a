using Hele.Civic.Kernel;
using Hele.Civic.Platform;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.Organizations;

/// <summary>A death or a departure ends every seat of the person, on that day; its correction brings back those that nobody has filled meanwhile.</summary>
internal static class SeatFollow
{
    public static LifeFollower Follower { get; } = new(Stops, Follow);

    private static async Task<IReadOnlyList<Bilingual>> Stops(HeleDb db, Guid person, DateOnly today, CancellationToken cancel)
    {
        var seats = await (from s in db.Set<Seat>() where s.PersonId == person && s.To == null join b in db.Set<Body>() on s.BodyId equals b.Id orderby b.LoggedAt select new { s.Of, s.Kind, b.Name }).ToListAsync(cancel);
        return [.. seats.Select(s => new Bilingual($"不再担任{s.Name}{s.Kind.Title(s.Of).Zh}", $"Their seat in {s.Name} ends: {s.Kind.Title(s.Of).En}"))];
    }

    private static async Task Follow(ActScope scope, LifeFact fact)
    {
        switch (fact.Change)
        {
            case LifeChange.Died or LifeChange.Left:
                foreach (var seat in await scope.Db.Set<Seat>().Where(s => s.PersonId == fact.PersonId && s.To == null).ToListAsync())
                {
                    var died = fact.Change == LifeChange.Died;
                    seat.End(fact.On < seat.From ? seat.From : fact.On, died ? SeatEnd.Died : SeatEnd.Left, scope.Now);
                    scope.Record(seat, died ? OrganizationEvents.HolderDied : OrganizationEvents.HolderLeft);
                }
                break;
            case LifeChange.DeathDateCorrected:
                foreach (var seat in await Ended(scope, fact, OrganizationEvents.HolderDied))
                {
                    seat.End(fact.On < seat.From ? seat.From : fact.On, SeatEnd.Died, scope.Now);
                    scope.Record(seat, OrganizationEvents.HolderDied);
                }
                break;
            case LifeChange.DeathTakenBack or LifeChange.Returned:
                foreach (var seat in await Ended(scope, fact, fact.Change == LifeChange.Returned ? OrganizationEvents.HolderLeft : OrganizationEvents.HolderDied))
                {
                    if (!await IsFree(scope.Db, seat))
                        continue;
                    seat.Resume();
                    scope.Record(seat, OrganizationEvents.Resumed);
                }
                break;
        }
    }

    /// <summary>Whoever sits there can't be named any more: the seat is vacant from the next day on.</summary>
    internal static void Erased(ActScope scope, Owned row)
    {
        if (row is not Seat { To: null } seat)
            return;
        seat.End(scope.Today < seat.From ? seat.From : scope.Today, SeatEnd.Erased, scope.Now);
        scope.Record(seat, OrganizationEvents.HolderErased);
    }

    /// <summary>Its term still runs, and nobody has come into its place.</summary>
    private static async Task<bool> IsFree(HeleDb db, Seat seat)
    {
        if (await db.Set<BodyTerm>().SingleAsync(t => t.Id == seat.TermId) is not { To: null } term)
            return false;
        var sitting = await db.Set<Seat>().Where(s => s.BodyId == seat.BodyId && s.To == null).ToListAsync();
        return sitting.All(s => s.Kind != seat.Kind || s.PersonId != seat.PersonId) && !(BodyKinds.On(seat.Of, term.From).Seat(seat.Kind)?.Most is { } most && sitting.Count(s => s.Kind == seat.Kind) >= most)
            && !(term.Size <= sitting.Count) && (seat.BuildingId is null || !await db.Set<Seat>().AnyAsync(s => s.BuildingId == seat.BuildingId && s.To == null));
    }

    private static async Task<List<Seat>> Ended(ActScope scope, LifeFact fact, Platform.Journal.EventKind kind)
    {
        var touched = await fact.Touched(scope, kind);
        return await scope.Db.Set<Seat>().Where(s => touched.Contains(s.Id) && s.To != null).OrderBy(s => s.Kind == SeatKind.Head).ToListAsync();
    }
}
