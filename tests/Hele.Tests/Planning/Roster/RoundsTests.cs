using CsCheck;
using Hele.Planning.Roster;
using Hele.TestKit;
using Hele.TestKit.Planning;
using Xunit;

namespace Hele.Tests.Planning.Roster;

public class RoundsTests
{
    /// <summary>A few visits of few carers, some in pairs, some of them hard to keep.</summary>
    static RoundsProblem Tiny(int seed, int most = 5)
    {
        var random = new Random(seed);
        var (places, visits) = (random.Next(2, 5), random.Next(1, most + 1));
        var points = Enumerable.Range(0, places).Select(_ => (X: random.Next(30), Y: random.Next(30))).ToArray();
        var travel = new double[places, places];
        for (var i = 0; i < places; i++)
            for (var j = 0; j < places; j++)
                travel[i, j] = Math.Sqrt(Math.Pow(points[i].X - points[j].X, 2) + Math.Pow(points[i].Y - points[j].Y, 2));
        var carers = new List<RoundCarer> { new(0, random.Next(places), random.Next(3), [0, 1]), new(random.Next(places), 0, 0, random.Next(2) == 0 ? [1] : [0, 1]) };
        var list = Enumerable.Range(0, visits).Select(_ => (From: random.Next(60), Wide: random.Next(1, 40)))
            .Select(t => new RoundVisit(random.Next(places), random.Next(2), random.Next(12), t.From, t.From + t.Wide)).ToList();
        var pairs = new List<VisitPair>();
        for (var v = 0; v + 1 < visits && pairs.Count < 2; v += 2)
            if (random.Next(3) > 0)
            {
                var (least, two) = (random.Next(2) * random.Next(20), random.Next(3) > 0);
                if (two)
                    (list[v], list[v + 1]) = (list[v] with { Skill = 1 }, list[v + 1] with { Skill = random.Next(2) });
                pairs.Add(new(v, v + 1, least, least + random.Next(2) * random.Next(30), two));
            }
        return new(travel, carers, list, pairs, new(random.Next(1, 3), random.Next(3), random.Next(3)));
    }

    /// <summary>Starts found by asking every rule again until none is broken, or by giving up.</summary>
    static (double Cost, double[] Starts)? Plainly(RoundsProblem p, IReadOnlyList<IReadOnlyList<int>> rounds)
    {
        var starts = p.Visits.Select(v => v.Earliest).ToArray();
        for (var turn = 0; turn < 400; turn++)
        {
            var before = starts.ToArray();
            for (var c = 0; c < rounds.Count; c++)
            {
                var (at, free) = (p.Carers[c].Start, p.Carers[c].Leaves);
                foreach (var v in rounds[c])
                {
                    starts[v] = Math.Max(starts[v], free + p.Travel(at, p.Visits[v].Place));
                    (at, free) = (p.Visits[v].Place, starts[v] + p.Visits[v].Duration);
                }
            }
            foreach (var pair in p.Pairs)
            {
                starts[pair.Second] = Math.Max(starts[pair.Second], starts[pair.First] + pair.MinGap);
                starts[pair.First] = Math.Max(starts[pair.First], starts[pair.Second] - pair.MaxGap);
            }
            if (starts.Zip(before).Any(s => s.First > s.Second + 1e-7))
                continue;
            var walked = rounds.Select((r, c) => r.Select(v => p.Visits[v].Place).Prepend(p.Carers[c].Start).Append(p.Carers[c].End).ToList()).Sum(way => way.Zip(way.Skip(1), p.Travel).Sum());
            var late = p.Visits.Select((v, i) => Math.Max(0, starts[i] - v.Latest)).ToList();
            return (p.Weights.Travel * walked + p.Weights.Late * late.Sum() + p.Weights.LargestLate * late.Max(), starts);
        }
        return null;
    }

    static IEnumerable<IReadOnlyList<IReadOnlyList<int>>> AllRounds(RoundsProblem p)
    {
        IEnumerable<List<List<int>>> With(int visit)
        {
            if (visit < 0)
            {
                yield return [.. p.Carers.Select(_ => new List<int>())];
                yield break;
            }
            foreach (var rounds in With(visit - 1))
                for (var c = 0; c < rounds.Count; c++)
                {
                    if (!p.Carers[c].Skills.Contains(p.Visits[visit].Skill) || p.Pairs.Any(q => q.TwoCarers && q.Second == visit && rounds[c].Contains(q.First)))
                        continue;
                    for (var at = 0; at <= rounds[c].Count; at++)
                    {
                        var copy = rounds.Select(r => r.ToList()).ToList();
                        copy[c].Insert(at, visit);
                        yield return copy;
                    }
                }
        }
        return With(p.Visits.Count - 1);
    }

    [Fact]
    public void Schedule_OfAnyRounds_IsTheEarliestThatKeepsEveryRule_OrNone() => Gen.Int[0, 1_000_000].Sample(seed =>
    {
        var p = Tiny(seed);
        var random = new Random(seed);
        var all = AllRounds(p).ToList();
        foreach (var rounds in all.Where(_ => random.Next(all.Count) < 30))
        {
            var (plain, plan) = (Plainly(p, rounds), p.Schedule(rounds));
            Assert.Equal(plain == null, plan == null);
            if (plan == null)
                continue;
            Assert.Equal(plain!.Value.Cost, plan.Cost, 1e-5);
            Assert.All(plan.Starts.Zip(plain.Value.Starts), s => Assert.Equal(s.Second, s.First, 1e-5));
        }
    }, iter: 300);

    [Fact]
    public void Search_OfTinyRounds_FindsTheCheapestOfAll() => Gen.Int[0, 1_000_000].Sample(seed =>
    {
        var p = Tiny(seed);
        var least = AllRounds(p).Select(r => Plainly(p, r)?.Cost).Min();
        if (least == null)
        {
            Assert.Throws<InvalidOperationException>(() => RoundsSearch.Solve(p, new() { Steps = 100, Seed = seed, Chains = 1 }, cancel: CancellationToken.None));
            return;
        }
        var plan = RoundsSearch.Solve(p, new() { Steps = 2_000, Seed = seed });
        Assert.Equal(least.Value, plan.Cost, 1e-5);
        // What it says of itself is so.
        var again = Plainly(p, plan.Rounds);
        Assert.Equal(plan.Cost, again!.Value.Cost, 1e-5);
        Assert.Equal(plan.Cost, p.Weights.Travel * plan.Travel + p.Weights.Late * plan.Late + p.Weights.LargestLate * plan.LargestLate, 1e-6);
    }, iter: 120);

    public static TheoryData<string> Small => [.. Enumerable.Range(1, 9).Select(i => $"InstanzCPLEX_HCSRP_10_{i}")];

    /// <summary>The largest rounds are in ./bench roster.</summary>
    [Theory, MemberData(nameof(Small))]
    public void Search_OfAPublishedInstance_IsNoDearerThanPublished_AndRightByTheModel(string name)
    {
        var folder = TestRun.OutsideData("hhcrsp");
        Assert.SkipUnless(folder != null, "hhcrsp is not in HELE_TEST_DATA");
        var instance = Hhcrsp.Read(Path.Combine(folder, name + ".txt"));

        var plan = RoundsSearch.Solve(instance.ToProblem(), new() { Steps = 10_000 }, cancel: TestContext.Current.CancellationToken);

        Assert.Empty(instance.Faults(plan));
        // Published with one decimal, cut or rounded.
        Assert.True(plan.Cost <= Hhcrsp.Published(folder)[name] + 0.1, $"{plan.Cost}");
    }

    [Fact]
    public void TheJudgeOfPublishedInstances_SeesWhatIsWrong()
    {
        var folder = TestRun.OutsideData("hhcrsp");
        Assert.SkipUnless(folder != null, "hhcrsp is not in HELE_TEST_DATA");
        var instance = Hhcrsp.Read(Path.Combine(folder, "InstanzCPLEX_HCSRP_10_1.txt"));
        var problem = instance.ToProblem();
        var plan = RoundsSearch.Solve(problem, new() { Steps = 500 }, cancel: TestContext.Current.CancellationToken);
        void Seen(RoundsPlan wrong, string what) => Assert.Contains(instance.Faults(wrong), f => f.Contains(what, StringComparison.Ordinal));

        Seen(plan with { Cost = plan.Cost - 1 }, "costs");
        Seen(plan with { Rounds = [.. plan.Rounds.Select((r, i) => i == 0 ? r.Skip(1).ToList() : r)] }, "done 0 times");
        Seen(plan with { Rounds = [.. plan.Rounds.Reverse()] }, "hasn't the skill");
        Seen(plan with { Starts = [.. plan.Starts.Select(_ => 0.0)] }, "before");
        Seen(plan with { Starts = [.. plan.Starts.Select(_ => 500.0)] }, "arrives");
        var late = problem.Pairs[0].Second;
        Seen(plan with { Starts = [.. plan.Starts.Select((s, i) => i == late ? s + 1000 : s)] }, "between the services");
    }

    [Fact]
    public void Search_WithOneSeed_IsTheSameWithAnyNumberOfThreads()
    {
        var p = Tiny(7, 14);
        RoundsPlan Plan(int seed, int threads) => RoundsSearch.Solve(p, new() { Seed = seed, Steps = 300, Chains = 4, Threads = threads }, cancel: TestContext.Current.CancellationToken);
        var (one, four) = (Plan(3, 1), Plan(3, 4));
        Assert.Equal(one.Cost, four.Cost);
        Assert.Equal(one.Rounds, four.Rounds);
        Assert.Equal(one.Starts, four.Starts);
    }

    [Fact]
    public void Search_Cancelled_KeepsNothing_AndEnough_KeepsTheBestSoFar()
    {
        var p = Tiny(7, 14);
        using var cancel = new CancellationTokenSource();
        var told = new List<RoundsProgress>();
        var progress = new Told<RoundsProgress>(r =>
        {
            told.Add(r);
            cancel.Cancel();
        });
        Assert.Throws<OperationCanceledException>(() => RoundsSearch.Solve(p, new() { Steps = long.MaxValue / 4, Chains = 1 }, progress, cancel.Token));
        Assert.True(told[0].Done > 0 && told[0].Cost > 0);
        Assert.Throws<OperationCanceledException>(() => RoundsSearch.Solve(p, new() { Steps = 1 }, cancel: cancel.Token));

        var plan = RoundsSearch.Solve(p, new() { Steps = long.MaxValue / 4, Enough = cancel.Token }, cancel: TestContext.Current.CancellationToken);
        Assert.Equal(plan.Cost, Plainly(p, plan.Rounds)!.Value.Cost, 1e-5);
    }

    [Fact]
    public void BadInput_IsRefused_WithWhatIsWrong()
    {
        double[,] two = { { 0, 1 }, { 1, 0 } };
        RoundCarer[] carers = [new(0, 0, 0, [1]), new(0, 0, 0, [1])];
        RoundVisit visit = new(1, 1, 5, 0, 10);
        void Refused(string what, Func<object?> make) => Assert.Contains(what, Assert.ThrowsAny<ArgumentException>(make).Message, StringComparison.Ordinal);
        RoundsProblem New(double[,]? travel = null, RoundCarer[]? who = null, RoundVisit[]? visits = null, VisitPair[]? pairs = null, RoundWeights? weights = null) =>
            new(travel ?? two, who ?? carers, visits ?? [visit, visit], pairs ?? [], weights ?? new(1, 1, 1));

        Refused("square", () => New(new double[1, 2]));
        Refused("travel time", () => New(new[,] { { 0, -1.0 }, { 1, 0 } }));
        Refused("travel time", () => New(new[,] { { 0, double.NaN }, { 1, 0 } }));
        Refused("weight", () => New(weights: new(1, -1, 1)));
        Refused("Carer 0 starts", () => New(who: [new(2, 0, 0, [1])]));
        Refused("Carer 0 leaves", () => New(who: [new(0, 0, double.NaN, [1])]));
        Refused("Visit 1 is at a place", () => New(visits: [visit, visit with { Place = 9 }]));
        Refused("Visit 0 has a time", () => New(visits: [visit with { Duration = -1 }]));
        Refused("Nobody has the skill 4", () => New(visits: [visit with { Skill = 4 }]));
        Refused("a visit that isn't there", () => New(pairs: [new(0, 2, 0, 0)]));
        Refused("in a pair already", () => New(pairs: [new(0, 0, 0, 0)]));
        Refused("Not a gap", () => New(pairs: [new(0, 1, 5, 4)]));
        Refused("No two carers", () => New(who: [carers[0]], pairs: [new(0, 1, 0, 5)]));
        Refused("2 carers", () => New().Schedule([[0, 1]]));
        Refused("stands twice", () => New().Schedule([[0, 0], [1]]));
        Refused("in no round", () => New().Schedule([[0], []]));
        Refused("needs two carers", () => New(pairs: [new(0, 1, 0, 5)]).Schedule([[0, 1], []]));
        Refused("hasn't the skill", () => New(who: [carers[0], new(0, 0, 0, [])]).Schedule([[0], [1]]));
        Refused("Chains", () => RoundsSearch.Solve(New(), new() { Chains = 0 }, cancel: TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Nothing_ToDo_IsEmptyRounds()
    {
        var plan = RoundsSearch.Solve(new(new double[,] { { 0, 3 }, { 3, 0 } }, [new(0, 1, 0, [])], [], [], new(1, 1, 1)), cancel: TestContext.Current.CancellationToken);
        Assert.Equal(3, plan.Cost);
        Assert.Empty(Assert.Single(plan.Rounds));
    }
}
