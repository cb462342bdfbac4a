using System.Globalization;
using System.Text;

namespace Hele.Evidence;

/// <summary>
/// A checkpoint as somebody kept it elsewhere: the signed note, its text alone, or the size and the root in groups of hexadecimal
/// digits, as they are read off a notice board.
/// </summary>
/// <param name="Origin">The log's name, where it was written down.</param>
/// <param name="Size">Entries of the log when it was kept.</param>
/// <param name="Root">The root over them, 32 bytes.</param>
/// <param name="Note">The signed note, where it was kept whole.</param>
public sealed record Pinned(string? Origin, long Size, ReadOnlyMemory<byte> Root, SignedNote? Note)
{
    /// <summary>Digits of one group.</summary>
    public const int GroupLength = 4;

    /// <summary>The root in sixteen groups of four hexadecimal digits, with a blank between them.</summary>
    public static string Groups(ReadOnlySpan<byte> root) => string.Join(' ', Convert.ToHexStringLower(root).Chunk(GroupLength).Select(g => new string(g)));

    /// <summary>One line that holds what can be compared: <c>1234 9f86 d081 …</c>.</summary>
    public static string Line(Checkpoint checkpoint) => string.Create(CultureInfo.InvariantCulture, $"{checkpoint.Size} {Groups(checkpoint.Root.Span)}");

    /// <summary>Reads one of the three forms. Blanks, line ends, hyphens and the letters' case between the groups are forgiven.</summary>
    public static bool TryParse(string? text, out Pinned pinned)
    {
        pinned = null!;
        var clean = text?.TrimStart('\ufeff').Replace("\r\n", "\n", StringComparison.Ordinal).Trim() ?? "";
        if (clean.Length is 0 or > 1_000_000) return false;
        if (SignedNote.TryParse(clean + "\n", out var note) && Checkpoint.TryParse(note.Text, out var signed))
            pinned = new Pinned(signed.Origin, signed.Size, signed.Root, note);
        else if (Checkpoint.TryParse(clean + "\n", out var plain))
            pinned = new Pinned(plain.Origin, plain.Size, plain.Root, null);
        else if (TryGroups(clean, out var size, out var root))
            pinned = new Pinned(null, size, root, null);
        return pinned is not null;
    }

    static bool TryGroups(string text, out long size, out byte[] root)
    {
        (size, root) = (0, []);
        var parts = text.Split([' ', '\n', '\t', '-', ':', '\u3000'], StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length < 2 || !Canonical.TryNumber(parts[0], out size)) return false;
        var hex = new StringBuilder().AppendJoin("", parts[1..]);
        if (hex.Length != 2 * Merkle.HashSize) return false;
        try
        {
            root = Convert.FromHexString(hex.ToString());
            return true;
        }
        catch (FormatException)
        {
            return false;
        }
    }
}
