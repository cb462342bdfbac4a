using Hele.Planning.Reach;
using Hele.Planning.Streets;
using Xunit;

namespace Hele.Tests.Planning;

/// <summary>The scene that the pages tell: a lane of 500 m to the point, a limit of 600 s, and a gate that shuts at ten.</summary>
public class SceneTests
{
    static readonly Building[] Houses = [new("gate end", Drawn.At(0, 0), 24), new("middle", Drawn.At(250, 0), 12)];
    static readonly ServicePoint[] Desk = [new("desk", Drawn.At(500, 0), WeekHours.Always)];

    static Coverage Ask(WalkingProfile profile, WeekMoment at, params Correction[] drawn) => Ask(profile, at, Desk, drawn);

    static Coverage Ask(WalkingProfile profile, WeekMoment at, ServicePoint[] points, params Correction[] drawn)
        => ReachIndex.Build(Drawn.Network([(Drawn.At(0, 0), Drawn.At(500, 0))], drawn), profile, Houses).Cover(points, 600, at);

    [Fact]
    public void Lane_ForAnAdult_TakesAndCovers455Seconds()
    {
        var coverage = Ask(WalkingProfile.Adult, Drawn.Noon);

        Assert.Equal(455, coverage.Seconds(0));
        Assert.Equal(Standing.Covered, coverage.Of(0));
        Assert.Equal((2, 36L), (coverage.CoveredBuildings, coverage.CoveredHouseholds));
        Assert.Equal(("adult", 1100, 600, Drawn.Noon), (coverage.Profile.Code, coverage.Profile.MillimetresPerSecond, coverage.LimitSeconds, coverage.At));
    }

    [Fact]
    public void Lane_ForAnOlderPerson_Takes625SecondsAndIsTooFar()
    {
        var coverage = Ask(WalkingProfile.Older, Drawn.Noon);

        Assert.Equal(625, coverage.Seconds(0));
        Assert.Equal(Standing.Beyond, coverage.Of(0));
        Assert.Equal(12, coverage.CoveredHouseholds);
    }

    /// <summary>A compound whose private lane of 400 m runs between two public corners; around it 1,000 m of streets.</summary>
    static readonly StreetNetwork Compound = Lanes();

    static StreetNetwork Lanes()
    {
        var draft = new StreetDraft();
        draft.AddWay([Drawn.At(0, -100), Drawn.At(0, 0), Drawn.At(300, 0), Drawn.At(300, 400), Drawn.At(0, 400), Drawn.At(0, 500)], new(Name: "street"), "w1");
        draft.AddWay([Drawn.At(0, 0), Drawn.At(0, 400)], new(WayFlags.Private, "compound"), "w2");
        return draft.Build(new());
    }

    static readonly Building[] Neighbours = [new("in the compound", Drawn.At(0, 200)), new("on the street", Drawn.At(0, -50))];

    [Theory]
    [InlineData(PrivateWays.Never, null, 1100)]
    [InlineData(PrivateWays.AtTheEnds, 250, 1100)]
    [InlineData(PrivateWays.Always, 250, 500)]
    public void PrivateLane_IsWalkedByThoseBehindIt_AndByNobodyElse(PrivateWays ways, int? fromTheCompound, int fromTheStreet)
    {
        var index = ReachIndex.Build(Compound, WalkingProfile.Adult with { Private = ways }, Neighbours);
        var desk = Drawn.At(0, 450);

        foreach (var (building, metres) in new[] { (0, fromTheCompound), (1, fromTheStreet) })
        {
            var path = index.Path(building, desk, Drawn.Noon);
            Assert.Equal(metres, path is null ? null : (int)Math.Round(path.Metres));
            Assert.Equal(path?.Milliseconds, index.Cover([new("desk", desk, WeekHours.Always)], 0, Drawn.Noon).Milliseconds(building));
        }
    }

    [Fact]
    public void PointBehindAPrivateGate_IsReachedFromBothSides_AndByItsNeighboursWithoutLeaving()
    {
        var index = ReachIndex.Build(Compound, WalkingProfile.Adult with { Private = PrivateWays.AtTheEnds }, [.. Neighbours, new("next door", Drawn.At(0, 390)), new("other street", Drawn.At(100, 410))]);
        var desk = Drawn.At(0, 300);

        Assert.Equal([100, 350, 90, 210], Enumerable.Range(0, 4).Select(b => (int)Math.Round(index.Path(b, desk, Drawn.Noon)!.Metres)));
        Assert.Equal(["", "compound", ""], index.Path(0, desk, Drawn.Noon)!.Legs.Select(l => l.Name ?? ""));
        // Out of the door, right along the street, left into the compound.
        Assert.Equal([("", null), ("street", 90), ("compound", -90), ("", null)], index.Path(3, desk, Drawn.Noon)!.Legs.Select(l => (l.Name ?? "", l.Turn)));
        // From within the zone reaches out at both gates.
        var zone = index.ZoneOf([new("desk", desk, WeekHours.Always)], 400, Drawn.Noon);
        Assert.All(new[] { Drawn.At(0, 10), Drawn.At(0, 440), Drawn.At(50, 0) }, p => Assert.True(zone.Contains(p)));
    }

    [Fact]
    public void Gate_AfterItShuts_CutsOffItsHouseholds()
    {
        var gate = new Gate("gate", Drawn.At(125, 2), WeekHours.Parse("06:00-22:00")!);

        Assert.Equal(36, Ask(WalkingProfile.Adult, new(3, 21, 59), gate).CoveredHouseholds);
        var night = Ask(WalkingProfile.Adult, new(3, 22), gate);
        Assert.Equal(12, night.CoveredHouseholds);
        Assert.Equal(Standing.NoWay, night.Of(0));
        Assert.Null(night.Seconds(0));
        Assert.Equal(228, night.Seconds(1));
        Assert.Equal(36, Ask(WalkingProfile.Adult, new(4, 6), gate).CoveredHouseholds);
    }

    [Fact]
    public void Point_WhereNobodyAnswers_CoversNobody()
    {
        ServicePoint[] desk = [Desk[0] with { Answers = WeekHours.Parse("Mo-Fr 08:00-18:00")! }];

        Assert.Equal(36, Ask(WalkingProfile.Adult, new(5, 17, 59), desk).CoveredHouseholds);
        var evening = Ask(WalkingProfile.Adult, new(5, 18), desk);
        Assert.Equal(0, evening.CoveredHouseholds);
        Assert.False(evening.Counts(0));
        Assert.Equal(0, Ask(WalkingProfile.Adult, new(6, 12), desk).CoveredHouseholds);
        Assert.Equal(0, Ask(WalkingProfile.Adult, new(5, 12), [desk[0] with { Closed = true }]).CoveredHouseholds);
    }

    [Fact]
    public void Barrier_DrawnAcrossTheStreet_ChangesSecondsAndPath()
    {
        // A detour of 100 m up, along and down beside the lane.
        (GeoPoint, GeoPoint)[] ways =
        [
            (Drawn.At(0, 0), Drawn.At(100, 0)), (Drawn.At(100, 0), Drawn.At(300, 0)), (Drawn.At(300, 0), Drawn.At(500, 0)),
            (Drawn.At(100, 0), Drawn.At(100, 100)), (Drawn.At(100, 100), Drawn.At(300, 100)), (Drawn.At(300, 100), Drawn.At(300, 0)),
        ];
        var free = ReachIndex.Build(Drawn.Network(ways), WalkingProfile.Adult, Houses);
        var barred = ReachIndex.Build(Drawn.Network(ways, new StreetBarrier("works", [Drawn.At(200, -5), Drawn.At(200, 5)])), WalkingProfile.Adult, Houses);

        Assert.Equal(455, free.Path(0, Desk[0].Place, Drawn.Noon)!.Seconds);
        var path = barred.Path(0, Desk[0].Place, Drawn.Noon)!;
        // 700 m at 1.1 m/s.
        Assert.Equal(637, path.Seconds);
        Assert.Equal(637, barred.Cover(Desk, 600, Drawn.Noon).Seconds(0));
        Assert.Contains(path.Line, p => Ground.Metres(p, Drawn.At(300, 100)) < 1);
        Assert.DoesNotContain(path.Line, p => Ground.Metres(p, Drawn.At(200, 0)) < 20);
        Assert.InRange(path.Metres, 699.9, 700.1);
    }

    [Fact]
    public void House_InALaneCutOffBehindIt_IsReachedFromTheOtherEndOnly()
    {
        // The gate stands in the house's own street: from its near end nobody comes, the long way round is walked.
        (GeoPoint, GeoPoint)[] ways =
        [
            (Drawn.At(0, 0), Drawn.At(200, 0)), (Drawn.At(200, 0), Drawn.At(200, 200)), (Drawn.At(200, 200), Drawn.At(0, 200)), (Drawn.At(0, 200), Drawn.At(0, 0)),
        ];
        Building[] house = [new("house", Drawn.At(120, 0))];
        var gate = new Gate("gate", Drawn.At(100, 0), WeekHours.Never);
        ServicePoint[] desk = [new("desk", Drawn.At(0, 0), WeekHours.Always)];

        Assert.Equal(110, ReachIndex.Build(Drawn.Network(ways), WalkingProfile.Adult, house).Cover(desk, 900, Drawn.Noon).Seconds(0));
        Assert.Equal(619, ReachIndex.Build(Drawn.Network(ways, gate), WalkingProfile.Adult, house).Cover(desk, 900, Drawn.Noon).Seconds(0));
    }

    [Fact]
    public void Building_BesideTheStreet_JoinsTheEdgeAndNotACorner()
    {
        var index = ReachIndex.Build(Drawn.Network([(Drawn.At(0, 0), Drawn.At(500, 0))]), WalkingProfile.Adult, [new("house", Drawn.At(250, 33))]);

        var joint = Assert.Single(index.JointsOf(0));
        Assert.InRange(joint.StubMetres, 32.9, 33.1);
        Assert.InRange(Ground.Metres(joint.Place, Drawn.At(250, 0)), 0, 0.1);
        // 33 m to the street and 250 m along it.
        Assert.Equal(258, index.Cover(Desk, 600, Drawn.Noon).Seconds(0));
    }

    [Fact]
    public void Building_WithEntrances_IsReachedAtTheNearestOfThem()
    {
        Building[] house = [new("house", Drawn.At(250, 80), 1, [Drawn.At(100, 10), Drawn.At(400, 10)]), new("field", Drawn.At(0, 900))];
        var index = ReachIndex.Build(Drawn.Network([(Drawn.At(0, 0), Drawn.At(500, 0))]), WalkingProfile.Adult, house);

        Assert.Equal(100, index.Cover(Desk, 600, Drawn.Noon).Seconds(0));
        Assert.Equal([1], index.NotJoined);
        Assert.Equal(Standing.NotJoined, index.Cover(Desk, 600, Drawn.Noon).Of(1));
    }

    [Fact]
    public void Stairs_ForAWheelchair_AreNoWay()
    {
        var draft = new StreetDraft();
        draft.AddWay([Drawn.At(0, 0), Drawn.At(100, 0)], new(), "lane");
        draft.AddWay([Drawn.At(100, 0), Drawn.At(120, 0)], new(WayFlags.Steps | WayFlags.NoWheels), "steps");
        draft.AddWay([Drawn.At(120, 0), Drawn.At(500, 0)], new(), "lane");
        draft.AddWay([Drawn.At(100, 0), Drawn.At(110, 50), Drawn.At(120, 0)], new(Name: "ramp"), "ramp");
        var network = draft.Build();

        Assert.Equal(455, ReachIndex.Build(network, WalkingProfile.Adult, Houses).Cover(Desk, 900, Drawn.Noon).Seconds(0));
        var wheels = ReachIndex.Build(network, WalkingProfile.Wheelchair, Houses);
        Assert.Equal(832, wheels.Cover(Desk, 900, Drawn.Noon).Seconds(0));
        Assert.Contains(wheels.Path(0, Desk[0].Place, Drawn.Noon)!.Legs, l => l.Name == "ramp");
    }

    [Fact]
    public void Footpath_DrawnByHand_ShortensTheWay()
    {
        (GeoPoint, GeoPoint)[] ways = [(Drawn.At(0, 0), Drawn.At(0, 300)), (Drawn.At(0, 300), Drawn.At(100, 300)), (Drawn.At(100, 300), Drawn.At(100, 0))];
        Building[] house = [new("house", Drawn.At(0, 0))];
        ServicePoint[] desk = [new("desk", Drawn.At(100, 0), WeekHours.Always)];
        // Its ends stop short of the streets: they are joined.
        var path = new Footpath("cut", [Drawn.At(4, 110), Drawn.At(97, 110)]);

        Assert.Equal(637, ReachIndex.Build(Drawn.Network(ways), WalkingProfile.Adult, house).Cover(desk, 600, Drawn.Noon).Seconds(0));
        Assert.Equal(291, ReachIndex.Build(Drawn.Network(ways, path), WalkingProfile.Adult, house).Cover(desk, 600, Drawn.Noon).Seconds(0));
    }
}
