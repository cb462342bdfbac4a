namespace Hele.Planning.Placement;

/// <summary>The tree of cases while a search writes it.</summary>
sealed class BranchTree(int[]? of, long scale)
{
    const long MostPrices = 48_000_000;
    readonly List<ProofNode> nodes = [new(-1, -1, 0)];
    readonly List<IReadOnlyList<long>> rows = [];
    long prices;

    public long Scale => scale;
    public int Count => nodes.Count;
    /// <summary>The proof has grown as large as one that is handed over should.</summary>
    public bool IsFull => prices > MostPrices || nodes.Count > 20_000_000;
    /// <summary>What the leaves written so far leave possible.</summary>
    public long Bound { get; private set; } = long.MinValue;

    public int Row(long[] row)
    {
        rows.Add(of is null ? row : new SpreadRow(row, of));
        prices += row.Length;
        return rows.Count - 1;
    }

    public void Leaf(int slot, int row, long bound)
    {
        nodes[slot] = new(-1, row, 0);
        Bound = Math.Max(Bound, bound);
    }

    /// <summary>The choices made there leave no answer.</summary>
    public void Empty(int slot) => nodes[slot] = new(-1, -1, 0);

    public (int Open, int Closed) Split(int slot, int site)
    {
        var (open, closed) = (nodes.Count, nodes.Count + 1);
        nodes.Add(new(-1, -1, 0));
        nodes.Add(new(-1, -1, 0));
        nodes[slot] = new(site, open, closed);
        return (open, closed);
    }

    public BranchProof Proof(IReadOnlyList<(int, int)> dominated) => new(nodes, rows, scale) { Dominated = dominated };

    /// <summary>One row over all customers out of one over those that the search tells apart.</summary>
    sealed class SpreadRow(long[] row, int[] of) : IReadOnlyList<long>
    {
        public int Count => of.Length + 1;
        public long this[int j] => j == of.Length ? row[^1] : of[j] >= 0 ? row[of[j]] : 0;
        public IEnumerator<long> GetEnumerator() => Enumerable.Range(0, Count).Select(j => this[j]).GetEnumerator();
        System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
