using CsCheck;
using Hele.Planning.Placement;
using Hele.TestKit;
using Hele.TestKit.Planning;
using Xunit;

namespace Hele.Tests.Planning.Placement;

public class MedianTests
{
    static void IsTheBestOfAll(DistanceProblem p, PlacementOptions? options = null)
    {
        var best = SmallSites.Choices(p.Choice).Select(o => SmallSites.Median(p, o)).Min();

        var answer = Medians.Solve(p, options);

        var check = MedianProof.Check(p, answer);
        Assert.Empty(check.Faults);
        Assert.Equal(best, answer.Best?.Value);
        Assert.True(answer.IsProven);
        Assert.Equal(best, check.Value);
        if (best != null)
            Assert.Equal(best, check.Bound);
        Assert.All(answer.Alternatives, a => Assert.True(SmallSites.Median(p, [.. a.Open]) == a.Value && a.Value <= best * 1.01));
    }

    [Fact]
    public void Sites_OfAnyFew_AreTheBestOfAll() => Gen.Int[0, 1_000_000].Sample(seed => IsTheBestOfAll(SmallSites.Draw(seed, capacities: false)), iter: 600);

    [Fact]
    public void SitesWithRoomForSomeOnly_OfAnyFew_AreTheBestOfAll() => Gen.Int[0, 1_000_000].Sample(seed => IsTheBestOfAll(SmallSites.Draw(seed, capacities: true, most: 7)), iter: 300);

    /// <summary>People and sites in a square.</summary>
    public static DistanceProblem Square(int seed, int customers, int sites, int most, bool roomy = true)
    {
        var random = new Random(seed);
        var (who, where) = (Enumerable.Range(0, customers).Select(_ => (random.Next(1000), random.Next(1000))).ToArray(), Enumerable.Range(0, sites).Select(_ => (random.Next(1000), random.Next(1000))).ToArray());
        var costs = new int[customers, sites];
        for (var j = 0; j < customers; j++)
            for (var i = 0; i < sites; i++)
                costs[j, i] = Math.Abs(who[j].Item1 - where[i].Item1) + Math.Abs(who[j].Item2 - where[i].Item2);
        var weights = Enumerable.Range(0, customers).Select(_ => (long)random.Next(1, 30)).ToArray();
        return new() { Costs = costs, Weights = weights, Choice = new() { Sites = sites, Most = most, Capacities = roomy ? null : [.. Enumerable.Range(0, sites).Select(_ => weights.Sum() * random.Next(9, 20) / 10 / most)] } };
    }

    /// <summary>Costs drawn without any geometry, so that prices alone don't prove it.</summary>
    public static DistanceProblem Scattered(bool roomy = true)
    {
        var random = new Random(23);
        var costs = new int[150, 50];
        for (var j = 0; j < 150; j++)
            for (var i = 0; i < 50; i++)
                costs[j, i] = random.Next(1000);
        return new() { Costs = costs, Choice = new() { Sites = 50, Most = 8, Capacities = roomy ? null : [.. Enumerable.Range(0, 50).Select(_ => (long)random.Next(15, 30))] } };
    }

    [Fact]
    public void OneSiteMore_NeverCostsMore()
    {
        var before = long.MaxValue;
        for (var most = 1; most <= 12; most++)
        {
            var answer = Medians.Solve(Square(3, 80, 40, most));
            Assert.True(answer.IsProven);
            Assert.True(answer.Best!.Value < before);
            before = answer.Best.Value;
        }
    }

    static string Words(Hele.Planning.Placement.Placement a) => $"{a.Bound} {string.Join('|', a.Alternatives.Prepend(a.Best!).Select(s => $"{s.Value}: {string.Join(' ', s.Open)}"))} {string.Join(' ', a.Proof.Nodes)} {string.Join(' ', a.Proof.Multipliers.SelectMany(r => r))}";

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void TheSameSeed_GivesTheSameAnswer_OnAnyThread(bool roomy)
    {
        var p = Scattered(roomy);
        Together.Agree(() => Words(Medians.Solve(p, new() { Seed = 9, Effort = 1 })));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Stopped_TellsTheBestSoFar_AndABoundThatHolds(bool roomy)
    {
        var p = Square(7, 150, 100, 9, roomy);
        using var enough = new CancellationTokenSource();
        enough.Cancel();
        var answer = Medians.Solve(p, new() { Enough = enough.Token });
        Assert.False(answer.IsProven);
        Assert.InRange(answer.Gap, 0.001, 0.999);
        Assert.Empty(MedianProof.Check(p, answer).Faults);

        using var later = new CancellationTokenSource();
        var told = new List<PlacementProgress>();
        var better = Medians.Solve(p, new() { Enough = later.Token }, new Told<PlacementProgress>(x =>
        {
            told.Add(x);
            if (x.Bound > 0)
                later.Cancel();
        }));
        Assert.NotEmpty(told);
        Assert.Empty(MedianProof.Check(p, better).Faults);
        Assert.True(better.Best!.Value <= answer.Best!.Value && better.Bound >= answer.Bound);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void CancelledOnItsWay_Throws_AndTheProblemIsAnsweredAfterwardsAsIfNothingHadBeen(bool roomy)
    {
        var p = Scattered(roomy);
        Together.StopsWhenCancelled<PlacementProgress>((told, cancel) => Medians.Solve(p, null, told, cancel), _ => true);
        Together.StopsWhenCancelled<PlacementProgress>((told, cancel) => Medians.Solve(p, null, told, cancel), t => t.Bound > 0);
        Together.StopsWhenCancelled<PlacementProgress>((told, cancel) => Medians.Solve(p, null, told, cancel), t => t.Branches > 0);
        Assert.Equal(Words(Medians.Solve(Scattered(roomy), new() { Effort = 1 })), Words(Medians.Solve(p, new() { Effort = 1 })));
    }

    [Fact]
    public void RoomForSomeOnly_LeavesAGapThatIsStated()
    {
        var p = Square(11, 60, 25, 6, roomy: false);
        var answer = Medians.Solve(p, new() { Effort = 3 });
        Assert.Empty(MedianProof.Check(p, answer).Faults);
        Assert.InRange(answer.Gap, 0, 0.05);
        Assert.True(answer.Best!.Value >= Medians.Solve(p with { Choice = p.Choice with { Capacities = null } }).Best!.Value);
    }

    [Fact]
    public void Alternatives_AreOthersNearlyAsGood()
    {
        var p = Square(13, 200, 80, 10);
        var answer = Medians.Solve(p, new() { Alternatives = 6, Within = 0.02 });
        Assert.Equal(6, answer.Alternatives.Count);
        Assert.All(answer.Alternatives, a => Assert.InRange(a.Value, answer.Best!.Value, (long)(answer.Best.Value * 1.02)));
        Assert.Empty(MedianProof.Check(p, answer).Faults);
        Assert.Empty(Medians.Solve(p, new() { Alternatives = 0 }).Alternatives);
    }

    [Fact]
    public void AProofThatWasTamperedWith_IsNotBelieved()
    {
        // Drawn without any geometry, so that prices alone don't prove it.
        var random = new Random(17);
        var costs = new int[70, 40];
        for (var j = 0; j < 70; j++)
            for (var i = 0; i < 40; i++)
                costs[j, i] = random.Next(1000);
        var p = new DistanceProblem { Costs = costs, Choice = new() { Sites = 40, Most = 3 } };
        var answer = Medians.Solve(p, new() { Within = 1 });
        Assert.True(answer.IsProven && answer.Proof.Nodes.Count > 20, "the example needs a tree");
        Assert.Empty(MedianProof.Check(p, answer).Faults);
        var (nodes, rows) = (answer.Proof.Nodes, answer.Proof.Multipliers);
        void Caught(Hele.Planning.Placement.Placement forged) => Assert.NotEmpty(MedianProof.Check(p, forged).Faults);
        Hele.Planning.Placement.Placement With(IEnumerable<ProofNode> changed) => answer with { Proof = answer.Proof with { Nodes = [.. changed] } };

        Caught(answer with { Best = answer.Best! with { Value = answer.Best.Value - 1 } });
        Caught(answer with { Best = answer.Best! with { Open = [.. answer.Best.Open.Skip(1)] } });
        Caught(answer with { Best = answer.Best! with { Open = [.. answer.Best.Open, .. Enumerable.Range(0, 40).Except(answer.Best.Open).Take(1)] } });
        Caught(answer with { Best = null });
        Caught(answer with { Bound = answer.Bound + 1 });
        Caught(answer with { IsProven = false });
        Caught(answer with { Alternatives = [answer.Best!] });
        Caught(answer with { Alternatives = [answer.Alternatives[0] with { Value = answer.Alternatives[0].Value + 1 }] });
        Caught(With([]));
        Caught(With([new(-1, 0, 0)]));
        Caught(With([new(-1, -1, 0)]));
        Caught(With(nodes.Append(new(-1, 0, 0))));
        Caught(With(nodes.Select((n, k) => k == 0 ? n with { IfOpen = n.IfClosed } : n)));
        Caught(With(nodes.Select((n, k) => k == 0 ? n with { IfOpen = 0 } : n)));
        Caught(With(nodes.Select((n, k) => k == 0 ? n with { IfOpen = nodes.Count } : n)));
        Caught(With(nodes.Select((n, k) => k == 0 ? n with { Site = 40 } : n)));
        Caught(With(nodes.Select((n, k) => k == nodes.Count - 1 ? n with { IfOpen = rows.Count } : n)));
        Caught(answer with { Proof = answer.Proof with { Scale = 0 } });
        Caught(answer with { Proof = answer.Proof with { Scale = answer.Proof.Scale * 2 } });
        Caught(answer with { Proof = answer.Proof with { Multipliers = [.. rows.Select(r => r.Skip(1).ToList())] } });
        Caught(answer with { Proof = answer.Proof with { Multipliers = [.. rows.Select(r => r.Select((v, j) => j % 2 == 0 ? v * 3 / 2 : v).ToList())] } });
        for (var k = 0; k < nodes.Count; k++)
            if (nodes[k].IsLeaf)
                Caught(With(nodes.Select((n, at) => at == k ? n with { IfOpen = -1 } : n)));
    }

    [Fact]
    public void NoAnswer_IsProven()
    {
        var u = DistanceProblem.Unreachable;
        // Three customers, each reached by a site of their own: two sites are too few.
        var p = new DistanceProblem { Costs = new[,] { { 1, u, u }, { u, 1, u }, { u, u, 1 } }, Choice = new() { Sites = 3, Most = 2 } };
        var answer = Medians.Solve(p);
        Assert.True(answer is { Best: null, IsProven: true, Bound: 4 });
        Assert.Empty(MedianProof.Check(p, answer).Faults);
        Assert.NotEmpty(MedianProof.Check(p, answer with { Proof = new([new(-1, 0, 0)], [new long[3]], 1) }).Faults);
        Assert.True(Medians.Solve(p with { Choice = p.Choice with { Fixed = [0, 1, 2] } }) is { Best: null, IsProven: true });
        // Whom no allowed site reaches is told, and left out.
        p = p with { Choice = p.Choice with { Forbidden = [2] } };
        Assert.Equal([2], p.BeyondReach());
        Assert.Equal(2, Medians.Solve(p).Best!.Value);
        Assert.Equal([0, 1], Medians.Solve(p).Best!.Open);
    }

    [Fact]
    public void NothingToDo_IsDone()
    {
        Assert.Equal(0, Medians.Solve(new() { Costs = new int[0, 0], Choice = new() { Sites = 0 } }).Best!.Value);
        Assert.Equal([1], Medians.Solve(new() { Costs = new int[0, 3], Choice = new() { Sites = 3, Fixed = [1] } }).Best!.Open);
        Assert.Equal(0, Medians.Solve(new() { Costs = new[,] { { 5 } }, Weights = [0], Choice = new() { Sites = 1 } }).Best!.Value);
        Assert.Equal([0], Medians.Solve(new() { Costs = new[,] { { 5, 5 } }, Choice = new() { Sites = 2 } }).Best!.Open);
    }

    [Fact]
    public void AMalformedProblem_IsRefused()
    {
        var p = new DistanceProblem { Costs = new[,] { { 1, 2 }, { 3, 4 } }, Choice = new() { Sites = 2, Most = 1 } };
        void Refused(DistanceProblem problem, string words) => Assert.Contains(words, Assert.Throws<ArgumentException>(() => Medians.Solve(problem)).Message);
        Refused(p with { Choice = p.Choice with { Sites = 3 } }, "columns");
        Refused(p with { Weights = [1] }, "weights");
        Refused(p with { Weights = [1, -1] }, "customer 1");
        Refused(p with { Costs = new[,] { { 1, 2 }, { 3, -2 } } }, "customer 1 at site 1");
        Refused(p with { Costs = new[,] { { 1_000_000_000, 2 }, { 3, 1 } }, Weights = [1_000_000, 1] }, "more than");
        Refused(p with { Choice = p.Choice with { Costs = [1] } }, "sites cost");
        Refused(p with { Choice = p.Choice with { Costs = [1, -1] } }, "sites cost");
        Refused(p with { Choice = p.Choice with { Capacities = [1, -1] } }, "Capacities");
        Refused(p with { Choice = p.Choice with { Fixed = [2] } }, "isn't one of");
        Refused(p with { Choice = p.Choice with { Forbidden = [-1] } }, "isn't one of");
        Refused(p with { Choice = p.Choice with { Fixed = [1], Forbidden = [1] } }, "fixed and forbidden");
        Refused(p with { Choice = p.Choice with { Most = -1 } }, "limit");
        Refused(p with { Choice = p.Choice with { Budget = -1 } }, "limit");
        Assert.Throws<ArgumentException>(() => Medians.Solve(p, new() { Effort = 0 }));
        Assert.Throws<ArgumentException>(() => Medians.Solve(p, new() { Alternatives = 21 }));
        Assert.Throws<ArgumentException>(() => Medians.Solve(p, new() { Within = double.NaN }));
    }

    [Fact]
    public void PublishedInstances_ReachTheKnownOptimum()
    {
        var folder = TestRun.OutsideData("pmed");
        Assert.SkipUnless(folder != null, "pmed is not in HELE_TEST_DATA");
        foreach (var k in new[] { 1, 2, 3, 4, 5, 8, 13, 19, 33 })
        {
            var p = Pmed.Read(Path.Combine(folder, $"pmed{k}.txt"));
            var answer = Medians.Solve(p);
            Assert.Equal(Pmed.Optima[k - 1], answer.Best!.Value);
            Assert.True(answer.IsProven);
            Assert.Empty(MedianProof.Check(p, answer).Faults);
        }
    }
}
