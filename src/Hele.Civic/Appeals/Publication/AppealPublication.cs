using Hele.Civic.Kernel;
using Hele.Civic.Platform;
using Hele.Civic.Platform.Storage;

namespace Hele.Civic.Appeals;

/// <summary>Whether a matter stands in public.</summary>
public enum PublicationState
{
    Published,

    /// <summary>Somebody looked and decided that it isn't made public.</summary>
    NotPublic,
    Withdrawn,
}

/// <summary>How closely the public is told where a matter is; never an entrance or a flat.</summary>
public enum PublicPlaceLevel
{
    Building,
    Compound,
    Grid,
    Community,
}

/// <summary>
/// What the public sees of one appeal: what a reviewer wrote or approved, and the place made general. Kind, state and dates are read from the appeal; nothing
/// else of it is. Without such a row, or with one that isn't published, nothing of the appeal is public.
/// </summary>
public sealed class AppealPublication : Owned
{
    public const int TitleLength = Appeal.TitleLength, AnswerLength = AppealAnswer.TextLength, PlaceLength = 80, ReasonLength = 200;

    public const string Publish = "publish", Correct = "correct", Decline = "decline", Withdraw = "withdraw", WithdrawForKind = "withdraw-for-kind", WithdrawForMerge = "withdraw-for-merge";

    public static readonly Transitions<PublicationState> LifeCycle = new("publication", ("诉求公开", "Publication of an appeal"),
        new Dictionary<PublicationState, Bilingual>
        {
            [PublicationState.Published] = ("已公开", "Public"),
            [PublicationState.NotPublic] = ("不公开", "Not made public"),
            [PublicationState.Withdrawn] = ("已撤下", "Taken down"),
        },
        [
            (null, Publish, PublicationState.Published, PublicationAccess.Review, ("公开的标题和地点；答复过的还有公开的答复", "public title and place; once answered the public answer too"), null),
            (null, Decline, PublicationState.NotPublic, PublicationAccess.Review, ("原因", "a reason"), null),
            (PublicationState.NotPublic, Publish, PublicationState.Published, PublicationAccess.Review, ("公开的标题和地点", "public title and place"), null),
            (PublicationState.Withdrawn, Publish, PublicationState.Published, PublicationAccess.Review, ("公开的标题和地点", "public title and place"), null),
            (PublicationState.Published, Correct, PublicationState.Published, PublicationAccess.Review, ("更正后的内容", "the corrected text"), null),
            (PublicationState.Published, Withdraw, PublicationState.Withdrawn, PublicationAccess.Review, ("原因", "a reason"), null),
            (PublicationState.Published, WithdrawForKind, PublicationState.Withdrawn, PublicationAccess.CorrectKind, ("改成不公开的类别", "its kind becomes one that isn't listed"), null),
            (PublicationState.Published, WithdrawForMerge, PublicationState.Withdrawn, MergingAccess.Merge, ("并入同一件事", "it is merged into the same matter"), null),
        ]);

    public required Guid AppealId { get; init; }

    /// <summary>Random code by which the public knows it: another than the receipt's, so that neither leads to the other.</summary>
    public required string PublicCode { get; init; }

    /// <summary>The day somebody first decided about it.</summary>
    public required DateOnly ReviewedOn { get; init; }

    public PublicationState State { get; private set; }

    /// <summary>As reviewed; null where it never was public.</summary>
    public string? Title { get; private set; }

    /// <summary>The reviewed version of the answer; null while there is none.</summary>
    public string? Answer { get; private set; }

    /// <summary>Which answer of the appeal was reviewed; 0 for none.</summary>
    public int AnswerRound { get; private set; }

    public PublicPlaceLevel? PlaceLevel { get; private set; }

    /// <summary>The building, compound or grid as it is called; null for somewhere in the community.</summary>
    public string? Place { get; private set; }

    /// <summary>A marker of the place, not of the matter: the middle of a compound, a point inside a grid. Ten-millionths of a degree.</summary>
    public int? LonE7 { get; private set; }

    /// <inheritdoc cref="LonE7"/>
    public int? LatE7 { get; private set; }

    /// <summary>Why it isn't public.</summary>
    public string? Reason { get; private set; }

    /// <summary>The post that reviewed it last.</summary>
    public Guid ReviewedByPostId { get; private set; }

    public DateOnly? PublishedOn { get; private set; }

    /// <summary>Set when the public text was corrected; shown as corrected. A new answer that is added is none.</summary>
    public DateOnly? CorrectedOn { get; private set; }

    public DateTimeOffset ChangedAt { get; private set; }

    /// <summary>What a reviewer lets the public see.</summary>
    public sealed record Content(string Title, string? Answer, int AnswerRound, PublicPlace Place);

    public Problem? MakePublic(Content content, Guid post, DateOnly on, DateTimeOffset now, bool isNew)
    {
        if (Move(Publish, isNew) is { } problem)
            return problem;
        (PublishedOn, CorrectedOn, Reason) = (on, null, null);
        Show(content, post, now);
        return null;
    }

    public Problem? CorrectTo(Content content, Guid post, DateOnly on, DateTimeOffset now)
    {
        if (Move(Correct) is { } problem)
            return problem;
        if (content.Title != Title || content.Place.Name != Place || (content.AnswerRound == AnswerRound && content.Answer != Answer))
            CorrectedOn = on;
        Show(content, post, now);
        return null;
    }

    public Problem? Refuse(string reason, Guid post, DateTimeOffset now, bool isNew) => Hide(Decline, reason, post, now, isNew);

    /// <param name="act"><see cref="Withdraw"/>, <see cref="WithdrawForKind"/> or <see cref="WithdrawForMerge"/>.</param>
    public Problem? TakeDown(string act, string reason, Guid post, DateTimeOffset now) => Hide(act, reason, post, now);

    private Problem? Hide(string act, string reason, Guid post, DateTimeOffset now, bool isNew = false)
    {
        if (Move(act, isNew) is { } problem)
            return problem;
        (Reason, ReviewedByPostId, ChangedAt) = (reason, post, now);
        return null;
    }

    private void Show(Content content, Guid post, DateTimeOffset now)
    {
        (Title, Answer, AnswerRound) = (content.Title, content.Answer, content.AnswerRound);
        (PlaceLevel, Place, LonE7, LatE7) = (content.Place.Level, content.Place.Name, content.Place.At?.LonE7, content.Place.At?.LatE7);
        (ReviewedByPostId, ChangedAt) = (post, now);
    }

    private Problem? Move(string act, bool isNew = false)
    {
        if (LifeCycle.Find(isNew ? null : State, act) is not { } line)
            return PublicationProblems.NotNow.With(LifeCycle.StateTitle(State));
        State = Enum.Parse<PublicationState>(line.To);
        return null;
    }
}
