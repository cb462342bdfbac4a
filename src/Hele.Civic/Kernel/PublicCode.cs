using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Hele.Civic.Kernel;

/// <summary>
/// The code by which a record is known outside: twelve random characters (58.9 bits) of an alphabet without look-alikes, in groups of four,
/// e.g. <c>7KQ2-9XMF-3TDA</c>. Readable aloud and typed from paper.
/// </summary>
public readonly record struct PublicCode
{
    /// <summary>Without 0 O, 1 I L and U (read as V).</summary>
    public const string Alphabet = "23456789ABCDEFGHJKMNPQRSTVWXYZ";

    /// <summary>Characters of a code without its dashes.</summary>
    public const int Length = 12;

    private readonly string? _text;

    private PublicCode(string text) => _text = text;

    /// <summary>The canonical form with its dashes: what is stored, shown and put in addresses. Fourteen characters; empty for the default value.</summary>
    public string Text => _text ?? "";

    /// <summary>A fresh code from the system's secure source.</summary>
    public static PublicCode New() => From(RandomNumberGenerator.GetBytes(32));

    /// <summary>The code that belongs to these bytes, always the same. For the demo, and for tests; whoever knows the bytes knows the code.</summary>
    public static PublicCode From(ReadOnlySpan<byte> seed)
    {
        Span<char> text = stackalloc char[Length + 2];
        Span<byte> block = stackalloc byte[32];
        var input = new byte[seed.Length + 4];
        seed.CopyTo(input);
        var at = 0;
        for (var counter = 0; at < text.Length; counter++)
        {
            BinaryPrimitives.WriteInt32BigEndian(input.AsSpan(seed.Length), counter);
            SHA256.HashData(input, block);
            for (var i = 0; i < block.Length && at < text.Length; i++)
            {
                // 240 is the largest multiple of 30 in a byte: what lies above would favour the first letters.
                if (block[i] < 240)
                {
                    text[at++] = Alphabet[block[i] % 30];
                    if (at is 4 or 9)
                    {
                        text[at++] = '-';
                    }
                }
            }
        }

        return new(new string(text));
    }

    /// <summary>Reads a code as people type it: small letters, full-width characters, other or no dashes, blanks.</summary>
    public static bool TryParse(string? typed, out PublicCode code)
    {
        code = default;
        Span<char> text = stackalloc char[Length + 2];
        var at = 0;
        foreach (var c in ChineseText.Normalize(typed?.Length > 100 ? null : typed))
        {
            if (c is ' ' or '-' or '_' or '.' or (>= '\u2010' and <= '\u2015') or '\u2212')
            {
                continue;
            }

            var upper = char.ToUpperInvariant(c);
            if (at == text.Length || !Alphabet.Contains(upper))
            {
                return false;
            }

            text[at++] = upper;
            if (at is 4 or 9)
            {
                text[at++] = '-';
            }
        }

        if (at != text.Length)
        {
            return false;
        }

        code = new(new string(text));
        return true;
    }

    /// <inheritdoc cref="TryParse"/>
    /// <exception cref="FormatException">It is no code.</exception>
    public static PublicCode Parse(string? typed) => TryParse(typed, out var code) ? code : throw new FormatException("Not a public code.");

    public override string ToString() => Text;
}
