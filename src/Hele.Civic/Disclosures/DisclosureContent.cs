using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using System.Text.RegularExpressions;
using Hele.Civic.Kernel;

namespace Hele.Civic.Disclosures;

/// <summary>
/// What stands on a disclosure: values of the kind's fields and nothing else. Numbers are written plainly, money in fen, days as 2026-01-31; totals are
/// worked out when they are shown and never stored.
/// </summary>
public sealed partial record DisclosureContent(IReadOnlyDictionary<string, string> Head, IReadOnlyList<IReadOnlyDictionary<string, string>> Lines)
{
    /// <summary>Characters of one field, lines of one list.</summary>
    public const int HeadLength = 2000, CellLength = 200, CodeLength = 30, MostLines = 500, RawLength = 60_000, StoredLength = 200_000;

    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };
    private static readonly char[] Between = ['\t', '|', '\uff5c', ';', '\uff1b'];

    public string? this[string field] => Head.GetValueOrDefault(field);

    /// <summary>The sum of a column of money or numbers; null where no line has one.</summary>
    public long? Total(DisclosureField column)
    {
        var values = Lines.Select(l => l.GetValueOrDefault(column.Code)).OfType<string>().Select(Number).ToList();
        return column.Type is FieldType.Money or FieldType.Number && values.Count > 0 ? values.Sum() : null;
    }

    /// <summary>What is left of a fund: brought forward and received, less spent. Null for kinds that are no fund.</summary>
    public long? Balance(DisclosureKind kind) =>
        this["opening"] is { } opening && kind.Columns.FirstOrDefault(c => c.Code == "in") is { } received && kind.Columns.FirstOrDefault(c => c.Code == "out") is { } spent
            ? Number(opening) + (Total(received) ?? 0) - (Total(spent) ?? 0) : null;

    public static long Number(string stored) => long.Parse(stored, CultureInfo.InvariantCulture);

    /// <summary>A value as somebody would type it.</summary>
    public static string Typed(FieldType type, string stored) => type == FieldType.Money ? new Money(Number(stored)).ToString() : stored;

    /// <summary>The list as somebody would type it.</summary>
    public string TypedLines(DisclosureKind kind) =>
        string.Join('\n', Lines.Select(l => string.Join(" | ", kind.Columns.Select(c => l.GetValueOrDefault(c.Code) is { } v ? Typed(c.Type, v) : ""))));

    public string ToJson() => JsonSerializer.Serialize(new { head = Head, lines = Lines }, Plain);

    public static DisclosureContent Parse(string json)
    {
        using var document = JsonDocument.Parse(json);
        return new(Values(document.RootElement.GetProperty("head")), [.. document.RootElement.GetProperty("lines").EnumerateArray().Select(Values)]);

        static Dictionary<string, string> Values(JsonElement element) => element.EnumerateObject().ToDictionary(p => p.Name, p => p.Value.GetString()!);
    }

    /// <summary>Reads what was typed. Only fields of the kind are looked at, so nothing else can slip in.</summary>
    /// <param name="lines">One record a line, its columns parted by a tab, a bar or a semicolon: as it comes out of a spreadsheet.</param>
    public static DisclosureContent Read(DisclosureKind kind, IReadOnlyDictionary<string, string?> head, string? lines, List<Problem> problems)
    {
        var values = new Dictionary<string, string>();
        foreach (var field in kind.Head)
        {
            var typed = ChineseText.Clean(head.GetValueOrDefault(field.Code));
            var name = $"Head[{field.Code}]";
            if (typed.Length == 0 && field.IsRequired)
                problems.Add(DisclosureProblems.FieldMissing.With(field.Title).On(name));
            else if (typed.Length > HeadLength)
                problems.Add(DisclosureProblems.TooLong.With(HeadLength, typed.Length).On(name));
            else if (typed.Length > 0 && Value(field, typed) is not { } value)
                problems.Add(Unreadable(field.Type).On(name));
            else if (typed.Length > 0)
                values[field.Code] = Value(field, typed)!;
        }
        var content = new DisclosureContent(values, kind.Columns.Count == 0 ? [] : ReadLines(kind, lines ?? "", problems));
        if (problems.Count == 0 && content.ToJson().Length > StoredLength)
            problems.Add(DisclosureProblems.TooManyLines.With(MostLines));
        return content;
    }

    private static List<IReadOnlyDictionary<string, string>> ReadLines(DisclosureKind kind, string typed, List<Problem> problems)
    {
        var found = new List<IReadOnlyDictionary<string, string>>();
        if (typed.Length > RawLength)
        {
            problems.Add(DisclosureProblems.TooManyLines.With(MostLines));
            return found;
        }
        var number = 0;
        foreach (var line in typed.Split('\n').Select(l => l.Trim(' ', '\r')))
        {
            number++;
            if (line.Length == 0)
                continue;
            var cells = line.Split(Between).Select(ChineseText.Line).ToArray();
            // A spreadsheet's copy may end with empty columns.
            while (cells.Length > kind.Columns.Count && cells[^1].Length == 0)
                cells = cells[..^1];
            if (cells.Length > kind.Columns.Count)
            {
                problems.Add(DisclosureProblems.TooManyColumns.With(number, cells.Length, kind.Columns.Count));
                return found;
            }
            var values = new Dictionary<string, string>();
            for (var i = 0; i < kind.Columns.Count; i++)
            {
                var (column, cell) = (kind.Columns[i], i < cells.Length ? cells[i] : "");
                if (cell.Length == 0 && column.IsRequired)
                    problems.Add(DisclosureProblems.CellMissing.With(number, column.Title));
                else if (cell.Length > CellLength)
                    problems.Add(DisclosureProblems.CellTooLong.With(number, column.Title, CellLength));
                else if (cell.Length > 0 && Value(column, cell) is not { } value)
                    problems.Add(DisclosureProblems.CellUnreadable.With(number, column.Title, cell));
                else if (cell.Length > 0)
                    values[column.Code] = Value(column, cell)!;
            }
            found.Add(values);
            // The first few are enough to see what is wrong.
            if (problems.Count >= 8)
                return found;
        }
        if (found.Count > MostLines)
            problems.Add(DisclosureProblems.TooManyLines.With(MostLines));
        return found;
    }

    private static string? Value(DisclosureField field, string typed) => field.Type switch
    {
        FieldType.Number => long.TryParse(ChineseText.Normalize(typed), NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out var n) && n is >= 0 and <= 1_000_000_000 ? n.ToString(CultureInfo.InvariantCulture) : null,
        FieldType.Money => Money.TryParse(typed, out var money) && Math.Abs(money.Fen) <= 100_000_000_000_000 ? money.Fen.ToString(CultureInfo.InvariantCulture) : null,
        FieldType.Date => Day(ChineseText.Normalize(typed)),
        FieldType.Code => typed.Length <= CodeLength && !LooksLikeAPerson().IsMatch(ChineseText.Normalize(typed)) ? typed : null,
        _ => typed,
    };

    private static string? Day(string typed) =>
        DateOnly.TryParseExact(typed.Replace('/', '-').Replace('.', '-'), ["yyyy-MM-dd", "yyyy-M-d"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is >= 1990 and <= 2200
            ? day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : null;

    private static Problem Unreadable(FieldType type) => type switch
    {
        FieldType.Number => DisclosureProblems.NoNumber,
        FieldType.Money => DisclosureProblems.NoMoney,
        _ => DisclosureProblems.NoDate,
    };

    // A mobile number, or more digits than any voucher has.
    [GeneratedRegex(@"(?<![0-9])1[3-9][0-9]{9}(?![0-9])|[0-9]{15}")]
    private static partial Regex LooksLikeAPerson();
}
