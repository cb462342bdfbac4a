using System.Globalization;
using System.Text;

namespace Hele.Evidence;

/// <summary>The first byte of a committed value: what kind of value the rest is. Frozen with <c>hele/1</c>.</summary>
public enum ValueTag : byte
{
    /// <summary>No value. Nothing follows.</summary>
    Null = 0,
    /// <summary>UTF-8, as it is stored: not normalised, not trimmed.</summary>
    Text = 1,
    /// <summary>An instant, ASCII <c>yyyy-MM-ddTHH:mm:ss.fffffffZ</c> in UTC.</summary>
    Instant = 2,
    /// <summary>A calendar date, ASCII <c>yyyy-MM-dd</c>.</summary>
    Date = 3,
    /// <summary>A Guid, 16 bytes big-endian.</summary>
    Guid = 4,
    /// <summary>A whole number of 64 bits, ASCII decimal.</summary>
    Integer = 5,
    /// <summary>The name of an enumeration's member, visible ASCII.</summary>
    Enum = 6,
    /// <summary>ASCII <c>0</c> or <c>1</c>.</summary>
    Bool = 7,
    /// <summary>Bytes as they are stored, such as those of a sealed column.</summary>
    Bytes = 8,
}

/// <summary>
/// The bytes a value is committed as: one tag byte and the payload. The tag keeps apart what would look alike: no value and an
/// empty text, the text "1" and the number 1.
/// </summary>
public static class ValueBytes
{
    const string InstantFormat = "yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'";
    const string DateFormat = "yyyy-MM-dd";

    /// <summary>No value.</summary>
    public static byte[] Null() => [(byte)ValueTag.Null];

    /// <summary>A text; null is <see cref="Null"/>.</summary>
    /// <exception cref="ArgumentException">The text holds half of a surrogate pair and has no UTF-8 form.</exception>
    public static byte[] Text(string? value)
    {
        if (value is null) return Null();
        var bytes = new byte[1 + Canonical.Utf8.GetByteCount(value)];
        bytes[0] = (byte)ValueTag.Text;
        Canonical.Utf8.GetBytes(value, bytes.AsSpan(1));
        return bytes;
    }

    /// <summary>An instant, whatever its offset, as UTC.</summary>
    public static byte[] Instant(DateTimeOffset value) => Ascii(ValueTag.Instant, value.UtcDateTime.ToString(InstantFormat, CultureInfo.InvariantCulture));

    /// <summary>A calendar date.</summary>
    public static byte[] Date(DateOnly value) => Ascii(ValueTag.Date, value.ToString(DateFormat, CultureInfo.InvariantCulture));

    /// <summary>A Guid.</summary>
    public static byte[] Guid(Guid value)
    {
        var bytes = new byte[17];
        bytes[0] = (byte)ValueTag.Guid;
        value.TryWriteBytes(bytes.AsSpan(1), bigEndian: true, out _);
        return bytes;
    }

    /// <summary>A whole number.</summary>
    public static byte[] Integer(long value) => Ascii(ValueTag.Integer, value.ToString(CultureInfo.InvariantCulture));

    /// <summary>A member of an enumeration by its name: visible ASCII, so that a renamed member is noticed and a translated one impossible.</summary>
    /// <exception cref="ArgumentException">The name is empty or not visible ASCII.</exception>
    public static byte[] Enum(string name) => Canonical.IsVisibleAscii(name, 200)
        ? Ascii(ValueTag.Enum, name)
        : throw new ArgumentException($"\"{name}\" is no name of an enumeration's member.", nameof(name));

    /// <summary>A member of an enumeration.</summary>
    /// <exception cref="ArgumentException">The value has no name.</exception>
    public static byte[] Enum(Enum value) => Enum(System.Enum.GetName(value.GetType(), value)
        ?? throw new ArgumentException($"{value.GetType().Name} has no member {value}.", nameof(value)));

    /// <summary>True or false.</summary>
    public static byte[] Bool(bool value) => Ascii(ValueTag.Bool, value ? "1" : "0");

    /// <summary>Bytes as stored.</summary>
    public static byte[] Bytes(ReadOnlySpan<byte> value) => [(byte)ValueTag.Bytes, .. value];

    /// <summary>The bytes of a value of any of the kinds above, by its type.</summary>
    /// <exception cref="ArgumentException">A type that has no form here; a new kind of value needs a new grammar.</exception>
    public static byte[] Of(object? value) => value switch
    {
        null => Null(),
        string text => Text(text),
        DateTimeOffset instant => Instant(instant),
        DateOnly date => Date(date),
        Guid guid => Guid(guid),
        bool flag => Bool(flag),
        System.Enum member => Enum(member),
        long or int or short or byte or uint or ushort or sbyte => Integer(Convert.ToInt64(value, CultureInfo.InvariantCulture)),
        byte[] bytes => Bytes(bytes),
        ReadOnlyMemory<byte> bytes => Bytes(bytes.Span),
        _ => throw new ArgumentException($"A {value.GetType().Name} has no committed form.", nameof(value)),
    };

    /// <summary>
    /// What the bytes say, for a person: the kind, and the value as text (null gives the empty text, bytes give base64). False
    /// unless they are exactly what the method of that kind writes.
    /// </summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out ValueTag tag, out string text)
    {
        (tag, text) = (default, "");
        if (bytes.Length == 0 || bytes[0] > (byte)ValueTag.Bytes) return false;
        tag = (ValueTag)bytes[0];
        var payload = bytes[1..];
        switch (tag)
        {
            case ValueTag.Guid when payload.Length == 16:
                text = new Guid(payload, bigEndian: true).ToString("D");
                return true;
            case ValueTag.Bytes:
                text = Convert.ToBase64String(payload);
                return true;
            case ValueTag.Guid:
                return false;
        }
        return Canonical.TryUtf8(payload, out text) && TryFromText(tag, text, out var again) && bytes.SequenceEqual(again);
    }

    /// <summary>The bytes of a value from the kind and text that <see cref="TryRead"/> gives. False if the text is no value of that kind.</summary>
    public static bool TryFromText(ValueTag tag, string text, out byte[] bytes)
    {
        var (invariant, none) = (CultureInfo.InvariantCulture, DateTimeStyles.None);
        byte[]? made = tag switch
        {
            ValueTag.Null when text.Length == 0 => Null(),
            ValueTag.Text when Canonical.IsUnicode(text) => Text(text),
            ValueTag.Instant when DateTime.TryParseExact(text, InstantFormat, invariant, none, out var instant)
                => Instant(new DateTimeOffset(instant, TimeSpan.Zero)),
            ValueTag.Date when DateOnly.TryParseExact(text, DateFormat, invariant, none, out var date) => Date(date),
            ValueTag.Guid when System.Guid.TryParseExact(text, "D", out var guid) && guid.ToString("D") == text => Guid(guid),
            ValueTag.Integer when long.TryParse(text, NumberStyles.AllowLeadingSign, invariant, out var number) && number.ToString(invariant) == text
                => Integer(number),
            ValueTag.Enum when Canonical.IsVisibleAscii(text, 200) => Enum(text),
            ValueTag.Bool when text is "0" or "1" => Bool(text == "1"),
            ValueTag.Bytes when Canonical.TryBase64(text, out var raw) => Bytes(raw),
            _ => null,
        };
        bytes = made ?? [];
        return made is not null;
    }

    static byte[] Ascii(ValueTag tag, string payload)
    {
        var bytes = new byte[1 + payload.Length];
        bytes[0] = (byte)tag;
        Encoding.ASCII.GetBytes(payload, bytes.AsSpan(1));
        return bytes;
    }
}
