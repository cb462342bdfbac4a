using Hele.Civic.Kernel;
using Hele.Civic.Platform;
using Hele.Civic.Platform.Storage;

namespace Hele.Civic.Appeals;

/// <summary>Where an appeal stands. Answered is not solved: only the resident's own word closes it.</summary>
public enum AppealState
{
    Filed,
    Refused,
    Contested,
    RefusalUpheld,
    Accepted,
    ReferredUp,
    Answered,
    Reopened,
    Satisfied,
    Disagreed,
    Withdrawn,

    /// <summary>Handled with an earlier matter that is the same; whoever filed it judges that one's answers.</summary>
    Merged,
}

/// <summary>By which door something came in.</summary>
public enum Channel
{
    Web,
    Counter,
    Paper,
    Phone,

    /// <summary>A message in a residents' chat group, pasted by somebody of the community.</summary>
    Chat,

    /// <summary>12345 or a street's work order, with a number and a deadline of its own (<see cref="AppealOrder"/>).</summary>
    Order,
}

/// <summary>诉求: what a resident wants put right, from its filing to the resident's verdict.</summary>
public sealed class Appeal : Owned
{
    public const int TitleLength = 40;
    public const int TextLength = 2000;
    public const int PlaceLength = 80;
    public const int NameLength = 60;

    public const string File = "file", OnTheSpot = "on-the-spot", Accept = "accept", Answer = "answer", JudgeSatisfied = "judge-satisfied", JudgeDissatisfied = "judge-dissatisfied", JudgeDisagreed = "judge-disagreed",
        ReferUp = "refer-up", AskAbove = "ask-above", AnswerFromAbove = "answer-from-above", ReturnFromAbove = "return-from-above",
        FilePast = "file-past", JudgePast = "judge-past", ContestPast = "contest-past",
        Refuse = "refuse", Contest = "contest", Overrule = "overrule", Uphold = "uphold", Withdraw = "withdraw", WithdrawFromAbove = "withdraw-from-above", Resume = "resume",
        StepBack = "step-back", JoinedSatisfied = "joined-satisfied", JoinedCloses = "joined-closes", JoinedDissatisfied = "joined-dissatisfied", JoinedDisagreed = "joined-disagreed",
        MergeInto = "merge", SplitOff = "split", SplitBack = "split-to-handler",
        HandBack = "hand-back", PassOn = "pass-on", SayStillSolved = "say-still-solved", SayNotSolved = "say-not-solved", StateOwn = "state-own", StateForCommunity = "state-for-community",
        ContestVerdict = "contest-verdict", ContestJoined = "contest-joined", BringIn = "bring-in";

    /// <summary>The life cycle: entity, buttons, diagram and test read this table.</summary>
    public static readonly Transitions<AppealState> LifeCycle = new("appeal", ("诉求", "Appeal"),
        new Dictionary<AppealState, Bilingual>
        {
            [AppealState.Filed] = ("待受理", "Waiting to be accepted"),
            [AppealState.Refused] = ("不予受理", "Not accepted"),
            [AppealState.Contested] = ("居民有异议，等复核", "Refusal contested, waiting for review"),
            [AppealState.RefusalUpheld] = ("复核后仍不予受理", "Not accepted, upheld on review"),
            [AppealState.Accepted] = ("办理中", "Being handled"),
            [AppealState.ReferredUp] = ("已上报街道，等街道答复", "Referred up, waiting for the sub-district"),
            [AppealState.Answered] = ("已答复未评价", "Answered, not judged"),
            [AppealState.Reopened] = ("不满意，重新办理", "Dissatisfied, handled again"),
            [AppealState.Satisfied] = ("居民满意，办结", "Resident satisfied, closed"),
            [AppealState.Disagreed] = ("分歧公开", "Open disagreement"),
            [AppealState.Withdrawn] = ("居民已撤回", "Withdrawn by the resident"),
            [AppealState.Merged] = ("已并案，跟同一件事一起办", "Merged, handled with the same matter"),
        },
        [
            (null, File, AppealState.Filed, AppealAccess.File, ("事情、地点", "what and where"), AppealRules.Accept),
            (null, OnTheSpot, AppealState.Answered, AppealAccess.OnTheSpot, ("事情、地点、怎么办好的", "what, where, and how it was settled"), null),
            (null, FilePast, AppealState.ReferredUp, AppealAccess.File, ("关于工作人员，涉及监督人员或没有别的监督人员", "about conduct, and a supervisor is named or there is no other"), AppealRules.AnswerByStreet),
            (AppealState.Filed, Accept, AppealState.Accepted, AppealAccess.Accept, ("无", "nothing"), AppealRules.AnswerByCommunity),
            (AppealState.Filed, Refuse, AppealState.Refused, AppealAccess.Refuse, ("原因和说明", "reason and explanation"), null),
            (AppealState.Refused, Contest, AppealState.Contested, AppealAccess.Contest, ("一句话说明为什么应当受理", "a sentence on why it should be accepted"), AppealRules.Review),
            (AppealState.Refused, ContestPast, AppealState.ReferredUp, AppealAccess.Contest, ("一句话；没有别的监督人员可以复核", "a sentence; no other supervisor could review it"), AppealRules.AnswerByStreet),
            (AppealState.Contested, Overrule, AppealState.Accepted, AppealAccess.Review, ("另一个人", "another person"), AppealRules.AnswerByCommunity),
            (AppealState.Contested, Uphold, AppealState.RefusalUpheld, AppealAccess.Review, ("另一个人，说明理由", "another person, with words"), null),
            (AppealState.Accepted, Answer, AppealState.Answered, AppealAccess.Answer, ("答复内容", "the answer's text"), null),
            (AppealState.Reopened, Answer, AppealState.Answered, AppealAccess.Answer, ("答复内容", "the answer's text"), null),
            (AppealState.Accepted, HandBack, AppealState.Accepted, AppealAccess.HandBack, ("原因和接手的岗位；期限不变", "a reason and the post that takes it; the clock runs on"), AppealRules.AnswerByCommunity),
            (AppealState.Reopened, HandBack, AppealState.Reopened, AppealAccess.HandBack, ("原因和接手的岗位；期限不变", "a reason and the post that takes it; the clock runs on"), AppealRules.AnswerByCommunity),
            (AppealState.Accepted, PassOn, AppealState.Accepted, AppealAccess.PassOn, ("原因和接手的岗位；期限不变", "a reason and the post that takes it; the clock runs on"), AppealRules.AnswerByCommunity),
            (AppealState.Reopened, PassOn, AppealState.Reopened, AppealAccess.PassOn, ("原因和接手的岗位；期限不变", "a reason and the post that takes it; the clock runs on"), AppealRules.AnswerByCommunity),
            (AppealState.Accepted, BringIn, AppealState.Accepted, JointAccess.BringIn, ("原因、请哪个岗位、办什么", "a reason, which post, and what it is to do"), AppealRules.AnswerJointly),
            (AppealState.Reopened, BringIn, AppealState.Reopened, JointAccess.BringIn, ("原因、请哪个岗位、办什么", "a reason, which post, and what it is to do"), AppealRules.AnswerJointly),
            (AppealState.Accepted, ReferUp, AppealState.ReferredUp, AppealAccess.ReferUp, ("上报的理由", "why it is referred up"), AppealRules.AnswerByStreet),
            (AppealState.Reopened, ReferUp, AppealState.ReferredUp, AppealAccess.ReferUp, ("上报的理由", "why it is referred up"), AppealRules.AnswerByStreet),
            (AppealState.Filed, AskAbove, AppealState.ReferredUp, AppealAccess.AskAbove, ("无", "nothing"), AppealRules.AnswerByStreet),
            (AppealState.Contested, AskAbove, AppealState.ReferredUp, AppealAccess.AskAbove, ("无", "nothing"), AppealRules.AnswerByStreet),
            (AppealState.Accepted, AskAbove, AppealState.ReferredUp, AppealAccess.AskAbove, ("无", "nothing"), AppealRules.AnswerByStreet),
            (AppealState.Reopened, AskAbove, AppealState.ReferredUp, AppealAccess.AskAbove, ("无", "nothing"), AppealRules.AnswerByStreet),
            (AppealState.Answered, AskAbove, AppealState.ReferredUp, AppealAccess.AskAbove, ("无", "nothing"), AppealRules.AnswerByStreet),
            (AppealState.ReferredUp, AnswerFromAbove, AppealState.Answered, ReferralAccess.Answer, ("街道的答复内容", "the text of the answer from above"), null),
            (AppealState.ReferredUp, ReturnFromAbove, AppealState.Accepted, ReferralAccess.Return, ("退回的原因", "why it is returned"), AppealRules.AnswerByCommunity),
            (AppealState.Answered, JudgeSatisfied, AppealState.Satisfied, AppealAccess.Judge, ("居民本人的评价", "the resident's own word"), null),
            (AppealState.Answered, JudgeDissatisfied, AppealState.Reopened, AppealAccess.Judge, ("居民本人的评价", "the resident's own word"), AppealRules.AnswerByCommunity),
            (AppealState.Answered, JudgePast, AppealState.ReferredUp, AppealAccess.Judge, ("居民本人的评价；不经社区的反映", "the resident's own word, on a matter past the community"), AppealRules.AnswerByStreet),
            (AppealState.Answered, JudgeDisagreed, AppealState.Disagreed, AppealAccess.Judge, ("居民本人的评价，已到规定的次数", "the resident's own word, as often as the rule says"), null),
            (AppealState.Satisfied, SayStillSolved, AppealState.Satisfied, AppealAccess.LookAgain, ("到了再问的日子", "the days of asking again"), null),
            (AppealState.Satisfied, SayNotSolved, AppealState.Reopened, AppealAccess.LookAgain, ("到了再问的日子，一句话", "the days of asking again, a sentence"), AppealRules.AnswerByCommunity),
            (AppealState.Disagreed, StateOwn, AppealState.Disagreed, AppealAccess.StateOwn, ("一次说明", "one statement"), null),
            (AppealState.Disagreed, StateForCommunity, AppealState.Disagreed, AppealAccess.StateForCommunity, ("一次说明", "one statement"), null),
            (AppealState.Satisfied, ContestVerdict, AppealState.Answered, AppealAccess.ContestVerdict, ("代录的评价不是居民的意思，在规定的日子之内", "the verdict that was entered isn't the resident's, within the days of the rule"), null),
            (AppealState.Reopened, ContestVerdict, AppealState.Answered, AppealAccess.ContestVerdict, ("代录的评价不是居民的意思，在规定的日子之内", "the verdict that was entered isn't the resident's, within the days of the rule"), null),
            (AppealState.Disagreed, ContestVerdict, AppealState.Answered, AppealAccess.ContestVerdict, ("代录的评价不是居民的意思，在规定的日子之内", "the verdict that was entered isn't the resident's, within the days of the rule"), null),
            (AppealState.Reopened, ContestJoined, AppealState.Satisfied, AppealAccess.ContestVerdict, ("加入的居民的代录评价不是本人的意思，提出的居民先前已满意", "the verdict that was entered for somebody who joined isn't theirs, and whoever filed it had been satisfied"), null),
            (AppealState.Disagreed, ContestJoined, AppealState.Satisfied, AppealAccess.ContestVerdict, ("加入的居民的代录评价不是本人的意思，提出的居民先前已满意", "the verdict that was entered for somebody who joined isn't theirs, and whoever filed it had been satisfied"), null),
            (AppealState.Filed, Withdraw, AppealState.Withdrawn, AppealAccess.Withdraw, ("居民本人的意思", "the resident's own will"), null),
            (AppealState.Contested, Withdraw, AppealState.Withdrawn, AppealAccess.Withdraw, ("居民本人的意思", "the resident's own will"), null),
            (AppealState.Accepted, Withdraw, AppealState.Withdrawn, AppealAccess.Withdraw, ("居民本人的意思", "the resident's own will"), null),
            (AppealState.Reopened, Withdraw, AppealState.Withdrawn, AppealAccess.Withdraw, ("居民本人的意思", "the resident's own will"), null),
            (AppealState.Answered, Withdraw, AppealState.Withdrawn, AppealAccess.Withdraw, ("居民本人的意思", "the resident's own will"), null),
            (AppealState.ReferredUp, WithdrawFromAbove, AppealState.Withdrawn, AppealAccess.Withdraw, ("居民本人的意思", "the resident's own will"), null),
            .. new[] { (AppealState.Filed, AppealRules.Accept), (AppealState.Contested, AppealRules.Review), (AppealState.Accepted, AppealRules.AnswerByCommunity), (AppealState.Reopened, AppealRules.AnswerByCommunity), (AppealState.Answered, (string?)null), (AppealState.ReferredUp, AppealRules.AnswerByStreet) }
                .Select(s => ((AppealState?)s.Item1, StepBack, s.Item1, AppealAccess.Withdraw, (Bilingual)("居民本人的意思，还有别的居民加入", "the resident's own will, while others joined"), s.Item2)),
            (AppealState.Answered, JoinedSatisfied, AppealState.Answered, JoiningAccess.Judge, ("加入的居民本人的评价", "the word of somebody who joined"), null),
            (AppealState.Satisfied, JoinedSatisfied, AppealState.Satisfied, JoiningAccess.Judge, ("加入的居民本人的评价", "the word of somebody who joined"), null),
            (AppealState.Answered, JoinedCloses, AppealState.Satisfied, JoiningAccess.Judge, ("加入的居民本人的评价，提出的居民已撤回", "the word of somebody who joined, when whoever filed it has withdrawn"), null),
            (AppealState.Answered, JoinedDissatisfied, AppealState.Reopened, JoiningAccess.Judge, ("加入的居民本人的评价", "the word of somebody who joined"), AppealRules.AnswerByCommunity),
            (AppealState.Satisfied, JoinedDissatisfied, AppealState.Reopened, JoiningAccess.Judge, ("加入的居民本人的评价，还在再问的日子之内", "the word of somebody who joined, until the days of asking again are over"), AppealRules.AnswerByCommunity),
            (AppealState.Answered, JoinedDisagreed, AppealState.Disagreed, JoiningAccess.Judge, ("加入的居民本人的评价，已到规定的次数", "the word of somebody who joined, as often as the rule says"), null),
            (AppealState.Satisfied, JoinedDisagreed, AppealState.Disagreed, JoiningAccess.Judge, ("加入的居民本人的评价，已到规定的次数", "the word of somebody who joined, as often as the rule says"), null),
            (AppealState.Filed, MergeInto, AppealState.Merged, MergingAccess.Merge, ("同类、已公开、等着答复的另一件，比这件早", "an earlier matter of its kind that is public and waits for an answer"), null),
            (AppealState.Accepted, MergeInto, AppealState.Merged, MergingAccess.Merge, ("同类、已公开、等着答复的另一件，比这件早", "an earlier matter of its kind that is public and waits for an answer"), null),
            (AppealState.Merged, SplitOff, AppealState.Filed, MergingAccess.Merge, ("并案以后还没有答复，说明原因；期限从提交起算", "no answer since it was merged, with a reason; the clock counts from its filing"), AppealRules.Accept),
            (AppealState.Merged, SplitBack, AppealState.Accepted, MergingAccess.Merge, ("并案以后还没有答复，说明原因；期限从受理起算", "no answer since it was merged, with a reason; the clock counts from its acceptance"), AppealRules.AnswerByCommunity),
            (AppealState.Merged, Withdraw, AppealState.Withdrawn, AppealAccess.Withdraw, ("居民本人的意思", "the resident's own will"), null),
            (AppealState.Withdrawn, Resume, AppealState.Filed, AppealAccess.Resume, ("同一位居民，在规定的日子之内", "the same resident, within the days of the rule"), AppealRules.Accept),
        ]);

    /// <summary>Random code by which the matter is known outside.</summary>
    public required string PublicCode { get; init; }

    /// <summary>Year and running number: 诉求 2026-000123. Readable, opens nothing.</summary>
    public required int Year { get; init; }
    public required int Serial { get; init; }

    /// <summary>Code of its kind (data/appeal-kinds.csv); put right by <see cref="CorrectKind"/>.</summary>
    public required string Kind { get; set; }

    public required string Title { get; init; }
    public required string Text { get; init; }
    public required string Place { get; init; }
    public required Channel Channel { get; init; }

    /// <summary>The building it is about; null for what is nowhere near one.</summary>
    public Guid? BuildingId { get; init; }

    /// <summary>The grid it lay in on the day it was filed; null where grids have a gap, or nobody said where.</summary>
    public Guid? GridId { get; init; }

    /// <summary>Where on the map, when that was shown: ten-millionths of a degree, WGS-84.</summary>
    public int? LonE7 { get; init; }

    /// <inheritdoc cref="LonE7"/>
    public int? LatE7 { get; init; }

    /// <summary>The resident, when they are in the register.</summary>
    public Guid? AppellantId { get; init; }

    /// <summary>Whom the resident speaks for, when not for themselves: a parent, a neighbour without a telephone.</summary>
    public string? OnBehalfOf { get; init; }

    /// <summary>The resident's name isn't shown to whoever handles it; who needs it says why (<see cref="OpenName"/>).</summary>
    public bool NameWithheld { get; set; }

    /// <summary>The post that took it down; null when the resident wrote it.</summary>
    public Guid? EnteredByPostId { get; init; }

    /// <summary>Who it was taken down for at the counter, when they are not in the register.</summary>
    public string? AppellantName { get; init; }

    /// <summary>Business date: the day the resident said it.</summary>
    public required DateOnly FiledOn { get; init; }

    /// <summary>The instant it was written.</summary>
    public required DateTimeOffset FiledAt { get; init; }

    /// <summary>The paid post it was brought to by place and kind: it answers for the clock until somebody has accepted it.</summary>
    public Guid? AssignedPostId { get; private set; }

    /// <summary>The post it would have been brought to, whose holder was away that day; null where nobody was missing.</summary>
    public Guid? InsteadOfPostId { get; private set; }

    /// <summary>The post that accepted it and answers for its clock.</summary>
    public Guid? HandlerPostId { get; private set; }

    public DateOnly? AcceptedOn { get; private set; }

    /// <summary>Last day of the clock that is running; null when none is.</summary>
    public DateOnly? DueOn { get; private set; }

    /// <summary>The rule that clock comes from.</summary>
    public string? DueRule { get; private set; }

    /// <summary>True when the day rests on a holiday calendar that isn't announced yet.</summary>
    public bool DueIsProvisional { get; private set; }

    /// <summary>The days on which somebody who was satisfied is asked once more whether it still holds; null when nothing is to be asked.</summary>
    public DateOnly? AskAgainOn { get; private set; }
    public DateOnly? AskAgainUntil { get; private set; }

    /// <summary>The last day on which a withdrawn matter can be taken up again.</summary>
    public DateOnly? ResumeUntil { get; private set; }

    /// <summary>The day whoever filed it withdrew while others had joined: it goes on, and is theirs no longer.</summary>
    public DateOnly? AppellantLeftOn { get; private set; }

    /// <summary>Of an urgent kind: the instant by which somebody is to have responded.</summary>
    public DateTimeOffset? RespondBy { get; private set; }

    /// <summary>When somebody first did: wrote to the resident, accepted or refused it, or merged it into one that is handled.</summary>
    public DateTimeOffset? RespondedAt { get; private set; }

    /// <summary>It is urgent, and nobody has responded yet.</summary>
    public bool WaitsForResponse => State == AppealState.Filed && RespondBy is not null && RespondedAt is null;

    public AppealState State { get; private set; }

    /// <summary>How many answers it has had.</summary>
    public int Round { get; private set; }

    /// <summary>A matter about conduct that the community's supervisors can't take: it lies with the sub-district for good, and nobody here sees it but its appellant and who heard it.</summary>
    public bool PastCommunity { get; private set; }

    /// <summary>Whom a matter about conduct names; loaded with it, because who may see it hangs on that.</summary>
    public ICollection<AppealAbout> About { get; } = [];

    /// <summary>It is of a kind that goes past everybody it may be about.</summary>
    public bool IsShielded => AppealKinds.Shielded.Contains(Kind);

    public bool Names(Guid person) => About.Any(a => a.PersonId == person);

    public string Number => NumberOf(Year, Serial);

    /// <summary>States in which nobody is to do anything.</summary>
    public static readonly IReadOnlyList<AppealState> Closed = [AppealState.Refused, AppealState.RefusalUpheld, AppealState.Satisfied, AppealState.Disagreed, AppealState.Withdrawn, AppealState.Merged];

    /// <summary>Whether the resident is asked on this day if it is still solved.</summary>
    public static bool IsAskedAgain(AppealState state, DateOnly? from, DateOnly? until, DateOnly day) => state == AppealState.Satisfied && from <= day && day <= until;

    public static string NumberOf(int year, int serial) => $"{year}-{serial:D6}";

    /// <summary>Year and running number as somebody typed them.</summary>
    public static bool TryNumber(string words, out int year, out int serial)
    {
        var parts = words.Split('-');
        (year, serial) = (0, 0);
        return parts.Length == 2 && int.TryParse(parts[0], System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out year)
            && int.TryParse(parts[1], System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out serial);
    }

    /// <summary>Starts the first clock; the state is Filed from birth.</summary>
    /// <param name="post">The paid post it goes to; null where there is none.</param>
    /// <param name="insteadOf">The post whose holder is away.</param>
    public void StartClock(Rule rule, Due due, Guid? post = null, Guid? insteadOf = null)
    {
        (AssignedPostId, InsteadOfPostId) = (post, insteadOf);
        SetClock(rule.Id, due);
    }

    /// <param name="by">Null when it isn't urgent, or no longer.</param>
    public void AskResponse(DateTimeOffset? by) => (RespondBy, RespondedAt) = (by, null);

    /// <summary>Only the first response counts, and only where one is asked for.</summary>
    public void Respond(DateTimeOffset at) => RespondedAt ??= RespondBy is null ? null : at;

    /// <summary>A small matter that whoever was told settled there and then: filed and answered in one, and now it is the resident's turn.</summary>
    public void SettleOnTheSpot(Guid post, DateOnly on)
    {
        Enter(LifeCycle.Find(null, OnTheSpot)!);
        (HandlerPostId, AcceptedOn, Round) = (post, on, 1);
    }

    /// <summary>It goes past the community as it is filed.</summary>
    public void GoPast(Rule rule, Due due)
    {
        PastCommunity = true;
        Enter(LifeCycle.Find(null, FilePast)!);
        SetClock(rule.Id, due);
    }

    /// <summary>A refusal that nobody here could review: the sub-district looks at the matter itself, from now on.</summary>
    public Problem? ContestToAbove(Rule rule, Due due)
    {
        if (Reopen(ContestPast, rule, due) is { } problem)
            return problem;
        PastCommunity = true;
        return null;
    }

    /// <summary>Another post answers for its acceptance from now on.</summary>
    public void AssignTo(Guid post) => (AssignedPostId, InsteadOfPostId) = (post, null);

    public Problem? AcceptBy(Guid post, DateOnly on, Rule rule, Due due) => TakeOn(Accept, post, on, rule, due);

    /// <summary>不予受理: no clock runs; the resident may contest it.</summary>
    public Problem? RefuseIt()
    {
        if (Move(Refuse) is { } problem)
            return problem;
        SetClock(null, null);
        return null;
    }

    /// <param name="due">The day by which somebody else looks at it again.</param>
    public Problem? ContestIt(Rule rule, Due due)
    {
        if (Move(Contest) is { } problem)
            return problem;
        SetClock(rule.Id, due);
        return null;
    }

    /// <summary>Whoever looked at it again accepts it, and handles it.</summary>
    public Problem? OverruleBy(Guid post, DateOnly on, Rule rule, Due due) => TakeOn(Overrule, post, on, rule, due);

    public Problem? UpholdRefusal()
    {
        if (Move(Uphold) is { } problem)
            return problem;
        SetClock(null, null);
        return null;
    }

    private Problem? TakeOn(string act, Guid post, DateOnly on, Rule rule, Due due)
    {
        if (Move(act) is { } problem)
            return problem;
        HandlerPostId = post;
        AcceptedOn = on;
        SetClock(rule.Id, due);
        return null;
    }

    /// <param name="act"><see cref="HandBack"/> or <see cref="PassOn"/>: the clock runs on.</param>
    public Problem? HandOnTo(string act, Guid post)
    {
        if (Move(act) is { } problem)
            return problem;
        HandlerPostId = post;
        return null;
    }

    /// <param name="rule">The rule of joint handling; null where the clock runs on as it is.</param>
    public Problem? HandleJointly(Rule? rule, Due? due)
    {
        if (Move(BringIn) is { } problem)
            return problem;
        if (rule is not null)
            SetClock(rule.Id, due);
        return null;
    }

    /// <param name="above">True when it lies with the sub-district, which has to be told in the same act.</param>
    /// <param name="resumeUntil">Null when it can't be taken up again.</param>
    public Problem? TakeBack(bool above, DateOnly? resumeUntil)
    {
        if (Move(above ? WithdrawFromAbove : Withdraw) is { } problem)
            return problem;
        ResumeUntil = resumeUntil;
        SetClock(null, null);
        return null;
    }

    /// <summary>It goes along with an earlier matter: that one's clock runs for both.</summary>
    public Problem? MergeWithAnother()
    {
        if (Move(MergeInto) is { } problem)
            return problem;
        SetClock(null, null);
        return null;
    }

    /// <summary>It is handled by itself again, from where it stood, and has waited all that time.</summary>
    /// <param name="act"><see cref="SplitOff"/> where it waits to be accepted, <see cref="SplitBack"/> where it had been.</param>
    /// <param name="post">Who it is brought to, or who answers for it.</param>
    /// <param name="insteadOf">The post it would have been brought to, had its holder been there.</param>
    public Problem? SplitFromOther(string act, Guid? post, Rule rule, Due due, Guid? insteadOf = null)
    {
        if (Move(act) is { } problem)
            return problem;
        (AssignedPostId, InsteadOfPostId, HandlerPostId) = act == SplitOff ? (post, insteadOf, null) : (AssignedPostId, InsteadOfPostId, post);
        SetClock(rule.Id, due);
        return null;
    }

    /// <summary>It waits to be accepted like a new one, with all that was said before.</summary>
    public Problem? ResumeIt(Rule rule, Due due, Guid? post = null, Guid? insteadOf = null)
    {
        if (Move(Resume) is { } problem)
            return problem;
        ResumeUntil = null;
        (AssignedPostId, InsteadOfPostId, HandlerPostId) = (post, insteadOf, null);
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
    /// <param name="byResident">The resident's own button, not the community's judgement.</param>
    public Problem? ReferToAbove(bool byResident, Rule rule, Due due)
    {
        if (Move(byResident ? AskAbove : ReferUp) is { } problem)
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
    /// <param name="handler">Who handles it, where it went up before anybody had accepted it.</param>
    public Problem? ComeBack(Rule rule, Due due, Guid? handler, DateOnly on)
    {
        if (Move(ReturnFromAbove) is { } problem)
            return problem;
        if (HandlerPostId is null)
            (HandlerPostId, AcceptedOn) = (handler, on);
        SetClock(rule.Id, due);
        return null;
    }

    /// <param name="askOn">The day from which the resident is asked once more; null when they aren't.</param>
    /// <param name="joined">Said by somebody who joined, when whoever filed it has withdrawn.</param>
    public Problem? JudgeWell(DateOnly? askOn, DateOnly? askUntil, bool joined = false)
    {
        if (Move(joined ? JoinedCloses : JudgeSatisfied) is { } problem)
            return problem;
        (AskAgainOn, AskAgainUntil) = (askOn, askUntil);
        return null;
    }

    /// <param name="rule">The rule whose clock starts again.</param>
    public Problem? JudgeBadly(Rule rule, Due due) => Reopen(JudgeDissatisfied, rule, due);

    /// <summary>Past the community a dissatisfied verdict goes back to the sub-district, not to anybody here.</summary>
    public Problem? JudgeToAbove(Rule rule, Due due) => Reopen(JudgePast, rule, due);

    /// <summary>The last dissatisfied verdict that the rule allows: it isn't handled another time, both views stand.</summary>
    /// <param name="joined">Said by somebody who joined.</param>
    public Problem? JudgeAsDisagreement(bool joined = false)
    {
        if (Move(joined ? JoinedDisagreed : JudgeDisagreed) is { } problem)
            return problem;
        (AskAgainOn, AskAgainUntil) = (null, null);
        return null;
    }

    /// <summary>What was entered as the resident's verdict wasn't theirs: the answer waits for their own word again.</summary>
    /// <param name="handler">Who answers for it from now on: the post that did, or another where that one has ended.</param>
    public Problem? TakeVerdictBack(Guid? handler)
    {
        if (Move(ContestVerdict) is { } problem)
            return problem;
        (AskAgainOn, AskAgainUntil, HandlerPostId) = (null, null, handler);
        SetClock(null, null);
        return null;
    }

    /// <summary>What was entered for somebody who joined wasn't theirs: it stands closed again by the word of whoever filed it.</summary>
    public Problem? StandSatisfiedAgain(DateOnly askOn, DateOnly askUntil)
    {
        if (Move(ContestJoined) is { } problem)
            return problem;
        (AskAgainOn, AskAgainUntil) = (askOn, askUntil);
        SetClock(null, null);
        return null;
    }

    /// <summary>Somebody who joined is satisfied: whoever filed it is still asked, or has said so already.</summary>
    public Problem? JoinerIsSatisfied() => Move(JoinedSatisfied);

    /// <param name="handler">Who answers for it from now on: the post that did, or another where that one has ended.</param>
    public Problem? JoinerIsDissatisfied(Guid? handler, Rule rule, Due due)
    {
        if (Reopen(JoinedDissatisfied, rule, due) is { } problem)
            return problem;
        (AskAgainOn, AskAgainUntil, HandlerPostId) = (null, null, handler);
        return null;
    }

    /// <summary>Whoever filed it withdraws, and it goes on for those who joined: no clock changes.</summary>
    public Problem? StepBackFrom(DateOnly on)
    {
        if (Move(StepBack) is { } problem)
            return problem;
        AppellantLeftOn = on;
        return null;
    }

    /// <summary>Asked once more, the resident says it holds; they aren't asked again.</summary>
    public Problem? SayItHolds()
    {
        if (Move(SayStillSolved) is { } problem)
            return problem;
        (AskAgainOn, AskAgainUntil) = (null, null);
        return null;
    }

    /// <param name="handler">Who answers for it from now on: the post that did, or another where that one has ended.</param>
    public Problem? SayItDoesNotHold(Guid? handler, Rule rule, Due due)
    {
        if (Reopen(SayNotSolved, rule, due) is { } problem)
            return problem;
        (AskAgainOn, AskAgainUntil, HandlerPostId) = (null, null, handler);
        return null;
    }

    private Problem? Reopen(string act, Rule rule, Due due)
    {
        if (Move(act) is { } problem)
            return problem;
        SetClock(rule.Id, due);
        return null;
    }

    /// <summary>One more view of an open disagreement; that each side has one is the operation's business, and the database's.</summary>
    public Problem? AddStatement(bool own) => Move(own ? StateOwn : StateForCommunity);

    private Problem? Move(string act)
    {
        if (LifeCycle.Find(State, act) is not { } line)
            return AppealProblems.NotNow.With(LifeCycle.StateTitle(State));
        Enter(line);
        return null;
    }

    /// <summary>The only place where the state changes.</summary>
    private void Enter(Transition line) => State = Enum.Parse<AppealState>(line.To);

    private void SetClock(string? rule, Due? due)
    {
        DueRule = rule;
        DueOn = due?.Date;
        DueIsProvisional = due?.Provisional ?? false;
    }
}
