namespace Hele.Planning.Placement;

/// <summary>Where sites are so that all customers together pay least: Σ weight × cost to the nearest open site (p-median). With capacities the people of a customer may be shared out, and everybody goes where all together pay least.</summary>
public static class Medians
{
    /// <summary>The best sites, a bound below which no choice comes, and its proof for <see cref="MedianProof"/>. A set of sites that leaves a customer with weight unreached, or has no room for everybody, is no answer; customers whom no allowed site reaches are left out (<see cref="DistanceProblem.BeyondReach"/>).</summary>
    /// <remarks>Sites that nobody would use aren't opened (with capacities the set stays as it was found), so an answer may have fewer than are allowed. Where no answer exists, the bound is one more than any could come to.</remarks>
    /// <exception cref="ArgumentException">The problem or an option is malformed.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static Placement Solve(DistanceProblem problem, PlacementOptions? options = null, IProgress<PlacementProgress>? progress = null, CancellationToken cancel = default)
    {
        options ??= new();
        return new MedianSearch(new(problem, options), options, MedianSearch.WorkPerEffort * options.Effort, progress, cancel).Solve();
    }
}
