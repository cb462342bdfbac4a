using Hele.Civic.Kernel;

namespace Hele.Civic.Appeals;

/// <summary>Everything the appeals room can refuse.</summary>
public static class AppealProblems
{
    public static readonly Problem KindMissing = new("appeal.kind-missing", ("请选择是哪一类事情。", "Choose what kind of matter it is."), "Kind");
    public static readonly Problem TitleMissing = new("appeal.title-missing", ("请用一句话说是什么事。", "Say in one line what it is."), "Title");
    public static readonly Problem TitleTooLong = new("appeal.title-too-long", ("标题最多{0}个字，现在是{1}个。", "The title has at most {0} characters; this one has {1}."), "Title");
    public static readonly Problem TextMissing = new("appeal.text-missing", ("请写清楚情况，办理的人才知道怎么办。", "Describe the matter, so that whoever handles it knows what to do."), "Text");
    public static readonly Problem TextTooLong = new("appeal.text-too-long", ("最多{0}个字，现在是{1}个。", "At most {0} characters; there are {1}."), "Text");
    public static readonly Problem PlaceMissing = new("appeal.place-missing", ("请写在哪里，例如：3号楼2单元门口。", "Say where, e.g. building 3, entrance 2."), "Place");
    public static readonly Problem PlaceTooLong = new("appeal.place-too-long", ("地点最多{0}个字，现在是{1}个。", "The place has at most {0} characters; this one has {1}."), "Place");
    public static readonly Problem BuildingUnknown = new("appeal.building-unknown", ("没有这栋楼，请重新选择，或者在下面写地点。", "There is no such building; choose again, or write the place below."), "Building");
    public static readonly Problem PositionOdd = new("appeal.position-odd", ("位置要写成“经度 纬度”，例如：113.6532 34.7661；在地图上点更方便。", "Write the position as “longitude latitude”, e.g. 113.6532 34.7661, or tap it on the map."), "Position");
    public static readonly Problem PersonUnknown = new("appeal.person-unknown", ("人员登记里没有这个人，请重新查找，或者只写姓名。", "The register has no such person; search again, or write the name only."), "Person");
    public static readonly Problem BehalfTooLong = new("appeal.behalf-too-long", ("姓名最多{0}个字，现在是{1}个。", "The name has at most {0} characters; this one has {1}."), "OnBehalfOf");
    public static readonly Problem OrderSourceMissing = new("appeal.order-source-missing", ("请选择工单从哪里来。", "Choose where the work order comes from."), "OrderSource");
    public static readonly Problem OrderNumberMissing = new("appeal.order-number-missing", ("请写工单编号，最多{0}个字。", "Write the work order's number, at most {0} characters."), "OrderNumber");
    public static readonly Problem OrderReplyByMissing = new("appeal.order-reply-by-missing", ("请写工单要求的回复日期，不能早于收到的日期。", "Write the day the order wants its reply by; it can't lie before the day it came."), "OrderReplyBy");
    public static readonly Problem OrderKnown = new("appeal.order-known", ("这个编号的工单已经登记过：诉求 {0}。", "A work order of this number is here already: appeal {0}."), "OrderNumber", ProblemKind.Conflict);
    public static readonly Problem OrderReplied = new("appeal.order-replied", ("这张工单{0}已经回复过。", "This work order was replied to on {0}."), Kind: ProblemKind.Conflict);
    public static readonly Problem ReplyMissing = new("appeal.reply-missing", ("请写回复给派单单位的内容。", "Write what was replied to whoever sent the order."), "Text");
    public static readonly Problem NameReasonMissing = new("appeal.name-reason-missing", ("请写为什么需要知道姓名，居民会看到。", "Say what the name is needed for; the resident reads it."), "Text");
    public static readonly Problem DoneMissing = new("appeal.done-missing", ("请写怎么办好的。", "Say how it was settled."), "Done");
    public static readonly Problem AppellantDied = new("appeal.appellant-died", ("反映的人已登记为去世，不再请人评价或代录意思；事情照常办理。", "Whoever raised it is registered as having died: nobody is asked to judge it or to speak for them. The matter itself goes on."), Kind: ProblemKind.Conflict);
    public static readonly Problem Namesakes = new("appeal.namesakes", ("人员登记里有{0}位同名的人，请选是哪一位，或者选“都不是”。", "The register has {0} people of this name: choose which one it is, or “none of them”."), "Person");
    public static readonly Problem NameMissing = new("appeal.name-missing", ("请写是替谁登记的。", "Say for whom it is taken down."), "AppellantName");
    public static readonly Problem NameTooLong = new("appeal.name-too-long", ("姓名最多{0}个字，现在是{1}个。", "The name has at most {0} characters; this one has {1}."), "AppellantName");
    public static readonly Problem ToldInFuture = new("appeal.told-in-future", ("居民反映的日期不能晚于今天。", "The day it was told can't lie after today."), "ToldOn");
    public static readonly Problem ToldTooLongAgo = new("appeal.told-too-long-ago", ("反映日期已超过一年，请核对。", "The day it was told is over a year ago. Please check it."), "ToldOn");
    public static readonly Problem AnswerMissing = new("appeal.answer-missing", ("请写答复：做了什么，结果怎样。", "Write the answer: what was done and what came of it."), "Text");
    public static readonly Problem RemarkTooLong = new("appeal.remark-too-long", ("补充说明最多{0}个字，现在是{1}个。", "The remark has at most {0} characters; this one has {1}."), "Remark");
    public static readonly Problem VerdictMissing = new("appeal.verdict-missing", ("请选择满意或不满意。", "Choose satisfied or not satisfied."), "Satisfied");
    public static readonly Problem RemarkMissing = new("appeal.remark-missing", ("请写一句哪里不满意，好让大家知道还要做什么。", "Say in a line what is still wrong, so that it is known what is left to do."), "Remark");
    public static readonly Problem JudgedBeforeAnswer = new("appeal.judged-before-answer", ("评价日期不能早于答复日期。", "The day of the verdict can't lie before the day of the answer."), "JudgedOn");
    public static readonly Problem JudgedInFuture = new("appeal.judged-in-future", ("评价日期不能晚于今天。", "The day of the verdict can't lie after today."), "JudgedOn");

    public static readonly Problem ReferReasonMissing = new("appeal.refer-reason-missing", ("请写为什么要请街道办，社区已经做了什么。", "Say why the sub-district is asked and what the community has done."), "Reason");
    public static readonly Problem ReferReasonTooLong = new("appeal.refer-reason-too-long", ("理由最多{0}个字，现在是{1}个。", "The reason has at most {0} characters; this one has {1}."), "Reason");
    public static readonly Problem NothingAbove = new("appeal.nothing-above", ("本社区上面没有设街道，不能上报。", "There is no sub-district above this community, so nothing can be referred up."), Kind: ProblemKind.Conflict);
    public static readonly Problem NotACommunity = new("appeal.not-a-community", ("诉求由居民向自己的社区提出，这里不是社区。", "Residents raise appeals in their community; this is none."), "Kind");

    public static readonly Problem NoteTooLong = new("appeal.note-too-long", ("最多{0}个字，现在是{1}个。", "At most {0} characters; there are {1}."), "Text");
    public static readonly Problem RefusalReasonMissing = new("appeal.refusal-reason-missing", ("请选择不予受理的原因。", "Choose why it isn't accepted."), "Why");
    public static readonly Problem RefusalTextMissing = new("appeal.refusal-text-missing", ("请向居民说明理由，用平常的话。", "Explain it to the resident in plain words."), "Text");
    public static readonly Problem ContestTextMissing = new("appeal.contest-text-missing", ("请写一句为什么应当受理。", "Say in a sentence why it should be accepted."), "Text");
    public static readonly Problem ReviewMissing = new("appeal.review-missing", ("请选择受理，还是维持不予受理。", "Choose to accept it or to uphold the refusal."), "Accept");
    public static readonly Problem RefuserCantReview = new("appeal.refuser-cant-review", ("作出不予受理的人不能复核，请换一位同事。", "Whoever refused it can't review the refusal; please ask a colleague."), Kind: ProblemKind.Conflict);
    public static readonly Problem NotInYourHands = new("appeal.not-in-your-hands", ("这件诉求现在不在您的岗位上，由承办的岗位退回。", "This appeal is not with your post now; the post that has it hands it back."), Kind: ProblemKind.Conflict);
    public static readonly Problem HandOnReasonMissing = new("appeal.hand-on-reason-missing", ("请写明原因，接手的人和居民都会看到。", "Give the reason; whoever takes it and the resident read it."), "Text");
    public static readonly Problem TakerMissing = new("appeal.taker-missing", ("请选择由哪个岗位接手。", "Choose which post takes it."), "To");
    public static readonly Problem ResumeTooLate = new("appeal.resume-too-late", ("这件诉求最迟到{0}可以重新提出，现在已过。请作为新的诉求反映，可以写上原来的编号。", "This appeal could be taken up again until {0}. Please raise it as a new one; you may name the old number."), Kind: ProblemKind.Conflict);
    public static readonly Problem StillSolvedMissing = new("appeal.still-solved-missing", ("请选择还好着，还是又没解决。", "Choose whether it is still solved."), "StillSolved");
    public static readonly Problem NotAskedNow = new("appeal.not-asked-now", ("现在不是再次询问的日子。又出了问题，请作为新的诉求反映。", "These are not the days of asking again. If it came back, please raise it as a new appeal."), Kind: ProblemKind.Conflict);
    public static readonly Problem StatementMissing = new("appeal.statement-missing", ("请写要补充的意见。", "Write the view to be added."), "Text");
    public static readonly Problem StatedAlready = new("appeal.stated-already", ("这一方的意见已经补充过一次。", "This side has added its view already."), Kind: ProblemKind.Conflict);
    public static readonly Problem SpokenMissing = new("appeal.spoken-missing", ("请选择居民的意思是什么。", "Choose what the resident wants."), "Act");
    public static readonly Problem HandlerCantSpeak = new("appeal.handler-cant-speak", ("办理过这件事的人不能代录居民的意思，请换一位同事。", "Whoever handled the matter can't take the resident's word down; please ask a colleague."), Kind: ProblemKind.Conflict);
    public static readonly Problem PhotoStays = new("appeal.photo-stays", ("这件诉求已经有人办理，照片不能再收回。有不该让人看到的内容，请联系社区隐藏。", "The appeal is being handled, so the photo can't be taken back. If something in it shouldn't be seen, ask the community to hide it."), Kind: ProblemKind.Conflict);
    public static readonly Problem HideReasonMissing = new("appeal.hide-reason-missing", ("请写为什么隐藏，最多{0}个字；居民会看到。", "Say why it is hidden, in at most {0} characters; the resident reads it."), "Why");
    public static readonly Problem NotNow = new("appeal.not-now", ("这件诉求现在是“{0}”，不能这样办。可能有人刚刚办过，请看最新情况。", "This appeal is now “{0}”, so that can't be done. Somebody may have been faster; please look at where it stands."), Kind: ProblemKind.Conflict);
    public static readonly Problem HandlerCantJudge = new("appeal.handler-cant-judge", ("办理过这件事的人不能录入居民的评价，请换一位同事。", "Whoever handled the matter can't enter its verdict; please ask a colleague."), Kind: ProblemKind.Conflict);
    public static readonly Problem ResponseMissing = new("appeal.response-missing", ("请写一句先告诉居民：看到了，谁来、什么时候到。", "Say in a sentence that it was seen, and who comes when."), "Text");
    public static readonly Problem RespondedAlready = new("appeal.responded-already", ("这件诉求已经有人回应或者受理。", "Somebody has responded to this matter or accepted it already."), Kind: ProblemKind.Conflict);
    public static readonly Problem StaffTakeItDown = new("appeal.staff-take-it-down", ("工作人员登录着，不能替居民在这里提出异议；请在这件诉求的页面上代录。", "Signed in as staff you can't contest it for the resident here; please take it down on the matter's own page."), Kind: ProblemKind.Conflict);
    public static readonly Problem EntererCantContest = new("appeal.enterer-cant-contest", ("录入这次评价的人不能代录对它的异议，请换一位同事。", "Whoever entered this verdict can't take down that it is contested; please ask a colleague."), Kind: ProblemKind.Conflict);
    public static readonly Problem NothingToContest = new("appeal.nothing-to-contest", ("这件诉求没有可以提出异议的代录评价：可能已经提出过，或者过了日子。", "There is no entered verdict of this appeal to contest: perhaps that was done already, or the time is over."), Kind: ProblemKind.Conflict);
    public static readonly Problem ContestTooLate = new("appeal.contest-too-late", ("对这次评价最迟到{0}可以提出异议，现在已过。这件事还没解决，请到社区说，或者作为新的诉求反映。", "This verdict could be contested until {0}. If the matter isn't solved, please tell the community, or raise it as a new one."), Kind: ProblemKind.Conflict);
    public static readonly Problem SaidSince = new("appeal.said-since", ("这次评价之后，居民已经又说过解决没解决，以后来说的为准。", "Since this verdict the resident has said whether it still holds; what was said later stands."), Kind: ProblemKind.Conflict);
    public static readonly Problem FindingMissing = new("appeal.finding-missing", ("请写了解到的情况。", "Write what was found."), "Text");
    public static readonly Problem NotFound = new("appeal.not-found", ("没有找到这件诉求。", "This appeal was not found."), Kind: ProblemKind.NotFound);
}
