using Hele.Civic.Kernel;
using Hele.Civic.People.Posts;
using Hele.Civic.Platform;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Accounts;
using Hele.Civic.Platform.Exports;
using Hele.Civic.Platform.Imports;
using Hele.Civic.Platform.Journal;
using Hele.Civic.Platform.Notices;
using Hele.Civic.Platform.Notices.Mail;
using Hele.Civic.Platform.Sealing;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Hele.Civic.People;

public sealed class PeopleModule : HeleModule
{
    private static readonly Handling Register = new(
        ("知道是谁提出、办理和评价事项", "knowing who raises, handles and judges a matter"),
        ("《城市居民委员会组织法》（2025修订）；《个人信息保护法》第13条第一款第三项", "Organic Law of Urban Residents' Committees (2025); PIPL art. 13(3)"),
        ("在本社区居住或任职期间，离开后再保存一段时间", "while they live or serve here, and for some time after they have left"), Expiry.By(PersonRule, nameof(Person.LeftOn)));

    private static readonly Handling Guarding = Register with
    {
        Retention = ("监护期间，终止后再保存一段时间", "while the guardianship lasts, and for some time after its end"), Until = Expiry.By("retention.guardianship", nameof(Guardianship.To)),
    };

    private static readonly Handling Born = Register with
    {
        Purpose = ("登记新生儿，知道社区里各年龄的人有多少，到年龄时办该办的事", "entering newborns, knowing how many of which age live here, and what is due at an age"),
        Basis = ("《个人信息保护法》第13条第一款第三项；不满十四周岁的另依第28—31条，须监护人同意", "PIPL art. 13(3); under fourteen art. 28–31 too, with the guardian's consent"),
    };

    private static readonly Handling Dying = Register with
    {
        Purpose = ("停止通知和询问已去世的人，登记错了能更正", "no longer writing to or asking somebody who died, and putting a mistake right"),
        Retention = ("去世之后再保存一段时间", "for some time after the death"), Until = Expiry.By(PersonRule, nameof(Death.DiedOn)),
    };

    private static readonly Handling Reaching = new(
        ("有事时能联系到本人", "reaching the person when it matters"),
        ("《个人信息保护法》第13条第一款第一、三项", "PIPL art. 13(1)(3)"),
        ("在本社区居住或任职期间，离开后再保存一段时间；本人可随时要求删除", "while they live or serve here, and for some time after; taken away when they ask"), Expiry.By(PersonRule, nameof(Person.LeftOn)));

    private static readonly Handling Requests = new(
        ("答复关于个人信息的请求", "answering requests about personal data"),
        ("《个人信息保护法》第44—50条", "PIPL art. 44–50"),
        ("答复之后再保存一段时间，证明已依法答复", "for some time after the answer, to show that it was given"), Expiry.By("retention.requests", nameof(DataRequest.AnsweredOn)));

    /// <summary>How long an entry is kept after its person has left.</summary>
    public const string PersonRule = "retention.person";

    public override Bilingual Title => ("人员", "People");

    public override IEnumerable<EventKind> Events => 
        [RegisterPerson.Registered, RegisterPerson.PostGiven, CorrectPerson.Corrected, Person.Erased, KeepGuardianship.Registered, KeepGuardianship.Ended, Guardianship.Erased,
         PersonLeft.Left, PersonLeft.Returned, RecordDeath.Died, RecordDeath.DateCorrected, RecordDeath.Lives, Death.Recorded, Death.DateCorrected, Death.TakenBack, Death.Erased,
         PeopleFollow.GuardianshipEnded, PeopleFollow.GuardianshipResumed, ResetSignIn.Reset, AskAboutData.Asked, AnswerDataRequest.Granted, AnswerDataRequest.Refused, DataRequest.Erased, .. PostEvents.All];

    public override IEnumerable<Permission> Permissions => PeopleAccess.All;
    public override IEnumerable<NoticeSource> Notices => DataRequestNotices.All;

    public override WhoCanBeTold CanBeTold => async (db, people) =>
        await db.Set<Person>().Where(Person.CanBeTold).Where(p => people.Contains(p.Id)).ToDictionaryAsync(p => p.Id, p => p.AccountId!.Value);

    public override IEnumerable<Transitions> LifeCycles => [DataRequest.LifeCycle];
    public override IEnumerable<LedgerKind> Ledgers => [new PeopleLedger()];

    public override IEnumerable<SubjectRows> AboutPeople =>
    [
        new(typeof(Person), ("人员登记", "Entry in the register"), (db, person) => db.Set<Person>().Where(p => p.Id == person),
            Erase: (row, on) => ((Person)row).Erase(on), Erased: Person.Erased, End: (scope, modules, row) => ErasePerson.Erase(scope, modules, (Person)row, ErasureCause.Expired)),
        new(typeof(Post), ("岗位任职", "Posts held"), (db, person) => db.Set<Post>().Where(p => p.PersonId == person).OrderByDescending(p => p.From),
            Name: row => (((Post)row).Title, ((Post)row).Title),
            Keep: (_, _) => new Kept(("《城市居民委员会组织法》（2025修订）第39条：居务档案应当真实、准确、完整（任职记录不含姓名）", "Organic Law of Urban Residents' Committees (2025) art. 39: the affairs archive is complete (the post's row holds no name)"), null)),
        new(typeof(LedgerImport), ("导入台账", "Ledgers imported"), (db, person) => db.Set<LedgerImport>().Where(i => i.ImportedById == person || i.UndoneById == person).OrderByDescending(i => i.ImportedOn),
            Erase: (row, _) => ((LedgerImport)row).Erase(), Erased: LedgerImport.Erased),
        new(typeof(ListExport), ("导出的名单", "Lists exported"), (db, person) => db.Set<ListExport>().Where(e => e.ExportedById == person).OrderByDescending(e => e.ExportedAt),
            Keep: (_, _) => new Kept(("《个人信息保护法》第56条：处理情况记录至少保存三年（导出记录不含姓名）", "PIPL art. 56: records of processing are kept for three years at least (the record of an export holds no name)"), null)),
        new(typeof(PersonEmail), ("收通知的邮箱", "E-mail address for notices"), (db, person) => db.Set<PersonEmail>().Where(e => e.PersonId == person), Erase: (row, _) => ((PersonEmail)row).Empty(), Erased: EmailEvents.Erased),
        new(typeof(DeadLetter), ("退回的邮件", "Mails that came back"), (db, person) => db.Set<DeadLetter>().Where(l => l.PersonId == person).OrderByDescending(l => l.RefusedAt),
            Erase: (row, on) => ((DeadLetter)row).Erase(on), Erased: DeadLetterEvents.Erased),
        new(typeof(Guardianship), ("监护关系", "Guardianship"), (db, person) => db.Set<Guardianship>().Where(g => g.WardId == person || g.GuardianId == person).OrderByDescending(g => g.From),
            Erase: (row, on) => ((Guardianship)row).Erase(on), Erased: Guardianship.Erased),
        new(typeof(Death), ("去世登记", "Death registered"), (db, person) => db.Set<Death>().Where(d => d.PersonId == person).OrderByDescending(d => d.LoggedAt),
            Name: row => DeathQueries.Words((Death)row), Erase: (row, _) => ((Death)row).Erase(), Erased: Death.Erased),
        new(typeof(DataRequest), ("个人信息请求", "Requests about data"), (db, person) => db.Set<DataRequest>().Where(r => r.PersonId == person).OrderByDescending(r => r.AskedOn),
            Erase: (row, _) => ((DataRequest)row).Erase(), Erased: DataRequest.Erased),
    ];

    public override IEnumerable<LifeFollower> LifeFollowers => [PeopleFollow.Follower];

    /// <summary>A post whose holder died gives nothing and still answers for what hangs on it: whoever keeps posts ends it.</summary>
    public override IEnumerable<DaySource> Days => [VacantPosts.Of, DataRequestDay.Of];

    public override IEnumerable<EmergencySeal> EmergencySeals =>
    [
        new("person.phone", ("电话号码", "Telephone number"), typeof(Person), nameof(Person.PhoneSealed), (db, code) => db.Set<Person>().Where(p => p.PublicCode == code && p.ErasedOn == null),
            row => row.Id, row => ((Person)row).PhoneSealed, (viewer, row) => PeopleAccess.May(viewer, (Person)row, PeopleAccess.OpenPhone),
            (viewer, row) => PeopleAccess.May(viewer, (Person)row, PeopleAccess.See) ? ((Person)row).Name : null),
    ];

    public override void AddServices(IServiceCollection services)
    {
        services.AddSingleton<ProposePost>();
        services.AddSingleton<DecidePost>();
        services.AddSingleton<WithdrawPost>();
        services.AddSingleton<EndPost>();
        services.AddScoped<PostQueries>();
        services.AddSingleton<RegisterPerson>();
        services.AddSingleton<EnterPerson>();
        services.AddSingleton<CorrectPerson>();
        services.AddSingleton<PersonLeft>();
        services.AddSingleton<RecordDeath>();
        services.AddSingleton<CorrectDeath>();
        services.AddSingleton<OpenBirthday>();
        services.AddScoped<DeathQueries>();
        services.AddSingleton<OpenPersonPhone>();
        services.AddSingleton<OpenPeoplePhones>();
        services.AddSingleton<CheckSeals>();
        services.AddSingleton<KeepGuardianship>();
        services.AddSingleton<AskAboutData>();
        services.AddSingleton<AnswerDataRequest>();
        services.AddSingleton<ErasePerson>();
        services.AddScoped<MyData>();
        services.AddScoped<PeopleQueries>();
        services.AddScoped<ImportHistory>();
        services.AddScoped<ExportHistory>();
        services.AddSingleton<ResetSignIn>();
        services.AddSingleton<StaffAccounts>();
        services.AddSingleton<Viewers>();
    }

    public override void Map(ModelBuilder model)
    {
        model.Entity<Person>(e =>
        {
            e.ToTable("People");
            e.Property(x => x.Id).PersonReference();
            e.Property(x => x.PublicCode).HasMaxLength(14).NotPersonal();
            e.Property(x => x.Name).HasMaxLength(Person.NameLength).Personal(("姓名", "Name"), Register);
            e.Property(x => x.Address).HasMaxLength(Person.AddressLength).Personal(("住址", "Address"), Register);
            e.Property(x => x.PhoneSealed).Sealed(("电话号码", "Telephone number"), Reaching);
            e.Property(x => x.PhoneMasked).HasMaxLength(20).Masked(("电话号码（遮盖）", "Telephone number, shortened"), Reaching);
            e.Property(x => x.PhoneIndex).BlindIndex(("电话号码的查找值", "What the number is found by"), Reaching);
            e.Property(x => x.BornOnSealed).Sealed(("出生日期", "Day of birth"), Born);
            e.Property(x => x.BornMasked).HasMaxLength(10).Masked(("出生日期（遮盖）", "Day of birth, shortened"), Born);
            e.Property(x => x.IdentityIndex).BlindIndex(("身份证号的查找值", "What an identity number is found by"), Register);
            e.Property(x => x.LeftOn).NotPersonal();
            e.Property(x => x.DiedOn).Personal(("去世日期", "Day of death"), Register);
            e.Property(x => x.ErasedOn).NotPersonal();
            e.HasIndex(x => new { x.JurisdictionId, x.PublicCode }).IsUnique();
            e.HasIndex(x => new { x.JurisdictionId, x.PhoneIndex });
            e.HasIndex(x => new { x.JurisdictionId, x.IdentityIndex });
            e.Property(x => x.AccountId).PersonReference();
            e.HasOne<Account>().WithMany().HasForeignKey(x => x.AccountId).OnDelete(DeleteBehavior.Restrict);
            e.HasIndex(x => new { x.JurisdictionId, x.AccountId }).IsUnique();
        });
        model.Entity<Guardianship>(e =>
        {
            e.ToTable("Guardianships");
            e.Property(x => x.Id).NotPersonal();
            e.Property(x => x.GuardianId).PersonReference();
            e.Property(x => x.WardId).PersonReference();
            e.Property(x => x.Basis).HasMaxLength(Guardianship.BasisLength).FreeText(("监护依据", "What the guardianship rests on"), Guarding);
            e.Property(x => x.From).NotPersonal();
            e.Property(x => x.To).NotPersonal();
            e.HasOne<Person>().WithMany().HasForeignKey(x => x.GuardianId);
            e.HasOne<Person>().WithMany().HasForeignKey(x => x.WardId);
        });
        model.Entity<Death>(e =>
        {
            e.ToTable("Deaths");
            e.Property(x => x.Id).NotPersonal();
            e.Property(x => x.PersonId).PersonReference();
            e.Property(x => x.DiedOn).NotPersonal();
            e.Property(x => x.Source).NotPersonal();
            e.Property(x => x.ToldBy).HasMaxLength(Death.ToldByLength).FreeText(("谁告知的", "Who told"), Dying);
            e.Property(x => x.HadLeftOn).NotPersonal();
            e.Property(x => x.PostId).PersonReference().PostHistory();
            e.Property(x => x.LoggedAt).NotPersonal();
            e.Property(x => x.TakenBackOn).NotPersonal();
            e.HasOne<Person>().WithMany().HasForeignKey(x => x.PersonId);
            e.HasOne<Post>().WithMany().HasForeignKey(x => x.PostId);
            // One stands at a time: the last judge.
            e.HasIndex(x => new { x.JurisdictionId, x.PersonId }).IsUnique().HasFilter("\"TakenBackOn\" IS NULL");
        });
        model.Entity<DataRequest>(e =>
        {
            e.ToTable("DataRequests");
            e.Property(x => x.Id).NotPersonal();
            e.Property(x => x.PublicCode).HasMaxLength(14).NotPersonal();
            e.Property(x => x.Kind).NotPersonal();
            e.Property(x => x.PersonId).PersonReference();
            e.Property(x => x.AskedById).PersonReference();
            e.Property(x => x.Text).HasMaxLength(DataRequest.TextLength).FreeText(("请求内容", "What was asked"), Requests);
            e.Property(x => x.AskedOn).NotPersonal();
            e.Property(x => x.DueOn).NotPersonal();
            e.Property(x => x.State).NotPersonal();
            e.Property(x => x.AnsweredOn).NotPersonal();
            e.Property(x => x.Answer).HasMaxLength(DataRequest.AnswerLength).FreeText(("答复", "Answer"), Requests);
            e.HasOne<Person>().WithMany().HasForeignKey(x => x.PersonId);
            e.HasOne<Person>().WithMany().HasForeignKey(x => x.AskedById);
            e.HasIndex(x => new { x.JurisdictionId, x.PublicCode }).IsUnique();
            e.HasIndex(x => new { x.JurisdictionId, x.State, x.DueOn });
        });
        model.Entity<PersonEmail>(e => e.HasOne<Person>().WithMany().HasForeignKey(x => x.PersonId));
        model.Entity<DeadLetter>(e => e.HasOne<Person>().WithMany().HasForeignKey(x => x.PersonId));
        model.Entity<ListExport>(e => e.HasOne<Person>().WithMany().HasForeignKey(x => x.ExportedById));
        model.Entity<LedgerImport>(e =>
        {
            e.HasOne<Person>().WithMany().HasForeignKey(x => x.ImportedById);
            e.HasOne<Person>().WithMany().HasForeignKey(x => x.UndoneById);
        });
        model.Entity<Post>(e =>
        {
            e.HasOne<Person>().WithMany().HasForeignKey(x => x.PersonId);
            e.HasOne<Person>().WithMany().HasForeignKey(x => x.ProposedById);
            e.HasOne<Person>().WithMany().HasForeignKey(x => x.ConfirmedById);
        });
    }
}
