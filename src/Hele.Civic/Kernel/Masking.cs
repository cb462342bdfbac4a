using System.Text;
using System.Text.RegularExpressions;

namespace Hele.Civic.Kernel;

/// <summary>
/// Shortened forms for lists and public pages. A masked form is worked out when the full one is entered and kept in its own column,
/// so that no list opens a seal. The words it goes by are data (<c>data/name-words.csv</c>).
/// </summary>
public static class Masking
{
    private static readonly Bilingual Somebody = ("某", "*");
    private static readonly Lazy<Words> Data = new(Words.Load);

    /// <summary>The surname and "somebody"; a compound surname stays whole, of a name in other letters the first one remains.</summary>
    public static string Surname(string name, string language = "zh") => SurnameOf(name) is { Length: > 0 } surname ? surname + Somebody.In(language) : "";

    /// <summary>The surname and a star for each further character, at most two.</summary>
    public static string Name(string name)
    {
        var surname = SurnameOf(name);
        var rest = ChineseText.Length(ChineseText.Normalize(name)) - ChineseText.Length(surname);
        return surname.Length == 0 ? "" : surname + new string('*', Math.Clamp(rest, 1, 2));
    }

    /// <summary>The first three and the last four digits of a mobile number; of a shorter or other number only the last two.</summary>
    public static string Phone(string phone)
    {
        var digits = string.Concat(ChineseText.Normalize(phone).Where(char.IsAsciiDigit));
        if (digits.Length == 13 && digits.StartsWith("86", StringComparison.Ordinal))
        {
            digits = digits[2..];
        }

        return digits.Length switch
        {
            11 when digits[0] == '1' => $"{digits[..3]}****{digits[^4..]}",
            >= 7 => new string('*', digits.Length - 2) + digits[^2..],
            _ => new string('*', digits.Length),
        };
    }

    /// <summary>The first and the last character of an identity or certificate number.</summary>
    public static string IdentityNumber(string number)
    {
        var plain = ChineseText.Normalize(number).Replace(" ", "");
        return plain.Length < 6 ? new string('*', plain.Length) : plain[0] + new string('*', plain.Length - 2) + plain[^1];
    }

    /// <summary>An address in one form: narrow digits and letters, no blanks.</summary>
    public static string TrimAddress(string address) => ChineseText.Normalize(address).Replace(" ", "");

    /// <summary>
    /// The address as far as the group of buildings (compound, yard, road): what names a building, entrance, floor or flat is cut
    /// off. Empty when nothing larger is named.
    /// </summary>
    public static string BuildingGroup(string address)
    {
        var plain = TrimAddress(address);
        var (words, end) = (Data.Value, plain.Length);
        if (words.Part.Match(plain) is { Success: true } part)
        {
            end = part.Index;
        }

        if (words.Flat.Match(plain) is { Success: true } flat)
        {
            end = Math.Min(end, flat.Index);
        }

        // A bare house number is a single building; with the word for a yard behind it, it names the whole yard.
        return words.HouseNumber.Replace(plain[..end], "").TrimEnd('-', ',', '.', '#', '(');
    }

    private static string SurnameOf(string name)
    {
        var plain = ChineseText.Normalize(name);
        if (plain.Length == 0)
        {
            return "";
        }

        return Data.Value.CompoundSurnames.FirstOrDefault(surname => plain.Length > surname.Length && plain.StartsWith(surname, StringComparison.Ordinal))
            ?? plain.EnumerateRunes().First().ToString();
    }

    private sealed record Words(IReadOnlyList<string> CompoundSurnames, Regex Part, Regex Flat, Regex HouseNumber)
    {
        public static Words Load()
        {
            var rows = Csv.Load(ReferenceData.Path("name-words.csv")).ToLookup(row => row["kind"], row => row["word"]);
            string Any(string kind) => string.Join('|', rows[kind].OrderByDescending(word => word.Length).Select(Regex.Escape));
            var number = $"(?:[0-9A-Za-z]|{Any("numeral")})+";
            return new(
                [.. rows["compound-surname"]],
                new Regex($"{number}(?:{Any("building-part")})", RegexOptions.CultureInvariant),
                // 3-2-501 or 3#501 behind the name of a compound.
                new Regex("[0-9]+[-#][0-9]+|[0-9]{3,}$|[0-9]+#", RegexOptions.CultureInvariant),
                new Regex($"[0-9]+(?:-[0-9]+)?(?:{Any("house-number")})$", RegexOptions.CultureInvariant));
        }
    }
}
