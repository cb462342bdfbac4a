using Hele.Civic.Grids;
using Hele.Civic.Kernel;
using Hele.Civic.People;
using Hele.Civic.Platform;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Journal;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.Appeals;

/// <summary>
/// 联合办理: the part of one post in a matter that another leads. The post reads what the matter is and what it is to do, never who raised it; it writes its part once; the lead's answer ends it.
/// </summary>
public sealed class AppealJoint : Owned
{
    public const int ReasonLength = 300, TaskLength = 300, PartLength = 1000;

    public required Guid AppealId { get; init; }

    /// <summary>Random code of this part: it leads to what the joint post sees.</summary>
    public required string PublicCode { get; init; }

    /// <summary>How many answers the matter had had: the next one ends it.</summary>
    public required int Round { get; init; }

    /// <summary>The post that takes part.</summary>
    public required Guid PostId { get; set; }

    /// <summary>The post that leads, when it asked.</summary>
    public required Guid LeadPostId { get; init; }

    /// <summary>Why one post isn't enough.</summary>
    public required string Reason { get; init; }

    /// <summary>What this post is to do.</summary>
    public required string Task { get; init; }

    public required DateOnly AskedOn { get; init; }
    public required DateTimeOffset LoggedAt { get; init; }

    /// <summary>What it did.</summary>
    public string? Part { get; private set; }

    public Guid? WrittenByPostId { get; private set; }
    public DateOnly? WrittenOn { get; private set; }

    public void Write(string part, Guid post, DateOnly on) => (Part, WrittenByPostId, WrittenOn) = (part, post, on);

    /// <summary>Where something is left to write, by the state and rounds of the matter.</summary>
    public static IQueryable<AppealJoint> Open(HeleDb db) => db.Set<AppealJoint>()
        .Where(j => j.Part == null && db.Set<Appeal>().Any(a => a.Id == j.AppealId && a.Round == j.Round && (a.State == AppealState.Accepted || a.State == AppealState.Reopened)));
}

/// <summary>Who brings posts in, and who sees a part.</summary>
public static class JointAccess
{
    public static readonly Permission BringIn = new("appeal.bring-in", ("请别的岗位联合办理", "Bring other posts in"), AppealAccess.Handlers);
    public static readonly Permission WritePart = new("appeal.write-part", ("写下联合办理的部分", "Write one's part of a joint matter"), AppealAccess.Handlers);
    public static readonly Permission See = new("appeal.see-part", ("查看联合办理的部分", "See a part of a joint matter"), [.. AppealAccess.Handlers, Role.Supervisor]);

    public static IEnumerable<Permission> All => [BringIn, WritePart, See];

    /// <summary>The parts this viewer sees: of their own posts, and of the matters they see anyway as staff.</summary>
    public static IQueryable<AppealJoint> Visible(HeleDb db, Viewer viewer)
    {
        if (!viewer.Has(See))
            return db.Set<AppealJoint>().Where(j => false);
        var (jurisdiction, person, held) = (viewer.JurisdictionId, viewer.PersonId, viewer.Posts.Select(p => p.PostId).ToList());
        var seen = AppealAccess.Visible(viewer, db.Set<Appeal>()).Where(a => a.AppellantId == null || a.AppellantId != person);
        return db.Set<AppealJoint>().Where(j => j.JurisdictionId == jurisdiction && (held.Contains(j.PostId) || seen.Any(a => a.Id == j.AppealId)));
    }
}

/// <summary>What can happen in joint handling.</summary>
public static class JointEvents
{
    public static readonly EventKind Started = new("appeal.joint-started", ("几个岗位联合办理，期限按联合办理算", "Several posts handle it jointly; the deadline is that of joint handling"));
    public static readonly EventKind Widened = new("appeal.joint-widened", ("请一个岗位联合办理，期限不变", "Brought a post in; the deadline is unchanged"));
    public static readonly EventKind Asked = new("joint.asked", ("请这个岗位一起办", "Asked this post to take part"));
    public static readonly EventKind Written = new("joint.written", ("写下了自己办的部分", "Wrote its part"));
    public static readonly EventKind HandedOver = new("joint.handed-over", ("原岗位终止，这一部分移交给接手的岗位", "The post ended; this part was handed over to its successor"));

    public static IEnumerable<EventKind> All => [Started, Widened, Asked, Written, HandedOver];
}

/// <summary>What joint handling can be refused for.</summary>
public static class JointProblems
{
    public static readonly Problem NotTheLead = new("joint.not-the-lead", ("只有承办的岗位可以请别的岗位联合办理。", "Only the post that handles it can bring other posts in."), Kind: ProblemKind.Conflict);
    public static readonly Problem PostMissing = new("joint.post-missing", ("请选择请哪个岗位一起办。", "Choose which post is to take part."), "To");
    public static readonly Problem InAlready = new("joint.in-already", ("这个岗位已经在一起办了。", "This post takes part already."), "To", ProblemKind.Conflict);
    public static readonly Problem ReasonMissing = new("joint.reason-missing", ("请写为什么要几个岗位一起办，居民会看到。", "Say why several posts are needed; the resident reads it."), "Reason");
    public static readonly Problem ReasonTooLong = new("joint.reason-too-long", ("原因最多{0}个字，现在是{1}个。", "The reason has at most {0} characters; there are {1}."), "Reason");
    public static readonly Problem TaskMissing = new("joint.task-missing", ("请写请这个岗位办什么。", "Say what this post is to do."), "Task");
    public static readonly Problem TaskTooLong = new("joint.task-too-long", ("要办的事最多{0}个字，现在是{1}个。", "What is to be done has at most {0} characters; there are {1}."), "Task");
    public static readonly Problem PartMissing = new("joint.part-missing", ("请写您这部分做了什么，结果怎样。", "Write what was done in your part and what came of it."), "Text");
    public static readonly Problem PartTooLong = new("joint.part-too-long", ("最多{0}个字，现在是{1}个。", "At most {0} characters; there are {1}."), "Text");
    public static readonly Problem Over = new("joint.over", ("这次联合办理已经结束：牵头的岗位已经答复，或者这件事不在办理中。", "This joint handling is over: the lead has answered, or the matter isn't being handled."), Kind: ProblemKind.Conflict);
    public static readonly Problem WrittenAlready = new("joint.written-already", ("这一部分已经写过。", "This part is written already."), Kind: ProblemKind.Conflict);
    public static readonly Problem NotFound = new("joint.not-found", ("没有找到这件联合办理的事。", "This joint matter was not found."), Kind: ProblemKind.NotFound);
}

internal static class JointMapping
{
    private static Handling Matter(string from) => new(
        ("办理诉求并反馈结果", "handling the matter and reporting back"),
        ("《城市居民委员会组织法》（2025修订）第32—39条；《个人信息保护法》第13条第一款第二、三项", "Organic Law of Urban Residents' Committees (2025) art. 32–39; PIPL art. 13(2)(3)"),
        ("作为居务档案保存；期满由社区鉴定后处理，系统不自行销毁", "as the affairs archive; when its time is over the community appraises it, the program destroys nothing of it by itself"), Expiry.By("retention.archive", from));

    public static void Map(ModelBuilder model) => model.Entity<AppealJoint>(e =>
    {
        e.ToTable("AppealJoints");
        e.Property(x => x.Id).NotPersonal();
        e.Property(x => x.AppealId).NotPersonal();
        e.Property(x => x.PublicCode).HasMaxLength(14).NotPersonal();
        e.Property(x => x.Round).NotPersonal();
        e.Property(x => x.PostId).PersonReference().PostResponsibility();
        e.Property(x => x.LeadPostId).PersonReference().PostHistory();
        e.Property(x => x.Reason).HasMaxLength(AppealJoint.ReasonLength).FreeText(("联合办理的原因", "Why it is handled jointly"), Matter(nameof(AppealJoint.AskedOn)));
        e.Property(x => x.Task).HasMaxLength(AppealJoint.TaskLength).FreeText(("请联合办理的岗位办什么", "What a joint post is to do"), Matter(nameof(AppealJoint.AskedOn)));
        e.Property(x => x.AskedOn).NotPersonal();
        e.Property(x => x.LoggedAt).NotPersonal();
        e.Property(x => x.Part).HasMaxLength(AppealJoint.PartLength).FreeText(("联合办理的岗位办的部分", "What a joint post did"), Matter(nameof(AppealJoint.AskedOn)));
        e.Property(x => x.WrittenByPostId).PersonReference().PostHistory();
        e.Property(x => x.WrittenOn).NotPersonal();
        e.HasOne<Appeal>().WithMany().HasForeignKey(x => x.AppealId);
        e.HasOne<Post>().WithMany().HasForeignKey(x => x.PostId);
        e.HasOne<Post>().WithMany().HasForeignKey(x => x.LeadPostId);
        e.HasOne<Post>().WithMany().HasForeignKey(x => x.WrittenByPostId);
        e.HasIndex(x => new { x.JurisdictionId, x.PublicCode }).IsUnique();
        e.HasIndex(x => new { x.JurisdictionId, x.AppealId });
    });
}

/// <summary>What waits for whoever takes part in a joint matter.</summary>
internal static class JointDay
{
    private static readonly Bilingual ToWrite = ("联合办理：办好并写下您的部分", "Handled jointly: do your part and write it down");

    public static async Task<IReadOnlyList<DayItem>> Of(HeleDb db, Viewer viewer, DateOnly today, CancellationToken cancel)
    {
        if (viewer.PostFor(JointAccess.WritePart) is null)
            return [];
        var (held, hidden) = (viewer.Posts.Select(p => p.PostId).ToList(), HiddenTexts.TitlesFrom(db, viewer));
        return [.. (await (from j in AppealJoint.Open(db).Where(j => held.Contains(j.PostId))
                           join a in db.Set<Appeal>() on j.AppealId equals a.Id
                           orderby a.DueOn
                           select new { j.PublicCode, Title = hidden.Contains(a.Id) ? "" : a.Title, a.Place, a.DueOn }).ToListAsync(cancel))
            .Select(r => new DayItem(typeof(AppealJoint), r.PublicCode, r.Title, r.Place, ToWrite, r.DueOn))];
    }
}
