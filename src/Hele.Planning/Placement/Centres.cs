namespace Hele.Planning.Placement;

/// <summary>Where sites are so that whoever is farthest from the nearest open site has it as near as can be: the least greatest cost over customers with weight (p-centre).</summary>
public static class Centres
{
    /// <summary>The best sites, a bound below which no choice comes, and its proof for <see cref="CentreProof"/>. A set of sites that leaves a customer with weight unreached is no answer; customers whom no allowed site reaches are left out (<see cref="DistanceProblem.BeyondReach"/>).</summary>
    /// <remarks>Where no answer exists, the bound is one more than the greatest cost. Where nobody counts, value and bound are 0.</remarks>
    /// <exception cref="ArgumentException">The problem or an option is malformed, or sites have capacities: who goes where is then no question of the nearest site, and isn't answered here.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static Placement Solve(DistanceProblem problem, PlacementOptions? options = null, IProgress<PlacementProgress>? progress = null, CancellationToken cancel = default)
    {
        options ??= new();
        if (problem.Choice.Capacities != null)
            throw new ArgumentException("Centres know no capacities; ask for medians.", nameof(problem));
        return new CentreSearch(new(problem, options), options, progress, cancel).Solve();
    }
}
