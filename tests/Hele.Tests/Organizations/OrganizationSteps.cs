using Hele.Civic.Organizations;
using Hele.Civic.People;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Storage;
using Hele.TestKit;
using Hele.Tests.Grids;
using Microsoft.EntityFrameworkCore;

namespace Hele.Tests.Organizations;

/// <summary>What a committee does to get its bodies and seats into the register, each through the real operation.</summary>
internal static class OrganizationSteps
{
    public static Task<Outcome> Establish(this TestInstallation hele, Viewer viewer, BodyKind? kind, string? name, string[]? grids = null, string[]? buildings = null, string? parent = null, int? members = 12, int? size = 5, DateOnly? on = null, Guid? operation = null) =>
        hele.Get<EstablishBody>().Run(viewer, viewer.Act(OrganizationAccess.Keep, operation ?? Guid.NewGuid()), new(kind, name, parent, grids ?? [], buildings ?? [], null, null, members, size, null, on, null));

    public static async Task<string> Body(this TestInstallation hele, Viewer viewer, BodyKind kind, string name, string[]? grids = null, string[]? buildings = null, string? parent = null, DateOnly? on = null) =>
        GridSteps.Ok(await hele.Establish(viewer, kind, name, grids, buildings, parent, on: on));

    public static Task<Outcome> Sit(this TestInstallation hele, Viewer viewer, string body, SeatKind? seat, string? person, DateOnly? on = null, int? households = null, string? building = null, bool noKin = true, SeatWay? how = SeatWay.Elected) =>
        hele.Get<SeatPerson>().Run(viewer, viewer.Act(OrganizationAccess.Keep, Guid.NewGuid()), new(body, seat, person, how, households, building, noKin, on));

    public static Task<Outcome> Leave(this TestInstallation hele, Viewer viewer, string seat, SeatEnd? why = SeatEnd.Resigned, DateOnly? on = null, string? reason = "本人书面辞职。") =>
        hele.Get<EndSeat>().Run(viewer, viewer.Act(OrganizationAccess.Keep, Guid.NewGuid()), new(seat, why, on, reason));

    public static Task<Outcome> Renew(this TestInstallation hele, Viewer viewer, string body, string[] stay, DateOnly? on = null, int? size = 5, int? members = 12, string? reason = "换届选举。") =>
        hele.Get<RenewTerm>().Run(viewer, viewer.Act(OrganizationAccess.Keep, Guid.NewGuid()), new(body, on, members, size, stay, reason));

    public static Task<Outcome> Dissolve(this TestInstallation hele, Viewer viewer, string body, DateOnly? on = null, string? reason = "并入别的支部。") =>
        hele.Get<DissolveBody>().Run(viewer, viewer.Act(OrganizationAccess.Keep, Guid.NewGuid()), new(body, on, reason));

    public static Task<Outcome> Cover(this TestInstallation hele, Viewer viewer, string body, string[] grids, string[] buildings, string? reason = "网格调整。") =>
        hele.Get<CoverPlaces>().Run(viewer, viewer.Act(OrganizationAccess.Keep, Guid.NewGuid()), new(body, grids, buildings, reason));

    public static Task<Outcome> Share(this TestInstallation hele, Viewer viewer, string seat, string[] duties, string? skill = null) =>
        hele.Get<ShareDuties>().Run(viewer, viewer.Act(OrganizationAccess.Keep, Guid.NewGuid()), new(seat, duties, skill));

    public static Task<Outcome> Away(this TestInstallation hele, Viewer viewer, string? person, DateOnly? from, DateOnly? to, string? standIn = null, AbsenceKind? why = AbsenceKind.Leave) =>
        hele.Get<SayAbsence>().Run(viewer, viewer.Act(OrganizationAccess.SayAbsence, Guid.NewGuid()), new(person, why, from, to, standIn));

    public static Task<Outcome> ChangeAway(this TestInstallation hele, Viewer viewer, string code, DateOnly? to, string? standIn = null, bool takeBack = false) =>
        hele.Get<ChangeAbsence>().Run(viewer, viewer.Act(OrganizationAccess.SayAbsence, Guid.NewGuid()), new(code, to, standIn, takeBack));

    public static Task<string> CodeOf(this TestInstallation hele, TestPerson person, int jurisdiction = TestInstallation.Hexi) =>
        hele.Read(db => db.Set<Person>().Where(p => p.Name == person.Name).Select(p => p.PublicCode).SingleAsync(), jurisdiction);

    /// <summary>A person of the register who does nothing else.</summary>
    public static async Task<string> Somebody(this TestInstallation hele, string name) => GridSteps.Ok(await hele.Get<RegisterPerson>().Run(
        new Act { OperationId = Guid.NewGuid(), AccountId = Hele.Civic.Platform.Access.SystemAccount.Id, JurisdictionId = TestInstallation.Hexi }, new(name, null, null, null, false, null, null, null)));

    public static Task<List<string>> SatOn(this TestInstallation hele, string body, DateOnly day) => hele.Read(async db =>
        await (from s in Sat.In(db, (await db.Set<Body>().SingleAsync(b => b.PublicCode == body)).Id, day) join p in db.Set<Person>() on s.PersonId equals p.Id orderby p.Name select p.Name).ToListAsync());
}
