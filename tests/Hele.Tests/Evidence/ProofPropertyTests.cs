using CsCheck;
using Hele.Evidence;
using Xunit;

namespace Hele.Tests.Evidence;

/// <summary>Random trees: every honest proof holds, and whatever is changed in one is noticed.</summary>
public class ProofPropertyTests
{
    // 70,000 entries reach the third tile level; one tree serves all samples.
    static readonly MemoryLog _log = EvidenceData.Leaves(70_000);

    static readonly Gen<(int N, int I)> _tree = Gen.OneOf(Gen.Int[1, 40], Gen.Int[250, 520], Gen.Int[1, 70_000]).SelectMany(n => Gen.Int[0, n - 1], (n, i) => (n, i));

    [Fact]
    public void InclusionProof_AnyEntryOfAnyTree_HoldsAndNoFlippedBitDoes() => Gen.Select(_tree, Gen.Int[0, int.MaxValue]).Sample((tree, bit) =>
    {
        var (n, i) = tree;
        var (leaf, root, proof) = (_log.LeafHash(i).ToArray(), _log.Root(n), _log.InclusionProof(i, n));
        Assert.Equal(proof.Count, Proofs.InclusionLength(i, n));
        Assert.True(Proofs.VerifyInclusion(leaf, i, n, root, proof));
        Assert.False(Proofs.VerifyInclusion(leaf.Flip(bit % 256), i, n, root, proof));
        Assert.False(Proofs.VerifyInclusion(leaf, i, n, root.Flip(bit % 256), proof));
        for (var at = 0; at < proof.Count; at++)
        {
            byte[][] changed = [.. proof];
            changed[at] = changed[at].Flip(bit % 256);
            Assert.False(Proofs.VerifyInclusion(leaf, i, n, root, changed));
        }
        for (var b = 0; b < 64; b++)
        {
            Assert.False(Proofs.VerifyInclusion(leaf, i ^ 1L << b, n, root, proof));
            // A root alone doesn't know how many leaves hang under its far side: the size is vouched for by the signed checkpoint.
            // Everything the path can notice it must notice.
            var size = n ^ 1L << b;
            if (size <= i || InclusionShape(i, size) != InclusionShape(i, n)) Assert.False(Proofs.VerifyInclusion(leaf, i, size, root, proof));
        }
        Assert.False(Proofs.VerifyInclusion(leaf, i, n, root, [.. proof, leaf]));
        if (proof.Count > 0) Assert.False(Proofs.VerifyInclusion(leaf, i, n, root, [.. proof.Skip(1)]));
        if (proof.Count > 1 && !proof[0].AsSpan().SequenceEqual(proof[1])) Assert.False(Proofs.VerifyInclusion(leaf, i, n, root, [proof[1], proof[0], .. proof.Skip(2)]));
    }, iter: 150);

    [Fact]
    public void ConsistencyProof_AnyTwoTrees_HoldsAndNoFlippedBitDoes() => Gen.Select(_tree, Gen.Int[0, int.MaxValue]).Sample((tree, bit) =>
    {
        var (n, m) = (tree.N, tree.I + 1);
        var (root1, root2, proof) = (_log.Root(m), _log.Root(n), _log.ConsistencyProof(m, n));
        Assert.True(Proofs.VerifyConsistency(m, n, root1, root2, proof));
        Assert.False(Proofs.VerifyConsistency(m, n, root1.Flip(bit % 256), root2, proof));
        Assert.False(Proofs.VerifyConsistency(m, n, root1, root2.Flip(bit % 256), proof));
        if (m != n) Assert.False(Proofs.VerifyConsistency(m, n, root2, root1, proof));
        for (var at = 0; at < proof.Count; at++)
        {
            byte[][] changed = [.. proof];
            changed[at] = changed[at].Flip(bit % 256);
            Assert.False(Proofs.VerifyConsistency(m, n, root1, root2, changed));
        }
        for (var b = 0; b < 64; b++)
        {
            var (m2, n2) = (m ^ 1L << b, n ^ 1L << b);
            if (m2 < 1 || m2 > n || ConsistencyShape(m2, n) != ConsistencyShape(m, n)) Assert.False(Proofs.VerifyConsistency(m2, n, root1, root2, proof));
            if (n2 < m || ConsistencyShape(m, n2) != ConsistencyShape(m, n)) Assert.False(Proofs.VerifyConsistency(m, n2, root1, root2, proof));
        }
        Assert.False(Proofs.VerifyConsistency(m, n, root1, root2, [.. proof, root1]));
        if (proof.Count > 0) Assert.False(Proofs.VerifyConsistency(m, n, root1, root2, [.. proof.Skip(1)]));
    }, iter: 150);

    [Fact]
    public void Frontier_AnySize_HasTheTreesRootAndSurvivesItsBytes() => Gen.Int[0, 3000].Sample(n =>
    {
        var frontier = new Frontier();
        for (var i = 0; i < n; i++) frontier.Append(_log.LeafHash(i));
        Assert.Equal(_log.Root(n), frontier.Root());
        var bytes = frontier.ToBytes();
        var loaded = Frontier.Load(n, bytes);
        var copy = loaded.Clone();
        loaded.Append(_log.LeafHash(n));
        Assert.Equal(_log.Root(n + 1), loaded.Root());
        Assert.Equal(_log.Root(n), copy.Root());
        Assert.Throws<InvalidDataException>(() => Frontier.Load(n, [.. bytes, .. new byte[32]]));
        Assert.Throws<InvalidDataException>(() => Frontier.Load(-1, bytes));
        if (n > 0) Assert.Throws<InvalidDataException>(() => Frontier.Load(n, bytes.AsSpan(1)));
    }, iter: 30);

    [Fact]
    public void Verify_MalformedInput_IsFalseAndNeverThrows()
    {
        var (leaf, root, proof) = (_log.LeafHash(3).ToArray(), _log.Root(9), _log.InclusionProof(3, 9));
        Assert.False(Proofs.VerifyInclusion(leaf, 3, 9, root, null));
        Assert.False(Proofs.VerifyInclusion(leaf, -1, 9, root, proof));
        Assert.False(Proofs.VerifyInclusion(leaf, 3, -9, root, proof));
        Assert.False(Proofs.VerifyInclusion(leaf, 9, 9, root, proof));
        Assert.False(Proofs.VerifyInclusion(leaf[1..], 3, 9, root, proof));
        Assert.False(Proofs.VerifyInclusion(leaf, 3, 9, [], proof));
        Assert.False(Proofs.VerifyInclusion(leaf, 3, 9, root, [null!, .. proof.Skip(1)]));
        Assert.False(Proofs.VerifyInclusion(leaf, 3, 9, root, [proof[0][1..], .. proof.Skip(1)]));
        Assert.False(Proofs.VerifyInclusion(leaf, long.MaxValue - 1, long.MaxValue, root, proof));
        Assert.False(Proofs.VerifyInclusion(leaf, 3, 9, root, new byte[1000][]));
        Assert.False(Proofs.VerifyConsistency(3, 9, root, root, null));
        Assert.False(Proofs.VerifyConsistency(0, 9, Merkle.EmptyRoot, root, []));
        Assert.False(Proofs.VerifyConsistency(-3, 9, root, root, []));
        Assert.False(Proofs.VerifyConsistency(3, long.MaxValue, root, root, [root]));
        Assert.False(Proofs.VerifyConsistency(3, 9, root[1..], root, _log.ConsistencyProof(3, 9)));
    }

    [Fact]
    public async Task TileTree_ATileOfTheWrongLength_IsRefused()
    {
        var tree = new TileTree(new Truncated(_log), 1000);
        await Assert.ThrowsAsync<InvalidDataException>(async () => await tree.Root(1000, TestContext.Current.CancellationToken));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await tree.Root(1001, TestContext.Current.CancellationToken));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await tree.InclusionProof(5, 5, TestContext.Current.CancellationToken));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await tree.ConsistencyProof(0, 5, TestContext.Current.CancellationToken));
    }

    [Fact]
    public void MemoryLogTile_OneThatIsNotThere_IsRefused()
    {
        var log = EvidenceData.Leaves(300);
        Assert.Equal(44 * 32, log.Tile(0, 1, 44).Length);
        Assert.Equal(32, log.Tile(1, 0, 1).Length);
        (int Level, long Index, int Width)[] absent = [(0, 1, 45), (0, 2, 1), (1, 0, 2), (1, 1, 1), (2, 0, 1), (-1, 0, 1), (0, -1, 1), (0, 0, 0)];
        Assert.All(absent, t => Assert.Throws<InvalidDataException>(() => log.Tile(t.Level, t.Index, t.Width)));
    }

    sealed class Truncated(ITileSource source) : ITileSource
    {
        public async ValueTask<ReadOnlyMemory<byte>> Read(int level, long index, int width, CancellationToken cancellation) =>
            (await source.Read(level, index, width, cancellation))[..^1];
    }

    /// <summary>Left or right at each split on the way to the leaf: what an inclusion proof depends on besides its hashes.</summary>
    static string InclusionShape(long index, long size)
    {
        if (size < 1 || index >= size) return "none";
        var shape = "";
        for (var (low, high) = (0L, size); high - low > 1;)
        {
            var middle = low + HighestBelow(high - low);
            shape += index < middle ? 'L' : 'R';
            if (index < middle) high = middle;
            else low = middle;
        }
        return shape;
    }

    static string ConsistencyShape(long m, long n)
    {
        if (m < 1 || m > n) return "none";
        var shape = "";
        var (low, high) = (0L, n);
        while (m != high)
        {
            var middle = low + HighestBelow(high - low);
            shape += m <= middle ? 'L' : 'R';
            if (m <= middle) high = middle;
            else low = middle;
        }
        return shape + (low > 0);
    }

    static long HighestBelow(long n)
    {
        var power = 1L;
        while (power < n - power) power *= 2;
        return power;
    }
}
