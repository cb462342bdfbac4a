using Hele.Civic.People;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Journal;
using Hele.Civic.Platform.Sealing;
using Hele.Civic.Platform.Storage;
using Hele.TestKit;
using Hele.Tests.Platform;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Hele.Tests.Sealing;

/// <summary>A telephone number from the hand that writes it down to the eyes that read it, and everything that must not open it.</summary>
public class SealingTests
{
    private const string Number = "13812345678";

    internal static async Task<string> Register(TestInstallation hele, string name = "孙桂兰", string? phone = Number, int jurisdiction = TestInstallation.Hexi)
    {
        var outcome = await hele.Get<RegisterPerson>().Run(new Act { OperationId = Guid.NewGuid(), AccountId = SystemAccount.Id, JurisdictionId = jurisdiction },
            new(name, "柳荫路12号院5号楼1单元301", null, null, false, null, null, null, phone));
        return outcome.Code ?? throw new InvalidOperationException(string.Join(' ', outcome.Problems.Select(p => p.Sentence.Zh)));
    }

    private static Task<Person> PersonOf(TestInstallation hele, string code, int jurisdiction = TestInstallation.Hexi) =>
        hele.Read(db => db.Set<Person>().SingleAsync(p => p.PublicCode == code), jurisdiction);

    private static async Task<Opened> Open(TestInstallation hele, TestPerson who, string code, Way way = Way.Page, int jurisdiction = TestInstallation.Hexi)
    {
        var viewer = await hele.Viewer(who, jurisdiction);
        return await hele.Get<OpenPersonPhone>().Run(viewer, viewer.Act(PeopleAccess.OpenPhone, Guid.NewGuid(), "约上门时间"), code, way);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Open_ByACommunityWorker_GivesTheNumberAndLeavesARecord(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var code = await Register(hele, phone: "138-1234-5678");
        var person = await PersonOf(hele, code);
        Assert.Equal("138****5678", person.PhoneMasked);
        Assert.Equal(Phone.Index(hele.Get<Seals>(), TestInstallation.Hexi, Number), person.PhoneIndex);

        var opened = await Open(hele, TestPeople.Zhou, code);

        Assert.Equal([Number], opened.Values);
        var record = await hele.Read(db => db.Set<ViewRecord>().SingleAsync());
        var zhou = await hele.Viewer(TestPeople.Zhou);
        Assert.Equal((person.Id, zhou.AccountId, (Guid?)zhou.Posts[0].PostId, "PhoneSealed", Way.Page, "person.open-phone", "约上门时间"),
            (record.SubjectId, record.AccountId, record.PostId, record.Columns, record.Way, record.Purpose, record.Reason));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Open_ThroughEachWay_LeavesOneRecordOfThatWay(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var code = await Register(hele);
        foreach (var way in Enum.GetValues<Way>())
        {
            Assert.Equal([Number], (await Open(hele, TestPeople.Zhou, code, way)).Values);
            Assert.Equal(1, await hele.Read(db => db.Set<ViewRecord>().CountAsync(r => r.Way == way)));
        }
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Open_ByAnotherResidentOrTheOtherCommunityOrTheSupervisor_FindsNothingAndLeavesNothing(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var code = await Register(hele);
        Assert.Equal([StorageProblems.NotFound], (await Open(hele, TestPeople.Chen, code)).Problems);
        Assert.Equal([StorageProblems.NotFound], (await Open(hele, TestPeople.Feng, code)).Problems);
        Assert.Equal([StorageProblems.NotFound], (await Open(hele, TestPeople.Zhou, code, jurisdiction: TestInstallation.Other)).Problems);
        Assert.Equal(0, await hele.Read(db => db.Set<ViewRecord>().CountAsync(), TestInstallation.Hexi, TestInstallation.Other));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Open_WhenTheLogCannotBeWritten_GivesNothing(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var code = await Register(hele);
        await hele.Log.PinNow();
        File.Delete(hele.Log.PinFile(TestInstallation.HexiCode));
        await hele.Log.CheckPins();

        var opened = await Open(hele, TestPeople.Zhou, code);

        Assert.Empty(opened.Values);
        Assert.Equal("storage.read-only", Assert.Single(opened.Problems).Code);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Open_OfACipherTextFromAnotherRow_IsRefused(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var (one, two) = (await PersonOf(hele, await Register(hele)), await PersonOf(hele, await Register(hele, "周小兰", "13987654321")));
        // Even with the keys moved along: the place is part of what is authenticated.
        await new BehindTheBack(hele).Run("""UPDATE "People" SET "PhoneSealed" = (SELECT p."PhoneSealed" FROM "People" p WHERE p."Id" = @p0) WHERE "Id" = @p1""", two.Id, one.Id);
        await new BehindTheBack(hele).Run("""UPDATE "SubjectKeys" SET "Wrapped" = (SELECT k."Wrapped" FROM "SubjectKeys" k WHERE k."SubjectId" = @p0) WHERE "SubjectId" = @p1""", two.Id, one.Id);

        Assert.Equal([Seals.Broken], (await Open(hele, TestPeople.Zhou, one.PublicCode)).Problems);
        Assert.Contains((await hele.Get<LogVerification>().Run()).Findings, f => f is { Kind: FindingKind.ValueChanged, Column: "PhoneSealed" });
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Index_OfOneNumber_DiffersBetweenCommunitiesAndIsNotAPlainHash(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var here = await PersonOf(hele, await Register(hele));
        var there = await PersonOf(hele, await Register(hele, jurisdiction: TestInstallation.Other), TestInstallation.Other);
        Assert.NotEqual(here.PhoneIndex, there.PhoneIndex);
        Assert.NotEqual(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(Number)), here.PhoneIndex);
        Assert.Equal(here.Id, await hele.Read(db => db.Set<Person>().Where(p => p.PhoneIndex == here.PhoneIndex).Select(p => p.Id).SingleAsync()));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Rotate_WhileActsAreWritten_RewrapsEveryKeyAndChangesNoRow(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var code = await Register(hele);
        var before = await PersonOf(hele, code);
        var vault = hele.Get<KeyVault>();
        var old = vault.Current().Id;
        using var stop = new CancellationTokenSource();
        var writing = Task.Run(async () =>
        {
            var written = 0;
            for (; !stop.IsCancellationRequested || written == 0; written++)
                await Register(hele, "居民" + written, "139000000" + (written % 100).ToString("D2"));
            return written;
        });

        vault.Rotate();
        await hele.Get<RewrapKeys>().Run();
        await stop.CancelAsync();
        Assert.True(await writing > 0);
        // A key made under the old master key at the very moment is caught by the next run, as the background work does.
        await hele.Get<RewrapKeys>().Run();

        Assert.Equal([vault.Current().Id], await hele.Get<RewrapKeys>().InUse());
        vault.Retire(old);
        Assert.Equal([Number], (await Open(hele, TestPeople.Zhou, code)).Values);
        Assert.Equal(before.PhoneSealed, (await PersonOf(hele, code)).PhoneSealed);
        Assert.True((await hele.Get<LogVerification>().Run()).IsGreen);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Open_WithoutTheMasterKey_SaysSoAndOpensNothing(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var code = await Register(hele);
        var vault = hele.Get<KeyVault>();
        var old = vault.Current().Id;
        vault.Rotate();
        vault.Retire(old);
        Assert.Equal([Seals.Broken], (await Open(hele, TestPeople.Zhou, code)).Problems);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Views_OfAnHour_BecomeOneLeafAndCannotBeChangedAfterwards(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var code = await Register(hele);
        await Open(hele, TestPeople.Ma, code);
        await Open(hele, TestPeople.Zhou, code);
        Assert.Equal(0, await hele.Get<CloseViewHours>().RunDue(TestInstallation.Hexi));
        hele.Clock.MoveTo(hele.Clock.GetUtcNow().AddHours(1));
        Assert.Equal(1, await hele.Get<CloseViewHours>().RunDue(TestInstallation.Hexi));
        Assert.Equal(0, await hele.Get<CloseViewHours>().RunDue(TestInstallation.Hexi));
        var hour = await hele.Read(db => db.Set<ViewHour>().SingleAsync());
        Assert.Equal(2, hour.Count);
        Assert.Equal(1, await hele.Read(db => db.Set<JournalRow>().CountAsync(j => j.RowTable == "ViewHours")));
        Assert.True((await hele.Get<LogVerification>().Run()).IsGreen);

        await new BehindTheBack(hele).Run("""DELETE FROM "ViewRecords" WHERE "Columns" = @p0 AND "Id" = (SELECT "Id" FROM "ViewRecords" ORDER BY "Id" LIMIT 1)""", "PhoneSealed");

        Assert.Contains((await hele.Get<LogVerification>().Run()).Findings, f => f.Kind == FindingKind.ViewsChanged);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Open_WhenTheHourIsClosedAlready_CountsToTheNext(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var code = await Register(hele);
        var hour = ViewHour.HourOf(hele.Clock.GetUtcNow());
        // Another node whose clock is ahead closed this hour.
        Assert.True((await hele.Get<CloseViewHours>().Run(new Act { OperationId = Guid.NewGuid(), AccountId = SystemAccount.Id, JurisdictionId = TestInstallation.Hexi }, new(hour))).Accepted);
        await Open(hele, TestPeople.Zhou, code);
        Assert.Equal(hour.AddHours(1), await hele.Read(db => db.Set<ViewRecord>().Select(r => r.Hour).SingleAsync()));
        Assert.True((await hele.Get<LogVerification>().Run()).IsGreen);
    }

    [Fact]
    public async Task Number_IsNowhereInTheFiles()
    {
        await using var hele = await TestInstallation.Create(TestDatabase.Sqlite);
        await Register(hele);
        var folder = Path.GetDirectoryName(hele.Options.DataDirectory)!;
        Assert.Empty(FileSearch.Holding(folder, Number));
        Assert.NotEmpty(FileSearch.Holding(folder, "孙桂兰"));
    }
}
