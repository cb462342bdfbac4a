using Hele.Civic.Platform.Access;

namespace Hele.Civic.Appeals;

/// <summary>Who may see and do what with an appeal. Both functions default to nothing.</summary>
public static class AppealAccess
{
    private static readonly Role[] Handlers = [Role.GridWorker, Role.Clerk, Role.Secretary];

    public static readonly Permission File = new("appeal.file", ("提交诉求", "File an appeal"), [], Residents: true) { ResidentsOfCommunities = true };
    public static readonly Permission TakeDown = new("appeal.take-down", ("代居民登记诉求", "Take an appeal down for a resident"), Handlers);
    public static readonly Permission See = new("appeal.see", ("查看诉求", "See appeals"), [.. Handlers, Role.Supervisor], Residents: true) { ResidentsOfCommunities = true };
    public static readonly Permission List = new("appeal.list", ("诉求办理列表", "List of appeals to handle"), [.. Handlers, Role.Supervisor]);
    public static readonly Permission Accept = new("appeal.accept", ("受理诉求", "Accept an appeal"), Handlers);
    public static readonly Permission Answer = new("appeal.answer", ("答复诉求", "Answer an appeal"), Handlers);
    public static readonly Permission ReferUp = new("appeal.refer-up", ("上报街道", "Refer an appeal up"), Handlers);
    public static readonly Permission Refuse = new("appeal.refuse", ("不予受理诉求", "Refuse to accept an appeal"), Handlers);
    public static readonly Permission Review = new("appeal.review", ("复核不予受理", "Review a refusal"), Handlers);
    public static readonly Permission HandBack = new("appeal.hand-back", ("把诉求退回社区", "Hand an appeal back to the community"), [Role.GridWorker]);
    public static readonly Permission PassOn = new("appeal.pass-on", ("转交诉求", "Pass an appeal on"), [Role.Clerk, Role.Secretary]);
    public static readonly Permission StateForCommunity = new("appeal.state-for-community", ("补充社区的意见", "State the community's view"), Handlers);
    public static readonly Permission Judge = Own("appeal.judge", ("评价答复", "Judge an answer"));
    public static readonly Permission Contest = Own("appeal.contest", ("对不予受理提出异议", "Contest a refusal"));
    public static readonly Permission Withdraw = Own("appeal.withdraw", ("撤回诉求", "Withdraw an appeal"));
    public static readonly Permission Resume = Own("appeal.resume", ("重新提出撤回的诉求", "Take a withdrawn appeal up again"));
    public static readonly Permission AskAbove = Own("appeal.ask-above", ("请上一级看看", "Ask the level above to look at it"));
    public static readonly Permission LookAgain = Own("appeal.look-again", ("四周后再评价", "Say whether it is still solved"));
    public static readonly Permission StateOwn = Own("appeal.state-own", ("补充自己的意见", "State one's own view"));
    public static readonly Permission SpeakFor = new("appeal.speak-for", ("代录居民本人的意思", "Take down a resident's own word"), Handlers);
    public static readonly Permission EnterVerdict = new("appeal.enter-verdict", ("录入纸质评价", "Enter a verdict given on paper"), Handlers);

    public static IEnumerable<Permission> All =>
        [File, TakeDown, See, List, Accept, Answer, ReferUp, Refuse, Review, HandBack, PassOn, StateForCommunity, Judge, Contest, Withdraw, Resume, AskAbove, LookAgain, StateOwn, SpeakFor, EnterVerdict];

    /// <summary>What only the resident does, with what is their own.</summary>
    private static Permission Own(string code, Kernel.Bilingual title) => new(code, title, [], Residents: true) { ResidentsOfCommunities = true };

    /// <summary>Whether this viewer may do this with this appeal, as far as who they are goes; its state is the life cycle's business.</summary>
    public static bool May(Viewer? viewer, Appeal appeal, Permission what)
    {
        if (viewer is null || viewer.JurisdictionId != appeal.JurisdictionId || !viewer.Has(what))
            return false;
        var own = appeal.AppellantId is { } appellant && appellant == viewer.PersonId;
        if (what.Roles.Count == 0)
            return own;
        if (what == See)
            return own || viewer.PostFor(See) is not null;
        return viewer.PostFor(what) is not null;
    }

    /// <summary>The appeals of a query that this viewer may see: the same as filtering by <see cref="May"/> See.</summary>
    public static IQueryable<Appeal> Visible(Viewer? viewer, IQueryable<Appeal> appeals)
    {
        if (viewer is null || !viewer.Has(See))
            return appeals.Where(a => false);
        var (jurisdiction, person) = (viewer.JurisdictionId, viewer.PersonId);
        return viewer.PostFor(See) is not null
            ? appeals.Where(a => a.JurisdictionId == jurisdiction)
            : appeals.Where(a => a.JurisdictionId == jurisdiction && a.AppellantId == person);
    }
}
