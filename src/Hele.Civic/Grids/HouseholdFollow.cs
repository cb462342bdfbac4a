using Hele.Civic.Kernel;
using Hele.Civic.Platform;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.Grids;

/// <summary>What a death or a departure ends behind the doors, and what its correction brings back.</summary>
internal static class HouseholdFollow
{
    public static LifeFollower Follower { get; } = new(Stops, Follow);

    private static async Task<IReadOnlyList<Bilingual>> Stops(HeleDb db, Guid person, DateOnly today, CancellationToken cancel)
    {
        var stops = new List<Bilingual>();
        if (await db.Set<HouseholdMember>().SingleOrDefaultAsync(m => m.PersonId == person && m.To == null, cancel) is { } member)
        {
            var address = await HouseholdQueries.AddressOf(db, member.HouseholdId);
            stops.Add(($"{address}的住户登记到这一天为止", $"Living at {address} ends with that day"));
            if (!await db.Set<HouseholdMember>().AnyAsync(m => m.HouseholdId == member.HouseholdId && m.To == null && m.Id != member.Id, cancel))
                stops.Add(("这一户没有别人，随之结束", "The household has nobody else and ends with it"));
        }
        if (await db.Set<FlatOwner>().CountAsync(o => o.PersonId == person && o.To == null, cancel) is > 0 and var owned)
            stops.Add(($"名下{owned}套房的产权登记不变，等继承人来办", $"Flats of theirs stay as registered until the heirs come: {owned}"));
        return stops;
    }

    private static async Task Follow(ActScope scope, LifeFact fact)
    {
        var db = scope.Db;
        switch (fact.Change)
        {
            case LifeChange.Died or LifeChange.Left:
                if (await db.Set<HouseholdMember>().SingleOrDefaultAsync(m => m.PersonId == fact.PersonId && m.To == null) is { } member)
                {
                    var died = fact.Change == LifeChange.Died;
                    await MoveOut.End(scope, member, fact.On < member.From ? member.From : fact.On, died ? MemberCause.Death : MemberCause.Left, died ? GridEvents.MemberDied : GridEvents.MemberLeft);
                }
                break;
            case LifeChange.DeathDateCorrected:
                foreach (var ended in await Ended(scope, fact, GridEvents.MemberDied))
                {
                    var last = fact.On < ended.From ? ended.From : fact.On;
                    ended.EndOn(last, MemberCause.Death, scope.Now);
                    scope.Record(ended, GridEvents.MemberDied);
                    var gone = await fact.Touched(scope, GridEvents.HouseholdEnded);
                    foreach (var household in await db.Set<Household>().Where(h => h.Id == ended.HouseholdId && gone.Contains(h.Id) && h.To != null).ToListAsync())
                    {
                        household.EndOn(last < household.From ? household.From : last, scope.Now);
                        scope.Record(household, GridEvents.HouseholdEnded);
                    }
                }
                break;
            case LifeChange.DeathTakenBack or LifeChange.Returned:
                foreach (var ended in await Ended(scope, fact, fact.Change == LifeChange.Returned ? GridEvents.MemberLeft : GridEvents.MemberDied))
                {
                    // Whoever was entered elsewhere since lives there; two open memberships the database would refuse.
                    if (await db.Set<HouseholdMember>().AnyAsync(m => m.PersonId == fact.PersonId && m.To == null))
                        continue;
                    var household = await db.Set<Household>().SingleAsync(h => h.Id == ended.HouseholdId);
                    if (household.To is not null)
                    {
                        // Others moved in behind the same door meanwhile: then the counter decides with whom they live.
                        if (await db.Set<Household>().AnyAsync(h => h.BuildingId == household.BuildingId && h.EntranceId == household.EntranceId && h.Room == household.Room && h.To == null))
                            continue;
                        household.Resume();
                        scope.Record(household, GridEvents.HouseholdResumed);
                    }
                    ended.Resume();
                    scope.Record(ended, GridEvents.MemberResumed);
                }
                break;
        }
    }

    private static async Task<List<HouseholdMember>> Ended(ActScope scope, LifeFact fact, Platform.Journal.EventKind kind)
    {
        var touched = await fact.Touched(scope, kind);
        return await scope.Db.Set<HouseholdMember>().Where(m => touched.Contains(m.Id) && m.To != null).ToListAsync();
    }
}
