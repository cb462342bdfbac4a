using System.Text.RegularExpressions;
using Hele.Civic.Kernel;

namespace Hele.Civic.Appeals;

/// <summary>
/// A message copied out of a residents' chat group, read into what a matter needs: who wrote it, when, and what. Telephone and identity numbers in it are
/// shortened, since nobody asked for them. Nothing is decided: whoever pasted it reads it over and corrects it.
/// </summary>
public sealed partial record ChatMessage(string? Name, DateOnly? On, string Title, string Text)
{
    /// <param name="pasted">One message or several of one person, with or without the head line that the copying puts above.</param>
    /// <param name="today">For head lines without a year.</param>
    public static ChatMessage Read(string? pasted, DateOnly today)
    {
        string? name = null;
        DateOnly? on = null;
        var words = new List<string>();
        foreach (var line in ChineseText.Clean(pasted).Split('\n').Select(l => l.Trim()).Where(l => l.Length > 0))
        {
            if (Head().Match(line) is { Success: true } head)
            {
                name ??= head.Groups["name"].Value.Trim();
                on ??= Day(head, today);
                continue;
            }
            if (words.Count == 0 && name is null && Said().Match(line) is { Success: true } said)
            {
                name = said.Groups["name"].Value.Trim();
                words.Add(said.Groups["text"].Value.Trim());
                continue;
            }
            words.Add(line);
        }
        var text = Numbers().Replace(Noise().Replace(string.Join('\n', words), ""), m => m.Value[..3] + new string('*', Math.Max(0, m.Value.Length - 7)) + m.Value[^4..]).Trim();
        var first = Sentence().Match(text) is { Success: true } sentence ? sentence.Value.Trim().TrimEnd('。', '！', '!', '，', ',', '？', '?') : text;
        return new(name is { Length: > Appeal.NameLength } ? name[..Appeal.NameLength] : name, on <= today ? on : null, first.Length > Appeal.TitleLength ? first[..Appeal.TitleLength] : first, text);
    }

    private static DateOnly? Day(Match head, DateOnly today)
    {
        if (!head.Groups["month"].Success)
            return null;
        int Number(string group) => int.Parse(head.Groups[group].Value, System.Globalization.CultureInfo.InvariantCulture);
        var year = head.Groups["year"].Success ? Number("year") : today.Year;
        var (month, day) = (Number("month"), Number("day"));
        if (month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month))
            return null;
        var on = new DateOnly(year, month, day);
        return on > today && !head.Groups["year"].Success ? on.AddYears(-1) : on;
    }

    // The escapes are the characters for year, month and day. 3号楼张姐 2026/4/30 08:12   ·   3号楼张姐 4月30日 08:12   ·   3号楼张姐 08:12
    [GeneratedRegex(@"^(?<name>[^:：]{1,40}?)[\s:：]+(?:(?:(?<year>20\d\d)[-/.\u5e74])?(?<month>\d{1,2})[-/.\u6708](?<day>\d{1,2})\u65e5?\s+)?\d{1,2}[:：]\d{2}(?:[:：]\d{2})?$")]
    private static partial Regex Head();

    // 3号楼张姐：楼道灯又不亮了
    [GeneratedRegex(@"^(?<name>[^:：，。！？\s]{1,20})[:：](?<text>.+)$")]
    private static partial Regex Said();

    [GeneratedRegex(@"(?<!\d)(?:1\d{10}|\d{17}[\dXx])(?!\d)")]
    private static partial Regex Numbers();

    // What a copied message carries besides words: [图片] [玫瑰] and whom it was addressed to.
    [GeneratedRegex(@"\[[^\[\]\n]{1,8}\]|@\S{1,20}\s?")]
    private static partial Regex Noise();

    [GeneratedRegex(@"^.+?(?:[。！!？?\n]|$)")]
    private static partial Regex Sentence();
}
