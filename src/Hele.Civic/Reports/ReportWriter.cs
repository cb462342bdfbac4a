using Hele.Civic.Kernel;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Figures;
using Hele.Civic.Platform.Storage;

namespace Hele.Civic.Reports;

/// <summary>The report for a period: every place of <see cref="ReportOutline"/> in its order, filled by the writers that name it.</summary>
public sealed class ReportWriter(IEnumerable<SectionWriter> writers, FigureReader figures, SignedStatements statements, ReportStories stories, ReadSession read, JurisdictionDirectory jurisdictions, TimeProvider clock)
{
    private static readonly Bilingual Gap = ("但是，与上级要求和群众期待还有一定差距，下一步要做好下面的事。", "This still falls short of what the level above asks and residents expect. What is to be done next:");

    public async Task<Report> Write(Period period, CancellationToken cancel = default)
    {
        var db = await read.Db(cancel);
        var community = await jurisdictions.Get(db, read.Scope.Single(), cancel);
        var draft = new ReportDraft(figures, period, clock.Today(), (community.Name, community.NameEn));
        var basis = await figures.Basis(period, cancel);
        var (signed, told) = (await statements.In(period, basis.ClosedAt, cancel), await stories.In(period, basis.ClosedAt, cancel));
        var sections = new List<ReportSection>();
        foreach (var place in ReportOutline.Places)
        {
            foreach (var writer in writers.Where(w => w.Place == place))
                sections.Add(await writer.Write(draft, cancel));
        }

        var words = draft.Words;
        var said = new SentenceTemplate(Never, Never);
        var chapters = new List<ReportChapter>();
        foreach (var (place, number) in ReportOutline.Places.Zip(ReportOutline.Numbers))
        {
            var there = sections.Where(s => s.Place == place).ToList();
            // With something of one writer, another's "no records" would contradict it; where none has anything, it is said once.
            if (there.Any(HasSomething))
                there.RemoveAll(s => !HasSomething(s));
            else if (there.Count > 1)
                there.RemoveRange(1, there.Count - 1);
            var here = there.SelectMany(s => s.Sentences).Where(s => s.Kind != SentenceKind.Next).ToList();
            if (place == ReportOutline.Next)
            {
                var next = sections.SelectMany(s => s.Sentences).Where(s => s.Kind == SentenceKind.Next).ToList();
                here = next.Count == 0 ? [] : [said.Fill(SentenceKind.Next, Gap, words), .. next];
            }
            if (here.Count == 0 && place.Nothing is { } nothing)
                here = [said.Fill(SentenceKind.Nothing, nothing, words)];
            chapters.Add(new(place, number, here) { Statements = [.. signed.Where(s => s.Place == place)], Stories = [.. told.Where(s => s.Place == place)] });
        }

        var used = sections.SelectMany(s => s.Figures).DistinctBy(v => (v.Figure.Id, v.Period)).ToList();
        return new(community, period, chapters, used, basis.AsOf, basis.LogSize, basis.ClosedAt);
    }

    private static bool HasSomething(ReportSection section) => section.Sentences.Any(s => s.Kind is SentenceKind.Account or SentenceKind.Comparison);

    private static FigureValue Never(string id) => throw new FormatException($"This sentence has no figure: {id}.");
}
