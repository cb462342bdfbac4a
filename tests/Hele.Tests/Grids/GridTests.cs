using Hele.Civic.Grids;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Storage;
using Hele.TestKit;
using Hele.Tests.Platform;
using Microsoft.EntityFrameworkCore;
using Xunit;
using static Hele.Tests.Grids.GridSteps;

namespace Hele.Tests.Grids;

/// <summary>Every building in exactly one grid; what is wrong is shown, and what was stays known.</summary>
public class GridTests
{
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Building_PutIntoAnotherGrid_LeavesTheFirst_AndBothDaysAreKept(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var ma = await hele.Viewer(TestPeople.Ma);
        var compound = await hele.Compound(ma);
        var (three, four) = (await hele.Building(ma, compound, "3号楼"), await hele.Building(ma, compound, "4号楼"));
        var (one, two) = (await hele.Grid(ma, "第一网格", Square(0, 0)), await hele.Grid(ma, "第二网格", Square(100, 0)));
        Ok(await hele.Assign(ma, one, three, four));
        hele.Clock.MoveTo(hele.Clock.GetUtcNow().AddDays(3));
        Ok(await hele.Assign(ma, two, three));

        var rows = await hele.Read(db => db.Set<GridBuilding>().Select(g => new { Building = db.Set<Building>().Where(b => b.Id == g.BuildingId).Select(b => b.Name).First(), g.From, g.To }).OrderBy(g => g.Building).ThenBy(g => g.From).ToListAsync());
        var start = TestInstallation.Start.UtcDateTime.AddHours(8);
        var day = DateOnly.FromDateTime(start);
        Assert.Equal(["3号楼 True", "3号楼 False", "4号楼 False"], rows.Select(r => $"{r.Building} {r.To is not null}"));
        Assert.Equal((day, day.AddDays(3)), (rows[0].From, rows[0].To));
        var grids = await hele.Query<GridQueries, IReadOnlyList<GridLine>>(q => q.Grids());
        Assert.Equal([(TestInstallation.HexiCode + "001", 1), (TestInstallation.HexiCode + "002", 1)], grids.Select(g => (g.Number, g.Buildings)));
        Assert.Equal([GridProblems.AlreadyThere], (await hele.Assign(ma, two, three)).Problems);
        Assert.Empty((await hele.Verify()).Findings);
    }

    /// <summary>The database is the last judge: a second open place for a building is refused by it too.</summary>
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Database_RefusesASecondOpenGridOfABuilding(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var ma = await hele.Viewer(TestPeople.Ma);
        var three = await hele.Building(ma, await hele.Compound(ma), "3号楼");
        var (one, two) = (await hele.Grid(ma, "第一网格", Square(0, 0)), await hele.Grid(ma, "第二网格", Square(100, 0)));
        Ok(await hele.Assign(ma, one, three));
        var outcome = await hele.Get<Writer>().Write(ma.Act(GridAccess.Draw, Guid.NewGuid()), "test.second-grid", new { }, async scope =>
        {
            var grid = await scope.Db.Set<Grid>().SingleAsync(g => g.PublicCode == two);
            var building = await scope.Db.Set<Building>().SingleAsync(b => b.PublicCode == three);
            scope.Add(new GridBuilding { GridId = grid.Id, BuildingId = building.Id, From = scope.On }, GridEvents.BuildingAssigned);
            return Outcome.Ok(two);
        }, TestContext.Current.CancellationToken);
        Assert.Equal([StorageProblems.Duplicate], outcome.Problems);
    }

    /// <summary>Grids cut along streets reach round each other: the boxes around them meet, they don't.</summary>
    [Fact]
    public async Task Faults_OfAGridInTheBendOfAnother_AreNone()
    {
        await using var hele = await TestInstallation.Create(TestDatabase.Sqlite);
        var ma = await hele.Viewer(TestPeople.Ma);
        await hele.Grid(ma, "第一网格", string.Join(", ", At(0, 0), At(300, 0), At(300, 100), At(100, 100), At(100, 300), At(0, 300)));
        await hele.Grid(ma, "第二网格", Square(150, 150));
        Assert.Equal(0, (await hele.Query<GridQueries, GridFaults>(q => q.Faults())).Count);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Faults_GapsOverlapsAndStrays_AreAllNamed(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var ma = await hele.Viewer(TestPeople.Ma);
        var compound = await hele.Compound(ma);
        var inside = await hele.Building(ma, compound, "1号楼", At(50, 50));
        var stray = await hele.Building(ma, compound, "2号楼", At(500, 500));
        var free = await hele.Building(ma, compound, "3号楼", At(-50, 50));
        var unplaced = await hele.Building(ma, compound, "4号楼");
        var one = await hele.Grid(ma, "第一网格", Square(0, 0));
        // Side by side shares a border, which is no overlap; the third lies ten metres over the first.
        await hele.Grid(ma, "第二网格", Square(100, 0));
        await hele.Grid(ma, "第三网格", Square(-90, 0));
        Ok(await hele.Assign(ma, one, inside, stray, unplaced));

        var faults = await hele.Query<GridQueries, GridFaults>(q => q.Faults());
        Assert.Equal(free, Assert.Single(faults.WithoutGrid).Code);
        Assert.Equal(stray, Assert.Single(faults.OutsideTheirs).Code);
        Assert.Equal(unplaced, Assert.Single(faults.WithoutPlace).Code);
        var overlap = Assert.Single(faults.Overlaps);
        Assert.Equal(("第一网格", "第三网格"), (overlap.One, overlap.Other));
        Assert.InRange(overlap.SquareMetres, 990, 1010);
        Assert.Equal(4, faults.Count);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task AssignByOutline_PutsWhatLiesInOneGrid_AndLeavesDecisionsAndDoubtsAlone(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var ma = await hele.Viewer(TestPeople.Ma);
        var compound = await hele.Compound(ma);
        var (one, two) = (await hele.Grid(ma, "第一网格", Square(0, 0)), await hele.Grid(ma, "第二网格", Square(90, 0)));
        var clear = await hele.Building(ma, compound, "1号楼", At(50, 50));
        var doubtful = await hele.Building(ma, compound, "2号楼", At(95, 50));
        var decided = await hele.Building(ma, compound, "3号楼", At(60, 60));
        Ok(await hele.Assign(ma, two, decided));
        Assert.Equal("1", Ok(await hele.Get<AssignByOutline>().Run(ma, ma.Act(GridAccess.Draw, Guid.NewGuid()), TestContext.Current.CancellationToken)));
        var grids = (await hele.Query<GridQueries, IReadOnlyList<BuildingLine>>(q => q.AllBuildings())).ToDictionary(b => b.Code, b => b.GridCode);
        Assert.Equal((one, null, two), (grids[clear], grids[doubtful], grids[decided]));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Outline_DrawnAnew_KeepsTheOldWithItsDays_AndTheCodeIsNeverUsedAgain(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var ma = await hele.Viewer(TestPeople.Ma);
        var one = await hele.Grid(ma, "第一网格", Square(0, 0));
        hele.Clock.MoveTo(hele.Clock.GetUtcNow().AddDays(1));
        Ok(await hele.Get<DrawGrid>().Run(ma, ma.Act(GridAccess.Draw, Guid.NewGuid()), new(one, "第一网格", GridKind.Comprehensive, "0372-5550101", Square(0, 0, 200)), TestContext.Current.CancellationToken));
        var grid = (await hele.Query<GridQueries, GridView?>(q => q.Grid(one)))!;
        Assert.Equal([true, false], grid.Outlines.Select(o => o.To is null));
        Assert.InRange(grid.SquareMetres, 39_900, 40_100);
        Ok(await hele.Get<RetireGrid>().Run(ma, ma.Act(GridAccess.Draw, Guid.NewGuid()), new(one), TestContext.Current.CancellationToken));
        await hele.Grid(ma, "第一网格", Square(0, 0));
        Assert.Equal([TestInstallation.HexiCode + "001", TestInstallation.HexiCode + "002"], await hele.Read(db => db.Set<Grid>().OrderBy(g => g.Code).Select(g => g.Code).ToListAsync()));
        Assert.Empty((await hele.Verify()).Findings);
    }

    [Theory]
    [InlineData("", "grid.outline-missing")]
    [InlineData("114.3 36.1, 114.3", "grid.outline-unreadable")]
    [InlineData("一 二 三 四 五 六", "grid.outline-unreadable")]
    [InlineData("36.1 114.3, 36.2 114.3, 36.2 114.4", "grid.outline-elsewhere")]
    [InlineData("114.3 36.1, 114.301 36.101, 114.301 36.1, 114.3 36.101", "grid.outline-crosses-itself")]
    [InlineData("114.3 36.1, 114.30001 36.1, 114.30001 36.10001", "grid.outline-size")]
    [InlineData("POINT (114.3 36.1)", "grid.outline-unreadable")]
    [InlineData("POLYGON ((114.3 36.1, 114.302 36.1, 114.302 36.102, 114.3 36.102, 114.3 36.1))", "")]
    [InlineData("114.3，36.1；114.302，36.1；114.302，36.102", "")]
    public void Outline_AsPeopleGiveIt_IsReadOrRefusedInWords(string typed, string problem)
    {
        var (outline, refused) = Geo.Read(typed);
        Assert.Equal(problem, refused?.Code ?? "");
        if (outline is not null)
            Assert.True(Geo.Stored(Geo.Text(outline)).EqualsExact(outline));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task NobodyElse_DrawsRegistersOrSees(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var ma = await hele.Viewer(TestPeople.Ma);
        var compound = await hele.Compound(ma);
        foreach (var person in new[] { TestPeople.Zhao, TestPeople.Feng, TestPeople.Liu, TestPeople.Sun })
        {
            var viewer = await hele.Viewer(person);
            Assert.Equal([GridProblems.NotFound], (await hele.Get<KeepBuilding>().Run(viewer, viewer.Act(GridAccess.Keep, Guid.NewGuid()), new(null, compound, "9号楼", 6, 2, null), TestContext.Current.CancellationToken)).Problems);
            Assert.Equal([GridProblems.NotFound], (await hele.Get<DrawGrid>().Run(viewer, viewer.Act(GridAccess.Draw, Guid.NewGuid()), new(null, "第九网格", GridKind.Comprehensive, null, Square(0, 0)), TestContext.Current.CancellationToken)).Problems);
        }
        var elsewhere = await hele.Viewer(TestPeople.Ma, TestInstallation.Other);
        Assert.Equal([GridProblems.CompoundMissing], (await hele.Get<KeepBuilding>().Run(elsewhere, elsewhere.Act(GridAccess.Keep, Guid.NewGuid()), new(null, compound, "9号楼", 6, 2, null), TestContext.Current.CancellationToken)).Problems);
        Assert.Empty((await hele.Query<GridQueries, BuildingPage>(async q => await q.Buildings(await hele.Viewer(TestPeople.Liu), new()))).Rows);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Household_FromMoveToMove_IsOneChangeEverywhere(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var zhou = await hele.Viewer(TestPeople.Zhou);
        var compound = await hele.Compound(zhou);
        var (three, four) = (await hele.Building(zhou, compound, "3号楼"), await hele.Building(zhou, compound, "4号楼", entrances: 0));
        var (liu, chen) = (await hele.PersonCode(TestPeople.Liu), await hele.PersonCode(TestPeople.Chen));
        var first = Ok(await hele.MoveIn(zhou, three, "302", liu));
        Assert.Equal(first, Ok(await hele.MoveIn(zhou, three, "302", chen)));
        Assert.Equal([GridProblems.LivesHere], (await hele.MoveIn(zhou, three, "302", chen)).Problems);
        Assert.Equal([GridProblems.EntranceMissing], (await hele.MoveIn(zhou, three, "302", chen, entrance: "9单元")).Problems);
        Assert.Contains("柳荫路12号院3号楼1单元302", Assert.Single((await hele.MoveIn(zhou, four, "1", liu, entrance: null)).Problems).Sentence.Zh, StringComparison.Ordinal);

        // Liu moves over, Chen stays: the household goes on. When Chen leaves too, it ends.
        Ok(await hele.MoveIn(zhou, four, "1", liu, leavesOther: true, entrance: null));
        Assert.Equal(["302 陈静"], (await Households(hele, zhou, three)).Select(h => $"{h.Room} {string.Join(",", h.Members.Select(m => m.Name))}"));
        Ok(await hele.Get<MoveOut>().Run(zhou, zhou.Act(GridAccess.KeepHouseholds, Guid.NewGuid()), new(first, chen, null), TestContext.Current.CancellationToken));
        Assert.Empty(await Households(hele, zhou, three));
        Assert.Equal("刘大勇", Assert.Single(Assert.Single(await Households(hele, zhou, four)).Members).Name);
        Assert.Empty(await Households(hele, await hele.Viewer(TestPeople.Feng), four));
        Assert.Empty((await hele.Verify()).Findings);
    }

    private static Task<IReadOnlyList<HouseholdLine>> Households(TestInstallation hele, Viewer viewer, string building) => hele.Query<HouseholdQueries, IReadOnlyList<HouseholdLine>>(q => q.Of(viewer, building));
}
