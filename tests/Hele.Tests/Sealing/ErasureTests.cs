using Hele.Civic.Appeals;
using Hele.Civic.People;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Accounts;
using Hele.Civic.Platform.Journal;
using Hele.Civic.Platform.Sealing;
using Hele.TestKit;
using Hele.Tests.Platform;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Hele.Tests.Sealing;

/// <summary>Asking for deletion, and what is left of a person afterwards: nothing that says who they were, and a log that still verifies.</summary>
public class ErasureTests
{
    private const string Name = "欧阳雪梅", Address = "杏林里27号楼4单元602", Number = "13712349876", Words = "我搬走了，不用再联系我";

    private static async Task<(string Code, Guid Account)> Resident(TestInstallation hele)
    {
        var outcome = await hele.Get<RegisterPerson>().Run(new Act { OperationId = Guid.NewGuid(), AccountId = SystemAccount.Id, JurisdictionId = TestInstallation.Hexi, Reason = "登记 " + Name },
            new(Name, Address, "ouyang-xuemei", TestPeople.PasswordHash, false, null, null, null, Number));
        var account = await hele.Read(db => db.Accounts.Where(a => a.SignInName == "ouyang-xuemei").Select(a => a.Id).SingleAsync());
        return (outcome.Code!, account);
    }

    private static async Task<Viewer> ViewerOf(TestInstallation hele, Guid account)
    {
        var stamp = await hele.Read(db => db.Accounts.Where(a => a.Id == account).Select(a => a.Stamp).SingleAsync());
        return (await hele.Get<Viewers>().Load(account, stamp))!;
    }

    private static async Task<string> Ask(TestInstallation hele, Viewer viewer, string person, DataRequestKind kind = DataRequestKind.Deletion, string? text = Words)
    {
        var outcome = await hele.Get<AskAboutData>().Run(viewer, viewer.Act(PeopleAccess.OwnData, Guid.NewGuid()), new(person, kind, text));
        Assert.True(outcome.Accepted, string.Join(' ', outcome.Problems.Select(p => p.Sentence.Zh)));
        return outcome.Code!;
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Grant_OfADeletion_LeavesNothingThatNamesThePersonAndALogThatVerifies(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var (code, account) = await Resident(hele);
        var viewer = await ViewerOf(hele, account);
        var appeal = await hele.FileAppeal(viewer);
        var secretary = await hele.Viewer(TestPeople.Ma);
        await hele.Get<OpenPersonPhone>().Run(secretary, secretary.Act(PeopleAccess.OpenPhone, Guid.NewGuid()), code);
        var request = await Ask(hele, viewer, code);

        var outcome = await hele.Get<AnswerDataRequest>().Run(secretary, secretary.Act(PeopleAccess.AnswerRequest, Guid.NewGuid()), new(request, true, "已经按您的要求删除"));

        Assert.True(outcome.Accepted, string.Join(' ', outcome.Problems.Select(p => p.Sentence.Zh)));
        var person = await hele.Read(db => db.Set<Person>().SingleAsync(p => p.PublicCode == code));
        Assert.Equal(("", null, null, null, null), (person.Name, person.Address, person.PhoneSealed, person.PhoneIndex, person.AccountId));
        Assert.False(await hele.Read(db => db.Set<SubjectKey>().AnyAsync(k => k.SubjectId == person.Id)));
        Assert.False(await hele.Read(db => db.Accounts.AnyAsync(a => a.Id == account)));
        Assert.False(await hele.Read(db => db.Set<AcceptedOperation>().AnyAsync(o => o.AccountId == account)));
        Assert.Null(await hele.Read(db => db.Set<DataRequest>().Where(r => r.PublicCode == request).Select(r => r.Text).SingleAsync()));
        // The matter is the community's archive: it stays, and names nobody.
        var kept = await hele.Read(db => db.Set<Appeal>().SingleAsync(a => a.PublicCode == appeal));
        Assert.Equal(person.Id, kept.AppellantId);
        var erasure = await hele.Read(db => db.Set<Erasure>().SingleAsync());
        Assert.Contains("第39条", erasure.Kept);
        Assert.Equal(Erasure.LeavesOf(erasure.Leaves).Count(), await hele.Read(db => db.Set<JournalRow>().CountAsync(j => j.Salt == Array.Empty<byte>())));
        var report = await hele.Get<LogVerification>().Run();
        Assert.True(report.IsGreen, string.Join('\n', report.Findings.Select(f => f.Sentence.En)));
        Assert.Contains(person.Id.ToString("D"), await File.ReadAllTextAsync(hele.Get<ErasureList>().FileOf(TestInstallation.HexiCode)));

        var folder = Path.GetDirectoryName(hele.Options.DataDirectory)!;
        foreach (var trace in new[] { Name, Address, Number, Words, "ouyang-xuemei" })
            Assert.Empty(FileSearch.Holding(folder, trace));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Salt_DestroyedWithoutAnErasure_IsFound(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        await Resident(hele);
        await new BehindTheBack(hele).Run("""UPDATE "Journal" SET "Salt" = @p0, "Reason" = NULL WHERE "LeafIndex" = 3 AND "JurisdictionId" = 1""", Array.Empty<byte>());
        Assert.Contains((await hele.Get<LogVerification>().Run()).Findings, f => f is { Kind: FindingKind.SaltChanged, Leaf: 3 });
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task ValueOfAnErasedRow_WrittenBackBehindTheProgram_IsFound(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var (code, _) = await Resident(hele);
        await hele.Get<ErasePerson>().Run(new Act { OperationId = Guid.NewGuid(), AccountId = SystemAccount.Id, JurisdictionId = TestInstallation.Hexi }, new(code));
        Assert.True((await hele.Get<LogVerification>().Run()).IsGreen);
        await new BehindTheBack(hele).Run("""UPDATE "People" SET "PublicCode" = @p0 WHERE "PublicCode" = @p1""", "2222-3333-4444", code);
        Assert.Contains((await hele.Get<LogVerification>().Run()).Findings, f => f is { Kind: FindingKind.ValueChanged, Column: "PublicCode" });
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Erase_OfSomebodyInAPost_IsRefusedAndChangesNothing(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var zhao = await hele.Viewer(TestPeople.Zhao);
        var code = await hele.Read(db => db.Set<Person>().Where(p => p.Id == zhao.PersonId).Select(p => p.PublicCode).SingleAsync());
        var outcome = await hele.Get<ErasePerson>().Run(new Act { OperationId = Guid.NewGuid(), AccountId = SystemAccount.Id, JurisdictionId = TestInstallation.Hexi }, new(code));
        Assert.Equal([PeopleProblems.HoldsPost], outcome.Problems);
        Assert.NotNull(await hele.Get<Viewers>().Load(zhao.AccountId, await hele.Read(db => db.Accounts.Where(a => a.Id == zhao.AccountId).Select(a => a.Stamp).SingleAsync())));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task List_LostBetweenCommitAndFile_IsCompletedAtTheNextStart(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var (code, _) = await Resident(hele);
        await hele.Get<ErasePerson>().Run(new Act { OperationId = Guid.NewGuid(), AccountId = SystemAccount.Id, JurisdictionId = TestInstallation.Hexi }, new(code));
        var list = hele.Get<ErasureList>();
        File.Delete(list.FileOf(TestInstallation.HexiCode));
        await list.Update(TestInstallation.Hexi);
        Assert.Single(await File.ReadAllLinesAsync(list.FileOf(TestInstallation.HexiCode)));
        Assert.Empty(await list.Missing(TestInstallation.Hexi));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Ask_ByTheGuardian_WorksAndByAStrangerDoesNot(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var ward = await SealingTests.Register(hele, "小宝", null);
        var clerk = await hele.Viewer(TestPeople.Zhou);
        var liu = await hele.Viewer(TestPeople.Liu);
        var liuCode = await hele.Read(db => db.Set<Person>().Where(p => p.Id == liu.PersonId).Select(p => p.PublicCode).SingleAsync());
        Assert.True((await hele.Get<KeepGuardianship>().Run(clerk, clerk.Act(PeopleAccess.KeepGuardianship, Guid.NewGuid()), new(liuCode, ward, "父亲，已看户口簿"))).Accepted);

        var chen = await hele.Viewer(TestPeople.Chen);
        Assert.Equal([PeopleProblems.NotFound], (await hele.Get<AskAboutData>().Run(chen, chen.Act(PeopleAccess.OwnData, Guid.NewGuid()), new(ward, DataRequestKind.Deletion, null))).Problems);
        var request = await Ask(hele, liu, ward, DataRequestKind.Explanation, "孩子的信息是谁登记的？");

        var stored = await hele.Read(db => db.Set<DataRequest>().SingleAsync(r => r.PublicCode == request));
        Assert.Equal(liu.PersonId, stored.AskedById);
        // 15 working days from Friday 2026-10-30: the first day isn't counted.
        Assert.Equal(new DateOnly(2026, 11, 20), stored.DueOn);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Answer_ToOnesOwnRequestOrTwice_IsRefused(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var zhou = await hele.Viewer(TestPeople.Zhou);
        var code = await hele.Read(db => db.Set<Person>().Where(p => p.Id == zhou.PersonId).Select(p => p.PublicCode).SingleAsync());
        var request = await Ask(hele, zhou, code, DataRequestKind.Correction, "名字里的丽字写错了");
        Assert.Equal([PeopleProblems.OwnRequest], (await Answer(zhou)).Problems);
        var ma = await hele.Viewer(TestPeople.Ma);
        Assert.True((await Answer(ma)).Accepted);
        Assert.Equal([PeopleProblems.RequestAnswered], (await Answer(ma)).Problems);

        Task<Civic.Platform.Storage.Outcome> Answer(Viewer viewer) => hele.Get<AnswerDataRequest>().Run(viewer, viewer.Act(PeopleAccess.AnswerRequest, Guid.NewGuid()), new(request, false, "户口簿上就是这个字"));
    }

    [Fact]
    public void Ranges_RoundTrip()
    {
        long[] leaves = [0, 1, 2, 5, 7, 8];
        Assert.Equal("0-2,5,7-8", Erasure.RangesOf(leaves));
        Assert.Equal(leaves, Erasure.LeavesOf("0-2,5,7-8"));
        Assert.Equal("", Erasure.RangesOf([]));
    }
}
