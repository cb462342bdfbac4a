using Hele.Civic.Kernel;
using Hele.Civic.Platform.Imports;
using Hele.Civic.Platform.Sealing;

namespace Hele.Civic.People;

/// <summary>
/// A citizen's number as the register uses it: to know somebody again, and for nothing else. The number isn't kept, only what it is found by under a
/// key of the community's own (<see cref="Person.IdentityIndex"/>).
/// </summary>
internal static class IdentityNumber
{
    public static byte[] Index(Seals seals, int jurisdiction, string number) => seals.Index(jurisdiction, "People", nameof(Person.IdentityIndex), number);

    /// <summary>The number in a cell, in capitals; null when there is none or it is wrong, which is then said.</summary>
    public static string? Read(LedgerRow row, LedgerColumn column, DateOnly today)
    {
        var number = ChineseText.Normalize(row.Raw(column)).Replace(" ", "").ToUpperInvariant();
        if (number.Length == 0)
            return null;
        if (Identifiers.IsCitizenNumber(number, today))
            return number;
        row.Wrong(column, number.Contains("E+", StringComparison.Ordinal) || (number.Length == 18 && number.EndsWith("000", StringComparison.Ordinal))
            ? ("Excel把号码当成了数字，后几位已经丢了。请把这一列设成“文本”格式，重新填号码。", "the spreadsheet took the number for a quantity and its last digits are lost. Format the column as text and type the number again.")
            : number.Length == 15 ? ("是15位的旧号码，请填18位的。", "an old number of 15 digits; give the one of 18.")
            : number.Length != 18 ? ($"应是18位，现在是{number.Length}位。", $"18 characters are expected; there are {number.Length}.")
            : ("校验不对，可能有一位写错了，请对照证件。", "the check digit is wrong: one of the digits is a slip. Compare it with the card."));
        return null;
    }
}
