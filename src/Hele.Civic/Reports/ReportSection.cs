using System.Globalization;
using Hele.Civic.Kernel;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Figures;

namespace Hele.Civic.Reports;

/// <summary>A piece of a sentence. Whoever shows it decides how: a page makes links, a document footnotes.</summary>
public abstract record ReportPart
{
    /// <summary>As it reads in the language of the sentence it stands in.</summary>
    public abstract string Text { get; }
}

public sealed record WordsPart(string Words) : ReportPart
{
    public override string Text => Words;
}

/// <summary>A number: always a figure for a period, which opens its records.</summary>
public sealed record FigurePart(FigureValue Value) : ReportPart
{
    public override string Text => Value.Text;
}

/// <summary>A share, as a percentage. Both of its figures stand in the same sentence as numbers.</summary>
public sealed record SharePart(FigureValue Of, FigureValue Base, bool English) : ReportPart
{
    public Fraction Fraction => new(Of.Value, Base.Value);

    public override string Text => English ? Fraction.Percent().Replace(' ', '\u00a0') : Fraction.Percent().Replace(" ", "");
}

/// <summary>One matter, by its readable number.</summary>
/// <param name="Code">Its public code, which opens it.</param>
public sealed record MatterPart(string Code, string Number, bool English) : ReportPart
{
    private static readonly Bilingual Name = ("诉求{0}", "appeal {0}");

    public override string Text => string.Format(CultureInfo.InvariantCulture, English ? Name.En : Name.Zh, Number);
}

/// <summary>One honour, by the title it was recorded with, which isn't translated.</summary>
/// <param name="Code">Its public code, which opens it.</param>
public sealed record HonourPart(string Code, string Title) : ReportPart
{
    public override string Text => $"“{Title}”";
}

/// <summary>Records named one after the other where a sentence has the slot.</summary>
/// <param name="Parts">The records in the language of the sentence, which is English when the argument is true.</param>
/// <param name="Between">What stands between two of them.</param>
public sealed record NamedRecords(string Slot, Func<bool, IEnumerable<ReportPart>> Parts, Bilingual Between);

/// <summary>What a sentence is there for.</summary>
public enum SentenceKind
{
    /// <summary>What was done and how things stand.</summary>
    Account,

    /// <summary>Better, the same or worse than before. Only where two comparable figures carry it.</summary>
    Comparison,

    /// <summary>What is still to be done.</summary>
    Next,

    /// <summary>That there are no records.</summary>
    Nothing,
}

/// <summary>One sentence in both languages.</summary>
public sealed record ReportSentence(SentenceKind Kind, IReadOnlyList<ReportPart> Zh, IReadOnlyList<ReportPart> En)
{
    public IReadOnlyList<ReportPart> In(string language) => language.StartsWith("en", StringComparison.OrdinalIgnoreCase) ? En : Zh;

    public string TextIn(string language) => string.Concat(In(language).Select(p => p.Text));
}

/// <summary>What one writer says in its place.</summary>
/// <param name="Figures">Every figure a sentence uses, each once per period, in the order of use.</param>
public sealed record ReportSection(ReportPlace Place, IReadOnlyList<ReportSentence> Sentences, IReadOnlyList<FigureValue> Figures);

/// <summary>One place of the finished report. Without sentences it is only a heading.</summary>
/// <param name="Number">一、 （一） 1. as it stands before the heading.</param>
public sealed record ReportChapter(ReportPlace Place, Bilingual Number, IReadOnlyList<ReportSentence> Sentences)
{
    /// <summary>Stories from records, in the order in which they happened.</summary>
    public IReadOnlyList<ToldStory> Stories { get; init; } = [];

    /// <summary>What somebody answers for with their post because no record can say it; none of it is a figure.</summary>
    public IReadOnlyList<SignedWords> Statements { get; init; } = [];
}

/// <summary>A story as the report tells it.</summary>
/// <param name="Code">Its public code.</param>
/// <param name="Text">Null once whoever it is about took their consent back after the period had been closed: then that is said in its place.</param>
public sealed record ToldStory(ReportPlace Place, string Code, string? Text, DateOnly? WithdrawnOn)
{
    private static readonly Bilingual Gone = ("此处原有一则案例，当事人于{0}撤回同意，内容已经删除。", "A story stood here; whoever it was about took their consent back on {0}, and its text was deleted.");

    public Bilingual Withdrawn => WithdrawnOn is { } on && new Period(on, on).Title is var day ? (string.Format(CultureInfo.InvariantCulture, Gone.Zh, day.Zh), string.Format(CultureInfo.InvariantCulture, Gone.En, day.En)) : default;
}

/// <summary>A signed statement as the report shows it.</summary>
/// <param name="Code">Its public code.</param>
/// <param name="About">The time it speaks of.</param>
/// <param name="Post">The title of the post that signed it.</param>
/// <param name="ConfirmedBy">The title of the post whose holder confirmed it.</param>
public sealed record SignedWords(ReportPlace Place, string Code, string Text, Period About, string Post, DateOnly SignedOn, string ConfirmedBy)
{
    private static readonly Bilingual
        Head = ("签署的声明（不是由记录算出的数字）", "Signed statement (no figure computed from records)"),
        Foot = ("所指时间：{0}。{1}于{2}签署，{3}确认。", "About: {0}. Signed by the post “{1}” on {2}, confirmed by the post “{3}”.");

    public static Bilingual Heading => Head;

    /// <summary>Who answers for it, and for which time.</summary>
    public Bilingual Signature => (Said(Foot.Zh, About.Title.Zh, new Period(SignedOn, SignedOn).Title.Zh), Said(Foot.En, About.Title.En, new Period(SignedOn, SignedOn).Title.En));

    private string Said(string foot, string about, string day) => string.Format(CultureInfo.InvariantCulture, foot, about, Post, day, ConfirmedBy);
}

/// <summary>The whole report for a period.</summary>
/// <param name="Figures">Every figure a sentence uses, each once per period, in the order of use.</param>
/// <param name="AsOf">When the values are as of: now, or the closing.</param>
/// <param name="LogSize">The checkpoint of this size covers them.</param>
/// <param name="ClosedAt">When the period was closed; null while it is open.</param>
public sealed record Report(Jurisdiction Community, Period Period, IReadOnlyList<ReportChapter> Chapters, IReadOnlyList<FigureValue> Figures, DateTimeOffset AsOf, long LogSize, DateTimeOffset? ClosedAt)
{
    /// <summary>河西社区2026年工作报告.</summary>
    public Bilingual Title => ($"{Community.Name}{Period.Title.Zh}工作报告", $"{Community.NameEn}: report on work, {Period.Title.En}");

    /// <summary>True when something was entered after the closing: it stands on the figures' own pages.</summary>
    public bool HasLater => ClosedAt is not null && Figures.Any(f => f.Late + f.Gone > 0 || f.Corrected);
}
