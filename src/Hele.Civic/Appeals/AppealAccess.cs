using Hele.Civic.Platform.Access;

namespace Hele.Civic.Appeals;

/// <summary>Who may see and do what with an appeal. Both functions default to nothing.</summary>
public static class AppealAccess
{
    internal static readonly Role[] Handlers = [Role.GridWorker, Role.Clerk, Role.Secretary];

    /// <summary>Ordinary matters are for the handlers; those about conduct for the supervisors, whom these permissions give nothing else. Which of the two is decided per matter.</summary>
    private static readonly Role[] HandlersOfAll = [.. Handlers, Role.Supervisor];

    public static readonly Permission File = new("appeal.file", ("提交诉求", "File an appeal"), [], Residents: true) { ResidentsOfCommunities = true };
    public static readonly Permission TakeDown = new("appeal.take-down", ("代居民登记诉求", "Take an appeal down for a resident"), Handlers);
    public static readonly Permission TakeDownConduct = new("appeal.take-down-conduct", ("代居民登记对工作人员的意见", "Take a complaint about conduct down for a resident"), [Role.Supervisor]);
    public static readonly Permission OnTheSpot = new("appeal.on-the-spot", ("当场办好并登记", "Settle a matter on the spot"), Handlers);
    public static readonly Permission OpenName = new("appeal.open-name", ("说明用途后查看反映人姓名", "See who raised it, saying what for"), HandlersOfAll);
    public static readonly Permission ReplyToOrder = new("appeal.reply-to-order", ("登记工单已回复", "Record that a work order was replied to"), Handlers);
    public static readonly Permission See = new("appeal.see", ("查看诉求", "See appeals"), [.. Handlers, Role.Supervisor], Residents: true) { ResidentsOfCommunities = true };
    public static readonly Permission List = new("appeal.list", ("诉求办理列表", "List of appeals to handle"), [.. Handlers, Role.Supervisor]);
    public static readonly Permission Accept = new("appeal.accept", ("受理诉求", "Accept an appeal"), HandlersOfAll);
    public static readonly Permission Respond = new("appeal.respond", ("先回应急事", "Respond to an urgent matter at once"), Handlers);
    public static readonly Permission Answer = new("appeal.answer", ("答复诉求", "Answer an appeal"), HandlersOfAll);
    public static readonly Permission ReferUp = new("appeal.refer-up", ("上报街道", "Refer an appeal up"), Handlers);
    public static readonly Permission Refuse = new("appeal.refuse", ("不予受理诉求", "Refuse to accept an appeal"), HandlersOfAll);
    public static readonly Permission Review = new("appeal.review", ("复核不予受理", "Review a refusal"), HandlersOfAll);
    public static readonly Permission HandBack = new("appeal.hand-back", ("把诉求退回社区", "Hand an appeal back to the community"), [Role.GridWorker]);
    public static readonly Permission PassOn = new("appeal.pass-on", ("转交诉求", "Pass an appeal on"), [Role.Clerk, Role.Secretary]);
    public static readonly Permission StateForCommunity = new("appeal.state-for-community", ("补充社区的意见", "State the community's view"), HandlersOfAll);
    public static readonly Permission AddPhotos = new("appeal.add-photos", ("给诉求添加照片", "Add photos to an appeal"), Handlers);
    public static readonly Permission AddOwnPhotos = Own("appeal.add-own-photos", ("给自己的诉求添加照片", "Add photos to one's own appeal"));
    public static readonly Permission TakePhotoBack = new("appeal.take-photo-back", ("受理前收回自己的照片", "Take one's own photo back before acceptance"), Handlers, Residents: true) { ResidentsOfCommunities = true };
    public static readonly Permission HidePhoto = new("appeal.hide-photo", ("隐藏不当的照片", "Hide an improper photo"), Handlers);
    public static readonly Permission Judge = Own("appeal.judge", ("评价答复", "Judge an answer"));
    public static readonly Permission Contest = Own("appeal.contest", ("对不予受理提出异议", "Contest a refusal"));
    public static readonly Permission Withdraw = Own("appeal.withdraw", ("撤回诉求", "Withdraw an appeal"));
    public static readonly Permission Resume = Own("appeal.resume", ("重新提出撤回的诉求", "Take a withdrawn appeal up again"));
    public static readonly Permission AskAbove = Own("appeal.ask-above", ("请上一级看看", "Ask the level above to look at it"));
    public static readonly Permission LookAgain = Own("appeal.look-again", ("四周后再评价", "Say whether it is still solved"));
    public static readonly Permission StateOwn = Own("appeal.state-own", ("补充自己的意见", "State one's own view"));
    public static readonly Permission SpeakFor = new("appeal.speak-for", ("代录居民本人的意思", "Take down a resident's own word"), HandlersOfAll);
    public static readonly Permission EnterVerdict = new("appeal.enter-verdict", ("录入纸质或电话评价", "Enter a verdict given on paper or by telephone"), HandlersOfAll);
    public static readonly Permission ContestVerdict = Own("appeal.contest-verdict", ("对代录的评价提出异议", "Contest a verdict that was entered for one"));
    public static readonly Permission LookIntoVerdict = new("appeal.look-into-verdict", ("了解有异议的代录评价", "Look into a contested verdict"), [Role.Supervisor]);

    public static IEnumerable<Permission> All =>
        [File, TakeDown, TakeDownConduct, OnTheSpot, OpenName, ReplyToOrder, See, List, Accept, Respond, Answer, ReferUp, Refuse, Review, HandBack, PassOn, StateForCommunity, Judge, Contest, Withdraw, Resume, AskAbove, LookAgain, StateOwn, SpeakFor, EnterVerdict, ContestVerdict, LookIntoVerdict, AddPhotos, AddOwnPhotos, TakePhotoBack, HidePhoto];

    /// <summary>What only the resident does, with what is their own.</summary>
    private static Permission Own(string code, Kernel.Bilingual title) => new(code, title, [], Residents: true) { ResidentsOfCommunities = true };

    /// <summary>Whether this viewer may do this with this appeal, as far as who they are goes; its state is the life cycle's business.</summary>
    public static bool May(Viewer? viewer, Appeal appeal, Permission what)
    {
        if (viewer is null || viewer.JurisdictionId != appeal.JurisdictionId || !viewer.Has(what))
            return false;
        var own = appeal.AppellantId is { } appellant && appellant == viewer.PersonId;
        if (what.Roles.Count == 0)
            return own && appeal.AppellantLeftOn is null;
        return (own && what == See) || PostFor(viewer, what, appeal) is not null;
    }

    /// <summary>The post in which this viewer does it: one for the whole community, or one that this matter lies within the reach of.</summary>
    public static HeldPost? PostFor(Viewer viewer, Permission what, Appeal appeal) => viewer.Posts.FirstOrDefault(p => what.Roles.Contains(p.Role) && (appeal.IsShielded ? ReachesShielded(viewer, p, appeal) : Reaches(p, what, appeal)));

    /// <summary>Whether a post could answer for this matter: of a conduct matter only a supervisor's whose holder isn't named in it nor raised it.</summary>
    public static bool Takes(Role role, Guid person, Appeal appeal, Permission work) =>
        appeal.IsShielded ? role == Role.Supervisor && person != appeal.AppellantId && !appeal.Names(person) : Handlers.Contains(role) && work.Roles.Contains(role);

    /// <summary>A post of one grid reaches that grid's matters, those brought or handed to it, and what it took down for somebody. A supervisor reads ordinary matters and asks how contested verdicts came to be entered, no more.</summary>
    private static bool Reaches(HeldPost post, Permission what, Appeal appeal) => (post.Role != Role.Supervisor || what == See || what == List || what == LookIntoVerdict)
        && (post.ScopeId is null || post.ScopeId == appeal.GridId || post.PostId == appeal.AssignedPostId || post.PostId == appeal.HandlerPostId || post.PostId == appeal.EnteredByPostId);

    /// <summary>
    /// A matter about conduct lies with the supervisors, whatever place they are for; not with one who is named in it, nor with who raised it. One that went past
    /// the community is seen here by nobody but its appellant, and by the supervisor who heard it and has to bring them the answer.
    /// </summary>
    private static bool ReachesShielded(Viewer viewer, HeldPost post, Appeal appeal) =>
        Takes(post.Role, viewer.PersonId, appeal, See) && (!appeal.PastCommunity || post.PostId == appeal.EnteredByPostId);

    /// <summary>Who sees a hidden photo: whoever supervises, and those who answer for the whole community.</summary>
    public static bool SeesHidden(Viewer viewer) => viewer.Posts.Any(p => p.Role is Role.Supervisor or Role.Secretary or Role.Clerk && p.ScopeId is null);

    /// <summary>The appeals of a query that this viewer may see: the same as filtering by <see cref="May"/> See.</summary>
    public static IQueryable<Appeal> Visible(Viewer? viewer, IQueryable<Appeal> appeals)
    {
        if (viewer is null || !viewer.Has(See))
            return appeals.Where(a => false);
        return InReach(viewer, appeals, viewer.PersonId, p => See.Roles.Contains(p.Role));
    }

    /// <summary>Of a query those that this viewer's posts are there to work on: what they only read, or raised themselves, is none of it.</summary>
    internal static IQueryable<Appeal> ToWorkOn(Viewer viewer, IQueryable<Appeal> appeals) => InReach(viewer, appeals, null, p => Handlers.Contains(p.Role));

    /// <param name="own">Whose own matters are among them; null for nobody's.</param>
    /// <param name="ordinary">The posts that reach matters which aren't about conduct.</param>
    private static IQueryable<Appeal> InReach(Viewer viewer, IQueryable<Appeal> appeals, Guid? own, Func<HeldPost, bool> ordinary)
    {
        var (jurisdiction, person, shielded) = (viewer.JurisdictionId, viewer.PersonId, AppealKinds.Shielded);
        var posts = viewer.Posts.Where(ordinary).ToList();
        var supervising = viewer.Posts.Where(p => p.Role == Role.Supervisor).Select(p => (Guid?)p.PostId).ToList();
        var (everywhere, supervises) = (posts.Exists(p => p.ScopeId is null), supervising.Count > 0);
        var (grids, held) = (posts.ConvertAll(p => p.ScopeId), posts.ConvertAll(p => (Guid?)p.PostId));
        appeals = appeals.Where(a => a.JurisdictionId == jurisdiction);
        // Most viewers are asked less: the database plans what it is asked.
        if (posts.Count == 0 && !supervises)
            return appeals.Where(a => own != null && a.AppellantId == own);
        if (!supervises)
            return everywhere
                ? appeals.Where(a => !shielded.Contains(a.Kind) || (own != null && a.AppellantId == own))
                : appeals.Where(a => (own != null && a.AppellantId == own) || (!shielded.Contains(a.Kind)
                    && ((a.GridId != null && grids.Contains(a.GridId)) || (a.AssignedPostId != null && held.Contains(a.AssignedPostId))
                        || (a.HandlerPostId != null && held.Contains(a.HandlerPostId)) || (a.EnteredByPostId != null && held.Contains(a.EnteredByPostId)))));
        return appeals.Where(a => (own != null && a.AppellantId == own)
            || (!shielded.Contains(a.Kind) && (everywhere || (a.GridId != null && grids.Contains(a.GridId)) || (a.AssignedPostId != null && held.Contains(a.AssignedPostId))
                || (a.HandlerPostId != null && held.Contains(a.HandlerPostId)) || (a.EnteredByPostId != null && held.Contains(a.EnteredByPostId))))
            || (shielded.Contains(a.Kind) && (a.AppellantId == null || a.AppellantId != person) && !a.About.Any(x => x.PersonId == person)
                && (!a.PastCommunity || (a.EnteredByPostId != null && supervising.Contains(a.EnteredByPostId)))));
    }
}
