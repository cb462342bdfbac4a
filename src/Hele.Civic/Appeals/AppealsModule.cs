using Hele.Civic.Kernel;
using Hele.Civic.Platform;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Figures;
using Hele.Civic.Platform.Files;
using Hele.Civic.Platform.Journal;
using Hele.Civic.Platform.Notices;
using Hele.Civic.Platform.Sealing;
using Hele.Civic.Platform.Search;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Hele.Civic.Appeals;

public sealed class AppealsModule : HeleModule
{
    public override Bilingual Title => ("诉求", "Appeals");

    public override void AddServices(IServiceCollection services)
    {
        services.AddSingleton<FileAppeal>();
        services.AddSingleton<FileConduct>();
        services.AddSingleton<SendPast>();
        services.AddSingleton<SettleOnTheSpot>();
        services.AddSingleton<ReplyToOrder>();
        services.AddSingleton<OpenName>();
        services.AddSingleton<LookUpAppeal>();
        services.AddSingleton<AddPhotos>();
        services.AddSingleton<TakePhotoBack>();
        services.AddSingleton<HidePhoto>();
        services.AddSingleton<RespondAppeal>();
        services.AddSingleton<AcceptAppeal>();
        services.AddSingleton<AnswerAppeal>();
        services.AddSingleton<JudgeAppeal>();
        services.AddSingleton<RefuseAppeal>();
        services.AddSingleton<SetReason>();
        services.AddSingleton<ContestRefusal>();
        services.AddSingleton<ReviewRefusal>();
        services.AddSingleton<HandOnAppeal>();
        services.AddSingleton<WithdrawAppeal>();
        services.AddSingleton<ResumeAppeal>();
        services.AddSingleton<LookAgain>();
        services.AddSingleton<StateView>();
        services.AddSingleton<ReferAppeal>();
        services.AddSingleton<AnswerReferral>();
        services.AddSingleton<ReturnReferral>();
        services.AddSingleton<BringIn>();
        services.AddSingleton<WritePart>();
        services.AddScoped<JointQueries>();
        services.AddSingleton<DrawCallbacks>();
        services.AddSingleton<RecordCall>();
        services.AddSingleton<OpenCallPhone>();
        services.AddScoped<CallbackQueries>();
        services.AddSingleton<RecordReport>();
        services.AddSingleton<ContestVerdict>();
        services.AddSingleton<LookIntoVerdict>();
        services.AddSingleton<FindEnteredVerdict>();
        services.AddScoped<AppealQueries>();
        services.AddScoped<ConductQueries>();
        services.AddScoped<ReferralQueries>();
        services.AddSingleton<JoinAppeal>();
        services.AddSingleton<MergeAppeal>();
        services.AddSingleton<SplitAppeal>();
        services.AddScoped<MergeQueries>();
        services.AddSingleton<LeaveAppeal>();
        services.AddSingleton<JudgeJoined>();
        services.AddScoped<JoinQueries>();
        services.AddSingleton<PublishAppeal>();
        services.AddSingleton<KeepFromPublic>();
        services.AddSingleton<CorrectKind>();
        services.AddSingleton<HideText>();
        services.AddSingleton<ShowText>();
        services.AddSingleton<FindPublished>();
        services.AddScoped<PublicationQueries>();
        services.AddScoped<PublicQueries>();
    }

    public override void Map(ModelBuilder model)
    {
        AppealMapping.Map(model);
        PublicationMapping.Map(model);
        JointMapping.Map(model);
        AppealUrgency.Map(model);
        LocalReason.Map(model);
        CallbackMapping.Map(model);
    }

    public override IEnumerable<EventKind> Events =>
        [AppealEvents.Filed, AppealEvents.TakenDown, AppealEvents.SettledOnTheSpot, AppealEvents.OrderReceived, AppealEvents.OrderReplied, AppealEvents.NameOpened, AppealEvents.Responded, AppealEvents.Accepted, AppealEvents.Answered, AppealEvents.JudgedSatisfied, AppealEvents.JudgedDissatisfied, AppealEvents.HandedOver, AppealEvents.AnswerWritten, AppealEvents.VerdictGiven,
         AppealEvents.ReferredUp, AppealEvents.AnsweredFromAbove, AppealEvents.ReturnedFromAbove, AppealEvents.ReferralSent, AppealEvents.AnswerFromAbove, AppealEvents.ReturnNoted,
         AppealEvents.ReferralReceived, AppealEvents.ReferralAnswered, AppealEvents.ReferralReturned, AppealEvents.ReferralWithdrawn,
         AppealEvents.JudgedDisagreed, AppealEvents.Refused, AppealEvents.Contested, AppealEvents.Overruled, AppealEvents.Upheld, AppealEvents.HandedBack, AppealEvents.PassedOn,
         AppealEvents.Withdrawn, AppealEvents.WithdrawnFromAbove, AppealEvents.Resumed, AppealEvents.StillSolved, AppealEvents.NotSolved, AppealEvents.ResidentStated, AppealEvents.CommunityStated,
         AppealEvents.NoteWritten, AppealEvents.WithdrawalNoted, AppealEvents.PhotosAdded, .. PublicationEvents.All, .. JoiningEvents.All, .. MergingEvents.All, .. JointEvents.All, .. CallbackEvents.All, .. HarmEvents.All, .. UrgencyEvents.All, SetReason.Set, SetReason.Ended,
         AppealEvents.VerdictContested, AppealEvents.OldVerdictContested, AppealEvents.ContestLookedInto, AppealEvents.VerdictStruck,
         AppealEvents.FiledPast, AppealEvents.JudgedPast, AppealEvents.ContestedPast, AppealEvents.AboutNamed, AppealEvents.SentPast, AppealEvents.SentPastAgain, AppealEvents.SentPastContested, AppealEvents.ReceivedPast, AppealEvents.ReceivedPastAgain, AppealEvents.ReceivedPastContested];

    public override IEnumerable<Crossing> Crossings => [ReferAppeal.Crossing, AnswerReferral.Crossing, ReturnReferral.Crossing, WithdrawAppeal.Crossing, FileConduct.Crossing, SendPast.Judging, SendPast.Contesting, HideText.Crossing, ShowText.Crossing];

    public override IEnumerable<SubjectRows> AboutPeople =>
    [
        new(typeof(Appeal), ("诉求", "Appeals"), (db, person) => db.Set<Appeal>().Where(a => a.AppellantId == person).OrderByDescending(a => a.FiledAt),
            Name: row => ($"{((Appeal)row).Number} {((Appeal)row).Title}", $"{((Appeal)row).Number} {((Appeal)row).Title}"), Keep: (_, _) => Archive),
        new(typeof(AppealAnswer), ("对诉求的答复", "Answers to appeals"), (db, person) => db.Set<AppealAnswer>()
            .Where(x => db.Set<Appeal>().Any(a => a.Id == x.AppealId && a.AppellantId == person)).OrderByDescending(x => x.LoggedAt), Keep: (_, _) => Archive),
        new(typeof(AppealJoin), ("加入的诉求", "Matters joined"), (db, person) => db.Set<AppealJoin>().Where(j => j.PersonId == person).OrderByDescending(j => j.LoggedAt), Keep: (_, _) => Archive),
        // Each has their own verdicts, not those of others in the same matter.
        new(typeof(AppealVerdict), ("对答复的评价", "Verdicts on answers"), (db, person) => db.Set<AppealVerdict>()
            .Where(x => x.JoinId == null ? db.Set<Appeal>().Any(a => a.Id == x.AppealId && a.AppellantId == person) : db.Set<AppealJoin>().Any(j => j.Id == x.JoinId && j.PersonId == person)).OrderByDescending(x => x.LoggedAt), Keep: (_, _) => Archive),
        new(typeof(AppealReferral), ("上报街道的理由", "Why an appeal was referred up"), (db, person) => db.Set<AppealReferral>()
            .Where(x => db.Set<Appeal>().Any(a => a.Id == x.AppealId && a.AppellantId == person)).OrderByDescending(x => x.LoggedAt), Keep: (_, _) => Archive),
        new(typeof(Callback), ("回访", "Call-backs"), (db, person) => db.Set<Callback>()
            .Where(x => db.Set<Appeal>().Any(a => a.Id == x.AppealId && a.AppellantId == person)).OrderByDescending(x => x.CalledOn), Keep: (_, _) => Archive),
        new(typeof(AppealJoint), ("联合办理的部分", "Parts of joint handling"), (db, person) => db.Set<AppealJoint>()
            .Where(x => db.Set<Appeal>().Any(a => a.Id == x.AppealId && a.AppellantId == person)).OrderByDescending(x => x.LoggedAt), Keep: (_, _) => Archive),
        new(typeof(AppealReturn), ("街道退回的说明", "Why the sub-district returned it"), (db, person) => db.Set<AppealReturn>()
            .Where(x => db.Set<Appeal>().Any(a => a.Id == x.AppealId && a.AppellantId == person)).OrderByDescending(x => x.LoggedAt), Keep: (_, _) => Archive),
        new(typeof(AppealNote), ("诉求办理中的说明", "What was said on the steps of an appeal"), (db, person) => db.Set<AppealNote>()
            .Where(x => db.Set<Appeal>().Any(a => a.Id == x.AppealId && a.AppellantId == person)).OrderByDescending(x => x.LoggedAt), Keep: (_, _) => Archive),
        // Whoever is named isn't told (Withheld); whoever raised it is.
        new(typeof(AppealAbout), ("对工作人员的意见涉及谁", "Whom complaints about conduct name"), (db, person) => db.Set<AppealAbout>()
            .Where(x => x.PersonId == person || db.Set<Appeal>().Any(a => a.Id == x.AppealId && a.AppellantId == person)).OrderBy(x => x.AppealId), Keep: (_, _) => Archive),
        // Whoever raised it isn't told: they may be close to who does the harm.
        new(typeof(HarmReport), ("强制报告", "Mandatory reports"), (db, person) => db.Set<HarmReport>()
            .Where(x => db.Set<Appeal>().Any(a => a.Id == x.AppealId && a.AppellantId == person)).OrderByDescending(x => x.ReportedOn), Keep: (_, _) => Archive),
        new(typeof(AppealUrgency), ("急事的计时", "Hours of urgent matters"), (db, person) => db.Set<AppealUrgency>()
            .Where(x => db.Set<Appeal>().Any(a => a.Id == x.AppealId && a.AppellantId == person)).OrderByDescending(x => x.BegunAt), Keep: (_, _) => Archive),
        new(typeof(AppealOrder), ("工单", "Work orders"), (db, person) => db.Set<AppealOrder>()
            .Where(x => db.Set<Appeal>().Any(a => a.Id == x.AppealId && a.AppellantId == person)).OrderByDescending(x => x.ReceivedOn), Keep: (_, _) => Archive),
        // What somebody photographed goes with them; what the community added is part of the archive.
        new(typeof(StoredFile), ("诉求的照片", "Photos of appeals"), (db, person) => db.Set<StoredFile>()
            .Where(f => f.SubjectTable == "Appeals" && db.Set<Appeal>().Any(a => a.Id == f.SubjectId && a.AppellantId == person)).OrderByDescending(f => f.AddedAt),
            Name: row => ($"照片{((StoredFile)row).Number}", $"Photo {((StoredFile)row).Number}"), Keep: (row, _) => ((StoredFile)row).AddedByPostId is null ? null : Archive,
            Erase: (row, on) => ((StoredFile)row).Erase(on), Erased: FileEvents.Erased, Beside: StoredFiles.Destroy, IsAppraised: true),
        new(typeof(AppealPublication), ("公开的诉求", "What is public of an appeal"), (db, person) => db.Set<AppealPublication>()
            .Where(x => db.Set<Appeal>().Any(a => a.Id == x.AppealId && a.AppellantId == person)).OrderByDescending(x => x.ReviewedOn), Keep: (_, _) => Archive),
        new(typeof(HiddenText), ("隐藏的文字", "Texts that were hidden"), (db, person) => db.Set<HiddenText>()
            .Where(x => db.Set<Appeal>().Any(a => a.Id == x.AppealId && a.AppellantId == person)).OrderByDescending(x => x.LoggedAt), Keep: (_, _) => Archive),
        // The sub-district's record knows no person of the community: nothing of it can be found by one.
        new(typeof(Referral), ("上报事项", "Referrals"), (db, _) => db.Set<Referral>().Where(r => false), Keep: (_, _) => Archive),
    ];

    public override IEnumerable<WithheldRows> Withheld =>
    [
        new(typeof(AppealAbout), ("对工作人员的意见，不告诉所反映的人", "complaints about conduct, of which whoever is named isn't told"), (db, person) => db.Set<AppealAbout>()
            .Where(x => x.PersonId == person && !db.Set<Appeal>().Any(a => a.Id == x.AppealId && a.AppellantId == person)).Select(x => x.Id)),
        new(typeof(HarmReport), ("对未成年人受侵害的报告，不告诉反映的人", "reports of harm to a child, of which whoever raised it isn't told"), (db, person) => db.Set<HarmReport>()
            .Where(x => db.Set<Appeal>().Any(a => a.Id == x.AppealId && a.AppellantId == person)).Select(x => x.Id)),
    ];

    /// <summary>An answered appeal hangs on its post too: a dissatisfied resident opens it again, and then somebody must be there.</summary>
    public override IEnumerable<HandOver> HandOvers =>
    [
        new(typeof(Appeal), nameof(Appeal.HandlerPostId), ("诉求", "Appeals"), AppealAccess.See, AppealAccess.Answer,
            (db, posts) => db.Set<Appeal>().Where(a => a.HandlerPostId != null && posts.Contains(a.HandlerPostId.Value) && !Appeal.Closed.Contains(a.State)).OrderBy(a => a.Id),
            row => new HangingRecord(((Appeal)row).PublicCode, ($"诉求 {((Appeal)row).Number}", $"Appeal {((Appeal)row).Number}")),
            (row, post) => ((Appeal)row).HandOverTo(post), AppealEvents.HandedOver)
        { Fits = (row, role, person) => AppealAccess.Takes(role, person, (Appeal)row, AppealAccess.Answer), SeeOne = SeeOne },
        new(typeof(Appeal), nameof(Appeal.AssignedPostId), ("等受理的诉求", "Appeals to accept"), AppealAccess.See, AppealAccess.Accept,
            (db, posts) => db.Set<Appeal>().Where(a => a.State == AppealState.Filed && a.AssignedPostId != null && posts.Contains(a.AssignedPostId.Value)).OrderBy(a => a.Id),
            row => new HangingRecord(((Appeal)row).PublicCode, ($"诉求 {((Appeal)row).Number}", $"Appeal {((Appeal)row).Number}")),
            (row, post) => ((Appeal)row).AssignTo(post), AppealEvents.HandedOver)
        { Fits = (row, role, person) => AppealAccess.Takes(role, person, (Appeal)row, AppealAccess.Accept), SeeOne = SeeOne },
        new(typeof(AppealJoint), nameof(AppealJoint.PostId), ("联合办理的部分", "Parts of joint handling"), JointAccess.See, JointAccess.WritePart,
            (db, posts) => AppealJoint.Open(db).Where(j => posts.Contains(j.PostId)).OrderBy(j => j.Id),
            row => new HangingRecord(((AppealJoint)row).PublicCode, ($"联合办理的一部分（{((AppealJoint)row).AskedOn:yyyy-MM-dd}起）", $"A part of joint handling (since {((AppealJoint)row).AskedOn:yyyy-MM-dd})")),
            (row, post) => ((AppealJoint)row).PostId = post, JointEvents.HandedOver),
    ];

    private static Permission SeeOne(Owned row) => ((Appeal)row).IsShielded ? AppealAccess.TakeDownConduct : AppealAccess.See;

    /// <summary>Why a matter stays when its appellant goes: without a name, and only stored.</summary>
    private static readonly Kept Archive = new(("《城市居民委员会组织法》（2025修订）第39条：居务档案应当真实、准确、完整和规范；《个人信息保护法》第47条第二款：只保存、不再使用",
        "Organic Law of Urban Residents' Committees (2025) art. 39: the affairs archive is true, accurate and complete; PIPL art. 47(2): stored only"), null);

    /// <summary>Number, title, place, text, and the name of whoever isn't in the register, unless it isn't shown; narrowed by state, kind, channel and grid.</summary>
    public override IEnumerable<Searchable> Searchables =>
    [
        // A matter about conduct is found by its number: what it says stands in no index.
        new(typeof(Appeal), row => row is not Appeal a ? "" : a.IsShielded ? a.Number : $"{a.Number} {a.Title} {a.Place} {a.Text} {(a.NameWithheld ? null : a.AppellantName)}",
            row => row is Appeal a ? [StateFacet(a.State), KindFacet(a.Kind), ChannelFacet(a.Channel), .. a.DueOn is null ? Array.Empty<string>() : [Clocked], .. a.GridId is { } grid ? [GridFacet(grid)] : Array.Empty<string>()] : []),
    ];

    /// <summary>A clock runs: only such a matter can be late.</summary>
    internal static readonly string Clocked = Searchable.Token("clocked", "");

    internal static string StateFacet(AppealState state) => Searchable.Token("state", state.ToString());
    internal static string KindFacet(string kind) => Searchable.Token("kind", kind);
    internal static string ChannelFacet(Channel channel) => Searchable.Token("channel", channel.ToString());
    internal static string GridFacet(Guid grid) => Searchable.Token("grid", grid.ToString("N"));

    public override IEnumerable<FileSubject> Files => [new(typeof(Appeal), (db, viewer) => AppealAccess.Visible(viewer, db.Set<Appeal>()).Select(a => a.Id), AppealAccess.SeesHidden)];
    public override IEnumerable<DaySource> Days => [HarmDay.Of, AppealDay.Of, VerdictDay.Of, JointDay.Of, CallbackDay.Of, PublicationDay.Of];
    public override IEnumerable<Permission> Permissions => [.. AppealAccess.All, .. ReferralAccess.All, .. JoiningAccess.All, .. MergingAccess.All, .. JointAccess.All, .. CallbackAccess.All, .. HarmAccess.All, .. PublicationAccess.All, SetReason.Permission];

    /// <summary>Who can be asked is read from the register each time; here it is only said what that will end.</summary>
    public override IEnumerable<LifeFollower> LifeFollowers =>
    [
        new(async (db, person, today, cancel) =>
            await db.Set<Appeal>().CountAsync(a => a.AppellantId == person && (a.State == AppealState.Answered || (a.State == AppealState.Satisfied && a.AskAgainUntil >= today)), cancel) is > 0 and var asked
                ? [($"{asked}件诉求不再请人评价；诉求本身照常办理", $"Appeals nobody is asked to judge any more: {asked}. The matters themselves go on")] : []),
    ];

    public override IEnumerable<NoticeSource> Notices => AppealNotices.All;
    public override IEnumerable<Figure> Figures => [.. AppealFigures.All, .. CallbackFigures.All];
    public override IEnumerable<Transitions> LifeCycles => [Appeal.LifeCycle, Referral.LifeCycle, AppealPublication.LifeCycle, Callback.LifeCycle];
}
