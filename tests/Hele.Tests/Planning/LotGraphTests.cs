using Hele.Planning.Partition;
using Hele.Planning.Reach;
using Hele.Planning.Streets;
using Hele.TestKit;
using Xunit;

namespace Hele.Tests.Planning;

/// <summary>Who is whose neighbour on foot.</summary>
public class LotGraphTests
{
    static Lot At(double east, double north, int compound = -1) => new($"{east},{north}", Drawn.At(east, north), 10, Compound: compound);

    static LotGraph Streets(IEnumerable<(GeoPoint, GeoPoint)> ways, Lot[] lots, LotTies? ties = null) => LotGraph.FromStreets(Drawn.Network(ways), WalkingProfile.Adult, lots, ties);

    [Fact]
    public void AlongOneStreet_OnlyTheNextIsANeighbour()
    {
        var graph = Streets([(Drawn.At(0, 0), Drawn.At(400, 0))], [At(50, 10), At(300, 10), At(150, -10)]);
        Assert.Equal([(0, 2), (1, 2)], graph.Edges.Select(e => (e.A, e.B)));
        Assert.Equal([120, 170], graph.Edges.Select(e => Math.Round(e.Metres)));
        // The shorter walk ties more.
        Assert.True(graph.Edges[0].Weight > graph.Edges[1].Weight);
        Assert.Equal(1, graph.Islands);
    }

    [Fact]
    public void AroundACrossing_WhoeverMeetsThereIsANeighbour()
    {
        var (west, east, north, middle) = (Drawn.At(-100, 0), Drawn.At(100, 0), Drawn.At(0, 100), Drawn.At(0, 0));
        var graph = Streets([(west, middle), (middle, east), (middle, north)], [At(-50, 5), At(60, 5), At(5, 70)]);
        // The crossing belongs to the nearest, and the two others meet it on their way there.
        Assert.Equal([(0, 1), (0, 2)], graph.Edges.Select(e => (e.A, e.B)));
    }

    [Fact]
    public void WhatNoStreetReaches_IsAnIsland_AndNothingIsJoinedThatIsnt()
    {
        var graph = Streets([(Drawn.At(0, 0), Drawn.At(200, 0)), (Drawn.At(0, 150), Drawn.At(200, 150))], [At(50, 5), At(150, 5), At(50, 145), At(100, 900)]);
        Assert.Equal([(0, 1)], graph.Edges.Select(e => (e.A, e.B)));
        Assert.Equal([0, 0, 1, 2], graph.Island);
        Assert.Equal([3], graph.NotJoined);
    }

    [Fact]
    public void InsideACompound_OneWalksWithoutAStreet_ButNotPastAThird()
    {
        var graph = Streets([(Drawn.At(0, 0), Drawn.At(300, 0))], [At(10, 5, 7), At(10, 60, 7), At(10, 120, 7), At(200, 400, 7)], new() { JoinMetres = 30 });
        Assert.Equal([(0, 1), (1, 2)], graph.Edges.Select(e => (e.A, e.B)));
        // Too far for a path that no map knows.
        Assert.Equal(2, graph.Islands);
        var stranger = Streets([(Drawn.At(0, 0), Drawn.At(300, 0))], [At(10, 5, 7), At(65, 5, 8)], new() { JoinMetres = 30 });
        Assert.True(graph.Edges[0].Weight > 4 * stranger.Edges[0].Weight);
    }

    [Fact]
    public void BigRoadsAndDividers_LieBetween_WhereTheLineCrossesThem()
    {
        var draft = new StreetDraft();
        draft.AddWay([Drawn.At(0, 0), Drawn.At(200, 0), Drawn.At(400, 0)], new(), "lane");
        draft.AddWay([Drawn.At(200, 0), Drawn.At(200, 200)], new(WayFlags.BigRoad), "avenue");
        draft.AddWay([Drawn.At(200, 0), Drawn.At(200, -200)], new(WayFlags.BigRoad), "avenue");
        var network = draft.Build(new() { IslandMetres = 0 });
        Lot[] lots = [At(100, 10), At(190, 60), At(210, 60), At(300, 10)];
        var graph = LotGraph.FromStreets(network, WalkingProfile.Adult, lots);
        Assert.All(graph.Edges, e => Assert.Equal(e.A <= 1 && e.B >= 2, e.BigRoad));
        Assert.Contains(graph.Edges, e => e is { A: 1, B: 2 });
        var river = LotGraph.FromStreets(network, WalkingProfile.Adult, lots, new() { Dividers = [[Drawn.At(150, -50), Drawn.At(150, 200)]] });
        Assert.True(river.Edges.Single(e => e is { A: 0, B: 1 }).BigRoad);
        Assert.Throws<ArgumentException>(() => LotGraph.FromStreets(network, WalkingProfile.Adult, lots, new() { Dividers = [[new(double.NaN, 0), new(0, 0)]] }));
        var plan = Partitioner.Judge(graph, new() { Grids = 2 }, [0, 0, 1, 1]);
        Assert.Equal(0, plan.BigRoadsCrossed);
        Assert.True(Partitioner.Judge(graph, new() { Grids = 2 }, [0, 1, 1, 0]).BigRoadsCrossed > 0);
    }

    [Fact]
    public void GateThatIsShut_LetsNobodyThrough()
    {
        var draft = new StreetDraft();
        var gate = draft.Node(Drawn.At(100, 0));
        draft.AddWay([draft.Node(Drawn.At(0, 0)), gate, draft.Node(Drawn.At(200, 0))], new(), "lane");
        draft.SetBarrier(gate, WeekHours.Parse("06:00-22:00"));
        var network = draft.Build(new() { IslandMetres = 0 });
        Lot[] lots = [At(50, 5), At(150, 5)];
        Assert.Equal(1, LotGraph.FromStreets(network, WalkingProfile.Adult, lots).Islands);
        Assert.Equal(2, LotGraph.FromStreets(network, WalkingProfile.Adult, lots, new() { At = Drawn.Night }).Islands);
    }

    [Fact]
    public void BigRoads_AreSeenOnTheMap()
    {
        const string map = """
            <osm><node id="1" lat="34.75" lon="113.65"/><node id="2" lat="34.75" lon="113.66"/><node id="3" lat="34.76" lon="113.65"/><node id="4" lat="34.74" lon="113.65"/><node id="5" lat="34.74" lon="113.66"/>
            <way id="1"><nd ref="1"/><nd ref="2"/><tag k="highway" v="primary"/></way><way id="2"><nd ref="1"/><nd ref="3"/><tag k="highway" v="residential"/></way>
            <way id="3"><nd ref="1"/><nd ref="4"/><tag k="highway" v="footway"/></way><way id="4"><nd ref="4"/><nd ref="5"/><tag k="highway" v="secondary"/></way></osm>
            """;
        var network = StreetImport.Read(new MemoryStream(System.Text.Encoding.UTF8.GetBytes(map))).Network;
        Assert.Equal(2, Enumerable.Range(0, network.EdgeCount).Count(e => (network.FlagsOf(e) & WayFlags.BigRoad) != 0));
    }

    /// <summary>Every pair against a plain search: two lots are neighbours where a way between them meets no place that a third reaches earlier.</summary>
    [Theory, InlineData(1), InlineData(2), InlineData(3), InlineData(4), InlineData(5)]
    public void Neighbours_OfATown_AreInOnePieceWhereTheStreetsAre(int seed)
    {
        var (network, index, _) = Drawn.Town(seed, buildings: 60);
        var lots = index.Buildings.Select(b => new Lot(b.Id, b.Place, b.Households, Entrances: b.Entrances)).ToList();
        var graph = LotGraph.FromStreets(network, WalkingProfile.Adult, lots, new() { JoinMetres = 120, At = Drawn.Noon });
        var plain = new PlainReach(index, Drawn.Noon, [.. lots.Select(l => l.Place)]);
        for (var a = 0; a < lots.Count; a++)
        {
            // A walk leads from a lot to another exactly where neighbours lead there.
            var row = plain.Row(plain.Points[a]);
            if (plain.Points[a] < 0 || lots[a].Entrances is { Count: > 0 })
                continue;
            for (var b = 0; b < lots.Count; b++)
                if (row[b] >= 0 && b != a)
                    Assert.Equal(graph.Island[a], graph.Island[b]);
        }
        Assert.Equal(index.NotJoined, graph.NotJoined);
        Assert.All(graph.NotJoined, v => Assert.Empty(graph.Neighbours(v)));
    }
}
