using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Storage;

namespace Hele.Civic.Disclosures;

/// <summary>
/// Who may see and do what with a disclosure before it is up and after it is down; what anybody reads <see cref="DisclosureQueries"/> says. Each kind names the posts that put it up and those that check it, and one
/// person never does both. Both functions default to nothing.
/// </summary>
public static class DisclosureAccess
{
    private static readonly Role[] Desk = [Role.Clerk, Role.Secretary, Role.Supervisor];

    public static readonly Permission See = new("disclosure.see", ("查看公开的草稿和档案目录", "See drafts of disclosures and the list of the archive"), Desk);
    public static readonly Permission Write = new("disclosure.write", ("写公开内容，公布、更正", "Write, put up and correct disclosures"), Desk);
    public static readonly Permission Check = new("disclosure.check", ("核对要公开的内容", "Check what is to be disclosed"), [Role.Supervisor, Role.Secretary]);
    public static readonly Permission Withdraw = new("disclosure.withdraw", ("提前撤下公开的内容", "Take a disclosure down early"), Desk);
    public static readonly Permission Open = new("disclosure.open", ("说明用途后查看封存的公示", "Open sealed disclosures, saying what for"), [Role.Secretary, Role.Supervisor]);
    public static readonly Permission Answer = new("disclosure.answer", ("公开答复异议", "Answer objections in public"), Desk);
    public static readonly Permission Object = new("disclosure.object", ("对公开的内容提出异议", "Object to what is disclosed"), [], Residents: true);
    public static readonly Permission TakeDown = new("disclosure.take-down", ("代录居民的异议", "Take down somebody's objection"), [Role.GridWorker, .. Desk]);

    public static IEnumerable<Permission> All => [See, Write, Check, Withdraw, Open, Answer, Object, TakeDown];

    public static bool May(Viewer? viewer, Disclosure disclosure, Permission what)
    {
        if (viewer is null || viewer.JurisdictionId != disclosure.JurisdictionId || viewer.PersonId == Guid.Empty || viewer.PostFor(what) is null)
            return false;
        var kind = DisclosureKinds.Of(disclosure.Kind);
        return what == Write || what == Answer ? Holds(viewer, kind.Posts) : what != Check || Holds(viewer, kind.Checks);
    }

    public static bool MayWrite(Viewer? viewer, DisclosureKind kind) => viewer?.PostFor(Write) is not null && viewer.PersonId != Guid.Empty && Holds(viewer, kind.Posts);

    /// <summary>Those of a query that this viewer may see before they are up and after: the same as filtering by <see cref="May"/> See.</summary>
    public static IQueryable<Disclosure> Visible(Viewer? viewer, IQueryable<Disclosure> disclosures)
    {
        if (viewer is null || viewer.PersonId == Guid.Empty || viewer.PostFor(See) is null)
            return disclosures.Where(d => false);
        var jurisdiction = viewer.JurisdictionId;
        return disclosures.Where(d => d.JurisdictionId == jurisdiction);
    }

    private static bool Holds(Viewer viewer, IReadOnlyList<Role> roles) => viewer.Posts.Any(p => roles.Contains(p.Role));
}
