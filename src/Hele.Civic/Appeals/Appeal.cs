using Hele.Civic.Kernel;
using Hele.Civic.Platform;
using Hele.Civic.Platform.Storage;

namespace Hele.Civic.Appeals;

/// <summary>Where an appeal stands. Answered is not solved: only the resident's own word closes it.</summary>
public enum AppealState
{
    Filed,
    Accepted,
    ReferredUp,
    Answered,
    Reopened,
    Satisfied,
}

/// <summary>By which door something came in.</summary>
public enum Channel
{
    Web,
    Counter,
    Paper,
}

/// <summary>诉求: what a resident wants put right, from its filing to the resident's verdict.</summary>
public sealed class Appeal : Owned
{
    public const int TitleLength = 40;
    public const int TextLength = 2000;
    public const int PlaceLength = 80;
    public const int NameLength = 60;

    public const string File = "file", Accept = "accept", Answer = "answer", JudgeSatisfied = "judge-satisfied", JudgeDissatisfied = "judge-dissatisfied",
        ReferUp = "refer-up", AnswerFromAbove = "answer-from-above", ReturnFromAbove = "return-from-above";

    /// <summary>The life cycle: entity, buttons, diagram and test read this table.</summary>
    public static readonly Transitions<AppealState> LifeCycle = new("appeal", ("诉求", "Appeal"),
        new Dictionary<AppealState, Bilingual>
        {
            [AppealState.Filed] = ("待受理", "Waiting to be accepted"),
            [AppealState.Accepted] = ("办理中", "Being handled"),
            [AppealState.ReferredUp] = ("已上报街道，等街道答复", "Referred up, waiting for the sub-district"),
            [AppealState.Answered] = ("已答复未评价", "Answered, not judged"),
            [AppealState.Reopened] = ("不满意，重新办理", "Dissatisfied, handled again"),
            [AppealState.Satisfied] = ("居民满意，办结", "Resident satisfied, closed"),
        },
        [
            (null, File, AppealState.Filed, AppealAccess.File, ("事情、地点", "what and where"), AppealRules.Accept),
            (AppealState.Filed, Accept, AppealState.Accepted, AppealAccess.Accept, ("无", "nothing"), AppealRules.AnswerByCommunity),
            (AppealState.Accepted, Answer, AppealState.Answered, AppealAccess.Answer, ("答复内容", "the answer's text"), null),
            (AppealState.Reopened, Answer, AppealState.Answered, AppealAccess.Answer, ("答复内容", "the answer's text"), null),
            (AppealState.Accepted, ReferUp, AppealState.ReferredUp, AppealAccess.ReferUp, ("上报的理由", "why it is referred up"), AppealRules.AnswerByStreet),
            (AppealState.Reopened, ReferUp, AppealState.ReferredUp, AppealAccess.ReferUp, ("上报的理由", "why it is referred up"), AppealRules.AnswerByStreet),
            (AppealState.ReferredUp, AnswerFromAbove, AppealState.Answered, ReferralAccess.Answer, ("街道的答复内容", "the text of the answer from above"), null),
            (AppealState.ReferredUp, ReturnFromAbove, AppealState.Accepted, ReferralAccess.Return, ("退回的原因", "why it is returned"), AppealRules.AnswerByCommunity),
            (AppealState.Answered, JudgeSatisfied, AppealState.Satisfied, AppealAccess.Judge, ("居民本人的评价", "the resident's own word"), null),
            (AppealState.Answered, JudgeDissatisfied, AppealState.Reopened, AppealAccess.Judge, ("居民本人的评价", "the resident's own word"), AppealRules.AnswerByCommunity),
        ]);

    /// <summary>Random code by which the matter is known outside.</summary>
    public required string PublicCode { get; init; }

    /// <summary>Year and running number: 诉求 2026-000123. Readable, opens nothing.</summary>
    public required int Year { get; init; }
    public required int Serial { get; init; }

    /// <summary>Code of its kind (data/appeal-kinds.csv).</summary>
    public required string Kind { get; init; }

    public required string Title { get; init; }
    public required string Text { get; init; }
    public required string Place { get; init; }
    public required Channel Channel { get; init; }

    /// <summary>The resident, when they are in the register.</summary>
    public Guid? AppellantId { get; init; }

    /// <summary>Who it was taken down for at the counter, when they are not in the register.</summary>
    public string? AppellantName { get; init; }

    /// <summary>Business date: the day the resident said it.</summary>
    public required DateOnly FiledOn { get; init; }

    /// <summary>The instant it was written.</summary>
    public required DateTimeOffset FiledAt { get; init; }

    /// <summary>The post that accepted it and answers for its clock.</summary>
    public Guid? HandlerPostId { get; private set; }

    public DateOnly? AcceptedOn { get; private set; }

    /// <summary>Last day of the clock that is running; null when none is.</summary>
    public DateOnly? DueOn { get; private set; }

    /// <summary>The rule that clock comes from.</summary>
    public string? DueRule { get; private set; }

    /// <summary>True when the day rests on a holiday calendar that isn't announced yet.</summary>
    public bool DueIsProvisional { get; private set; }

    public AppealState State { get; private set; }

    /// <summary>How many answers it has had.</summary>
    public int Round { get; private set; }

    public string Number => NumberOf(Year, Serial);

    public static string NumberOf(int year, int serial) => $"{year}-{serial:D6}";

    /// <summary>Starts the first clock; the state is Filed from birth.</summary>
    public void StartClock(Rule rule, Due due) => SetClock(rule.Id, due);

    public Problem? AcceptBy(Guid post, DateOnly on, Rule rule, Due due)
    {
        if (Move(Accept) is { } problem)
            return problem;
        HandlerPostId = post;
        AcceptedOn = on;
        SetClock(rule.Id, due);
        return null;
    }

    /// <summary>Another post answers for it from now on; where it stands and its clock stay as they are.</summary>
    public void HandOverTo(Guid post) => HandlerPostId = post;

    public Problem? AnswerOnce()
    {
        if (Move(Answer) is { } problem)
            return problem;
        Round++;
        SetClock(null, null);
        return null;
    }

    /// <param name="due">The day the sub-district answers by: its rule, its clock.</param>
    public Problem? ReferToAbove(Rule rule, Due due)
    {
        if (Move(ReferUp) is { } problem)
            return problem;
        SetClock(rule.Id, due);
        return null;
    }

    public Problem? AnswerOnceFromAbove()
    {
        if (Move(AnswerFromAbove) is { } problem)
            return problem;
        Round++;
        SetClock(null, null);
        return null;
    }

    /// <param name="rule">The community's own rule: its clock starts afresh, the time above is not taken from it.</param>
    public Problem? ComeBack(Rule rule, Due due)
    {
        if (Move(ReturnFromAbove) is { } problem)
            return problem;
        SetClock(rule.Id, due);
        return null;
    }

    /// <param name="rule">The rule whose clock starts again when the resident is dissatisfied.</param>
    public Problem? Judge(bool satisfied, Rule rule, Due due)
    {
        if (Move(satisfied ? JudgeSatisfied : JudgeDissatisfied) is { } problem)
            return problem;
        if (!satisfied)
            SetClock(rule.Id, due);
        return null;
    }

    /// <summary>The only place where the state changes.</summary>
    private Problem? Move(string act)
    {
        if (LifeCycle.Find(State, act) is not { } line)
            return AppealProblems.NotNow.With(LifeCycle.StateTitle(State));
        State = Enum.Parse<AppealState>(line.To);
        return null;
    }

    private void SetClock(string? rule, Due? due)
    {
        DueRule = rule;
        DueOn = due?.Date;
        DueIsProvisional = due?.Provisional ?? false;
    }
}

/// <summary>An answer to an appeal. Each stands for good; a second answer is a second row.</summary>
public sealed class AppealAnswer : Owned
{
    public const int TextLength = 2000;

    public required Guid AppealId { get; init; }

    /// <summary>1 for the first answer.</summary>
    public required int Round { get; init; }

    public required string Text { get; init; }

    /// <summary>The post that gave it; null when it came from above.</summary>
    public Guid? PostId { get; init; }

    /// <summary>The name of the sub-district it came from; null when the community answered itself.</summary>
    public string? FromUnit { get; init; }

    public required DateOnly AnsweredOn { get; init; }
    public required DateTimeOffset LoggedAt { get; init; }

    /// <summary>The day it was due by.</summary>
    public DateOnly? DueOn { get; init; }
}

/// <summary>The resident's word on an answer. Whoever handled the matter can't enter it.</summary>
public sealed class AppealVerdict : Owned
{
    public const int RemarkLength = 500;

    public required Guid AppealId { get; init; }

    /// <summary>The round of the answer it judges.</summary>
    public required int Round { get; init; }

    public required bool Satisfied { get; init; }
    public string? Remark { get; init; }
    public required Channel Channel { get; init; }

    /// <summary>The post that wrote down a verdict given on paper; null when the resident wrote it.</summary>
    public Guid? EnteredByPostId { get; init; }

    public required DateOnly JudgedOn { get; init; }
    public required DateTimeOffset LoggedAt { get; init; }
}

/// <summary>The rules an appeal's clocks come from.</summary>
public static class AppealRules
{
    public const string Accept = "appeal.accept", AnswerByGrid = "appeal.answer.grid", AnswerByCommunity = "appeal.answer.community", AnswerByStreet = "appeal.answer.street";
}
