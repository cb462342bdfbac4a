using System.Numerics;

namespace Hele.Evidence;

/// <summary>
/// Checks proofs that somebody else made (RFC 9162, sections 2.1.3.2 and 2.1.4.2). Whatever is malformed is simply not proved:
/// the answer is false, never an exception.
/// </summary>
public static class Proofs
{
    /// <summary>Whether the entry with this leaf hash is number <paramref name="index"/> of the tree with this size and root.</summary>
    /// <param name="leafHash">32 bytes.</param>
    /// <param name="index">From 0.</param>
    /// <param name="size">Entries in the tree.</param>
    /// <param name="root">32 bytes.</param>
    /// <param name="proof">Sibling hashes from the leaf upwards.</param>
    public static bool VerifyInclusion(ReadOnlySpan<byte> leafHash, long index, long size, ReadOnlySpan<byte> root, IReadOnlyList<byte[]>? proof)
    {
        if (index < 0 || index >= size || leafHash.Length != Merkle.HashSize || root.Length != Merkle.HashSize || !WellFormed(proof)) return false;
        if (proof.Count != InclusionLength(index, size)) return false;

        Span<byte> hash = stackalloc byte[Merkle.HashSize];
        leafHash.CopyTo(hash);
        var (node, last) = (index, size - 1);
        foreach (var sibling in proof)
        {
            if ((node & 1) == 1 || node == last)
            {
                Merkle.HashChildren(sibling, hash, hash);
                while ((node & 1) == 0 && node != 0) (node, last) = (node >> 1, last >> 1);
            }
            else
            {
                Merkle.HashChildren(hash, sibling, hash);
            }
            (node, last) = (node >> 1, last >> 1);
        }
        return last == 0 && hash.SequenceEqual(root);
    }

    /// <summary>The number of hashes in the proof of entry <paramref name="index"/> in a tree of <paramref name="size"/> entries.</summary>
    public static int InclusionLength(long index, long size)
    {
        if (index < 0 || index >= size) throw new ArgumentOutOfRangeException(nameof(index));
        // Below the level where the paths to this leaf and to the last leaf part, every level has a sibling; above it only
        // those with a whole subtree on the left.
        var inner = 64 - BitOperations.LeadingZeroCount((ulong)(index ^ (size - 1)));
        return inner + BitOperations.PopCount((ulong)index >> inner);
    }

    /// <summary>
    /// Whether the tree of <paramref name="n"/> entries only adds to the tree of <paramref name="m"/> entries. Nothing can be
    /// proved about the empty tree, so m = 0 is always false: the caller who compares with an empty log has nothing to ask.
    /// </summary>
    public static bool VerifyConsistency(long m, long n, ReadOnlySpan<byte> root1, ReadOnlySpan<byte> root2, IReadOnlyList<byte[]>? proof)
    {
        if (m < 1 || m > n || !WellFormed(proof)) return false;
        // The published vectors want this to be a comparison and nothing else, so the roots' length is looked at after it.
        if (m == n) return proof.Count == 0 && root1.SequenceEqual(root2);
        if (root1.Length != Merkle.HashSize || root2.Length != Merkle.HashSize) return false;

        var (node, last) = (m - 1, n - 1);
        while ((node & 1) == 1) (node, last) = (node >> 1, last >> 1);

        // Where m is a power of two its root is itself a node of the larger tree and is left out of the proof.
        var next = 0;
        Span<byte> old = stackalloc byte[Merkle.HashSize];
        if (node == 0) root1.CopyTo(old);
        else if (proof.Count > 0) proof[next++].CopyTo(old);
        else return false;
        Span<byte> now = stackalloc byte[Merkle.HashSize];
        old.CopyTo(now);

        for (; next < proof.Count; next++)
        {
            if (last == 0) return false;
            if ((node & 1) == 1 || node == last)
            {
                Merkle.HashChildren(proof[next], old, old);
                Merkle.HashChildren(proof[next], now, now);
                while ((node & 1) == 0 && node != 0) (node, last) = (node >> 1, last >> 1);
            }
            else
            {
                Merkle.HashChildren(now, proof[next], now);
            }
            (node, last) = (node >> 1, last >> 1);
        }
        return last == 0 && old.SequenceEqual(root1) && now.SequenceEqual(root2);
    }

    static bool WellFormed([System.Diagnostics.CodeAnalysis.NotNullWhen(true)] IReadOnlyList<byte[]>? proof)
    {
        if (proof is null) return false;
        foreach (var hash in proof)
            if (hash is not { Length: Merkle.HashSize }) return false;
        return true;
    }
}
