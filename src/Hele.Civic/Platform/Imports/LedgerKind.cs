using System.Globalization;
using System.Text;
using Hele.Civic.Kernel;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Sealing;
using Hele.Civic.Platform.Storage;

namespace Hele.Civic.Platform.Imports;

/// <summary>
/// A ledger that a module takes in: which columns it may have, what stands in them, and for each row what importing it would do. One class in one
/// file, listed in its module's <see cref="HeleModule.Ledgers"/>; everything else (files, mapping, preview, the act, undo) is done here for all.
/// </summary>
/// <param name="code">Stable: layouts are remembered and imports recorded under it.</param>
/// <param name="permission">Who may import it: what the operations demand that its rows stand for.</param>
public abstract class LedgerKind(string code, Bilingual title, Bilingual lead, Permission permission)
{
    public string Code => code;
    public Bilingual Title => title;

    /// <summary>What a row is and what it becomes, said before the file is chosen.</summary>
    public Bilingual Lead => lead;

    public Permission Permission => permission;

    public abstract IReadOnlyList<LedgerColumn> Columns { get; }

    /// <summary>
    /// Says of every row what importing it would do. Reads and changes nothing: what is to be done stands in each line's <see cref="LedgerLine.Do"/>. It is
    /// asked for the preview, and again inside the act, where it decides.
    /// </summary>
    public abstract Task<LedgerPlan> Plan(LedgerContext on, IReadOnlyList<LedgerRow> rows);

    /// <summary>A heading in the form in which it is compared: narrow, without blanks, marks and what stands in brackets.</summary>
    public static string Plain(string heading)
    {
        var plain = new StringBuilder();
        var depth = 0;
        foreach (var c in ChineseText.Normalize(heading))
        {
            depth += c is '(' or '[' or '【' ? 1 : 0;
            if (depth == 0 && char.IsLetterOrDigit(c))
                plain.Append(char.ToLowerInvariant(c));
            depth -= c is ')' or ']' or '】' && depth > 0 ? 1 : 0;
        }
        return plain.ToString();
    }

    /// <summary>The column a heading names; null when it is none of this ledger's.</summary>
    public LedgerColumn? Guess(string heading)
    {
        var plain = Plain(heading);
        return plain.Length == 0 ? null : Columns.FirstOrDefault(c => c.Answers(plain));
    }

    /// <summary>The columns as their headings name them, each once.</summary>
    public IReadOnlyList<string?> Guess(IReadOnlyList<string> headings)
    {
        var taken = new HashSet<LedgerColumn>();
        return [.. headings.Select(h => Guess(h) is { } column && taken.Add(column) ? column.Code : null)];
    }

    /// <summary>What is wrong with a mapping: a column given twice, or one missing that is needed.</summary>
    public IReadOnlyList<Problem> Check(IReadOnlyList<string?> columns)
    {
        var problems = new List<Problem>();
        foreach (var twice in columns.OfType<string>().GroupBy(c => c).Where(g => g.Count() > 1))
            problems.Add(ImportProblems.ColumnTwice.With(Columns.Single(c => c.Code == twice.Key).Title));
        foreach (var needed in Columns.Where(c => c.Required && !columns.Contains(c.Code)))
            problems.Add(ImportProblems.ColumnMissing.With(needed.Title));
        return problems;
    }
}

/// <summary>A column of a ledger.</summary>
/// <param name="Words">What people head it with, in each language, separated by blanks: 姓名 户主姓名 名字.</param>
public sealed record LedgerColumn(string Code, Bilingual Title, Bilingual Words)
{
    /// <summary>Without it nothing can be imported.</summary>
    public bool Required { get; init; }

    /// <summary>Samples and remarks show it shortened.</summary>
    public bool Secret { get; init; }

    /// <summary>What is done with it, where that isn't plain.</summary>
    public Bilingual? Hint { get; init; }

    /// <summary>A value as it may be shown.</summary>
    public string Shown(string value) => Secret ? Masking.IdentityNumber(value) : value;

    private readonly HashSet<string> _plain = [.. $"{Title.Zh} {Title.En.Replace(" ", "", StringComparison.Ordinal)} {Words.Zh} {Words.En}".Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(LedgerKind.Plain)];

    internal bool Answers(string plainHeading) => _plain.Contains(plainHeading);
}

/// <summary>What an import does with a row.</summary>
public enum Verdict
{
    New,

    /// <summary>It is known, and the ledger says something else or more.</summary>
    Changed,

    /// <summary>The register says the same already.</summary>
    Same,

    /// <summary>Somebody has to say whether it is somebody who is known.</summary>
    Question,
    Wrong,

    /// <summary>No row of data: a sum, a note, who filled it in.</summary>
    Skipped,
}

/// <summary>Something to be said about a row.</summary>
/// <param name="Column">The column it is about; null when it is about the row.</param>
/// <param name="Stands">What stands there, as it may be shown.</param>
/// <param name="What">What is expected, or what is to be known.</param>
public sealed record Remark(LedgerColumn? Column, string? Stands, Bilingual What)
{
    /// <summary>The remark as one sentence.</summary>
    public Bilingual Sentence => Column is null ? What : new(
        Stands is { Length: > 0 } ? $"{Column.Title.Zh}“{Stands}”：{What.Zh}" : $"{Column.Title.Zh}：{What.Zh}",
        Stands is { Length: > 0 } ? $"{Column.Title.En} “{Stands}”: {What.En}" : $"{Column.Title.En}: {What.En}");
}

/// <summary>Somebody or something in the register that a row may mean.</summary>
/// <param name="Code">Public code.</param>
public sealed record Candidate(string Code, Bilingual Text);

/// <summary>A row with what becomes of it.</summary>
public sealed record LedgerLine(int Number, Verdict Verdict, IReadOnlyList<Remark> Remarks)
{
    /// <summary>What a reader knows the row by: a name, a door.</summary>
    public string Name { get; init; } = "";

    /// <summary>Whom a question is about.</summary>
    public IReadOnlyList<Candidate> Candidates { get; init; } = [];

    /// <summary>Carries it out inside the act; null where there is nothing to do. Each record it changes gets its event.</summary>
    public Func<ActScope, Task>? Do { get; init; }
}

/// <summary>What an import would do, row by row.</summary>
/// <param name="Finally">Done after all rows: what follows from several of them together.</param>
public sealed record LedgerPlan(IReadOnlyList<LedgerLine> Lines, Func<ActScope, Task>? Finally = null)
{
    public int Count(Verdict verdict) => Lines.Count(l => l.Verdict == verdict);

    /// <summary>What the plan comes to. A preview that shows it and an act that comes to something else are about two states of the register.</summary>
    public string Fingerprint => string.Create(CultureInfo.InvariantCulture, $"{Count(Verdict.New)}/{Count(Verdict.Changed)}/{Count(Verdict.Same)}/{Count(Verdict.Question)}/{Count(Verdict.Wrong)}");
}

/// <summary>Where and for whom rows are looked at.</summary>
/// <param name="On">The day from which what is imported holds.</param>
/// <param name="Answers">By row number: the public code of whom it means, or <see cref="ANewOne"/>.</param>
public sealed record LedgerContext(HeleDb Db, Viewer Viewer, Seals Seals, int JurisdictionId, DateOnly Today, DateOnly On, IReadOnlyDictionary<int, string> Answers)
{
    /// <summary>The answer that it is nobody who is known.</summary>
    public const string ANewOne = "new";
}

/// <summary>One row under its mapped columns, with what was found wrong in it so far.</summary>
public sealed class LedgerRow(SheetRow row, IReadOnlyDictionary<string, int> columns, DateOnly today)
{
    private readonly List<Remark> _remarks = [];

    public int Number => row.Number;
    public bool IsWrong { get; private set; }
    public IReadOnlyList<Remark> Remarks => _remarks;

    public bool Has(LedgerColumn column) => columns.ContainsKey(column.Code);

    /// <summary>The cell as it stands; empty where the column isn't mapped.</summary>
    public string Raw(LedgerColumn column) => columns.TryGetValue(column.Code, out var at) ? row.At(at) : "";

    /// <summary>Says what is wrong with a cell.</summary>
    public void Wrong(LedgerColumn? column, Bilingual expected, string? stands = null)
    {
        IsWrong = true;
        _remarks.Add(new(column, stands ?? (column is null ? null : column.Shown(Raw(column))), expected));
    }

    /// <summary>Says something that doesn't stand in the way.</summary>
    public void Note(LedgerColumn? column, Bilingual what) => _remarks.Add(new(column, column is null ? null : column.Shown(Raw(column)), what));

    /// <summary>The line that this row comes to, unless something was wrong.</summary>
    public LedgerLine As(Verdict verdict, string name, Func<ActScope, Task>? run = null, IReadOnlyList<Candidate>? candidates = null) =>
        IsWrong ? new(Number, Verdict.Wrong, _remarks) { Name = name } : new(Number, verdict, _remarks) { Name = name, Do = run, Candidates = candidates ?? [] };

    /// <summary>A line of text in its plain form.</summary>
    /// <param name="most">Most characters.</param>
    public string Text(LedgerColumn column, int most, bool required = false)
    {
        var text = ChineseText.Normalize(Raw(column));
        if (text.Length == 0 && required)
            Wrong(column, ("是空的，要填。", "is empty; it is needed."));
        if (text.Length > most)
            Wrong(column, ($"最多{most}个字。", $"at most {most} characters."), text[..Math.Min(20, text.Length)] + "…");
        return text;
    }

    /// <summary>A whole number, also written as 6层.</summary>
    public int? Integer(LedgerColumn column, int least, int most)
    {
        var text = ChineseText.Normalize(Raw(column)).TrimEnd([.. CounterWords.Zh]).Trim();
        if (text.Length == 0)
            return null;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most)
            return number;
        Wrong(column, ($"应是{least}到{most}的整数。", $"a whole number from {least} to {most} is expected."));
        return null;
    }

    /// <summary>A day in any of the ways people and spreadsheets write one; not after today.</summary>
    public DateOnly? Date(LedgerColumn column)
    {
        var text = ChineseText.Normalize(Raw(column));
        if (text.Length == 0)
            return null;
        if (LedgerDates.TryParse(text, out var day) && day <= today)
            return day;
        Wrong(column, LedgerDates.TryParse(text, out _) ? ("日期在今天之后。", "the day lies after today.") : ("日期看不懂，请写成2026-3-5或2026年3月5日。", "no day; write it as 2026-3-5."));
        return null;
    }

    /// <summary>One of several words.</summary>
    /// <param name="values">The words of each value, in each language, separated by blanks; the first one is what is suggested.</param>
    public T? Choice<T>(LedgerColumn column, IReadOnlyList<(Bilingual Words, T Value)> values) where T : struct
    {
        var text = LedgerKind.Plain(Raw(column));
        if (text.Length == 0)
            return null;
        foreach (var (words, value) in values)
            if ($"{words.Zh} {words.En}".Split(' ').Any(word => LedgerKind.Plain(word) == text))
                return value;
        Wrong(column, new($"应是：{string.Join("、", values.Select(v => v.Words.Zh.Split(' ')[0]))}。", $"one of: {string.Join(", ", values.Select(v => v.Words.En.Split(' ')[0]))}."));
        return null;
    }

    /// <summary>What people put behind a count.</summary>
    private static readonly Bilingual CounterWords = ("层个栋户人", "storeys");
}

/// <summary>Days as ledgers have them.</summary>
public static class LedgerDates
{
    private static readonly Bilingual Marks = ("年月日号", "y m d");
    private static readonly string[] Forms = ["yyyy-M-d", "yyyy/M/d", "yyyy.M.d", "yyyyMMdd", "yyyy M d"];

    /// <summary>2026-03-05, 2026/3/5, 2026.3.5, 20260305, 2026年3月5日, with a time behind it, or a spreadsheet's serial number.</summary>
    public static bool TryParse(string text, out DateOnly day)
    {
        var plain = text.Trim();
        foreach (var mark in Marks.Zh)
            plain = plain.Replace(mark, '-');
        plain = plain.TrimEnd('-', '.');
        if (plain.IndexOf(' ') is var blank and > 0 && plain.AsSpan(blank).Contains(':'))
            plain = plain[..blank];
        if (DateOnly.TryParseExact(plain, Forms, CultureInfo.InvariantCulture, DateTimeStyles.None, out day) && day.Year >= 1880)
            return true;
        // 46086: a date whose cell has lost its format. Five digits are no other way to write a day.
        if (plain.Length == 5 && int.TryParse(plain, NumberStyles.None, CultureInfo.InvariantCulture, out var serial) && XlsxFile.DateOf(serial) is { } found)
        {
            day = found;
            return true;
        }
        return false;
    }
}
