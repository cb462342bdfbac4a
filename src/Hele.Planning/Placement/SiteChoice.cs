namespace Hele.Planning.Placement;

/// <summary>Where something may be placed: sites 0 to <see cref="Sites"/> − 1, and what limits the choice among them.</summary>
public sealed record SiteChoice
{
    public required int Sites { get; init; }
    /// <summary>What opening each site costs, 0 to 10^9; null: one each.</summary>
    public IReadOnlyList<long>? Costs { get; init; }
    /// <summary>How much demand each open site serves at most, 0 to 10^12, in the unit of the customers' weights; null: as much as comes. The people of one customer may be shared out among sites.</summary>
    public IReadOnlyList<long>? Capacities { get; init; }
    /// <summary>Sites that are open in every answer, such as today's that stay.</summary>
    public IReadOnlyCollection<int> Fixed { get; init; } = [];
    /// <summary>Sites that are open in no answer.</summary>
    public IReadOnlyCollection<int> Forbidden { get; init; } = [];
    /// <summary>Open sites at most, the fixed ones included; null: no limit.</summary>
    public int? Most { get; init; }
    /// <summary>What all open sites may cost together, the fixed ones included; null: no limit.</summary>
    public long? Budget { get; init; }
}

/// <summary>How a placement is sought. The same options give the same answer on every machine, whatever its speed, unless it was stopped.</summary>
public sealed record PlacementOptions
{
    /// <summary>Same seed, same answer.</summary>
    public int Seed { get; init; } = 1;
    /// <summary>How much work is done before a gap is left open and stated, 1 to 1000; 10 is a few seconds at 1,000 sites.</summary>
    public int Effort { get; init; } = 10;
    /// <summary>How many different answers within <see cref="Within"/> are wanted beside the best, 0 to 20.</summary>
    public int Alternatives { get; init; } = 4;
    /// <summary>How much worse than the best an alternative may be, as a share of it.</summary>
    public double Within { get; init; } = 0.01;
    /// <summary>Stops the search with the best found so far and a bound that holds; the cancellation token throws instead.</summary>
    public CancellationToken Enough { get; init; }

    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    internal void Check()
    {
        if (Effort is < 1 or > 1000 || Alternatives is < 0 or > 20 || !(Within >= 0 && double.IsFinite(Within)))
            throw new ArgumentException("Effort is 1 to 1000, alternatives are 0 to 20, and the share they may be worse by is a number from 0.", "options");
    }
}

/// <param name="Value">Of the best answer so far; null before there is one.</param>
/// <param name="Bound">No answer is better than this.</param>
public readonly record struct PlacementProgress(long? Value, long Bound, int Branches);

/// <summary>Open sites, ascending, and what they come to.</summary>
public sealed record SiteSet(IReadOnlyList<int> Open, long Value);

/// <summary>The best sites found, a bound that no other answer passes, what proves that bound, and others nearly as good.</summary>
public sealed record Placement
{
    /// <summary>Null: no answer exists (<see cref="IsProven"/>), or none was found before the work ended.</summary>
    public SiteSet? Best { get; init; }
    /// <summary>No answer has a value better than this: at most where much is sought, at least where little is.</summary>
    public required long Bound { get; init; }
    /// <summary>The best is an optimum, or there is provably no answer.</summary>
    public required bool IsProven { get; init; }
    /// <summary>|bound − value| as a share of the larger of the two; 0 when proven; 1 without an answer.</summary>
    public double Gap => IsProven ? 0 : Best is not { } best ? 1 : Math.Abs((double)Bound - best.Value) / Math.Max(1, Math.Max(Math.Abs((double)Bound), Math.Abs((double)best.Value)));
    /// <summary>Other sets of sites within the wished share of the best, best first; each serves as well as its value says.</summary>
    public IReadOnlyList<SiteSet> Alternatives { get; init; } = [];
    /// <summary>From which anybody recomputes the bound, without trusting the search.</summary>
    public required BranchProof Proof { get; init; }
    public int Branches => Proof.Nodes.Count / 2;
}

/// <summary>A bound as a tree of cases. Each inner node opens one site in one case and closes it in the other, so that the leaves are all there is; each leaf has multipliers from which its bound follows by exact arithmetic in whole numbers.</summary>
/// <param name="Nodes">The root first.</param>
/// <param name="Multipliers">One row of prices for customers, in 1/<paramref name="Scale"/> of a unit of weight or cost; which of them the formula of the question reads is said at its checker.</param>
/// <param name="Scale">Prices are whole numbers of 1/Scale.</param>
public sealed record BranchProof(IReadOnlyList<ProofNode> Nodes, IReadOnlyList<IReadOnlyList<long>> Multipliers, long Scale)
{
    /// <summary>Sites left out before the root, in this order, each for another that does all that it would do for no more. Only of coverings.</summary>
    public IReadOnlyList<(int Site, int By)> Dominated { get; init; } = [];
}

/// <param name="Site">Which site the two cases decide; −1: a leaf.</param>
/// <param name="IfOpen">Index of the node for the case that it is open; of a leaf its row of multipliers, or −1 where the choices made leave no answer.</param>
/// <param name="IfClosed">Index of the node for the case that it is closed; of a leaf 0.</param>
public readonly record struct ProofNode(int Site, int IfOpen, int IfClosed)
{
    public bool IsLeaf => Site < 0;
}
