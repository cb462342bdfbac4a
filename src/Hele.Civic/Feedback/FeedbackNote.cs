using System.Text.RegularExpressions;
using Hele.Civic.Kernel;
using Hele.Civic.Platform;
using Hele.Civic.Platform.Storage;

namespace Hele.Civic.Feedback;

/// <summary>What somebody has to say about Hele.</summary>
public enum FeedbackKind
{
    Complaint,
    Wish,
    Broken,

    /// <summary>Too much to fill in: what 为基层减负 asks to be told first.</summary>
    Burden,
}

public enum FeedbackState
{
    Filed,
    Answered,
    SetAside,
    Contested,
    AnsweredAgain,
    SetAsideAgain,
}

/// <summary>Why the words of a note stay unpublished.</summary>
public enum AsideReason
{
    /// <summary>It is about something else; whoever wrote it is told where that goes.</summary>
    NotAboutHele,

    /// <summary>Nothing but abuse, or nothing that can be read.</summary>
    NothingToAnswer,

    /// <summary>It can't be told without somebody's personal data.</summary>
    OnlyPersonal,
}

/// <summary>意见: a complaint or a wish about Hele itself, from any page, by anybody. Its words are not public; what whoever answers publishes of them is.</summary>
public sealed partial class FeedbackNote : Owned
{
    public const int TextLength = 1000, ContestLength = 500, PageLength = 120;
    public const string File = "file", Answer = "answer", SetAside = "set-aside", Contest = "contest";

    /// <summary>The rule its day comes from.</summary>
    public const string Rule = "feedback.answer";

    /// <summary>The life cycle: entity, buttons, diagram and test read this table.</summary>
    public static readonly Transitions<FeedbackState> LifeCycle = new("feedback", ("对和乐的意见", "What is said about Hele"),
        new Dictionary<FeedbackState, Bilingual>
        {
            [FeedbackState.Filed] = ("待答复", "Waiting for an answer"),
            [FeedbackState.Answered] = ("已答复", "Answered"),
            [FeedbackState.SetAside] = ("内容不公开", "Words not published"),
            [FeedbackState.Contested] = ("不认可，待再答", "Contested, to be answered again"),
            [FeedbackState.AnsweredAgain] = ("已再次答复", "Answered again"),
            [FeedbackState.SetAsideAgain] = ("再看后仍不公开", "Still not published"),
        },
        [
            (null, File, FeedbackState.Filed, FeedbackAccess.File, ("一句话", "a sentence"), Rule),
            (FeedbackState.Filed, Answer, FeedbackState.Answered, FeedbackAccess.Answer, ("公开的说法、答复", "the wording for the public, the answer"), null),
            (FeedbackState.Filed, SetAside, FeedbackState.SetAside, FeedbackAccess.Answer, ("原因和说明", "reason and explanation"), null),
            (FeedbackState.Answered, Contest, FeedbackState.Contested, FeedbackAccess.Contest, ("一句话，只能一次", "a sentence, once"), Rule),
            (FeedbackState.SetAside, Contest, FeedbackState.Contested, FeedbackAccess.Contest, ("一句话，只能一次", "a sentence, once"), Rule),
            (FeedbackState.Contested, Answer, FeedbackState.AnsweredAgain, FeedbackAccess.Answer, ("公开的说法、答复", "the wording for the public, the answer"), null),
            (FeedbackState.Contested, SetAside, FeedbackState.SetAsideAgain, FeedbackAccess.Answer, ("原因和说明", "reason and explanation"), null),
        ]);

    /// <summary>States in which an answer is owed.</summary>
    public static readonly IReadOnlyList<FeedbackState> Waiting = [FeedbackState.Filed, FeedbackState.Contested];

    /// <summary>Random code by which it is found, also by whoever wrote it without signing in.</summary>
    public string PublicCode { get; init; } = Kernel.PublicCode.New().Text;

    public required FeedbackKind Kind { get; init; }

    /// <summary>The page it was written from, as a path without anybody's code (<see cref="PageOf"/>); null where that isn't known.</summary>
    public string? Page { get; init; }

    /// <summary>Whoever wrote it, when they were signed in. Shown to nobody: the answer goes to what was said.</summary>
    public Guid? SenderId { get; init; }

    /// <summary>As it was written. Read by the sender and by those who answer, published never.</summary>
    public required string Text { get; set; }

    /// <summary>The sender wants to be told when it is answered.</summary>
    public required bool WantsToBeTold { get; init; }

    public required DateOnly FiledOn { get; init; }
    public required DateTimeOffset FiledAt { get; init; }

    /// <summary>Last day of the answer that is owed; null when none is.</summary>
    public DateOnly? DueOn { get; private set; }

    /// <summary>What the sender said against the first answer; not public either.</summary>
    public string? ContestText { get; set; }

    public DateOnly? ContestedOn { get; private set; }

    /// <summary>The day of the last answer: from then on the words are kept for a time only. Null while an answer is owed.</summary>
    public DateOnly? AnsweredOn { get; private set; }

    /// <summary>How many answers it has had.</summary>
    public int Round { get; private set; }

    public FeedbackState State { get; private set; }

    /// <summary>Starts the first clock; the state is Filed from birth.</summary>
    public void StartClock(DateOnly due) => DueOn = due;

    /// <param name="published">False when its words are set aside.</param>
    public Problem? AnswerIt(bool published, DateOnly on)
    {
        if (Move(published ? Answer : SetAside) is { } problem)
            return problem;
        (Round, AnsweredOn, DueOn) = (Round + 1, on, null);
        return null;
    }

    public Problem? ContestIt(string words, DateOnly on, DateOnly due)
    {
        if (Move(Contest) is { } problem)
            return problem;
        (ContestText, ContestedOn, AnsweredOn, DueOn) = (words, on, null, due);
        return null;
    }

    /// <summary>That something was said and answered stays; the words as they were written go.</summary>
    public void Erase() => (Text, ContestText) = ("", null);

    private Problem? Move(string act)
    {
        if (LifeCycle.Find(State, act) is not { } line)
            return FeedbackProblems.NotNow.With(LifeCycle.StateTitle(State));
        State = Enum.Parse<FeedbackState>(line.To);
        return null;
    }

    /// <summary>
    /// Which page a local address is, and nothing of what was looked at there: without what was searched for, and with a star where a record's code or a long number
    /// stood. Null for what is no address of a page.
    /// </summary>
    public static string? PageOf(string? address)
    {
        var path = (address ?? "").Split('?', '#')[0];
        if (!Address().IsMatch(path))
            return null;
        var page = string.Join('/', path.Split('/').Select(part => Kernel.PublicCode.TryParse(part, out _) || Guid.TryParse(part, out _) || LongNumber().IsMatch(part) ? "*" : part));
        return page.Length <= PageLength ? page : null;
    }

    [GeneratedRegex(@"^/(?!/)[A-Za-z0-9._~/*-]*$")]
    private static partial Regex Address();

    [GeneratedRegex(@"\d{5}")]
    private static partial Regex LongNumber();
}

/// <summary>An answer to a note, with what was published of it. The words for the public can be put right later; everything else stands for good.</summary>
public sealed class FeedbackAnswer : Owned
{
    public const int AskedLength = 1000, TextLength = 1000, ChangedLength = 300;

    public required Guid NoteId { get; init; }
    public required int Round { get; init; }

    /// <summary>Why nothing is published of what was said; null when it is.</summary>
    public AsideReason? Aside { get; init; }

    /// <summary>What was said, in the words of whoever answered: without anybody's personal data.</summary>
    public string? Asked { get; private set; }

    public required string Text { get; init; }

    /// <summary>What was changed in Hele because of it; null for nothing.</summary>
    public string? Changed { get; init; }

    /// <summary>The post it was given in.</summary>
    public required Guid PostId { get; init; }

    public required DateOnly AnsweredOn { get; init; }
    public required DateTimeOffset LoggedAt { get; init; }

    public void Reword(string? asked) => Asked = asked;
}
