using Hele.Civic.Platform.Figures;
using Hele.Civic.Platform.Storage;

namespace Hele.Civic.Disclosures;

/// <summary>The numbers of what was disclosed. Each opens its records; none is summed by person or post.</summary>
public static class DisclosureFigures
{
    public static readonly Figure Published = new("disclosures.published", 1, ("居务公开和公示", "Disclosures put up"),
        ("统计期内公布的公开和公示，按公布那天；提前撤下的也算公布过。", "Disclosures and postings put up in the period, by the day they went up; those taken down early were up too."), ("份", "disclosures"), FigureKind.Flow,
        (db, period, before) => db.Set<Disclosure>().Where(d => d.PublishedAt != null && d.PublishedAt < before && d.ShownFrom >= period.From && d.ShownFrom <= period.To)
            .Select(d => new FigureRecord { Id = d.Id, Code = d.PublicCode, On = d.ShownFrom!.Value, LoggedAt = d.PublishedAt!.Value })) { Record = typeof(Disclosure), Opens = Seen };

    public static readonly Figure Withdrawn = new("disclosures.withdrawn", 1, ("提前撤下的公开", "Disclosures taken down early"),
        ("统计期内没到期就撤下的，都写明了原因。", "Those taken down before their time in the period, each with its reason."), ("份", "disclosures"), FigureKind.Flow,
        (db, period, before) => db.Set<Disclosure>().Where(d => d.WithdrawnAt != null && d.WithdrawnAt < before && d.WithdrawnOn >= period.From && d.WithdrawnOn <= period.To)
            .Select(d => new FigureRecord { Id = d.Id, Code = d.PublicCode, On = d.WithdrawnOn!.Value, LoggedAt = d.WithdrawnAt!.Value })) { Record = typeof(Disclosure), Opens = Seen };

    public static readonly Figure Due = new("disclosures.due", 1, ("到期应公开的", "Disclosures that were due"),
        ("最迟公开日在统计期内的，一类一期算一次。", "Those whose last day fell in the period: each kind and period once."), ("次", "disclosures"), FigureKind.Flow,
        (db, period, before) => db.Set<DisclosureDuty>().Where(d => d.OpenedAt < before && d.DueOn >= period.From && d.DueOn <= period.To)
            .Select(d => new FigureRecord { Id = d.Id, Code = d.PublicCode, On = d.DueOn, LoggedAt = d.OpenedAt })) { Record = typeof(DisclosureDuty), Opens = Duties };

    public static readonly Figure InTime = new("disclosures.in-time", 1, ("按时公开的", "Disclosed in time"),
        ("其中在最迟公开日以前公布、没有提前撤下的。", "Those of them that went up by their last day and weren't taken down early."), ("次", "disclosures"), FigureKind.Flow,
        (db, period, before) => db.Set<DisclosureDuty>().Where(d => d.OpenedAt < before && d.DueOn >= period.From && d.DueOn <= period.To && db.Set<Disclosure>().Any(x => x.Kind == d.Kind && x.CoversFrom <= d.CoversFrom && x.CoversTo >= d.CoversTo
                && x.PublishedAt != null && x.PublishedAt < before && x.ShownFrom <= d.DueOn && (x.WithdrawnAt == null || x.WithdrawnAt >= before)))
            .Select(d => new FigureRecord { Id = d.Id, Code = d.PublicCode, On = d.DueOn, LoggedAt = d.OpenedAt }), Base: "disclosures.due") { Record = typeof(DisclosureDuty), Opens = Duties };

    public static readonly Figure Objections = new("disclosures.objections", 1, ("对公开内容的异议", "Objections"),
        ("统计期内提出的异议，网上的、代录的、没有登录的都算。", "Objections in the period: on the web, taken down for somebody, signed in or not."), ("条", "objections"), FigureKind.Flow,
        (db, period, before) => from o in db.Set<DisclosureObjection>()
                                join d in db.Set<Disclosure>() on o.DisclosureId equals d.Id
                                where o.FiledAt < before && o.FiledOn >= period.From && o.FiledOn <= period.To
                                select new FigureRecord { Id = o.Id, Code = d.PublicCode, On = o.FiledOn, LoggedAt = o.FiledAt }) { Record = typeof(Disclosure), Opens = Seen };

    public static readonly Figure AnsweredInTime = new("disclosures.answered-in-time", 1, ("按时答复的异议", "Objections answered in time"),
        ("其中在期限内公开答复的。", "Those of them that were answered in public within their time."), ("条", "objections"), FigureKind.Flow,
        (db, period, before) => from o in db.Set<DisclosureObjection>()
                                join d in db.Set<Disclosure>() on o.DisclosureId equals d.Id
                                where o.FiledAt < before && o.FiledOn >= period.From && o.FiledOn <= period.To && o.AnsweredAt != null && o.AnsweredAt < before && o.AnsweredOn <= o.DueOn
                                select new FigureRecord { Id = o.Id, Code = d.PublicCode, On = o.FiledOn, LoggedAt = o.FiledAt }, Base: "disclosures.objections") { Record = typeof(Disclosure), Opens = Seen };

    public static IEnumerable<Figure> All => [Published, Withdrawn, Due, InTime, Objections, AnsweredInTime];

    private static IQueryable<string> Seen(HeleDb db, Platform.Access.Viewer? viewer) => DisclosureAccess.Visible(viewer, db.Set<Disclosure>()).Select(d => d.PublicCode);

    private static IQueryable<string> Duties(HeleDb db, Platform.Access.Viewer? viewer)
    {
        var sees = viewer?.PostFor(DisclosureAccess.See) is not null;
        return db.Set<DisclosureDuty>().Where(_ => sees).Select(d => d.PublicCode);
    }
}
