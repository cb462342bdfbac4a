using Hele.Civic;
using Hele.Civic.Appeals;
using Hele.Civic.Kernel;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Journal;
using Hele.Civic.Platform.Storage;
using Hele.TestKit;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Xunit;

namespace Hele.Tests.Platform;

public class WriterTests
{
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Appeal_FromFilingToVerdict_WritesRowsEventsAndLeaves(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var (liu, zhao) = (await hele.Viewer(TestPeople.Liu), await hele.Viewer(TestPeople.Zhao));

        var code = await hele.FileAppeal(liu);
        Assert.True((await hele.Accept(zhao, code)).Accepted);
        Assert.True((await hele.Answer(zhao, code)).Accepted);
        Assert.True((await hele.Judge(liu, code, satisfied: false)).Accepted);
        Assert.True((await hele.Answer(zhao, code, "换了新开关，请再看。")).Accepted);
        Assert.True((await hele.Judge(liu, code, satisfied: true)).Accepted);

        var appeal = await hele.Read(db => db.Set<Appeal>().SingleAsync(a => a.PublicCode == code));
        Assert.Equal(AppealState.Satisfied, appeal.State);
        Assert.Equal(2, appeal.Round);
        var kinds = await hele.Read(db => db.Set<JournalRow>().Where(r => r.RowTable == "Appeals").OrderBy(r => r.LeafIndex).Select(r => r.Kind).ToListAsync());
        Assert.Equal(["appeal.filed", "appeal.accepted", "appeal.answered", "appeal.judged-dissatisfied", "appeal.answered", "appeal.judged-satisfied"], kinds);

        var (head, leaves) = await hele.Read(async db => (await db.Set<LogHead>().SingleAsync(), await db.Set<JournalRow>().CountAsync()));
        Assert.Equal(leaves, head.Size);
        var note = await hele.Read(db => hele.Log.Checkpoint(db, TestInstallation.Hexi));
        Assert.StartsWith($"hele.test/{TestInstallation.HexiCode}\n{leaves}\n", note.Text);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task SameForm_SentTwice_IsOneAppealAndTheSameAnswer(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var liu = await hele.Viewer(TestPeople.Liu);
        var operation = Guid.NewGuid();

        var both = await Task.WhenAll(File(hele, liu, operation), File(hele, liu, operation));

        Assert.Equal(both[0].Code, both[1].Code);
        Assert.Single(both, o => o.Replayed);
        Assert.Equal(1, await Count(hele));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task SameForm_WithOtherContent_IsRefusedAndNamesWhatWasSent(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var liu = await hele.Viewer(TestPeople.Liu);
        var operation = Guid.NewGuid();
        var first = await File(hele, liu, operation);

        var second = await File(hele, liu, operation, title: "别的事");

        Assert.False(second.Accepted);
        Assert.Equal(first.Code, second.SentBefore);
        Assert.Equal(1, await Count(hele));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task SameForm_FromAnotherAccount_IsAnotherAct(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var operation = Guid.NewGuid();

        var liu = await File(hele, await hele.Viewer(TestPeople.Liu), operation);
        var chen = await File(hele, await hele.Viewer(TestPeople.Chen), operation);

        Assert.NotEqual(liu.Code, chen.Code);
        Assert.False(chen.Replayed);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task SameContent_FromAnotherFormOfTheSameAccount_IsAskedAboutForHalfAnHour(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var (liu, chen) = (await hele.Viewer(TestPeople.Liu), await hele.Viewer(TestPeople.Chen));
        var first = await File(hele, liu, OperationIds.New());

        var again = await File(hele, liu, OperationIds.New());
        Assert.Equal((false, first.Code), (again.Accepted, again.SentBefore));
        Assert.Equal([StorageProblems.SameContent], again.Problems);
        Assert.Equal(1, await Count(hele));

        Assert.True((await File(hele, chen, OperationIds.New())).Accepted);
        Assert.True((await File(hele, liu, OperationIds.New(), title: "别的事")).Accepted);
        Assert.True((await File(hele, liu, OperationIds.ToSendAsNew())).Accepted);
        Assert.True((await File(hele, liu, Guid.NewGuid())).Accepted);
        hele.Clock.MoveTo(hele.Clock.Now() + Writer.SameContentTime + TimeSpan.FromSeconds(1));
        Assert.True((await File(hele, liu, OperationIds.New())).Accepted);
        Assert.Equal(6, await Count(hele));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task SameContent_FromTwoFormsAtOnce_IsOneAppeal(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var liu = await hele.Viewer(TestPeople.Liu);
        var all = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => File(hele, liu, OperationIds.New())));
        Assert.Single(all, o => o.Accepted);
        Assert.Equal(1, await Count(hele));
    }

    /// <summary>Asking is for what would be a second record; the same answer to a reopened matter is an answer.</summary>
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task SameContent_OnARecordThatIsThere_IsJudgedByItsLifeCycle(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var (liu, zhao) = (await hele.Viewer(TestPeople.Liu), await hele.Viewer(TestPeople.Zhao));
        var code = await hele.FileAppeal(liu);
        await hele.Accept(zhao, code);
        Task<Outcome> Answer() => hele.Get<AnswerAppeal>().Run(zhao, zhao.Act(AppealAccess.Answer, OperationIds.New()), new(code, "换好了"));
        Assert.True((await Answer()).Accepted);
        Assert.Equal(ProblemKind.Conflict, (await Answer()).Problems[0].Kind);
        Assert.True((await hele.Judge(liu, code, satisfied: false)).Accepted);
        Assert.True((await Answer()).Accepted);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task RefusedAct_LeavesNothing_AndItsFormCanBeSentAgain(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var liu = await hele.Viewer(TestPeople.Liu);
        var operation = Guid.NewGuid();
        var before = await Size(hele);

        var refused = await File(hele, liu, operation, title: "");
        Assert.Contains(refused.Problems, p => p.Code == "appeal.title-missing");
        Assert.Equal(before, await Size(hele));

        Assert.True((await File(hele, liu, operation)).Accepted);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task ManyCallers_AtOnce_ShareTransactionsAndGetGaplessLeavesAndNumbers(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var liu = await hele.Viewer(TestPeople.Liu);
        var groupsBefore = await hele.Read(db => db.Set<LogGroup>().CountAsync());

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 120).Select(_ => Task.Run(() => File(hele, liu, Guid.NewGuid()))));

        Assert.All(outcomes, o => Assert.True(o.Accepted));
        Assert.True(await hele.Read(db => db.Set<LogGroup>().CountAsync()) - groupsBefore < 120, "no two acts shared a transaction");
        Assert.Equal(Enumerable.Range(1, 120), (await hele.Read(db => db.Set<Appeal>().Select(a => a.Serial).ToListAsync())).Order());
        var leaves = await hele.Read(db => db.Set<JournalRow>().OrderBy(r => r.LeafIndex).Select(r => r.LeafIndex).ToListAsync());
        Assert.Equal(Enumerable.Range(0, leaves.Count).Select(i => (long)i), leaves);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task ChangeWithoutEvent_IsAProgrammingErrorAndWritesNothing_WhileOthersInTheGroupAreSaved(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var (liu, zhao) = (await hele.Viewer(TestPeople.Liu), await hele.Viewer(TestPeople.Zhao));
        var code = await hele.FileAppeal(liu);

        var silent = hele.Get<Writer>().Write(zhao.Act(AppealAccess.Accept, Guid.NewGuid()), "test.silent", 0, async scope =>
        {
            var appeal = await scope.Db.Set<Appeal>().SingleAsync(a => a.PublicCode == code);
            scope.Db.Entry(appeal).Property(a => a.Round).CurrentValue = 99;
            return Outcome.Ok(code);
        });
        var good = Enumerable.Range(0, 5).Select(_ => Task.Run(() => File(hele, liu, Guid.NewGuid()))).ToList();

        await Assert.ThrowsAsync<InvalidOperationException>(() => silent);
        Assert.All(await Task.WhenAll(good), o => Assert.True(o.Accepted));
        Assert.Equal(0, await hele.Read(db => db.Set<Appeal>().Where(a => a.PublicCode == code).Select(a => a.Round).SingleAsync()));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task RowOfAnotherJurisdiction_ChangedByAnAct_IsRefused(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var code = await hele.FileAppeal(await hele.Viewer(TestPeople.Liu, TestInstallation.Other));
        var zhao = await hele.Viewer(TestPeople.Zhao);

        Assert.Equal("appeal.not-found", Assert.Single((await hele.Accept(zhao, code)).Problems).Code);
    }

    [Fact]
    public async Task CommitThatFails_OnSqlite_AnswersEveryActOfTheGroupAsNotSaved_AndTheNextGroupWorks()
    {
        await using var hele = await TestInstallation.Create(TestDatabase.Sqlite);
        var liu = await hele.Viewer(TestPeople.Liu);
        var before = await Size(hele);
        var gate = new TaskCompletionSource();

        // A reference that is checked only at COMMIT and then fails.
        var broken = hele.Get<Writer>().Write(liu.Act(AppealAccess.File, Guid.NewGuid()), "test.broken", 0, async scope =>
        {
            await gate.Task;
            await scope.Db.Database.ExecuteSqlRawAsync("PRAGMA defer_foreign_keys=ON");
            await scope.Db.Database.ExecuteSqlRawAsync("INSERT INTO \"AccountPlaces\" (\"AccountId\",\"JurisdictionId\") VALUES (x'00112233445566778899aabbccddeeff', 1)");
            return Outcome.Ok("x");
        });
        var operation = Guid.NewGuid();
        var innocent = File(hele, liu, operation);
        gate.SetResult();

        Assert.Equal("storage.not-saved", Assert.Single((await broken).Problems).Code);
        var told = await innocent;
        if (!told.Accepted)
            Assert.Equal("storage.not-saved", Assert.Single(told.Problems).Code);
        var again = await File(hele, liu, operation);
        Assert.True(again.Accepted);
        Assert.Equal(1, await Count(hele));
        Assert.Equal(before + 1, await Size(hele));
    }

    [Fact, Trait("Needs", "postgres")]
    public async Task ConnectionThatBreaks_OnPostgres_AnswersNotSaved_AndTheNextGroupWorks()
    {
        await using var hele = await TestInstallation.Create(TestDatabase.Postgres);
        var liu = await hele.Viewer(TestPeople.Liu);

        var broken = await hele.Get<Writer>().Write(liu.Act(AppealAccess.File, Guid.NewGuid()), "test.broken", 0, async scope =>
        {
            await scope.Db.Database.ExecuteSqlRawAsync("select pg_terminate_backend(pg_backend_pid())");
            return Outcome.Ok("x");
        });

        // It breaks the second time too.
        Assert.Equal("storage.away", Assert.Single(broken.Problems).Code);
        Assert.True((await File(hele, liu, Guid.NewGuid())).Accepted);
    }

    [Fact, Trait("Needs", "postgres")]
    public async Task TwoNodes_OnOneJurisdiction_WriteOneLogWithoutGapsOrDoubles()
    {
        await using var hele = await TestInstallation.Create(TestDatabase.Postgres);
        var folder = Directory.CreateTempSubdirectory("hele-node-").FullName;
        try
        {
            // The second node: its own directory, the same keys and the same database.
            var options = new StorageOptions(Path.Combine(folder, "data"), Path.Combine(folder, "pins"), hele.Options.Postgres);
            Directory.CreateDirectory(options.KeyDirectory);
            foreach (var file in Directory.GetFiles(hele.Options.KeyDirectory))
                System.IO.File.Copy(file, Path.Combine(options.KeyDirectory, Path.GetFileName(file)));
            await using var second = TestInstallation.Open(options, TestDatabase.Postgres);
            var (liu, chen) = (await hele.Viewer(TestPeople.Liu), await second.Viewer(TestPeople.Chen));
            var shared = Guid.NewGuid();

            var outcomes = await Task.WhenAll(Enumerable.Range(0, 60).SelectMany(i => new[]
            {
                Task.Run(() => File(hele, liu, i == 30 ? shared : Guid.NewGuid())),
                Task.Run(() => File(second, i == 30 ? liu : chen, i == 30 ? shared : Guid.NewGuid())),
            }));

            Assert.All(outcomes, o => Assert.True(o.Accepted));
            Assert.Equal(119, await Count(hele));
            var leaves = await hele.Read(db => db.Set<JournalRow>().OrderBy(r => r.LeafIndex).Select(r => r.LeafIndex).ToListAsync());
            Assert.Equal(Enumerable.Range(0, leaves.Count).Select(i => (long)i), leaves);
            var head = await hele.Read(db => db.Set<LogHead>().SingleAsync());
            Assert.Equal(leaves.Count, head.Size);
            var root = await hele.Read(async db => await LogService.Tree(db, 1, head.Size).Root(head.Size));
            Assert.Equal(root, Hele.Evidence.Frontier.Load(head.Size, head.Frontier).Root());
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Receipt_OfAnyLeaf_ProvesItUnderTheCheckpointOfItsOwnGroup(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var liu = await hele.Viewer(TestPeople.Liu);
        await Task.WhenAll(Enumerable.Range(0, 300).Select(_ => File(hele, liu, Guid.NewGuid())));

        await hele.Read(async db =>
        {
            var size = (await db.Set<LogHead>().SingleAsync()).Size;
            Assert.True(size > 256, "the tree has no second level");
            foreach (var leaf in new[] { 0L, 1, 7, 255, 256, size - 1 })
            {
                var hash = await db.Set<JournalRow>().Where(r => r.LeafIndex == leaf).Select(r => r.LeafHash).SingleAsync();
                var group = await LogService.GroupSizeOf(db, 1, leaf);
                var tree = LogService.Tree(db, 1, size);
                var proof = await tree.InclusionProof(leaf, group);
                var root = await tree.Root(group);
                Assert.True(Hele.Evidence.Proofs.VerifyInclusion(hash, leaf, group, root, proof));
            }
            return 0;
        });
    }

    private static Task<Outcome> File(TestInstallation hele, Viewer viewer, Guid operation, string title = "楼道灯不亮") =>
        hele.Get<FileAppeal>().Run(viewer.Act(AppealAccess.File, operation), new("facilities", title, "三单元从一楼到三楼的灯都不亮了。", "12号院3号楼3单元"));

    private static Task<int> Count(TestInstallation hele) => hele.Read(db => db.Set<Appeal>().CountAsync());

    private static Task<long> Size(TestInstallation hele) => hele.Read(db => db.Set<LogHead>().Select(h => h.Size).SingleAsync());
}
