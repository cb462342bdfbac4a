using CsCheck;
using Hele.Planning.Placement;
using Hele.TestKit;
using Hele.TestKit.Planning;
using Xunit;
using Answer = Hele.Planning.Placement.Placement;

namespace Hele.Tests.Planning.Placement;

public class CentreTests
{
    [Fact]
    public void Sites_OfAnyFew_AreTheBestOfAll() => Gen.Int[0, 1_000_000].Sample(seed =>
    {
        var p = SmallSites.Draw(seed, capacities: false);
        var best = SmallSites.Choices(p.Choice).Select(o => SmallSites.Centre(p, o)).Min();

        var answer = Centres.Solve(p);

        var check = CentreProof.Check(p, answer);
        Assert.Empty(check.Faults);
        Assert.Equal(best, answer.Best?.Value);
        Assert.True(answer.IsProven);
        Assert.Equal(best, check.Value);
        Assert.Equal(answer.Bound, check.Bound);
        Assert.All(answer.Alternatives, a => Assert.True(SmallSites.Centre(p, [.. a.Open]) == a.Value && a.Value <= best * 1.01));
    }, iter: 600);

    [Fact]
    public void OneSiteMore_NeverPutsAnybodyFarther()
    {
        var before = long.MaxValue;
        for (var most = 1; most <= 12; most++)
        {
            var answer = Centres.Solve(MedianTests.Square(3, 80, 40, most));
            Assert.True(answer.IsProven);
            Assert.True(answer.Best!.Value <= before);
            before = answer.Best.Value;
        }
    }

    static string Words(Answer a) => $"{a.Bound} {string.Join('|', a.Alternatives.Prepend(a.Best!).Select(s => $"{s.Value}: {string.Join(' ', s.Open)}"))} {string.Join(' ', a.Proof.Nodes)} {string.Join(' ', a.Proof.Multipliers.SelectMany(r => r))}";

    [Fact]
    public void TheSameSeed_GivesTheSameAnswer_OnAnyThread()
    {
        var p = MedianTests.Scattered();
        Together.Agree(() => Words(Centres.Solve(p, new() { Seed = 9, Effort = 1 })));
    }

    [Fact]
    public void Stopped_TellsTheBestSoFar_AndABoundThatHolds()
    {
        var p = MedianTests.Square(7, 150, 100, 9);
        using var enough = new CancellationTokenSource();
        enough.Cancel();
        var answer = Centres.Solve(p, new() { Enough = enough.Token });
        Assert.False(answer.IsProven);
        Assert.InRange(answer.Gap, 0.001, 0.999);
        Assert.Empty(CentreProof.Check(p, answer).Faults);
        Assert.True(Centres.Solve(p).Best!.Value < answer.Best!.Value);
    }

    [Fact]
    public void CancelledOnItsWay_Throws_AndTheProblemIsAnsweredAfterwardsAsIfNothingHadBeen()
    {
        var p = MedianTests.Scattered();
        Together.StopsWhenCancelled<PlacementProgress>((told, cancel) => Centres.Solve(p, null, told, cancel), t => t.Value > 0);
        Together.StopsWhenCancelled<PlacementProgress>((told, cancel) => Centres.Solve(p, null, told, cancel), t => t.Branches > 0 && t.Bound < t.Value);
        Assert.Equal(Words(Centres.Solve(MedianTests.Scattered(), new() { Effort = 2 })), Words(Centres.Solve(p, new() { Effort = 2 })));
    }

    [Fact]
    public void AProofThatWasTamperedWith_IsNotBelieved()
    {
        // Drawn without any geometry, so that prices alone don't prove it.
        var random = new Random(23);
        var costs = new int[60, 30];
        for (var j = 0; j < 60; j++)
            for (var i = 0; i < 30; i++)
                costs[j, i] = random.Next(1000);
        var p = new DistanceProblem { Costs = costs, Choice = new() { Sites = 30, Most = 5 } };
        var answer = Centres.Solve(p, new() { Within = 0.2 });
        Assert.True(answer.IsProven && answer.Proof.Nodes.Count > 20, "the example needs a tree");
        Assert.Empty(CentreProof.Check(p, answer).Faults);
        Assert.NotEmpty(answer.Alternatives);
        var (nodes, rows) = (answer.Proof.Nodes, answer.Proof.Multipliers);
        void Caught(Answer forged) => Assert.NotEmpty(CentreProof.Check(p, forged).Faults);
        Answer With(IEnumerable<ProofNode> changed) => answer with { Proof = answer.Proof with { Nodes = [.. changed] } };

        Caught(answer with { Best = answer.Best! with { Value = answer.Best.Value - 1 } });
        Caught(answer with { Best = answer.Best! with { Open = [.. answer.Best.Open.Skip(1)] } });
        Caught(answer with { Best = answer.Best! with { Open = [.. answer.Best.Open, .. Enumerable.Range(0, 30).Except(answer.Best.Open).Take(1)] } });
        Caught(answer with { Best = null });
        Caught(answer with { Bound = answer.Bound + 1 });
        Caught(answer with { IsProven = false });
        Caught(answer with { Alternatives = [answer.Best!] });
        Caught(answer with { Alternatives = [answer.Alternatives[0] with { Value = answer.Alternatives[0].Value + 1 }] });
        Caught(With([]));
        Caught(With([new(-1, 0, 0)]));
        Caught(With(nodes.Append(new(-1, 0, 0))));
        Caught(With(nodes.Select((n, k) => k == 0 ? n with { IfOpen = n.IfClosed } : n)));
        Caught(With(nodes.Select((n, k) => k == 0 ? n with { IfOpen = 0 } : n)));
        Caught(With(nodes.Select((n, k) => k == 0 ? n with { Site = 30 } : n)));
        Caught(answer with { Proof = answer.Proof with { Multipliers = [.. rows.Select(r => r.Skip(1).ToList())] } });
        Caught(answer with { Proof = answer.Proof with { Multipliers = [.. rows.Select(r => r.Select(_ => 0L).ToList())] } });
        Caught(answer with { Proof = answer.Proof with { Multipliers = [.. rows.Select(r => r.Select(v => -v).ToList())] } });
    }

    [Fact]
    public void NoAnswer_IsProven_AndCapacitiesAreRefused()
    {
        var u = DistanceProblem.Unreachable;
        var p = new DistanceProblem { Costs = new[,] { { 1, u, u }, { u, 2, u }, { u, u, 3 } }, Choice = new() { Sites = 3, Most = 2 } };
        var answer = Centres.Solve(p);
        Assert.True(answer is { Best: null, IsProven: true, Bound: 4 });
        Assert.Empty(CentreProof.Check(p, answer).Faults);
        Assert.NotEmpty(CentreProof.Check(p, answer with { Bound = 3 }).Faults);
        Assert.Equal(2, Centres.Solve(p with { Weights = [1, 1, 0] }).Best!.Value);
        Assert.Equal(2, Centres.Solve(p with { Choice = p.Choice with { Forbidden = [2] } }).Best!.Value);
        Assert.Equal(0, Centres.Solve(p with { Weights = [0, 0, 0] }).Best!.Value);
        Assert.Contains("capacities", Assert.Throws<ArgumentException>(() => Centres.Solve(p with { Choice = p.Choice with { Capacities = [1, 1, 1] } })).Message);
        Assert.Throws<ArgumentException>(() => Centres.Solve(p with { Choice = p.Choice with { Most = -1 } }));
    }

    /// <summary>Each proven by its tree, which the checker recomputes.</summary>
    [Theory]
    [InlineData(1, 127)]
    [InlineData(2, 98)]
    [InlineData(3, 93)]
    [InlineData(4, 74)]
    [InlineData(5, 48)]
    [InlineData(8, 55)]
    [InlineData(12, 51)]
    public void PublishedInstances_AreProven(int number, int optimum)
    {
        var folder = TestRun.OutsideData("pmed");
        Assert.SkipUnless(folder != null, "pmed is not in HELE_TEST_DATA");
        var p = Pmed.Read(Path.Combine(folder, $"pmed{number}.txt"));
        var answer = Centres.Solve(p);
        Assert.Equal(optimum, answer.Best!.Value);
        Assert.True(answer.IsProven);
        Assert.Empty(CentreProof.Check(p, answer).Faults);
    }
}
