namespace Hele.Planning.Placement;

/// <summary>What the checkers of medians and centres compute alike from the problem alone: who counts, which sets of sites are allowed, and whether what an answer says of its sets is so. Nothing of it is the search's.</summary>
abstract class DistanceJudge
{
    protected readonly DistanceProblem problem;
    protected readonly SiteChoice choice;
    protected readonly int[] customers;
    protected readonly bool[] forbidden;

    protected DistanceJudge(DistanceProblem problem)
    {
        (this.problem, choice) = (problem, problem.Choice);
        var left = problem.BeyondReach().ToHashSet();
        customers = [.. Enumerable.Range(0, problem.Costs.GetLength(0)).Where(j => (problem.Weights?[j] ?? 1) > 0 && !left.Contains(j))];
        forbidden = new bool[choice.Sites];
        foreach (var i in choice.Forbidden)
            forbidden[i] = true;
    }

    /// <summary>What the customers come to with these open sites; null, and a fault, when they can't be served.</summary>
    protected abstract long? Served(IReadOnlyList<int> open, List<string> faults);

    protected long Price(int site) => choice.Costs?[site] ?? 1;

    /// <summary>The cost of the customer's nearest open site; −1 where none is reached.</summary>
    protected int Nearest(int customer, IReadOnlyList<int> open) => open.Select(i => problem.Costs[customer, i]).Where(c => c >= 0).DefaultIfEmpty(-1).Min();

    /// <summary>The greatest cost of a customer that counts, over the sites that may be open.</summary>
    protected int Greatest(int customer) => Enumerable.Range(0, choice.Sites).Where(i => !forbidden[i]).Max(i => problem.Costs[customer, i]);

    /// <summary>Value and limits of the best and of the alternatives, and what is said of the bound beside them.</summary>
    /// <returns>The value of the best, computed anew.</returns>
    public long? Claims(Placement placement, List<string> faults)
    {
        long? value = null;
        if (placement.Best is { } best)
        {
            value = Value(best.Open, faults);
            if (value != best.Value)
                faults.Add($"The best comes to {value}, not {best.Value}.");
            if (placement.IsProven != (placement.Bound >= best.Value))
                faults.Add("Whether the best is proven doesn't follow from the bound.");
            if (placement.Bound > best.Value)
                faults.Add("The bound is above the best.");
        }
        var seen = new HashSet<string>();
        var last = placement.Best;
        if (last != null)
            seen.Add(string.Join(' ', last.Open));
        foreach (var other in placement.Alternatives)
        {
            if (Value(other.Open, faults) != other.Value)
                faults.Add($"An alternative doesn't come to {other.Value}.");
            if (last == null || other.Value < last.Value || !seen.Add(string.Join(' ', other.Open)))
                faults.Add("The alternatives aren't different sets of sites, best first.");
            last = other;
        }
        return value;
    }

    long? Value(IReadOnlyList<int> open, List<string> faults)
    {
        if (open.Where((o, k) => o < 0 || o >= choice.Sites || k > 0 && open[k - 1] >= o).Any() || open.Any(i => forbidden[i]) || !choice.Fixed.All(open.Contains))
        {
            faults.Add("The open sites aren't ascending, allowed, and all the fixed ones among them.");
            return null;
        }
        if (open.Count > choice.Most || open.Sum(Price) > choice.Budget)
            faults.Add("The open sites break a limit.");
        return Served(open, faults);
    }
}
