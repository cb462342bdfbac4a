using Hele.Civic.Kernel;
using Hele.Civic.People.Posts;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Journal;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.Appeals;

/// <summary>Who decides what the public sees of an appeal.</summary>
public static class PublicationAccess
{
    public static readonly Permission Review = new("appeal.publish", ("审核公开", "Review an appeal for the public"), [Role.Clerk, Role.Secretary]);
    public static readonly Permission CorrectKind = new("appeal.correct-kind", ("更正诉求类别", "Correct an appeal's kind"), AppealAccess.Handlers);
    public static readonly Permission HideText = new("appeal.hide-text", ("隐藏辱骂文字", "Hide abusive text"), AppealAccess.Handlers);
    public static readonly Permission SeeHidden = new("appeal.see-hidden", ("查看被隐藏的文字", "See texts that were hidden"), [Role.Supervisor]);

    public static IEnumerable<Permission> All => [Review, CorrectKind, HideText, SeeHidden];

    /// <summary>Why this viewer may not review this appeal: it is their own, or they wrote the answer that would be shown. Null when they may.</summary>
    internal static async Task<Problem?> Bars(HeleDb db, Viewer viewer, Appeal appeal)
    {
        var entries = await SamePerson.EntriesOf(db, viewer.PersonId);
        if (appeal.AppellantId is { } appellant && entries.Contains(appellant))
            return PublicationProblems.OwnMatter;
        return await (from x in db.Set<AppealAnswer>()
                      join p in db.Set<Post>() on x.PostId equals p.Id
                      where x.AppealId == appeal.Id && x.Round == appeal.Round && entries.Contains(p.PersonId)
                      select x.Id).AnyAsync() ? PublicationProblems.OwnAnswer : null;
    }
}

/// <summary>What can happen to what the public sees.</summary>
public static class PublicationEvents
{
    public static readonly EventKind Published = new("publication.published", ("审核后公开", "Reviewed and made public"));
    public static readonly EventKind Corrected = new("publication.corrected", ("更正公开的内容", "Corrected what is public"));
    public static readonly EventKind AnswerAdded = new("publication.answer-added", ("公开新的答复", "Made a new answer public"));
    public static readonly EventKind Declined = new("publication.declined", ("审核后不公开", "Reviewed and not made public"));
    public static readonly EventKind Withdrawn = new("publication.withdrawn", ("撤下公开的内容", "Took down what was public"));
    public static readonly EventKind WithdrawnForKind = new("publication.withdrawn-for-kind", ("类别改为不公开的，撤下公开的内容", "Took it down: its kind is none that is listed"));
    public static readonly EventKind WithdrawnForMerge = new("publication.withdrawn-for-merge", ("并入同一件事，撤下公开的内容", "Took it down: merged into the same matter"));
    public static readonly EventKind KindCorrected = new("appeal.kind-corrected", ("更正了类别", "Corrected its kind"));
    public static readonly EventKind TextHidden = new("hidden-text.hidden", ("隐藏了一段文字", "Hid a text"));
    public static readonly EventKind TextShown = new("hidden-text.shown", ("恢复显示一段文字", "Showed a hidden text again"));

    public static readonly EventKind TextHiddenAbove = new("hidden-text.hidden-above", ("隐藏了一段文字，街道那里也隐藏", "Hid a text, at the sub-district too"));
    public static readonly EventKind TextShownAbove = new("hidden-text.shown-above", ("恢复显示一段文字，街道那里也恢复", "Showed a hidden text again, at the sub-district too"));
    public static readonly EventKind ReferralHidden = new("referral.words-hidden", ("社区隐藏了标题和内容", "The community hid title and text"));
    public static readonly EventKind ReferralShown = new("referral.words-shown", ("社区恢复显示标题和内容", "The community shows title and text again"));

    public static IEnumerable<EventKind> All => [Published, Corrected, AnswerAdded, Declined, Withdrawn, WithdrawnForKind, WithdrawnForMerge, KindCorrected, TextHidden, TextShown, TextHiddenAbove, TextShownAbove, ReferralHidden, ReferralShown];
}

/// <summary>What a review can be refused for.</summary>
public static class PublicationProblems
{
    public static readonly Problem NotListed = new("publication.not-listed", ("这一类诉求涉及隐私，只计数，不公开。", "Appeals of this kind are private: they are counted, never made public."), Kind: ProblemKind.Conflict);
    public static readonly Problem NotAcceptedYet = new("publication.not-accepted-yet", ("受理以后再审核公开。", "It can be reviewed once it has been accepted."), Kind: ProblemKind.Conflict);
    public static readonly Problem OwnMatter = new("publication.own-matter", ("这是您自己反映的事，请一位同事审核。", "You raised this yourself; please ask a colleague to review it."), Kind: ProblemKind.Conflict);
    public static readonly Problem OwnAnswer = new("publication.own-answer", ("这次答复是您写的，请一位同事审核。", "You wrote this answer; please ask a colleague to review it."), Kind: ProblemKind.Conflict);
    public static readonly Problem NotNow = new("publication.not-now", ("公开的情况现在是“{0}”，不能这样办。可能有同事刚刚办过。", "The publication is now “{0}”, so that can't be done. A colleague may have been faster."), Kind: ProblemKind.Conflict);
    public static readonly Problem TitleMissing = new("publication.title-missing", ("请写公开的标题。", "Write the public title."), "Title");
    public static readonly Problem TitleTooLong = new("publication.title-too-long", ("标题最多{0}个字，现在是{1}个。", "The title has at most {0} characters; this one has {1}."), "Title");
    public static readonly Problem AnswerMissing = new("publication.answer-missing", ("已经答复过，请写公开的答复。", "It has been answered: write the public version of the answer."), "Answer");
    public static readonly Problem AnswerTooLong = new("publication.answer-too-long", ("最多{0}个字，现在是{1}个。", "At most {0} characters; there are {1}."), "Answer");
    public static readonly Problem AnswerTooEarly = new("publication.answer-too-early", ("还没有答复，公开的答复请先空着。", "It hasn't been answered yet; leave the public answer empty."), "Answer");
    public static readonly Problem AnsweredMeanwhile = new("publication.answered-meanwhile", ("您审核的时候又有了新的答复，请看过再公开。", "A new answer came while you were reviewing; please read it before you publish."), Kind: ProblemKind.Conflict);
    public static readonly Problem PlaceMissing = new("publication.place-missing", ("请选择公开到哪一级地点。", "Choose how closely the place is shown."), "Place");
    public static readonly Problem LooksPersonal = new("publication.looks-personal", ("可能有个人信息：{0}。请改掉；核对过确实不是的，在下面打勾。", "This may be personal: {0}. Please take it out; if you have checked that it isn't, tick the box below."));
    public static readonly Problem ReasonMissing = new("publication.reason-missing", ("请写原因。", "Give the reason."), "Reason");
    public static readonly Problem ReasonTooLong = new("publication.reason-too-long", ("原因最多{0}个字，现在是{1}个。", "The reason has at most {0} characters; this one has {1}."), "Reason");
    public static readonly Problem KindSame = new("appeal.kind-same", ("现在就是这一类。", "It is of this kind already."), "Kind", ProblemKind.Conflict);
    public static readonly Problem HideReasonMissing = new("hidden-text.reason-missing", ("请写为什么隐藏，看不到原文的人会看到这个原因。", "Say why it is hidden; whoever can't read the text reads the reason."), "Reason");
    public static readonly Problem NoSuchText = new("hidden-text.no-such-text", ("没有这段文字，请刷新后再看。", "There is no such text; please load the page again."), Kind: ProblemKind.Conflict);
    public static readonly Problem HiddenAlready = new("hidden-text.hidden-already", ("这段文字已经隐藏了。", "This text is hidden already."), Kind: ProblemKind.Conflict);
    public static readonly Problem ShownAlready = new("hidden-text.shown-already", ("这段文字已经恢复显示了。", "This text is shown again already."), Kind: ProblemKind.Conflict);
}
