using System.Globalization;
using System.Text;

namespace Hele.Evidence;

/// <summary>One commitment line of an entry.</summary>
/// <param name="Label">The field's name, or its number in a confidential entry.</param>
/// <param name="Value">32 bytes.</param>
public readonly record struct CommittedField(string Label, byte[] Value);

/// <summary>
/// One entry of a jurisdiction's log, in the grammar <c>hele/1</c> that docs/adr/0002-log-entry.md fixes: a few header lines in
/// clear, then one commitment per field. There is exactly one spelling of every entry, and <see cref="TryParse"/> accepts no other.
/// </summary>
public sealed class EntryText
{
    /// <summary>The grammar, and the first line of every entry. Another grammar has another name.</summary>
    public const string Grammar = "hele/1";

    /// <summary>The kind that stands in place of the true one in a confidential module's entry.</summary>
    public const string Confidential = "confidential";

    const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";
    const int MaxName = 128;

    EntryText(byte[] bytes, string kind, DateTimeOffset time, string jurisdiction, Guid id, CommittedField[] fields) =>
        (Bytes, Kind, Time, Jurisdiction, Id, Fields) = (bytes, kind, time, jurisdiction, id, fields);

    /// <summary>The entry as it goes into the log.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>The kind of event, or <see cref="Confidential"/>.</summary>
    public string Kind { get; }

    /// <summary>The log's time of the event, UTC, whole milliseconds.</summary>
    public DateTimeOffset Time { get; }

    /// <summary>The code of the log's jurisdiction.</summary>
    public string Jurisdiction { get; }

    /// <summary>The event's id.</summary>
    public Guid Id { get; }

    /// <summary>The commitment lines, in order.</summary>
    public IReadOnlyList<CommittedField> Fields { get; }

    /// <summary>Whether the fields are shown by number.</summary>
    public bool IsConfidential => Kind == Confidential;

    /// <summary>The hash of this entry's leaf.</summary>
    public byte[] LeafHash() => Merkle.HashLeaf(Bytes.Span);

    /// <summary>The commitment behind a label; false if the entry has no such line.</summary>
    public bool TryGet(string label, out byte[] commitment)
    {
        foreach (var field in Fields)
        {
            if (field.Label != label) continue;
            commitment = field.Value;
            return true;
        }
        commitment = [];
        return false;
    }

    /// <summary>The entry's text.</summary>
    public override string ToString() => Encoding.ASCII.GetString(Bytes.Span);

    /// <summary>The label that a field has in a confidential entry: its place among the true names, from 01, with as many digits as the last one needs.</summary>
    /// <param name="place">From 0.</param>
    /// <param name="count">Fields in the entry.</param>
    public static string NumberLabel(int place, int count) =>
        (place + 1).ToString(count < 100 ? "00" : new string('0', count.ToString(CultureInfo.InvariantCulture).Length), CultureInfo.InvariantCulture);

    internal static EntryText Create(string kind, DateTimeOffset time, string jurisdiction, Guid id, CommittedField[] sorted)
    {
        if (!IsName(kind)) throw new ArgumentException($"\"{kind}\" is no kind of entry.", nameof(kind));
        if (!IsName(jurisdiction)) throw new ArgumentException($"\"{jurisdiction}\" is no code of a jurisdiction.", nameof(jurisdiction));
        var utc = time.ToUniversalTime();
        if (utc.Ticks % TimeSpan.TicksPerMillisecond != 0) throw new ArgumentException("The time of an entry is whole milliseconds.", nameof(time));
        var bytes = Compose(
            [("kind", kind), ("time", utc.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture)), ("jurisdiction", jurisdiction), ("id", id.ToString("D"))],
            sorted);
        if (bytes.Length > EntryBundle.MaxEntry) throw new ArgumentException($"An entry of {bytes.Length} bytes is too long for the log.");
        return new EntryText(bytes, kind, utc, jurisdiction, id, sorted);
    }

    /// <summary>
    /// The bytes of header and commitment lines as given, unchecked. The log's own entries come from <see cref="EntryBuilder"/>;
    /// this is for vectors of the same form with other headers.
    /// </summary>
    internal static byte[] Compose(ReadOnlySpan<(string Name, string Value)> headers, ReadOnlySpan<CommittedField> fields)
    {
        var length = Grammar.Length + 1;
        foreach (var (name, value) in headers) length += name.Length + value.Length + 2;
        foreach (var field in fields) length += field.Label.Length + 48;
        var bytes = new byte[length];
        var at = 0;
        void Put(ReadOnlySpan<char> text, char end)
        {
            at += Encoding.ASCII.GetBytes(text, bytes.AsSpan(at));
            bytes[at++] = (byte)end;
        }
        Put(Grammar, '\n');
        foreach (var (name, value) in headers)
        {
            Put(name, ' ');
            Put(value, '\n');
        }
        Span<char> base64 = stackalloc char[44];
        foreach (var field in fields)
        {
            Put("c", ' ');
            Put(field.Label, ' ');
            if (field.Value.Length != Commitment.Size || !Convert.TryToBase64Chars(field.Value, base64, out _)) throw new ArgumentException("A commitment has 32 bytes.");
            Put(base64, '\n');
        }
        return bytes;
    }

    /// <summary>
    /// Reads an entry. False unless the bytes are exactly what this library writes for what they say: header lines in their order
    /// with one spelling each, labels sorted (by byte) and different, canonical base64, LF behind every line and nothing else.
    /// </summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out EntryText entry)
    {
        entry = null!;
        if (bytes.Length is 0 or > EntryBundle.MaxEntry || bytes.ContainsAnyExceptInRange((byte)'\n', (byte)'~') || bytes[^1] != '\n') return false;
        var lines = Encoding.ASCII.GetString(bytes[..^1]).Split('\n');
        if (lines.Length < 5 || lines[0] != Grammar
            || !TryHeader(lines[1], "kind ", out var kind) || !IsName(kind)
            || !TryHeader(lines[2], "time ", out var clock)
            || !DateTime.TryParseExact(clock, TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
            || !TryHeader(lines[3], "jurisdiction ", out var jurisdiction) || !IsName(jurisdiction)
            || !TryHeader(lines[4], "id ", out var idText) || !Guid.TryParseExact(idText, "D", out var id)) return false;

        var fields = new CommittedField[lines.Length - 5];
        for (var i = 0; i < fields.Length; i++)
        {
            var line = lines[i + 5];
            if (!line.StartsWith("c ", StringComparison.Ordinal) || line.Length < 2 + 1 + 1 + 44) return false;
            var label = line[2..^45];
            if (line[^45] != ' ' || !Canonical.IsVisibleAscii(label, MaxName) || !Canonical.TryHash(line.AsSpan()[^44..], out var value)) return false;
            if (i > 0 && string.CompareOrdinal(fields[i - 1].Label, label) >= 0) return false;
            if (kind == Confidential && label != NumberLabel(i, fields.Length)) return false;
            fields[i] = new CommittedField(label, value);
        }

        var read = Create(kind, new DateTimeOffset(time, TimeSpan.Zero), jurisdiction, id, fields);
        if (!bytes.SequenceEqual(read.Bytes.Span)) return false; // such as an id in capitals
        entry = read;
        return true;
    }

    static bool TryHeader(string line, string name, out string value)
    {
        var found = line.StartsWith(name, StringComparison.Ordinal);
        value = found ? line[name.Length..] : "";
        return found;
    }

    static bool IsName(string text)
    {
        if (text.Length is 0 or > MaxName) return false;
        foreach (var c in text)
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('.' or '-' or '_')) return false;
        return true;
    }
}

/// <summary>Collects the fields of one entry, commits them under one salt and writes the entry.</summary>
/// <param name="salt">32 random bytes, used for this entry only.</param>
public sealed class EntryBuilder(ReadOnlySpan<byte> salt)
{
    readonly byte[] _prk = Commitment.Prk(salt);
    readonly List<CommittedField> _fields = [];

    /// <summary>Commits a field.</summary>
    /// <param name="field">Its true name: visible ASCII, 1 to 128 characters.</param>
    /// <param name="value">From <see cref="ValueBytes"/>.</param>
    public EntryBuilder Add(string field, ReadOnlySpan<byte> value)
    {
        _fields.Add(new CommittedField(field, Commitment.Compute(_prk, field, value)));
        return this;
    }

    /// <summary>The entry with its kind and field names in clear.</summary>
    /// <param name="kind">ASCII letters, digits, dot, hyphen, underscore; not <see cref="EntryText.Confidential"/>.</param>
    /// <param name="time">Whole milliseconds.</param>
    /// <param name="jurisdiction">The code of the log's jurisdiction, in the characters of a kind.</param>
    /// <param name="id">The event's id.</param>
    /// <exception cref="ArgumentException">A field twice, a name with other characters, a time that isn't whole, or more than 65,535 bytes.</exception>
    public EntryText Build(string kind, DateTimeOffset time, string jurisdiction, Guid id)
    {
        if (kind == EntryText.Confidential) throw new ArgumentException("A confidential entry is built as one, with its fields by number.", nameof(kind));
        return EntryText.Create(kind, time, jurisdiction, id, Sorted());
    }

    /// <summary>The entry of a confidential module: neither the kind nor a field's name is in clear. The true kind is a field like the others.</summary>
    /// <inheritdoc cref="Build"/>
    public EntryText BuildConfidential(DateTimeOffset time, string jurisdiction, Guid id)
    {
        var fields = Sorted();
        for (var i = 0; i < fields.Length; i++) fields[i] = fields[i] with { Label = EntryText.NumberLabel(i, fields.Length) };
        return EntryText.Create(EntryText.Confidential, time, jurisdiction, id, fields);
    }

    CommittedField[] Sorted()
    {
        var fields = _fields.ToArray();
        Array.Sort(fields, static (a, b) => string.CompareOrdinal(a.Label, b.Label));
        for (var i = 1; i < fields.Length; i++)
            if (fields[i].Label == fields[i - 1].Label) throw new ArgumentException($"The field {fields[i].Label} is committed twice.");
        return fields;
    }
}
