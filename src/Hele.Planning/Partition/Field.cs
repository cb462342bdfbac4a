namespace Hele.Planning.Partition;

/// <summary>
/// What the search works on: lots with their shares, ties between neighbours, pairs to be parted. All of it in one cost: ties that are cut, homes that are left, unevenness. Made connected by
/// bridges between islands that cost less than nothing to cut, so that a grid lies on two islands only where it must.
/// </summary>
sealed record Field
{
    public required int N, K;
    /// <summary>Neighbours, bridges included, of which grids are made.</summary>
    public required int[] First, Heads;
    public required long[] Tie;
    /// <summary>Pairs that must not be together, as ties that cost less than nothing to cut.</summary>
    public required int[] PairFirst, PairHeads;
    public required long[] PairTie;
    /// <summary>What a lot counts: <c>Share[v * Kinds + d]</c>, in parts of the mean grid.</summary>
    public required double[] Share;
    public required int Kinds;
    /// <summary>For each kind: how much a grid may hold at most and at least, in means, and what going beyond costs.</summary>
    public required double[] Most, Least, Price;
    /// <summary>The grid in which a lot is at home; -1: none. What leaving it costs.</summary>
    public required int[] Home;
    public required long[] Leave;
    public required bool[] Locked;
    /// <summary>Which of today's grids each grid continues; -1: none.</summary>
    public required int[] Label;

    /// <summary>The compound of each lot, numbered from 0 to before <see cref="Compounds"/>; -1: none, or no other lot is in it.</summary>
    public required int[] Compound { get; init; }
    public required int Compounds { get; init; }
    /// <summary>What a compound costs that lies in two grids, whatever ties it has; each grid more costs an eighth of it.</summary>
    public long Divided { get; init; }

    /// <summary>What a compound costs that lies in so many grids.</summary>
    public long Division(int grids) => grids < 2 ? 0 : Divided + (grids - 2) * (Divided / 8);

    /// <summary>What being uneven at all costs, in means: no grid stays a household too large for a tie.</summary>
    public double Charge { get; init; }

    /// <summary>What one grid's load of one kind costs. Convex, so that surplus flows.</summary>
    public double Uneven(int kind, double load)
    {
        var (over, under) = (load - Most[kind], Least[kind] - load);
        return over > 1e-9 ? Price[kind] * (Charge + over + 4 * over * over) : under > 1e-9 ? Price[kind] * (Charge + under + 4 * under * under) : 0;
    }
}
