using Hele.Civic.Platform.Journal;

namespace Hele.Civic.Appeals;

/// <summary>What can happen to an appeal, its answers and verdicts.</summary>
public static class AppealEvents
{
    public static readonly EventKind Filed = new("appeal.filed", ("提交了诉求", "Filed the appeal"));
    public static readonly EventKind TakenDown = new("appeal.taken-down", ("代居民登记了诉求", "Took the appeal down for the resident"));
    public static readonly EventKind SettledOnTheSpot = new("appeal.settled-on-the-spot", ("当场办好并登记，请居民评价", "Settled it on the spot; the resident is asked to judge"));
    public static readonly EventKind OrderReceived = new("order.received", ("收到工单", "Received a work order"));
    public static readonly EventKind OrderReplied = new("order.replied", ("回复了工单", "Replied to the work order"));
    public static readonly EventKind NameOpened = new("note.name-opened", ("说明用途后查看了反映人姓名", "Looked at who raised it, saying what for"));
    public static readonly EventKind Responded = new("appeal.responded", ("先回应了居民", "Responded to the resident at once"));
    public static readonly EventKind Accepted = new("appeal.accepted", ("受理，开始办理", "Accepted it and began to handle it"));
    public static readonly EventKind Answered = new("appeal.answered", ("作出答复，请居民评价", "Answered it; the resident is asked to judge"));
    public static readonly EventKind JudgedSatisfied = new("appeal.judged-satisfied", ("居民评价：满意，办结", "The resident is satisfied; closed"));
    public static readonly EventKind JudgedDissatisfied = new("appeal.judged-dissatisfied", ("居民评价：不满意，重新办理", "The resident is not satisfied; handled again"));
    public static readonly EventKind JudgedDisagreed = new("appeal.judged-disagreed", ("居民评价：不满意，公开分歧", "The resident is not satisfied; an open disagreement"));
    public static readonly EventKind Refused = new("appeal.refused", ("不予受理", "Refused to accept it"));
    public static readonly EventKind Contested = new("appeal.contested", ("对不予受理提出异议", "Contested the refusal"));
    public static readonly EventKind Overruled = new("appeal.overruled", ("复核后受理，开始办理", "Accepted it on review and began to handle it"));
    public static readonly EventKind Upheld = new("appeal.upheld", ("复核后仍不予受理", "Upheld the refusal on review"));
    public static readonly EventKind HandedBack = new("appeal.handed-back", ("退回社区，期限不变", "Handed it back to the community, the deadline unchanged"));
    public static readonly EventKind PassedOn = new("appeal.passed-on", ("转交，期限不变", "Passed it on, the deadline unchanged"));
    public static readonly EventKind Withdrawn = new("appeal.withdrawn", ("撤回了诉求", "Withdrew the appeal"));
    public static readonly EventKind WithdrawnFromAbove = new("appeal.withdrawn-from-above", ("撤回了诉求，街道也不再办理", "Withdrew the appeal, from the sub-district too"));
    public static readonly EventKind Resumed = new("appeal.resumed", ("重新提出诉求", "Took the appeal up again"));
    public static readonly EventKind StillSolved = new("appeal.still-solved", ("再次询问：仍然解决", "Asked again: it is still solved"));
    public static readonly EventKind NotSolved = new("appeal.not-solved", ("再次询问：又没解决，重新办理", "Asked again: it is not solved; handled again"));
    public static readonly EventKind ResidentStated = new("appeal.resident-stated", ("补充了自己的意见", "Added their own view"));
    public static readonly EventKind CommunityStated = new("appeal.community-stated", ("补充了社区的意见", "Added the community's view"));
    public static readonly EventKind PhotosAdded = new("appeal.photos-added", ("添加了照片", "Added photos"));
    public static readonly EventKind NoteWritten = new("note.written", ("写下说明", "Wrote down what was said"));
    public static readonly EventKind WithdrawalNoted = new("note.withdrawal", ("写下撤回的话", "Wrote down the withdrawal"));
    public static readonly EventKind ReferralWithdrawn = new("referral.withdrawn", ("居民撤回，不再办理", "Withdrawn by the resident"));
    public static readonly EventKind HandedOver = new("appeal.handed-over", ("原岗位终止，移交给接手的岗位继续办理，期限不变", "The post that handled it ended; handed over to its successor, the deadline unchanged"));
    public static readonly EventKind AnswerWritten = new("answer.written", ("写下答复", "Wrote the answer"));
    public static readonly EventKind ReferredUp = new("appeal.referred-up", ("上报街道", "Referred it up to the sub-district"));
    public static readonly EventKind AnsweredFromAbove = new("appeal.answered-from-above", ("街道作出答复，请居民评价", "The sub-district answered; the resident is asked to judge"));
    public static readonly EventKind ReturnedFromAbove = new("appeal.returned-from-above", ("街道退回，由社区继续办理", "The sub-district returned it; the community handles it on"));
    public static readonly EventKind ReferralSent = new("appeal.referral-sent", ("写下上报理由", "Wrote why it is referred up"));
    public static readonly EventKind AnswerFromAbove = new("answer.from-above", ("收到街道的答复", "Took the sub-district's answer in"));
    public static readonly EventKind ReturnNoted = new("appeal.return-noted", ("收到街道的退回说明", "Took the reason of the return in"));
    public static readonly EventKind ReferralReceived = new("referral.received", ("收到社区上报的事项", "Received a matter referred up by a community"));
    public static readonly EventKind ReferralAnswered = new("referral.answered", ("答复上报事项", "Answered the referral"));
    public static readonly EventKind ReferralReturned = new("referral.returned", ("退回上报事项", "Returned the referral"));
    public static readonly EventKind FiledPast = new("appeal.filed-past", ("提交了对工作人员的意见，不经社区，直接送街道", "Filed a complaint about conduct; it went to the sub-district past the community"));
    public static readonly EventKind JudgedPast = new("appeal.judged-past", ("居民评价：不满意，再送街道", "The resident is not satisfied; it went to the sub-district again"));
    public static readonly EventKind ContestedPast = new("appeal.contested-past", ("对不予受理提出异议，没有别人可以复核，送街道", "Contested the refusal; nobody else could review it, so it went to the sub-district"));
    public static readonly EventKind AboutNamed = new("appeal.about-named", ("写下反映的是谁", "Wrote down whom it is about"));
    public static readonly EventKind SentPast = new("appeal.sent-past", ("直接送到街道", "Sent it straight to the sub-district"));
    public static readonly EventKind SentPastAgain = new("appeal.sent-past-again", ("评价后再送街道", "Sent it to the sub-district after the verdict"));
    public static readonly EventKind SentPastContested = new("appeal.sent-past-contested", ("提出异议后送街道", "Sent it to the sub-district after the refusal was contested"));
    public static readonly EventKind ReceivedPast = new("referral.received-past", ("收到不经社区、直接送来的意见", "Received a complaint that went past the community"));
    public static readonly EventKind ReceivedPastAgain = new("referral.received-past-again", ("居民不满意答复，再次收到", "Received it again: the resident was not satisfied with the answer"));
    public static readonly EventKind ReceivedPastContested = new("referral.received-past-contested", ("收到居民对不予受理的异议", "Received a contested refusal that nobody in the community could review"));
    public static readonly EventKind VerdictContested = new("appeal.verdict-contested", ("说明代录的评价不是自己的意思，请居民本人重新评价", "Said that the verdict entered isn't theirs; the resident is asked to judge again"));
    public static readonly EventKind OldVerdictContested = new("appeal.old-verdict-contested", ("说明以前代录的评价不是自己的意思；办理照常进行", "Said that an earlier verdict entered isn't theirs; the matter goes on as it stands"));
    public static readonly EventKind ContestLookedInto = new("appeal.contest-looked-into", ("居务监督了解了代录评价的情况", "The supervision looked into the contested verdict"));
    public static readonly EventKind VerdictStruck = new("verdict.struck", ("代录的评价划去，不再计入", "The verdict entered is struck and counts no more"));
    public static readonly EventKind VerdictGiven = new("verdict.given", ("留下评价", "Gave the verdict"));
}
