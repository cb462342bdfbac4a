using System.Globalization;
using System.Text;

namespace Hele.Evidence;

/// <summary>Readers that accept one spelling only: what they accept, written again, is the same bytes.</summary>
static class Canonical
{
    /// <summary>UTF-8 that throws instead of putting a replacement character in place of what it can't read or write.</summary>
    internal static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>A non-negative decimal number without sign, spaces or leading zeros.</summary>
    internal static bool TryNumber(ReadOnlySpan<char> text, out long value)
    {
        value = 0;
        // The framework's reader forgives NULs at the end.
        if (text.ContainsAnyExceptInRange('0', '9') || text.Length > 1 && text[0] == '0') return false;
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value);
    }

    /// <summary>Standard base64 with padding, no white space, unused bits zero.</summary>
    internal static bool TryBase64(ReadOnlySpan<char> text, out byte[] bytes)
    {
        bytes = [];
        var buffer = new byte[text.Length / 4 * 3];
        // The framework's decoder forgives white space and stray bits; comparing with the encoder's own answer does not.
        if (!Convert.TryFromBase64Chars(text, buffer, out var written)) return false;
        if (!text.SequenceEqual(Convert.ToBase64String(buffer, 0, written))) return false;
        bytes = buffer.AsSpan(0, written).ToArray();
        return true;
    }

    /// <summary>The base64 of one hash.</summary>
    internal static bool TryHash(ReadOnlySpan<char> text, out byte[] hash)
    {
        hash = [];
        return text.Length == 44 && TryBase64(text, out hash) && hash.Length == Merkle.HashSize;
    }

    internal static bool TryUtf8(ReadOnlySpan<byte> bytes, out string text)
    {
        try
        {
            text = Utf8.GetString(bytes);
            return true;
        }
        catch (DecoderFallbackException)
        {
            text = "";
            return false;
        }
    }

    /// <summary>Whether a text has a UTF-8 form: no half of a surrogate pair alone.</summary>
    internal static bool IsUnicode(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i])) continue;
            if (i + 1 == text.Length || !char.IsSurrogatePair(text[i], text[i + 1])) return false;
            i++;
        }
        return true;
    }

    /// <summary>Whether a name holds only visible ASCII (0x21 to 0x7E) and has 1 to <paramref name="limit"/> characters.</summary>
    internal static bool IsVisibleAscii(ReadOnlySpan<char> name, int limit) =>
        name.Length > 0 && name.Length <= limit && !name.ContainsAnyExceptInRange('\x21', '\x7e');
}
