using Hele.Civic.Kernel;
using Hele.Civic.Platform.Notices;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.Feedback;

/// <summary>Whoever said something about Hele and asked to be told is told of its answer.</summary>
internal static class FeedbackNotices
{
    private static readonly NoticeGroup Answers = new("feedback", ("对和乐的意见的答复", "Answers to what you said about Hele"), ("您提意见时勾了“告诉我”的", "Where you ticked “tell me”"), NoticeWay.AtOnce);

    private static readonly NoticeSubject Note = new(typeof(FeedbackNote), async (db, viewer, codes, cancel) =>
        (await FeedbackAccess.Visible(viewer, db.Set<FeedbackNote>()).Where(n => codes.Contains(n.PublicCode)).Select(n => new { n.PublicCode, n.Text }).ToListAsync(cancel)).ToDictionary(n => n.PublicCode, n => FeedbackDay.Short(n.Text)));

    public static IEnumerable<NoticeSource> All =>
    [
        new(FeedbackEvents.Answered, Answers, Note, ("您对和乐的意见有了答复", "What you said about Hele was answered"), Sender),
        new(FeedbackEvents.SetAside, Answers, Note, ("您对和乐的意见看过了，内容不公开，看原因", "What you said about Hele was read and isn't published: see why"), Sender),
    ];

    private static Task<NoticeTo> Sender(HeleDb db, Owned row) => Task.FromResult(row is FeedbackNote { WantsToBeTold: true } note ? new NoticeTo(note.SenderId, note.PublicCode) : default);
}
