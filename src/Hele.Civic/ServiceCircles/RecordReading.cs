using Hele.Civic.Grids;
using Hele.Civic.Kernel;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Storage;
using Hele.Planning.Reach;
using Hele.Planning.Streets;
using Microsoft.EntityFrameworkCore;
using Engine = Hele.Planning.Reach.ServicePoint;

namespace Hele.Civic.ServiceCircles;

/// <summary>Works out how the circle stands at an hour of the week, for every group, and writes it down: building by building, with the speeds and the limit it was worked out by.</summary>
public sealed class RecordReading(Writer writer, Database database, CircleEngine engine, JurisdictionDirectory jurisdictions, TimeProvider clock)
{
    /// <param name="Day">1 = Monday.</param>
    public sealed record Input(int Day, int Hour, int Minute = 0);

    public async Task<Outcome> Run(Viewer viewer, Act act, Input input, CancellationToken cancel = default)
    {
        if (viewer.PostFor(CircleAccess.Record) is null)
            return CircleProblems.NotFound;
        if (input is not { Day: >= 1 and <= 7, Hour: >= 0 and <= 23, Minute: >= 0 and <= 59 })
            return CircleProblems.MomentOdd;
        // The network is made before the act; inside it is only looked up.
        await using (var lease = await database.Read([act.JurisdictionId], cancel))
            await engine.Ground(lease.Db, await jurisdictions.Get(lease.Db, act.JurisdictionId, cancel), clock.Today(), null, cancel);
        return await writer.Write(act, "circle.record", input, async scope =>
        {
            var db = scope.Db;
            var ground = await engine.Ground(db, await jurisdictions.Get(db, act.JurisdictionId), scope.Today);
            if (!ground.HasStreets || ground.Buildings.Count == 0)
                return CircleProblems.NothingToRead;
            var at = new WeekMoment(input.Day, input.Hour, input.Minute);
            var points = (await db.Set<ServicePoint>().Where(p => p.To == null).OrderBy(p => p.LoggedAt).ThenBy(p => p.PublicCode).ToListAsync()).ConvertAll(p => new Engine(p.PublicCode, CircleEngine.At(p.At), OpeningHours.Of(p.Hours)));
            var people = await (from h in db.Set<NearbyHelper>()
                                where h.To == null
                                join m in db.Set<HouseholdMember>() on h.PersonId equals m.PersonId
                                where m.To == null
                                join x in db.Set<Household>() on m.HouseholdId equals x.Id
                                join b in db.Set<Grids.Building>() on x.BuildingId equals b.Id
                                where b.LonE7 != null && b.LatE7 != null
                                orderby h.Id
                                select new { h.PublicCode, Hours = h.Hours!, b.LonE7, b.LatE7 }).ToListAsync();
            List<Engine> all = [.. points, .. people.Select(h => new Engine(h.PublicCode, CircleEngine.At(new(h.LonE7!.Value, h.LatE7!.Value)), OpeningHours.Of(h.Hours)))];
            var rules = ground.Rules;
            var limit = rules.LimitMinutes * 60;
            var groups = Enum.GetValues<WalkerGroup>().Select(g => ground.Index(g).Cover(all, limit, at, next: false)).ToArray();
            var near = ground.Index(WalkerGroup.Adult).Cover(points, limit, at);
            var reading = scope.Add(new CircleReading
            {
                Number = 1 + await db.Set<CircleReading>().CountAsync(), On = scope.On, LoggedAt = scope.Now, WeekDay = input.Day, Minute = (input.Hour * 60) + input.Minute, LimitMinutes = rules.LimitMinutes, AdultSpeed = rules.AdultSpeed, OlderSpeed = rules.OlderSpeed,
                ChildSpeed = rules.ChildSpeed, WheelchairSpeed = rules.WheelchairSpeed, OpenPoints = points.Count(p => p.AnswersAt(at)), Helpers = all.Skip(points.Count).Count(p => p.AnswersAt(at)),
            }, CircleEvents.ReadingRecorded);
            for (var b = 0; b < ground.Buildings.Count; b++)
            {
                scope.Add(new CircleLine
                {
                    ReadingId = reading.Id, BuildingId = ground.Buildings[b].Id, Seconds = near.Seconds(b), Adult = groups[(int)WalkerGroup.Adult].IsCovered(b), Older = groups[(int)WalkerGroup.Older].IsCovered(b),
                    Child = groups[(int)WalkerGroup.Child].IsCovered(b), Wheelchair = groups[(int)WalkerGroup.Wheelchair].IsCovered(b),
                }, CircleEvents.LineRecorded);
            }
            return Outcome.Ok(reading.PublicCode);
        }, cancel);
    }
}
