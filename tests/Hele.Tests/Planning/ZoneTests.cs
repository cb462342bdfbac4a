using CsCheck;
using Hele.Planning.Reach;
using Hele.Planning.Streets;
using Xunit;

namespace Hele.Tests.Planning;

public class ZoneTests
{
    [Fact]
    public void Zone_OfALane_EndsWhereTheTimeDoes()
    {
        var index = ReachIndex.Build(Drawn.Network([(Drawn.At(0, 0), Drawn.At(500, 0))]), WalkingProfile.Adult, []);

        // 110 m to both sides of the middle, and a band of 30 m around it.
        var zone = index.ZoneOf([new("desk", Drawn.At(250, 0), WeekHours.Always)], 100, Drawn.Noon);

        var piece = Assert.Single(zone.Pieces);
        Assert.Empty(piece.Holes);
        Assert.Equal(piece.Outline[0], piece.Outline[^1]);
        foreach (var (east, north, inside) in new[] { (250, 0, true), (145, 0, true), (355, 0, true), (250, 28, true), (112, 0, true), (108, 0, false), (392, 0, false), (250, 32, false) })
            Assert.True(zone.Contains(Drawn.At(east, north)) == inside, $"{east}, {north}");
        Assert.StartsWith("""{"type":"MultiPolygon","coordinates":[[[[113.65""", zone.ToGeoJson());
    }

    [Fact]
    public void Zone_AroundABlock_HasAHole()
    {
        var index = ReachIndex.Build(Drawn.Network([(Drawn.At(0, 0), Drawn.At(200, 0)), (Drawn.At(200, 0), Drawn.At(200, 200)), (Drawn.At(200, 200), Drawn.At(0, 200)), (Drawn.At(0, 200), Drawn.At(0, 0))]),
            WalkingProfile.Adult, []);

        var zone = index.ZoneOf([new("desk", Drawn.At(0, 0), WeekHours.Always)], 900, Drawn.Noon);

        Assert.Single(Assert.Single(zone.Pieces).Holes);
        Assert.False(zone.Contains(Drawn.At(100, 100)));
        Assert.True(zone.Contains(Drawn.At(100, 10)));
    }

    [Fact]
    public void Zone_OfNobodyWhoAnswers_IsEmpty()
    {
        var index = ReachIndex.Build(Drawn.Network([(Drawn.At(0, 0), Drawn.At(500, 0))]), WalkingProfile.Adult, []);

        Assert.Empty(index.ZoneOf([new("desk", Drawn.At(250, 0), WeekHours.Never)], 600, Drawn.Noon).Pieces);
        Assert.Empty(index.ZoneOf([], 600, Drawn.Noon).Pieces);
        Assert.Single(index.ZoneOf([new("desk", Drawn.At(250, 0), WeekHours.Always)], 0, Drawn.Noon).Pieces);
    }

    [Fact]
    public void Zone_OfAnyTown_HoldsTheStreetsThatAreReached_AndNoneThatAreFar() => Gen.Select(Gen.Int[0, 100_000], Gen.Int[60, 600], Gen.Bool).Sample((seed, limit, through) =>
    {
        var (network, _, points) = Drawn.Town(seed);
        points = [.. points.Select(p => p with { Answers = WeekHours.Always })];
        // Houses at the street every few metres of every street: where they are covered, the zone is, and nowhere else.
        var profile = WalkingProfile.Adult with { Private = through ? PrivateWays.Always : PrivateWays.AtTheEnds };
        var places = new List<GeoPoint>();
        for (var e = 0; e < network.EdgeCount; e++)
            foreach (var (a, b) in network.Shape(e).Zip(network.Shape(e).Skip(1)))
                for (var i = 0; i <= 10; i++)
                    places.Add(new(a.Latitude + (b.Latitude - a.Latitude) * i / 10, a.Longitude + (b.Longitude - a.Longitude) * i / 10));
        var index = ReachIndex.Build(network, profile, [.. places.Select((p, i) => new Building($"{i}", p))], 120);
        var coverage = index.Cover(points, limit, Drawn.Noon);
        var covered = places.Where((_, b) => coverage.IsCovered(b)).ToList();
        var zone = index.ZoneOf(points, limit, Drawn.Noon, bandMetres: 20);
        foreach (var place in covered)
            Assert.True(zone.Contains(place), $"{place} is reached and lies outside");
        // A stretch of 15 m at most lies between two houses, or between the last house and the end of the reach.
        // A point so far from its street that the way there takes the whole limit has no stretch.
        var began = points.Select(p => index.Join(p.Place)).OfType<Joint>().Where(j => profile.Milliseconds(j.StubMillimetres) <= limit * 1000).Select(j => j.Place);
        foreach (var corner in zone.Pieces.SelectMany(p => p.Holes.Append(p.Outline)).SelectMany(r => r))
            Assert.InRange(covered.Concat(began).Min(p => Ground.Metres(p, corner)), 18, 20 + 15);
    }, iter: 40);
}
