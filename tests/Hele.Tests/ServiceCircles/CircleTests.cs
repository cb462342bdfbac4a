using Hele.Civic.Grids;
using Hele.Civic.Kernel;
using Hele.Civic.People;
using Hele.Civic.Platform.Figures;
using Hele.Civic.ServiceCircles;
using Hele.Planning.Reach;
using Hele.Planning.Streets;
using Hele.TestKit;
using Hele.Tests.Platform;
using Hele.Tests.Organizations;
using Hele.Tests.Grids;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Hele.Tests.ServiceCircles;

/// <summary>Who is within the walk, on a lane that can be paced off.</summary>
public class CircleTests
{
    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Lane_OfFiveHundredMetres_IsAnAdultsAndNotAnOlderPersons_AndNobodysWhenTheGateIsShut(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var ma = await hele.Viewer(TestPeople.Ma);
        var building = await hele.Building(ma, await hele.Compound(ma), "1号楼", CircleSteps.At(0, 0));
        GridSteps.Ok(await hele.MoveIn(ma, building, "302", await hele.CodeOf(TestPeople.Liu)));
        GridSteps.Ok(await hele.AddStreets(ma, CircleSteps.Lane));
        await hele.Point(ma, CircleSteps.At(500, 0));

        var adult = (await hele.Ask(ma)).Buildings.Single();
        Assert.Equal((Standing.Covered, 455, "党群服务站"), (adult.Standing, adult.Seconds, adult.Point));
        var older = await hele.Ask(ma, CircleSteps.Usual with { Group = WalkerGroup.Older });
        Assert.Equal((Standing.Beyond, 625), (older.Buildings.Single().Standing, older.Buildings.Single().Seconds));
        Assert.Equal((0, 1, 0L, 1L), (older.Now.Covered, older.Now.Buildings, older.Now.CoveredHouseholds, older.Now.Households));

        var gate = GridSteps.Ok(await hele.Draw(ma, CorrectionKind.Gate, CircleSteps.At(250, 0), new(false, [new([1, 2, 3, 4, 5, 6, 7], new(6, 0), new(22, 0))])));
        Assert.Equal(455, (await hele.Ask(ma, CircleSteps.Usual with { At = new(3, 21, 59) })).Buildings.Single().Seconds);
        var night = await hele.Ask(ma, CircleSteps.Usual with { At = new(3, 22) });
        Assert.Equal((Standing.NoWay, null), (night.Buildings.Single().Standing, night.Buildings.Single().Seconds));
        Assert.Equal(0, night.Now.CoveredHouseholds);

        // The gate is gone: as before.
        GridSteps.Ok(await hele.Get<EndCorrection>().Run(ma, ma.Keep(), new(gate)));
        Assert.Equal(455, (await hele.Ask(ma, CircleSteps.Usual with { At = new(3, 22) })).Buildings.Single().Seconds);
        Assert.Empty((await hele.Verify()).Findings);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Limit_AndSpeed_AreTheCommunitysOwn_FromTheDayItSays(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var ma = await hele.Viewer(TestPeople.Ma);
        await hele.Building(ma, await hele.Compound(ma), "1号楼", CircleSteps.At(0, 0));
        GridSteps.Ok(await hele.AddStreets(ma, CircleSteps.Lane));
        await hele.Point(ma, CircleSteps.At(500, 0));
        Assert.Equal(10, (await hele.Ask(ma)).Rules.LimitMinutes);

        foreach (var (rule, amount) in new[] { (CircleRules.Limit, 7), (CircleRules.SpeedRule(WalkerGroup.Adult), 100) })
            GridSteps.Ok(await hele.Get<Civic.Platform.Rules.SetLocalRule>().Run(ma.Act(Civic.Platform.Rules.SetLocalRule.Permission, Guid.NewGuid()), new(rule, amount, hele.Today, "居民代表会议决定")));
        var answer = await hele.Ask(ma);
        Assert.Equal((7, 100), (answer.Rules.LimitMinutes, answer.Speed));
        Assert.Equal((Standing.Beyond, 500), (answer.Buildings.Single().Standing, answer.Buildings.Single().Seconds));
    }

    [Theory]
    [InlineData(WalkerGroup.Adult)]
    [InlineData(WalkerGroup.Older)]
    [InlineData(WalkerGroup.Child)]
    [InlineData(WalkerGroup.Wheelchair)]
    public async Task Speed_OfEachGroup_AndTheWaitAtACrossing_AreSetByTheCommunity(WalkerGroup group)
    {
        await using var hele = await TestInstallation.Create(TestDatabase.Sqlite);
        var ma = await hele.Viewer(TestPeople.Ma);
        await hele.Building(ma, await hele.Compound(ma), "1号楼", CircleSteps.At(0, 0));
        // A lane that crosses a road half way.
        GridSteps.Ok(await hele.AddStreets(ma, CircleSteps.File("footway", ["", "crossing"], [(0, 0), (240, 0)], [(240, 0), (260, 0)], [(260, 0), (500, 0)])));
        await hele.Point(ma, CircleSteps.At(500, 0));
        async Task<int> Seconds() => (await hele.Ask(ma, CircleSteps.Usual with { Group = group })).Buildings.Single().Seconds!.Value;
        var speed = (await hele.Ask(ma, CircleSteps.Usual with { Group = group })).Speed;
        Assert.Equal(Math.Ceiling(50000.0 / speed) + 20, await Seconds(), 1.0);

        async Task Set(string rule, int amount) => GridSteps.Ok(await hele.Get<Civic.Platform.Rules.SetLocalRule>().Run(ma.Act(Civic.Platform.Rules.SetLocalRule.Permission, Guid.NewGuid()), new(rule, amount, hele.Today, "居民代表会议决定")));
        await Set("circle.crossing.wait", 45);
        Assert.Equal(Math.Ceiling(50000.0 / speed) + 45, await Seconds(), 1.0);
        await Set(CircleRules.SpeedRule(group), 50);
        Assert.Equal(1000 + 45, await Seconds(), 1.0);
    }

    /// <summary>A compound's lane is private: who lives on it comes out at both ends, and nobody else takes the short cut.</summary>
    [Fact]
    public async Task PrivateLane_OfACompound_IsItsResidents()
    {
        await using var hele = await TestInstallation.Create(TestDatabase.Sqlite);
        var ma = await hele.Viewer(TestPeople.Ma);
        var compound = await hele.Compound(ma);
        await hele.Building(ma, compound, "1号楼", CircleSteps.At(0, 100));
        await hele.Building(ma, compound, "2号楼", CircleSteps.At(-50, 0));
        GridSteps.Ok(await hele.AddStreets(ma, CircleSteps.File("access", ["", "private"], [(-100, 0), (0, 0), (150, 0), (150, 200), (0, 200), (-100, 200)], [(0, 0), (0, 200)])));
        await hele.Point(ma, CircleSteps.At(-50, 200));

        var answer = (await hele.Ask(ma)).Buildings.OrderBy(b => b.Address, StringComparer.Ordinal).Select(b => b.Seconds!.Value).ToList();
        Assert.Equal(Math.Ceiling(150 / 1.1), answer[0], 1.0);
        Assert.Equal(Math.Ceiling(600 / 1.1), answer[1], 1.0);
    }

    [Fact]
    public async Task Point_OutsideItsHours_CountsForNobody()
    {
        await using var hele = await TestInstallation.Create(TestDatabase.Sqlite);
        var ma = await hele.Viewer(TestPeople.Ma);
        await hele.Building(ma, await hele.Compound(ma), "1号楼", CircleSteps.At(0, 0));
        GridSteps.Ok(await hele.AddStreets(ma, CircleSteps.Lane));
        await hele.Point(ma, CircleSteps.At(500, 0), CircleSteps.Office);

        Assert.Equal(1, (await hele.Ask(null)).Now.Covered);
        foreach (var at in new[] { new WeekMoment(3, 17, 30), new WeekMoment(6, 10) })
        {
            var shut = await hele.Ask(null, CircleSteps.Usual with { At = at });
            Assert.Equal((0, false), (shut.Now.Covered, shut.Points.Single().Answers));
            Assert.Empty(shut.Zone.Pieces);
        }
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Trial_MovingClosingOrAddingAPoint_SaysWhatComesOfIt_AndChangesNothing(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var ma = await hele.Viewer(TestPeople.Ma);
        var compound = await hele.Compound(ma);
        // Two houses at the west end, one at the east end of a lane of two kilometres.
        foreach (var (name, east) in new[] { ("1号楼", 0), ("2号楼", 40), ("3号楼", 2000) })
            await hele.Building(ma, compound, name, CircleSteps.At(east, 0));
        var buildings = (await hele.Query<GridQueries, IReadOnlyList<BuildingLine>>(q => q.AllBuildings())).OrderBy(b => b.Name, StringComparer.Ordinal).ToList();
        GridSteps.Ok(await hele.MoveIn(ma, buildings[0].Code, "101", await hele.CodeOf(TestPeople.Liu)));
        GridSteps.Ok(await hele.MoveIn(ma, buildings[1].Code, "101", await hele.CodeOf(TestPeople.Chen)));
        GridSteps.Ok(await hele.MoveIn(ma, buildings[2].Code, "101", await hele.CodeOf(TestPeople.Zhou)));
        GridSteps.Ok(await hele.AddStreets(ma, CircleSteps.File([(0, 0), (2000, 0)])));
        var point = await hele.Point(ma, CircleSteps.At(0, 0));

        var now = await hele.Ask(ma);
        Assert.Equal((2L, 3L), (now.Now.CoveredHouseholds, now.Now.Households));
        Assert.Equal(2, now.Points.Single().Lost);
        Assert.Null(now.Before);

        var moved = await hele.Ask(ma, CircleSteps.Usual with { Move = point, MoveTo = CircleSteps.Place(1900, 0) });
        Assert.Equal((1L, 2L), (moved.Now.CoveredHouseholds, moved.Before!.CoveredHouseholds));
        Assert.Equal([-1, -1, 1], moved.Buildings.OrderBy(b => b.Address, StringComparer.Ordinal).Select(b => b.Change));
        Assert.Equal((0L, 2L), ((await hele.Ask(ma, CircleSteps.Usual with { Closes = [point] })).Now.CoveredHouseholds, (await hele.Ask(ma)).Now.CoveredHouseholds));
        Assert.Equal(3, (await hele.Ask(ma, CircleSteps.Usual with { Adds = [CircleSteps.Place(1900, 0)] })).Now.CoveredHouseholds);

        // Where one more helps most: beside the house that is out of reach.
        var proposal = Assert.Single(await hele.Query<CircleQueries, IReadOnlyList<CircleProposal>>(async q => await q.Proposals(ma, await hele.Here(), now)));
        Assert.Equal((buildings[2].Address, 1, 1L), (proposal.Near, proposal.Buildings, proposal.Households));

        // Whoever doesn't work here gets the answer as it is, whatever the address asks.
        var resident = await hele.Viewer(TestPeople.Liu);
        Assert.Null((await hele.Ask(resident, CircleSteps.Usual with { Closes = [point] })).Before);
        Assert.Equal(2, (await hele.Ask(null, CircleSteps.Usual with { Closes = [point] })).Now.Covered);

        // As if somebody answered in the evening, too; and what isn't there can't be tried.
        var office = await hele.Point(ma, CircleSteps.At(1900, 0), CircleSteps.Office, "上班时间的点");
        var evening = CircleSteps.Usual with { At = new(3, 20) };
        Assert.Equal((2L, PointStanding.Shut), ((await hele.Ask(ma, evening)).Now.CoveredHouseholds, (await hele.Ask(ma, evening)).Points.Single(p => p.Code == office).Standing));
        var opened = await hele.Ask(ma, evening with { Opens = [office, PublicCode.New().Text] });
        Assert.Equal((3L, 2L), (opened.Now.CoveredHouseholds, opened.Before!.CoveredHouseholds));
        Assert.Equal((PointStanding.Answers, true, 1L), opened.Points.Where(p => p.Code == office).Select(p => (p.Standing, p.Opened, p.Lost)).Single());
        Assert.Equal([office], opened.Ask.Opens);
        var none = await hele.Ask(ma, CircleSteps.Usual with { Closes = [PublicCode.New().Text], Move = PublicCode.New().Text, MoveTo = CircleSteps.Place(1900, 0) });
        Assert.Equal((false, true), (none.Ask.IsTrial, none.Before is null));
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Helper_CountsForStaff_AndIsNeverAPointOfThePublic(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var (ma, feng, liu) = (await hele.Viewer(TestPeople.Ma), await hele.Viewer(TestPeople.Feng), await hele.Viewer(TestPeople.Liu));
        var compound = await hele.Compound(ma);
        var (far, near) = (await hele.Building(ma, compound, "1号楼", CircleSteps.At(0, 0)), await hele.Building(ma, compound, "2号楼", CircleSteps.At(1800, 0)));
        var grid = await hele.Grid(ma, "第一网格", GridSteps.Square(-50, -50, 2000));
        GridSteps.Ok(await hele.Assign(ma, grid, far, near));
        GridSteps.Ok(await hele.MoveIn(ma, far, "101", await hele.CodeOf(TestPeople.Chen)));
        GridSteps.Ok(await hele.AddStreets(ma, CircleSteps.File([(0, 0), (2000, 0)])));
        await hele.Point(ma, CircleSteps.At(2000, 0));
        var helper = GridSteps.Ok(await hele.Helper(ma, await hele.CodeOf(TestPeople.Chen)));
        Assert.Equal(CircleProblems.HelpsAlready.Code, (await hele.Helper(ma, await hele.CodeOf(TestPeople.Chen))).Problems.Single().Code);
        // Somebody who lives nowhere here can't be near anybody.
        Assert.Equal(CircleProblems.PersonMissing.Code, (await hele.Helper(ma, await hele.CodeOf(TestPeople.Zhou))).Problems.Single().Code);

        var asked = CircleSteps.Usual with { WithHelpers = true };
        var staff = await hele.Ask(ma, asked);
        Assert.Equal(2, staff.Now.Covered);
        Assert.True(staff.Buildings.Single(b => b.Code == far).ByHelper);
        Assert.Equal("陈静", Assert.Single(staff.Helpers).Name);
        Assert.Equal(1, (await hele.Ask(ma)).Now.Covered);
        // A supervisor sees no households, and so no helper; residents and the public neither.
        foreach (var viewer in new[] { feng, liu, null })
        {
            var seen = await hele.Ask(viewer, asked);
            Assert.Equal((1, 0), (seen.Now.Covered, seen.Helpers.Count));
            Assert.DoesNotContain(seen.Zone.Pieces, p => p.Outline.Any(c => c.Longitude < CircleSteps.Place(1000, 0).Lon));
        }
        // Of the whole grid it is said that somebody is near, of every building in it the same.
        foreach (var building in new[] { far, near })
        {
            var told = (await hele.Query<CircleQueries, NearbyAnswer?>(async q => await q.Near(await hele.Here(), building, CircleSteps.Usual)))!;
            Assert.True(told.HelpsNearby);
            Assert.Equal(("第一网格", "0372-5550101"), (told.Grid, told.DutyPhone));
        }
        GridSteps.Ok(await hele.Get<EndHelper>().Run(ma, ma.Keep(), new(helper)));
        Assert.False((await hele.Query<CircleQueries, NearbyAnswer?>(async q => await q.Near(await hele.Here(), far, CircleSteps.Usual)))!.HelpsNearby);
        Assert.Equal(CircleProblems.NotFound.Code, (await hele.Get<EndHelper>().Run(feng, feng.Act(CircleAccess.Try, Guid.NewGuid()), new(helper))).Problems.Single().Code);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Helper_WhoDied_HelpsNoMore_AndAgainWhenItWasAMistake(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var ma = await hele.Viewer(TestPeople.Ma);
        var building = await hele.Building(ma, await hele.Compound(ma), "1号楼", CircleSteps.At(0, 0));
        var chen = await hele.CodeOf(TestPeople.Chen);
        GridSteps.Ok(await hele.MoveIn(ma, building, "101", chen));
        GridSteps.Ok(await hele.Helper(ma, chen));
        Task<long> Helping() => hele.Read(async db => await CircleFigures.Helpers.Total(CircleFigures.Helpers.Records(db, new(hele.Today, hele.Today))));
        Assert.Equal(1, await Helping());

        GridSteps.Ok(await hele.Get<RecordDeath>().Run(ma, ma.Act(PeopleAccess.RecordDeath, Guid.NewGuid()), new(chen, hele.Today, DeathSource.Family, "儿子")));
        Assert.Equal(0, await Helping());
        GridSteps.Ok(await hele.Get<CorrectDeath>().Run(ma, ma.Act(PeopleAccess.RecordDeath, Guid.NewGuid()), new(chen, true, null, "登记错了人")));
        Assert.Equal(1, await Helping());
        Assert.Empty((await hele.Verify()).Findings);
    }

    [Theory, ClassData(typeof(BothDatabases))]
    public async Task Reading_KeepsWhatItWasWorkedOutBy_WhateverChangesLater(TestDatabase kind)
    {
        await using var hele = await TestInstallation.Create(kind);
        var ma = await hele.Viewer(TestPeople.Ma);
        Assert.Equal(CircleProblems.NothingToRead.Code, (await hele.Reading(ma)).Problems.Single().Code);
        var building = await hele.Building(ma, await hele.Compound(ma), "1号楼", CircleSteps.At(0, 0));
        GridSteps.Ok(await hele.MoveIn(ma, building, "101", await hele.CodeOf(TestPeople.Liu)));
        GridSteps.Ok(await hele.AddStreets(ma, CircleSteps.Lane));
        var point = await hele.Point(ma, CircleSteps.At(500, 0));
        Assert.Equal((0, 0), await Covered());
        GridSteps.Ok(await hele.Reading(ma));
        var line = await hele.Read(db => db.Set<CircleLine>().SingleAsync());
        Assert.Equal((455, true, false, false, false), (line.Seconds!.Value, line.Adult, line.Older, line.Child, line.Wheelchair));
        Assert.Equal((1, 0), await Covered());

        // The point goes: the reading stands until the next one.
        GridSteps.Ok(await hele.Get<ClosePoint>().Run(ma, ma.Keep(), new(point)));
        Assert.Equal((1, 0), await Covered());
        GridSteps.Ok(await hele.Reading(ma));
        Assert.Equal((0, 1), await Covered());
        Assert.Equal(CircleProblems.MomentOdd.Code, (await hele.Reading(ma, day: 8)).Problems.Single().Code);

        Task<(long, long)> Covered() => hele.Read(async db =>
        {
            var period = new Period(hele.Today, hele.Today);
            return (await CircleFigures.Covered.Total(CircleFigures.Covered.Records(db, period)), await CircleFigures.Uncovered.Total(CircleFigures.Uncovered.Records(db, period)));
        });
    }

    [Fact]
    public async Task Streets_ThatAreNone_OrOfAnotherPlace_AreRefusedWithTheReason()
    {
        await using var hele = await TestInstallation.Create(TestDatabase.Sqlite);
        var (ma, feng) = (await hele.Viewer(TestPeople.Ma), await hele.Viewer(TestPeople.Feng));
        await hele.Building(ma, await hele.Compound(ma), "1号楼", CircleSteps.At(0, 0));
        async Task<string> Refused(byte[]? file, string name = "街道图") => Assert.Single((await hele.AddStreets(ma, file, name)).Problems).Code;
        Assert.Equal(CircleProblems.FileMissing.Code, await Refused(null));
        Assert.Equal(CircleProblems.MapNameMissing.Code, await Refused(CircleSteps.Lane, " "));
        Assert.Equal(CircleProblems.NoStreets.Code, await Refused([0x50, 0x4b, 3, 4, 5, 6]));
        Assert.Equal(CircleProblems.NoStreets.Code, await Refused(CircleSteps.File()));
        Assert.Equal(CircleProblems.NoStreets.Code, await Refused(CircleSteps.Lane[..60]));
        Assert.Equal(CircleProblems.StreetsElsewhere.Code, await Refused(CircleSteps.File([(20_000, 0), (20_500, 0)])));
        var random = new byte[StreetMap.MostBytes + 1000];
        new Random(1).NextBytes(random);
        Assert.Equal(CircleProblems.FileTooLarge.Code, await Refused(random));
        Assert.Equal(CircleProblems.NotFound.Code, Assert.Single((await hele.Get<AddStreetMap>().Run(feng, feng.Act(CircleAccess.Try, Guid.NewGuid()), new("图", "自测", Datum.Wgs84, CircleSteps.Lane))).Problems).Code);

        // Half a file is taken only by whoever wants that half; that it is one stays to be seen beside it.
        var half = CircleSteps.File([(0, 0), (300, 0)], [(300, 0), (300, 300)])[..^40];
        Assert.Equal(CircleProblems.FilePartly.Code, await Refused(half));
        GridSteps.Ok(await hele.AddStreets(ma, CircleSteps.Lane));
        GridSteps.Ok(await hele.Get<AddStreetMap>().Run(ma, ma.Keep(), new("半张图", "社区自测", Datum.Wgs84, half, Part: true)));
        var streets = await hele.Query<CircleQueries, StreetsView>(async q => await q.Streets(await hele.Here()));
        Assert.Equal([("半张图", false), ("街道图", true)], streets.Maps.Select(m => (m.Name, streets.Ground.Maps[m.Id].Complete)).OrderBy(m => m.Name, StringComparer.Ordinal));

        // A file that would keep everybody waiting is refused, not read again at every look.
        var watch = System.Diagnostics.Stopwatch.StartNew();
        var heap = CircleSteps.File([.. Enumerable.Range(0, 30_000).Select(i => (IReadOnlyList<(double, double)>)[(i % 173 / 6.0, i % 179 / 6.0), (i % 181 / 6.0, i % 191 / 6.0)])]);
        var refused = Assert.Single((await hele.AddStreets(ma, heap)).Problems);
        Assert.Equal(CircleProblems.NoStreets.Code, refused.Code);
        Assert.Contains("太密", refused.Sentence.Zh, StringComparison.Ordinal);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(60), $"It took {watch.Elapsed}.");
    }

    [Fact]
    public async Task Building_WhoseEntrancesTheMapShows_IsWalkedFromThem()
    {
        await using var hele = await TestInstallation.Create(TestDatabase.Sqlite);
        var ma = await hele.Viewer(TestPeople.Ma);
        await hele.Building(ma, await hele.Compound(ma), "1号楼", CircleSteps.At(100, 25));
        await hele.Point(ma, CircleSteps.At(0, 0));
        // Two streets that meet far in the east; the door looks to the northern one, the southern one is nearer to the middle of the house.
        (double East, double North)[] places = [(0, 0), (500, 0), (500, 60), (0, 60), (80, 15), (120, 15), (120, 45), (100, 45), (80, 45)];
        byte[] Map(string door) => System.Text.Encoding.UTF8.GetBytes($"""
            <osm version='0.6'>{string.Concat(places.Select((p, i) => CircleSteps.At(p.East, p.North).Split(' ') is var at ? $"<node id='{i + 1}' lon='{at[0]}' lat='{at[1]}'>{(i == 7 ? door : "")}</node>" : ""))}
            <way id='1'><nd ref='1'/><nd ref='2'/><nd ref='3'/><nd ref='4'/><tag k='highway' v='residential'/></way>
            <way id='2'><nd ref='5'/><nd ref='6'/><nd ref='7'/><nd ref='8'/><nd ref='9'/><nd ref='5'/><tag k='building' v='yes'/></way></osm>
            """);
        var map = GridSteps.Ok(await hele.AddStreets(ma, Map("")));
        Assert.Equal(Math.Ceiling(125 / 1.1), (await hele.Ask(ma)).Buildings.Single().Seconds!.Value, 1.0);
        GridSteps.Ok(await hele.Get<EndStreetMap>().Run(ma, ma.Keep(), new(map)));
        GridSteps.Ok(await hele.AddStreets(ma, Map("<tag k='entrance' v='main'/>")));
        Assert.Equal(Math.Ceiling((15 + 400 + 60 + 500) / 1.1), (await hele.Ask(ma)).Buildings.Single().Seconds!.Value, 1.0);
    }

    [Fact]
    public async Task Correction_ThatTouchesNoStreet_OrCantBeRead_IsRefused()
    {
        await using var hele = await TestInstallation.Create(TestDatabase.Sqlite);
        var ma = await hele.Viewer(TestPeople.Ma);
        GridSteps.Ok(await hele.AddStreets(ma, CircleSteps.Lane));
        async Task<string> Refused(CorrectionKind what, string line, HoursInput? hours = null) => Assert.Single((await hele.Draw(ma, what, line, hours)).Problems).Code;
        Assert.Equal(CircleProblems.TouchesNoStreet.Code, await Refused(CorrectionKind.Gate, CircleSteps.At(250, 40)));
        Assert.Equal(CircleProblems.TouchesNoStreet.Code, await Refused(CorrectionKind.Barrier, CircleSteps.At(0, 20) + "; " + CircleSteps.At(100, 20)));
        Assert.Equal(CircleProblems.TouchesNoStreet.Code, await Refused(CorrectionKind.Footpath, CircleSteps.At(0, 200) + "; " + CircleSteps.At(100, 200)));
        Assert.Equal(CircleProblems.LineMissing.Code, await Refused(CorrectionKind.Barrier, CircleSteps.At(0, 0)));
        Assert.Equal(CircleProblems.LineUnreadable.Code, await Refused(CorrectionKind.Gate, "北门"));
        Assert.Equal(CircleProblems.HoursCross.Code, await Refused(CorrectionKind.Gate, CircleSteps.At(250, 0), new(false, [new([1], new(6, 0), new(12, 0)), new([1, 2], new(11, 59), new(13, 0))])));
        Assert.Equal(0, await hele.Read(db => db.Set<StreetCorrection>().CountAsync()));

        // A path of one's own, from a loose end to the street.
        GridSteps.Ok(await hele.Draw(ma, CorrectionKind.Footpath, CircleSteps.At(250, 5) + "; " + CircleSteps.At(250, 200)));
        await hele.Building(ma, await hele.Compound(ma), "1号楼", CircleSteps.At(250, 200));
        await hele.Point(ma, CircleSteps.At(0, 0));
        Assert.InRange((await hele.Ask(ma)).Buildings.Single().Seconds!.Value, 405, 413);
    }

    [Fact]
    public async Task Community_NextDoor_HasItsOwnStreetsAndPoints()
    {
        await using var hele = await TestInstallation.Create(TestDatabase.Sqlite);
        var (ma, there) = (await hele.Viewer(TestPeople.Ma), await hele.Viewer(TestPeople.Liu, TestInstallation.Other));
        GridSteps.Ok(await hele.AddStreets(ma, CircleSteps.Lane));
        await hele.Point(ma, CircleSteps.At(500, 0));
        Assert.True((await hele.Ask(ma)).HasStreets);
        var other = await hele.Query<CircleQueries, CircleAnswer>(async q => await q.Ask(there, await hele.Read(async db => await hele.Get<Civic.Platform.Access.JurisdictionDirectory>().Get(db, TestInstallation.Other), TestInstallation.Other), CircleSteps.Usual), TestInstallation.Other);
        Assert.Equal((false, 0, 0), (other.HasStreets, other.Points.Count, other.Buildings.Count));
    }
}
