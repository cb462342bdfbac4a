using CsCheck;
using Hele.Planning.Reach;
using Hele.Planning.Search;
using Hele.Planning.Streets;
using Xunit;

namespace Hele.Tests.Planning;

/// <summary>Every answer against a plain slow reference, on towns drawn by a seed.</summary>
public class ReachPropertyTests
{
    static readonly WeekMoment[] Hours = [Drawn.Noon, Drawn.Night, new(6, 13)];
    static readonly WalkingProfile[] Profiles = [WalkingProfile.Adult, WalkingProfile.Older, WalkingProfile.Wheelchair, WalkingProfile.Adult with { Private = PrivateWays.Always }, WalkingProfile.Adult with { Private = PrivateWays.AtTheEnds }, WalkingProfile.Wheelchair with { Private = PrivateWays.AtTheEnds }];
    static readonly Gen<(int Seed, int Hour, int Profile, int Limit)> Cases = Gen.Select(Gen.Int[0, 100_000], Gen.Int[0, 2], Gen.Int[0, 5], Gen.Int[0, 900]);

    static (StreetNetwork Network, ReachIndex Index, List<ServicePoint> Points, WeekMoment At, PlainReach Plain) Town((int Seed, int Hour, int Profile, int Limit) c)
    {
        var (network, index, points) = Drawn.Town(c.Seed, profile: Profiles[c.Profile]);
        return (network, index, points, Hours[c.Hour], new(index, Hours[c.Hour], [.. points.Select(p => p.Place)]));
    }

    [Fact]
    public void Coverage_OfAnyTown_IsThatOfTheReference() => Cases.Sample(c =>
    {
        var (_, index, points, at, plain) = Town(c);
        var rows = points.Select((p, i) => p.AnswersAt(at) ? plain.Row(plain.Points[i]) : null).ToArray();
        foreach (var (next, planned) in new[] { (true, false), (false, false), (true, true), (false, true) })
        {
            // With the hierarchy made, two passes over it answer; without, a search outward.
            if (planned)
                index.PrepareMatrix(at);
            var coverage = index.Cover(points, c.Limit, at, next);
            var households = 0L;
            for (var b = 0; b < index.Buildings.Count; b++)
            {
                int? best = null, point = null;
                for (var p = 0; p < rows.Length; p++)
                    if (rows[p] is { } row && row[b] >= 0 && !(row[b] >= best))
                        (best, point) = (row[b], p);
                if (!next && best > c.Limit * 1000)
                    (best, point) = (null, null);
                Assert.Equal((best, point), (coverage.Milliseconds(b), coverage.Point(b)));
                if (best <= c.Limit * 1000)
                    households += index.Buildings[b].Households;
            }
            Assert.Equal(households, coverage.CoveredHouseholds);
        }
    }, iter: 150);

    [Fact]
    public void Reach_OfAnyPoint_IsThatOfTheReference() => Cases.Sample(c =>
    {
        var (_, index, points, at, plain) = Town(c);
        var search = index.SearchAt(at);
        for (var p = 0; p < points.Count; p++)
        {
            if (index.Join(points[p].Place) is not { } joint)
                continue;
            var row = plain.Row(plain.Points[p]);
            var expected = row.Select((ms, b) => (b, ms)).Where(r => r.ms >= 0 && r.ms <= c.Limit * 1000);
            Assert.Equal(expected, search.Within(joint, c.Limit).ToArray().Select(r => (r.Building, r.Milliseconds)).Order());
        }
    }, iter: 150);

    [Fact]
    public void Matrix_OfAnyTown_IsThatOfTheReference_WithOneThreadAndWithFour() => Cases.Sample(c =>
    {
        var (_, index, points, at, plain) = Town(c);
        // More points than lanes: blocks that are full and one that isn't.
        var many = Enumerable.Range(0, 4).SelectMany(_ => points).Select(p => p.Place).ToList();
        var (one, four) = (index.Matrix(many, at), index.Matrix(many, at, threads: 4));
        var rows = plain.Points.Select(plain.Row).ToArray();
        for (var p = 0; p < many.Count; p++)
        {
            Assert.Equal(rows[p % points.Count], one.Row(p).ToArray());
            Assert.Equal(rows[p % points.Count], four.Row(p).ToArray());
        }
        index.Rows(many, at, (p, row) => Assert.Equal(rows[p % points.Count], row.ToArray()));
    }, iter: 100);

    /// <summary>Towns with more vertices than a contraction's core, so that both of its ways to find shortcuts are asked.</summary>
    [Fact]
    public void Matrix_OfALargerTown_IsThatOfTheReference_AndTheHierarchyHoldsNoArcThatItCouldDoWithout() => Gen.Select(Gen.Int[0, 100_000], Gen.Int[12, 36]).Sample((seed, side) =>
    {
        var (_, index, points) = Drawn.Town(seed, side, buildings: 60, points: 3);
        var plain = new PlainReach(index, Drawn.Noon, [.. points.Select(p => p.Place)]);
        var matrix = index.Matrix([.. points.Select(p => p.Place)], Drawn.Noon);
        for (var p = 0; p < points.Count; p++)
            Assert.Equal(plain.Row(plain.Points[p]), matrix.Row(p).ToArray());
        var contraction = Contraction.Of(index.At(Drawn.Noon).Graph);
        // Whoever is among the last 64 keeps arcs to whom no third of them lies between.
        for (var at = 0; at < 64; at++)
            for (var a = contraction.First[at]; a < contraction.First[at + 1]; a++)
                for (var b = contraction.First[at]; b < contraction.First[at + 1]; b++)
                    for (var c = contraction.First[contraction.Up[a].Head]; c < contraction.First[contraction.Up[a].Head + 1]; c++)
                        Assert.False(a != b && contraction.Up[c].Head == contraction.Up[b].Head && contraction.Up[a].Time + contraction.Up[c].Time <= contraction.Up[b].Time);
    }, iter: 20);

    [Fact]
    public void Path_OfAnyBuilding_TakesTheSecondsOfTheReference_AndHangsTogether() => Cases.Sample(c =>
    {
        var (_, index, points, at, plain) = Town(c);
        for (var p = 0; p < 2; p++)
        {
            var row = plain.Row(plain.Points[p]);
            for (var b = 0; b < index.Buildings.Count; b += 7)
            {
                var path = index.Path(b, points[p].Place, at);
                Assert.Equal(row[b], path?.Milliseconds ?? -1);
                if (path == null)
                    continue;
                Assert.Equal(path.Milliseconds, path.Legs.Sum(l => l.Milliseconds));
                var drawn = path.Line.Zip(path.Line.Skip(1), Ground.Metres).Sum();
                Assert.InRange(drawn, path.Metres - 0.5, path.Metres + 0.5);
                var house = index.Buildings[b];
                Assert.Contains(house.Entrances ?? [house.Place], d => Ground.Metres(d, path.Line[0]) < 0.02);
                Assert.InRange(Ground.Metres(points[p].Place, path.Line[^1]), 0, 0.02);
                Assert.True(path.Metres >= Ground.Metres(path.Line[0], path.Line[^1]) - 0.5);
            }
        }
    }, iter: 60);

    [Fact]
    public void Change_OfAnyPoint_GivesWhatAskingAnewGives() => Cases.Sample(c =>
    {
        var (_, index, points, at, _) = Town(c);
        var random = new Random(c.Seed);
        var standing = index.Stand(points, c.Limit, at);
        for (var edit = 0; edit < 12; edit++)
        {
            var point = random.Next(standing.Points.Count);
            var before = Enumerable.Range(0, index.Buildings.Count).Select(b => (standing.Milliseconds(b), standing.Point(b))).ToArray();
            var place = Drawn.At(random.Next(0, 600), random.Next(0, 600));
            var change = random.Next(6) switch
            {
                0 or 1 => standing.Move(point, place),
                2 => standing.Close(point),
                3 => standing.Reopen(point),
                4 => standing.Retime(point, random.Next(2) == 0 ? WeekHours.Always : WeekHours.Parse("08:00-11:00")!),
                _ => standing.Add(new($"n{edit}", place, WeekHours.Always)),
            };
            var anew = index.Cover(standing.Points, c.Limit, at);
            var changed = new List<int>();
            for (var b = 0; b < index.Buildings.Count; b++)
            {
                Assert.Equal(anew.IsCovered(b), standing.IsCovered(b));
                Assert.Equal(anew.IsCovered(b) ? (anew.Milliseconds(b), anew.Point(b)) : (null, null), (standing.Milliseconds(b), standing.Point(b)));
                if (before[b] != (standing.Milliseconds(b), standing.Point(b)))
                    changed.Add(b);
            }
            Assert.Equal(changed, change.Changed);
            Assert.Equal((anew.CoveredBuildings, anew.CoveredHouseholds), (change.CoveredBuildings, change.CoveredHouseholds));
            var only = Enumerable.Range(0, index.Buildings.Count).Where(b => standing.PointsOf(b) is [var (p, _)] && p == point).ToList();
            Assert.Equal(only, standing.OnlyBy(point));
        }
    }, iter: 100);

    [Fact]
    public void Try_OfAMove_LeavesEverythingAsItWas()
    {
        var (_, index, points) = Drawn.Town(5);
        points[0] = new("desk", Drawn.At(100, 100), WeekHours.Always);
        var standing = index.Stand(points, 300, Drawn.Noon);
        var before = Enumerable.Range(0, index.Buildings.Count).Select(standing.PointsOf).ToArray();

        var tried = standing.Try(0, Drawn.At(300, 300));

        Assert.NotEmpty(tried.Changed);
        Assert.Equal(before, Enumerable.Range(0, index.Buildings.Count).Select(standing.PointsOf));
        Assert.Equal(points[0].Place, standing.Points[0].Place);
    }

    [Fact]
    public void Distances_BetweenPlaces_AreSymmetricAndKeepTheTriangle() => Gen.Int[0, 100_000].Sample(seed =>
    {
        var (network, _, _) = Drawn.Town(seed);
        // Each place is a building and a point.
        var random = new Random(seed);
        var places = Enumerable.Range(0, 12).Select(_ => Drawn.At(random.Next(0, 600), random.Next(0, 600))).ToList();
        var index = ReachIndex.Build(network, WalkingProfile.Adult, [.. places.Select((p, i) => new Building($"{i}", p))]);
        var m = index.Matrix(places, Drawn.Noon);
        for (var a = 0; a < places.Count; a++)
        {
            for (var b = 0; b < places.Count; b++)
            {
                Assert.Equal(m[a, b], m[b, a]);
                for (var c = 0; c < places.Count; c++)
                    if (m[a, b] >= 0 && m[b, c] >= 0)
                        Assert.InRange(m[a, c], 0, m[a, b] + m[b, c]);
            }
        }
    }, iter: 60);

    [Fact]
    public void Coverage_WithALongerLimitAPointMoreOrAQuickerStep_LosesNobody() => Cases.Sample(c =>
    {
        var (network, index, points, at, _) = Town(c);
        var few = index.Cover(points[..^1], c.Limit, at);
        var more = index.Cover(points, c.Limit, at);
        var longer = index.Cover(points, c.Limit + 60, at);
        var quicker = ReachIndex.Build(network, index.Profile with { MillimetresPerSecond = index.Profile.MillimetresPerSecond + 300 }, index.Buildings, 120).Cover(points, c.Limit, at);
        for (var b = 0; b < index.Buildings.Count; b++)
        {
            Assert.True(!few.IsCovered(b) || more.IsCovered(b));
            Assert.True(!more.IsCovered(b) || longer.IsCovered(b) && quicker.IsCovered(b));
        }
    }, iter: 60);

    [Fact]
    public void Barrier_AcrossStreets_NeverShortensAWay() => Gen.Int[0, 100_000].Sample(seed =>
    {
        var random = new Random(seed);
        (GeoPoint, GeoPoint)[] ways = [.. Enumerable.Range(0, 5).SelectMany(i => Enumerable.Range(0, 4).SelectMany(j => new[]
        {
            (Drawn.At(j * 100, i * 100), Drawn.At(j * 100 + 100, i * 100)), (Drawn.At(i * 100, j * 100), Drawn.At(i * 100, j * 100 + 100)),
        }))];
        var barrier = new StreetBarrier("wall", [Drawn.At(random.Next(0, 400), random.Next(0, 400)), Drawn.At(random.Next(0, 400), random.Next(0, 400)), Drawn.At(random.Next(0, 400), random.Next(0, 400))]);
        var houses = Enumerable.Range(0, 30).Select(i => new Building($"{i}", Drawn.At(random.Next(0, 400), random.Next(0, 400)))).ToList();
        var desk = new[] { Drawn.At(random.Next(0, 400), random.Next(0, 400)) };
        var (free, barred) = (Drawn.Network(ways), Drawn.Network(ways, barrier));
        var (a, b) = (ReachIndex.Build(free, WalkingProfile.Adult, houses).Matrix(desk, Drawn.Noon), ReachIndex.Build(barred, WalkingProfile.Adult, houses).Matrix(desk, Drawn.Noon));
        for (var i = 0; i < houses.Count; i++)
            // Cutting an edge in two rounds its halves for themselves: a few milliseconds either way.
            Assert.True(b[0, i] < 0 || b[0, i] >= a[0, i] - 20, $"{a[0, i]} became {b[0, i]}");
    }, iter: 60);

    [Fact]
    public void Questions_FromManyThreads_GetTheSameAnswers()
    {
        var (_, index, points) = Drawn.Town(11, side: 15, buildings: 300, points: 20);
        var expected = index.Cover(points, 400, Drawn.Noon);

        Parallel.For(0, 64, new() { MaxDegreeOfParallelism = 8 }, i =>
        {
            var at = i % 2 == 0 ? Drawn.Noon : Drawn.Night;
            var answer = index.Cover(points, 400, at);
            if (i % 2 == 0)
                for (var b = 0; b < index.Buildings.Count; b++)
                    Assert.Equal((expected.Milliseconds(b), expected.Point(b)), (answer.Milliseconds(b), answer.Point(b)));
        });
    }

    [Fact]
    public void Work_ThatIsCancelled_Stops()
    {
        var (network, index, points) = Drawn.Town(3);
        using var source = new CancellationTokenSource();
        source.Cancel();

        Assert.ThrowsAny<OperationCanceledException>(() => ReachIndex.Build(network, WalkingProfile.Adult, index.Buildings, cancel: source.Token));
        Assert.ThrowsAny<OperationCanceledException>(() => index.Matrix([points[0].Place], Drawn.Noon, cancel: source.Token));
        Assert.ThrowsAny<OperationCanceledException>(() => index.PrepareMatrix(Drawn.Noon, cancel: source.Token));
        Assert.ThrowsAny<OperationCanceledException>(() => index.Stand(points, 300, Drawn.Noon, source.Token));
        Assert.ThrowsAny<OperationCanceledException>(() => index.ZoneOf([points[0] with { Answers = WeekHours.Always }], 300, Drawn.Noon, cancel: source.Token));
        // Who was cancelled left nothing half made.
        Assert.Equal(index.Buildings.Count, index.Matrix([points[0].Place], Drawn.Noon).Buildings);
    }

    [Fact]
    public async Task Work_ThatIsCancelledOnItsWay_Stops_AndTheIndexAnswersAsIfNothingHadBeen()
    {
        var (network, index, points) = Drawn.Town(3, side: 40, buildings: 3_000, points: 40);
        var places = points.Select(p => p.Place).ToList();
        points = [.. points.Select(p => p with { Answers = WeekHours.Always })];
        string Words(ReachIndex of)
        {
            var (coverage, matrix) = (of.Cover(points, 400, Drawn.Noon), of.Matrix(places, Drawn.Noon));
            return string.Join(' ', Enumerable.Range(0, of.Buildings.Count).Select(b => coverage.Milliseconds(b))) + ' ' + string.Join(' ', Enumerable.Range(0, matrix.Points).SelectMany(p => matrix.Row(p).ToArray()));
        }
        var expected = Words(ReachIndex.Build(network, index.Profile, index.Buildings, index.JoinMetres));

        Together.StopsWhenCancelled<double>((told, cancel) => ReachIndex.Build(network, index.Profile, index.Buildings, index.JoinMetres, told, cancel), t => t is > 0 and < 1);
        Together.StopsWhenCancelled<double>((told, cancel) =>
        {
            index.PrepareMatrix(Drawn.Noon, told, cancel);
            return index;
        }, t => t is > 0 and < 1);
        Assert.Null(index.At(Drawn.Noon).Planned);
        // Asked by two at once, of whom the one who works is cancelled: the other gets it all the same.
        using var leave = new CancellationTokenSource();
        Task<ReachMatrix>? other = null;
        Assert.Throws<OperationCanceledException>(() => index.PrepareMatrix(Drawn.Noon, new Told<double>(_ =>
        {
            other ??= Task.Run(() => index.Matrix(places, Drawn.Noon));
            leave.Cancel();
        }), leave.Token));
        Assert.Equal(places.Count, (await other!).Points);

        foreach (var threads in new[] { 1, 4 })
        {
            using var matrix = new CancellationTokenSource();
            Assert.Throws<OperationCanceledException>(() => index.Matrix(places, Drawn.Noon, threads, new Told<double>(_ => matrix.Cancel()), matrix.Token));
        }
        using var row = new CancellationTokenSource();
        var rows = 0;
        Assert.Throws<OperationCanceledException>(() => index.Rows(places, Drawn.Noon, (_, _) =>
        {
            rows++;
            row.Cancel();
        }, cancel: row.Token));
        Assert.InRange(rows, 1, Sweep.Lanes);
        Assert.Equal(expected, Words(index));
    }

    [Fact]
    public void Coverage_ThatIsCancelledOnItsWay_Stops_WithTheHierarchyMadeAndWithout()
    {
        var (_, index, points) = Drawn.Town(11, side: 15, buildings: 300, points: 20);
        points = [.. points.Select(p => p with { Answers = WeekHours.Always })];
        var expected = index.Cover(points, 400, Drawn.Noon).CoveredHouseholds;
        foreach (var planned in new[] { false, true })
        {
            if (planned)
                index.PrepareMatrix(Drawn.Noon);
            using var cancel = new CancellationTokenSource();
            var watched = new Watched<ServicePoint>(points, p =>
            {
                if (p == points.Count - 1)
                    cancel.Cancel();
            });
            Assert.Throws<OperationCanceledException>(() => index.Cover(watched, 400, Drawn.Noon, cancel: cancel.Token));
            Assert.Throws<OperationCanceledException>(() => index.ZoneOf(watched, 400, Drawn.Noon, cancel: cancel.Token));
            Assert.Equal(expected, index.Cover(points, 400, Drawn.Noon).CoveredHouseholds);
        }
    }

    /// <summary>While a search is far out: who gave it up has the scratch ready for the next.</summary>
    [Fact]
    public void Search_ThatIsCancelledFarOut_LeavesItsScratchAsItWas()
    {
        var draft = new StreetDraft();
        const int side = 300;
        var node = Enumerable.Range(0, side * side).Select(i => draft.Node(i + 1, Drawn.At(i % side * 60, i / side * 60))).ToArray();
        for (var i = 0; i < node.Length; i++)
        {
            if (i % side > 0)
                draft.AddWay([node[i - 1], node[i]], new(), "");
            if (i >= side)
                draft.AddWay([node[i - side], node[i]], new(), "");
        }
        var index = ReachIndex.Build(draft.Build(), WalkingProfile.Adult, [new("near", Drawn.At(75, 10)), new("far", Drawn.At(side * 60 - 75, side * 60 - 70))]);
        var search = index.SearchAt(Drawn.Noon);
        var joint = index.Join(Drawn.At(100, 0))!.Value;
        var ready = index.At(Drawn.Noon);
        var near = ready.Lend();
        ready.Seed(near, joint.Hook, 0);
        // A search looks at its token every 65,536 vertices.
        Assert.Throws<OperationCanceledException>(() => near.Run(cancel: new(true)));
        Assert.InRange(near.Reached.Length, 65_536, side * side - 1);
        ready.GiveBack(near);
        Assert.Same(near, ready.Lend());
        Assert.Equal(0, near.Reached.Length);
        ready.GiveBack(near);
        Assert.Throws<OperationCanceledException>(() => search.Within(joint, 100_000, new(true)).Length);
        Assert.Equal([0], search.Within(joint, 60).ToArray().Select(r => r.Building));
        var all = search.Within(joint, 100_000).ToArray().OrderBy(r => r.Building).ToList();
        Assert.Equal([0, 1], all.Select(r => r.Building));
        var coverage = index.Cover([new("p", joint.From, WeekHours.Always)], 60, Drawn.Noon);
        Assert.Equal(all.Select(r => (int?)r.Milliseconds), [coverage.Milliseconds(0), coverage.Milliseconds(1)]);
    }

    [Fact]
    public void Progress_OfPreparing_RisesToOne()
    {
        var (_, index, _) = Drawn.Town(3, side: 40);
        var parts = new List<double>();

        index.PrepareMatrix(Drawn.Noon, new Told<double>(parts.Add));

        Assert.Equal(parts.Order(), parts);
        Assert.Equal(1, parts[^1]);
        Assert.True(parts.Count > 1);
    }

    [Fact]
    public void Search_WithALimit_TouchesNothingBeyondIt()
    {
        var (_, index, _) = Drawn.Town(2, side: 40);
        var search = new NearSearch(index.At(Drawn.Noon).Graph);
        search.Seed(index.Network.VertexCount / 2, 0);
        search.Run(200_000);

        Assert.InRange(search.Reached.Length, 3, 60);
        Assert.InRange(search.Settled, search.Reached.Length, 2 * search.Reached.Length);
        foreach (var v in search.Reached)
            Assert.InRange(search.Time(v), 0, 200_000);
        search.Clear();
        Assert.Equal(WalkGraph.Never, search.Time(index.Network.VertexCount / 2));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(100_001)]
    public void Limit_OutOfRange_IsRefused(int limit)
    {
        var (_, index, points) = Drawn.Town(3);
        Assert.Throws<ArgumentOutOfRangeException>(() => index.Cover(points, limit, Drawn.Noon));
    }
}
