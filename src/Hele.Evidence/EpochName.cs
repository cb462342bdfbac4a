using System.Globalization;

namespace Hele.Evidence;

/// <summary>
/// What a log is called after its database was put back to an earlier state. The first epoch has the log's own name, PREFIX/CODE; later ones add their number: PREFIX/CODE/2.
/// Each has a key of its own, so that a checkpoint of what was lost can't be taken for one of what came after.
/// </summary>
public static class EpochName
{
    /// <summary>The highest number.</summary>
    public const int Most = 9999;

    /// <summary>The name of an epoch, from 1.</summary>
    public static string Of(string first, int number)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(number, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(number, Most);
        return number == 1 ? first : string.Create(CultureInfo.InvariantCulture, $"{first}/{number}");
    }

    /// <summary>Which epoch of a log a name is; false when it is a name of another log.</summary>
    /// <param name="first">The log's own name.</param>
    public static bool TryNumber(string name, string first, out int number)
    {
        number = 1;
        return name == first || (name.StartsWith(first + "/", StringComparison.Ordinal) && TryDigits(name[(first.Length + 1)..], out number));
    }

    /// <summary>Whether two names are epochs of one log. A division code has at least six digits, so the last part of a log's own name is never read as a number.</summary>
    public static bool SameLog(string a, string b) => First(a) == First(b);

    static string First(string name) => name.LastIndexOf('/') is var cut and > 0 && TryDigits(name[(cut + 1)..], out _) ? name[..cut] : name;

    static bool TryDigits(string text, out int number)
    {
        number = 0;
        return text.Length is > 0 and <= 4 && text[0] != '0' && text.All(char.IsAsciiDigit) && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number >= 2;
    }
}
