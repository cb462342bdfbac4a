using System.Text.RegularExpressions;
using Hele.Civic.Kernel;
using Hele.Civic.People;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.Appeals;

/// <summary>Something in a text that looks as if it were about one person.</summary>
/// <param name="Words">As it stands in the text.</param>
public sealed record PersonalHint(PersonalHintKind Kind, string Words);

public enum PersonalHintKind
{
    Phone,
    Number,
    Flat,
    Name,
}

/// <summary>
/// Marks what in a text is likely to be personal, for whoever reviews it: telephone numbers, identity and bank card numbers, flats and entrances, and names of the register or of the matter.
/// It helps reading and replaces none: what it doesn't find isn't therefore harmless.
/// </summary>
internal static partial class PersonalHints
{
    public static Task<IReadOnlyList<PersonalHint>> In(HeleDb db, Appeal appeal, params string?[] texts) => In(db, [appeal.AppellantName, appeal.OnBehalfOf], texts);

    /// <param name="others">Names that the register may not have.</param>
    public static async Task<IReadOnlyList<PersonalHint>> In(HeleDb db, IReadOnlyList<string?> others, params string?[] texts)
    {
        // Blanks and dashes inside a number, and wide digits, hide nothing.
        var text = ChineseText.Normalize(string.Join('\n', texts.Where(t => !string.IsNullOrEmpty(t))));
        if (text.Length == 0)
            return [];
        List<PersonalHint> found = [.. Numbers().Matches(text).Select(m => m.Value.Trim()).Where(n => n.Count(char.IsAsciiDigit) >= 7)
            .Select(n => new PersonalHint(n.Count(char.IsAsciiDigit) >= 15 ? PersonalHintKind.Number : PersonalHintKind.Phone, n))];
        found.AddRange(Flats().Matches(text).Select(m => new PersonalHint(PersonalHintKind.Flat, m.Value)));
        var names = await db.Set<Person>().Where(p => p.Name.Length > 1 && text.Contains(p.Name)).Select(p => p.Name).Distinct().ToListAsync();
        found.AddRange(names.Concat(others.OfType<string>().Where(n => n.Length > 1 && text.Contains(n, StringComparison.Ordinal))).Select(n => new PersonalHint(PersonalHintKind.Name, n)));
        return [.. found.Distinct()];
    }

    [GeneratedRegex(@"(?<![0-9])\+?[0-9](?:[- ]?[0-9]){6,18}[Xx]?(?![0-9])")]
    private static partial Regex Numbers();

    // 3单元 302室 302户 三单元 3-2-501 3#501 501号房: the escapes are the words for entrance, room, household, floor and the Chinese numerals.
    [GeneratedRegex(@"[0-9\u4e00\u4e8c\u4e09\u56db\u4e94\u516d\u4e03\u516b\u4e5d\u5341]{1,3}\u5355\u5143(?:[0-9]{3,4})?|[0-9]{1,4}(?:\u5ba4|\u6237|\u53f7\u623f)|[0-9]{1,3}[-#][0-9]{1,3}(?:[-#][0-9]{2,4})?|\u697c[0-9]{3,4}")]
    private static partial Regex Flats();
}
