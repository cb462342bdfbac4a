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

    [Fact]
    public async Task TileTree_TilesAsTheyMayCome_AreReadOnceOrRefused()
    {
        var cancel = TestContext.Current.CancellationToken;
        // A source may give the whole tile where less is wanted; what is behind isn't looked at.
        var source = new Given((level, index, width) => level == 0 && index == 3 ? [.. _log.Tile(0, 3, width).Span, .. new byte[(256 - width) * 32]] : _log.Tile(level, index, width).ToArray());
        var tree = new TileTree(source, 1000);
        Assert.Equal(_log.Root(1000), await tree.Root(1000, cancel));
        Assert.Equal(_log.Root(999), await tree.Root(999, cancel));
        Assert.Equal(_log.InclusionProof(998, 1000), await tree.InclusionProof(998, 1000, cancel));
        Assert.Equal(source.Asked.Distinct().Count(), source.Asked.Count);
        Assert.Equal(Merkle.EmptyRoot.ToArray(), await tree.Root(0, cancel));
        Assert.Equal(Merkle.EmptyRoot.ToArray(), await new TileTree(source, 0).Root(0, cancel));
        Assert.Equal(_log.LeafHash(0).ToArray(), await tree.Root(1, cancel));
        foreach (var length in new[] { 0, 231 * 32, 232 * 32 + 1, 257 * 32 })
        {
            var wrong = new TileTree(new Given((level, index, width) => level == 0 && index == 3 ? new byte[length] : _log.Tile(level, index, width).ToArray()), 1000);
            await Assert.ThrowsAsync<InvalidDataException>(async () => await wrong.Root(1000, cancel));
        }
        Assert.Throws<ArgumentOutOfRangeException>(() => new TileTree(source, -1));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await tree.Root(-1, cancel));
        foreach (var (index, n) in new[] { (-1, 5), (5, 5), (0, 1001), (0, 0) })
            await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await tree.InclusionProof(index, n, cancel));
        foreach (var (m, n) in new[] { (0, 5), (6, 5), (1, 1001), (-1, 5) })
            await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await tree.ConsistencyProof(m, n, cancel));
        Assert.Empty(await tree.ConsistencyProof(1000, 1000, cancel));
        Assert.Empty(await tree.InclusionProof(0, 1, cancel));
    }

    sealed class Given(Func<int, long, int, byte[]> give) : ITileSource
    {
        public List<(int, long)> Asked { get; } = [];

        public ValueTask<ReadOnlyMemory<byte>> Read(int level, long index, int width, CancellationToken cancellation)
        {
            Asked.Add((level, index));
            return new(give(level, index, width));
        }
    }

    [Fact]
    public void WidthIn_EveryTileOfATree_IsWhatTheTreeHasOfIt()
    {
        (long Size, int Level, long Index, int Width)[] widths =
        [
            (0, 0, 0, 0), (1, 0, 0, 1), (255, 0, 0, 255), (256, 0, 0, 256), (256, 0, 1, 0), (257, 0, 1, 1), (257, 0, 2, 0), (256, 1, 0, 1), (255, 1, 0, 0), (65536, 1, 0, 256), (65536, 2, 0, 1), (65535, 2, 0, 0),
            (300, TilePath.Entries, 1, 44), (300, TilePath.Entries, 0, 256), (300, 0, -1, 0), (long.MaxValue, 7, 0, 127), (long.MaxValue, 8, 0, 0), (long.MaxValue, 63, 0, 0), (1, 8, 0, 0), (long.MaxValue, 0, long.MaxValue / 256, 255), (long.MaxValue, 0, long.MaxValue, 0),
        ];
        Assert.All(widths, w => Assert.Equal(w.Width, TilePath.WidthIn(w.Size, w.Level, w.Index)));
    }

    [Fact]
    public void FrontierAppend_EveryHashThatIsFinal_IsToldOnceWithItsPlace()
    {
        var frontier = new Frontier();
        var told = new Dictionary<(int, long), byte[]>();
        for (var i = 0; i < 65_536 + 300; i++) frontier.Append(_log.LeafHash(i), (level, index, hash) => told.Add((level, index), hash.ToArray()));
        Assert.Equal(65_836 + 257 + 1, told.Count);
        foreach (var (at, hash) in told.Where(t => t.Key.Item1 > 0 || t.Key.Item2 % 997 == 0))
            Assert.Equal(_log.Tile(at.Item1, at.Item2 / 256, (int)(at.Item2 % 256) + 1).Span[^32..], hash);
        Assert.All([0, 31, 33], length => Assert.Throws<ArgumentException>(() => frontier.Append(new byte[length])));
        Assert.Equal(65_836, frontier.Size);
        // The largest tree that a number can count, and none beyond.
        var full = Frontier.Load(long.MaxValue, new byte[63 * 32]);
        Assert.Equal(63 * 32, full.ToBytes().Length);
        Assert.Throws<InvalidOperationException>(() => full.Append(new byte[32]));
        var half = Frontier.Load(1L << 62, _log.Root(1));
        Assert.Equal(_log.Root(1), half.Root());
        half.Append(_log.LeafHash(5));
        Assert.Equal(Merkle.HashChildren(_log.Root(1), _log.LeafHash(5)), half.Root());
    }

    [Fact]
    public void Merkle_EntriesOfAnyLength_AreHashedAsTheStandardSays()
    {
        foreach (var length in new[] { 0, 1, 1534, 1535, 1536, 1537, 65535 })
        {
            var entry = new byte[length];
            new Random(length).NextBytes(entry);
            Assert.Equal(System.Security.Cryptography.SHA256.HashData([0, .. entry]), Merkle.HashLeaf(entry));
        }
        Assert.Equal(System.Security.Cryptography.SHA256.HashData([1, .. _log.LeafHash(1), .. _log.LeafHash(2)]), Merkle.HashChildren(_log.LeafHash(1), _log.LeafHash(2)));
        Assert.Throws<ArgumentException>(() => Merkle.HashChildren(new byte[31], new byte[32]));
        Assert.Throws<ArgumentException>(() => Merkle.HashChildren(new byte[32], new byte[33]));
    }

    [Fact]
    public void MemoryLog_WhatItHasNot_IsRefused()
    {
        var log = EvidenceData.Leaves(3);
        Assert.Equal((3L, 3L, 4L), (log.Size, log.Append(EvidenceData.Leaf(3)), log.Size));
        Assert.Equal(Merkle.HashLeaf(EvidenceData.Leaf(3)), log.LeafHash(3));
        Assert.Throws<ArgumentOutOfRangeException>(() => log.LeafHash(4).Length);
        Assert.Throws<ArgumentOutOfRangeException>(() => log.LeafHash(-1).Length);
        Assert.Throws<ArgumentOutOfRangeException>(() => log.Root(5));
        // A view of a tile stays as it was while the log grows.
        var view = log.Tile(0, 0, 4);
        var before = view.ToArray();
        for (var i = 4; i < 600; i++) log.Append(EvidenceData.Leaf(i));
        Assert.Equal(before, view.ToArray());
        Assert.Equal(before, log.Tile(0, 0, 4).ToArray());
    }

    [Fact]
    public void InclusionLength_TheSmallestAndTheLargestTree_AreCounted()
    {
        (long Index, long Size, int Length)[] lengths = [(0, 1, 0), (0, 2, 1), (2, 3, 1), (0, 3, 2), (4, 5, 1), (6, 7, 2), (0, long.MaxValue, 63), (long.MaxValue - 1, long.MaxValue, 62)];
        Assert.All(lengths, l => Assert.Equal(l.Length, Proofs.InclusionLength(l.Index, l.Size)));
        Assert.Throws<ArgumentOutOfRangeException>(() => Proofs.InclusionLength(-1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Proofs.InclusionLength(1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Proofs.InclusionLength(0, 0));
    }

    [Fact]
    public void VerifyConsistency_TheSameTree_IsAComparison()
    {
        var root = _log.Root(7);
        Assert.True(Proofs.VerifyConsistency(7, 7, root, root, []));
        Assert.False(Proofs.VerifyConsistency(7, 7, root, root.Flip(0), []));
        Assert.False(Proofs.VerifyConsistency(7, 7, root, root, [root]));
        Assert.False(Proofs.VerifyConsistency(8, 7, root, root, []));
        // Between two sizes there is always something to show.
        Assert.False(Proofs.VerifyConsistency(4, 5, _log.Root(4), _log.Root(5), []));
        Assert.False(Proofs.VerifyConsistency(3, 5, _log.Root(3), _log.Root(5), []));
        Assert.False(Proofs.VerifyConsistency(4, 5, _log.Root(4)[1..], _log.Root(5), _log.ConsistencyProof(4, 5)));
        Assert.False(Proofs.VerifyConsistency(4, 5, _log.Root(4), _log.Root(5)[1..], _log.ConsistencyProof(4, 5)));
    }
}
