using System.Globalization;
using System.Text;

namespace Hele.Evidence;

/// <summary>What a log signs: its name, how many entries it has and the root over them (c2sp.org/tlog-checkpoint).</summary>
public sealed class Checkpoint
{
    /// <summary>A checkpoint from its parts.</summary>
    /// <param name="origin">The log's name: not empty, one line.</param>
    /// <param name="size">The number of entries.</param>
    /// <param name="root">32 bytes.</param>
    /// <param name="extensions">Further lines, none of them empty.</param>
    /// <exception cref="ArgumentException">A part that can't be.</exception>
    public Checkpoint(string origin, long size, ReadOnlySpan<byte> root, params IReadOnlyList<string> extensions)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(size);
        if (root.Length != Merkle.HashSize) throw new ArgumentException("A root has 32 bytes.", nameof(root));
        if (!IsLine(origin)) throw new ArgumentException("The origin is one line that isn't empty.", nameof(origin));
        if (!extensions.All(IsLine)) throw new ArgumentException("An extension is one line that isn't empty.", nameof(extensions));
        (Origin, Size, Root, Extensions) = (origin, size, root.ToArray(), extensions);
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{origin}\n{size}\n{Convert.ToBase64String(root)}\n");
        foreach (var line in extensions) text.Append(line).Append('\n');
        Text = text.ToString();
    }

    /// <summary>The log's name.</summary>
    public string Origin { get; }

    /// <summary>The number of entries.</summary>
    public long Size { get; }

    /// <summary>The root over them, 32 bytes.</summary>
    public ReadOnlyMemory<byte> Root { get; }

    /// <summary>Further lines. This project writes none.</summary>
    public IReadOnlyList<string> Extensions { get; }

    /// <summary>The text that is signed.</summary>
    public string Text { get; }

    /// <summary>Reads a checkpoint's text. False unless it is exactly what <see cref="Text"/> would be.</summary>
    public static bool TryParse(string? text, out Checkpoint checkpoint)
    {
        checkpoint = null!;
        if (text is null || !text.EndsWith('\n')) return false;
        var lines = text[..^1].Split('\n');
        if (lines.Length < 3 || !lines.All(IsLine) || !Canonical.TryNumber(lines[1], out var size) || !Canonical.TryHash(lines[2], out var root)) return false;
        checkpoint = new Checkpoint(lines[0], size, root, lines[3..]);
        return true;
    }

    /// <summary>Reads a note's text as a checkpoint, but only if the log's key verifies the note and the checkpoint is of the log the key is named after.</summary>
    public static bool TryOpen(SignedNote note, NoteVerifier verifier, out Checkpoint checkpoint)
    {
        checkpoint = null!;
        if (!verifier.Verify(note) || !TryParse(note.Text, out var read) || read.Origin != verifier.Key.Name) return false;
        checkpoint = read;
        return true;
    }

    static bool IsLine(string line) => line.Length > 0 && !line.Any(char.IsControl);
}
