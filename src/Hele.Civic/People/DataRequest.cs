using Hele.Civic.Kernel;
using Hele.Civic.Platform;
using Hele.Civic.Platform.Journal;
using Hele.Civic.Platform.Storage;

namespace Hele.Civic.People;

/// <summary>What somebody asks for about what is held of them (PIPL 44–50).</summary>
public enum DataRequestKind
{
    Deletion,
    Correction,
    Explanation,
}

public enum DataRequestState
{
    Asked,
    Granted,
    Refused,
}

/// <summary>A person, or their guardian, asks; the community answers by a day, with the article when it refuses.</summary>
public sealed class DataRequest : Owned
{
    public static readonly EventKind Erased = new("data-request.erased", ("删除了请求的内容", "Erased the text of a request"), Whole: true);

    public const int TextLength = 500, AnswerLength = 1000;
    public const string Ask = "ask", Grant = "grant", Refuse = "refuse";

    /// <summary>The rule its day comes from.</summary>
    public const string Rule = "person.request.answer";

    public static readonly Transitions<DataRequestState> LifeCycle = new("data-request", ("个人信息请求", "Request about one's data"),
        new Dictionary<DataRequestState, Bilingual>
        {
            [DataRequestState.Asked] = ("待答复", "Waiting for an answer"),
            [DataRequestState.Granted] = ("已办理", "Done"),
            [DataRequestState.Refused] = ("不能办理，已说明理由", "Refused, with the reason"),
        },
        [
            (null, Ask, DataRequestState.Asked, PeopleAccess.OwnData, ("要求什么", "what is asked for"), Rule),
            (DataRequestState.Asked, Grant, DataRequestState.Granted, PeopleAccess.AnswerRequest, ("答复", "the answer"), null),
            (DataRequestState.Asked, Refuse, DataRequestState.Refused, PeopleAccess.AnswerRequest, ("理由和法条", "reason and article"), null),
        ]);

    public required string PublicCode { get; init; }
    public required DataRequestKind Kind { get; init; }

    /// <summary>Whose data it is about.</summary>
    public required Guid PersonId { get; init; }

    /// <summary>Who asked: the person, or their guardian.</summary>
    public required Guid AskedById { get; init; }

    public string? Text { get; set; }
    public required DateOnly AskedOn { get; init; }
    public required DateOnly DueOn { get; init; }
    public DataRequestState State { get; private set; }
    public DateOnly? AnsweredOn { get; private set; }
    public string? Answer { get; set; }

    /// <summary>The only place where the state changes.</summary>
    public Problem? Decide(bool grant, string answer, DateOnly on)
    {
        if (LifeCycle.Find(State, grant ? Grant : Refuse) is not { } line)
            return PeopleProblems.RequestAnswered;
        State = Enum.Parse<DataRequestState>(line.To);
        (Answer, AnsweredOn) = (answer, on);
        return null;
    }

    /// <summary>That it was asked and answered stays; the words go.</summary>
    public void Erase() => (Text, Answer) = (null, null);
}
