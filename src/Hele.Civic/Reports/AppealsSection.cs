using Hele.Civic.Appeals;
using Hele.Civic.Kernel;
using Hele.Civic.Platform.Figures;
using Hele.Civic.Platform.Storage;
using Hele.Civic.Thanks;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.Reports;

/// <summary>Residents' appeals, what they judged and whom they thanked.</summary>
public sealed class AppealsSection(ReadSession read) : SectionWriter
{
    /// <summary>The fewest verdicts over which a rate is given, or two periods are compared.</summary>
    public const int SmallestBase = 5;

    private const int MostMatters = 50;

    private static readonly Bilingual
        Done = (
            "{in}，按照“居民的事情居民说了算、问题解决得好不好由群众来评判”的要求，居民提出诉求{appeals.filed}件，社区作出答复{appeals.answered}次。",
            "{in}, under the rule that residents decide their own affairs and judge how well a problem was solved, residents raised {appeals.filed|appeal|appeals} and the community gave {appeals.answered|answer|answers}."),
        JudgedWell = ("居民对答复作出评价{appeals.judged}次，都是满意（{appeals.satisfied}次）{rate}；没有评价的不计为满意。",
            "Residents gave {appeals.judged|verdict|verdicts} on answers, all of them satisfied: {appeals.satisfied}{rate}; silence is not counted as satisfied."),
        JudgedMixed = ("居民对答复作出评价{appeals.judged}次，其中满意{appeals.satisfied}次{rate}，不满意{appeals.dissatisfied}次，表示不满意的重新办理或公开分歧；没有评价的不计为满意。",
            "Residents gave {appeals.judged|verdict|verdicts} on answers: {appeals.satisfied} satisfied{rate} and {appeals.dissatisfied} dissatisfied; each dissatisfied verdict opened its appeal again or ended it as an open disagreement, and silence is not counted as satisfied."),
        NotJudged = ("居民还没有对答复作出评价，不计为满意。", "Residents have not judged the answers yet; that is not counted as satisfied."),
        Urgent = ("其中急事{appeals.urgent}件，在规定时间内先回应居民的{appeals.urgent-in-time}件。", "Urgent matters among them: {appeals.urgent}, responded to within the hours of the rule: {appeals.urgent-in-time}."),
        Disagreed = ("一再答复仍不满意、公开双方意见的{appeals.disagreed}件。", "Open disagreements, where the resident stayed dissatisfied and both views stand: {appeals.disagreed}."),
        NotLasting = ("表示满意的，过些日子再问一次，居民说又没解决的{appeals.not-lasting}次，都重新办理。", "Asked once more some weeks after being satisfied, residents said that it did not hold: {appeals.not-lasting}; each was handled again."),
        Refused = ("不予受理{appeals.refused}次，都说明了原因，居民可以提出异议、由另一人复核。", "Refusals to accept, each with its reason and open to be contested and reviewed by somebody else: {appeals.refused}."),
        Withdrawn = ("居民撤回{appeals.withdrawn}次。", "Withdrawn by residents: {appeals.withdrawn}."),
        Thanked = ("居民送来、写来或说出的感谢{thanks.received}次：锦旗{thanks.pennants}面，感谢信{thanks.letters}封，当面或电话里的感谢{thanks.spoken}次，都由另一个人核对过。",
            "Thanks received, each checked by a second person: {thanks.received} ({thanks.pennants|pennant|pennants}, {thanks.letters|letter|letters}, {thanks.spoken} in person or on the telephone)."),
        MuchBetter = ("群众满意度比{before}明显提升：", "Residents were clearly more satisfied than in {before}: "),
        Better = ("群众满意度比{before}有所提升：", "Residents were somewhat more satisfied than in {before}: "),
        Same = ("群众满意度与{before}持平：", "Residents were as satisfied as in {before}: "),
        Worse = ("群众满意度比{before}有所下降：", "Residents were less satisfied than in {before}: "),
        Compared = ("{before}评价{<appeals.judged}次、满意{<appeals.satisfied}次（{<appeals.satisfied%}），{this}评价{appeals.judged}次、满意{appeals.satisfied}次（{appeals.satisfied%}）。",
            "then {<appeals.satisfied} of {<appeals.judged|verdict|verdicts} ({<appeals.satisfied%}), now {appeals.satisfied} of {appeals.judged} ({appeals.satisfied%})."),
        AllClosed = ("到{day}，没有尚未办结的诉求（{appeals.open}件）。", "By {day}, no appeal was left open ({appeals.open})."),
        StillOpen = ("到{day}，还有{appeals.open}件诉求没有办结，其中等待答复{appeals.unanswered}件，已答复、等待居民评价{appeals.unjudged}件。",
            "By {day}, {appeals.open|appeal was|appeals were} not closed: {appeals.unanswered} waiting for an answer, {appeals.unjudged} answered and waiting for the resident's verdict."),
        NextBoth = ("抓紧答复等待答复的{appeals.unanswered}件，并请居民对已答复的{appeals.unjudged}件作出评价。",
            "The {appeals.unanswered} waiting will be answered, and residents will be asked to judge the {appeals.unjudged} answered."),
        NextAnswer = ("抓紧答复等待答复的{appeals.unanswered}件。", "The {appeals.unanswered} waiting will be answered."),
        NextJudge = ("请居民对已答复的{appeals.unjudged}件作出评价。", "Residents will be asked to judge the {appeals.unjudged} answered."),
        NextWorse = ("群众满意度比{before}下降，对不满意的{appeals.dissatisfied}件逐件找原因。", "Residents were less satisfied than in {before}: the {appeals.dissatisfied} dissatisfied verdicts are looked into one by one."),
        NextUrgent = ("急事{appeals.urgent}件中按时回应{appeals.urgent-in-time}件，没有按时回应的逐件查明原因。", "Of {appeals.urgent|urgent matter|urgent matters}, {appeals.urgent-in-time} were responded to in time; the others are looked into one by one."),
        Late = ("{matters}{more}已过期限，先行办理。", "Past their time limit and handled first: {matters}{more}.");

    public override ReportPlace Place => ReportOutline.Judgement;

    protected override IEnumerable<Figure> Figures => AppealFigures.All.Concat(ThanksFigures.All);

    protected override bool Compares => true;

    protected override async Task Tell(ReportDraft draft, SectionText section, CancellationToken cancel)
    {
        var (period, today, now, before) = (draft.Period, draft.Today, section.Now, section.Before);
        var (filed, answered, judged, satisfied) = (section[AppealFigures.Filed], section[AppealFigures.Answered], section[AppealFigures.Judged], section[AppealFigures.Satisfied]);
        var (open, unanswered, unjudged) = (section[AppealFigures.Open], section[AppealFigures.Unanswered], section[AppealFigures.Unjudged]);

        if (filed + answered + judged == 0)
            section.Say(SentenceKind.Nothing, Place.Nothing!.Value);
        else
            section.Say(SentenceKind.Account, Done);
        section.SayIf(SentenceKind.Account, Urgent, AppealFigures.Urgent);
        if (judged > 0)
            section.Say(SentenceKind.Account, WithRate(satisfied == judged ? JudgedWell : JudgedMixed, judged));
        else if (answered > 0)
            section.Say(SentenceKind.Account, NotJudged);
        section.SayIf(SentenceKind.Account, Disagreed, AppealFigures.Disagreed);
        section.SayIf(SentenceKind.Account, NotLasting, AppealFigures.NotLasting);
        section.SayIf(SentenceKind.Account, Refused, AppealFigures.Refused);
        section.SayIf(SentenceKind.Account, Withdrawn, AppealFigures.Withdrawn);
        section.SayIf(SentenceKind.Account, Thanked, ThanksFigures.Received);
        if (Comparable(period, today, now, before))
            section.Say(SentenceKind.Comparison, Join(Verdict(new(satisfied, judged), Share(before)), Compared));
        if (open > 0)
            section.Say(SentenceKind.Account, StillOpen);
        else if (filed + answered + judged > 0)
            section.Say(SentenceKind.Account, AllClosed);
        if (unanswered + unjudged > 0)
            section.Say(SentenceKind.Next, unanswered == 0 ? NextJudge : unjudged == 0 ? NextAnswer : NextBoth);
        // The hours of the newest ones still run while the period does.
        if (period.To < today && section[AppealFigures.UrgentInTime] < section[AppealFigures.Urgent])
            section.Say(SentenceKind.Next, NextUrgent);
        if (Comparable(period, today, now, before) && new Fraction(satisfied, judged) is var share && share.Part * Share(before).Whole < Share(before).Part * share.Whole)
            section.Say(SentenceKind.Next, NextWorse);
        if (period.Contains(today))
            await SayLate();

        async Task SayLate()
        {
            // A report is read by those whom a matter about conduct may be about: it names none.
            var shielded = AppealKinds.Shielded;
            var late = await (await read.Db(cancel)).Set<Appeal>().Where(a => a.DueOn < today && !shielded.Contains(a.Kind)).OrderBy(a => a.DueOn).ThenBy(a => a.Id).Take(MostMatters + 1)
                .Select(a => new { a.PublicCode, a.Year, a.Serial }).ToListAsync(cancel);
            if (late.Count == 0)
                return;
            section.Words["more"] = late.Count > MostMatters ? ("等", " and others") : ("", "");
            section.Say(SentenceKind.Next, Late, new("matters", english => late.Take(MostMatters).Select(a => new MatterPart(a.PublicCode, Appeal.NumberOf(a.Year, a.Serial), english)), ("、", ", ")));
        }
    }

    /// <summary>Whether two figures carry a comparison: fixed periods, both over, enough verdicts in each, one definition, nothing corrected.</summary>
    private static bool Comparable(Period period, DateOnly today, Dictionary<string, FigureValue> now, Dictionary<string, FigureValue> before)
    {
        if (!period.IsFixed || period.To >= today)
            return false;
        foreach (var id in new[] { AppealFigures.Judged.Id, AppealFigures.Satisfied.Id })
        {
            var (a, b) = (now[id], before[id]);
            if (a.Redefined || b.Redefined || a.Corrected || b.Corrected || a.Unrecorded || b.Unrecorded)
                return false;
            // What a closed report says must not come to depend on a period that could still change.
            if (a.ClosedAt is { } closed && !(b.ClosedAt < closed))
                return false;
        }
        return now[AppealFigures.Judged.Id].Value >= SmallestBase && before[AppealFigures.Judged.Id].Value >= SmallestBase;
    }

    private static Fraction Share(Dictionary<string, FigureValue> values) => new(values[AppealFigures.Satisfied.Id].Value, values[AppealFigures.Judged.Id].Value);

    /// <summary>Clearly better is ten percentage points.</summary>
    private static Bilingual Verdict(Fraction now, Fraction before)
    {
        var points = ((now.Part * before.Whole) - (before.Part * now.Whole)) * 10;
        return points >= now.Whole * before.Whole ? MuchBetter : points > 0 ? Better : points == 0 ? Same : Worse;
    }

    private static Bilingual WithRate(Bilingual template, long judged) => judged < SmallestBase
        ? (template.Zh.Replace("{rate}", ""), template.En.Replace("{rate}", ""))
        : (template.Zh.Replace("{rate}", "，满意率{appeals.satisfied%}"), template.En.Replace("{rate}", " ({appeals.satisfied%})"));

    private static Bilingual Join(Bilingual a, Bilingual b) => (a.Zh + b.Zh, a.En + b.En);
}
