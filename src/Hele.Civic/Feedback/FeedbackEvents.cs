using Hele.Civic.Platform.Journal;

namespace Hele.Civic.Feedback;

public static class FeedbackEvents
{
    public static readonly EventKind Filed = new("feedback.filed", ("对和乐提了意见", "Said something about Hele"));
    public static readonly EventKind Answered = new("feedback.answered", ("公开答复了对和乐的意见", "Answered in public what was said about Hele"));
    public static readonly EventKind SetAside = new("feedback.set-aside", ("不公开意见的内容，说明了原因", "Left the words unpublished, with the reason"));
    public static readonly EventKind Contested = new("feedback.contested", ("不认可答复，请求再答", "Contested the answer"));
    public static readonly EventKind AnswerWritten = new("feedback.answer-written", ("写下公开的答复", "Wrote the public answer"));
    public static readonly EventKind Reworded = new("feedback.reworded", ("改了公开的说法", "Put the published wording right"));
    public static readonly EventKind Erased = new("feedback.erased", ("删除了意见的原文", "Erased the words of a note"), Whole: true);

    public static IEnumerable<EventKind> All => [Filed, Answered, SetAside, Contested, AnswerWritten, Reworded, Erased];
}
