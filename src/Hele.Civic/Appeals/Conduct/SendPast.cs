using Hele.Civic.Kernel;
using Hele.Civic.People.Posts;
using Hele.Civic.Platform.Access;
using Hele.Civic.Platform.Rules;
using Hele.Civic.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Hele.Civic.Appeals;

/// <summary>
/// Two words of the resident that bring a matter about conduct before the sub-district: a dissatisfied verdict on one that went past the community, and a
/// contested refusal that no other supervisor could review. Whether it is one of them is read before the act, which has to say where it writes.
/// </summary>
public sealed class SendPast(Writer writer, Database database, JurisdictionDirectory jurisdictions, TimeProvider clock)
{
    public static readonly Crossing Judging = new("conduct.judge-past", CrossingWay.Up, FileConduct.Said, nameof(Referral.CommunityCode),
        GoingUp.Ties(AppealEvents.ReceivedPastAgain, AppealEvents.JudgedPast, AppealEvents.SentPastAgain)) { Aside = new HashSet<Platform.Journal.EventKind> { AppealEvents.VerdictGiven, Platform.Files.FileEvents.Added } };

    public static readonly Crossing Contesting = new("conduct.contest-past", CrossingWay.Up, FileConduct.Said, nameof(Referral.CommunityCode),
        GoingUp.Ties(AppealEvents.ReceivedPastContested, AppealEvents.ContestedPast, AppealEvents.SentPastContested)) { Aside = new HashSet<Platform.Journal.EventKind> { AppealEvents.NoteWritten } };

    /// <summary>Where a matter would go.</summary>
    public sealed record Way(Jurisdiction Community, Jurisdiction Street);

    /// <summary>The way of a dissatisfied verdict; null when it is no matter past the community, or the last verdict that the rule allows.</summary>
    internal Task<Way?> OfVerdict(Viewer viewer, string code, bool? satisfied, CancellationToken cancel) => Find(viewer, code, async (db, appeal, community) =>
        appeal.PastCommunity && satisfied == false && appeal.State is AppealState.Answered or AppealState.ReferredUp
            && await JudgeAppeal.DissatisfiedRounds(db, appeal) + 1 < (await RuleBook.InForce(db, community, AppealRules.Rounds, clock.Today())).Amount, cancel);

    /// <summary>The way of a contested refusal; null when somebody here can review it.</summary>
    internal Task<Way?> OfContest(Viewer viewer, string code, CancellationToken cancel) => Find(viewer, code, async (db, appeal, _) =>
        appeal.IsShielded && (appeal.PastCommunity || appeal.State == AppealState.Refused) && !await CanBeReviewed(db, appeal, clock.Today()), cancel);

    private async Task<Way?> Find(Viewer viewer, string code, Func<HeleDb, Appeal, Jurisdiction, Task<bool>> isOne, CancellationToken cancel)
    {
        await using var lease = await database.Read([viewer.JurisdictionId], cancel);
        var appeal = await AppealAccess.Visible(viewer, lease.Db.Set<Appeal>()).SingleOrDefaultAsync(a => a.PublicCode == code, cancel);
        if (appeal is not { IsShielded: true })
            return null;
        var community = await jurisdictions.Get(lease.Db, viewer.JurisdictionId, cancel);
        return await isOne(lease.Db, appeal, community) && await jurisdictions.Above(lease.Db, viewer.JurisdictionId, cancel) is { Level: JurisdictionLevel.Subdistrict } street ? new(community, street) : null;
    }

    /// <summary>Whether there is a supervisor today who may see the matter and did not refuse it.</summary>
    internal static async Task<bool> CanBeReviewed(HeleDb db, Appeal appeal, DateOnly today)
    {
        var refusers = await (from n in db.Set<AppealNote>() join p in db.Set<Post>() on n.PostId equals p.Id where n.AppealId == appeal.Id && n.Kind == NoteKind.Refused select p.PersonId).Distinct().ToListAsync();
        var without = new HashSet<Guid>();
        foreach (var person in refusers)
            without.UnionWith(await SamePerson.EntriesOf(db, person));
        var supervisors = await db.Set<Post>().Where(Post.ActiveOn(today)).Where(p => p.Role == Role.Supervisor).Select(p => p.PersonId).ToListAsync();
        return !appeal.PastCommunity && supervisors.Exists(s => !without.Contains(s) && AppealAccess.Takes(Role.Supervisor, s, appeal, AppealAccess.Review));
    }

    /// <param name="find">Loads the appeal and decides, on this side.</param>
    /// <param name="move">Moves it, and adds what else is said of it.</param>
    public Task<Outcome> Run<TInput>(Act act, Crossing crossing, Way way, TInput input, string? reason, Platform.Journal.EventKind received, Platform.Journal.EventKind sent, Func<Appeal, Guid?> post,
        Func<ActScope, Task<(Appeal Appeal, Outcome? Refused)>> find, Func<ActScope, Appeal, GoingUp, Task<Problem?>> move, CancellationToken cancel) => writer.Cross(act, crossing, way.Street.Id, input, async sides =>
    {
        var here = await sides.Here();
        var (appeal, refused) = await find(here);
        if (refused is not null)
            return refused;
        var up = await GoingUp.Receive(await sides.There(), way.Street, way.Community, appeal, byResident: true, ChineseText.Clean(reason) is { Length: > 0 } said ? said : null, received, pastCommunity: true);
        here = await sides.Here();
        appeal = await here.Db.Set<Appeal>().SingleAsync(a => a.PublicCode == appeal.PublicCode);
        if (await move(here, appeal, up) is { } problem)
            return problem;
        up.Send(here, appeal, post(appeal), sent);
        return Outcome.Ok(appeal.PublicCode);
    }, cancel);
}
