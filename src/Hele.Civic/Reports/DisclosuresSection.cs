using Hele.Civic.Disclosures;
using Hele.Civic.Kernel;
using Hele.Civic.Platform.Figures;

namespace Hele.Civic.Reports;

/// <summary>What was disclosed to residents, in time or not, and what they objected to.</summary>
public sealed class DisclosuresSection : SectionWriter
{
    private static readonly Bilingual
        PutUp = ("{in}，居务公开栏公布公开和公示{disclosures.published}份，都由另一个人核对，公开不少于规定的天数。", "{in}, {disclosures.published|disclosure was|disclosures were} put up on the notice board, each checked by another person and up for no less than the rule asks."),
        Due = ("到期应公开{disclosures.due}次，按时公开{disclosures.in-time}次。", "Disclosures that were due: {disclosures.due}; put up in time: {disclosures.in-time}."),
        Withdrawn = ("没到期撤下{disclosures.withdrawn}份，都公开了原因。", "Taken down early, each with its reason in public: {disclosures.withdrawn}."),
        Objections = ("居民对公开的内容提出异议{disclosures.objections}条，按时公开答复{disclosures.answered-in-time}条。", "Residents made {disclosures.objections|objection|objections} to what was disclosed; answered in public in time: {disclosures.answered-in-time}."),
        Late = ("把到期没有按时公开的补上：到期{disclosures.due}次，按时{disclosures.in-time}次。", "What was due and not disclosed in time will be put up: {disclosures.due} due, {disclosures.in-time} in time.");

    public override ReportPlace Place => ReportOutline.Supervision;

    protected override IEnumerable<Figure> Figures => DisclosureFigures.All;

    protected override Task Tell(ReportDraft draft, SectionText section, CancellationToken cancel)
    {
        section.SayIf(SentenceKind.Account, PutUp, DisclosureFigures.Published);
        section.SayIf(SentenceKind.Account, Due, DisclosureFigures.Due);
        section.SayIf(SentenceKind.Account, Withdrawn, DisclosureFigures.Withdrawn);
        section.SayIf(SentenceKind.Account, Objections, DisclosureFigures.Objections);
        if (section[DisclosureFigures.InTime] < section[DisclosureFigures.Due])
            section.Say(SentenceKind.Next, Late);
        return Task.CompletedTask;
    }
}
