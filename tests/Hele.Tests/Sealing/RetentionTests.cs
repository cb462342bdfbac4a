using Hele.Civic.Kernel;
using Hele.Civic.People;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Journal;
using Hele.Civic.Platform.Rules;
using Hele.Civic.Platform.Sealing;
using Hele.Civic.Platform.Storage;
using Hele.TestKit;
using Hele.Tests.Platform;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Xunit;

namespace Hele.Tests.Sealing;

/// <summary>What has been kept long enough goes by itself, leaves nothing behind, and the log still verifies; what hasn't, stays.</summary>
public class RetentionTests
{
    private const string Words = "请告诉我门禁照片存在哪里", Reply = "门禁照片由物业保存，社区没有", Basis = "祖父，已看居委会证明", Name = "司马青云", Address = "杏林里31号楼2单元";

    private static Act System => new() { OperationId = Guid.NewGuid(), AccountId = SystemAccount.Id, JurisdictionId = TestInstallation.Hexi };

    private static Task<int> Purge(TestInstallation hele) => hele.Get<PurgeExpired>().RunDue(TestInstallation.Hexi);

    private static async Task<string> CodeOf(TestInstallation hele, Viewer viewer) => await hele.Read(db => db.Set<Person>().Where(p => p.Id == viewer.PersonId).Select(p => p.PublicCode).SingleAsync());

    private static void MoveTo(TestInstallation hele, DateOnly day) => hele.Clock.MoveTo(China.At(day, new TimeOnly(9, 0)));

    private static async Task<string> AnsweredRequest(TestInstallation hele)
    {
        var (liu, ma) = (await hele.Viewer(TestPeople.Liu), await hele.Viewer(TestPeople.Ma));
        var asked = await hele.Get<AskAboutData>().Run(liu, liu.Act(PeopleAccess.OwnData, Guid.NewGuid()), new(await CodeOf(hele, liu), DataRequestKind.Explanation, Words));
        Assert.True((await hele.Get<AnswerDataRequest>().Run(ma, ma.Act(PeopleAccess.AnswerRequest, Guid.NewGuid(), "查过物业合同"), new(asked.Code!, true, Reply))).Accepted);
        return asked.Code!;
    }

    /// <summary>Seen to fail: without waiting the file stayed as it was, with the words in it.</summary>
    [Fact]
    public async Task Sweep_WhileSomebodyReads_WaitsAndEmptiesTheFile()
    {
        await using var hele = await TestInstallation.Create(TestDatabase.Sqlite);
        var reading = await hele.Database.Read([TestInstallation.Hexi], TestContext.Current.CancellationToken);
        Assert.True(await reading.Db.Set<Person>().AnyAsync(TestContext.Current.CancellationToken));
        await AnsweredRequest(hele);
        var sweep = Task.Run(() => hele.Database.Sweep(TestContext.Current.CancellationToken), TestContext.Current.CancellationToken);
        // One that doesn't wait is done by then.
        await Task.WhenAny(sweep, Task.Delay(500, TestContext.Current.CancellationToken));
        await reading.DisposeAsync();
        await sweep;
        Assert.DoesNotContain(FileSearch.Holding(hele.Options.DataDirectory, Words), f => f.EndsWith("-wal", StringComparison.Ordinal));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Purge_OfARequestAnsweredLongAgo_EmptiesItAndWaitsUntilTheRuleIsOver(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var code = await AnsweredRequest(hele);
        // Answered on 2026-10-30; the rule says three years, and the last day still counts.
        MoveTo(hele, new DateOnly(2029, 10, 30));
        Assert.Equal(0, await Purge(hele));
        Assert.Equal(Words, await hele.Read(db => db.Set<DataRequest>().Where(r => r.PublicCode == code).Select(r => r.Text).SingleAsync()));

        MoveTo(hele, new DateOnly(2029, 10, 31));
        Assert.Equal(1, await Purge(hele));
        Assert.Equal(0, await Purge(hele));

        var request = await hele.Read(db => db.Set<DataRequest>().SingleAsync(r => r.PublicCode == code));
        Assert.Equal((null, null, DataRequestState.Granted), (request.Text, request.Answer, request.State));
        var erasure = await hele.Read(db => db.Set<Erasure>().SingleAsync());
        Assert.Equal((null, ErasureCause.Expired, 1), (erasure.SubjectId, erasure.Cause, erasure.Rows));
        Assert.Equal([0, 0], (await hele.Read(db => db.Set<JournalRow>().Where(j => j.RowId == request.Id).OrderBy(j => j.LeafIndex).Take(2).ToListAsync())).Select(j => j.Salt.Length));
        (await hele.Verify()).AssertGreen();
        var folder = Path.GetDirectoryName(hele.Options.DataDirectory)!;
        foreach (var trace in new[] { Words, Reply, "查过物业合同" })
            Assert.Empty(FileSearch.Holding(folder, trace));
        // Whose it was, stays whose it was: only the words were kept for a time.
        Assert.Equal("刘大勇", await hele.Read(db => db.Set<Person>().Where(p => p.Id == request.PersonId).Select(p => p.Name).SingleAsync()));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Purge_OfSomebodyWhoLeft_EndsEverythingAboutThemAsAnErasureDoes(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var zhou = await hele.Viewer(TestPeople.Zhou);
        var gone = await hele.Get<RegisterPerson>().Run(System, new(Name, Address, "sima-qingyun", TestPeople.PasswordHash, false, null, null, null, "13712349876"));
        var stays = await SealingTests.Register(hele, "司徒红", "13712349877");
        Assert.True((await hele.Get<PersonLeft>().Run(zhou, zhou.Act(PeopleAccess.Correct, Guid.NewGuid(), "搬去外地"), new(gone.Code!, new DateOnly(2026, 10, 1)))).Accepted);
        var id = await hele.Read(db => db.Set<Person>().Where(p => p.PublicCode == gone.Code).Select(p => p.Id).SingleAsync());
        MoveTo(hele, new DateOnly(2028, 10, 1));
        Assert.Equal(0, await Purge(hele));
        MoveTo(hele, new DateOnly(2028, 10, 2));
        Assert.Equal(1, await Purge(hele));

        Assert.Equal("", await hele.Read(db => db.Set<Person>().Where(p => p.Id == id).Select(p => p.Name).SingleAsync()));
        Assert.False(await hele.Read(db => db.Set<SubjectKey>().AnyAsync(k => k.SubjectId == id)));
        Assert.False(await hele.Read(db => db.Accounts.AnyAsync(a => a.SignInName == "sima-qingyun")));
        Assert.Equal(ErasureCause.Expired, await hele.Read(db => db.Set<Erasure>().Where(e => e.SubjectId == id).Select(e => e.Cause).SingleAsync()));
        Assert.Contains(id.ToString("D"), await File.ReadAllTextAsync(hele.Get<ErasureList>().FileOf(TestInstallation.HexiCode), TestContext.Current.CancellationToken));
        Assert.Equal("司徒红", await hele.Read(db => db.Set<Person>().Where(p => p.PublicCode == stays).Select(p => p.Name).SingleAsync()));
        (await hele.Verify()).AssertGreen();
        var folder = Path.GetDirectoryName(hele.Options.DataDirectory)!;
        foreach (var trace in new[] { Name, Address, "13712349876", "sima-qingyun", "搬去外地" })
            Assert.Empty(FileSearch.Holding(folder, trace));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Purge_OfAnEndedGuardianship_TakesItsBasisAndAPresentOneStays(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var (zhou, liu, chen) = (await hele.Viewer(TestPeople.Zhou), await hele.Viewer(TestPeople.Liu), await hele.Viewer(TestPeople.Chen));
        var (guardian, other, ward) = (await CodeOf(hele, liu), await CodeOf(hele, chen), await SealingTests.Register(hele, "小宝", null));
        await Keep(guardian, Basis);
        await Keep(other, "母亲，已看户口簿");
        Assert.True((await hele.Get<KeepGuardianship>().Run(zhou, zhou.Act(PeopleAccess.KeepGuardianship, Guid.NewGuid()), new(guardian, ward, null, End: true))).Accepted);
        MoveTo(hele, new DateOnly(2029, 11, 2));
        Assert.Equal(1, await Purge(hele));
        Assert.Equal(["", "母亲，已看户口簿"], (await hele.Read(db => db.Set<Guardianship>().Select(g => g.Basis).ToListAsync())).Order());
        (await hele.Verify()).AssertGreen();

        async Task Keep(string who, string basis) => Assert.True((await hele.Get<KeepGuardianship>().Run(zhou, zhou.Act(PeopleAccess.KeepGuardianship, Guid.NewGuid()), new(who, ward, basis))).Accepted);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Purge_OfMattersOfTheArchive_LeavesThemToBeAppraised(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        await hele.FileAppeal(await hele.Viewer(TestPeople.Liu), "三十年前的路灯");
        MoveTo(hele, new DateOnly(2056, 10, 31));
        Assert.Equal(0, await Purge(hele));
        var plan = await hele.Query<RetentionReader, IReadOnlyList<ExpiryLine>>(r => r.Plan());
        Assert.Equal((1, true), plan.Where(l => l.Table == "Appeals").Select(l => (l.Due, l.IsForAppraisal)).Single());
        Assert.Equal(new DateOnly(2056, 10, 31), Assert.Single(await hele.Query<RetentionReader, IReadOnlyList<ExpiringRow>>(r => r.Rows("Appeals"))).Over);
        Assert.Equal(1, await hele.Read(db => db.Set<Civic.Appeals.Appeal>().CountAsync(a => a.Title == "三十年前的路灯")));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Rule_OfTheCommunity_DecidesHowLong(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var ma = await hele.Viewer(TestPeople.Ma);
        Assert.True((await hele.Get<SetLocalRule>().Run(ma.Act(SetLocalRule.Permission, Guid.NewGuid()), new("retention.requests", 1, new DateOnly(2026, 11, 1), "居务会议 2026-11"))).Accepted);
        await AnsweredRequest(hele);
        var code = await SealingTests.Register(hele);
        var zhao = await hele.Viewer(TestPeople.Zhou);
        Assert.True((await hele.Get<OpenPersonPhone>().Run(zhao, zhao.Act(PeopleAccess.OpenPhone, Guid.NewGuid()), code)).IsOpen);
        Assert.True((await hele.Get<SetLocalRule>().Run(ma.Act(SetLocalRule.Permission, Guid.NewGuid()), new(PurgeExpired.ViewsRule, 1, new DateOnly(2026, 11, 1), "居务会议 2026-11"))).Accepted);
        MoveTo(hele, new DateOnly(2027, 10, 31));
        await hele.Get<CloseViewHours>().RunDue(TestInstallation.Hexi);
        Assert.Equal(2, await Purge(hele));
        Assert.Equal(0, await hele.Read(db => db.Set<ViewRecord>().CountAsync()));
        (await hele.Verify()).AssertGreen();
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Views_KeptLongEnough_AreRemovedAndTheLogSaysSo(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var code = await SealingTests.Register(hele);
        var zhou = await hele.Viewer(TestPeople.Zhou);
        const string Why = "约上门时间壬五";
        await Look();
        hele.Clock.MoveTo(hele.Clock.GetUtcNow().AddDays(40));
        await Look();
        hele.Clock.MoveTo(hele.Clock.GetUtcNow().AddHours(1));
        Assert.Equal(2, await hele.Get<CloseViewHours>().RunDue(TestInstallation.Hexi));

        MoveTo(hele, new DateOnly(2029, 10, 30));
        Assert.Equal(0, await Purge(hele));
        MoveTo(hele, new DateOnly(2029, 10, 31));
        Assert.Equal(1, await Purge(hele));
        Assert.Equal(1, await hele.Read(db => db.Set<ViewRecord>().CountAsync()));
        (await hele.Verify()).AssertGreen();
        MoveTo(hele, new DateOnly(2029, 12, 10));
        Assert.Equal(1, await Purge(hele));
        Assert.Equal([1, 1], (await hele.Read(db => db.Set<ViewPurge>().Select(p => p.Records).ToListAsync())));
        Assert.Equal(2, await hele.Read(db => db.Set<ViewHour>().CountAsync()));
        (await hele.Verify()).AssertGreen();
        Assert.Empty(FileSearch.Holding(Path.GetDirectoryName(hele.Options.DataDirectory)!, Why));
        // What was closed before doesn't come up again as an hour to be closed.
        Assert.Equal(0, await hele.Get<CloseViewHours>().RunDue(TestInstallation.Hexi));

        // A record put into a purged hour, and a purge that never was.
        var account = Guid.NewGuid();
        var hour = await hele.Read(db => db.Set<ViewHour>().OrderBy(h => h.Hour).Select(h => h.Hour).FirstAsync());
        object instant = kind == TestDatabase.Sqlite ? hour.UtcTicks : hour.UtcDateTime;
        await new BehindTheBack(hele).One("""
            INSERT INTO "ViewRecords" ("JurisdictionId","Id","Hour","At","AccountId","PostId","SubjectId","RowTable","RowId","Columns","Way","Purpose","Reason") VALUES (1, @p0, @p1, @p1, @p0, NULL, @p0, 'People', @p0, 'PhoneSealed', 'Page', 'person.open-phone', NULL)
            """, account, instant);
        Assert.Contains((await hele.Verify()).Findings, f => f.Kind == FindingKind.ViewsChanged);

        async Task Look() => Assert.True((await hele.Get<OpenPersonPhone>().Run(zhou, zhou.Act(PeopleAccess.OpenPhone, Guid.NewGuid(), Why), code)).IsOpen);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Views_RemovedUnderAMadeUpPurge_AreFound(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var code = await SealingTests.Register(hele);
        var zhou = await hele.Viewer(TestPeople.Zhou);
        await hele.Get<OpenPersonPhone>().Run(zhou, zhou.Act(PeopleAccess.OpenPhone, Guid.NewGuid()), code);
        hele.Clock.MoveTo(hele.Clock.GetUtcNow().AddHours(1));
        await hele.Get<CloseViewHours>().RunDue(TestInstallation.Hexi);
        var behind = new BehindTheBack(hele);
        object before = kind == TestDatabase.Sqlite ? hele.Clock.GetUtcNow().UtcTicks : hele.Clock.GetUtcNow().UtcDateTime;
        object today = kind == TestDatabase.Sqlite ? "2026-10-30" : new DateOnly(2026, 10, 30);
        await behind.One("""INSERT INTO "ViewPurges" ("JurisdictionId","Id","Before","Records","On") VALUES (1, @p0, @p1, 1, @p2)""", Guid.NewGuid(), before, today);
        await behind.One("""DELETE FROM "ViewRecords" """);
        Assert.Contains((await hele.Verify()).Findings, f => f is { Kind: FindingKind.RowInserted, Table: "ViewPurges" });
    }

    [Fact, Trait("Needs", "postgres")]
    public async Task Postgres_ApplicationRole_RemovesNoRecordThatWasNotPurged()
    {
        await using var hele = await TestInstallation.Create(TestDatabase.Postgres);
        var code = await SealingTests.Register(hele);
        var zhou = await hele.Viewer(TestPeople.Zhou);
        await hele.Get<OpenPersonPhone>().Run(zhou, zhou.Act(PeopleAccess.OpenPhone, Guid.NewGuid()), code);
        var lines = await File.ReadAllLinesAsync(Path.Combine(hele.Options.KeyDirectory, "postgres-role.secret"), TestContext.Current.CancellationToken);
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(hele.Options.Postgres) { Username = lines[0], Password = lines[1], Pooling = false }.ToString());
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await using var fence = new NpgsqlCommand("select set_config('app.read', '1', true), set_config('app.write', '1', true)", connection, transaction);
        await fence.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        await using var delete = new NpgsqlCommand("""delete from "ViewRecords" """, connection, transaction);
        Assert.Equal(0, await delete.ExecuteNonQueryAsync(TestContext.Current.CancellationToken));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Run_ForRowsThatAreNotDueOrOfTheArchive_IsRefused(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var code = await AnsweredRequest(hele);
        var id = await hele.Read(db => db.Set<DataRequest>().Where(r => r.PublicCode == code).Select(r => r.Id).SingleAsync());
        await hele.FileAppeal(await hele.Viewer(TestPeople.Liu));
        var appeal = await hele.Read(db => db.Set<Civic.Appeals.Appeal>().Select(a => a.Id).FirstAsync());
        foreach (var input in new PurgeExpired.Input[] { new("DataRequests", [id]), new("Appeals", [appeal]), new("Accounts", [id]), new("ViewRecords", []) })
            Assert.Equal([PurgeExpired.NothingDue], (await hele.Get<PurgeExpired>().Run(System, input)).Problems);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Left_ByStaffOrInTheFutureOrTwice_IsRefused(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var (zhou, zhao) = (await hele.Viewer(TestPeople.Zhou), await hele.Viewer(TestPeople.Zhao));
        var code = await SealingTests.Register(hele);
        Assert.Equal([PeopleProblems.LeftMissing], (await Left(zhou, code, null)).Problems);
        Assert.Equal([PeopleProblems.LeftInFuture], (await Left(zhou, code, new DateOnly(2026, 10, 31))).Problems);
        Assert.Equal([PeopleProblems.HoldsPost], (await Left(zhou, await CodeOf(hele, zhao), new DateOnly(2026, 10, 30))).Problems);
        Assert.Equal([PeopleProblems.NotFound], (await Left(zhao, code, new DateOnly(2026, 10, 30))).Problems);
        Assert.Equal([PeopleProblems.NotLeft], (await hele.Get<PersonLeft>().Run(zhou, zhou.Act(PeopleAccess.Correct, Guid.NewGuid()), new(code, null, Back: true))).Problems);
        Assert.True((await Left(zhou, code, new DateOnly(2026, 10, 30))).Accepted);
        Assert.Equal([PeopleProblems.AlreadyLeft], (await Left(zhou, code, new DateOnly(2026, 10, 30))).Problems);
        Assert.True((await hele.Get<PersonLeft>().Run(zhou, zhou.Act(PeopleAccess.Correct, Guid.NewGuid()), new(code, null, Back: true))).Accepted);
        Assert.Null(await hele.Read(db => db.Set<Person>().Where(p => p.PublicCode == code).Select(p => p.LeftOn).SingleAsync()));
        (await hele.Verify()).AssertGreen();

        Task<Outcome> Left(Viewer viewer, string who, DateOnly? on) => hele.Get<PersonLeft>().Run(viewer, viewer.Act(PeopleAccess.Correct, Guid.NewGuid()), new(who, on));
    }
}
