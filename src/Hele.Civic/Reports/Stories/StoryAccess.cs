using Hele.Civic.Kernel;
using Hele.Civic.People.Posts;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Journal;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.Reports;

/// <summary>Who may see and do what with a story that isn't in the report yet; once it stands, whoever reads the report reads it. Both functions default to nothing.</summary>
public static class StoryAccess
{
    private static readonly Role[] Authors = [Role.Clerk, Role.Secretary], Readers = [Role.Clerk, Role.Secretary, Role.Supervisor];

    public static readonly Permission List = new("story.list", ("案例列表", "List of stories"), Readers);
    public static readonly Permission See = new("story.see", ("查看案例", "See a story"), Readers, Residents: true) { ResidentsOfCommunities = true };
    public static readonly Permission Write = new("story.write", ("从记录起草案例", "Draft stories from records"), Authors);
    public static readonly Permission Read = new("story.read", ("看案例的草稿", "Read the draft of a story"), Readers, Residents: true) { ResidentsOfCommunities = true };
    public static readonly Permission Own = new("story.own", ("同意或撤回写自己的案例", "Agree to a story about oneself, or take that back"), [], Residents: true) { ResidentsOfCommunities = true };
    public static readonly Permission TakeConsent = new("story.take-consent", ("登记当事人签字的同意或撤回", "Record consent signed on paper, or its withdrawal"), Authors);
    public static readonly Permission Check = new("story.check", ("以第二个人的身份看案例", "Read stories as the second reader"), Readers);

    public static IEnumerable<Permission> All => [List, See, Write, Read, Own, TakeConsent, Check];

    /// <summary>Whether this viewer may do this with it, as far as posts and whom it is about go; <see cref="Bars"/> says who is no second reader all the same.</summary>
    public static bool May(Viewer? viewer, ReportStory story, Permission what)
    {
        if (viewer is null || viewer.JurisdictionId != story.JurisdictionId || viewer.PersonId == Guid.Empty)
            return false;
        var own = story.SubjectId == viewer.PersonId;
        if (what == Own)
            return own && viewer.Has(Own);
        if (what == See || what == Read)
            return viewer.PostFor(what) is not null || (own && viewer.Has(what));
        return viewer.PostFor(what) is not null;
    }

    /// <summary>Those of a query that this viewer may see: the same as filtering by <see cref="May"/> See.</summary>
    public static IQueryable<ReportStory> Visible(Viewer? viewer, IQueryable<ReportStory> stories)
    {
        if (viewer is null || viewer.PersonId == Guid.Empty || !viewer.Has(See))
            return stories.Where(s => false);
        var (jurisdiction, person) = (viewer.JurisdictionId, (Guid?)viewer.PersonId);
        return viewer.PostFor(See) is not null ? stories.Where(s => s.JurisdictionId == jurisdiction) : stories.Where(s => s.JurisdictionId == jurisdiction && s.SubjectId == person);
    }

    /// <summary>Why this viewer is no second reader of it: they wrote it, or it is about them. Null when they may.</summary>
    internal static async Task<Problem?> Bars(HeleDb db, Viewer viewer, ReportStory story)
    {
        if (await SamePerson.Is(db, viewer.PersonId, story.SubjectId))
            return StoryProblems.AboutOneself;
        return await SamePerson.Holds(db, viewer.PersonId, story.WrittenByPostId) ? StoryProblems.OwnStory : null;
    }
}

public static class StoryEvents
{
    public static readonly EventKind Written = new("story.written", ("起草了案例", "Drafted a story"));
    public static readonly EventKind Edited = new("story.edited", ("改了案例的草稿", "Changed the draft of the story"));
    public static readonly EventKind Agreed = new("story.agreed", ("当事人本人同意", "Whoever it is about agreed"));
    public static readonly EventKind AgreedOnPaper = new("story.agreed-on-paper", ("登记了当事人签字的同意", "Recorded consent signed on paper"));
    public static readonly EventKind Approved = new("story.approved", ("第二个人看过，可以写进报告", "Read by a second person: it stands in the report"));
    public static readonly EventKind SentBack = new("story.sent-back", ("第二个人退回修改", "Sent back by the second reader"));
    public static readonly EventKind Withdrawn = new("story.withdrawn", ("当事人不同意或撤回了同意，文字已销毁", "Consent was refused or taken back; the text was destroyed"), Whole: true);
    public static readonly EventKind Dropped = new("story.dropped", ("案例不写了，文字已销毁", "Gave the story up; the text was destroyed"), Whole: true);
    public static readonly EventKind Erased = new("story.erased", ("删除了案例的文字", "Erased the text of a story"), Whole: true);

    /// <summary>In the row about what ending it destroyed.</summary>
    public static readonly EventKind Emptied = new("story.emptied", ("销毁了案例的文字", "Destroyed the text of a story"));

    public static IEnumerable<EventKind> All => [Written, Edited, Agreed, AgreedOnPaper, Approved, SentBack, Withdrawn, Dropped, Erased, Emptied];
}

/// <summary>What is refused about stories, in words for people.</summary>
public static class StoryProblems
{
    public static readonly Problem NotFound = new("story.not-found", ("没有找到这则案例。", "This story was not found."), Kind: ProblemKind.NotFound);
    public static readonly Problem SourceMissing = new("story.source-missing", ("请选择从哪种记录写。", "Choose what kind of record it is told from."), "Source");
    public static readonly Problem RecordUnknown = new("story.record-unknown", ("没有找到这条记录，请核对编号。", "This record was not found; please check its number."), "Record");
    public static readonly Problem RecordUnfit = new("story.record-unfit", ("这一类事不写进案例：作风投诉、家庭矛盾、邻里纠纷、未成年人的事，和要求不显示姓名的。", "Of such a matter no story is told: complaints about conduct, family matters, disputes of neighbours, matters about minors, and those whose name is withheld."), "Record", ProblemKind.Conflict);
    public static readonly Problem RecordUnfinished = new("story.record-unfinished", ("要等办完：诉求要有答复、居民评价满意，感谢要核对过。", "It has to be finished first: an appeal answered and judged satisfied, thanks checked."), "Record", ProblemKind.Conflict);
    public static readonly Problem SubjectMissing = new("story.subject-missing", ("请选择写的是这户的哪一位。", "Choose whom of the household it is about."), "Subject");
    public static readonly Problem Minor = new("story.minor", ("不写未成年人，也不写有监护人的人。", "No story is told of a minor, nor of somebody under guardianship."), "Subject", ProblemKind.Conflict);
    public static readonly Problem PlaceMissing = new("story.place-missing", ("请选择放在报告的哪一处。", "Choose its place in the report."), "Place");
    public static readonly Problem TextMissing = new("story.text-missing", ("请写案例，最多{0}个字。", "Write the story, at most {0} characters."), "Text");
    public static readonly Problem NamesSomebody = new("story.names-somebody", ("还有姓名、电话或住址：{0}。姓名写成“某某”，住址只写到网格或小区。", "There are still names, telephone numbers or addresses in it: {0}. Write surnames only, and no more of an address than the grid or the compound."), "Text");
    public static readonly Problem ThereAlready = new("story.there-already", ("这条记录已经有一则案例。", "There is a story of this record already."), "Record", ProblemKind.Conflict);
    public static readonly Problem OwnStory = new("story.own", ("这则案例是您写的，要由另一个人看。", "You wrote this story: another person has to read it."), Kind: ProblemKind.Conflict);
    public static readonly Problem AboutOneself = new("story.about-oneself", ("这则案例写的是您，要由另一个人看。", "This story is about you: another person has to read it."), Kind: ProblemKind.Conflict);
    public static readonly Problem OtherWords = new("story.other-words", ("这不是当事人同意的那段文字，请重新打开再看。", "These aren't the words that were agreed to. Please open them again."), "Text", ProblemKind.Conflict);
    public static readonly Problem PaperMissing = new("story.paper-missing", ("请先收到当事人签字的同意书，再勾选登记。", "First have the consent signed on paper, then tick that you have it."), "Signed");
    public static readonly Problem DayWrong = new("story.day-wrong", ("签字的日期不能早于起草，也不能晚于今天。", "It was signed neither before the draft nor after today."), "On");
    public static readonly Problem ReasonMissing = new("story.reason-missing", ("请写原因，最多{0}个字。", "Give the reason, at most {0} characters."), "Reason");
    public static readonly Problem NotNow = new("story.not-now", ("现在不能这样办：{0}。", "This can't be done now: {0}."), Kind: ProblemKind.Conflict);
}
