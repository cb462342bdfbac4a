using Hele.Civic;
using Hele.Civic.Appeals;
using Hele.Civic.Jurisdictions;
using Hele.Civic.Kernel;
using Hele.Civic.People;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Accounts;
using Hele.Civic.Platform.Journal;
using Hele.Civic.Platform.Notices.Mail;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Hele.TestKit;

/// <summary>Which database a test runs on. Every storage test runs on both; <c>./test quick</c> on SQLite alone.</summary>
public enum TestDatabase { Sqlite, Postgres }

/// <summary>
/// A whole installation in a temporary folder: a district, a sub-district and two communities with people in each role, a clock that stands still until it is moved, and the
/// program's own services over a real database.
/// </summary>
public sealed class TestInstallation : IAsyncDisposable
{
    public const int Hexi = 1, Other = 2, Street = 3, District = 4;
    public const string HexiCode = "999101001001", OtherCode = "999101001002", StreetCode = "999101001", DistrictCode = "999101", OriginPrefix = "hele.test";

    /// <summary>A Friday morning in China, a working day with working days around it.</summary>
    public static readonly DateTimeOffset Start = China.At(new DateOnly(2026, 10, 30), new TimeOnly(9, 0));

    private readonly bool _ownsFolder;

    private TestInstallation(StorageOptions options, TestDatabase kind, DemoClock clock, IServiceProvider services, bool ownsFolder)
    {
        (Options, Kind, Clock, Services, _ownsFolder) = (options, kind, clock, services, ownsFolder);
    }

    public StorageOptions Options { get; }
    public TestDatabase Kind { get; }
    public DemoClock Clock { get; }
    public IServiceProvider Services { get; }
    public Database Database => Get<Database>();
    public LogService Log => Get<LogService>();

    public T Get<T>() where T : notnull => Services.GetRequiredService<T>();

    private static readonly Lazy<Task<Template>> SqliteTemplate = new(() => Template.Make(TestDatabase.Sqlite));
    private static readonly Lazy<Task<Template>> PostgresTemplate = new(() => Template.Make(TestDatabase.Postgres));

    /// <summary>A fresh installation with the two communities and their people: a copy of one made once per run.</summary>
    /// <param name="cluster">Another PostgreSQL than the run's shared one: with fsync on, for durability tests and benches.</param>
    /// <param name="mail">The file of a mail server, as <c>--smtp</c> names it; null for an installation that sends none.</param>
    public static async Task<TestInstallation> Create(TestDatabase kind, PostgresCluster? cluster = null, string? mail = null)
    {
        TestInstallation installation;
        if (cluster is not null)
        {
            var folder = Directory.CreateTempSubdirectory("hele-test-").FullName;
            installation = Open(OptionsIn(folder, cluster.CreateDatabase(NewName())), kind, ownsFolder: true);
            await installation.SetUp();
        }
        else
        {
            installation = Open(await NewPlace(kind, empty: false), kind, ownsFolder: true, mail: mail);
        }
        await installation.Database.AssertReady();
        await installation.Log.CheckPins();
        return installation;
    }

    private static string NewName() => $"t{Guid.NewGuid():N}";

    private static StorageOptions OptionsIn(string folder, string? postgres) => new(Path.Combine(folder, "data"), Path.Combine(folder, "pins"), postgres);

    private async Task SetUp()
    {
        await Database.Migrate();
        await Log.CheckPins();
        await OpenCommunities();
    }

    /// <summary>An installation set up once, stopped, and copied for every test: migrating and registering takes longer than most tests.</summary>
    private sealed record Template(string Folder, string? DatabaseName)
    {
        public static async Task<Template> Make(TestDatabase kind)
        {
            var folder = Directory.CreateTempSubdirectory("hele-template-").FullName;
            AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
            var name = kind == TestDatabase.Postgres ? NewName() : null;
            await using var installation = Open(OptionsIn(folder, name is null ? null : PostgresCluster.Shared.CreateDatabase(name)), kind);
            await installation.SetUp();
            return new Template(folder, name);
        }

        public StorageOptions CopyTo(string folder)
        {
            foreach (var file in Directory.GetFiles(Folder, "*", SearchOption.AllDirectories))
            {
                var target = Path.Combine(folder, Path.GetRelativePath(Folder, file));
                Directory.CreateDirectory(Path.GetDirectoryName(target)!);
                File.Copy(file, target);
            }
            return OptionsIn(folder, DatabaseName is null ? null : PostgresCluster.Shared.CreateDatabase(NewName(), DatabaseName));
        }
    }

    /// <summary>A folder of its own and, where asked for, a PostgreSQL database of its own: with the two communities, or empty.</summary>
    internal static async Task<StorageOptions> NewPlace(TestDatabase kind, bool empty)
    {
        var folder = Directory.CreateTempSubdirectory("hele-test-").FullName;
        if (empty)
            return OptionsIn(folder, kind == TestDatabase.Postgres ? PostgresCluster.Shared.CreateDatabase(NewName()) : null);
        var template = await (kind == TestDatabase.Sqlite ? SqliteTemplate : PostgresTemplate).Value;
        return template.CopyTo(folder);
    }

    /// <summary>Removes what <see cref="NewPlace"/> made, after whoever used it has stopped.</summary>
    internal static void RemovePlace(StorageOptions options)
    {
        PostgresCluster.DropShared(options.Postgres);
        Directory.Delete(Path.GetDirectoryName(options.DataDirectory)!, recursive: true);
    }

    /// <summary>The same view of an installation whose services belong to somebody else, a running host: not to be disposed of here.</summary>
    internal static TestInstallation Over(StorageOptions options, TestDatabase kind, DemoClock clock, IServiceProvider services) => new(options, kind, clock, services, ownsFolder: false);

    /// <summary>Opens what is in a folder, as a new start of the program would.</summary>
    public static TestInstallation Open(StorageOptions options, TestDatabase kind, DateTimeOffset? now = null, bool ownsFolder = false, string? mail = null)
    {
        var clock = new DemoClock(now ?? Start, running: false);
        var services = new ServiceCollection().AddHele(options, clock).Replace(ServiceDescriptor.Singleton(new MailSetup(mail is null ? null : SmtpServer.Load(mail)))).BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true });
        return new TestInstallation(options, kind, clock, services, ownsFolder);
    }

    /// <summary>A database in which nothing was opened yet, for a process to start on; returns its folder.</summary>
    public static async Task<string> MakeEmpty(string data)
    {
        await using var made = Open(new StorageOptions(data, data + ".pins"), TestDatabase.Sqlite);
        await made.Database.Migrate();
        return data;
    }

    /// <summary>Ends the program; its data stay.</summary>
    public ValueTask Stop() => ((IAsyncDisposable)Services).DisposeAsync();

    /// <summary>Ends the program and starts it again on the same data.</summary>
    public async Task<TestInstallation> Restart()
    {
        var now = Clock.Now();
        await Stop();
        return Open(Options, Kind, now, _ownsFolder);
    }

    internal async Task OpenCommunities()
    {
        var open = Get<OpenJurisdiction>();
        Assert((await open.Run(new(District, null, JurisdictionLevel.District, DistrictCode, "河湾区", "Hewan District", OriginPrefix, Simulated: true))).Accepted);
        Assert((await open.Run(new(Street, District, JurisdictionLevel.Subdistrict, StreetCode, "柳荫街道", "Liuyin Sub-district", OriginPrefix, Simulated: true))).Accepted);
        Assert((await open.Run(new(Hexi, Street, JurisdictionLevel.Community, HexiCode, "河西社区", "Hexi Community", OriginPrefix, Simulated: true))).Accepted);
        Assert((await open.Run(new(Other, Street, JurisdictionLevel.Community, OtherCode, "柳荫社区", "Liuyin Community", OriginPrefix, Simulated: true))).Accepted);
        foreach (var (jurisdiction, prefix) in new[] { (Hexi, ""), (Other, "other-") })
        {
            foreach (var person in TestPeople.All)
                await Register(jurisdiction, prefix + person.SignIn, person);
        }
        await Register(Street, TestPeople.Tang.SignIn, TestPeople.Tang);
        await Register(District, TestPeople.Lu.SignIn, TestPeople.Lu);
    }

    private async Task Register(int jurisdiction, string signIn, TestPerson person)
    {
        var outcome = await Get<RegisterPerson>().Run(
            new Act { OperationId = Guid.NewGuid(), AccountId = SystemAccount.Id, JurisdictionId = jurisdiction },
            new(person.Name, null, signIn, TestPeople.PasswordHash, OneTime: false, person.Role, person.PostTitle, DateOnly.MinValue.AddYears(2019)));
        Assert(outcome.Accepted);
    }

    /// <summary>Who a sign-in name is, as the program finds out on each request.</summary>
    public async Task<Viewer> Viewer(TestPerson person, int jurisdiction = Hexi)
    {
        Account account;
        var name = (jurisdiction == Other ? "other-" : "") + person.SignIn;
        await using (var lease = await Database.Read([]))
            account = await lease.Db.Accounts.SingleAsync(a => a.SignInName == name);
        return await Get<Viewers>().Load(account.Id, account.Stamp) ?? throw new InvalidOperationException(person.SignIn);
    }

    /// <summary>Today in China, by the test's clock.</summary>
    public DateOnly Today => Hele.Civic.Kernel.HeleClock.Today(Clock);

    /// <summary>Reads within one jurisdiction.</summary>
    public async Task<T> Read<T>(Func<HeleDb, Task<T>> question, params int[] jurisdictions)
    {
        await using var lease = await Database.Read(jurisdictions.Length == 0 ? [Hexi] : jurisdictions);
        return await question(lease.Db);
    }

    /// <summary>Asks a scoped query class, as a request would.</summary>
    public async Task<T> Query<TQueries, T>(Func<TQueries, Task<T>> question, int jurisdiction = Hexi) where TQueries : notnull
    {
        await using var scope = Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<ReadSession>().Allow(jurisdiction);
        return await question(scope.ServiceProvider.GetRequiredService<TQueries>());
    }

    private static void Assert(bool ok)
    {
        if (!ok)
            throw new InvalidOperationException("The test installation could not be set up.");
    }

    public async ValueTask DisposeAsync()
    {
        await Stop();
        if (_ownsFolder)
            RemovePlace(Options);
    }
}

/// <summary>One of the few people that every test and the demo know.</summary>
public sealed record TestPerson(string SignIn, string Name, Role? Role, string? PostTitle);

public static class TestPeople
{
    public const string Password = "hele-test-password";
    public static readonly string PasswordHash = Passwords.Hash(Password);

    public static readonly TestPerson Zhao = new("zhao-min", "赵敏", Role.GridWorker, "网格员");
    public static readonly TestPerson Zhou = new("zhou-lihua", "周丽华", Role.Clerk, "社区工作者");
    public static readonly TestPerson Ma = new("ma-jianjun", "马建军", Role.Secretary, "社区党委书记");
    public static readonly TestPerson Feng = new("feng-shuzhen", "冯淑珍", Role.Supervisor, "居务监督委员会主任");
    public static readonly TestPerson Sun = new("sun-wei", "孙伟", Role.SystemAdministrator, "系统管理员");
    public static readonly TestPerson He = new("he-lin", "何琳", Role.SecurityAdministrator, "安全管理员");
    public static readonly TestPerson Liu = new("liu-dayong", "刘大勇", null, null);
    public static readonly TestPerson Chen = new("chen-jing", "陈静", null, null);

    /// <summary>The sub-district's and the district's officers; they are in no community.</summary>
    public static readonly TestPerson Tang = new("tang-min", "唐敏", Role.SubdistrictOfficer, "街道工作人员");
    public static readonly TestPerson Lu = new("lu-weiguo", "陆卫国", Role.DistrictOfficer, "区级工作人员");

    /// <summary>Those whom each community has.</summary>
    public static IReadOnlyList<TestPerson> All { get; } = [Zhao, Zhou, Ma, Feng, Sun, He, Liu, Chen];
}

/// <summary>Short ways to put an appeal into a state, each through the real operation.</summary>
public static class AppealSteps
{
    public static async Task<string> FileAppeal(this TestInstallation hele, Viewer resident, string title = "楼道灯不亮", string kind = "facilities", Guid? operation = null)
    {
        var outcome = await hele.Get<FileAppeal>().Run(resident.Act(AppealAccess.File, operation ?? Guid.NewGuid()), new(kind, title, "三单元从一楼到三楼的灯都不亮了，晚上看不见路。", "12号院3号楼3单元"));
        return outcome.Code ?? throw new InvalidOperationException(string.Join(" ", outcome.Problems.Select(p => p.Sentence.Zh)));
    }

    public static Task<Outcome> Accept(this TestInstallation hele, Viewer viewer, string code) =>
        hele.Get<AcceptAppeal>().Run(viewer, viewer.Act(AppealAccess.Accept, Guid.NewGuid()), new(code));

    public static Task<Outcome> Answer(this TestInstallation hele, Viewer viewer, string code, string text = "灯已经换好，请您晚上看看。") =>
        hele.Get<AnswerAppeal>().Run(viewer, viewer.Act(AppealAccess.Answer, Guid.NewGuid()), new(code, text));

    public static Task<Outcome> ReferUp(this TestInstallation hele, Viewer viewer, string code, string? reason = "换水泵要动用街道的维修资金，社区报过物业，物业不肯出。", Guid? operation = null) =>
        hele.Get<ReferAppeal>().Run(viewer, viewer.Act(AppealAccess.ReferUp, operation ?? Guid.NewGuid()), new(code, reason));

    public static Task<Outcome> AnswerFromAbove(this TestInstallation hele, Viewer officer, string referral, string text = "街道协调维修资金，水泵已经换好。", Guid? operation = null) =>
        hele.Get<AnswerReferral>().Run(officer, officer.Act(ReferralAccess.Answer, operation ?? Guid.NewGuid()), new(referral, text));

    public static Task<Outcome> ReturnFromAbove(this TestInstallation hele, Viewer officer, string referral, ReturnReason why = ReturnReason.NeedsMore, string note = "请补充物业的书面答复。", Guid? operation = null) =>
        hele.Get<ReturnReferral>().Run(officer, officer.Act(ReferralAccess.Return, operation ?? Guid.NewGuid()), new(referral, why, note));

    /// <summary>The public code of the newest referral of an appeal, as the community's side keeps it.</summary>
    public static Task<string> ReferralOf(this TestInstallation hele, string code, int jurisdiction = TestInstallation.Hexi) => hele.Read(db =>
        (from r in db.Set<AppealReferral>() join a in db.Set<Appeal>() on r.AppealId equals a.Id where a.PublicCode == code orderby r.LoggedAt descending, r.Id descending select r.ReferralCode).FirstAsync(), jurisdiction);

    public static Task<Outcome> Judge(this TestInstallation hele, Viewer viewer, string code, bool satisfied, string? remark = null) =>
        hele.Get<JudgeAppeal>().Run(viewer, viewer.Act(AppealAccess.Judge, Guid.NewGuid()), new(code, satisfied, remark ?? (satisfied ? null : "还是不亮")));

    public static Task<Outcome> Refuse(this TestInstallation hele, Viewer viewer, string code, string? why = "owners", string? text = "换电梯要全体业主表决，社区不能代替。") =>
        hele.Get<RefuseAppeal>().Run(viewer, viewer.Act(AppealAccess.Refuse, Guid.NewGuid()), new(code, why, text));

    public static Task<Outcome> Contest(this TestInstallation hele, Viewer viewer, string code, string? text = "我问的是什么时候开会，不是要社区掏钱。", bool atCounter = false) =>
        hele.Get<ContestRefusal>().Run(viewer, viewer.Act(atCounter ? AppealAccess.SpeakFor : AppealAccess.Contest, Guid.NewGuid()), new(code, text, atCounter));

    public static Task<Outcome> ReviewRefusal(this TestInstallation hele, Viewer viewer, string code, bool? accept, string? text = "看过记录，仍要由业主表决。") =>
        hele.Get<ReviewRefusal>().Run(viewer, viewer.Act(AppealAccess.Review, Guid.NewGuid()), new(code, accept, text));

    public static Task<Outcome> WithdrawAppeal(this TestInstallation hele, Viewer viewer, string code, string? text = null, bool atCounter = false, Guid? operation = null) =>
        hele.Get<WithdrawAppeal>().Run(viewer, viewer.Act(atCounter ? AppealAccess.SpeakFor : AppealAccess.Withdraw, operation ?? Guid.NewGuid()), new(code, text, atCounter));

    public static Task<Outcome> Resume(this TestInstallation hele, Viewer viewer, string code, bool atCounter = false) =>
        hele.Get<ResumeAppeal>().Run(viewer, viewer.Act(atCounter ? AppealAccess.SpeakFor : AppealAccess.Resume, Guid.NewGuid()), new(code, null, atCounter));

    /// <param name="to">The public code of a post.</param>
    public static Task<Outcome> HandOn(this TestInstallation hele, Viewer viewer, string code, string? to, string? text = "要和物业谈，不是网格能定的。") =>
        hele.Get<HandOnAppeal>().Run(viewer, viewer.Act(HandOnAppeal.Way(viewer) ?? AppealAccess.HandBack, Guid.NewGuid()), new(code, to, text));

    /// <summary>The public code of a person's first post.</summary>
    public static Task<string> PostCode(this TestInstallation hele, Viewer viewer) => hele.Read(db => db.Set<Post>().Where(p => p.PersonId == viewer.PersonId).OrderBy(p => p.Id).Select(p => p.PublicCode).FirstAsync(), viewer.JurisdictionId);

    public static Task<Outcome> AskAbove(this TestInstallation hele, Viewer viewer, string code, string? reason = null, bool atCounter = false, Guid? operation = null) =>
        hele.Get<ReferAppeal>().Run(viewer, viewer.Act(atCounter ? AppealAccess.SpeakFor : AppealAccess.AskAbove, operation ?? Guid.NewGuid()), new(code, reason, ByResident: true, atCounter));

    public static Task<Outcome> LookAgain(this TestInstallation hele, Viewer viewer, string code, bool? solved, string? text = null, bool atCounter = false) =>
        hele.Get<LookAgain>().Run(viewer, viewer.Act(atCounter ? AppealAccess.SpeakFor : AppealAccess.LookAgain, Guid.NewGuid()), new(code, solved, text ?? (solved == false ? "又不亮了" : null), atCounter));

    public static Task<Outcome> State(this TestInstallation hele, Viewer viewer, string code, string? text, bool forCommunity = false, bool atCounter = false) =>
        hele.Get<StateView>().Run(viewer, viewer.Act(forCommunity ? AppealAccess.StateForCommunity : atCounter ? AppealAccess.SpeakFor : AppealAccess.StateOwn, Guid.NewGuid()), new(code, text, forCommunity, atCounter));
}
