using Hele.Civic.Kernel;
using Hele.Civic.Platform;
using Hele.Civic.Platform.Storage;

namespace Hele.Civic.Thanks;

/// <summary>What somebody said thanks with.</summary>
public enum ThanksKind
{
    /// <summary>锦旗: a silk banner.</summary>
    Pennant,

    /// <summary>感谢信、表扬信, also when its words were written on the web.</summary>
    Letter,

    /// <summary>当面或电话里的感谢.</summary>
    Spoken,
}

/// <summary>By which door it came.</summary>
public enum ThanksDoor
{
    /// <summary>Written by the giver, signed in. Every other door means that somebody of the community wrote it down.</summary>
    Web,
    Counter,
    Phone,
    Mail,
}

/// <summary>Whom it thanks.</summary>
public enum ThankedKind
{
    Grid,
    Body,

    /// <summary>A post, whoever holds it.</summary>
    Post,

    /// <summary>The person who holds a post. In public only the post is named.</summary>
    Holder,
}

/// <summary>What the giver agreed to.</summary>
public enum ThanksShown
{
    /// <summary>Not in public.</summary>
    No,

    /// <summary>In public, without a name.</summary>
    Unnamed,

    /// <summary>In public, as 刘某.</summary>
    Surname,
}

public enum ThanksState
{
    /// <summary>Somebody else than who entered it has to look at it.</summary>
    Waiting,
    Public,

    /// <summary>Looked at and kept; not in public.</summary>
    Kept,

    /// <summary>Looked at and not acknowledged: nobody said it, or it is no thanks. Counted nowhere.</summary>
    Rejected,

    /// <summary>The giver took it back: its words, name and photo are destroyed.</summary>
    Withdrawn,
}

/// <summary>锦旗和感谢: a pennant, a letter or spoken words from somebody to those who work for the community. It counts once a second person has looked at it.</summary>
public sealed class ThanksRecord : Owned
{
    public const int TextLength = 500, NameLength = 30, ReasonLength = 200;

    public const string Enter = "enter", Publish = "publish", Keep = "keep", Reject = "reject", Correct = "correct", TakeDown = "take-down", Open = "open", Close = "close", Withdraw = "withdraw";

    /// <summary>The life cycle: entity, buttons, diagram and test read this table.</summary>
    public static readonly Transitions<ThanksState> LifeCycle = new("thanks", ("锦旗和感谢", "Pennants and thanks"),
        new Dictionary<ThanksState, Bilingual>
        {
            [ThanksState.Waiting] = ("待核对", "Waiting to be checked"),
            [ThanksState.Public] = ("已公开", "Public"),
            [ThanksState.Kept] = ("已核对，不公开", "Checked, not public"),
            [ThanksState.Rejected] = ("核对后不予登记", "Checked and not acknowledged"),
            [ThanksState.Withdrawn] = ("感谢人已撤回", "Taken back by the giver"),
        },
        [
            (null, Enter, ThanksState.Waiting, ThanksAccess.Enter, ("谢谁、为什么事、公不公开", "whom, what for, whether in public"), null),
            (ThanksState.Waiting, Publish, ThanksState.Public, ThanksAccess.Review, ("另一个人；感谢人同意公开", "another person; the giver's consent"), null),
            (ThanksState.Waiting, Keep, ThanksState.Kept, ThanksAccess.Review, ("另一个人；原因", "another person; a reason"), null),
            (ThanksState.Waiting, Reject, ThanksState.Rejected, ThanksAccess.Review, ("另一个人；原因", "another person; a reason"), null),
            (ThanksState.Kept, Publish, ThanksState.Public, ThanksAccess.Review, ("另一个人；感谢人同意公开", "another person; the giver's consent"), null),
            (ThanksState.Public, Correct, ThanksState.Public, ThanksAccess.Review, ("更正后的说法", "the corrected wording"), null),
            (ThanksState.Public, TakeDown, ThanksState.Kept, ThanksAccess.Review, ("原因", "a reason"), null),
            (ThanksState.Public, Close, ThanksState.Kept, ThanksAccess.Own, ("感谢人不再同意公开", "the giver agrees no longer"), null),
            (ThanksState.Kept, Open, ThanksState.Waiting, ThanksAccess.Own, ("感谢人改为同意公开", "the giver agrees now"), null),
            (ThanksState.Waiting, Withdraw, ThanksState.Withdrawn, ThanksAccess.Own, ("感谢人本人的意思", "the giver's own word"), null),
            (ThanksState.Public, Withdraw, ThanksState.Withdrawn, ThanksAccess.Own, ("感谢人本人的意思", "the giver's own word"), null),
            (ThanksState.Kept, Withdraw, ThanksState.Withdrawn, ThanksAccess.Own, ("感谢人本人的意思", "the giver's own word"), null),
        ]);

    public string PublicCode { get; init; } = Kernel.PublicCode.New().Text;

    public required ThanksKind Kind { get; init; }
    public required ThanksDoor Door { get; init; }

    /// <summary>What for, in the giver's words as far as they go; without the giver's name, which is sealed beside it. Not public.</summary>
    public required string Text { get; set; }

    public required ThankedKind Thanked { get; init; }
    public Guid? GridId { get; init; }
    public Guid? BodyId { get; init; }

    /// <summary>The post, or the post whose holder it thanks.</summary>
    public Guid? PostId { get; init; }

    /// <summary>Who held what was thanked on that day: they neither enter, check nor publish it.</summary>
    public ICollection<ThanksTo> To { get; } = [];

    /// <summary>The giver, where the register knows them: they wrote it themselves, or whoever took it down said who it is. Shown to nobody as such.</summary>
    public Guid? GiverId { get; set; }

    /// <summary>The giver left no name, or asked that it isn't kept.</summary>
    public required bool IsAnonymous { get; init; }

    /// <summary>The giver's full name.</summary>
    public byte[]? GiverNameSealed { get; set; }

    /// <summary>刘某.</summary>
    public string? GiverMasked { get; set; }

    public ThanksShown Shown { get; private set; }

    /// <summary>The day it was brought, said or sent.</summary>
    public required DateOnly ReceivedOn { get; init; }

    public required DateTimeOffset LoggedAt { get; init; }

    /// <summary>Who wrote it down for the giver; null where the giver did.</summary>
    public Guid? EnteredByPostId { get; init; }

    /// <summary>The matter it is about. Never shown in public: beside a surname it would say who raised it.</summary>
    public Guid? AppealId { get; init; }

    public ThanksState State { get; private set; }

    /// <summary>What the public reads of it, as the reviewer wrote or approved it.</summary>
    public string? PublicText { get; set; }

    /// <summary>The reviewer has seen that nobody's face or name is in the photo, or that they agreed.</summary>
    public bool PhotoShown { get; private set; }

    /// <summary>Why it isn't public or wasn't acknowledged.</summary>
    public string? Reason { get; set; }

    /// <summary>The post that looked at it last.</summary>
    public Guid? ReviewedByPostId { get; private set; }

    /// <summary>When a second person first found it true; from then on it counts and those who are thanked see it.</summary>
    public DateOnly? ConfirmedOn { get; private set; }

    public DateTimeOffset? ConfirmedAt { get; private set; }

    /// <summary>The day it last became public; it stays when it is taken down.</summary>
    public DateOnly? PublishedOn { get; private set; }

    public DateOnly? CorrectedOn { get; private set; }

    /// <summary>The day it was rejected or taken back.</summary>
    public DateOnly? EndedOn { get; private set; }

    public DateTimeOffset? EndedAt { get; private set; }

    /// <summary>True once it counts: checked by a second person, not taken back.</summary>
    public bool Stands => State is ThanksState.Public or ThanksState.Kept || (State == ThanksState.Waiting && ConfirmedOn is not null);

    public void Agree(ThanksShown shown) => Shown = shown;

    public Problem? MakePublic(string text, bool photo, Guid post, DateOnly on, DateTimeOffset at)
    {
        if (Move(Publish) is { } problem)
            return problem;
        (PublicText, PhotoShown, Reason, ReviewedByPostId, PublishedOn, CorrectedOn) = (text, photo, null, post, on, null);
        Confirm(on, at);
        return null;
    }

    public Problem? CorrectTo(string text, bool photo, Guid post, DateOnly on)
    {
        if (Move(Correct) is { } problem)
            return problem;
        (PublicText, PhotoShown, ReviewedByPostId, CorrectedOn) = (text, photo, post, on);
        return null;
    }

    /// <param name="reason">Null where the giver said no: that says it.</param>
    public Problem? KeepIt(string? reason, Guid post, DateOnly on, DateTimeOffset at)
    {
        if (Move(Keep) is { } problem)
            return problem;
        (Reason, ReviewedByPostId) = (reason, post);
        Confirm(on, at);
        return null;
    }

    public Problem? TakeItDown(string reason, Guid post)
    {
        if (Move(TakeDown) is { } problem)
            return problem;
        (Reason, ReviewedByPostId) = (reason, post);
        return null;
    }

    public Problem? RejectIt(string reason, Guid post, DateOnly on, DateTimeOffset at)
    {
        if (Move(Reject) is { } problem)
            return problem;
        (Reason, ReviewedByPostId, EndedOn, EndedAt) = (reason, post, on, at);
        return null;
    }

    /// <summary>The giver says anew whether it may be shown, and how. No takes it out of public at once; a yes after a no is looked at again.</summary>
    public Problem? SayShown(ThanksShown shown)
    {
        var act = (State, Shown, shown) switch
        {
            (ThanksState.Public, _, ThanksShown.No) => Close,
            (ThanksState.Kept, ThanksShown.No, not ThanksShown.No) => Open,
            (ThanksState.Waiting or ThanksState.Public or ThanksState.Kept, _, _) => null,
            _ => Close,
        };
        if (act is not null && Move(act) is { } problem)
            return problem;
        Shown = shown;
        return null;
    }

    public Problem? TakeBack(DateOnly on, DateTimeOffset at)
    {
        if (Move(Withdraw) is { } problem)
            return problem;
        (EndedOn, EndedAt) = (on, at);
        return null;
    }

    /// <summary>That there was one stays; what was said, by whom, and what of it was public goes.</summary>
    public void Empty() => (Text, PublicText, GiverNameSealed, GiverMasked, Reason, PhotoShown) = ("", null, null, null, null, false);

    /// <summary>The giver's data are destroyed: what they said goes with them, out of public too.</summary>
    public void Erase(DateOnly on)
    {
        if (LifeCycle.Find(State, Withdraw) is not null)
            // When the day is over: what was closed earlier on that day counted it, and does so for good.
            TakeBack(on, China.At(on.AddDays(1)));
        Empty();
        GiverId = null;
    }

    private void Confirm(DateOnly on, DateTimeOffset at) => (ConfirmedOn, ConfirmedAt) = (ConfirmedOn ?? on, ConfirmedAt ?? at);

    private Problem? Move(string act)
    {
        if (LifeCycle.Find(State, act) is not { } line)
            return ThanksProblems.NotNow.With(LifeCycle.StateTitle(State));
        State = Enum.Parse<ThanksState>(line.To);
        return null;
    }
}

/// <summary>Somebody who held, on the day, what was thanked. Somebody with several entries in the register stands here with each.</summary>
public sealed class ThanksTo : Owned
{
    public required Guid ThanksId { get; init; }
    public required Guid PersonId { get; init; }
}
