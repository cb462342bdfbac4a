namespace Hele.Planning.Placement;

/// <summary>Who is how far from which site. Given to <see cref="Medians"/> and <see cref="Centres"/>.</summary>
public sealed record DistanceProblem
{
    /// <summary>What stands in <see cref="Costs"/> where nobody gets from the customer to the site.</summary>
    public const int Unreachable = -1;
    /// <summary>Sites at most.</summary>
    public const int MostSites = 5_000;
    /// <summary>Customers at most.</summary>
    public const int MostCustomers = 100_000;
    /// <summary>Sites × customers at most; the search takes some 40 bytes for each.</summary>
    public const long MostPairs = 25_000_000;
    /// <summary>The sum of weight × (greatest cost + 1) over all customers is at most this, so that no sum is ever rounded.</summary>
    public const long Largest = 10_000_000_000_000;

    public required SiteChoice Choice { get; init; }
    /// <summary>[customer, site]: what one unit of weight pays for being served there, such as seconds walked: 0 to 10^9, or <see cref="Unreachable"/>. Who would rather pay for somebody unreached than have no answer puts that price here.</summary>
    public required int[,] Costs { get; init; }
    /// <summary>How much each customer counts, 0 to 10^12, such as people; null: one each. Customers without weight are asked about by nobody.</summary>
    public IReadOnlyList<long>? Weights { get; init; }

    /// <summary>Customers with weight whom no allowed site reaches, ascending. They are left out of every answer and value: no choice could help them.</summary>
    /// <exception cref="ArgumentException">The problem is malformed; says where.</exception>
    public IReadOnlyList<int> BeyondReach()
    {
        Check();
        var forbidden = Choice.Forbidden.ToHashSet();
        return [.. Enumerable.Range(0, Costs.GetLength(0)).Where(j => (Weights?[j] ?? 1) > 0 && !Enumerable.Range(0, Choice.Sites).Any(i => Costs[j, i] >= 0 && !forbidden.Contains(i)))];
    }

    /// <exception cref="ArgumentException">Says what is malformed, and where.</exception>
    public void Check()
    {
        var c = Choice;
        static ArgumentException Wrong(string words) => new(words, "problem");
        if (c.Sites is < 0 or > MostSites || Costs.GetLength(1) != c.Sites)
            throw Wrong($"There are {c.Sites} sites (0 to {MostSites} can be asked about), and {Costs.GetLength(1)} columns of costs.");
        var customers = Costs.GetLength(0);
        if (customers > MostCustomers || Costs.LongLength > MostPairs)
            throw Wrong($"There are {customers} customers at {c.Sites} sites; {MostCustomers} customers and {MostPairs} pairs at most can be asked about.");
        if (Weights is { } weights && weights.Count != customers)
            throw Wrong($"There are {customers} customers and {weights.Count} weights.");
        if (c.Costs is { } prices && (prices.Count != c.Sites || prices.Any(x => x is < 0 or > 1_000_000_000)))
            throw Wrong("What sites cost is one number from 0 to 10^9 for each site.");
        if (c.Capacities is { } capacities && (capacities.Count != c.Sites || capacities.Any(x => x is < 0 or > 1_000_000_000_000)))
            throw Wrong("Capacities are one number from 0 to 10^12 for each site.");
        if (c.Fixed.Concat(c.Forbidden).FirstOrDefault(i => i < 0 || i >= c.Sites, -1) is var stranger && stranger != -1 || c.Fixed.Concat(c.Forbidden).Contains(-1))
            throw Wrong($"A fixed or forbidden site isn't one of the {c.Sites}.");
        if (c.Fixed.Intersect(c.Forbidden).Select(i => (int?)i).FirstOrDefault() is { } both)
            throw Wrong($"Site {both} is fixed and forbidden.");
        if (c.Most < 0 || c.Budget < 0)
            throw Wrong("No limit is less than nothing.");
        Int128 all = 0, greatest = 0;
        for (var j = 0; j < customers; j++)
        {
            if (Weights is { } w && w[j] is < 0 or > 1_000_000_000_000)
                throw Wrong($"The weight of customer {j} is {Weights[j]}, not 0 to 10^12.");
            all += Weights?[j] ?? 1;
            for (var i = 0; i < c.Sites; i++)
                if (Costs[j, i] is < Unreachable or > 1_000_000_000)
                    throw Wrong($"The cost of customer {j} at site {i} is {Costs[j, i]}, not 0 to 10^9 or {Unreachable}.");
                else
                    greatest = Int128.Max(greatest, Costs[j, i]);
        }
        if (all * (greatest + 1) > Largest)
            throw Wrong($"All weights times the greatest cost are more than {Largest}.");
    }
}

/// <summary>What a checker of this namespace found when it computed an answer again.</summary>
/// <param name="Value">Of the best answer, computed anew; null without an answer, or when it is none.</param>
/// <param name="Bound">What the proof bears out, whatever the answer claims.</param>
/// <param name="Faults">Empty: every claim of the answer holds.</param>
public sealed record DistanceCheck(long? Value, long Bound, IReadOnlyList<string> Faults);
