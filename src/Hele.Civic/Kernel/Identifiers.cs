using System.Globalization;

namespace Hele.Civic.Kernel;

/// <summary>Check characters of the national identifiers. Division codes are not checked: old ones stay valid on old cards.</summary>
public static class Identifiers
{
    private const string CitizenChecks = "10X98765432";
    private const string CreditAlphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";
    private static readonly int[] CitizenWeights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    private static readonly int[] OrganizationWeights = [3, 7, 9, 10, 5, 8, 4, 2];

    /// <summary>
    /// A citizen's number by GB 11643-1999 (also the residence permits of the same form): eighteen characters, a real date of birth
    /// not after <paramref name="today"/>, the check character. A small x is accepted.
    /// </summary>
    public static bool IsCitizenNumber(string number, DateOnly today)
    {
        if (number.Length != 18 || !number.AsSpan(0, 17).ToArray().All(char.IsAsciiDigit) || BirthDate(number) is not { } born || born > today)
        {
            return false;
        }

        var sum = CitizenWeights.Select((weight, i) => weight * (number[i] - '0')).Sum();
        return char.ToUpperInvariant(number[17]) == CitizenChecks[sum % 11];
    }

    /// <summary>The date of birth in a citizen's number, null when its eight digits are no date.</summary>
    public static DateOnly? BirthDate(string number) =>
        number.Length == 18 && DateOnly.TryParseExact(number.AsSpan(6, 8), "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : null;

    /// <summary>
    /// A unified social credit code by GB 32100-2015: eighteen characters of its alphabet, its check character, and the check
    /// character of the organization code inside (GB 11714).
    /// </summary>
    public static bool IsCreditCode(string code)
    {
        if (code.Length != 18 || code.Any(c => !CreditAlphabet.Contains(c, StringComparison.Ordinal)))
        {
            return false;
        }

        var (sum, weight) = (0, 1);
        foreach (var c in code.AsSpan(0, 17))
        {
            sum += weight * CreditAlphabet.IndexOf(c);
            weight = weight * 3 % 31;
        }

        return CreditAlphabet[(31 - (sum % 31)) % 31] == code[17] && IsOrganizationCode(code[8..17]);
    }

    /// <summary>An organization code by GB 11714: eight digits or letters and the check character, without a dash.</summary>
    public static bool IsOrganizationCode(string code)
    {
        if (code.Length != 9 || code.AsSpan(0, 8).ToArray().Any(c => !char.IsAsciiDigit(c) && !char.IsAsciiLetterUpper(c)))
        {
            return false;
        }

        var sum = OrganizationWeights.Select((weight, i) => weight * (char.IsAsciiDigit(code[i]) ? code[i] - '0' : code[i] - 'A' + 10)).Sum();
        return code[8] == (11 - (sum % 11)) switch { 10 => 'X', 11 => '0', var check => (char)('0' + check) };
    }
}
