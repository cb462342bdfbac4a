using Hele.Civic.Kernel;
using Hele.Civic.Platform;
using Hele.Civic.Platform.Storage;

namespace Hele.Civic.Reports;

/// <summary>What kind of record a story is told from.</summary>
public enum StorySource
{
    /// <summary>A matter with its answer, judged satisfied by whoever raised it.</summary>
    Appeal,

    /// <summary>Thanks that a second person checked.</summary>
    Thanks,

    /// <summary>A household, for one of its people.</summary>
    Household,
}

/// <summary>How whoever a story is about agreed to it.</summary>
public enum ConsentWay
{
    /// <summary>Themselves, signed in.</summary>
    Online,

    /// <summary>On paper, signed before somebody of the community who keeps it.</summary>
    Paper,
}

public enum StoryState
{
    /// <summary>Written; whoever it is about hasn't agreed.</summary>
    Draft,

    /// <summary>They agreed to these words; a second reader has to read them.</summary>
    Waiting,

    /// <summary>It stands in the report.</summary>
    Standing,

    /// <summary>Whoever it is about said no, or took their consent back: its text is destroyed.</summary>
    Withdrawn,

    /// <summary>The community gave it up before it stood anywhere: its text is destroyed.</summary>
    Dropped,
}

/// <summary>
/// 案例: a story for the report, told from one record, with the consent of whoever it is about, without names, read by a second person. Until it stands its text is sealed; what doesn't come to stand is destroyed.
/// </summary>
public sealed class ReportStory : Owned
{
    public const int TextLength = 600, ReasonLength = 200, MaskedLength = 30;

    public const string Write = "write", Edit = "edit", Agree = "agree", Approve = "approve", SendBack = "send-back", Withdraw = "withdraw", Drop = "drop";

    /// <summary>The life cycle: entity, buttons, diagram and test read this table.</summary>
    public static readonly Transitions<StoryState> LifeCycle = new("story", ("报告里的案例", "Story for the report"),
        new Dictionary<StoryState, Bilingual>
        {
            [StoryState.Draft] = ("草稿，等当事人同意", "Draft, waiting for consent"),
            [StoryState.Waiting] = ("当事人已同意，等第二个人看", "Agreed to, waiting for a second reader"),
            [StoryState.Standing] = ("可以写进报告", "Stands in the report"),
            [StoryState.Withdrawn] = ("当事人不同意或已撤回", "Consent refused or taken back"),
            [StoryState.Dropped] = ("不写了", "Given up"),
        },
        [
            (null, Write, StoryState.Draft, StoryAccess.Write, ("一条记录；没有姓名和住址的文字", "a record; words without names and addresses"), null),
            (StoryState.Draft, Edit, StoryState.Draft, StoryAccess.Write, ("改过的文字", "changed words"), null),
            (StoryState.Draft, Agree, StoryState.Waiting, StoryAccess.Own, ("当事人本人的意思", "the word of whoever it is about"), null),
            (StoryState.Waiting, Approve, StoryState.Standing, StoryAccess.Check, ("另一个人，看过同意的文字", "another person, who read the words agreed to"), null),
            (StoryState.Waiting, SendBack, StoryState.Draft, StoryAccess.Check, ("另一个人；原因；改了要重新征求同意", "another person; a reason; changed words are agreed to anew"), null),
            (StoryState.Draft, Withdraw, StoryState.Withdrawn, StoryAccess.Own, ("当事人本人的意思", "the word of whoever it is about"), null),
            (StoryState.Waiting, Withdraw, StoryState.Withdrawn, StoryAccess.Own, ("当事人本人的意思", "the word of whoever it is about"), null),
            (StoryState.Standing, Withdraw, StoryState.Withdrawn, StoryAccess.Own, ("当事人本人的意思", "the word of whoever it is about"), null),
            (StoryState.Draft, Drop, StoryState.Dropped, StoryAccess.Write, ("原因", "a reason"), null),
            (StoryState.Waiting, Drop, StoryState.Dropped, StoryAccess.Write, ("原因", "a reason"), null),
        ]);

    public string PublicCode { get; init; } = Kernel.PublicCode.New().Text;

    public required StorySource Source { get; init; }
    public Guid? AppealId { get; init; }
    public Guid? ThanksId { get; init; }
    public Guid? HouseholdId { get; init; }

    /// <summary>Whoever it is about, where the register knows them: they agree and take it back themselves. Null for somebody who signs on paper only.</summary>
    public Guid? SubjectId { get; private set; }

    /// <summary>刘某: how the story calls them.</summary>
    public string? SubjectMasked { get; private set; }

    /// <summary>Where it stands in the report: a code of <see cref="ReportPlaces"/>.</summary>
    public required string Place { get; set; }

    /// <summary>The day of the record: it stands in the reports of periods that hold it.</summary>
    public required DateOnly HappenedOn { get; init; }

    public required Guid WrittenByPostId { get; init; }
    public required DateOnly WrittenOn { get; init; }
    public required DateTimeOffset LoggedAt { get; init; }

    public StoryState State { get; private set; }

    /// <summary>The words, while they don't stand yet.</summary>
    public byte[]? TextSealed { get; private set; }

    /// <summary>What the words are compared by: those that are approved are those that were agreed to.</summary>
    public byte[]? TextIndex { get; private set; }

    /// <summary>The words as the report has them.</summary>
    public string? PublicText { get; set; }

    public ConsentWay? Consent { get; private set; }
    public DateOnly? ConsentOn { get; private set; }

    /// <summary>The post that has the signed paper; null where they agreed themselves.</summary>
    public Guid? ConsentTakenByPostId { get; private set; }

    /// <summary>The second reader's post.</summary>
    public Guid? CheckedByPostId { get; private set; }
    public DateOnly? ApprovedOn { get; private set; }

    /// <summary>When it came to stand; a closed period's report has those that stood by then.</summary>
    public DateTimeOffset? ApprovedAt { get; private set; }

    /// <summary>Why the second reader sent it back, or it was given up.</summary>
    public string? Reason { get; set; }

    public DateOnly? EndedOn { get; private set; }
    public DateTimeOffset? EndedAt { get; private set; }

    public void About(Guid? subject, string? masked) => (SubjectId, SubjectMasked) = (subject, masked);

    public void Word(byte[] words, byte[] index) => (TextSealed, TextIndex) = (words, index);

    public Problem? EditTo(string place)
    {
        if (Move(Edit) is { } problem)
            return problem;
        (Place, Reason) = (place, null);
        return null;
    }

    public Problem? AgreeTo(ConsentWay way, DateOnly on, Guid? takenBy)
    {
        if (Move(Agree) is { } problem)
            return problem;
        (Consent, ConsentOn, ConsentTakenByPostId, Reason) = (way, on, takenBy, null);
        return null;
    }

    public Problem? ApproveIt(string text, Guid post, DateOnly on, DateTimeOffset at)
    {
        if (Move(Approve) is { } problem)
            return problem;
        (PublicText, TextSealed, TextIndex, CheckedByPostId, ApprovedOn, ApprovedAt) = (text, null, null, post, on, at);
        return null;
    }

    public Problem? SendItBack(string reason, Guid post)
    {
        if (Move(SendBack) is { } problem)
            return problem;
        (Reason, CheckedByPostId, Consent, ConsentOn, ConsentTakenByPostId) = (reason, post, null, null, null);
        return null;
    }

    public Problem? TakeBack(DateOnly on, DateTimeOffset at)
    {
        if (Move(Withdraw) is { } problem)
            return problem;
        (EndedOn, EndedAt) = (on, at);
        return null;
    }

    public Problem? GiveUp(string reason, DateOnly on, DateTimeOffset at)
    {
        if (Move(Drop) is { } problem)
            return problem;
        (Reason, EndedOn, EndedAt) = (reason, on, at);
        return null;
    }

    /// <summary>That there was one stays; what it said goes.</summary>
    public void Empty() => (TextSealed, TextIndex, PublicText, SubjectMasked) = (null, null, null, null);

    /// <summary>The data of whoever it is about are destroyed: their story goes with them.</summary>
    public void Erase(DateOnly on)
    {
        if (LifeCycle.Find(State, Withdraw) is not null)
            // When the day is over: what was closed earlier on that day told it.
            TakeBack(on, China.At(on.AddDays(1)));
        Empty();
        (SubjectId, Reason) = (null, null);
    }

    private Problem? Move(string act)
    {
        if (LifeCycle.Find(State, act) is not { } line)
            return StoryProblems.NotNow.With(LifeCycle.StateTitle(State));
        State = Enum.Parse<StoryState>(line.To);
        return null;
    }
}
