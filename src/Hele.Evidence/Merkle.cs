using System.Buffers;
using System.Security.Cryptography;

namespace Hele.Evidence;

/// <summary>
/// The hashes of the log's tree: SHA-256 as in RFC 6962, section 2.1. A leaf is hashed after a 0x00 byte and an inner node after
/// a 0x01 byte, so that no leaf can be passed off as a node.
/// </summary>
public static class Merkle
{
    /// <summary>Bytes in every hash of the tree.</summary>
    public const int HashSize = 32;

    const int StackLimit = 1536;

    static readonly byte[] _emptyRoot = SHA256.HashData([]);

    /// <summary>The root of a log without entries: the SHA-256 of nothing.</summary>
    public static ReadOnlySpan<byte> EmptyRoot => _emptyRoot;

    /// <summary>SHA-256(0x00 || entry).</summary>
    public static byte[] HashLeaf(ReadOnlySpan<byte> entry)
    {
        var hash = new byte[HashSize];
        HashLeaf(entry, hash);
        return hash;
    }

    /// <summary>SHA-256(0x00 || entry) into <paramref name="destination"/> (at least 32 bytes), without allocating.</summary>
    public static void HashLeaf(ReadOnlySpan<byte> entry, Span<byte> destination)
    {
        // One call over a copied buffer is faster than an incremental hash over two pieces.
        var length = entry.Length + 1;
        if (length <= StackLimit)
        {
            Span<byte> buffer = stackalloc byte[StackLimit];
            buffer[0] = 0;
            entry.CopyTo(buffer[1..]);
            SHA256.HashData(buffer[..length], destination);
            return;
        }
        var pooled = ArrayPool<byte>.Shared.Rent(length);
        pooled[0] = 0;
        entry.CopyTo(pooled.AsSpan(1));
        SHA256.HashData(pooled.AsSpan(0, length), destination);
        ArrayPool<byte>.Shared.Return(pooled);
    }

    /// <summary>SHA-256(0x01 || left || right); both are 32 bytes.</summary>
    public static byte[] HashChildren(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        var hash = new byte[HashSize];
        HashChildren(left, right, hash);
        return hash;
    }

    /// <summary>SHA-256(0x01 || left || right) into <paramref name="destination"/>, which may be one of the two.</summary>
    public static void HashChildren(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right, Span<byte> destination)
    {
        if (left.Length != HashSize || right.Length != HashSize) throw new ArgumentException("A node has two children of 32 bytes.");
        Span<byte> buffer = stackalloc byte[1 + 2 * HashSize];
        buffer[0] = 1;
        left.CopyTo(buffer[1..]);
        right.CopyTo(buffer[(1 + HashSize)..]);
        SHA256.HashData(buffer, destination);
    }

    /// <summary>The root of the perfect tree over 2^k hashes laid end to end; <paramref name="hashes"/> is overwritten.</summary>
    internal static ReadOnlySpan<byte> FoldPerfect(Span<byte> hashes)
    {
        for (var count = hashes.Length / HashSize; count > 1; count /= 2)
        {
            for (var i = 0; i < count / 2; i++)
            {
                var pair = hashes.Slice(2 * i * HashSize, 2 * HashSize);
                HashChildren(pair[..HashSize], pair[HashSize..], hashes.Slice(i * HashSize, HashSize));
            }
        }
        return hashes[..HashSize];
    }
}
