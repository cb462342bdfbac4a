using Hele.Planning.Roster;
using Hele.Planning.Streets;
using Xunit;

namespace Hele.Tests.Planning.Roster;

/// <summary>
/// Judges rosters minute by minute, from the words of the rules and without anything of the search: walks every visitor through every day, counts every gap, and asks for each explanation what else could have been done.
/// </summary>
sealed class RosterJudge
{
    public readonly record struct Done(int Recipient, int Rhythm, DateTime Start, int Minutes, int[] Visitors);

    readonly RosterProblem p;
    readonly Dictionary<(int, int), int> ways = [];

    public RosterJudge(RosterProblem problem)
    {
        p = problem;
        // Shortest ways by relaxing until nothing is shorter.
        var places = p.Visitors.Select(v => v.Base).Concat(p.Recipients.Select(r => r.Place)).Distinct().ToList();
        foreach (var from in places)
        {
            var ms = places.ToDictionary(x => x, x => x == from ? 0L : long.MaxValue / 4);
            for (var shorter = true; shorter;)
            {
                shorter = false;
                foreach (var a in places)
                    foreach (var b in places)
                        if (a != b && p.Walking[a, b] >= 0 && ms[a] + p.Walking[a, b] < ms[b])
                        {
                            ms[b] = ms[a] + p.Walking[a, b];
                            shorter = true;
                        }
            }
            foreach (var to in places)
                ways[(from, to)] = (int)Math.Min(100_000, Math.Ceiling(ms[to] / 60_000.0));
        }
    }

    public static Done[] Of(RosterPlan plan) => [.. plan.Contacts.Select(c => new Done(c.Recipient, c.Rhythm, c.Start, c.Minutes, [.. c.Visitors]))];

    DateTime Begin => p.First.ToDateTime(default);
    Rhythm RhythmOf(Done d) => p.Recipients[d.Recipient].Rhythms[d.Rhythm];
    static bool Touches(Stretch s, DateTime minute) => s.From < minute.AddMinutes(1) && s.Until > minute;
    static bool Holds(Stretch s, DateTime minute) => s.From <= minute && s.Until >= minute.AddMinutes(1);

    readonly Dictionary<(int, DateTime), bool> free = [], home = [];

    public bool Free(int visitor, DateTime minute)
    {
        if (!free.TryGetValue((visitor, minute), out var yes))
        {
            var v = p.Visitors[visitor];
            free[(visitor, minute)] = yes = (v.Free.IsOpen(WeekMoment.Of(minute)) || v.AlsoFree.Any(s => Holds(s, minute))) && !v.Absences.Any(s => Touches(s, minute));
        }
        return yes;
    }

    public bool Home(int recipient, DateTime minute)
    {
        if (!home.TryGetValue((recipient, minute), out var yes))
            home[(recipient, minute)] = yes = p.Recipients[recipient].Home.IsOpen(WeekMoment.Of(minute)) && !p.Recipients[recipient].Away.Any(s => Touches(s, minute));
        return yes;
    }

    static IEnumerable<DateTime> MinutesOf(Done d) => Enumerable.Range(0, d.Minutes).Select(m => d.Start.AddMinutes(m));
    bool Visit(Done d) => RhythmOf(d).Kind == ContactKind.Visit;

    /// <summary>Walks a visitor through a day. Null when they can't be where they are to be; otherwise minutes walked (with the ways home), and to each contact.</summary>
    public (int Walked, Dictionary<Done, int> Before)? Day(int visitor, DateOnly date, IEnumerable<Done> all)
    {
        var mine = all.Where(d => d.Visitors.Contains(visitor) && DateOnly.FromDateTime(d.Start) == date).OrderBy(d => d.Start).ToList();
        var key = $"{visitor} {date.DayNumber} {string.Join(' ', mine.Select(d => $"{d.Recipient}.{d.Rhythm}.{d.Start.Ticks}"))}";
        if (!walks.TryGetValue(key, out var known))
            walks[key] = known = Walk(visitor, date, mine);
        return known;
    }

    readonly Dictionary<string, (int, Dictionary<Done, int>)?> walks = [];

    (int Walked, Dictionary<Done, int> Before)? Walk(int visitor, DateOnly date, List<Done> mine)
    {
        var (walked, before) = (0, new Dictionary<Done, int>());
        if (mine.Zip(mine.Skip(1)).Any(t => t.First.Start.AddMinutes(t.First.Minutes) > t.Second.Start) || mine.Any(d => MinutesOf(d).Any(m => !Free(visitor, m))))
            return null;
        var day = date.ToDateTime(default);
        var (at, steps, inside) = (p.Visitors[visitor].Base, 0, false);
        for (var m = 0; m <= 1440; m++)
        {
            var minute = day.AddMinutes(m);
            var freeNow = m < 1440 && Free(visitor, minute);
            if (inside && !freeNow)
            {
                // The free time ends: home by now.
                var way = ways[(at, p.Visitors[visitor].Base)];
                if (steps < way)
                    return null;
                walked += way;
            }
            if (freeNow && !inside)
                (at, steps) = (p.Visitors[visitor].Base, 0);
            inside = freeNow;
            if (!freeNow)
                continue;
            foreach (var d in mine.Where(d => d.Start == minute && Visit(d)))
            {
                var way = ways[(at, p.Recipients[d.Recipient].Place)];
                if (steps < way)
                    return null;
                walked += before[d] = way;
                (at, steps) = (p.Recipients[d.Recipient].Place, 0);
            }
            // Whoever isn't in a contact may walk.
            if (!mine.Exists(d => d.Start <= minute && minute < d.Start.AddMinutes(d.Minutes)))
                steps++;
        }
        return (walked, before);
    }

    public IEnumerable<DateOnly> Dates => Enumerable.Range(0, p.Days).Select(d => p.First.AddDays(d));

    public IReadOnlyList<(DateOnly After, DateOnly Until)> Gaps(int recipient, int rhythm, IEnumerable<Done> all)
    {
        var r = p.Recipients[recipient].Rhythms[rhythm];
        var days = all.Where(d => d.Recipient == recipient && (d.Rhythm == rhythm || r.MetByVisit && Visit(d))).Select(d => DateOnly.FromDateTime(d.Start)).Distinct().Order().ToList();
        return [.. days.Prepend(r.Last).Zip(days.Append(p.First.AddDays(p.Days)))];
    }

    static int Length((DateOnly After, DateOnly Until) gap) => gap.Until.DayNumber - gap.After.DayNumber;

    IEnumerable<(int Recipient, int Rhythm)> Rhythms => p.Recipients.SelectMany((r, i) => r.Rhythms.Select((_, k) => (i, k)));

    int GivenBy(int visitor, int week, IReadOnlyList<Done> all) => Dates.Where(d => (d.DayNumber - p.First.DayNumber) / 7 == week)
        .Sum(date => Day(visitor, date, all)!.Value.Walked + all.Where(d => d.Visitors.Contains(visitor) && DateOnly.FromDateTime(d.Start) == date).Sum(d => d.Minutes));

    int Weeks => (p.Days + 6) / 7;

    /// <summary>What contacts cost by the words of <see cref="PlanCost"/>.</summary>
    public PlanCost Cost(IReadOnlyList<Done> all, IReadOnlyList<Done>? before = null)
    {
        var over = Rhythms.Sum(q => Gaps(q.Recipient, q.Rhythm, all).Sum(g => Math.Max(0, Length(g) - p.Recipients[q.Recipient].Rhythms[q.Rhythm].LongestGap)));
        var faces = all.SelectMany(d => d.Visitors.Select(v => (d.Recipient, v))).Distinct().Count(f => !p.Recipients[f.Recipient].Familiar.Contains(f.v));
        var (uneven, walked) = (0, 0);
        for (var v = 0; v < p.Visitors.Count; v++)
        {
            var minutes = Enumerable.Range(0, Weeks).Sum(w => GivenBy(v, w, all));
            var step = minutes * 20 / (p.Visitors[v].WeekMinutes * Weeks);
            uneven += step * step;
            walked += Dates.Sum(d => Day(v, d, all)!.Value.Walked);
        }
        return new(over, before == null ? 0 : Changes(before, all), all.Count, faces, uneven, walked);
    }

    public static bool Same(Done a, Done b) => (a.Recipient, a.Rhythm, a.Start) == (b.Recipient, b.Rhythm, b.Start) && a.Visitors.SequenceEqual(b.Visitors);

    public static int Changes(IReadOnlyList<Done> before, IReadOnlyList<Done> after) => before.Concat(after).GroupBy(d => (d.Recipient, d.Rhythm)).Sum(g =>
    {
        var (old, made) = (before.Where(d => (d.Recipient, d.Rhythm) == g.Key).ToList(), after.Where(d => (d.Recipient, d.Rhythm) == g.Key).ToList());
        return Math.Max(old.Count(o => !made.Exists(m => Same(o, m))), made.Count(m => !old.Exists(o => Same(o, m))));
    });

    /// <summary>The hard rules, for contacts that begin at a moment or later.</summary>
    public List<string> Faults(IReadOnlyList<Done> all, DateTime from = default)
    {
        var faults = new List<string>();
        foreach (var d in all.Where(d => d.Start >= from))
        {
            var r = RhythmOf(d);
            if (d.Minutes != r.Minutes || d.Visitors.Length != r.People || !d.Visitors.SequenceEqual(d.Visitors.Distinct().Order()))
                faults.Add($"{d}: not for {r.People} of {r.Minutes} minutes");
            if (d.Visitors.Any(v => !r.Skills.All(s => p.Visitors[v].Skills.Contains(s))))
                faults.Add($"{d}: without the skill");
            if (MinutesOf(d).Any(m => !Home(d.Recipient, m)))
                faults.Add($"{d}: nobody home");
            if (all.Any(o => o.Recipient == d.Recipient && !o.Equals(d) && o.Start < d.Start.AddMinutes(d.Minutes) && d.Start < o.Start.AddMinutes(o.Minutes)))
                faults.Add($"{d}: two contacts at once");
            if (d.Start < Begin || d.Start >= Begin.AddDays(p.Days))
                faults.Add($"{d}: outside the roster");
        }
        if (all.GroupBy(d => (d.Recipient, d.Rhythm, d.Start.Date)).Any(g => g.Count() > 1))
            faults.Add("two contacts of a rhythm on one day");
        for (var v = 0; v < p.Visitors.Count; v++)
            foreach (var date in Dates)
                if (date.ToDateTime(default) >= from && Day(v, date, all) == null)
                    faults.Add($"visitor {v} can't be everywhere on {date:O}");
        if (from == default && faults.Count == 0)
            for (var v = 0; v < p.Visitors.Count; v++)
                for (var w = 0; w < Weeks; w++)
                    if (GivenBy(v, w, all) > p.Visitors[v].WeekMinutes)
                        faults.Add($"visitor {v} gives more than they can in week {w}");
        return faults;
    }

    /// <summary>Everything a plan says of itself, and the explanation of every contact.</summary>
    public void Check(RosterPlan plan)
    {
        var all = Of(plan);
        Assert.Empty(Faults(all));
        Assert.Equal(Cost(all), plan.Cost);
        var days = Enumerable.Range(0, p.Visitors.Count).Select(v => Dates.ToDictionary(d => d, d => Day(v, d, all)!.Value)).ToList();
        foreach (var c in plan.Contacts)
            foreach (var (i, v) in c.Visitors.Index())
                Assert.Equal(days[v][DateOnly.FromDateTime(c.Start)].Before.FirstOrDefault(b => Same(b.Key, new(c.Recipient, c.Rhythm, c.Start, c.Minutes, [.. c.Visitors]))).Value, c.WalkingBefore[i]);
        foreach (var l in plan.Loads)
        {
            var minutes = Enumerable.Range(0, Weeks).Sum(w => GivenBy(l.Visitor, w, all));
            Assert.Equal((all.Count(d => d.Visitors.Contains(l.Visitor)), minutes, days[l.Visitor].Values.Sum(d => d.Walked)), (l.Contacts, l.Minutes, l.WalkingMinutes));
            Assert.Equal(minutes / (double)(p.Visitors[l.Visitor].WeekMinutes * Weeks), l.Share, 1e-9);
        }
        Assert.Equal(plan.Loads.Max(l => l.Share) - plan.Loads.Min(l => l.Share), plan.Spread, 1e-9);
        Assert.Equal(Rhythms.Select(q => (q.Recipient, q.Rhythm, Gaps(q.Recipient, q.Rhythm, all).Max(Length))), plan.Gaps.Select(g => (g.Recipient, g.Rhythm, g.Longest)));
        CheckPromises(plan, all);
        CheckUnmet(plan, all);
        foreach (var c in plan.Contacts)
            CheckWhy(plan, all, c);
    }

    void CheckPromises(RosterPlan plan, Done[] all)
    {
        var broken = plan.Broken.ToDictionary(b => b.Promise, b => b.Why);
        for (var i = 0; i < p.Promises.Count; i++)
        {
            var promise = p.Promises[i];
            var kept = plan.Contacts.SingleOrDefault(c => (c.Recipient, c.Rhythm, c.Start) == (promise.Recipient, promise.Rhythm, promise.Start) && promise.Visitors.All(c.Visitors.Contains));
            if (!broken.TryGetValue(i, out var why))
            {
                Assert.NotNull(kept);
                Assert.True(kept.Promised);
                Assert.Equal(ReasonCode.Promised, Assert.Single(kept.Why.Reasons).Code);
                continue;
            }
            var r = p.Recipients[promise.Recipient].Rhythms[promise.Rhythm];
            var minutes = Enumerable.Range(0, r.Minutes).Select(m => promise.Start.AddMinutes(m)).ToList();
            var skilled = promise.Visitors.All(v => r.Skills.All(s => p.Visitors[v].Skills.Contains(s)));
            var open = promise.Visitors.All(v => minutes.TrueForAll(m => Free(v, m)));
            var there = minutes.TrueForAll(m => Home(promise.Recipient, m));
            Assert.Equal(!skilled ? BrokenCode.NoSkill : !open ? BrokenCode.NotFree : !there ? BrokenCode.NotHome : why is BrokenCode.NoSecond ? why : BrokenCode.Clash, why);
            // Alone it could not be kept beside the promises that were: it can't be put in with them.
            var others = plan.Contacts.Where(c => c.Promised).Select(c => new Done(c.Recipient, c.Rhythm, c.Start, c.Minutes, [.. c.Visitors])).ToList();
            foreach (var visitors in Groups(r.People).Where(g => promise.Visitors.All(g.Contains)))
                Assert.NotEmpty(Faults([.. others, new(promise.Recipient, promise.Rhythm, promise.Start, r.Minutes, visitors)]));
        }
        Assert.Equal(p.Promises.Count - broken.Count, plan.Contacts.Count(c => c.Promised));
    }

    void CheckUnmet(RosterPlan plan, Done[] all)
    {
        var expected = Rhythms.SelectMany(q => Gaps(q.Recipient, q.Rhythm, all).Select(g => (q.Recipient, q.Rhythm, g.After, g.Until, Over: Length(g) - p.Recipients[q.Recipient].Rhythms[q.Rhythm].LongestGap))).Where(g => g.Over > 0);
        Assert.Equal(expected, plan.Unmet.Select(u => (u.Recipient, u.Rhythm, u.After, u.Until, u.DaysOver)));
        foreach (var u in plan.Unmet)
        {
            var r = p.Recipients[u.Recipient].Rhythms[u.Rhythm];
            var able = Enumerable.Range(0, p.Visitors.Count).Where(v => r.Skills.All(s => p.Visitors[v].Skills.Contains(s))).ToList();
            Assert.Equal(able.Count, u.WithSkill);
            var days = Dates.Where(d => d > u.After && d < u.Until && d.DayNumber <= u.After.DayNumber + r.LongestGap).ToList();
            bool Alone(int[] visitors, DateOnly date) => Starts(date).Any(t =>
            {
                Done d = new(u.Recipient, u.Rhythm, t, r.Minutes, visitors);
                return MinutesOf(d).All(m => Home(u.Recipient, m)) && visitors.All(v => Day(v, date, [d]) != null);
            });
            var why = able.Count < r.People ? UnmetCode.NobodyHasSkill
                : days.Count == 0 ? UnmetCode.AlreadyOverdue
                : !days.Exists(d => Enumerable.Range(0, 1441 - r.Minutes).Any(t => Enumerable.Range(t, r.Minutes).All(m => Home(u.Recipient, d.ToDateTime(default).AddMinutes(m))))) ? UnmetCode.NeverHome
                : !days.Exists(d => Groups(r.People).Any(g => g.All(able.Contains) && Alone(g, d))) ? UnmetCode.NobodyFree
                : UnmetCode.NoRoom;
            Assert.Equal(why, u.Why);
        }
    }

    IEnumerable<int[]> Groups(int people) => people == 1 ? Enumerable.Range(0, p.Visitors.Count).Select(v => new[] { v })
        : Enumerable.Range(0, p.Visitors.Count).SelectMany(v => Enumerable.Range(v + 1, p.Visitors.Count - v - 1).Select(w => new[] { v, w }));

    /// <summary>Minutes of a day on which anybody is free.</summary>
    IEnumerable<DateTime> Starts(DateOnly date) => Enumerable.Range(0, 1440).Select(m => date.ToDateTime(default).AddMinutes(m)).Where(t => Enumerable.Range(0, p.Visitors.Count).Any(v => Free(v, t)));

    void CheckWhy(RosterPlan plan, Done[] all, PlannedContact c)
    {
        var r = p.Recipients[c.Recipient].Rhythms[c.Rhythm];
        var rest = all.Where(d => (d.Recipient, d.Rhythm, d.Start) != (c.Recipient, c.Rhythm, c.Start)).ToList();
        var able = Enumerable.Range(0, p.Visitors.Count).Where(v => r.Skills.All(s => p.Visitors[v].Skills.Contains(s))).ToList();
        Assert.Equal(able.Count, c.Why.WithSkill);
        PlanCost? next = null;
        var (nexts, free) = (new List<int[]>(), new HashSet<int>());
        foreach (var group in Groups(r.People).Where(g => g.All(able.Contains)))
        {
            PlanCost? least = null;
            // What it costs hangs on between whom it stands, so a start right after another costs what all later ones there do: still, every minute is tried.
            foreach (var t in Starts(DateOnly.FromDateTime(c.Start)))
            {
                List<Done> made = [.. rest, new(c.Recipient, c.Rhythm, t, r.Minutes, group)];
                if (!group.All(v => Enumerable.Range(0, r.Minutes).All(m => Free(v, t.AddMinutes(m)))) || Faults(made).Count > 0)
                    continue;
                var cost = Cost(made);
                if (least == null || cost.CompareTo(least.Value) < 0)
                    least = cost;
            }
            if (least is not { } found)
                continue;
            free.UnionWith(group);
            if (group.SequenceEqual(c.Visitors))
                continue;
            if (next == null || found.CompareTo(next.Value) < 0)
                (next, nexts) = (found, []);
            if (found == next)
                nexts.Add(group);
        }
        Assert.Equal(free.Count, c.Why.Free);
        Assert.Equal(next is { } n ? n - plan.Cost : null, c.Why.Difference);
        if (next == null)
            Assert.Empty(c.Why.NextBest);
        else
            Assert.Contains(nexts, g => g.SequenceEqual(c.Why.NextBest));
        if (c.Promised)
            return;
        // No other could have done it at less.
        Assert.True(c.Why.Difference is not { } d || d.CompareTo(default) >= 0);
        var reasons = new List<Reason>();
        if (c.Why.Difference is not { } more)
            reasons.Add(able.Count == r.People ? new(ReasonCode.OnlyWithSkill, able.Count, p.Visitors.Count) : new(ReasonCode.OnlyFree, free.Count, able.Count));
        else
        {
            if (more.NewFaces > 0)
                reasons.Add(new(ReasonCode.Familiar, more.NewFaces));
            if (more.Unevenness > 0)
                reasons.Add(new(ReasonCode.LoadEvened, more.Unevenness));
            if (more.WalkingMinutes > 0)
                reasons.Add(new(ReasonCode.LessWalking, more.WalkingMinutes));
            if (reasons.Count == 0)
                reasons.Add(new(ReasonCode.Equal));
        }
        Assert.Equal(reasons, c.Why.Reasons);
    }
}
