using Hele.Civic.Grids;
using Hele.Civic.Kernel;
using Hele.Civic.People;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.Organizations;

/// <summary>Somebody of the register takes a seat.</summary>
public sealed class SeatPerson(Writer writer)
{
    /// <param name="Body">Public code.</param>
    /// <param name="Person">Public code.</param>
    /// <param name="Building">Public code; for a building lead.</param>
    /// <param name="NoKin">They declared that no near relative sits where the law forbids it.</param>
    public sealed record Input(string Body, SeatKind? Seat, string? Person, SeatWay? How, int? Households, string? Building, bool NoKin, DateOnly? On);

    public Task<Outcome> Run(Viewer viewer, Act act, Input input, CancellationToken cancel = default) => writer.Write(Bodies.Act(act, input.On, null), OrganizationAccess.Keep.Code + ".seat", input, async scope =>
    {
        var (body, refused) = await Bodies.Load(scope, viewer, input.Body);
        if (body is null)
            return refused!;
        var type = BodyKinds.On(body.Kind, scope.On);
        var term = await Terms.Open(scope.Db, body);
        var problems = new List<Problem>();
        var seat = input.Seat is { } kind ? type.Seat(kind) : null;
        if (seat is null) problems.Add(OrganizationProblems.SeatMissing);
        var person = await scope.Db.Set<Person>().SingleOrDefaultAsync(p => p.PublicCode == input.Person && p.ErasedOn == null);
        if (person is null) problems.Add(OrganizationProblems.PersonMissing);
        else if (person.LeftOn is not null) problems.Add(OrganizationProblems.PersonGone);
        if (input.How is not { } how || !Enum.IsDefined(how)) problems.Add(OrganizationProblems.HowMissing);
        if (scope.On > scope.Today) problems.Add(OrganizationProblems.DayInFuture);
        else if (scope.On < term.From) problems.Add(OrganizationProblems.DayBeforeStart.With(term.From));
        if (seat?.Kind == SeatKind.Representative && input.Households is not > 0) problems.Add(OrganizationProblems.HouseholdsMissing);
        Building? building = null;
        if (seat?.Kind == SeatKind.Lead)
        {
            building = await scope.Db.Set<Building>().SingleOrDefaultAsync(b => b.PublicCode == input.Building && b.To == null);
            if (building is null) problems.Add(OrganizationProblems.BuildingMissing);
            else if (await scope.Db.Set<Seat>().AnyAsync(s => s.BuildingId == building.Id && s.To == null)) problems.Add(OrganizationProblems.BuildingTaken);
        }
        var kin = body.Kind is BodyKind.ResidentsCommittee or BodyKind.SupervisionCommittee;
        if (kin && !input.NoKin) problems.Add(OrganizationProblems.KinUndeclared);
        if (seat is null || person is null || problems.Count > 0)
            return Outcome.Refused(problems);

        var sitting = await scope.Db.Set<Seat>().Where(s => s.BodyId == body.Id && s.To == null).ToListAsync();
        // Several seats of one body in one hand make sense only for a group's leader, who is one of its representatives, and for somebody who leads several buildings.
        if (sitting.Any(s => s.PersonId == person.Id && (s.Kind == seat.Kind || body.Kind != BodyKind.ResidentGroup) && seat.Kind != SeatKind.Lead))
            return OrganizationProblems.SitsHere;
        if (seat.Most is { } most && sitting.Count(s => s.Kind == seat.Kind) >= most)
            return OrganizationProblems.Taken.With(seat.Title);
        if (term.Size is { } size && sitting.Count >= size)
            return OrganizationProblems.Full.With(size);
        if (await Conflict(scope.Db, body, seat.Kind, person.Id, sitting) is { } conflict)
            return conflict;
        return Outcome.Ok(scope.Add(new Seat
        {
            BodyId = body.Id, Of = body.Kind, Kind = seat.Kind, TermId = term.Id, PersonId = person.Id, How = input.How!.Value, Households = seat.Kind == SeatKind.Representative ? input.Households : null,
            BuildingId = building?.Id, DeclaredNoKin = kin ? true : null, From = scope.On, LoggedAt = scope.Now,
        }, OrganizationEvents.Seated).PublicCode);
    }, cancel);

    /// <summary>What the law keeps apart.</summary>
    private static async Task<Problem?> Conflict(HeleDb db, Body body, SeatKind seat, Guid person, IReadOnlyList<Seat> sitting)
    {
        if (body.Kind == BodyKind.ResidentGroup && seat == SeatKind.Head && !sitting.Any(s => s.PersonId == person && s.Kind == SeatKind.Representative))
            return OrganizationProblems.NotARepresentative;
        if (body.Kind is not (BodyKind.ResidentsCommittee or BodyKind.SupervisionCommittee))
            return null;
        var other = body.Kind == BodyKind.ResidentsCommittee ? BodyKind.SupervisionCommittee : BodyKind.ResidentsCommittee;
        if (!await db.Set<Seat>().AnyAsync(s => s.PersonId == person && s.Of == other && s.To == null))
            return null;
        return body.Kind == BodyKind.SupervisionCommittee ? OrganizationProblems.OnTheCommittee : OrganizationProblems.OnTheSupervision;
    }
}

/// <summary>Somebody leaves a seat.</summary>
public sealed class EndSeat(Writer writer)
{
    /// <param name="Seat">Public code.</param>
    /// <param name="On">Their last day.</param>
    public sealed record Input(string? Seat, SeatEnd? Why, DateOnly? On, string? Reason);

    public Task<Outcome> Run(Viewer viewer, Act act, Input input, CancellationToken cancel = default) => writer.Write(Bodies.Act(act, input.On, input.Reason), OrganizationAccess.Keep.Code + ".end-seat", input, async scope =>
    {
        if (string.IsNullOrEmpty(input.Seat) && viewer.PostFor(OrganizationAccess.Keep) is not null)
            return Outcome.Refused([OrganizationProblems.LeaverMissing, .. Check(scope, input)]);
        if (await scope.Db.Set<Seat>().SingleOrDefaultAsync(s => s.PublicCode == input.Seat) is not { } seat)
            return OrganizationProblems.NotFound;
        var body = await scope.Db.Set<Body>().SingleAsync(b => b.Id == seat.BodyId);
        if (!OrganizationAccess.MayKeep(viewer, body))
            return OrganizationProblems.NotFound;
        if (seat.To is not null)
            return OrganizationProblems.EndedAlready;
        var problems = Check(scope, input);
        if (scope.On < seat.From) problems.Add(OrganizationProblems.DayBeforeStart.With(seat.From));
        if (problems.Count > 0)
            return Outcome.Refused(problems);
        if (seat.Kind == SeatKind.Representative && await scope.Db.Set<Seat>().AnyAsync(s => s.BodyId == body.Id && s.PersonId == seat.PersonId && s.Kind == SeatKind.Head && s.To == null))
            return OrganizationProblems.LeadsTheGroup;
        seat.End(scope.On, input.Why!.Value, scope.Now);
        scope.Record(seat, OrganizationEvents.Unseated);
        return Outcome.Ok(body.PublicCode);
    }, cancel);

    private static List<Problem> Check(ActScope scope, Input input)
    {
        var problems = Bodies.CheckDay(scope, input.Reason);
        if (input.Why is not { } why || !Enum.IsDefined(why) || why is SeatEnd.Dissolved or SeatEnd.Erased) problems.Add(OrganizationProblems.EndMissing);
        return problems;
    }
}

/// <summary>换届: the term ends with all its seats, the next begins on the following day; who goes on sits again, in the new term.</summary>
public sealed class RenewTerm(Writer writer, JurisdictionDirectory jurisdictions)
{
    /// <param name="Stay">Public codes of the seats whose holders were elected again.</param>
    /// <param name="On">First day of the new term.</param>
    public sealed record Input(string Code, DateOnly? On, int? Members, int? Size, IReadOnlyList<string> Stay, string? Reason);

    public Task<Outcome> Run(Viewer viewer, Act act, Input input, CancellationToken cancel = default) => writer.Write(Bodies.Act(act, input.On, input.Reason), OrganizationAccess.Keep.Code + ".renew", input, async scope =>
    {
        var (body, refused) = await Bodies.Load(scope, viewer, input.Code);
        if (body is null)
            return refused!;
        var type = BodyKinds.On(body.Kind, scope.On);
        if (type.TermRule is null)
            return OrganizationProblems.NoTerms;
        var place = await jurisdictions.Get(scope.Db, act.JurisdictionId);
        var term = await Terms.Open(scope.Db, body);
        var seats = await scope.Db.Set<Seat>().Where(s => s.BodyId == body.Id && s.To == null).ToListAsync();
        var problems = Bodies.CheckDay(scope, input.Reason);
        if (seats.Select(s => s.From).Append(term.From).Max() is var latest && scope.On <= latest)
            problems.Add(OrganizationProblems.DayBeforeStart.With(latest.AddDays(1)));
        problems.AddRange(await Terms.Check(scope, place, type, input.Members, input.Size));
        if (problems.Count > 0)
            return Outcome.Refused(problems);
        var staying = seats.Where(s => input.Stay.Contains(s.PublicCode)).ToList();
        if (input.Size is { } size && staying.Count > size)
            return OrganizationProblems.Full.With(size);
        var last = scope.On.AddDays(-1);
        term.EndOn(last);
        scope.Record(term, OrganizationEvents.TermEnded);
        foreach (var seat in seats)
        {
            seat.End(last, SeatEnd.TermOver, scope.Now);
            scope.Record(seat, OrganizationEvents.Unseated);
        }
        var next = await Terms.Begin(scope, place, body, type, term.Number + 1, input.Members, input.Size);
        foreach (var seat in staying)
        {
            scope.Add(new Seat
            {
                BodyId = body.Id, Of = body.Kind, Kind = seat.Kind, TermId = next.Id, PersonId = seat.PersonId, How = SeatWay.Elected, Households = seat.Households, BuildingId = seat.BuildingId,
                DeclaredNoKin = seat.DeclaredNoKin, From = scope.On, LoggedAt = scope.Now,
            }, OrganizationEvents.Seated);
        }
        return Outcome.Ok(body.PublicCode);
    }, cancel);
}
