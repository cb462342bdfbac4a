using Hele.Civic.Kernel;
using Hele.Civic.Platform.Figures;
using Hele.Civic.Platform.Storage;

namespace Hele.Civic.Appeals;

/// <summary>
/// Every number the appeals room can state. Flows count immutable rows by their business date, so a past period answers the same for ever;
/// a rate always shows its base. A matter about conduct is counted like any other; its code, which leads whoever holds it to its state, is told to no reader of figures.
/// </summary>
public static class AppealFigures
{
    public static readonly Figure Filed = new("appeals.filed", 1, ("提交诉求", "Appeals filed"),
        ("居民在统计期内提出的诉求，以居民反映的日期为准，各种渠道都算。", "Appeals residents raised in the period, by the day they raised them, through any channel."),
        ("件", "appeals"), FigureKind.Flow,
        (db, period, before) => from a in db.Set<Appeal>()
                                where a.FiledAt < before && a.FiledOn >= period.From && a.FiledOn <= period.To
                                select new FigureRecord { Id = a.Id, Code = AppealKinds.Shielded.Contains(a.Kind) ? "" : a.PublicCode, On = a.FiledOn, LoggedAt = a.FiledAt });

    public static readonly Figure Answered = new("appeals.answered", 1, ("答复", "Answers given"),
        ("统计期内作出的答复；一件诉求重新办理后的答复另计一次。", "Answers given in the period; an appeal answered again counts again."),
        ("次", "answers"), FigureKind.Flow,
        (db, period, before) => from x in db.Set<AppealAnswer>()
                                join a in db.Set<Appeal>() on x.AppealId equals a.Id
                                where x.LoggedAt < before && x.AnsweredOn >= period.From && x.AnsweredOn <= period.To
                                select new FigureRecord { Id = x.Id, Code = AppealKinds.Shielded.Contains(a.Kind) ? "" : a.PublicCode, On = x.AnsweredOn, LoggedAt = x.LoggedAt });

    public static readonly Figure Judged = new("appeals.judged", 2, ("居民评价", "Verdicts given"),
        ("统计期内居民对答复作出的评价，满意与不满意都算；没有评价的不算满意，代录后居民提出异议的划去不计。", "Verdicts residents gave on answers in the period, satisfied or not; silence is never counted as satisfied, and one entered for a resident who then said it wasn't theirs is struck."),
        ("次", "verdicts"), FigureKind.Flow,
        (db, period, before) => from v in db.Set<AppealVerdict>()
                                join a in db.Set<Appeal>() on v.AppealId equals a.Id
                                where v.LoggedAt < before && (v.ContestedAt == null || v.ContestedAt >= before) && v.JudgedOn >= period.From && v.JudgedOn <= period.To
                                select new FigureRecord { Id = v.Id, Code = AppealKinds.Shielded.Contains(a.Kind) ? "" : a.PublicCode, On = v.JudgedOn, LoggedAt = v.LoggedAt }, Base: "appeals.answered");

    public static readonly Figure Satisfied = new("appeals.satisfied", 2, ("评价满意", "Satisfied verdicts"),
        ("统计期内的评价中，居民表示满意的。", "Of the verdicts given in the period, those that say satisfied."),
        ("次", "verdicts"), FigureKind.Flow,
        (db, period, before) => from v in db.Set<AppealVerdict>()
                                join a in db.Set<Appeal>() on v.AppealId equals a.Id
                                where v.Satisfied && v.LoggedAt < before && (v.ContestedAt == null || v.ContestedAt >= before) && v.JudgedOn >= period.From && v.JudgedOn <= period.To
                                select new FigureRecord { Id = v.Id, Code = AppealKinds.Shielded.Contains(a.Kind) ? "" : a.PublicCode, On = v.JudgedOn, LoggedAt = v.LoggedAt }, Base: "appeals.judged");

    public static readonly Figure Dissatisfied = new("appeals.dissatisfied", 2, ("评价不满意", "Dissatisfied verdicts"),
        ("统计期内的评价中，居民表示不满意的；诉求因此重新办理，到了规定的次数则公开分歧。", "Of the verdicts given in the period, those that say dissatisfied; each opened its appeal again, or, as often as the rule says, ended it as an open disagreement."),
        ("次", "verdicts"), FigureKind.Flow,
        (db, period, before) => from v in db.Set<AppealVerdict>()
                                join a in db.Set<Appeal>() on v.AppealId equals a.Id
                                where !v.Satisfied && v.LoggedAt < before && (v.ContestedAt == null || v.ContestedAt >= before) && v.JudgedOn >= period.From && v.JudgedOn <= period.To
                                select new FigureRecord { Id = v.Id, Code = AppealKinds.Shielded.Contains(a.Kind) ? "" : a.PublicCode, On = v.JudgedOn, LoggedAt = v.LoggedAt }, Base: "appeals.judged");

    public static readonly Figure Disagreed = new("appeals.disagreed", 2, ("公开分歧", "Open disagreements"),
        ("统计期内，居民第几次表示不满意已到规定次数、不再重新办理而公开双方意见的诉求；这些评价也算在不满意里。", "Appeals that in the period ended as open disagreements, because the resident was dissatisfied as often as the rule says; those verdicts count as dissatisfied too."),
        ("件", "appeals"), FigureKind.Flow,
        (db, period, before) => from v in db.Set<AppealVerdict>()
                                join a in db.Set<Appeal>() on v.AppealId equals a.Id
                                where v.EndsInDisagreement && v.LoggedAt < before && (v.ContestedAt == null || v.ContestedAt >= before) && v.JudgedOn >= period.From && v.JudgedOn <= period.To
                                select new FigureRecord { Id = v.Id, Code = AppealKinds.Shielded.Contains(a.Kind) ? "" : a.PublicCode, On = v.JudgedOn, LoggedAt = v.LoggedAt }, Base: "appeals.dissatisfied");

    public static readonly Figure Refused = Noted("appeals.refused", NoteKind.Refused, ("不予受理", "Refusals to accept"),
        ("统计期内作出的不予受理；居民可以提出异议，复核后受理的也计在内。", "Refusals given in the period; residents may contest them, and those accepted on review are among them."));

    public static readonly Figure Withdrawn = Noted("appeals.withdrawn", NoteKind.Withdrawn, ("居民撤回", "Withdrawals"),
        ("统计期内居民撤回诉求；后来重新提出的也计在内。", "Withdrawals by residents in the period; those taken up again later are among them."));

    public static readonly Figure NotLasting = Noted("appeals.not-lasting", NoteKind.NotSolved, ("再问时又没解决", "Found unsolved when asked again"),
        ("满意之后过了规定的日子再次询问，居民在统计期内说又没解决的；每一次都使诉求重新办理。没有回答的不计。", "Asked again some weeks after a satisfied verdict, residents said in the period that it did not hold; each opened its appeal again. No answer is counted as nothing."));

    public static readonly Figure Urgent = new("appeals.urgent", 1, ("急事", "Urgent matters"),
        ("统计期内开始计时的急事：提交时是急事的、后来改为急事的、撤回后又提出的。还没有回应、居民就撤回或查明不是急事的，时限之内的不计。", "Urgent matters whose hours began in the period: filed as one, found later to be one, or taken up again. Those withdrawn, or found not to be urgent, within the hours and before anybody responded are not counted."),
        ("件", "matters"), FigureKind.Flow,
        (db, period, before) => from u in UrgentIn(db, period, before)
                                join a in db.Set<Appeal>() on u.AppealId equals a.Id
                                select new FigureRecord { Id = u.Id, Code = AppealKinds.Shielded.Contains(a.Kind) ? "" : a.PublicCode, On = u.BegunOn, LoggedAt = u.BegunAt });

    public static readonly Figure UrgentInTime = new("appeals.urgent-in-time", 1, ("急事及时回应", "Urgent matters responded to in time"),
        ("统计期内的急事中，在规定的小时数之内有人回应的：先回了话、受理、不予受理，或并入正在办的一件。还在时限之内、没有回应的也在急事里。", "Of the urgent matters of the period, those somebody responded to within the hours of the rule: by a line to the resident, by accepting or refusing it, or by merging it into one that is handled. Those whose hours still run count as urgent all the same."),
        ("件", "matters"), FigureKind.Flow,
        (db, period, before) => from u in UrgentIn(db, period, before)
                                join a in db.Set<Appeal>() on u.AppealId equals a.Id
                                where u.RespondedAt < before && u.RespondedAt <= u.RespondBy
                                select new FigureRecord { Id = u.Id, Code = AppealKinds.Shielded.Contains(a.Kind) ? "" : a.PublicCode, On = u.BegunOn, LoggedAt = u.BegunAt }, Base: "appeals.urgent");

    public static readonly Figure Open = new("appeals.open", 3, ("尚未办结", "Appeals not closed"),
        ("到统计期最后一天还要办的诉求：居民没有表示满意（或再问时说又没解决），也没有不予受理、撤回、并案或公开分歧。已答复未评价的在内；并案的跟着那一件，不另计。", "Appeals with something left to do on the period's last day: the resident has not said satisfied (or said it did not hold), and it isn't refused, withdrawn, merged into another or an open disagreement. Answered but not judged ones are among them; a merged one goes with the other and isn't counted beside it."),
        ("件", "appeals"), FigureKind.State,
        (db, period, before) => from a in OpenAt(db, period, before)
                                select new FigureRecord { Id = a.Id, Code = AppealKinds.Shielded.Contains(a.Kind) ? "" : a.PublicCode, On = a.FiledOn, LoggedAt = a.FiledAt });

    public static readonly Figure Unanswered = new("appeals.unanswered", 3, ("等待答复", "Appeals waiting for an answer"),
        ("到统计期最后一天尚未办结、也没有一次答复在等评价的诉求。", "Appeals not closed on the period's last day of which no answer is waiting for a verdict."),
        ("件", "appeals"), FigureKind.State,
        (db, period, before) =>
        {
            var unjudged = UnjudgedAt(db, period, before).Select(x => x.AppealId);
            return from a in OpenAt(db, period, before)
                   where !unjudged.Contains(a.Id)
                   select new FigureRecord { Id = a.Id, Code = AppealKinds.Shielded.Contains(a.Kind) ? "" : a.PublicCode, On = a.FiledOn, LoggedAt = a.FiledAt };
        });

    public static readonly Figure Unjudged = new("appeals.unjudged", 3, ("等待评价", "Appeals waiting for a verdict"),
        ("到统计期最后一天，已经答复、居民还没有评价的诉求；不算满意。答复之后上报街道或撤回的不在内。", "Appeals that by the period's last day were answered and the resident had not judged; they don't count as satisfied. Those referred up or withdrawn after the answer are not among them."),
        ("件", "appeals"), FigureKind.State,
        (db, period, before) =>
        {
            var unjudged = UnjudgedAt(db, period, before).Select(x => x.AppealId);
            return from a in OpenAt(db, period, before)
                   where unjudged.Contains(a.Id)
                   select new FigureRecord { Id = a.Id, Code = AppealKinds.Shielded.Contains(a.Kind) ? "" : a.PublicCode, On = a.FiledOn, LoggedAt = a.FiledAt };
        });

    public static readonly Figure Struck = new("appeals.struck", 1, ("代录的评价有异议", "Entered verdicts contested"),
        ("统计期内，居民说明代录的评价不是自己意思的；这些评价划去，不计入居民评价、满意和不满意。", "Verdicts entered for residents who in the period said that they weren't theirs; they are struck, and counted neither as verdicts nor as satisfied or dissatisfied."),
        ("次", "verdicts"), FigureKind.Flow,
        (db, period, before) => from v in db.Set<AppealVerdict>()
                                join a in db.Set<Appeal>() on v.AppealId equals a.Id
                                where v.ContestedAt < before && v.ContestedOn >= period.From && v.ContestedOn <= period.To
                                select new FigureRecord { Id = v.Id, Code = AppealKinds.Shielded.Contains(a.Kind) ? "" : a.PublicCode, On = v.ContestedOn!.Value, LoggedAt = v.ContestedAt!.Value });

    public static IEnumerable<Figure> All => [Filed, Answered, Judged, Satisfied, Dissatisfied, Disagreed, Struck, Refused, Withdrawn, NotLasting, Urgent, UrgentInTime, Open, Unanswered, Unjudged];

    private static IQueryable<AppealUrgency> UrgentIn(HeleDb db, Period period, DateTimeOffset before) => db.Set<AppealUrgency>()
        .Where(u => u.BegunAt < before && u.BegunOn >= period.From && u.BegunOn <= period.To && (u.EndedAt == null || u.EndedAt >= before || u.EndedAt > u.RespondBy));

    /// <summary>A count of one kind of note.</summary>
    private static Figure Noted(string id, NoteKind kind, Bilingual title, Bilingual definition) => new(id, 1, title, definition, ("次", "times"), FigureKind.Flow,
        (db, period, before) => from n in db.Set<AppealNote>()
                                join a in db.Set<Appeal>() on n.AppealId equals a.Id
                                where n.Kind == kind && n.LoggedAt < before && n.SaidOn >= period.From && n.SaidOn <= period.To
                                select new FigureRecord { Id = n.Id, Code = AppealKinds.Shielded.Contains(a.Kind) ? "" : a.PublicCode, On = n.SaidOn, LoggedAt = n.LoggedAt });

    /// <summary>
    /// Appeals with something left to do on a day, by counting what stands: each verdict that closes does so until it is said not to hold, by whoever filed it or by somebody who joined, each withdrawal until it is
    /// taken up again, each merging until it is split off, each refusal until it is contested, and again when it is upheld.
    /// </summary>
    private static IQueryable<Appeal> OpenAt(HeleDb db, Period period, DateTimeOffset before)
    {
        var notes = db.Set<AppealNote>().Where(n => n.LoggedAt < before && n.SaidOn <= period.To);
        var verdicts = db.Set<AppealVerdict>().Where(v => v.LoggedAt < before && v.JudgedOn <= period.To && (v.ContestedAt == null || v.ContestedAt >= before || v.ContestedOn > period.To));
        // Each of these is read once and not once for every appeal.
        var solved = verdicts.Where(v => v.Closes).Select(v => new { v.AppealId, Counts = 1 })
            .Concat(verdicts.Where(v => v.ReopensClosed && verdicts.Any(c => c.AppealId == v.AppealId && c.Closes && c.Round == v.Round)).Select(v => new { v.AppealId, Counts = -1 }))
            .Concat(notes.Where(n => n.Kind == NoteKind.NotSolved).Select(n => new { n.AppealId, Counts = -1 }))
            .GroupBy(x => x.AppealId).Where(g => g.Sum(x => x.Counts) > 0).Select(g => g.Key);
        var disagreed = verdicts.Where(v => v.EndsInDisagreement).Select(v => v.AppealId);
        var ended = notes.Where(n => n.Kind == NoteKind.Withdrawn || n.Kind == NoteKind.Resumed || n.Kind == NoteKind.Merged || n.Kind == NoteKind.Split || n.Kind == NoteKind.Refused || n.Kind == NoteKind.Upheld || n.Kind == NoteKind.Contested)
            .GroupBy(n => n.AppealId).Where(g =>
                g.Sum(n => n.Kind == NoteKind.Withdrawn ? 1 : n.Kind == NoteKind.Resumed ? -1 : 0) > 0
                || g.Sum(n => n.Kind == NoteKind.Merged ? 1 : n.Kind == NoteKind.Split ? -1 : 0) > 0
                || g.Sum(n => n.Kind == NoteKind.Refused || n.Kind == NoteKind.Upheld ? 1 : n.Kind == NoteKind.Contested ? -1 : 0) > 0).Select(g => g.Key);
        return db.Set<Appeal>().Where(a => a.FiledAt < before && a.FiledOn <= period.To && !solved.Contains(a.Id) && !disagreed.Contains(a.Id) && !ended.Contains(a.Id));
    }

    /// <summary>Answers that on a day wait for the resident's word: not judged, and the matter neither went up nor was withdrawn after them.</summary>
    private static IQueryable<AppealAnswer> UnjudgedAt(HeleDb db, Period period, DateTimeOffset before)
    {
        var verdicts = db.Set<AppealVerdict>().Where(v => v.LoggedAt < before && v.JudgedOn <= period.To && (v.ContestedAt == null || v.ContestedAt >= before || v.ContestedOn > period.To));
        var gone = db.Set<AppealReferral>().Where(r => r.LoggedAt < before && r.ReferredOn <= period.To);
        var withdrawn = db.Set<AppealNote>().Where(n => n.Kind == NoteKind.Withdrawn && n.LoggedAt < before && n.SaidOn <= period.To);
        return db.Set<AppealAnswer>().Where(x => x.LoggedAt < before && x.AnsweredOn <= period.To
            && !verdicts.Any(v => v.AppealId == x.AppealId && v.Round == x.Round && (v.JoinId == null || v.Closes || !v.Satisfied))
            && !gone.Any(r => r.AppealId == x.AppealId && r.Round == x.Round)
            && !withdrawn.Any(n => n.AppealId == x.AppealId && n.Round == x.Round));
    }
}
