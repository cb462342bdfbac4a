using Hele.Civic.Appeals;
using Hele.Civic.People;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Accounts;
using Hele.Civic.Platform.Figures;
using Hele.Civic.Platform.Storage;
using Hele.Civic.Reports;
using Hele.Civic.Kernel;
using Hele.TestKit;
using Hele.Tests.Platform;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Hele.Tests.Jurisdictions;

public class LevelTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public void EveryRole_CanBeHeldAtSomeLevel_AndOfficersOnlyAtTheirs()
    {
        Assert.All(Enum.GetValues<Role>(), role => Assert.Contains(Enum.GetValues<JurisdictionLevel>(), level => RoleLevels.May(role, level)));
        Assert.Equal([JurisdictionLevel.Subdistrict], Enum.GetValues<JurisdictionLevel>().Where(l => RoleLevels.May(Role.SubdistrictOfficer, l)));
        Assert.Equal([JurisdictionLevel.District], Enum.GetValues<JurisdictionLevel>().Where(l => RoleLevels.May(Role.DistrictOfficer, l)));
        Assert.Equal([JurisdictionLevel.Community], Enum.GetValues<JurisdictionLevel>().Where(l => RoleLevels.May(Role.Secretary, l)));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task RegisterPerson_WithARoleOfAnotherLevel_IsRefused(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        foreach (var (place, level) in new[] { (TestInstallation.Hexi, JurisdictionLevel.Community), (TestInstallation.Street, JurisdictionLevel.Subdistrict), (TestInstallation.District, JurisdictionLevel.District) })
        {
            foreach (var role in Enum.GetValues<Role>())
            {
                var outcome = await hele.Get<RegisterPerson>().Run(new Act { OperationId = Guid.NewGuid(), AccountId = SystemAccount.Id, JurisdictionId = place }, new("某某", null, null, null, false, role, "岗位", null), Cancel);
                Assert.True(outcome.Accepted == RoleLevels.May(role, level), $"{role} at {level}");
                if (!outcome.Accepted)
                    Assert.Equal("person.role-elsewhere", Assert.Single(outcome.Problems).Code);
            }
        }
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task FileAppeal_InASubdistrict_IsRefused(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var tang = await hele.Viewer(TestPeople.Tang);
        Assert.False(tang.Has(AppealAccess.File));
        Assert.False(tang.Has(AppealAccess.See));
        Assert.True(tang.Has(PeopleAccess.OwnData));
        var outcome = await hele.Get<FileAppeal>().Run(tang.Act(AppealAccess.File, Guid.NewGuid()), new("facilities", "街道的灯", "不亮了。", "街道办"), Cancel);
        Assert.Equal("appeal.not-a-community", Assert.Single(outcome.Problems).Code);
    }

    /// <summary>The place in the cookie is only a wish: it counts where the account is known, and no longer when it isn't.</summary>
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Viewer_WithSeveralPlaces_WorksWhereTheyChose_AndNowhereElse(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var zhao = await hele.Viewer(TestPeople.Zhao);
        var viewers = hele.Get<Viewers>();
        var stamp = await hele.Read(db => db.Accounts.Where(a => a.Id == zhao.AccountId).Select(a => a.Stamp).SingleAsync());
        Assert.Equal(TestInstallation.Hexi, (await viewers.Load(zhao.AccountId, stamp, Cancel, TestInstallation.Other))!.JurisdictionId);

        // The same account gets a person in the sub-district.
        Assert.True((await hele.Get<Writer>().Write(new Act { OperationId = Guid.NewGuid(), AccountId = SystemAccount.Id, JurisdictionId = TestInstallation.Street }, "test.second-place", 0, scope =>
        {
            var person = scope.Add(new Person { PublicCode = PublicCode.New().Text, Name = "赵敏" }, RegisterPerson.Registered);
            person.GiveAccount(zhao.AccountId);
            scope.Db.Add(new AccountPlace { AccountId = zhao.AccountId, JurisdictionId = TestInstallation.Street });
            return Task.FromResult(Outcome.Ok(person.PublicCode));
        }, Cancel)).Accepted);
        var (here, there, nowhere) = (await viewers.Load(zhao.AccountId, stamp, Cancel), await viewers.Load(zhao.AccountId, stamp, Cancel, TestInstallation.Street), await viewers.Load(zhao.AccountId, stamp, Cancel, 99));
        Assert.Equal((TestInstallation.Hexi, TestInstallation.Street, TestInstallation.Hexi), (here!.JurisdictionId, there!.JurisdictionId, nowhere!.JurisdictionId));
        Assert.Equal([TestInstallation.Hexi, TestInstallation.Street], here.Places);
        // What they may do goes with the place, not with the account.
        Assert.True(here.Has(AppealAccess.Accept));
        Assert.Empty(there.Posts);
        Assert.False(there.Has(AppealAccess.Accept));

        await hele.Database.Operate(async db => db.Remove(await db.Set<AccountPlace>().SingleAsync(p => p.AccountId == zhao.AccountId && p.JurisdictionId == TestInstallation.Street, Cancel)));
        Assert.Equal(TestInstallation.Hexi, (await viewers.Load(zhao.AccountId, stamp, Cancel, TestInstallation.Street))!.JurisdictionId);
    }

    /// <summary>The aggregates count each community by itself, hide what is small, stand still when something is entered late, and are for officers only.</summary>
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task CommunityFigures_CountBehindEachFence_AndHideWhatIsSmall(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var (liu, zhou, otherLiu) = (await hele.Viewer(TestPeople.Liu), await hele.Viewer(TestPeople.Zhou), await hele.Viewer(TestPeople.Liu, TestInstallation.Other));
        for (var i = 0; i < 6; i++)
        {
            var code = await hele.FileAppeal(liu);
            await hele.Accept(zhou, code);
            await hele.Answer(zhou, code);
            await hele.Judge(liu, code, satisfied: i > 0);
        }
        for (var i = 0; i < 4; i++)
            await hele.FileAppeal(otherLiu);
        hele.Clock.MoveTo(China.At(new DateOnly(2027, 1, 5), new TimeOnly(9, 0)));
        var quarter = Period.Parse("2026-Q4");
        var (tang, lu) = (await hele.Viewer(TestPeople.Tang), await hele.Viewer(TestPeople.Lu));
        var figures = hele.Get<CommunityFigures>();
        var table = await figures.Table(tang, quarter, Cancel);

        Assert.Equal([TestInstallation.HexiCode, TestInstallation.OtherCode], table!.Rows.Select(r => r.Community.Code));
        Assert.Equal([6L, 6L, 6L, null, null], CommunityFigures.Shown.Select(f => table.Rows[0].Cells[f.Id].Quarter));
        Assert.Equal([null, null, null, null, null], CommunityFigures.Shown.Select(f => table.Rows[1].Cells[f.Id].Quarter));
        Assert.All(CommunityFigures.Shown, f => Assert.Null(table.Total(f)));
        Assert.All(table.Rows.SelectMany(r => r.Cells.Values).SelectMany(c => c.Months), Assert.Null);
        // The district sees the same through its sub-district.
        Assert.Equal(table.Rows.Select(r => r.Cells[AppealFigures.Filed.Id].Quarter), (await figures.Table(lu, quarter, Cancel))!.Rows.Select(r => r.Cells[AppealFigures.Filed.Id].Quarter));

        // Entered late, it would make a fifth: the table keeps what it said.
        Assert.True((await hele.Get<FileAppeal>().Run((await hele.Viewer(TestPeople.Zhou, TestInstallation.Other)).Act(AppealAccess.TakeDown, Guid.NewGuid()),
            new("facilities", "补录的事", "去年说的。", "3号楼", "王桂兰", new DateOnly(2026, 12, 30)) { Channel = Channel.Counter }, Cancel)).Accepted);
        Assert.Null((await figures.Table(tang, quarter, Cancel))!.Rows[1].Cells[AppealFigures.Filed.Id].Quarter);

        Assert.Null(await figures.Table(await hele.Viewer(TestPeople.Ma), quarter, Cancel));
        foreach (var refused in new[] { "2026", "2026-H2", "2026-11", "2027-Q1", "2026-10-01..2026-12-30" })
            Assert.Null(await figures.Table(tang, Period.Parse(refused), Cancel));
    }
}
