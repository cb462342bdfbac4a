using System.Numerics;

namespace Hele.Evidence;

/// <summary>Where tiles come from: a table, a folder, a web address, memory.</summary>
public interface ITileSource
{
    /// <summary>The hashes of one tile laid end to end: at least <paramref name="width"/> · 32 bytes, the rest is not looked at.</summary>
    /// <param name="level">The tile level: 0 for leaf hashes.</param>
    /// <param name="index">Which tile of the level, from 0.</param>
    /// <param name="width">How many hashes are wanted, 1 to 256; a wider tile may be given.</param>
    /// <param name="cancellation">Gives up.</param>
    ValueTask<ReadOnlyMemory<byte>> Read(int level, long index, int width, CancellationToken cancellation);
}

/// <summary>
/// Makes roots and proofs from tiles, for one tree of a known size and every smaller one. Reads each tile once and keeps it, so
/// make one per request. Not safe for concurrent use. Tiles are not checked here: a proof made from wrong tiles verifies nowhere.
/// </summary>
public sealed class TileTree(ITileSource source, long size)
{
    readonly Dictionary<(int Level, long Index), ReadOnlyMemory<byte>> _tiles = [];

    /// <summary>Entries in the tree whose tiles the source has.</summary>
    public long Size { get; } = size >= 0 ? size : throw new ArgumentOutOfRangeException(nameof(size));

    /// <summary>The root of the first <paramref name="n"/> entries, n from 0 to <see cref="Size"/>.</summary>
    public async ValueTask<byte[]> Root(long n, CancellationToken cancellation = default)
    {
        CheckSize(n);
        return n == 0 ? Merkle.EmptyRoot.ToArray() : await Range(0, n, cancellation);
    }

    /// <summary>The sibling hashes, leaf upwards, that show entry <paramref name="index"/> in the tree of the first n entries.</summary>
    public async ValueTask<IReadOnlyList<byte[]>> InclusionProof(long index, long n, CancellationToken cancellation = default)
    {
        CheckSize(n);
        if (index < 0 || index >= n) throw new ArgumentOutOfRangeException(nameof(index));
        var proof = new List<byte[]>();
        var (low, high) = (0L, n);
        while (high - low > 1)
        {
            var middle = low + Split(high - low);
            if (index < middle)
            {
                proof.Add(await Range(middle, high, cancellation));
                high = middle;
            }
            else
            {
                proof.Add(await Range(low, middle, cancellation));
                low = middle;
            }
        }
        proof.Reverse();
        return proof;
    }

    /// <summary>The hashes that show the tree of n entries to begin with the tree of m, 1 ≤ m ≤ n (RFC 6962, section 2.1.2).</summary>
    public async ValueTask<IReadOnlyList<byte[]>> ConsistencyProof(long m, long n, CancellationToken cancellation = default)
    {
        CheckSize(n);
        if (m < 1 || m > n) throw new ArgumentOutOfRangeException(nameof(m));
        var proof = new List<byte[]>();
        var (low, high) = (0L, n);
        while (m != high)
        {
            var middle = low + Split(high - low);
            if (m <= middle)
            {
                proof.Add(await Range(middle, high, cancellation));
                high = middle;
            }
            else
            {
                proof.Add(await Range(low, middle, cancellation));
                low = middle;
            }
        }
        if (low > 0) proof.Add(await Range(low, high, cancellation));
        proof.Reverse();
        return proof;
    }

    void CheckSize(long n)
    {
        if (n < 0 || n > Size) throw new ArgumentOutOfRangeException(nameof(n), n, $"The tree has {Size} entries.");
    }

    /// <summary>The largest power of two below n.</summary>
    static long Split(long n) => 1L << 63 - BitOperations.LeadingZeroCount((ulong)(n - 1));

    /// <summary>The root of the entries [low, high), where low is a multiple of the power of two at or above high - low.</summary>
    async ValueTask<byte[]> Range(long low, long high, CancellationToken cancellation)
    {
        // The perfect subtrees of the range are those of its length; fold them from the right.
        byte[]? root = null;
        for (var (end, rest) = (high, high - low); rest > 0;)
        {
            var height = BitOperations.TrailingZeroCount(rest);
            var node = await Node(height, (end >> height) - 1, cancellation);
            root = root is null ? node : Merkle.HashChildren(node, root);
            end -= 1L << height;
            rest -= 1L << height;
        }
        return root!;
    }

    /// <summary>The root of the perfect subtree of this height, the index-th of its level.</summary>
    async ValueTask<byte[]> Node(int height, long index, CancellationToken cancellation)
    {
        var (level, above) = (height / TilePath.Height, height % TilePath.Height);
        var first = index << above;
        var tile = await Tile(level, first / TilePath.FullWidth, cancellation);
        var at = (int)(first % TilePath.FullWidth) * Merkle.HashSize;
        var hashes = tile.Slice(at, Merkle.HashSize << above).ToArray();
        return Merkle.FoldPerfect(hashes).ToArray();
    }

    async ValueTask<ReadOnlyMemory<byte>> Tile(int level, long index, CancellationToken cancellation)
    {
        if (_tiles.TryGetValue((level, index), out var kept)) return kept;
        var width = TilePath.WidthIn(Size, level, index);
        var tile = await source.Read(level, index, width, cancellation);
        if (tile.Length < width * Merkle.HashSize || tile.Length % Merkle.HashSize != 0 || tile.Length > TilePath.FullWidth * Merkle.HashSize)
            throw new InvalidDataException($"Tile {new TilePath(level, index, width)} came with {tile.Length} bytes.");
        return _tiles[(level, index)] = tile;
    }
}
