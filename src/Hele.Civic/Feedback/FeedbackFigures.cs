using Hele.Civic.Platform.Figures;
using Hele.Civic.Platform.Storage;

namespace Hele.Civic.Feedback;

/// <summary>The numbers of what is said about Hele. Each opens its list.</summary>
public static class FeedbackFigures
{
    public static readonly Figure Filed = new("feedback.filed", 1, ("对和乐的意见", "Notes about Hele"),
        ("统计期内对和乐提出的意见，登录的、没登录的都算。", "What was said about Hele in the period, signed in or not."),
        ("条", "notes"), FigureKind.Flow,
        (db, period, before) => from n in db.Set<FeedbackNote>()
                                where n.FiledAt < before && n.FiledOn >= period.From && n.FiledOn <= period.To
                                select new FigureRecord { Id = n.Id, Code = n.PublicCode, On = n.FiledOn, LoggedAt = n.FiledAt }) { Record = typeof(FeedbackNote) };

    public static readonly Figure Answered = new("feedback.answered", 1, ("意见的答复", "Answers to notes about Hele"),
        ("统计期内对这些意见作出的答复；不公开内容而说明了原因的也算，再次答复另计一次。", "Answers given in the period; those that leave the words unpublished and say why are among them, and a second answer counts again."),
        ("次", "answers"), FigureKind.Flow,
        (db, period, before) => from a in db.Set<FeedbackAnswer>()
                                join n in db.Set<FeedbackNote>() on a.NoteId equals n.Id
                                where a.LoggedAt < before && a.AnsweredOn >= period.From && a.AnsweredOn <= period.To
                                select new FigureRecord { Id = a.Id, Code = n.PublicCode, On = a.AnsweredOn, LoggedAt = a.LoggedAt }) { Record = typeof(FeedbackNote) };

    public static IEnumerable<Figure> All => [Filed, Answered];
}
