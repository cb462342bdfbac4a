using Hele.Civic.Grids;
using Hele.Civic.Kernel;
using Hele.Civic.People;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Figures;
using Hele.TestKit;
using Hele.Tests.Figures;
using Xunit;
using static Hele.Tests.Grids.GridSteps;

namespace Hele.Tests.Grids;

/// <summary>How many live here, and who came and went, counted from the register of households.</summary>
public class PopulationTests
{
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Figures_FollowTheRegister_AndOpenOnlyWhatTheReaderKeeps(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var (ma, zhou) = (await hele.Viewer(TestPeople.Ma), await hele.Viewer(TestPeople.Zhou));
        var compound = await hele.Compound(ma);
        var (three, four) = (await hele.Building(ma, compound, "3号楼", At(50, 50)), await hele.Building(ma, compound, "4号楼", At(250, 50)));
        var (first, second) = (await hele.Grid(ma, "第一网格", Square(0, 0)), await hele.Grid(ma, "第二网格", Square(200, 0)));
        Ok(await hele.Assign(ma, first, three));
        Ok(await hele.Assign(ma, second, four));
        var worker = await hele.Worker("韩冬", "第一网格员", first);
        var (liu, chen) = (await hele.PersonCode(TestPeople.Liu), await hele.PersonCode(TestPeople.Chen));
        var household = Ok(await hele.MoveIn(ma, three, "302", liu, on: hele.Today.AddDays(-1)));
        var other = Ok(await hele.Get<MoveIn>().Run(ma, ma.Act(GridAccess.KeepHouseholds, Guid.NewGuid()), new(four, "1单元", "101", chen, HouseholdRole.Tenant, hele.Today.AddDays(-1), false), TestContext.Current.CancellationToken));
        Ok(await hele.Get<RecordBirth>().Run(ma, ma.Act(GridAccess.KeepHouseholds, Guid.NewGuid()), new(household, "刘小满", hele.Today.AddDays(-3), [liu], "父母"), TestContext.Current.CancellationToken));
        var today = new Period(hele.Today, hele.Today);
        var both = new Period(hele.Today.AddDays(-1), hele.Today);

        Assert.Equal([3, 2, 1, 2, 0, 1, 0], await Numbers(hele, both));
        Assert.Equal([2, 2, 1, 2, 0, 0, 0], await Numbers(hele, new(hele.Today.AddDays(-1), hele.Today.AddDays(-1))));
        // Each is as many as its list; the worker opens their grid's household, whoever keeps none nothing.
        Assert.Equal(new[] { household, other }.Order(StringComparer.Ordinal), (await Codes(hele, zhou, PopulationFigures.Households, both)).Order(StringComparer.Ordinal));
        Assert.Equal(["", household], (await Codes(hele, worker, PopulationFigures.Households, both)).Order(StringComparer.Ordinal));
        Assert.Equal(["", ""], await Codes(hele, await hele.Viewer(TestPeople.Feng), PopulationFigures.Households, both));
        Assert.Equal(["", ""], await Codes(hele, null, PopulationFigures.Households, both));
        // A move within is neither an arrival nor a departure, and nobody is counted twice on its day.
        Ok(await hele.Get<MoveMembers>().Run(ma, ma.Act(GridAccess.KeepHouseholds, Guid.NewGuid()), new(other, [chen], three, "1单元", "303", null, false, null), TestContext.Current.CancellationToken));
        Assert.Equal([3, 2, 1, 0, 0, 1, 0], await Numbers(hele, today));
        Ok(await hele.Get<RecordDeath>().Run(zhou, zhou.Act(PeopleAccess.RecordDeath, Guid.NewGuid()), new(liu, hele.Today, DeathSource.Family, "弟弟"), TestContext.Current.CancellationToken));
        var there = await hele.Query<HouseholdQueries, IReadOnlyList<HouseholdLine>>(q => q.Of(ma, three));
        Ok(await hele.Get<MoveOut>().Run(ma, ma.Act(GridAccess.KeepHouseholds, Guid.NewGuid()), new(there.Single(h => h.Room == "303").Code, chen, null), TestContext.Current.CancellationToken));
        Assert.Equal([1, 1, 0, 0, 1, 1, 1], await Numbers(hele, today));
        // What reaches far back doesn't lengthen the choice of periods.
        Assert.Null(await hele.Query<FigureReader, DateOnly?>(f => f.FirstDay()));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Ages_AreByTheYearOfBirth_AsFarAsThePostReaches(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var (ma, zhou) = (await hele.Viewer(TestPeople.Ma), await hele.Viewer(TestPeople.Zhou));
        var compound = await hele.Compound(ma);
        var (three, four) = (await hele.Building(ma, compound, "3号楼", At(50, 50)), await hele.Building(ma, compound, "4号楼", At(250, 50)));
        var first = await hele.Grid(ma, "第一网格", Square(0, 0));
        Ok(await hele.Assign(ma, first, three));
        var worker = await hele.Worker("韩冬", "第一网格员", first);
        var household = Ok(await hele.MoveIn(ma, three, "302", await hele.PersonCode(TestPeople.Liu)));
        Ok(await hele.MoveIn(ma, four, "101", await hele.PersonCode(TestPeople.Chen)));
        Ok(await hele.Get<RecordBirth>().Run(ma, ma.Act(GridAccess.KeepHouseholds, Guid.NewGuid()), new(household, "刘小满", hele.Today.AddDays(-3), [await hele.PersonCode(TestPeople.Liu)], "父母"), TestContext.Current.CancellationToken));

        var all = await hele.Query<PopulationQueries, PopulationView>(q => q.Today(zhou));
        Assert.Equal((3, 2, 0, 2, true), (all.People, all.Households, all.Tenants, all.Unknown, all.Whole));
        Assert.Equal((0, 9, 1), (all.Ages[0].From, all.Ages[0].To, all.Ages[0].People));
        Assert.Equal((90, null), (all.Ages[^1].From, all.Ages[^1].To));
        Assert.Equal(all.People, all.Ages.Sum(a => a.People) + all.Unknown);
        var own = await hele.Query<PopulationQueries, PopulationView>(q => q.Today(worker));
        Assert.Equal((2, 1, 1, false), (own.People, own.Households, own.Unknown, own.Whole));
        var feng = await hele.Viewer(TestPeople.Feng);
        Assert.Equal(0, (await hele.Query<PopulationQueries, PopulationView>(q => q.Today(feng))).People);
    }

    private static async Task<List<long>> Numbers(TestInstallation hele, Period period)
    {
        var numbers = new List<long>();
        foreach (var figure in PopulationFigures.All)
        {
            numbers.Add((await hele.Value(figure, period)).Value);
            Assert.Equal(numbers[^1], (await hele.Records(figure, period)).Count);
        }
        return numbers;
    }

    private static async Task<List<string>> Codes(TestInstallation hele, Viewer? viewer, Figure figure, Period period) =>
        [.. (await hele.Query<FigureReader, IReadOnlyList<FigureRecord>>(f => f.Records(figure, period, 0, 100, default, viewer))).Select(r => r.Code)];
}
