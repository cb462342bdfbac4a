using Hele.Civic.Kernel;
using Hele.Civic.Platform;
using Hele.Civic.Platform.Storage;

namespace Hele.Civic.Disclosures;

public enum DisclosureState
{
    /// <summary>Written, and waits to be checked by somebody else.</summary>
    Waiting,
    Returned,
    Checked,

    /// <summary>Up. Whether its time is over says the clock, not this: the archive follows.</summary>
    Shown,
    Archived,

    /// <summary>Taken down before its time, which stays visible as such.</summary>
    Withdrawn,

    /// <summary>Never put up.</summary>
    Dropped,
}

/// <summary>Why it was taken down before its time.</summary>
public enum WithdrawReason
{
    /// <summary>It shows something about somebody that isn't to be shown.</summary>
    PersonalData,

    /// <summary>It was put up by mistake, or about something that isn't so.</summary>
    Mistake,

    /// <summary>A court or an authority ordered it.</summary>
    Ordered,
}

/// <summary>居务公开, or a 公示: what the committee must put before its residents, for how long, and what became of it.</summary>
public sealed class Disclosure : Owned
{
    public const int TitleLength = 60, WhereLength = 200, ReasonLength = 200;

    /// <summary>The longest one stays up.</summary>
    public const int MostDays = 366;

    public const string Draft = "draft", Edit = "edit", Drop = "drop", Check = "check", Return = "return", Publish = "publish", Propose = "propose", Correct = "correct", Refuse = "refuse", Withdraw = "withdraw", End = "end";

    /// <summary>The life cycle: entity, buttons, diagram and test read this table.</summary>
    public static readonly Transitions<DisclosureState> LifeCycle = new("disclosure", ("居务公开", "Disclosures"),
        new Dictionary<DisclosureState, Bilingual>
        {
            [DisclosureState.Waiting] = ("待核对", "Waiting to be checked"),
            [DisclosureState.Returned] = ("退回修改", "Sent back"),
            [DisclosureState.Checked] = ("核对过，待公布", "Checked, to be put up"),
            [DisclosureState.Shown] = ("公开中", "Up"),
            [DisclosureState.Archived] = ("期满归档", "Archived"),
            [DisclosureState.Withdrawn] = ("提前撤下", "Taken down early"),
            [DisclosureState.Dropped] = ("没有公布，作废", "Dropped"),
        },
        [
            (null, Draft, DisclosureState.Waiting, DisclosureAccess.Write, ("这一类规定的内容", "the fields of its kind"), null),
            (DisclosureState.Waiting, Edit, DisclosureState.Waiting, DisclosureAccess.Write, ("修改后的内容", "the changed text"), null),
            (DisclosureState.Returned, Edit, DisclosureState.Waiting, DisclosureAccess.Write, ("修改后的内容", "the changed text"), null),
            (DisclosureState.Checked, Edit, DisclosureState.Waiting, DisclosureAccess.Write, ("修改后的内容，要重新核对", "the changed text, to be checked anew"), null),
            (DisclosureState.Waiting, Drop, DisclosureState.Dropped, DisclosureAccess.Write, ("原因", "a reason"), null),
            (DisclosureState.Returned, Drop, DisclosureState.Dropped, DisclosureAccess.Write, ("原因", "a reason"), null),
            (DisclosureState.Checked, Drop, DisclosureState.Dropped, DisclosureAccess.Write, ("原因", "a reason"), null),
            (DisclosureState.Waiting, Check, DisclosureState.Checked, DisclosureAccess.Check, ("另一个人", "another person"), null),
            (DisclosureState.Waiting, Return, DisclosureState.Returned, DisclosureAccess.Check, ("另一个人；原因", "another person; a reason"), null),
            (DisclosureState.Checked, Publish, DisclosureState.Shown, DisclosureAccess.Write, ("贴在哪里、到哪一天", "where it hangs and until when"), "affairs.disclosure.min"),
            (DisclosureState.Shown, Propose, DisclosureState.Shown, DisclosureAccess.Write, ("更正的内容和原因", "the corrected text and why"), null),
            (DisclosureState.Shown, Correct, DisclosureState.Shown, DisclosureAccess.Check, ("另一个人", "another person"), "affairs.disclosure.min"),
            (DisclosureState.Shown, Refuse, DisclosureState.Shown, DisclosureAccess.Check, ("原因", "a reason"), null),
            (DisclosureState.Shown, Withdraw, DisclosureState.Withdrawn, DisclosureAccess.Withdraw, ("原因，一直看得到", "a reason, which stays visible"), null),
            (DisclosureState.Shown, End, DisclosureState.Archived, DisclosureAccess.Write, ("公开的时间已满，由系统办", "its time is over; the system does it"), null),
        ]);

    public string PublicCode { get; init; } = Kernel.PublicCode.New().Text;

    /// <summary>A code of data/disclosure-kinds.csv.</summary>
    public required string Kind { get; init; }

    /// <summary>The period it is about; null where its kind comes with an event.</summary>
    public DateOnly? CoversFrom { get; init; }

    /// <inheritdoc cref="CoversFrom"/>
    public DateOnly? CoversTo { get; init; }

    /// <summary>Null for kinds with personal data: a title would be the one place nobody checks field by field.</summary>
    public string? Title { get; private set; }

    public required DateOnly WrittenOn { get; init; }
    public required DateTimeOffset LoggedAt { get; init; }

    /// <summary>Who wrote what stands in it now.</summary>
    public required Guid WrittenByPostId { get; set; }

    public DisclosureState State { get; private set; }

    /// <summary>Counts every change, so that who opened it before another's act is told.</summary>
    public int Revision { get; private set; } = 1;

    /// <summary>The number of the text that counts now.</summary>
    public int Version { get; private set; } = 1;

    /// <summary>Year and serial of its number, from the day it is put up.</summary>
    public int? Year { get; private set; }

    /// <inheritdoc cref="Year"/>
    public int? Serial { get; private set; }

    public Guid? CheckedByPostId { get; private set; }
    public DateOnly? CheckedOn { get; private set; }

    /// <summary>Why it was sent back or dropped.</summary>
    public string? ReturnText { get; private set; }

    public Guid? PublishedByPostId { get; private set; }

    /// <summary>First day it is up.</summary>
    public DateOnly? ShownFrom { get; private set; }

    /// <summary>Last day it is up.</summary>
    public DateOnly? ShownTo { get; private set; }

    /// <summary>Last day of the time the rule asks for; never earlier than that it is taken down.</summary>
    public DateOnly? LeastTo { get; private set; }

    /// <summary>Last day for objections.</summary>
    public DateOnly? ObjectTo { get; private set; }

    public DateTimeOffset? PublishedAt { get; private set; }

    /// <summary>The boards it hangs on, besides the web.</summary>
    public string? Where { get; private set; }

    public WithdrawReason? Withdrawal { get; private set; }
    public string? WithdrawText { get; private set; }
    public Guid? WithdrawnByPostId { get; private set; }
    public DateOnly? WithdrawnOn { get; private set; }
    public DateTimeOffset? WithdrawnAt { get; private set; }
    public DateOnly? EndedOn { get; private set; }

    public string? Number => Year is { } year && Serial is { } serial ? NumberOf(year, serial) : null;

    public static string NumberOf(int year, int serial) => $"{year}-{serial:000}";

    /// <summary>Its text is before everybody on this day.</summary>
    public bool IsUpOn(DateOnly day) => State == DisclosureState.Shown && day >= ShownFrom && day <= ShownTo;

    public void Name(string? title) => Title = title;

    public Problem? EditTo(string? title, Guid post)
    {
        if (Move(Edit) is { } problem)
            return problem;
        (Title, WrittenByPostId, CheckedByPostId, CheckedOn, ReturnText) = (title, post, null, null, null);
        return null;
    }

    public Problem? DropIt(string reason)
    {
        if (Move(Drop) is { } problem)
            return problem;
        ReturnText = reason;
        return null;
    }

    public Problem? CheckIt(Guid post, DateOnly on)
    {
        if (Move(Check) is { } problem)
            return problem;
        (CheckedByPostId, CheckedOn) = (post, on);
        return null;
    }

    public Problem? ReturnIt(string reason)
    {
        if (Move(Return) is { } problem)
            return problem;
        ReturnText = reason;
        return null;
    }

    /// <param name="least">Last day the rule asks for.</param>
    public Problem? PutUp(int serial, Guid post, DateOnly from, DateOnly to, DateOnly least, DateOnly objectTo, string where, DateTimeOffset at)
    {
        if (Move(Publish) is { } problem)
            return problem;
        (Year, Serial, PublishedByPostId, ShownFrom, ShownTo, LeastTo, ObjectTo, Where, PublishedAt) = (from.Year, serial, post, from, to, least, objectTo, where, at);
        return null;
    }

    public Problem? ProposeCorrection() => Move(Propose);

    public Problem? RefuseCorrection() => Move(Refuse);

    /// <summary>From here on another text counts. What was put right is new to everybody: it stays up as long as the rule asks, from this day on, and objections can be made as long.</summary>
    public Problem? CorrectTo(int version, Guid writer, Guid checker, DateOnly on, DateOnly least, DateOnly objectTo)
    {
        if (Move(Correct) is { } problem)
            return problem;
        (Version, WrittenByPostId, CheckedByPostId, CheckedOn, LeastTo) = (version, writer, checker, on, Later(LeastTo, least));
        (ShownTo, ObjectTo) = (Later(ShownTo, least), Later(ObjectTo, objectTo));
        return null;

        static DateOnly Later(DateOnly? one, DateOnly other) => one > other ? one.Value : other;
    }

    public Problem? TakeDown(WithdrawReason why, string text, Guid post, DateOnly on, DateTimeOffset at)
    {
        if (Move(Withdraw) is { } problem)
            return problem;
        (Withdrawal, WithdrawText, WithdrawnByPostId, WithdrawnOn, WithdrawnAt) = (why, text, post, on, at);
        return null;
    }

    public Problem? EndIt(DateOnly on)
    {
        if (Move(End) is { } problem)
            return problem;
        EndedOn = on;
        return null;
    }

    private Problem? Move(string act)
    {
        if (LifeCycle.Find(State, act) is not { } line)
            return DisclosureProblems.NotNow.With(LifeCycle.StateTitle(State));
        State = Enum.Parse<DisclosureState>(line.To);
        Revision++;
        return null;
    }
}

/// <summary>
/// A text of a disclosure: the first, or a correction. What was up is never overwritten. For kinds with personal data it lies sealed from its first line on; while it is up it is opened for everybody, afterwards only by
/// <see cref="OpenDisclosure"/>.
/// </summary>
public sealed class DisclosureText : Owned
{
    public required Guid DisclosureId { get; init; }
    public required int Number { get; init; }

    /// <summary>The content as JSON, for kinds without personal data.</summary>
    public string? Content { get; private set; }

    /// <summary>The same, for kinds with personal data.</summary>
    public byte[]? ContentSealed { get; private set; }

    /// <summary>Why it corrects the one before; null for the first.</summary>
    public string? Why { get; init; }

    public required Guid WrittenByPostId { get; set; }
    public required DateOnly WrittenOn { get; init; }
    public required DateTimeOffset LoggedAt { get; init; }

    /// <summary>From when on it was what residents read.</summary>
    public DateTimeOffset? ShownAt { get; private set; }

    /// <summary>The last day it was to be up, when it went up.</summary>
    public DateOnly? ShownTo { get; private set; }

    public Guid? CheckedByPostId { get; private set; }

    /// <summary>When a correction took its place.</summary>
    public DateTimeOffset? ReplacedAt { get; private set; }

    /// <summary>Why a correction wasn't used.</summary>
    public string? RefusedText { get; private set; }

    /// <summary>A correction that waits to be checked.</summary>
    public bool IsProposal => Number > 1 && ShownAt is null && RefusedText is null;

    public void Write(string? content, byte[]? contentSealed) => (Content, ContentSealed) = (content, contentSealed);

    public void Show(DateTimeOffset at, DateOnly to, Guid checker) => (ShownAt, ShownTo, CheckedByPostId) = (at, to, checker);

    public void Replace(DateTimeOffset at) => ReplacedAt = at;

    public void Refuse(string reason, Guid checker) => (RefusedText, CheckedByPostId) = (reason, checker);

    public void Erase() => (Content, ContentSealed) = (null, null);
}

/// <summary>A period of a kind that has to be disclosed: opened when the period is over, closed by the disclosure itself.</summary>
public sealed class DisclosureDuty : Owned
{
    public string PublicCode { get; init; } = Kernel.PublicCode.New().Text;
    public required string Kind { get; init; }
    public required DateOnly CoversFrom { get; init; }
    public required DateOnly CoversTo { get; init; }
    public required DateOnly DueOn { get; init; }
    public required DateTimeOffset OpenedAt { get; init; }
    public DateTimeOffset? RemindedAt { get; private set; }

    /// <summary>The disclosure that closed it; null while none did.</summary>
    public Guid? DisclosureId { get; private set; }
    public DateOnly? DoneOn { get; private set; }
    public DateTimeOffset? DoneAt { get; private set; }

    public void Remind(DateTimeOffset at) => RemindedAt = at;

    public void Done(Guid disclosure, DateOnly on, DateTimeOffset at) => (DisclosureId, DoneOn, DoneAt) = (disclosure, on, at);

    public void Reopen() => (DisclosureId, DoneOn, DoneAt) = (null, null, null);
}
