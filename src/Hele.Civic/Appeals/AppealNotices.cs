using Hele.Civic.Kernel;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Notices;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.Appeals;

/// <summary>What the resident of an appeal is told. What lies with a colleague stands in their day instead (<see cref="AppealDay"/>).</summary>
internal static class AppealNotices
{
    private static readonly NoticeGroup
        Decisions = new("appeal.decisions", ("答复和决定", "Answers and decisions"), ("答复、不予受理、复核结果，以及别人代您登记的评价和撤回", "Answers, refusals, reviews, and a verdict or withdrawal that somebody wrote down for you"),
            NoticeWay.AtOnce, ("这些要等您说话，不告诉您就会替您过了期，所以不能不通知。", "They wait for your word and would pass without it, so they can't be turned off.")),
        Progress = new("appeal.progress", ("办理进展", "Progress"), ("登记、受理、上报、退回、重新办理", "Taken down, accepted, referred up, returned, handled again"), NoticeWay.Digest),
        Urgent = new("appeal.urgent", ("急事的回应", "Responses to urgent matters"), ("安全隐患这样的急事，社区先回的话", "What the community says at once to something urgent, such as a hazard"), NoticeWay.AtOnce) { IsUrgent = true },
        AskAgain = new("appeal.ask-again", ("过一阵再问一次", "Asked again later"), ("评价满意以后，过一阵问您还好着吗", "Some weeks after you were satisfied: does it still hold"), NoticeWay.AtOnce),
        Supervising = new("appeal.supervising", ("居务监督要了解的", "What the supervision looks into"), ("代录的评价有异议", "A verdict entered for a resident is contested"), NoticeWay.AtOnce),
        Name = new("appeal.name", ("谁看了您的姓名", "Who saw your name"), ("您没有公开姓名，办理的人说明用途后看了", "You withheld your name, and whoever handles it looked, saying what for"),
            NoticeWay.AtOnce, ("您有权知道谁看过（《个人信息保护法》第44条），所以不能不通知。", "You have a right to know who looked (PIPL art. 44), so it can't be turned off."));

    private static readonly Bilingual OpenAgain = ("有居民不满意，重新办理", "Somebody isn't satisfied; handled again"),
        Disagreed = ("有居民仍不满意，分歧公开", "Somebody still isn't satisfied: an open disagreement");

    private static readonly NoticeSubject Matter = new(typeof(Appeal), async (db, viewer, codes, cancel) =>
        await AppealAccess.Visible(viewer, db.Set<Appeal>()).Where(a => codes.Contains(a.PublicCode)).ToDictionaryAsync(a => a.PublicCode, a => a.Title, cancel));

    private static readonly NoticeGroup Together = new("appeal.joint", ("联合办理", "Joint handling"), ("请您的岗位一起办，参加的岗位写好了", "Your post is asked to take part; a post that takes part wrote its part"), NoticeWay.AtOnce);

    private static readonly NoticeSubject Part = new(typeof(AppealJoint), async (db, viewer, codes, cancel) =>
    {
        var hidden = HiddenTexts.TitlesFrom(db, viewer);
        return await JointAccess.Visible(db, viewer).Where(j => codes.Contains(j.PublicCode))
            .Select(j => new { j.PublicCode, Title = db.Set<Appeal>().Where(a => a.Id == j.AppealId && !hidden.Contains(a.Id)).Select(a => a.Title).FirstOrDefault() ?? "" }).ToDictionaryAsync(j => j.PublicCode, j => j.Title, cancel);
    });

    /// <summary>Whoever joined reads the title that the public reads; whoever was merged into it, that of their own matter.</summary>
    private static readonly NoticeSubject Joined = new(typeof(AppealJoin), async (db, viewer, codes, cancel) =>
    {
        var person = viewer.PersonId;
        return await db.Set<AppealJoin>().Where(j => j.PersonId == person && j.LeftOn == null && codes.Contains(j.PublicCode)).Select(j => new
        {
            j.PublicCode,
            Title = j.FromAppealId != null ? db.Set<Appeal>().Where(a => a.Id == j.FromAppealId && a.AppellantId == person).Select(a => a.Title).FirstOrDefault()
                : db.Set<AppealPublication>().Where(p => p.AppealId == j.AppealId && p.State == PublicationState.Published).Select(p => p.Title).FirstOrDefault(),
        }).Where(j => j.Title != null).ToDictionaryAsync(j => j.PublicCode, j => j.Title!, cancel);
    });

    /// <summary>All whose matter it is too, each by their own page of it.</summary>
    private static readonly NoticeOthers Joiners = new(Joined, async (db, row) => await db.Set<AppealJoin>()
        .Where(j => j.AppealId == row.Id && j.LeftOn == null && j.PersonId != null).OrderBy(j => j.LoggedAt).ThenBy(j => j.Id).Select(j => new NoticeTo(j.PersonId, j.PublicCode, null, null)).ToListAsync());

    private static async Task<Guid?> HolderOf(HeleDb db, Guid post) => await db.Set<Post>().Where(p => p.Id == post).Select(p => (Guid?)p.PersonId).SingleOrDefaultAsync();

    public static IEnumerable<NoticeSource> All =>
    [
        new(AppealEvents.TakenDown, Progress, Matter, ("社区登记了您说的事", "The community took down what you said"), Resident),
        new(AppealEvents.Responded, Urgent, Matter, ("社区先回了话", "The community responded"), Resident),
        new(AppealEvents.Accepted, Progress, Matter, ("已受理，开始办理", "Accepted; it is being handled"), Resident),
        new(AppealEvents.ReferredUp, Progress, Matter, ("已上报街道，等街道答复", "Referred up; the sub-district is to answer"), Resident),
        new(AppealEvents.ReturnedFromAbove, Progress, Matter, ("街道退回，由社区继续办理", "The sub-district returned it; the community handles it on"), Resident),
        new(AppealEvents.NotSolved, Progress, Matter, ("又没解决，重新办理", "It isn't solved; handled again"), Resident) { Others = Joiners },
        new(JointEvents.Started, Progress, Matter, ("几个岗位联合办理，期限按联合办理算", "Several posts handle it jointly, by the deadline of joint handling"), Resident),
        new(JointEvents.Asked, Together, Part, ("请您的岗位一起办这件事", "Your post is asked to take part"), async (db, row) => new NoticeTo(await HolderOf(db, ((AppealJoint)row).PostId), ((AppealJoint)row).PublicCode)),
        new(JointEvents.Written, Together, Part, ("参加的岗位写好了自己的部分", "A post that takes part wrote its part"), async (db, row) => new NoticeTo(
            await db.Set<Appeal>().Where(a => a.Id == ((AppealJoint)row).AppealId).Select(a => a.HandlerPostId).SingleOrDefaultAsync() is { } lead ? await HolderOf(db, lead) : null, ((AppealJoint)row).PublicCode)),
        new(AppealEvents.Resumed, Progress, Matter, ("重新提出，等受理", "Taken up again; waiting to be accepted"), Resident),
        new(AppealEvents.CommunityStated, Progress, Matter, ("社区补充了自己的意见", "The community added its view"), Resident),
        new(MergingEvents.Merged, Decisions, Matter, ("和更早的同一件事并案办理，编号回执不变，答复了由您自己评价", "Merged with an earlier matter that is the same: your number and receipt stay, and you judge its answer yourself"), Resident),
        new(MergingEvents.Split, Decisions, Matter, ("不再并案，单独办理", "No longer merged; handled by itself"), Resident),
        new(MergingEvents.TookIn, Progress, Matter, ("有别的居民反映同一件事，并到您这一件办理", "Others raised the same thing; it is handled with yours"), (db, row) => ResidentOf(db, ((AppealJoin)row).AppealId)),
        new(AppealEvents.SettledOnTheSpot, Decisions, Matter, ("登记为当场办好，请您评价", "Put down as settled on the spot; please judge it"), Resident),
        new(AppealEvents.Answered, Decisions, Matter, ("有了答复，请您评价", "It was answered; please judge the answer"), Resident) { Others = Joiners },
        new(AppealEvents.AnsweredFromAbove, Decisions, Matter, ("街道有了答复，请您评价", "The sub-district answered; please judge the answer"), Resident) { Others = Joiners },
        // What whoever filed it said stands in their own notice when it was entered for them.
        new(AppealEvents.JudgedDissatisfied, Progress, Matter, OpenAgain, Nobody) { Others = Joiners },
        new(JoiningEvents.JudgedDissatisfied, Progress, Matter, OpenAgain, Resident) { Others = Joiners },
        new(AppealEvents.JudgedDisagreed, Decisions, Matter, Disagreed, Nobody) { Others = Joiners },
        new(JoiningEvents.JudgedDisagreed, Decisions, Matter, Disagreed, Resident) { Others = Joiners },
        new(AppealEvents.Refused, Decisions, Matter, ("不予受理，看原因；不同意可以提出异议", "Not accepted: see why; you can contest it"), Resident),
        new(AppealEvents.Overruled, Decisions, Matter, ("复核后受理，开始办理", "Accepted on review; it is being handled"), Resident),
        new(AppealEvents.Upheld, Decisions, Matter, ("复核后仍不予受理，看理由", "The refusal was upheld on review: see why"), Resident),
        new(AppealEvents.VerdictGiven, Decisions, Matter, ("社区登记了您的评价，请看对不对", "The community wrote your verdict down: see whether it is right"),
            (db, row) => row is AppealVerdict { JoinId: null } own ? ResidentOf(db, own.AppealId) : Nobody(db, row)) { Others = new(Joined, async (db, row) => await db.Set<AppealJoin>()
                .Where(j => j.Id == ((AppealVerdict)row).JoinId && j.PersonId != null).Select(j => new NoticeTo(j.PersonId, j.PublicCode, null, null)).ToListAsync()) },
        new(AppealEvents.Withdrawn, Decisions, Matter, ("社区登记为您已撤回，请看对不对", "Written down as withdrawn by you: see whether it is right"), Resident),
        new(AppealEvents.WithdrawnFromAbove, Decisions, Matter, ("社区登记为您已撤回，请看对不对", "Written down as withdrawn by you: see whether it is right"), Resident),
        new(AppealEvents.JudgedSatisfied, AskAgain, Matter, ("您评价过满意，现在还好着吗？", "You were satisfied: does it still hold?"), (_, row) => Task.FromResult(
            // Past the community nobody is asked again.
            ((Appeal)row).AskAgainOn is { } on ? Told((Appeal)row) with { From = on, Until = ((Appeal)row).AskAgainUntil } : default)),
        new(JoiningEvents.ClosedAgain, AskAgain, Matter, ("您评价过满意，现在还好着吗？", "You were satisfied: does it still hold?"), (_, row) => Task.FromResult(
            Told((Appeal)row) with { From = ((Appeal)row).AskAgainOn, Until = ((Appeal)row).AskAgainUntil })),
        new(JoiningEvents.VerdictContested, Progress, Matter, ("有居民说代录的评价不是本人的意思，回到等居民评价", "Somebody says that the verdict entered for them isn't theirs; it waits for verdicts again"), Resident) { Others = Joiners },
        new(AppealEvents.VerdictContested, Decisions, Matter, ("有人凭回执或在大厅替您说代录的评价不对，请您重新评价", "Somebody with your paper, or at the counter, said that the verdict entered for you isn't yours: please judge again"), Resident),
        new(AppealEvents.OldVerdictContested, Decisions, Matter, ("有人凭回执或在大厅替您说以前代录的评价不对，请看对不对", "Somebody with your paper, or at the counter, said that an earlier verdict entered for you isn't yours: see whether that is right"), Resident),
        new(AppealEvents.VerdictStruck, Supervising, Matter, ("代录的评价居民说不是本人的意思，请了解情况", "A resident said that a verdict entered for them isn't theirs: please look into it"), Supervision),
        new(AppealEvents.NameOpened, Name, Matter, ("办理的人说明用途后看了您的姓名", "Whoever handles it looked at your name, saying what for"), (db, row) => ResidentOf(db, ((AppealNote)row).AppealId)),
    ];

    private static Task<NoticeTo> Nobody(HeleDb db, Owned row) => Task.FromResult(default(NoticeTo));

    private static async Task<NoticeTo> Supervision(HeleDb db, Owned row)
    {
        var verdict = (AppealVerdict)row;
        var today = verdict.ContestedOn ?? verdict.JudgedOn;
        var people = await db.Set<Post>().Where(Post.ActiveOn(today)).Where(p => p.Role == Role.Supervisor).OrderBy(p => p.Id).Select(p => p.PersonId).ToListAsync();
        var code = await db.Set<Appeal>().Where(a => a.Id == verdict.AppealId).Select(a => a.PublicCode).SingleAsync();
        return people.Count == 0 ? default : new NoticeTo(people[0], code) { Also = people };
    }

    private static Task<NoticeTo> Resident(HeleDb db, Owned row) => Task.FromResult(Told((Appeal)row));

    private static NoticeTo Told(Appeal appeal) => new(appeal.AppellantId, appeal.PublicCode);

    private static async Task<NoticeTo> ResidentOf(HeleDb db, Guid appeal) =>
        await db.Set<Appeal>().Where(a => a.Id == appeal).Select(a => new { a.AppellantId, a.PublicCode }).SingleOrDefaultAsync() is { } found ? new NoticeTo(found.AppellantId, found.PublicCode) : default;
}
