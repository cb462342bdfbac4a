using Hele.Civic.Platform.Figures;

namespace Hele.Civic.Appeals;

/// <summary>
/// Every number the appeals room can state. Flows count immutable rows by their business date, so a past period answers the same for ever;
/// a rate always shows its base.
/// </summary>
public static class AppealFigures
{
    public static readonly Figure Filed = new("appeals.filed", 1, ("提交诉求", "Appeals filed"),
        ("居民在统计期内提出的诉求，以居民反映的日期为准，各种渠道都算。", "Appeals residents raised in the period, by the day they raised them, through any channel."),
        ("件", "appeals"), FigureKind.Flow,
        (db, period, before) => from a in db.Set<Appeal>()
                                where a.FiledAt < before && a.FiledOn >= period.From && a.FiledOn <= period.To
                                select new FigureRecord { Id = a.Id, Code = a.PublicCode, On = a.FiledOn, LoggedAt = a.FiledAt });

    public static readonly Figure Answered = new("appeals.answered", 1, ("答复", "Answers given"),
        ("统计期内作出的答复；一件诉求重新办理后的答复另计一次。", "Answers given in the period; an appeal answered again counts again."),
        ("次", "answers"), FigureKind.Flow,
        (db, period, before) => from x in db.Set<AppealAnswer>()
                                join a in db.Set<Appeal>() on x.AppealId equals a.Id
                                where x.LoggedAt < before && x.AnsweredOn >= period.From && x.AnsweredOn <= period.To
                                select new FigureRecord { Id = x.Id, Code = a.PublicCode, On = x.AnsweredOn, LoggedAt = x.LoggedAt });

    public static readonly Figure Judged = new("appeals.judged", 1, ("居民评价", "Verdicts given"),
        ("统计期内居民对答复作出的评价，满意与不满意都算；没有评价的不算满意。", "Verdicts residents gave on answers in the period, satisfied or not; silence is never counted as satisfied."),
        ("次", "verdicts"), FigureKind.Flow,
        (db, period, before) => from v in db.Set<AppealVerdict>()
                                join a in db.Set<Appeal>() on v.AppealId equals a.Id
                                where v.LoggedAt < before && v.JudgedOn >= period.From && v.JudgedOn <= period.To
                                select new FigureRecord { Id = v.Id, Code = a.PublicCode, On = v.JudgedOn, LoggedAt = v.LoggedAt }, Base: "appeals.answered");

    public static readonly Figure Satisfied = new("appeals.satisfied", 1, ("评价满意", "Satisfied verdicts"),
        ("统计期内的评价中，居民表示满意的。", "Of the verdicts given in the period, those that say satisfied."),
        ("次", "verdicts"), FigureKind.Flow,
        (db, period, before) => from v in db.Set<AppealVerdict>()
                                join a in db.Set<Appeal>() on v.AppealId equals a.Id
                                where v.Satisfied && v.LoggedAt < before && v.JudgedOn >= period.From && v.JudgedOn <= period.To
                                select new FigureRecord { Id = v.Id, Code = a.PublicCode, On = v.JudgedOn, LoggedAt = v.LoggedAt }, Base: "appeals.judged");

    public static readonly Figure Dissatisfied = new("appeals.dissatisfied", 1, ("评价不满意", "Dissatisfied verdicts"),
        ("统计期内的评价中，居民表示不满意的；每一次都使诉求重新办理。", "Of the verdicts given in the period, those that say dissatisfied; each one opened its appeal again."),
        ("次", "verdicts"), FigureKind.Flow,
        (db, period, before) => from v in db.Set<AppealVerdict>()
                                join a in db.Set<Appeal>() on v.AppealId equals a.Id
                                where !v.Satisfied && v.LoggedAt < before && v.JudgedOn >= period.From && v.JudgedOn <= period.To
                                select new FigureRecord { Id = v.Id, Code = a.PublicCode, On = v.JudgedOn, LoggedAt = v.LoggedAt }, Base: "appeals.judged");

    public static readonly Figure Open = new("appeals.open", 1, ("尚未办结", "Appeals not closed"),
        ("到统计期最后一天，居民还没有表示满意的诉求，已答复未评价的也在内。", "Appeals for which, by the period's last day, the resident has not said satisfied; answered but not judged ones are among them."),
        ("件", "appeals"), FigureKind.State,
        (db, period, before) => from a in db.Set<Appeal>()
                                where a.FiledAt < before && a.FiledOn <= period.To
                                    && !db.Set<AppealVerdict>().Any(v => v.AppealId == a.Id && v.Satisfied && v.LoggedAt < before && v.JudgedOn <= period.To)
                                select new FigureRecord { Id = a.Id, Code = a.PublicCode, On = a.FiledOn, LoggedAt = a.FiledAt });

    public static readonly Figure Unanswered = new("appeals.unanswered", 1, ("等待答复", "Appeals waiting for an answer"),
        ("到统计期最后一天，提交后或表示不满意后还没有得到答复的诉求。", "Appeals that by the period's last day had no answer since they were filed or since the resident was dissatisfied."),
        ("件", "appeals"), FigureKind.State,
        (db, period, before) => from a in db.Set<Appeal>()
                                where a.FiledAt < before && a.FiledOn <= period.To
                                    && db.Set<AppealAnswer>().Count(x => x.AppealId == a.Id && x.LoggedAt < before && x.AnsweredOn <= period.To)
                                       == db.Set<AppealVerdict>().Count(v => v.AppealId == a.Id && !v.Satisfied && v.LoggedAt < before && v.JudgedOn <= period.To)
                                select new FigureRecord { Id = a.Id, Code = a.PublicCode, On = a.FiledOn, LoggedAt = a.FiledAt });

    public static readonly Figure Unjudged = new("appeals.unjudged", 1, ("等待评价", "Appeals waiting for a verdict"),
        ("到统计期最后一天，已经答复、居民还没有评价的诉求；不算满意。", "Appeals that by the period's last day were answered and the resident had not judged; they don't count as satisfied."),
        ("件", "appeals"), FigureKind.State,
        (db, period, before) => from a in db.Set<Appeal>()
                                where a.FiledAt < before && a.FiledOn <= period.To
                                    && db.Set<AppealAnswer>().Count(x => x.AppealId == a.Id && x.LoggedAt < before && x.AnsweredOn <= period.To)
                                       > db.Set<AppealVerdict>().Count(v => v.AppealId == a.Id && v.LoggedAt < before && v.JudgedOn <= period.To)
                                select new FigureRecord { Id = a.Id, Code = a.PublicCode, On = a.FiledOn, LoggedAt = a.FiledAt });

    public static IEnumerable<Figure> All => [Filed, Answered, Judged, Satisfied, Dissatisfied, Open, Unanswered, Unjudged];
}
