namespace Hele.Planning.Placement;

/// <summary>Which customers each site would cover, such as buildings within ten minutes on foot, and how much each customer weighs.</summary>
public sealed class CoverProblem
{
    const long MostWeight = 1_000_000_000_000, MostCost = 1_000_000_000;
    readonly int[] siteStarts, customerStarts, customersOf, sitesOf;
    readonly long[] weights, costs;
    readonly long[]? capacities;
    readonly bool[] isFixed, isForbidden;

    /// <param name="covers">For each site the customers it covers, in any order, none twice.</param>
    /// <param name="weights">For each customer, such as its households; 0 or more, together at most 10^12.</param>
    /// <exception cref="ArgumentException">A number is out of its range, a list has another length than there are sites, or a site is both fixed and forbidden; the message says which.</exception>
    public CoverProblem(SiteChoice choice, IReadOnlyList<IReadOnlyCollection<int>> covers, IReadOnlyList<long> weights)
    {
        ArgumentNullException.ThrowIfNull(choice);
        ArgumentNullException.ThrowIfNull(covers);
        ArgumentNullException.ThrowIfNull(weights);
        var (sites, customers) = (choice.Sites, weights.Count);
        Refuse(sites < 0, "There can't be fewer than no sites.", nameof(choice));
        Refuse(covers.Count != sites, $"{covers.Count} lists of covered customers were given for {sites} sites.", nameof(covers));
        Refuse(choice.Most < 0, "At most a negative number of sites is no limit.", nameof(choice));
        Refuse(choice.Budget < 0, "A negative budget is no limit.", nameof(choice));
        Choice = choice;
        this.weights = [.. weights];
        var sum = 0L;
        for (var j = 0; j < customers; j++)
        {
            Refuse(weights[j] is < 0 or > MostWeight || (sum += weights[j]) > MostWeight, $"The weight of customer {j} is negative, or the weights come to more than 10^12.", nameof(weights));
        }
        costs = Numbers(choice.Costs, "cost", MostCost) ?? [.. Enumerable.Repeat(1L, sites)];
        capacities = Numbers(choice.Capacities, "capacity", MostWeight);
        isFixed = Marked(choice.Fixed, "fixed");
        isForbidden = Marked(choice.Forbidden, "forbidden");
        for (var i = 0; i < sites; i++)
            Refuse(isFixed[i] && isForbidden[i], $"Site {i} is both fixed and forbidden.", nameof(choice));

        siteStarts = new int[sites + 1];
        for (var i = 0; i < sites; i++)
        {
            Refuse(covers[i] is null, $"Site {i} has no list of covered customers.", nameof(covers));
            siteStarts[i + 1] = checked(siteStarts[i] + covers[i].Count);
        }
        customersOf = new int[siteStarts[sites]];
        customerStarts = new int[customers + 1];
        for (var i = 0; i < sites; i++)
        {
            var own = customersOf.AsSpan(siteStarts[i]..siteStarts[i + 1]);
            var at = 0;
            foreach (var j in covers[i])
                own[at++] = j;
            own.Sort();
            for (var k = 0; k < own.Length; k++)
            {
                Refuse((uint)own[k] >= (uint)customers, $"Site {i} covers customer {own[k]}, and there are {customers}.", nameof(covers));
                Refuse(k > 0 && own[k] == own[k - 1], $"Site {i} covers customer {own[k]} twice.", nameof(covers));
                customerStarts[own[k] + 1]++;
            }
        }
        for (var j = 0; j < customers; j++)
            customerStarts[j + 1] += customerStarts[j];
        sitesOf = new int[customersOf.Length];
        var next = customerStarts.AsSpan(0, customers).ToArray();
        for (var i = 0; i < sites; i++)
            foreach (var j in CustomersOf(i))
                sitesOf[next[j]++] = i;
        Unreachable = [.. Enumerable.Range(0, customers).Where(j => SitesOf(j).ToArray().All(i => isForbidden[i]))];

        static void Refuse(bool wrong, string message, string name)
        {
            if (wrong)
                throw new ArgumentException(message, name);
        }

        long[]? Numbers(IReadOnlyList<long>? given, string what, long most)
        {
            if (given is null)
                return null;
            Refuse(given.Count != sites, $"{given.Count} numbers were given for the {what} of {sites} sites.", nameof(choice));
            for (var i = 0; i < sites; i++)
                Refuse(given[i] < 0 || given[i] > most, $"The {what} of site {i} is {given[i]}; 0 to {most} can be.", nameof(choice));
            return [.. given];
        }

        bool[] Marked(IReadOnlyCollection<int> given, string what)
        {
            var marks = new bool[sites];
            foreach (var i in given)
            {
                Refuse((uint)i >= (uint)sites, $"Site {i} is {what}, and there are {sites}.", nameof(choice));
                marks[i] = true;
            }
            return marks;
        }
    }

    public SiteChoice Choice { get; }
    public int Sites => siteStarts.Length - 1;
    public int Customers => weights.Length;
    /// <summary>Customers that no allowed site covers: nothing can be done for them, and nothing asks for it.</summary>
    public IReadOnlyList<int> Unreachable { get; }
    public ReadOnlySpan<long> Weights => weights;
    public ReadOnlySpan<long> Costs => costs;
    /// <summary>Empty: every site serves as much as comes.</summary>
    public ReadOnlySpan<long> Capacities => capacities;
    public bool HasCapacities => capacities is not null;
    /// <summary>Ascending.</summary>
    public ReadOnlySpan<int> CustomersOf(int site) => customersOf.AsSpan(siteStarts[site]..siteStarts[site + 1]);
    /// <summary>Ascending, the forbidden ones included.</summary>
    public ReadOnlySpan<int> SitesOf(int customer) => sitesOf.AsSpan(customerStarts[customer]..customerStarts[customer + 1]);
    public bool IsFixed(int site) => isFixed[site];
    public bool IsForbidden(int site) => isForbidden[site];
}
