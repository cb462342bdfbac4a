namespace Hele.Planning.Roster;

/// <summary>A group of people who look after others near them.</summary>
/// <param name="Places">Where its members live; the nearest counts.</param>
/// <param name="Capacity">How many people it can look after.</param>
public sealed record ServiceGroup(IReadOnlyList<int> Places, int Capacity)
{
    /// <summary>What its members can do among them.</summary>
    public IReadOnlyCollection<int> Skills { get; init; } = [];
}

/// <summary>Somebody who needs a group.</summary>
/// <param name="Now">The group (by number) that looks after them already.</param>
public sealed record PersonToMatch(int Place, int? Now = null)
{
    public IReadOnlyCollection<int> Skills { get; init; } = [];
}

/// <summary>Groups, people, and what weighs how much, all in seconds of walking.</summary>
public sealed record MatchingProblem
{
    public required IReadOnlyList<ServiceGroup> Groups { get; init; }
    public required IReadOnlyList<PersonToMatch> People { get; init; }
    /// <summary>Milliseconds from place to place; below 0 where nobody can walk.</summary>
    public required int[,] Walking { get; init; }
    /// <summary>No group is matched further away.</summary>
    public int MostSeconds { get; init; } = 3600;
    /// <summary>What the last free place of a group costs more than its first: the larger, the more evenly groups fill.</summary>
    public int FullSeconds { get; init; } = 300;
    /// <summary>What it costs that somebody changes groups: they do where all together gain more. Of equals the one with fewer changes is taken in any case.</summary>
    public int ChangeSeconds { get; init; } = 300;

    internal void Check()
    {
        static ArgumentException Bad(string what) => new(what);
        if (Groups is null || People is null || Walking is null)
            throw Bad("Groups, people and walking times must be given.");
        var places = Walking.GetLength(0);
        if (Walking.GetLength(1) != places)
            throw Bad($"Walking times aren't square: {places} by {Walking.GetLength(1)}.");
        if (MostSeconds < 0 || FullSeconds < 0 || ChangeSeconds < 0 || Math.Max(MostSeconds, Math.Max(FullSeconds, ChangeSeconds)) > 1_000_000)
            throw Bad("Seconds are from 0 to a million.");
        if (People.Count > 20_000 || Groups.Count > 2_000)
            throw Bad("More people or groups than can be matched at once.");
        for (var g = 0; g < Groups.Count; g++)
        {
            var group = Groups[g] ?? throw Bad($"Group {g} is missing.");
            if (group.Capacity < 0 || group.Skills is null || group.Places is null || group.Places.Any(p => (uint)p >= (uint)places))
                throw Bad($"Group {g} has a capacity below 0, no list of skills, or a member at a place that isn't there.");
        }
        for (var p = 0; p < People.Count; p++)
        {
            var person = People[p] ?? throw Bad($"Person {p} is missing.");
            if ((uint)person.Place >= (uint)places || person.Skills is null || person.Now is { } now && (uint)now >= (uint)Groups.Count)
                throw Bad($"Person {p} lives at a place, or has a group, that isn't there, or no list of skills.");
        }
    }
}

public enum MatchReason
{
    /// <summary>No other group within reach has the skills.</summary>
    OnlyWithSkill,
    /// <summary>All other groups with the skills within reach are full.</summary>
    OthersFull,
    /// <summary>The next best is further by so many seconds.</summary>
    Nearer,
    /// <summary>The next best is fuller: it would cost so many seconds (see <see cref="MatchingProblem.FullSeconds"/>).</summary>
    LessFull,
    /// <summary>The next best would be a change.</summary>
    Kept,
    /// <summary>The next best would do as well.</summary>
    Equal,
}

/// <summary>Who looks after whom, and why.</summary>
/// <param name="Seconds">From the nearest member, rounded up.</param>
/// <param name="Reasons">With the seconds by which each speaks for the group; 0 for those that aren't of seconds.</param>
/// <param name="NextBest">The group that would have been next with all others as they are; null when none has room.</param>
/// <param name="Difference">What the next best would cost more in seconds; never less than 0.</param>
/// <param name="NearerFull">The nearest group with the skills, where it is nearer but full.</param>
public sealed record Match(int Person, int Group, int Seconds, IReadOnlyList<(MatchReason Reason, int Seconds)> Reasons, int? NextBest, int Difference, int? NearerFull);

public enum UnmatchedReason
{
    /// <summary>No group has the skills.</summary>
    NoSkill,
    /// <summary>Groups have the skills, but all are too far.</summary>
    TooFar,
    /// <summary>All groups with the skills within reach are full.</summary>
    Full,
}

/// <param name="Groups">How many groups have the skills.</param>
public sealed record Unmatched(int Person, UnmatchedReason Why, int Groups);

/// <param name="Matches">By person.</param>
/// <param name="Loads">People by group.</param>
/// <param name="Changes">People who had a group and have another now, or none.</param>
/// <param name="CostSeconds">Walking, filling and changing of all who are matched.</param>
public sealed record MatchingPlan(IReadOnlyList<Match> Matches, IReadOnlyList<Unmatched> Unmatched, IReadOnlyList<int> Loads, int Changes, long CostSeconds);

/// <summary>
/// Matches people to groups: as many as possible, then at the least cost of all together. Exact: successive shortest paths of a minimum-cost flow (Ahuja, Magnanti and Orlin 1993); the cost of filling a group rises with every
/// place, so the flow stays one of the cheapest.
/// </summary>
public static class GroupMatching
{
    const long Never = long.MaxValue / 4;

    /// <exception cref="ArgumentException">What is wrong with the problem.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; nothing is kept.</exception>
    public static MatchingPlan Solve(MatchingProblem problem, IProgress<double>? progress = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(problem);
        problem.Check();
        var (groups, people) = (problem.Groups.Count, problem.People.Count);
        // The last group is nobody: room for all, dearer than any chain of changes.
        var nobody = groups;
        var seconds = new int[people, groups];
        var cost = new long[people, groups + 1];
        // Equal costs go by fewer changes.
        long fine = people + 1, most = 4L * (people + 1) * (problem.MostSeconds + problem.FullSeconds + problem.ChangeSeconds + 1) * fine;
        for (var p = 0; p < people; p++)
        {
            cancel.ThrowIfCancellationRequested();
            var person = problem.People[p];
            for (var g = 0; g < groups; g++)
            {
                seconds[p, g] = Seconds(problem, p, g);
                cost[p, g] = seconds[p, g] > problem.MostSeconds || !Skilled(problem, p, g) ? Never
                    : (seconds[p, g] + (person.Now is { } now && now != g ? problem.ChangeSeconds : 0)) * fine + (person.Now is { } n && n != g ? 1 : 0);
            }
            cost[p, nobody] = most + (person.Now == null ? 0 : 1);
        }
        var members = new List<int>[groups + 1];
        for (var g = 0; g <= groups; g++)
            members[g] = [];
        var of = new int[people];
        long Filling(int g, int load) => g == nobody ? 0 : Full(problem, g, load) * fine;
        int Room(int g) => g == nobody ? int.MaxValue : problem.Groups[g].Capacity - members[g].Count;

        var (distance, from, mover, waiting) = (new long[groups + 1], new int[groups + 1], new int[groups + 1], new Queue<int>());
        var queued = new bool[groups + 1];
        for (var p = 0; p < people; p++)
        {
            if ((p & 63) == 0)
                progress?.Report(p / (double)people);
            for (var g = 0; g <= groups; g++)
            {
                (distance[g], from[g], mover[g]) = (cost[p, g], -1, p);
                if (distance[g] < Never)
                {
                    waiting.Enqueue(g);
                    queued[g] = true;
                }
            }
            while (waiting.TryDequeue(out var g))
            {
                // One person's place may move thousands.
                cancel.ThrowIfCancellationRequested();
                queued[g] = false;
                foreach (var q in members[g])
                {
                    var left = distance[g] - cost[q, g];
                    for (var h = 0; h <= groups; h++)
                    {
                        if (h == g || cost[q, h] >= Never || left + cost[q, h] >= distance[h])
                            continue;
                        (distance[h], from[h], mover[h]) = (left + cost[q, h], g, q);
                        if (!queued[h])
                        {
                            waiting.Enqueue(h);
                            queued[h] = true;
                        }
                    }
                }
            }
            var (best, end) = (Never, -1);
            for (var g = 0; g <= groups; g++)
                if (distance[g] < Never && Room(g) > 0 && distance[g] + Filling(g, members[g].Count) < best)
                    (best, end) = (distance[g] + Filling(g, members[g].Count), g);
            // Each on the way goes to the next group, the newcomer to the first.
            for (var g = end; ; g = from[g])
            {
                var q = mover[g];
                if (from[g] >= 0)
                    members[from[g]].Remove(q);
                members[g].Add(q);
                of[q] = g;
                if (from[g] < 0)
                    break;
            }
        }
        var plan = Describe(problem, seconds, cost, of, [.. members.Select(m => m.Count)], cancel);
        progress?.Report(1);
        return plan;
    }

    static int Seconds(MatchingProblem problem, int person, int group)
    {
        var best = int.MaxValue;
        foreach (var place in problem.Groups[group].Places)
            if (problem.Walking[place, problem.People[person].Place] is >= 0 and var ms)
                best = Math.Min(best, ms / 1000 + (ms % 1000 > 0 ? 1 : 0));
        return best;
    }

    static bool Skilled(MatchingProblem problem, int person, int group) => problem.People[person].Skills.All(problem.Groups[group].Skills.Contains);

    /// <summary>What a place in a group costs that has so many people already: nothing for the first, all of it for the last.</summary>
    static long Full(MatchingProblem problem, int group, int load) => (long)problem.FullSeconds * load / Math.Max(1, problem.Groups[group].Capacity - 1);

    static MatchingPlan Describe(MatchingProblem problem, int[,] seconds, long[,] cost, int[] of, int[] loads, CancellationToken cancel)
    {
        var (groups, people) = (problem.Groups.Count, problem.People.Count);
        var (matches, unmatched, sum, changes) = (new List<Match>(), new List<Unmatched>(), 0L, 0);
        int Changing(int p, int g) => problem.People[p].Now is { } now && now != g ? problem.ChangeSeconds : 0;
        for (var p = 0; p < people; p++)
        {
            cancel.ThrowIfCancellationRequested();
            var g = of[p];
            if (problem.People[p].Now is { } before && before != g)
                changes++;
            var skilled = Enumerable.Range(0, groups).Where(h => Skilled(problem, p, h)).ToList();
            if (g == groups)
            {
                unmatched.Add(new(p, skilled.Count == 0 ? UnmatchedReason.NoSkill : skilled.All(h => seconds[p, h] > problem.MostSeconds) ? UnmatchedReason.TooFar : UnmatchedReason.Full, skilled.Count));
                continue;
            }
            sum += seconds[p, g] + Changing(p, g);
            var near = skilled.Where(h => h != g && cost[p, h] < Never).ToList();
            int? nearerFull = near.Where(h => seconds[p, h] < seconds[p, g] && loads[h] >= problem.Groups[h].Capacity).OrderBy(h => seconds[p, h]).Select(h => (int?)h).FirstOrDefault();
            var mine = Full(problem, g, loads[g] - 1);
            long Extra(int h) => seconds[p, h] - seconds[p, g] + Full(problem, h, loads[h]) - mine + Changing(p, h) - Changing(p, g);
            var reasons = new List<(MatchReason, int)>();
            var open = near.Where(h => loads[h] < problem.Groups[h].Capacity).OrderBy(Extra).ThenBy(h => h).ToList();
            if (open.Count == 0)
            {
                matches.Add(new(p, g, seconds[p, g], [(near.Count == 0 ? MatchReason.OnlyWithSkill : MatchReason.OthersFull, 0)], null, 0, nearerFull));
                continue;
            }
            var next = open[0];
            if (seconds[p, next] > seconds[p, g])
                reasons.Add((MatchReason.Nearer, seconds[p, next] - seconds[p, g]));
            if (Full(problem, next, loads[next]) > mine)
                reasons.Add((MatchReason.LessFull, (int)(Full(problem, next, loads[next]) - mine)));
            if (problem.People[p].Now == g)
                reasons.Add((MatchReason.Kept, problem.ChangeSeconds));
            if (reasons.Count == 0)
                reasons.Add((MatchReason.Equal, 0));
            matches.Add(new(p, g, seconds[p, g], [.. reasons.OrderByDescending(r => r.Item2)], next, (int)Extra(next), nearerFull));
        }
        for (var g = 0; g < groups; g++)
            for (var k = 0; k < loads[g]; k++)
                sum += Full(problem, g, k);
        return new(matches, unmatched, loads[..groups], changes, sum);
    }
}
