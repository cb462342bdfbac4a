using System.Globalization;
using System.Text;

namespace Hele.Evidence;

/// <summary>A field of an entry laid open, with what it takes to check it.</summary>
/// <param name="Label">The label of the field's commitment in the entry.</param>
/// <param name="Field">The field's true name; the same as the label unless the entry is confidential.</param>
/// <param name="Key">The field's key (32 bytes), or null where the receipt carries the salt.</param>
/// <param name="Tag">The kind of value.</param>
/// <param name="Value">The value as <see cref="ValueBytes.TryRead"/> gives it.</param>
public sealed record OpenedField(string Label, string Field, byte[]? Key, ValueTag Tag, string Value);

/// <summary>
/// What a person keeps: one entry, some of its fields laid open, the proof that it is in the log and the checkpoint that the log
/// signed. A text of three parts with a blank line between them; the third is a c2sp.org/tlog-proof, which other tools can read alone:
/// <code>
/// hele-receipt/1
/// salt BASE64                                (optional)
/// open LABEL FIELD KEY-OR-HYPHEN KIND VALUE  (any number, by label; a text stands in quotes)
///
/// hele/1 …                                   (the entry, as it was logged)
///
/// c2sp.org/tlog-proof@v1
/// index 12
/// BASE64                                     (one line per hash)
///
/// the signed checkpoint
/// </code>
/// With field keys only the opened fields can be checked; the others stay closed to whoever sees the file. With the salt every field
/// whose value can be guessed is open, but in a confidential entry only the salt proves a field's name.
/// </summary>
public sealed class ReceiptFile
{
    const string Format = "hele-receipt/1";
    const string ProofFormat = "c2sp.org/tlog-proof@v1";

    ReceiptFile(byte[]? salt, IReadOnlyList<OpenedField> opened, EntryText entry, long index, IReadOnlyList<byte[]> proof, SignedNote checkpoint) =>
        (Salt, Opened, Entry, Index, Proof, Checkpoint) = (salt, opened, entry, index, proof, checkpoint);

    /// <summary>The entry's salt, if it is given away.</summary>
    public byte[]? Salt { get; }

    /// <summary>The fields laid open, by label.</summary>
    public IReadOnlyList<OpenedField> Opened { get; }

    /// <summary>The entry.</summary>
    public EntryText Entry { get; }

    /// <summary>The entry's index in the log.</summary>
    public long Index { get; }

    /// <summary>The inclusion proof under the checkpoint.</summary>
    public IReadOnlyList<byte[]> Proof { get; }

    /// <summary>The checkpoint, not yet verified.</summary>
    public SignedNote Checkpoint { get; }

    /// <summary>Makes the receipt of an entry.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="salt">Its salt.</param>
    /// <param name="opened">True names and <see cref="ValueBytes"/> of the fields to lay open.</param>
    /// <param name="inclusion">The proof under the checkpoint.</param>
    /// <param name="checkpoint">The signed checkpoint of the proof's size.</param>
    /// <param name="giveSalt">Gives the salt itself away instead of a key per opened field.</param>
    /// <exception cref="ArgumentException">A value is not the one that the entry commits to, or the parts belong not together.</exception>
    public static ReceiptFile Create(
        EntryText entry, ReadOnlySpan<byte> salt, IEnumerable<(string Field, byte[] Value)> opened, InclusionReceipt inclusion, SignedNote checkpoint, bool giveSalt = false)
    {
        var prk = Commitment.Prk(salt);
        var fields = new List<OpenedField>();
        foreach (var (field, value) in opened)
        {
            var key = new byte[Commitment.Size];
            Commitment.FieldKey(prk, field, key);
            var commitment = Commitment.Compute(prk, field, value);
            // A confidential entry doesn't say which number a field has; its commitment does.
            var label = entry.Fields.FirstOrDefault(f => (entry.IsConfidential || f.Label == field) && f.Value.AsSpan().SequenceEqual(commitment)).Label;
            if (label is null || !ValueBytes.TryRead(value, out var tag, out var text)) throw new ArgumentException($"The entry commits to no such value of {field}.", nameof(opened));
            fields.Add(new OpenedField(label, field, giveSalt ? null : key, tag, text));
        }
        fields.Sort((a, b) => string.CompareOrdinal(a.Label, b.Label));
        var file = new ReceiptFile(giveSalt ? salt.ToArray() : null, fields, entry, inclusion.Index, inclusion.Proof, checkpoint);
        if (!inclusion.LeafHash.AsSpan().SequenceEqual(entry.LeafHash()) || !Evidence.Checkpoint.TryParse(checkpoint.Text, out var tree)
            || !inclusion.Verify(tree) || !TryParse(file.ToText(), out _)) throw new ArgumentException("Entry, proof and checkpoint don't belong together.");
        return file;
    }

    /// <summary>The file's text.</summary>
    public string ToText()
    {
        var text = new StringBuilder().Append(Format).Append('\n');
        if (Salt is not null) text.Append("salt ").Append(Convert.ToBase64String(Salt)).Append('\n');
        foreach (var field in Opened)
        {
            text.Append("open ").Append(field.Label).Append(' ').Append(field.Field).Append(' ')
                .Append(field.Key is null ? "-" : Convert.ToBase64String(field.Key)).Append(' ').Append(KindName(field.Tag));
            if (field.Tag != ValueTag.Null) text.Append(' ').Append(Spell(field));
            text.Append('\n');
        }
        text.Append('\n').Append(Entry).Append('\n');
        text.Append(CultureInfo.InvariantCulture, $"{ProofFormat}\nindex {Index}\n");
        foreach (var hash in Proof) text.Append(Convert.ToBase64String(hash)).Append('\n');
        return text.Append('\n').Append(Checkpoint).ToString();
    }

    /// <summary>Reads a receipt. False unless the text is exactly what <see cref="ToText"/> writes. Nothing is verified by this.</summary>
    public static bool TryParse(string? text, out ReceiptFile receipt)
    {
        receipt = null!;
        if (text is null || text.Length > 1_000_000) return false;
        var parts = text.Split("\n\n", 4);
        if (parts.Length != 4 || !TryOpenings(parts[0], out var salt, out var opened)) return false;
        if (parts[1].Any(c => c > '~') || !EntryText.TryParse(Encoding.ASCII.GetBytes(parts[1] + "\n"), out var entry)) return false;

        var lines = parts[2].Split('\n');
        if (lines.Length < 2 || lines[0] != ProofFormat || !lines[1].StartsWith("index ", StringComparison.Ordinal)
            || !Canonical.TryNumber(lines[1].AsSpan(6), out var index)) return false;
        var proof = new List<byte[]>();
        foreach (var line in lines.Skip(2))
        {
            if (!Canonical.TryHash(line, out var hash)) return false;
            proof.Add(hash);
        }
        if (!SignedNote.TryParse(parts[3], out var checkpoint)) return false;
        var read = new ReceiptFile(salt, opened, entry, index, proof, checkpoint);
        if (read.ToText() != text) return false;
        receipt = read;
        return true;
    }

    static bool TryOpenings(string head, out byte[]? salt, out List<OpenedField> opened)
    {
        (salt, opened) = (null, []);
        var lines = head.Split('\n').AsSpan();
        if (lines[0] != Format) return false;
        lines = lines[1..];
        if (lines.Length > 0 && lines[0].StartsWith("salt ", StringComparison.Ordinal))
        {
            if (!Canonical.TryHash(lines[0].AsSpan(5), out salt)) return false;
            lines = lines[1..];
        }
        foreach (var line in lines)
        {
            var words = line.Split(' ', 6);
            if (words.Length < 5 || words[0] != "open") return false;
            byte[]? key = null;
            if (salt is null ? !Canonical.TryHash(words[3], out key) : words[3] != "-") return false;
            if (!Canonical.IsVisibleAscii(words[2], Commitment.MaxField) || !TryKind(words[4], out var tag)) return false;
            var value = words.Length == 6 ? words[5] : "";
            if (tag == ValueTag.Text && !TryUnescape(value, out value)) return false;
            if (!ValueBytes.TryFromText(tag, value, out _)) return false;
            if (opened.Count > 0 && string.CompareOrdinal(opened[^1].Label, words[1]) >= 0) return false;
            opened.Add(new OpenedField(words[1], words[2], key, tag, value));
        }
        return true;
    }

    /// <summary>The value on one line: a text in quotes, with what would break or disguise the line written as \uXXXX.</summary>
    internal static string Spell(OpenedField field) => field.Tag == ValueTag.Text ? $"\"{Escape(field.Value)}\"" : field.Value;

    static string KindName(ValueTag tag) => tag.ToString().ToLowerInvariant();

    static bool TryKind(string name, out ValueTag tag)
    {
        foreach (var known in Enum.GetValues<ValueTag>())
        {
            if (KindName(known) != name) continue;
            tag = known;
            return true;
        }
        tag = default;
        return false;
    }

    // A fixed list, not the runtime's Unicode tables: what the file looks like must not change with them. Besides line ends these are
    // the characters that make a text look different from what it is (direction marks, zero widths).
    static bool IsHidden(char c) => c is < ' ' or '\x7f' or (>= '\x80' and <= '\x9f') or '\u061c' or (>= '\u200b' and <= '\u200f')
        or (>= '\u2028' and <= '\u202e') or (>= '\u2060' and <= '\u206f') or '\ufeff' or '\\';

    static string Escape(string text)
    {
        if (!text.Any(IsHidden)) return text;
        var escaped = new StringBuilder();
        foreach (var c in text)
        {
            if (IsHidden(c)) escaped.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
            else escaped.Append(c);
        }
        return escaped.ToString();
    }

    static bool TryUnescape(string quoted, out string text)
    {
        text = "";
        if (quoted.Length < 2 || quoted[0] != '"' || quoted[^1] != '"') return false;
        var inner = quoted.AsSpan(1, quoted.Length - 2);
        var plain = new StringBuilder();
        for (var i = 0; i < inner.Length; i++)
        {
            if (inner[i] != '\\')
            {
                plain.Append(inner[i]);
                continue;
            }
            if (i + 5 >= inner.Length || inner[i + 1] != 'u'
                || !ushort.TryParse(inner.Slice(i + 2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code)) return false;
            plain.Append((char)code);
            i += 5;
        }
        text = plain.ToString();
        return true;
    }
}
