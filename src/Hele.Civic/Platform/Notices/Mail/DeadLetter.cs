using Hele.Civic.Kernel;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Journal;
using Hele.Civic.Platform.Storage;

namespace Hele.Civic.Platform.Notices.Mail;

public enum DeadLetterState
{
    /// <summary>Somebody has to look at it; meanwhile the person's other mails wait.</summary>
    Standing,

    /// <summary>It was sent on its way once more.</summary>
    Retried,

    /// <summary>Nothing more goes to that address until its owner confirms one again.</summary>
    GivenUp,

    /// <summary>Its owner changed or took away the address, or is gone: nothing to do.</summary>
    Overtaken,
}

/// <summary>退回的邮件: a mail that its server refused for good, or that nobody took in all the time there is. It stands before a person until it is dealt with.</summary>
public sealed class DeadLetter : Owned
{
    public const string Refuse = "refuse", Retry = "retry", GiveUp = "give-up", Overtake = "overtake";

    /// <summary>The life cycle: entity, buttons, diagram and test read this table.</summary>
    public static readonly Transitions<DeadLetterState> LifeCycle = new("dead-letter", ("退回的邮件", "A mail that came back"),
        new Dictionary<DeadLetterState, Bilingual>
        {
            [DeadLetterState.Standing] = ("待处理", "To be dealt with"),
            [DeadLetterState.Retried] = ("已再发", "Sent once more"),
            [DeadLetterState.GivenUp] = ("不再发", "Given up"),
            [DeadLetterState.Overtaken] = ("不用处理了", "Nothing to do any more"),
        },
        [
            (null, Refuse, DeadLetterState.Standing, MailAccess.Keep, ("邮件服务器的答复", "what the mail server said"), null),
            (DeadLetterState.Standing, Retry, DeadLetterState.Retried, MailAccess.Keep, ("不需要", "nothing"), null),
            (DeadLetterState.Standing, GiveUp, DeadLetterState.GivenUp, MailAccess.Keep, ("不需要", "nothing"), null),
            (DeadLetterState.Standing, Overtake, DeadLetterState.Overtaken, MailAccess.Own, ("本人换了或移除了邮箱", "the owner changed or removed the address"), null),
        ]);

    public string PublicCode { get; init; } = Kernel.PublicCode.New().Text;

    /// <summary>The mail in the outbox.</summary>
    public required Guid MailId { get; init; }

    public required Guid PersonId { get; init; }
    public required MailKind Kind { get; init; }

    /// <summary>The day it was to tell of.</summary>
    public required DateOnly Day { get; init; }

    /// <summary>l***@example.cn: an administrator sees no more of it.</summary>
    public string? AddressMasked { get; private set; }

    /// <summary>What the server said, without anybody's address; null when none was reached.</summary>
    public string? Answer { get; private set; }

    public required DateOnly RefusedOn { get; init; }
    public required DateTimeOffset RefusedAt { get; init; }
    public DeadLetterState State { get; private set; }

    /// <summary>The day it was dealt with: from then on it is kept for a time only.</summary>
    public DateOnly? ClosedOn { get; private set; }

    public void Say(string? masked, string? answer) => (AddressMasked, Answer) = (masked, answer);

    public Problem? Move(string act, DateOnly on)
    {
        if (LifeCycle.Find(State, act) is not { } line)
            return MailProblems.NotNow.With(LifeCycle.StateTitle(State));
        (State, ClosedOn) = (Enum.Parse<DeadLetterState>(line.To), on);
        return null;
    }

    /// <summary>That a mail came back stays; where it went, and what was said of it, goes.</summary>
    public void Erase(DateOnly on)
    {
        if (State == DeadLetterState.Standing)
            Move(Overtake, on);
        Say(null, null);
    }
}

public static class DeadLetterEvents
{
    public static readonly EventKind
        Refused = new("mail.refused", ("邮件被退回", "A mail came back")),
        Retried = new("mail.retried", ("把退回的邮件再发一次", "Sent a mail that came back once more")),
        GivenUp = new("mail.given-up", ("退回的邮件不再发", "Gave up a mail that came back")),
        Overtaken = new("mail.overtaken", ("邮箱换了，退回的邮件不用处理了", "The address changed: a mail that came back needs nothing more")),
        Erased = new("mail.letter-erased", ("清除了退回邮件里的信息", "Erased what a mail that came back said of a person"), Whole: true);

    public static IEnumerable<EventKind> All => [Refused, Retried, GivenUp, Overtaken, Erased];
}

/// <summary>Who may do what with addresses and mails. An administrator sees a shortened address and what the server said; never whose it is, nor what the mail was to say.</summary>
public static class MailAccess
{
    public static readonly Permission Own = new("email.own", ("自己的邮件通知", "One's own notices by e-mail"), [], Residents: true);
    public static readonly Permission Keep = new("mail.keep", ("处理退回的邮件", "Deal with mails that came back"), [Role.SystemAdministrator]);

    public static IEnumerable<Permission> All => [Own, Keep];

    public static bool May(Viewer? viewer, DeadLetter letter, Permission what) =>
        viewer is not null && viewer.JurisdictionId == letter.JurisdictionId && (what == Own ? letter.PersonId == viewer.PersonId : viewer.PostFor(what) is not null);

    /// <summary>The letters of a query that this viewer may deal with: the same as filtering by <see cref="May"/> Keep.</summary>
    public static IQueryable<DeadLetter> Visible(Viewer? viewer, IQueryable<DeadLetter> letters)
    {
        if (viewer?.PostFor(Keep) is null)
            return letters.Where(l => false);
        var here = viewer.JurisdictionId;
        return letters.Where(l => l.JurisdictionId == here);
    }
}

public static class MailProblems
{
    public static readonly Problem
        NotSetUp = new("email.not-set-up", ("这里还没有开通邮件。", "E-mail isn't set up here."), Kind: ProblemKind.Conflict),
        NoConsent = new("email.no-consent", ("请先勾选同意。", "Please agree first."), "Consent"),
        TooMany = new("email.too-many", ("要验证码太频繁了，请过{0}分钟再试。", "Too many codes were asked for. Please try again in {0} min."), "Address"),
        Wrong = new("email.wrong-code", ("验证码不对或已过期。可以重新输入，或者再要一个。", "The code is wrong or no longer good. Type it again, or ask for another."), "Code"),
        LinkOver = new("email.link-over", ("这个链接已过期、已用过，或者是发给别人的。请在“邮件通知”里再要一个验证码。", "This link is over, was used, or is somebody else's. Ask for another code under “Notices by e-mail”."), Kind: ProblemKind.Conflict),
        NoAddress = new("email.none", ("没有登记邮箱。", "There is no address."), Kind: ProblemKind.Conflict),
        NoWay = new("email.no-way", ("请选一种。", "Please choose one."), "Way"),
        NotFound = new("mail.not-found", ("没有这封退回的邮件。", "There is no such mail."), Kind: ProblemKind.NotFound),
        NotNow = new("mail.not-now", ("这封邮件现在是“{0}”，不能这样办。", "This mail is “{0}” now: that can't be done."), Kind: ProblemKind.Conflict);
}
