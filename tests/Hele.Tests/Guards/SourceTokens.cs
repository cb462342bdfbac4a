using System.Globalization;
using System.Text;

namespace Hele.Tests.Guards;

public enum TokenKind
{
    /// <summary>An identifier or number as a whole, or one character of punctuation.</summary>
    Code,

    /// <summary>A string, character or template literal.</summary>
    Text,
    Comment,
}

/// <summary>A piece of C# or JavaScript.</summary>
/// <param name="Value">For a literal: its value, the holes of an interpolated one as {0}, {1} … with their formats, as a FormattableString has them.</param>
/// <param name="Holes">The code in the holes of an interpolated literal.</param>
public sealed record Token(TokenKind Kind, string Value, int Line, IReadOnlyList<IReadOnlyList<Token>> Holes)
{
    public bool Is(string code) => Kind == TokenKind.Code && Value == code;
}

/// <summary>
/// Tells code, literals and comments of C# and JavaScript apart, nothing more: enough for guards that read text, and small enough to be
/// trusted. It knows escaped, verbatim, raw and interpolated literals, template literals and regular expressions.
/// </summary>
public sealed class SourceTokens
{
    private readonly string s;
    private readonly bool js;
    private int i;
    private int line = 1;

    private SourceTokens(string source, bool javaScript, int start = 0)
    {
        s = source;
        js = javaScript;
        i = start;
    }

    public static IReadOnlyList<Token> Of(string source, bool javaScript = false) => new SourceTokens(source, javaScript).Until('\0');

    /// <summary>The C# literal that starts at an index, and the index after it; null when none starts there.</summary>
    public static (Token Literal, int End)? LiteralAt(string source, int index)
    {
        var reader = new SourceTokens(source, javaScript: false, index);
        return reader.Literal() is { } literal ? (literal, reader.i) : null;
    }

    public static bool IsHan(Rune r) => r.Value is >= 0x4E00 and <= 0x9FFF or >= 0x3400 and <= 0x4DBF or >= 0xF900 and <= 0xFAFF or >= 0x20000 and <= 0x323AF
        or >= 0x2E80 and <= 0x2FDF or 0x3005 or 0x3007;

    public static bool HasHan(string text) => text.EnumerateRunes().Any(IsHan);

    private char At(int index) => index < s.Length ? s[index] : '\0';

    private bool Here(string text) => string.CompareOrdinal(s, i, text, 0, text.Length) == 0;

    private char Take()
    {
        if (s[i] == '\n')
            line++;
        return s[i++];
    }

    /// <summary>Tokens until a closing character at depth 0 (not taken), or the end of the source.</summary>
    private List<Token> Until(char close)
    {
        var tokens = new List<Token>();
        var depth = 0;
        while (i < s.Length)
        {
            var c = s[i];
            if (close != '\0' && depth == 0 && (c == close || (c == ':' && close == '}' && !js)))
                break;
            if (char.IsWhiteSpace(c))
            {
                Take();
                continue;
            }

            var from = line;
            if (Here("//"))
            {
                tokens.Add(new(TokenKind.Comment, TakeWhile(() => s[i] != '\n'), from, []));
                continue;
            }

            if (Here("/*"))
            {
                var end = s.IndexOf("*/", i + 2, StringComparison.Ordinal);
                var stop = end < 0 ? s.Length : end + 2;
                tokens.Add(new(TokenKind.Comment, TakeWhile(() => i < stop), from, []));
                continue;
            }

            if (!js && c == '#' && s.AsSpan(s.LastIndexOf('\n', i) + 1, i - s.LastIndexOf('\n', i) - 1).IsWhiteSpace())
            {
                tokens.Add(new(TokenKind.Comment, TakeWhile(() => s[i] != '\n'), from, []));
                continue;
            }

            if (Literal() is { } literal)
            {
                tokens.Add(literal);
                continue;
            }

            if (js && c == '/' && RegexMayStart(tokens))
            {
                TakeRegex();
                continue;
            }

            if (char.IsLetterOrDigit(c) || c is '_' or '$' or '@' || char.IsSurrogate(c))
            {
                tokens.Add(new(TokenKind.Code, TakeWhile(() => char.IsLetterOrDigit(s[i]) || s[i] is '_' or '$' or '@' || char.IsSurrogate(s[i])), from, []));
                continue;
            }

            depth += c is '(' or '[' or '{' ? 1 : c is ')' or ']' or '}' ? -1 : 0;
            tokens.Add(new(TokenKind.Code, Take().ToString(), from, []));
        }

        return tokens;
    }

    private string TakeWhile(Func<bool> more)
    {
        var from = i;
        while (i < s.Length && more())
            Take();
        return s[from..i];
    }

    private Token? Literal()
    {
        var c = At(i);
        if (js)
            return c is '"' or '\'' or '`' ? Escaped(c, dollars: c == '`' ? 1 : 0) : null;
        if (c == '\'')
            return Escaped('\'', 0);
        var at = i;
        var dollars = 0;
        var verbatim = false;
        while (At(at) is '$' or '@')
        {
            dollars += At(at) == '$' ? 1 : 0;
            verbatim |= At(at) == '@';
            at++;
        }

        if (At(at) != '"')
            return null;
        i = at;
        var quotes = 0;
        while (At(i + quotes) == '"')
            quotes++;
        if (quotes >= 3 && !verbatim)
            return Raw(quotes, dollars);
        return verbatim ? Verbatim(dollars) : Escaped('"', dollars);
    }

    private Token Escaped(char quote, int dollars)
    {
        var from = line;
        var value = new StringBuilder();
        var holes = new List<IReadOnlyList<Token>>();
        Take();
        while (i < s.Length && s[i] != quote && (s[i] != '\n' || quote == '`'))
        {
            if (s[i] == '\\')
            {
                Take();
                value.Append(i < s.Length ? Escape() : "");
            }
            else if (!Hole(value, holes, dollars, raw: false))
            {
                value.Append(Take());
            }
        }

        if (i < s.Length)
            Take();
        return new(TokenKind.Text, value.ToString(), from, holes);
    }

    private string Escape()
    {
        var c = Take();
        switch (c)
        {
            case 'n': return "\n";
            case 't': return "\t";
            case 'r': return "\r";
            case '0': return "\0";
            case 'u' or 'U' or 'x':
                var braces = js && At(i) == '{';
                if (braces)
                    Take();
                var most = c == 'U' || braces ? 8 : c == 'x' && js ? 2 : 4;
                var digits = new StringBuilder();
                while (digits.Length < most && char.IsAsciiHexDigit(At(i)))
                    digits.Append(Take());
                if (braces && At(i) == '}')
                    Take();
                return int.TryParse(digits.ToString(), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var code)
                    ? Rune.IsValid(code) ? new Rune(code).ToString() : ((char)code).ToString()
                    : "";
            default: return c.ToString();
        }
    }

    private Token Verbatim(int dollars)
    {
        var from = line;
        var value = new StringBuilder();
        var holes = new List<IReadOnlyList<Token>>();
        Take();
        while (i < s.Length)
        {
            if (s[i] == '"')
            {
                Take();
                if (At(i) != '"')
                    break;
                value.Append(Take());
            }
            else if (!Hole(value, holes, dollars, raw: false))
            {
                value.Append(Take());
            }
        }

        return new(TokenKind.Text, value.ToString(), from, holes);
    }

    private Token Raw(int quotes, int dollars)
    {
        var from = line;
        var value = new StringBuilder();
        var holes = new List<IReadOnlyList<Token>>();
        i += quotes;
        var end = new string('"', quotes);
        while (i < s.Length && !Here(end))
        {
            if (!Hole(value, holes, dollars, raw: true))
                value.Append(Take());
        }

        for (var n = 0; n < quotes && i < s.Length; n++)
            Take();
        return new(TokenKind.Text, value.ToString(), from, holes);
    }

    /// <summary>At a hole of an interpolated literal: takes it and writes {n}. Also takes doubled braces.</summary>
    private bool Hole(StringBuilder value, List<IReadOnlyList<Token>> holes, int dollars, bool raw)
    {
        if (dollars == 0)
            return false;
        if (js)
        {
            if (!Here("${"))
                return false;
            i += 2;
        }
        else
        {
            if (!raw && (Here("{{") || Here("}}")))
            {
                // Still doubled in a FormattableString's format, and so in a key.
                value.Append(Take()).Append(Take());
                return true;
            }

            var braces = 0;
            while (At(i + braces) == '{')
                braces++;
            if (braces < dollars)
                return false;
            for (; braces > dollars; braces--)
                value.Append(Take());
            i += dollars;
        }

        var inside = Until('}');
        value.Append('{').Append(holes.Count);
        if (At(i) == ':')
            value.Append(TakeWhile(() => s[i] != '}'));
        value.Append('}');
        i += Math.Min(js ? 1 : dollars, s.Length - i);
        holes.Add(inside);
        return true;
    }

    private static bool RegexMayStart(List<Token> tokens)
    {
        var last = tokens.FindLast(t => t.Kind != TokenKind.Comment);
        return last is null || (last.Kind == TokenKind.Code && (last.Value is "return" or "typeof" or "case" or "in" or "of" || (last.Value.Length == 1 && "(,=:[!&|?{};+-*<>~^%".Contains(last.Value[0]))));
    }

    private void TakeRegex()
    {
        Take();
        var set = false;
        while (i < s.Length && s[i] != '\n' && (set || s[i] != '/'))
        {
            set = s[i] == '[' || (set && s[i] != ']');
            if (s[i] == '\\')
                Take();
            if (i < s.Length)
                Take();
        }

        if (At(i) == '/')
            Take();
    }
}
