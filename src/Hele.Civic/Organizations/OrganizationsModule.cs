using Hele.Civic.Kernel;
using Hele.Civic.Platform;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Figures;
using Hele.Civic.Platform.Files;
using Hele.Civic.Platform.Journal;
using Hele.Civic.Platform.Sealing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Hele.Civic.Organizations;

public sealed class OrganizationsModule : HeleModule
{
    public override Bilingual Title => ("组织", "Organizations");

    public override void AddServices(IServiceCollection services)
    {
        services.AddSingleton<EstablishBody>();
        services.AddSingleton<CorrectBody>();
        services.AddSingleton<CoverPlaces>();
        services.AddSingleton<DissolveBody>();
        services.AddSingleton<SeatPerson>();
        services.AddSingleton<EndSeat>();
        services.AddSingleton<RenewTerm>();
        services.AddSingleton<ShareDuties>();
        services.AddSingleton<SayAbsence>();
        services.AddSingleton<ChangeAbsence>();
        services.AddSingleton<RecordHonour>();
        services.AddSingleton<CertifyHonour>();
        services.AddSingleton<WithdrawHonour>();
        services.AddScoped<HonourQueries>();
        services.AddScoped<TeamQueries>();
        services.AddScoped<AbsenceQueries>();
        services.AddScoped<BodyQueries>();
        services.AddScoped<PartyTreeQueries>();
    }

    public override void Map(ModelBuilder model) => OrganizationsMapping.Map(model);

    public override IEnumerable<EventKind> Events => [.. OrganizationEvents.All, .. HonourEvents.All];
    public override IEnumerable<Permission> Permissions => [.. OrganizationAccess.All, .. HonourAccess.All];
    public override IEnumerable<Figure> Figures => OrganizationFigures.All;
    public override IEnumerable<LifeFollower> LifeFollowers => [SeatFollow.Follower];
    public override IEnumerable<DaySource> Days => [OrganizationDay.Of];

    public override IEnumerable<FileSubject> Files => [new(typeof(Honour), (db, viewer) => HonourAccess.Visible(viewer, db.Set<Honour>()).Select(h => h.Id), _ => false)];

    public override IEnumerable<SubjectRows> AboutPeople =>
    [
        new(typeof(Honour), ("荣誉", "Honours"), (db, person) => db.Set<Honour>().Where(h => h.PersonId == person).OrderByDescending(h => h.AwardedOn),
            Name: row => (((Honour)row).Title, ((Honour)row).Title), Keep: (_, _) => Archive),
        // The certificate's photo stays with the honour, which the community keeps.
        new(typeof(StoredFile), ("荣誉证书的照片", "Photos of certificates"), (db, person) => db.Set<StoredFile>()
            .Where(f => f.SubjectTable == "Honours" && db.Set<Honour>().Any(h => h.Id == f.SubjectId && h.PersonId == person)).OrderByDescending(f => f.AddedAt),
            Name: row => ($"照片{((StoredFile)row).Number}", $"Photo {((StoredFile)row).Number}"), Keep: (_, _) => Archive, IsAppraised: true),
        new(typeof(Seat), ("组织任职", "Seats in bodies"), (db, person) => db.Set<Seat>().Where(s => s.PersonId == person).OrderByDescending(s => s.From),
            Name: row => (((Seat)row).Of.Title().Zh + " · " + ((Seat)row).Kind.Title(((Seat)row).Of).Zh, ((Seat)row).Of.Title().En + ", " + ((Seat)row).Kind.Title(((Seat)row).Of).En),
            Keep: (_, _) => Archive) { Closes = SeatFollow.Erased },
        new(typeof(SeatDuty), ("组织任职的分工", "Duties of seats"), (db, person) => db.Set<SeatDuty>().Where(d => db.Set<Seat>().Any(s => s.Id == d.SeatId && s.PersonId == person)).OrderByDescending(d => d.From),
            Name: row => (TeamDuties.Find(((SeatDuty)row).Duty)!.Title.Zh, TeamDuties.Find(((SeatDuty)row).Duty)!.Title.En), Keep: (_, _) => Archive),
        new(typeof(Absence), ("不在岗", "Absences"), (db, person) => db.Set<Absence>().Where(a => a.PersonId == person).OrderByDescending(a => a.From),
            Name: row => ($"{((Absence)row).From:yyyy-MM-dd}—{((Absence)row).To:yyyy-MM-dd}", $"{((Absence)row).From:yyyy-MM-dd} to {((Absence)row).To:yyyy-MM-dd}"),
            Erase: (row, _) => ((Absence)row).Erase(), Erased: Absence.Erased),
    ];

    private static readonly Kept Archive = new(("《城市居民委员会组织法》（2025修订）第39条：居务档案应当真实、准确、完整（任职记录不含姓名）",
        "Organic Law of Urban Residents' Committees (2025) art. 39: the affairs archive is complete (the seat's row holds no name)"), null);
}
