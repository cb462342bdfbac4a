using Hele.Civic.Kernel;
using Hele.Civic.Platform;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.Feedback;

/// <summary>Notes that wait for whoever answers them; one's own waits for somebody else.</summary>
internal static class FeedbackDay
{
    /// <summary>Characters of a note that a list shows.</summary>
    private const int Head = 30;

    private static readonly Bilingual ToAnswer = ("公开答复对和乐的意见", "Answer in public what was said about Hele"), ToAnswerAgain = ("提意见的人不认可答复，再答一次", "Answer once more: the first answer was contested");

    public static async Task<IReadOnlyList<DayItem>> Of(HeleDb db, Viewer viewer, DateOnly today, CancellationToken cancel)
    {
        if (viewer.PostFor(FeedbackAccess.Answer) is null)
            return [];
        var person = viewer.PersonId;
        var notes = await FeedbackAccess.Visible(viewer, db.Set<FeedbackNote>()).Where(n => FeedbackNote.Waiting.Contains(n.State) && n.SenderId != person)
            .OrderBy(n => n.DueOn).Select(n => new { n.PublicCode, n.Text, n.Page, n.State, n.DueOn }).ToListAsync(cancel);
        return [.. notes.Select(n => new DayItem(typeof(FeedbackNote), n.PublicCode, Short(n.Text), n.Page, n.State == FeedbackState.Filed ? ToAnswer : ToAnswerAgain, n.DueOn))];
    }

    internal static string Short(string text) => ChineseText.Head(text, Head);
}
