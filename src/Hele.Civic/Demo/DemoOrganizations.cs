using Hele.Civic.Grids;
using Hele.Civic.Organizations;
using Hele.Civic.People;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Accounts;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Hele.Civic.Demo;

internal static partial class DemoStory
{
    private static readonly Lazy<IReadOnlyList<Organized>> LazyOrganized = new(() => Load<IReadOnlyList<Organized>>("demo/organizations.json"));

    /// <summary>The bodies of both communities.</summary>
    public static IReadOnlyList<Organized> Organizations => LazyOrganized.Value;

    /// <param name="People">Who sits somewhere and does nothing else in the story; their names are nobody else's.</param>
    /// <param name="Later">What happened to seats in the demo's year.</param>
    internal sealed record Organized(string Community, IReadOnlyList<Neighbour> People, IReadOnlyList<Told> Bodies, IReadOnlyList<Change> Later, IReadOnlyList<Gone> Away, IReadOnlyList<Honoured> Honours,
        IReadOnlyList<TakenBack> HonoursWithdrawn);

    internal sealed record Neighbour(string Name, string Lives, bool Woman = false);

    /// <param name="Grids">Names.</param>
    /// <param name="Buildings">Addresses.</param>
    /// <param name="Parent">The name of the branch of a Party group.</param>
    internal sealed record Told(BodyKind Kind, string Name, DateOnly On, IReadOnlyList<Sitting> Seats, IReadOnlyList<string>? Grids = null, IReadOnlyList<string>? Buildings = null, string? Parent = null, int? Members = null, int? Size = null,
        int? Number = null, string? Speciality = null, string? DutyPhone = null, string? Reason = null);

    /// <param name="Who">A name.</param>
    /// <param name="Duties">Of a service team's seat.</param>
    internal sealed record Sitting(SeatKind Seat, string Who, SeatWay How, int? Households = null, string? Building = null, IReadOnlyList<string>? Duties = null, string? Skill = null);

    /// <param name="Body">A name; with <paramref name="Person"/> null too it is the community's.</param>
    internal sealed record Honoured(DateTimeOffset At, string Title, HonourKind Kind, HonourLevel Level, string Issuer, DateOnly On, string? Body = null, string? Person = null, bool Agreed = false);

    internal sealed record TakenBack(DateTimeOffset At, string Title, DateOnly On, string Reason);

    internal sealed record Gone(DateTimeOffset At, string Who, AbsenceKind Kind, DateOnly From, DateOnly To, string StandIn);

    /// <param name="Act">end or seat.</param>
    internal sealed record Change(string Act, DateTimeOffset At, string Body, SeatKind Seat, string Who, DateOnly On, SeatEnd? Why = null, SeatWay? How = null, string? Reason = null);
}

public static partial class DemoSeed
{
    private sealed partial class Player
    {
        /// <summary>The secretary enters who sits where, as it had been before the demo's year; then what changed.</summary>
        private IEnumerable<Scene> Bodies(DemoStory.Community community)
        {
            if (DemoStory.Organizations.SingleOrDefault(o => o.Community == community.Code) is not { } told)
                yield break;
            var (key, at) = (community.Code, Opening.AddHours(2));
            foreach (var person in told.People)
                yield return new($"neighbour/{key}/{person.Name}", at, id => services.GetRequiredService<RegisterPerson>().Run(new Act { OperationId = id, AccountId = SystemAccount.Id, JurisdictionId = community.Id },
                    new(person.Name, person.Lives, null, null, OneTime: false, null, null, null), cancel));
            for (var i = 0; i < told.Bodies.Count; i++)
            {
                var body = told.Bodies[i];
                yield return new($"body/{key}/{body.Name}", at.AddMinutes(10 + i), id => Organize(community, id, async (who, act, db) => await services.GetRequiredService<EstablishBody>().Run(who, act,
                    new(body.Kind, body.Name, body.Parent is null ? null : await BodyOf(db, body.Parent), await GridsOf(db, body.Grids ?? []), await BuildingsOf(db, body.Buildings ?? []), body.Speciality, body.DutyPhone,
                        body.Members, body.Size, body.Number, body.On, body.Reason), cancel)));
                foreach (var seat in body.Seats)
                    yield return new($"seat/{key}/{body.Name}/{seat.Seat}/{seat.Who}", at.AddMinutes(60 + i), id => Organize(community, id, async (who, act, db) => await services.GetRequiredService<SeatPerson>().Run(who, act,
                        new(await BodyOf(db, body.Name), seat.Seat, PersonNamed(community, seat.Who), seat.How, seat.Households, seat.Building is null ? null : (await BuildingsOf(db, [seat.Building]))[0], NoKin: true, body.On), cancel)));
                foreach (var seat in body.Seats.Where(s => s.Duties is not null))
                    yield return new($"duties/{key}/{body.Name}/{seat.Seat}/{seat.Who}", at.AddMinutes(110 + i), id => Organize(community, id, async (who, act, db) => await Done(id) is { } there ? Outcome.Again(there)
                        : await services.GetRequiredService<ShareDuties>().Run(who, act, new(await SeatOf(db, body.Name, seat.Seat, seat.Who), seat.Duties!, seat.Skill), cancel)));
            }
            foreach (var gone in told.Away)
                yield return new($"away/{key}/{gone.Who}/{gone.From:yyyy-MM-dd}", gone.At, id => Organize(community, id, async (who, act, db) => await services.GetRequiredService<SayAbsence>().Run(who, act,
                    new(PersonNamed(community, gone.Who), gone.Kind, gone.From, gone.To, PersonNamed(community, gone.StandIn)), cancel)));
            foreach (var honour in told.Honours)
                yield return new($"honour/{key}/{honour.Title}", honour.At, id => Organize(community, id, async (who, act, db) => await services.GetRequiredService<RecordHonour>().Run(who, act, new(honour.Kind, honour.Level, honour.Title, honour.Issuer,
                    honour.On, honour.Body is not null, honour.Body is null ? null : await BodyOf(db, honour.Body), honour.Person is not null, honour.Person is null ? null : PersonNamed(community, honour.Person), honour.Agreed), cancel)));
            foreach (var gone in told.HonoursWithdrawn)
                yield return new($"honour/{key}/{gone.Title}/1", gone.At, id => Organize(community, id, async (who, act, db) => await services.GetRequiredService<WithdrawHonour>().Run(who, act,
                    new(await db.Set<Honour>().Where(h => h.Title == gone.Title).OrderBy(h => h.LoggedAt).Select(h => h.PublicCode).FirstAsync(cancel), gone.On, gone.Reason), cancel)));
            foreach (var change in told.Later)
                yield return new($"{change.Act}/{key}/{change.Body}/{change.Seat}/{change.Who}", change.At, id => Organize(community, id, async (who, act, db) => change.Act switch
                {
                    "end" => await services.GetRequiredService<EndSeat>().Run(who, act, new(await SeatOf(db, change.Body, change.Seat, change.Who), change.Why, change.On, change.Reason), cancel),
                    "seat" => await services.GetRequiredService<SeatPerson>().Run(who, act, new(await BodyOf(db, change.Body), change.Seat, PersonNamed(community, change.Who), change.How, null, null, NoKin: true, change.On), cancel),
                    _ => throw new InvalidOperationException($"data/demo/organizations.json has an act that the program doesn't know: {change.Act}."),
                }));
        }

        private async Task<Outcome> Organize(DemoStory.Community community, Guid id, Func<Viewer, Act, HeleDb, Task<Outcome>> run)
        {
            var secretary = await ViewerOf(community.People, "secretary");
            await using var lease = await services.GetRequiredService<Database>().Read([community.Id], cancel);
            return await run(secretary, secretary.Act(OrganizationAccess.Keep, id), lease.Db);
        }

        /// <summary>The story's own: others of the same name have come into the register with the household ledger.</summary>
        private string PersonNamed(DemoStory.Community community, string name) =>
            _codes[DemoStory.Organizations.Single(o => o.Community == community.Code).People.Any(p => p.Name == name) ? $"neighbour/{community.Code}/{name}" : "person/" + community.People.First(p => p.Name == name).Key];

        private Task<string> BodyOf(HeleDb db, string name) => db.Set<Body>().Where(b => b.Name == name).OrderByDescending(b => b.LoggedAt).Select(b => b.PublicCode).FirstAsync(cancel);

        private async Task<string> SeatOf(HeleDb db, string body, SeatKind seat, string who) => await (from s in db.Set<Seat>()
                                                                                       join b in db.Set<Body>() on s.BodyId equals b.Id
                                                                                       join p in db.Set<Person>() on s.PersonId equals p.Id
                                                                                       where b.Name == body && p.Name == who && s.Kind == seat
                                                                                       orderby s.LoggedAt descending
                                                                                       select s.PublicCode).FirstAsync(cancel);

        private async Task<IReadOnlyList<string>> GridsOf(HeleDb db, IReadOnlyList<string> names) => await db.Set<Grid>().Where(g => names.Contains(g.Name)).OrderBy(g => g.Code).Select(g => g.PublicCode).ToListAsync(cancel);

        private async Task<IReadOnlyList<string>> BuildingsOf(HeleDb db, IReadOnlyList<string> addresses)
        {
            var found = await (from b in db.Set<Building>() join c in db.Set<Compound>() on b.CompoundId equals c.Id where addresses.Contains(c.Name + b.Name) orderby b.Id select b.PublicCode).ToListAsync(cancel);
            return found.Count == addresses.Count ? found : throw new InvalidOperationException($"data/demo/organizations.json names buildings that aren't there: {string.Join(' ', addresses)}.");
        }
    }
}
