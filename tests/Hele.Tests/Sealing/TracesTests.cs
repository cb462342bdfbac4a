using Hele.Civic;
using Hele.Civic.Appeals;
using Hele.Civic.Kernel;
using Hele.Civic.People;
using Hele.Civic.Platform;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Journal;
using Hele.Civic.Platform.Sealing;
using Hele.Civic.Platform.Storage;
using Hele.TestKit;
using Hele.Tests.Platform;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Xunit;

namespace Hele.Tests.Sealing;

/// <summary>Where an erased person could still stand: database, write-ahead log, keys, pins, a new backup. And what is kept from a person by law.</summary>
public class TracesTests
{
    private const string Name = "夏侯明月", Address = "杏林里8号楼1单元", Number = "13712342222", Words = "我不住这里了请删掉", SignIn = "xiahou-mingyue";

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Erasure_OfEverythingAPersonDid_LeavesNoTraceInFilesServerOrANewBackup(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var (ma, zhou) = (await hele.Viewer(TestPeople.Ma), await hele.Viewer(TestPeople.Zhou));
        var registered = await hele.Get<RegisterPerson>().Run(new Act { OperationId = Guid.NewGuid(), AccountId = SystemAccount.Id, JurisdictionId = TestInstallation.Hexi },
            new(Name, Address, SignIn, TestPeople.PasswordHash, false, null, null, null, Number));
        var account = await hele.Read(db => db.Accounts.SingleAsync(a => a.SignInName == SignIn));
        var viewer = (await hele.Get<Viewers>().Load(account.Id, account.Stamp))!;
        // Corrected (the former values stand in older pages), seen in several ways, a guardianship, a request with words.
        Assert.True((await hele.Get<CorrectPerson>().Run(viewer, viewer.Act(PeopleAccess.Correct, Guid.NewGuid()), new(registered.Code!, Name, Address + "5层", Number))).Accepted);
        Assert.True((await hele.Get<OpenPeoplePhones>().ByNumber(zhou, zhou.Act(PeopleAccess.OpenPhone, Guid.NewGuid()), Number)).IsOpen);
        Assert.True((await hele.Get<OpenPeoplePhones>().Export(zhou, zhou.Act(PeopleAccess.Export, Guid.NewGuid(), "通知停水"), new(), null)).IsOpen);
        var ward = await SealingTests.Register(hele, "小月", null);
        Assert.True((await hele.Get<KeepGuardianship>().Run(zhou, zhou.Act(PeopleAccess.KeepGuardianship, Guid.NewGuid()), new(registered.Code!, ward, Name + "是母亲"))).Accepted);
        var request = await hele.Get<AskAboutData>().Run(viewer, viewer.Act(PeopleAccess.OwnData, Guid.NewGuid()), new(registered.Code!, DataRequestKind.Deletion, Words));
        var code = await hele.Read(db => db.Set<DataRequest>().Where(r => r.PublicCode == request.Code).Select(r => r.PublicCode).SingleAsync());
        var folder = Path.GetDirectoryName(hele.Options.DataDirectory)!;
        // It can be found before, or its absence afterwards would say nothing.
        if (kind == TestDatabase.Sqlite)
            Assert.NotEmpty(FileSearch.Holding(folder, Name));
        Assert.True((await hele.Get<AnswerDataRequest>().Run(ma, ma.Act(PeopleAccess.AnswerRequest, Guid.NewGuid()), new(code, true, "已删除"))).Accepted);
        await hele.Log.PinNow();

        var backup = Path.Combine(folder, kind == TestDatabase.Sqlite ? "backup.db" : "backup.sql");
        if (kind == TestDatabase.Sqlite)
        {
            await using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = hele.Options.SqliteFile, Pooling = false }.ToString());
            await connection.OpenAsync(TestContext.Current.CancellationToken);
            await using var vacuum = connection.CreateCommand();
            vacuum.CommandText = $"VACUUM INTO '{backup}'";
            await vacuum.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }
        else
        {
            var at = new NpgsqlConnectionStringBuilder(hele.Options.Postgres);
            using var dump = System.Diagnostics.Process.Start(Path.Combine(PostgresCluster.Programs!, "pg_dump"), ["-h", at.Host!, "-p", $"{at.Port}", "-U", at.Username!, "-d", at.Database!, "-f", backup]);
            await dump.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.Equal(0, dump.ExitCode);
            // Nor does any row of any table, however the text came there.
            var behind = new BehindTheBack(hele);
            foreach (var table in (await behind.Rows("select tablename::text from pg_tables where schemaname = 'public'")).Select(r => (string)r[0]))
                foreach (var trace in new[] { Name, Address, Number, Words, SignIn })
                    Assert.True(Equals(0L, await behind.Scalar($"""select count(*) from "{table}" t where t::text like @p0""", $"%{trace}%")), $"{table} holds {trace}");
        }
        Assert.True(new FileInfo(backup).Length > 1000);
        foreach (var trace in new[] { Name, Address, Number, Words, SignIn })
            Assert.Empty(FileSearch.Holding(folder, trace));
        (await hele.Verify()).AssertGreen();
    }

    /// <summary>
    /// A module that keeps rows from the person they are about. No module does yet; this one declares, over the appeals' table, what a module of
    /// reports of harm would declare over its own.
    /// </summary>
    private sealed class HarmReports : HeleModule
    {
        public const string Title2 = "伤害报告";
        public override Bilingual Title => (Title2, "Reports of harm");

        public override IEnumerable<SubjectRows> AboutPeople =>
        [
            new(typeof(Appeal), (Title2, "Reports of harm"), (db, person) => db.Set<Appeal>().Where(a => a.AppellantId == person),
                Keep: (_, _) => new Kept(("《未成年人保护法》第11条", "Minors Protection Law art. 11"), null)),
        ];

        public override IEnumerable<WithheldRows> Withheld =>
            [new(typeof(Appeal), ("《个人信息保护法》第18条第一款、第45条第一款", "PIPL art. 18(1), 45(1)"), (db, person) => db.Set<Appeal>().Where(a => a.AppellantId == person).Select(a => a.Id))];
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Withheld_RowsOfAModule_StandNeitherInMyDataNorInTheAnswerAndSurviveAnErasure(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var liu = await hele.Viewer(TestPeople.Liu);
        var matter = await hele.FileAppeal(liu, "手臂上有伤痕");
        var modules = new ModuleList([.. Modules.All.All.Where(m => m is not AppealsModule), new HarmReports()]);
        var code = await hele.Read(db => db.Set<Person>().Where(p => p.Id == liu.PersonId).Select(p => p.PublicCode).SingleAsync());

        var held = await hele.Query<ReadSession, HeldAbout?>(read => new MyData(read, modules, hele.Get<JurisdictionDirectory>(), hele.Clock).Find(liu, null));
        Assert.DoesNotContain(held!.Rows, r => r.Title.Zh == HarmReports.Title2 || r.Fields.Any(f => f.Value.Contains("伤痕", StringComparison.Ordinal)));
        Assert.Contains(held.Rows, r => r.Title.Zh == "人员登记");
        // The same rows without the declaration are shown: the test sees what it says it sees.
        var open = await hele.Query<MyData, HeldAbout?>(data => data.Find(liu, null));
        Assert.Contains(open!.Rows, r => r.Fields.Any(f => f.Value.Contains("伤痕", StringComparison.Ordinal)));

        var erase = new ErasePerson(hele.Get<Writer>(), modules, hele.Get<ErasureList>(), hele.Database);
        Assert.True((await erase.Run(new Act { OperationId = Guid.NewGuid(), AccountId = SystemAccount.Id, JurisdictionId = TestInstallation.Hexi }, new(code))).Accepted);
        var erasure = await hele.Read(db => db.Set<Erasure>().SingleAsync());
        Assert.DoesNotContain(HarmReports.Title2, erasure.Kept);
        Assert.DoesNotContain("第11条", erasure.Kept);
        Assert.Equal("手臂上有伤痕", await hele.Read(db => db.Set<Appeal>().Where(a => a.PublicCode == matter).Select(a => a.Title).SingleAsync()));
        (await hele.Verify()).AssertGreen();
    }
}
