using System.Buffers.Binary;

namespace Hele.Evidence;

/// <summary>Up to 256 entries end to end, each behind its length as a big-endian uint16 (c2sp.org/tlog-tiles, "Log entries").</summary>
public static class EntryBundle
{
    /// <summary>The longest entry that a bundle, and so the log, can hold, in bytes.</summary>
    public const int MaxEntry = ushort.MaxValue;

    /// <summary>The bundle of these entries, 1 to 256.</summary>
    /// <exception cref="ArgumentException">Too many or no entries, or one that is too long.</exception>
    public static byte[] Encode(IReadOnlyList<ReadOnlyMemory<byte>> entries)
    {
        if (entries.Count is 0 or > TilePath.FullWidth) throw new ArgumentException("A bundle has 1 to 256 entries.", nameof(entries));
        var bundle = new byte[entries.Sum(e => 2 + e.Length)];
        var rest = bundle.AsSpan();
        foreach (var entry in entries)
        {
            if (entry.Length > MaxEntry) throw new ArgumentException("An entry has at most 65,535 bytes.", nameof(entries));
            BinaryPrimitives.WriteUInt16BigEndian(rest, (ushort)entry.Length);
            entry.Span.CopyTo(rest[2..]);
            rest = rest[(2 + entry.Length)..];
        }
        return bundle;
    }

    /// <summary>The entries of a bundle of <paramref name="width"/> entries: exactly so many, nothing cut off and nothing behind.</summary>
    public static bool TryDecode(ReadOnlyMemory<byte> bundle, int width, out IReadOnlyList<ReadOnlyMemory<byte>> entries)
    {
        entries = [];
        if (width is < 1 or > TilePath.FullWidth) return false;
        var read = new List<ReadOnlyMemory<byte>>(width);
        for (var i = 0; i < width; i++)
        {
            if (bundle.Length < 2) return false;
            var length = BinaryPrimitives.ReadUInt16BigEndian(bundle.Span);
            if (bundle.Length < 2 + length) return false;
            read.Add(bundle.Slice(2, length));
            bundle = bundle[(2 + length)..];
        }
        if (!bundle.IsEmpty) return false;
        entries = read;
        return true;
    }
}
