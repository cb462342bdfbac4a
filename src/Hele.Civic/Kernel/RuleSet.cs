using System.Collections.Frozen;
using System.Globalization;

namespace Hele.Civic.Kernel;

/// <summary>Dated, placed rules with their citation. A rule is asked for with the date and place of the matter, never taken as a constant.</summary>
public sealed class RuleSet
{
    private readonly FrozenDictionary<string, Rule[]> _byId;

    /// <exception cref="FormatException">Two rows of one rule and place are in force on the same day.</exception>
    public RuleSet(IEnumerable<Rule> rules)
    {
        // Longest place first, so the first row that fits is the answer.
        _byId = rules.GroupBy(rule => rule.Id, StringComparer.Ordinal).ToFrozenDictionary(
            group => group.Key, group => group.OrderByDescending(rule => rule.Place.Length).ThenBy(rule => rule.From).ToArray(), StringComparer.Ordinal);
        foreach (var rows in _byId.Values)
        {
            foreach (var (a, b) in rows.SelectMany((a, i) => rows.Skip(i + 1).Select(b => (a, b))))
            {
                if (a.Place == b.Place && (a.From ?? DateOnly.MinValue) <= (b.To ?? DateOnly.MaxValue) && (b.From ?? DateOnly.MinValue) <= (a.To ?? DateOnly.MaxValue))
                {
                    throw new FormatException($"The rule {a.Id} at place '{a.Place}' has two rows in force at once.");
                }
            }
        }
    }

    /// <summary>Reads <c>deadlines.csv</c>.</summary>
    public static RuleSet Load(string path) => new(Csv.Load(path).Select(Parse));

    public IEnumerable<Rule> All => _byId.Values.SelectMany(rows => rows).OrderBy(rule => rule.Id, StringComparer.Ordinal);

    /// <summary>This set and further rows, e.g. those a place has entered for itself.</summary>
    public RuleSet With(params IEnumerable<Rule> rules) => new(All.Concat(rules));

    /// <summary>
    /// The rule in force at a date and place: of the rows in force then, the one with the longest place that the matter's place
    /// begins with.
    /// </summary>
    /// <param name="place">A division code (up to twelve digits, e.g. a community's); empty for the whole country.</param>
    /// <exception cref="KeyNotFoundException">No row of this id is in force there and then.</exception>
    public Rule InForce(string id, DateOnly date, string place = "") => Find(id, date, place)
        ?? throw new KeyNotFoundException(_byId.ContainsKey(id)
            ? $"The rule {id} is not in force on {date:yyyy-MM-dd} at place '{place}'."
            : $"There is no rule {id}.");

    /// <summary>As <see cref="InForce"/>, null when there is none.</summary>
    public Rule? Find(string id, DateOnly date, string place = "") =>
        _byId.TryGetValue(id, out var rows)
            ? Array.Find(rows, rule => rule.IsInForce(date) && place.StartsWith(rule.Place, StringComparison.Ordinal))
            : null;

    private static Rule Parse(CsvRow row)
    {
        var rule = Read(row);
        return rule.SetBy == SetBy.Nobody == rule.Editable is Editable.No or Editable.SpecialCase ? rule
            : throw new FormatException($"deadlines.csv, line {row.LineNumber}: whoever may set a value is named, and nobody where none can be set.");
    }

    private static Rule Read(CsvRow row) => new()
    {
        Id = row["id"],
        Subject = (row["subject"], row["subject_en"]),
        Event = (row["event"], row["event_en"]),
        Amount = row.Get("amount", text => int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture)),
        Unit = row.Get("unit", text => text switch
        {
            "workday" => RuleUnit.WorkDay,
            "day" => RuleUnit.Day,
            "month" => RuleUnit.Month,
            "year" => RuleUnit.Year,
            "hour" => RuleUnit.Hour,
            "minute" => RuleUnit.Minute,
            "second" => RuleUnit.Second,
            "cm-per-second" => RuleUnit.CentimetrePerSecond,
            "time" => RuleUnit.Time,
            "person" => RuleUnit.Person,
            "household" => RuleUnit.Household,
            "percent" => RuleUnit.Percent,
            _ => throw new FormatException($"unknown unit {text}"),
        }),
        Kind = row.Get("kind", Named<RuleKind>),
        Who = (row["who"], row["who_en"]),
        Source = (row["source"], row["source_en"]),
        SourceStatus = row.Get("source_status", Named<SourceStatus>),
        Editable = row.Get("editable", Named<Editable>),
        SetBy = row.Get("set_by", text => text.Length == 0 ? SetBy.Nobody : Named<SetBy>(text)),
        From = row.Date("from"),
        To = row.Date("to"),
        Place = row.Get("place", text => text.All(char.IsAsciiDigit) ? text : throw new FormatException($"a place is a division code, not {text}")),
    };

    /// <summary>The enum whose name is the word without its dashes: <c>no-below</c> is NoBelow. Numbers are refused.</summary>
    internal static T Named<T>(string text) where T : struct, Enum
    {
        var name = text.Replace("-", "");
        return Enum.GetNames<T>().FirstOrDefault(known => string.Equals(known, name, StringComparison.OrdinalIgnoreCase)) is { } found
            ? Enum.Parse<T>(found)
            : throw new FormatException($"unknown word {text}");
    }
}

/// <summary>One dated, placed rule about time.</summary>
public sealed record Rule
{
    /// <summary>Stable, dotted, e.g. <c>appeal.accept</c>.</summary>
    public required string Id { get; init; }

    public required Bilingual Subject { get; init; }

    /// <summary>What the time is counted from.</summary>
    public required Bilingual Event { get; init; }

    /// <summary>How many <see cref="Unit"/>s.</summary>
    public required int Amount { get; init; }

    public required RuleUnit Unit { get; init; }

    public required RuleKind Kind { get; init; }

    /// <summary>On whom it is binding.</summary>
    public required Bilingual Who { get; init; }

    /// <summary>The citation: the law and its article; <c>Hele</c> for a default of ours.</summary>
    public required Bilingual Source { get; init; }

    public required SourceStatus SourceStatus { get; init; }

    public required Editable Editable { get; init; }

    /// <summary>Whose own value counts.</summary>
    public SetBy SetBy { get; init; }

    /// <summary>First day in force; null when it is not known or of no matter.</summary>
    public DateOnly? From { get; init; }

    /// <summary>Last day in force; null while it goes on.</summary>
    public DateOnly? To { get; init; }

    /// <summary>The division code whose territory it holds in; empty for the whole country.</summary>
    public string Place { get; init; } = "";

    /// <summary>Whether the text behind the value was read and binds here. A local text counts only in its own place.</summary>
    public bool IsVerified => SourceStatus == SourceStatus.Read || (SourceStatus == SourceStatus.ReadLocal && Place.Length > 0);

    /// <summary>The amount with its unit, e.g. "5 working days".</summary>
    public Bilingual Limit => Unit switch
    {
        RuleUnit.WorkDay => ($"{Amount}个工作日", Amount == 1 ? "1 working day" : $"{Amount} working days"),
        RuleUnit.Day => ($"{Amount}日", Amount == 1 ? "1 day" : $"{Amount} days"),
        RuleUnit.Month => ($"{Amount}个月", Amount == 1 ? "1 month" : $"{Amount} months"),
        RuleUnit.Year => ($"{Amount}年", Amount == 1 ? "1 year" : $"{Amount} years"),
        RuleUnit.Time => ($"{Amount}次", Amount == 1 ? "once" : $"{Amount} times"),
        RuleUnit.Person => ($"{Amount}人", Amount == 1 ? "1 person" : $"{Amount} people"),
        RuleUnit.Percent => ($"{Amount}%", $"{Amount}%"),
        RuleUnit.Household => ($"{Amount}户", Amount == 1 ? "1 household" : $"{Amount} households"),
        RuleUnit.Minute => ($"{Amount}分钟", Amount == 1 ? "1 minute" : $"{Amount} minutes"),
        RuleUnit.Second => ($"{Amount}秒", Amount == 1 ? "1 second" : $"{Amount} seconds"),
        RuleUnit.CentimetrePerSecond => ($"每秒{Amount}厘米", $"{Amount} cm a second"),
        _ => ($"{Amount}小时", Amount == 1 ? "1 hour" : $"{Amount} hours"),
    };

    public bool IsInForce(DateOnly date) => (From is null || date >= From) && (To is null || date <= To);

    /// <summary>When the limit ends that starts at this instant.</summary>
    public Due DueFrom(DateTimeOffset start, WorkingCalendar calendar) => Deadline.Of(this, start, calendar);

    /// <summary>Whether the amount may be set to another one; null when it may, else why not.</summary>
    /// <param name="newAmount">In this rule's unit, at least 1.</param>
    /// <param name="place">The division code the change is for; a rule left to the places changes only for a place within its own.</param>
    /// <param name="oneMatter">True when it is not the rule that changes but its use in a single matter, with a reason.</param>
    public Problem? MayChange(int newAmount, string place = "", bool oneMatter = false)
    {
        if (newAmount < 1)
        {
            return RuleProblems.AmountTooSmall;
        }

        if (newAmount == Amount)
        {
            return null;
        }

        var shorter = newAmount < Amount;
        return Editable switch
        {
            Editable.Yes => null,
            Editable.NoBelow => shorter ? Refuse(RuleProblems.NotBelow) : null,
            Editable.NoAbove => shorter ? null : Refuse(RuleProblems.NotAbove),
            // Tighter is less time for what must be done, and more for what must last.
            Editable.TightenOnly => shorter == (Kind != RuleKind.Min) ? null : Refuse(RuleProblems.OnlyTighter),
            Editable.ByPlace => place.Length > Place.Length && place.StartsWith(Place, StringComparison.Ordinal) ? null : Refuse(RuleProblems.PlaceNeeded),
            Editable.SpecialCase => oneMatter ? null : Refuse(RuleProblems.OneMatterOnly),
            _ => Refuse(RuleProblems.Fixed),
        };

        Problem Refuse(Problem problem) => problem with
        {
            Sentence = (string.Format(problem.Sentence.Zh, Limit.Zh, Source.Zh), string.Format(problem.Sentence.En, Limit.En, Source.En)),
        };
    }
}

/// <summary>What is said when a rule's amount may not be changed. {0} is the limit, {1} the citation.</summary>
public static class RuleProblems
{
    public static readonly Problem AmountTooSmall = new("rule.amount-too-small",
        ("时限至少为1。", "A time limit is at least 1."), "Amount");

    public static readonly Problem Fixed = new("rule.fixed",
        ("这一时限由规定确定（{0}，{1}），不能修改。", "This limit is fixed by its source ({0}, {1}) and cannot be changed."), "Amount");

    public static readonly Problem NotBelow = new("rule.not-below",
        ("不得少于{0}（{1}）。", "It may not be less than {0} ({1})."), "Amount");

    public static readonly Problem NotAbove = new("rule.not-above",
        ("不得多于{0}（{1}）。", "It may not be more than {0} ({1})."), "Amount");

    public static readonly Problem OnlyTighter = new("rule.only-tighter",
        ("只能比{0}（{1}）更严，不能放宽。", "It may only be made stricter than {0} ({1}), never looser."), "Amount");

    public static readonly Problem PlaceNeeded = new("rule.place-needed",
        ("{0}（{1}）只能由地方规定另定：请先选定适用的辖区。", "{0} ({1}) may differ only by a local rule: choose the jurisdiction it is for."), "Place");

    public static readonly Problem OneMatterOnly = new("rule.one-matter-only",
        ("{0}（{1}）不能改动，只能对个别事项说明理由后例外处理。", "{0} ({1}) stands; only a single matter may depart from it, with a reason."), "Amount");
}

public enum RuleUnit
{
    /// <summary>Days off are skipped.</summary>
    WorkDay,

    /// <summary>Every day counts.</summary>
    Day,
    Month,
    Year,
    Hour,
    Minute,
    Second,

    /// <summary>How fast somebody walks.</summary>
    CentimetrePerSecond,

    /// <summary>How often, not how long: nothing is counted from a date.</summary>
    Time,

    /// <summary>How many people; likewise.</summary>
    Person,

    /// <summary>How many, not how long: nothing is counted from a date.</summary>
    Household,

    /// <summary>How many in a hundred.</summary>
    Percent,
}

public enum RuleKind
{
    /// <summary>At the latest.</summary>
    Max,

    /// <summary>At least.</summary>
    Min,

    /// <summary>Neither more nor less.</summary>
    Exact,

    /// <summary>The usual value where nothing binds.</summary>
    Default,

    /// <summary>A fact becomes true after this time.</summary>
    Threshold,
}

/// <summary>How the value behind a rule is known.</summary>
public enum SourceStatus
{
    /// <summary>The text of the law was read.</summary>
    Read,

    /// <summary>The text of one place's rule was read; elsewhere it is only an example.</summary>
    ReadLocal,

    /// <summary>Read on pages that repeat the text.</summary>
    ReadSecondary,

    /// <summary>Read in the news.</summary>
    ReadNews,

    /// <summary>A default of Hele's.</summary>
    Default,
}

/// <summary>Who may change a rule's amount, and how far.</summary>
public enum Editable
{
    No,
    NoBelow,
    NoAbove,
    ByPlace,
    TightenOnly,
    Yes,
    SpecialCase,
}

/// <summary>At which level of jurisdictions a rule's own value can be set; what lies below reads that value.</summary>
public enum SetBy
{
    /// <summary>The value stands as it is.</summary>
    Nobody,
    Community,
    Subdistrict,
    District,

    /// <summary>Each jurisdiction for what it holds itself.</summary>
    Each,
}

/// <summary>The names of the rule words, for pages.</summary>
public static class RuleWords
{
    public static Bilingual Text(this SourceStatus status) => status switch
    {
        SourceStatus.Read => ("已核对原文", "text read"),
        SourceStatus.ReadLocal => ("某地规定，仅供参考", "one place's rule, an example elsewhere"),
        SourceStatus.ReadSecondary => ("据转载，未核对原文", "from secondary pages, not verified"),
        SourceStatus.ReadNews => ("据新闻报道，未核对原文", "from the news, not verified"),
        _ => ("系统默认值", "a default of Hele's"),
    };

    public static Bilingual Text(this SetBy by) => by switch
    {
        SetBy.Nobody => ("规定本身", "its source"),
        SetBy.Community => ("各社区", "each community"),
        SetBy.Subdistrict => ("街道", "the sub-district"),
        SetBy.District => ("区县", "the district"),
        _ => ("各辖区自己", "each jurisdiction itself"),
    };

    public static Bilingual Text(this RuleKind kind) => kind switch
    {
        RuleKind.Max => ("最迟", "at the latest"),
        RuleKind.Min => ("至少", "at least"),
        RuleKind.Exact => ("恰为", "exactly"),
        RuleKind.Default => ("一般为", "usually"),
        _ => ("满", "after"),
    };

    public static Bilingual Text(this Editable editable) => editable switch
    {
        Editable.No => ("不可修改", "fixed"),
        Editable.NoBelow => ("可延长，不可缩短", "may be longer, not shorter"),
        Editable.NoAbove => ("可缩短，不可延长", "may be shorter, not longer"),
        Editable.ByPlace => ("可由地方规定另定", "may differ by a local rule"),
        Editable.TightenOnly => ("只可更严", "may only be stricter"),
        Editable.Yes => ("可修改", "may be changed"),
        _ => ("仅个别事项可例外", "exceptions only for a single matter"),
    };
}
