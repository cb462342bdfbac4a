using Hele.Civic.Platform.Journal;

namespace Hele.Civic.Disclosures;

public static class DisclosureEvents
{
    public static readonly EventKind Drafted = new("disclosure.drafted", ("写好了，送去核对", "Wrote it and sent it to be checked"));
    public static readonly EventKind Edited = new("disclosure.edited", ("修改后再送核对", "Changed it and sent it to be checked again"));
    public static readonly EventKind Dropped = new("disclosure.dropped", ("不再公布，作废", "Dropped it before it was put up"));
    public static readonly EventKind Checked = new("disclosure.checked", ("核对无误", "Checked it and found it right"));
    public static readonly EventKind Returned = new("disclosure.returned", ("核对后退回修改", "Sent it back to be changed"));
    public static readonly EventKind Published = new("disclosure.published", ("公布了", "Put it up"), Whole: true);
    public static readonly EventKind Withdrawn = new("disclosure.withdrawn", ("提前撤下，说明了原因", "Took it down early, with the reason"));
    public static readonly EventKind CorrectionProposed = new("disclosure.correction-proposed", ("提出更正，送去核对", "Wrote a correction and sent it to be checked"));
    public static readonly EventKind CorrectionRefused = new("disclosure.correction-refused", ("核对后不作更正", "Checked the correction and refused it"));
    public static readonly EventKind Corrected = new("disclosure.corrected", ("核对后更正，公开的时间重新计算", "Checked the correction and put it up; the time counts anew"));
    public static readonly EventKind Ended = new("disclosure.ended", ("期满撤下，归入档案", "Its time was over: taken down into the archive"));

    public static readonly EventKind TextWritten = new("disclosure.text-written", ("写下内容", "Wrote the text"));
    public static readonly EventKind TextEdited = new("disclosure.text-edited", ("修改内容", "Changed the text"));

    /// <summary>Every column: the leaf by which it can be shown what was up from when to when.</summary>
    public static readonly EventKind TextShown = new("disclosure.text-shown", ("内容上墙", "The text went up"), Whole: true);

    public static readonly EventKind TextReplaced = new("disclosure.text-replaced", ("内容被更正", "The text was replaced by a correction"));
    public static readonly EventKind TextRefused = new("disclosure.text-refused", ("更正没有采用", "The correction wasn't used"));
    public static readonly EventKind TextErased = new("disclosure.text-erased", ("保存期满，内容已销毁", "Kept long enough; the text was destroyed"), Whole: true);

    public static readonly EventKind DutyOpened = new("disclosure.duty-opened", ("有一期该公开了", "A period's disclosure is due"));
    public static readonly EventKind DutyReminded = new("disclosure.duty-reminded", ("提醒：快到期还没有公开", "Reminded that it is nearly due"));
    public static readonly EventKind DutyDone = new("disclosure.duty-done", ("这一期已经公开", "The period was disclosed"));
    public static readonly EventKind DutyReopened = new("disclosure.duty-reopened", ("提前撤下，这一期还要公开", "Taken down early: the period is still to be disclosed"));

    public static readonly EventKind Objected = new("disclosure.objected", ("提出异议", "Objected"));
    public static readonly EventKind ObjectionAnswered = new("disclosure.objection-answered", ("公开答复了异议", "Answered the objection in public"));
    public static readonly EventKind ObjectionErased = new("disclosure.objection-erased", ("异议原文已删除", "Erased the words of an objection"), Whole: true);

    public static IEnumerable<EventKind> All =>
    [
        Drafted, Edited, Dropped, Checked, Returned, Published, Withdrawn, CorrectionProposed, CorrectionRefused, Corrected, Ended, TextWritten, TextEdited, TextShown, TextReplaced, TextRefused, TextErased,
        DutyOpened, DutyReminded, DutyDone, DutyReopened, Objected, ObjectionAnswered, ObjectionErased,
    ];
}
