using System.Globalization;
using System.Text;

namespace Hele.Civic.Kernel;

/// <summary>Cleaning, searching and sorting of text that is mostly Chinese.</summary>
public static class ChineseText
{
    private static readonly CompareInfo Pinyin = CultureInfo.GetCultureInfo("zh-CN").CompareInfo;

    /// <summary>Orders by pinyin, as a Chinese reader expects a list of names.</summary>
    public static IComparer<string?> ByPinyin { get; } = Comparer<string?>.Create((a, b) => Pinyin.Compare(a, b, CompareOptions.IgnoreWidth) is var order and not 0 ? order : string.CompareOrdinal(a, b));

    /// <summary>Bytes that sort as <see cref="ByPinyin"/> does; not stable across versions of the machine's language data, so never stored for good.</summary>
    public static byte[] SortKey(string text) => Pinyin.GetSortKey(text, CompareOptions.IgnoreWidth).KeyData;

    /// <summary>
    /// One line in its plainest form, for names, addresses, codes and search: NFKC (full-width letters, digits and marks become
    /// narrow), control, direction and invisible characters removed, white space trimmed and run together. Prose is for <see cref="Clean"/>.
    /// </summary>
    public static string Normalize(string? text)
    {
        var kept = new StringBuilder();
        foreach (var rune in (text ?? "").EnumerateRunes())
        {
            // The joiners matter only between emoji, which no name or address needs.
            if (Rune.IsWhiteSpace(rune) || rune.Value is '\u2028' or '\u2029')
            {
                kept.Append(' ');
            }
            else if (Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format) && !IsFiller(rune))
            {
                kept.Append(rune.ToString());
            }
        }

        return string.Join(' ', kept.ToString().Normalize(NormalizationForm.FormKC).Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }

    /// <summary>One line as a person wrote it: like <see cref="Clean"/>, with line ends and runs of white space as one blank. For titles, places, names: their punctuation is theirs.</summary>
    public static string Line(string? text) => string.Join(' ', Clean(text).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    /// <summary>The beginning of a text on one line, for a list: at most so many characters as a reader counts them, then an ellipsis.</summary>
    public static string Head(string? text, int most)
    {
        var line = Line(text);
        return Length(line) <= most ? line : new StringInfo(line).SubstringByTextElements(0, most) + "…";
    }

    /// <summary>
    /// Prose as a person wrote it, made safe to store: NFC, full-width letters and digits narrowed but Chinese punctuation kept, line
    /// ends as LF, at most one blank line in a row, no control or direction characters, trimmed. Ill-formed surrogates become U+FFFD.
    /// </summary>
    public static string Clean(string? text)
    {
        var kept = new StringBuilder();
        foreach (var rune in (text ?? "").ReplaceLineEndings("\n").EnumerateRunes())
        {
            var value = rune.Value;
            if (value is '\n')
            {
                kept.Append('\n');
            }
            else if (value is >= '\uFF10' and <= '\uFF19' or >= '\uFF21' and <= '\uFF3A' or >= '\uFF41' and <= '\uFF5A')
            {
                kept.Append((char)(value - 0xFEE0));
            }
            else if (Rune.IsWhiteSpace(rune))
            {
                kept.Append(value is '\u3000' ? '\u3000' : ' ');
            }
            else if (value is '\u200D' || (Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format) && !IsFiller(rune)))
            {
                kept.Append(rune.ToString());
            }
        }

        var lines = kept.ToString().Normalize(NormalizationForm.FormC).Split('\n').Select(line => line.TrimEnd());
        var tidy = new StringBuilder();
        var blanks = 0;
        foreach (var line in lines)
        {
            blanks = line.Length == 0 ? blanks + 1 : 0;
            if (blanks < 2)
            {
                tidy.Append(line).Append('\n');
            }
        }

        return tidy.ToString().Trim();
    }

    /// <summary>
    /// What goes into the full-text index: each pair of neighbouring characters, then the last one alone, run by run (a run is
    /// letters and digits without a mark or blank between them), joined by blanks. The same tokens serve SQLite and PostgreSQL.
    /// </summary>
    public static string IndexTokens(string? text) => string.Join(' ', Runs(text).SelectMany(IndexRun));

    /// <summary>What a person typed into a search box, as phrases over the same tokens. Marks, quotes and operators only separate.</summary>
    public static SearchQuery Query(string? typed) => new(Runs(typed).Select(run => run.Count == 1
        ? new SearchPhrase([run[0]], IsPrefix: true)
        : new SearchPhrase([.. Pairs(run)], IsPrefix: false)).ToArray());

    /// <summary>The number of characters as a person counts them (a rare character outside the first plane is one).</summary>
    public static int Length(string text) => new StringInfo(text).LengthInTextElements;

    private static IEnumerable<string> IndexRun(List<string> run) => Pairs(run).Append(run[^1]);

    private static IEnumerable<string> Pairs(List<string> run) => run.Zip(run.Skip(1), (a, b) => a + b);

    private static List<List<string>> Runs(string? text)
    {
        var runs = new List<List<string>>();
        List<string>? run = null;
        foreach (var rune in Normalize(text).ToLowerInvariant().EnumerateRunes())
        {
            // Everything that is no letter or digit would be cut out by the index's tokenizer anyway, at its own places.
            if (!Rune.IsLetterOrDigit(rune) && Rune.GetUnicodeCategory(rune) != UnicodeCategory.LetterNumber)
            {
                run = null;
                continue;
            }

            if (run is null)
            {
                runs.Add(run = []);
            }

            run.Add(rune.ToString());
        }

        return runs;
    }

    /// <summary>Letters that show nothing, and the sign for "cannot be shown" of an interlinear note.</summary>
    private static bool IsFiller(Rune rune) => rune.Value is 0x115F or 0x1160 or 0x3164 or 0xFFA0;
}

/// <summary>A search as phrases that must all occur.</summary>
public sealed record SearchQuery(IReadOnlyList<SearchPhrase> Phrases)
{
    /// <summary>True when nothing searchable was typed.</summary>
    public bool IsEmpty => Phrases.Count == 0;

    /// <summary>The argument of FTS5's MATCH.</summary>
    public string ToFts5() => string.Join(" AND ", Phrases.Select(phrase => $"\"{string.Join(' ', phrase.Tokens)}\"{(phrase.IsPrefix ? " *" : "")}"));

    /// <summary>The argument of PostgreSQL's <c>to_tsquery('simple', …)</c>.</summary>
    public string ToTsQuery() => string.Join(" & ", Phrases.Select(phrase => phrase.IsPrefix
        ? $"'{phrase.Tokens[0]}':*"
        : $"({string.Join(" <-> ", phrase.Tokens.Select(token => $"'{token}'"))})"));
}

/// <summary>Tokens in a row; a single character is the beginning of a token.</summary>
public sealed record SearchPhrase(IReadOnlyList<string> Tokens, bool IsPrefix);
