namespace Hele.Planning.Placement;

/// <summary>
/// The most that sites with capacities can serve, asked as a median: whoever is served pays nothing, and whoever isn't pays one to a site "elsewhere" that is always open and has room for all. Beside them somebody nobody can serve weighs as
/// much as all together: a hundredth of what is then paid is at least a hundredth of what is served, so that no answer nearly as good is lost. The median's prices are a covering's prices as they stand.
/// </summary>
static class CoverShares
{
    public static Placement Most(CoverProblem problem, PlacementOptions options, IProgress<PlacementProgress>? progress, CancellationToken cancel)
    {
        var reachable = Enumerable.Range(0, problem.Customers).Except(problem.Unreachable).Where(j => problem.Weights[j] > 0).ToArray();
        var (elsewhere, nobody) = (problem.Sites, reachable.Length);
        var all = reachable.Sum(j => problem.Weights[j]);
        var beside = Math.Min(all, SiteRoom - all);
        var costs = new int[reachable.Length + 1, problem.Sites + 1];
        for (var k = 0; k <= nobody; k++)
        {
            for (var i = 0; i < elsewhere; i++)
                costs[k, i] = DistanceProblem.Unreachable;
            costs[k, elsewhere] = 1;
            if (k < nobody)
                foreach (var i in problem.SitesOf(reachable[k]))
                    costs[k, i] = 0;
        }
        var choice = problem.Choice;
        var median = Medians.Solve(new()
        {
            Choice = choice with
            {
                Sites = problem.Sites + 1, Costs = [.. problem.Costs, 0], Capacities = [.. problem.Capacities, SiteRoom], Fixed = [.. choice.Fixed, elsewhere], Most = choice.Most + 1,
            },
            Costs = costs, Weights = [.. reachable.Select(j => problem.Weights[j]), beside],
        }, options, progress is null ? null : new Turned(progress, Covered), cancel);

        long Covered(long paid) => Math.Min(all, all + beside - paid);
        SiteSet Set(SiteSet found) => new([.. found.Open.Where(i => i != elsewhere)], Covered(found.Value));
        long[] Row(IReadOnlyList<long> prices)
        {
            var row = new long[problem.Customers];
            for (var k = 0; k < reachable.Length; k++)
                row[reachable[k]] = Math.Min(prices[k], median.Proof.Scale);
            return row;
        }
        var best = median.Best is { } b ? Set(b) : null;
        return new()
        {
            Best = best, Bound = best is null && median.IsProven ? 0 : Math.Max(Covered(median.Bound), best?.Value ?? 0), IsProven = median.IsProven,
            Alternatives = [.. median.Alternatives.Select(Set).Where(s => best!.Value - s.Value <= options.Within * best.Value)],
            Proof = new(median.Proof.Nodes, [.. median.Proof.Multipliers.Select(Row)], median.Proof.Scale),
        };
    }

    /// <summary>As much as a site may have.</summary>
    const long SiteRoom = 1_000_000_000_000;

    sealed class Turned(IProgress<PlacementProgress> progress, Func<long, long> covered) : IProgress<PlacementProgress>
    {
        public void Report(PlacementProgress value) => progress.Report(new(value.Value is { } v ? covered(v) : null, covered(value.Bound), value.Branches));
    }
}
