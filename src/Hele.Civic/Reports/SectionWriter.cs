using Hele.Civic.Kernel;
using Hele.Civic.Platform.Figures;

namespace Hele.Civic.Reports;

/// <summary>What is shared while one report is written: its period, the words that name it, and every value asked for, each once.</summary>
public sealed class ReportDraft(FigureReader figures, Period period, DateOnly today, Bilingual community)
{
    private readonly Dictionary<(string, Period), FigureValue> _values = [];

    public Period Period => period;
    public DateOnly Today => today;

    /// <summary>The day the states are told for: the last one, or today while the period runs.</summary>
    public DateOnly Day => period.To < today ? period.To : today;

    public Dictionary<string, Bilingual> Words => new()
    {
        ["in"] = During(period, today), ["within"] = Within(period), ["this"] = period.Title, ["before"] = Named(period.Previous), ["day"] = new Period(Day, Day).Title, ["community"] = community,
    };

    public async Task<FigureValue> Value(Figure figure, Period of, CancellationToken cancel = default) =>
        _values.TryGetValue((figure.Id, of), out var known) ? known : _values[(figure.Id, of)] = await figures.Value(figure, of, cancel);

    /// <summary>The period as a sentence names it: "the first quarter of 2026".</summary>
    private static Bilingual Named(Period period) => period.Kind is PeriodKind.Quarter or PeriodKind.HalfYear ? (period.Title.Zh, "the " + period.Title.En) : period.Title;

    /// <summary>The beginning of a sentence; a period that isn't over says how far it goes.</summary>
    private static Bilingual During(Period period, DateOnly today)
    {
        var (name, until) = (Within(period), new Period(today, today).Title);
        return period.Contains(today) && period.To > today ? ($"{name.Zh}（截至{until.Zh}）", $"{name.En} (up to {until.En})") : name;
    }

    private static Bilingual Within(Period period)
    {
        var name = Named(period);
        return (name.Zh, period.From == period.To ? $"On {name.En}" : period.Kind == PeriodKind.Free ? $"From {name.En}" : $"In {name.En}");
    }
}

/// <summary>Writes one place of the report from records. Registered in <see cref="ReportsModule"/>; what the figures don't carry is not said.</summary>
public abstract class SectionWriter
{
    public abstract ReportPlace Place { get; }

    /// <summary>Every figure a sentence may need.</summary>
    protected abstract IEnumerable<Figure> Figures { get; }

    /// <summary>True where sentences name the period before too.</summary>
    protected virtual bool Compares => false;

    public async Task<ReportSection> Write(ReportDraft draft, CancellationToken cancel = default)
    {
        var section = new SectionText(draft.Words);
        foreach (var figure in Figures)
        {
            section.Now[figure.Id] = await draft.Value(figure, draft.Period, cancel);
            if (Compares)
                section.Before[figure.Id] = await draft.Value(figure, draft.Period.Previous, cancel);
        }
        await Tell(draft, section, cancel);
        if (Place.Nothing is { } nothing && section.Sentences.All(s => s.Kind == SentenceKind.Next))
            section.Say(SentenceKind.Nothing, nothing);
        return new(Place, section.Sentences, section.Used);
    }

    protected abstract Task Tell(ReportDraft draft, SectionText section, CancellationToken cancel);
}

/// <summary>The sentences of one section while they are being written.</summary>
public sealed class SectionText
{
    private readonly SentenceTemplate _template;
    private readonly List<ReportSentence> _sentences = [];
    private readonly List<FigureValue> _used = [];
    private readonly HashSet<string> _missing = [];

    private static readonly Bilingual NotYet = ("{within}结账时还没有统计“{figure}”，没有记录。", "{within}, “{figure}” was not among the figures when the period was closed: there is no record of it.");

    public SectionText(Dictionary<string, Bilingual> words)
    {
        Words = words;
        _template = new(id => Now[id], id => Before[id]);
    }

    public Dictionary<string, Bilingual> Words { get; }
    public Dictionary<string, FigureValue> Now { get; } = [];
    public Dictionary<string, FigureValue> Before { get; } = [];

    public IReadOnlyList<ReportSentence> Sentences => _sentences;

    /// <summary>Every figure a sentence uses, each once per period, in the order of use.</summary>
    public IReadOnlyList<FigureValue> Used => _used;

    public long this[Figure figure] => Now[figure.Id].Value;

    /// <summary>
    /// Says it, if every figure in it was recorded. Of a period that was closed before the program knew a figure, an account says in its place that there is none; a comparison and a promise fall out.
    /// </summary>
    public void Say(SentenceKind kind, Bilingual text, NamedRecords? named = null)
    {
        var sentence = _template.Fill(kind, text, Words, named);
        var values = sentence.Zh.Concat(sentence.En).SelectMany(p => p switch { FigurePart figure => [figure.Value], SharePart share => [share.Of, share.Base], _ => Array.Empty<FigureValue>() }).ToList();
        if (values.Where(v => v.Unrecorded).Select(v => v.Figure).Distinct().ToList() is { Count: > 0 } missing)
        {
            foreach (var figure in missing.Where(f => kind == SentenceKind.Account && _missing.Add(f.Id)))
                _sentences.Add(_template.Fill(SentenceKind.Nothing, NotYet, new Dictionary<string, Bilingual>(Words) { ["figure"] = figure.Title }));
            return;
        }
        foreach (var value in values)
            Use(value);
        _sentences.Add(sentence);
    }

    /// <summary>Says it when each of these figures carries it.</summary>
    public void SayIf(SentenceKind kind, Bilingual text, params Figure[] carriedBy)
    {
        if (carriedBy.All(f => this[f] > 0))
            Say(kind, text);
    }

    private void Use(FigureValue value)
    {
        if (!_used.Any(u => u.Figure == value.Figure && u.Period == value.Period))
            _used.Add(value);
    }
}
