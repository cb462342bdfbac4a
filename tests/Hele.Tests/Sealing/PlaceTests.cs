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

/// <summary>A sealed value opens where it was sealed and nowhere else; keys change while people go on reading and writing.</summary>
public class PlaceTests
{
    private const string Number = "13812345678";

    private static async Task<Opened> Open(TestInstallation hele, string code, int jurisdiction = TestInstallation.Hexi)
    {
        var viewer = await hele.Viewer(TestPeople.Zhou, jurisdiction);
        return await hele.Get<OpenPersonPhone>().Run(viewer, viewer.Act(PeopleAccess.OpenPhone, Guid.NewGuid()), code);
    }

    private static Task<Person> PersonOf(TestInstallation hele, string code, int jurisdiction = TestInstallation.Hexi) => hele.Read(db => db.Set<Person>().SingleAsync(p => p.PublicCode == code), jurisdiction);

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task CipherText_MovedToTheSameRowOfAnotherCommunityWithItsKey_DoesNotOpen(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var here = await PersonOf(hele, await SealingTests.Register(hele));
        // The same person's row, key and all, as somebody with the database's own tools would copy them over.
        var behind = new BehindTheBack(hele);
        await behind.One("""INSERT INTO "People" ("JurisdictionId","Id","PublicCode","Name","PhoneSealed","PhoneMasked") SELECT 2, "Id", "PublicCode", "Name", "PhoneSealed", "PhoneMasked" FROM "People" WHERE "Id" = @p0""", here.Id);
        await behind.One("""INSERT INTO "SubjectKeys" ("JurisdictionId","SubjectId","MasterKeyId","Wrapped","CreatedAt") SELECT 2, "SubjectId", "MasterKeyId", "Wrapped", "CreatedAt" FROM "SubjectKeys" WHERE "SubjectId" = @p0""", here.Id);
        Assert.Equal([Seals.Broken], (await Open(hele, here.PublicCode, TestInstallation.Other)).Problems);
        Assert.Equal([Number], (await Open(hele, here.PublicCode)).Values);
        Assert.Contains((await hele.Verify()).Findings, f => f is { Kind: FindingKind.RowInserted, Table: "People" });
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task CipherText_OfAnotherColumnOfTheSameAccount_DoesNotOpen(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var seals = hele.Get<Seals>();
        var account = (await hele.Viewer(TestPeople.Liu)).AccountId;
        byte[] one = [], two = [];
        await hele.Database.Operate(async db =>
        {
            one = await seals.SealForAccount(db, account, "FirstSealed", [1, 2, 3]);
            two = await seals.SealForAccount(db, account, "SecondSealed", [4, 5, 6]);
        });
        await hele.Database.Operate(async db =>
        {
            Assert.Equal([1, 2, 3], await Opened(db, "FirstSealed", one));
            Assert.Null(await Opened(db, "FirstSealed", two));
            Assert.Null(await Opened(db, "SecondSealed", one));
            // One bit changed, or cut short, is noticed too.
            one[^1] ^= 1;
            Assert.Null(await Opened(db, "FirstSealed", one));
            Assert.Null(await Opened(db, "SecondSealed", two[..20]));
        });

        // Nobody outside the program can call it: a test has to go round.
        async Task<byte[]?> Opened(Civic.Platform.Storage.HeleDb db, string column, byte[] bytes) =>
            await (Task<byte[]?>)typeof(Seals).GetMethod("OpenForAccount", System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Instance)!.Invoke(seals, [db, account, column, bytes])!;
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Index_OfOneNumber_DiffersByCommunityAndColumnAndSaltOfTheInstallation(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        await using var another = await TestInstallation.Create(kind);
        var seals = hele.Get<Seals>();
        byte[][] all =
        [
            seals.Index(1, "People", "PhoneIndex", Number), seals.Index(2, "People", "PhoneIndex", Number), seals.Index(1, "People", "OtherIndex", Number), seals.Index(1, "Members", "PhoneIndex", Number),
            another.Get<Seals>().Index(1, "People", "PhoneIndex", Number),
            // A boundary moved between the parts of the place is another place.
            seals.Index(1, "PeopleP", "honeIndex", Number),
        ];
        Assert.Equal(all.Length, all.Select(Convert.ToHexString).Distinct().Count());
        Assert.Equal(all[0], seals.Index(1, "People", "PhoneIndex", Number));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Masked_FollowsEveryChangeOfTheNumberAndOpensNoSeal(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var code = await SealingTests.Register(hele);
        var zhou = await hele.Viewer(TestPeople.Zhou);
        Assert.Equal("138****5678", (await PersonOf(hele, code)).PhoneMasked);
        await Correct("021-6234 5678");
        Assert.Equal("*********78", (await PersonOf(hele, code)).PhoneMasked);
        Assert.Equal(Phone.Index(hele.Get<Seals>(), 1, "02162345678"), (await PersonOf(hele, code)).PhoneIndex);
        await Correct(null);
        Assert.Equal("*********78", (await PersonOf(hele, code)).PhoneMasked);
        Assert.Contains((await hele.Query<PeopleQueries, PeoplePage>(q => q.List(zhou, new()))).Rows, r => r.PhoneMasked == "*********78");
        Assert.Equal(0, await hele.Read(db => db.Set<ViewRecord>().CountAsync()));
        await Correct("");
        var person = await PersonOf(hele, code);
        Assert.Equal((null, null, null), (person.PhoneMasked, person.PhoneSealed, person.PhoneIndex));
        (await hele.Verify()).AssertGreen();

        async Task Correct(string? phone) =>
            Assert.True((await hele.Get<CorrectPerson>().Run(zhou, zhou.Act(PeopleAccess.Correct, Guid.NewGuid()), new(code, "孙桂兰", null, phone))).Accepted);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Rotate_WhileManyReadAndWrite_LosesNoNumberAndNoRecord(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var codes = new List<string>();
        for (var i = 0; i < 8; i++)
            codes.Add(await SealingTests.Register(hele, "居民" + i, $"1390000000{i}"));
        using var stop = new CancellationTokenSource();
        var reading = Enumerable.Range(0, 3).Select(r => Task.Run(async () =>
        {
            var looks = 0;
            for (; !stop.IsCancellationRequested || looks == 0; looks++)
            {
                var i = (looks + r) % codes.Count;
                var opened = await Open(hele, codes[i]);
                Assert.True(opened.IsOpen, string.Join(' ', opened.Problems.Select(p => p.Code)));
                Assert.StartsWith("139", opened.Values[0]);
            }
            return looks;
        })).ToList();
        var writing = Task.Run(async () =>
        {
            var zhou = await hele.Viewer(TestPeople.Zhou);
            for (var n = 0; !stop.IsCancellationRequested || n == 0; n++)
                Assert.True((await hele.Get<CorrectPerson>().Run(zhou, zhou.Act(PeopleAccess.Correct, Guid.NewGuid()), new(codes[n % codes.Count], "居民" + (n % codes.Count), null, $"1390000001{n % 10}"))).Accepted);
        });
        var vault = hele.Get<KeyVault>();
        for (var i = 0; i < 3; i++)
        {
            vault.Rotate();
            await hele.Get<RewrapKeys>().Run(TestContext.Current.CancellationToken);
        }
        await stop.CancelAsync();
        await writing;
        var total = 0;
        foreach (var one in reading)
            total += await one;
        await hele.Get<RewrapKeys>().Run(TestContext.Current.CancellationToken);
        foreach (var old in vault.Ids().Where(id => id != vault.Current().Id).ToList())
            vault.Retire(old);
        foreach (var code in codes)
            Assert.StartsWith("139", (await Open(hele, code)).Values[0]);
        Assert.Equal(total + codes.Count, await hele.Read(db => db.Set<ViewRecord>().CountAsync()));
        (await hele.Verify()).AssertGreen();
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task CheckSeals_NamesWhatDoesNotBelongTogether(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var (good, swapped, mask, index) = (await SealingTests.Register(hele), await SealingTests.Register(hele, "甲", "13900000001"), await SealingTests.Register(hele, "乙", "13900000002"), await SealingTests.Register(hele, "丙", "13900000003"));
        var behind = new BehindTheBack(hele);
        await behind.One("""UPDATE "People" SET "PhoneSealed" = (SELECT p."PhoneSealed" FROM "People" p WHERE p."PublicCode" = @p0) WHERE "PublicCode" = @p1""", good, swapped);
        await behind.One("""UPDATE "People" SET "PhoneMasked" = '138****5678' WHERE "PublicCode" = @p0""", mask);
        await behind.One("""UPDATE "People" SET "PhoneIndex" = (SELECT p."PhoneIndex" FROM "People" p WHERE p."PublicCode" = @p0) WHERE "PublicCode" = @p1""", good, index);
        var check = await hele.Get<CheckSeals>().Run(new Act { OperationId = Guid.NewGuid(), AccountId = SystemAccount.Id, JurisdictionId = TestInstallation.Hexi }, null);
        Assert.Equal(4, check.Values);
        // Entries of one millisecond stand in no order.
        Assert.Equal(new[] { (swapped, SealFault.Broken), (mask, SealFault.Mask), (index, SealFault.Index) }.Order(), check.Faults.Order());
        // One record a value, said to be the program's own.
        Assert.Equal(4, await hele.Read(db => db.Set<ViewRecord>().CountAsync(r => r.Way == Way.Job && r.AccountId == SystemAccount.Id && r.Purpose == PeopleAccess.CheckSeals.Code)));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task CheckSeals_OfDaysOfBirth_NamesAnotherYearAndABrokenSeal(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var zhou = await hele.Viewer(TestPeople.Zhou);
        var table = Civic.Platform.Imports.SheetTable.Of(["姓名", "电话", "出生日期"], ["田一", "13900000001", "1956-3-5"], ["田二", "", "1957-4-6"], ["田三", "13900000003", "1958-5-7"]);
        Assert.True((await hele.Get<Civic.Platform.Imports.ImportLedger>().Run(zhou, zhou.Act(Civic.Platform.Imports.ImportAccess.Import, Guid.NewGuid()), new("people", table), cancel: TestContext.Current.CancellationToken)).Accepted);
        var codes = await hele.Read(db => db.Set<Person>().Where(p => p.BornOnSealed != null).ToDictionaryAsync(p => p.Name, p => p.PublicCode));
        var behind = new BehindTheBack(hele);
        await behind.One("""UPDATE "People" SET "BornMasked" = '1971-**-**' WHERE "PublicCode" = @p0""", codes["田二"]);
        await behind.One("""UPDATE "People" SET "BornOnSealed" = (SELECT p."BornOnSealed" FROM "People" p WHERE p."PublicCode" = @p0) WHERE "PublicCode" = @p1""", codes["田一"], codes["田三"]);
        var check = await hele.Get<CheckSeals>().Run(new Act { OperationId = Guid.NewGuid(), AccountId = SystemAccount.Id, JurisdictionId = TestInstallation.Hexi }, null, TestContext.Current.CancellationToken);
        Assert.Equal(5, check.Values);
        Assert.Equal(new[] { (codes["田二"], SealFault.BornMask), (codes["田三"], SealFault.BornBroken) }.Order(), check.Faults.Order());
        // One record a person, for both of their values.
        Assert.Equal(3, await hele.Read(db => db.Set<ViewRecord>().CountAsync(r => r.Way == Way.Job)));
    }
}
