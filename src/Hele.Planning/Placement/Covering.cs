namespace Hele.Planning.Placement;

/// <summary>Which sites cover most, or all at least cost. What a placement says of itself is recomputed by <see cref="CoverProof"/>.</summary>
public static class Covering
{
    /// <summary>
    /// Most weight within number and budget. Closing one of today's n points: today's points are the sites, and <see cref="SiteChoice.Most"/> is n − 1. With capacities it is the most that can be served, and the people of a customer may be
    /// shared out among the sites that cover it.
    /// </summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <exception cref="ArgumentException">There are capacities, and more sites or customers than <see cref="DistanceProblem"/> takes.</exception>
    public static Placement Most(CoverProblem problem, PlacementOptions? options = null, IProgress<PlacementProgress>? progress = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(problem);
        return problem.HasCapacities ? CoverShares.Most(problem, options ?? new(), progress, cancel) : new CoverSearch(problem, true, options ?? new(), progress, cancel).Run();
    }

    /// <summary>Least cost so that everybody is covered whom any allowed site covers; <see cref="CoverProblem.Unreachable"/> are those that none does.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <exception cref="ArgumentException">The problem has capacities, or a number of sites and costs that differ.</exception>
    public static Placement All(CoverProblem problem, PlacementOptions? options = null, IProgress<PlacementProgress>? progress = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(problem);
        if (problem.Choice.Most is not null && problem.Costs.Length > 0 && (problem.Costs[0] < 1 || problem.Costs.ContainsAnyExcept(problem.Costs[0])))
            throw new ArgumentException("Covering all with at most a number of sites is answered where all sites cost the same.", nameof(problem));
        if (problem.HasCapacities)
            throw new ArgumentException("Covering all is answered for sites that serve as many as come; with capacities ask for the most.", nameof(problem));
        return new CoverSearch(problem, false, options ?? new(), progress, cancel).Run();
    }
}
