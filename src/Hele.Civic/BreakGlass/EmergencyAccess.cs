using Hele.Civic.Kernel;
using Hele.Civic.Platform;
using Hele.Civic.Platform.Storage;

namespace Hele.Civic.BreakGlass;

/// <summary>Where an emergency access stands. Opened ones run out by the clock; nobody has to end them.</summary>
public enum EmergencyState
{
    Opened,
    Ended,
    Justified,
    NotJustified,
}

/// <summary>应急查看: somebody whose post doesn't open a sealed record opened this one, for a reason, for at most an hour; somebody else judges it the next working day.</summary>
public sealed class EmergencyAccess : Owned
{
    public const int ReasonLength = 500, ReasonAtLeast = 10, WordsLength = 500, MaxMinutes = 60, SealLength = 40;
    public const string Open = "open", End = "end", Justify = "justify", Object = "object";

    /// <summary>The rule the day of the review comes from.</summary>
    public const string ReviewRule = "break-glass.review";

    public static readonly Transitions<EmergencyState> LifeCycle = new("emergency-access", ("应急查看", "Break-glass access"),
        new Dictionary<EmergencyState, Bilingual>
        {
            [EmergencyState.Opened] = ("已打开，待复核", "Opened, to be reviewed"),
            [EmergencyState.Ended] = ("已结束，待复核", "Ended, to be reviewed"),
            [EmergencyState.Justified] = ("复核：正当", "Reviewed: justified"),
            [EmergencyState.NotJustified] = ("复核：不正当", "Reviewed: not justified"),
        },
        [
            (null, Open, EmergencyState.Opened, EmergencyRights.Open, ("哪一项、理由、多久", "which record, the reason, how long"), ReviewRule),
            (EmergencyState.Opened, End, EmergencyState.Ended, EmergencyRights.Open, ("无", "nothing"), ReviewRule),
            (EmergencyState.Opened, Justify, EmergencyState.Justified, EmergencyRights.Review, ("复核意见", "the reviewer's words"), null),
            (EmergencyState.Opened, Object, EmergencyState.NotJustified, EmergencyRights.Review, ("复核意见", "the reviewer's words"), null),
            (EmergencyState.Ended, Justify, EmergencyState.Justified, EmergencyRights.Review, ("复核意见", "the reviewer's words"), null),
            (EmergencyState.Ended, Object, EmergencyState.NotJustified, EmergencyRights.Review, ("复核意见", "the reviewer's words"), null),
        ]);

    public string PublicCode { get; init; } = Kernel.PublicCode.New().Text;

    /// <summary>Kind of what is opened (<see cref="Hele.Civic.Platform.Sealing.EmergencySeal"/>).</summary>
    public required string Seal { get; init; }

    public required string RowTable { get; init; }

    /// <summary>The one row.</summary>
    public required Guid RowId { get; init; }

    /// <summary>The row's public code.</summary>
    public required string RowCode { get; init; }

    /// <summary>The person, or the matter, it is about.</summary>
    public required Guid SubjectId { get; init; }

    /// <summary>Who opened it.</summary>
    public required Guid OpenerId { get; init; }

    public required Guid OpenerAccountId { get; init; }
    public required Guid OpenerPostId { get; init; }
    public required string Reason { get; set; }
    public required DateTimeOffset OpenedAt { get; init; }

    /// <summary>It refuses from this instant on.</summary>
    public required DateTimeOffset EndsAt { get; init; }

    /// <summary>Last day of the review.</summary>
    public required DateOnly ReviewDueOn { get; init; }

    /// <summary>Whether the person is told, by the rule in force when it was opened.</summary>
    public required bool Tell { get; init; }

    /// <summary>What that rule rests on.</summary>
    public required string TellCitation { get; init; }

    public EmergencyState State { get; private set; }
    public Guid? ReviewerPostId { get; private set; }
    public DateOnly? ReviewedOn { get; private set; }

    /// <summary>The reviewer's words.</summary>
    public string? Words { get; private set; }

    /// <summary>The day the person, or their guardian, said that they know.</summary>
    public DateOnly? KnownOn { get; private set; }

    public bool IsReviewed => State is EmergencyState.Justified or EmergencyState.NotJustified;

    public bool IsRunningAt(DateTimeOffset now) => State == EmergencyState.Opened && now >= OpenedAt && now < EndsAt;

    public Problem? EndIt() => Move(End);

    public Problem? Review(bool justified, string words, Guid post, DateOnly on)
    {
        if (Move(justified ? Justify : Object) is { } problem)
            return problem;
        (Words, ReviewerPostId, ReviewedOn) = (words, post, on);
        return null;
    }

    public void KnowOn(DateOnly on) => KnownOn = on;

    /// <summary>After its time: that it was opened, by which post, and what the review said stays; the words about the person go.</summary>
    public void Erase() => (Reason, Words) = ("", null);

    private Problem? Move(string act)
    {
        if (LifeCycle.Find(State, act) is not { } line)
            return EmergencyProblems.NotNow.With(LifeCycle.StateTitle(State));
        State = Enum.Parse<EmergencyState>(line.To);
        return null;
    }
}
