using System.Numerics;

namespace Hele.Evidence;

/// <summary>Receives each hash that belongs into a tile as soon as it is final: tile level, index within the level, 32 bytes.</summary>
public delegate void TileHashSink(int level, long index, ReadOnlySpan<byte> hash);

/// <summary>
/// The right edge of the tree over [0, size): the roots of its perfect subtrees, one per set bit of the size. It is all a writer
/// needs to append an entry and to know the root. Not safe for concurrent use.
/// </summary>
public sealed class Frontier
{
    // Slot h holds the root of the perfect subtree of height h when bit h of the size is set.
    readonly byte[] _slots = new byte[63 * Merkle.HashSize];

    /// <summary>The number of entries.</summary>
    public long Size { get; private set; }

    /// <summary>Adds one leaf hash (32 bytes).</summary>
    /// <param name="leafHash">The leaf's hash, see <see cref="Merkle.HashLeaf(ReadOnlySpan{byte})"/>.</param>
    /// <param name="sink">Told of the leaf hash (level 0) and of every hash of a higher tile level that this leaf completes.</param>
    public void Append(ReadOnlySpan<byte> leafHash, TileHashSink? sink = null)
    {
        if (leafHash.Length != Merkle.HashSize) throw new ArgumentException("A leaf hash has 32 bytes.", nameof(leafHash));
        if (Size == long.MaxValue) throw new InvalidOperationException("The tree is full.");
        sink?.Invoke(0, Size, leafHash);
        Span<byte> carry = stackalloc byte[Merkle.HashSize];
        leafHash.CopyTo(carry);
        var height = 0;
        for (; (Size >> height & 1) == 1; height++)
        {
            Merkle.HashChildren(Slot(height), carry, carry);
            if (sink is not null && (height + 1) % TilePath.Height == 0)
                sink((height + 1) / TilePath.Height, Size >> height + 1, carry);
        }
        carry.CopyTo(Slot(height));
        Size++;
    }

    /// <summary>The root of the tree over everything appended.</summary>
    public byte[] Root()
    {
        var root = new byte[Merkle.HashSize];
        if (Size == 0)
        {
            Merkle.EmptyRoot.CopyTo(root);
            return root;
        }
        var height = BitOperations.TrailingZeroCount(Size);
        Slot(height).CopyTo(root);
        for (height++; height < 63; height++)
            if ((Size >> height & 1) == 1) Merkle.HashChildren(Slot(height), root, root);
        return root;
    }

    /// <summary>A copy that goes its own way, for trying a group of entries that may be rolled back.</summary>
    public Frontier Clone()
    {
        var copy = new Frontier { Size = Size };
        _slots.CopyTo(copy._slots, 0);
        return copy;
    }

    /// <summary>The subtree roots from the largest to the smallest: 32 bytes for each set bit of <see cref="Size"/>.</summary>
    public byte[] ToBytes()
    {
        var bytes = new byte[BitOperations.PopCount((ulong)Size) * Merkle.HashSize];
        var at = 0;
        for (var height = 62; height >= 0; height--)
        {
            if ((Size >> height & 1) == 0) continue;
            Slot(height).CopyTo(bytes.AsSpan(at));
            at += Merkle.HashSize;
        }
        return bytes;
    }

    /// <summary>The frontier that <see cref="ToBytes"/> wrote for a tree of <paramref name="size"/> entries.</summary>
    /// <exception cref="InvalidDataException">The size is negative or the bytes are not the right number for it.</exception>
    public static Frontier Load(long size, ReadOnlySpan<byte> bytes)
    {
        if (size < 0 || bytes.Length != BitOperations.PopCount((ulong)size) * Merkle.HashSize)
            throw new InvalidDataException($"{bytes.Length} bytes are no frontier of a tree of {size} entries.");
        var frontier = new Frontier { Size = size };
        for (var height = 62; height >= 0; height--)
        {
            if ((size >> height & 1) == 0) continue;
            bytes[..Merkle.HashSize].CopyTo(frontier.Slot(height));
            bytes = bytes[Merkle.HashSize..];
        }
        return frontier;
    }

    Span<byte> Slot(int height) => _slots.AsSpan(height * Merkle.HashSize, Merkle.HashSize);
}
