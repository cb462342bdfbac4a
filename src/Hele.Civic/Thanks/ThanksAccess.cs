using Hele.Civic.Kernel;
using Hele.Civic.Organizations;
using Hele.Civic.People.Posts;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.Thanks;

/// <summary>
/// Who may see and do what with thanks as they were given; what of them is public <see cref="ThanksQueries"/> says. Praise must not be made up: whoever is thanked, and who
/// stands in for them, neither enters nor checks it, and what one entered another checks. Both functions default to nothing.
/// </summary>
public static class ThanksAccess
{
    private static readonly Role[] Staff = [Role.GridWorker, Role.Clerk, Role.Secretary, Role.Supervisor];
    private static readonly Role[] Reviewers = [Role.Clerk, Role.Secretary, Role.Supervisor];

    public static readonly Permission Give = new("thanks.give", ("表达感谢", "Give thanks"), [], Residents: true) { ResidentsOfCommunities = true };
    public static readonly Permission Enter = new("thanks.enter", ("登记居民的感谢", "Write down somebody's thanks"), Staff);
    public static readonly Permission List = new("thanks.list", ("感谢登记列表", "List of thanks"), Staff);
    public static readonly Permission See = new("thanks.see", ("查看感谢原文", "See thanks as they were given"), Reviewers, Residents: true) { ResidentsOfCommunities = true };
    public static readonly Permission Review = new("thanks.review", ("核对和公开感谢", "Check thanks and make them public"), Reviewers);
    public static readonly Permission OpenGiver = new("thanks.open-giver", ("说明用途后查看感谢人姓名", "See who gave thanks, saying what for"), Reviewers);
    public static readonly Permission Own = new("thanks.own", ("改自己的感谢是否公开，撤回", "Change how one's own thanks are shown, or take them back"), [], Residents: true) { ResidentsOfCommunities = true };
    public static readonly Permission SpeakFor = new("thanks.speak-for", ("代录感谢人的意思", "Take down the giver's own word"), Staff);

    public static IEnumerable<Permission> All => [Give, Enter, List, See, Review, OpenGiver, Own, SpeakFor];

    /// <summary>Whether this viewer may do this with it, as far as posts and whose it is go; <see cref="Bars"/> says who may not all the same.</summary>
    public static bool May(Viewer? viewer, ThanksRecord thanks, Permission what)
    {
        if (viewer is null || viewer.JurisdictionId != thanks.JurisdictionId || viewer.PersonId == Guid.Empty)
            return false;
        var own = thanks.GiverId == viewer.PersonId;
        if (what == Own)
            return own && viewer.Has(Own);
        if (what == See)
            return viewer.PostFor(See) is not null || (viewer.Has(See) && (own || Entered(viewer, thanks) || (thanks.Stands && thanks.To.Any(t => t.PersonId == viewer.PersonId))));
        if (viewer.PostFor(what) is null)
            return false;
        return what != SpeakFor || May(viewer, thanks, See);
    }

    private static bool Entered(Viewer viewer, ThanksRecord thanks) => thanks.EnteredByPostId is { } by && viewer.Posts.Any(p => p.PostId == by);

    /// <summary>Those of a query that this viewer may see as they were given: the same as filtering by <see cref="May"/> See.</summary>
    public static IQueryable<ThanksRecord> Visible(Viewer? viewer, IQueryable<ThanksRecord> thanks)
    {
        if (viewer is null || viewer.PersonId == Guid.Empty || !viewer.Has(See))
            return thanks.Where(t => false);
        var (jurisdiction, person, posts) = (viewer.JurisdictionId, (Guid?)viewer.PersonId, viewer.Posts.Select(p => (Guid?)p.PostId).ToList());
        if (viewer.PostFor(See) is not null)
            return thanks.Where(t => t.JurisdictionId == jurisdiction);
        return thanks.Where(t => t.JurisdictionId == jurisdiction && (t.GiverId == person || (t.EnteredByPostId != null && posts.Contains(t.EnteredByPostId))
            || ((t.State == ThanksState.Public || t.State == ThanksState.Kept || (t.State == ThanksState.Waiting && t.ConfirmedOn != null)) && t.To.Any(x => x.PersonId == person))));
    }

    /// <summary>Why somebody may not enter thanks to these people: they are among them, or stand in for one of them today. Null when they may.</summary>
    internal static async Task<Problem?> BarsFrom(HeleDb db, Guid person, IReadOnlyCollection<Guid> thanked, DateOnly today)
    {
        var entries = await SamePerson.EntriesOf(db, person);
        if (thanked.Any(entries.Contains))
            return ThanksProblems.OwnThanks;
        return await Absences.On(db, today).AnyAsync(a => thanked.Contains(a.PersonId) && a.StandInId != null && entries.Contains(a.StandInId.Value)) ? ThanksProblems.StandsIn : null;
    }

    /// <summary>Why this viewer may not check it: it thanks them, they stand in, they gave it or entered it. Null when they may.</summary>
    internal static async Task<Problem?> Bars(HeleDb db, Viewer viewer, ThanksRecord thanks, DateOnly today)
    {
        if (await BarsFrom(db, viewer.PersonId, [.. thanks.To.Select(t => t.PersonId)], today) is { } thanked)
            return thanked with { Field = null };
        var entries = await SamePerson.EntriesOf(db, viewer.PersonId);
        if (thanks.GiverId is { } giver && entries.Contains(giver))
            return ThanksProblems.GaveIt;
        return thanks.EnteredByPostId is { } by && await db.Set<Post>().AnyAsync(p => p.Id == by && entries.Contains(p.PersonId)) ? ThanksProblems.EnteredIt : null;
    }
}
