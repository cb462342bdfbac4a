using Hele.Civic.Kernel;
using Hele.Civic.Platform.Sealing;
using Hele.Civic.Platform.Storage;

namespace Hele.Civic.People;

/// <summary>Telephone numbers: one form to find them by, and how a person gets one.</summary>
public static class Phone
{
    public static readonly Problem Bad = new("person.phone-bad", ("电话号码不对：手机11位，座机7到12位（可带区号）。", "That is no telephone number: 11 digits for a mobile, 7 to 12 for a landline."), "Phone");

    /// <summary>Digits only, without the country's code; empty when it is no number.</summary>
    public static string Normalize(string? typed)
    {
        var text = ChineseText.Normalize(typed);
        if (text.Any(c => !char.IsAsciiDigit(c) && c is not ('-' or ' ' or '+' or '(' or ')')))
            return "";
        var digits = string.Concat(text.Where(char.IsAsciiDigit));
        if (digits.Length > 11 && digits.StartsWith("86", StringComparison.Ordinal))
            digits = digits[2..];
        return digits.Length is >= 7 and <= 12 && (digits.Length != 11 || digits[0] is '1' or '0') ? digits : "";
    }

    public static bool IsMobile(string digits) => digits.Length == 11 && digits[0] == '1';

    /// <summary>Seals a number for a person who was added to the act. Null takes it away.</summary>
    public static async Task Set(ActScope scope, Seals seals, Person person, string? digits)
    {
        if (digits is null)
            person.SetPhone(null, null, null);
        else
            person.SetPhone(await seals.Seal(scope, person.Id, person, nameof(Person.PhoneSealed), digits), Masking.Phone(digits), Index(seals, scope.Act.JurisdictionId, digits));
    }

    public static byte[] Index(Seals seals, int jurisdiction, string digits) => seals.Index(jurisdiction, "People", nameof(Person.PhoneIndex), digits);
}
