using System.Buffers.Binary;

namespace Hele.Evidence;

/// <summary>
/// The proof that one entry is in the tree of a given size, small enough for a QR code or a database column. It says nothing until it is
/// checked against the root of a signed checkpoint of that size.
/// </summary>
/// <param name="Index">The entry's index, from 0.</param>
/// <param name="Size">Entries in the tree.</param>
/// <param name="LeafHash">32 bytes.</param>
/// <param name="Proof">Sibling hashes from the leaf upwards.</param>
public sealed record InclusionReceipt(long Index, long Size, byte[] LeafHash, IReadOnlyList<byte[]> Proof)
{
    const byte Version = 1;
    const int Head = 1 + 8 + 8 + Merkle.HashSize;

    /// <summary>Version byte 1, index and size as big-endian 64-bit numbers, leaf hash, proof: 49 bytes and 32 for each hash of the proof.</summary>
    public byte[] ToBytes()
    {
        var bytes = new byte[Head + Proof.Count * Merkle.HashSize];
        bytes[0] = Version;
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(1), Index);
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(9), Size);
        LeafHash.CopyTo(bytes, 17);
        for (var i = 0; i < Proof.Count; i++) Proof[i].CopyTo(bytes, Head + i * Merkle.HashSize);
        return bytes;
    }

    /// <summary>Reads the binary form. False if it isn't one, or if the proof has not the one length that index and size call for.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out InclusionReceipt receipt)
    {
        receipt = null!;
        if (bytes.Length < Head || bytes[0] != Version) return false;
        var index = BinaryPrimitives.ReadInt64BigEndian(bytes[1..]);
        var size = BinaryPrimitives.ReadInt64BigEndian(bytes[9..]);
        if (index < 0 || index >= size) return false;
        var proof = new byte[Proofs.InclusionLength(index, size)][];
        if (bytes.Length != Head + proof.Length * Merkle.HashSize) return false;
        for (var i = 0; i < proof.Length; i++) proof[i] = bytes.Slice(Head + i * Merkle.HashSize, Merkle.HashSize).ToArray();
        receipt = new InclusionReceipt(index, size, bytes[17..Head].ToArray(), proof);
        return true;
    }

    /// <summary>Whether the entry is in the tree of this checkpoint, which must be of the receipt's size.</summary>
    public bool Verify(Checkpoint checkpoint) =>
        checkpoint.Size == Size && Proofs.VerifyInclusion(LeafHash, Index, Size, checkpoint.Root.Span, Proof);
}
