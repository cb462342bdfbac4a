using Hele.Civic.Kernel;
using Hele.Civic.Platform;
using Hele.Civic.Platform.Storage;

namespace Hele.Civic.Reports;

public enum StatementState
{
    /// <summary>Signed; a second person has to confirm it.</summary>
    Waiting,

    /// <summary>Confirmed: it stands in the reports of the time it speaks of.</summary>
    Standing,

    /// <summary>The second person didn't confirm it.</summary>
    Declined,

    /// <summary>Taken back: it stands in no later report, and in those of closed periods it is said beside them.</summary>
    Withdrawn,
}

/// <summary>
/// 声明: what no record can state, such as that nobody was disciplined. A post answers for it with its name and the day, a second person confirms it, and the report shows it as that: signed words,
/// no figure. It speaks of a time of its own, and holds no number.
/// </summary>
public sealed class ReportStatement : Owned
{
    public const int TextLength = 300, ReasonLength = 200;

    /// <summary>How long the time it speaks of may be.</summary>
    public const int MostYears = 3;

    public const string Sign = "sign", Confirm = "confirm", Decline = "decline", Withdraw = "withdraw";

    /// <summary>The life cycle: entity, buttons, diagram and test read this table.</summary>
    public static readonly Transitions<StatementState> LifeCycle = new("statement", ("签署的声明", "Signed statement"),
        new Dictionary<StatementState, Bilingual>
        {
            [StatementState.Waiting] = ("等第二个人确认", "Waiting for a second person"),
            [StatementState.Standing] = ("已确认", "Confirmed"),
            [StatementState.Declined] = ("没有确认", "Not confirmed"),
            [StatementState.Withdrawn] = ("已撤回", "Withdrawn"),
        },
        [
            (null, Sign, StatementState.Waiting, StatementAccess.Sign, ("内容、所指时间、放在报告哪一处", "words, the time they speak of, the place in the report"), null),
            (StatementState.Waiting, Confirm, StatementState.Standing, StatementAccess.Confirm, ("另一个人", "another person"), null),
            (StatementState.Waiting, Decline, StatementState.Declined, StatementAccess.Confirm, ("另一个人；原因", "another person; a reason"), null),
            (StatementState.Waiting, Withdraw, StatementState.Withdrawn, StatementAccess.Sign, ("原因", "a reason"), null),
            (StatementState.Standing, Withdraw, StatementState.Withdrawn, StatementAccess.Sign, ("原因", "a reason"), null),
        ]);

    public string PublicCode { get; init; } = Kernel.PublicCode.New().Text;

    /// <summary>Where it stands in the report: a code of <see cref="ReportPlaces"/>.</summary>
    public required string Place { get; init; }

    public required string Text { get; init; }

    /// <summary>The time it speaks of, both days included; over when it is signed.</summary>
    public required DateOnly From { get; init; }

    /// <inheritdoc cref="From"/>
    public required DateOnly To { get; init; }

    /// <summary>The post that answers for it.</summary>
    public required Guid SignedByPostId { get; init; }

    public required DateOnly SignedOn { get; init; }
    public required DateTimeOffset LoggedAt { get; init; }

    public StatementState State { get; private set; }

    /// <summary>The post whose holder confirmed or declined it.</summary>
    public Guid? CheckedByPostId { get; private set; }
    public DateOnly? CheckedOn { get; private set; }

    /// <summary>When it was confirmed; a closed period has those that had been by then.</summary>
    public DateTimeOffset? ConfirmedAt { get; private set; }

    public Guid? WithdrawnByPostId { get; private set; }
    public DateOnly? WithdrawnOn { get; private set; }
    public DateTimeOffset? WithdrawnAt { get; private set; }

    /// <summary>Why it wasn't confirmed, or was taken back.</summary>
    public string? Reason { get; set; }

    public Period About => new(From, To);

    public Problem? ConfirmIt(Guid post, DateOnly on, DateTimeOffset at)
    {
        if (Move(Confirm) is { } problem)
            return problem;
        (CheckedByPostId, CheckedOn, ConfirmedAt) = (post, on, at);
        return null;
    }

    public Problem? DeclineIt(string reason, Guid post, DateOnly on)
    {
        if (Move(Decline) is { } problem)
            return problem;
        (CheckedByPostId, CheckedOn, Reason) = (post, on, reason);
        return null;
    }

    public Problem? TakeBack(string reason, Guid post, DateOnly on, DateTimeOffset at)
    {
        if (Move(Withdraw) is { } problem)
            return problem;
        (WithdrawnByPostId, WithdrawnOn, WithdrawnAt, Reason) = (post, on, at, reason);
        return null;
    }

    private Problem? Move(string act)
    {
        if (LifeCycle.Find(State, act) is not { } line)
            return StatementProblems.NotNow.With(LifeCycle.StateTitle(State));
        State = Enum.Parse<StatementState>(line.To);
        return null;
    }
}
