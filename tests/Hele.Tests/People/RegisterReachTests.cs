using Hele.Civic.Grids;
using Hele.Civic.People;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Storage;
using Hele.TestKit;
using Hele.Tests.Grids;
using Hele.Tests.Platform;
using Xunit;
using static Hele.Tests.Grids.GridSteps;

namespace Hele.Tests.People;

/// <summary>The register of people as far as a post reaches: a post of one grid sees who lives in it.</summary>
public class RegisterReachTests
{
    private static async Task<List<string>> Names(TestInstallation hele, Viewer viewer, string? search = null, PeopleShown shown = PeopleShown.Everybody) =>
        [.. (await hele.Query<PeopleQueries, PeoplePage>(q => q.List(viewer, new(shown, search)))).Rows.Select(r => r.Name).Order(StringComparer.Ordinal)];

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task GridWorker_SeesWhoLivesInTheirGrid_AndNobodyElse(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var (ma, zhou) = (await hele.Viewer(TestPeople.Ma), await hele.Viewer(TestPeople.Zhou));
        var compound = await hele.Compound(ma);
        var (three, four) = (await hele.Building(ma, compound, "3号楼", At(50, 50)), await hele.Building(ma, compound, "4号楼", At(250, 50)));
        var (first, second) = (await hele.Grid(ma, "第一网格", Square(0, 0)), await hele.Grid(ma, "第二网格", Square(200, 0)));
        Ok(await hele.Assign(ma, first, three));
        Ok(await hele.Assign(ma, second, four));
        var (worker, other) = (await hele.Worker("韩冬", "第一网格员", first), await hele.Worker("吕夏", "第二网格员", second));
        var (liu, chen) = (await hele.PersonCode(TestPeople.Liu), await hele.PersonCode(TestPeople.Chen));
        var household = Ok(await hele.MoveIn(ma, three, "302", liu));
        var elsewhere = Ok(await hele.MoveIn(ma, four, "101", chen));

        Assert.Equal(["刘大勇", "韩冬"], (await Names(hele, worker)).Order(StringComparer.Ordinal));
        Assert.Equal(["吕夏", "陈静"], (await Names(hele, other)).Order(StringComparer.Ordinal));
        Assert.Equal(10, (await Names(hele, zhou)).Count);
        // Neither words, an address, nor a code leads further.
        Assert.Empty(await Names(hele, worker, "陈静"));
        Assert.Empty(await Names(hele, worker, "4号楼"));
        Assert.Empty(await Names(hele, worker, chen));
        Assert.Equal(["刘大勇"], await Names(hele, worker, "3号楼"));
        Assert.Null(await hele.Query<PeopleQueries, PersonView?>(q => q.Find(worker, chen)));
        Assert.NotNull(await hele.Query<PeopleQueries, PersonView?>(q => q.Find(worker, liu)));
        Assert.Empty(await hele.Query<PeopleQueries, IReadOnlyList<PersonLine>>(q => q.Named(worker, "陈静")));
        Assert.Empty(await hele.Query<PeopleQueries, IReadOnlyList<PersonLine>>(q => q.ByNameOrCode(worker, "陈静")));
        Assert.Equal(2, await hele.Query<PeopleQueries, int>(q => q.Count(worker, new())));
        // Who lives nowhere yet can be moved in by any keeper; who lives in another grid by whoever keeps both ends.
        Assert.Equal(["赵敏"], (await hele.Query<HouseholdQueries, IReadOnlyList<PersonLine>>(q => q.Comers(worker, "赵敏"))).Select(p => p.Name));
        Assert.Empty(await hele.Query<HouseholdQueries, IReadOnlyList<PersonLine>>(q => q.Comers(worker, "陈静")));
        Assert.Single(await hele.Query<HouseholdQueries, IReadOnlyList<PersonLine>>(q => q.Comers(zhou, "陈静")));
        // An owner who lives elsewhere is named, and their entry isn't opened from there.
        Ok(await hele.Get<KeepOwner>().Run(ma, ma.Act(GridAccess.KeepHouseholds, Guid.NewGuid()), new(household, chen, null), TestContext.Current.CancellationToken));
        var owner = Assert.Single((await hele.Query<HouseholdQueries, HouseholdView?>(q => q.Find(worker, household)))!.Owners);
        Assert.Equal((null, "陈静"), (owner.Code, owner.Name));
        Assert.Equal(chen, Assert.Single((await hele.Query<HouseholdQueries, HouseholdView?>(q => q.Find(zhou, household)))!.Owners).Code);

        // A move, and a building that goes to another grid, take them along in the same act.
        Ok(await hele.Get<MoveMembers>().Run(ma, ma.Act(GridAccess.KeepHouseholds, Guid.NewGuid()), new(elsewhere, [chen], three, "1单元", "303", null, false, null), TestContext.Current.CancellationToken));
        Assert.Contains("陈静", await Names(hele, worker));
        Assert.DoesNotContain("陈静", await Names(hele, other));
        Ok(await hele.Assign(ma, second, three));
        Assert.Equal(["韩冬"], await Names(hele, worker));
        // Who died or left stays with whoever knew them.
        Ok(await hele.Get<RecordDeath>().Run(zhou, zhou.Act(PeopleAccess.RecordDeath, Guid.NewGuid()), new(chen, hele.Today, DeathSource.Family, "儿子"), TestContext.Current.CancellationToken));
        Assert.Equal(["陈静"], await Names(hele, other, shown: PeopleShown.Gone));
        Assert.Empty((await hele.Verify()).Findings);
    }
}
