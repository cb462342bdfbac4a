using CsCheck;
using Hele.Planning.Roster;
using Xunit;

namespace Hele.Tests.Planning.Roster;

public class GroupMatchingTests
{
    static MatchingProblem Draw(int seed, int people = 6, int groups = 3)
    {
        var random = new Random(seed);
        var places = random.Next(1, 7);
        var walking = new int[places, places];
        for (var i = 0; i < places; i++)
            for (var j = 0; j < places; j++)
                walking[i, j] = i == j ? 0 : random.Next(12) == 0 ? -1 : random.Next(1, 40) * 20_500;
        IReadOnlyCollection<int> Skills(int of) => [.. Enumerable.Range(0, 2).Where(_ => random.Next(of) == 0)];
        var count = random.Next(1, groups + 1);
        return new()
        {
            Walking = walking,
            Groups = [.. Enumerable.Range(0, count).Select(_ => new ServiceGroup([.. Enumerable.Range(0, random.Next(3)).Select(_ => random.Next(places))], random.Next(4)) { Skills = random.Next(3) > 0 ? [0, 1] : Skills(2) })],
            People = [.. Enumerable.Range(0, random.Next(1, people + 1)).Select(_ => new PersonToMatch(random.Next(places), random.Next(2) == 0 ? null : random.Next(count)) { Skills = Skills(3) })],
            MostSeconds = random.Next(3) == 0 ? 400 : 3600, FullSeconds = random.Next(3) * 200, ChangeSeconds = random.Next(3) * 150,
        };
    }

    // The rules once more, from their words.
    static int? Seconds(MatchingProblem p, int person, int group)
    {
        var to = p.People[person].Place;
        var ms = p.Groups[group].Places.Select(m => p.Walking[m, to]).Where(t => t >= 0).ToList();
        return ms.Count == 0 || !p.People[person].Skills.All(s => p.Groups[group].Skills.Contains(s)) ? null : (int)Math.Ceiling(ms.Min() / 1000.0) is var s && s <= p.MostSeconds ? s : null;
    }

    static long Full(MatchingProblem p, int group, int load) => Enumerable.Range(0, load).Sum(k => p.Groups[group].Capacity == 1 ? 0L : p.FullSeconds * k / (p.Groups[group].Capacity - 1));

    /// <summary>People unmatched, seconds, changes; null when it is no matching.</summary>
    static (int Unmatched, long Cost, int Changes)? Judge(MatchingProblem p, IReadOnlyList<int?> of)
    {
        var (cost, changes) = (0L, 0);
        for (var i = 0; i < of.Count; i++)
        {
            if (p.People[i].Now is { } now && now != of[i])
                changes++;
            if (of[i] is not { } g)
                continue;
            if (Seconds(p, i, g) is not { } s)
                return null;
            cost += s + (p.People[i].Now is { } n && n != g ? p.ChangeSeconds : 0);
        }
        for (var g = 0; g < p.Groups.Count; g++)
        {
            var load = of.Count(x => x == g);
            if (load > p.Groups[g].Capacity)
                return null;
            cost += Full(p, g, load);
        }
        return (of.Count(x => x == null), cost, changes);
    }

    static int?[] Of(MatchingPlan plan, int people)
    {
        var of = new int?[people];
        foreach (var m in plan.Matches)
            of[m.Person] = m.Group;
        return of;
    }

    [Fact]
    public void Matching_OfAnyFew_IsTheBestOfAll() => Gen.Int[0, 1_000_000].Sample(seed =>
    {
        var p = Draw(seed);
        (int, long, int)? best = null;
        var of = new int?[p.People.Count];
        void Try(int i)
        {
            if (i == of.Length)
            {
                if (Judge(p, of) is { } judged && (best == null || judged.CompareTo(best.Value) < 0))
                    best = judged;
                return;
            }
            of[i] = null;
            Try(i + 1);
            for (var g = 0; g < p.Groups.Count; g++)
            {
                of[i] = g;
                Try(i + 1);
            }
        }
        Try(0);

        var plan = GroupMatching.Solve(p);

        Assert.Equal(best, Judge(p, Of(plan, p.People.Count)));
        Assert.Equal((best!.Value.Item1, best.Value.Item2, best.Value.Item3), (plan.Unmatched.Count, plan.CostSeconds, plan.Changes));
    }, iter: 400);

    [Fact]
    public void Explanations_OfAnyMatching_AreTrue() => Gen.Int[0, 1_000_000].Sample(seed =>
    {
        var p = Draw(seed, 30, 6);
        var plan = GroupMatching.Solve(p);
        var of = Of(plan, p.People.Count);
        Assert.Equal(p.Groups.Select((_, g) => of.Count(x => x == g)), plan.Loads);
        var cost = Judge(p, of)!.Value.Cost;
        foreach (var m in plan.Matches)
        {
            Assert.Equal(Seconds(p, m.Person, m.Group), m.Seconds);
            long? Other(int g)
            {
                var copy = of.ToArray();
                copy[m.Person] = g;
                return Judge(p, copy)?.Cost - cost;
            }
            var others = Enumerable.Range(0, p.Groups.Count).Where(g => g != m.Group).ToList();
            var next = others.Select(Other).Min();
            Assert.True(next is null or >= 0);
            Assert.Equal(next, m.NextBest is { } nb ? Other(nb) : null);
            Assert.Equal(next ?? 0, m.Difference);
            var within = others.Where(g => Seconds(p, m.Person, g) != null).ToList();
            foreach (var (reason, seconds) in m.Reasons)
                switch (reason)
                {
                    case MatchReason.OnlyWithSkill:
                        Assert.Empty(within);
                        break;
                    case MatchReason.OthersFull:
                        Assert.NotEmpty(within);
                        Assert.All(within, g => Assert.Equal(p.Groups[g].Capacity, plan.Loads[g]));
                        break;
                    case MatchReason.Nearer:
                        Assert.Equal(Seconds(p, m.Person, m.NextBest!.Value) - m.Seconds, seconds);
                        Assert.True(seconds > 0);
                        break;
                    case MatchReason.LessFull:
                        var (mine, theirs) = (Full(p, m.Group, plan.Loads[m.Group]) - Full(p, m.Group, plan.Loads[m.Group] - 1), Full(p, m.NextBest!.Value, plan.Loads[m.NextBest.Value] + 1) - Full(p, m.NextBest.Value, plan.Loads[m.NextBest.Value]));
                        Assert.Equal(theirs - mine, seconds);
                        break;
                    case MatchReason.Kept:
                        Assert.Equal(m.Group, p.People[m.Person].Now);
                        break;
                    default:
                        Assert.Equal(MatchReason.Equal, Assert.Single(m.Reasons).Reason);
                        break;
                }
            Assert.NotEmpty(m.Reasons);
            var nearer = within.Where(g => plan.Loads[g] == p.Groups[g].Capacity && Seconds(p, m.Person, g) < m.Seconds).Select(g => (int?)g).MinBy(g => Seconds(p, m.Person, g!.Value));
            Assert.Equal(nearer, m.NearerFull);
        }
        foreach (var u in plan.Unmatched)
        {
            var skilled = Enumerable.Range(0, p.Groups.Count).Where(g => p.People[u.Person].Skills.All(s => p.Groups[g].Skills.Contains(s))).ToList();
            var within = skilled.Where(g => Seconds(p, u.Person, g) != null).ToList();
            Assert.Equal(skilled.Count, u.Groups);
            Assert.Equal(skilled.Count == 0 ? UnmatchedReason.NoSkill : within.Count == 0 ? UnmatchedReason.TooFar : UnmatchedReason.Full, u.Why);
            Assert.All(within, g => Assert.Equal(p.Groups[g].Capacity, plan.Loads[g]));
        }
    }, iter: 300);

    [Fact]
    public void MatchedAgain_WithNothingChanged_NobodyMoves_AndANewcomerMovesFewerThanWhenChangesAreFree() => Gen.Int[0, 1_000_000].Sample(seed =>
    {
        var p = Draw(seed, 25, 6);
        p = p with { People = [.. p.People.Select(x => x with { Now = null })] };
        var plan = GroupMatching.Solve(p);
        var now = p with { People = [.. p.People.Select((x, i) => x with { Now = Of(plan, p.People.Count)[i] })] };
        Assert.Equal(0, GroupMatching.Solve(now).Changes);
        Assert.Equal(0, GroupMatching.Solve(now with { ChangeSeconds = 0 }).Changes);

        var more = now with { People = [.. now.People, new(0)] };
        Assert.True(GroupMatching.Solve(more with { ChangeSeconds = 5000 }).Changes <= GroupMatching.Solve(more with { ChangeSeconds = 0 }).Changes);
    }, iter: 150);

    static string Words(MatchingPlan plan) => $"{plan.CostSeconds} {plan.Changes} {string.Join(' ', plan.Loads)} {string.Join(' ', plan.Unmatched)} {string.Join(' ', plan.Matches.Select(m => $"{m.Person} {m.Group} {m.Seconds} {string.Join(',', m.Reasons)} {m.NextBest} {m.Difference} {m.NearerFull}"))}";

    /// <summary>A district's people, too many for its groups.</summary>
    static MatchingProblem Many(int people = 500, int groups = 20)
    {
        var random = new Random(3);
        var walking = new int[60, 60];
        for (var i = 0; i < 60; i++)
            for (var j = 0; j < 60; j++)
                walking[i, j] = i == j ? 0 : random.Next(1, 60) * 30_500;
        return new()
        {
            Walking = walking,
            Groups = [.. Enumerable.Range(0, groups).Select(_ => new ServiceGroup([random.Next(60), random.Next(60)], people / groups - 1) { Skills = [.. Enumerable.Range(0, 3).Where(_ => random.Next(3) > 0)] })],
            People = [.. Enumerable.Range(0, people).Select(_ => new PersonToMatch(random.Next(60), random.Next(2) == 0 ? null : random.Next(groups)) { Skills = [.. Enumerable.Range(0, 3).Where(_ => random.Next(5) == 0)] })],
        };
    }

    [Fact]
    public void OneProblem_GivesOneMatching_OnAnyThread()
    {
        var p = Many();
        Together.Agree(() => Words(GroupMatching.Solve(p)));
    }

    [Fact]
    public void CancelledOnItsWay_ItStops_WhereverItIs_AndTheProblemIsAnsweredAfterwards()
    {
        var p = Many();
        Together.StopsWhenCancelled<double>((told, cancel) => GroupMatching.Solve(p, told, cancel), t => t is > 0 and < 1);
        var expected = Words(GroupMatching.Solve(p));

        // While it works out who could go where, and while it explains: it tells no progress then, but it reads about people.
        foreach (var explaining in new[] { false, true })
        {
            using var cancel = new CancellationTokenSource();
            var (reads, after, matched) = (0, 0, 0.0);
            var watched = p with
            {
                People = new Watched<PersonToMatch>(p.People, _ =>
                {
                    reads++;
                    if (cancel.IsCancellationRequested)
                        after++;
                    else if (explaining ? matched > 0.8 : reads > 2 * p.People.Count)
                        cancel.Cancel();
                }),
            };
            Assert.Throws<OperationCanceledException>(() => GroupMatching.Solve(watched, new Told<double>(t => matched = t), cancel.Token));
            Assert.Equal(explaining, matched > 0);
            // What is being said of one person it may finish.
            Assert.InRange(after, 0, 5 * p.Groups.Count);
        }
        Assert.Equal(expected, Words(GroupMatching.Solve(p)));
    }

    [Fact]
    public void BadInput_IsRefused_AndCancelled_IsCancelled()
    {
        var good = Draw(5);
        void Refused(string what, MatchingProblem p) => Assert.Contains(what, Assert.ThrowsAny<ArgumentException>(() => GroupMatching.Solve(p)).Message, StringComparison.Ordinal);
        Refused("square", good with { Walking = new int[1, 2] });
        Refused("Seconds are", good with { FullSeconds = -1 });
        Refused("Group 0", good with { Groups = [new([99], 1)] });
        Refused("Group 0", good with { Groups = [new([0], -1)] });
        Refused("Person 0", good with { People = [new(99)] });
        Refused("Person 0", good with { People = [new(0, 99)] });
        Assert.ThrowsAny<OperationCanceledException>(() => GroupMatching.Solve(good, cancel: new(true)));
        Assert.Empty(GroupMatching.Solve(good with { People = [] }, cancel: TestContext.Current.CancellationToken).Matches);
    }
}
