using Hele.Civic.Grids;
using Hele.Civic.Kernel;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Rules;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.Organizations;

/// <summary>Founds a body: its name, what stands above it, its places, its term.</summary>
public sealed class EstablishBody(Writer writer, JurisdictionDirectory jurisdictions)
{
    /// <param name="Parent">Public code of the branch of a Party group; everything else finds what stands above it by itself.</param>
    /// <param name="Grids">Public codes.</param>
    /// <param name="Buildings">Public codes.</param>
    /// <param name="Members">Full members of a branch, as stated.</param>
    /// <param name="Size">How many are to sit in a committee.</param>
    /// <param name="Number">第几届; null for the first.</param>
    /// <param name="On">The day it was founded; null for today.</param>
    public sealed record Input(BodyKind? Kind, string? Name, string? Parent, IReadOnlyList<string> Grids, IReadOnlyList<string> Buildings, string? Speciality, string? DutyPhone,
        int? Members, int? Size, int? Number, DateOnly? On, string? Reason);

    public Task<Outcome> Run(Viewer viewer, Act act, Input input, CancellationToken cancel = default) => writer.Write(Bodies.Act(act, input.On, input.Reason), OrganizationAccess.Keep.Code + ".establish", input, async scope =>
    {
        if (input.Kind is not { } kind || !Enum.IsDefined(kind))
            return viewer.PostFor(OrganizationAccess.Keep) is null ? OrganizationProblems.NotFound : OrganizationProblems.KindMissing;
        if (viewer.PostFor(OrganizationAccess.KeepOf(kind)) is null)
            return OrganizationProblems.NotFound;
        var place = await jurisdictions.Get(scope.Db, act.JurisdictionId);
        if (place.Level != JurisdictionLevel.Community)
            return OrganizationProblems.NotACommunity;
        var type = BodyKinds.On(kind, scope.On);
        var (name, speciality, phone) = (ChineseText.Line(input.Name), Bodies.Said(input.Speciality), Bodies.Said(input.DutyPhone));
        var problems = Bodies.Check(scope, name, speciality, phone, input.Reason);
        if (problems.Count == 0 && await scope.Db.Set<Body>().AnyAsync(b => b.Name == name && b.To == null))
            problems.Add(OrganizationProblems.NameTaken);
        if (type.IsSingle && await scope.Db.Set<Body>().AnyAsync(b => b.Kind == kind && b.To == null))
            problems.Add(OrganizationProblems.HasOne.With(type.Title));
        var (parent, parentProblem) = await Bodies.Parent(scope.Db, kind, input.Parent);
        if (parentProblem is not null)
            problems.Add(parentProblem);
        var (places, placeProblem) = await BodyPlaces.Find(scope.Db, type, input.Grids, input.Buildings, null);
        if (placeProblem is not null)
            problems.Add(placeProblem);
        if (input.Number is < 1 or > 99)
            problems.Add(OrganizationProblems.NumberOdd);
        problems.AddRange(await Terms.Check(scope, place, type, input.Members, input.Size));
        if (problems.Count > 0)
            return Outcome.Refused(problems);
        var body = scope.Add(new Body { Kind = kind, Name = name, ParentId = parent?.Id, Speciality = speciality, DutyPhone = phone, From = scope.On, LoggedAt = scope.Now }, OrganizationEvents.Established);
        await Terms.Begin(scope, place, body, type, input.Number ?? 1, input.Members, input.Size);
        foreach (var (grid, building) in places)
            scope.Add(new BodyPlace { BodyId = body.Id, GridId = grid, BuildingId = building, From = scope.On }, OrganizationEvents.PlaceTaken);
        return Outcome.Ok(body.PublicCode);
    }, cancel);
}

/// <summary>Puts a body's name, speciality, public telephone or what stands above it right.</summary>
public sealed class CorrectBody(Writer writer)
{
    public sealed record Input(string Code, string? Name, string? Parent, string? Speciality, string? DutyPhone);

    public Task<Outcome> Run(Viewer viewer, Act act, Input input, CancellationToken cancel = default) => writer.Write(act, OrganizationAccess.Keep.Code + ".correct", input, async scope =>
    {
        var (body, refused) = await Bodies.Load(scope, viewer, input.Code);
        if (body is null)
            return refused!;
        var (name, speciality, phone) = (ChineseText.Line(input.Name), Bodies.Said(input.Speciality), Bodies.Said(input.DutyPhone));
        var problems = Bodies.Check(scope, name, speciality, phone, null);
        if (problems.Count == 0 && await scope.Db.Set<Body>().AnyAsync(b => b.Name == name && b.To == null && b.Id != body.Id))
            problems.Add(OrganizationProblems.NameTaken);
        var parent = body.ParentId;
        if (body.Kind == BodyKind.PartyGroup)
        {
            var (above, problem) = await Bodies.Parent(scope.Db, body.Kind, input.Parent);
            if (problem is not null)
                problems.Add(problem);
            parent = above?.Id;
        }
        if (problems.Count > 0)
            return Outcome.Refused(problems);
        if ((body.Name, body.ParentId, body.Speciality, body.DutyPhone) == (name, parent, speciality, phone))
            return Outcome.Ok(body.PublicCode);
        (body.Name, body.ParentId, body.Speciality, body.DutyPhone) = (name, parent, speciality, phone);
        scope.Record(body, OrganizationEvents.Corrected);
        return Outcome.Ok(body.PublicCode);
    }, cancel);
}

/// <summary>Ends a body under which nothing stands any more. Its seats, places and term end with it, on the same day.</summary>
public sealed class DissolveBody(Writer writer)
{
    public sealed record Input(string Code, DateOnly? On, string? Reason);

    public Task<Outcome> Run(Viewer viewer, Act act, Input input, CancellationToken cancel = default) => writer.Write(Bodies.Act(act, input.On, input.Reason), OrganizationAccess.Keep.Code + ".dissolve", input, async scope =>
    {
        var (body, refused) = await Bodies.Load(scope, viewer, input.Code);
        if (body is null)
            return refused!;
        if (Bodies.CheckDay(scope, input.Reason) is { Count: > 0 } problems)
            return Outcome.Refused(problems);
        if (await scope.Db.Set<Body>().CountAsync(b => b.ParentId == body.Id && b.To == null) is var below and > 0)
            return OrganizationProblems.HasBelow.With(below);
        var term = await Terms.Open(scope.Db, body);
        var seats = await scope.Db.Set<Seat>().Where(s => s.BodyId == body.Id && s.To == null).ToListAsync();
        var places = await scope.Db.Set<BodyPlace>().Where(p => p.BodyId == body.Id && p.To == null).ToListAsync();
        if (seats.Select(s => s.From).Concat(places.Select(p => p.From)).Append(term.From).Max() is var first && scope.On < first)
            return OrganizationProblems.DayBeforeStart.With(first);
        foreach (var seat in seats)
        {
            seat.End(scope.On, SeatEnd.Dissolved, scope.Now);
            scope.Record(seat, OrganizationEvents.Unseated);
        }
        foreach (var place in places)
        {
            place.EndOn(scope.On);
            scope.Record(place, OrganizationEvents.PlaceGiven);
        }
        term.EndOn(scope.On);
        scope.Record(term, OrganizationEvents.TermEnded);
        body.EndOn(scope.On, scope.Now);
        scope.Record(body, OrganizationEvents.Dissolved);
        return Outcome.Ok(body.PublicCode);
    }, cancel);
}

/// <summary>What the operations on bodies have in common.</summary>
internal static class Bodies
{
    public static Act Act(Act act, DateOnly? on, string? reason) => act with { On = on, Reason = Said(reason) };

    public static string? Said(string? text) => ChineseText.Line(text) is { Length: > 0 } said ? said : null;

    /// <summary>A body that stands and that this viewer registers.</summary>
    public static async Task<(Body? Body, Problem? Refused)> Load(ActScope scope, Viewer viewer, string? code)
    {
        var body = await scope.Db.Set<Body>().SingleOrDefaultAsync(b => b.PublicCode == code);
        if (body is null || !OrganizationAccess.MayKeep(viewer, body))
            return (null, OrganizationProblems.NotFound);
        return body.To is null ? (body, null) : (null, OrganizationProblems.Gone);
    }

    public static List<Problem> Check(ActScope scope, string name, string? speciality, string? phone, string? reason)
    {
        var problems = new List<Problem>();
        if (name.Length is 0 or > Body.NameLength) problems.Add(OrganizationProblems.NameMissing);
        if (speciality?.Length > Body.SpecialityLength) problems.Add(OrganizationProblems.SpecialityTooLong);
        if (phone?.Length > Body.PhoneLength) problems.Add(OrganizationProblems.PhoneTooLong);
        if (Said(reason)?.Length > Body.ReasonLength) problems.Add(OrganizationProblems.ReasonMissing);
        if (scope.On > scope.Today) problems.Add(OrganizationProblems.DayInFuture);
        return problems;
    }

    /// <summary>A reason is there, and the day isn't to come.</summary>
    public static List<Problem> CheckDay(ActScope scope, string? reason)
    {
        var problems = new List<Problem>();
        if (Said(reason) is not { Length: <= Body.ReasonLength }) problems.Add(OrganizationProblems.ReasonMissing);
        if (scope.On > scope.Today) problems.Add(OrganizationProblems.DayInFuture);
        return problems;
    }

    /// <summary>What stands above: the committee of a branch, the chosen branch of a group, nothing of everything else.</summary>
    public static async Task<(Body? Parent, Problem? Refused)> Parent(HeleDb db, BodyKind kind, string? code)
    {
        Body? parent;
        if (BodyKinds.Branches.Contains(kind))
            parent = await db.Set<Body>().SingleOrDefaultAsync(b => b.Kind == BodyKind.PartyCommittee && b.To == null);
        else if (kind == BodyKind.PartyGroup)
            parent = await db.Set<Body>().SingleOrDefaultAsync(b => b.PublicCode == code && b.To == null && BodyKinds.Branches.Contains(b.Kind));
        else
            return (null, null);
        return parent is null ? (null, OrganizationProblems.ParentMissing) : (parent, null);
    }
}

/// <summary>Changes what a body is for: places come and go, each with its days.</summary>
public sealed class CoverPlaces(Writer writer)
{
    public sealed record Input(string Code, IReadOnlyList<string> Grids, IReadOnlyList<string> Buildings, string? Reason);

    public Task<Outcome> Run(Viewer viewer, Act act, Input input, CancellationToken cancel = default) => writer.Write(Bodies.Act(act, null, input.Reason), OrganizationAccess.Keep.Code + ".cover", input, async scope =>
    {
        var (body, refused) = await Bodies.Load(scope, viewer, input.Code);
        if (body is null)
            return refused!;
        var problems = Bodies.CheckDay(scope, input.Reason);
        var (wanted, problem) = await BodyPlaces.Find(scope.Db, BodyKinds.On(body.Kind, scope.On), input.Grids, input.Buildings, body.Id);
        if (problem is not null)
            problems.Add(problem);
        if (problems.Count > 0)
            return Outcome.Refused(problems);
        var present = await scope.Db.Set<BodyPlace>().Where(p => p.BodyId == body.Id && p.To == null).ToListAsync();
        var (gone, come) = (present.Where(p => !wanted.Contains((p.GridId, p.BuildingId))).ToList(), wanted.Where(w => !present.Any(p => (p.GridId, p.BuildingId) == w)).ToList());
        if (gone.Count + come.Count == 0)
            return OrganizationProblems.NothingChanged;
        foreach (var place in gone)
        {
            place.EndOn(scope.On);
            scope.Record(place, OrganizationEvents.PlaceGiven);
        }
        foreach (var (grid, building) in come)
            scope.Add(new BodyPlace { BodyId = body.Id, GridId = grid, BuildingId = building, From = scope.On }, OrganizationEvents.PlaceTaken);
        return Outcome.Ok(body.PublicCode);
    }, cancel);
}

/// <summary>Finds the grids and buildings somebody chose for a kind of body.</summary>
internal static class BodyPlaces
{
    public static async Task<(IReadOnlyList<(Guid? Grid, Guid? Building)> Places, Problem? Refused)> Find(HeleDb db, BodyType type, IReadOnlyList<string> gridCodes, IReadOnlyList<string> buildingCodes, Guid? body)
    {
        if (type.Reach == Reach.None)
            return ([], null);
        var grids = type.Reach == Reach.Buildings ? [] : await db.Set<Grid>().Where(g => g.To == null && gridCodes.Contains(g.PublicCode)).Select(g => g.Id).ToListAsync();
        var buildings = type.Reach is Reach.Grid or Reach.Grids ? [] : await db.Set<Building>().Where(b => b.To == null && buildingCodes.Contains(b.PublicCode)).Select(b => b.Id).ToListAsync();
        switch (type.Reach)
        {
            case Reach.Buildings when buildings.Count == 0: return ([], OrganizationProblems.BuildingsMissing);
            case Reach.Grids when grids.Count < 2: return ([], OrganizationProblems.GridsTooFew);
            case Reach.Grid when grids.Count == 0: return ([], OrganizationProblems.GridMissing);
            case Reach.GridOrBuildings when grids.Count + buildings.Count == 0: return ([], OrganizationProblems.GridMissing);
            case Reach.GridOrBuildings when grids.Count > 0 && buildings.Count > 0: return ([], OrganizationProblems.GridOrBuildings);
            case Reach.GridOrBuildings when buildings.Count > 0:
                if (await db.Set<GridBuilding>().Where(g => g.To == null && buildings.Contains(g.BuildingId)).Select(g => g.GridId).Distinct().CountAsync() > 1)
                    return ([], OrganizationProblems.BuildingsOfSeveralGrids);
                break;
        }
        if (type.Reach is Reach.Grid or Reach.GridOrBuildings && grids.Count > 1)
            return ([], OrganizationProblems.GridsTooMany);
        if (type.Reach == Reach.Grid && await db.Set<BodyPlace>().AnyAsync(p => p.To == null && p.BodyId != body && grids.Contains(p.GridId!.Value) && db.Set<Body>().Any(b => b.Id == p.BodyId && b.Kind == type.Kind && b.To == null)))
            return ([], OrganizationProblems.TeamThere);
        return ([.. grids.Select(g => ((Guid?)g, (Guid?)null)), .. buildings.Select(b => ((Guid?)null, (Guid?)b))], null);
    }
}

/// <summary>The terms of bodies: how long, how many, how many full members a branch needs; all of it by the rules in force on the day.</summary>
internal static class Terms
{
    public static Task<BodyTerm> Open(HeleDb db, Body body) => db.Set<BodyTerm>().SingleAsync(t => t.BodyId == body.Id && t.To == null);

    public static async Task<List<Problem>> Check(ActScope scope, Jurisdiction place, BodyType type, int? members, int? size)
    {
        var problems = new List<Problem>();
        if (type.IsBranch)
        {
            var (least, most) = (await RuleBook.InForce(scope.Db, place, "body.branch.members.least", scope.On), await RuleBook.InForce(scope.Db, place, "body.branch.members.most", scope.On));
            if (members is null or < 0)
                problems.Add(OrganizationProblems.MembersMissing);
            else if (members < least.Amount)
                problems.Add(OrganizationProblems.MembersTooFew.With(least.Limit, least.Source));
            else if (members > most.Amount)
                problems.Add(OrganizationProblems.MembersTooMany.With(most.Limit, most.Source));
        }
        if (type.SizeRules is { } sizes)
        {
            var (least, most) = (await RuleBook.InForce(scope.Db, place, sizes.Least, scope.On), await RuleBook.InForce(scope.Db, place, sizes.Most, scope.On));
            if (size is null || size < least.Amount || size > most.Amount)
                problems.Add(OrganizationProblems.SizeMissing.With(least.Amount, most.Limit, most.Source));
        }
        return problems;
    }

    public static async Task<BodyTerm> Begin(ActScope scope, Jurisdiction place, Body body, BodyType type, int number, int? members, int? size)
    {
        DateOnly? until = null;
        if (type.TermRule is { } rule && ReferenceData.Rules.Find(rule, scope.On, place.Code) is not null)
            until = scope.On.AddYears((await RuleBook.InForce(scope.Db, place, rule, scope.On)).Amount).AddDays(-1);
        return scope.Add(new BodyTerm { BodyId = body.Id, Number = number, From = scope.On, Until = until, Members = type.IsBranch ? members : null, Size = type.SizeRules is null ? null : size }, OrganizationEvents.TermBegan);
    }
}
