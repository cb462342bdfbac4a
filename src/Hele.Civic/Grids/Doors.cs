using System.Text.RegularExpressions;
using Hele.Civic.Kernel;

namespace Hele.Civic.Grids;

/// <summary>What people call a building, an entrance or a room, made comparable: 3号楼, 3栋, 3# and 三号楼 are one building.</summary>
internal static partial class Doors
{
    private static readonly Bilingual
        Endings = ("号楼 号栋 号院 楼栋 单元 楼 栋 幢 座 号 室 户 房 门 #", "building block entrance unit room"),
        Numerals = ("零一二三四五六七八九", "0123456789"),
        Ten = ("十", "ten");

    private static readonly IReadOnlyList<string> Ends = [.. $"{Endings.Zh} {Endings.En}".Split(' ')];

    public static string Plain(string name)
    {
        var text = ChineseText.Normalize(name).Replace(" ", "").ToLowerInvariant();
        for (var again = true; again;)
        {
            again = false;
            foreach (var end in Ends.Where(e => text.Length > e.Length && text.EndsWith(e, StringComparison.Ordinal)))
            {
                (text, again) = (text[..^end.Length], true);
                break;
            }
        }
        return Leading().Replace(Digits(text), "");
    }

    /// <summary>三 and 十二 as numbers; what is none stays.</summary>
    private static string Digits(string text)
    {
        var at = text.IndexOf(Ten.Zh, StringComparison.Ordinal);
        if (text.Length is 0 or > 3 || text.Any(c => c != Ten.Zh[0] && !Numerals.Zh.Contains(c)))
            return text;
        int Of(string part, int empty) => part.Length == 0 ? empty : Numerals.Zh.IndexOf(part[0]);
        return at < 0 ? string.Concat(text.Select(c => Numerals.Zh.IndexOf(c)))
            : ((Of(text[..at], 1) * 10) + Of(text[(at + 1)..], 0)).ToString(System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>3-2-501 and 3#2-501 in one cell: building, entrance, room; 3-501 in a building with one door.</summary>
    public static (string Building, string? Entrance, string Room)? Split(string cell)
    {
        var parts = ChineseText.Normalize(cell).Split(['-', '#', '/', '—'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return parts.Length switch { 3 => (parts[0], parts[1], parts[2]), 2 => (parts[0], null, parts[1]), _ => null };
    }

    [GeneratedRegex("^0+(?=.)")]
    private static partial Regex Leading();
}
