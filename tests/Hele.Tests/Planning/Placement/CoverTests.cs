using CsCheck;
using Hele.Planning.Placement;
using Hele.TestKit.Planning;
using Xunit;

namespace Hele.Tests.Planning.Placement;

public class CoverTests
{
    /// <summary>A small problem of any kind. Covering all with a number of sites is asked only where all cost the same.</summary>
    static CoverProblem Draw(int seed, bool most, bool capacities = false)
    {
        var random = new Random(seed);
        var (sites, customers) = (random.Next(1, capacities ? 7 : 10), random.Next(1, capacities ? 10 : 16));
        var weights = Enumerable.Range(0, customers).Select(_ => (long)random.Next(9)).ToArray();
        var costs = random.Next(2) == 0 ? null : Enumerable.Range(0, sites).Select(_ => (long)random.Next(8)).ToArray();
        var all = Enumerable.Range(0, sites).ToArray();
        random.Shuffle(all);
        var isFixed = random.Next(3) == 0 ? random.Next(3) : 0;
        var choice = new SiteChoice
        {
            Sites = sites, Costs = costs, Fixed = [.. all.Take(isFixed)], Forbidden = [.. all.Skip(isFixed).Take(random.Next(3) == 0 ? random.Next(3) : 0)],
            Most = most ? random.Next(5) == 0 ? null : random.Next(sites + 1) : costs is null && random.Next(3) == 0 ? random.Next(sites + 1) : null,
            Budget = random.Next(3) == 0 ? random.Next(20) : null,
            Capacities = capacities ? [.. Enumerable.Range(0, sites).Select(_ => (long)random.Next(2 + ((int)weights.Sum() * 2 / sites)))] : null,
        };
        return new(choice, [.. Enumerable.Range(0, sites).Select(_ => Enumerable.Range(0, customers).Where(_ => random.Next(3) == 0).ToArray())], weights);
    }

    /// <summary>What a set of sites comes to; null where it leaves somebody out who is to be covered.</summary>
    static long? Worth(CoverProblem p, List<int> open, bool most)
    {
        var covered = open.SelectMany(i => p.CustomersOf(i).ToArray()).ToHashSet();
        if (!most)
            return covered.Count < p.Customers - p.Unreachable.Count ? null : open.Sum(i => p.Costs[i]);
        if (!p.HasCapacities)
            return covered.Sum(j => p.Weights[j]);
        // By the least cut: whatever group of customers one looks at, no more are served than are outside it and than the sites have room that cover any of it.
        var counted = covered.Where(j => p.Weights[j] > 0).ToArray();
        var least = long.MaxValue;
        for (var mask = 0; mask < 1 << counted.Length; mask++)
        {
            var inside = counted.Where((_, k) => (mask >> k & 1) == 1).ToHashSet();
            least = Math.Min(least, counted.Where(j => !inside.Contains(j)).Sum(j => p.Weights[j]) + open.Where(i => p.CustomersOf(i).ToArray().Any(inside.Contains)).Sum(i => p.Capacities[i]));
        }
        return least;
    }

    static void IsTheBestOfAll(CoverProblem p, bool most)
    {
        var worths = SmallSites.Choices(p.Choice).Select(o => Worth(p, o, most));
        var best = most ? worths.Max() : worths.Min();

        var answer = most ? Covering.Most(p) : Covering.All(p);

        var check = most ? CoverProof.CheckMost(p, answer) : CoverProof.CheckAll(p, answer);
        Assert.Empty(check.Faults);
        Assert.Equal(best, answer.Best?.Value);
        Assert.True(answer.IsProven);
        Assert.Equal(best, check.Value);
        Assert.All(answer.Alternatives, a => Assert.True(Worth(p, [.. a.Open], most) == a.Value && Math.Abs(a.Value - best!.Value) <= 0.01 * best));
    }

    [Fact]
    public void Most_OfAnyFew_IsTheBestOfAll() => Gen.Int[0, 1_000_000].Sample(seed => IsTheBestOfAll(Draw(seed, most: true), most: true), iter: 600);

    [Fact]
    public void All_OfAnyFew_IsTheBestOfAll() => Gen.Int[0, 1_000_000].Sample(seed => IsTheBestOfAll(Draw(seed, most: false), most: false), iter: 600);

    [Fact]
    public void Most_WithRoomForSomeOnly_OfAnyFew_IsTheBestOfAll() => Gen.Int[0, 1_000_000].Sample(seed => IsTheBestOfAll(Draw(seed, most: true, capacities: true), most: true), iter: 300);

    /// <summary>People and sites in a square, and who is within reach of which.</summary>
    static CoverProblem Square(int seed, int customers, int sites, int reach, int? most, bool roomy = true)
    {
        var p = MedianTests.Square(seed, customers, sites, most ?? 10, roomy);
        return new(p.Choice with { Most = most }, [.. Enumerable.Range(0, sites).Select(i => Enumerable.Range(0, customers).Where(j => p.Costs[j, i] <= reach).ToArray())], p.Weights!);
    }

    [Fact]
    public void OneSiteMore_CoversMore_UntilAllAreCovered()
    {
        var p = Square(3, 300, 120, 160, null);
        var fewest = Covering.All(p);
        Assert.True(fewest.IsProven);
        Assert.Empty(CoverProof.CheckAll(p, fewest).Faults);
        var before = -1L;
        for (var most = 1; most <= fewest.Best!.Open.Count; most++)
        {
            var of = Square(3, 300, 120, 160, most);
            var answer = Covering.Most(of);
            Assert.True(answer.IsProven);
            Assert.Empty(CoverProof.CheckMost(of, answer).Faults);
            Assert.True(answer.Best!.Value > before);
            before = answer.Best.Value;
        }
        // The two questions meet: so many sites are the fewest, and with one less somebody is left out.
        Assert.Equal(p.Weights.ToArray().Sum() - p.Unreachable.Sum(j => p.Weights[j]), before);
    }

    /// <summary>Sites that cost nothing, such as today's that may be given up: all of them are as good as open, and prices of their customers are nothing.</summary>
    [Fact]
    public void SitesThatCostNothing_AreAsGoodAsOpen()
    {
        var p = Square(19, 300, 120, 110, null);
        var costs = Enumerable.Range(0, 120).Select(i => i % 4 == 0 ? 0L : 1 + (i % 5)).ToArray();
        var covers = Enumerable.Range(0, 120).Select(i => p.CustomersOf(i).ToArray()).ToArray();
        var free = new CoverProblem(p.Choice with { Costs = costs }, covers, p.Weights.ToArray());
        var open = new CoverProblem(free.Choice with { Fixed = [.. Enumerable.Range(0, 120).Where(i => costs[i] == 0)] }, covers, p.Weights.ToArray());
        var (answer, same) = (Covering.All(free), Covering.All(open));
        Assert.True(answer.IsProven && same.IsProven);
        Assert.True(answer.Proof.Nodes.Count <= 2 * same.Proof.Nodes.Count + 2, $"{answer.Proof.Nodes.Count} nodes where {same.Proof.Nodes.Count} are enough");
        Assert.Equal(same.Best!.Value, answer.Best!.Value);
        Assert.Empty(CoverProof.CheckAll(free, answer).Faults);
        Assert.Empty(CoverProof.CheckAll(open, same).Faults);
    }

    public enum Question { Most, MostWithRoomForSome, All }

    /// <summary>Problems that aren't done at once, and how they are asked.</summary>
    static (CoverProblem Problem, Func<PlacementOptions, IProgress<PlacementProgress>?, CancellationToken, Hele.Planning.Placement.Placement> Ask) Long(Question question) => question switch
    {
        Question.Most => Scattered(12) is var p ? (p, (o, told, cancel) => Covering.Most(p, o, told, cancel)) : default,
        Question.All => Scattered(null) is var p ? (p, (o, told, cancel) => Covering.All(p, o, told, cancel)) : default,
        _ => Scattered(12, 90) is var p ? (p, (o, told, cancel) => Covering.Most(p, o, told, cancel)) : default,
    };

    /// <summary>Who is covered where is drawn without any geometry, so that prices alone don't prove it.</summary>
    static CoverProblem Scattered(int? most, int? room = null)
    {
        var random = new Random(17);
        var covers = Enumerable.Range(0, 120).Select(_ => Enumerable.Range(0, 300).Where(_ => random.Next(20) == 0).ToArray()).ToArray();
        return new(new() { Sites = 120, Most = most, Capacities = room is { } r ? [.. Enumerable.Range(0, 120).Select(i => (long)r + i % 7)] : null }, covers, [.. Enumerable.Range(0, 300).Select(_ => (long)random.Next(1, 9))]);
    }

    static string Words(Hele.Planning.Placement.Placement a) => $"{a.Bound} {string.Join('|', a.Alternatives.Prepend(a.Best!).Select(s => $"{s.Value}: {string.Join(' ', s.Open)}"))} {string.Join(' ', a.Proof.Nodes)} {string.Join(' ', a.Proof.Multipliers.SelectMany(r => r))}";

    [Theory]
    [InlineData(Question.Most)]
    [InlineData(Question.MostWithRoomForSome)]
    [InlineData(Question.All)]
    public void TheSameSeed_GivesTheSameAnswer_OnAnyThread(Question question)
    {
        var (_, ask) = Long(question);
        Together.Agree(() => Words(ask(new() { Seed = 9, Effort = 1 }, null, default)));
    }

    [Theory]
    [InlineData(Question.Most)]
    [InlineData(Question.MostWithRoomForSome)]
    [InlineData(Question.All)]
    public void CancelledOnItsWay_Throws_AndTheProblemIsAnsweredAfterwardsAsIfNothingHadBeen(Question question)
    {
        var (_, fresh) = Long(question);
        var (problem, ask) = Long(question);
        Together.StopsWhenCancelled<PlacementProgress>((told, cancel) => ask(new(), told, cancel), t => t.Value != null && t.Bound > 0);
        // Not only at its first word.
        Together.StopsWhenCancelled<PlacementProgress>((told, cancel) => ask(new(), told, cancel), t => t.Branches > 0);
        Assert.Equal(Words(fresh(new() { Effort = 1 }, null, default)), Words(ask(new() { Effort = 1 }, null, default)));

        using var enough = new CancellationTokenSource();
        var best = 0L;
        var answer = ask(new() { Enough = enough.Token }, new Told<PlacementProgress>(t =>
        {
            best = t.Value ?? best;
            if (t.Branches > 0)
                enough.Cancel();
        }), default);
        Assert.False(answer.IsProven);
        Assert.True(question == Question.All ? answer.Best!.Value <= best : answer.Best!.Value >= best);
        Assert.Empty((question == Question.All ? CoverProof.CheckAll(problem, answer) : CoverProof.CheckMost(problem, answer)).Faults);
    }

    /// <summary>A large program's one step takes seconds: whoever stops the search doesn't wait for sixty of them.</summary>
    [Fact]
    public void TheInteriorPoint_EndsBetweenItsSteps()
    {
        var core = new CoverReduction(Square(7, 900, 400, 90, 20), true).Core(out _);
        var program = new CoverInterior(core);
        var asked = 0;
        program.Run(60, 0, () => ++asked > 3);
        Assert.Equal(3, program.Steps);
        Assert.True(double.IsFinite(program.Bound));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Stopped_TellsTheBestSoFar_AndABoundThatHolds(bool most)
    {
        var p = Square(7, 900, 400, 90, most ? 20 : null);
        using var enough = new CancellationTokenSource();
        enough.Cancel();
        var answer = most ? Covering.Most(p, new() { Enough = enough.Token }) : Covering.All(p, new() { Enough = enough.Token });
        Assert.False(answer.IsProven);
        Assert.InRange(answer.Gap, 0.0001, 0.999);
        Assert.Empty((most ? CoverProof.CheckMost(p, answer) : CoverProof.CheckAll(p, answer)).Faults);
    }

    [Fact]
    public void Cancelled_Throws()
    {
        using var cancel = new CancellationTokenSource();
        cancel.Cancel();
        Assert.Throws<OperationCanceledException>(() => Covering.Most(Square(7, 900, 400, 90, 20), null, null, cancel.Token));
    }

    [Fact]
    public void Alternatives_AreOthersNearlyAsGood()
    {
        foreach (var roomy in new[] { true, false })
        {
            var p = Square(13, 120, 40, 150, 6, roomy);
            var answer = Covering.Most(p, new() { Alternatives = 3, Within = 0.03, Effort = 2 });
            Assert.NotEmpty(answer.Alternatives);
            Assert.All(answer.Alternatives, a => Assert.InRange(a.Value, (long)(answer.Best!.Value * 0.97), answer.Best.Value));
            Assert.Empty(CoverProof.CheckMost(p, answer).Faults);
            Assert.Empty(Covering.Most(p, new() { Alternatives = 0, Effort = 1 }).Alternatives);
        }
    }

    [Fact]
    public void ClosingOneOfToday_ClosesWhereFewestAreLost()
    {
        // Four points of today; who has only the last is one household, and everybody else has two to go to.
        var p = new CoverProblem(new() { Sites = 4, Most = 3 }, [[0, 1], [1, 2], [2, 0], [3]], [10, 10, 10, 1]);
        var answer = Covering.Most(p);
        Assert.True(answer.IsProven);
        Assert.Equal(31, answer.Best!.Value);
        Assert.Contains(3, answer.Best.Open);
        // With room for ten each, the three of the triangle are all needed.
        p = new CoverProblem(p.Choice with { Capacities = [10, 10, 10, 10] }, [[0, 1], [1, 2], [2, 0], [3]], [10, 10, 10, 1]);
        answer = Covering.Most(p);
        Assert.True(answer.IsProven);
        Assert.Equal([0, 1, 2], answer.Best!.Open);
        Assert.Empty(CoverProof.CheckMost(p, answer).Faults);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void AProofThatWasTamperedWith_IsNotBelieved(bool most)
    {
        // Who is covered where is drawn without any geometry, so that prices alone don't prove it.
        var random = new Random(17);
        var covers = Enumerable.Range(0, 30).Select(_ => Enumerable.Range(0, 60).Where(_ => random.Next(6) == 0).ToArray()).ToArray();
        var p = new CoverProblem(new() { Sites = 30, Most = most ? 5 : null }, covers, [.. Enumerable.Range(0, 60).Select(_ => (long)random.Next(1, 9))]);
        var answer = most ? Covering.Most(p, new() { Within = 0.2 }) : Covering.All(p, new() { Within = 0.2 });
        IReadOnlyList<string> Faults(Hele.Planning.Placement.Placement placement) => (most ? CoverProof.CheckMost(p, placement) : CoverProof.CheckAll(p, placement)).Faults;
        Assert.True(answer.IsProven && answer.Proof.Nodes.Count > 2 && answer.Alternatives.Count > 0, $"the example needs a tree and alternatives, and has {answer.Proof.Nodes.Count} nodes and {answer.Alternatives.Count} of them");
        Assert.Empty(Faults(answer));
        var (nodes, rows, better) = (answer.Proof.Nodes, answer.Proof.Multipliers, most ? 1 : -1);
        void Caught(Hele.Planning.Placement.Placement forged) => Assert.NotEmpty(Faults(forged));
        Hele.Planning.Placement.Placement With(IEnumerable<ProofNode> changed) => answer with { Proof = answer.Proof with { Nodes = [.. changed] } };

        Caught(answer with { Best = answer.Best! with { Value = answer.Best.Value + better } });
        Caught(answer with { Best = answer.Best! with { Open = [.. answer.Best.Open.Skip(1)] } });
        Caught(answer with { Best = answer.Best! with { Open = [.. answer.Best.Open, .. Enumerable.Range(0, 30).Except(answer.Best.Open).Take(1)] } });
        Caught(answer with { Best = null });
        Caught(answer with { Bound = answer.Bound - better });
        Caught(answer with { Alternatives = [answer.Best!] });
        Caught(answer with { Alternatives = [answer.Alternatives[0] with { Value = answer.Alternatives[0].Value + 1 }] });
        Caught(With([]));
        Caught(With([new(-1, 0, 0)]));
        Caught(With([new(-1, -1, 0)]));
        Caught(With(nodes.Append(new(-1, 0, 0))));
        Caught(With(nodes.Select((n, k) => k == 0 ? n with { IfOpen = n.IfClosed } : n)));
        Caught(With(nodes.Select((n, k) => k == 0 ? n with { IfOpen = nodes.Count } : n)));
        Caught(With(nodes.Select((n, k) => k == 0 ? n with { Site = 30 } : n)));
        Caught(answer with { Proof = answer.Proof with { Scale = 0 } });
        Caught(answer with { Proof = answer.Proof with { Multipliers = [.. rows.Select(r => r.Skip(1).ToList())] } });
        Caught(answer with { Proof = answer.Proof with { Multipliers = [.. rows.Select(r => r.Select(v => most ? v : v + answer.Proof.Scale).ToList())], Scale = most ? answer.Proof.Scale / 2 : answer.Proof.Scale } });
        Caught(answer with { Proof = answer.Proof with { Dominated = [(0, 0)] } });
        // A site that nobody does without, left out for one that covers another.
        var needed = answer.Best!.Open[0];
        Caught(answer with { Proof = answer.Proof with { Dominated = [(needed, Enumerable.Range(0, 30).First(i => i != needed && !answer.Proof.Dominated.Any(d => d.Site == i)))] } });
        for (var k = 0; k < nodes.Count; k++)
            if (nodes[k] is { IsLeaf: true, IfOpen: >= 0 })
                Caught(With(nodes.Select((n, at) => at == k ? n with { IfOpen = -1 } : n)));
    }

    [Fact]
    public void NoAnswer_IsProven()
    {
        // Two customers, each covered by a site of their own: one site is too few.
        var p = new CoverProblem(new() { Sites = 2, Most = 1 }, [[0], [1]], [1, 1]);
        var answer = Covering.All(p);
        Assert.True(answer is { Best: null, IsProven: true });
        Assert.Empty(CoverProof.CheckAll(p, answer).Faults);
        // More fixed than may be open.
        p = new CoverProblem(new() { Sites = 2, Most = 1, Fixed = [0, 1] }, [[0], [1]], [1, 1]);
        Assert.True(Covering.Most(p) is { Best: null, IsProven: true });
        Assert.Empty(CoverProof.CheckMost(p, Covering.Most(p)).Faults);
        p = new CoverProblem(p.Choice with { Capacities = [1, 1] }, [[0], [1]], [1, 1]);
        Assert.True(Covering.Most(p) is { Best: null, IsProven: true });
        Assert.Empty(CoverProof.CheckMost(p, Covering.Most(p)).Faults);
        // Whom no allowed site covers is told, and left out.
        p = new CoverProblem(new() { Sites = 2, Forbidden = [1] }, [[0], [1]], [1, 1]);
        Assert.Equal([1], p.Unreachable);
        Assert.Equal([0], Covering.All(p).Best!.Open);
    }

    [Fact]
    public void NothingToDo_IsDone()
    {
        Assert.Equal(0, Covering.Most(new(new() { Sites = 0 }, [], [])).Best!.Value);
        Assert.Empty(Covering.All(new(new() { Sites = 2 }, [[], []], [])).Best!.Open);
        Assert.Equal([1], Covering.Most(new(new() { Sites = 3, Fixed = [1], Most = 1 }, [[0], [], [0]], [4])).Best!.Open);
        Assert.Equal(0, Covering.Most(new(new() { Sites = 1, Capacities = [3] }, [[0]], [0])).Best!.Value);
    }

    [Fact]
    public void AMalformedProblem_IsRefused()
    {
        static void Refused(SiteChoice choice, int[][] covers, long[] weights, string words) => Assert.Contains(words, Assert.Throws<ArgumentException>(() => new CoverProblem(choice, covers, weights)).Message);
        var two = new SiteChoice { Sites = 2 };
        Refused(two with { Sites = 3 }, [[0], [0]], [1], "3 sites");
        Refused(two, [[0], [1]], [1], "covers customer 1");
        Refused(two, [[0], [0, 0]], [1], "twice");
        Refused(two, [[0], [0]], [-1], "customer 0");
        Refused(two with { Costs = [1] }, [[0], [0]], [1], "cost");
        Refused(two with { Costs = [1, -1] }, [[0], [0]], [1], "cost of site 1");
        Refused(two with { Capacities = [1, -1] }, [[0], [0]], [1], "capacity of site 1");
        Refused(two with { Fixed = [2] }, [[0], [0]], [1], "Site 2");
        Refused(two with { Fixed = [1], Forbidden = [1] }, [[0], [0]], [1], "both");
        Refused(two with { Most = -1 }, [[0], [0]], [1], "no limit");
        Refused(two with { Budget = -1 }, [[0], [0]], [1], "no limit");
        Assert.Throws<ArgumentException>(() => Covering.All(new(two with { Capacities = [1, 1] }, [[0], [0]], [1])));
        Assert.Throws<ArgumentException>(() => Covering.All(new(two with { Most = 1, Costs = [1, 2] }, [[0], [0]], [1])));
        Assert.Throws<ArgumentException>(() => Covering.Most(new(two, [[0], [0]], [1]), new() { Effort = 0 }));
    }
}
