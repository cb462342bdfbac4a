namespace Hele.Planning.Placement;

/// <summary>The answers met in a search, each with its value counted on the problem as it was given, and without sites that add nothing.</summary>
sealed class CoverPool(CoverProblem problem, bool most)
{
    const int Kept = 200;
    readonly HashSet<string> known = [];
    readonly List<SiteSet> sets = [];

    public SiteSet? Best { get; private set; }

    /// <summary>The best value, or one below which no answer is sought, in the sense that more is better.</summary>
    public long Floor { get; private set; } = most || (problem.Choice.Budget, problem.Choice.Most) is (null, null) ? long.MinValue / 4 : -Ceiling(problem) - 1;

    /// <summary>What covering all may cost at most; the number of sites is a cost where each costs the same.</summary>
    public static long Ceiling(CoverProblem problem)
    {
        var budget = problem.Choice.Budget ?? long.MaxValue / 8;
        return problem.Choice.Most is { } limit && problem.Sites > 0 ? Math.Min(budget, limit * problem.Costs[0]) : budget;
    }

    /// <returns>Whether it is better than any before.</returns>
    public bool Offer(IEnumerable<int> sites)
    {
        var count = new int[problem.Customers];
        var open = sites.Distinct().ToList();
        foreach (var i in open)
            foreach (var j in problem.CustomersOf(i))
                count[j]++;
        foreach (var i in open.OrderByDescending(i => problem.Costs[i]).ThenBy(i => i).ToArray())
        {
            if (problem.IsFixed(i) || !IsIdle(i))
                continue;
            open.Remove(i);
            foreach (var j in problem.CustomersOf(i))
                count[j]--;
        }
        open.Sort();
        if (!known.Add(string.Join(',', open)))
            return false;
        var value = most ? Enumerable.Range(0, problem.Customers).Sum(j => count[j] > 0 ? problem.Weights[j] : 0) : open.Sum(i => problem.Costs[i]);
        var worth = most ? value : -value;
        if (!most && (worth <= Floor && Best is null || problem.Unreachable.Count != count.Count(c => c == 0)))
            return false;
        var set = new SiteSet(open, value);
        sets.Add(set);
        if (sets.Count >= 2 * Kept)
            Trim();
        if (Best is not null && worth <= Floor)
            return false;
        (Best, Floor) = (set, worth);
        return true;

        bool IsIdle(int i)
        {
            foreach (var j in problem.CustomersOf(i))
                if (count[j] == 1 && (!most || problem.Weights[j] > 0))
                    return false;
            return true;
        }
    }

    void Trim()
    {
        sets.Sort((a, b) => most ? b.Value.CompareTo(a.Value) : a.Value.CompareTo(b.Value));
        sets.RemoveRange(Kept, sets.Count - Kept);
    }

    /// <summary>Others than the best within a share of it, best first; where the search met too few, those one exchange away from the best.</summary>
    public List<SiteSet> Others(int wanted, double within)
    {
        if (Best is not { } first || wanted == 0)
            return [];
        if (sets.Count(Near) < wanted && (long)first.Open.Count * problem.Sites <= 100_000 && problem.Customers <= 20_000)
            Exchanged(first, Slack());
        return [.. sets.Where(Near).OrderBy(s => most ? -s.Value : s.Value).ThenBy(s => string.Join(',', s.Open), StringComparer.Ordinal).Take(wanted)];

        long Slack() => (long)Math.Floor(Math.Abs((double)Best.Value) * within);
        bool Near(SiteSet s) => s != Best && (most ? s.Value >= Best.Value - Slack() : s.Value <= Best.Value + Slack() && s.Value <= Ceiling(problem));
    }

    void Exchanged(SiteSet best, long slack)
    {
        var (count, spent) = (new int[problem.Customers], best.Open.Sum(i => problem.Costs[i]));
        foreach (var i in best.Open)
            foreach (var j in problem.CustomersOf(i))
                count[j]++;
        var open = best.Open.ToHashSet();
        var found = new List<(long Loss, int Out, int In)>();
        foreach (var left in best.Open.Where(i => !problem.IsFixed(i)))
        {
            foreach (var j in problem.CustomersOf(left))
                count[j]--;
            var lost = 0L;
            var uncovered = 0;
            foreach (var j in problem.CustomersOf(left))
                (lost, uncovered) = count[j] == 0 ? (lost + problem.Weights[j], uncovered + 1) : (lost, uncovered);
            for (var i = 0; i < problem.Sites; i++)
            {
                if (open.Contains(i) || problem.IsForbidden(i))
                    continue;
                var (gained, covered) = (0L, 0);
                foreach (var j in problem.CustomersOf(i))
                    (gained, covered) = count[j] == 0 ? (gained + problem.Weights[j], covered + 1) : (gained, covered);
                var paid = spent - problem.Costs[left] + problem.Costs[i];
                // Of those that all uncovered would have to be covered by, the count says it unless others than they are covered anew, which an answer that covers all doesn't leave.
                if (most ? lost - gained <= slack && gained > 0 && (problem.Choice.Budget is not { } budget || paid <= budget) : covered == uncovered && paid - spent <= slack)
                    found.Add((most ? lost - gained : paid - spent, left, i));
            }
            foreach (var j in problem.CustomersOf(left))
                count[j]++;
        }
        foreach (var (_, left, entered) in found.Order().Take(Kept / 4))
            Offer([.. best.Open.Where(i => i != left), entered]);
    }
}
